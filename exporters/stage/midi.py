"""Standard MIDI files whose ticks are milliseconds: one beat a second, 1000 ticks a beat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporters.texts import LATEST_US
from showeditor.model.errors import BadFile

TICK_US = 1000
_TICKS_PER_BEAT = 1000
_US_PER_BEAT = 1_000_000
BIGGEST = 32_000_000
MOST_EVENTS = 500_000
TEXT, TRACK_NAME, MARKER, END, TEMPO, SMPTE = 0x01, 0x03, 0x06, 0x2F, 0x51, 0x54
SYSEX = 0xF0


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a track: `kind` is a meta type, or SYSEX with the whole message F0 to F7 in `data`."""

    t_us: int
    kind: int
    data: bytes


def _number(value: int) -> bytes:
    out = [value & 127]
    while value := value >> 7:
        out.append(value & 127 | 128)
    return bytes(reversed(out))


def file_bytes(events: Sequence[Event]) -> bytes:
    """A file of format 0: its tempo, then these events in order of time, from 0 on."""
    parts, now = [], 0
    for event in (Event(0, TEMPO, _US_PER_BEAT.to_bytes(3, "big")), *events):
        tick = (2 * event.t_us + TICK_US) // (2 * TICK_US)
        parts.append(_number(tick - now))
        now = tick
        if event.kind == SYSEX:
            parts.append(b"\xf0" + _number(len(event.data) - 1) + event.data[1:])
        else:
            parts.append(bytes((0xFF, event.kind)) + _number(len(event.data)) + event.data)
    body = b"".join(parts) + bytes((0, 0xFF, END, 0))
    head = b"MThd" + (6).to_bytes(4, "big") + bytes((0, 0, 0, 1)) + _TICKS_PER_BEAT.to_bytes(2, "big")
    return head + b"MTrk" + len(body).to_bytes(4, "big") + body


def _variable(data: bytes, at: int, file: str) -> tuple[int, int]:
    value = 0
    for k in range(4):
        if at + k >= len(data):
            break
        value = value << 7 | data[at + k] & 127
        if not data[at + k] & 128:
            return value, at + k + 1
    raise BadFile(file, f"byte {at}", "a number of MIDI was expected")


def events_of(data: bytes, file: str) -> list[Event]:
    """The text, tempo and system exclusive events of all tracks by time, as the tempo of the whole file has it.

    Notes and controllers are passed over. Raises BadFile for torn files and clocks other than ticks in a beat.
    """
    if len(data) > BIGGEST:
        raise BadFile(file, "", f"at most {BIGGEST // 1_000_000} MB were expected")
    if data[:8] != b"MThd\0\0\0\x06" or len(data) < 14:
        raise BadFile(file, "byte 0", "a MIDI file was expected")
    count, division = int.from_bytes(data[10:12], "big"), int.from_bytes(data[12:14], "big")
    if not 0 < division < 0x8000:
        raise BadFile(file, "byte 12", "a MIDI file that counts ticks in a beat was expected")
    at, raw = 14, []
    for number in range(count):
        size = int.from_bytes(data[at + 4 : at + 8], "big")
        if data[at : at + 4] != b"MTrk" or at + 8 + size > len(data):
            raise BadFile(file, f"byte {at}", f"track {number + 1} was expected (torn file?)")
        raw.append(list(_events(data[at + 8 : at + 8 + size], f"track {number + 1}", file)))
        at += 8 + size
    if at != len(data):
        raise BadFile(file, f"byte {at}", "the end of the file was expected")
    tempos = sorted(
        (tick, int.from_bytes(body, "big")) for events in raw for tick, kind, body in events if kind == TEMPO
    )
    if any(us == 0 for _, us in tempos):
        raise BadFile(file, "", "a tempo above zero was expected")
    return sorted((e for events in raw for e in _timed(events, tempos, division, file)), key=lambda e: e.t_us)


def _timed(
    events: list[tuple[int, int, bytes]], tempos: list[tuple[int, int]], division: int, file: str
) -> list[Event]:
    out: list[Event] = []
    begin, scaled, per, waiting = 0, 0, 500_000, list(reversed(tempos))
    for tick, kind, body in events:
        while waiting and waiting[-1][0] <= tick:
            change, us = waiting.pop()
            scaled, begin, per = scaled + (change - begin) * per, change, us
        exact = scaled + (tick - begin) * per
        if exact > LATEST_US * division:
            raise BadFile(file, f"tick {tick}", "a moment within 100 hours was expected")
        out.append(Event((2 * exact + division) // (2 * division), kind, body))
    return out


def _events(body: bytes, track: str, file: str) -> Iterator[tuple[int, int, bytes]]:
    at, tick, running, count = 0, 0, 0, 0
    while at < len(body):
        count += 1
        if count > MOST_EVENTS:
            raise BadFile(file, track, f"at most {MOST_EVENTS} events were expected")
        delta, at = _variable(body, at, file)
        tick += delta
        status = body[at] if at < len(body) else 0
        if status in (0xFF, 0xF0, 0xF7):
            kind = body[at + 1] if status == 0xFF and at + 1 < len(body) else status
            size, at = _variable(body, at + (2 if status == 0xFF else 1), file)
            if at + size > len(body):
                raise BadFile(file, track, "an event ends after its track (torn file?)")
            content = body[at : at + size]
            at += size
            if status == 0xFF and kind == END:
                if at != len(body):
                    raise BadFile(file, track, "nothing was expected after the end of the track")
                return
            if status != 0xF7:
                yield tick, kind, b"\xf0" + content if status == 0xF0 else content
            continue
        if status & 0x80:
            running, at = status, at + 1
        if not 0x80 <= running < 0xF0:
            raise BadFile(file, f"{track}, byte {at}", "a MIDI message was expected")
        at += 1 if running >> 4 in (0xC, 0xD) else 2
    raise BadFile(file, track, "the end of the track was expected (torn file?)")


def tells_midi(name: str, head: bytes) -> bool:
    """Whether a file of this name and beginning is a MIDI file."""
    return name.lower().endswith((".mid", ".midi")) and head.startswith(b"MThd")
