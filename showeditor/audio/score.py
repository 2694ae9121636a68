"""Score: what a MIDI file says, with its times rescaled to the program's own ticks."""

from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import mido
import numpy as np

from showeditor.model.arrays import Longs, frozen
from showeditor.model.errors import BadFile
from showeditor.model.music import PPQ, Signature, TempoMap, TempoMark

Encoding = Literal["auto", "utf-8", "gb18030", "latin-1"]
TextKind = Literal["marker", "cue", "lyric", "text"]

MOST_NOTES = 500_000
"""Notes that a score may hold; a longer file is refused instead of slowing every snap down."""

LARGEST_BYTES = 64 << 20

# mido has no types; named here once as what it is, a class that takes a stream
_MIDI_FILE: Any = mido.MidiFile
_TEXTS: dict[str, TextKind] = {"marker": "marker", "cue_marker": "cue", "lyrics": "lyric", "text": "text"}


@dataclass(frozen=True, slots=True)
class ScoreText:
    """A text at a tick: a marker, a cue point, a syllable or a remark."""

    tick: int
    text: str
    kind: TextKind


@dataclass(frozen=True, slots=True, eq=False)
class Notes:
    """Notes as columns, sorted by tick, then track: all int64, read-only, of equal length.

    `tick` and `end_tick` in 960ths of a quarter, `key` 0..127, `velocity` 1..127, `channel` 0..15; `program`, `volume`
    and `pan` are what the channel was set to when the note began; `track` is a row of `Score.tracks`.
    """

    tick: Longs
    end_tick: Longs
    key: Longs
    velocity: Longs
    channel: Longs
    program: Longs
    volume: Longs
    pan: Longs
    track: Longs

    def __len__(self) -> int:
        return len(self.tick)


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """Tempo map, texts and notes of a MIDI file; `encoding` is what its texts were read as."""

    tempo: TempoMap
    texts: tuple[ScoreText, ...]
    tracks: tuple[str, ...]
    notes: Notes
    end_tick: int
    encoding: str

    @property
    def markers(self) -> tuple[ScoreText, ...]:
        """Markers and cue points, in order."""
        return tuple(t for t in self.texts if t.kind in ("marker", "cue"))

    @property
    def duration_us(self) -> int:
        """Microseconds from tick 0 to the last event."""
        return self.tempo.us_of_tick(self.end_tick)

    def snap_ticks(self, track: int | None = None) -> Longs:
        """The distinct ticks at which notes begin (of one track), ascending."""
        ticks = self.notes.tick if track is None else self.notes.tick[self.notes.track == track]
        return frozen(np.unique(ticks), np.int64, (None,))


def load_midi(path: str | PathLike[str], encoding: Encoding = "auto") -> Score:
    """The score of a standard MIDI file of type 0 or 1, in quarter-note or in SMPTE time.

    Texts are read as UTF-8, else GB18030, else latin-1, unless `encoding` names one. Raises BadFile when the file is
    missing, torn, not MIDI, of type 2, or holds impossible values.
    """
    name = Path(path)
    try:
        with name.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except FileNotFoundError as error:
        raise BadFile(name.name, "", "the file does not exist") from error
    except OSError as error:
        raise BadFile(name.name, "", f"the file cannot be opened: {error.strerror}") from error
    return read_midi(data, name.name, encoding)


