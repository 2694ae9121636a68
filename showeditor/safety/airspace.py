"""The air that drones may use: geofence and zones, exactly along their paths.

DRN-007 block: a drone leaves the geofence (to the side, below its floor or above its ceiling). Remedy: move the
    formation, or the fence if the permit allows.
DRN-011 block: a drone enters a no-fly zone: the air over it, between its floor and its height where they are stated.
    Remedy: move the formation or the transition.
DRN-012 warn: a drone flies over the audience. Remedy: move the formation; in many countries this needs a permit of
    its own.
DRN-039 block: a drone flies into a building. Remedy: fly higher or around it.
DRN-040 warn: a drone flies over a building whose height nobody has stated. Remedy: state its height.
"""

from collections.abc import Iterator

import numpy as np

from showeditor.kernels.fence import excursions
from showeditor.model.arrays import Floats, Longs
from showeditor.model.finding import Finding
from showeditor.model.times import clock
from showeditor.model.venue import Zone
from showeditor.safety.case import Case, ring_of
from showeditor.safety.wording import listed


def judge_airspace(case: Case) -> Iterator[Finding]:
    """Excursions from the geofence and into zones, one finding per wall, worst drone first."""
    drones = case.plan.drones
    if not len(drones):
        return
    fence = case.plan.venue.geofence
    off, on = _airborne(case)
    if fence is not None:
        ring = np.array(fence.ring, dtype=np.float64)
        worst, when, spans = excursions(case.paths, off, on, ring, -np.inf, fence.ceiling_m)
        # taking off and landing pass through the floor
        up, down = np.ascontiguousarray(case.phases[:, 1]), np.ascontiguousarray(case.phases[:, 2])
        below, low, low_spans = excursions(case.paths, up, down, ring, fence.floor_m, np.inf)
        deeper = below > worst
        when[deeper], spans[deeper] = low[deeper], low_spans[deeper]
        worst = np.maximum(worst, below)
        over = np.flatnonzero(worst > 0)
        if len(over):
            yield _found(case, "DRN-007", over, worst, when, spans, "leave the geofence by", "越出地理围栏", None)
    for kind, code, en, zh in (
        ("building", "DRN-039", "fly into the building {} by", "撞入建筑物{}"),
        ("no_fly", "DRN-011", "enter the no-fly zone {} by", "进入禁飞区{}"),
        ("audience", "DRN-012", "fly over the audience area {} by", "飞越观众区{}"),
    ):
        for zone in case.zones(kind):
            floor, top = _heights(zone)
            worst, when, spans = excursions(case.paths, off, on, ring_of(zone), floor, top, keep_out=True)
            over = np.flatnonzero(worst > 0)
            if len(over):
                name = zone.name or zone.id
                if kind == "building" and zone.height_m is None:
                    code, en, zh = "DRN-040", "fly over the building {} of unknown height by", "飞越高度未知的建筑物{}"
                yield _found(case, code, over, worst, when, spans, en.format(name), zh.format(f"“{name}”"), zone)


def _heights(zone: Zone) -> tuple[float, float]:
    """From where to where a zone reaches; areas of people reach up without end."""
    if zone.kind == "audience":
        return -np.inf, np.inf
    floor = -np.inf if zone.floor_m is None else zone.floor_m
    return floor, np.inf if zone.height_m is None else zone.height_m


def _airborne(case: Case) -> tuple[Longs, Longs]:
    """Flight times for the walls: a path that begins or ends in the air counts from or to its end."""
    phases = case.phases
    return np.ascontiguousarray(phases[:, 0]), np.ascontiguousarray(phases[:, 3])


def _found(
    case: Case,
    code: str,
    over: Longs,
    worst: Floats,
    when: Longs,
    spans: Longs,
    en: str,
    zh: str,
    zone: Zone | None,
) -> Finding:
    order = over[np.argsort(-worst[over], kind="stable")]
    first = int(order[0])
    names = case.names([int(i) for i in order])
    at, far = int(when[first]), float(worst[first])
    who = f"Drone {names[0]} would" if len(names) == 1 else f"{len(names)} drones ({listed(names)})"
    return Finding(
        code,
        "warn" if code in ("DRN-012", "DRN-040") else "block",
        f"{who} {en} {far:.2f} m, worst at {clock(at, 1)}.",
        f"{len(names)} 架无人机（{listed(names)}）{zh} {far:.2f} 米，最严重在 {clock(at, 1)}。",
        int(spans[order, 0].min()),
        int(spans[order, 1].max()),
        names if zone is None else (*names, zone.id),
        far,
        0.0,
        "m",
        case.place(first, at),
    )
