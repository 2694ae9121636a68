"""Fleets that share the air: each flight is planned against the known paths of the fleets planned before it.

A way that would come too near to another fleet is flown earlier or later within the time it has; then its drones give
way by small bends; then the whole fleet makes a detour together (all by the same vector at the same moment, so the
distances within the fleet stay as they are). Every answer is proved by the checker's own search. What stays is said,
with the seconds that would help.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from showeditor.kernels.clearance import BENDS
from showeditor.kernels.paths import Paths
from showeditor.kernels.separation import find_meetings
from showeditor.kernels.whereabouts import places
from showeditor.model.arrays import Floats, Longs
from showeditor.model.limits import Limits
from showeditor.planning.apart import Near, Others, Ways, always_flying, bent_apart, no_bends, together
from showeditor.planning.memory import Memory, content
from showeditor.planning.pieces import Block, assemble
from showeditor.planning.transition import TICK_US, Transition, shortest_us

DETOURS_M = (3.0, 6.0, 12.0, 24.0, 48.0)
LATER_US = tuple(s * 1_000_000 for s in (2, 5, 10, 20, 40, 60))
_MANY = 4_000
"""Conflicts from which on bending drone by drone is not tried."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """A way as it is flown beside other fleets: when, and what is left too near; `later_us` later it would be clear."""

    way: Transition
    depart_us: int
    arrive_us: int
    near: tuple[Near, ...] = ()
    later_us: int | None = None


_CLEARED: Memory[Cleared] = Memory(256)


def forget() -> None:
    """Empties the memory."""
    _CLEARED.forget()


def settled(n: int, blocks: list[Block], home_m: Floats, off_us: Longs, on_us: Longs) -> Others:
    """Fleets whose plan stands, as later ones see them."""
    rows = assemble(n, blocks)
    paths = Paths(rows.piece_start, rows.t0_us, rows.t1_us, rows.ctrl_start, rows.ctrl, home_m)
    return Others(paths, np.stack([off_us, off_us, on_us, on_us], axis=1))


def within(others: Others, from_us: int, to_us: int) -> tuple[Others, Longs]:
    """The drones in the air between two moments, with the pieces they fly then, and their rows."""
    up = np.flatnonzero((others.phases[:, 0] < to_us) & (others.phases[:, 3] > from_us))
    p = others.paths
    owner = np.repeat(np.arange(len(p.home)), np.diff(p.piece_start))
    flown = np.zeros(len(p.home), np.bool_)
    flown[up] = True
    keep = np.flatnonzero(flown[owner] & (p.t0 < to_us) & (p.t1 > from_us))
    counts = np.diff(p.ctrl_start)[keep]
    ctrl_start = np.concatenate([[0], np.cumsum(counts)])
    rows = np.repeat(p.ctrl_start[:-1][keep] - ctrl_start[:-1], counts) + np.arange(int(ctrl_start[-1]))
    piece_start = np.concatenate([[0], np.cumsum(np.bincount(owner[keep], minlength=len(p.home))[up])])
    home = places(p, up, np.full(len(up), from_us))
    return Others(Paths(piece_start, p.t0[keep], p.t1[keep], ctrl_start, p.ctrl[rows], home), others.phases[up]), up


def crossings(own: Paths, phases: Longs, others: Others, gap_m: float, from_us: int, to_us: int) -> list[Near]:
    """Pairs of an own and another fleet's drone (rows after the own) that come too near, nearest first."""
    if not len(others) or from_us >= to_us:
        return []
    n = len(own.home)
    found = find_meetings(
        together(own, others.paths),
        np.concatenate([phases, others.phases]),
        gap_m,
        1e-3,
        begin_us=from_us,
        end_us=to_us,
    )
    rows = np.flatnonzero((found.pair.min(axis=1) < n) & (found.pair.max(axis=1) >= n) & (found.kind == 0))
    return [
        Near(int(found.pair[k].min()), int(found.pair[k].max()), float(found.gap_m[k]), int(found.nearest_us[k]))
        for k in rows
    ]


def kept_clear(
    way: Transition, depart_us: int, arrive_us: int, earliest_us: int, others: Others, limits: Limits, aside_m: float
) -> Cleared:
    """The way between `earliest_us` and `arrive_us` kept clear of the others, or as it was with what is too near.

    Rows of the others follow the own ones.
    """
    around, up = within(others, earliest_us, arrive_us + LATER_US[-1])
    if not len(around):
        return Cleared(way, depart_us, arrive_us)
    key = (
        content(way.start_m), content(way.end_m), content(way.bend_m) if way.bend_m is not None else b"",
        content(way.delay_us) if way.delay_us is not None else b"",
        way.law, depart_us, arrive_us, earliest_us, limits, aside_m,
        content(around.paths.ctrl), content(around.paths.t0), content(around.paths.t1), content(around.phases),
        content(around.paths.home), content(around.paths.piece_start),
    )  # fmt: skip
    n = len(way.start_m)
    found = _CLEARED.recall(key, lambda: _cleared(way, depart_us, arrive_us, earliest_us, around, limits, aside_m))
    # the rows of the others as they are known outside
    return replace(found, near=tuple(replace(one, b=n + int(up[one.b - n])) for one in found.near))


