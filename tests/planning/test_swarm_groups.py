"""Groups that stay together, carriers at the points kept for them, and what is said where there are too few."""

import math

import msgspec
import numpy as np
from showeditor.kernels.bernstein import states
from showeditor.model.arrays import Floats
from showeditor.model.music import AtTime
from showeditor.model.passage import Group, PointMark
from showeditor.model.payload import Charge, Handling, Load
from showeditor.model.points import Points
from showeditor.model.show import Show
from showeditor.model.swarm import Fleet, Flight, Formation, Grid, Placement, Scene
from showeditor.planning.placing import world_places
from showeditor.planning.swarm import Swarm, compile_swarm

S = 1_000_000
HANDLING = Handling(0.4, 6.0, 2.0, 2.0, 2.0, "own test")


def wall(n: int, columns: int, step: float = 2.4) -> Points:
    k = np.arange(n)
    return Points(np.stack([k % columns * step, 0.0 * k, k // columns * step], axis=1))


def a_show(fleet: Fleet, marks: tuple[PointMark, ...] = ()) -> Show:
    n = fleet.count
    shapes = (Formation("w", "w", wall(n, 6), marks=marks), Formation("v", "v", wall(n, 4), marks=marks))
    scenes = tuple(
        Scene(f"s{k}", shape.id, AtTime((100 + 40 * k) * S), 5 * S, Placement((0.0, 50.0, 40.0), heading_deg=40.0 * k))
        for k, shape in enumerate(shapes)
    )
    return Show("g", 300 * S, fleets=(fleet,), formations=shapes, flights=(Flight("f", "A", AtTime(S), scenes),))


def standing(swarm: Swarm, t_us: int) -> Floats:
    d = swarm.drones
    return states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t_us)[0]


def points_of(show: Show, swarm: Swarm, k: int) -> list[int]:
    """The point (from 1) that each drone holds in scene k."""
    scene = show.flights[0].scenes[k]
    want = world_places(show.formations[k].points.metres, scene.place)
    apart = np.linalg.norm(standing(swarm, (101 + 40 * k) * S)[:, None] - want[None], axis=2)
    assert apart.min(axis=1).max() < 1e-6
    return [int(j) + 1 for j in apart.argmin(axis=1)]


def assert_apart(swarm: Swarm) -> None:
    d, least = swarm.drones, math.inf
    for t in range(0, int(d.piece_t1_us.max()), 50_000):
        air = standing(swarm, t)[(d.off_us < t) & (t < d.on_us)]
        if len(air) > 1:
            apart = np.linalg.norm(air[:, None] - air[None], axis=2) + np.eye(len(air)) * 1e9
            least = min(least, float(apart.min()))
    assert least >= swarm.limits.min_gap_m - 1e-4


def plain(n: int = 24) -> Fleet:
    return Fleet("A", "rtk-dense", n, Grid((-8.0, -8.0, 0.0), 6, 3.0))


def test_a_group_takes_its_marked_points_and_nobody_else_does() -> None:
    group, mark = Group("red", (3, 9, 20, 22)), PointMark((1, 2, 3, 4), group="red")
    show = a_show(msgspec.structs.replace(plain(), groups=(group,)), (mark,))
    swarm = compile_swarm(show)
    assert swarm.problems == ()
    for k in (0, 1):
        held = points_of(show, swarm, k)
        assert sorted(held) == list(range(1, 25))
        assert {held[n - 1] for n in group.drones} == {1, 2, 3, 4}
    assert_apart(swarm)


def test_a_group_without_marks_stays_a_neighbourhood() -> None:
    group = Group("red", (1, 6, 19, 24))
    show = a_show(msgspec.structs.replace(plain(), groups=(group,)))
    swarm = compile_swarm(show)
    assert swarm.problems == ()
    own = standing(swarm, 101 * S)[[n - 1 for n in group.drones]]
    assert np.linalg.norm(own[:, None] - own[None], axis=2).max() <= 2.4 * 2.9
    apart = standing(compile_swarm(a_show(plain())), 101 * S)[[n - 1 for n in group.drones]]
    assert np.linalg.norm(apart[:, None] - apart[None], axis=2).max() > 2.4 * 2.9, "else nothing is shown"
    assert_apart(swarm)


def carriers(n: int, drones: tuple[int, ...]) -> Fleet:
    load = Load("gold", (Charge(1, "2s Gold Fountain", mass_kg=0.2),), drones=drones, handling=(HANDLING,))
    return msgspec.structs.replace(plain(n), loads=(load,))


def test_carriers_go_to_payload_points_only() -> None:
    mark = PointMark((5, 6, 11), load="gold")
    show = a_show(carriers(24, (2, 13, 17)), (mark,))
    swarm = compile_swarm(show)
    assert {f.code for f in swarm.problems if f.severity == "block"} == set()
    for k in (0, 1):
        held = points_of(show, swarm, k)
        assert {held[n - 1] for n in (2, 13, 17)} == {5, 6, 11}
    assert_apart(swarm)


def test_too_few_carriers_block_and_an_unknown_group_is_said() -> None:
    marks = (PointMark((5, 6, 11), load="gold"), PointMark((1,), group="blue"))
    swarm = compile_swarm(a_show(carriers(24, (2, 13)), marks))
    found = [f for f in swarm.problems if f.code == "PLAN-MARKS"]
    assert ["block", "warn"] * 2 == [f.severity for f in found]
    assert "keeps 3 points for carriers of load 'gold', of which there are 2" in found[0].message
    assert "'blue'" in found[1].message
    assert_apart(swarm)


def test_the_plan_with_groups_is_the_same_every_time() -> None:
    show = a_show(msgspec.structs.replace(plain(), groups=(Group("red", (1, 6, 19, 24)),)))
    one, two = compile_swarm(show), compile_swarm(show)
    assert np.array_equal(one.drones.ctrl, two.drones.ctrl)
