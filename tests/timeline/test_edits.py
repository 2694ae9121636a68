"""Edits of cues: what they change, what they share, what they refuse."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from showeditor.model.cue import Address, Cue
from showeditor.model.errors import BadInput
from showeditor.model.music import AtBeat, AtTime, moment_us
from showeditor.model.show import Show
from showeditor.storage.text import show_of_text, show_to_text
from showeditor.timeline import edits
from showeditor.timeline.births import born, changed
from showeditor.timeline.ids import fresh_cue_ids
from showeditor.timeline.moments import cue_us
from small_shows import ALL, POSITIONS, shows_with_ids, small_show


def cue(show: Show, name: str) -> Cue:
    return edits.cues_of(show, [name])[0]


def test_a_cue_by_the_clock_moves_exactly_and_a_musical_one_to_the_nearest_tick() -> None:
    show = edits.move_cues(small_show(), ["c0001", "c0002"], 123_457)
    assert cue(show, "c0001").when == AtTime(1_123_457)
    assert cue(show, "c0002").when == AtBeat(960 + 190)  # 123457 us at 625 ms a quarter note: 189.63 ticks


def test_a_musical_cue_moved_onto_a_beat_stands_on_its_tick() -> None:
    base = small_show()
    assert base.music is not None
    for tick in (0, 960, 7_680, 8_640, 96_000):
        at_us = base.music.downbeat_us + base.music.tempo.us_of_tick(tick)
        show = edits.move_cues(base, ["c0004"], at_us - cue_us(base, cue(base, "c0004")))
        assert cue(show, "c0004").when == AtBeat(tick)


def test_moving_before_zero_stops_the_whole_selection() -> None:
    base = small_show()
    show = edits.move_cues(base, ["c0001", "c0003", "c0006"], -3_000_000)
    assert [cue(show, name).when for name in ("c0001", "c0003", "c0006")] == [
        AtTime(0), AtTime(4_000_000), AtTime(1_500_001),
    ]  # fmt: skip
    assert edits.move_cues(show, ["c0001", "c0003"], -1) is show


@given(shows_with_ids(), st.integers(-(10**8), 10**8))
def test_moves_keep_ids_kinds_and_shape(case: tuple[Show, frozenset[str]], dt_us: int) -> None:
    base, ids = case
    show = edits.move_cues(base, ids, dt_us)
    before, after = list(base.cues()), list(show.cues())
    assert [c.id for c in after] == [c.id for c in before]
    steps = []
    for old, new in zip(before, after, strict=True):
        if old.id not in ids:
            assert new is old
            continue
        assert type(new.when) is type(old.when)
        assert moment_us(new.when, show.music) >= min(0, moment_us(old.when, base.music))
        steps.append(moment_us(new.when, show.music) - moment_us(old.when, base.music))
    # a tick lasts at most 2000000 / 960 us here, and both ends of a musical move are rounded
    assert not steps or max(steps) - min(steps) <= 2_100
    for old_track, new_track in zip(base.tracks, show.tracks, strict=True):
        if not any(c.id in ids for c in old_track.cues):
            assert new_track is old_track
    assert show_of_text(show_to_text(show), "x") == show


@given(shows_with_ids(), st.integers(-(10**6), 10**6))
def test_moves_by_ticks_keep_distances_in_ticks(case: tuple[Show, frozenset[str]], ticks: int) -> None:
    base, ids = case
    musical = edits.to_beats(base, ids)
    show = edits.move_cues_by_ticks(base, ids, ticks)
    steps = set()
    for old, new in zip(edits.cues_of(musical, ids), edits.cues_of(show, ids), strict=True):
        if new is not old and isinstance(old.when, AtBeat) and isinstance(new.when, AtBeat):
            steps.add(new.when.tick - old.when.tick)
    assert len(steps) <= 1


NOTHING: list[Callable[[Show], Show]] = [
    lambda s: edits.move_cues(s, ALL, 0),
    lambda s: edits.move_cues(s, [], 5),
    lambda s: edits.move_cues_by_ticks(s, ["c0002"], 0),
    lambda s: edits.set_when(s, ["c0001"], AtTime(1_000_000)),
    lambda s: edits.set_effect(s, ["c0004", "c0005"], "mine"),
    lambda s: edits.set_position(s, ["c0001", "c0006"], "p1"),
    lambda s: edits.set_angles(s, ["c0003"], 90, 20),
    lambda s: edits.set_angles(s, ALL),
    lambda s: edits.set_address(s, ["c0002"], Address("A", 0, 1)),
    lambda s: edits.change_cues(s, ALL),
    lambda s: edits.delete_cues(s, []),
    lambda s: edits.add_cues(s, []),
    lambda s: edits.duplicate_cues(s, [])[0],
    lambda s: edits.to_beats(s, ["c0002"]),
    lambda s: edits.to_times(s, ["c0001"]),
    lambda s: edits.put_cues(s, s.cues()),
    lambda s: edits.quantise_cues(s, ["c0002"], "beat"),
    lambda s: edits.quantise_cues(s, ALL, "beat", 0.0),
    lambda s: edits.cues_to_track(s, ["c0001"], "t01"),
    lambda s: edits.change_track(s, "t01", name="shells"),
]


@pytest.mark.parametrize("edit", NOTHING)
def test_an_edit_that_changes_nothing_returns_the_same_show(edit: Callable[[Show], Show]) -> None:
    show = small_show()
    assert edit(show) is show


UNKNOWN: list[Callable[[Show], Any]] = [
    lambda s: edits.move_cues(s, ["c0001", "x2", "x1"], 5),
    lambda s: edits.set_effect(s, ["x1", "x2"], "mine"),
    lambda s: edits.delete_cues(s, ["x1", "c0001", "x2"]),
    lambda s: edits.duplicate_cues(s, ["x1", "x2"]),
    lambda s: edits.cues_to_track(s, ["x1", "x2"], "t01"),
    lambda s: edits.quantise_cues(s, ["x1", "x2"]),
]


@pytest.mark.parametrize("edit", UNKNOWN)
def test_unknown_cues_are_named(edit: Callable[[Show], Any]) -> None:
    with pytest.raises(BadInput, match="unknown cue: x1, x2"):
        edit(small_show())


def test_bad_values_are_refused_with_a_sentence() -> None:
    show = small_show()
    refusals: list[tuple[Callable[[], Any], str]] = [
        (lambda: edits.change_cues(show, ["c0001"], tilt_deg=float("nan")), "angles of cue 'c0001' must be a finite"),
        (lambda: edits.change_cues(show, ["c0001"], tilt_deg="steep"), "tilt_deg of a cue: Expected `float`"),
        (lambda: edits.change_cues(show, ["c0001"], colour="red"), "a cue has no field 'colour'"),
        (lambda: edits.change_cues(show, ["c0001"], id="c9"), "keeps its id"),
        (lambda: edits.set_position(show, ["c0001"], "p9"), "unknown position: p9"),
        (lambda: edits.add_cue(show, "x", "p1", AtTime(0), "t99"), "unknown track: t99"),
        (lambda: edits.add_cues(show, [cue(show, "c0001")]), "used twice: c0001"),
        (lambda: edits.quantise_cues(show, ALL, strength=1.5), "between 0 and 1"),
        (lambda: edits.move_cues(show, ["c0001"], 10**13), "time must lie between"),
        (lambda: edits.move_cues_by_ticks(show, ["c0001"], 10**13), "tick must lie between"),
        (lambda: edits.change_track(show, "t01", cues=()), "only the name"),
        (lambda: born(Cue, id="c1"), "Missing|missing|required"),
    ]
    for refused, why in refusals:
        with pytest.raises(BadInput, match=why):
            refused()


def test_values_take_their_declared_type() -> None:
    assert repr(changed(cue(small_show(), "c0001"), tilt_deg=30).tilt_deg) == "30.0"


def test_adding_deleting_and_duplicating() -> None:
    base = small_show()
    show, name = edits.add_cue(base, "75mm gold willow", "p3", AtBeat(1_920), "t03", tilt_deg=-10)
    assert name == "c0007"
    assert [c.id for c in show.tracks[2].cues] == ["c0007"]
    assert show.tracks[0] is base.tracks[0]
    show = edits.delete_cues(show, ["c0007", "c0001"])
    assert [c.id for c in show.cues()] == ["c0002", "c0003", "c0004", "c0005", "c0006"]
    show, names = edits.duplicate_cues(base, ["c0002", "c0004"], 625_000)
    assert names == ("c0007", "c0008")
    assert cue(show, "c0007").when == AtBeat(1_920)
    assert cue(show, "c0007").address is None
    assert [c.id for c in show.tracks[1].cues] == ["c0004", "c0005", "c0006", "c0008"]
    assert edits.add_cue(Show("t", 1), "x", "", AtTime(0))[0].tracks[0].cues[0].id == "c0001"


def test_the_same_show_gives_the_same_fresh_ids() -> None:
    assert fresh_cue_ids(small_show(), 2) == fresh_cue_ids(small_show(), 2) == ("c0007", "c0008")


def test_held_by_score_or_clock() -> None:
    base = small_show()
    assert base.music is not None
    show = edits.to_beats(base, ALL)
    assert all(isinstance(c.when, AtBeat) for c in show.cues())
    back = edits.to_times(show, ALL)
    for old, new in zip(base.cues(), back.cues(), strict=True):
        assert abs(cue_us(base, old) - cue_us(back, new)) <= 330  # half a tick at 625 ms a quarter note
    early = edits.set_when(base, ["c0001"], AtBeat(-100_000))
    assert cue(edits.to_times(early, ["c0001"]), "c0001").when == AtTime(0)


def test_quantise_draws_to_beats_bars_and_eights_by_strength() -> None:
    base = edits.set_when(small_show(), ["c0001"], AtTime(400_000 + 1_500_000))  # 2.4 beats
    assert cue(edits.quantise_cues(base, ["c0001"]), "c0001").when == AtBeat(1_920)
    assert cue(edits.quantise_cues(base, ["c0001"], "bar"), "c0001").when == AtBeat(3_840)
    assert cue(edits.quantise_cues(base, ["c0001"], "eight"), "c0001").when == AtBeat(0)
    assert cue(edits.quantise_cues(base, ["c0001"], musical=False), "c0001").when == AtTime(1_650_000)
    assert cue(edits.quantise_cues(base, ["c0001"], strength=0.5), "c0001").when == AtTime(1_775_000)


def test_tracks() -> None:
    base = small_show()
    show = edits.cues_to_track(base, ["c0001", "c0004"], "t03")
    assert [c.id for c in show.tracks[2].cues] == ["c0001", "c0004"]
    show = edits.change_track(edits.add_track(show, "彗星"), "t04", muted=True)
    assert (show.tracks[3].name, show.tracks[3].muted) == ("彗星", True)
    assert len(edits.delete_track(show, "t01").tracks) == 3


def test_position_and_address_edits_touch_only_their_track() -> None:
    base = small_show()
    show = edits.set_position(base, ["c0005"], POSITIONS[0].id)
    show = edits.set_address(show, ["c0005"], Address("A", 2, 3))
    assert show.tracks[0] is base.tracks[0]
    assert show.venue is base.venue
    assert cue(show, "c0005").address == Address("A", 2, 3)
