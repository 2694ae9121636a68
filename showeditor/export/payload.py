"""What a written file says about fireworks and headings of drones against what the plan says, as Findings.

EXP-PAYLOAD block: an ignition on a drone is lost, added or moved in the file. Remedy: a fault of the format; report it
    with the show.
EXP-NO-PAYLOAD warn: the files fly drones whose fireworks they do not light. Remedy: choose a format that holds them.
EXP-YAW block: a drone heads elsewhere in the file. Remedy: as for EXP-PAYLOAD.
EXP-NO-YAW note: the files do not hold the headings. Remedy: choose a format that does, if they matter.
"""

from dataclasses import fields, replace
from typing import Any

import numpy as np

from showeditor.export.format import Carried, Resolution
from showeditor.model.arrays import Floats, Longs, frozen
from showeditor.model.finding import Finding
from showeditor.model.plan import Drones, Plan
from showeditor.model.times import clock

_CLOCK_US = 1000


def heading_of(drones: Drones, i: int) -> tuple[Longs, Floats]:
    """The heading keys of drone `i`: moments (n,) and degrees clockwise from north (n,); empty where it never turns."""
    if not len(drones.yaw_t_us):
        return drones.yaw_t_us, drones.yaw_deg
    rows = slice(int(drones.yaw_start[i]), int(drones.yaw_start[i + 1]))
    return drones.yaw_t_us[rows], drones.yaw_deg[rows]


def turning(drones: Drones) -> tuple[int, ...]:
    """The drones that have headings."""
    if not len(drones.yaw_t_us):
        return ()
    return tuple(np.nonzero(np.diff(drones.yaw_start))[0].tolist())


def compared_payload(plan: Plan, carried: Carried, read: Plan, resolution: Resolution, format_id: str) -> list[Finding]:
    """Every ignition on its drone and channel within half a tick + 1 ms, no more; headings within the stated angle."""
    return _ignitions(plan, carried, read, resolution, format_id) + _headings(
        plan.drones, carried.headings, read.drones, resolution, format_id
    )


def _ignitions(plan: Plan, carried: Carried, read: Plan, resolution: Resolution, format_id: str) -> list[Finding]:
    ours, theirs = plan.ignitions, read.ignitions
    at: dict[tuple[str, int], list[int]] = {}
    for k in range(len(theirs)):
        at.setdefault((read.drones.name[theirs.drone[k]], int(theirs.channel[k])), []).append(
            int(theirs.ignition_us[k])
        )
    lost: list[tuple[str, int]] = []
    for k in carried.ignitions:
        name, t_us = plan.drones.name[ours.drone[k]], int(ours.ignition_us[k])
        there = at.get((name, int(ours.channel[k])), [])
        nearest = min(there, key=lambda t: abs(t - t_us), default=None)
        if nearest is None or 2 * abs(nearest - t_us) > resolution.payload_us + 2 * _CLOCK_US:
            lost.append((name, t_us))
        else:
            there.remove(nearest)
    extra = [(who, t) for (who, _), times in sorted(at.items()) for t in times]
    if not lost and not extra:
        return []
    name, t_us = (lost + extra)[0]
    en = f"{len(lost)} ignitions on drones are missing or moved and {len(extra)} are too many; first on {name}"
    zh = f"机载点火缺失或移位 {len(lost)} 次、多出 {len(extra)} 次；首个在 {name}"
    return [
        Finding(
            "EXP-PAYLOAD",
            "block",
            f"{format_id}: {en} at {clock(t_us, 3)}",
            f"{format_id}：{zh}，{clock(t_us, 3)}",
            t0_us=t_us,
            t1_us=t_us,
            ids=tuple(sorted({who for who, _ in lost + extra})[:20]),
        )
    ]


