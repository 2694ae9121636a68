"""Bad input: what is missing, open, crossed or not a number is refused at birth or blocks, never passes."""

from dataclasses import replace

import numpy as np
import pytest
from safety_more import over_the_hall, square
from safety_plans import AUDIENCE, S, quiet
from showeditor.model.arrays import frozen
from showeditor.model.finding import blocks
from showeditor.model.plan import Plan, ShotKind
from showeditor.model.show import Show
from showeditor.model.venue import Geofence, Venue, Wind, Zone
from showeditor.safety.check import RULES, Rule, check

BOW = ((900.0, 0.0), (910.0, 10.0), (910.0, 0.0), (900.0, 10.0))


def codes(plan: Plan) -> set[str]:
    return {f.code for f in check(plan) if f.severity == "block"}


def shot(**columns: object) -> Plan:
    plan = quiet()
    given = {name: frozen(value, getattr(plan.shots, name).dtype, (None,)) for name, value in columns.items()}
    return replace(plan, shots=replace(plan.shots, **given))


@pytest.mark.parametrize(
    "plan",
    [
        shot(break_us=[10 * S]),
        shot(break_us=[9 * S]),
        shot(lift_us=[9 * S]),
        shot(height_m=[0.0]),
        shot(calibre_mm=[0.0]),
        shot(calibre_mm=[0.0], kind=[ShotKind.MINE]),
    ],
)
def test_a_shot_without_lift_time_height_or_calibre_blocks(plan: Plan) -> None:
    assert "FWK-028" in codes(plan) or "SAFE-001" in codes(plan)
    assert blocks(check(plan))


@pytest.mark.parametrize("kind", ["audience", "building", "special", "road", "dry_grass", "water", "no_fly"])
def test_an_area_that_crosses_itself_blocks(kind: str) -> None:
    plan = replace(quiet(), venue=Venue(zones=(AUDIENCE, Zone("bow", kind, BOW))))
    assert codes(plan) & {"VEN-001", "FWK-005"}


def test_an_area_without_inside_and_a_crossed_geofence_block() -> None:
    flat = Zone("line", "no_fly", ((900.0, 0.0), (910.0, 0.0), (920.0, 0.0)))
    assert "VEN-001" in codes(replace(quiet(), venue=Venue(zones=(AUDIENCE, flat))))
    fence = Geofence(((-50.0, -50.0), (50.0, 50.0), (50.0, -50.0), (-50.0, 50.0)))
    assert "VEN-001" in codes(replace(quiet(), venue=Venue(zones=(AUDIENCE,), geofence=fence)))


def test_an_open_polygon_and_a_wind_that_is_no_number_cannot_be_born() -> None:
    with pytest.raises(ValueError, match="at least 3 corners"):
        Zone("open", "audience", ((0.0, 0.0), (1.0, 0.0)))
    for speed in (float("nan"), float("inf"), -1.0):
        with pytest.raises(ValueError, match="wind"):
            Wind(speed)
    with pytest.raises(ValueError, match="finite"):
        frozen([np.nan], np.float64, (None,))
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        Show("x", 1, date="20.11.2026")


def test_a_table_without_figures_blocks_whatever_is_fired_under_it() -> None:
    assert codes(replace(quiet(), rules="cn")) == {"SAFE-005", "FWK-004"}


@pytest.mark.parametrize("error", [ValueError, KeyError, MemoryError, RecursionError, ZeroDivisionError, OSError])
def test_every_rule_that_raises_blocks(error: type[Exception]) -> None:
    def broken(case: object) -> list[object]:
        raise error("half way")

    for k, rule in enumerate(RULES):
        rules = (*RULES[:k], Rule(rule.name, broken, rule.share, rule.flies), *RULES[k + 1 :])
        found = check(quiet(), rules=rules)
        assert [f.ids for f in found if f.code == "SAFE-001"] == [(rule.name,)]


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9])
def test_a_check_cancelled_half_way_gives_no_answer_at_all(share: float) -> None:
    class Cancelled(Exception):
        pass

    def stop(done: float) -> None:
        if done >= share:
            raise Cancelled

    with pytest.raises(Cancelled):
        check(quiet(), progress=stop)


@pytest.mark.parametrize(("height_m", "blocks_"), [(29.9, False), (30.1, True)])
def test_a_building_is_flown_over_above_its_height(height_m: float, blocks_: bool) -> None:
    assert ("DRN-039" in codes(over_the_hall(height_m))) is blocks_


@pytest.mark.parametrize(
    ("floor_m", "height_m", "enters"),
    [(None, None, True), (None, 29.0, False), (31.0, None, False), (29.0, 31.0, True), (31.0, 40.0, False)],
)
def test_a_no_fly_zone_has_a_floor_and_a_height(floor_m: float | None, height_m: float | None, enters: bool) -> None:
    plan = over_the_hall(10.0)
    nest = Zone("nest", "no_fly", square(10, 0, 2), height_m=height_m, floor_m=floor_m)
    assert ("DRN-011" in codes(replace(plan, venue=Venue(zones=(AUDIENCE, nest))))) is enters


def test_a_zone_upside_down_cannot_be_born() -> None:
    with pytest.raises(ValueError, match="above its floor"):
        Zone("z", "no_fly", BOW, height_m=10.0, floor_m=20.0)
