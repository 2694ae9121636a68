"""Drones in the air that another one throws down.

DRN-033 block: a drone flies within the downwash of another: nearer to its vertical than the radius and less than the
    height above or below it, as the drone model or the show states them. Remedy: shift one of them to the side, or set
    the formation's rows wider apart in height.

Exact in continuous time: pairs near each other in a space squeezed in height until the cylinder lies within a ball,
then the two polynomials of each pair. Drones on the ground, and two that both take off or land, are left out.
"""

import math
from collections.abc import Iterator

import numpy as np

from showeditor.kernels.separation import FLYING, find_meetings
from showeditor.kernels.wake import wakes
from showeditor.model.finding import Finding
from showeditor.model.times import clock
from showeditor.safety.case import Case

LISTED = 100
"""Findings that are listed, nearest first; the rest is counted in the last."""

MOST = 200_000


def judge_downwash(case: Case) -> Iterator[Finding]:
    """Pairs over one another, nearest verticals first; nothing where nobody states a downwash."""
    radius, height = case.limits.downwash_radius_m, case.limits.downwash_height_m
    if radius is None or height is None or len(case.plan.drones) < 2:
        return
    squeeze = np.array([1.0, 1.0, radius / height])
    paths = case.paths._replace(ctrl=case.paths.ctrl * squeeze, home=case.paths.home * squeeze)
    near = find_meetings(paths, case.phases, math.sqrt(2.0) * radius * 1.0001, 1e-9, most=MOST)
    rows = np.flatnonzero(near.kind == FLYING)
    spans, gaps = wakes(case.paths, near.pair[rows], near.span_us[rows], radius, height)
    hit = np.flatnonzero(spans[:, 1] >= spans[:, 0])
    hit = hit[np.argsort(gaps[hit], kind="stable")]
    for n, k in enumerate(hit[:LISTED]):
        i, j = (int(x) for x in near.pair[rows[k]])
        a, b = case.names((i, j))
        t0, t1 = (int(x) for x in spans[k])
        rest = len(hit) - LISTED if n == LISTED - 1 else 0
        more = f" There are {rest} more such pairs." if rest > 0 else ""
        more_zh = f"另有 {rest} 对未列出。" if rest > 0 else ""
        if not near.complete and n == 0:
            more += " There are too many such pairs: the search stopped."
            more_zh += "此类情形过多，检查已停止。"
        yield Finding(
            "DRN-033",
            "block",
            f"Drones {a} and {b} are over one another from {clock(t0, 1)} to {clock(t1, 1)}: their verticals come "
            f"within {gaps[k]:.2f} m; the downwash is {radius:g} m wide to each side and {height:g} m deep.{more}",
            f"无人机 {a} 与 {b} 在 {clock(t0, 1)} 至 {clock(t1, 1)} 上下相叠：水平距离 {gaps[k]:.2f} 米；"
            f"下洗气流半径 {radius:g} 米、深 {height:g} 米。{more_zh}",
            t0,
            t1,
            (a, b),
            float(gaps[k]),
            radius,
            "m",
            case.place(i, t0),
        )
    if not near.complete and not len(hit):
        raise RuntimeError("more pairs over one another than can be listed")
