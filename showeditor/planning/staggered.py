"""Staggered ways: who leaves when, and the plan of a way whose drones do not leave together.

The promise of swap-stable flights holds on one common clock only; staggered ones are proved by the search itself.
"""

import math
from dataclasses import replace

import numpy as np

from showeditor.kernels.assignment import Pairing, pair_up
from showeditor.kernels.separation import find_meetings
from showeditor.model.arrays import Floats, Longs
from showeditor.model.limits import Limits
from showeditor.model.passage import Passage
from showeditor.planning.apart import Near, Others, Ways, always_flying, bent_apart, no_bends
from showeditor.planning.transition import (
    MIN_JERK,
    TICK_US,
    Tight,
    Transition,
    quickest_law,
    shortest_us,
    spacing,
)

GRAIN_US = 1000
NUDGE_US = 250_000
LONGEST_NUDGE_US = 3_000_000
_NUDGES = 12


def delays_us(way: Passage, start_m: Floats, end_m: Floats, heading_deg: float = 0.0) -> Longs:
    """How long after the first each drone leaves (us), 0 to the spread; all 0 where all leave together.

    `heading_deg`: where the viewer of the formation looks.
    """
    n = len(start_m)
    if not way.staggered or n < 2:
        return np.zeros(n, np.int64)
    if way.order in ("near-first", "far-first"):
        value = np.sqrt(((end_m - start_m) ** 2).sum(axis=1))
    elif way.order in ("low-first", "high-first"):
        value = start_m[:, 2].copy()
    elif way.order in ("left-right", "right-left"):
        turn = math.radians(heading_deg)
        value = start_m[:, 0] * math.cos(turn) - start_m[:, 1] * math.sin(turn)
    else:
        value = np.sqrt(((start_m - 0.5 * (start_m.min(axis=0) + start_m.max(axis=0))) ** 2).sum(axis=1))
    low, high = float(value.min()), float(value.max())
    if way.layer_m > 0.0:
        value = low + way.layer_m * np.floor((value - low) / way.layer_m + 1e-9)
        high = float(value.max())
    share = (value - low) / (high - low) if high - low > 1e-9 else np.zeros(n)
    if way.order in ("far-first", "high-first", "right-left"):
        share = float(share.max()) - share
    return np.floor(share * way.spread_us / GRAIN_US + 0.5).astype(np.int64) * GRAIN_US


def staggered_shortest_us(start_m: Floats, end_m: Floats, limits: Limits, spread_us: int) -> int:
    """The shortest duration of a staggered way by the quickest law, as far as limits decide it."""
    law = quickest_law(start_m, end_m, limits)
    return -(-(shortest_us(start_m, end_m, None, limits, law) + spread_us) // TICK_US) * TICK_US


def plan_staggered(
    a_m: Floats,
    b_m: Floats,
    limits: Limits,
    delay_us: Longs,
    duration_us: int,
    *,
    aside_m: float = 2.0,
    smooth: bool | None = None,
    target: Longs | None = None,
    pairing: Pairing | None = None,
    depart_us: int = 0,
    others: Others | None = None,
    nudge: bool = False,
) -> Transition:
    """The way of n drones from `a_m` to `b_m` that lasts `duration_us` from the first departure to the last arrival.

    `delay_us` (n,) after the first. `target`: who goes where, when that is settled (`pairing`: of free drones).
    `smooth`: minimum jerk (None: where there is time for it). `others` fly at the same time, the way beginning at
    `depart_us`. With `nudge` drones that bends cannot part also leave up to 3 s later. The result's `shortest_us` is
    more than the duration where speed, acceleration or jerk need more time; `tight` names who stays too near.
    """
    n = len(a_m)
    a = np.ascontiguousarray(a_m, np.float64)
    free = target is None
    chosen = (pairing or pair_up(a, b_m)).target if target is None else target
    end = np.ascontiguousarray(b_m[chosen], np.float64)
    room = min(LONGEST_NUDGE_US, max(0, duration_us // 4)) if nudge else 0
    delay = delay_us.astype(np.int64).copy()
    spread = max(int(delay.max(initial=0)), room)
    law = MIN_JERK
    if smooth is False or (smooth is None and shortest_us(a, end, None, limits) + spread > duration_us):
        law = quickest_law(a, end, limits)
    length = max(TICK_US, (duration_us - spread) // TICK_US * TICK_US)
    spaced = min(spacing(a)[0], spacing(b_m)[0])
    gap = limits.min_gap_m
    span = (depart_us, depart_us + duration_us)
    ways = Ways(law, a, end, no_bends(n), depart_us + delay, length)
    near: list[Near] = []
    for _ in range(_NUDGES):
        ways, near = bent_apart(ways, gap, aside_m, others, span, spaced)
        later = _nudged(ways.begin_us - depart_us, near, spread) if nudge and near else None
        if later is None:
            break
        ways = replace(ways, begin_us=depart_us + later, bend_m=no_bends(n))
    bend = ways.bend_m if bool(ways.bend_m.any()) else None
    need = shortest_us(a, end, bend, limits, law) + spread
    tight = tuple(Tight(one.a, one.b, one.gap_m, (one.at_us - depart_us) / duration_us) for one in near)
    found = find_meetings(ways.paths(), always_flying(n), gap, gap, begin_us=span[0], end_us=span[1], most=1000)
    closest = min([found.closest_m, *(one.gap_m for one in near)])
    pair = found.closest_pair if not near else (near[0].a, near[0].b)
    late = ways.begin_us - depart_us
    together = free and not bool(late.any())
    return Transition(
        law, a, chosen, end, bend, need, closest, pair, tight, 0.0 if not together else spaced / math.sqrt(2.0),
        late if spread else None, spread,
    )  # fmt: skip


def _nudged(delay_us: Longs, near: list[Near], spread_us: int) -> Longs | None:
    """Later departures for one drone of each pair that is too near; None when there is nobody left to wait."""
    after = delay_us.copy()
    for one in near:
        for who in (one.b, one.a):
            if who < len(after) and after[who] + NUDGE_US <= spread_us:
                after[who] = delay_us[who] + NUDGE_US
                break
    return None if np.array_equal(after, delay_us) else after
