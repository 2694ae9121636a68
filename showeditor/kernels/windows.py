"""Time windows in which a whole swarm moves nearly along straight chords on one common clock.

In a window every drone's path is its chord from begin to end, walked by a common clock (a polynomial of degree 7
fitted by least squares), plus a deviation that is bounded from control points, never from samples. A synchronous
transition of any time law is one window with deviations near zero.
"""

import math

import numpy as np

from showeditor.kernels.framing import shared_pieces, stride
from showeditor.kernels.jit import Floats, Longs, f8, f8_2, i8, i8_1, inlined, kernel, out_f8_1, out_i8_1, out_i8_2
from showeditor.kernels.paths import RAISE, Paths, cursor, cursor_near, cut, elevate, place, stretch, until

DEGREE = 7
_NODES = 0.5 - 0.5 * np.cos(np.pi * np.arange(DEGREE + 1) / DEGREE)
_BERNSTEIN = np.array([[math.comb(DEGREE, k) * u**k * (1 - u) ** (DEGREE - k) for k in range(DEGREE + 1)]
                       for u in _NODES])  # fmt: skip
_OF_NODES = np.linalg.inv(_BERNSTEIN)
"""Bernstein coefficients from the values at the nodes."""
_TO_POWERS = np.array([[math.comb(DEGREE, k) * math.comb(k, j) * (-1.0) ** (k - j) if j <= k else 0.0
                        for j in range(DEGREE + 1)] for k in range(DEGREE + 1)])  # fmt: skip


@inlined
def fit_clock(paths: Paths, sample: Longs, a_us: int, b_us: int, clock: Floats) -> float:
    """Write the common clock into clock (8, 3); returns the mean chord of the sample.

    Column 0 holds its Bernstein coefficients, column 1 its power coefficients, clock[0, 2] a bound of its second
    derivative by the window's own time.
    """
    values = np.zeros(DEGREE + 1)
    begin, end, here = np.empty(3), np.empty(3), np.empty(3)
    square, length = 0.0, 0.0
    for k in range(sample.shape[0]):
        i = sample[k]
        place(paths, i, cursor(paths, i, a_us), a_us, begin)
        place(paths, i, cursor(paths, i, b_us), b_us, end)
        chord = 0.0
        for axis in range(3):
            chord += (end[axis] - begin[axis]) ** 2
        if chord == 0.0:
            continue
        square += chord
        length += math.sqrt(chord)
        for node in range(1, DEGREE):
            t = a_us + int((b_us - a_us) * _NODES[node])
            place(paths, i, cursor(paths, i, t), t, here)
            for axis in range(3):
                values[node] += (here[axis] - begin[axis]) * (end[axis] - begin[axis])
    for node in range(DEGREE + 1):
        values[node] = values[node] / square if square > 1e-12 else _NODES[node]
    values[0], values[DEGREE] = 0.0, 1.0
    for k in range(DEGREE + 1):
        clock[k, 0] = 0.0
        clock[k, 1] = 0.0
        for node in range(DEGREE + 1):
            clock[k, 0] += _OF_NODES[k, node] * values[node]
    clock[0, 0], clock[DEGREE, 0] = 0.0, 1.0
    for k in range(DEGREE + 1):
        for j in range(k + 1):
            clock[k, 1] += _TO_POWERS[k, j] * clock[j, 0]
    bend = 0.0
    for k in range(DEGREE - 1):
        bend = max(bend, abs(clock[k + 2, 0] - 2.0 * clock[k + 1, 0] + clock[k, 0]))
    clock[0, 2] = bend * DEGREE * (DEGREE - 1)
    return float(length / max(1, sample.shape[0]))


@inlined
def clock_at(clock: Floats, u: float) -> float:
    """The clock at the share u of its window."""
    s = clock[DEGREE, 1]
    for k in range(DEGREE - 1, -1, -1):
        s = s * u + clock[k, 1]
    return float(s)


