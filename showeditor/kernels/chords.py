"""Chords of all drones in consecutive windows, in one walk along each path.

A window's chord joins a drone's places at its begin and end; the common clock (`windows`) walks it. How far the true
path leaves chord and clock is bounded by control points: a piece restricted to its part of the window and raised to
the clock's degree is a fixed matrix times its control points, and the difference of two Bernstein polynomials stays
within the difference of their coefficients. Swarms share breaks, so the matrices are computed once per window.
"""

import math

import numpy as np

from showeditor.kernels.jit import Floats, Longs, inlined
from showeditor.kernels.paths import Paths, cursor_near, cut, elevate, place
from showeditor.kernels.windows import DEGREE, chord, clock_at, fit_clock

SHARED = 32
"""Kinds of pieces of one window whose matrices are kept."""

KNOTS = 4096
"""Breaks of one window whose clock is tabulated."""

ORDER = DEGREE + 1


@inlined
def _prepare(
    t0: int,
    t1: int,
    count: int,
    s_us: int,
    e_us: int,
    a_us: int,
    b_us: int,
    clock: Floats,
    matrix: Floats,
    hand: Floats,
) -> None:
    """Write the matrix (count, 8), control points to raised points of [s_us, e_us], and the clock there (8,)."""
    unit, points = np.empty((8, 3)), np.empty((16, 3))
    u0, u1 = (s_us - t0) / float(t1 - t0), (e_us - t0) / float(t1 - t0)
    for first in range(0, count, 3):
        unit[:] = 0.0
        for axis in range(3):
            if first + axis < count:
                unit[first + axis, axis] = 1.0
        cut(unit, 0, count, u0, u1, points)
        elevate(points, count - 1, DEGREE)
        for axis in range(3):
            if first + axis < count:
                for k in range(ORDER):
                    matrix[first + axis, k] = points[k, axis]
    span = float(b_us - a_us)
    cut(clock, 0, ORDER, (s_us - a_us) / span, (e_us - a_us) / span, points)
    for k in range(ORDER):
        hand[k] = points[k, 0]


@inlined
def _leave(
    matrix: Floats, hand: Floats, corners: Floats, here: Floats, there: Floats, x: Floats, y: Floats, z: Floats,
    worst: Floats,
) -> None:  # fmt: skip
    """Raise worst (8,) to the squared distances between a piece's raised control points and chord and clock."""
    ax, ay, az = here[0], here[1], here[2]
    dx, dy, dz = there[0] - ax, there[1] - ay, there[2] - az
    for k in range(ORDER):
        x[k] = -hand[k] * dx
        y[k] = -hand[k] * dy
        z[k] = -hand[k] * dz
    for j in range(corners.shape[0]):
        px, py, pz = corners[j, 0] - ax, corners[j, 1] - ay, corners[j, 2] - az
        for k in range(ORDER):
            w = matrix[j, k]
            x[k] += w * px
            y[k] += w * py
            z[k] += w * pz
    for k in range(ORDER):
        off = x[k] * x[k] + y[k] * y[k] + z[k] * z[k]
        worst[k] = off if off > worst[k] else worst[k]


@inlined
def _even(t0: Longs, t1: Longs, starts: Longs, knots_us: Longs) -> bool:
    """Whether the pieces are straight and break exactly at the knots, one more than pieces."""
    # differences gathered without a branch: one SIMD loop
    odd = 0
    for k in range(t0.shape[0]):
        odd |= (t0[k] ^ knots_us[k]) | (t1[k] ^ knots_us[k + 1]) | (starts[k + 1] - starts[0] - 2 * k - 2)
    return bool(odd == 0)


@inlined
def _apart(ctrl: Floats, a: int, b: int) -> bool:
    """Whether a piece begins elsewhere than the one before ends."""
    return bool(ctrl[a, 0] != ctrl[b, 0] or ctrl[a, 1] != ctrl[b, 1] or ctrl[a, 2] != ctrl[b, 2])


@inlined
def _sampled(corners: Floats, knots: Floats, here: Floats, there: Floats, slack: float) -> float:
    """How far straight pieces that break at the knots leave chord and clock; `slack`: the clock between two knots."""
    dx, dy, dz = there[0] - here[0], there[1] - here[1], there[2] - here[2]
    return math.sqrt(_stray(corners, knots, here, there)) + math.sqrt(dx * dx + dy * dy + dz * dz) * slack


@inlined
def _write(line: Floats, here: Floats, there: Floats, off: float, row: Floats) -> None:
    """Write a chord between the clock values row[0] and row[1] and its bound into a line; row[4] grows by it."""
    dx, dy, dz = there[0] - here[0], there[1] - here[1], there[2] - here[2]
    line[0], line[3] = here[0] + row[0] * dx, here[0] + row[1] * dx
    line[1], line[4] = here[1] + row[0] * dy, here[1] + row[1] * dy
    line[2], line[5] = here[2] + row[0] * dz, here[2] + row[1] * dz
    line[6] = off
    moved = off + abs(dx) + abs(dy) + abs(dz)
    row[4] = moved if moved > row[4] else row[4]


