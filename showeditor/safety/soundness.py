"""Paths that no drone can fly, or that cannot be judged.

DRN-010 block: a path is broken: pieces out of order, not joining, of a wrong degree, or two drones of one name; nothing
    else about drones is then judged. Remedy: mend the file or plan the flight anew.
"""

from collections.abc import Iterator

import numpy as np

from showeditor.model.finding import Finding
from showeditor.model.plan import Drones
from showeditor.safety.case import Case

JOIN_M = 0.01
"""Ends of neighbouring pieces may differ by this (rounding of files)."""


def judge_soundness(case: Case) -> Iterator[Finding]:
    """Broken paths, one finding per drone."""
    drones = case.plan.drones
    seen: dict[str, int] = {}
    for i, name in enumerate(drones.name):
        if name in seen:
            yield _broken(name, "two drones have this name", "有两架无人机同名", 0)
        seen[name] = i
    yield from _structure(drones)


def _structure(drones: Drones) -> Iterator[Finding]:
    n = len(drones)
    starts, rows = drones.piece_start, drones.ctrl_start
    if (
        starts[0] != 0
        or rows[0] != 0
        or (np.diff(starts) < 0).any()
        or starts[-1] != len(drones.piece_t0_us)
        or rows[-1] != len(drones.ctrl)
    ):
        yield _broken("*", "the tables of pieces do not fit together", "航迹分段表前后不一致", 0)
        return
    counts = np.diff(rows)
    t0, t1 = drones.piece_t0_us, drones.piece_t1_us
    owner = np.repeat(np.arange(n), np.diff(starts))
    told: set[int] = set()
    checks = [((counts < 1) | (counts > 8), "a piece has a degree beyond 7", "有分段的次数超过 7"),
              (t1 <= t0, "a piece lasts no time", "有分段的时长为零或为负")]  # fmt: skip
    for wrong, en, zh in checks:
        for p in np.flatnonzero(wrong):
            i = int(owner[p])
            if i not in told:
                told.add(i)
                yield _broken(drones.name[i], en, zh, int(t0[p]))
    if told or len(t0) < 2:
        return
    inner = owner[1:] == owner[:-1]
    overlap = inner & (t0[1:] < t1[:-1])
    jump = np.linalg.norm(drones.ctrl[rows[1:-1]] - drones.ctrl[rows[1:-1] - 1], axis=1)
    for p in np.flatnonzero(inner & (overlap | (jump > JOIN_M))):
        i = int(owner[p])
        if i in told:
            continue
        told.add(i)
        if overlap[p]:
            yield _broken(drones.name[i], "pieces overlap in time", "分段时间重叠", int(t1[p]))
        else:
            yield _broken(drones.name[i], f"it jumps by {jump[p]:.2f} m", f"位置突变 {jump[p]:.2f} 米", int(t1[p]))
    for late in np.flatnonzero(drones.on_us < drones.off_us):
        if int(late) not in told:
            t_us = int(drones.off_us[late])
            yield _broken(drones.name[late], "it lands before it takes off", "降落时间早于起飞时间", t_us)


def _broken(name: str, en: str, zh: str, t_us: int) -> Finding:
    return Finding(
        "DRN-010",
        "block",
        f"The path of drone {name} is broken: {en}.",
        f"无人机 {name} 的航迹有误：{zh}。",
        t_us,
        t_us,
        (name,),
    )
