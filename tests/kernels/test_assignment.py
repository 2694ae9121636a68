"""The pairing against scipy's exact solver, its certificate against the true optimum, swap stability by brute force."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from showeditor.kernels.assignment import Pairing, pair_up, repaired, settle

Points = NDArray[np.float64]


def lattice(n: int) -> Points:
    side = int(np.ceil(np.sqrt(n)))
    k = np.arange(n, dtype=np.float64)
    places: Points = np.stack([k % side, k // side, np.zeros(n)], axis=1) * 2.0
    return places


def cloud(n: int, seed: int) -> Points:
    return np.random.default_rng(seed).normal(size=(n, 3)) * 20.0


def optimum(a: Points, b: Points) -> float:
    p, q = a - a.mean(axis=0), b - b.mean(axis=0)
    cost = ((p[:, None] - q[None]) ** 2).sum(axis=-1)
    rows, columns = linear_sum_assignment(cost)
    return float(cost[rows, columns].sum())


def assert_sound(a: Points, b: Points, found: Pairing) -> None:
    assert sorted(found.target.tolist()) == list(range(len(a)))
    best = optimum(a, b)
    slack = 1e-9 * max(best, 1.0) + 1e-6 * len(a)
    assert found.bound_m2 <= best + slack, "the lower bound is none"
    assert found.cost_m2 <= best * 1.001 + slack
    q = b[found.target]
    turns = ((a[:, None] - a[None]) * (q[:, None] - q[None])).sum(axis=-1)
    assert turns.min() > -1e-4, "two drones would gain by swapping"


@pytest.mark.parametrize("n", [1, 2, 31, 32, 33, 200, 400])
@pytest.mark.parametrize("kind", ["clouds", "lattice onto itself", "quarter turn", "doubled targets", "one target"])
def test_the_pairing_is_within_a_thousandth_and_swap_stable(n: int, kind: str) -> None:
    a = cloud(n, 1) if kind in ("clouds", "doubled targets") else lattice(n)
    b = {
        "clouds": cloud(n, 2) + 50.0,
        "lattice onto itself": a.copy(),
        "quarter turn": a[:, [1, 0, 2]] * [1.0, -1.0, 1.0],
        "doubled targets": np.repeat(a[: (n + 1) // 2], 2, axis=0)[:n],
        "one target": np.zeros((n, 3)),
    }[kind]
    assert_sound(a, b, pair_up(a, b))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 70), st.integers(0, 10_000), st.sampled_from([0.01, 1.0, 300.0]), st.integers(0, 3))
def test_any_clouds(n: int, seed: int, size: float, flat: int) -> None:
    rng = np.random.default_rng(seed)
    a, b = rng.uniform(-size, size, (n, 3)), np.round(rng.uniform(-size, size, (n, 3)))
    if flat < 3:
        b[:, flat] = 7.0
    assert_sound(a, b, pair_up(a, b))


def test_the_same_points_give_the_same_pairing() -> None:
    a, b = cloud(500, 3), lattice(500)
    assert np.array_equal(pair_up(a, b).target, pair_up(a.copy(), b.copy()).target)


def test_a_translation_does_not_change_the_pairing_or_flatter_the_gap() -> None:
    a, b = cloud(300, 4), lattice(300)
    near, far = pair_up(a, b), pair_up(a, b + np.array([5000.0, 0.0, 0.0]))
    assert far.cost_m2 == pytest.approx(near.cost_m2, rel=1e-3)
    assert near.gap <= 1e-3
    assert far.gap <= 1e-3


def test_the_bound_of_distance_follows_from_swap_stability() -> None:
    a, b = lattice(400) * 2.0, lattice(400)[::-1].copy() * 2.0 + [3.0, 40.0, 60.0]
    q = b[pair_up(a, b).target]
    nearest = np.inf
    for s in np.linspace(0.0, 1.0, 101):
        x = a + (q - a) * s
        gaps = np.linalg.norm(x[:, None] - x[None], axis=-1) + np.eye(400) * 1e9
        nearest = min(nearest, gaps.min())
    assert nearest >= 4.0 / np.sqrt(2.0) - 1e-6


@pytest.mark.parametrize(("a", "b"), [(0, 0), (3, 4)])
def test_unequal_or_empty_sets_are_refused(a: int, b: int) -> None:
    with pytest.raises(ValueError, match="equally large"):
        pair_up(np.zeros((a, 3)), np.zeros((b, 3)))


def test_nan_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        pair_up(np.full((2, 3), np.nan), np.zeros((2, 3)))


def centimetres(n: int, seed: int) -> Points:
    return np.round(cloud(n, seed), 2)


@pytest.mark.parametrize("n", [1, 2, 33, 150, 400])
@pytest.mark.parametrize("kind", ["clouds", "lattice onto itself", "quarter turn", "half turn", "one target"])
def test_an_exact_pairing_costs_what_scipy_says(n: int, kind: str) -> None:
    a = centimetres(n, 1) if kind == "clouds" else lattice(n)
    b = {
        "clouds": centimetres(n, 2) + 50.0,
        "lattice onto itself": a.copy(),
        "quarter turn": a[:, [1, 0, 2]] * [1.0, -1.0, 1.0],
        "half turn": -a,
        "one target": np.zeros((n, 3)),
    }[kind]
    found = pair_up(a, b, exact=True)
    assert_sound(a, b, found)
    assert found.cost_m2 == pytest.approx(optimum(a, b), abs=1e-4)
    assert found.cost_m2 - found.bound_m2 < 1e-4


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 80), st.integers(0, 10_000), st.integers(0, 6), st.sampled_from([0.3, 5.0, 200.0]), st.booleans())
def test_moved_points_are_mended_to_the_same_cost(
    n: int, seed: int, moves: int, far: float, near_lattice: bool
) -> None:
    rng = np.random.default_rng(seed)
    a = lattice(n) if near_lattice else centimetres(n, seed)
    b = a[::-1] + rng.normal(size=(n, 3)).round(2) * 0.05
    settled = settle(a, b)
    for _ in range(moves):
        a, b = a.copy(), b.copy()
        side = a if rng.random() < 0.5 else b
        side[rng.integers(n)] += np.round(rng.normal(size=3) * far, 2)
        settled = repaired(settled, a, b)
        assert sorted(settled.pairing.target.tolist()) == list(range(n))
        best = optimum(a, b)
        true = ((a - b[settled.pairing.target] - (a.mean(axis=0) - b.mean(axis=0))) ** 2).sum()
        assert settled.pairing.cost_m2 == pytest.approx(true, abs=1e-6 + 1e-12 * true)
        assert settled.pairing.cost_m2 <= best + 2e-4
        assert settled.pairing.bound_m2 <= best + 1e-6


def test_one_moved_point_of_many_is_mended_by_paths_and_not_by_a_new_auction() -> None:
    a, b = centimetres(600, 5), centimetres(600, 6)
    settled = settle(a, b)
    moved = b.copy()
    moved[77] += [3.0, -2.0, 1.0]
    mended = repaired(settled, a, moved)
    assert mended.order_b is settled.order_b
    assert mended.pairing.cost_m2 == pytest.approx(optimum(a, moved), abs=2e-4)
    assert (mended.pairing.target != settled.pairing.target).sum() < 300


def test_a_repair_of_other_counts_or_of_nan_is_refused() -> None:
    a = centimetres(10, 1)
    settled = settle(a, a)
    with pytest.raises(ValueError, match="10 points"):
        repaired(settled, a, a[:9])
    with pytest.raises(ValueError, match="finite"):
        repaired(settled, a, a * np.nan)


@pytest.mark.parametrize("columns", [30, 40])
def test_a_full_lattice_turned_onto_itself_is_paired_without_an_auction(columns: int) -> None:
    k = np.arange(columns * 40, dtype=np.float64)
    a: Points = np.stack([k % columns, k // columns, np.zeros(len(k))], axis=1) * 2.0
    b: Points = a[:, [1, 0, 2]] * [1.0, -1.0, 1.0] + [9.0, 9.0, 0.0]
    found = pair_up(a, b)
    assert found.gap < 1e-9 or columns != 40
    assert_sound(a, b, found)
