"""Points, frozen arrays, fingerprints, limits, and values that may not be born."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from showeditor.model.arrays import frozen
from showeditor.model.cue import Address, Cue, Track
from showeditor.model.finding import Finding, blocks
from showeditor.model.fingerprint import fingerprint
from showeditor.model.limits import Limits
from showeditor.model.music import AtBeat, AtTime
from showeditor.model.plan import Drones, Firing, Plan
from showeditor.model.points import Points
from showeditor.model.show import Act, Feeling, Show
from showeditor.model.swarm import Fleet, Formation, Grid, LightKey, Placement, Scene
from showeditor.model.venue import Geodetic, Geofence, Position, Zone

NAN = float("nan")


@given(st.lists(st.tuples(*[st.integers(-(10**8), 10**8)] * 3), max_size=20))
def test_points_read_back_from_millimetres(rows: list[tuple[int, int, int]]) -> None:
    flat = [value for row in rows for value in row]
    points = Points.of_millimetres(flat)
    assert points.millimetres() == flat
    assert Points.of_millimetres(points.millimetres()) == points
    assert len(points) == len(rows)
    assert hash(points) == hash(Points.of_millimetres(flat))


@given(st.lists(st.tuples(*[st.floats(-1e5, 1e5)] * 3), min_size=1, max_size=20))
def test_points_lie_within_half_a_millimetre_and_stay_put(rows: list[tuple[float, float, float]]) -> None:
    points = Points(rows)
    assert np.abs(points.metres - np.array(rows)).max() <= 0.000_500_1
    assert Points(points.metres) == points


def test_points_are_immutable_and_refuse_nonsense() -> None:
    points = Points([[1, 2, 3]])
    with pytest.raises(ValueError, match="read-only"):
        points.metres[0, 0] = 5
    with pytest.raises(AttributeError):
        points.metres = np.zeros((1, 3))
    for bad in ([[NAN, 0, 0]], [[1e6, 0, 0]], [[1, 2]]):
        with pytest.raises(ValueError, match="points"):
            Points(bad)
    for flat in ([1, 2], [1, 2, 3.5], [1, 2, True], ["a", 1, 2]):
        with pytest.raises(ValueError, match="points"):
            Points.of_millimetres(flat)


def test_frozen_arrays_are_read_only_and_shared_where_they_can_be() -> None:
    mine = np.arange(6.0)
    array = frozen(mine, np.float64, (None,))
    assert not array.flags.writeable
    mine[0] = 99.0
    assert array[0] == 0.0
    assert frozen(array, np.float64, (None,)) is array
    part = frozen(np.zeros((4, 3))[1:3], np.float64, (None, 3))
    with pytest.raises(ValueError, match="read-only"):
        part[0, 0] = 1
    assert frozen([], np.float64, (None, 3)).shape == (0, 3)
    with pytest.raises(ValueError, match="shape"):
        frozen([[1.0, 2.0]], np.float64, (None, 3))
    with pytest.raises(ValueError, match="finite"):
        frozen([NAN], np.float64, (None,))


def plan() -> Plan:
    drones = Drones(
        name=("d1",),
        fleet=("f",),
        home_m=frozen([[0, 0, 0]], np.float64, (None, 3)),
        off_us=frozen([0], np.int64, (None,)),
        on_us=frozen([9], np.int64, (None,)),
        piece_start=frozen([0, 0], np.int64, (None,)),
        key_start=frozen([0, 0], np.int64, (None,)),
    )
    return Plan("t", 10, drones=drones, problems=(Finding("a.b", "note", "m", "信"),))


def test_fingerprints_differ_when_anything_differs() -> None:
    base = plan()
    others: list[object] = [
        replace(base, title="u"),
        replace(base, duration_us=11),
        replace(base, drones=replace(base.drones, name=("d2",))),
        replace(base, drones=replace(base.drones, on_us=frozen([10], np.int64, (None,)))),
        replace(base, drones=replace(base.drones, home_m=frozen([[0, 0, 1e-12]], np.float64, (None, 3)))),
        replace(base, limits=Limits(min_gap_m=3.0000001)),
        replace(base, venue=msgspec.structs.replace(base.venue, heading_deg=1.0)),
        replace(base, problems=()),
        replace(base, problems=(replace(base.problems[0], measured=0.0),)),
        replace(base, rules="other"),
        base.drones,
    ]
    prints = [fingerprint(value) for value in [base, *others]]
    assert len(set(prints)) == len(prints)
    assert fingerprint(plan()) == prints[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a", "b"), ("ab",)),
        (("a", ("b",)), ("a", "b")),
        ((1,), (1.0,)),
        ((1,), ("1",)),
        ((True,), (1,)),
        ((None,), ("None",)),
        ((b"a",), ("a",)),
        (("",), ()),
        ({"a": 1}, {"a": 2}),
        (np.zeros(6), np.zeros((2, 3))),
        (np.zeros(2, np.int32), np.zeros(1, np.int64)),
        (AtTime(5), AtBeat(5)),
    ],
)
def test_fingerprints_tell_alike_values_apart(one: object, other: object) -> None:
    assert fingerprint(one) != fingerprint(other)


def test_the_order_of_a_mapping_does_not_matter_to_its_fingerprint() -> None:
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})


def test_the_stricter_of_two_limits() -> None:
    loose = Limits(1.0, 20.0, 9.0, 9.0, 9.0, 300.0, 1.0)
    tight = Limits(2.0, 5.0, 3.0, 2.0, 1.0, 100.0, 5.0)
    assert loose.tightened(tight) == tight == tight.tightened(loose)


def test_blocks() -> None:
    assert not blocks((Finding("a", "warn", "", ""), Finding("b", "note", "", "")))
    assert blocks([Finding("a", "block", "", "")])


CUE = Cue("c1", "x", "p", AtTime(0))
GRID = Grid((0.0, 0.0, 0.0), 2, 3.0)
PLACE = Placement((0.0, 0.0, 0.0))


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: Cue("", "x", "p", AtTime(0)), "cue id must not be empty"),
        (lambda: Cue("c", "x", "p", AtTime(0), pan_deg=NAN), "angles of cue 'c'"),
        (lambda: Track("\x07", "n"), "control characters"),
        (lambda: Address("A", -1, 0), "module"),
        (lambda: Address("A", 0, -1), "pin"),
        (lambda: Show("", 1), "title"),
        (lambda: Show("t", 0), "duration_us"),
        (lambda: Show("t", 10**13), "duration_us"),
        (lambda: Show("t", 1, seed=-1), "seed"),
        (lambda: Show("t", 1, emotion=(Feeling(5, 1), Feeling(5, 2))), "strictly increase"),
        (lambda: Act("a", "n", 5, 5), "length of act"),
        (lambda: Act("a", "n", 0, 5, "red"), "#rrggbb"),
        (lambda: Feeling(0, 10.5), "emotion level"),
        (lambda: Fleet("f", "m", 0, GRID), "at least 1 drone"),
        (lambda: Fleet("f", "m", 100_001, GRID), "100000 drones"),
        (lambda: Grid((0.0, 0.0, 0.0), 0, 3.0), "columns"),
        (lambda: Grid((0.0, 0.0, NAN), 1, 3.0), "grid origin"),
        (lambda: Formation("f", "n", Points([])), "no points"),
        (lambda: Formation("f", "n", Points([[0, 0, 0]]), ((1, 2, 3), (1, 2, 3))), "1 points but 2 colours"),
        (lambda: Formation("f", "n", Points([[0, 0, 0]]), path=(1.5,)), "path parameter"),
        (lambda: LightKey(0, (0, 0, 256)), "light colour"),
        (lambda: Placement((0.0, 0.0, 0.0), scale=0.0), "scale"),
        (lambda: Scene("s", "f", AtTime(0), -1, PLACE), "hold of scene 's'"),
        (lambda: Scene("s", "f", AtTime(0), 1, PLACE, (LightKey(5, (0, 0, 0)),) * 2), "strictly increase"),
        (lambda: Zone("z", "audience", ((0.0, 0.0), (1.0, 1.0))), "3 corners"),
        (lambda: Geofence(((0.0, 0.0), (1.0, 1.0), (2.0, 0.0)), 10.0, 5.0), "geofence height"),
        (lambda: Geodetic(91.0, 0.0), "latitude"),
        (lambda: Position("p", "n", (0.0, 0.0, 0.0), tilt_deg=-1), "tilt_deg"),
        (lambda: Limits(min_gap_m=0.0), "min_gap_m"),
        (lambda: Limits(max_speed_xy_mps=NAN), "max_speed_xy_mps"),
        (lambda: Firing(cue=("c1",)), "column effect has 0 rows, expected 1"),
        (lambda: Drones(name=("d",)), "drones: column"),
    ],
)
def test_bad_values_are_not_born(make: Callable[[], Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        make()


def test_replacing_a_field_checks_it_again() -> None:
    with pytest.raises(ValueError, match="angles"):
        msgspec.structs.replace(CUE, tilt_deg=NAN)
