"""Timecode as files: LTC alone, LTC beside the music, and a MIDI file of MTC full frames."""

from collections.abc import Iterator

import numpy as np

from exporters.control import ControlFormat, single
from exporters.stage.midi import MARKER, SMPTE, SYSEX, TEXT, Event, events_of, file_bytes, tells_midi
from exporters.timecode.wav import BIGGEST, channels_of, wav_bytes, wav_of
from showeditor.audio.ltc import ltc_sound, sample_of
from showeditor.audio.ltc_reading import LtcFrames, LtcListener, rate_of
from showeditor.audio.mtc import MtcListener, full_frame
from showeditor.export.format import Carried
from showeditor.export.names import file_stem
from showeditor.model.arrays import Shorts, frozen
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan, Soundtrack
from showeditor.model.timecode import RATES, Rate, RateName, Timecode
from showeditor.model.times import US

HZ = 48_000
ZERO, END = "show zero", "show end"
_PIECE_S = 30


def _frames(plan: Plan) -> tuple[int, int]:
    """Frames before show zero, and frames in all, to the end of the show."""
    before = plan.timecode.pre_roll_frames
    return before, before + plan.timecode.clock.frames_over(plan.duration_us)


def _code(plan: Plan, hz: int, format_id: str, channels: int) -> Shorts:
    timecode = plan.timecode
    before, count = _frames(plan)
    if sample_of(timecode.clock, hz, count + 1) * 2 * channels > BIGGEST:
        raise Unfit(format_id, "the show", "is longer than a WAV file can hold (4 GB)")
    pieces = [
        np.round(piece * 32_767).astype(np.int16)
        for piece in ltc_sound(timecode, timecode.zero_frame - before, count, hz)
    ]
    return np.concatenate(pieces)


def write_ltc(plan: Plan, carried: Carried) -> dict[str, bytes]:
    """One channel of code from the pre-roll to the end of the show."""
    zero = sample_of(plan.timecode.clock, HZ, _frames(plan)[0])
    return {"-LTC.wav": wav_bytes(HZ, _code(plan, HZ, "ltc-wav", 1).reshape(-1, 1), zero, ZERO)}


def write_beside(plan: Plan, carried: Carried) -> dict[str, bytes]:
    """The music in the left channel, the code in the right, at the music's own rate."""
    sound = plan.soundtrack
    if sound is None:
        raise Unfit("ltc-music-wav", "the show", "has no music, or its file was not loaded")
    if sound.rate < 16_000:
        raise Unfit("ltc-music-wav", "the music", f"has {sound.rate} samples a second; timecode needs 16000 or more")
    code = _code(plan, sound.rate, "ltc-music-wav", 2)
    zero = sample_of(plan.timecode.clock, sound.rate, _frames(plan)[0])
    begin = zero + (2 * sound.start_us * sound.rate + US) // (2 * US)
    both = np.zeros((len(code), 2), dtype=np.int16)
    first, last = max(0, begin), min(len(code), begin + len(sound.samples))
    if first < last:
        both[first:last, 0] = sound.samples[first - begin : last - begin]
    both[:, 1] = code
    return {"-music-LTC.wav": wav_bytes(sound.rate, both, zero, ZERO)}


def _heard(samples: Shorts, rate: int) -> Iterator[LtcFrames]:
    listener = LtcListener(rate)
    for at in range(0, len(samples), _PIECE_S * rate):
        yield listener.feed(samples[at : at + _PIECE_S * rate].astype(np.float32) / 32_768)


def _joined(parts: list[LtcFrames]) -> LtcFrames:
    columns = ("fields", "drop", "start", "end", "backwards", "bits")
    return LtcFrames(*(np.concatenate([getattr(p, c) for p in parts]) for c in columns))


