"""What the rules measure with, as wire figures of a plan: distances, dud footprints, keep-outs, sparks, landings.

Nothing is judged here. The numbers are those of the rules: what is drawn is what is measured.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import union_all
from shapely.geometry import MultiPoint, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from showeditor.kernels.ballistics import drag_per_m
from showeditor.kernels.intrusion import Spheres
from showeditor.kernels.paths import Paths
from showeditor.kernels.whereabouts import places
from showeditor.model.air import growth
from showeditor.model.arrays import Floats, Longs, frozen
from showeditor.model.plan import Bursts, Plan, ShotKind, Shots
from showeditor.safety.audience import case_launches
from showeditor.safety.case import Case
from showeditor.safety.duds import footprints, wind_limit
from showeditor.safety.figures import balls, circle, cones, edges, joined, tubes
from showeditor.safety.hazards import Part, hazards
from showeditor.safety.packs import load_pack
from showeditor.safety.scatter import LEVELS, Scatter

ABOVE_M = 0.3
"""Lines on the ground are drawn so much above it."""

KINDS = ("duds", "debris", "drones")


def case_of(plan: Plan) -> Case:
    """The plan under its own limits and rule pack; raises BadInput for a pack that cannot be read."""
    return Case(plan, plan.limits, load_pack(plan.rules))


def paths_of(plan: Plan) -> Paths:
    """The drones' paths as kernels take them."""
    d = plan.drones
    return Paths(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m)


def distance_circles(plan: Plan) -> Floats:
    """Circles of what the rule pack keeps from the audience, one per place and distance; more on the side of a tilt.

    Devices for which the pack has no distance have no circle.
    """
    case = case_of(plan)
    wanted: set[tuple[tuple[float, float, float], float, float | None]] = set()
    for launch in case_launches(case):
        distance = case.pack.distance_m(launch.device, launch.calibre_mm, launch.height_m, launch.fallout_m)
        if distance is None or distance <= 0.0:
            continue
        wanted.add((launch.place_m, round(distance, 2), None))
        factor = case.pack.tilt_factor(launch.tilt_deg) or 1.0
        if factor > 1.0:
            wanted.add((launch.place_m, round(distance * factor, 2), round(launch.azimuth_deg)))
    order = sorted(wanted, key=lambda row: (row[0], row[1], -1.0 if row[2] is None else row[2]))
    return joined(circle((place[0], place[1], place[2] + ABOVE_M), radius, towards) for place, radius, towards in order)


def dud_areas(plan: Plan) -> tuple[tuple[float, BaseGeometry], ...]:
    """Height and area in which the duds of each firing place can land: tube off to any side, any wind up to the limit.

    Raises ValueError for a shell without mass or diameter.
    """
    shots = plan.shots
    shells = np.flatnonzero(np.asarray(shots.kind) == ShotKind.SHELL)
    if not len(shells):
        return ()
    k0 = drag_per_m(shots.mass_kg[shells], shots.diameter_m[shells], shots.drag[shells])
    if not np.isfinite(k0).all():
        raise ValueError("a shell without mass or diameter: its dud cannot be followed")
    origin, muzzle = shots.origin_m[shells], shots.muzzle_mps[shells]
    wind = max(wind_limit(case_of(plan)), plan.venue.wind.speed_mps)
    wind *= float(growth(plan.venue.wind, (origin[:, 2] + shots.height_m[shells]).max(initial=0.0)))
    key = np.round(np.column_stack([origin, muzzle, 1e3 * k0]), 3)
    _, first = np.unique(key, axis=0, return_index=True)
    by_place: dict[tuple[float, float, float], list[BaseGeometry]] = defaultdict(list)
    for row, spots in zip(first, footprints(origin[first], muzzle[first], k0[first], wind), strict=True):
        x, y, z = (round(float(v), 1) for v in origin[row])
        by_place[x, y, z].append(MultiPoint(spots).convex_hull)
    return tuple((place[2], union_all(hulls)) for place, hulls in sorted(by_place.items()))


def dud_outlines(plan: Plan) -> Floats:
    """The edges of `dud_areas` on the level of their mortars."""
    return joined(edges(_polygons(area), height + ABOVE_M) for height, area in dud_areas(plan))


def _polygons(area: BaseGeometry) -> list[Polygon]:
    parts = area.geoms if isinstance(area, MultiPolygon) else [area]
    return [part for part in parts if isinstance(part, Polygon)]


def narrowed(plan: Plan, rows: Longs) -> Plan:
    """The plan with only these shots and what is seen of them."""
    bursts = plan.bursts
    keep = np.flatnonzero(np.isin(bursts.shot, rows)) if len(bursts) else np.empty(0, np.int64)
    new_row = np.full(len(plan.shots), -1, np.int32)
    new_row[rows] = np.arange(len(rows))
    columns = {f.name: _rows(getattr(bursts, f.name), keep) for f in fields(Bursts)}
    columns["shot"] = frozen(new_row[bursts.shot[keep]], np.int32, (None,))
    shots = Shots(**{f.name: _rows(getattr(plan.shots, f.name), rows) for f in fields(Shots)})
    return replace(plan, shots=shots, bursts=Bursts(**columns))


def _rows(column: NDArray[Any], rows: Longs) -> NDArray[Any]:
    picked = column[rows]
    picked.flags.writeable = False
    return picked


