"""Entries into moving spheres against brute force over fine samples."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import bundle, sampled, show
from showeditor.kernels.intrusion import FAR_M, Spheres, find_intrusions

S = 1_000_000


def spheres(m: int, seconds: float, seed: int, box: float = 30.0) -> Spheres:
    rng = np.random.default_rng(seed)
    t0 = (rng.uniform(-5, seconds, m) * S).astype(np.int64)
    t1 = t0 + (rng.uniform(0.1, 8, m) * S).astype(np.int64)
    a = rng.uniform((-box, -box, 80 - box), (box, box, 80 + box), (m, 3))
    return Spheres(rng.integers(0, m // 3, m), t0, t1, a, a + rng.normal(0, 20, (m, 3)), rng.uniform(2, 15, m))


@pytest.mark.parametrize("seed", range(4))
def test_entries_equal_brute_force(seed: int) -> None:
    n, m = 30, 60
    paths = show(n, seconds=60, delay=3, seed=seed)
    balls = spheres(m, 60, seed)
    off, on = np.full(n, 2 * S), np.full(n, 55 * S)
    off[3] = on[3] = 0
    found = find_intrusions(paths, off, on, balls)
    step = 5000
    times = np.arange(2 * S, 55 * S + 1, step)
    places = sampled(paths, times)
    want: dict[tuple[int, int], list[float]] = {}
    least = FAR_M
    for k in range(m):
        during = (times >= balls.t0[k]) & (times <= balls.t1[k])
        t = times[during]
        share = ((t - balls.t0[k]) / (balls.t1[k] - balls.t0[k]))[:, None]
        centre = balls.start[k] + share * (balls.end[k] - balls.start[k])
        margin = np.linalg.norm(places[:, during] - centre, axis=2) - balls.radius[k]
        margin[3] = np.inf
        least = min(least, margin.min(initial=np.inf))
        for i in np.flatnonzero((margin < 0).any(axis=1)):
            inside = t[margin[i] < 0]
            row = want.setdefault((int(balls.owner[k]), int(i)), [inside[0], inside[-1], 0.0])
            row[:] = [min(row[0], inside[0]), max(row[1], inside[-1]), min(row[2], margin[i].min())]
    got = {
        (int(o), int(i)): (int(a), int(b), float(d))
        for o, i, (a, b), d in zip(found.owner, found.drone, found.span_us, found.margin_m, strict=True)
    }
    assert want
    # what lasts shorter than a sample is found here and not by brute force
    assert set(want) <= set(got)
    assert all(-got[key][2] < 0.05 for key in set(got) - set(want))
    for key, (begin, end, margin) in want.items():
        assert begin - step - 1000 <= got[key][0] <= begin
        assert end <= got[key][1] <= end + step + 1000
        assert margin - 0.4 <= got[key][2] <= margin + 1e-3
    assert least - 0.4 <= found.least_m <= least + 1e-3
    assert found.complete


def test_a_drone_that_flashes_through_between_samples_is_found() -> None:
    paths = bundle([[(0, 10 * S, np.array([(-100.0, 0, 50), (100.0, 0, 50)]))]], np.zeros((1, 3)))
    ball = Spheres(
        np.array([0]), np.array([4_990_000]), np.array([5_010_000]), np.array([[0.0, 0.05, 50]]),
        np.array([[0.0, 0.05, 50]]), np.array([0.1]),
    )  # fmt: skip
    found = find_intrusions(paths, np.array([0]), np.array([10 * S]), ball)
    assert len(found.owner) == 1
    assert found.margin_m[0] == pytest.approx(-0.05, abs=1e-3)
    assert found.deepest_us[0] == pytest.approx(5 * S, abs=2000)
    assert found.span_us[0, 1] - found.span_us[0, 0] == pytest.approx(2 * 0.0866 / 20 * S, abs=2500)


def test_far_hazards_leave_no_margin_and_near_ones_do() -> None:
    paths = bundle([[(0, 10 * S, np.array([(0.0, 0, 50)]))]], np.zeros((1, 3)))

    def at(x: float) -> float:
        centre = np.array([[x, 0.0, 50.0]])
        ball = Spheres(np.array([0]), np.array([0]), np.array([9 * S]), centre, centre, np.array([5.0]))
        return find_intrusions(paths, np.array([0]), np.array([10 * S]), ball).least_m

    assert at(100.0) == np.inf
    assert at(30.0) == pytest.approx(25.0, abs=1e-3)


def test_a_hazard_with_many_contacts_is_cut_and_says_so() -> None:
    n = 50
    paths = bundle([[(0, 10 * S, np.array([(float(i % 7), 0, 50.0)]))] for i in range(n)], np.zeros((n, 3)))
    centre = np.array([[0.0, 0, 50], [0.0, 0, 50]])
    balls = Spheres(np.array([0, 1]), np.array([0, 0]), np.array([S, S]), centre, centre, np.array([20.0, 0.5]))
    found = find_intrusions(paths, np.zeros(n, np.int64), np.full(n, 9 * S), balls, share=20)
    assert found.cut.tolist() == [True, False]
    few = find_intrusions(paths, np.zeros(n, np.int64), np.full(n, 9 * S), balls, most=10)
    assert not few.complete


@settings(max_examples=25, deadline=None)
@given(st.floats(-500, 500), st.floats(-500, 500), st.integers(-100 * S, 100 * S))
def test_moving_all_together_changes_nothing(x: float, y: float, late: int) -> None:
    paths, balls = show(8, seconds=40, seed=2), spheres(20, 40, 2, box=15.0)
    off, on = np.zeros(8, np.int64), np.full(8, 40 * S)
    shift = np.array([x, y, 0.0])
    moved = paths._replace(ctrl=paths.ctrl + shift, home=paths.home + shift, t0=paths.t0 + late, t1=paths.t1 + late)
    there = balls._replace(start=balls.start + shift, end=balls.end + shift, t0=balls.t0 + late, t1=balls.t1 + late)
    one, two = find_intrusions(paths, off, on, balls), find_intrusions(moved, off + late, on + late, there)
    assert one.owner.tolist() == two.owner.tolist()
    assert np.abs(one.margin_m - two.margin_m).max(initial=0.0) < 1e-3
