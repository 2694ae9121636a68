"""Ways that do not share one clock, or share the air with others, kept apart: found in continuous time, bent, proved.

The checker's own search lists the pairs that come too near, with a little room to spare; each is pushed apart where it
is nearest by smooth bends of its ways; the list is asked again until it is clear and searched anew when bends have
grown. What stays too near in spite of that is named. The last word is a search of the whole interval.
"""

import math
from dataclasses import dataclass

import numpy as np

from showeditor.kernels.clearance import BENDS, SPANS, bend_weights, bent_controls, clock
from showeditor.kernels.passing import passing_gaps
from showeditor.kernels.paths import FOREVER, Paths
from showeditor.kernels.separation import find_meetings
from showeditor.model.arrays import Floats, Longs

MARGIN_M = 0.01
_ROUNDS = 400
_PATIENCE = 40
_MOST = 400_000
_WIDEST_M = 0.8
_STUCK = 4
_TURN = 0.15
_LEAST_EFFECT = 0.3
_REACH = (0.07, 0.93)
"""Between these shares of its own way a drone can give way; nearer to its ends it is held there."""


@dataclass(frozen=True, slots=True)
class Others:
    """Drones whose paths are settled: paths and phases (n, 4) us as `find_meetings` takes them."""

    paths: Paths
    phases: Longs

    def __len__(self) -> int:
        return len(self.paths.home)


@dataclass(frozen=True, slots=True)
class Near:
    """A pair that comes nearer than allowed: two rows (own ones, then those of the others), distance, moment."""

    a: int
    b: int
    gap_m: float
    at_us: int


@dataclass(frozen=True, slots=True)
class Ways:
    """Flights by one law of motion: places (n, 3), bends (n, BENDS, 3), when each begins (us), how long each lasts."""

    law: int
    start_m: Floats
    end_m: Floats
    bend_m: Floats
    begin_us: Longs
    length_us: int

    def paths(self) -> Paths:
        """Twenty quintics for each."""
        n = len(self.start_m)
        knots = self.begin_us[:, None] + self.length_us * np.arange(SPANS + 1) // SPANS
        ctrl = bent_controls(self.start_m, self.end_m, self.bend_m, clock(self.law)).reshape(-1, 3)
        return Paths(
            np.arange(n + 1) * SPANS,
            np.ascontiguousarray(knots[:, :-1]).ravel(),
            np.ascontiguousarray(knots[:, 1:]).ravel(),
            np.arange(n * SPANS + 1) * 6,
            ctrl,
            np.ascontiguousarray(self.start_m),
        )


def together(own: Paths, others: Paths) -> Paths:
    """The paths of both, the others' rows after the own."""
    return Paths(
        np.concatenate([own.piece_start, others.piece_start[1:] + len(own.t0)]),
        np.concatenate([own.t0, others.t0]),
        np.concatenate([own.t1, others.t1]),
        np.concatenate([own.ctrl_start, others.ctrl_start[1:] + len(own.ctrl)]),
        np.concatenate([own.ctrl, others.ctrl]),
        np.concatenate([own.home, others.home]),
    )


def always_flying(n: int) -> Longs:
    """Phases of drones that are in the air at all times."""
    return np.tile(np.array([-FOREVER, -FOREVER, FOREVER, FOREVER], np.int64), (n, 1))


def _listed(
    paths: Paths, phases: Longs, own: int, gap_m: float, from_us: int, to_us: int
) -> tuple[Longs, Longs, Floats, Longs]:
    """Pairs with an own drone, their intervals, distances and moments."""
    found = find_meetings(paths, phases, gap_m, 1e-3, begin_us=from_us, end_us=to_us, most=_MOST)
    rows = np.flatnonzero((found.pair.min(axis=1) < own) & (found.kind == 0))
    return found.pair[rows], found.span_us[rows], found.gap_m[rows], found.nearest_us[rows]


def near_ways(ways: Ways, gap_m: float, others: Others | None, from_us: int, to_us: int) -> list[Near]:
    """All pairs, at least one of them of these ways, nearer than allowed between two moments; nearest first."""
    paths, phases = _union(ways.paths(), others)
    pairs, _, distance, at = _listed(paths, phases, len(ways.start_m), gap_m, from_us, to_us)
    return [Near(int(i), int(j), float(d), int(t)) for (i, j), d, t in zip(pairs, distance, at, strict=True)]


def _union(own: Paths, others: Others | None) -> tuple[Paths, Longs]:
    phases = always_flying(len(own.home))
    if others is None or not len(others):
        return own, phases
    return together(own, others.paths), np.concatenate([phases, others.phases])


