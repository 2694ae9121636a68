"""Distance of every shot to the audience, by calibre and tilt, from the rule pack.

FWK-001 block: a shot is fired nearer to the audience than the rule pack demands for its calibre (in the direction of
    its tilt: more). Remedy: move the position back, fire a smaller calibre, or stand the tube upright.
FWK-004 block: the rule pack has no distance for this device or calibre (or its table was never loaded). Remedy: load
    the official table, choose another pack, or take the cue out.
FWK-005 block: fireworks are fired, but the venue has no audience area to measure from. Remedy: draw the audience.
FWK-006 warn: a firing file from elsewhere does not say what is fired from where; distances were not checked.
    Remedy: check them by hand, or rebuild the show here.
FWK-007 block: a shot leans farther than the rule pack allows without an individual assessment. Remedy: lean it less.
FWK-020 note: the shot with the least margin to the audience.

The distance is measured on the ground from the tube to the edge of the audience polygon; inside it is 0.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from shapely.geometry import Point, Polygon

from showeditor.kernels.ballistics import bearings
from showeditor.model.arrays import Floats
from showeditor.model.finding import Finding
from showeditor.model.plan import Firing, ShotKind, Shots
from showeditor.model.times import clock
from showeditor.model.venue import Vec3
from showeditor.safety.case import Case
from showeditor.safety.packs import Device
from showeditor.safety.wording import listed

DEVICES: dict[int, Device] = {
    ShotKind.SHELL: "shell",
    ShotKind.COMET: "comet",
    ShotKind.MINE: "mine",
    ShotKind.OTHER: "other",
}
DEVICES_ZH = {"shell": "礼花弹", "comet": "彗星", "mine": "花束", "other": "其他烟花"}

FAR_M = 20_000.0

ROUNDING_M = 0.01


@dataclass(frozen=True, slots=True)
class Launch:
    """One kind of shot from one place: what distances depend on."""

    device: Device
    calibre_mm: float
    height_m: float
    place_m: Vec3
    azimuth_deg: float
    tilt_deg: float
    fallout_m: float | None = None

    def title(self) -> str:
        """`75 mm shell`."""
        return f"{self.calibre_mm:g} mm {self.device}" if self.calibre_mm else str(self.device)

    def title_zh(self) -> str:
        """The same in Chinese."""
        return f"{self.calibre_mm:g} 毫米{DEVICES_ZH[self.device]}" if self.calibre_mm else DEVICES_ZH[self.device]


def case_launches(case: Case) -> dict[Launch, list[int]]:
    """The launches of a plan; with how far they throw burning matter where the rule pack asks for it."""
    return launches(case.plan.firing, case.plan.shots, case.fallout_m if case.pack.asks_fallout() else None)


def launches(firing: Firing, shots: Shots, fallout_m: Floats | None = None) -> dict[Launch, list[int]]:
    """Different launches and the cues (rows of the firing table) that make them."""
    azimuth, tilt = bearings(shots.muzzle_mps)
    found: dict[Launch, list[int]] = {}
    for k in range(len(shots)):
        x, y, z = (round(float(v), 3) for v in shots.origin_m[k])
        launch = Launch(
            DEVICES[int(shots.kind[k])],
            round(float(shots.calibre_mm[k]), 1),
            round(float(shots.height_m[k]), 1),
            (x, y, z),
            round(float(azimuth[k]), 1),
            round(float(tilt[k]), 1),
            None if fallout_m is None or not fallout_m[k] >= 0.0 else round(float(fallout_m[k]), 1),
        )
        cues = found.setdefault(launch, [])
        if not cues or cues[-1] != shots.cue[k]:
            cues.append(int(shots.cue[k]))
    return found


def judge_audience(case: Case) -> Iterator[Finding]:
    """Violations grouped by kind of shot and position, nearest first, and the least margin."""
    plan = case.plan
    if not len(plan.firing):
        return
    zones = case.zones("audience")
    if not len(plan.shots):
        yield _unplaced(case)
        return
    if not zones:
        yield _undrawn(case)
        return
    areas = [Polygon(zone.ring) for zone in zones]
    for zone, area in zip(zones, areas, strict=True):
        if not area.is_valid:
            yield _crossed(zone.id)
            return
    least: tuple[float, float, float, Launch, list[int], str] | None = None
    violations: list[tuple[float, Finding]] = []
    for launch, cues in case_launches(case).items():
        wanted = case.pack.distance_m(launch.device, launch.calibre_mm, launch.height_m, launch.fallout_m)
        factor = case.pack.tilt_factor(launch.tilt_deg)
        if wanted is None:
            yield _unknown(case, launch, cues)
            continue
        if factor is None:
            yield _too_tilted(case, launch, cues)
            continue
        for zone, area in zip(zones, areas, strict=True):
            for distance, needed in _measures(launch, area, wanted, factor):
                if distance + ROUNDING_M < needed:
                    name = zone.name or zone.id
                    violations.append((distance - needed, _violation(case, launch, cues, distance, needed, name)))
                if least is None or distance - needed < least[0]:
                    least = (distance - needed, distance, needed, launch, cues, zone.name or zone.id)
    violations.sort(key=lambda pair: pair[0])
    yield from (finding for _, finding in violations)
    if least is not None:
        yield _least(case, *least[1:])


def _measures(launch: Launch, area: Polygon, wanted: float, factor: float) -> Iterator[tuple[float, float]]:
    """Distance and what is needed: to the whole area, and to the part of it in the direction of the tilt."""
    x, y, _ = launch.place_m
    here = Point(x, y)
    yield float(area.distance(here)), wanted
    if factor > 1.0:
        a = math.radians(launch.azimuth_deg)
        east, north = math.sin(a) * FAR_M, math.cos(a) * FAR_M
        half = Polygon(
            [(x - north, y + east), (x - north + east, y + east + north), (x + north + east, y - east + north),
             (x + north, y - east)]
        )  # fmt: skip
        ahead = area.intersection(half)
        if not ahead.is_empty:
            yield float(ahead.distance(here)), wanted * factor


def _times(case: Case, cues: list[int]) -> tuple[int, int]:
    firing = case.plan.firing
    return int(min(firing.ignition_us[k] for k in cues)), int(max(firing.end_us[k] for k in cues))


def _ids(case: Case, cues: list[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(case.plan.firing.cue[k] for k in cues))


def _where(case: Case, cues: list[int]) -> str:
    return case.plan.firing.position[cues[0]]


def _violation(case: Case, launch: Launch, cues: list[int], distance: float, needed: float, area: str) -> Finding:
    t0, t1 = _times(case, cues)
    ids, where = _ids(case, cues), _where(case, cues)
    # no rounding may make a violation look like none
    shown = math.floor(distance * 10) / 10
    return Finding(
        "FWK-001",
        "block",
        f"A {launch.title()} at {where} stands {shown:.1f} m from the audience ({area}); {case.pack.title_en} demands "
        f"{math.ceil(needed * 10) / 10:.1f} m (tilt {launch.tilt_deg:.0f} degrees; cues {listed(ids)}).",
        f"{where} 的{launch.title_zh()}距观众区（{area}）{shown:.1f} 米，“{case.pack.title_zh}”要求 "
        f"{math.ceil(needed * 10) / 10:.1f} 米（倾角 {launch.tilt_deg:.0f} 度；点火 {listed(ids)}）。",
        t0,
        t1,
        ids,
        distance,
        needed,
        "m",
        launch.place_m,
    )


def _unknown(case: Case, launch: Launch, cues: list[int]) -> Finding:
    t0, t1 = _times(case, cues)
    ids = _ids(case, cues)
    row = case.pack.row(launch.device, launch.calibre_mm, launch.height_m)
    why = f" ({row.source})" if row is not None else ""
    return Finding(
        "FWK-004",
        "block",
        f"{case.pack.title_en} has no distance for a {launch.title()}{why}: cues {listed(ids)}.",
        f"“{case.pack.title_zh}”没有{launch.title_zh()}的安全距离：点火 {listed(ids)}。",
        t0,
        t1,
        ids,
        place_m=launch.place_m,
    )


def _too_tilted(case: Case, launch: Launch, cues: list[int]) -> Finding:
    t0, t1 = _times(case, cues)
    ids = _ids(case, cues)
    most = case.pack.most_tilt_deg() or 0.0
    return Finding(
        "FWK-007",
        "block",
        f"A {launch.title()} leans {launch.tilt_deg:.0f} degrees; beyond {most:g} degrees {case.pack.title_en} demands "
        f"an individual assessment: cues {listed(ids)}.",
        f"{launch.title_zh()}倾角 {launch.tilt_deg:.0f} 度；超过 {most:g} 度时“{case.pack.title_zh}”要求单独评估："
        f"点火 {listed(ids)}。",
        t0,
        t1,
        ids,
        launch.tilt_deg,
        most,
        "deg",
        launch.place_m,
    )


def _unplaced(case: Case) -> Finding:
    ids = tuple(dict.fromkeys(case.plan.firing.cue))
    return Finding(
        "FWK-006",
        "warn",
        f"The file does not say what its {len(ids)} cues fire from where: distances to the audience were not checked.",
        f"文件没有说明 {len(ids)} 个点火的器材与位置：未检查与观众的距离。",
        ids=ids,
    )


def _undrawn(case: Case) -> Finding:
    ids = tuple(dict.fromkeys(case.plan.firing.cue))
    return Finding(
        "FWK-005",
        "block",
        f"The venue has no audience area: the distances of {len(ids)} cues cannot be checked. Draw the audience.",
        f"场地没有观众区：无法检查 {len(ids)} 个点火的安全距离。请先画出观众区。",
        ids=ids,
    )


def _crossed(zone: str) -> Finding:
    return Finding(
        "FWK-005",
        "block",
        f"The audience area {zone} crosses itself: distances cannot be measured from it. Draw it anew.",
        f"观众区 {zone} 的边界自相交，无法据此测量距离。请重新绘制。",
        ids=(zone,),
    )


def _least(case: Case, distance: float, needed: float, launch: Launch, cues: list[int], area: str) -> Finding:
    ids, where = _ids(case, cues), _where(case, cues)
    t0 = _times(case, cues)[0]
    return Finding(
        "FWK-020",
        "note",
        f"Least margin to the audience ({area}): {launch.title()} at {where}, {distance:.1f} m where "
        f"{needed:.1f} m are demanded by {case.pack.title_en}, first at {clock(t0, 1)}.",
        f"与观众区（{area}）余量最小：{where} 的{launch.title_zh()}，距离 {distance:.1f} 米，"
        f"“{case.pack.title_zh}”要求 {needed:.1f} 米，首次在 {clock(t0, 1)}。",
        t0,
        t0,
        ids,
        distance,
        needed,
        "m",
        launch.place_m,
    )