def read_midi(data: bytes, name: str, encoding: Encoding = "auto") -> Score:
    """The score that the bytes of a MIDI file hold; `name` is for messages. Raises BadFile as load_midi does."""
    if data[:4] != b"MThd":
        raise BadFile(name, "byte 0", "not a MIDI file (it must begin with MThd)")
    if len(data) > LARGEST_BYTES:
        raise BadFile(name, "", f"a MIDI file may hold {LARGEST_BYTES >> 20} MiB at most")
    source = BytesIO(data)
    try:
        # latin-1 keeps every byte of a text, so that the true encoding can be found afterwards
        file = _MIDI_FILE(file=source, charset="latin-1")
    except EOFError as error:
        raise BadFile(name, f"byte {len(data)}", "the file is torn: it ends inside a track") from error
    except (OSError, ValueError, IndexError, KeyError, TypeError, ArithmeticError) as error:
        raise BadFile(name, f"byte {source.tell()}", f"not readable as MIDI: {error}") from error
    if file.type not in (0, 1):
        raise BadFile(name, "header", f"MIDI of type {file.type} has no common time; save it as type 1")
    if not file.tracks:
        raise BadFile(name, "header", "the file holds no tracks")
    return _Reading(file, name).score(encoding)


class _Reading:
    def __init__(self, file: Any, name: str) -> None:
        self.name = name
        self.division = int(file.ticks_per_beat)
        self.tempos: list[tuple[int, int]] = []
        self.signatures: list[tuple[int, int, int]] = []
        self.texts: list[tuple[int, str, TextKind]] = []
        self.names: list[str] = []
        self.rows: list[tuple[int, int, int, int, int, int, int, int, int]] = []
        self.end = 0
        if self.division == 0:
            raise BadFile(name, "header", "the file states 0 ticks to a quarter note")
        for index, track in enumerate(file.tracks):
            self._track(index, track)

    def _tick(self, raw: int) -> int:
        # a position in the file becomes one of ours by one rounding, half up
        if self.division > 0:
            return (2 * raw * PPQ + self.division) // (2 * self.division)
        frames, per_frame = 256 - ((self.division >> 8) & 0xFF), self.division & 0xFF
        if frames not in (24, 25, 29, 30) or per_frame == 0:
            raise BadFile(self.name, "header", f"unknown SMPTE division: {frames} frames of {per_frame} ticks")
        # 29 stands for 30000/1001 frames a second; at 500000 us a quarter, one second is 2 PPQ ticks
        above, below = (1001, 30_000 * per_frame) if frames == 29 else (1, frames * per_frame)
        return (2 * raw * 2 * PPQ * above + below) // (2 * below)

    def _track(self, index: int, track: Any) -> None:
        raw = 0
        self.names.append("")
        program, volume, pan = [0] * 16, [100] * 16, [64] * 16
        sounding: dict[tuple[int, int], list[int]] = {}
        for message in track:
            raw += int(message.time)
            kind = message.type
            if kind == "note_on" and message.velocity > 0:
                c = message.channel
                sounding.setdefault((c, message.note), []).append(len(self.rows))
                self.rows.append((raw, -1, message.note, message.velocity, c, program[c], volume[c], pan[c], index))
                if len(self.rows) > MOST_NOTES:
                    raise BadFile(self.name, f"track {index + 1}", f"more than {MOST_NOTES} notes")
            elif kind in ("note_on", "note_off"):
                begun = sounding.get((message.channel, message.note))
                if begun:
                    row = begun.pop(0)
                    self.rows[row] = (self.rows[row][0], raw, *self.rows[row][2:])
            elif kind == "program_change":
                program[message.channel] = message.program
            elif kind == "control_change" and message.control == 7:
                volume[message.channel] = message.value
            elif kind == "control_change" and message.control == 10:
                pan[message.channel] = message.value
            elif kind == "set_tempo":
                self.tempos.append((raw, int(message.tempo)))
            elif kind == "time_signature":
                self.signatures.append((raw, int(message.numerator), int(message.denominator)))
            elif kind == "track_name":
                self.names[index] = self.names[index] or str(message.name)
            elif kind in _TEXTS:
                self.texts.append((raw, str(message.text), _TEXTS[kind]))
        for begun in sounding.values():
            for row in begun:
                self.rows[row] = (self.rows[row][0], raw, *self.rows[row][2:])
        self.end = max(self.end, raw)

    def _tempo_map(self) -> TempoMap:
        tempos = {0: 500_000}
        if self.division > 0:
            for raw, value in sorted(self.tempos, key=lambda item: item[0]):
                if value <= 0:
                    raise BadFile(self.name, f"tick {raw}", "a tempo of 0 microseconds to a quarter note")
                tempos[self._tick(raw)] = value
        signatures = {0: (4, 4)}
        for raw, beats, unit in sorted(self.signatures, key=lambda item: item[0]):
            if beats < 1 or unit not in (1, 2, 4, 8, 16, 32):
                raise BadFile(self.name, f"tick {raw}", f"the time signature {beats}/{unit} cannot be used")
            signatures[self._tick(raw)] = (beats, unit)
        marks = [TempoMark(tick, value) for tick, value in sorted(tempos.items())]
        bars = [Signature(tick, beats, unit) for tick, (beats, unit) in sorted(signatures.items())]
        # a mark that repeats the one before says nothing
        return TempoMap(
            tuple(next(group) for _, group in groupby(marks, key=lambda m: m.us_per_quarter)),
            tuple(next(group) for _, group in groupby(bars, key=lambda s: (s.beats, s.unit))),
        )

    def score(self, encoding: Encoding) -> Score:
        strings = [text for _, text, _ in self.texts] + self.names
        decoded, used = decode_texts([s.encode("latin-1") for s in strings], encoding)
        texts = sorted(
            (
                ScoreText(self._tick(raw), _clean(text), kind)
                for (raw, _, kind), text in zip(self.texts, decoded, strict=False)
                if _clean(text)
            ),
            key=lambda t: t.tick,
        )
        rows = sorted(self.rows, key=lambda row: (row[0], row[8], row[2]))
        table = np.array(rows, dtype=np.int64).reshape(-1, 9)
        if self.division > 0:
            table[:, :2] = (2 * table[:, :2] * PPQ + self.division) // (2 * self.division)
        else:
            table[:, :2] = np.array([[self._tick(int(a)), self._tick(int(b))] for a, b in table[:, :2]]).reshape(-1, 2)
        columns = [frozen(np.ascontiguousarray(column), np.int64, (None,)) for column in table.T]
        return Score(
            tempo=self._tempo_map(),
            texts=tuple(texts),
            tracks=tuple(_clean(text) for text in decoded[len(self.texts) :]),
            notes=Notes(*columns),
            end_tick=self._tick(self.end),
            encoding=used,
        )


