"""Walking along Bernstein paths: which polynomial a drone flies at a moment, and that polynomial cut to an interval.

A drone stands at its first place before its first piece, at the end of a piece until the next begins, and at its last
place after the last. A drone without pieces stands at home.
"""

from math import comb
from typing import NamedTuple

import numpy as np

from showeditor.kernels.jit import Floats, Longs, inlined

FOREVER = 2**62
"""A time (us) after everything."""

BINOMIAL = np.array([[float(comb(n, k)) for k in range(15)] for n in range(15)])


RAISE = np.array([[[comb(m, j) * comb(7 - m, k - j) / comb(7, k) if m <= 7 and 0 <= k - j <= 7 - m else 0.0
                    for j in range(8)] for k in range(8)] for m in range(8)])  # fmt: skip
"""RAISE[m, k, j]: what control point j of a curve of degree m adds to control point k of the same curve at degree 7."""


class Paths(NamedTuple):
    """The path arrays of `model.plan.Drones`, bundled for kernels."""

    piece_start: Longs
    t0: Longs
    t1: Longs
    ctrl_start: Longs
    ctrl: Floats
    home: Floats


@inlined
def cursor(paths: Paths, i: int, t_us: int) -> int:
    """The last piece of drone i that has begun at t_us; one less than its first piece when none has."""
    low, high = paths.piece_start[i], paths.piece_start[i + 1]
    while low < high:
        middle = (low + high) // 2
        if paths.t0[middle] <= t_us:
            low = middle + 1
        else:
            high = middle
    return int(low - 1)


@inlined
def cursor_near(paths: Paths, i: int, t_us: int, guess: int) -> int:
    """The same as `cursor`, at once when the guess or its neighbour is right."""
    first, last = paths.piece_start[i], paths.piece_start[i + 1]
    for p in range(guess, guess - 2, -1):
        if first <= p < last and paths.t0[p] <= t_us and (p + 1 == last or paths.t0[p + 1] > t_us):
            return p
    return cursor(paths, i, t_us)


@inlined
def until(paths: Paths, i: int, p: int, t_us: int) -> int:
    """When the polynomial that drone i flies at t_us (cursor p) ends."""
    first, last = paths.piece_start[i], paths.piece_start[i + 1]
    following = paths.t0[p + 1] if p + 1 < last else FOREVER
    if p < first or t_us >= paths.t1[p]:
        return following
    return int(min(following, paths.t1[p]))


@inlined
def cut(ctrl: Floats, first: int, count: int, u0: float, u1: float, out: Floats) -> None:
    """Write the control points of ctrl[first:first+count] restricted to [u0, u1] into out (8, 3)."""
    for axis in range(3):
        for j in range(count):
            out[j, axis] = ctrl[first + j, axis]
        if u1 < 1.0:
            for level in range(1, count):
                for j in range(count - 1, level - 1, -1):
                    out[j, axis] = out[j - 1, axis] + (out[j, axis] - out[j - 1, axis]) * u1
        if u0 > 0.0:
            v = u0 / u1 if u1 > 0.0 else 0.0
            for level in range(1, count):
                for j in range(count - level):
                    out[j, axis] += (out[j + 1, axis] - out[j, axis]) * v


@inlined
def stretch(paths: Paths, i: int, p: int, s_us: int, e_us: int, out: Floats) -> int:
    """Write the control points over [s_us, e_us], which one polynomial covers, into out; returns the degree."""
    first, last = paths.piece_start[i], paths.piece_start[i + 1]
    if first == last:
        for axis in range(3):
            out[0, axis] = paths.home[i, axis]
        return 0
    if p < first:
        for axis in range(3):
            out[0, axis] = paths.ctrl[paths.ctrl_start[first], axis]
        return 0
    a, b = paths.ctrl_start[p], paths.ctrl_start[p + 1]
    t0, t1 = paths.t0[p], paths.t1[p]
    if s_us >= t1 or b - a == 1:
        for axis in range(3):
            out[0, axis] = paths.ctrl[b - 1, axis]
        return 0
    span = float(t1 - t0)
    cut(paths.ctrl, a, b - a, (s_us - t0) / span if s_us > t0 else 0.0, (e_us - t0) / span if e_us < t1 else 1.0, out)
    return int(b - a - 1)


@inlined
def place(paths: Paths, i: int, p: int, t_us: int, out: Floats) -> None:
    """Write the place of drone i at t_us (cursor p) into out (3,)."""
    first, last = paths.piece_start[i], paths.piece_start[i + 1]
    if first == last:
        for axis in range(3):
            out[axis] = paths.home[i, axis]
        return
    a, b = paths.ctrl_start[max(first, p)], paths.ctrl_start[max(first, p) + 1]
    stands_at = -1
    u = 0.0
    if p < first or t_us <= paths.t0[p]:
        stands_at = a
    elif t_us >= paths.t1[p] or b - a == 1:
        stands_at = b - 1
    else:
        u = (t_us - paths.t0[p]) / float(paths.t1[p] - paths.t0[p])
    if stands_at >= 0:
        for axis in range(3):
            out[axis] = paths.ctrl[stands_at, axis]
        return
    # Horner's scheme on the Bernstein sum
    degree = b - a - 1
    v = 1.0 - u
    for axis in range(3):
        power = 1.0
        total = paths.ctrl[a, axis] * v
        for j in range(1, degree):
            power *= u
            total = (total + power * BINOMIAL[degree, j] * paths.ctrl[a + j, axis]) * v
        out[axis] = total + power * u * paths.ctrl[b - 1, axis]


@inlined
def elevate(points: Floats, degree: int, wanted: int) -> None:
    """Raise the degree of points (8, 3) in place, without changing the curve."""
    if degree == 0:
        for j in range(1, wanted + 1):
            for axis in range(3):
                points[j, axis] = points[0, axis]
        return
    for d in range(degree, wanted):
        for axis in range(3):
            points[d + 1, axis] = points[d, axis]
        step = 1.0 / (d + 1.0)
        for j in range(d, 0, -1):
            w = j * step
            for axis in range(3):
                points[j, axis] += w * (points[j - 1, axis] - points[j, axis])


@inlined
def squared(points: Floats, degree: int, axes: int, out: Floats) -> int:
    """Write the Bernstein coefficients of the squared length over the first `axes` axes; returns their degree."""
    double = 2 * degree
    for k in range(double + 1):
        total = 0.0
        for a in range(max(0, k - degree), min(degree, k) + 1):
            dot = 0.0
            for axis in range(axes):
                dot += points[a, axis] * points[k - a, axis]
            total += BINOMIAL[degree, a] * BINOMIAL[degree, k - a] * dot
        out[k] = total / BINOMIAL[double, k]
    return double


@inlined
def halve(row: Floats, degree: int, right: Floats) -> None:
    """Split a Bernstein polynomial at 1/2: row becomes its left half, `right` its right half."""
    right[degree] = row[degree]
    for level in range(1, degree + 1):
        for j in range(degree, level - 1, -1):
            row[j] = 0.5 * (row[j - 1] + row[j])
        right[degree - level] = row[degree]
