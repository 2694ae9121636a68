"""People beside what is aimed, leans, or bursts in its tube.

FWK-015 block: the audience stands within the cordon that the rule pack keeps free around firing positions from the
    set-up on. Remedy: move the position or the audience.
FWK-016 warn: a rack leans towards the audience. Remedy: turn it, or stand it upright.
FWK-017 block: comets, mines or candles are aimed so that what they throw comes down among the audience when the tube
    stands up to 5 degrees off. Remedy: turn the fan along the audience or away from it, or lean it less.
FWK-018 block: a shell that bursts in its tube throws its stars to the audience. Remedy: move the position back.
FWK-027 note: how far everybody but the crew must keep from the positions (the largest radius of all).

A shell that bursts in its tube throws as a mine of its calibre does; 0.8 m per mm is what the German table keeps from
mines of 75, 100 and 125 mm (https://www.stefan-goder.de/Sicherheitsabstaende.html). What comets and mines throw is
followed with quadratic drag in still air as if it did not burn up.
"""

import math
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from shapely.geometry import LineString, Polygon

from showeditor.kernels.ballistics import drag_per_m
from showeditor.kernels.descent import landings
from showeditor.kernels.fence import distances
from showeditor.model.finding import Finding
from showeditor.model.plan import ShotKind
from showeditor.model.venue import Vec3, Zone
from showeditor.safety.audience import ROUNDING_M, case_launches
from showeditor.safety.case import Case, ring_of
from showeditor.safety.duds import ERROR_DEG, SIDES, turned
from showeditor.safety.fallout import AUDIENCE_M
from showeditor.safety.wording import counted, listed

FLOWERPOT_PER_MM = 0.8
LEANS_DEG = 5.0
"""A rack that leans less stands upright within the error of a mortar."""
SIGHT_M = 1000.0


def judge_people(case: Case) -> Iterator[Finding]:
    """Findings per position and audience area."""
    if not len(case.plan.shots):
        return
    zones = case.zones("audience")
    if not all(Polygon(zone.ring).is_valid for zone in zones):
        # FWK-005 blocks the show already
        return
    for zone in zones:
        yield from _cordon(case, zone)
        yield from _leaning(case, zone)
        yield from _aimed(case, zone)
        yield from _flowerpots(case, zone)
    yield from _kept_free(case)


def _places(case: Case) -> dict[str, list[int]]:
    """Rows of the firing table by the position they are fired from."""
    found: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(case.plan.firing.position):
        found[name].append(row)
    return found


def _span(case: Case, rows: list[int]) -> tuple[int, int]:
    firing = case.plan.firing
    return int(firing.ignition_us[rows].min()), int(firing.end_us[rows].max())


def _cordon(case: Case, zone: Zone) -> Iterator[Finding]:
    radius = case.pack.cordon()
    if radius is None:
        return
    for name, rows in _places(case).items():
        away = np.maximum(0.0, distances(case.plan.firing.place_m[rows], ring_of(zone)))
        nearest = int(away.argmin())
        if away[nearest] + ROUNDING_M < radius:
            x, y, z = (float(v) for v in case.plan.firing.place_m[rows[nearest]])
            yield Finding(
                "FWK-015",
                "block",
                f"{name} stands {away[nearest]:.1f} m from the audience ({zone.name or zone.id}); {case.pack.title_en} "
                f"keeps {radius:g} m around it free from the set-up on.",
                f"{name} 距观众区（{zone.name or zone.id}）{away[nearest]:.1f} 米，“{case.pack.title_zh}”要求自布置起"
                f"保持 {radius:g} 米警戒范围。",
                *_span(case, rows),
                (name, zone.id),
                float(away[nearest]),
                radius,
                "m",
                (x, y, z),
            )


def _leaning(case: Case, zone: Zone) -> Iterator[Finding]:
    used = _places(case)
    area = Polygon(zone.ring)
    for position in case.plan.venue.positions:
        rows = used.get(position.name) or used.get(position.id)
        if not rows or position.tilt_deg <= LEANS_DEG:
            continue
        a, (x, y, _) = math.radians(position.heading_deg), position.at_m
        sight = LineString([(x, y), (x + SIGHT_M * math.sin(a), y + SIGHT_M * math.cos(a))])
        if sight.intersects(area):
            yield Finding(
                "FWK-016",
                "warn",
                f"The racks at {position.name} lean {position.tilt_deg:g} degrees towards the audience "
                f"({zone.name or zone.id}).",
                f"{position.name} 的炮架向观众区（{zone.name or zone.id}）倾斜 {position.tilt_deg:g} 度。",
                *_span(case, rows),
                (position.id, zone.id),
                position.tilt_deg,
                LEANS_DEG,
                "deg",
                position.at_m,
            )


