"""How near two are at any moment is read off their paths, not off samples."""

from dataclasses import replace

import numpy as np
import pytest
from safety_plans import S, cue, drones_of, fireworks, night, quiet, smooth
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan, ShotKind
from showeditor.safety.check import check
from showeditor.safety.figures_conflict import AROUND_US, LONG_US, conflict_of, has_span


def nearing() -> Plan:
    over = (30, 40, smooth((5, 0, 30), (1.5, 0, 30)))
    back = (40, 50, smooth((1.5, 0, 30), (5, 0, 30)))
    return replace(quiet(), drones=drones_of(night(0, 0, (30, 50, [(0, 0, 30)])), night(5, 0, over, back)))


def meeting() -> Plan:
    over = (30, 130, smooth((0, 0, 30), (202, 0, 40)))
    back = (160, 260, smooth((202, 0, 40), (0, 0, 30)))
    drones = drones_of(night(0, 0, over, (130, 160, [(202, 0, 40)]), back))
    shot = cue("c0", t=132, at=(200, 0, 0), kind=ShotKind.COMET)
    return replace(quiet(), drones=drones, duration_us=400 * S, **fireworks(shot))


def test_the_gap_of_a_pair_is_the_finding_s_at_its_nearest_moment() -> None:
    plan = nearing()
    (finding,) = (f for f in check(plan) if f.code == "DRN-001")
    conflict = conflict_of(plan, finding)
    low, high = conflict.span_us
    assert (low, high) == (finding.t0_us - AROUND_US, finding.t1_us + AROUND_US)
    gaps = {t: conflict.nearest(t) for t in range(low, high, 10_000)}
    least = min(near.gap_m for near in gaps.values() if near)
    assert least == pytest.approx(finding.measured, abs=1e-4)
    near = conflict.nearest(40 * S)
    assert near is not None
    assert (near.one, near.other) == ("D1", "D2")
    assert near.gap_m == pytest.approx(1.5)
    # the way of least jerk a quarter through: 10 s^3 - 15 s^4 + 6 s^5 at s = 1/4
    s = 0.25
    here = 5.0 - 3.5 * (10 * s**3 - 15 * s**4 + 6 * s**5)
    early = conflict.nearest(32_500_000)
    assert early is not None
    assert early.gap_m == pytest.approx(here, abs=1e-9)
    middle, radius = conflict.view(40 * S) or (np.zeros(3), 0.0)
    assert middle == pytest.approx((0.75, 0, 30))
    assert radius >= 0.75


def test_a_drone_in_a_keep_out_is_as_deep_as_the_finding_says() -> None:
    plan = meeting()
    (finding,) = (f for f in check(plan) if f.code == "MIX-001")
    conflict = conflict_of(plan, finding)
    low, high = conflict.span_us
    found = [conflict.nearest(t) for t in range(low, high, 2_000)]
    deepest = min(near.gap_m for near in found if near)
    assert -deepest == pytest.approx(finding.measured, abs=0.02)
    assert {near.other for near in found if near} == {""}
    # long before the shot there is nothing to be near to, but still something to look at
    assert conflict.nearest(100 * S) is None
    assert conflict.view(100 * S) is not None


def test_only_the_kind_of_keep_out_that_the_finding_names_is_measured() -> None:
    plan = meeting()
    plan = replace(plan, **fireworks(cue("c0", t=132, at=(200, 0, 0))))
    for finding in check(plan):
        if finding.code in ("MIX-001", "MIX-002"):
            conflict = conflict_of(plan, finding)
            found = [conflict.nearest(t) for t in range(*conflict.span_us, 2_000)]
            assert -min(near.gap_m for near in found if near) == pytest.approx(finding.measured, abs=0.02)


def test_the_span_stays_within_the_show() -> None:
    plan = nearing()
    early = conflict_of(plan, Finding("X-1", "warn", "", "", 200_000, 400_000, ("D1",)))
    assert early.span_us == (0, 400_000 + AROUND_US)
    assert early.nearest(S) is None
    assert early.view(S) is not None
    late = conflict_of(plan, Finding("X-1", "warn", "", "", plan.duration_us + S, plan.duration_us + 9 * S))
    low, high = late.span_us
    assert 0 <= low < high <= plan.duration_us
    assert late.view(S) is None


def test_of_a_long_conflict_the_worst_moment_is_shown() -> None:
    # a minute within the gap, nearest at 70 s
    over, back = (30, 70, smooth((3, 0, 30), (1.0, 0, 30))), (70, 110, smooth((1.0, 0, 30), (3, 0, 30)))
    plan = replace(quiet(), drones=drones_of(night(0, 0, (30, 110, [(0, 0, 30)])), night(3, 0, over, back)))
    conflict = conflict_of(plan, Finding("DRN-001", "block", "", "", 40 * S, 100 * S, ("D1", "D2"), 1.0, 2.0, "m"))
    low, high = conflict.span_us
    assert low == pytest.approx(70 * S - LONG_US // 2 - AROUND_US, abs=200_000)
    assert high == pytest.approx(70 * S + LONG_US // 2 + AROUND_US, abs=200_000)


def test_what_can_be_shown_slowly() -> None:
    assert has_span(Finding("A", "block", "", "", 5, 9))
    assert has_span(Finding("A", "note", "", "", 5, 5, ("D1", "D2")))
    assert not has_span(Finding("A", "note", "", ""))


def test_many_drones_the_nearest_two_at_each_moment_as_by_brute_force() -> None:
    rng = np.random.default_rng(2)
    starts, ends = rng.uniform((-20, -20, 40), (20, 20, 80), (2, 8, 3))
    plan = replace(quiet(), drones=drones_of(*[[(0, 20, smooth(a, b))] for a, b in zip(starts, ends, strict=True)]))
    conflict = conflict_of(plan, Finding("A", "warn", "", "", 0, 20 * S, plan.drones.name))
    for t in range(0, 20 * S, 1_700_000):
        s = t / (20 * S)
        here = starts + (10 * s**3 - 15 * s**4 + 6 * s**5) * (ends - starts)
        apart = min(np.linalg.norm(here[i] - here[j]) for i in range(8) for j in range(i))
        near = conflict.nearest(t)
        assert near is not None
        assert near.gap_m == pytest.approx(apart, abs=1e-6)
