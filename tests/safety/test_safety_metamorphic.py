"""What must hold for every plan: stricter limits lose nothing, and moving the whole scene changes nothing."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from safety_plans import LIMITS, S, cue, drones_of, fireworks, night, quiet, smooth
from showeditor.model.arrays import frozen
from showeditor.model.finding import Finding
from showeditor.model.limits import Limits
from showeditor.model.plan import Plan
from showeditor.model.venue import Geofence, Zone
from showeditor.safety.check import check

spots = st.tuples(st.integers(-40, 40), st.integers(-40, 40), st.integers(12, 60))


@st.composite
def swarms(draw: st.DrawFn) -> Plan:
    """Two to five drones that fly between random places, from pads 3 m apart, and two cues."""
    flights = []
    for i in range(draw(st.integers(2, 5))):
        place = (3.0 * i, 0.0, 30.0)
        way, t = [], 30.0
        for spot in draw(st.lists(spots, min_size=1, max_size=3)):
            lasts = draw(st.sampled_from([6, 12, 20]))
            way.append((t, t + lasts, smooth(place, spot)))
            place, t = spot, t + lasts
        flights.append(night(3.0 * i, 0.0, *way))
    fence = Geofence(((-35, -35), (38, -33), (40, 41), (-33, 36)), 0.0, 50.0)
    plan = replace(quiet(), drones=drones_of(*flights))
    y = draw(st.integers(-250, -100))
    near = cue("b", address=("main", 1, 1), at=(draw(st.integers(20, 120)), 0, 0), t=draw(st.integers(5, 60)))
    fired = fireworks(cue("a", at=(0, y, 0), tilt=draw(st.integers(0, 15))), near)
    return replace(plan, venue=replace_struct(plan.venue, zones=(*plan.venue.zones, *AROUND), geofence=fence), **fired)


AROUND = (
    Zone("street", "road", ((-150, -220), (150, -220), (150, -210), (-150, -210))),
    Zone("hill", "dry_grass", ((130, -20), (150, -20), (150, 20), (130, 20))),
    Zone("hall", "building", ((-20, 10), (-10, 10), (-10, 20), (-20, 20)), height_m=25.0),
    Zone("shed", "building", ((10, 20), (20, 20), (20, 30), (10, 30))),
    Zone("nest", "no_fly", ((15, -30), (25, -30), (25, -20), (15, -20)), height_m=40.0, floor_m=20.0),
    Zone("lake", "water", ((200, 0), (300, 0), (300, 50))),
)


def replace_struct(venue: object, **changes: object) -> object:
    import msgspec

    return msgspec.structs.replace(venue, **changes)


def blocked(findings: tuple[Finding, ...]) -> set[tuple[str, frozenset[str]]]:
    """Codes with everybody concerned, one by one where a finding groups them."""
    out = set()
    for f in findings:
        if f.severity == "block":
            pairs = [f.ids] if f.code in ("DRN-001", "DRN-013") else [(name,) for name in f.ids]
            out |= {(f.code, frozenset(ids)) for ids in pairs}
    return out


@given(swarms(), st.floats(1.0, 1.5))
@settings(max_examples=40, deadline=None)
def test_a_stricter_limit_removes_no_finding(plan: Plan, factor: float) -> None:
    stricter = Limits(
        min_gap_m=LIMITS.min_gap_m * factor,
        max_speed_xy_mps=LIMITS.max_speed_xy_mps / factor,
        max_speed_up_mps=LIMITS.max_speed_up_mps / factor,
        max_speed_down_mps=LIMITS.max_speed_down_mps / factor,
        max_accel_mps2=LIMITS.max_accel_mps2 / factor,
        max_altitude_m=LIMITS.max_altitude_m / factor,
    )
    assert blocked(check(plan)) <= blocked(check(plan, stricter))


@given(swarms(), st.integers(-5000, 5000), st.integers(-5000, 5000), st.integers(-60, 60))
@settings(max_examples=40, deadline=None)
def test_moving_the_whole_scene_changes_nothing(plan: Plan, x: int, y: int, t: int) -> None:
    """Whole metres and seconds, so that no rounding decides."""
    by = np.array([x, y, 0.0])
    venue = plan.venue
    moved = replace_struct(
        venue,
        zones=tuple(replace_struct(z, ring=tuple((a + x, b + y) for a, b in z.ring)) for z in venue.zones),
        geofence=replace_struct(venue.geofence, ring=tuple((a + x, b + y) for a, b in venue.geofence.ring)),
    )
    d, f, s = plan.drones, plan.firing, plan.shots
    late = 60 * S + t * S
    other = replace(
        plan,
        duration_us=plan.duration_us + late,
        venue=moved,
        drones=replace(
            d,
            home_m=frozen(d.home_m + by, np.float64, (None, 3)),
            ctrl=frozen(d.ctrl + by, np.float64, (None, 3)),
            piece_t0_us=frozen(d.piece_t0_us + late, np.int64, (None,)),
            piece_t1_us=frozen(d.piece_t1_us + late, np.int64, (None,)),
            off_us=frozen(d.off_us + late, np.int64, (None,)),
            on_us=frozen(d.on_us + late, np.int64, (None,)),
        ),
        firing=replace(
            f,
            place_m=frozen(f.place_m + by, np.float64, (None, 3)),
            ignition_us=frozen(f.ignition_us + late, np.int64, (None,)),
            end_us=frozen(f.end_us + late, np.int64, (None,)),
        ),
        shots=replace(
            s,
            origin_m=frozen(s.origin_m + by, np.float64, (None, 3)),
            break_m=frozen(s.break_m + by, np.float64, (None, 3)),
            rise=frozen(s.rise + np.eye(1, 7)[0] * by[:, None], np.float64, (None, 3, 7)),
            **{
                name: frozen(getattr(s, name) + late, np.int64, (None,))
                for name in ("ignition_us", "lift_us", "break_us", "end_us")
            },
        ),
    )
    stated = replace_struct(
        LIMITS, max_jerk_mps3=6.0, max_airtime_s=150.0, max_return_s=60.0, downwash_radius_m=1.5, downwash_height_m=5.0
    )
    before, after = check(plan, stated), check(other, stated)
    assert blocked(before) == blocked(after)
    assert sorted(f.code for f in before if f.severity == "warn") == sorted(
        f.code for f in after if f.severity == "warn"
    )
    for code in (
        "DRN-001",
        "DRN-020",
        "FWK-001",
        "FWK-020",
        "MIX-001",
        "MIX-002",
        "MIX-004",
        "MIX-005",
        "MIX-020",
        "DRN-033",
        "DRN-037",
    ):
        a = sorted(x.measured for x in before if x.code == code)
        b = sorted(x.measured for x in after if x.code == code)
        np.testing.assert_allclose(a, b, atol=1e-3)


@given(
    st.lists(spots, min_size=1, max_size=3),
    st.floats(0.3, 6.0),
    st.floats(0.0, 6.2),
    st.floats(-4.0, 4.0),
    st.floats(0.1, 0.99),
)
@settings(max_examples=30, deadline=None)
def test_moving_two_drones_together_removes_no_finding(
    way: list[tuple[int, int, int]], apart: float, side: float, above: float, nearer: float
) -> None:
    """Two drones on like ways, one beside the other; the second is drawn towards the first."""

    def plan_of(share: float) -> Plan:
        x, y = share * apart * np.cos(side), share * apart * np.sin(side)
        flights = []
        for beside in (np.zeros(3), np.array([x, y, share * above])):
            place, pieces, t = np.array([0.0, 0.0, 30.0]) + beside, [], 30.0
            for spot in way:
                there = np.array(spot, dtype=np.float64) + beside
                pieces.append((t, t + 20.0, smooth(place, there)))
                place, t = there, t + 20.0
            flights.append(night(float(beside[0]), float(beside[1]), *pieces, top=30.0 + float(beside[2])))
        limits = replace_struct(LIMITS, downwash_radius_m=1.5, downwash_height_m=5.0)
        return replace(quiet(), drones=drones_of(*flights), limits=limits)

    def pairs(plan: Plan) -> dict[str, float]:
        out: dict[str, float] = {}
        for f in check(plan):
            if f.code in ("DRN-001", "DRN-009", "DRN-013", "DRN-016", "DRN-033"):
                out[f.code] = min(out.get(f.code, np.inf), f.measured)
        return out

    before, after = pairs(plan_of(1.0)), pairs(plan_of(nearer))
    # while climbing above one another the pair counts as taking off: then the lesser gap holds
    assert set(before) <= set(after) | ({"DRN-013"} & set(before))
    assert all(after[code] <= gap + 1e-3 for code, gap in before.items() if code in after)


@given(swarms(), st.floats(1.0, 3.0), st.floats(1.0, 3.0))
@settings(max_examples=20, deadline=None)
def test_stating_a_limit_or_making_it_stricter_removes_no_finding(plan: Plan, stated: float, factor: float) -> None:
    once = replace_struct(
        LIMITS,
        max_jerk_mps3=3.0 * stated,
        max_airtime_s=60.0 * stated,
        max_return_s=20.0 * stated,
        downwash_radius_m=1.0 * stated,
        downwash_height_m=2.0 * stated,
    )
    stricter = replace_struct(
        once,
        max_jerk_mps3=once.max_jerk_mps3 / factor,
        max_airtime_s=once.max_airtime_s / factor,
        max_return_s=once.max_return_s / factor,
        downwash_radius_m=once.downwash_radius_m * factor,
        downwash_height_m=once.downwash_height_m * factor,
    )
    assert blocked(check(plan)) <= blocked(check(plan, once)) <= blocked(check(plan, stricter))


@given(st.integers(-260, -110), st.integers(1, 60), st.integers(0, 30), st.sampled_from([50, 75, 100, 150]))
@settings(max_examples=25, deadline=None)
def test_bringing_fireworks_nearer_to_the_audience_removes_no_finding(y: int, by: int, tilt: int, calibre: int) -> None:
    def codes(at: int) -> set[str]:
        shot = cue("a", at=(0, max(at, -299), 0), calibre=calibre, tilt=tilt, azimuth=180)
        found = check(replace(quiet(), **fireworks(shot)))
        return {f.code for f in found if f.severity == "block" and f.code.startswith("FWK")}

    far, near = codes(y), codes(y - by)
    # the audience is of finite depth: a dud may come to fly over all of it, and its landing among it (FWK-003) or its
    # footprint (FWK-010) is then found no more; the show stays blocked all the same
    assert far - {"FWK-003", "FWK-010"} <= near
    assert near or not far