@inlined
def chord(
    paths: Paths,
    i: int,
    a_us: int,
    b_us: int,
    clock: Floats,
    knots_us: Longs,
    knots: Floats,
    enough: float,
    cursors: Longs,
    ends: Floats,
    points: Floats,
) -> float:
    """Write the ends of drone i's chord into ends (2, 3); returns a bound of its deviation from chord and clock.

    Beyond `enough` the bound is no longer sought (what comes back is then larger than `enough`, and no bound).
    knots (k,) are the clock's values at the times knots_us, so that dense paths with the same breaks need not compute
    them.
    cursors (n,) of `paths.cursor` guess where the window begins and tell where it ends; `points` is working space of
    (16, 3).
    """
    p = cursor_near(paths, i, a_us, cursors[i])
    cursors[i] = cursor_near(paths, i, b_us, p + knots_us.shape[0] - 1)
    place(paths, i, p, a_us, ends[0])
    place(paths, i, cursors[i], b_us, ends[1])
    ax, ay, az = ends[0, 0], ends[0, 1], ends[0, 2]
    dx, dy, dz = ends[1, 0] - ax, ends[1, 1] - ay, ends[1, 2] - az
    length = math.sqrt(dx * dx + dy * dy + dz * dz)
    if length == 0.0 and until(paths, i, p, a_us) >= b_us and _stands(paths, i, p, a_us):
        return 0.0
    span = float(b_us - a_us)
    last = paths.piece_start[i + 1]
    worst, square, widest = 0.0, 0.0, 0
    s = a_us
    at_s = 0.0
    known = 0
    first = paths.piece_start[i]
    while s < b_us:
        if first <= p < last and paths.t0[p] == s and paths.t1[p] <= b_us:
            # a run of whole straight pieces, of which dense paths have thousands; slices spare the loop index checks
            begins, finishes, starts = paths.t0[p:last], paths.t1[p:last], paths.ctrl_start[p : last + 1]
            corners = paths.ctrl[starts[0] :]
            # breaks shared with the table of knots: no clock to compute, no step waits for the one before
            table_us, table = knots_us[known:], knots[known:]
            count = 0
            for k in range(min(begins.shape[0], table_us.shape[0] - 1)):
                if begins[k] != table_us[k] or finishes[k] != table_us[k + 1]:
                    break
                if starts[k + 1] - starts[0] != 2 * k + 2:
                    break
                count = k + 1
            for k in range(count):
                u = corners[2 * k, 0] - ax - table[k] * dx
                v = corners[2 * k, 1] - ay - table[k] * dy
                w = corners[2 * k, 2] - az - table[k] * dz
                off = u * u + v * v + w * w
                u = corners[2 * k + 1, 0] - ax - table[k + 1] * dx
                v = corners[2 * k + 1, 1] - ay - table[k + 1] * dy
                w = corners[2 * k + 1, 2] - az - table[k + 1] * dz
                here = u * u + v * v + w * w
                off = here if here > off else off
                square = off if off > square else square
            if count > 0:
                for k in range(count):
                    widest = finishes[k] - begins[k] if finishes[k] - begins[k] > widest else widest
                s, at_s = table_us[count], table[count]
                known += count
                p += count - 1
                while p + 1 < last and paths.t0[p + 1] <= s:
                    p += 1
                if square > enough * enough:
                    break
                continue
            count = 0
            for k in range(begins.shape[0]):
                e = finishes[k]
                if begins[k] != s or e > b_us or starts[k + 1] - starts[0] != 2 * k + 2:
                    break
                at_e = clock_at(clock, (e - a_us) / span)
                u = corners[2 * k, 0] - ax - at_s * dx
                v = corners[2 * k, 1] - ay - at_s * dy
                w = corners[2 * k, 2] - az - at_s * dz
                off = u * u + v * v + w * w
                u = corners[2 * k + 1, 0] - ax - at_e * dx
                v = corners[2 * k + 1, 1] - ay - at_e * dy
                w = corners[2 * k + 1, 2] - az - at_e * dz
                here = u * u + v * v + w * w
                off = here if here > off else off
                square = off if off > square else square
                widest = e - s if e - s > widest else widest
                s, at_s = e, at_e
                count += 1
            if count > 0:
                p += count - 1
                while p + 1 < last and paths.t0[p + 1] <= s:
                    p += 1
                if square > enough * enough:
                    break
                continue
        e = min(b_us, until(paths, i, p, s))
        at_e = clock_at(clock, (e - a_us) / span)
        while known + 1 < knots_us.shape[0] and knots_us[known] < e:
            known += 1
        if p >= 0 and s == a_us and e == b_us and s == paths.t0[p] and e == paths.t1[p]:
            # a whole piece that fills the window: a hold, a synchronous transition
            at = paths.ctrl_start[p]
            degree = paths.ctrl_start[p + 1] - at - 1
            for k in range(DEGREE + 1):
                c = clock[k, 0]
                x, y, z = -ax - c * dx, -ay - c * dy, -az - c * dz
                for j in range(max(0, k - DEGREE + degree), min(degree, k) + 1):
                    w = RAISE[degree, k, j]
                    x += w * paths.ctrl[at + j, 0]
                    y += w * paths.ctrl[at + j, 1]
                    z += w * paths.ctrl[at + j, 2]
                worst = max(worst, x * x + y * y + z * z)
        else:
            degree = stretch(paths, i, p, s, e, points)
            if degree <= 1:
                square = max(square, _off2(points, 0, ends, at_s))
                square = max(square, _off2(points, degree, ends, at_e))
                widest = max(widest, e - s)
            else:
                elevate(points, degree, DEGREE)
                if s > a_us or e < b_us:
                    # the second half of the working space takes the clock cut to this stretch, in its first column
                    cut(clock, 0, DEGREE + 1, (s - a_us) / span, (e - a_us) / span, points[8:])
                else:
                    points[8:] = clock
                for k in range(DEGREE + 1):
                    worst = max(worst, _off2(points, k, ends, points[8 + k, 0]))
        if square > enough * enough:
            break
        s, at_s = e, at_e
        while p + 1 < last and paths.t0[p + 1] <= s:
            p += 1
    # between its ends a straight stretch and the bent clock part by at most bend x width^2 / 8 of the chord
    width = widest / span
    return float(max(math.sqrt(worst), math.sqrt(square) + length * clock[0, 2] * width * width / 8.0))


