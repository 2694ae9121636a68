"""Lines of the ruler: beats, bars and eight-counts of the score, and seconds of the clock, in any range of time."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from showeditor.model.music import Music, Signature, TempoMap
from showeditor.model.times import US

Level = Literal["beat", "bar", "eight"]
"""An eight-count is eight beats, counted from the start of the time signature in force."""

CLOCK_STEPS_US = (
    1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
    US, 2 * US, 5 * US, 10 * US, 15 * US, 30 * US, 60 * US, 120 * US, 300 * US, 600 * US, 1_800 * US, 3_600 * US,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A beat: its show time, tick, bar and beat counted from 1, and whether a bar or an eight-count begins there."""

    t_us: int
    tick: int
    bar: int
    beat: int
    is_bar: bool
    is_eight: bool


def lines(music: Music | None, t0_us: int, t1_us: int, least_us: int = 1) -> tuple[Line, ...]:
    """The beats from `t0_us` to `t1_us` (both included) in order of time.

    Where beats would stand closer than `least_us`, bars alone are given; where these would too, every second,
    fourth, eighth ... bar since the last time signature.
    """
    here = music or Music()
    tempo = here.tempo
    # one tick of room on either side, since ticks and times are rounded into each other
    lo = tempo.tick_of_us(t0_us - here.downbeat_us) - 1
    hi = tempo.tick_of_us(t1_us - here.downbeat_us) + 1
    found: list[Line] = []
    bars = 0
    for i, sig in enumerate(tempo.signatures):
        end = _end(tempo, i)
        begin = lo if i == 0 else max(lo, sig.tick)
        last = hi if end is None else min(hi, end - 1)
        if begin <= last:
            step = _sparse(tempo, sig, begin, last, least_us)
            first = sig.tick + -(-(begin - sig.tick) // step) * step
            for tick in range(first, last + 1, step):
                t_us = time_of(here, tick)
                if t0_us <= t_us <= t1_us:
                    bar, rest = divmod(tick - sig.tick, sig.bar_ticks)
                    eight = (tick - sig.tick) % _unit(sig, "eight") == 0
                    found.append(Line(t_us, tick, bars + bar + 1, rest // sig.beat_ticks + 1, rest == 0, eight))
        if end is not None:
            bars += -(-(end - sig.tick) // sig.bar_ticks)
    return tuple(found)


def clock_lines(t0_us: int, t1_us: int, least_us: int) -> tuple[int, tuple[int, ...]]:
    """The step (1, 2, 5, 10, 15, 30 s ... at least `least_us`) and the times of the clock's lines in a range."""
    step = next((step for step in CLOCK_STEPS_US if step >= least_us), CLOCK_STEPS_US[-1])
    return step, tuple(range(-(-t0_us // step) * step, t1_us + 1, step))


def nearest_line(music: Music | None, t_us: int, level: Level) -> int:
    """The tick of the beat, bar or eight-count nearest to a show time, not before show zero; halves go later."""
    here = music or Music()
    tempo = here.tempo
    tick = tempo.tick_of_us(max(0, t_us) - here.downbeat_us)
    i = max(0, bisect_right([sig.tick for sig in tempo.signatures], tick) - 1)
    sig, end = tempo.signatures[i], _end(tempo, i)
    unit = _unit(sig, level)
    below = sig.tick + (tick - sig.tick) // unit * unit
    # a bar cut short by the next time signature ends there
    above = below + unit if end is None else min(below + unit, end)
    low_us, high_us = time_of(here, below), time_of(here, above)
    return below if low_us >= 0 and t_us - low_us < high_us - t_us else above


def time_of(music: Music | None, tick: int) -> int:
    """Show time of a tick."""
    here = music or Music()
    return here.downbeat_us + here.tempo.us_of_tick(tick)


def _unit(sig: Signature, level: Level) -> int:
    return {"beat": sig.beat_ticks, "bar": sig.bar_ticks, "eight": 8 * sig.beat_ticks}[level]


def _end(tempo: TempoMap, i: int) -> int | None:
    return tempo.signatures[i + 1].tick if i + 1 < len(tempo.signatures) else None


def _sparse(tempo: TempoMap, sig: Signature, lo: int, hi: int, least_us: int) -> int:
    # judged by the quickest tempo that rules anywhere between the two ticks
    starts = [mark.tick for mark in tempo.tempos]
    ruling = tempo.tempos[max(0, bisect_right(starts, lo) - 1) : max(1, bisect_right(starts, hi))]
    per_quarter = min(mark.us_per_quarter for mark in ruling)
    quarter = Signature(0, 4).beat_ticks
    step = sig.beat_ticks
    if step * per_quarter < least_us * quarter:
        step = sig.bar_ticks
    while step * per_quarter < least_us * quarter:
        step *= 2
    return step
