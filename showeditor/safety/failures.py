"""Drones that fail: power cuts, fly-aways, and a show flown from a wrong origin or heading.

DRN-015 warn: a drone whose power is cut comes down among the audience, in still air or in the venue's wind. Remedy:
    move the formation or the transition away, lower it, or slow it down towards the audience.
DRN-022 note: how far beyond the geofence a drone comes down that flies off, against the distance of the audience.
DRN-023 note: how wrong origin and heading may be before a drone leaves the geofence or gets over a no-fly zone or the
    audience.

A falling drone tumbles under quadratic drag in the wind of the height it falls from, as the lightest and as the most
slippery body of safety-and-physics table 4.4 (0.3 kg with 0.015 m2, 1.2 kg with 0.020 m2), because a plan does not say
what its drones weigh. Pieces of paths that cannot reach an area are ruled out by bounds of height and speed; the
others are followed every 0.25 s (coarser where there are very many). Fly-away: as published for one operator,
(speed + wind) x 3 s and the fall (https://www.allumee.com/en/safety-distances/). The 7 degrees of Orlando 2024
(DRN-023) moved a show by 18 m.
"""

import math
from collections.abc import Iterator

import numpy as np
from shapely.geometry import Polygon

from showeditor.kernels.ballistics import AIR_KGPM3
from showeditor.kernels.descent import landings
from showeditor.kernels.fence import distances
from showeditor.kernels.whereabouts import places
from showeditor.model.air import growth, wind_at
from showeditor.model.arrays import Floats, Longs
from showeditor.model.finding import Finding
from showeditor.model.times import clock
from showeditor.model.venue import Zone
from showeditor.safety.case import Case, ring_of
from showeditor.safety.wording import listed

BODIES = (0.5 * AIR_KGPM3 * 0.015 / 0.3, 0.5 * AIR_KGPM3 * 0.020 / 1.2)
"""k0 = rho Cd A / (2 m) in 1/m."""

STEP_US = 250_000
SAMPLES = 6000
SPAN_US = 10_000
REACTION_S = 3.0
CELL_M = 2.0
WIDEST_M = 10_000.0
"""A show that is wider has worse faults than a turned origin."""
FARTHEST_DEG = 45.0
FASTEST_MPS = 100
"""Speeds beyond this are judged as this; DRN-002 forbids them long before."""


def judge_failures(case: Case) -> Iterator[Finding]:
    """Power cuts per audience area, then the two margins."""
    if not len(case.plan.drones):
        return
    audience = case.zones("audience")
    if audience and len(case.plan.drones.piece_t0_us):
        yield from _cuts(case, audience)
        yield from _flown_off(case, audience)
    yield from _misplaced(case)


def travelled(height_m: Floats, speed_mps: Floats, wind_mps: float) -> Floats:
    """How far (n,) a drone gets at most whose power is cut at a height and speed, with the wind from behind."""
    start = np.column_stack([np.zeros((len(height_m), 2)), height_m])
    launch = np.column_stack([speed_mps, np.zeros((len(height_m), 2))])
    ways = [landings(start, launch, k0, (wind_mps, 0.0, 0.0), 0.0)[:, 0] for k0 in BODIES]
    return np.maximum(*ways)


def _bounds(case: Case) -> tuple[Floats, Floats, Floats, Floats]:
    """Of every piece: middle (m, 2) and radius (m,) around its control points, greatest height, greatest speed."""
    paths = case.paths
    first = paths.ctrl_start[:-1]
    low, high = np.minimum.reduceat(paths.ctrl, first), np.maximum.reduceat(paths.ctrl, first)
    step = np.zeros(len(paths.ctrl))
    step[:-1] = np.linalg.norm(np.diff(paths.ctrl[:, :2], axis=0), axis=1)
    step[paths.ctrl_start[1:] - 1] = 0.0
    degree = np.diff(paths.ctrl_start) - 1
    seconds = np.maximum(1, paths.t1 - paths.t0) * 1e-6
    # the speed of a Bernstein curve is at most the largest step of its control points x degree / time
    speed = np.maximum.reduceat(step, first) * degree / seconds
    middle = 0.5 * (low + high)[:, :2]
    radius = 0.5 * np.linalg.norm((high - low)[:, :2], axis=1)
    return middle, radius, high[:, 2], speed


