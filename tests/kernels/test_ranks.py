"""Drones that share their pieces: turning formations in one window, flights between holds, and those out of step."""

from math import comb

import numpy as np
import pytest
import scenes
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import Array
from showeditor.kernels.separation import Nearness, Paths, find_meetings, windows_of

S = 1_000_000


def through(curve: Array) -> Array:
    """Control points (n, degree + 1, 3) of curves through places (n, degree + 1, 3) at equal steps."""
    degree = curve.shape[1] - 1
    u = np.arange(degree + 1) / degree
    basis = np.stack([comb(degree, k) * u**k * (1 - u) ** (degree - k) for k in range(degree + 1)], axis=1)
    out: Array = np.einsum("kj,njc->nkc", np.linalg.inv(basis), curve)
    return out


def turned(places: Array, angle: Array, pitch: float) -> Array:
    """Places (n, t, 3) of a formation turned about a tilted axis by some angles (t,)."""
    middle = places.mean(axis=0)
    axis = np.array([np.sin(pitch), 0.0, np.cos(pitch)])
    d = (places - middle)[:, None]
    cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]
    out: Array = d * cos + np.cross(axis, d) * sin + axis * (d @ axis)[..., None] * (1 - cos) + middle
    return out


def turning(places: Array, degree: int, pieces: int, angle: float, pitch: float) -> list[list[tuple[int, int, Array]]]:
    rows: list[list[tuple[int, int, Array]]] = [[] for _ in places]
    for k in range(pieces):
        u = (k + np.arange(degree + 1) / degree) / pieces
        ctrl = through(turned(places, angle * u, pitch))
        for i, row in enumerate(rows):
            row.append((2 * S * k, 2 * S * (k + 1), ctrl[i]))
    return rows


def brute(paths: Paths, times_us: "np.ndarray") -> tuple[float, dict[tuple[int, int], "np.ndarray"]]:
    at = scenes.sampled(paths, times_us)
    found = {}
    least = np.inf
    for i in range(len(at)):
        for j in range(i + 1, len(at)):
            found[i, j] = np.linalg.norm(at[i] - at[j], axis=1)
            least = min(least, float(found[i, j].min()))
    return least, found


def assert_found(paths: Paths, gap: float, found: Nearness, step_us: int = 5_000) -> int:
    times = np.arange(int(paths.t0.min()), int(paths.t1.max()) + 1, step_us)
    least, distances = brute(paths, times)
    listed: dict[tuple[int, int], list[list[int]]] = {}
    for pair, span in zip(found.pair.tolist(), found.span_us.tolist(), strict=True):
        listed.setdefault((pair[0], pair[1]), []).append(span)
    for pair, distance in distances.items():
        for t in times[distance < gap - 1e-4]:
            assert any(a - 2000 <= t <= b + 2000 for a, b in listed.get(pair, [])), (pair, t)
    for (i, j), gap_m, t in zip(found.pair.tolist(), found.gap_m, found.nearest_us, strict=True):
        # a drone that jumps is near just before the moment
        at = scenes.sampled(paths, np.arange(t - 3, t + 4))
        assert np.abs(np.linalg.norm(at[i] - at[j], axis=1) - gap_m).min() < 5e-3
    assert found.closest_m <= least + 2e-4
    i, j = found.closest_pair
    at = scenes.sampled(paths, np.arange(found.closest_us - 3, found.closest_us + 4))
    assert np.abs(np.linalg.norm(at[i] - at[j], axis=1) - found.closest_m).min() < 5e-3
    return len(listed)


@pytest.mark.parametrize(("degree", "kind", "pitch"), [(7, 0, 0.0), (7, 1, 0.7), (5, 3, 0.2), (1, 2, 0.4), (3, 0, 1.5)])
def test_a_turning_formation_is_one_window_and_an_intruder_is_found(degree: int, kind: int, pitch: float) -> None:
    n = 60
    places = scenes.formation(kind, n, 2.0, np.random.default_rng(1))
    pieces = 10 if degree > 1 else 120
    rows = turning(places, degree, pieces, 1.2, pitch)
    end = rows[0][-1][1]
    paths = scenes.bundle(rows, places)
    assert len(windows_of(paths, 0, end, 1.5)[0]) <= 3 if end < 40 * S else 8
    assert_found(paths, 1.97, find_meetings(paths, scenes.airborne(n), 1.97, 0.0), end // 500)
    # a drone that flies across with pieces of its own, and one that jumps
    middle = places.mean(axis=0)
    across = [(3 * S, 13 * S, middle + np.array([[-9.0, -1, -4], [0, 0, 0], [8, 3, 5]]))]
    jumps = [(S, 4 * S, middle[None] + 30), (5 * S, 9 * S, middle[None] + (0.2, 0.3, 0)), (9 * S, 12 * S, middle[None])]
    paths = scenes.bundle([*rows, across, jumps], np.zeros((n + 2, 3)))
    assert assert_found(paths, 1.5, find_meetings(paths, scenes.airborne(n + 2), 1.5, 0.0)) >= 2


def test_places_of_a_file_are_cut_into_few_windows() -> None:
    paths = scenes.show(80, seconds=110.0, turning=True, seed=5)
    times = np.arange(0, 110 * S + 1, 100_000)
    at = scenes.sampled(paths, times)
    rows = [[(int(times[k]), int(times[k + 1]), at[i, k : k + 2]) for k in range(len(times) - 1)] for i in range(80)]
    dense = scenes.bundle(rows, at[:, 0])
    windows, motion = windows_of(dense, 0, 110 * S, 1.5)
    assert windows[0, 0] == 0
    assert windows[-1, 1] == 110 * S
    assert (windows[1:, 0] == windows[:-1, 1]).all()
    assert len(windows) <= 12
    assert len(motion) == len(windows)
    assert_found(dense, 1.9, find_meetings(dense, scenes.airborne(80), 1.9, 0.0), 20_000)


@given(st.integers(0, 10_000), st.integers(2, 24), st.floats(0.4, 4.0), st.integers(0, 3))
@settings(max_examples=25, deadline=None)
def test_a_swarm_in_rank_with_stragglers_agrees_with_brute_force(seed: int, n: int, gap: float, odd: int) -> None:
    rng = np.random.default_rng(seed)
    breaks = np.concatenate([[0], np.cumsum(rng.integers(50, 3000, 8))]) * 1000
    degrees = rng.integers(0, 8, 8)
    here = rng.uniform(-9, 9, (n, 3))
    rows: list[list[tuple[int, int, Array]]] = [[] for _ in range(n)]
    for k in range(8):
        stretch = np.eye(3) + rng.normal(0, 0.15, (3, 3)) * (k % 2)
        hand = rng.normal(0, 3.0, (1, degrees[k] + 1, 3))
        ctrl = (here @ stretch)[:, None] + hand + rng.normal(0, 0.05, (n, degrees[k] + 1, 3))
        ctrl[:, 0] = here
        here = ctrl[:, -1]
        for i in range(n):
            rows[i].append((int(breaks[k]), int(breaks[k + 1]), ctrl[i]))
    for i in range(min(odd, n)):
        a, b = sorted(rng.integers(0, breaks[-1], 2).tolist())
        if a < b:
            rows[i] = [(a, b, rng.uniform(-9, 9, (1 + int(rng.integers(0, 8)), 3)))]
    paths = scenes.bundle(rows, here)
    assert_found(paths, gap, find_meetings(paths, scenes.airborne(n), gap, 0.0), int(breaks[-1]) // 800)
