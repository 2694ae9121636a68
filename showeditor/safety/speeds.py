"""Speed, acceleration and height of drones, from the derivatives of their polynomials.

DRN-002 block: drones fly sideways faster than their model may. Remedy: give the transition more time.
DRN-003 block: drones rise faster than their model may. Remedy: give the transition more time, or place it lower.
DRN-004 block: drones sink faster than their model may. Remedy: give the transition or the landing more time.
DRN-005 block: drones accelerate more than their model may. Where a sampled path has a kink, the jump of velocity is
    spread over half the time of its neighbours, at most 0.5 s. Remedy: give the transition more time.
DRN-006 block: drones fly higher than allowed above the surveyed origin (or above their pad, where that lies lower).
    Remedy: place the formation lower.
DRN-030 block: drones jerk (change their acceleration) more than their model may. Where pieces of a path meet, a jump of
    acceleration is spread as one of velocity is. Remedy: give the transition more time, or ease it in and out.
DRN-021 note: the highest speeds, acceleration, jerk and height of the show.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from showeditor.kernels.extremes import ACCEL, HEIGHT, JERK, SPEED_DOWN, SPEED_UP, SPEED_XY, excesses
from showeditor.model.arrays import Floats, Longs
from showeditor.model.finding import Finding
from showeditor.model.times import clock
from showeditor.safety.case import Case
from showeditor.safety.wording import listed

TOGETHER_US = 500_000
"""Violations of several drones with smaller pauses between them are one finding."""

LISTED = 100


@dataclass(frozen=True, slots=True)
class _Quantity:
    code: str
    column: int
    field: str
    unit: str
    rounding: float
    en: str
    zh: str


QUANTITIES = (
    _Quantity("DRN-002", SPEED_XY, "max_speed_xy_mps", "m/s", 0.005, "fly sideways at {} m/s", "水平速度达 {} 米/秒"),
    _Quantity("DRN-003", SPEED_UP, "max_speed_up_mps", "m/s", 0.005, "rise at {} m/s", "上升速度达 {} 米/秒"),
    _Quantity("DRN-004", SPEED_DOWN, "max_speed_down_mps", "m/s", 0.005, "sink at {} m/s", "下降速度达 {} 米/秒"),
    _Quantity("DRN-005", ACCEL, "max_accel_mps2", "m/s2", 0.02, "accelerate at {} m/s2", "加速度达 {} 米/秒²"),
    _Quantity("DRN-030", JERK, "max_jerk_mps3", "m/s3", 0.05, "jerk at {} m/s3", "加加速度达 {} 米/秒³"),
    _Quantity("DRN-006", HEIGHT, "max_altitude_m", "m", 0.005, "fly at a height of {} m", "飞行高度达 {} 米"),
)
"""`rounding`: what the resolution of drone files (1 mm) may add; an excess below it is none."""


def judge_speeds(case: Case) -> Iterator[Finding]:
    """Excesses grouped by quantity and time, worst drone first, and the show's extremes."""
    if not len(case.plan.drones):
        return
    worst, when = case.extremes
    # height above the lower of origin and pad
    lowered = np.minimum(0.0, np.where(case.grounded, case.pads[:, 2], 0.0))
    for quantity in QUANTITIES:
        stated = getattr(case.limits, quantity.field)
        if stated is None:
            continue
        limit = float(stated)
        base = lowered if quantity.column == HEIGHT else np.zeros(len(lowered))
        over = np.flatnonzero(worst[:, quantity.column] - base > limit + quantity.rounding)
        yield from _groups(case, quantity, limit, over, base)
    yield _highest(case, worst, when)


def _groups(case: Case, quantity: _Quantity, limit: float, over: Longs, base: Floats) -> Iterator[Finding]:
    rows: list[tuple[int, int, float, int]] = []
    for i in over:
        bound = limit + float(base[i]) + quantity.rounding
        spans, values = excesses(case.paths, int(i), quantity.column, bound)
        rows += [(int(a), int(b), float(v - base[i]), int(i)) for (a, b), v in zip(spans, values, strict=True)]
    rows.sort()
    groups: list[list[tuple[int, int, float, int]]] = []
    end = 0
    for row in rows:
        if groups and row[0] <= end + TOGETHER_US:
            groups[-1].append(row)
            end = max(end, row[1])
        else:
            groups.append([row])
            end = row[1]
    groups.sort(key=lambda group: -max(row[2] for row in group))
    for k, group in enumerate(groups[:LISTED]):
        hidden = len(groups) - LISTED if k == LISTED - 1 and len(groups) > LISTED else 0
        yield _group(case, quantity, limit, group, hidden)


def _group(
    case: Case, quantity: _Quantity, limit: float, group: list[tuple[int, int, float, int]], hidden: int
) -> Finding:
    worst: dict[int, float] = {}
    for _, _, value, i in group:
        worst[i] = max(value, worst.get(i, 0.0))
    order = sorted(worst, key=lambda i: (-worst[i], i))
    peak = max(group, key=lambda row: row[2])
    t0, t1 = min(row[0] for row in group), max(row[1] for row in group)
    names = case.names(order)
    shown = f"{peak[2]:.2f}"
    more = f" There are {hidden} more such times." if hidden else ""
    more_zh = f"另有 {hidden} 处未列出。" if hidden else ""
    who = f"Drone {names[0]}" if len(names) == 1 else f"{len(names)} drones ({listed(names)})"
    verb = quantity.en.format(shown)
    if len(names) == 1:
        first, _, rest = verb.partition(" ")
        verb = f"{'flies' if first == 'fly' else first + 's'} {rest}"
    return Finding(
        quantity.code,
        "block",
        f"{who} {verb} at {clock(peak[0], 1)}; the limit is {limit:g} {quantity.unit}.{more}",
        f"{len(names)} 架无人机（{listed(names)}）在 {clock(peak[0], 1)} {quantity.zh.format(shown)}，"
        f"限值为 {limit:g}。{more_zh}",
        t0,
        t1,
        names,
        peak[2],
        limit,
        quantity.unit,
        case.place(peak[3], (peak[0] + peak[1]) // 2),
    )


def _highest(case: Case, worst: Floats, when: Longs) -> Finding:
    top = worst.max(axis=0)
    at = int(when[int(worst[:, HEIGHT].argmax()), HEIGHT])
    xy, up, down, accel, height, jerk = (f"{value:.1f}" for value in top)
    return Finding(
        "DRN-021",
        "note",
        f"Drones at most: {xy} m/s sideways, {up} m/s up, {down} m/s down, {accel} m/s2, {jerk} m/s3, {height} m high.",
        f"无人机最大值：水平 {xy} 米/秒，上升 {up} 米/秒，下降 {down} 米/秒，加速度 {accel} 米/秒²，"
        f"加加速度 {jerk} 米/秒³，高度 {height} 米。",
        at,
        at,
    )
