"""Firing positions against buildings and special hazards.

FWK-002 block: a shot is fired inside a building, nearer to one than the rule pack allows, or nearer to a special hazard
    than the pack's multiple of the audience distance. Remedy: move the position.
FWK-008 warn: the venue has special hazards, but the rule pack has no figure for them. Remedy: choose another pack.
"""

from collections.abc import Iterator

from shapely.geometry import Point, Polygon

from showeditor.model.finding import Finding
from showeditor.model.venue import Zone
from showeditor.safety.audience import ROUNDING_M, Launch, case_launches
from showeditor.safety.case import Case
from showeditor.safety.wording import listed

KINDS_ZH = {"building": "建筑物", "special": "特殊危险源"}


def judge_sites(case: Case) -> Iterator[Finding]:
    """Violations per zone and kind of shot."""
    if not len(case.plan.shots):
        return
    shots = case_launches(case)
    for zone in case.zones("building"):
        yield from _judge(case, zone, shots, case.pack.building() or 0.0, None)
    factor = case.pack.special()
    for zone in case.zones("special"):
        if factor is None:
            yield _unknown(case, zone)
        yield from _judge(case, zone, shots, 0.0, factor)


def _judge(
    case: Case, zone: Zone, shots: dict[Launch, list[int]], least: float, factor: float | None
) -> Iterator[Finding]:
    area = Polygon(zone.ring)
    firing = case.plan.firing
    for launch, cues in shots.items():
        needed = least
        if factor is not None:
            needed = factor * (
                case.pack.distance_m(launch.device, launch.calibre_mm, launch.height_m, launch.fallout_m) or 0.0
            )
        distance = float(area.distance(Point(launch.place_m[:2])))
        inside = distance == 0.0
        if not inside and distance + ROUNDING_M >= needed:
            continue
        ids = tuple(dict.fromkeys(firing.cue[k] for k in cues))
        name, where = zone.name or zone.id, firing.position[cues[0]]
        kind = "building" if zone.kind == "building" else "special hazard"
        stands = "stands inside" if inside else f"stands {distance:.1f} m from"
        stands_zh = "位于" if inside else f"距 {distance:.1f} 米："
        yield Finding(
            "FWK-002",
            "block",
            f"A {launch.title()} at {where} {stands} the {kind} {name}; at least {needed:.1f} m are demanded "
            f"(cues {listed(ids)}).",
            f"{where} 的{launch.title_zh()}{stands_zh}{KINDS_ZH[zone.kind]}“{name}”{'内' if inside else ''}，"
            f"至少应相距 {needed:.1f} 米（点火 {listed(ids)}）。",
            int(min(firing.ignition_us[k] for k in cues)),
            int(max(firing.end_us[k] for k in cues)),
            (*ids, zone.id),
            distance,
            needed,
            "m",
            launch.place_m,
        )


def _unknown(case: Case, zone: Zone) -> Finding:
    name = zone.name or zone.id
    return Finding(
        "FWK-008",
        "warn",
        f"{case.pack.title_en} has no distance for the special hazard {name}; only shots inside it are found.",
        f"“{case.pack.title_zh}”没有特殊危险源“{name}”的距离要求，只检查是否位于其内。",
        ids=(zone.id,),
    )
