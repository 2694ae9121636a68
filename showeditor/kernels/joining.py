"""Runs of polynomial pieces as one piece of degree 7, within bounds of place and acceleration that are proven."""

import math

import numpy as np

from showeditor.kernels.jit import Floats, f8, f8_1, f8_3, i8, inlined, kernel, out_f8_2

_CHOOSE = np.array([1.0, 7.0, 21.0, 35.0, 35.0, 21.0, 7.0, 1.0])


@inlined
def _basis(u: float, row: Floats) -> None:
    """The eight Bernstein polynomials of degree 7 at u."""
    power = 1.0
    for j in range(8):
        row[j] = _CHOOSE[j] * power
        power *= u
    power = 1.0
    for j in range(7, -1, -1):
        row[j] *= power
        power *= 1.0 - u


@inlined
def _solved(a: Floats, b: Floats) -> bool:
    """Solve a (4, 4) x = b (4, 3) in place by elimination (a is positive definite); False where it is not."""
    for k in range(4):
        if not a[k, k] > 1e-14:
            return False
        for i in range(k + 1, 4):
            share = a[i, k] / a[k, k]
            for j in range(k, 4):
                a[i, j] -= share * a[k, j]
            for axis in range(3):
                b[i, axis] -= share * b[k, axis]
    for k in range(3, -1, -1):
        for axis in range(3):
            for j in range(k + 1, 4):
                b[k, axis] -= a[k, j] * b[j, axis]
            b[k, axis] /= a[k, k]
    return True


@inlined
def _part(whole: Floats, u0: float, u1: float, out: Floats) -> None:
    """The curve (8, 3) over [u0, u1]: de Casteljau twice."""
    share = (u1 - u0) / (1.0 - u0)
    for axis in range(3):
        for j in range(8):
            out[j, axis] = whole[j, axis]
        for level in range(7):
            for j in range(7 - level):
                out[j, axis] += (out[j + 1, axis] - out[j, axis]) * u0
        # `out` now is the right-hand part; its left-hand part ends in place, from the back
        for level in range(7):
            for j in range(7, level, -1):
                out[j, axis] = out[j - 1, axis] + (out[j, axis] - out[j - 1, axis]) * share


@inlined
def _fit(
    t0: Floats,
    t1: Floats,
    seven: Floats,
    first: int,
    last: int,
    most_m: float,
    path_m: float,
    accel: float,
    out: Floats,
) -> bool:
    """One piece for first..last by least squares with exact places and velocities at both ends; whether it is good."""
    whole = t1[last] - t0[first]
    ahead, behind = whole / (t1[first] - t0[first]), whole / (t1[last] - t0[last])
    for axis in range(3):
        out[0, axis], out[7, axis] = seven[first, 0, axis], seven[last, 7, axis]
        out[1, axis] = out[0, axis] + (seven[first, 1, axis] - seven[first, 0, axis]) * ahead
        out[6, axis] = out[7, axis] - (seven[last, 7, axis] - seven[last, 6, axis]) * behind
    a, b = np.zeros((4, 4)), np.zeros((4, 3))
    row, own = np.empty(8), np.empty(8)
    for m in range(first, last + 1):
        for k in range(4):
            _basis(0.25 * k, own)
            _basis((t0[m] - t0[first] + 0.25 * k * (t1[m] - t0[m])) / whole, row)
            for axis in range(3):
                rest = -row[0] * out[0, axis] - row[1] * out[1, axis] - row[6] * out[6, axis] - row[7] * out[7, axis]
                for j in range(8):
                    rest += own[j] * seven[m, j, axis]
                for i in range(4):
                    b[i, axis] += row[i + 2] * rest
            for i in range(4):
                for j in range(4):
                    a[i, j] += row[i + 2] * row[j + 2]
    if not _solved(a, b):
        return False
    for i in range(4):
        for axis in range(3):
            out[i + 2, axis] = b[i, axis]
    for j in range(8):
        for axis in range(3):
            if not abs(out[j, axis]) < most_m:
                return False
    away = np.empty((8, 3))
    for m in range(first, last + 1):
        _part(out, (t0[m] - t0[first]) / whole, (t1[m] - t0[first]) / whole, away)
        bend_most = accel * ((t1[m] - t0[m]) * 1e-3) ** 2 / 42.0
        for j in range(8):
            far = 0.0
            for axis in range(3):
                away[j, axis] -= seven[m, j, axis]
                far += away[j, axis] ** 2
            if not math.sqrt(far) <= path_m:
                return False
        for j in range(6):
            bend = 0.0
            for axis in range(3):
                bend += (away[j + 2, axis] - 2.0 * away[j + 1, axis] + away[j, axis]) ** 2
            if not math.sqrt(bend) <= bend_most:
                return False
    return True


@kernel(f8_1, f8_1, f8_3, i8, i8, f8, f8, f8, out_f8_2)
def longest(
    t0: Floats,
    t1: Floats,
    seven: Floats,
    first: int,
    limit: int,
    most_m: float,
    path_m: float,
    accel: float,
    out: Floats,
) -> int:
    """The last piece up to `limit` that one piece from `first` on can reach; leaves that piece (8, 3) in `out`.

    Times (n,) in milliseconds, pieces (n, 8, 3) of degree 7 that join. Bounds: place within `path_m`, acceleration
    within `accel` (m/s2) of the given pieces everywhere (Bernstein coefficients of the difference), values below
    `most_m`. Doubled steps, then halves; where nothing can be joined, `out` is the first piece itself.
    """
    for j in range(8):
        for axis in range(3):
            out[j, axis] = seven[first, j, axis]
    tried = np.empty((8, 3))
    low, high, step = first, limit + 1, 1
    while low < limit:
        there = min(low + step, limit)
        if high <= limit:
            there = (low + high) // 2
            if there == low:
                break
        if _fit(t0, t1, seven, first, there, most_m, path_m, accel, tried):
            low, step = there, 2 * step
            out[:] = tried
        else:
            high = there
    return low
