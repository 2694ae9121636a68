"""The return plans that drones carry: every one of them is flown, all drones called together, and held to the limits.

DRN-042 block: drones that follow their return plans come too near to each other, leave the air they may use, or fly
    faster or higher than they may. Remedy: plan the returns anew where they were made, or import
    the file without them (`showeditor import --returns leave`).
DRN-043 block: the drones do not all have a return plan for the same moments, so nobody can say what they do together.
    Remedy: as for DRN-042.
DRN-044 note: how many moments of the return plans were flown through, and how long the longest return takes.

Called home at a moment, a drone flies its plan on to the next row of its return plan and then does what that row says
(libskybrush rth_plan.c): it waits, rises, goes to its target in a straight line, waits, and comes down on it. Where the
row states the most acceleration, it is sped up and slowed down by that; else each leg is flown at an even pace, as the
firmware does, and only the drone's own limit keeps its corners: accelerations of returns are not judged. Where no
landing speed is stated, the fastest that a drone may sink is taken. After the last row of its plan a drone lands where
it is: those moments are judged by DRN-036 to DRN-038 only.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from showeditor.kernels.whereabouts import places
from showeditor.model.arrays import Floats, frozen
from showeditor.model.finding import Finding
from showeditor.model.plan import Drones
from showeditor.model.returns import Homing, Return, homing, return_plan
from showeditor.model.times import clock
from showeditor.safety.airspace import judge_airspace
from showeditor.safety.case import Case
from showeditor.safety.spacing import judge_spacing
from showeditor.safety.speeds import judge_speeds
from showeditor.safety.wording import listed, named

LISTED = 20
SHOWN = 3
"""Faults that are told of one moment."""

_PASSED = ("DRN-005", "DRN-030")

_Leg = tuple[int, Floats]
"""How long it takes, us, and its control points."""


def judge_returning(case: Case) -> Iterator[Finding]:
    """The faults of every return, worst first by moment; nothing where no drone has a return plan."""
    drones = case.plan.drones
    who = homing(drones)
    if not who:
        return
    plans = [return_plan(drones, i) for i in range(len(drones))]
    moments = sorted({row.t_us for plan in plans for row in plan})
    lacking = [i for i, plan in enumerate(plans) if [row.t_us for row in plan] != moments]
    if lacking:
        names = case.names(lacking)
        yield Finding(
            "DRN-043",
            "block",
            f"Return plans for {len(moments)} moments, but not for all of them for {named(names, 'drone')}.",
            f"返航计划有 {len(moments)} 个时刻，但 {len(names)} 架无人机（{listed(names)}）缺少其中一些。",
            moments[0],
            moments[-1],
            names[:LISTED],
            float(len(lacking)),
            0.0,
            "drones",
        )
        return
    told, longest, longest_at = 0, 0, moments[0]
    for k, t_us in enumerate(moments):
        flight, lasts = _flown(case, [plan[k] for plan in plans], t_us)
        if lasts > longest:
            longest, longest_at = lasts, t_us
        inner = Case(replace(case.plan, drones=flight), case.limits, case.pack)
        found = [f for judge in (judge_spacing, judge_airspace, judge_speeds) for f in judge(inner)]
        blocks = [f for f in found if f.severity == "block" and f.code not in _PASSED]
        for f in blocks[:SHOWN] if told < LISTED else ():
            told += 1
            yield replace(
                f,
                code="DRN-042",
                message=f"Called home up to {clock(t_us)}: {f.message}",
                message_zh=f"在 {clock(t_us)} 之前召回：{f.message_zh}",
            )
    seconds = longest * 1e-6
    yield Finding(
        "DRN-044",
        "note",
        f"Return plans for {len(moments)} moments were flown through; the longest, from {clock(longest_at)}, takes "
        f"{seconds:.0f} s.",
        f"已检查返航计划的 {len(moments)} 个时刻；最长的一次从 {clock(longest_at)} 开始，需 {seconds:.0f} 秒。",
        moments[0],
        moments[-1],
        measured=seconds,
        unit="s",
    )


def _flown(case: Case, rows: list[Return], t_us: int) -> tuple[Drones, int]:
    """The drones from this moment on as their rows send them home, and how long the last of them takes, us."""
    drones, n = case.plan.drones, len(rows)
    there = places(case.paths, np.arange(n), np.full(n, t_us))
    legs: list[_Leg] = []
    counts, ends = [], []
    starts: list[int] = []
    for i, row in enumerate(rows):
        own = _legs(case, row, there[i], float(case.ends[1][i, 2]))
        counts.append(len(own))
        starts += (t_us + np.cumsum([0, *(us for us, _ in own)])).tolist()[:-1]
        ends.append(t_us + sum(us for us, _ in own))
        legs += own
    spans = np.array([us for us, _ in legs], dtype=np.int64)
    t0 = np.array(starts, dtype=np.int64)
    none = frozen(np.zeros(n + 1), np.int64, (None,))
    flight = Drones(
        name=drones.name,
        fleet=drones.fleet,
        home_m=frozen(there, np.float64, (None, 3)),
        off_us=frozen(np.full(n, t_us), np.int64, (None,)),
        on_us=frozen(ends, np.int64, (None,)),
        piece_start=frozen(np.cumsum([0, *counts]), np.int64, (None,)),
        piece_t0_us=frozen(t0, np.int64, (None,)),
        piece_t1_us=frozen(t0 + spans, np.int64, (None,)),
        ctrl_start=frozen(np.cumsum([0, *(len(c) for _, c in legs)]), np.int64, (None,)),
        ctrl=frozen(np.concatenate([c for _, c in legs]) if legs else np.zeros((0, 3)), np.float64, (None, 3)),
        key_start=none,
    )
    return flight, max(ends) - t_us


def _legs(case: Case, row: Return, start: Floats, ground_m: float) -> list[_Leg]:
    """Waits, rise, way and descent, end to end."""
    at = start
    out: list[_Leg] = []

    def stay(us: int) -> None:
        if us > 0:
            out.append((us, at[None]))

    def go(to: Floats, us: int, accel: float) -> None:
        nonlocal at
        if np.abs(to - at).max() > 0.0:
            out.extend(_way(at, to, max(us, 1000), accel))
        else:
            stay(us)
        at = to

    stay(row.before_us)
    target = np.array(row.target_m)
    if row.action == Homing.LAND:
        target = np.array([start[0], start[1], min(ground_m, start[2])])
    else:
        go(at + np.array([0.0, 0.0, row.neck_m]), row.neck_us, row.accel_mps2)
        height = row.arrival_m if row.action == Homing.STRAIGHT else at[2]
        go(np.array([target[0], target[1], height]), row.way_us, row.accel_mps2)
        stay(row.after_us)
    sinks = row.landing_mps or case.limits.max_speed_down_mps
    go(target, int(np.ceil(1e6 * float(np.linalg.norm(target - at)) / sinks)), row.accel_mps2)
    return out


def _way(start: Floats, end: Floats, us: int, accel: float) -> list[_Leg]:
    """A straight line in this time: speeding up, at an even pace, slowing down; evenly where `accel` is 0."""
    if accel <= 0.0 or us < 3:
        return [(us, np.array([start, end]))]
    lasts, way = us * 1e-6, float(np.linalg.norm(end - start))
    # way = v (lasts - ramp) and v = accel ramp; too short a time takes more: up for one half, down for the other
    free = lasts * lasts - 4.0 * way / accel
    ramp = 0.5 * (lasts - np.sqrt(free)) if free > 0.0 else 0.5 * lasts
    first = min(max(1, round(ramp * 1e6)), us // 2)
    share = 0.5 * first / (us - first)
    a, b = start + share * (end - start), end - share * (end - start)
    # of an even acceleration from rest, the middle control point is the start itself
    out = [(first, np.array([start, start, a]))]
    if us > 2 * first:
        out.append((us - 2 * first, np.array([a, b])))
    return [*out, (first, np.array([b, end, end]))]
