"""Moments of cues and scenes, and moving them without leaving the score."""

from collections.abc import Iterable

from showeditor.model.cue import Cue
from showeditor.model.music import AtBeat, AtTime, Music, When, moment_us
from showeditor.model.show import Show
from showeditor.timeline.births import born


def cue_us(show: Show, cue: Cue) -> int:
    """Show time of the moment a cue holds (its bloom or its ignition, as it says)."""
    return moment_us(cue.when, show.music)


def at_us(when: When, music: Music | None, t_us: int) -> When:
    """The same kind of moment at `t_us`: a clock time exactly there, a musical one on the nearest tick from zero on."""
    if isinstance(when, AtTime):
        return when if when.t_us == t_us else born(AtTime, t_us=t_us)
    beat = beat_at(music, t_us)
    return when if when.tick == beat.tick else beat


def beat_at(music: Music | None, t_us: int) -> AtBeat:
    """The musical moment nearest to `t_us`, never before show zero unless `t_us` is."""
    here = music or Music()
    tick = here.tempo.tick_of_us(t_us - here.downbeat_us)
    # the nearest tick may lie a fraction of a millisecond before show zero, where nothing may be
    while t_us >= 0 and here.downbeat_us + here.tempo.us_of_tick(tick) < 0:
        tick += 1
    return born(AtBeat, tick=tick)


def moved(when: When, music: Music | None, dt_us: int) -> When:
    """The moment shifted by `dt_us`; a musical moment stays musical, on the tick nearest to the new time."""
    if dt_us == 0:
        return when
    return at_us(when, music, moment_us(when, music) + dt_us)


def kept_after_zero(moments_us: Iterable[int], dt_us: int) -> int:
    """`dt_us`, or as much of it as keeps the earliest of the moments from passing show zero."""
    earliest = min(moments_us, default=0)
    return max(dt_us, -max(0, earliest))
