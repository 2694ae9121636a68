"""Formations that no swarm can fly: a clear sentence, and nothing falls over."""

import msgspec
import numpy as np
import pytest
from showeditor.model.music import AtTime
from showeditor.model.passage import Group, Passage, PointMark, Turns
from showeditor.model.points import Points
from showeditor.model.show import Show
from showeditor.model.swarm import Fleet, Flight, Formation, Grid, Placement, Scene
from showeditor.model.venue import Geofence, Venue
from showeditor.planning.compile import compile_show, proofs_of, ways_of
from showeditor.safety.check import check

S = 1_000_000
ROW = Points([[k * 3.0, 0.0, 0.0] for k in range(6)])


def a_show(points: Points, place: Placement, venue: Venue | None = None) -> Show:
    fleet = Fleet("A", "rtk-dense", 6, Grid((0.0, 0.0, 0.0), 3, 3.0))
    scene = Scene("s", "f", AtTime(90 * S), 5 * S, place)
    show = Show(
        "bad", 200 * S, fleets=(fleet,), formations=(Formation("f", "f", points),),
        flights=(Flight("f", "A", AtTime(S), (scene,)),),
    )  # fmt: skip
    return show if venue is None else msgspec.structs.replace(show, venue=venue)


def blocks(show: Show) -> set[str]:
    return {f.code for f in check(compile_show(show)) if f.severity == "block"}


def test_points_on_one_place_are_named_with_the_factor() -> None:
    show = a_show(Points([[0.0, 0.0, 0.0]] * 2 + [[k * 3.0, 0, 9.0] for k in range(4)]), Placement((0, 40.0, 40.0)))
    plan = compile_show(show)
    assert [f.code for f in plan.problems] == ["PLAN-SPACING"]
    assert plan.problems[0].measured == 0.0


def test_all_points_on_one_place_do_not_hang() -> None:
    plan = compile_show(a_show(Points([[0.0, 0.0, 0.0]] * 6), Placement((0, 40.0, 40.0))))
    assert [f.code for f in plan.problems] == ["PLAN-SPACING"]


def test_a_formation_too_small_for_its_points_says_how_much_larger_it_must_be() -> None:
    plan = compile_show(a_show(ROW, Placement((0, 40.0, 40.0), scale=0.25)))
    assert "enlarge it 2.00 times" in plan.problems[0].message


def test_below_ground_and_outside_the_fence_block() -> None:
    clear = blocks(a_show(ROW, Placement((0.0, 30.0, 40.0))))
    assert blocks(a_show(ROW, Placement((0.0, 30.0, -5.0)))) - clear
    fence = ((-50.0, -50.0), (50.0, -50.0), (50.0, 50.0), (-50.0, 50.0))
    inside = blocks(a_show(ROW, Placement((0.0, 30.0, 40.0)), Venue(geofence=Geofence(fence, ceiling_m=100.0))))
    outside = blocks(a_show(ROW, Placement((80.0, 30.0, 40.0)), Venue(geofence=Geofence(fence, ceiling_m=100.0))))
    assert outside - inside


def test_nan_and_empty_formations_cannot_be_born() -> None:
    with pytest.raises(ValueError, match="finite"):
        Points([[0.0, np.nan, 0.0]])
    with pytest.raises(ValueError, match="no points"):
        Formation("f", "f", Points(np.zeros((0, 3))))
    with pytest.raises(ValueError, match="at least 1 drone"):
        Fleet("A", "rtk-dense", 0, Grid((0.0, 0.0, 0.0), 3, 3.0))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Grid((0.0, 0.0, 0.0), 3, 1.0, slots=3, slot_m=0.6), "do not fit a spacing"),
        (lambda: Grid((0.0, 0.0, 0.0), 3, 1.0, rows=-1), "must not be negative"),
        (lambda: Group("g", ()), "needs drones"),
        (lambda: Group("g", (3, 2)), "strictly increase"),
        (lambda: PointMark((1, 2)), "a group or a load"),
        (lambda: PointMark((0, 2), group="g"), "numbered from 1"),
        (lambda: Formation("f", "f", ROW, marks=(PointMark((7,), group="g"),)), "point 7 is marked"),
        (lambda: Passage("low-first", -1), "spread of a staggered way"),
        (lambda: Turns("rows", 10**9), "time between groups"),
    ],
)
def test_what_cannot_be_meant_cannot_be_born(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=message):
        make()


def test_a_plan_says_its_ways_and_why_they_keep_their_distance() -> None:
    plan = compile_show(a_show(ROW, Placement((0.0, 30.0, 40.0))))
    ways = ways_of(plan)
    assert [(leg.start, leg.end) for leg in ways] == [("", "s"), ("s", "")]
    assert all(0 < leg.shortest_us <= leg.arrive_us - leg.depart_us for leg in ways)
    (note,) = proofs_of(plan)
    assert (note.code, note.severity) == ("PLAN-PROOF", "note")
    assert "2 of 2 ways between formations are clear by theorem" in note.message
    assert "places lie 2.12 m apart, sqrt(2) times the limit" in note.message
    assert note.measured is not None
    assert note.measured >= 1.5