@inlined
def _stands(paths: Paths, i: int, p: int, t_us: int) -> bool:
    """Whether drone i stands still at t_us by the form of its path."""
    if p < paths.piece_start[i] or t_us >= paths.t1[p]:
        return True
    return bool(paths.ctrl_start[p + 1] - paths.ctrl_start[p] == 1)


@inlined
def _off2(rows: Floats, k: int, ends: Floats, s: float) -> float:
    """The squared distance of rows[k] from the place at clock s on a chord."""
    x = rows[k, 0] - ends[0, 0] - s * (ends[1, 0] - ends[0, 0])
    y = rows[k, 1] - ends[0, 1] - s * (ends[1, 1] - ends[0, 1])
    z = rows[k, 2] - ends[0, 2] - s * (ends[1, 2] - ends[0, 2])
    return float(x * x + y * y + z * z)


@kernel(i8_1, i8_1, i8_1, i8_1, f8_2, f8_2, i8_1, i8_1, f8, i8, out_i8_2, out_f8_1)
def _divide(
    piece_start: Longs,
    t0: Longs,
    t1: Longs,
    ctrl_start: Longs,
    ctrl: Floats,
    home: Floats,
    breaks: Longs,
    sample: Longs,
    deviation_m: float,
    shortest_us: int,
    windows: Longs,
    motion: Floats,
) -> int:
    paths = Paths(piece_start, t0, t1, ctrl_start, ctrl, home)
    clock, ends, points = np.empty((8, 3)), np.empty((2, 3)), np.empty((16, 3))
    cursors = np.zeros(home.shape[0], np.int64)
    stack = np.empty((200, 2), np.int64)
    stack[0, 0], stack[0, 1] = breaks[0], breaks[-1]
    top, count = 1, 0
    enough = deviation_m * sample.shape[0]
    while top > 0:
        top -= 1
        a, b = stack[top, 0], stack[top, 1]
        mean_chord = fit_clock(paths, sample, a, b, clock)
        total = 0.0
        for k in range(sample.shape[0]):
            total += chord(paths, sample[k], a, b, clock, breaks[:0], motion, enough - total, cursors, ends, points)
            if total > enough:
                break
        if total <= enough or b - a <= shortest_us or count + top + 2 >= windows.shape[0] or top + 2 > 200:
            windows[count, 0], windows[count, 1] = a, b
            motion[count] = mean_chord
            count += 1
            continue
        middle = (a + b) // 2
        k = np.searchsorted(breaks, middle)
        cutting = middle
        nearest = b - a
        for near in range(k - 1, k + 1):
            if 0 <= near < breaks.shape[0] and a < breaks[near] < b and abs(breaks[near] - middle) < nearest:
                cutting = breaks[near]
                nearest = abs(cutting - middle)
        stack[top, 0], stack[top, 1] = cutting, b
        stack[top + 1, 0], stack[top + 1, 1] = a, cutting
        top += 2
    return count


