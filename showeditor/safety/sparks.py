"""Fireworks carried by drones: their sparks against other drones, the ground, what grows on it, and people.

PYR-001 block: another drone flies through the sparks of a charge. Remedy: light it later, aim it away, or set the
    formation wider apart.
PYR-002 block: sparks are still lit less than 10 m above the ground. Remedy: light the charge higher.
PYR-003 block: sparks can be carried over dry grass: it lies within 20 m and the way of the wind. Remedy: light the
    charge elsewhere, or have the grass cut and wetted and the zone taken out.
PYR-004 block: a charge is lit within 100 m of the audience. Remedy: light it farther away.
PYR-005 warn: a drone carries charges within 100 m of the audience. Remedy: lead the transition farther away.
PYR-011 block: nobody states how far the sparks of a charge get, so that they are judged against nothing. Remedy: give
    the charge an effect, or its cone, reach and fall with their source.
PYR-020 note: the lowest lit sparks under drones, and what nobody has stated about recoil.

The figures are the project's own (safety-and-physics section 4.6; no rule is known): sparks that a drone lets fall on
dry grass are the accident of Liuyang, 2025-10-02. The wind is the strongest that fireworks may be fired in. Sparks are
balls along the cone of fire, moving with the drone while it burns, and balls down to where the last spark is out.
"""

from collections.abc import Iterator

import numpy as np
from shapely.geometry import Polygon

from showeditor.kernels.fence import distances, excursions
from showeditor.kernels.intrusion import Spheres, find_intrusions
from showeditor.kernels.whereabouts import places
from showeditor.model.arrays import Floats, Longs
from showeditor.model.finding import Finding
from showeditor.model.times import clock
from showeditor.safety.case import Case, ring_of
from showeditor.safety.duds import wind_limit
from showeditor.safety.wording import counted, listed, named

ABOVE_M = 10.0
GRASS_M = 20.0
PEOPLE_M = 100.0
BODY_M = 0.5
"""What a drone beside the sparks is wide, with the error of its place in calm air (safety-and-physics section 4.3)."""
BALLS = 6
SHARE = 64
MOST = 100_000


def judge_sparks(case: Case) -> Iterator[Finding]:
    """Neighbours; the ground; grass; people; the margins."""
    lit = case.plan.ignitions
    if len(lit):
        columns = (lit.cone_deg, lit.reach_m, lit.fall_m, lit.fall_s)
        stated = np.all([np.isfinite(c) & (np.asarray(c) >= 0.0) for c in columns], axis=0)
        if stated.all():
            yield from _neighbours(case)
            yield from _ground(case)
            yield from _grass(case)
            yield from _people(case)
            yield _margins(case)
        else:
            yield _unstated(case, np.flatnonzero(~stated))
    if len(case.plan.carriers):
        yield from _carried_over(case)


def _unstated(case: Case, rows: Longs) -> Finding:
    lit = case.plan.ignitions
    names = case.names(list(dict.fromkeys(int(k) for k in lit.drone[rows])))
    return Finding(
        "PYR-011",
        "block",
        f"Nobody states how far the sparks of {counted(len(rows), 'charge')} get (under {named(names, 'drone')}): no "
        f"sparks were judged.",
        f"{len(rows)} 个药剂的火花范围未给出（{listed(names)}），未对任何火花作判断。",
        int(lit.ignition_us[rows].min()),
        int(lit.dark_us[rows].max()),
        names,
    )


def _burnt_places(case: Case) -> Floats:
    lit = case.plan.ignitions
    return places(case.paths, np.asarray(lit.drone, np.int64), lit.burnt_us)


