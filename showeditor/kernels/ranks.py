"""How far drones leave the clock or the frame of windows whose pieces they share: one pass over their control points.

Control points lie in memory as one row of numbers, window after window, and so do the values of the model; the largest
distances on each axis are gathered in lanes, so that the loops become SIMD and run about as fast as memory is read. A
drone whose pieces differ from those of the others is compared stretch by stretch on raised control points.
"""

import math

import numpy as np

from showeditor.kernels.frames import CLOCK, FITTED, FRAME, STIFF, lay_clock, lay_frame, rank, same
from showeditor.kernels.jit import Floats, Longs, inlined
from showeditor.kernels.paths import Paths, cursor_near, cut, elevate, place, stretch, until

LANES = 96
"""Numbers compared at once: a multiple of three axes."""


@inlined
def _off_clock(row: Floats, clock: Floats, base: Floats, way: Floats, worst: Floats) -> None:
    """Raise worst (LANES,) to the distances, axis by axis, between a row of places and chord at clock."""
    at = 0
    while at + LANES <= row.shape[0]:
        part, hand = row[at : at + LANES], clock[at : at + LANES]
        for m in range(part.shape[0]):
            off = abs(part[m] - base[m] - hand[m] * way[m])
            worst[m] = off if off > worst[m] else worst[m]
        at += LANES
    part, hand = row[at:], clock[at:]
    for m in range(part.shape[0]):
        off = abs(part[m] - base[m] - hand[m] * way[m])
        worst[m] = off if off > worst[m] else worst[m]


@inlined
def _off_frame(row: Floats, table: Floats, x: float, y: float, z: float, worst: Floats) -> None:
    """Raise worst (LANES,) to the distances, axis by axis, between a row of places and the images of x, y, z."""
    at = 0
    while at < row.shape[0]:
        part = row[at : at + LANES]
        shift, a = table[0, at : at + LANES], table[1, at : at + LANES]
        b, c = table[2, at : at + LANES], table[3, at : at + LANES]
        for m in range(part.shape[0]):
            off = abs(part[m] - shift[m] - a[m] * x - b[m] * y - c[m] * z)
            worst[m] = off if off > worst[m] else worst[m]
        at += LANES


@inlined
def _gathered(worst: Floats) -> float:
    """The length of the largest distances of all lanes on each axis; clears the lanes."""
    x, y, z = 0.0, 0.0, 0.0
    for m in range(0, worst.shape[0] - 2, 3):
        x = worst[m] if worst[m] > x else x
        y = worst[m + 1] if worst[m + 1] > y else y
        z = worst[m + 2] if worst[m + 2] > z else z
    worst[:] = 0.0
    return math.sqrt(x * x + y * y + z * z)


@inlined
def _off_short(row: Floats, clock: Floats) -> float:
    """The largest distance between a few places and chord at clock."""
    end = row.shape[0] - 3
    ax, ay, az = row[0], row[1], row[2]
    dx, dy, dz = row[end] - ax, row[end + 1] - ay, row[end + 2] - az
    square = 0.0
    for k in range(0, end, 3):
        x = row[k] - ax - clock[k] * dx
        y = row[k + 1] - ay - clock[k] * dy
        z = row[k + 2] - az - clock[k] * dz
        off = x * x + y * y + z * z
        square = off if off > square else square
    # the clock may leave its last chord point, where a drone is all the same
    off = (1.0 - clock[end]) ** 2 * (dx * dx + dy * dy + dz * dz)
    return math.sqrt(off if off > square else square)


