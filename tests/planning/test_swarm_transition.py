"""Transitions: limits by dense evaluation, distances by brute force, laws of motion, refusals."""

import math

import numpy as np
import pytest
from showeditor.kernels.bernstein import states
from showeditor.model.arrays import Floats
from showeditor.model.limits import Limits
from showeditor.planning.pieces import assemble
from showeditor.planning.transition import (
    LAWS,
    MIN_JERK,
    TICK_US,
    Transition,
    plan_transition,
    proven_gap,
    quickest_law,
    spacing,
)


def grid(n: int, step: float, z: float = 10.0) -> Floats:
    side = math.ceil(math.sqrt(n))
    k = np.arange(n)
    return np.stack([k % side * step, k // side * step, np.full(n, z)], axis=1)


def scattered(n: int, step: float, seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    size = step * (2.4 * n) ** (1 / 3)
    found: list[Floats] = []
    while len(found) < n:
        p = rng.uniform(0, size, 3)
        if all(np.linalg.norm(p - q) >= step for q in found):
            found.append(p)
    return np.array(found) + np.array([5.0, 10.0, 40.0])


def fly(way: Transition, length_us: int, samples: int) -> tuple[Floats, Floats, Floats]:
    """Places, velocities, accelerations (samples, n, 3)."""
    n = len(way.start_m)
    rows = assemble(n, way.blocks(1_000_000, 1_000_000 + length_us))
    times = np.linspace(1_000_000, 1_000_000 + length_us, samples).astype(np.int64)
    found = [
        states(rows.piece_start, rows.t0_us, rows.t1_us, rows.ctrl_start, rows.ctrl, way.start_m, int(t)) for t in times
    ]
    return np.array([f[0] for f in found]), np.array([f[1] for f in found]), np.array([f[2] for f in found])


def least_gap(places: Floats) -> float:
    n = places.shape[1]
    return min(float((np.linalg.norm(x[:, None] - x[None], axis=2) + np.eye(n) * 1e9).min()) for x in places)


def assert_within(limits: Limits, speed: Floats, accel: Floats) -> None:
    assert np.hypot(speed[..., 0], speed[..., 1]).max() <= limits.max_speed_xy_mps
    assert speed[..., 2].max() <= limits.max_speed_up_mps
    assert -speed[..., 2].min() <= limits.max_speed_down_mps
    assert np.linalg.norm(accel, axis=2).max() <= limits.max_accel_mps2


@pytest.mark.parametrize("quick", [False, True])
@pytest.mark.parametrize("step", [1.62, 1.75, 2.13])
def test_the_shortest_duration_keeps_limits_and_distance(step: float, quick: bool) -> None:
    limits = Limits(min_gap_m=1.5, max_speed_xy_mps=6.0, max_speed_up_mps=3.0, max_speed_down_mps=2.0)
    a, b = grid(80, step), scattered(80, step, 1)
    way = plan_transition(a, b, limits, quick=quick)
    assert not way.tight
    places, speed, accel = fly(way, way.shortest_us, 700)
    assert_within(limits, speed, accel)
    assert least_gap(places) >= limits.min_gap_m
    assert way.gap_m == pytest.approx(least_gap(places), abs=0.02)
    assert places[-1] == pytest.approx(b[way.target], abs=1e-9)
    assert places[0] == pytest.approx(a, abs=1e-12)


@pytest.mark.parametrize(
    "way_m", [(0.5, 0.0, 0.0), (30.0, 0.0, 0.0), (200.0, 0.0, 0.0), (0.0, 0.0, 60.0), (3.0, 4.0, -70.0)]
)
@pytest.mark.parametrize("quick", [False, True])
def test_the_shortest_duration_is_tight(way_m: tuple[float, float, float], quick: bool) -> None:
    limits = Limits()
    way = plan_transition(np.zeros((1, 3)), np.array([way_m]), limits, quick=quick)
    _, speed, accel = fly(way, way.shortest_us, 4000)
    used = max(
        float(np.hypot(speed[..., 0], speed[..., 1]).max()) / limits.max_speed_xy_mps,
        float(speed[..., 2].max()) / limits.max_speed_up_mps,
        float(-speed[..., 2].min()) / limits.max_speed_down_mps,
        float(np.linalg.norm(accel, axis=2).max()) / limits.max_accel_mps2,
    )
    assert used <= 1.0
    assert used > 0.9 or way.shortest_us < 50 * TICK_US
    assert way.shortest_us % TICK_US == 0


def test_a_cruise_needs_less_time_than_minimum_jerk_on_long_ways() -> None:
    limits = Limits()
    a, b = np.zeros((1, 3)), np.array([[0.0, 0.0, 90.0]])
    slow, quick = plan_transition(a, b, limits), plan_transition(a, b, limits, quick=True)
    assert slow.law == MIN_JERK
    assert quick.law == quickest_law(a, b, limits) != MIN_JERK
    assert quick.shortest_us < 0.6 * slow.shortest_us


@pytest.mark.parametrize("law", sorted(LAWS))
def test_the_stated_peaks_of_every_law_are_its_peaks(law: int) -> None:
    way = Transition(
        law, np.zeros((1, 3)), np.zeros(1, np.int64), np.array([[1.0, 0, 0]]), None, 1, 0.0, (0, 0), (), 0.0
    )
    _, speed, accel = fly(way, 1_000_000, 20_001)
    peak_speed, peak_accel, _ = LAWS[law]
    assert speed.max() == pytest.approx(peak_speed, rel=1e-4)
    assert np.abs(accel).max() == pytest.approx(peak_accel, rel=2e-4)


def test_wide_formations_fly_straight_and_keep_the_promised_distance() -> None:
    limits = Limits(min_gap_m=1.5)
    a, b = grid(100, 2.13), grid(100, 2.13, 60.0) + np.array([40.0, 5.0, 0.0])
    way = plan_transition(a, b[::-1].copy(), limits)
    assert way.bend_m is None
    assert way.proven_m == pytest.approx(proven_gap(2.13, 2.13))
    assert way.gap_m >= way.proven_m - 1e-9


def test_a_pair_that_cannot_part_is_named() -> None:
    a = np.array([[0.0, 0, 10], [1.0, 0, 10], [50.0, 0, 10]])
    way = plan_transition(a, a + np.array([0.0, 30.0, 0.0]), Limits(min_gap_m=3.0))
    assert [(t.a, t.b) for t in way.tight] == [(0, 1)]
    assert way.tight[0].gap_m == pytest.approx(1.0)


def test_drones_that_change_places_head_on_pass_each_other() -> None:
    limits = Limits(min_gap_m=2.0)
    a = np.array([[0.0, 0.0, 20.0], [30.0, 0.0, 20.0]])
    way = plan_transition(a, a[::-1].copy(), limits, free=False)
    assert not way.tight
    assert way.bend_m is not None
    places, speed, accel = fly(way, way.shortest_us, 2000)
    assert least_gap(places) >= limits.min_gap_m
    assert_within(limits, speed, accel)


def test_the_same_input_gives_the_same_plan() -> None:
    a, b = grid(60, 1.65), scattered(60, 1.65, 3)
    one, two = (plan_transition(a.copy(), b.copy(), Limits(min_gap_m=1.5)) for _ in range(2))
    assert one.bend_m is not None
    assert two.bend_m is not None
    assert np.array_equal(one.bend_m, two.bend_m)
    assert (one.shortest_us, one.gap_m, one.target.tolist()) == (two.shortest_us, two.gap_m, two.target.tolist())


def test_different_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="as many places"):
        plan_transition(np.zeros((2, 3)), np.zeros((3, 3)), Limits())


def test_one_drone_has_no_neighbour() -> None:
    gap, pair = spacing(np.zeros((1, 3)))
    assert gap == math.inf
    assert pair == (-1, -1)
