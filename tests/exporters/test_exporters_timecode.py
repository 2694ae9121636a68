"""Timecode files before libltc, PyAV and mido."""

import io
from dataclasses import replace

import av
import mido
import numpy as np
import pytest
from exporters.timecode.wav import wav_bytes, wav_of
from showeditor.audio.mtc import full_frame
from showeditor.export.compare import compared
from showeditor.export.control import compared_control
from showeditor.export.foreign import read_foreign
from showeditor.export.gate import Refused, publish, verify
from showeditor.export.registry import format_named
from showeditor.model.arrays import frozen
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import blocks
from showeditor.model.plan import Plan
from showeditor.model.timecode import RATES, Timecode

import libltc
from control_by_hand import music, with_control

every_rate = pytest.mark.parametrize("name", sorted(RATES))


def plan_of(timecode: Timecode, duration_us: int = 6_000_000, **more: object) -> Plan:
    return with_control(Plan("云起河湾", duration_us), timecode=timecode, **more)


def samples_of(data: bytes) -> tuple[int, np.ndarray]:
    """A WAV file as FFmpeg decodes it: rate and samples (n, channels)."""
    with av.open(io.BytesIO(data)) as box:
        stream = box.streams.audio[0]
        frames = [frame.to_ndarray() for frame in box.decode(stream)]
        channels = stream.codec_context.channels
        return stream.codec_context.sample_rate, np.concatenate(frames, axis=1).reshape(-1, channels)


@every_rate
@pytest.mark.parametrize(("form", "hz"), [("ltc-wav", 48_000), ("ltc-music-wav", 44_100)])
def test_libltc_reads_every_frame_of_the_file(name, form, hz):
    timecode = Timecode(name, "-00:00:02:00", 3_000_000, "2024-02-28", -5)
    plan = plan_of(timecode, soundtrack=music(hz))
    (data,) = format_named(form).write(plan).values()
    rate, samples = samples_of(data)
    assert rate == hz
    assert samples.shape[1] == (1 if form == "ltc-wav" else 2)
    clock = timecode.clock
    heard = libltc.decode(samples[:, -1], hz, clock.num / clock.den)
    first = timecode.zero_frame - clock.frames_over(3_000_000)
    count = clock.frames_over(3_000_000) + clock.frames_over(6_000_000)
    assert [h.fields for h in heard] == [clock.fields_of(first + k) for k in range(count)]
    assert {h.drop for h in heard} == {clock.drop}
    assert [h.date for h in heard] == [(24, 2, 28) if first + k < 0 else (24, 2, 29) for k in range(count)]
    assert {h.zone for h in heard} == {"-0500"}
    # the frame of show zero begins 3 s (in whole frames) into the file
    (zero,) = [h.start for h in heard if h.fields == clock.fields_of(timecode.zero_frame)]
    assert abs(zero - clock.frames_over(3_000_000) * clock.den / clock.num * hz) <= 3
    assert abs(wav_of(data, "x").marker - zero) <= 4


def test_the_music_lies_beside_the_code_to_the_sample():
    plan = plan_of(Timecode("25", pre_roll_us=2_000_000), soundtrack=music(44_100, 250_000))
    (data,) = format_named("ltc-music-wav").write(plan).values()
    _, samples = samples_of(data)
    begin = round((2.0 + 0.25) * 44_100)
    assert (samples[begin : begin + 132_300, 0] == plan.soundtrack.samples).all()
    assert not samples[:begin, 0].any()
    assert not samples[begin + 132_300 :, 0].any()


def test_music_that_begins_before_the_file_loses_its_beginning_only():
    sound = music(48_000, -1_500_000)
    plan = plan_of(Timecode("25", pre_roll_us=1_000_000), soundtrack=sound)
    (data,) = format_named("ltc-music-wav").write(plan).values()
    _, samples = samples_of(data)
    assert (samples[: 144_000 - 24_000, 0] == sound.samples[24_000:]).all()
    form = format_named("ltc-music-wav")
    assert not blocks(
        compared(plan, form.carried(plan), form.read({"a.wav": data}, "a"), form.resolution(plan), "x").findings
    )


@pytest.mark.parametrize(
    "change",
    [
        {"timecode": Timecode("25", "00:00:00:01", 1_000_000)},
        {"timecode": Timecode("24", pre_roll_us=1_000_000)},
        {"timecode": Timecode("25", pre_roll_us=1_040_001)},
        {"timecode": Timecode("25", pre_roll_us=1_000_000, date="2026-01-01")},
        {"duration_us": 6_100_000},
        {"soundtrack": music(48_000, 250_021)},
        {"soundtrack": music(48_000, 250_000, 2.999)},
        {"soundtrack": music(44_100)},
    ],
)
def test_the_gate_sees_any_other_code_or_music(change):
    plan = plan_of(Timecode("25", pre_roll_us=1_000_000))
    form = format_named("ltc-music-wav")
    read = form.read(form.write(plan), "back")
    assert not compared_control(plan, form.carried(plan), read, form.resolution(plan), form.id)
    assert blocks(compared_control(replace(plan, **change), form.carried(plan), read, form.resolution(plan), form.id))


