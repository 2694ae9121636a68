"""Drones that fail: power cuts, fly-aways, and a show flown from a wrong origin or heading.

DRN-015 warn: a drone whose power is cut comes down among the audience, in still air or in the venue's wind. Remedy:
    move the formation or the transition away, lower it, or slow it down towards the audience.
DRN-022 note: how far beyond the geofence a drone comes down that flies off, against the distance of the audience.
DRN-023 note: how wrong origin and heading may be before a drone leaves the geofence or gets over a no-fly zone or the
    audience.

A falling drone tumbles under quadratic drag in the wind of the height it falls from, as the lightest and as the most
slippery body of safety-and-physics table 4.4 (0.3 kg with 0.015 m2, 1.2 kg with 0.020 m2), because a plan does not say
what its drones weigh. Pieces of paths that cannot reach an area are ruled out by bounds of height and speed; the
others are looked at every 0.25 s (coarser beyond a million moments), and those that may reach it are let fall.
Fly-away: as published for one operator, (speed + wind) x 3 s and the fall
(https://www.allumee.com/en/safety-distances/). The 7 degrees of Orlando 2024 (DRN-023) moved a show by 18 m.
"""

import math
from collections.abc import Iterator

import numpy as np
from shapely.geometry import Polygon

from showeditor.kernels.ballistics import AIR_KGPM3
from showeditor.kernels.descent import landings
from showeditor.kernels.extremes import SPEED_XY
from showeditor.kernels.fence import distances
from showeditor.kernels.flightbox import boxes_of
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
SAMPLES = 1_000_000
"""Moments of all drones near one area that are looked at; more are spaced wider."""
DROPPED = 20_000
"""Of these, those let fall: the nearest to the area, measured by what they may travel."""
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


def _reaches(case: Case, ground: float, top_m: float) -> Floats:
    """How far a drone gets (heights, speeds): one bound per 10 m of height and 1 m/s of speed, both rounded up."""
    air = case.plan.venue.wind
    wind = air.speed_mps * float(growth(air, top_m))
    shape = (math.ceil(max(0.0, top_m - ground) / 10.0) + 1, FASTEST_MPS + 1)
    rows, columns = np.indices(shape)
    return travelled(10.0 * rows.ravel().astype(np.float64), columns.ravel().astype(np.float64), wind).reshape(shape)


def _cells(table: Floats, height_m: Floats, speed_mps: Floats) -> Floats:
    """The bounds (n,) for heights above the ground and speeds."""
    high = np.ceil(np.maximum(height_m, 0.0) / 10.0).astype(np.int64)
    return np.asarray(table[high, np.minimum(np.ceil(speed_mps), FASTEST_MPS).astype(np.int64)])


def _hull_speeds(case: Case, pieces: Longs) -> Floats:
    """What the horizontal speed of pieces does not exceed: the largest step of control points x degree / time."""
    paths = case.paths
    degree = np.diff(paths.ctrl_start)[pieces] - 1
    seconds = np.maximum(1, paths.t1[pieces] - paths.t0[pieces]) * 1e-6
    most = np.zeros(len(pieces))
    for k in range(int(degree.max(initial=0))):
        with_step = np.flatnonzero(degree > k)
        at = paths.ctrl_start[pieces[with_step]] + k
        step = np.linalg.norm(paths.ctrl[at + 1, :2] - paths.ctrl[at, :2], axis=1)
        most[with_step] = np.maximum(most[with_step], step)
    return np.asarray(most * degree / seconds)


def _cuts(case: Case, zones: list[Zone]) -> Iterator[Finding]:
    paths = case.paths
    ground = float(np.min(case.pads[:, 2])) if case.grounded.any() else 0.0
    boxes = np.empty((len(paths.t0), 6))
    boxes_of(paths.ctrl_start, paths.ctrl, boxes)
    middle, top = 0.5 * (boxes[:, :2] + boxes[:, 3:5]), boxes[:, 5]
    radius = 0.5 * np.hypot(boxes[:, 3] - boxes[:, 0], boxes[:, 4] - boxes[:, 1])
    table = _reaches(case, ground, float(top.max()))
    fastest = min(FASTEST_MPS, math.ceil(float(case.extremes[0][:, SPEED_XY].max())))
    farthest = float(table[:, : fastest + 1].max())
    owner = np.repeat(np.arange(len(paths.home)), np.diff(paths.piece_start))
    for zone in zones:
        away = distances(middle, ring_of(zone)) - radius
        near = np.flatnonzero(away < farthest)
        near = near[away[near] < _cells(table, top[near] - ground, _hull_speeds(case, near))]
        if len(near):
            yield from _followed(case, zone, near, owner[near], ground, table)


def _followed(case: Case, zone: Zone, pieces: Longs, owner: Longs, ground: float, table: Floats) -> Iterator[Finding]:
    paths = case.paths
    lasts = paths.t1[pieces] - paths.t0[pieces]
    step = max(STEP_US, int(lasts.sum() // SAMPLES))
    counts = lasts // step + 1
    begin = np.repeat(np.cumsum(counts) - counts, counts)
    when = np.repeat(paths.t0[pieces], counts) + step * (np.arange(int(counts.sum())) - begin)
    who = np.repeat(owner, counts)
    here = places(paths, who, when)
    velocity = (places(paths, who, when + SPAN_US) - places(paths, who, when - SPAN_US)) / (2e-6 * SPAN_US)
    ring = ring_of(zone)
    # rounded up in height; between two moments of one piece a drone is not followed
    bound = _cells(table, np.minimum(here[:, 2] - ground, 10.0 * (len(table) - 1)), np.linalg.norm(velocity, axis=1))
    slack = np.where(here[:, 2] > ground + 0.5, distances(here, ring) - bound, np.inf)
    kept = np.flatnonzero(slack < 0.0)
    if len(kept) > DROPPED:
        kept = np.sort(kept[np.argpartition(slack[kept], DROPPED)[:DROPPED]])
    who, when, here, velocity = who[kept], when[kept], here[kept], velocity[kept]
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
