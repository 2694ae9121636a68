"""Where shells come down that do not break.

FWK-003 block: a shell that fails to break lands among the audience, in still air or in the venue's wind. Remedy: lean
    the tube less or away, fire a smaller calibre, or move the position.

Quadratic drag as in planning, from the muzzle to the level of the mortar. Scatter of the mortar's angle and the wind
from all sides are not judged here; the distance of FWK-001 stands for them.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from showeditor.kernels.ballistics import drag_per_m, fall_to_ground
from showeditor.kernels.fence import distances
from showeditor.model.arrays import Floats
from showeditor.model.finding import Finding
from showeditor.model.plan import ShotKind
from showeditor.model.venue import Wind, Zone
from showeditor.safety.case import Case, ring_of
from showeditor.safety.wording import listed


def judge_duds(case: Case) -> Iterator[Finding]:
    """One finding per audience area and wind, with every cue whose dud lands in it."""
    shots = case.plan.shots
    shells = np.flatnonzero(np.asarray(shots.kind) == ShotKind.SHELL)
    zones = case.zones("audience")
    if not len(shells) or not zones:
        return
    k0 = drag_per_m(shots.mass_kg[shells], shots.diameter_m[shells], shots.drag[shells])
    if not np.isfinite(k0).all():
        raise ValueError("a shell without mass or diameter: its dud cannot be followed")
    winds = [Wind()] if case.plan.venue.wind.speed_mps == 0.0 else [Wind(), case.plan.venue.wind]
    for wind in winds:
        a = np.radians(wind.from_deg)
        blows = -wind.speed_mps * np.array([np.sin(a), np.cos(a), 0.0])
        origin = shots.origin_m[shells]
        places, _, _ = fall_to_ground(origin, shots.muzzle_mps[shells], k0, blows, origin[:, 2])
        if not np.isfinite(places).all():
            raise ValueError("the fall of a dud could not be followed to the ground")
        for zone in zones:
            inside = np.flatnonzero(distances(places, ring_of(zone)) <= 0.0)
            if len(inside):
                yield _lands(case, shells[inside], places[inside], zone, wind)


def _lands(case: Case, shells: NDArray[np.int64], places: Floats, zone: Zone, wind: Wind) -> Finding:
    firing, shots = case.plan.firing, case.plan.shots
    ids = tuple(dict.fromkeys(firing.cue[int(shots.cue[k])] for k in shells))
    name = zone.name or zone.id
    depth = -distances(places, ring_of(zone))
    worst = int(depth.argmax())
    x, y, z = (float(v) for v in places[worst])
    air = f"in a wind of {wind.speed_mps:g} m/s" if wind.speed_mps else "in still air"
    air_zh = f"{wind.speed_mps:g} 米/秒风中" if wind.speed_mps else "无风时"
    return Finding(
        "FWK-003",
        "block",
        f"Duds of {len(ids)} cues land among the audience ({name}) {air}: {listed(ids)}.",
        f"{len(ids)} 个点火的哑弹{air_zh}会落入观众区（{name}）：{listed(ids)}。",
        int(shots.lift_us[shells].min()),
        int(shots.end_us[shells].max()),
        ids,
        float(depth[worst]),
        0.0,
        "m",
        (x, y, z),
    )
