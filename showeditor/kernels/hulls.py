"""Rigorous minima and sub-level sets of Bernstein polynomials on [0, 1] by their convex hull and bisection.

A polynomial lies within the range of its Bernstein coefficients, and halving its interval brings that range
quadratically near to the polynomial; so a minimum is known to a tolerance and a violation cannot slip between samples.
"""

import math

import numpy as np

from showeditor.kernels.jit import Floats, inlined
from showeditor.kernels.paths import BINOMIAL, halve

NARROW = 1.0 / (1 << 30)
"""The narrowest share of an interval that is still halved; below it the hull itself is taken as the value."""

NEAR = 1e-4
"""Minima of distances and speeds are found to this (m, m/s)."""


@inlined
def _at(row: Floats, degree: int, u: float) -> float:
    """The value at u."""
    v = 1.0 - u
    power = 1.0
    total = row[0] * v
    for j in range(1, degree):
        power *= u
        total = (total + power * BINOMIAL[degree, j] * row[j]) * v
    return float(total + power * u * row[degree]) if degree > 0 else float(row[0])


@inlined
def _slope(row: Floats, degree: int, u: float) -> float:
    """The derivative at u, for a degree of at least 1."""
    v = 1.0 - u
    power = 1.0
    last = degree - 1
    if last == 0:
        return float(row[1] - row[0])
    total = (row[1] - row[0]) * v
    for j in range(1, last):
        power *= u
        total = (total + power * BINOMIAL[last, j] * (row[j + 1] - row[j])) * v
    return float(degree * (total + power * u * (row[degree] - row[last])))


@inlined
def _monotone(row: Floats, degree: int) -> bool:
    """Whether the coefficients only rise or only fall, and the polynomial therefore too."""
    rises, falls = False, False
    for k in range(degree):
        rises = rises or row[k + 1] > row[k]
        falls = falls or row[k + 1] < row[k]
    return not (rises and falls)


@inlined
def _crossing(row: Floats, degree: int, level: float, rising: bool, grain: float) -> float:
    """Where a monotone polynomial crosses the level, on the outer side of it within `grain` (Illinois method)."""
    a, b = 0.0, 1.0
    fa, fb = row[0] - level, row[degree] - level
    side = 0
    for _ in range(60):
        if b - a <= grain:
            break
        u = (fa * b - fb * a) / (fa - fb)
        # half the grain inwards, so that both ends close in
        u = min(max(u, a + 0.5 * grain), b - 0.5 * grain)
        f = _at(row, degree, u) - level
        if (f < 0.0) == (fa < 0.0):
            a, fa = u, f
            if side == -1:
                fb *= 0.5
            side = -1
        else:
            b, fb = u, f
            if side == 1:
                fa *= 0.5
            side = 1
    return b if rising else a


@inlined
def _allowance(best: float, rooted: bool) -> float:
    """How far below the best value an unsearched rest may lie: NEAR, or NEAR in the root of the value."""
    return 2.0 * NEAR * math.sqrt(abs(best)) + NEAR * NEAR if rooted else NEAR


@inlined
def _convex(row: Floats, degree: int) -> bool:
    """Whether the coefficients are convex, and the polynomial therefore too."""
    for k in range(degree - 1):
        if row[k + 2] - 2.0 * row[k + 1] + row[k] < 0.0:
            return False
    return True


@inlined
def _bottom(row: Floats, degree: int) -> tuple[float, float]:
    """The minimum of a convex polynomial that falls at 0 and rises at 1, by bracketed secant steps on its slope.

    The tangent bounds it from below, so the value is right to the slope left over times the bracket.
    """
    a, b = 0.0, 1.0
    fa, fb = degree * (row[1] - row[0]), degree * (row[degree] - row[degree - 1])
    side = 0
    u = 0.5
    for _ in range(60):
        u = (fa * b - fb * a) / (fa - fb)
        f = _slope(row, degree, u)
        if abs(f) * (b - a) < 1e-9 or b - a < 1e-12:
            break
        if f < 0.0:
            a, fa = u, f
            if side == -1:
                fb *= 0.5
            side = -1
        else:
            b, fb = u, f
            if side == 1:
                fa *= 0.5
            side = 1
    return _at(row, degree, u), u


