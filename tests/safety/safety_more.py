"""More minimal plans, one per code, for drones, fireworks and both together."""

from collections.abc import Callable
from dataclasses import replace

import msgspec
import numpy as np
from safety_plans import AUDIENCE, LIMITS, MORTAR, S, cue, drones_of, fireworks, night, quiet, smooth
from showeditor.kernels.whereabouts import places
from showeditor.model.arrays import frozen
from showeditor.model.carried import Carriers, Ignitions
from showeditor.model.look import Look, Template
from showeditor.model.plan import Bursts, Calm, Plan, ShotKind
from showeditor.model.venue import Position, Venue, Wind, Zone
from showeditor.safety.case import Case
from showeditor.safety.packs import load_pack


def limited(plan: Plan, **stated: float) -> Plan:
    return replace(plan, limits=msgspec.structs.replace(LIMITS, **stated))


def sideways() -> Plan:
    """One drone that goes 20 m to the side in 10 s: 60 x 20 / 10^3 = 1.2 m/s3."""
    way = (30, 40, smooth((0, 0, 30), (20, 0, 30)))
    return replace(quiet(), drones=drones_of(night(0, 0, way)))


def over(x: float, z: float) -> Plan:
    """A drone that passes another at some distance from its vertical and so much above it."""
    up = (30, 60, smooth((8, 0, 30), (8, 0, 30 + z)))
    there = (60, 80, smooth((8, 0, 30 + z), (x, 0, 30 + z)))
    back = (80, 100, smooth((x, 0, 30 + z), (8, 0, 30 + z)))
    down = (100, 130, smooth((8, 0, 30 + z), (8, 0, 30)))
    still = (30, 130, [(0, 0, 30)])
    plan = replace(quiet(), drones=drones_of(night(0, 0, still), night(8, 0, up, there, back, down)))
    return limited(plan, downwash_radius_m=1.0, downwash_height_m=4.0)


def yawing(rate_dps: float, seconds: float = 2.0) -> Plan:
    plan = quiet()
    t = np.array([40, 40 + seconds, 30, 90]) * S
    drones = replace(
        plan.drones,
        yaw_start=frozen([0, 2, 4], np.int64, (None,)),
        yaw_t_us=frozen(t, np.int64, (None,)),
        yaw_deg=frozen([0.0, -rate_dps * seconds, 10.0, 10.0], np.float64, (None,)),
    )
    return limited(replace(plan, drones=drones), max_yaw_rate_dps=30.0)


def flashing(step_ms: int) -> Plan:
    plan = quiet()
    t = np.array([40_000, 40_000 + step_ms, 60_000]) * 1000
    drones = replace(
        plan.drones,
        key_start=frozen([0, 3, 3], np.int64, (None,)),
        key_t_us=frozen(t, np.int64, (None,)),
        key_rgbw=frozen([(255, 0, 0, 0), (0, 255, 0, 0), (0, 255, 0, 0)], np.uint8, (None, 4)),
        key_fade=frozen([False, True, False], np.bool_, (None,)),
    )
    return limited(replace(plan, drones=drones), max_light_steps_hz=10.0)


def square(x: float, y: float, half: float) -> tuple[tuple[float, float], ...]:
    return ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half))


def zoned(plan: Plan, *zones: Zone, **more: object) -> Plan:
    return replace(plan, venue=Venue(zones=(AUDIENCE, *zones), **more))


def fired(*cues: dict[str, object]) -> Plan:
    return replace(quiet(), **fireworks(*cues))


def fountain(y: float) -> Plan:
    """A ground piece that throws nothing away."""
    plan = fired(cue("f", at=(0, y, 0), kind=ShotKind.OTHER, height=5, calibre=30))
    still = frozen([(0.0, 0.0, 0.01)], np.float64, (None, 3))
    return replace(plan, shots=replace(plan.shots, muzzle_mps=still))


def starred(plan: Plan, life_s: float, terminal_mps: float) -> Plan:
    """One layer of stars at the break of every shot."""
    shots, n = plan.shots, len(plan.shots)
    look = Look(Template.SPHERE, 100, 40.0, terminal_mps, life_s, (1.0, 0.7, 0.0), (1.0, 0.7, 0.0))
    bursts = Bursts(
        look=frozen(np.zeros(n), np.int32, (None,)),
        shot=frozen(np.arange(n), np.int32, (None,)),
        birth_us=shots.break_us,
        life_us=frozen(np.full(n, life_s * S), np.int64, (None,)),
        origin_m=shots.break_m,
        velocity_mps=shots.break_mps,
        axis=frozen(np.tile((0.0, 0.0, 1.0), (n, 1)), np.float64, (None, 3)),
        scale=frozen(np.ones(n), np.float32, (None,)),
        seed=frozen(np.arange(n), np.int32, (None,)),
        rides=frozen(np.zeros(n), np.bool_, (None,)),
    )
    return replace(plan, bursts=bursts, looks=(look,))