@inlined
def _stray(corners: Floats, knots: Floats, here: Floats, there: Floats) -> float:
    """The largest squared distance of straight pieces' ends (2 k, 3) from the chord at the clock of the knots."""
    ax, ay, az = here[0], here[1], here[2]
    dx, dy, dz = there[0] - ax, there[1] - ay, there[2] - az
    square = 0.0
    for k in range(corners.shape[0] // 2):
        u = corners[2 * k, 0] - ax - knots[k] * dx
        v = corners[2 * k, 1] - ay - knots[k] * dy
        w = corners[2 * k, 2] - az - knots[k] * dz
        off = u * u + v * v + w * w
        u = corners[2 * k + 1, 0] - ax - knots[k + 1] * dx
        v = corners[2 * k + 1, 1] - ay - knots[k + 1] * dy
        w = corners[2 * k + 1, 2] - az - knots[k + 1] * dz
        last = u * u + v * v + w * w
        off = last if last > off else off
        square = off if off > square else square
    return square


@inlined
def _tabulate(paths: Paths, i: int, a_us: int, b_us: int, clock: Floats, knots_us: Longs, knots: Floats) -> int:
    """Write where drone i's pieces break within a window and the clock there; returns how many (0: too many)."""
    p = cursor_near(paths, i, a_us, 0)
    last = paths.piece_start[i + 1]
    knots_us[0], knots[0] = a_us, 0.0
    count = 1
    p += 1
    while p < last and paths.t0[p] < b_us:
        if count + 1 >= knots.shape[0]:
            return 0
        knots_us[count], knots[count] = paths.t0[p], clock_at(clock, (paths.t0[p] - a_us) / float(b_us - a_us))
        count += 1
        p += 1
    knots_us[count], knots[count] = b_us, 1.0
    return count + 1


@inlined
def trace(
    paths: Paths,
    windows: Longs,
    sample: Longs,
    clocks: Floats,
    lines: Floats,
    knots_us: Longs,
    knots: Floats,
    table: Floats,
) -> None:
    """Write the chords of consecutive windows (m, 2) into lines (m, >= n, 8): six places and how far paths leave them.

    clocks (m, 8, 3) receives the common clocks; the places are those where clock and chord reach farthest, so that
    0 <= share <= 1 between them covers the window. knots_us, knots (m, k) receive breaks of a typical drone and the
    clock there, table (m, 5): the clock where chords begin and end, how many knots there are (0: too many), how far the
    clock between two knots may lie outside its values there, and the largest way or deviation of any drone (0: all
    stand where the window before has left them).
    """
    n, m = paths.home.shape[0], windows.shape[0]
    keys = np.empty((m, SHARED, 5), np.int64)
    matrices, hands = np.empty((m, SHARED, ORDER, ORDER)), np.empty((m, SHARED, ORDER))
    kept, used = np.zeros(m, np.int64), np.zeros(m, np.int64)
    widest = np.zeros(m)
    here, there, ends, points = np.empty(3), np.empty(3), np.empty((2, 3)), np.empty((16, 3))
    x, y, z, worst = np.empty(ORDER), np.empty(ORDER), np.empty(ORDER), np.empty(ORDER)
    cursors = np.zeros(n, np.int64)
    for w in range(m):
        a, b = windows[w, 0], windows[w, 1]
        fit_clock(paths, sample, a, b, clocks[w])
        used[w] = _tabulate(paths, sample[0], a, b, clocks[w], knots_us[w], knots[w])
        for k in range(1, used[w]):
            widest[w] = max(widest[w], (knots_us[w, k] - knots_us[w, k - 1]) / float(b - a))
        table[w, 0], table[w, 1] = 0.0, 1.0
        for k in range(ORDER):
            table[w, 0] = min(table[w, 0], clocks[w, k, 0])
            table[w, 1] = max(table[w, 1], clocks[w, k, 0])
        table[w, 2] = used[w]
        table[w, 4] = 0.0
        table[w, 3] = clocks[w, 0, 2] * widest[w] * widest[w] / 8.0
    # the breaks of all windows in one row, where they follow on each other
    total = 0
    for w in range(m):
        if used[w] < 2 or (w > 0 and windows[w - 1, 1] != windows[w, 0]):
            total = -KNOTS * m
        total += used[w] - 1
    all_us = np.empty(max(0, total) + 1, np.int64)
    if total > 0:
        at = 0
        for w in range(m):
            for k in range(used[w] - 1):
                all_us[at] = knots_us[w, k]
                at += 1
        all_us[at] = windows[m - 1, 1]
    guess = 0
    for i in range(n):
        first, last = paths.piece_start[i], paths.piece_start[i + 1]
        if first == last:
            for w in range(m):
                lines[w, i, 6] = 0.0
                for axis in range(3):
                    lines[w, i, axis] = lines[w, i, axis + 3] = paths.home[i, axis]
            continue
        p = cursor_near(paths, i, windows[0, 0], first + guess)
        guess = p - first
        if (
            total > 0
            and p >= first
            and p + total <= last
            and _even(paths.t0[p : p + total], paths.t1[p : p + total], paths.ctrl_start[p : p + total + 1], all_us)
        ):
            at = paths.ctrl_start[p]
            for w in range(m):
                pieces = used[w] - 1
                corners = paths.ctrl[at : at + 2 * pieces]
                if w > 0 and _apart(paths.ctrl, at - 1, at):
                    table[w, 4] = np.inf
                at += 2 * pieces
                for axis in range(3):
                    here[axis], there[axis] = corners[0, axis], corners[2 * pieces - 1, axis]
                off = _sampled(corners, knots[w], here, there, table[w, 3])
                _write(lines[w, i], here, there, off, table[w])
            continue
        place(paths, i, p, windows[0, 0], here)
        for w in range(m):
            a, b = windows[w, 0], windows[w, 1]
            if w > 0 and windows[w - 1, 1] != a:
                p = cursor_near(paths, i, a, p)
                place(paths, i, p, a, here)
            if p > first and paths.t0[p] == a:
                at = paths.ctrl_start[p]
                if paths.t0[p - 1] == a or _apart(paths.ctrl, at - 1, at):
                    table[w, 4] = np.inf
            pieces = used[w] - 1
            off = -1.0
            if (
                pieces > 1
                and p >= first
                and p + pieces <= last
                and _even(
                    paths.t0[p : p + pieces],
                    paths.t1[p : p + pieces],
                    paths.ctrl_start[p : p + pieces + 1],
                    knots_us[w],
                )
            ):
                corners = paths.ctrl[paths.ctrl_start[p] : paths.ctrl_start[p + pieces]]
                for axis in range(3):
                    here[axis], there[axis] = corners[0, axis], corners[2 * pieces - 1, axis]
                off = _sampled(corners, knots[w], here, there, table[w, 3])
                follow = p + pieces - 1
                while follow + 1 < last and paths.t0[follow + 1] <= b:
                    follow += 1
            else:
                follow = cursor_near(paths, i, b, p + 1)
                place(paths, i, follow, b, there)
            if off < 0.0 and p >= first and paths.t0[p] <= a:
                worst[:] = 0.0
                s, q, guess = a, p, 0
                while s < b:
                    e = min(b, paths.t1[q])
                    count = paths.ctrl_start[q + 1] - paths.ctrl_start[q]
                    if paths.t0[q] > s or e <= s or (q + 1 < last and paths.t0[q + 1] < e):
                        break
                    if count == 1 and s == a and e == b:
                        s = b
                        break
                    found = -1
                    for turn in range(kept[w]):
                        k = guess + turn if guess + turn < kept[w] else guess + turn - kept[w]
                        if (
                            keys[w, k, 0] == paths.t0[q]
                            and keys[w, k, 1] == paths.t1[q]
                            and keys[w, k, 2] == count
                            and keys[w, k, 3] == s
                            and keys[w, k, 4] == e
                        ):
                            found = k
                            break
                    if found < 0:
                        if kept[w] == SHARED:
                            break
                        found = kept[w]
                        kept[w] += 1
                        keys[w, found, 0], keys[w, found, 1], keys[w, found, 2] = paths.t0[q], paths.t1[q], count
                        keys[w, found, 3], keys[w, found, 4] = s, e
                        _prepare(
                            paths.t0[q], paths.t1[q], count, s, e, a, b, clocks[w], matrices[w, found], hands[w, found]
                        )
                    at = paths.ctrl_start[q]
                    _leave(
                        matrices[w, found], hands[w, found], paths.ctrl[at : at + count], here, there, x, y, z, worst
                    )
                    guess = found + 1
                    s = e
                    if s < b:
                        if q + 1 >= last:
                            break
                        q += 1
                if s >= b:
                    square = worst[0]
                    for k in range(1, ORDER):
                        square = max(square, worst[k])
                    off = math.sqrt(square)
            if off < 0.0:
                cursors[i] = p
                off = chord(paths, i, a, b, clocks[w], knots_us[w, : used[w]], knots[w], np.inf, cursors, ends, points)
                for axis in range(3):
                    here[axis], there[axis] = ends[0, axis], ends[1, axis]
            _write(lines[w, i], here, there, off, table[w])
            p = follow
            for axis in range(3):
                here[axis] = there[axis]