def decode_texts(texts: list[bytes], encoding: Encoding = "auto") -> tuple[list[str], str]:
    """The texts of one file and what they were read as; every byte survives, in doubt as latin-1.

    A program writes one encoding into a file, so the first of UTF-8 and GB18030 that reads all of it wins; only when
    neither does, each text is judged by itself.
    """
    tries = ("utf-8", "gb18030") if encoding == "auto" else (encoding,)
    for name in tries:
        try:
            return [text.decode(name) for text in texts], name
        except UnicodeDecodeError:
            continue
    return [_decode(text, tries) for text in texts], "mixed" if encoding == "auto" else encoding


def _decode(text: bytes, tries: tuple[str, ...]) -> str:
    for name in tries:
        try:
            return text.decode(name)
        except UnicodeDecodeError:
            continue
    return text.decode("latin-1")


def _clean(text: str) -> str:
    return "".join(c for c in text if ord(c) >= 32 and ord(c) != 127).strip()


def beats_us(tempo: TempoMap, end_tick: int) -> list[tuple[int, int, int]]:
    """Every beat up to `end_tick`: microseconds from tick 0, bar and beat counted from 1."""
    beats: list[tuple[int, int, int]] = []
    bar = 0
    for i, signature in enumerate(tempo.signatures):
        end = tempo.signatures[i + 1].tick if i + 1 < len(tempo.signatures) else end_tick + 1
        for count, tick in enumerate(range(signature.tick, min(end, end_tick + 1), signature.beat_ticks)):
            beat = count % signature.beats
            bar += beat == 0
            beats.append((tempo.us_of_tick(tick), bar, beat + 1))
    return beats