@inlined
def lowest(q: Floats, degree: int, target: float, stop: float, rooted: bool) -> tuple[float, float]:
    """The minimum of q, and where.

    The value is one that q takes (to rounding) and at most NEAR above the true minimum; `rooted` measures NEAR in the
    square root. Values at or above `stop` are not searched (the answer is then infinite), and while nothing below
    `target` was found, the search ends only when the hull proves that nothing lies below it.
    """
    low = q[0]
    for k in range(1, degree + 1):
        low = min(low, q[k])
    if low >= stop:
        return np.inf, 0.0
    best, where = q[0], 0.0
    if q[degree] < best:
        best, where = q[degree], 1.0
    if low >= best - _allowance(best, rooted) and (best < target or low >= target):
        return best, where
    rows = np.empty((40, 16))
    begin = np.empty(40)
    width = np.empty(40)
    right = np.empty(16)
    for k in range(degree + 1):
        rows[0, k] = q[k]
    begin[0], width[0] = 0.0, 1.0
    top = 1
    while top > 0:
        top -= 1
        row = rows[top]
        low = row[0]
        for k in range(1, degree + 1):
            low = min(low, row[k])
        if low >= stop or (low >= best - _allowance(best, rooted) and (best < target or low >= target)):
            continue
        wide = 0.5 * width[top]
        if wide < NARROW:
            best, where = min(best, low), begin[top]
            continue
        if degree > 1 and row[degree] - row[degree - 1] > 0.0 > row[1] - row[0] and _convex(row, degree):
            value, u = _bottom(row, degree)
            if value < best:
                best, where = value, begin[top] + u * width[top]
            continue
        halve(row, degree, right)
        middle = begin[top] + wide
        if right[0] < best:
            best, where = right[0], middle
        width[top] = wide
        # the half with the lower hull last, so that it is searched first
        low_left, low_right = row[0], right[0]
        for k in range(1, degree + 1):
            low_left, low_right = min(low_left, row[k]), min(low_right, right[k])
        width[top + 1] = wide
        if low_left < low_right:
            for k in range(degree + 1):
                rows[top + 1, k] = row[k]
                row[k] = right[k]
            begin[top + 1] = begin[top]
            begin[top] = middle
        else:
            for k in range(degree + 1):
                rows[top + 1, k] = right[k]
            begin[top + 1] = middle
        top += 2
    return best, where


@inlined
def below(q: Floats, degree: int, level: float, grain: float, spans: Floats) -> int:
    """Write the intervals of [0, 1] where q < level into spans (k, 2), ends good to `grain`; returns how many.

    Ends are moved outwards where undecided. Intervals beyond the length of `spans` are joined to the last.
    """
    rows = np.empty((40, 16))
    begin = np.empty(40)
    width = np.empty(40)
    right = np.empty(16)
    for k in range(degree + 1):
        rows[0, k] = q[k]
    begin[0], width[0] = 0.0, 1.0
    top = 1
    count = 0
    while top > 0:
        top -= 1
        row = rows[top]
        low, high = row[0], row[0]
        for k in range(1, degree + 1):
            low, high = min(low, row[k]), max(high, row[k])
        if low >= level:
            continue
        start, end = begin[top], begin[top] + width[top]
        straddles = (row[0] < level) != (row[degree] < level)
        if straddles and width[top] > grain and _monotone(row, degree):
            # monotone: one crossing
            rising = row[degree] > row[0]
            u = start + width[top] * _crossing(row, degree, level, rising, grain / width[top])
            start, end = (start, u) if rising else (u, end)
        elif high >= level and width[top] > max(grain, NARROW):
            halve(row, degree, right)
            half = 0.5 * width[top]
            for k in range(degree + 1):
                rows[top + 1, k] = row[k]
                row[k] = right[k]
            begin[top + 1] = start
            begin[top] = start + half
            width[top] = half
            width[top + 1] = half
            top += 2
            continue
        elif high >= level and row[0] >= level and row[degree] >= level and row[degree // 2] >= level:
            continue
        if count > 0 and (start <= spans[count - 1, 1] or count == spans.shape[0]):
            spans[count - 1, 1] = end
        else:
            spans[count, 0], spans[count, 1] = start, end
            count += 1
    return count
