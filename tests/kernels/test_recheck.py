"""A check after an edit against a check from scratch."""

import numpy as np
import pytest
import scenes
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.kernels.paths import Paths
from showeditor.kernels.recheck import Checked, changed_between, check_again, check_anew
from showeditor.kernels.separation import FOREVER, Nearness, find_meetings

S = 1_000_000


def assert_same(one: Nearness, two: Nearness) -> None:
    a = sorted(map(tuple, np.column_stack([one.pair, one.kind, one.span_us]).tolist()))
    b = sorted(map(tuple, np.column_stack([two.pair, two.kind, two.span_us]).tolist()))
    assert len(a) == len(b)
    assert np.abs(np.array(a, dtype=float) - np.array(b, dtype=float)).max(initial=0.0) <= 2000
    assert np.sort(one.gap_m) == pytest.approx(np.sort(two.gap_m), abs=2e-4)
    assert one.closest_m == pytest.approx(two.closest_m, abs=2e-4)
    assert one.complete == two.complete


def edited(paths: Paths, begin_us: int, end_us: int, by_m: float) -> Paths:
    """Paths bent, by moving the inner control points of the pieces inside a time."""
    ctrl = paths.ctrl.copy()
    rng = np.random.default_rng(3)
    for p in np.flatnonzero((paths.t0 >= begin_us) & (paths.t1 <= end_us)):
        a, b = paths.ctrl_start[p], paths.ctrl_start[p + 1]
        if b - a > 4:
            ctrl[a + 2 : b - 2] += rng.normal(0.0, by_m, 3)
    return paths._replace(ctrl=ctrl)


@pytest.mark.parametrize(("by_m", "gap"), [(0.3, 1.5), (3.0, 1.2), (0.0, 1.5), (8.0, 0.01)])
def test_an_edit_is_checked_as_from_scratch(by_m: float, gap: float) -> None:
    paths = scenes.show(60, seconds=150.0, seed=5)
    phases = scenes.airborne(60)
    before = check_anew(paths, phases, gap, 0.0)
    assert_same(before.found, find_meetings(paths, phases, gap, 0.0))
    there = edited(paths, 55 * S, 70 * S, by_m)
    after = check_again(before, there, phases)
    assert_same(after.found, find_meetings(there, phases, gap, 0.0))
    kept = {id(part) for part in before.parts} & {id(part) for part in after.parts}
    assert kept, "nothing was kept"
    # and back again, on top of the edit
    assert_same(check_again(after, paths, phases).found, before.found)


def test_the_closest_pair_is_found_again_when_its_transition_is_mended() -> None:
    paths = scenes.show(40, seconds=150.0, seed=9)
    phases = scenes.airborne(40)
    worse = edited(paths, 55 * S, 70 * S, 5.0)
    before = check_anew(worse, phases, 0.05, 0.0)
    after = check_again(before, paths, phases)
    assert_same(after.found, find_meetings(paths, phases, 0.05, 0.0))


def test_drones_that_take_off_later_are_judged_by_their_new_phase() -> None:
    paths = scenes.show(20, seconds=60.0, seed=1)
    phases = scenes.airborne(20)
    before = check_anew(paths, phases, 2.5, 0.0)
    later = phases.copy()
    later[:10, :2] = 30 * S
    assert_same(check_again(before, paths, later).found, find_meetings(paths, later, 2.5, 0.0))


def test_other_drones_or_another_length_start_afresh() -> None:
    before = check_anew(scenes.show(12, seconds=60.0, seed=1), scenes.airborne(12), 2.0, 0.0)
    for n, seconds in ((14, 60.0), (12, 75.0), (1, 60.0), (0, 60.0)):
        paths = scenes.show(n, seconds=seconds, seed=1) if n else scenes.bundle([], np.zeros((0, 3)))
        after = check_again(before, paths, scenes.airborne(n))
        assert_same(after.found, find_meetings(paths, scenes.airborne(n), 2.0, 0.0))


def test_changes_are_bounded_by_the_pieces_that_differ() -> None:
    rows = [[(k * S, (k + 1) * S, np.full((2, 3), float(k))) for k in range(6)] for _ in range(3)]
    paths, phases = scenes.bundle(rows, np.zeros((3, 3))), scenes.airborne(3)
    assert changed_between(paths, paths, phases, phases) == (FOREVER, -FOREVER)
    ctrl = paths.ctrl.copy()
    ctrl[paths.ctrl_start[6 + 2]] += 1.0
    ctrl[paths.ctrl_start[12 + 3]] += 1.0
    there = paths._replace(ctrl=ctrl)
    assert changed_between(paths, there, phases, phases) == (2 * S, 4 * S)
    shorter = [rows[0], [*rows[1][:2], *rows[1][3:]], rows[2]]
    assert changed_between(paths, scenes.bundle(shorter, paths.home), phases, phases) == (2 * S, 3 * S)
    first = [[(0, S, np.full((2, 3), 9.0)), *rows[0][1:]], rows[1], rows[2]]
    assert changed_between(paths, scenes.bundle(first, paths.home), phases, phases) == (-FOREVER, S)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 9), st.floats(0.0, 6.0), st.sampled_from([0.3, 1.2, 2.2]), st.sampled_from([0.0, 3.0]))
def test_any_chain_of_edits_keeps_the_answer(seed: int, by_m: float, gap: float, delay: float) -> None:
    paths = scenes.show(16, seconds=110.0, seed=seed, delay=delay, hz=2)
    phases = scenes.airborne(16)
    held: Checked = check_anew(paths, phases, gap, 0.0)
    for begin in (20 * S, 55 * S, 90 * S):
        paths = edited(paths, begin, begin + 15 * S, by_m)
        held = check_again(held, paths, phases)
    assert_same(held.found, find_meetings(paths, phases, gap, 0.0))
