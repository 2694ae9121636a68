from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.export.assembly import Key, Path, drones_of
from showeditor.export.compare import compare_drones, compare_firing, judged
from showeditor.export.curves import all_raised, cut, halved, raised
from showeditor.export.format import Resolution
from showeditor.export.lights import light_of, off_by
from showeditor.export.paths import farthest
from showeditor.kernels.bernstein import states
from showeditor.model.arrays import frozen
from showeditor.model.finding import Finding, blocks
from showeditor.model.plan import Firing

TENTH, HUNDREDTH = Resolution(tick_us=100_000), Resolution(tick_us=10_000)


def bernstein(ctrl, u):
    work = np.array(ctrl, dtype=float)
    while len(work) > 1:
        work = work[:-1] + (work[1:] - work[:-1]) * u
    return work[0]


@given(st.integers(1, 7), st.floats(-0.1, 1.1), st.floats(-0.1, 1.1), st.floats(0, 1), st.integers(0, 99))
def test_raising_and_cutting_keep_the_curve(degree, u0, u1, u, seed):
    ctrl = np.random.default_rng(seed).uniform(-50, 50, (degree + 1, 3))
    assert bernstein(raised(ctrl, 7), u) == pytest.approx(bernstein(ctrl, u), abs=1e-9)
    part = cut(ctrl[None], np.array([u0]), np.array([u1]))[0]
    assert bernstein(part, u) == pytest.approx(bernstein(ctrl, u0 + (u1 - u0) * u), abs=1e-7)
    left, right = halved(ctrl[None])
    assert bernstein(left[0], u) == pytest.approx(bernstein(ctrl, u / 2), abs=1e-9)
    assert bernstein(right[0], u) == pytest.approx(bernstein(ctrl, 0.5 + u / 2), abs=1e-9)


def wandering(seed, drones=4):
    rng = np.random.default_rng(seed)
    paths = []
    for k in range(drones):
        here = rng.uniform(-20, 20, 3)
        path = Path(f"D{k}", tuple(here), start_us=int(rng.integers(0, 3_000_000)))
        t = path.start_us
        for _ in range(int(rng.integers(0, 6))):
            t += int(rng.integers(900_000, 9_000_000))
            points = np.vstack([here, rng.uniform(-30, 30, (int(rng.integers(0, 8)), 3))])
            path.add(t, points)
            here = points[-1]
        paths.append(path)
    return drones_of(paths)


def brute(a, b, pairs):
    end = int(max(a.piece_t1_us.max(initial=0), b.piece_t1_us.max(initial=0))) + 1_000_000
    worst = 0.0
    for t in np.linspace(0, end, 4000).astype(int):
        first = states(a.piece_start, a.piece_t0_us, a.piece_t1_us, a.ctrl_start, a.ctrl, a.home_m, int(t))[0]
        second = states(b.piece_start, b.piece_t0_us, b.piece_t1_us, b.ctrl_start, b.ctrl, b.home_m, int(t))[0]
        worst = max(worst, *(float(np.linalg.norm(first[i] - second[j])) for i, j in pairs))
    return worst


