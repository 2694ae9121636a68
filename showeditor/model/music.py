"""Musical time: tempo map, time signatures, and moments given by the clock or by the score."""

from bisect import bisect_right
from functools import cached_property

import msgspec

from showeditor.model.births import ascending, finite, named, within

PPQ = 960
"""Ticks in a quarter note, for every musical position inside the program."""

LONGEST_US = 10**12
"""No time of a show lies later (about eleven days), so that sums of times fit into 64 bits everywhere."""

LONGEST_TICKS = 10**10
"""No musical moment lies farther from the downbeat."""


class TempoMark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From `tick` on, one quarter note lasts `us_per_quarter` microseconds."""

    tick: int
    us_per_quarter: int

    def __post_init__(self) -> None:
        within("tempo tick", self.tick, 0, LONGEST_TICKS)
        within("us_per_quarter", self.us_per_quarter, 1, 10**8)


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From `tick` on (a bar line), bars hold `beats` notes of 1/`unit`."""

    tick: int
    beats: int
    unit: int = 4

    def __post_init__(self) -> None:
        within("signature tick", self.tick, 0, LONGEST_TICKS)
        within("beats in a bar", self.beats, 1, 1000)
        if self.unit not in (1, 2, 4, 8, 16, 32):
            raise ValueError(f"beat unit must be 1, 2, 4, 8, 16 or 32, got {self.unit}")

    @property
    def beat_ticks(self) -> int:
        """Ticks in one beat of this signature."""
        return PPQ * 4 // self.unit

    @property
    def bar_ticks(self) -> int:
        """Ticks in one bar of this signature."""
        return self.beat_ticks * self.beats


class TempoMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """Ticks to microseconds and back, from the first note of the score (tick 0 = 0 microseconds)."""

    tempos: tuple[TempoMark, ...] = (TempoMark(0, 500_000),)
    signatures: tuple[Signature, ...] = (Signature(0, 4, 4),)

    def __post_init__(self) -> None:
        if not self.tempos or self.tempos[0].tick != 0:
            raise ValueError("the tempo map must begin with a tempo at tick 0")
        if not self.signatures or self.signatures[0].tick != 0:
            raise ValueError("the tempo map must begin with a time signature at tick 0")
        ascending("tempo ticks", (t.tick for t in self.tempos))
        ascending("signature ticks", (s.tick for s in self.signatures))

    @cached_property
    def _starts(self) -> tuple[list[int], list[int]]:
        # exact start of each tempo in microseconds x PPQ, so that sums of rounded pieces never drift
        ticks, scaled = [0], [0]
        for before, mark in zip(self.tempos, self.tempos[1:], strict=False):
            scaled.append(scaled[-1] + (mark.tick - before.tick) * before.us_per_quarter)
            ticks.append(mark.tick)
        return ticks, scaled

    def us_of_tick(self, tick: int) -> int:
        """Microseconds from tick 0; rounds half up once."""
        ticks, scaled = self._starts
        i = max(0, bisect_right(ticks, tick) - 1)
        exact = scaled[i] + (tick - ticks[i]) * self.tempos[i].us_per_quarter
        return (2 * exact + PPQ) // (2 * PPQ)

    def tick_of_us(self, t_us: int) -> int:
        """The tick nearest to `t_us` microseconds from tick 0 (negative before it)."""
        ticks, scaled = self._starts
        exact = t_us * PPQ
        i = max(0, bisect_right(scaled, exact) - 1)
        per = self.tempos[i].us_per_quarter
        return ticks[i] + (2 * (exact - scaled[i]) + per) // (2 * per)

    def signature_at(self, tick: int) -> Signature:
        """The time signature in force at `tick`."""
        i = bisect_right([s.tick for s in self.signatures], max(0, tick)) - 1
        return self.signatures[i]

    def bar_beat(self, tick: int) -> tuple[int, int, int]:
        """Bar and beat counted from 1, and the ticks past the beat."""
        bars = 0
        for i, sig in enumerate(self.signatures):
            end = self.signatures[i + 1].tick if i + 1 < len(self.signatures) else None
            if end is None or tick < end:
                bar, rest = divmod(tick - sig.tick, sig.bar_ticks)
                beat, over = divmod(rest, sig.beat_ticks)
                return bars + bar + 1, beat + 1, over
            bars += -(-(end - sig.tick) // sig.bar_ticks)
        raise AssertionError("a tempo map always has a last signature")

    def tick_of_bar(self, bar: int, beat: int = 1) -> int:
        """The tick of a bar and beat counted from 1."""
        bars = 0
        for i, sig in enumerate(self.signatures):
            end = self.signatures[i + 1].tick if i + 1 < len(self.signatures) else None
            length = None if end is None else -(-(end - sig.tick) // sig.bar_ticks)
            if length is None or bar - 1 < bars + length:
                return sig.tick + (bar - 1 - bars) * sig.bar_ticks + (beat - 1) * sig.beat_ticks
            bars += length
        raise AssertionError("a tempo map always has a last signature")


class Music(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sound of the show: a file beside the show, where it starts, and its musical time.

    `start_us` is the show time of the file's first sample, `downbeat_us` the show time of tick 0. `sha256` (hex) is the
    fingerprint of the file, empty where nobody has taken it.
    """

    file: str | None = None
    start_us: int = 0
    downbeat_us: int = 0
    tempo: TempoMap = TempoMap()
    score: str | None = None
    gain_db: float = 0.0
    sha256: str = ""

    def __post_init__(self) -> None:
        for name in (self.file, self.score):
            if name is not None:
                relative_media(name)
        within("music start", self.start_us, -LONGEST_US, LONGEST_US)
        within("downbeat", self.downbeat_us, -LONGEST_US, LONGEST_US)
        finite("gain_db", self.gain_db)


def relative_media(name: str) -> None:
    """Refuses a media reference that is absolute or climbs out of the show's folder."""
    named("media file", name)
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        raise ValueError(f"media file must be a path inside the show's folder, got {name!r}")


class AtTime(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="by", tag="time"):
    """A moment by the clock: microseconds from show zero."""

    t_us: int

    def __post_init__(self) -> None:
        within("time", self.t_us, 0, LONGEST_US)


class AtBeat(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="by", tag="beat"):
    """A moment by the score: ticks (960 a quarter note) from the downbeat; follows the tempo map."""

    tick: int

    def __post_init__(self) -> None:
        within("tick", self.tick, -LONGEST_TICKS, LONGEST_TICKS)


When = AtTime | AtBeat


def moment_us(when: When, music: Music | None) -> int:
    """Show time of a moment; a beat without music counts at 120 quarter notes a minute."""
    if isinstance(when, AtTime):
        return when.t_us
    here = music or Music()
    return here.downbeat_us + here.tempo.us_of_tick(when.tick)
