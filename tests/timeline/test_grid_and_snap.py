"""Ruler lines and snapping against brute force over every tick line."""

from bisect import bisect_right
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from showeditor.model.music import Music, TempoMap, TempoMark
from showeditor.timeline.grid import Level, clock_lines, lines, nearest_line, time_of
from showeditor.timeline.snap import KINDS, Snap, snap, targets
from small_shows import MUSIC, musics, small_show


def all_lines(music: Music | None, level: Level, until_tick: int) -> list[int]:
    """Every line from 200 units before the downbeat on, written out one by one."""
    tempo = (music or Music()).tempo
    found = []
    for i, sig in enumerate(tempo.signatures):
        end = tempo.signatures[i + 1].tick if i + 1 < len(tempo.signatures) else until_tick
        unit = {"beat": sig.beat_ticks, "bar": sig.bar_ticks, "eight": 8 * sig.beat_ticks}[level]
        first = sig.tick - (200 * unit if i == 0 else 0)
        found += list(range(first, end, unit))
    return found


@given(musics, st.integers(0, 5 * 10**6), st.sampled_from(["beat", "bar", "eight"]))
def test_the_nearest_line_is_the_one_brute_force_finds(music: Music | None, t_us: int, level: Level) -> None:
    got = time_of(music, nearest_line(music, t_us, level))
    every = [time_of(music, tick) for tick in all_lines(music, level, 3_000_000)]
    best = min(abs(at - t_us) for at in every if at >= 0)
    assert got >= 0
    # the line is chosen from the side of the nearest tick: at a metre change it may miss by that tick
    assert abs(got - t_us) <= best + 2_100


@given(musics, st.integers(0, 10**6), st.integers(0, 4 * 10**6))
def test_lines_are_all_beats_of_the_range_in_order(music: Music | None, t0_us: int, span_us: int) -> None:
    got = lines(music, t0_us, t0_us + span_us)
    want = [
        tick for tick in all_lines(music, "beat", 3_000_000) if t0_us <= time_of(music, tick) <= t0_us + span_us
    ]  # fmt: skip
    assert [line.tick for line in got] == want
    bars = set(all_lines(music, "bar", 3_000_000))
    eights = set(all_lines(music, "eight", 3_000_000))
    tempo = (music or Music()).tempo
    for line in got:
        assert line.is_bar == (line.tick in bars)
        assert line.is_eight == (line.tick in eights)
        if line.tick >= 0:
            assert tempo.bar_beat(line.tick) == (line.bar, line.beat, 0)


@given(musics, st.integers(1, 10**7))
def test_thinned_lines_are_bars_and_stand_apart(music: Music | None, least_us: int) -> None:
    got = lines(music, 0, 10**8, least_us)
    starts = [sig.tick for sig in (music or Music()).tempo.signatures]
    for one, next_one in pairwise(got):
        same_metre = bisect_right(starts, one.tick) == bisect_right(starts, next_one.tick)
        if same_metre:
            assert next_one.t_us - one.t_us >= least_us - 1


def test_a_long_view_has_few_lines() -> None:
    assert len(lines(MUSIC, 0, 10**10, 10**8)) < 150
    assert len(lines(Music(tempo=TempoMap((TempoMark(0, 1),))), 0, 10**6, 10**4)) < 150


def test_clock_lines() -> None:
    assert clock_lines(1, 3_000_000, 700_000) == (1_000_000, (1_000_000, 2_000_000, 3_000_000))
    assert clock_lines(0, 5, 10**12)[0] == 3_600_000_000


def test_bars_after_a_change_of_metre() -> None:
    bars = [(line.bar, line.tick) for line in lines(MUSIC, 0, 10**7) if line.is_bar][:5]
    assert bars == [(1, 0), (2, 3_840), (3, 7_680), (4, 10_560), (5, 13_440)]


@pytest.mark.parametrize(
    ("t_us", "tolerance_us", "expected"),
    [
        (1_000_050, 100, Snap(1_000_000, "cue", "c0001")),
        (1_020_000, 10_000, Snap(1_025_000, "cue", "c0002")),
        (1_640_000, 20_000, Snap(1_650_000, "beat", tick=1_920)),
        (2_910_000, 20_000, Snap(2_900_000, "marker", "鼓")),
        (20_000_400, 1_000, Snap(20_000_000, "marker", "起")),
        (30_000_400, 1_000, Snap(30_000_000, "second")),
        (30_300_400, 1_000, None),
        (400_001, 10, Snap(400_000, "eight", tick=0)),
    ],
)
def test_snapping(t_us: int, tolerance_us: int, expected: Snap | None) -> None:
    assert snap(small_show(), t_us, tolerance_us) == expected


def test_only_the_wanted_kinds_and_not_the_dragged_cue() -> None:
    show = small_show()
    assert snap(show, 1_000_050, 100, ["beat"]) is None
    assert snap(show, 1_000_050, 100, ["cue"], without=["c0001"]) is None
    assert targets(show, ["cue"], extra=[(777, "lift")]).nearest(778, 5) == Snap(777, "cue", "lift")
    assert set(KINDS) == {"eight", "bar", "beat", "marker", "cue", "second"}


def test_a_drag_snaps_with_the_moment_that_needs_least() -> None:
    found = targets(small_show(), ["second"])
    assert found.shift([2_300_000, 4_950_000], 60_000, 100_000) == (50_000, Snap(5_000_000, "second"))
    assert found.shift([2_300_000], 0, 100_000) == (0, None)
