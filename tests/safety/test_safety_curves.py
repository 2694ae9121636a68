"""Curves of speed and distance against the rules' own extremes and a dense sampling."""

import numpy as np
import pytest
from showeditor.kernels.extremes import ACCEL, SPEED_UP, SPEED_XY, extremes
from showeditor.kernels.whereabouts import places
from showeditor.model.arrays import frozen
from showeditor.model.limits import Limits
from showeditor.model.plan import Drones, Plan
from showeditor.safety.curves import gap_curve, hardest, motion_curve, paths_of


def crossing() -> Drones:
    """Three drones: two that pass each other 3.2 m apart at 20 s, one far away that only rises."""
    ctrl = []
    for x, y, to in ((0.0, 0.0, 40.0), (40.0, 3.2, 0.0)):
        ctrl += [(x, y, 0.0), (x, y, 30.0), (x, y, 30.0), (to, y, 30.0)]
        ctrl += [(to, y, 30.0), (to, y, 30.0)]
    # rise for 10 s (degree 1), cross in 20 s (degree 1), stand until 40 s (degree 1)
    far = [
        (200.0, 0.0, 0.0),
        (200.0, 0.0, 30.0),
        (200.0, 0.0, 30.0),
        (200.0, 0.0, 30.0),
        (200.0, 0.0, 30.0),
        (200.0, 0.0, 30.0),
    ]
    every = np.array([*ctrl, *far])
    t0 = [0, 10_000_000, 30_000_000] * 3
    t1 = [10_000_000, 30_000_000, 40_000_000] * 3
    return Drones(
        name=("a", "b", "c"),
        fleet=("f", "f", "f"),
        home_m=frozen([(0, 0, 0), (40, 3.2, 0), (200, 0, 0)], np.float64, (None, 3)),
        off_us=frozen([0, 0, 0], np.int64, (None,)),
        on_us=frozen([60_000_000] * 3, np.int64, (None,)),
        piece_start=frozen([0, 3, 6, 9], np.int64, (None,)),
        piece_t0_us=frozen(t0, np.int64, (None,)),
        piece_t1_us=frozen(t1, np.int64, (None,)),
        ctrl_start=frozen(range(0, 19, 2), np.int64, (None,)),
        ctrl=frozen(every, np.float64, (None, 3)),
        key_start=frozen([0, 0, 0, 0], np.int64, (None,)),
    )


def plan_of(drones: Drones) -> Plan:
    return Plan(title="t", duration_us=60_000_000, drones=drones, limits=Limits(min_gap_m=3.0))


def test_the_nearest_pair_is_found_in_its_window() -> None:
    drones = crossing()
    curve = gap_curve(plan_of(drones))
    assert (curve.span_us[1:, 0] == curve.span_us[:-1, 1]).all()
    k = int(curve.gap_m.argmin())
    assert curve.gap_m[k] == pytest.approx(3.2, abs=1e-3)
    assert abs(int(curve.at_us[k]) - 20_000_000) < 2_000
    assert sorted(curve.pair[k].tolist()) == [0, 1]
    assert not np.isfinite(curve.gap_m[0])


def test_the_curve_agrees_with_brute_force() -> None:
    drones = crossing()
    curve = gap_curve(plan_of(drones))
    paths = paths_of(drones)
    for (begin, end), gap in zip(curve.span_us.tolist(), curve.gap_m.tolist(), strict=True):
        times = np.linspace(begin, end, 200).astype(np.int64)
        a, b = (places(paths, np.full(200, k), times) for k in (0, 1))
        flown = times > 10_000_000
        least = np.sqrt(((a - b) ** 2).sum(axis=1))[flown].min(initial=np.inf)
        if np.isfinite(gap):
            assert gap <= least + 1e-3
        else:
            assert least > curve.ceiling_m - 0.5


def test_speeds_reach_the_extremes_of_the_rules() -> None:
    drones = crossing()
    worst, _ = extremes(paths_of(drones))
    for k in range(3):
        curve = motion_curve(drones, k)
        assert curve.across_mps.max() == pytest.approx(worst[k, SPEED_XY], abs=1e-6)
        assert curve.rise_mps.max() == pytest.approx(worst[k, SPEED_UP], abs=1e-6)
        assert curve.accel_mps2.max() <= worst[k, ACCEL] + 1e-6
        assert (np.diff(curve.t_us) >= 0).all()


def test_the_hardest_drone_comes_first() -> None:
    plan = plan_of(crossing())
    assert set(hardest(plan, 2)) <= {0, 1, 2}
    assert len(hardest(plan, 2)) == 2
    assert hardest(Plan(title="t", duration_us=1_000_000), 3) == ()


def test_few_drones_give_an_empty_curve() -> None:
    assert len(gap_curve(Plan(title="t", duration_us=1_000_000)).gap_m) == 0
