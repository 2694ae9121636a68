"""Headings of drones: keys between which noses turn evenly, from the scenes' facings."""

from dataclasses import dataclass

import numpy as np

from showeditor.model.arrays import Floats, Longs
from showeditor.model.finding import Finding
from showeditor.model.plan import Drones
from showeditor.model.swarm import Fleet
from showeditor.planning import payload_complaints as complaints
from showeditor.planning.lights import Lit
from showeditor.planning.placing import world_places


@dataclass(frozen=True, slots=True)
class YawRows:
    """The heading columns of `model.plan.Drones`; `start` is [0] where nobody turns."""

    start: Longs
    t_us: Longs
    deg: Floats


def _targets(lit: Lit, places_m: Floats) -> Floats:
    """Compass headings (m,) that a scene asks of the drones at `places_m` (m, 3)."""
    facing = lit.scene.facing
    assert facing is not None
    if facing.toward == "heading":
        return np.full(len(places_m), facing.heading_deg)
    middle = 0.5 * (places_m.min(axis=0) + places_m.max(axis=0)) if facing.toward != "place" else np.array(facing.at_m)
    way = middle - places_m if facing.toward != "out" else places_m - middle
    return np.asarray(np.degrees(np.arctan2(way[:, 0], way[:, 1])))


def yaw_keys(
    fleet: Fleet, base: int, lit: list[Lit], rate_dps: float | None, problems: list[Finding]
) -> list[tuple[Longs, Longs, Floats]]:
    """Heading keys (drone, time, degrees) of a fleet whose first drone is row `base`; none when no scene turns them.

    `lit` are its scenes in time order. Noses rest on the grid's heading
    until a scene turns them; each turn takes the shorter way and all the time between two scenes.
    """
    if not any(one.scene.facing for one in lit):
        return []
    now = np.full(base + fleet.count, fleet.grid.heading_deg, np.float64)
    out: list[tuple[Longs, Longs, Floats]] = []
    free_us = 0
    for one in lit:
        facing = one.scene.facing
        begin = max(free_us, one.opens_us)
        free_us = one.ends_us
        if facing is None or not len(one.drone):
            continue
        if rate_dps is None:
            problems.append(complaints.no_turning(one.scene, fleet, one.arrive_us))
        wanted = _targets(one, world_places(one.formation.points.metres[one.point], one.scene.place))
        turn = (wanted - now[one.drone] + 180.0) % 360.0 - 180.0
        arrive = max(begin + 1, one.arrive_us)
        _complain(one, float(np.abs(turn).max()), begin, arrive, rate_dps, problems)
        _complain(one, abs(facing.spin_deg), arrive, one.ends_us, rate_dps, problems)
        ones = np.ones(len(one.drone), np.int64)
        out.append((one.drone, ones * begin, now[one.drone]))
        now[one.drone] += turn
        out.append((one.drone, ones * arrive, now[one.drone]))
        if facing.spin_deg and one.ends_us > arrive:
            now[one.drone] += facing.spin_deg
            out.append((one.drone, ones * one.ends_us, now[one.drone]))
    return out


def _complain(one: Lit, turn_deg: float, begin: int, end: int, rate_dps: float | None, problems: list[Finding]) -> None:
    if rate_dps is None or turn_deg < 1e-9:
        return
    rate = turn_deg / max(1e-6, (end - begin) * 1e-6)
    if rate > rate_dps * (1.0 + 1e-9):
        problems.append(complaints.turns_too_fast(one.scene, rate, rate_dps, turn_deg / rate_dps, begin, end))


def yaw_rows(n: int, keys: list[tuple[Longs, Longs, Floats]]) -> YawRows:
    """The heading columns of n drones; of two keys at one moment the later one counts."""
    if not keys:
        return YawRows(np.zeros(1, np.int64), np.zeros(0, np.int64), np.zeros(0))
    drone, t_us, deg = (np.concatenate([np.asarray(key[k]) for key in keys]) for k in range(3))
    order = np.lexsort((np.arange(len(drone)), t_us, drone))
    drone, t_us, deg = drone[order], t_us[order], deg[order]
    last = np.ones(len(drone), np.bool_)
    last[:-1] = (drone[1:] != drone[:-1]) | (t_us[1:] != t_us[:-1])
    start = np.concatenate([[0], np.cumsum(np.bincount(drone[last], minlength=n))])
    return YawRows(start, t_us[last], deg[last])


def headings(drones: Drones, rest_deg: Floats, who: Longs, when_us: Longs) -> Floats:
    """The compass heading of drone who[k] at when_us[k]; `rest_deg` (n,) is that of drones that never turn."""
    out = rest_deg[who].astype(np.float64)
    if len(drones.yaw_start) <= 1:
        return out
    order = np.argsort(who, kind="stable")
    edges = np.searchsorted(who[order], np.arange(len(drones) + 1))
    for drone in np.flatnonzero(np.diff(edges)).tolist():
        first, last = int(drones.yaw_start[drone]), int(drones.yaw_start[drone + 1])
        if last > first:
            mine = order[edges[drone] : edges[drone + 1]]
            out[mine] = np.interp(when_us[mine], drones.yaw_t_us[first:last], drones.yaw_deg[first:last])
    return out


def aimed(heading_deg: Floats, pitch_deg: Floats, yaw_deg: Floats) -> Floats:
    """Unit vectors (n, 3) of mountings under drones with these headings."""
    turn, lift = np.radians(heading_deg + yaw_deg), np.radians(pitch_deg)
    flat = np.where(np.abs(pitch_deg) >= 90.0, 0.0, np.cos(lift))
    return np.stack([flat * np.sin(turn), flat * np.cos(turn), np.sin(lift)], axis=1)
