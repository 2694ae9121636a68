"""Drones whose clock is late.

DRN-041 note: how late half of the drones may be against the others before two come nearer than the least gap.

Which half: by a fixed mixing of their numbers, so that neighbours mostly fall apart. The delays of LATE_S are tried by
halving the list, each over the whole show in continuous time; the show is judged as planned by DRN-001.
"""

from collections.abc import Iterator

import numpy as np

from showeditor.kernels.separation import FLYING, Nearness, find_meetings
from showeditor.model.arrays import Flags
from showeditor.model.finding import Finding
from showeditor.safety.case import Case

LATE_S = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
MOST = 64
"""A few meetings are enough to know that a delay is too long."""


def judge_late(case: Case) -> Iterator[Finding]:
    """One note, where the show as planned keeps the gap."""
    if len(case.plan.drones) < 2 or len(case.nearness.gap_m):
        return
    chosen = late_half(len(case.plan.drones))
    low, high = 0, len(LATE_S)
    worst: Nearness | None = None
    while low < high:
        middle = (low + high) // 2
        near = _delayed(case, chosen, LATE_S[middle])
        if (near.kind == FLYING).any():
            high, worst = middle, near
        else:
            low = middle + 1
    clear = LATE_S[low - 1] if low else 0.0
    gap = case.limits.min_gap_m
    if worst is None:
        yield Finding(
            "DRN-041",
            "note",
            f"Half of the drones may be late by {clear:g} s, and all keep {gap:g} m to one another.",
            f"半数无人机的时钟可滞后 {clear:g} 秒，仍保持 {gap:g} 米间距。",
            measured=clear,
            limit=0.0,
            unit="s",
        )
        return
    row = int(np.flatnonzero(worst.kind == FLYING)[worst.gap_m[worst.kind == FLYING].argmin()])
    i, j = (int(k) for k in worst.pair[row])
    at = int(worst.nearest_us[row])
    a, b = case.names((i, j))
    yield Finding(
        "DRN-041",
        "note",
        f"Half of the drones may be late by {clear:g} s before two come nearer than {gap:g} m; at {LATE_S[low]:g} s "
        f"drones {a} and {b} come to {worst.gap_m[row]:.2f} m.",
        f"半数无人机的时钟可滞后 {clear:g} 秒，仍保持 {gap:g} 米间距；滞后 {LATE_S[low]:g} 秒时 {a} 与 {b} 接近到 "
        f"{worst.gap_m[row]:.2f} 米。",
        at,
        at,
        (a, b),
        clear,
        0.0,
        "s",
        case.place(i, at),
    )


def late_half(count: int) -> Flags:
    """Which drones (count,) are late: about half, mixed by a multiplicative hash (Knuth's 2654435761)."""
    k = np.arange(count, dtype=np.uint64)
    chosen = np.asarray(((k * np.uint64(2654435761)) >> np.uint64(15)) & np.uint64(1) == 1)
    # a handful may all fall on one side
    return chosen if 0 < chosen.sum() < count else np.asarray(k % np.uint64(2) == 1)


def _delayed(case: Case, chosen: Flags, late_s: float) -> Nearness:
    paths, late_us = case.paths, round(1e6 * late_s)
    shift = np.repeat(np.where(chosen, late_us, 0), np.diff(paths.piece_start)).astype(np.int64)
    phases = case.phases + np.where(chosen, late_us, 0)[:, None]
    moved = paths._replace(t0=paths.t0 + shift, t1=paths.t1 + shift)
    return find_meetings(moved, np.ascontiguousarray(phases), case.limits.min_gap_m, 1e-9, most=MOST)
