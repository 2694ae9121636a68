"""Where shells come down that do not break.

FWK-003 block: a shell that fails to break lands among the audience, in still air or in the venue's wind. Remedy: lean
    the tube less or away, fire a smaller calibre, or move the position.
FWK-010 block: a shell that fails to break can land among the audience or on a special hazard when its tube stands 5
    degrees off and the wind is as strong as fireworks may be fired in, from any side. Remedy: as for FWK-003.

Quadratic drag as in planning, from the muzzle to the level of the mortar. The error of the mortar is that of
safety-and-physics section 2.5, the wind the rule pack's limit (10 m/s at least); the footprint is the hull of
all these landings. A footprint is looked at only where the farthest throw gets near.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from showeditor.kernels.ballistics import drag_per_m, fall_to_ground
from showeditor.kernels.descent import landings
from showeditor.kernels.fence import distances
from showeditor.model.air import growth, wind_at
from showeditor.model.arrays import Floats, Longs
from showeditor.model.finding import Finding
from showeditor.model.plan import ShotKind
from showeditor.model.venue import Wind, Zone
from showeditor.safety.case import Case, ring_of
from showeditor.safety.wording import listed

ERROR_DEG = 5.0
LIMIT_MPS = 10.0
SIDES = 12
SLACK_M = 15.0


def judge_duds(case: Case) -> Iterator[Finding]:
    """One finding per area and kind of circumstance, with every cue whose dud can land in it."""
    shots = case.plan.shots
    shells = np.flatnonzero(np.asarray(shots.kind) == ShotKind.SHELL)
    audience = case.zones("audience")
    if not len(shells) or not (audience or case.zones("special")):
        return
    k0 = drag_per_m(shots.mass_kg[shells], shots.diameter_m[shells], shots.drag[shells])
    if not np.isfinite(k0).all():
        raise ValueError("a shell without mass or diameter: its dud cannot be followed")
    winds = [Wind()] if case.plan.venue.wind.speed_mps == 0.0 else [Wind(), case.plan.venue.wind]
    told: set[tuple[str, int]] = set()
    for wind in winds:
        origin = shots.origin_m[shells]
        # the strongest wind on its way: that of the height it would break at
        top = origin[:, 2] + shots.height_m[shells]
        places, _, _ = fall_to_ground(origin, shots.muzzle_mps[shells], k0, wind_at(wind, top), origin[:, 2])
        if not np.isfinite(places).all():
            raise ValueError("the fall of a dud could not be followed to the ground")
        for zone in audience:
            inside = np.flatnonzero(distances(places, ring_of(zone)) <= 0.0)
            if len(inside):
                told |= {(zone.id, int(shots.cue[k])) for k in shells[inside]}
                yield _lands(case, shells[inside], places[inside], zone, wind)
    yield from _footprints(case, shells, k0, told)


def turned(direction: Floats, degrees: float, sides: int) -> Floats:
    """Directions (n, 3) turned away by an angle to so many sides: (n, sides, 3)."""
    unit = direction / np.linalg.norm(direction, axis=1)[:, None]
    other = np.where(np.abs(unit[:, 2:]) < 0.9, (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
    across = np.cross(unit, other)
    across /= np.linalg.norm(across, axis=1)[:, None]
    up = np.cross(across, unit)
    round_about = np.linspace(0.0, 2.0 * np.pi, sides, endpoint=False)[None, :, None]
    lean = np.cos(round_about) * across[:, None] + np.sin(round_about) * up[:, None]
    a = np.radians(degrees)
    speed = np.linalg.norm(direction, axis=1)[:, None, None]
    return np.asarray(speed * (np.cos(a) * unit[:, None] + np.sin(a) * lean))


def footprints(origin: Floats, muzzle: Floats, k0: Floats, wind_mps: float) -> Floats:
    """Landing places (n, m, 2) of duds: tube exact and off to all sides, in still air and in wind from all sides."""
    aims = np.concatenate([muzzle[:, None], turned(muzzle, ERROR_DEG, SIDES)], axis=1)
    turn = np.linspace(0.0, 2.0 * np.pi, SIDES, endpoint=False)
    winds = np.concatenate([np.zeros((1, 3)), wind_mps * np.stack([np.sin(turn), np.cos(turn), 0.0 * turn], axis=1)])
    n, a, w = len(origin), aims.shape[1], len(winds)
    shape = (n, a, w, 3)
    start = np.broadcast_to(origin[:, None, None], shape).reshape(-1, 3)
    launch = np.broadcast_to(aims[:, :, None], shape).reshape(-1, 3)
    wind = np.broadcast_to(winds[None, None], shape).reshape(-1, 3)
    places = landings(start, launch, np.repeat(k0, a * w), wind, start[:, 2])
    return places.reshape(n, a * w, 2)


def _farthest(muzzle: Floats, k0: Floats, wind_mps: float) -> Floats:
    """How far (n,) a dud is thrown at most: leaned on by the error, the wind from behind."""
    across = np.linalg.norm(muzzle[:, :2], axis=1)
    tilt = np.minimum(np.arctan2(across, muzzle[:, 2]) + np.radians(ERROR_DEG), np.radians(45.0))
    speed = np.linalg.norm(muzzle, axis=1)
    launch = np.stack([speed * np.sin(tilt), 0.0 * tilt, speed * np.cos(tilt)], axis=1)
    return landings(np.zeros_like(launch), launch, k0, (wind_mps, 0.0, 0.0), 0.0)[:, 0] + SLACK_M


def wind_limit(case: Case) -> float:
    """The wind (m/s) in which duds are judged: what the rule pack allows, and never less than LIMIT_MPS.

    A pack that stops the show earlier does not make the judgement softer.
    """
    return max(LIMIT_MPS, case.pack.wind_limit_mps() or 0.0)


def reaching(case: Case, shells: Longs, k0: Floats, zones: Sequence[Zone], wind: float) -> Iterator[tuple[Zone, Longs]]:
    """Zones with the rows of `shells` whose duds can land in them: tube off to any side, wind from any side.

    `wind` is measured 10 m up; duds are judged in what blows where the highest of the shells would break.
    """
    shots = case.plan.shots
    muzzle, origin = shots.muzzle_mps[shells], shots.origin_m[shells]
    wind *= float(growth(case.plan.venue.wind, (origin[:, 2] + shots.height_m[shells]).max(initial=0.0)))
    # shots of one kind from one tube share a footprint
    key = np.round(np.column_stack([origin, muzzle, 1e3 * k0]), 3)
    _, first, kind = np.unique(key, axis=0, return_index=True, return_inverse=True)
    kind = kind.reshape(-1)
    farthest = _farthest(muzzle[first], k0[first], wind)
    hulls: dict[int, BaseGeometry] = {}
    for zone in zones:
        area = Polygon(zone.ring)
        near = np.flatnonzero(distances(origin[first], ring_of(zone)) < farthest)
        fresh = [int(k) for k in near if int(k) not in hulls]
        if fresh:
            rows = first[fresh]
            for k, places in zip(fresh, footprints(origin[rows], muzzle[rows], k0[rows], wind), strict=True):
                hulls[k] = MultiPoint(places).convex_hull
        hit = [int(k) for k in near if hulls[int(k)].intersects(area)]
        if hit:
            yield zone, np.flatnonzero(np.isin(kind, hit))


def _footprints(case: Case, shells: Longs, k0: Floats, told: set[tuple[str, int]]) -> Iterator[Finding]:
    shots = case.plan.shots
    wind = max(wind_limit(case), case.plan.venue.wind.speed_mps)
    origin = shots.origin_m[shells]
    zones = (*case.zones("audience"), *case.zones("special"))
    for zone, rows in reaching(case, shells, k0, zones, wind):
        rows = rows[[(zone.id, int(shots.cue[shells[k]])) not in told for k in rows]]
        if len(rows):
            away = distances(origin[rows], ring_of(zone))
            nearest = int(away.argmin())
            yield _reaches(case, shells[rows], zone, wind, max(0.0, float(away[nearest])), int(shells[rows[nearest]]))


def _reaches(case: Case, shells: Longs, zone: Zone, wind: float, away: float, nearest: int) -> Finding:
    firing, shots = case.plan.firing, case.plan.shots
    ids = tuple(dict.fromkeys(firing.cue[int(shots.cue[k])] for k in shells))
    name = zone.name or zone.id
    x, y, z = (float(v) for v in shots.origin_m[nearest])
    what, what_zh = ("the audience", "观众区") if zone.kind == "audience" else ("the special hazard", "特殊危险源")
    return Finding(
        "FWK-010",
        "block",
        f"Duds of {len(ids)} cues can land in {what} ({name}) when the tube stands {ERROR_DEG:g} degrees off "
        f"in a wind of {wind:g} m/s, the nearest {away:.0f} m away: {listed(ids)}.",
        f"发射筒偏差 {ERROR_DEG:g} 度、风速 {wind:g} 米/秒时，{len(ids)} 个点火的哑弹可能落入{what_zh}（{name}），"
        f"最近处相距 {away:.0f} 米：{listed(ids)}。",
        int(shots.lift_us[shells].min()),
        int(shots.end_us[shells].max()),
        ids,
        away,
        None,
        "m",
        (x, y, z),
    )


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