def _aimed(case: Case, zone: Zone) -> Iterator[Finding]:
    shots = case.plan.shots
    rows = np.flatnonzero(np.asarray(shots.kind) != ShotKind.SHELL)
    # nothing without a speed is aimed at anybody
    rows = rows[np.linalg.norm(shots.muzzle_mps[rows], axis=1) > 0.1]
    if not len(rows):
        return
    k0 = drag_per_m(shots.mass_kg[rows], shots.diameter_m[rows], shots.drag[rows])
    unknown = ~np.isfinite(k0)
    # a body without mass flies as far as without air: never less than it does
    k0 = np.where(unknown, 1e-9, k0)
    muzzle, origin = shots.muzzle_mps[rows], shots.origin_m[rows]
    speed = np.linalg.norm(muzzle, axis=1)
    near = distances(origin, ring_of(zone)) < speed * speed / 9.81 + AUDIENCE_M
    if not near.any():
        return
    rows, k0, muzzle, origin = rows[near], k0[near], muzzle[near], origin[near]
    key = np.round(np.column_stack([origin, muzzle, 1e3 * k0]), 3)
    _, first, kind = np.unique(key, axis=0, return_index=True, return_inverse=True)
    aims = np.concatenate([muzzle[first][:, None], turned(muzzle[first], ERROR_DEG, SIDES)], axis=1)
    start = np.repeat(origin[first], aims.shape[1], axis=0)
    places = landings(start, aims.reshape(-1, 3), np.repeat(k0[first], aims.shape[1]), (0.0, 0.0, 0.0), start[:, 2])
    into = distances(places, ring_of(zone)).reshape(len(first), -1).min(axis=1)
    hit = np.flatnonzero(into[kind.reshape(-1)] < AUDIENCE_M)
    if len(hit):
        cues = list(dict.fromkeys(int(k) for k in shots.cue[rows[hit]]))
        ids = tuple(dict.fromkeys(case.plan.firing.cue[k] for k in cues))
        x, y, z = (float(v) for v in origin[hit[0]])
        yield Finding(
            "FWK-017",
            "block",
            f"The throw of {counted(len(ids), 'cue')} comes down at the audience ({zone.name or zone.id}): "
            f"{listed(ids)}.",
            f"{len(ids)} 个点火指向观众区（{zone.name or zone.id}），抛出物会落到观众处：{listed(ids)}。",
            *_span(case, cues),
            (*ids, zone.id),
            max(0.0, float(into.min())),
            AUDIENCE_M,
            "m",
            (x, y, z),
        )


def _flowerpots(case: Case, zone: Zone) -> Iterator[Finding]:
    shots = case.plan.shots
    shells = np.flatnonzero(np.asarray(shots.kind) == ShotKind.SHELL)
    if not len(shells):
        return
    reach = FLOWERPOT_PER_MM * np.asarray(shots.calibre_mm[shells], np.float64)
    away = np.maximum(0.0, distances(shots.origin_m[shells], ring_of(zone)))
    hit = np.flatnonzero(away + ROUNDING_M < reach)
    if not len(hit):
        return
    worst = int(hit[(away[hit] - reach[hit]).argmin()])
    cues = list(dict.fromkeys(int(k) for k in shots.cue[shells[hit]]))
    ids = tuple(dict.fromkeys(case.plan.firing.cue[k] for k in cues))
    x, y, z = (float(v) for v in shots.origin_m[shells[worst]])
    yield Finding(
        "FWK-018",
        "block",
        f"Shells of {counted(len(ids), 'cue')} throw their stars to the audience ({zone.name or zone.id}) if they "
        f"burst in the tube: {away[worst]:.1f} m away, {reach[worst]:.0f} m needed ({listed(ids)}).",
        f"{len(ids)} 个点火的礼花弹若炸筒，星体会抛到观众区（{zone.name or zone.id}）：距离 {away[worst]:.1f} 米，"
        f"需要 {reach[worst]:.0f} 米（{listed(ids)}）。",
        *_span(case, cues),
        (*ids, zone.id),
        float(away[worst]),
        float(reach[worst]),
        "m",
        (x, y, z),
    )


def case_place(case: Case, row: int) -> Vec3:
    """Where a row of the firing table is fired from."""
    x, y, z = (float(v) for v in case.plan.firing.place_m[row])
    return x, y, z


def _kept_free(case: Case) -> Iterator[Finding]:
    largest = 0.0
    who: list[int] = []
    for launch, cues in case_launches(case).items():
        wanted = case.pack.distance_m(launch.device, launch.calibre_mm, launch.height_m, launch.fallout_m)
        factor = case.pack.tilt_factor(launch.tilt_deg)
        if wanted is not None and factor is not None and wanted * factor > largest:
            largest, who = wanted * factor, cues
    if not who:
        return
    where = case.plan.firing.position[who[0]]
    yield Finding(
        "FWK-027",
        "note",
        f"Everybody but the crew keeps up to {largest:.0f} m away, most at {where} ({case.pack.title_en}).",
        f"除燃放人员外，须与燃放点保持最多 {largest:.0f} 米（{where}，“{case.pack.title_zh}”）。",
        ids=(case.plan.firing.cue[who[0]],),
        measured=largest,
        unit="m",
        place_m=case_place(case, who[0]),
    )
