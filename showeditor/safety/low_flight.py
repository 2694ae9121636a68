"""Sideways motion near the ground.

DRN-008 warn: a drone moves sideways below the least navigation altitude above its take-off level. Remedy: rise straight
    up to that altitude first, and come down straight.
"""

from collections.abc import Iterator

import numpy as np

from showeditor.kernels.grounding import low_motion
from showeditor.model.finding import Finding
from showeditor.model.times import clock
from showeditor.safety.case import Case
from showeditor.safety.wording import listed

SLOW_MPS = 0.3
"""Slower drift is position keeping, not motion."""

ROUNDING_M = 0.02


def judge_low_flight(case: Case) -> Iterator[Finding]:
    """One finding for all drones that move sideways too low, fastest first."""
    if not len(case.plan.drones):
        return
    level = np.where(case.grounded, case.pads[:, 2], 0.0)
    nav = case.limits.min_nav_altitude_m
    spans, fastest = low_motion(case.paths, level + nav - ROUNDING_M, SLOW_MPS)
    low = np.flatnonzero(fastest > 0)
    if not len(low):
        return
    order = low[np.argsort(-fastest[low], kind="stable")]
    names = case.names([int(i) for i in order])
    first = int(order[0])
    t0 = int(spans[first, 0])
    who = f"Drone {names[0]} moves" if len(names) == 1 else f"{len(names)} drones ({listed(names)}) move"
    yield Finding(
        "DRN-008",
        "warn",
        f"{who} sideways at up to {fastest[first]:.1f} m/s, lower than {nav:g} m above the take-off level, "
        f"from {clock(t0, 1)}.",
        f"{len(names)} 架无人机（{listed(names)}）自 {clock(t0, 1)} 起在起飞面以上 {nav:g} 米以下横向移动，"
        f"速度达 {fastest[first]:.1f} 米/秒。",
        int(spans[order, 0].min()),
        int(spans[order, 1].max()),
        names,
        float(fastest[first]),
        SLOW_MPS,
        "m/s",
        case.place(first, t0),
    )