def zoned_quietly(plan: Plan, *zones: Zone) -> Plan:
    return replace(plan, venue=Venue(zones=(*plan.venue.zones, *zones)))


def timeless(plan: Plan) -> Plan:
    """A comet that leaves the tube before it is lit."""
    plan = replace(plan, **fireworks(cue("c", kind=ShotKind.COMET, calibre=45, height=60)))
    shots = plan.shots
    early = frozen(shots.lift_us - 2 * S, np.int64, (None,))
    return replace(plan, shots=replace(shots, lift_us=early))


def over_the_hall(height_m: float | None, **more: object) -> Plan:
    """A drone that goes 20 m to the side, 30 m above the ground, over a building."""
    plan = replace(quiet(), drones=drones_of(night(0, 0, (30, 60, smooth((0, 0, 30), (20, 0, 30))))))
    return zoned(plan, Zone("hall", "building", square(10, 0, 2), height_m=height_m, **more))


def racked(tilt: float, heading: float = 228.8) -> Plan:
    rack = Position("p1", "P1", MORTAR, heading, tilt)
    return zoned(quiet(), positions=(rack,))


def carrying(
    *,
    pitch: float = -90.0,
    yaw: float = 0.0,
    at_s: float = 60.0,
    reach: float = 3.0,
    fall: float = 6.0,
    fall_s: float = 1.0,
    cone: float = 10.0,
    channel: int = 1,
    way: tuple[tuple[float, float, object], ...] = (),
    beside: float = 5.0,
    hold_s: float = 60.0,
    **loaded: float,
) -> Plan:
    """Two drones hover 30 m up; the first lights one charge that throws its sparks down (or along the pitch, east)."""
    still = (30, 30 + hold_s, [(0, 0, 30)])
    drones = drones_of(night(0, 0, *(way or (still,))), night(beside, 0, (30, 30 + hold_s, [(beside, 0, 30)])))
    plan = replace(quiet(), drones=drones, firing=Plan("", 1).firing, shots=Plan("", 1).shots, duration_us=400 * S)
    case = Case(plan, plan.limits, load_pack("design-envelope"))
    here = places(case.paths, np.array([0]), np.array([int(at_s * S)]))
    p, y = np.radians(pitch), np.radians(yaw)
    aim = [(np.cos(p) * np.cos(y), np.cos(p) * np.sin(y), np.sin(p))]
    lit = Ignitions(
        drone=frozen([0], np.int32, (None,)),
        channel=frozen([channel], np.int32, (None,)),
        trigger=("s/t",),
        effect=("gerb",),
        ignition_us=frozen([at_s * S], np.int64, (None,)),
        burnt_us=frozen([(at_s + 5) * S], np.int64, (None,)),
        dark_us=frozen([(at_s + 5 + fall_s) * S], np.int64, (None,)),
        place_m=frozen(here, np.float64, (None, 3)),
        velocity_mps=frozen([(0, 0, 0)], np.float64, (None, 3)),
        direction=frozen(aim, np.float64, (None, 3)),
        pitch_deg=frozen([pitch], np.float32, (None,)),
        yaw_deg=frozen([yaw], np.float32, (None,)),
        cone_deg=frozen([cone], np.float32, (None,)),
        reach_m=frozen([reach], np.float32, (None,)),
        fall_m=frozen([fall], np.float32, (None,)),
        fall_s=frozen([fall_s], np.float32, (None,)),
        recoil_ns=frozen([-1], np.float32, (None,)),
        mass_kg=frozen([0.2], np.float32, (None,)),
    )
    stated = dict(
        payload_kg=0.2, max_payload_kg=0.4, max_speed_xy_mps=5.0, max_speed_up_mps=3.0, max_speed_down_mps=2.0,
        max_accel_mps2=2.0, max_wind_mps=8.0, endurance_s=600.0,
    )  # fmt: skip
    columns = {name: frozen([value], np.float32, (None,)) for name, value in (stated | loaded).items()}
    carriers = Carriers(
        drone=frozen([0], np.int32, (None,)),
        load=("a/l",),
        channels=frozen([4], np.int32, (None,)),
        source=("test",),
        **columns,
    )
    return replace(plan, carriers=carriers, ignitions=lit)


