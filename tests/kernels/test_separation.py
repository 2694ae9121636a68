"""Closest approach against dense sampling of all pairs, and the cases that sampling misses."""

import numpy as np
import pytest
import scenes
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import Array
from showeditor.kernels.paths import Paths
from showeditor.kernels.separation import FLYING, FOREVER, LOW, Nearness, find_meetings, gap_of_points


def brute(paths: Paths, times_us: "np.ndarray") -> Array:
    """Distances (pairs, times) of all pairs, by sampling."""
    at = scenes.sampled(paths, times_us)
    i, j = np.triu_indices(len(at), 1)
    return np.linalg.norm(at[i] - at[j], axis=2)


def assert_agrees(paths: Paths, gap: float, found: Nearness, times_us: "np.ndarray", rate: float) -> None:
    """No sampled violation is missing, and every reported distance and interval is what sampling can confirm.

    `rate`: how far a distance may change between two samples.
    """
    n = len(paths.home)
    distances = brute(paths, times_us)
    names = list(zip(*np.triu_indices(n, 1), strict=True))
    reported = {}
    for row, pair in enumerate(map(tuple, found.pair)):
        reported.setdefault(pair, []).append(row)
    for pair, line in zip(names, distances, strict=True):
        rows = reported.pop((int(pair[0]), int(pair[1])), [])
        for k in np.flatnonzero(line < gap - 1e-4):
            inside = [r for r in rows if found.span_us[r, 0] - 2000 <= times_us[k] <= found.span_us[r, 1] + 2000]
            assert inside, f"pair {pair} at {times_us[k]} us, {line[k]} m"
            assert found.gap_m[inside[0]] <= line[k] + 2e-4
        for r in rows:
            near = (times_us >= found.span_us[r, 0] - 50_000) & (times_us <= found.span_us[r, 1] + 50_000)
            assert abs(line[near].min() - found.gap_m[r]) <= rate
            assert found.gap_m[r] < gap
    assert not reported
    assert found.closest_m <= distances.min() + 2e-4
    assert found.closest_m >= distances.min() - rate


@pytest.mark.parametrize(("n", "gap", "delay"), [(40, 1.9, 0.0), (60, 1.4, 0.0), (30, 3.0, 3.0), (9, 0.5, 1.0)])
def test_every_pair_of_a_show_is_found(n: int, gap: float, delay: float) -> None:
    paths = scenes.show(n, seconds=75.0, delay=delay, seed=n)
    found = find_meetings(paths, scenes.airborne(n), gap, 0.0)
    assert found.complete
    assert_agrees(paths, gap, found, np.arange(0, 75_000_001, 20_000), 0.02 * 2 * 20)


def test_a_head_on_crossing_between_two_samples_is_found() -> None:
    # 20 m/s each, they meet at 5.05 s: at 5.0 and 5.1 s they are 2 m apart
    pieces = [[(0, 10_000_000, np.array([[-101.0, 0, 50], [99.0, 0, 50]]))],
              [(0, 10_000_000, np.array([[101.0, 0, 50], [-99.0, 0, 50]]))]]  # fmt: skip
    paths = scenes.bundle(pieces, np.zeros((2, 3)))
    assert brute(paths, np.arange(0, 10_000_001, 100_000)).min() > 1.9
    found = find_meetings(paths, scenes.airborne(2), 1.5, 0.0)
    assert len(found.pair) == 1
    assert found.gap_m[0] == pytest.approx(0.0, abs=1e-4)
    assert found.nearest_us[0] == pytest.approx(5_050_000, abs=10)
    assert found.span_us[0] == pytest.approx([5_050_000 - 37_500, 5_050_000 + 37_500], abs=2000)


def test_the_nearest_pair_is_named_even_when_all_is_clear() -> None:
    paths = scenes.show(50, seconds=60.0, seed=4)
    found = find_meetings(paths, scenes.airborne(50), 0.01, 0.0)
    distances = brute(paths, np.arange(0, 60_000_001, 10_000))
    i, j = np.triu_indices(50, 1)
    worst = np.unravel_index(distances.argmin(), distances.shape)
    assert found.closest_m == pytest.approx(distances.min(), abs=0.05)
    assert found.closest_pair == (i[worst[0]], j[worst[0]])


