"""Speeds, heights, fences and ground phases against dense sampling."""

import numpy as np
import pytest
import scenes
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.kernels.extremes import ACCEL, HEIGHT, JERK, SPEED_DOWN, SPEED_UP, SPEED_XY, excesses, extremes
from showeditor.kernels.fence import distances, excursions
from showeditor.kernels.grounding import leave_columns, low_motion
from showeditor.kernels.hulls import below, lowest
from showeditor.kernels.paths import Paths

numbers = st.floats(-30, 30, allow_subnormal=False)
curves = st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=8)
S = 1_000_000


def one(points: object, seconds: float = 10.0) -> Paths:
    return scenes.bundle([[(0, int(seconds * S), np.array(points, dtype=np.float64))]], np.zeros((1, 3)))


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=15), st.floats(-20, 20))
@settings(max_examples=300, deadline=None)
def test_lowest_and_below_hold_for_any_polynomial(row: list[float], level: float) -> None:
    q, degree = np.array([*row, 0.0]), len(row) - 1
    from math import comb

    u = np.linspace(0, 1, 2001)
    values = sum(comb(degree, k) * row[k] * u**k * (1 - u) ** (degree - k) for k in range(degree + 1))
    least, where = lowest(q, degree, -np.inf, np.inf, False)
    assert least <= values.min() + 1.01e-4
    # what comes back is really taken there
    taken = sum(comb(degree, k) * row[k] * where**k * (1 - where) ** (degree - k) for k in range(degree + 1))
    assert least == pytest.approx(taken, abs=1e-6)
    spans = np.empty((16, 2))
    found = below(q, degree, level, 1e-4, spans)
    under = np.zeros(len(u), dtype=bool)
    for a, b in spans[:found]:
        under |= (u >= a - 1e-3) & (u <= b + 1e-3)
    assert not ((values < level - 1e-6) & ~under).any()


@given(curves, st.floats(1, 30))
@settings(max_examples=100, deadline=None)
def test_extremes_are_those_of_a_dense_sampling(points: list[tuple[float, float, float]], seconds: float) -> None:
    paths = one(points, seconds)
    worst, when = extremes(paths)
    lasts = int(paths.t1[0])
    t = np.linspace(0, lasts, 4001)
    from math import comb

    c, m, u = np.array(points), len(points) - 1, t / lasts
    span = lasts / 1e6

    def curve(c: np.ndarray) -> np.ndarray:
        k = len(c) - 1
        return sum(comb(k, j) * np.outer(u**j * (1 - u) ** (k - j), c[j]) for j in range(k + 1))

    third = np.diff(c, 3, axis=0)
    jerk = np.zeros(1)
    if m >= 3:
        scale = m * (m - 1) * (m - 2) / span**3
        jerk = np.linalg.norm(curve(third) if m > 3 else np.repeat(third, 2, axis=0), axis=1) * scale
    assert worst[0, JERK] >= jerk.max() * (1 - 1e-4) - 1e-3

    place = curve(c)
    speed = curve(m * np.diff(c, axis=0) / span) if m else np.zeros((len(u), 3))
    bend = curve(m * (m - 1) * np.diff(c, n=2, axis=0) / span**2) if m > 1 else np.zeros((len(u), 3))
    flat = np.hypot(speed[:, 0], speed[:, 1]).max()
    assert worst[0, SPEED_XY] == pytest.approx(flat, rel=1e-4, abs=2e-4)
    assert worst[0, SPEED_UP] == pytest.approx(max(0, speed[:, 2].max()), rel=1e-4, abs=2e-4)
    assert worst[0, SPEED_DOWN] == pytest.approx(max(0, -speed[:, 2].min()), rel=1e-4, abs=2e-4)
    assert worst[0, HEIGHT] == pytest.approx(place[:, 2].max(), rel=1e-4, abs=2e-4)
    assert worst[0, ACCEL] >= np.linalg.norm(bend, axis=1).max() * (1 - 1e-6) - 2e-4
    assert place[np.abs(t - when[0, HEIGHT]).argmin(), 2] == pytest.approx(worst[0, HEIGHT], abs=0.1 + 0.01 * flat)


def test_times_of_an_excess_are_found() -> None:
    # v = 6 x 20 / 10 x u (1 - u): 3 m/s at most; above 2 m/s for |u - 1/2| < sqrt(1/12)
    paths = one([(0, 0, 0), (0, 0, 0), (20, 0, 0), (20, 0, 0)])
    spans, values = excesses(paths, 0, SPEED_XY, 2.0)
    half = np.sqrt(1 / 12) * 10 * S
    assert spans[0] == pytest.approx([5 * S - half, 5 * S + half], abs=2000)
    assert values == pytest.approx([3.0])
    assert len(excesses(paths, 0, SPEED_XY, 3.001)[1]) == 0


