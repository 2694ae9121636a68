"""One minimal plan per code trips that code and nothing else that blocks or warns."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from safety_control import CONTROL
from safety_more import ALSO_MORE, MORE
from safety_plans import (
    AUDIENCE,
    S,
    cue,
    drones_of,
    fireworks,
    night,
    quiet,
    smooth,
)
from safety_returns import RETURNS
from showeditor.kernels.ballistics import charges, drag_per_m
from showeditor.model.arrays import frozen
from showeditor.model.finding import Finding
from showeditor.model.limits import Limits
from showeditor.model.look import Look, Template
from showeditor.model.plan import Bursts, Plan, ShotKind
from showeditor.model.venue import Geofence, Venue, Wind, Zone
from showeditor.safety import check as checking
from showeditor.safety.check import RULES, Rule, check, closest_approach
from showeditor.safety.codes import codes, manual
from showeditor.safety.duds import footprints
from showeditor.safety.failures import travelled


def serious(plan: Plan) -> list[Finding]:
    return [f for f in check(plan) if f.severity != "note"]


def square(x: float, y: float, half: float) -> tuple[tuple[float, float], ...]:
    return ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half))


def zoned(plan: Plan, *zones: Zone) -> Plan:
    return replace(plan, venue=Venue(zones=(AUDIENCE, *zones)))


def flown(*flights: object, **more: object) -> Plan:
    return replace(quiet(), drones=drones_of(*flights, **more))


def fired(*cues: dict[str, object]) -> Plan:
    return replace(quiet(), **fireworks(*cues))


def ruled(pack: str, *cues: dict[str, object]) -> Plan:
    return replace(fired(*cues) if cues else quiet(), rules=pack)


def unfired(plan: Plan) -> Plan:
    return replace(plan, firing=Plan("", 1).firing, shots=Plan("", 1).shots)


def long(plan: Plan) -> Plan:
    return replace(plan, duration_us=400 * S)


def nearing() -> Plan:
    # the second drone comes over to 1.5 m and goes back
    over = (30, 40, smooth((5, 0, 30), (1.5, 0, 30)))
    back = (40, 50, smooth((1.5, 0, 30), (5, 0, 30)))
    return flown(night(0, 0, (30, 50, [(0, 0, 30)])), night(5, 0, over, back))


def crowd(n: int = 30) -> Plan:
    # all stand in the sky within the gap of each other
    return flown(*[[(0, 10, [(0.01 * i, 0, 50), (0.01 * i, 1, 50)])] for i in range(n)])


def turned(plan: Plan, **columns: object) -> Plan:
    return replace(plan, drones=replace(plan.drones, **columns))


def to_the_side(seconds: float, x: float, top: float = 30.0) -> Plan:
    way = (30, 30 + seconds, smooth((0, 0, top), (x, 0, top)))
    return flown(night(0, 0, way, top=top))


def meeting(place: tuple[float, float, float], times: int = 1, **shot: object) -> Plan:
    """A drone hovers at a place from 130 s to 160 s while cues are fired from 200 m east of its pad."""
    over = (30, 130, smooth((0, 0, 30), place))
    back = (160, 260, smooth(place, (0, 0, 30)))
    drones = drones_of(night(0, 0, over, (130, 160, [place]), back))
    cues = [
        cue(f"c{k}", t=132 + 0.2 * k, at=(200, 0, 0), address=("main", k // 18, 1 + k % 18), **shot)
        for k in range(times)
    ]
    return replace(quiet(), drones=drones, duration_us=400 * S, **fireworks(*cues))


PEONY = Look(Template.SPHERE, 100, 40.0, 20.0, 1.5, (1.0, 0.0, 0.0), (1.0, 0.0, 0.0))


WILLOW = Look(Template.SPHERE, 100, 40.0, 16.0, 8.0, (1.0, 0.7, 0.0), (1.0, 0.7, 0.0))


def windy(plan: Plan, speed: float) -> Plan:
    return replace(plan, venue=Venue(zones=plan.venue.zones, wind=Wind(speed, 270.0)))


def starry(plan: Plan, *, slow: bool = False) -> Plan:
    """A peony at the break of every shot, or stars that burn for 8 s."""
    shots, n = plan.shots, len(plan.shots)
    bursts = Bursts(
        look=frozen(np.zeros(n), np.int32, (None,)),
        shot=frozen(np.arange(n), np.int32, (None,)),
        birth_us=shots.break_us,
        life_us=frozen(np.full(n, 1.5 * S), np.int64, (None,)),
        origin_m=shots.break_m,
        velocity_mps=shots.break_mps,
        axis=frozen(np.tile((0.0, 0.0, 1.0), (n, 1)), np.float64, (None, 3)),
        scale=frozen(np.ones(n), np.float32, (None,)),
        seed=frozen(np.arange(n), np.int32, (None,)),
        rides=frozen(np.zeros(n), np.bool_, (None,)),
    )
    return replace(plan, bursts=bursts, looks=(WILLOW if slow else PEONY,))


CASES: dict[str, Callable[[], Plan]] = {
    "DRN-001": nearing,
    "DRN-002": lambda: to_the_side(20, -100),
    "DRN-003": lambda: flown([(0, 30, smooth((0, 0, 0), (0, 0, 60))), (30, 120, smooth((0, 0, 60), (0, 0, 0)))]),
    "DRN-004": lambda: flown([(0, 60, smooth((0, 0, 0), (0, 0, 60))), (60, 90, smooth((0, 0, 60), (0, 0, 0)))]),
    "DRN-005": lambda: to_the_side(6, -20),
    "DRN-006": lambda: long(
        flown([(0, 140, smooth((0, 0, 0), (0, 0, 151))), (140, 299, smooth((0, 0, 151), (0, 0, 0)))])
    ),
    "DRN-007": lambda: replace(
        to_the_side(30, 52), venue=Venue(zones=(AUDIENCE,), geofence=Geofence(square(0, 0, 50)))
    ),
    "DRN-008": lambda: to_the_side(30, 10, top=2.0),
    "DRN-009": lambda: flown(night(0, 0), [
        (100, 130, smooth((0.1, 0, 0), (0.1, 0, 30))), (130, 150, smooth((0.1, 0, 30), (5, 0, 30))),
        (150, 200, smooth((5, 0, 30), (5, 0, 0)))]),
    "DRN-010": lambda: flown([(0, 30, smooth((0, 0, 0), (0, 0, 30))), (30, 99, smooth((0, 9, 30), (0, 9, 0)))]),
    "DRN-011": lambda: zoned(to_the_side(30, 20), Zone("nest", "no_fly", square(10, 0, 2))),
    "DRN-012": lambda: replace(
        unfired(to_the_side(30, 20)), venue=Venue(zones=(Zone("crowd", "audience", square(10, 0, 2)),))
    ),
    "DRN-013": lambda: flown(night(0, 0), night(2.2, 0), night(4.4, 0),
                             [(0, 30, smooth((9, 0, 0), (9, 0, 30))), (30, 60, smooth((9, 0, 30), (5.0, 0, 5))),
                              (60, 99, smooth((5.0, 0, 5), (5.0, 0, 0)))]),
    "DRN-014": crowd,
    "DRN-015": lambda: replace(
        unfired(to_the_side(30, 57)),
        venue=Venue(zones=(Zone("crowd", "audience", square(80, 0, 20)),), wind=Wind(6.0, 270.0)),
    ),
    "DRN-016": lambda: long(flown(night(0, 0), [
        (100, 130, smooth((5, 0, 0), (5, 0, 30))), (130, 150, smooth((5, 0, 30), (0.1, 0, 30))),
        (150, 220, smooth((0.1, 0, 30), (0.1, 0, 0)))])),
    "FWK-001": lambda: fired(cue("near", at=(0, -201, 0))),
    "FWK-002": lambda: zoned(quiet(), Zone("hall", "building", square(400, 0, 5))),
    "FWK-003": lambda: fired(cue("leaning", at=(0, -180, 0), tilt=30, azimuth=180)),
    "FWK-004": lambda: fired(cue("huge", calibre=700, at=(3000, 0, 0))),
    "FWK-005": lambda: replace(quiet(), venue=Venue()),
    "FWK-006": lambda: replace(fired(cue("c")), shots=Plan("", 1).shots),
    "FWK-007": lambda: ruled("de-f4", cue("leaning", tilt=21)),
    "FWK-009": lambda: windy(quiet(), 10.5),
    "FWK-011": lambda: zoned(starry(quiet(), slow=True), Zone("hill", "dry_grass", square(400, 40, 20))),
    "FWK-012": lambda: zoned(starry(quiet()), Zone("hill", "dry_grass", square(400, 40, 20))),
    "FWK-010": lambda: fired(cue("gusty", at=(0, -180, 0), tilt=15, azimuth=180)),
    "FWK-008": lambda: zoned(ruled("de-f4"), Zone("tank", "special", square(0, 300, 5))),
    "MIX-001": lambda: meeting((202, 0, 40), kind=ShotKind.COMET),
    "MIX-002": lambda: meeting((148, 0, 80)),
    "MIX-003": lambda: starry(meeting((170, 0, 90), kind=ShotKind.COMET)),
    "MIX-004": lambda: meeting((200, 165, 8), tilt=45),
    "MIX-005": lambda: fired(cue("low", at=(60, 0, 0))),
    "MIX-006": lambda: fired(cue("near", at=(40, 0, 0), calibre=30, kind=ShotKind.MINE)),
    "MIX-007": lambda: meeting((202, 0, 40), times=110, kind=ShotKind.COMET),
    "CTL-001": lambda: fired(cue("early", t=-0.5)),
    "CTL-002": lambda: fired(cue("a"), cue("b", t=12)),
    "CTL-003": lambda: fired(cue("a", address=("main", 0, 19))),
    "CTL-004": lambda: fired(cue("a", address=("main", -1, -1))),
    "CTL-005": lambda: fired(cue("a", address=("other", 0, 1))),
    "CTL-006": lambda: fired(cue("a"), cue("b")),
    "MSC-001": lambda: Plan("nothing", 10 * S),
    "MSC-002": lambda: fired(cue("late", t=201)),
    "SAFE-002": lambda: replace(unfired(quiet()), rules="mars"),
}  # fmt: skip

ALSO = {
    "DRN-013": {"DRN-001"},
    "DRN-014": {"DRN-001"},
    "MIX-007": {"MIX-001"},
    "DRN-012": {"DRN-015"},
    "DRN-016": {"DRN-013"},
}
"""Codes that cannot come alone."""


CASES |= MORE | CONTROL | RETURNS
ALSO |= ALSO_MORE


def test_the_quiet_plan_is_clear_and_still_tells_its_margins() -> None:
    findings = check(quiet())
    assert [f.code for f in findings if f.severity != "note"] == []
    assert {f.code for f in findings} >= {"DRN-020", "DRN-021", "FWK-020"}
    closest = closest_approach(quiet())
    assert closest is not None
    assert closest.gap_m == pytest.approx(5.0)
    assert closest.names == ("D1", "D2")


@pytest.mark.parametrize("code", sorted(CASES))
def test_a_minimal_plan_trips_exactly_its_code(code: str) -> None:
    found = {f.code for f in serious(CASES[code]())}
    assert code in found
    assert found <= {code} | ALSO.get(code, set())


def test_flying_over_the_audience_warns() -> None:
    (finding,) = (f for f in serious(CASES["DRN-012"]()) if f.code == "DRN-012")
    assert (finding.code, finding.severity) == ("DRN-012", "warn")
    assert finding.measured == pytest.approx(2.0, abs=0.02)


def test_many_violations_are_listed_worst_first_and_the_rest_is_counted() -> None:
    found = check(crowd(50))
    near = [f for f in found if f.code == "DRN-001"]
    (more,) = [f for f in found if f.code == "DRN-014"]
    assert len(near) == 400
    assert more.measured == 50 * 49 / 2
    assert "825 of them are not listed" in more.message
    assert max(f.measured for f in near) <= 0.11


def test_spacing_finding_says_who_when_where_and_by_how_much() -> None:
    (finding,) = serious(nearing())
    assert finding.ids == ("D1", "D2")
    assert finding.measured == pytest.approx(1.5, abs=1e-3)
    assert finding.limit == 2.0
    assert finding.t0_us < 40 * S < finding.t1_us
    assert finding.place_m == pytest.approx((0.75, 0, 30))


def test_two_drones_too_near_in_the_air_from_the_first_moment_are_found() -> None:
    # a single transition between two pictures: nothing takes off, nothing lands
    plan = flown([(0, 20, smooth((0, 0, 40), (0, 30, 40)))], [(0, 20, smooth((1, 0, 40), (1, 30, 40)))])
    (finding,) = serious(plan)
    assert finding.code == "DRN-001"
    assert (finding.t0_us, finding.t1_us) == (0, 20 * S)


def test_a_head_on_crossing_between_samples_is_found_with_the_file_s_own_names() -> None:
    plan = flown([(0, 10, [(-101, 0, 50), (99, 0, 50)])], [(0, 10, [(101, 0, 50), (-99, 0, 50)])], names=("左", "右"))
    plan = replace(plan, limits=Limits(max_speed_xy_mps=25, max_accel_mps2=99))
    (finding,) = serious(plan)
    assert finding.code == "DRN-001"
    assert finding.ids == ("左", "右")
    assert finding.measured == pytest.approx(0, abs=1e-3)


def test_stricter_tilt_counts_only_towards_the_audience() -> None:
    away = ruled("de-f4", cue("away", at=(0, -200, 0), tilt=15, azimuth=0))
    towards = ruled("de-f4", cue("towards", at=(0, -200, 0), tilt=15, azimuth=180))
    assert [f.code for f in serious(away)] == []
    (finding,) = (f for f in serious(towards) if f.code == "FWK-001")
    assert finding.limit == pytest.approx(1.6 * 88)
    assert finding.measured == pytest.approx(100)


def test_the_footprint_of_a_dud_is_that_of_the_table() -> None:
    """A 150 mm shell as in safety-and-physics section 2.5: 0 and 10 m/s, tilts of 10 and 15 degrees."""
    k0 = drag_per_m([1.1], [0.141], [0.40])
    speed, _ = charges([200.0], k0, [0.0])
    a = np.radians(10.0)
    muzzle = speed[0] * np.array([[np.sin(a), 0.0, np.cos(a)]])
    places = footprints(np.zeros((1, 3)), muzzle, k0, 10.0)[0]
    # straight and in still air, at worst 5 degrees more with the wind behind
    assert places[0] == pytest.approx((100.0, 0.0), abs=1.5)
    assert places[:, 0].max() == pytest.approx(213.0, abs=2.0)


@pytest.mark.parametrize(
    ("height", "speed", "wind", "metres"),
    [(20, 8, 0, 15), (100, 8, 0, 29), (100, 8, 8, 55), (100, 10, 10, 69), (200, 10, 10, 124)],
)
def test_a_drone_without_power_falls_as_far_as_the_table_says(
    height: float, speed: float, wind: float, metres: float
) -> None:
    """safety-and-physics table 4.4, the farther of its lightest and its most slippery body."""
    assert travelled(np.array([height]), np.array([speed]), wind)[0] == pytest.approx(metres, abs=1.0)


def test_seven_degrees_of_heading_are_seen() -> None:
    """A formation 60 m out with a fence 7.4 m beside it: a turn of 7 degrees about the origin moves it 7.3 m."""
    plan = flown(night(59, 0, (30, 60, smooth((59, 0, 30), (61, 0, 30)))))
    fence = Geofence(((-10, -7.4 - 1.5), (80, -7.4 - 1.5), (80, 100), (-10, 100)))
    plan = replace(plan, venue=Venue(zones=(AUDIENCE,), geofence=fence))
    (note,) = (f for f in check(plan) if f.code == "DRN-023")
    assert note.measured == pytest.approx(7.0, abs=0.3)


def test_a_special_hazard_within_the_dud_s_reach_blocks() -> None:
    plan = zoned(ruled("nfpa-1123"), Zone("tank", "special", square(400, 75, 5)))
    assert {f.code for f in serious(plan)} == {"FWK-002", "FWK-010"}


def test_a_device_without_a_figure_blocks_under_nfpa_and_everything_under_cn() -> None:
    assert [f.code for f in serious(ruled("nfpa-1123", cue("c", kind=ShotKind.COMET, calibre=45)))] == ["FWK-004"]
    assert [f.code for f in serious(ruled("cn"))] == ["SAFE-005", "FWK-004"]


def test_special_hazards_are_kept_at_a_multiple() -> None:
    plan = zoned(quiet(), Zone("tank", "special", square(400, 150, 5)))
    (finding,) = serious(plan)
    assert finding.code == "FWK-002"
    assert finding.limit == 200


def test_a_superseded_pack_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    import msgspec
    from showeditor.safety.packs import load_pack

    old = msgspec.structs.replace(load_pack("de-f4"), superseded_by="de-f4-2027")
    monkeypatch.setattr(checking, "load_pack", lambda _: old)
    assert [f.code for f in serious(quiet())] == ["SAFE-003"]


def test_a_rule_that_raises_blocks_and_the_others_still_run() -> None:
    def broken(case: object) -> list[Finding]:
        raise ZeroDivisionError("half way")

    found = check(nearing(), rules=(Rule("broken", broken, 0.1), *RULES))
    assert [f.code for f in found if f.severity == "block"] == ["SAFE-001", "DRN-001"]
    assert "half way" in found[0].message


def test_a_cancelled_check_gives_no_answer() -> None:
    class Cancelled(Exception):
        pass

    def stop(share: float) -> None:
        if share > 0.3:
            raise Cancelled

    with pytest.raises(Cancelled):
        check(quiet(), progress=stop)


def test_progress_rises_to_one() -> None:
    shares: list[float] = []
    check(quiet(), progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_problems_of_the_plan_are_repeated() -> None:
    problem = Finding("PLAN-X", "block", "no", "否", 5, 5)
    assert check(replace(quiet(), problems=(problem,)))[0] is problem


def test_given_limits_replace_those_of_the_plan() -> None:
    assert [f.code for f in check(quiet(), Limits(min_gap_m=6.0, max_speed_up_mps=3.0)) if f.severity == "block"] == [
        "DRN-001"
    ]


def test_every_code_is_documented_once_and_tested() -> None:
    documented = {c.code: c for c in codes() if c.module.startswith("showeditor.safety.")}
    emitted: dict[str, set[str]] = {}
    for make in CASES.values():
        for finding in check(make()):
            emitted.setdefault(finding.code, set()).add(finding.severity)
    assert set(emitted) <= set(documented)
    for code, severities in emitted.items():
        assert severities == {documented[code].severity}, code
    tried_elsewhere = {
        "PYR-011",
        "SAFE-010",
        "SAFE-011",
        "WVR-001",
        "WVR-002",
        "SAFE-001",
        "SAFE-003",
        "SAFE-004",
        "SAFE-006",
    }
    assert set(documented) - set(emitted) <= tried_elsewhere
    assert all("Remedy: " in c.meaning for c in documented.values() if c.severity != "note")
    assert all(c.code in manual() for c in documented.values())


def test_both_languages_carry_the_same_numbers() -> None:
    import re

    for make in CASES.values():
        for finding in check(make()):
            assert re.search("[一-鿿]", finding.message_zh), finding
            assert not re.search("[一-鿿]", finding.message), finding


def test_the_first_flight_of_a_torn_file_is_judged_no_further() -> None:
    plan = turned(quiet(), piece_t1_us=frozen([10 * S, 5 * S] * 2, np.int64, (None,)))
    assert {f.code for f in serious(plan)} == {"DRN-010"}