def test_a_formation_exactly_at_the_limit_is_clear() -> None:
    k = np.arange(100)
    places = np.stack([k % 10, k // 10, 0 * k], axis=1) * 3.0 @ rotation(0.7) + 1234.5
    step = np.array([7.0, 3.0, 1.0])
    paths = scenes.bundle([[(0, 9_000_000, np.stack([p, p + step]))] for p in places], places)
    found = find_meetings(paths, scenes.airborne(100), 3.0, 0.0)
    assert len(found.pair) == 0
    assert found.closest_m == pytest.approx(3.0, abs=1e-4)
    assert len(find_meetings(paths, scenes.airborne(100), 3.001, 0.0).pair) == 180


def rotation(angle: float) -> Array:
    return np.array([[np.cos(angle), np.sin(angle), 0], [-np.sin(angle), np.cos(angle), 0], [0, 0, 1.0]])


def test_standing_drones_owe_nothing_and_taking_off_ones_the_low_gap() -> None:
    up = [np.array([[x, 0, 0], [x, 0, 0], [x, 0, 30.0], [x, 0, 30.0]]) for x in (0.0, 1.0)]
    pieces = [[(1_000_000, 11_000_000, up[0])], [(1_000_000, 11_000_000, up[1])]]
    paths = scenes.bundle(pieces, np.zeros((2, 3)))
    phases = np.array([[1_000_000, 3_000_000, 11_000_000, 11_000_000]] * 2)
    found = find_meetings(paths, phases, 1.5, 0.5)
    assert found.kind.tolist() == [FLYING]
    assert found.span_us[0] == pytest.approx([3_000_000, 11_000_000], abs=2000)
    found = find_meetings(paths, phases, 1.5, 1.2)
    assert sorted(found.kind.tolist()) == [FLYING, LOW]


def test_a_flood_of_violations_stops_and_says_so() -> None:
    pieces = [[(0, 5_000_000, np.array([[0.001 * i, 0, 9], [0.001 * i, 1, 9.0]]))] for i in range(100)]
    found = find_meetings(scenes.bundle(pieces, np.zeros((100, 3))), scenes.airborne(100), 1.0, 0.0, most=500)
    assert not found.complete
    assert len(found.pair) <= 500


@pytest.mark.parametrize("n", [0, 1])
def test_no_pair_no_answer(n: int) -> None:
    paths = scenes.bundle([[] for _ in range(n)], np.zeros((n, 3)))
    found = find_meetings(paths, scenes.airborne(n), 1.0, 0.0)
    assert found.closest_pair == (-1, -1)
    assert len(found.pair) == 0


def test_drones_without_pieces_stand_at_home() -> None:
    home = np.array([[0, 0, 10.0], [1, 0, 10], [9, 9, 10]])
    found = find_meetings(scenes.bundle([[], [], []], home), scenes.airborne(3), 2.0, 0.0)
    assert found.pair.tolist() == [[0, 1]]
    assert found.gap_m[0] == pytest.approx(1.0)


places = st.tuples(*[st.floats(-6, 6)] * 3)


@given(
    st.lists(st.lists(st.lists(places, min_size=1, max_size=8), min_size=1, max_size=4), min_size=2, max_size=6),
    st.lists(st.integers(40, 4000), min_size=30, max_size=30),
    st.floats(0.3, 4.0),
)
@settings(max_examples=60, deadline=None)
def test_any_polynomials_with_any_breaks_agree_with_sampling(
    swarm: list[list[list[tuple[float, float, float]]]], lengths: list[int], gap: float
) -> None:
    pieces, k = [], 0
    for drone in swarm:
        t, row = 0, []
        for points in drone:
            row.append((t, t + lengths[k % 30] * 1000, np.array(points)))
            t, k = row[-1][1], k + 1
        pieces.append(row)
    paths = scenes.bundle(pieces, np.zeros((len(swarm), 3)))
    found = find_meetings(paths, scenes.airborne(len(swarm)), gap, 0.0)
    end = int(paths.t1.max())
    distances = brute(paths, np.linspace(0, end, 4001).astype(np.int64))
    i, j = np.triu_indices(len(swarm), 1)
    names = {tuple(p) for p in found.pair.tolist()}
    least = distances.min(axis=1)
    for pair, distance in zip(zip(i.tolist(), j.tolist(), strict=True), least, strict=True):
        assert pair in names or distance >= gap - 1.1e-5
    assert found.closest_m <= distances.min() + 1.1e-4
    for (a, b), distance, moment in zip(found.pair.tolist(), found.gap_m, found.nearest_us, strict=True):
        # the reported distance is really taken at the reported moment (or just before a jump there)
        assert distance < gap
        at = scenes.sampled(paths, np.arange(moment - 3, moment + 4))
        assert np.abs(np.linalg.norm(at[a] - at[b], axis=1) - distance).min() < 0.01


def test_gap_of_points_is_the_least_horizontal_distance() -> None:
    points = np.random.default_rng(1).random((200, 3)) * 50
    flat = points[:, None, :2] - points[None, :, :2]
    expected = np.linalg.norm(flat, axis=2)[np.triu_indices(200, 1)].min()
    assert gap_of_points(points) == pytest.approx(expected)
    assert gap_of_points(points[:1]) == np.inf
    assert FOREVER > 10**15