def _neighbours(case: Case) -> Iterator[Finding]:
    lit = case.plan.ignitions
    n = len(lit)
    here, there = np.asarray(lit.place_m), _burnt_places(case)
    reach, fall = np.asarray(lit.reach_m, np.float64), np.asarray(lit.fall_m, np.float64)
    cone = np.radians(np.minimum(np.asarray(lit.cone_deg, np.float64), 90.0))
    wide = np.where(np.asarray(lit.cone_deg) >= 90.0, 1.0, np.sin(cone))
    speed = np.linalg.norm(lit.velocity_mps, axis=1)
    moving = (lit.ignition_us, np.maximum(lit.burnt_us, lit.ignition_us + 1))
    resting = (moving[1], np.maximum(lit.dark_us, moving[1] + 1))
    parts: list[Spheres] = []
    for k in range(BALLS):
        along = (reach * (k + 0.5) / BALLS)[:, None] * lit.direction
        along = np.where(wide[:, None] >= 1.0, 0.0, along)
        ball = np.where(wide >= 1.0, reach, reach * (k + 1) / BALLS * wide + 0.5 * reach / BALLS) + BODY_M
        down = np.column_stack([np.zeros((n, 2)), -fall * (k + 1) / BALLS])
        # a falling spark keeps on the way of the drone for a while
        column = wide * reach + 0.5 * fall / BALLS + BODY_M + speed * np.asarray(lit.fall_s) * (k + 1) / BALLS
        parts.append(Spheres(np.arange(n), *moving, here + along, there + along, ball))
        parts.append(Spheres(np.arange(n), *moving, here + down, there + down, column))
        parts.append(Spheres(np.arange(n), *resting, there + down, there + down, column))
    spheres = Spheres(*(np.concatenate(rows) for rows in zip(*parts, strict=True)))
    off, on = np.ascontiguousarray(case.phases[:, 0]), np.ascontiguousarray(case.phases[:, 3])
    found = find_intrusions(case.paths, off, on, spheres, share=SHARE, most=MOST)
    other = np.flatnonzero(np.asarray(lit.drone, np.int64)[found.owner] != found.drone)
    for drone in dict.fromkeys(int(k) for k in found.drone[other]):
        mine = other[found.drone[other] == drone]
        worst = int(mine[found.margin_m[mine].argmin()])
        row, at = int(found.owner[worst]), int(found.deepest_us[worst])
        a, b = case.names((drone, int(lit.drone[row])))
        depth = -float(found.margin_m[worst])
        yield Finding(
            "PYR-001",
            "block",
            f"Drone {a} flies through the sparks of drone {b} ({lit.effect[row]}, lit at "
            f"{clock(int(lit.ignition_us[row]), 1)}), {depth:.1f} m deep at {clock(at, 1)}.",
            f"无人机 {a} 穿过无人机 {b} 的火花（{lit.effect[row]}，{clock(int(lit.ignition_us[row]), 1)} 点燃），"
            f"{clock(at, 1)} 深入 {depth:.1f} 米。",
            int(found.span_us[mine, 0].min()),
            int(found.span_us[mine, 1].max()),
            (a, b, lit.trigger[row]),
            depth,
            0.0,
            "m",
            case.place(drone, at),
        )


def _level(case: Case) -> float:
    """The lowest pad is where the ground is taken to be."""
    return float(case.pads[case.grounded, 2].min()) if case.grounded.any() else 0.0


def _lowest(case: Case) -> Floats:
    """How high above the ground (n,) the lowest lit spark of each charge is."""
    lit = case.plan.ignitions
    lower = np.minimum(lit.place_m[:, 2], _burnt_places(case)[:, 2])
    return np.asarray(lower - np.asarray(lit.fall_m, np.float64) - _level(case))


def _grouped(case: Case, rows: Longs) -> tuple[tuple[str, ...], int, int]:
    lit = case.plan.ignitions
    names = case.names(list(dict.fromkeys(int(k) for k in lit.drone[rows])))
    return names, int(lit.ignition_us[rows].min()), int(lit.dark_us[rows].max())


def _ground(case: Case) -> Iterator[Finding]:
    low = _lowest(case)
    rows = np.flatnonzero(~(low >= ABOVE_M))
    if not len(rows):
        return
    worst = int(rows[low[rows].argmin()])
    names, t0, t1 = _grouped(case, rows)
    x, y, _ = (float(v) for v in case.plan.ignitions.place_m[worst])
    yield Finding(
        "PYR-002",
        "block",
        f"Sparks under {named(names, 'drone')} are lit down to {max(0.0, low[worst]):.1f} m above the "
        f"ground; {ABOVE_M:g} m must stay.",
        f"{len(names)} 架无人机（{listed(names)}）的火花燃烧到离地 {max(0.0, low[worst]):.1f} 米，"
        f"至少应留 {ABOVE_M:g} 米。",
        t0,
        t1,
        names,
        float(low[worst]),
        ABOVE_M,
        "m",
        (x, y, max(0.0, float(low[worst]))),
    )


def _away(case: Case, ring: Floats) -> Floats:
    """How far (n,) each charge is from an area at its ignition and at its end, the nearer."""
    lit = case.plan.ignitions
    return np.minimum(distances(lit.place_m, ring), distances(_burnt_places(case), ring))


