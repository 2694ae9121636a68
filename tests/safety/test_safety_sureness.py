"""Margins that hold whatever goes wrong within them: late clocks, turned headings, and power cuts of great fleets."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safety_plans import S, cue, drones_of, fireworks, night, quiet, smooth
from showeditor.kernels.whereabouts import places
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan
from showeditor.model.venue import Venue, Zone
from showeditor.safety import failures
from showeditor.safety.case import Case
from showeditor.safety.check import check
from showeditor.safety.late import surely_s
from showeditor.safety.packs import load_pack
from showeditor.safety.together import turned_deg


def case_of(plan: Plan) -> Case:
    return Case(plan, plan.limits, load_pack(plan.rules))


def found(plan: Plan, code: str) -> list[Finding]:
    return [f for f in check(plan) if f.code == code]


def line_ahead() -> Plan:
    """Four drones 3 m behind one another at up to 4 m/s; 2 m is the least gap."""
    flights = [night(3.0 * i, 0, (30, 60, smooth((3.0 * i, 0, 30), (3.0 * i + 60, 0, 30)))) for i in range(4)]
    return replace(quiet(), drones=drones_of(*flights), duration_us=200 * S)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0.0, 1.0), min_size=4, max_size=4))
def test_drones_late_by_less_than_the_sure_figure_keep_the_gap(shares: list[float]) -> None:
    case = case_of(line_ahead())
    sure = surely_s(case)
    assert sure == pytest.approx(1.0 / math.hypot(3.75, 1.875), rel=0.01)
    late_us = np.round(np.array(shares) * sure * 1e6).astype(np.int64)
    for t in range(30, 61):
        here = places(case.paths, np.arange(4), t * S - late_us)
        gaps = np.linalg.norm(here[:, None] - here[None, :], axis=2)[np.triu_indices(4, 1)]
        assert gaps.min() >= 2.0 - 1e-4


def test_the_sure_figure_is_told_with_the_one_tried() -> None:
    (note,) = found(line_ahead(), "DRN-041")
    assert "any drones may be late by 0.24 s" in note.message
    assert "0.24 秒" in note.message_zh


def test_drones_that_stand_still_need_no_clock() -> None:
    assert surely_s(case_of(replace(quiet(), drones=drones_of(*[[(0, 9, [(x, 0, 50)])] for x in (0, 9)])))) == 0.0


@pytest.mark.parametrize(("margin", "degrees"), [(0.0, 0.0), (18.3, 7.0), (999.0, 180.0)])
def test_seven_degrees_at_150_m_are_18_m(margin: float, degrees: float) -> None:
    """Orlando 2024 (safety-and-physics 4.4: 7 degrees = 18 m at 150 m)."""
    plan = replace(quiet(), drones=drones_of(night(150, 0)))
    assert turned_deg(case_of(plan), margin) == pytest.approx(degrees, abs=0.02)
    assert math.dist((150, 0), (150 * math.cos(math.radians(7)), 150 * math.sin(math.radians(7)))) == pytest.approx(
        18.3, abs=0.05
    )


def test_the_clearance_says_how_wrong_origin_and_heading_may_be() -> None:
    (note,) = found(replace(quiet(), **fireworks(cue("c", at=(60, 0, 0)))), "MIX-020")
    assert note.measured == pytest.approx(40.6, abs=0.1)
    assert "40.6 m beyond the keep-out" in note.message
    assert "origin may be wrong by that much, or their heading by" in note.message


def test_fireworks_far_away_are_said_to_be_far_away() -> None:
    (note,) = found(quiet(), "MIX-020")
    assert note.measured == 50.0
    assert "No drone comes within 50 m" in note.message


def test_one_drone_among_many_that_falls_among_the_audience_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the five moments nearest to the area are let fall: the one that matters is among them."""
    monkeypatch.setattr(failures, "DROPPED", 5)
    still = [night(x, 0, (30, 300, [(x, 0, 30)])) for x in (0.0, 4.0, 8.0, 12.0)]
    # rushes at the audience and turns back within one piece
    rash = [(30, 130, [(0, 20, 30), (110, 20, 30), (0, 20, 30)])]
    plan = replace(
        quiet(),
        drones=drones_of(*still, night(0, 20, *rash)),
        duration_us=500 * S,
        venue=Venue(zones=(Zone("crowd", "audience", ((54, -50), (90, -50), (90, 50), (54, 50))),)),
    )
    (warning,) = found(plan, "DRN-015")
    assert warning.ids == ("D5", "crowd")
    assert 70 * S < warning.t0_us < 90 * S
