"""Who flies in whose downwash: when one drone is within a radius of another's vertical and within a height of it.

Exact: where the squared horizontal distance and the squared difference of height, both polynomials of the two paths,
are below their limits at once.
"""

import math

import numpy as np

from showeditor.kernels.hulls import below, lowest
from showeditor.kernels.jit import Floats, Longs, f8, f8_2, i8_1, i8_2, inlined, kernel, out_f8_1, out_i8_2
from showeditor.kernels.paths import Paths, cursor, elevate, squared, stretch, until

GRAIN_US = 1000.0
"""Ends of intervals are good to this."""


@inlined
def _least(row: Floats, degree: int, u0: float, u1: float, part: Floats) -> float:
    """The least root of a squared distance on a part of its interval."""
    for k in range(degree + 1):
        part[k] = row[k]
    for level in range(1, degree + 1):
        for k in range(degree, level - 1, -1):
            part[k] = part[k - 1] + (part[k] - part[k - 1]) * u1
    v = u0 / u1 if u1 > 0.0 else 0.0
    for level in range(1, degree + 1):
        for k in range(degree - level + 1):
            part[k] += (part[k + 1] - part[k]) * v
    value, _ = lowest(part, degree, 0.0, np.inf, True)
    return math.sqrt(max(0.0, value))


@kernel(i8_1, i8_1, i8_1, i8_1, f8_2, f8_2, i8_2, i8_2, f8, f8, out_i8_2, out_f8_1)
def _wakes(
    piece_start: Longs,
    t0: Longs,
    t1: Longs,
    ctrl_start: Longs,
    ctrl: Floats,
    home: Floats,
    pairs: Longs,
    spans_us: Longs,
    radius: float,
    height: float,
    found: Longs,
    gaps: Floats,
) -> None:
    paths = Paths(piece_start, t0, t1, ctrl_start, ctrl, home)
    p, q, tall = np.empty((8, 3)), np.empty((8, 3)), np.empty((8, 3))
    flat, high, part = np.empty(16), np.empty(16), np.empty(16)
    near, level = np.empty((16, 2)), np.empty((16, 2))
    for k in range(pairs.shape[0]):
        i, j = pairs[k, 0], pairs[k, 1]
        found[k, 0], found[k, 1], gaps[k] = 0, -1, np.inf
        pi, pj = cursor(paths, i, spans_us[k, 0]), cursor(paths, j, spans_us[k, 0])
        s = spans_us[k, 0]
        while s < spans_us[k, 1]:
            e = min(spans_us[k, 1], min(until(paths, i, pi, s), until(paths, j, pj, s)))
            one, two = stretch(paths, i, pi, s, e, p), stretch(paths, j, pj, s, e, q)
            degree = max(one, two)
            elevate(p, one, degree)
            elevate(q, two, degree)
            for m in range(degree + 1):
                for axis in range(3):
                    p[m, axis] = q[m, axis] - p[m, axis]
                tall[m, 0] = p[m, 2]
            double = squared(p, degree, 2, flat)
            squared(tall, degree, 1, high)
            grain = GRAIN_US / max(1.0, e - s)
            across = below(flat, double, radius * radius, grain, near)
            upright = below(high, double, height * height, grain, level) if across else 0
            for a in range(across):
                for b in range(upright):
                    u, v = max(near[a, 0], level[b, 0]), min(near[a, 1], level[b, 1])
                    if u > v:
                        continue
                    if found[k, 1] < found[k, 0]:
                        found[k, 0] = s + int(u * (e - s))
                    found[k, 1] = s + math.ceil(v * (e - s))
                    gaps[k] = min(gaps[k], _least(flat, double, u, v, part))
            s = e
            while pi + 1 < piece_start[i + 1] and t0[pi + 1] <= s:
                pi += 1
            while pj + 1 < piece_start[j + 1] and t0[pj + 1] <= s:
                pj += 1


def wakes(paths: Paths, pairs: Longs, spans_us: Longs, radius_m: float, height_m: float) -> tuple[Longs, Floats]:
    """When (k, 2) us each pair (k, 2) is over one another within its span (k, 2), and how near its verticals come (k,).

    First and last moment; the end lies before the begin where the pair is clear (its distance is infinite then).
    """
    found, gaps = np.empty((len(pairs), 2), np.int64), np.empty(len(pairs))
    _wakes(
        *paths,
        np.ascontiguousarray(pairs, np.int64),
        np.ascontiguousarray(spans_us, np.int64),
        radius_m,
        height_m,
        found,
        gaps,
    )
    return found, gaps