def shots_of(plan: Plan, cues: frozenset[str], most: int) -> Longs:
    """Rows of the shots of cues with these ids, the first `most` of them."""
    named = np.array([name in cues for name in plan.firing.cue], np.bool_)
    if not named.any() or not len(plan.shots):
        return np.empty(0, np.int64)
    return np.flatnonzero(named[plan.shots.cue])[:most]


@dataclass(frozen=True, slots=True)
class KeepOuts:
    """The keep-outs of some shots: `whole` by kind over all their time, as line ends, and the spheres they are of."""

    spheres: Spheres
    whole: dict[Part, Floats]

    def only(self, part: Part) -> "KeepOuts":
        """Those of one kind."""
        rows = self.spheres.owner % 4 == part
        spheres = Spheres(*(column[rows] for column in self.spheres))
        return KeepOuts(spheres, {kind: lines for kind, lines in self.whole.items() if kind == part})

    def holding(self, t_us: int) -> dict[Part, Floats]:
        """What keeps drones out at a moment, by kind: the balls that hold then."""
        s = self.spheres
        now = np.flatnonzero((s.t0 <= t_us) & (t_us < s.t1))
        share = (t_us - s.t0[now]) / (s.t1[now] - s.t0[now])
        centre = s.start[now] + share[:, None] * (s.end[now] - s.start[now])
        part = s.owner[now] % 4
        return {kind: balls(centre[part == kind], s.radius[now][part == kind]) for kind in Part if (part == kind).any()}

    def clearance(self, place_m: Floats, t_us: int) -> Floats:
        """How far (n,) places (n, 3) are outside all that holds at a moment, m; negative inside, else infinite."""
        s = self.spheres
        now = np.flatnonzero((s.t0 <= t_us) & (t_us < s.t1))
        share = (t_us - s.t0[now]) / (s.t1[now] - s.t0[now])
        centre = s.start[now] + share[:, None] * (s.end[now] - s.start[now])
        away = np.linalg.norm(place_m[:, None] - centre[None], axis=2) - s.radius[now]
        return np.asarray(away.min(axis=1, initial=np.inf))


def keep_outs(plan: Plan, shots: Longs) -> KeepOuts:
    """The keep-outs of these shots: rise tube, burst ball, fall of stars, dud path; as `hazards` has them."""
    spheres = hazards(narrowed(plan, shots)).spheres
    part = spheres.owner % 4
    whole: dict[Part, Floats] = {}
    for kind in Part:
        rows = np.flatnonzero(part == kind)
        if not len(rows):
            continue
        if kind == Part.BURST:
            whole[kind] = balls(spheres.start[rows], spheres.radius[rows], 32)
        elif kind == Part.FALL:
            whole[kind] = _column(spheres, rows)
        else:
            whole[kind] = tubes(spheres.start[rows], spheres.end[rows], spheres.radius[rows])
    return KeepOuts(spheres, whole)


def _column(spheres: Spheres, rows: Longs) -> Floats:
    """Of every shot the ball of its last burning stars, and the way there."""
    rows = rows[np.lexsort((spheres.t1[rows], spheres.owner[rows]))]
    fresh = np.flatnonzero(np.diff(spheres.owner[rows], prepend=-1))
    last = rows[np.append(fresh[1:], len(rows)) - 1]
    way = np.stack([spheres.start[rows[fresh]], spheres.end[last]], axis=1).reshape(-1, 3)
    return joined((balls(spheres.end[last], spheres.radius[last], 32), way))


def spark_cones(plan: Plan, t_us: int) -> Floats:
    """The sparks under drones at a moment: the cone of each burning charge, and below each that is lit its fall."""
    lit = plan.ignitions
    now = np.flatnonzero((lit.ignition_us <= t_us) & (t_us < lit.dark_us))
    if not len(now):
        return np.zeros((0, 3))
    moment = np.minimum(t_us, lit.burnt_us[now])
    here = places(paths_of(plan), lit.drone[now].astype(np.int64), moment)
    half, reach = lit.cone_deg[now].astype(np.float64), lit.reach_m[now].astype(np.float64)
    burning = t_us < lit.burnt_us[now]
    drawn = cones(here[burning], lit.direction[now][burning], half[burning], reach[burning])
    low = here - np.stack([0.0 * reach, 0.0 * reach, lit.fall_m[now].astype(np.float64)], axis=1)
    wide = reach * np.where(half >= 90.0, 1.0, np.sin(np.radians(np.minimum(half, 90.0))))
    return joined((drawn, tubes(here, low, np.maximum(wide, 0.1))))


def closed(areas: Sequence[Polygon], by_m: float) -> list[Polygon]:
    """Areas with the gaps closed that are narrower than twice this."""
    if not areas:
        return []
    whole = union_all(list(areas))
    return _polygons(whole.buffer(by_m, quad_segs=3).buffer(-by_m, quad_segs=3).union(whole))


def landing_edges(found: Scatter, height_m: float = 0.0) -> dict[tuple[str, float], Floats]:
    """Edges of the areas that hold 50, 95 and 99.9 % of what comes down, by kind and share.

    Gaps of up to four cells, which only come from few trials, are closed: an area holds its share or a little more.
    """
    out: dict[tuple[str, float], Floats] = {}
    for kind in KINDS:
        density = getattr(found, kind)
        for share in LEVELS:
            out[kind, share] = edges(closed(density.contour(share), 2.0 * density.cell_m), height_m + ABOVE_M)
    return out