def _timecode_of(samples: Shorts, hz: int, zero: int, file: str) -> tuple[Timecode, int, list[Finding]]:
    """The timecode in a channel, how long it runs after the sample `zero`, and where it breaks off."""
    heard = _joined(list(_heard(samples, hz)))
    rate = rate_of(heard, hz)
    if rate is None or heard.backwards.any():
        raise BadFile(file, "", "linear timecode of 24, 25, 29.97 or 30 frames a second was expected, running forwards")
    try:
        frames = [rate.frame_of(*row) for row in heard.fields.tolist()]
    except ValueError as error:
        raise BadFile(file, "", f"timecode was expected: {error}") from None
    places = np.round(heard.start * rate.num / (rate.den * hz)).astype(np.int64)
    steps, gaps = np.diff(frames) % rate.day_frames, np.diff(places)
    problems = []
    for k in np.flatnonzero((steps != 1) | (gaps != 1))[:20].tolist():
        t_us = round((heard.end[k] - zero) * US / hz)
        en = f"the timecode breaks off after {rate.text_of(frames[k])} and goes on at {rate.text_of(frames[k + 1])}"
        zh = f"时码在 {rate.text_of(frames[k])} 后中断，从 {rate.text_of(frames[k + 1])} 继续"
        problems.append(Finding("TIMECODE-BREAK", "block", en, zh, t_us, t_us))
    # the frame that begins nearest to the marker is that of show zero
    before = round((zero - heard.start[0]) * rate.num / (rate.den * hz))
    end_us = rate.us_of_frame(len(heard) - before)
    date = heard.date_of(min(max(before, 0), len(heard) - 1))
    day, zone = (f"{date[0]:04d}-{date[1]:02d}-{date[2]:02d}", date[3]) if date is not None else ("", 0)
    try:
        made = Timecode(rate.name, rate.text_of(frames[0] + before), rate.us_of_frame(max(0, before)), day, zone)
    except ValueError as error:
        raise BadFile(file, "", str(error)) from None
    return made, end_us, problems


def read_ltc(data: bytes, file: str) -> Plan:
    """The timecode of a WAV file of one channel."""
    wav = wav_of(data, file)
    if wav.samples.shape[1] != 1:
        raise BadFile(file, "", "one channel was expected; with music in the left channel read it as ltc-music-wav")
    timecode, end_us, problems = _timecode_of(wav.samples[:, 0], wav.rate, wav.marker, file)
    return Plan(_title(file), max(0, end_us), timecode=timecode, problems=tuple(problems))


