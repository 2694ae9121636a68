"""Closest approach where pruning could go wrong: gaps, holds, equal paths, touching limits, threads, order."""

from math import comb

import numpy as np
import pytest
import scenes
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import Array
from showeditor.kernels.paths import Paths
from showeditor.kernels.separation import Nearness, find_meetings


def rows(found: Nearness) -> list[tuple[int, ...]]:
    return sorted(map(tuple, np.column_stack([found.pair, found.kind, found.span_us, found.nearest_us]).tolist()))


@pytest.mark.parametrize("delay", [0.0, 3.0])
def test_the_answer_does_not_depend_on_the_number_of_threads(delay: float) -> None:
    # large enough that a second thread is really used
    paths = scenes.show(2000, seconds=110.0, delay=delay, turning=False, seed=3)
    phases = scenes.airborne(2000)
    answers = [find_meetings(paths, phases, 0.8, 0.0, workers=w, most=2_000_000) for w in (1, 2, 5)]
    assert len(answers[0].pair) > 50
    for other in answers[1:]:
        assert rows(other) == rows(answers[0])
        assert other.gap_m.tolist() == answers[0].gap_m.tolist()
        assert (other.closest_m, other.closest_us, other.closest_pair) == (
            answers[0].closest_m,
            answers[0].closest_us,
            answers[0].closest_pair,
        )


def shuffled(paths: Paths, order: "np.ndarray") -> Paths:
    pieces = []
    for i in order:
        mine = range(paths.piece_start[i], paths.piece_start[i + 1])
        starts = paths.ctrl_start
        pieces.append([(paths.t0[p], paths.t1[p], paths.ctrl[starts[p] : starts[p + 1]]) for p in mine])
    return scenes.bundle(pieces, paths.home[order])


@pytest.mark.parametrize("delay", [0.0, 2.0])
def test_the_answer_does_not_depend_on_the_order_of_the_drones(delay: float) -> None:
    n = 300
    paths = scenes.show(n, seconds=75.0, delay=delay, seed=8, hz=1)
    order = np.random.default_rng(0).permutation(n)
    one = find_meetings(paths, scenes.airborne(n), 1.2, 0.0)
    two = find_meetings(shuffled(paths, order), scenes.airborne(n), 1.2, 0.0)
    named = sorted(tuple(sorted(pair)) for pair in order[two.pair].tolist())
    assert named == sorted(map(tuple, one.pair.tolist()))
    assert np.sort(two.gap_m) == pytest.approx(np.sort(one.gap_m), abs=1e-4)
    assert two.closest_m == pytest.approx(one.closest_m, abs=1e-4)


def test_a_meeting_goes_on_through_a_hold_and_starts_with_a_jump_into_one() -> None:
    s = 1_000_000
    still = np.zeros((1, 3))
    near = [(0, 10 * s, np.array([[9.0, 0, 0]] * 3 + [[1.0, 0, 0]] * 3)), (10 * s, 40 * s, np.array([[1.0, 0, 0]]))]
    jump = [(0, 10 * s, np.array([[0.0, 9, 0]])), (10 * s, 40 * s, np.array([[0.0, 1.2, 0]]))]
    paths = scenes.bundle([[(0, 40 * s, still)], near, jump], np.zeros((3, 3)))
    found = find_meetings(paths, scenes.airborne(3), 1.5, 0.0)
    spans = {tuple(pair): span for pair, span in zip(found.pair.tolist(), found.span_us.tolist(), strict=True)}
    assert spans[0, 1][1] == spans[0, 2][1] == 40 * s
    assert spans[0, 1][0] < 10 * s <= spans[0, 2][0] + 2000
    assert found.closest_m == pytest.approx(1.0, abs=1e-4)


def test_equal_paths_have_no_distance_all_the_time() -> None:
    curve = np.random.default_rng(2).normal(size=(8, 3)) * 9
    paths = scenes.bundle([[(0, 7_000_000, curve)], [(0, 7_000_000, curve)]], np.zeros((2, 3)))
    found = find_meetings(paths, scenes.airborne(2), 1e-3, 0.0)
    assert found.span_us.tolist() == [[0, 7_000_000]]
    assert found.closest_m == 0.0