def _cuts(case: Case, zones: list[Zone]) -> Iterator[Finding]:
    paths = case.paths
    ground = float(np.min(case.pads[:, 2])) if case.grounded.any() else 0.0
    middle, radius, top, speed = _bounds(case)
    air = case.plan.venue.wind
    wind = air.speed_mps * float(growth(air, top.max(initial=0.0)))
    # one bound per 10 m of height and 1 m/s of speed, rounded up
    high, fast = np.ceil(np.maximum(top - ground, 0.0) / 10.0).astype(np.int64), np.ceil(speed).astype(np.int64)
    fast = np.minimum(fast, FASTEST_MPS)
    shape = (int(high.max()) + 1, int(fast.max()) + 1)
    rows, columns = np.indices(shape)
    heights, speeds = rows.ravel().astype(np.float64), columns.ravel().astype(np.float64)
    reach = travelled(10.0 * heights, speeds, wind).reshape(shape)[high, fast]
    owner = np.repeat(np.arange(len(paths.home)), np.diff(paths.piece_start))
    for zone in zones:
        near = np.flatnonzero(distances(middle, ring_of(zone)) - radius < reach)
        if len(near):
            yield from _followed(case, zone, near, owner[near], ground)


def _followed(case: Case, zone: Zone, pieces: Longs, owner: Longs, ground: float) -> Iterator[Finding]:
    paths = case.paths
    lasts = paths.t1[pieces] - paths.t0[pieces]
    step = max(STEP_US, int(lasts.sum() // SAMPLES))
    counts = lasts // step + 1
    begin = np.repeat(np.cumsum(counts) - counts, counts)
    when = np.repeat(paths.t0[pieces], counts) + step * (np.arange(int(counts.sum())) - begin)
    who = np.repeat(owner, counts)
    here = places(paths, who, when)
    velocity = (places(paths, who, when + SPAN_US) - places(paths, who, when - SPAN_US)) / (2e-6 * SPAN_US)
    flying = here[:, 2] > ground + 0.5
    who, when, here, velocity = who[flying], when[flying], here[flying], velocity[flying]
    ring = ring_of(zone)
    deepest = np.full(len(who), np.inf)
    for air in (np.zeros((len(here), 3)), wind_at(case.plan.venue.wind, here[:, 2])):
        for k0 in BODIES:
            deepest = np.minimum(deepest, distances(landings(here, velocity, k0, air, ground), ring))
    hit = np.flatnonzero(deepest <= 0.0)
    if len(hit):
        yield _falls(case, zone, who[hit], when[hit], here[hit], deepest[hit])


def _falls(case: Case, zone: Zone, who: Longs, when: Longs, here: Floats, deepest: Floats) -> Finding:
    order = np.argsort(deepest, kind="stable")
    names = case.names(list(dict.fromkeys(int(i) for i in who[order])))
    k = int(order[0])
    name, at = zone.name or zone.id, int(when[k])
    x, y, z = (float(v) for v in here[k])
    away = float(distances(here[k : k + 1], ring_of(zone))[0])
    far = f"{away:.0f} m beside it" if away > 0.0 else "above it"
    far_zh = f"旁 {away:.0f} 米" if away > 0.0 else "上方"
    one = len(names) == 1
    who_en = f"Drone {names[0]}" if one else f"{len(names)} drones ({listed(names)})"
    return Finding(
        "DRN-015",
        "warn",
        f"{who_en} would come down among the audience ({name}) after a power cut, at worst at {clock(at, 1)} from "
        f"{z:.0f} m high {far}: {-deepest[k]:.1f} m inside.",
        f"{len(names)} 架无人机（{listed(names)}）断电后会坠入观众区（{name}），最严重在 {clock(at, 1)}，"
        f"位于其{far_zh}、高 {z:.0f} 米处：深入 {-deepest[k]:.1f} 米。",
        int(when.min()),
        int(when.max()),
        (*names, zone.id),
        -float(deepest[k]),
        0.0,
        "m",
        (x, y, z),
    )


def _flown_off(case: Case, zones: list[Zone]) -> Iterator[Finding]:
    fence = case.plan.venue.geofence
    if fence is None:
        return
    air, speed = case.plan.venue.wind, case.limits.max_speed_xy_mps
    wind = air.speed_mps * float(growth(air, fence.ceiling_m))
    height, fast = np.array([fence.ceiling_m]), np.array([speed])
    reach = REACTION_S * (speed + wind) + float(travelled(height, fast, wind)[0])
    area = Polygon(fence.ring)
    away, zone = min(((float(area.distance(Polygon(z.ring))), z) for z in zones), key=lambda pair: pair[0])
    name = zone.name or zone.id
    yield Finding(
        "DRN-022",
        "note",
        f"A drone that flies off at {speed:g} m/s and is stopped {REACTION_S:g} s after the geofence comes down up to "
        f"{reach:.0f} m beyond it; the audience ({name}) is {away:.0f} m away.",
        f"若无人机以 {speed:g} 米/秒飞离并在越过围栏 {REACTION_S:g} 秒后断电，最远落在围栏外 {reach:.0f} 米；"
        f"观众区（{name}）距围栏 {away:.0f} 米。",
        ids=(zone.id,),
        measured=away,
        limit=reach,
        unit="m",
    )


def _misplaced(case: Case) -> Iterator[Finding]:
    """Origin and heading may be wrong by this much: turned step by step, each as far as the nearest limit allows."""
    fence = case.plan.venue.geofence
    walls = [(np.array(fence.ring, dtype=np.float64), -1.0)] if fence is not None else []
    walls += [(ring_of(zone), 1.0) for kind in ("audience", "no_fly") for zone in case.zones(kind)]
    if not walls:
        return
    points = case.paths.ctrl if len(case.paths.ctrl) else case.paths.home
    if np.ptp(points[:, :2], axis=0).max() > WIDEST_M:
        return
    cells = _outline(points)
    pad = CELL_M / math.sqrt(2.0)
    metres = float(_room(cells, walls).min()) - pad
    if metres <= 0.0:
        return
    degrees = min(_turnable(cells, walls, pad, 1.0), _turnable(cells, walls, pad, -1.0))
    shown = f"more than {FARTHEST_DEG:.0f}" if degrees >= FARTHEST_DEG else f"{math.floor(degrees * 10) / 10:.1f}"
    shown_zh = shown.replace("more than ", "超过 ")
    yield Finding(
        "DRN-023",
        "note",
        f"The origin may be wrong by {metres:.0f} m or the heading by {shown} degrees before a drone leaves the "
        f"geofence or gets over a no-fly zone or the audience.",
        f"原点误差 {metres:.0f} 米或朝向误差 {shown_zh} 度以内，无人机不会越出围栏或进入禁飞区、观众区上空。",
        measured=degrees,
        limit=0.0,
        unit="deg",
    )


def _outline(points: Floats) -> Floats:
    """The outer cells (k, 2), CELL_M wide, of all places flown over: what meets a wall first is one of them."""
    cell = np.round(points[:, :2] / CELL_M).astype(np.int64)
    corner = cell.min(axis=0) - 1
    flown = np.zeros(tuple(cell.max(axis=0) - corner + 2), dtype=np.bool_)
    flown[cell[:, 0] - corner[0], cell[:, 1] - corner[1]] = True
    inner = flown.copy()
    inner[1:-1, 1:-1] &= flown[2:, 1:-1] & flown[:-2, 1:-1] & flown[1:-1, 2:] & flown[1:-1, :-2]
    return np.asarray((np.argwhere(flown & ~inner) + corner) * CELL_M)


def _room(points: Floats, walls: list[tuple[Floats, float]]) -> Floats:
    """How far (n,) each point is from the nearest wall, on the right side of all of them."""
    room = np.full(len(points), np.inf)
    for ring, sign in walls:
        room = np.minimum(room, sign * distances(points, ring))
    return room


def _turnable(points: Floats, walls: list[tuple[Floats, float]], pad: float, sense: float) -> float:
    """Degrees by which the points may be turned about the origin before one meets a wall; at most FARTHEST_DEG."""
    radius = np.maximum(np.linalg.norm(points, axis=1), 1e-6)
    angle = 0.0
    while angle < FARTHEST_DEG:
        a = math.radians(sense * angle)
        turn = np.array([[math.cos(a), math.sin(a)], [-math.sin(a), math.cos(a)]])
        step = math.degrees(float(((_room(points @ turn, walls) - pad) / radius).min()))
        if step < 0.05:
            break
        angle += step
    return min(angle, FARTHEST_DEG)
