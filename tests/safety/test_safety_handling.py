"""Drones beyond their paths: jerk, yaw, endurance, light, downwash, the way home, a drone that stops."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safety_more import flashing, limited, over, sideways, yawing
from safety_plans import S, drones_of, night, quiet, smooth
from showeditor.kernels.whereabouts import places
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan
from showeditor.safety.case import Case
from showeditor.safety.check import check
from showeditor.safety.homeward import back_rate
from showeditor.safety.late import late_half
from showeditor.safety.packs import load_pack


def found(plan: Plan, code: str) -> list[Finding]:
    return [f for f in check(plan) if f.code == code]


def test_jerk_is_that_of_the_least_jerk_way() -> None:
    findings = found(limited(sideways(), max_jerk_mps3=1.0), "DRN-030")
    assert max(f.measured for f in findings) == pytest.approx(60 * 20 / 10**3, abs=1e-3)
    assert not found(limited(sideways(), max_jerk_mps3=1.2), "DRN-030")


def test_a_step_of_acceleration_between_pieces_is_a_jerk() -> None:
    """Two parabolas: acceleration 0.4 m/s2 becomes -0.4 m/s2 at once, spread over half a second."""
    way = [(30, 40, [(0, 0, 30), (0, 0, 30), (20, 0, 30)]), (40, 50, [(20, 0, 30), (40, 0, 30), (40, 0, 30)])]
    plan = replace(quiet(), drones=drones_of(night(0, 0, *way)))
    (finding,) = found(limited(plan, max_jerk_mps3=1.5), "DRN-030")
    assert finding.measured == pytest.approx(0.8 / 0.5, abs=1e-3)
    assert finding.t0_us <= 40 * S <= finding.t1_us


@pytest.mark.parametrize(("rate", "blocks"), [(29.9, False), (30.1, True)])
def test_yaw_rate_is_held_to_its_limit(rate: float, blocks: bool) -> None:
    assert bool(found(yawing(rate), "DRN-031")) is blocks


def test_a_turn_in_no_time_blocks() -> None:
    (finding,) = found(yawing(1e6, seconds=1e-6), "DRN-031")
    assert finding.ids == ("D1",)


@pytest.mark.parametrize(("step_ms", "warns"), [(101, False), (95, True)])
def test_light_is_held_to_its_rate(step_ms: int, warns: bool) -> None:
    assert bool(found(flashing(step_ms), "DRN-034")) is warns


def test_what_nobody_states_is_said_with_what_was_measured() -> None:
    (note,) = found(quiet(), "DRN-035")
    assert "jerk (at most" in note.message
    assert "endurance" in note.message
    assert "downwash" in note.message
    stated = limited(quiet(), max_jerk_mps3=9.0, max_airtime_s=900.0, downwash_radius_m=0.5, downwash_height_m=1.0)
    assert not found(stated, "DRN-035")


@pytest.mark.parametrize(
    ("x", "z", "blocks"), [(0.95, 3.95, True), (1.05, 3.95, False), (0.95, 4.05, False), (0.0, 2.5, True)]
)
def test_downwash_is_a_cylinder(x: float, z: float, blocks: bool) -> None:
    assert bool(found(over(x, z), "DRN-033")) is blocks


@given(st.floats(-2, 2), st.floats(-2, 2), st.floats(2.2, 5.5), st.floats(4, 20))
@settings(max_examples=25, deadline=None)
def test_downwash_is_that_of_a_dense_sampling(x: float, y: float, z: float, seconds: float) -> None:
    up = (30, 60, smooth((9, 0, 30), (9, 0, 30 + z)))
    across = (60, 60 + seconds, smooth((9, 0, 30 + z), (x, y, 30 + z)))
    on = (60 + seconds, 60 + 2 * seconds, smooth((x, y, 30 + z), (-9, y, 30 + z)))
    still = (30, 60 + 2 * seconds, [(0, 0, 30)])
    plan = replace(quiet(), drones=drones_of(night(0, 0, still), night(9, 0, up, across, on)), duration_us=400 * S)
    plan = limited(plan, downwash_radius_m=1.0, downwash_height_m=4.0)
    case = Case(plan, plan.limits, load_pack(plan.rules))
    t = np.linspace(30 * S, (60 + 2 * seconds) * S, 8001).astype(np.int64)
    between = places(case.paths, np.ones(len(t), int), t) - places(case.paths, np.zeros(len(t), int), t)
    inside = (np.hypot(between[:, 0], between[:, 1]) < 0.999) & (np.abs(between[:, 2]) < 3.999)
    got = found(plan, "DRN-033")
    if inside.any():
        (finding,) = got
        assert finding.t0_us <= t[inside][0] + 2000
        assert finding.t1_us >= t[inside][-1] - 2000
        assert finding.measured <= np.hypot(between[inside, 0], between[inside, 1]).min() + 1e-3


def test_the_way_home_is_longest_in_the_middle() -> None:
    """90 s in the air, no way to the side, risen at 1.875 m/s where 2 m/s down are allowed: 45 s at worst."""
    (note,) = found(quiet(), "DRN-037")
    assert note.measured == pytest.approx(45.0, abs=0.5)
    assert note.t0_us == pytest.approx(45 * S, abs=0.5 * S)


def test_the_clock_runs_back_slower_where_drones_rose_fast() -> None:
    case = Case(quiet(), quiet().limits, load_pack("design-envelope"))
    assert back_rate(case) == 1.0
    slow = limited(quiet(), max_speed_down_mps=0.9375)
    assert back_rate(Case(slow, slow.limits, load_pack("design-envelope"))) == pytest.approx(0.5, abs=1e-3)


def test_a_stopped_drone_that_nobody_passes_is_kept_clear_of() -> None:
    (note,) = found(quiet(), "DRN-038")
    assert note.measured is None
    assert "50 stops tried" in note.message


def test_a_drone_that_flies_through_the_place_of_a_stopped_one_is_seen() -> None:
    """D2 follows D1 along one line, 5 m behind: whoever stops is run into by the one behind."""
    ways = [(30, 150, [(0, 0, 30), (60, 0, 30)])]
    plan = replace(
        quiet(), drones=drones_of(night(0, 0, *ways), night(5, 0, (30, 150, [(5, 0, 30), (65, 0, 30)]))),
        duration_us=400 * S,
    )  # fmt: skip
    (note,) = found(plan, "DRN-038")
    assert note.measured == pytest.approx(0.0, abs=1e-3)
    assert set(note.ids) == {"D1", "D2"}


def test_half_of_the_drones_are_late() -> None:
    chosen = late_half(1000)
    assert 400 < chosen.sum() < 600
    assert late_half(2).sum() == 1
    # neighbours mostly fall apart
    assert (chosen[1:] != chosen[:-1]).mean() > 0.3


def test_how_late_drones_may_be_is_told() -> None:
    """All fly one behind the other along a line at 2.1 m/s, 3 m apart: 1 m of room is 0.48 s."""
    n = 8
    flights = [night(3.0 * i, 0, (30, 90, [(3.0 * i, 0, 30), (3.0 * i + 126.0, 0, 30)])) for i in range(n)]
    plan = replace(quiet(), drones=drones_of(*flights), duration_us=400 * S)
    (note,) = found(plan, "DRN-041")
    assert note.measured == 0.2
    assert abs(int(note.ids[0][1:]) - int(note.ids[1][1:])) == 1
    standing = replace(quiet(), drones=drones_of(*[night(3.0 * i, 0) for i in range(n)]))
    (note,) = found(standing, "DRN-041")
    assert note.measured == 2.0


def test_a_show_that_breaks_the_gap_tells_no_room_for_late_drones() -> None:
    both = drones_of(*[[(0, 10, [(x, 0, 50), (x, 9, 50)])] for x in (0.0, 1.0)])
    assert not found(replace(quiet(), drones=both), "DRN-041")