@given(st.integers(0, 10_000), st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_farthest_is_never_below_brute_force(one, two):
    a, b = wandering(one), wandering(two)
    pairs = [(i, i) for i in range(4)]
    true = brute(a, b, pairs)
    assert farthest(a, b, pairs, true + 0.5).distance_m >= true - 1e-9
    assert farthest(a, b, pairs, true + 0.5).distance_m <= true + 0.5
    if true > 0.1:
        assert farthest(a, b, pairs, true * 0.9).distance_m > true * 0.9


def test_a_path_equals_itself(drone_plan):
    d = drone_plan.drones
    assert farthest(d, d, [(i, i) for i in range(5)], 1e-9).distance_m < 1e-9
    assert all_raised(d).shape == (len(d.piece_t0_us), 8, 3)


def test_a_bump_between_knots_is_found(drone_plan):
    d = drone_plan.drones
    ctrl = d.ctrl.copy()
    ctrl[int(d.ctrl_start[1]) + 3, 2] += 0.05  # moves the middle of one piece by some 13 mm
    other = replace(d, ctrl=frozen(ctrl, np.float64, (None, 3)))
    found = compare_drones(d, tuple(range(5)), other, Resolution(path_m=0.010, light_levels=2, light_us=20_000), "x")
    (finding,) = found.findings
    assert finding.code == "EXP-PATH"
    assert finding.ids == ("D000",)
    assert 0.010 < finding.measured < 0.05
    assert 18_000_000 <= finding.t0_us <= 34_000_000


def test_missing_extra_and_doubled_drones(drone_plan):
    d = drone_plan.drones
    resolution = Resolution(path_m=0.01)
    for names in (("D000", "D001", "D002", "D003", "X"), ("D000", "D000", "D002", "D003", "D004")):
        found = compare_drones(d, tuple(range(5)), replace(d, name=names), resolution, "x")
        assert [f.code for f in found.findings] == ["EXP-DRONES"]
    assert compare_drones(d, (0, 1), d, resolution, "x").findings


def lit(*keys):
    return light_of(drones_of([Path("D", (0.0, 0.0, 0.0), keys=[Key(*k) for k in keys])]), 0, False)


def test_light_may_be_a_frame_late_but_not_more():
    plan = lit((1_000_000, (255, 0, 0, 0)), (2_000_000, (0, 255, 0, 0), True))
    assert off_by(plan, plan, 0)[0] == 0
    late = lit((1_009_000, (255, 0, 0, 0)), (2_009_000, (0, 255, 0, 0), True))
    assert off_by(plan, late, 10_000)[0] <= 1e-9
    assert off_by(plan, late, 5_000)[0] > 50
    assert off_by(plan, lit((1_000_000, (255, 0, 0, 0))), 20_000)[0] > 200
    assert off_by(plan, lit(), 20_000)[0] > 200


def test_a_wrong_colour_and_a_lost_flash_are_found(drone_plan):
    d = drone_plan.drones
    wrong = d.key_rgbw.copy()
    wrong[8, 1] ^= 16
    other = replace(d, key_rgbw=frozen(wrong, np.uint8, (None, 4)))
    resolution = Resolution(path_m=0.01, light_us=20_000, light_levels=2)
    found = compare_drones(d, tuple(range(5)), other, resolution, "x")
    assert [(f.code, f.ids) for f in found.findings] == [("EXP-LIGHT", ("D001",))]


def firing(rows):
    n = len(rows)
    t = frozen([r[2] for r in rows], np.int64, (None,))
    zeros = frozen([0] * n, np.float32, (None,))
    return Firing(
        cue=tuple(f"c{k}" for k in range(n)), effect=("",) * n, category=("",) * n, position=("",) * n,
        controller=tuple(r[3] if len(r) > 3 else "main" for r in rows),
        module=frozen([r[0] for r in rows], np.int32, (None,)), pin=frozen([r[1] for r in rows], np.int32, (None,)),
        ignition_us=t, bloom_us=t, end_us=t, calibre_mm=zeros, azimuth_deg=zeros, tilt_deg=zeros,
        place_m=frozen([(0, 0, 0)] * n, np.float64, (None, 3)),
    )  # fmt: skip


def codes(plan, read, resolution=HUNDREDTH):
    plan = firing(plan)
    return [f.code for f in compare_firing(plan, tuple(range(len(plan))), firing(read), resolution, "x").findings]


def test_firing_agrees_within_half_a_tick():
    assert codes([(1, 1, 13_250_000)], [(1, 1, 13_300_000)], TENTH) == []
    assert codes([(1, 1, 13_250_000)], [(1, 1, 13_301_100)], TENTH) == ["EXP-TIME", "EXP-EXTRA"]
    assert codes([(1, 1, 0), (1, 1, 0)], [(1, 1, 0)]) == []


def test_lost_added_and_moved_ignitions():
    assert codes([(1, 1, 0), (1, 2, 0)], [(1, 1, 0)]) == ["EXP-MISSING"]
    assert codes([(1, 1, 0)], [(1, 1, 0), (1, 2, 0)]) == ["EXP-EXTRA"]
    assert codes([(1, 1, 0)], [(1, 2, 0)]) == ["EXP-MISSING", "EXP-EXTRA"]
    assert codes([(1, 1, 0)], [(1, 1, 0), (1, 1, 500_000)]) == ["EXP-EXTRA"]


def test_collapsed_ignitions():
    assert codes([(1, 1, 0), (1, 1, 20_000)], [(1, 1, 0)], TENTH) == ["EXP-COLLAPSE"]
    assert codes([(1, 1, 0), (1, 2, 20_000)], [(1, 1, 0), (1, 2, 0)], TENTH) == ["EXP-TICK"]
    assert codes([(1, 1, 0), (2, 2, 20_000)], [(1, 1, 0), (2, 2, 0)], TENTH) == []
    assert codes([(1, 1, 0), (1, 2, 500)], [(1, 1, 0), (1, 2, 0)]) == []


def test_turned_order_is_found():
    assert codes([(1, 1, 0), (2, 1, 4_000)], [(1, 1, 5_000), (2, 1, 0)]) == ["EXP-ORDER"]


def test_swapped_controllers_are_found():
    plan = [(1, 1, 0, "east"), (1, 1, 5_000_000, "west")]
    assert codes(plan, plan) == []
    swapped = [(1, 1, 0, "west"), (1, 1, 5_000_000, "east")]
    assert codes(plan, swapped) == ["EXP-TIME", "EXP-TIME", "EXP-EXTRA", "EXP-EXTRA"]


def test_only_rounding_is_forgiven():
    resolution = Resolution(path_m=0.010, speed_mps=0.02, accel_mps2=9.0)

    def gap(measured, unit="m"):
        return Finding("gap", "block", "too near", "太近", ids=("a", "b"), measured=measured, limit=3.0, unit=unit)

    (near,) = judged((gap(2.985),), (), resolution, "x")
    assert (near.code, near.severity) == ("EXP-ROUNDING", "note")
    for bad in (gap(2.975), gap(3.03, "m/s"), gap(3.31, "m/s2"), gap(2.999, ""), gap(None), gap(2.999, "s")):
        assert blocks(judged((bad,), (), resolution, "x"))
    warn = replace(gap(1.0), severity="warn")
    assert judged((warn,), (warn,), resolution, "x") == []
    assert len(judged((warn,), (), resolution, "x")) == 1
