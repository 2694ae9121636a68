"""Return plans of drones are flown through as the firmware flies them, and held to the limits."""

from dataclasses import replace

import numpy as np
import pytest
from safety_plans import AUDIENCE, S, drones_of, night, quiet, smooth
from safety_returns import returning, straight
from showeditor.kernels.paths import Paths
from showeditor.kernels.whereabouts import places
from showeditor.model.returns import Homing, Return, with_return_plans
from showeditor.model.venue import Venue, Zone
from showeditor.safety.case import Case
from showeditor.safety.check import check
from showeditor.safety.packs import load_pack
from showeditor.safety.returning import _flown


def told(plan, code):
    return [f for f in check(plan) if f.code == code]


def test_returns_that_keep_apart_are_noted_and_nothing_else():
    plan = returning([straight(0.0)], [straight(5.0)])
    assert [f.code for f in check(plan) if f.severity != "note"] == []
    (note,) = told(plan, "DRN-044")
    assert note.measured == pytest.approx(10 + 20 / plan.limits.max_speed_down_mps)


def test_drones_that_change_places_at_one_height_meet():
    found = told(returning([straight(5.0)], [straight(0.0)]), "DRN-042")
    assert found[0].severity == "block"
    assert set(found[0].ids) == {"D1", "D2"}
    assert "Called home up to" in found[0].message
    assert found[0].t0_us > 30 * S


def test_a_wait_of_one_keeps_them_apart():
    """The second stays at 30 m until the first has passed below and come down."""
    first, second = straight(5.0, arrival=10.0, way_s=20), straight(0.0, arrival=10.0, way_s=20)
    late = replace(second, before_us=60 * S)
    assert told(returning([first], [second]), "DRN-042")
    away = replace(first, target_m=(-10.0, 0.0, 0.0))
    assert not told(returning([away], [late]), "DRN-042")


def test_a_return_out_of_the_air_that_may_be_used_blocks():
    plan = returning([straight(-40.0, way_s=30)], [straight(5.0)])
    wall = Zone("w", "no_fly", ((-30.0, -5.0), (-20.0, -5.0), (-20.0, 5.0), (-30.0, 5.0)))
    assert not told(plan, "DRN-042")
    assert told(replace(plan, venue=Venue(zones=(AUDIENCE, wall))), "DRN-042")


def test_a_return_that_is_too_fast_blocks():
    found = told(returning([straight(-40.0, way_s=4)], [straight(5.0)]), "DRN-042")[0]
    assert found.unit == "m/s"
    assert found.measured == pytest.approx(10.0, rel=0.01)


def test_two_that_come_down_on_one_place_block():
    late = replace(straight(0.0, arrival=40.0), neck_m=10.0, neck_us=5 * S)
    assert told(returning([straight(0.0)], [late]), "DRN-042")


def test_a_drone_without_a_return_plan_among_others_blocks():
    (found,) = told(returning([straight(0.0)], []), "DRN-043")
    assert found.ids == ("D2",)


def test_landing_where_they_are_comes_straight_down():
    plan = returning([Return(30 * S)], [Return(30 * S)])
    assert not told(plan, "DRN-042")
    above = replace(
        quiet(), drones=drones_of(night(0, 0), night(5, 0, (30, 60, smooth((5, 0, 30), (0.5, 0, 34))), top=30))
    )
    stacked = replace(above, drones=with_return_plans(above.drones, [[Return(60 * S)], [Return(60 * S)]]))
    assert told(stacked, "DRN-042"), "one lands on the other"


def test_the_way_is_that_of_the_firmware_library():
    """Places that libskybrush 99beb12 gives (sb_trajectory_update_from_rth_plan_entry, landing speed 1.2 m/s)."""
    row = Return(20 * S, Homing.STRAIGHT, (4.0, 7.0, 0.2), 15.5, 1.5, 2 * S, 3 * S, 15 * S, 1 * S, 1.2, 1.2)
    plan = replace(quiet(), drones=drones_of([(0, 20, smooth((6, 0, 0), (6, 0, 30))), (20, 60, [(6, 0, 30)])]))
    case = Case(plan, plan.limits, load_pack(plan.rules))
    d, lasts = _flown(case, [row], 20 * S)
    paths = Paths(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m)
    theirs = {
        22.5: (6.0, 0.0, 30.150), 25.0: (6.0, 0.0, 31.5), 27.5: (5.716, 0.991, 29.234), 30.0: (5.358, 2.245, 26.367),
        35.0: (4.641, 4.754, 20.632), 40.0: (4.0, 7.0, 15.5), 42.5: (4.0, 7.0, 14.248), 45.0: (4.0, 7.0, 10.967),
        50.0: (4.0, 7.0, 4.404), 52.5: (4.0, 7.0, 1.123), 55.0: (4.0, 7.0, 0.2),
    }  # fmt: skip
    ours = places(paths, np.zeros(len(theirs), np.int64), np.array([round(t * S) for t in theirs]))
    assert np.abs(ours - np.array(list(theirs.values()))).max() < 0.012
    assert lasts == pytest.approx(21 * S + 15.3 / 1.2 * S, abs=2)