def near_people(metres: float, **more: object) -> Plan:
    """A carrier that hovers this far from the audience, with nothing lit unless told otherwise."""
    plan = carrying(**more)
    ring = ((metres, -50.0), (metres + 100, -50.0), (metres + 100, 50.0), (metres, 50.0))
    return replace(plan, venue=Venue(zones=(Zone("seats", "audience", ring),)))


def called_back() -> Plan:
    """A drone leaves the place of a burst six seconds before the shell is lit, and is 24 m away when it breaks."""
    inside, outside = (255.0, 83.5, 83.3), (285.0, 83.5, 83.3)
    way = [(30, 130, smooth((0, 0, 30), inside)), (130, 141, [inside]), (141, 149, smooth(inside, outside)),
           (149, 160, [outside]), (160, 280, smooth(outside, (0, 0, 30)))]  # fmt: skip
    shell = cue("c", t=147.0, at=(200, 0, 0), tilt=30)
    return replace(quiet(), drones=drones_of(night(0, 0, *way)), duration_us=400 * S, **fireworks(shell))


FANNED = dict(at=(0, -200, 0), kind=ShotKind.COMET, calibre=45, height=60, tilt=30)

MORE: dict[str, Callable[[], Plan]] = {
    "FWK-013": lambda: zoned(
        quiet(), Zone("street", "road", square(400, 90, 5)), Zone("lake", "water", square(500, 0, 40))
    ),
    "FWK-015": lambda: fountain(-275.0),
    "FWK-016": lambda: racked(6.0),
    "FWK-017": lambda: fired(cue("fan", azimuth=180, **FANNED)),
    "FWK-018": lambda: replace(fired(cue("pot", at=(0, -250, 0))), rules="tokyo-3"),
    "FWK-019": lambda: starred(fired(cue("willow", at=(0, -195, 0))), 8.0, 16.0),
    "FWK-028": lambda: timeless(quiet()),
    "VEN-001": lambda: zoned(quiet(), Zone("bow", "no_fly", ((900, 0), (910, 10), (910, 0), (900, 10)))),
    "FWK-022": lambda: zoned(quiet(), firework_ceiling_m=100.0),
    "FWK-023": lambda: zoned(starred(quiet(), 1.5, 20.0), least_lit_m=100.0),
    "FWK-024": lambda: replace(zoned(quiet(), wind=Wind(6.0, 270.0)), calms=(Calm("finale", 0, 10 * S, 5.0),)),
    "FWK-025": lambda: zoned(quiet(), Zone("hill", "dry_grass", square(500, 0, 10)), wind=Wind(6.0, 270.0)),
    "DRN-030": lambda: limited(sideways(), max_jerk_mps3=1.1),
    "DRN-031": lambda: yawing(31.0),
    "DRN-032": lambda: limited(quiet(), max_airtime_s=89.0),
    "DRN-033": lambda: over(0.9, 3.9),
    "DRN-034": lambda: flashing(90),
    "PYR-001": lambda: carrying(pitch=0.0, reach=6.0),
    "PYR-002": lambda: carrying(fall=20.5, endurance_s=-1.0),
    "PYR-003": lambda: zoned_quietly(carrying(), Zone("hill", "dry_grass", square(40, 0, 10))),
    "PYR-004": lambda: near_people(99.0),
    "PYR-005": lambda: near_people(
        115.0,
        way=(
            (30, 50, smooth((0, 0, 30), (20, 0, 30))),
            (50, 70, smooth((20, 0, 30), (0, 0, 30))),
            (70, 90, [(0, 0, 30)]),
        ),
        at_s=75.0,
        beside=-5.0,
    ),
    "PYR-006": lambda: carrying(max_payload_kg=-1.0),
    "PYR-007": lambda: carrying(max_speed_up_mps=1.0),
    "PYR-008": lambda: carrying(payload_kg=0.5),
    "PYR-009": lambda: replace(carrying(), venue=Venue(zones=(AUDIENCE,), wind=Wind(8.5, 270.0))),
    "PYR-010": lambda: carrying(endurance_s=100.0),
    "MIX-008": called_back,
    "SAFE-005": lambda: replace(quiet(), rules="cn", firing=Plan("", 1).firing, shots=Plan("", 1).shots),
    "DRN-039": lambda: over_the_hall(30.5),
    "DRN-040": lambda: over_the_hall(None),
    "DRN-036": lambda: limited(quiet(), max_return_s=40.0),
}

ALSO_MORE = {"PYR-004": {"PYR-005"}, "FWK-018": {"FWK-010"}, "FWK-011": {"FWK-025"}, "FWK-012": {"FWK-025"}}
"""Codes that cannot come alone."""
