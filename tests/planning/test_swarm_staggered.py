"""Staggered ways, jerk, repairs by bends and by waiting: held against a sampler of this test's own."""

import math

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.formations.drawing import as_csv
from showeditor.formations.text import draw_text
from showeditor.kernels.bernstein import states
from showeditor.model.arrays import Floats, Longs
from showeditor.model.limits import Limits
from showeditor.model.music import AtTime
from showeditor.model.passage import Passage
from showeditor.model.points import Points
from showeditor.model.show import Show
from showeditor.model.swarm import Fleet, Flight, Formation, Grid, Placement, Scene
from showeditor.planning.between import plan_csv
from showeditor.planning.pieces import assemble
from showeditor.planning.staggered import delays_us, plan_staggered
from showeditor.planning.swarm import compile_swarm
from showeditor.planning.transition import LAWS, Transition, plan_transition

S = 1_000_000
FAST = Limits(min_gap_m=1.5, max_speed_xy_mps=12.0, max_speed_up_mps=8.0, max_speed_down_mps=8.0, max_accel_mps2=8.0)


def cloud(n: int, step: float, seed: int) -> Floats:
    """Places at least `step` apart: a shuffled part of a turned lattice, moved a little where there is room."""
    rng = np.random.default_rng(seed)
    side = math.ceil((1.6 * n) ** (1 / 3)) + 1
    k = np.arange(side**3)
    grid = np.stack([k % side, k // side % side, k // side**2], axis=1) * step
    turn = rng.uniform(0, math.pi)
    c, s = math.cos(turn), math.sin(turn)
    rows = rng.permutation(len(grid))[:n]
    flat = np.stack([c * grid[:, 0] - s * grid[:, 1], s * grid[:, 0] + c * grid[:, 1], grid[:, 2]], axis=1)
    return np.ascontiguousarray(flat[rows] + [0.0, 0.0, 40.0])


def walk(way: Transition, duration_us: int, samples: int = 1500) -> tuple[float, float, float, float]:
    """Least distance, and the largest horizontal speed, acceleration and jerk, at samples."""
    rows = assemble(len(way.start_m), way.blocks(0, duration_us))
    times = np.linspace(0, duration_us, samples).astype(np.int64)
    least, fastest, hardest, jolt = math.inf, 0.0, 0.0, 0.0
    before: tuple[int, Floats] | None = None
    for t in times:
        place, speed, accel = states(
            rows.piece_start, rows.t0_us, rows.t1_us, rows.ctrl_start, rows.ctrl, way.start_m, int(t)
        )
        apart = np.linalg.norm(place[:, None] - place[None], axis=2) + np.eye(len(place)) * 1e9
        least = min(least, float(apart.min()))
        fastest = max(fastest, float(np.hypot(speed[:, 0], speed[:, 1]).max()))
        hardest = max(hardest, float(np.linalg.norm(accel, axis=1).max()))
        if before is not None:
            step = (int(t) - before[0]) * 1e-6
            jolt = max(jolt, float(np.linalg.norm(accel - before[1], axis=1).max()) / step)
        before = int(t), accel
    return least, fastest, hardest, jolt


@pytest.mark.parametrize("order", ["near-first", "far-first", "low-first", "high-first", "left-right", "in-out"])
def test_a_staggered_way_leaves_in_order_and_keeps_apart(order: str) -> None:
    passage = msgspec.convert({"order": order, "spread_us": 3 * S}, Passage)
    a, b = cloud(70, 1.9, 1), cloud(70, 1.9, 2) + np.array([12.0, 5.0, 0.0])
    target = plan_transition(a, b, FAST).target
    delay = delays_us(passage, a, b[target])
    assert int(delay.min()) == 0
    assert int(delay.max()) == 3 * S
    way = plan_staggered(a, b, FAST, delay, 14 * S, target=target)
    assert way.tight == ()
    assert way.shortest_us <= 14 * S
    least, fastest, hardest, _ = walk(way, 14 * S)
    assert least >= 1.5 - 1e-4
    assert way.gap_m == pytest.approx(least, abs=0.02)
    assert fastest <= FAST.max_speed_xy_mps
    assert hardest <= FAST.max_accel_mps2
    if way.bend_m is not None:
        assert float(np.sqrt((way.bend_m**2).sum(axis=2)).max()) <= 2.0 + 1e-9


def test_layers_leave_together() -> None:
    a = np.array([[0.0, 0.0, z] for z in (10.0, 10.4, 12.0, 12.3, 14.1)])
    delay = delays_us(Passage("low-first", 2 * S, layer_m=2.0), a, a)
    assert delay.tolist() == [0, 0, S, S, 2 * S]


def test_orders_follow_what_the_viewer_sees() -> None:
    a = np.array([[0.0, 0.0, 10.0], [10.0, 0.0, 10.0]])
    assert delays_us(Passage("left-right", S), a, a, 0.0).tolist() == [0, S]
    assert delays_us(Passage("left-right", S), a, a, 180.0).tolist() == [S, 0]
    assert delays_us(Passage("right-left", S), a, a, 0.0).tolist() == [S, 0]
    assert delays_us(Passage(), a, a).tolist() == [0, 0]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 24), st.floats(1.55, 2.5), st.booleans())
