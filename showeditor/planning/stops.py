"""The scenes of a flight as stops: where the formation's points and the parked drones are, and what is wrong there."""

import math
from dataclasses import dataclass
from functools import partial

import numpy as np

from showeditor.model.arrays import Floats, Longs
from showeditor.model.finding import Finding
from showeditor.model.limits import Limits
from showeditor.model.music import Music, moment_us
from showeditor.model.swarm import Flight, Formation, Scene
from showeditor.planning import swarm_complaints as complaints
from showeditor.planning.airfield import Airfield
from showeditor.planning.memory import content
from showeditor.planning.placing import world_places
from showeditor.planning.remembered import PARKINGS, spaced


@dataclass(frozen=True, slots=True)
class Stop:
    """A scene with its slots: the formation's shown points first, then parked drones."""

    scene: Scene
    formation: Formation
    point: Longs
    slots_m: Floats
    arrive_us: int


def stops_of(
    flight: Flight,
    field: Airfield,
    limits: Limits,
    formations: dict[str, Formation],
    music: Music | None,
    problems: list[Finding],
) -> list[Stop]:
    """The scenes of a flight in order of arrival; what is wrong with them is added to `problems`."""
    stops: list[Stop] = []
    timed = sorted(((moment_us(s.arrive, music), k, s) for k, s in enumerate(flight.scenes)), key=lambda t: t[:2])
    n = len(field.pads_m)
    for arrive_us, _, scene in timed:
        formation = formations.get(scene.formation)
        if formation is None:
            problems.append(complaints.no_formation(scene, arrive_us))
            continue
        m = len(formation.points)
        point = np.arange(m)
        if m > n:
            problems.append(complaints.too_many_places(formation, scene, field.fleet, arrive_us))
            point = np.arange(n) * m // n
        shown = world_places(formation.points.metres[point], scene.place)
        ground_m, deepest = min(0.0, field.fleet.grid.origin_m[2]), int(np.argmin(shown[:, 2]))
        if float(shown[deepest, 2]) < ground_m:
            x, y, z = (float(v) for v in shown[deepest])
            until_us = arrive_us + scene.hold_us
            problems.append(complaints.below_ground(scene, z, ground_m, arrive_us, until_us, (x, y, z)))
        spare, clear_m = n - len(point), math.sqrt(2.0) * limits.min_gap_m
        key = (content(shown), field.fleet, field.model, limits)
        parked, over = PARKINGS.recall(key, partial(field.parking, shown, spare, clear_m))
        if over:
            problems.append(complaints.park_full(field.fleet, scene, spare, over, arrive_us))
        slots = np.concatenate([shown, parked])
        stop = Stop(scene, formation, point, slots, arrive_us)
        gap, pair = spaced(slots)
        if gap < limits.min_gap_m - 1e-6:
            inside = max(pair) < len(point)
            what = f"formation {formation.id!r}" if inside else "the parking"
            what_zh = f"队形 {formation.id!r}" if inside else "停放区"
            x, y, z = (float(v) for v in slots[pair[0]])
            end_us = arrive_us + scene.hold_us
            problems.append(
                complaints.too_dense(what, what_zh, scene, gap, limits.min_gap_m, arrive_us, end_us, (x, y, z))
            )
        stops.append(stop)
    return stops
