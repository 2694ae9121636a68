"""The tempo map against exact fractions; moments."""

from fractions import Fraction
from itertools import pairwise
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from showeditor.model.music import (
    PPQ,
    AtBeat,
    AtTime,
    Music,
    Signature,
    TempoMap,
    TempoMark,
    moment_us,
    relative_media,
)

maps = st.builds(
    lambda marks, bars: TempoMap(
        tuple(TempoMark(tick, us) for tick, us in sorted({0: 500_000, **dict(marks)}.items())),
        tuple(Signature(tick, *bar) for tick, bar in sorted({0: (4, 4), **dict(bars)}.items())),
    ),
    st.lists(st.tuples(st.integers(0, 10**5), st.integers(1, 3_000_000)), max_size=6),
    st.lists(st.tuples(st.integers(0, 10**5), st.tuples(st.integers(1, 9), st.sampled_from([2, 4, 8]))), max_size=4),
)


def exact_us(tempo: TempoMap, tick: int) -> Fraction:
    """The time of a tick as a fraction, one tempo after the other."""
    total = Fraction(0)
    for i, mark in enumerate(tempo.tempos):
        end = tempo.tempos[i + 1].tick if i + 1 < len(tempo.tempos) else None
        if end is None or tick < end:
            return total + Fraction((tick - mark.tick) * mark.us_per_quarter, PPQ)
        total += Fraction((end - mark.tick) * mark.us_per_quarter, PPQ)
    raise AssertionError


@given(maps, st.integers(-(10**4), 10**6))
def test_times_of_ticks_are_rounded_once_and_never_drift(tempo: TempoMap, tick: int) -> None:
    assert tempo.us_of_tick(tick) == floor(exact_us(tempo, tick) + Fraction(1, 2))


@given(maps, st.integers(-(10**4), 10**6))
def test_a_tick_that_lasts_a_microsecond_or_more_reads_back(tempo: TempoMap, tick: int) -> None:
    back = tempo.tick_of_us(tempo.us_of_tick(tick))
    if all(mark.us_per_quarter > 2 * PPQ for mark in tempo.tempos):
        assert back == tick
    # very fast music has several ticks in a microsecond: the time reads back all the same
    assert abs(tempo.us_of_tick(back) - tempo.us_of_tick(tick)) <= 1


@given(maps, st.integers(0, 10**8))
def test_the_tick_of_a_time_is_the_nearest(tempo: TempoMap, t_us: int) -> None:
    tick = tempo.tick_of_us(t_us)
    gap = abs(exact_us(tempo, tick) - t_us)
    assert gap <= abs(exact_us(tempo, tick - 1) - t_us)
    assert gap <= abs(exact_us(tempo, tick + 1) - t_us)


@given(maps, st.lists(st.integers(-1000, 10**6), min_size=2, max_size=20))
def test_time_runs_forward(tempo: TempoMap, ticks: list[int]) -> None:
    times = [tempo.us_of_tick(tick) for tick in sorted(ticks)]
    assert all(one <= two for one, two in pairwise(times))


@given(maps, st.integers(0, 10**5))
def test_bars_and_beats_read_back(tempo: TempoMap, tick: int) -> None:
    bar, beat, over = tempo.bar_beat(tick)
    assert tempo.tick_of_bar(bar, beat) + over == tick
    assert 1 <= beat <= tempo.signature_at(tick).beats
    assert 0 <= over < tempo.signature_at(tick).beat_ticks


def test_moments() -> None:
    music = Music(downbeat_us=250_000, tempo=TempoMap((TempoMark(0, 625_000),)))
    assert moment_us(AtBeat(960), music) == 875_000
    assert moment_us(AtBeat(960), None) == 500_000
    assert moment_us(AtTime(7), music) == 7


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: TempoMap(()), "begin with a tempo"),
        (lambda: TempoMap((TempoMark(5, 1),)), "begin with a tempo"),
        (lambda: TempoMap(signatures=()), "begin with a time signature"),
        (lambda: TempoMap((TempoMark(0, 1), TempoMark(0, 2))), "strictly increase"),
        (lambda: TempoMark(0, 0), "us_per_quarter"),
        (lambda: Signature(0, 4, 3), "beat unit"),
        (lambda: Signature(0, 0), "beats in a bar"),
        (lambda: AtTime(-1), "time must lie"),
        (lambda: AtTime(10**13), "time must lie"),
        (lambda: Music("/abs.wav"), "inside the show's folder"),
        (lambda: Music(gain_db=float("nan")), "finite"),
    ],
)
def test_bad_values_are_not_born(make: object, why: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=why):
        make()


@pytest.mark.parametrize("name", ["../x.wav", "a/../../x", "C:/x.wav", "\\\\server\\x", "/x", "", "a\x00b"])
def test_media_outside_the_folder_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="media file"):
        relative_media(name)
    relative_media("media/鼓 1.wav")