def test_paths_that_just_touch_the_limit_are_clear_and_a_little_nearer_are_not() -> None:
    over = np.array([[-20.0, 0, 0], [20.0, 0, 0]])
    for lift, hits in ((1.5, 0), (1.4999, 1)):
        above = np.array([[0.0, -15, lift], [0, 15, lift]])
        paths = scenes.bundle([[(0, 6_000_001, over)], [(0, 6_000_001, above)]], np.zeros((2, 3)))
        found = find_meetings(paths, scenes.airborne(2), 1.5, 0.0)
        assert len(found.pair) == hits
        assert found.closest_m == pytest.approx(lift, abs=1e-4)


def test_a_second_dip_is_dated_where_it_is_deepest() -> None:
    there_and_back = np.array([[0.0, 0, 0], [0, 0, 0], [0, 0, 0], [-2, 0, 0], [0, 0, 0]])
    away = np.array([[0.0, 0, 0], [1.5, 0, 0]])
    paths = scenes.bundle([[(0, 40_000, there_and_back)], [(0, 40_000, away)]], np.zeros((2, 3)))
    found = find_meetings(paths, scenes.airborne(2), 2.0, 0.0)
    assert found.gap_m.tolist() == pytest.approx([0.0, 1.5], abs=1e-4)
    assert found.nearest_us.tolist() == pytest.approx([0, 40_000], abs=20)


def reference(drone: list[tuple[int, int, Array]], t: "np.ndarray") -> Array:
    """Places (t, 3) by the textbook sum: at the first place before, at the last of the piece begun last after."""
    out = np.empty((len(t), 3))
    out[:] = drone[0][2][0]
    for a, b, points in drone:
        m = len(points) - 1
        u = np.clip((t - a) / (b - a), 0.0, 1.0)
        basis = np.stack([comb(m, k) * u**k * (1 - u) ** (m - k) for k in range(m + 1)], axis=1)
        out[t >= a] = (basis @ points)[t >= a]
    return out


@given(
    st.integers(0, 10_000),
    st.integers(2, 40),
    st.floats(0.3, 3.0),
    st.sampled_from([1, 250, 1000]),
    st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_random_swarms_with_gaps_agree_with_brute_force(
    seed: int, n: int, gap: float, grain: int, shared: bool
) -> None:
    rng = np.random.default_rng(seed)
    breaks = np.sort(rng.integers(0, 8_000, 12)) * grain
    drones = []
    for i in range(n):
        if not shared:
            breaks = np.sort(rng.integers(0, 8_000, 12)) * grain
        row, here = [], rng.uniform(-8, 8, 3)
        for k in range(0 if i % 3 else 1, 11):
            # some pieces are left out (the drone stands), some are holds, degrees 0 to 7
            if breaks[k + 1] <= breaks[k] or rng.random() < 0.2:
                continue
            points = here + np.cumsum(rng.normal(0.0, 1.0, (1 + rng.integers(0, 8), 3)), axis=0)
            points[0] = here
            here = points[-1]
            row.append((int(breaks[k]), int(breaks[k + 1]), points))
        if row:
            drones.append(row)
    if len(drones) < 2:
        return
    paths = scenes.bundle(drones, np.zeros((len(drones), 3)))
    t = np.unique(np.linspace(int(paths.t0.min()), int(paths.t1.max()), 3001).astype(np.int64))
    at = np.stack([reference(row, t) for row in drones])
    found = find_meetings(paths, scenes.airborne(len(drones)), gap, 0.0)
    listed: dict[tuple[int, int], list[list[int]]] = {}
    for pair, span in zip(found.pair.tolist(), found.span_us.tolist(), strict=True):
        listed.setdefault((pair[0], pair[1]), []).append(span)
    least = np.inf
    for i in range(len(drones)):
        for j in range(i + 1, len(drones)):
            distance = np.linalg.norm(at[i] - at[j], axis=1)
            least = min(least, float(distance.min()))
            for moment in t[distance < gap - 1.1e-5]:
                spans = listed.get((i, j), [])
                assert any(a - 2000 <= moment <= b + 2000 for a, b in spans), f"{i} and {j} at {moment} us"
    assert found.closest_m <= least + 1.1e-4
    for (i, j), distance, moment in zip(found.pair.tolist(), found.gap_m, found.nearest_us, strict=True):
        near = np.arange(moment - 3, moment + 4)
        there = np.linalg.norm(reference(drones[i], near) - reference(drones[j], near), axis=1)
        assert np.abs(there - distance).min() < 0.02 + 40.0 / grain
