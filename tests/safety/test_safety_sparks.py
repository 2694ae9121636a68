"""Fireworks under drones, drones that turn back, and clocks that disagree: each limit from both sides."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safety_more import called_back, carrying, near_people, zoned_quietly
from safety_plans import S, quiet
from showeditor.model.arrays import frozen
from showeditor.model.carried import Ignitions
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan
from showeditor.model.venue import Zone
from showeditor.safety.check import check


def found(plan: Plan, code: str) -> list[Finding]:
    return [f for f in check(plan) if f.code == code]


@pytest.mark.parametrize(
    ("pitch", "reach", "beside", "blocks"),
    [(0.0, 6.0, 5.0, True), (0.0, 3.0, 5.0, False), (0.0, 6.0, -5.0, False), (-90.0, 20.0, 5.0, False)],
)
def test_sparks_reach_a_neighbour_along_their_cone(pitch: float, reach: float, beside: float, blocks: bool) -> None:
    plan = carrying(pitch=pitch, reach=reach, beside=beside, fall=2.0, fall_s=0.3)
    findings = found(plan, "PYR-001")
    assert bool(findings) is blocks
    if blocks:
        assert findings[0].ids[:2] == ("D2", "D1")
        assert findings[0].t0_us >= 60 * S


def test_sparks_to_all_sides_reach_whoever_is_within_them() -> None:
    assert found(carrying(cone=180.0, reach=5.0, beside=-5.0), "PYR-001")
    assert not found(carrying(cone=180.0, reach=4.0, beside=-5.0), "PYR-001")


@pytest.mark.parametrize(("fall", "blocks"), [(19.9, False), (20.1, True)])
def test_ten_metres_stay_dark_above_the_ground(fall: float, blocks: bool) -> None:
    assert bool(found(carrying(fall=fall), "PYR-002")) is blocks


@pytest.mark.parametrize(("x", "blocks"), [(32.0, True), (34.0, False)])
def test_grass_is_kept_by_the_way_of_the_wind(x: float, blocks: bool) -> None:
    """20 m, 10 m/s for one second, and 3 m of reach."""
    ring = ((x, -5.0), (x + 9, -5.0), (x + 9, 5.0), (x, 5.0))
    assert bool(found(zoned_quietly(carrying(), Zone("hill", "dry_grass", ring)), "PYR-003")) is blocks


@pytest.mark.parametrize(("metres", "blocks"), [(99.5, True), (100.5, False)])
def test_nothing_is_lit_within_a_hundred_metres_of_people(metres: float, blocks: bool) -> None:
    findings = found(near_people(metres), "PYR-004")
    assert bool(findings) is blocks
    if blocks:
        assert findings[0].measured == pytest.approx(metres)


def test_a_spark_that_nobody_has_measured_blocks() -> None:
    plan = carrying()
    columns = {name: getattr(plan.ignitions, name) for name in Ignitions.__slots__}
    unknown = Ignitions(**(columns | {"fall_m": frozen([-1.0], "float32", (None,))}))
    findings = [f for f in check(replace(plan, ignitions=unknown)) if f.severity != "note"]
    assert [f.code for f in findings] == ["PYR-011"]
    assert findings[0].ids == ("D1",)


@pytest.mark.parametrize("channel", [5, 9])
def test_a_channel_that_the_carrier_lacks_blocks(channel: int) -> None:
    assert found(carrying(channel=channel), "PYR-008")


@given(st.floats(2, 9), st.floats(1.05, 1.6), st.floats(-60, 0), st.floats(0, 60))
@settings(max_examples=20, deadline=None)
def test_longer_sparks_remove_no_finding(reach: float, more: float, pitch: float, cone: float) -> None:
    short = carrying(pitch=pitch, reach=reach, cone=cone, fall=reach)
    long = carrying(pitch=pitch, reach=reach * more, cone=cone, fall=reach * more)

    def blocked(plan: Plan) -> set[str]:
        return {f.code for f in check(plan) if f.severity == "block"}

    assert blocked(short) <= blocked(long)


def test_turning_back_into_a_shell_s_burst_is_told_with_when_to_fly_on() -> None:
    (finding,) = found(called_back(), "MIX-008")
    assert finding.ids == ("c", "D1")
    assert finding.t0_us == 147 * S
    assert finding.measured > 5.0


def test_clocks_are_tried_one_after_the_other() -> None:
    """The drone of `called_back` is out of the ball 7 s before its end; the other way round it never comes back."""
    (note,) = found(called_back(), "MIX-021")
    assert note.measured in (2.0, 5.0)
    (far,) = found(quiet(), "MIX-021")
    assert far.measured == 5.0