def bent_apart(
    ways: Ways,
    gap_m: float,
    aside_m: float,
    others: Others | None = None,
    span_us: tuple[int, int] | None = None,
    spaced_m: float = math.inf,
) -> tuple[Ways, list[Near]]:
    """The ways bent by `aside_m` at most so that all keep `gap_m`, and the pairs that do not.

    Searched is `span_us` (default: while any of them flies). `spaced_m`: how far apart their places are. Deterministic.
    """
    n = len(ways.start_m)
    from_us, to_us = span_us or (int(ways.begin_us.min()), int(ways.begin_us.max()) + ways.length_us)
    slack = min(0.2, max(0.04, 0.5 * (spaced_m - gap_m) - 0.03))
    moved = np.zeros(n if others is None else n + len(others))
    bend = ways.bend_m.copy()
    paths, phases = _union(ways.paths(), others)
    rows_clock = clock(ways.law)
    listed, pairs, spans = bend, np.zeros((0, 2), np.int64), np.zeros((0, 2), np.int64)
    once, distance, when, apart = np.empty(0), np.empty(0), np.empty(0, np.int64), np.empty((0, 3))
    stale = np.ones(len(paths.home), np.bool_)
    fewest, better = 1 << 60, 0
    best = bend
    for turn in range(_ROUNDS):
        # B-splines sum to one at most: no drone moves by more than the largest change of its coefficients
        moved[:n] = np.sqrt(((bend - listed) ** 2).sum(axis=2).max(axis=1))
        if turn == 0 or moved.max(initial=0.0) > slack:
            slack = slack if turn == 0 else min(_WIDEST_M, 2.0 * slack)
            pairs, spans, once, _ = _listed(paths, phases, n, gap_m + MARGIN_M + 2.0 * slack, from_us, to_us)
            listed = bend.copy()
            moved[:] = 0.0
            distance, when, apart = np.full(len(pairs), 1e9), np.zeros(len(pairs), np.int64), np.zeros((len(pairs), 3))
            stale[:] = True
        near = once - moved[pairs[:, 0]] - moved[pairs[:, 1]] < gap_m + MARGIN_M
        fresh = np.flatnonzero((stale[pairs[:, 0]] | stale[pairs[:, 1]]) & near)
        distance[fresh], when[fresh], apart[fresh] = passing_gaps(paths, pairs[fresh], spans[fresh], gap_m + MARGIN_M)
        bad = np.flatnonzero(distance < gap_m + 0.2 * MARGIN_M)
        if not len(bad):
            best = bend
            break
        if len(bad) < fewest:
            fewest, better, best = len(bad), turn, bend.copy()
        elif turn - better > _PATIENCE:
            break
        changed = _push(
            ways, bend, pairs[bad], distance[bad], when[bad], apart[bad], gap_m, aside_m, stuck=turn - better >= _STUCK
        )
        if not len(changed):
            break
        ctrl = bent_controls(ways.start_m[changed], ways.end_m[changed], bend[changed], rows_clock)
        paths.ctrl[: n * SPANS * 6].reshape(n, -1)[changed] = ctrl.reshape(len(changed), -1)
        stale[:] = False
        stale[changed] = True
    after = Ways(ways.law, ways.start_m, ways.end_m, best, ways.begin_us, ways.length_us)
    return after, near_ways(after, gap_m, others, from_us, to_us)


def _push(
    ways: Ways,
    bend: Floats,
    pairs: Longs,
    distance: Floats,
    when: Longs,
    apart: Floats,
    gap_m: float,
    aside_m: float,
    *,
    stuck: bool,
) -> Longs:
    """Bends the ways of pairs that are too near (in place); which drones changed."""
    n = len(bend)
    along = apart / np.maximum(distance, 1e-9)[:, None]
    # two that meet exactly have no direction to part along: each gives way to its right
    toward = np.zeros((len(pairs), 3))
    for column, sign in ((0, -1.0), (1, 1.0)):
        own = pairs[:, column] < n
        rows = pairs[own, column]
        toward[own] += sign * (ways.end_m - ways.start_m)[rows]
    upright = np.hypot(toward[:, 0], toward[:, 1]) < 1e-6
    spare = np.stack([-toward[:, 1], toward[:, 0] + upright, np.zeros(len(pairs))], axis=1)
    spare /= np.linalg.norm(spare, axis=1, keepdims=True)
    along = np.where(distance[:, None] > 1e-3, along, spare)
    clocks = np.zeros((len(pairs), 2))
    able = np.zeros((len(pairs), 2))
    if stuck:
        # in one plane there is often no way past: out of it there is
        normal = np.cross(along, toward)
        size = np.linalg.norm(normal, axis=1, keepdims=True)
        normal = np.where(size > 1e-6, normal / np.maximum(size, 1e-9), np.array([0.0, 0.0, 1.0]))
        # one sense of all normals, so that drones of one stream go to one side
        first = np.argmax(np.abs(normal) > 1e-6, axis=1)
        normal *= np.sign(normal[np.arange(len(normal)), first])[:, None]
        along = along + normal
        along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    for column in (0, 1):
        own = pairs[:, column] < n
        rows = pairs[own, column]
        u = (when[own] - ways.begin_us[rows]) / ways.length_us
        clocks[own, column] = u
        able[own, column] = (u > _REACH[0]) & (u < _REACH[1])
    share = able / np.maximum(able.sum(axis=1, keepdims=True), 1.0)
    push = gap_m + 2.0 * MARGIN_M - distance
    touched: list[Longs] = []
    for column, sign in ((0, -1.0), (1, 1.0)):
        rows = np.flatnonzero(able[:, column] > 0.0)
        who = pairs[rows, column]
        move = _moves(clocks[rows, column])[:, :, None]
        move = move * (along[rows] * (sign * push * share[:, column])[rows, None])[:, None, :]
        np.add.at(bend, who, move)
        touched.append(who)
    changed = np.unique(np.concatenate(touched))
    size = np.sqrt((bend[changed] ** 2).sum(axis=2, keepdims=True))
    bend[changed] *= np.minimum(1.0, aside_m / np.maximum(size, 1e-9))
    return changed


def _moves(u: Floats) -> Floats:
    """Coefficients (m, BENDS) of the smallest bend moving a drone by 1 at clock readings `u`; less near the ends."""
    held = np.clip(u, _TURN, 1.0 - _TURN)
    small = bend_weights(held, _TURN)
    # what such a bend does at u itself, which lies on its slope when u is near an end
    there = bend_weights(u, 0.0)
    there /= np.maximum((there * there).sum(axis=1, keepdims=True), 1e-12)
    effect = (small * there).sum(axis=1, keepdims=True)
    return np.asarray(small / np.clip(effect, _LEAST_EFFECT, 1.0))


def no_bends(n: int) -> Floats:
    """Bends of straight ways."""
    return np.zeros((n, BENDS, 3))