@kernel(i8_1, i8_1, i8_1, i8_1, f8_2, f8_2, i8_1, f8, i8_1, out_i8_1, out_i8_2, out_f8_1)
def _long(
    piece_start: Longs,
    t0: Longs,
    t1: Longs,
    ctrl_start: Longs,
    ctrl: Floats,
    home: Floats,
    sample: Longs,
    deviation_m: float,
    span: Longs,
    flags: Longs,
    windows: Longs,
    motion: Floats,
) -> int:
    paths = Paths(piece_start, t0, t1, ctrl_start, ctrl, home)
    shared_pieces(paths, sample, flags)
    first, last = piece_start[sample[0]], piece_start[sample[0] + 1]
    count, r = 0, first
    while r < last:
        end = r
        while end < last and flags[end - first] and t0[end] >= span[0] and t1[end] <= span[1]:
            if t1[end] <= t0[end] or (end > r and t0[end] != t1[end - 1]):
                break
            end += 1
        if end > r:
            count += stride(paths, sample, r, end, deviation_m, windows[count:], motion[count:])
        r = max(end, r + 1)
    return count


def divide(paths: Paths, begin_us: int, end_us: int, deviation_m: float) -> tuple[Longs, Floats]:
    """Windows (k, 2) us that cover [begin_us, end_us] in order, and the mean way (m) a drone makes in each.

    Where a sample of the drones shares its pieces, windows are as long as one clock or one moving frame follows the
    sample. Elsewhere they are halved, at moments where many paths begin a new piece if there are such, until the mean
    deviation is at most `deviation_m`.
    """
    n = len(paths.home)
    sample = np.unique(np.linspace(0, n - 1, min(n, 48)).astype(np.int64))
    flags = np.empty(int(paths.piece_start[sample[0] + 1] - paths.piece_start[sample[0]]), np.int64)
    windows, motion = np.empty((len(flags), 2), np.int64), np.empty(len(flags))
    count = _long(*paths, sample, deviation_m, np.array([begin_us, end_us]), flags, windows, motion)
    rows: list[tuple[Longs, Floats]] = []
    t = begin_us
    for k in range(count):
        if motion[k] < 0.0:
            continue
        if windows[k, 0] > t:
            rows.append(_halved(paths, sample, t, int(windows[k, 0]), deviation_m))
        rows.append((windows[k : k + 1], motion[k : k + 1]))
        t = int(windows[k, 1])
    if t < end_us:
        rows.append(_halved(paths, sample, t, end_us, deviation_m))
    return np.concatenate([row[0] for row in rows]), np.concatenate([row[1] for row in rows])


def _halved(paths: Paths, sample: Longs, begin_us: int, end_us: int, deviation_m: float) -> tuple[Longs, Floats]:
    breaks = _common_breaks(paths, sample[:: max(1, len(sample) // 16)], begin_us, end_us)
    windows, motion = np.empty((100_000, 2), np.int64), np.empty(100_000)
    count = _divide(*paths, breaks, sample, deviation_m, 20_000, windows, motion)
    return windows[:count].copy(), motion[:count].copy()


def _common_breaks(paths: Paths, sample: Longs, begin_us: int, end_us: int) -> Longs:
    times = [paths.t0[paths.piece_start[i] : paths.piece_start[i + 1]] for i in sample]
    times += [paths.t1[paths.piece_start[i + 1] - 1 : paths.piece_start[i + 1]] for i in sample
              if paths.piece_start[i + 1] > paths.piece_start[i]]  # fmt: skip
    found, seen = np.unique(np.concatenate(times), return_counts=True)
    common = found[(seen * 4 >= len(sample)) & (found > begin_us) & (found < end_us)]
    return np.concatenate([[begin_us], common, [end_us]]).astype(np.int64)