def _headings(
    planned: Drones, rows: tuple[int, ...], read: Drones, resolution: Resolution, format_id: str
) -> list[Finding]:
    number = {name: j for j, name in enumerate(read.name)}
    for i in rows:
        j = number.get(planned.name[i])
        t, deg = heading_of(planned, i)
        other_t, other = heading_of(read, j) if j is not None else (t[:0], deg[:0])
        if len(other_t):
            marks = np.union1d(t, other_t)
            away = np.interp(marks, t, deg) - np.interp(marks, other_t, other)
            away = np.abs((away + 180.0) % 360.0 - 180.0)
            rate = np.abs(np.diff(deg)) / np.maximum(np.diff(t), 1)
            allowed = resolution.yaw_deg + float(rate.max(initial=0.0)) * _CLOCK_US
            k = int(np.argmax(away))
            worst, when = float(away[k]), int(marks[k])
        else:
            worst, when, allowed = 180.0, int(t[0]), resolution.yaw_deg
        if worst > allowed:
            who = planned.name[i]
            return [
                Finding(
                    "EXP-YAW",
                    "block",
                    f"{format_id}: drone {who} heads {worst:.1f} degrees elsewhere in the file at {clock(when)}",
                    f"{format_id}：文件中 {who} 在 {clock(when)} 航向相差 {worst:.1f} 度",
                    t0_us=when,
                    t1_us=when,
                    ids=(who,),
                    measured=worst,
                    limit=allowed,
                    unit="deg",
                )
            ]
    return []


def unburdened(plan: Plan, takes: Carried, format_id: str) -> list[Finding]:
    """What files that fly drones leave out of what these drones carry and how they turn."""
    flown = set(takes.drones)
    out: list[Finding] = []
    ours = plan.ignitions
    dark = [k for k in range(len(ours)) if int(ours.drone[k]) in flown and k not in set(takes.ignitions)]
    if dark:
        names = sorted({plan.drones.name[ours.drone[k]] for k in dark})
        en = f"the files fly {len(names)} drones whose {len(dark)} fireworks they do not light"
        zh = f"文件含 {len(names)} 架无人机的飞行，但不会点燃其 {len(dark)} 个烟火"
        out.append(
            Finding(
                "EXP-NO-PAYLOAD",
                "warn",
                f"{format_id}: {en}",
                f"{format_id}：{zh}",
                ids=tuple(names[:20]),
                measured=float(len(dark)),
            )
        )
    straight = [i for i in turning(plan.drones) if i in flown and i not in set(takes.headings)]
    if straight:
        en, zh = (
            f"the headings of {len(straight)} drones are not in the files",
            f"文件不含 {len(straight)} 架无人机的航向",
        )
        names = [plan.drones.name[i] for i in straight[:20]]
        out.append(Finding("EXP-NO-YAW", "note", f"{format_id}: {en}", f"{format_id}：{zh}", ids=tuple(names)))
    return out


def with_drones(plan: Plan, drones: Drones) -> Plan:
    """The plan with other paths for the same drones, matched by name; fireworks follow their drones or go with them."""
    if not len(plan.ignitions) and not len(plan.carriers):
        return replace(plan, drones=drones)
    if drones.name == plan.drones.name:
        return replace(plan, drones=drones)
    number = {name: j for j, name in enumerate(drones.name)}
    row = np.array([number.get(name, -1) for name in plan.drones.name], dtype=np.int64)
    keep = np.nonzero(row[plan.ignitions.drone] >= 0)[0]
    ignitions = _rows(plan.ignitions, keep)
    ignitions = replace(ignitions, drone=frozen(row[ignitions.drone], np.int32, (None,)))
    carriers = _rows(plan.carriers, np.nonzero(row[plan.carriers.drone] >= 0)[0])
    carriers = replace(carriers, drone=frozen(row[carriers.drone], np.int32, (None,)))
    new = np.full(len(plan.ignitions), -1, dtype=np.int64)
    new[keep] = np.arange(len(keep))
    bursts = _rows(plan.payload_bursts, np.nonzero(new[plan.payload_bursts.shot] >= 0)[0])
    bursts = replace(bursts, shot=frozen(new[bursts.shot], np.int32, (None,)))
    return replace(plan, drones=drones, ignitions=ignitions, carriers=carriers, payload_bursts=bursts)


def _rows(table: Any, keep: Longs) -> Any:
    """These rows of a table of equal columns."""
    if len(keep) == len(table):
        return table
    chosen: dict[str, object] = {}
    for one in fields(table):
        column = getattr(table, one.name)
        if isinstance(column, tuple):
            chosen[one.name] = tuple(column[k] for k in keep.tolist())
        else:
            chosen[one.name] = frozen(column[keep], column.dtype, (None, *column.shape[1:]))
    return type(table)(**chosen)
