"""How far drones leave the clock or the frame of windows whose pieces they share: one pass over their control points.

Control points lie in memory as one row of numbers, window after window, and so do the values of the model; the largest
distances on each axis are gathered in lanes, so that the loops become SIMD and run about as fast as memory is read. A
drone whose pieces differ from those of the others is compared stretch by stretch on raised control points.
"""

import math

import numpy as np

from showeditor.kernels.frames import CLOCK, FITTED, FRAME, STIFF, alike, lay_clock, lay_frame, rank
from showeditor.kernels.jit import Floats, Longs, inlined
from showeditor.kernels.paths import Paths, cursor_near, cut, elevate, place, stretch, until

LANES = 96
"""Numbers compared at once: a multiple of three axes."""


@inlined
def _off_clock(
    flat: Floats, at: int, values: Floats, hand: int, size: int, base: Floats, way: Floats, worst: Floats
) -> None:  # fmt: skip
    """Raise worst (LANES,) to the distances, axis by axis, between flat[at:at + size] and chord at the clock's values.

    base, way (LANES,): where the chord begins and its way, three axes in turn. Indices without a sign spare checks.
    """
    done = 0
    while done + LANES <= size:
        a, b = np.uint64(at + done), np.uint64(hand + done)
        for lane in range(LANES):
            m = np.uint64(lane)
            off = abs(flat[a + m] - base[m] - values[0, b + m] * way[m])
            worst[m] = off if off > worst[m] else worst[m]
        done += LANES
    a, b = np.uint64(at + done), np.uint64(hand + done)
    for lane in range(size - done):
        m = np.uint64(lane)
        off = abs(flat[a + m] - base[m] - values[0, b + m] * way[m])
        worst[m] = off if off > worst[m] else worst[m]


@inlined
def _off_frame(flat: Floats, at: int, values: Floats, hand: int, size: int, worst: Floats) -> None:
    """Raise worst (LANES,) likewise to the distances between places and the images of the first of them."""
    x, y, z = flat[at], flat[at + 1], flat[at + 2]
    done = 0
    while done < size:
        a, b = np.uint64(at + done), np.uint64(hand + done)
        for lane in range(min(LANES, size - done)):
            m = np.uint64(lane)
            image = values[0, b + m] + values[1, b + m] * x + values[2, b + m] * y + values[3, b + m] * z
            off = abs(flat[a + m] - image)
            worst[m] = off if off > worst[m] else worst[m]
        done += LANES


@inlined
def _gathered(worst: Floats) -> float:
    """The length of the largest distances of all lanes on each axis; clears the lanes."""
    x, y, z = 0.0, 0.0, 0.0
    for lane in range(0, LANES, 3):
        m = np.uint64(lane)
        x = worst[m] if worst[m] > x else x
        y = worst[m + np.uint64(1)] if worst[m + np.uint64(1)] > y else y
        z = worst[m + np.uint64(2)] if worst[m + np.uint64(2)] > z else z
    for lane in range(LANES):
        worst[np.uint64(lane)] = 0.0
    return math.sqrt(x * x + y * y + z * z)


@inlined
def _off_short(flat: Floats, at: int, values: Floats, hand: int, size: int) -> float:
    """The largest distance between a few places and chord at clock."""
    a, b, end = np.uint64(at), np.uint64(hand), np.uint64(at + size - 3)
    one, two = np.uint64(1), np.uint64(2)
    ax, ay, az = flat[a], flat[a + one], flat[a + two]
    dx, dy, dz = flat[end] - ax, flat[end + one] - ay, flat[end + two] - az
    square = 0.0
    for k in range(0, size, 3):
        m = np.uint64(k)
        s = values[0, b + m]
        x = flat[a + m] - ax - s * dx
        y = flat[a + m + one] - ay - s * dy
        z = flat[a + m + two] - az - s * dz
        off = x * x + y * y + z * z
        square = off if off > square else square
    return math.sqrt(square)


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
    firsts, sizes = np.empty(m, np.int64), np.empty(m, np.int64)
    spans = np.empty((m, 2), np.int64)
    for w in range(m):
        firsts[w] = paths.ctrl_start[pieces[w, 0]] - base
        sizes[w] = 3 * (paths.ctrl_start[pieces[w, 1]] - base - firsts[w])
        spans[w, 0], spans[w, 1] = paths.t0[pieces[w, 0]], paths.t1[pieces[w, 1] - 1]
    flags = np.zeros(n, np.int64)
    _measure(
        paths.piece_start, paths.t0, paths.t1, paths.ctrl_start, paths.ctrl.reshape(-1), pieces, kinds, firsts, sizes,
        spans, stiff, values, lines, table, flags,
    )  # fmt: skip
    here, there = np.empty(3), np.empty(3)
    mine, model_points, points = np.empty((16, 3)), np.empty((16, 3)), np.empty((16, 3))
    for i in range(n):
        if flags[i] == 0:
            continue
        for w in range(m):
            if lines[w, i, 7] >= 0.0:
                continue
            table[w, 4] = np.inf
            place(paths, i, cursor_near(paths, i, spans[w, 0], 0), spans[w, 0], here)
            place(paths, i, cursor_near(paths, i, spans[w, 1], 0), spans[w, 1], there)
            a = 3 * firsts[w]
            off = _odd(paths, i, pieces[w, 0], pieces[w, 1], kinds[w], values[:, a : a + sizes[w]], here, there, mine,
                       model_points, points)  # fmt: skip
            _put(lines, w, i, here[0], here[1], here[2], there[0], there[1], there[2], kinds[w], stiff[w], table)
            lines[w, i, 6] = off


