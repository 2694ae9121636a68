"""Drones that carry fireworks: what they may lift, how fast, in what wind and how long loaded.

PYR-006 block: a number that a carrier is judged by is not known: its load, what it may lift, its speeds loaded.
    Remedy: state it with its source in the drone model or in the load.
PYR-007 block: a loaded drone flies faster, or accelerates more, than it may with its load. Remedy: give the transition
    more time.
PYR-008 block: a drone carries more than it may, or more ignitions than it has. Remedy: a lighter load.
PYR-009 block: the venue's wind is stronger than a loaded drone may fly in. Remedy: wait, or plan for another wind.
PYR-010 block: a loaded drone is in the air longer than it may be. Remedy: shorten the flight.
PYR-021 note: wind or endurance of loaded drones that nobody states; not judged.
"""

from collections.abc import Iterator

import numpy as np

from showeditor.kernels.extremes import ACCEL, SPEED_DOWN, SPEED_UP, SPEED_XY
from showeditor.model.arrays import Floats, Longs
from showeditor.model.finding import Finding
from showeditor.safety.case import Case
from showeditor.safety.wording import listed, named

QUANTITIES = (
    ("max_speed_xy_mps", SPEED_XY, 0.005, "m/s", "fly sideways", "水平速度"),
    ("max_speed_up_mps", SPEED_UP, 0.005, "m/s", "rise", "上升速度"),
    ("max_speed_down_mps", SPEED_DOWN, 0.005, "m/s", "sink", "下降速度"),
    ("max_accel_mps2", ACCEL, 0.02, "m/s2", "accelerate", "加速度"),
)


def judge_carrying(case: Case) -> Iterator[Finding]:
    """One finding per quantity, worst drone first."""
    carriers = case.plan.carriers
    if not len(carriers):
        return
    drone = np.asarray(carriers.drone, np.int64)
    needed = ("payload_kg", "max_payload_kg", *(name for name, *_ in QUANTITIES))
    columns = {name: np.asarray(getattr(carriers, name), np.float64) for name in needed}
    unknown = ~np.logical_and.reduce([column >= 0.0 for column in columns.values()])
    if unknown.any():
        names = case.names([int(k) for k in drone[unknown]])
        yield Finding(
            "PYR-006",
            "block",
            f"Nobody states the load, the lift or the loaded speeds of {named(names, 'drone')}.",
            f"{len(names)} 架无人机（{listed(names)}）的载荷、最大载荷或载荷飞行限值未给出。",
            ids=names,
        )
    worst = case.extremes[0][drone]
    for name, column, rounding, unit, verb, zh in QUANTITIES:
        limit = columns[name]
        rows = np.flatnonzero((limit >= 0.0) & (worst[:, column] > limit + rounding))
        yield from _over(case, "PYR-007", rows, worst[:, column], limit, unit, f"{verb} at", zh)
    heavy = np.flatnonzero(
        (columns["max_payload_kg"] >= 0.0) & (columns["payload_kg"] > columns["max_payload_kg"] + 1e-6)
    )
    yield from _over(case, "PYR-008", heavy, columns["payload_kg"], columns["max_payload_kg"], "kg", "carry", "载荷")
    yield from _channels(case)
    wind = np.full(len(drone), case.plan.venue.wind.speed_mps)
    most = np.asarray(carriers.max_wind_mps, np.float64)
    blown = np.flatnonzero((most >= 0.0) & (wind > most))
    yield from _over(case, "PYR-009", blown, wind, most, "m/s", "fly in a wind of", "风速")
    airtime = np.asarray((case.plan.drones.on_us - case.plan.drones.off_us)[drone] * 1e-6, np.float64)
    lasts = np.asarray(carriers.endurance_s, np.float64)
    tired = np.flatnonzero((lasts >= 0.0) & (airtime > lasts))
    yield from _over(case, "PYR-010", tired, airtime, lasts, "s", "stay up for", "滞空")
    silent = int(((most < 0.0) | (lasts < 0.0)).sum())
    if silent:
        yield Finding(
            "PYR-021",
            "note",
            f"Nobody states the wind or the endurance of {silent} loaded drones: not judged.",
            f"{silent} 架载药无人机未给出抗风或续航数据，未作判断。",
        )


def _over(
    case: Case, code: str, rows: Longs, value: Floats, limit: Floats, unit: str, verb: str, zh: str
) -> Iterator[Finding]:
    if not len(rows):
        return
    rows = rows[np.argsort((limit - value)[rows], kind="stable")]
    first = int(rows[0])
    drones = np.asarray(case.plan.carriers.drone, np.int64)[rows]
    names = case.names([int(k) for k in drones])
    yield Finding(
        code,
        "block",
        f"Loaded, {named(names, 'drone')} would {verb} {value[first]:.2f} {unit}; with the load "
        f"{limit[first]:g} {unit} is the limit.",
        f"{len(names)} 架载药无人机（{listed(names)}）{zh} {value[first]:.2f}，载荷状态下限值为 {limit[first]:g}。",
        int(case.plan.drones.off_us[drones].min()),
        int(case.plan.drones.on_us[drones].max()),
        names,
        float(value[first]),
        float(limit[first]),
        unit,
    )


def _channels(case: Case) -> Iterator[Finding]:
    carriers, lit = case.plan.carriers, case.plan.ignitions
    has = dict(zip((int(k) for k in carriers.drone), (int(k) for k in carriers.channels), strict=True))
    drones = np.asarray(lit.drone, np.int64)
    most = np.array([has.get(int(k), 0) for k in drones], np.int64)
    rows = np.flatnonzero((most > 0) & (np.asarray(lit.channel, np.int64) > most))
    # one channel is one ignition
    seen: set[tuple[int, int]] = set()
    twice = []
    for k, pair in enumerate(zip((int(d) for d in drones), (int(c) for c in lit.channel), strict=True)):
        if pair in seen:
            twice.append(k)
        seen.add(pair)
    bad = np.union1d(rows, np.array(twice, np.int64)).astype(np.int64)
    if len(bad):
        names = case.names(list(dict.fromkeys(int(k) for k in drones[bad])))
        yield Finding(
            "PYR-008",
            "block",
            f"A channel that {named(names, 'drone')} would light does not exist, or is lit twice.",
            f"{len(names)} 架无人机（{listed(names)}）使用了不存在的通道，或同一通道点火两次。",
            int(lit.ignition_us[bad].min()),
            int(lit.ignition_us[bad].max()),
            names,
        )