def test_any_delays_are_clear_or_refused_by_pair(seed: int, n: int, step: float, nudge: bool) -> None:
    rng = np.random.default_rng(seed)
    a, b = cloud(n, step, seed), cloud(n, step, seed + 1)
    delay: Longs = rng.integers(0, 3001, n) * 1000
    way = plan_staggered(a, b, FAST, delay, 12 * S, nudge=nudge)
    least, _, _, _ = walk(way, 12 * S, 500)
    if way.tight:
        assert way.tight[0].gap_m < 1.5
        assert way.gap_m == pytest.approx(way.tight[0].gap_m)
        assert way.tight[0].gap_m <= least + 1e-4
    else:
        assert least >= 1.5 - 1e-4
    again = plan_staggered(a.copy(), b.copy(), FAST, delay, 12 * S, nudge=nudge)
    assert again.tight == way.tight
    assert (again.bend_m is None) == (way.bend_m is None)
    if again.bend_m is not None and way.bend_m is not None:
        assert np.array_equal(again.bend_m, way.bend_m)


def test_what_bends_cannot_part_waits() -> None:
    a = np.array([[0.0, 0.0, 20.0], [30.0, 0.0, 20.0], [15.0, -15.0, 20.0]])
    b = np.array([[30.0, 0.0, 20.0], [0.0, 0.0, 20.0], [15.0, 15.0, 20.0]])
    none = np.zeros(3, np.int64)
    held = plan_staggered(a, b, FAST, none, 20 * S, target=np.arange(3), aside_m=0.2)
    assert held.tight
    way = plan_staggered(a, b, FAST, none, 20 * S, target=np.arange(3), aside_m=1.2, nudge=True)
    assert way.tight == ()
    assert walk(way, 20 * S)[0] >= 1.5 - 1e-4


@pytest.mark.parametrize("law", sorted(LAWS))
def test_the_stated_jerk_of_every_law_is_its_jerk(law: int) -> None:
    way = Transition(
        law, np.zeros((1, 3)), np.zeros(1, np.int64), np.array([[1.0, 0, 0]]), None, 1, 0.0, (0, 0), (), 0.0
    )
    jolt = walk(way, S, 20_001)[3]
    assert jolt == pytest.approx(LAWS[law][2], rel=2e-3)


@pytest.mark.parametrize("step", [1.62, 2.2])
def test_a_limit_of_jerk_is_kept(step: float) -> None:
    soft = msgspec.structs.replace(FAST, max_jerk_mps3=1.5)
    a, b = cloud(60, step, 3), cloud(60, step, 4)
    free, held = plan_transition(a, b, FAST, quick=True), plan_transition(a, b, soft, quick=True)
    assert held.shortest_us > free.shortest_us
    assert walk(held, held.shortest_us)[3] <= 1.5


def a_show(passage: Passage, arrive_s: float = 110.0) -> Show:
    n, step = 48, 1.9
    shapes = tuple(Formation(f"f{k}", f"f{k}", Points(cloud(n, step, k) - [0.0, 0.0, 40.0])) for k in (5, 6))
    scenes = (
        Scene("s1", "f5", AtTime(90 * S), 5 * S, Placement((0.0, 40.0, 40.0))),
        Scene("s2", "f6", AtTime(round(arrive_s * S)), 5 * S, Placement((10.0, 40.0, 45.0)), way=passage),
    )
    fleet = Fleet("A", "rtk-dense", n, Grid((-10.0, -10.0, 0.0), 8, 3.0))
    return Show("s", 300 * S, fleets=(fleet,), formations=shapes, flights=(Flight("f", "A", AtTime(S), scenes),))


@pytest.mark.parametrize("order", ["low-first", "left-right", "far-first"])
def test_a_staggered_way_in_a_show(order: str) -> None:
    passage = msgspec.convert({"order": order, "spread_us": 2_500_000}, Passage)
    swarm = compile_swarm(a_show(passage))
    assert swarm.problems == ()
    d = swarm.drones
    least = math.inf
    for t in range(94 * S, 116 * S, 20_000):
        place, speed, _ = states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t)
        apart = np.linalg.norm(place[:, None] - place[None], axis=2) + np.eye(len(place)) * 1e9
        least = min(least, float(apart.min()))
        if t == 110 * S:
            assert np.abs(speed).max() < 1e-9
    assert least >= 1.5 - 1e-4
    leaves = {int(d.piece_t0_us[p]) for p in range(len(d.piece_t0_us)) if 95 * S <= d.piece_t0_us[p] < 98 * S}
    assert len(leaves) > 10


def test_too_little_time_for_a_staggered_way_is_said() -> None:
    swarm = compile_swarm(a_show(Passage("low-first", 3 * S), 97.0))
    assert [f.code for f in swarm.problems] == ["PLAN-TIME"]
    need = swarm.problems[0].limit
    assert need is not None
    assert compile_swarm(a_show(Passage("low-first", 3 * S), 95.0 + need)).problems == ()


def test_a_staggered_plan_of_two_lists_by_brute_force() -> None:
    limits = Limits(min_gap_m=1.5)

    def listed(text: str, lift: float) -> str:
        rows = as_csv(draw_text(text, height_m=None, spacing_m=1.9, count=60), "A").splitlines()
        out = [rows[0]]
        for row in rows[1:]:
            cells = row.split(",")
            cells[3] = f"{float(cells[3]) + lift:.3f}"
            out.append(",".join(cells))
        return "\n".join(out) + "\n"

    plan = plan_csv(listed("山", 50.0), listed("水", 62.0), limits, Passage("left-right", 3 * S))
    d = plan.drones
    least = math.inf
    for t in range(0, plan.duration_us, 10_000):
        place, speed, accel = states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t)
        apart = np.linalg.norm(place[:, None] - place[None], axis=2) + np.eye(len(place)) * 1e9
        least = min(least, float(apart.min()))
        assert np.hypot(speed[:, 0], speed[:, 1]).max() <= limits.max_speed_xy_mps
        assert np.linalg.norm(accel, axis=1).max() <= limits.max_accel_mps2
    assert least >= 1.5 - 1e-4
