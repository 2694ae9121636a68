"""Picking cues that are alike, jumping, and edits that ripple."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from showeditor.model.errors import BadInput
from showeditor.model.music import AtTime, moment_us
from showeditor.model.show import Show
from showeditor.storage.text import show_of_text, show_to_text
from showeditor.timeline.edits import set_group
from showeditor.timeline.moments import cue_us
from showeditor.timeline.picking import act_at, between, cues_like, next_moment, whole_groups
from showeditor.timeline.ripple import delete_and_close, shift_after
from small_shows import shows_with_ids, small_show


def test_cues_alike() -> None:
    show = small_show()
    assert cues_like(show, ["c0004"], "effect") == {"c0004", "c0005", "c0006"}
    assert cues_like(show, ["c0001"], "position") == {"c0001", "c0006"}
    assert cues_like(show, ["c0002"], "track") == {"c0001", "c0002", "c0003"}
    assert len(cues_like(show, ["c0001"], "act")) == 6
    assert cues_like(show, ["c0001"], "group") == frozenset()
    grouped = set_group(show, ["c0001", "c0005"], "云")
    assert whole_groups(grouped, ["c0001", "c0002"]) == {"c0001", "c0002", "c0005"}
    with pytest.raises(BadInput, match="unknown cue: x"):
        cues_like(show, ["x"], "effect")


def test_ranges_acts_and_jumps() -> None:
    show = small_show()
    assert between(show, 2_500_000, 2_500_000) == {"c0005"}
    assert between(show, 0, 10**9, ["t01"]) == {"c0001", "c0002", "c0003"}
    acts = [act_at(show, t_us) for t_us in (0, 20_000_000, 55_000_000)]
    assert [act and act.id for act in acts] == ["a01", "a02", None]
    assert next_moment(show, 1_000_000, "cue") == 1_025_000
    assert next_moment(show, 1_000_000, "cue", backward=True) is None
    assert next_moment(show, 50_000_000, "marker", backward=True) == 2_900_000
    assert next_moment(show, 0, "act") == 20_000_000
    assert next_moment(show, 0, "scene") == 15_000_000


def test_a_ripple_makes_room_for_everything_that_follows() -> None:
    base = small_show()
    show = shift_after(base, 5_000_000, 2_000_000)
    times = {cue.id: cue_us(show, cue) for cue in show.cues()}
    assert times["c0003"] == 7_000_000
    assert times["c0001"] == 1_000_000
    assert [(act.start_us, act.end_us) for act in show.acts] == [(0, 22_000_000), (22_000_000, 52_000_000)]
    assert [point.t_us for point in show.emotion] == [0, 12_000_000]
    assert show.markers[1].when == AtTime(52_000_000)
    assert show.duration_us == 62_000_000
    assert show.flights[0].takeoff == AtTime(7_000_000)
    assert show.flights[0].scenes[0].arrive == AtTime(17_000_000)
    assert show.venue is base.venue
    assert shift_after(base, 5_000_000, 0) is base
    with pytest.raises(BadInput, match="before the start"):
        shift_after(base, 1_000_000, -1_000_001)


def test_deleting_with_ripple_closes_the_gap() -> None:
    show = delete_and_close(small_show(), ["c0001", "c0005"])
    assert {cue.id for cue in show.cues()} == {"c0002", "c0003", "c0004", "c0006"}
    times = {cue.id: cue_us(show, cue) for cue in show.cues()}
    assert times["c0003"] == 3_500_000
    assert times["c0006"] == 1_000_001
    assert delete_and_close(show, []) is show


@given(shows_with_ids(), st.integers(0, 10**8), st.integers(-(10**8), 10**8))
def test_ripples_keep_the_show_writable_and_the_early_part_shared(
    case: tuple[Show, frozenset[str]], from_us: int, dt_us: int
) -> None:
    base, _ = case
    show = shift_after(base, from_us, max(dt_us, -from_us))
    assert show_of_text(show_to_text(show), "x") == show
    for old, new in zip(base.cues(), show.cues(), strict=True):
        if moment_us(old.when, base.music) < from_us:
            assert new is old
