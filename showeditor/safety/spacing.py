"""Spacing between drones, exactly in continuous time.

DRN-001 block: two airborne drones come nearer than the least gap. Remedy: set their formations wider apart, change the
    assignment, or give the transition more room.
DRN-009 block: two drones take off from nearly the same place. Remedy: set the pads apart.
DRN-013 block: a drone taking off or landing comes nearer to another than half the spacing of the pads. Remedy: take off
    and land straight up and down, one layer after the other.
DRN-014 block: there are more violations of the spacing than are listed, or so many that the search stopped. Remedy:
    as for DRN-001, then check again.
DRN-016 block: two drones land on nearly the same place. Remedy: give one of them another pad.
DRN-020 note: the closest two drones of the show, even when all is clear.

The ground exception: drones standing on their pads are not held to the gap among themselves, and drones in their
take-off or landing phase (below the navigation floor and straight above their pad) are held to half the pads' spacing.
"""

from collections.abc import Iterator

import numpy as np

from showeditor.kernels.separation import FLYING, gap_of_points
from showeditor.model.arrays import Floats
from showeditor.model.finding import Finding
from showeditor.model.times import clock
from showeditor.safety.case import GROUND_M, Case

LISTED = 400
"""Findings that are listed, nearest first; the rest is counted in DRN-014."""

PAD_M = 0.3
"""Two pads nearer than this are one place: less than the body of a show drone."""


def judge_spacing(case: Case) -> Iterator[Finding]:
    """Pairs nearer than allowed, nearest first, and the closest pair of all."""
    if len(case.plan.drones) < 2:
        return
    near = case.nearness
    for k in range(min(LISTED, len(near.gap_m))):
        yield _violation(case, k)
    rest = len(near.gap_m) - LISTED
    if rest > 0 or not near.complete:
        yield _more(case, max(rest, 0), near.complete)
    first, last = case.ends
    yield from _shared_places(case, "DRN-009", first, "take off from", "起飞点")
    yield from _shared_places(case, "DRN-016", last, "land on", "降落点")
    if near.closest_pair[0] >= 0:
        yield _closest(case)


def _violation(case: Case, k: int) -> Finding:
    near = case.nearness
    i, j = (int(x) for x in near.pair[k])
    t0, t1 = (int(x) for x in near.span_us[k])
    gap, at = float(near.gap_m[k]), int(near.nearest_us[k])
    a, b = case.names((i, j))
    flying = near.kind[k] == FLYING
    limit = case.limits.min_gap_m if flying else case.low_gap_m
    where = "" if flying else " while taking off or landing"
    where_zh = "" if flying else "（起降阶段）"
    p, q = case.place(i, at), case.place(j, at)
    return Finding(
        "DRN-001" if flying else "DRN-013",
        "block",
        f"Drones {a} and {b} come within {gap:.2f} m at {clock(at)}{where}; the least gap is {limit:.2f} m.",
        f"无人机 {a} 与 {b} 在 {clock(at)} 相距仅 {gap:.2f} 米{where_zh}，最小间距为 {limit:.2f} 米。",
        t0,
        t1,
        (a, b),
        gap,
        limit,
        "m",
        ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2, (p[2] + q[2]) / 2),
    )


def _more(case: Case, rest: int, complete: bool) -> Finding:
    near = case.nearness
    total = len(near.gap_m)
    pairs = len(np.unique(near.pair, axis=0))
    en = f"{total} violations of the spacing by {pairs} pairs; {rest} of them are not listed."
    zh = f"共有 {total} 处间距不足，涉及 {pairs} 对无人机；其中 {rest} 处未列出。"
    if not complete:
        en = f"More than {total} violations of the spacing: the search stopped, later moments were not looked at."
        zh = f"间距不足超过 {total} 处：检查已停止，其余时刻未检查。"
    return Finding(
        "DRN-014",
        "block",
        en,
        zh,
        int(near.span_us[:, 0].min()),
        int(near.span_us[:, 1].max()),
        measured=float(total),
        limit=0.0,
    )


def _shared_places(case: Case, code: str, spots: Floats, en: str, zh: str) -> Iterator[Finding]:
    """Pairs of drones that stand on nearly the same place."""
    on_ground = np.flatnonzero(spots[:, 2] <= GROUND_M)
    if gap_of_points(spots[on_ground]) >= PAD_M:
        return
    order = on_ground[np.argsort(spots[on_ground, 0], kind="stable")]
    for k, i in enumerate(order):
        for j in order[k + 1 :]:
            if spots[j, 0] - spots[i, 0] >= PAD_M:
                break
            gap = float(np.hypot(*(spots[j, :2] - spots[i, :2])))
            if gap < PAD_M:
                a, b = case.names(sorted((int(i), int(j))))
                x, y, z = (float(v) for v in spots[i])
                yield Finding(
                    code,
                    "block",
                    f"Drones {a} and {b} {en} places only {gap:.2f} m apart.",
                    f"无人机 {a} 与 {b} 的{zh}仅相距 {gap:.2f} 米。",
                    ids=(a, b),
                    measured=gap,
                    limit=PAD_M,
                    unit="m",
                    place_m=(x, y, z),
                )


def _closest(case: Case) -> Finding:
    near = case.nearness
    a, b = case.names(near.closest_pair)
    at = near.closest_us
    return Finding(
        "DRN-020",
        "note",
        f"Closest pair {near.closest_m:.2f} m at {clock(at, 1)}, drones {a} and {b}.",
        f"最近的一对：{clock(at, 1)} 时无人机 {a} 与 {b} 相距 {near.closest_m:.2f} 米。",
        at,
        at,
        (a, b),
        near.closest_m,
        case.limits.min_gap_m,
        "m",
        case.place(near.closest_pair[0], at),
    )
