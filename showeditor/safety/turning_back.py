"""Drones that turn back, or stop, while shells are in the air; clocks that do not agree.

MIX-008 warn: drones that are called home and turn back along their way, or that stop, just after a shot is lit come
    into its rise, its burst or its burning stars. Remedy: let the fleet fly on to the end of the scene instead of
    turning back in these seconds, or keep formations clear of the shot from before it is lit.
MIX-021 note: how far the clocks of drones and fireworks may disagree before a drone gets into a keep-out.

A drone that turns back (see homeward: at most as fast as it came) or stops at some moment after the lighting of a shot
is, at any later moment t, where it was between 2 x lighting - t and t. So it stays clear, whenever it is called, if its
planned way over that whole time is clear of where the shot is at t: each moving sphere of the shot is held, as a ball
around its stretch, against that longer time. Nothing is sampled; balls are a little larger than what moves in them.
Shots not yet lit are not fired after the call. Duds are left out: a call and a dud at once are two failures.
"""

from collections.abc import Iterator

import numpy as np

from showeditor.kernels.intrusion import Spheres, find_intrusions
from showeditor.model.arrays import Floats, Longs
from showeditor.model.finding import Finding
from showeditor.model.times import clock
from showeditor.safety.case import Case
from showeditor.safety.hazards import BEFORE_US, Part, hazards
from showeditor.safety.wording import listed, named

PIECE_M = 12.0
"""Stretches of moving spheres are cut to this before they become balls."""

SHARE = 40
MOST = 50_000
LISTED = 50
ERRORS_S = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
"""Disagreements of the clocks that are tried."""


def judge_turning_back(case: Case) -> Iterator[Finding]:
    """Crossings per cue while turning back; then the clocks."""
    plan = case.plan
    if not len(plan.drones) or not len(plan.shots):
        return
    spheres = hazards(plan).spheres
    off, on = np.ascontiguousarray(case.phases[:, 0]), np.ascontiguousarray(case.phases[:, 3])
    lasting = _lasting(case, spheres)
    found = find_intrusions(case.paths, off, on, lasting, share=SHARE, most=MOST)
    cue = np.asarray(plan.shots.cue, dtype=np.int64)
    # what the plan itself crosses is MIX-001 to MIX-003
    planned = np.empty(0, np.int64)
    if len(found.owner):
        planned = np.unique(cue[find_intrusions(case.paths, off, on, spheres, share=SHARE, most=MOST).owner // 4])
    rows = np.flatnonzero(~np.isin(cue[found.owner // 4], planned))
    order = rows[np.lexsort((found.margin_m[rows], cue[found.owner[rows] // 4]))]
    groups = np.split(order, np.flatnonzero(np.diff(cue[found.owner[order] // 4])) + 1) if len(order) else []
    groups.sort(key=lambda g: float(found.margin_m[g[0]]))
    for n, group in enumerate(groups[:LISTED]):
        rest = len(groups) - LISTED if n == LISTED - 1 else 0
        yield _crossing(case, found.drone[group], found.owner[group], found.margin_m[group], rest)
    if not len(planned):
        yield _clocks(case, spheres, off, on)


def _lasting(case: Case, spheres: Spheres) -> Spheres:
    shots = case.plan.shots
    rows = np.flatnonzero(spheres.owner % 4 != Part.DUD)
    owner, t0, t1 = spheres.owner[rows], spheres.t0[rows], spheres.t1[rows]
    start, end, radius = spheres.start[rows], spheres.end[rows], spheres.radius[rows]
    way = np.linalg.norm(end - start, axis=1)
    cuts = np.maximum(1, np.ceil(way / PIECE_M)).astype(np.int64)
    which = np.repeat(np.arange(len(rows)), cuts)
    part = np.arange(len(which)) - np.repeat(np.cumsum(cuts) - cuts, cuts)
    share = ((part + 0.5) / cuts[which])[:, None]
    centre = start[which] + share * (end - start)[which]
    ball = radius[which] + 0.5 * way[which] / cuts[which]
    last = t0[which] + np.ceil((part + 1) / cuts[which] * (t1 - t0)[which]).astype(np.int64)
    lit = np.minimum(shots.ignition_us, shots.lift_us)[owner[which] // 4] - BEFORE_US
    begin = np.minimum(2 * lit - last, last - 1)
    return Spheres(owner[which], begin, last, centre, centre, ball)


def _crossing(case: Case, drones: Longs, owners: Longs, margins: Floats, rest: int) -> Finding:
    plan = case.plan
    shot = int(owners[0]) // 4
    row = int(plan.shots.cue[shot])
    names = case.names(list(dict.fromkeys(int(k) for k in drones)))
    lit, dark = int(plan.shots.ignition_us[shot]), int(plan.shots.end_us[shot])
    depth = -float(margins[0])
    more = f" There are {rest} more such cues." if rest > 0 else ""
    more_zh = f"另有 {rest} 个点火未列出。" if rest > 0 else ""
    cue = plan.firing.cue[row]
    return Finding(
        "MIX-008",
        "warn",
        f"If the drones turn back or stop after {clock(lit, 1)}, {named(names, 'drone')} would come up to "
        f"{depth:.1f} m into the keep-out of cue {cue}: fly on until {clock(dark, 1)}.{more}",
        f"若无人机在 {clock(lit, 1)} 之后折返或停止，{len(names)} 架（{listed(names)}）会进入点火 {cue} 的"
        f"禁入区 {depth:.1f} 米：请继续飞行至 {clock(dark, 1)}。{more_zh}",
        lit,
        max(lit, dark),
        (cue, *names),
        depth,
        0.0,
        "m",
        case.place(int(drones[0]), lit),
    )


def _clocks(case: Case, spheres: Spheres, off: Longs, on: Longs) -> Finding:
    """The largest disagreement tried that is clear, and the least that is not, by halving the list."""
    low, high = 0, len(ERRORS_S)
    while low < high:
        middle = (low + high) // 2
        late = round(1e6 * ERRORS_S[middle])
        # a sphere that lasts longer is where it is at all times in between: its whole stretch
        way = 0.5 * np.linalg.norm(spheres.end - spheres.start, axis=1)
        centre = 0.5 * (spheres.start + spheres.end)
        wide = Spheres(spheres.owner, spheres.t0 - late, spheres.t1 + late, centre, centre, spheres.radius + way)
        if len(find_intrusions(case.paths, off, on, wide, share=1, most=1).owner):
            high = middle
        else:
            low = middle + 1
    clear = ERRORS_S[low - 1] if low else 0.0
    until = f"; at {ERRORS_S[low]:g} s it may" if low < len(ERRORS_S) else ""
    until_zh = f"，{ERRORS_S[low]:g} 秒时可能进入" if low < len(ERRORS_S) else ""
    return Finding(
        "MIX-021",
        "note",
        f"The clocks of drones and fireworks may disagree by {clear:g} s before a drone gets into a keep-out{until}.",
        f"无人机与烟花的时钟相差 {clear:g} 秒以内，无人机不会进入禁入区{until_zh}。",
        measured=clear,
        limit=0.0,
        unit="s",
    )