def _met(
    way: Transition, depart_us: int, arrive_us: int, span: tuple[int, int], around: Others, gap: float
) -> list[Near]:
    n = len(way.start_m)
    rows = assemble(n, way.blocks(depart_us, arrive_us))
    paths = Paths(rows.piece_start, rows.t0_us, rows.t1_us, rows.ctrl_start, rows.ctrl, way.start_m)
    return crossings(paths, always_flying(n), around, gap, *span)


def _cleared(
    way: Transition, depart_us: int, arrive_us: int, earliest_us: int, around: Others, limits: Limits, aside_m: float
) -> Cleared:
    gap, span = limits.min_gap_m, (earliest_us, arrive_us)
    near = _met(way, depart_us, arrive_us, span, around, gap)
    if not near:
        return Cleared(way, depart_us, arrive_us)
    times = list(_times(way, depart_us, arrive_us, earliest_us))
    for t0, t1 in times[1:]:
        if not _met(way, t0, t1, span, around, gap):
            return Cleared(way, t0, t1)
    if len(near) <= _MANY:
        bent = _bent(way, depart_us, arrive_us, span, around, limits, aside_m)
        if bent is not None:
            return Cleared(bent, depart_us, arrive_us)
    for around_it in _detours(way, limits):
        for t0, t1 in times:
            fits = around_it.shortest_us <= t1 - t0
            if not fits and around_it.shortest_us <= arrive_us - earliest_us:
                t0, t1, fits = arrive_us - around_it.shortest_us, arrive_us, True
            if fits and not _met(around_it, t0, t1, span, around, gap):
                return Cleared(around_it, t0, t1)
    length = arrive_us - depart_us
    for later in LATER_US:
        shifted = (earliest_us, arrive_us + later)
        if not _met(way, arrive_us + later - length, arrive_us + later, shifted, around, gap):
            return Cleared(way, depart_us, arrive_us, tuple(near), later)
    return Cleared(way, depart_us, arrive_us, tuple(near))


def _times(way: Transition, depart_us: int, arrive_us: int, earliest_us: int) -> Iterator[tuple[int, int]]:
    """When the way may be flown: as asked for; as late, as early and as much in the middle as possible."""
    yield depart_us, arrive_us
    room = arrive_us - earliest_us - way.shortest_us
    for share in (2, 0, 1):
        t0 = earliest_us + room * share // 2 // TICK_US * TICK_US
        if room > 0 and (t0, t0 + way.shortest_us) != (depart_us, arrive_us):
            yield t0, t0 + way.shortest_us


def _bent(
    way: Transition,
    depart_us: int,
    arrive_us: int,
    span: tuple[int, int],
    around: Others,
    limits: Limits,
    aside_m: float,
) -> Transition | None:
    n = len(way.start_m)
    delay = way.delay_us if way.delay_us is not None else np.zeros(n, np.int64)
    length = arrive_us - depart_us - way.spread_us
    if way.delay_us is not None:
        length = length // TICK_US * TICK_US
    bend = way.bend_m if way.bend_m is not None else no_bends(n)
    ways = Ways(way.law, way.start_m, way.end_m, bend, depart_us + delay, length)
    ways, left = bent_apart(ways, limits.min_gap_m, aside_m, around, span)
    need = shortest_us(way.start_m, way.end_m, ways.bend_m, limits, way.law) + way.spread_us
    if left or need > arrive_us - depart_us:
        return None
    return replace(way, bend_m=ways.bend_m, shortest_us=need)


def _detours(way: Transition, limits: Limits) -> Iterator[Transition]:
    """The same way with all drones led aside together: above, to either side, below; the smallest first."""
    main = (way.end_m - way.start_m).mean(axis=0)
    flat = float(np.hypot(main[0], main[1]))
    right = np.array([main[1], -main[0], 0.0]) / flat if flat > 1e-6 else np.array([1.0, 0.0, 0.0])
    up = np.array([0.0, 0.0, 1.0])
    low = min(float(way.start_m[:, 2].min()), float(way.end_m[:, 2].min()))
    high = max(float(way.start_m[:, 2].max()), float(way.end_m[:, 2].max()))
    bend = way.bend_m if way.bend_m is not None else no_bends(len(way.start_m))
    for size in DETOURS_M:
        for aside in (up, right, -right, -up):
            lift = size * float(aside[2])
            if (lift > 0.0 and high + lift > limits.max_altitude_m) or (
                lift < 0.0 and low + lift < limits.min_nav_altitude_m + 1.0
            ):
                continue
            led = bend + np.broadcast_to(size * aside, (BENDS, 3))
            need = shortest_us(way.start_m, way.end_m, led, limits, way.law) + way.spread_us
            yield replace(way, bend_m=led, shortest_us=need, proven_m=0.0)
