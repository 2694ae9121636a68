"""Fireworks beside people, roads, water and grass: each limit from both sides."""

from dataclasses import replace

import pytest
from safety_more import FANNED, fired, fountain, racked, square, starred, zoned
from safety_plans import S, cue, quiet
from showeditor.model.finding import Finding
from showeditor.model.plan import Calm, Plan, ShotKind
from showeditor.model.venue import Venue, Wind, Zone
from showeditor.safety.check import check


def found(plan: Plan, code: str) -> list[Finding]:
    return [f for f in check(plan) if f.code == code]


@pytest.mark.parametrize(("y", "near"), [(89.0, True), (190.0, False)])
def test_a_road_within_the_distance_or_the_dud_s_reach_is_to_be_closed(y: float, near: bool) -> None:
    plan = zoned(quiet(), Zone("street", "road", square(400, y, 5)))
    findings = found(plan, "FWK-013")
    assert bool(findings) is near
    if near:
        assert findings[0].measured == pytest.approx(y - 5)
        assert findings[0].limit == 100.0
        assert "street" in findings[0].ids


def test_a_road_beyond_the_distance_counts_when_a_leaning_tube_s_dud_reaches_it() -> None:
    leaning = fired(cue("c", tilt=20, azimuth=0))
    road = Zone("street", "road", square(400, 140, 5))
    assert found(zoned_as(leaning, road), "FWK-013")
    assert not found(zoned_as(fired(cue("c", tilt=20, azimuth=180)), road), "FWK-013")


def zoned_as(plan: Plan, *zones: Zone) -> Plan:
    return replace(plan, venue=Venue(zones=(*plan.venue.zones, *zones)))


def test_boats_are_kept_off_water_within_reach() -> None:
    (note,) = found(zoned(quiet(), Zone("lake", "water", square(400, 0, 20))), "FWK-014")
    assert note.severity == "note"
    assert note.measured == 0.0


@pytest.mark.parametrize(("y", "blocks"), [(-269.0, False), (-271.0, True)])
def test_the_cordon_is_kept(y: float, blocks: bool) -> None:
    assert bool(found(fountain(y), "FWK-015")) is blocks


@pytest.mark.parametrize(("tilt", "heading", "warns"), [(6, 228.8, True), (5, 228.8, False), (30, 48.8, False)])
def test_a_rack_leans_towards_the_audience_or_not(tilt: float, heading: float, warns: bool) -> None:
    assert bool(found(racked(tilt, heading), "FWK-016")) is warns


@pytest.mark.parametrize(("azimuth", "blocks"), [(180, True), (90, False), (0, False)])
def test_a_fan_is_aimed_at_people_or_not(azimuth: float, blocks: bool) -> None:
    assert bool(found(fired(cue("fan", azimuth=azimuth, **FANNED)), "FWK-017")) is blocks


def test_a_shell_is_no_fan() -> None:
    shell = dict(FANNED, kind=ShotKind.SHELL, calibre=75)
    assert not found(fired(cue("c", azimuth=180, **shell)), "FWK-017")


@pytest.mark.parametrize(("metres", "blocks"), [(59.0, True), (60.5, False)])
def test_a_shell_in_its_tube_throws_as_a_mine(metres: float, blocks: bool) -> None:
    plan = replace(fired(cue("pot", at=(0, -300 + metres, 0))), rules="tokyo-3")
    assert bool(found(plan, "FWK-018")) is blocks


@pytest.mark.parametrize(("ceiling", "blocks"), [(120.0, True), (200.0, False)])
def test_fireworks_stay_below_the_ceiling_with_their_stars(ceiling: float, blocks: bool) -> None:
    assert bool(found(zoned(quiet(), firework_ceiling_m=ceiling), "FWK-022")) is blocks


def test_the_least_height_of_stars_is_held_against_the_lowest() -> None:
    plan = starred(quiet(), 1.5, 20.0)
    (note,) = found(plan, "FWK-021")
    assert not found(zoned_with(plan, note.measured - 0.1), "FWK-023")
    (block,) = found(zoned_with(plan, note.measured + 0.1), "FWK-023")
    assert block.measured == note.measured


def zoned_with(plan: Plan, least_lit_m: float) -> Plan:
    return replace(plan, venue=Venue(zones=plan.venue.zones, least_lit_m=least_lit_m))


@pytest.mark.parametrize(("limit", "blocks"), [(5.9, True), (6.0, False)])
def test_an_act_is_given_up_to_its_wind(limit: float, blocks: bool) -> None:
    plan = replace(zoned(quiet(), wind=Wind(6.0, 270.0)), calms=(Calm("finale", 0, 10 * S, limit),))
    assert bool(found(plan, "FWK-024")) is blocks


@pytest.mark.parametrize(("x", "warns"), [(500, True), (300, False), (700, False)])
def test_debris_drifts_down_the_wind(x: float, warns: bool) -> None:
    plan = zoned(quiet(), Zone("hill", "dry_grass", square(x, 0, 10)), wind=Wind(6.0, 270.0))
    assert bool(found(plan, "FWK-025")) is warns


def test_smoke_stays_without_wind_and_is_renewed_by_it() -> None:
    (calm,) = found(quiet(), "FWK-026")
    assert calm.measured is None
    (windy,) = found(zoned(quiet(), wind=Wind(5.0, 270.0)), "FWK-026")
    assert windy.measured == pytest.approx(20.0 / 5.0)


def test_low_breaks_and_gusts_towards_the_audience_block() -> None:
    willow = starred(fired(cue("willow", at=(0, -195, 0))), 8.0, 16.0)
    assert found(willow, "FWK-019")
    assert not found(starred(fired(cue("willow", at=(0, -50, 0))), 8.0, 16.0), "FWK-019")
