"""Closest approach of a whole swarm in continuous time: every pair nearer than allowed, and the nearest pair of all.

Broad phase: windows of a common clock (`windows`), a tree over the chords in six dimensions (`boxtree`), both with
rigorous bounds; narrow phase: the difference polynomials of the pairs that are left (`meeting`). Nothing is sampled.
Memory grows with the number of drones and of violations only.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from showeditor.kernels.boxtree import LEAF, apart, arrange, grow, spread
from showeditor.kernels.jit import Floats, Longs, f8, f8_2, i8_1, i8_2, inlined, kernel, out_f8_1, out_i8_1, out_i8_2
from showeditor.kernels.meeting import FLYING, LOW, SLACK, meet
from showeditor.kernels.paths import FOREVER, Paths
from showeditor.kernels.windows import DEGREE, chord, divide, fit_clock, tabulate

__all__ = ["FLYING", "FOREVER", "LOW", "SLACK", "Nearness", "Paths", "find_meetings", "gap_of_points"]

_CHUNK = 24
"""Windows handled between two reports of progress."""


@inlined
def _idle(phases: Longs, i: int, a_us: int, b_us: int) -> bool:
    return bool(b_us <= phases[i, 0] or a_us >= phases[i, 3])


@inlined
def _reach(best: Floats, gap: float) -> float:
    return float(max(gap, best[0]) - SLACK)


@inlined
def _fill(places: Floats, bound: Floats, pad: float, order: Longs, leaves: Floats) -> None:
    """Write the points in order into leaves (m, 7, 8): places at both ends and radius; unused seats lie far away."""
    n = order.shape[0]
    for leaf in range(leaves.shape[0]):
        for m in range(LEAF):
            k = leaf * LEAF + m
            if k < n:
                for d in range(6):
                    leaves[leaf, d, m] = places[d, order[k]]
                leaves[leaf, 6, m] = bound[order[k]] + pad
            else:
                for d in range(6):
                    leaves[leaf, d, m] = 1e30 * (k - n + 1)
                leaves[leaf, 6, m] = 0.0


@inlined
def _near(one: Floats, k: int, many: Floats, around: float, excess: Floats) -> bool:
    """Whether the chord of seat k of one leaf comes near any of another leaf (7, 8); excess (8,) < 0 says which."""
    x, y, z = one[0, k], one[1, k], one[2, k]
    u, v, w = one[3, k] - x, one[4, k] - y, one[5, k] - z
    # a length unknown to the compiler: it then makes one SIMD loop of it instead of unrolling
    for m in range(excess.shape[0]):
        px, py, pz = many[0, m] - x, many[1, m] - y, many[2, m] - z
        du, dv, dw = many[3, m] - many[0, m] - u, many[4, m] - many[1, m] - v, many[5, m] - many[2, m] - w
        s = -(px * du + py * dv + pz * dw) / (du * du + dv * dv + dw * dw + 1e-30)
        s = s if s > 0.0 else 0.0
        s = s if s < 1.0 else 1.0
        px += s * du
        py += s * dv
        pz += s * dw
        distance = around + many[6, m]
        excess[m] = px * px + py * py + pz * pz - distance * distance
    least = excess[0]
    for m in range(1, 8):
        least = excess[m] if excess[m] < least else least
    return bool(least < 0.0)


@inlined
def _join(
    paths: Paths,
    phases: Longs,
    leaves: Floats,
    order: Longs,
    p: int,
    q: int,
    a_us: int,
    b_us: int,
    gap: float,
    low_gap: float,
    best: Floats,
    longs: Longs,
    shorts: Floats,
    excess: Floats,
) -> bool:
    """Meet all pairs of two leaves (or of one with itself) whose chords come near; False when records overflow."""
    one, many = leaves[p], leaves[q]
    for k in range(min(LEAF, order.shape[0] - p * LEAF)):
        if not _near(one, k, many, _reach(best, gap) + one[6, k], excess):
            continue
        i = order[p * LEAF + k]
        for m in range(k + 1 if p == q else 0, min(LEAF, order.shape[0] - q * LEAF)):
            if excess[m] >= 0.0:
                continue
            j = order[q * LEAF + m]
            if _idle(phases, i, a_us, b_us) and _idle(phases, j, a_us, b_us):
                continue
            if not meet(paths, phases, i, j, a_us, b_us, gap, low_gap, best, longs, shorts):
                return False
    return True


@kernel(
    i8_1, i8_1, i8_1, i8_1, f8_2, f8_2, i8_2, i8_2, i8_1, f8, f8, out_i8_1, out_f8_1, out_i8_2, out_f8_1
)  # fmt: skip
def _search(
    piece_start: Longs,
    t0: Longs,
    t1: Longs,
    ctrl_start: Longs,
    ctrl: Floats,
    home: Floats,
    phases: Longs,
    windows: Longs,
    sample: Longs,
    gap: float,
    low_gap: float,
    order: Longs,
    best: Floats,
    longs: Longs,
    shorts: Floats,
) -> bool:
    paths = Paths(piece_start, t0, t1, ctrl_start, ctrl, home)
    n = home.shape[0]
    clock, ends, points = np.empty((8, 3)), np.empty((2, 3)), np.empty((16, 3))
    places, bound = np.empty((6, n)), np.empty(n)
    leaves = np.empty(((n + LEAF - 1) // LEAF, 7, LEAF))
    knots_us, knots = np.empty(4096, np.int64), np.empty(4096)
    room = 4 * (n // LEAF + 2)
    low, high = np.empty((room, 6)), np.empty((room, 6))
    reach, links = np.empty(room), np.empty((room, 4), np.int64)
    cursors = np.zeros(n, np.int64)
    stack = np.empty((4096, 2), np.int64)
    excess = np.empty(LEAF)
    for number in range(windows.shape[0]):
        a, b = windows[number, 0], windows[number, 1]
        fit_clock(paths, sample, a, b, clock)
        s0, s1 = 0.0, 1.0
        used = tabulate(paths, sample[0], a, b, clock, knots_us, knots)
        for k in range(DEGREE + 1):
            s0, s1 = min(s0, clock[k, 0]), max(s1, clock[k, 0])
        largest = 0.0
        for i in range(n):
            bound[i] = chord(paths, i, a, b, clock, knots_us[:used], knots, np.inf, cursors, ends, points)
            for axis in range(3):
                places[axis, i] = ends[0, axis] + s0 * (ends[1, axis] - ends[0, axis])
                places[axis + 3, i] = ends[0, axis] + s1 * (ends[1, axis] - ends[0, axis])
                largest = max(largest, abs(places[axis, i]), abs(places[axis + 3, i]))
        pad = 1e-12 * largest
        if best[5] <= 0.0 or spread(places, order) > 1.2 * best[5]:
            arrange(places, order)
            best[5] = spread(places, order) + 1e-9
        _fill(places, bound, pad, order, leaves)
        grow(leaves, n, low, high, reach, links)
        stack[0, 0], stack[0, 1] = 0, 0
        top = 1
        while top > 0:
            top -= 1
            p, q = stack[top, 0], stack[top, 1]
            if p == q:
                if links[p, 2] < 0:
                    leaf = links[p, 0] // LEAF
                    if not _join(paths, phases, leaves, order, leaf, leaf, a, b, gap, low_gap, best, longs, shorts,
                                 excess):  # fmt: skip
                        return False
                    continue
                left, right = links[p, 2], links[p, 3]
                stack[top, 0], stack[top, 1] = left, right
                stack[top + 1, 0], stack[top + 1, 1] = right, right
                stack[top + 2, 0], stack[top + 2, 1] = left, left
                top += 3
                continue
            if apart(low, high, p, q, _reach(best, gap) + reach[p] + reach[q]):
                continue
            if links[p, 2] < 0 and links[q, 2] < 0:
                if not _join(paths, phases, leaves, order, links[p, 0] // LEAF, links[q, 0] // LEAF, a, b, gap, low_gap,
                             best, longs, shorts, excess):  # fmt: skip
                    return False
                continue
            if links[q, 2] < 0 or (links[p, 2] >= 0 and links[p, 1] - links[p, 0] >= links[q, 1] - links[q, 0]):
                stack[top, 0], stack[top, 1] = links[p, 2], q
                stack[top + 1, 0], stack[top + 1, 1] = links[p, 3], q
            else:
                stack[top, 0], stack[top, 1] = p, links[q, 2]
                stack[top + 1, 0], stack[top + 1, 1] = p, links[q, 3]
            top += 2
    return True


@dataclass(frozen=True, slots=True)
class Nearness:
    """What `find_meetings` found.

    `pair` (k, 2), `span_us` (k, 2), `nearest_us` (k,), `kind` (k,) FLYING or LOW and `gap_m` (k,): the violations, one
    row per pair and unbroken interval, nearest first. `closest_m`, `closest_us`, `closest_pair`: the nearest flying
    pair of the show (infinite, 0 and (-1, -1) when no two drones fly). `complete` is False when there were more
    violations than `most` and the search stopped.
    """

    pair: Longs
    span_us: Longs
    nearest_us: Longs
    kind: Longs
    gap_m: Floats
    closest_m: float
    closest_us: int
    closest_pair: tuple[int, int]
    complete: bool


def find_meetings(
    paths: Paths,
    phases: Longs,
    gap_m: float,
    low_gap_m: float,
    *,
    begin_us: int | None = None,
    end_us: int | None = None,
    most: int = 200_000,
    progress: Callable[[float], None] | None = None,
) -> Nearness:
    """Every pair of drones nearer than allowed between two moments (default: the whole show), with intervals.

    `phases` (n, 4) us: when each drone leaves the ground, leaves its take-off phase, enters its landing phase, reaches
    the ground. Two airborne drones of which one is between the middle two are held to `gap_m`, all other pairs to
    `low_gap_m`, two standing drones to nothing. Distances are found to 0.1 mm; one short of its limit by less than
    0.01 mm counts as kept. An exception raised by `progress` (shares 0..1) ends the search.
    """
    n = len(paths.home)
    first = int(paths.t0.min()) if len(paths.t0) else 0
    last = int(paths.t1.max()) if len(paths.t1) else first + 1
    begin = first if begin_us is None else begin_us
    end = max(begin + 1, last if end_us is None else end_us)
    # closest distance, time, pair; rows used; spread of the order in use
    best = np.array([math.inf, 0.0, -1.0, -1.0, 0.0, 0.0])
    longs, shorts = np.empty((most, 6), np.int64), np.empty(most)
    complete = True
    if n > 1:
        sample = np.unique(np.linspace(0, n - 1, min(n, 48)).astype(np.int64))
        windows, motion = divide(paths, begin, end, max(0.02, 0.1 * gap_m))
        # windows with much motion first: they usually hold the closest pair, and knowing it prunes the rest
        ahead = np.argsort(-motion, kind="stable")[:4]
        windows = np.concatenate([windows[ahead], np.delete(windows, ahead, axis=0)])
        order = np.arange(n)
        for k in range(0, len(windows), _CHUNK):
            part = windows[k : k + _CHUNK]
            complete = _search(*paths, phases, part, sample, gap_m, low_gap_m, order, best, longs, shorts)
            if progress:
                progress(min(1.0, (k + _CHUNK) / len(windows)))
            if not complete:
                break
    rows = int(best[4])
    found, gaps = _joined(longs[:rows], shorts[:rows])
    worst = np.argsort(gaps, kind="stable")
    found, gaps = found[worst], gaps[worst]
    pair = (int(min(best[2], best[3])), int(max(best[2], best[3])))
    return Nearness(
        found[:, :2], found[:, 2:4], found[:, 4], found[:, 5], gaps, float(best[0]), int(best[1]), pair, complete
    )


def _joined(longs: Longs, shorts: Floats) -> tuple[Longs, Floats]:
    """Records of one pair and kind that touch (windows cut them) made one."""
    order = np.lexsort((longs[:, 2], longs[:, 5], longs[:, 1], longs[:, 0]))
    longs, shorts = longs[order], shorts[order]
    if len(longs) < 2:
        return longs.copy(), shorts.copy()
    same = (longs[1:, [0, 1, 5]] == longs[:-1, [0, 1, 5]]).all(axis=1) & (longs[1:, 2] - longs[:-1, 3] <= 2000)
    starts = np.flatnonzero(np.concatenate([[True], ~same]))
    joined = longs[starts].copy()
    joined[:, 3] = np.maximum.reduceat(longs[:, 3], starts)
    gaps = np.minimum.reduceat(shorts, starts)
    group = np.cumsum(np.concatenate([[0], ~same]))
    nearest = np.lexsort((shorts, group))
    joined[:, 4] = longs[nearest[np.searchsorted(group[nearest], np.arange(len(starts)))], 4]
    return joined, gaps


@kernel(f8_2)
def _gap_of_sorted(points: Floats) -> float:
    least = np.inf
    for i in range(points.shape[0]):
        for j in range(i + 1, points.shape[0]):
            dx = points[j, 0] - points[i, 0]
            if dx >= least:
                break
            least = min(least, math.sqrt(dx * dx + (points[j, 1] - points[i, 1]) ** 2))
    return least


def gap_of_points(points_m: Floats) -> float:
    """The least horizontal distance between any two of the points (n, 3), m; infinite for fewer than two."""
    return float(_gap_of_sorted(np.ascontiguousarray(points_m[np.argsort(points_m[:, 0], kind="stable")])))
