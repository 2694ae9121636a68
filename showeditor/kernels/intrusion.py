"""Which moving spheres paths enter, in continuous time: hazards whose centres run straight, against Bernstein paths.

Per window of the show a tree of boxes stands over the drones that can be concerned at all; each sphere walks down it.
What is left is decided on the difference polynomial. Boxes and hulls hold whole curves: nothing is sampled.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from showeditor.kernels.boxtree import LEAF, arrange
from showeditor.kernels.flightbox import apart2, around, beyond, boxes_of, plant, widen
from showeditor.kernels.hulls import below, lowest
from showeditor.kernels.jit import (
    Flags,
    Floats,
    Longs,
    f8_1,
    f8_2,
    i8,
    i8_1,
    inlined,
    kernel,
    out_f8_1,
    out_i8_1,
    out_i8_2,
)
from showeditor.kernels.paths import Paths, cursor, cursor_near, squared, stretch, until

GRAIN_US = 1000.0
"""Ends of intervals are found to this, outwards."""

FAR_M = 50.0
"""Clearances beyond this are not looked for."""

SMALL_M = 2.0
"""Boxes of pieces up to this size are not cut to the window."""

_WINDOW_US = 2_000_000
_CHUNK = 16


class Spheres(NamedTuple):
    """Moving spheres: sphere k lasts from t0[k] to t1[k] us, its centre runs straight from start[k] to end[k] (3,).

    `owner` numbers the hazard that a sphere is a part of.
    """

    owner: Longs
    t0: Longs
    t1: Longs
    start: Floats
    end: Floats
    radius: Floats


@inlined
def _meet(
    paths: Paths,
    i: int,
    s_us: int,
    e_us: int,
    spheres: Spheres,
    k: int,
    best: Floats,
    longs: Longs,
    shorts: Floats,
    work: Floats,
    row: Floats,
    spans: Floats,
) -> bool:
    """Record where drone i is inside sphere k between two moments; False when the records are full."""
    p, last = cursor(paths, i, s_us), paths.piece_start[i + 1]
    radius = spheres.radius[k]
    lasts = max(1.0, float(spheres.t1[k] - spheres.t0[k]))
    s = s_us
    while s < e_us:
        e = min(e_us, until(paths, i, p, s))
        degree = stretch(paths, i, p, s, e, work)
        if degree == 0:
            degree = 1
            for axis in range(3):
                work[1, axis] = work[0, axis]
        v0, v1 = (s - spheres.t0[k]) / lasts, (e - spheres.t0[k]) / lasts
        for j in range(degree + 1):
            v = v0 + (v1 - v0) * j / degree
            for axis in range(3):
                work[j, axis] -= spheres.start[k, axis] + v * (spheres.end[k, axis] - spheres.start[k, axis])
        double = squared(work, degree, 3, row)
        reach = radius + max(0.0, best[0])
        most = row[0]
        for j in range(1, double + 1):
            most = max(most, row[j])
        least, u = lowest(row, double, radius * radius, reach * reach, True)
        if least < reach * reach:
            margin = math.sqrt(max(0.0, least)) - radius
            moment = s + int(u * (e - s))
            if margin < best[0]:
                best[0], best[1], best[2], best[3] = margin, moment, spheres.owner[k], i
            if margin < 0.0:
                begin, end = moment, moment
                found = 0
                if most < radius * radius:
                    begin, end = s, e
                else:
                    found = below(row, double, radius * radius, GRAIN_US / max(1.0, float(e - s)), spans)
                if found > 0:
                    begin = min(begin, s + int(spans[0, 0] * (e - s)))
                    end = max(end, s + math.ceil(spans[found - 1, 1] * (e - s)))
                at = int(best[4])
                if at >= shorts.shape[0]:
                    return False
                longs[at, 0], longs[at, 1], longs[at, 2] = spheres.owner[k], i, begin
                longs[at, 3], longs[at, 4] = end, moment
                shorts[at] = margin
                best[4] = at + 1
        s = e
        while p + 1 < last and paths.t0[p + 1] <= s:
            p += 1
    return True


@inlined
def _enclose(spheres: Spheres, a_us: int, b_us: int, hull: Floats) -> None:
    """Write the box of all spheres that last at any time between two moments into hull (6,)."""
    for axis in range(3):
        hull[axis], hull[axis + 3] = np.inf, -np.inf
    for k in range(spheres.t0.shape[0]):
        if spheres.t0[k] >= b_us:
            break
        if spheres.t1[k] > a_us:
            for axis in range(3):
                p, q = spheres.start[k, axis], spheres.end[k, axis]
                hull[axis] = min(hull[axis], min(p, q) - spheres.radius[k])
                hull[axis + 3] = max(hull[axis + 3], max(p, q) + spheres.radius[k])


@kernel(
    i8_1, i8_1, i8_1, i8_1, f8_2, f8_2, f8_2, i8_1, i8_1, i8_1, i8_1, i8_1, f8_2, f8_2, f8_1, i8, i8, i8, i8, out_i8_1,
    out_i8_1, out_f8_1, out_i8_2, out_f8_1,
)  # fmt: skip
def _search(
    piece_start: Longs,
    t0: Longs,
    t1: Longs,
    ctrl_start: Longs,
    ctrl: Floats,
    home: Floats,
    boxes: Floats,
    off: Longs,
    on: Longs,
    owner: Longs,
    begins: Longs,
    ends: Longs,
    start: Floats,
    end: Floats,
    radius: Floats,
    first: int,
    last: int,
    span: int,
    share: int,
    cursors: Longs,
    counts: Longs,
    best: Floats,
    longs: Longs,
    shorts: Floats,
) -> bool:
    paths = Paths(piece_start, t0, t1, ctrl_start, ctrl, home)
    spheres = Spheres(owner, begins, ends, start, end, radius)
    n, m = home.shape[0], begins.shape[0]
    box, one = np.empty((6, n)), np.empty((6, 1))
    who = np.empty(n, np.int64)
    order = np.empty(n, np.int64)
    leaves = (n + LEAF - 1) // LEAF
    size = 1
    while size < leaves:
        size *= 2
    tree = np.empty((2 * size, 6))
    stack = np.empty(128, np.int64)
    active = np.empty(m, np.int64)
    work, row, spans = np.empty((8, 3)), np.empty(16), np.empty((16, 2))
    hull, ball = np.empty(6), np.empty(6)
    # drones that can come near any sphere of these windows at all, by the boxes of their pieces
    some = np.empty(n, np.int64)
    concerned = 0
    a, b = begins[0] + first * span, begins[0] + last * span
    _enclose(spheres, a, b, hull)
    for i in range(n):
        s, e = max(a, off[i]), min(b, on[i])
        if s >= e:
            continue
        cursors[i] = cursor_near(paths, i, s, cursors[i])
        around(paths, boxes, i, cursors[i], e, one)
        if not beyond(one, 0, hull, max(0.0, best[0])):
            some[concerned] = i
            concerned += 1
    alive = 0
    following = 0
    for number in range(first, last):
        a = begins[0] + number * span
        b = a + span
        kept = 0
        for k in range(alive):
            if ends[active[k]] > a:
                active[kept] = active[k]
                kept += 1
        alive = kept
        while following < m and begins[following] < b:
            if ends[following] > a:
                active[alive] = following
                alive += 1
            following += 1
        if alive == 0 or concerned == 0:
            continue
        for axis in range(3):
            hull[axis], hull[axis + 3] = np.inf, -np.inf
            for x in range(alive):
                k = active[x]
                hull[axis] = min(hull[axis], min(start[k, axis], end[k, axis]) - radius[k])
                hull[axis + 3] = max(hull[axis + 3], max(start[k, axis], end[k, axis]) + radius[k])
        near = 0
        for x in range(concerned):
            i = some[x]
            s, e = max(a, off[i]), min(b, on[i])
            if s >= e:
                continue
            cursors[i] = cursor_near(paths, i, s, cursors[i])
            around(paths, boxes, i, cursors[i], e, one)
            if beyond(one, 0, hull, max(0.0, best[0])):
                continue
            if max(one[3, 0] - one[0, 0], max(one[4, 0] - one[1, 0], one[5, 0] - one[2, 0])) > SMALL_M:
                widen(paths, i, s, e, work, one, 0)
                if beyond(one, 0, hull, max(0.0, best[0])):
                    continue
            for d in range(6):
                box[d, near] = one[d, 0]
            who[near] = i
            near += 1
        if near == 0:
            continue
        for x in range(near):
            order[x] = x
        arrange(box[:, :near], order[:near])
        size = plant(box, order[:near], tree)
        for x in range(alive):
            k = active[x]
            if counts[owner[k]] >= share:
                continue
            s0, e0 = max(a, begins[k]), min(b, ends[k])
            lasts = max(1.0, float(ends[k] - begins[k]))
            for axis in range(3):
                along = (end[k, axis] - start[k, axis]) / lasts
                p, q = start[k, axis] + along * (s0 - begins[k]), start[k, axis] + along * (e0 - begins[k])
                ball[axis], ball[axis + 3] = min(p, q), max(p, q)
            stack[0] = 1
            top = 1
            while top > 0:
                top -= 1
                node = stack[top]
                reach = radius[k] + max(0.0, best[0])
                square = 0.0
                for axis in range(3):
                    aside = max(0.0, max(tree[node, axis] - ball[axis + 3], ball[axis] - tree[node, axis + 3]))
                    square += aside * aside
                if square > reach * reach:
                    continue
                if node < size:
                    stack[top], stack[top + 1] = 2 * node, 2 * node + 1
                    top += 2
                    continue
                for y in range((node - size) * LEAF, min(near, (node - size + 1) * LEAF)):
                    if apart2(box, order[y], ball) > (radius[k] + max(0.0, best[0])) ** 2:
                        continue
                    i = who[order[y]]
                    s, e = max(s0, off[i]), min(e0, on[i])
                    if s >= e:
                        continue
                    rows = int(best[4])
                    if not _meet(paths, i, s, e, spheres, k, best, longs, shorts, work, row, spans):
                        return False
                    counts[owner[k]] += int(best[4]) - rows
                    if counts[owner[k]] >= share:
                        top = 0
                        break
    return True


@dataclass(frozen=True, slots=True)
class Intrusions:
    """Entries of drones into hazards, one row per hazard and drone, by hazard, first contact first.

    `owner`, `drone`, `span_us` (k, 2) from the first to the last contact, `deepest_us` and `margin_m` (negative: how
    deep): (k,). `cut` (hazards,): hazards with so many contacts that the rest were not listed. `least_m`, `least_us`,
    `least_owner`, `least_drone`: the smallest margin of all (infinite when none is below FAR_M). `complete` is False
    when the records were full and the search ended.
    """

    owner: Longs
    drone: Longs
    span_us: Longs
    deepest_us: Longs
    margin_m: Floats
    cut: Flags
    least_m: float
    least_us: int
    least_owner: int
    least_drone: int
    complete: bool


def find_intrusions(
    paths: Paths,
    off_us: Longs,
    on_us: Longs,
    spheres: Spheres,
    *,
    share: int = 4000,
    most: int = 1_000_000,
    progress: Callable[[float], None] | None = None,
) -> Intrusions:
    """Every drone that is inside a sphere while it flies (between off and on), with first and last contact.

    Depths are found to 0.1 mm, moments to 1 ms, outwards. A hazard with `share` records (a drone inside one sphere for
    one stretch of its path) is not searched further; `most` records end the search. An exception raised by
    `progress` (shares 0..1) ends it, too.
    """
    hazards = int(spheres.owner.max(initial=-1)) + 1
    counts = np.zeros(hazards, np.int64)
    best = np.array([FAR_M, 0.0, -1.0, -1.0, 0.0])
    longs, shorts = np.empty((most, 5), np.int64), np.empty(most)
    complete = True
    if len(paths.home) and len(spheres.t0):
        order = np.argsort(spheres.t0, kind="stable")
        rows = Spheres(
            spheres.owner[order],
            spheres.t0[order],
            spheres.t1[order],
            np.ascontiguousarray(spheres.start[order]),
            np.ascontiguousarray(spheres.end[order]),
            spheres.radius[order],
        )
        boxes, cursors = np.empty((len(paths.t0), 6)), np.zeros(len(paths.home), np.int64)
        boxes_of(paths.ctrl_start, paths.ctrl, boxes)
        windows = int((rows.t1.max() - rows.t0[0]) // _WINDOW_US) + 1
        for first in range(0, windows, _CHUNK):
            last = min(windows, first + _CHUNK)
            complete = _search(
                *paths,
                boxes,
                off_us,
                on_us,
                *rows,
                first,
                last,
                _WINDOW_US,
                share,
                cursors,
                counts,
                best,
                longs,
                shorts,
            )
            if progress:
                progress(last / windows)
            if not complete:
                break
    used = int(best[4])
    return _joined(longs[:used], shorts[:used], counts >= share, best, complete)


def _joined(longs: Longs, shorts: Floats, cut: Flags, best: Floats, complete: bool) -> Intrusions:
    """Records of one hazard and drone made one."""
    order = np.lexsort((longs[:, 2], longs[:, 1], longs[:, 0]))
    longs, shorts = longs[order], shorts[order]
    fresh = np.ones(len(longs), dtype=np.bool_)
    fresh[1:] = (longs[1:, :2] != longs[:-1, :2]).any(axis=1)
    starts = np.flatnonzero(fresh)
    group = np.cumsum(fresh) - 1
    deepest = np.lexsort((shorts, group))[starts] if len(starts) else starts
    begin = longs[starts, 2]
    end = np.maximum.reduceat(longs[:, 3], starts) if len(starts) else begin
    found = np.lexsort((begin, longs[starts, 0]))
    none = best[2] < 0.0
    return Intrusions(
        longs[starts, 0][found],
        longs[starts, 1][found],
        np.stack([begin, end], axis=1)[found],
        longs[deepest, 4][found],
        shorts[deepest][found],
        cut,
        math.inf if none else float(best[0]),
        int(best[1]),
        int(best[2]),
        int(best[3]),
        complete,
    )
