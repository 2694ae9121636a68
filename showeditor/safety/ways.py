"""Roads and water within reach of the fireworks.

FWK-013 warn: a road lies nearer to a shot than the audience would have to be, or where a shell that fails to break can
    land. Remedy: have the road closed while fireworks are loaded and fired, or move the position.
FWK-014 note: water lies so near that boats must be kept off it.

The distances and tilts are those of the rule pack for the audience, the duds those of FWK-010.
"""

from collections.abc import Iterator

import numpy as np
from shapely.geometry import Point, Polygon

from showeditor.kernels.ballistics import drag_per_m
from showeditor.model.finding import Finding
from showeditor.model.plan import ShotKind
from showeditor.model.venue import Zone
from showeditor.safety.audience import ROUNDING_M, case_launches
from showeditor.safety.case import Case
from showeditor.safety.duds import reaching, wind_limit
from showeditor.safety.wording import counted, listed


def judge_ways(case: Case) -> Iterator[Finding]:
    """One finding per road and per water within reach."""
    zones = (*case.zones("road"), *case.zones("water"))
    shots = case.plan.shots
    if not zones or not len(shots):
        return
    near: dict[str, set[int]] = {zone.id: set() for zone in zones}
    least: dict[str, tuple[float, float]] = {}
    areas = {zone.id: Polygon(zone.ring) for zone in zones}
    for launch, cues in case_launches(case).items():
        wanted = case.pack.distance_m(launch.device, launch.calibre_mm, launch.height_m, launch.fallout_m)
        factor = case.pack.tilt_factor(launch.tilt_deg)
        if wanted is None or factor is None:
            # FWK-004 and FWK-007 block such cues already
            continue
        for zone in zones:
            away = float(areas[zone.id].distance(Point(launch.place_m[:2])))
            if away + ROUNDING_M < wanted * factor:
                near[zone.id].update(cues)
                worst = least.get(zone.id, (np.inf, 0.0))
                least[zone.id] = min(worst, (away, wanted * factor))
    shells = np.flatnonzero(np.asarray(shots.kind) == ShotKind.SHELL)
    wind = max(wind_limit(case), case.plan.venue.wind.speed_mps)
    k0 = drag_per_m(shots.mass_kg[shells], shots.diameter_m[shells], shots.drag[shells])
    if not np.isfinite(k0).all():
        raise ValueError("a shell without mass or diameter: its dud cannot be followed")
    for zone, rows in reaching(case, shells, k0, zones, wind) if len(shells) else ():
        near[zone.id].update(int(k) for k in shots.cue[shells[rows]])
    for zone in zones:
        if near[zone.id]:
            yield _within(case, zone, sorted(near[zone.id]), least.get(zone.id))


def _within(case: Case, zone: Zone, cues: list[int], least: tuple[float, float] | None) -> Finding:
    firing = case.plan.firing
    ids = tuple(dict.fromkeys(firing.cue[k] for k in cues))
    name = zone.name or zone.id
    road = zone.kind == "road"
    what, what_zh = ("The road", "道路") if road else ("The water", "水域")
    remedy = "close it while fireworks are loaded and fired" if road else "keep boats off it"
    remedy_zh = "装填与燃放期间须封闭" if road else "不得有船只"
    return Finding(
        "FWK-013" if road else "FWK-014",
        "warn" if road else "note",
        f"{what} {name} is within reach of {counted(len(ids), 'cue')} or their duds ({listed(ids)}): {remedy}.",
        f"{what_zh}“{name}”在 {len(ids)} 个点火或其哑弹的范围内（{listed(ids)}）：{remedy_zh}。",
        int(firing.ignition_us[cues].min()),
        int(firing.end_us[cues].max()),
        (*ids, zone.id),
        least[0] if least else None,
        least[1] if least else None,
        "m" if least else "",
    )