@inlined
def _put(
    lines: Floats, w: int, i: int, x: float, y: float, z: float, u: float, v: float, h: float, kind: int, stiff: float,
    table: Floats,
) -> None:  # fmt: skip
    """Write the chord between two places into a line, or the place in a frame."""
    if kind == FRAME:
        lines[w, i, 0] = lines[w, i, 3] = stiff * x
        lines[w, i, 1] = lines[w, i, 4] = stiff * y
        lines[w, i, 2] = lines[w, i, 5] = stiff * z
        return
    low, high = table[w, 0], table[w, 1]
    lines[w, i, 0], lines[w, i, 3] = x + low * (u - x), x + high * (u - x)
    lines[w, i, 1], lines[w, i, 4] = y + low * (v - y), y + high * (v - y)
    lines[w, i, 2], lines[w, i, 5] = z + low * (h - z), z + high * (h - z)


@inlined
def _measure(
    piece_start: Longs, t0: Longs, t1: Longs, ctrl_start: Longs, flat: Floats, pieces: Longs, kinds: Longs,
    firsts: Longs, sizes: Longs, spans: Longs, stiff: Floats, values: Floats, lines: Floats, table: Floats,
    flags: Longs,
) -> None:  # fmt: skip
    """Write the lines of drones in rank; others get flags (n,) 1 and lines[w, i, 7] -1.

    No array is cut into slices here: counting their users would take longer than the work on a window of a drone.
    """
    m = kinds.shape[0]
    r0, r1 = pieces[0, 0], pieces[m - 1, 1]
    worst, base, way = np.zeros(LANES), np.empty(LANES), np.empty(LANES)
    guess = 0
    for i in range(piece_start.shape[0] - 1):
        first, last = piece_start[i], piece_start[i + 1]
        p = _begun(t0, first, last, t0[r0], first + guess)
        guess = p - first
        whole = p >= first and p + r1 - r0 <= last and alike(t0, t1, ctrl_start, p, r0, r1 - r0)
        for w in range(m):
            q = p + pieces[w, 0] - r0
            if not whole:
                count = pieces[w, 1] - pieces[w, 0]
                q = _begun(t0, first, last, spans[w, 0], q)
                if q < first or q + count > last or not alike(t0, t1, ctrl_start, q, pieces[w, 0], count):
                    lines[w, i, 7] = -1.0
                    flags[i] = 1
                    continue
            at, size, hand = 3 * ctrl_start[q], sizes[w], 3 * firsts[w]
            end = at + size - 3
            x, y, z = flat[at], flat[at + 1], flat[at + 2]
            u, v, h = flat[end], flat[end + 1], flat[end + 2]
            moved = 0.0
            if q > first:
                if t1[q - 1] > spans[w, 0] or flat[at - 3] != x or flat[at - 2] != y or flat[at - 1] != z:
                    moved = np.inf
            if kinds[w] == FRAME:
                _off_frame(flat, at, values, hand, size, worst)
                off = _gathered(worst)
            elif size <= LANES:
                off = _off_short(flat, at, values, hand, size)
            else:
                for lane in range(0, LANES, 3):
                    base[lane], base[lane + 1], base[lane + 2] = x, y, z
                    way[lane], way[lane + 1], way[lane + 2] = u - x, v - y, h - z
                _off_clock(flat, at, values, hand, size, base, way, worst)
                off = _gathered(worst)
            _put(lines, w, i, x, y, z, u, v, h, kinds[w], stiff[w], table)
            lines[w, i, 6], lines[w, i, 7] = off, ctrl_start[q]
            moved += off + abs(u - x) + abs(v - y) + abs(h - z)
            table[w, 4] = moved if moved > table[w, 4] else table[w, 4]


@inlined
def _begun(t0: Longs, first: int, last: int, t_us: int, guess: int) -> int:
    """`cursor_near` by the times of all pieces and the pieces of one drone."""
    for p in range(guess, guess - 2, -1):
        if first <= p < last and t0[p] <= t_us and (p + 1 == last or t0[p + 1] > t_us):
            return p
    low, high = first, last
    while low < high:
        middle = (low + high) // 2
        if t0[middle] <= t_us:
            low = middle + 1
        else:
            high = middle
    return int(low - 1)