def test_a_kink_is_judged_as_the_jump_over_its_neighbours_time() -> None:
    corner = [
        [(0, 10 * S, np.array([[0, 0, 9], [30, 0, 9.0]])), (10 * S, 20 * S, np.array([[30, 0, 9], [30, 40, 9.0]]))]
    ]
    worst, when = extremes(scenes.bundle(corner, np.zeros((1, 3))))
    assert worst[0, ACCEL] == pytest.approx(max(np.hypot(3, 4), 4) / 0.5)
    assert when[0, ACCEL] == 10 * S
    steps = np.array([[0.5 * 2.0 * (k / 10) ** 2, 0, 9] for k in range(30)])
    dense = [[(k * S // 10, (k + 1) * S // 10, steps[k : k + 2]) for k in range(29)]]
    spans, _ = excesses(scenes.bundle(dense, np.zeros((1, 3))), 0, ACCEL, 2.5)
    assert len(spans) == 1  # the sudden stop at the end alone: within the run it is 2 m/s2
    assert spans[0, 0] > 2.5 * S


square = np.array([[-10.0, -10], [10, -10], [10, 10], [-10, 10]])
hook = np.array([[-10.0, -10], [10, -10], [10, 10], [6, 10], [6, -6], [-10, -6]])


@given(curves, st.booleans(), st.sampled_from([square, hook]))
@settings(max_examples=60, deadline=None)
def test_excursions_are_those_of_a_dense_sampling(points: list, keep_out: bool, ring: np.ndarray) -> None:
    paths = one(points)
    times = np.linspace(0, 10 * S, 3001).astype(np.int64)
    place = scenes.sampled(paths, times)[0]
    away = np.maximum(distances(place, ring), np.maximum(-20 - place[:, 2], place[:, 2] - 20))
    away = -away if keep_out else away
    off, on = np.array([0]), np.array([10 * S])
    worst, when, span = excursions(paths, off, on, ring, -20.0, 20.0, keep_out=keep_out)
    step = np.linalg.norm(np.diff(place, axis=0), axis=1).max()
    assert worst[0] == pytest.approx(max(0.0, away.max()), abs=step + 0.011)
    if worst[0] > 0:
        assert away[np.abs(times - when[0]).argmin()] == pytest.approx(worst[0], abs=2 * step + 0.02)
        outside = times[away > 0.02]
        if len(outside):
            assert span[0, 0] <= outside[0] + 4000
            assert span[0, 1] >= outside[-1] - 4000


def test_distances_to_a_polygon_agree_with_shapely() -> None:
    from shapely.geometry import Point, Polygon

    area = Polygon(hook)
    points = np.random.default_rng(3).uniform(-15, 15, (300, 2))
    for point, distance in zip(points, distances(points, hook), strict=True):
        here = Point(point)
        expected = -area.exterior.distance(here) if area.contains(here) else area.distance(here)
        assert distance == pytest.approx(expected, abs=1e-9)


def test_columns_end_where_a_drone_rises_or_drifts_out() -> None:
    up = (0, 10 * S, np.array([[0, 0, 0], [0, 0, 10.0]]))
    side = (10 * S, 20 * S, np.array([[0, 0, 10], [10, 0, 10.0]]))
    down = (20 * S, 30 * S, np.array([[10, 0, 10], [10, 0, 0.0]]))
    slide = (0, 10 * S, np.array([[0, 0, 0], [10, 0, 0.0]]))
    paths = scenes.bundle([[up, side, down], [slide], []], np.zeros((3, 3)))
    times = leave_columns(paths, 2.5, 0.25)
    assert times[0] == pytest.approx([2.5 * S, 27.5 * S], abs=2000)
    assert times[1] == pytest.approx([0.25 * S, 9.75 * S], abs=2000)
    assert times[2, 0] > times[2, 1]


def test_low_motion_is_sideways_motion_below_the_floor() -> None:
    up = (0, 10 * S, np.array([[0, 0, 0], [0, 0, 10.0]]))
    slope = (0, 10 * S, np.array([[0, 0, 0], [10, 0, 10.0]]))
    spans, fastest = low_motion(scenes.bundle([[up], [slope]], np.zeros((2, 3))), np.full(2, 2.5), 0.3)
    assert fastest == pytest.approx([0, 1])
    assert spans[1] == pytest.approx([0, 2.5 * S], abs=2000)