def _grass(case: Case) -> Iterator[Finding]:
    lit = case.plan.ignitions
    wind = max(wind_limit(case), case.plan.venue.wind.speed_mps)
    needed = wind * np.asarray(lit.fall_s, np.float64) + np.asarray(lit.reach_m, np.float64) + GRASS_M
    for zone in case.zones("dry_grass"):
        away = _away(case, ring_of(zone))
        rows = np.flatnonzero(away < needed)
        if not len(rows):
            continue
        worst = int(rows[(away[rows] - needed[rows]).argmin()])
        names, t0, t1 = _grouped(case, rows)
        yield Finding(
            "PYR-003",
            "block",
            f"Sparks of {named(names, 'drone')} can be carried to the dry grass "
            f"({zone.name or zone.id}): {max(0.0, away[worst]):.0f} m away, {needed[worst]:.0f} m needed "
            f"in a wind of {wind:g} m/s.",
            f"{len(names)} 架无人机（{listed(names)}）的火花可能落到干草地（{zone.name or zone.id}）：距离 "
            f"{max(0.0, away[worst]):.0f} 米，风速 {wind:g} 米/秒时需 {needed[worst]:.0f} 米。",
            t0,
            t1,
            (*names, zone.id),
            max(0.0, float(away[worst])),
            float(needed[worst]),
            "m",
        )


def _people(case: Case) -> Iterator[Finding]:
    for zone in case.zones("audience"):
        away = _away(case, ring_of(zone))
        rows = np.flatnonzero(away < PEOPLE_M)
        if not len(rows):
            continue
        names, t0, t1 = _grouped(case, rows)
        nearest = max(0.0, float(away[rows].min()))
        yield Finding(
            "PYR-004",
            "block",
            f"Charges under {named(names, 'drone')} are lit {nearest:.1f} m from the audience "
            f"({zone.name or zone.id}); {PEOPLE_M:g} m must be kept.",
            f"{len(names)} 架无人机（{listed(names)}）在距观众区（{zone.name or zone.id}）{nearest:.1f} 米处点燃烟花，"
            f"至少应相距 {PEOPLE_M:g} 米。",
            t0,
            t1,
            (*names, zone.id),
            nearest,
            PEOPLE_M,
            "m",
        )


def _carried_over(case: Case) -> Iterator[Finding]:
    carriers = np.asarray(case.plan.carriers.drone, np.int64)
    off, on = np.ascontiguousarray(case.phases[:, 0]), np.ascontiguousarray(case.phases[:, 3])
    for zone in case.zones("audience"):
        # corners of the widened area lie on the circle or outside it
        around = Polygon(zone.ring).buffer(PEOPLE_M * 1.005)
        if around.is_empty:
            raise ValueError(f"the audience area {zone.id} cannot be widened")
        ring = np.array(around.exterior.coords[:-1])
        depth, when, spans = excursions(case.paths, off, on, ring, -np.inf, np.inf, keep_out=True)
        over = carriers[depth[carriers] > PEOPLE_M * 0.005]
        if not len(over):
            continue
        worst = int(over[depth[over].argmax()])
        names = case.names([int(k) for k in over])
        away = max(0.0, PEOPLE_M * 1.005 - float(depth[worst]))
        yield Finding(
            "PYR-005",
            "warn",
            f"Charges are carried by {named(names, 'drone')} as near as {away:.0f} m to the audience "
            f"({zone.name or zone.id}), nearest at {clock(int(when[worst]), 1)}; {PEOPLE_M:g} m should be kept.",
            f"{len(names)} 架载药无人机（{listed(names)}）距观众区（{zone.name or zone.id}）最近 {away:.0f} 米"
            f"（{clock(int(when[worst]), 1)}），应保持 {PEOPLE_M:g} 米。",
            int(spans[over, 0].min()),
            int(spans[over, 1].max()),
            (*names, zone.id),
            away,
            PEOPLE_M,
            "m",
            case.place(worst, int(when[worst])),
        )


def _margins(case: Case) -> Finding:
    lit = case.plan.ignitions
    low = _lowest(case)
    least = int(low.argmin())
    (name,) = case.names((int(lit.drone[least]),))
    recoil = np.asarray(lit.recoil_ns, np.float64)
    unknown = int((recoil < 0.0).sum())
    at = int(lit.ignition_us[least])
    said = f"nobody states the recoil of {unknown} charges" if unknown else f"recoil at most {recoil.max():.2f} N s"
    said_zh = f"{unknown} 个装药未注明后坐冲量" if unknown else f"后坐冲量最大 {recoil.max():.2f} 牛·秒"
    return Finding(
        "PYR-020",
        "note",
        f"Sparks under drones are lit down to {low[least]:.1f} m above the ground, drone {name} at {clock(at, 1)}; "
        f"{said}.",
        f"无人机火花最低燃烧到离地 {low[least]:.1f} 米，无人机 {name}，{clock(at, 1)}；{said_zh}。",
        at,
        int(lit.dark_us[least]),
        (name,),
        float(low[least]),
        ABOVE_M,
        "m",
    )