@inlined
def _odd(
    paths: Paths, i: int, r0: int, r1: int, kind: int, table: Floats, here: Floats, there: Floats, mine: Floats,
    model: Floats, points: Floats,
) -> float:  # fmt: skip
    """How far drone i, whatever its pieces, leaves the model on pieces r0 to r1 of the typical drone."""
    square = 0.0
    base = paths.ctrl_start[r0]
    p = cursor_near(paths, i, paths.t0[r0], 0)
    last = paths.piece_start[i + 1]
    for r in range(r0, r1):
        t0, t1 = paths.t0[r], paths.t1[r]
        count = paths.ctrl_start[r + 1] - paths.ctrl_start[r]
        for k in range(count):
            at = 3 * (paths.ctrl_start[r] - base + k)
            for axis in range(3):
                if kind == CLOCK:
                    mine[k, axis] = here[axis] + table[0, at + axis] * (there[axis] - here[axis])
                else:
                    mine[k, axis] = table[0, at + axis]
                    for column in range(3):
                        mine[k, axis] += table[1 + column, at + axis] * here[column]
        s = t0
        while s < t1:
            while p + 1 < last and paths.t0[p + 1] <= s:
                p += 1
            e = min(t1, until(paths, i, p, s))
            degree = stretch(paths, i, p, s, e, points)
            span = float(t1 - t0)
            cut(mine, 0, count, (s - t0) / span, (e - t0) / span, model)
            high = max(degree, count - 1)
            elevate(points, degree, high)
            elevate(model, count - 1, high)
            for k in range(high + 1):
                x, y, z = points[k, 0] - model[k, 0], points[k, 1] - model[k, 1], points[k, 2] - model[k, 2]
                square = max(square, x * x + y * y + z * z)
            s = e
    return math.sqrt(square)


@inlined
def knots_of(
    paths: Paths, r0: int, r1: int, clock: Floats, knots_us: Longs, knots: Floats, row: Floats
) -> None:  # fmt: skip
    """Write where pieces begin and end and the clock there, and into row (5,) its range, their number and its slack."""
    base = paths.ctrl_start[r0]
    row[0], row[1], row[2], row[3], row[4] = 0.0, 1.0, r1 - r0 + 1, 0.0, 0.0
    for r in range(r0, r1):
        first, last = paths.ctrl_start[r] - base, paths.ctrl_start[r + 1] - base - 1
        knots_us[r - r0], knots[r - r0] = paths.t0[r], clock[3 * first]
        low, high = min(clock[3 * first], clock[3 * last]), max(clock[3 * first], clock[3 * last])
        for k in range(first, last + 1):
            s = clock[3 * k]
            row[3] = max(row[3], max(low - s, s - high))
            row[0], row[1] = min(row[0], s), max(row[1], s)
        # pieces need not follow on each other without a jump
        if r > r0:
            row[3] = max(row[3], abs(clock[3 * first] - clock[3 * first - 3]))
        knots_us[r - r0 + 1], knots[r - r0 + 1] = paths.t1[r], clock[3 * last]


