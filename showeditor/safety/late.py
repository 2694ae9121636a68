"""Drones whose clock is late.

DRN-041 note: how late any drones, and how late half of them, may be against the others before two come nearer than the
    least gap.

Two figures. Whatever drones are late, each by whatever it is: a drone that is late by t is at most its greatest speed
times t from where it should be, so that no two come nearer than the least gap before the spare distance of the closest
pair is used up. And tried out: half of them late by one delay. Which half: by a fixed mixing of their numbers, so that
neighbours mostly fall apart. The delays of LATE_S are tried by halving the list, each over the whole show in continuous
time; the show is judged as planned by DRN-001.
"""

from collections.abc import Iterator

import numpy as np

from showeditor.kernels.extremes import SPEED_DOWN, SPEED_UP, SPEED_XY
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
    sure = surely_s(case)
    any_en = (
        f"Away from their pads any drones may be late by {sure:.2f} s, each as it likes, without two coming nearer "
        f"than {gap:g} m"
    )
    any_zh = f"离开起降点后，任意无人机各自滞后 {sure:.2f} 秒以内，间距必不小于 {gap:g} 米"
    if worst is None:
        yield Finding(
            "DRN-041",
            "note",
            f"{any_en}; with half of them late by {clear:g} s all still keep it.",
            f"{any_zh}；半数滞后 {clear:g} 秒仍可保持。",
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
        f"{any_en}; with half of them late by {clear:g} s all still keep it, by {LATE_S[low]:g} s drones {a} and {b} "
        f"come to {worst.gap_m[row]:.2f} m.",
        f"{any_zh}；半数滞后 {clear:g} 秒仍可保持，滞后 {LATE_S[low]:g} 秒时 {a} 与 {b} "
        f"接近到 {worst.gap_m[row]:.2f} 米。",
        at,
        at,
        (a, b),
        clear,
        0.0,
        "s",
        case.place(i, at),
    )


def surely_s(case: Case) -> float:
    """How late any drones may be, each as it likes, so that no two in the air come nearer than the least gap.

    Seen from the moment that one drone's clock shows, the other is at most its greatest speed times the difference of
    the delays from where it should be. Drones on the ground, and pairs that rise from or sink to their pads, are no
    part of the closest pair.
    """
    most = case.extremes[0]
    speed = float(np.hypot(most[:, SPEED_XY], np.maximum(most[:, SPEED_UP], most[:, SPEED_DOWN])).max())
    spare = case.nearness.closest_m - case.limits.min_gap_m
    return max(0.0, spare / speed) if speed > 0.0 and np.isfinite(spare) else 0.0


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