def read_beside(data: bytes, file: str) -> Plan:
    """The timecode of the right channel and the music of the left."""
    wav = wav_of(data, file)
    if wav.samples.shape[1] != 2:
        raise BadFile(file, "", "two channels were expected, music in the left and timecode in the right")
    timecode, end_us, problems = _timecode_of(wav.samples[:, 1], wav.rate, wav.marker, file)
    start_us = -((2 * wav.marker * US + wav.rate) // (2 * wav.rate))
    music = frozen(np.ascontiguousarray(wav.samples[:, 0]), np.int16, (None,))
    sound = Soundtrack(wav.rate, start_us, music)
    return Plan(_title(file), max(0, end_us), timecode=timecode, soundtrack=sound, problems=tuple(problems))


def _title(file: str) -> str:
    name = file.replace("\\", "/").rpartition("/")[2]
    for ending in ("-music-LTC.wav", "-LTC.wav", "-MTC.mid", ".wav", ".mid"):
        name = name.removesuffix(ending)
    return file_stem(name)


def write_mtc(plan: Plan, carried: Carried) -> dict[str, bytes]:
    """A full frame at the start of the pre-roll and every second after it, with markers at show zero and end."""
    timecode, rate = plan.timecode, plan.timecode.clock
    before, count = _frames(plan)
    first = timecode.zero_frame - before
    hours, minutes, seconds, frames = rate.fields_of(first)
    offset = bytes((rate.mtc_code << 5 | hours, minutes, seconds, frames, 0))
    events = [Event(0, SMPTE, offset), Event(0, TEXT, f"MTC {rate.name}".encode())]
    events += [
        Event(rate.us_of_frame(k), SYSEX, full_frame(rate, first + k)) for k in range(0, count + 1, rate.nominal)
    ]
    events += [
        Event(rate.us_of_frame(before), MARKER, ZERO.encode()),
        Event(rate.us_of_frame(count), MARKER, END.encode()),
    ]
    return {"-MTC.mid": file_bytes(sorted(events, key=lambda e: e.t_us))}


def read_mtc(data: bytes, file: str) -> Plan:
    """The timecode of a MIDI file of full frames."""
    events = events_of(data, file)
    marks = {e.data.decode("utf-8", "replace"): e.t_us for e in events if e.kind == MARKER}
    named = next(
        (e.data[4:].decode("ascii", "replace") for e in events if e.kind == TEXT and e.data[:4] == b"MTC "), ""
    )
    heard: list[tuple[int, int, int]] = []
    listener = MtcListener(RATES["25"])
    for event in events:
        place = listener.feed(event.data) if event.kind == SYSEX else None
        if place is not None:
            heard.append((event.t_us, place.quarter // 4, place.code))
    if not heard or len({code for _, _, code in heard}) != 1:
        raise BadFile(file, "", "MIDI timecode full frames of one rate were expected")
    rate = _mtc_rate(heard, named)
    (begin_us, first, _), problems = heard[0], []
    for t_us, frame, _ in heard:
        due = begin_us + rate.us_of_frame((frame - first) % rate.day_frames)
        if abs(t_us - due) > 2000:
            en = f"the timecode jumps at {rate.text_of(frame)}"
            zh = f"时码在 {rate.text_of(frame)} 处跳变"
            problems.append(Finding("TIMECODE-BREAK", "block", en, zh, t_us, t_us))
    zero_us = marks.get(ZERO, begin_us) - begin_us
    before = rate.frames_over(max(0, zero_us - 1000))
    end_us = marks.get(END, heard[-1][0]) - begin_us - zero_us
    timecode = Timecode(rate.name, rate.text_of(first + before), min(rate.us_of_frame(before), 600 * US))
    return Plan(_title(file), max(0, end_us), timecode=timecode, problems=tuple(problems[:20]))


def _mtc_rate(heard: list[tuple[int, int, int]], named: str) -> Rate:
    """The rate of the code; 30 and 29.97 without drop, which MTC cannot tell apart, by the text or by their pace."""
    names: tuple[RateName, ...] = ("24", "25", "29.97df", "30")
    rate = RATES[names[heard[0][2]]]
    if rate.name != "30":
        return rate
    span_us, frames = heard[-1][0] - heard[0][0], (heard[-1][1] - heard[0][1]) % rate.day_frames
    slow = RATES["29.97"]
    if frames >= 10 * rate.nominal:
        return min(rate, slow, key=lambda r: abs(r.us_of_frame(frames) - span_us))
    return slow if named == slow.name else rate


def _all(plan: Plan) -> Carried:
    return Carried(timecode=True)


def _with_music(plan: Plan) -> Carried:
    return Carried(timecode=True, soundtrack=True) if plan.soundtrack is not None else Carried()


def _advice(plan: Plan) -> list[tuple[str, str]]:
    timecode = plan.timecode
    first = timecode.clock.text_of(timecode.zero_frame - timecode.pre_roll_frames)
    out = [
        (
            f"{timecode.rate} frames a second from {first}, show zero at {timecode.label_at(0)}",
            f"每秒 {timecode.rate} 帧，从 {first} 开始，节目零点为 {timecode.label_at(0)}",
        )
    ]
    if timecode.zero_frame - timecode.pre_roll_frames < 0:
        out.append(
            (
                "the code begins before midnight (00:00:00:00 comes while it runs); some receivers need it later",
                "时码在午夜前开始，运行中会经过 00:00:00:00；部分接收设备需要更晚的起点",
            )
        )
    return out


def _mtc_advice(plan: Plan) -> list[tuple[str, str]]:
    out = _advice(plan)
    out.append(
        (
            "one full frame a second: players locate by it; what needs quarter frames gets them from the live command",
            "每秒一个完整帧，供播放设备定位；需要四分之一帧的设备请用 live 命令",
        )
    )
    if plan.timecode.rate == "29.97":
        out.append(("MIDI timecode calls 29.97 without drop 30", "MIDI 时码把 29.97 不丢帧称为 30"))
    return out


_ST12 = "SMPTE ST 12-1:2014; libltc 1.3.2 as reader"

LTC_WAV = ControlFormat(
    id="ltc-wav",
    title="Linear timecode as sound (WAV, one channel)",
    title_zh="线性时码音频（WAV，单声道）",
    status="proven",
    source=_ST12,
    keeps=("date",),
    tick_us=1000,
    carrying=_all,
    writing=write_ltc,
    reading=single(read_ltc, "WAV"),
    telling=lambda name, head: name.lower().endswith(".wav") and channels_of(head) == 1,
    advising=_advice,
    more_limits={"sample_rate_hz": HZ, "bits": 16},
)
LTC_MUSIC_WAV = ControlFormat(
    id="ltc-music-wav",
    title="Music left, linear timecode right (WAV, two channels)",
    title_zh="左声道音乐、右声道线性时码（WAV，双声道）",
    status="proven",
    source=_ST12,
    keeps=("date",),
    tick_us=1000,
    carrying=_with_music,
    writing=write_beside,
    reading=single(read_beside, "WAV"),
    telling=lambda name, head: name.lower().endswith(".wav") and channels_of(head) == 2,
    advising=_advice,
    more_limits={"bits": 16, "needs": "music"},
)
MTC_MIDI = ControlFormat(
    id="mtc-midi",
    title="MIDI timecode full frames (MIDI file)",
    title_zh="MIDI 时码完整帧（MIDI 文件）",
    status="proven",
    source="MIDI 1.0 Detailed Specification, MIDI Time Code; mido as reader",
    keeps=(),
    tick_us=1000,
    carrying=_all,
    writing=write_mtc,
    reading=single(read_mtc, "MIDI"),
    telling=lambda name, head: tells_midi(name, head) and b"\xf0\x09\x7f\x7f\x01\x01" in head,
    advising=_mtc_advice,
)
