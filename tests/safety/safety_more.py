"""More minimal plans, one per code, for drones, fireworks and both together."""

from collections.abc import Callable
from dataclasses import replace

import msgspec
import numpy as np
from safety_plans import LIMITS, S, drones_of, night, quiet, smooth
from showeditor.model.arrays import frozen
from showeditor.model.plan import Plan


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


MORE: dict[str, Callable[[], Plan]] = {
    "DRN-030": lambda: limited(sideways(), max_jerk_mps3=1.1),
    "DRN-031": lambda: yawing(31.0),
    "DRN-032": lambda: limited(quiet(), max_airtime_s=89.0),
    "DRN-033": lambda: over(0.9, 3.9),
    "DRN-034": lambda: flashing(90),
    "SAFE-005": lambda: replace(quiet(), rules="cn", firing=Plan("", 1).firing, shots=Plan("", 1).shots),
    "DRN-036": lambda: limited(quiet(), max_return_s=40.0),
}