def test_a_break_in_the_code_blocks():
    plan = plan_of(Timecode("25", pre_roll_us=0))
    wav = wav_of(next(iter(format_named("ltc-wav").write(plan).values())), "x")
    samples = wav.samples.copy()
    samples[96_000:100_000] = 0
    read = format_named("ltc-wav").read({"a.wav": wav_bytes(48_000, samples, 0, "x")}, "a.wav")
    (found,) = [f for f in read.problems if f.severity == "block"]
    assert found.code == "TIMECODE-BREAK"
    assert "after 00:00:01:23 and goes on at 00:00:02:03" in found.message
    assert read.timecode.zero == "00:00:00:00"


@pytest.mark.parametrize("fill", [0, 1000])
def test_a_sound_without_code_is_refused(fill):
    data = wav_bytes(48_000, np.full((48_000, 1), fill, dtype=np.int16), 0, "x")
    with pytest.raises(BadFile, match="linear timecode"):
        format_named("ltc-wav").read({"a.wav": data}, "a.wav")


def test_music_without_a_file_is_refused_with_the_reason():
    plan = plan_of(Timecode(), soundtrack=None)
    assert not format_named("ltc-music-wav").carried(plan)
    with pytest.raises(Unfit, match="no music"):
        format_named("ltc-music-wav").write(plan)


def test_the_last_frame_of_a_long_code_lies_where_exact_time_has_it():
    timecode = Timecode("29.97df", pre_roll_us=0)
    plan = plan_of(timecode, duration_us=300_000_000)
    (data,) = format_named("ltc-wav").write(plan).values()
    read = format_named("ltc-wav").read({"a.wav": data}, "a.wav")
    assert abs(read.duration_us - 300_000_000) <= 33_367
    _, samples = samples_of(data)
    last = libltc.decode(samples[-96_000:, 0], 48_000, 29.97)[-1]
    assert timecode.clock.frame_of(*last.fields) == timecode.clock.frames_over(300_000_000) - 1
    exact = (timecode.clock.frames_over(300_000_000) - 1) * 1001 / 30_000 * 48_000
    assert abs(last.start + len(samples) - 96_000 - exact) <= 3


@every_rate
def test_mido_reads_the_midi_timecode(name):
    timecode = Timecode(name, "23:59:58:00", 1_000_000)
    plan = plan_of(timecode)
    (data,) = format_named("mtc-midi").write(plan).values()
    file = mido.MidiFile(file=io.BytesIO(data))
    clock, now, found, marks = timecode.clock, 0.0, [], {}
    for message in file:
        now += message.time
        if message.type == "sysex":
            found.append((round(now * 1000), bytes(message.bytes())))
        if message.type == "marker":
            marks[message.text] = round(now * 1000)
        if message.type == "smpte_offset":
            assert (message.hours, message.minutes, message.seconds, message.frames) == clock.fields_of(
                timecode.zero_frame - timecode.pre_roll_frames
            )
            assert message.frame_rate == {"24": 24, "25": 25, "29.97df": 29.97, "29.97": 30, "30": 30}[name]
    first = timecode.zero_frame - timecode.pre_roll_frames
    assert [b for _, b in found] == [full_frame(clock, first + k * clock.nominal) for k in range(len(found))]
    assert len(found) >= 7
    assert all(abs(t - k * clock.nominal * clock.den / clock.num * 1000) <= 1 for k, (t, _) in enumerate(found))
    assert marks["show zero"] == pytest.approx(1000, abs=34)


def test_the_gate_publishes_timecode_and_sees_one_byte_changed(tmp_path):
    plan = plan_of(Timecode("30", "00:59:50:00", 10_000_000))
    ids = ["ltc-wav", "ltc-music-wav", "mtc-midi", "stage-csv", "stage-midi", "osc-cues", "msc-cues"]
    ids += ["subtitles-srt", "subtitles-vtt"]
    publish(plan, ids, tmp_path / "out")
    assert verify(tmp_path / "out") == ()
    for name in ids:
        file = sorted((tmp_path / "out" / name).iterdir())[0]
        assert read_foreign(file).title
        whole = file.read_bytes()
        file.write_bytes(whole[:-4] + bytes((whole[-4] ^ 1,)) + whole[-3:])
        assert [f.code for f in verify(tmp_path / "out")] == ["VERIFY-CHANGED"]
        file.write_bytes(whole)


def test_a_show_without_music_cannot_be_published_beside_it(tmp_path):
    with pytest.raises(Refused, match="ltc-music-wav"):
        publish(plan_of(Timecode(), soundtrack=None), ["ltc-music-wav"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_24_bits_are_refused_with_a_sentence():
    data = bytearray(wav_bytes(48_000, frozen(np.zeros((9, 1)), np.int16, (None, None)), 0, "x"))
    data[34] = 24
    with pytest.raises(BadFile, match="16 bits"):
        wav_of(bytes(data), "x.wav")