@inlined
def march(
    paths: Paths, sample: Longs, pieces: Longs, kinds: Longs, lines: Floats, knots_us: Longs, knots: Floats,
    table: Floats,
) -> None:  # fmt: skip
    """Write chords and bounds of consecutive windows, as `chords.trace` does, for windows in rank.

    pieces (m, 2): the pieces of sample[0] that make up each window; kinds (m,): CLOCK or FRAME, a FRAME that turns out
    not to be stiff becomes a CLOCK. In a FRAME both ends of a chord are the drone's place in the frame, shrunk by what
    the frame may shrink distances. lines[:, :, 7] receives where a drone's control points in the window begin (-1: its
    pieces are others).
    """
    n, m = paths.home.shape[0], kinds.shape[0]
    r0, r1 = pieces[0, 0], pieces[m - 1, 1]
    base = paths.ctrl_start[r0]
    values = np.empty((4, 3 * (paths.ctrl_start[r1] - base)))
    stiff = np.ones(m)
    starts = np.empty(FITTED, np.int64)
    for w in range(m):
        a, b = paths.ctrl_start[pieces[w, 0]] - base, paths.ctrl_start[pieces[w, 1]] - base
        model = values[:, 3 * a : 3 * b]
        used = rank(paths, sample, pieces[w, 0], pieces[w, 1], starts)
        if kinds[w] == FRAME:
            stiff[w] = lay_frame(paths, starts[:used], pieces[w, 0], pieces[w, 1], model)
            if not stiff[w] > 0.5 * STIFF:
                kinds[w], stiff[w] = CLOCK, 1.0
        if kinds[w] == CLOCK:
            lay_clock(paths, starts[:used], b - a, model)
            knots_of(paths, pieces[w, 0], pieces[w, 1], model[0], knots_us[w], knots[w], table[w])
        else:
            stiff[w] -= 1e-9
            table[w, 0], table[w, 1], table[w, 2], table[w, 3], table[w, 4] = 0.0, 1.0, 0.0, 0.0, 0.0
    worst, places, way = np.zeros(LANES), np.empty(LANES), np.empty(LANES)
    here, there = np.empty(3), np.empty(3)
    mine, model_points, points = np.empty((16, 3)), np.empty((16, 3)), np.empty((16, 3))
    flat = paths.ctrl.reshape(-1)
    guess = 0
    for i in range(n):
        first, last = paths.piece_start[i], paths.piece_start[i + 1]
        p = cursor_near(paths, i, paths.t0[r0], first + guess)
        guess = p - first
        fits = p >= first and p + r1 - r0 <= last
        all_same = fits and same(paths, p, r0, r1 - r0)
        for w in range(m):
            a_us, b_us = paths.t0[pieces[w, 0]], paths.t1[pieces[w, 1] - 1]
            a, b = paths.ctrl_start[pieces[w, 0]] - base, paths.ctrl_start[pieces[w, 1]] - base
            line = lines[w, i]
            off = 0.0
            q = p + pieces[w, 0] - r0
            count = pieces[w, 1] - pieces[w, 0]
            even = all_same
            if not even:
                q = cursor_near(paths, i, a_us, q)
                even = q >= first and q + count <= last and same(paths, q, pieces[w, 0], count)
            if even:
                at = paths.ctrl_start[q]
                row = flat[3 * at : 3 * (at + b - a)]
                for axis in range(3):
                    here[axis], there[axis] = row[axis], row[row.shape[0] - 3 + axis]
                    if q > first and (paths.ctrl[at - 1, axis] != here[axis] or paths.t1[q - 1] > a_us):
                        table[w, 4] = np.inf
                line[7] = at
                if kinds[w] == CLOCK and row.shape[0] <= LANES:
                    off = _off_short(row, values[0, 3 * a : 3 * b])
                elif kinds[w] == CLOCK:
                    for axis in range(3):
                        far = there[axis] - here[axis]
                        for lane in range(axis, LANES, 3):
                            places[lane], way[lane] = here[axis], far
                    _off_clock(row, values[0, 3 * a : 3 * b], places, way, worst)
                    off = _gathered(worst)
                else:
                    _off_frame(row, values[:, 3 * a : 3 * b], here[0], here[1], here[2], worst)
                    off = _gathered(worst)
            else:
                line[7] = -1.0
                table[w, 4] = np.inf
                place(paths, i, q, a_us, here)
                place(paths, i, cursor_near(paths, i, b_us, q), b_us, there)
                off = _odd(paths, i, pieces[w, 0], pieces[w, 1], kinds[w], values[:, 3 * a : 3 * b], here, there, mine,
                           model_points, points)  # fmt: skip
            moved = off
            for axis in range(3):
                d = there[axis] - here[axis]
                moved += abs(d)
                if kinds[w] == CLOCK:
                    line[axis] = here[axis] + table[w, 0] * d
                    line[3 + axis] = here[axis] + table[w, 1] * d
                else:
                    line[axis] = line[3 + axis] = stiff[w] * here[axis]
            line[6] = off
            table[w, 4] = max(table[w, 4], moved)
