"""Several fleets in one show: kept apart by times, bends and detours, or refused with the pair and what would help."""

import math

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.kernels.bernstein import states
from showeditor.model.arrays import Floats
from showeditor.model.fingerprint import fingerprint
from showeditor.model.music import AtTime
from showeditor.model.passage import Turns
from showeditor.model.plan import Drones
from showeditor.model.points import Points
from showeditor.model.show import Show
from showeditor.model.swarm import Fleet, Flight, Formation, Grid, Placement, Scene
from showeditor.planning import remembered
from showeditor.planning.swarm import Swarm, compile_swarm

S = 1_000_000


def block(n: int, step: float = 2.3) -> Points:
    side = math.ceil(n ** (1 / 3))
    k = np.arange(n)
    return Points(np.stack([k % side, k // side % side, k // side**2], axis=1) * step)


def at(name: str, arrive_s: float, hold_s: float, place: tuple[float, float, float]) -> Scene:
    return Scene(name, "block", AtTime(round(arrive_s * S)), round(hold_s * S), Placement(place))


def two_fleets(scenes_a: tuple[Scene, ...], scenes_b: tuple[Scene, ...], n: int = 12) -> Show:
    fleets = (
        Fleet("A", "rtk-dense", n, Grid((-40.0, 0.0, 0.0), 4, 3.0)),
        Fleet("B", "rtk-dense", n, Grid((40.0, 0.0, 0.0), 4, 3.0)),
    )
    flights = (Flight("fa", "A", AtTime(S), scenes_a), Flight("fb", "B", AtTime(S), scenes_b))
    return Show("two", 400 * S, fleets=fleets, formations=(Formation("block", "block", block(n)),), flights=flights)


def place(d: Drones, t_us: int) -> Floats:
    return states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t_us)[0]


def nearest(swarm: Swarm, step_us: int = 40_000) -> float:
    d, least = swarm.drones, math.inf
    for t in range(0, int(d.piece_t1_us.max()) + S, step_us):
        air = place(d, t)[(d.off_us < t) & (t < d.on_us)]
        if len(air) > 1:
            apart = np.linalg.norm(air[:, None] - air[None], axis=2) + np.eye(len(air)) * 1e9
            least = min(least, float(apart.min()))
    return least


def assert_within_limits(swarm: Swarm) -> None:
    d, limits = swarm.drones, swarm.limits
    for t in range(0, int(d.piece_t1_us.max()) + S, 100_000):
        _, speed, accel = states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t)
        assert np.hypot(speed[:, 0], speed[:, 1]).max() <= limits.max_speed_xy_mps
        assert speed[:, 2].max() <= limits.max_speed_up_mps
        assert -speed[:, 2].min() <= limits.max_speed_down_mps
        assert np.linalg.norm(accel, axis=1).max() <= limits.max_accel_mps2


def test_fleets_that_change_places_pass_each_other() -> None:
    left, right = (-30.0, 40.0, 50.0), (30.0, 40.0, 50.0)
    show = two_fleets((at("a1", 60, 5, left), at("a2", 90, 5, right)), (at("b1", 60, 5, right), at("b2", 90, 5, left)))
    alone = [
        compile_swarm(msgspec.structs.replace(show, fleets=(show.fleets[k],), flights=(show.flights[k],)))
        for k in (0, 1)
    ]
    through = min(
        float(np.linalg.norm(place(alone[0].drones, t)[:, None] - place(alone[1].drones, t)[None], axis=2).min())
        for t in range(66 * S, 90 * S, 50_000)
    )
    assert through < 1.5, "planned alone they would meet, else this shows nothing"
    swarm = compile_swarm(show)
    assert swarm.problems == ()
    assert nearest(swarm) >= 1.5 - 1e-4
    assert_within_limits(swarm)


def test_one_fleet_lands_while_the_other_works() -> None:
    here = (0.0, 40.0, 50.0)
    show = two_fleets((at("a1", 60, 10, here),), (at("b1", 100, 20, here),))
    swarm = compile_swarm(show)
    assert swarm.problems == ()
    assert nearest(swarm) >= 1.5 - 1e-4
    down_a = int(swarm.drones.on_us[:12].max())
    assert 100 * S < down_a < int(swarm.drones.on_us[12:].min())


def test_fleets_held_in_one_place_are_refused_by_name() -> None:
    here = (0.0, 40.0, 50.0)
    swarm = compile_swarm(two_fleets((at("a1", 60, 60, here),), (at("b1", 80, 20, here),)))
    found = [f for f in swarm.problems if f.code == "PLAN-FLEETS"]
    assert found
    assert found[0].severity == "block"
    assert found[0].ids[0].startswith("B-")
    assert found[0].ids[1].startswith("A-")
    assert found[0].measured is not None
    assert found[0].measured < 1.5
    assert "arrive 60 s later" in found[0].message
    assert "推迟 60 秒" in found[0].message_zh
    later = compile_swarm(two_fleets((at("a1", 60, 60, here),), (at("b1", 140, 20, here),)))
    assert later.problems == ()


def test_the_first_fleet_flies_as_if_alone_and_an_edit_equals_a_fresh_plan() -> None:
    left, right = (-30.0, 40.0, 50.0), (30.0, 40.0, 50.0)
    show = two_fleets((at("a1", 60, 5, left), at("a2", 90, 5, right)), (at("b1", 60, 5, right), at("b2", 90, 5, left)))
    remembered.forget()
    both = compile_swarm(show)
    alone = compile_swarm(msgspec.structs.replace(show, fleets=show.fleets[:1], flights=show.flights[:1]))
    last = int(alone.drones.piece_start[-1])
    assert np.array_equal(both.drones.ctrl[: len(alone.drones.ctrl)], alone.drones.ctrl)
    assert np.array_equal(both.drones.piece_t0_us[:last], alone.drones.piece_t0_us)
    moved = msgspec.structs.replace(
        show.flights[0], scenes=(show.flights[0].scenes[0], at("a2", 92, 5, (30.0, 44.0, 50.0)))
    )
    after = msgspec.structs.replace(show, flights=(moved, show.flights[1]))
    healed = compile_swarm(after, both)
    remembered.forget()
    assert fingerprint(healed.drones) == fingerprint(compile_swarm(after).drones)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_random_fleets_keep_apart_or_say_who_does_not(seed: int) -> None:
    rng = np.random.default_rng(seed)

    def scenes(name: str) -> tuple[Scene, ...]:
        spots = [tuple(float(v) for v in rng.uniform((-25, 20, 35), (25, 60, 60))) for _ in range(2)]
        return tuple(at(f"{name}{k}", 70 + 45 * k, 5, (x, y, z)) for k, (x, y, z) in enumerate(spots))

    swarm = compile_swarm(two_fleets(scenes("a"), scenes("b"), 8))
    assert {f.code for f in swarm.problems} <= {"PLAN-FLEETS"}
    assert (nearest(swarm, 100_000) >= 1.5 - 1e-4) or swarm.problems
    assert_within_limits(swarm)


@pytest.mark.parametrize("by", ["rows", "columns", "in-out", "out-in", "boxes"])
@pytest.mark.parametrize("pad_m", [1.0, 3.0])
def test_groups_leave_and_land_after_one_another(by: str, pad_m: float) -> None:
    turns = msgspec.convert({"by": by, "step_us": 700_000}, Turns)
    grid = Grid((-10.0, 0.0, 0.0), 4, pad_m, box_columns=2, box_rows=2, aisle_m=1.0)
    show = two_fleets((at("a1", 100, 5, (0.0, 40.0, 50.0)),), ())
    fleet = msgspec.structs.replace(show.fleets[0], grid=grid)
    flight = msgspec.structs.replace(show.flights[0], leaving=turns, landing=turns)
    swarm = compile_swarm(msgspec.structs.replace(show, fleets=(fleet,), flights=(flight,)))
    assert swarm.problems == ()
    assert nearest(swarm) >= 1.5 - 1e-4
    groups = {"rows": 3, "columns": 4, "in-out": 2, "out-in": 2, "boxes": 4}[by]
    if pad_m > 1.5:
        assert len(set(swarm.drones.off_us.tolist())) == groups
        assert len(set(swarm.drones.on_us.tolist())) == groups
    else:
        assert len(set(swarm.drones.off_us.tolist())) >= groups


@pytest.mark.parametrize(
    "grid",
    [
        Grid((0.0, 0.0, 0.0), 2, 3.0, slots=2, slot_m=0.8),
        Grid((0.0, 0.0, 0.0), 3, 1.0, rows=2, layer_m=0.6),
        Grid((0.0, 0.0, 0.0), 4, 1.2, box_columns=2, box_rows=2, aisle_m=2.0),
    ],
)
def test_slots_racks_and_boxes_take_off_without_meeting(grid: Grid) -> None:
    show = two_fleets((at("a1", 200, 5, (0.0, 40.0, 50.0)),), ())
    fleet = msgspec.structs.replace(show.fleets[0], grid=grid)
    swarm = compile_swarm(msgspec.structs.replace(show, fleets=(fleet,), flights=show.flights[:1]))
    assert swarm.problems == ()
    assert len({tuple(row) for row in swarm.drones.home_m.round(6).tolist()}) == 12
    assert nearest(swarm) >= 1.5 - 1e-4


def test_spare_drones_park_in_the_declared_volume_and_one_too_many_is_said() -> None:
    show = two_fleets((at("a1", 100, 5, (0.0, 40.0, 50.0)),), ())
    small = Formation("block", "block", block(4))
    park = Grid((-60.0, 10.0, 20.0), 2, 3.0, rows=2, layers=2, layer_m=3.0)
    fleet = msgspec.structs.replace(show.fleets[0], park=park)
    show = msgspec.structs.replace(show, fleets=(fleet,), flights=show.flights[:1], formations=(small,))
    swarm = compile_swarm(show)
    assert swarm.problems == ()
    held = place(swarm.drones, 102 * S)
    parked = held[(held[:, 0] < -50.0)]
    assert len(parked) == 8
    assert set(parked[:, 2].tolist()) == {20.0, 23.0}
    less = msgspec.structs.replace(fleet, park=msgspec.structs.replace(park, layers=1))
    full = compile_swarm(msgspec.structs.replace(show, fleets=(less,)))
    assert [f.code for f in full.problems] == ["PLAN-PARK"]
    assert "enlarge it by 4 places" in full.problems[0].message
