"""Two drones in one window: every moment at which they are nearer than allowed, decided on the polynomials."""

import math

import numpy as np

from showeditor.kernels.hulls import below, lowest
from showeditor.kernels.jit import Floats, Longs, inlined
from showeditor.kernels.paths import Paths, cursor_near, elevate, squared, stretch, until

SLACK = 1e-5
"""A distance short of the limit by less than this (m) is rounding, not a violation."""

GRAIN_US = 1000.0
"""Ends of violation intervals are good to this."""

FLYING, LOW = 0, 1
"""The two kinds of meeting: held to the full gap, or to the gap of the take-off and landing phases."""

RUN = 512
"""Violations that one pair may leave in one window; further ones are joined to the last."""


@inlined
def kind_of(phases: Longs, i: int, j: int, t_us: int) -> int:
    """What two drones owe each other at t_us: FLYING, LOW, or -1 when both stand on the ground."""
    i_flies = phases[i, 0] <= t_us < phases[i, 3]
    j_flies = phases[j, 0] <= t_us < phases[j, 3]
    if not i_flies and not j_flies:
        return -1
    if i_flies and j_flies and (phases[i, 1] <= t_us < phases[i, 2] or phases[j, 1] <= t_us < phases[j, 2]):
        return FLYING
    return LOW


@inlined
def nearest(
    p: Floats, degree_p: int, q: Floats, degree_q: int, target: float, reach: float, row: Floats
) -> tuple[float, float, int]:
    """The least distance between two polynomials on [0, 1], where, and the degree of their squared distance.

    Distances from `reach` on are not searched (infinite then); nothing below `target` is missed. Leaves the
    coefficients of the squared distance in row and the difference in p.
    """
    degree = max(degree_p, degree_q)
    elevate(p, degree_p, degree)
    elevate(q, degree_q, degree)
    x, y, z = 0.0, 0.0, 0.0
    for k in range(degree + 1):
        for axis in range(3):
            p[k, axis] = q[k, axis] - p[k, axis]
        x += p[k, 0]
        y += p[k, 1]
        z += p[k, 2]
    # the hull of the difference seen along its mean direction: the usual case ends here
    size = math.sqrt(x * x + y * y + z * z)
    if size > 0.0:
        least = np.inf
        for k in range(degree + 1):
            least = min(least, (p[k, 0] * x + p[k, 1] * y + p[k, 2] * z) / size)
        if least >= reach:
            return np.inf, 0.0, degree
    double = squared(p, degree, 3, row)
    if degree == 1:
        # exact: the foot of the perpendicular on a straight difference
        slope = row[2] - 2.0 * row[1] + row[0]
        u = min(1.0, max(0.0, (row[0] - row[1]) / slope)) if slope > 0.0 else 0.0
        x = p[0, 0] + u * (p[1, 0] - p[0, 0])
        y = p[0, 1] + u * (p[1, 1] - p[0, 1])
        z = p[0, 2] + u * (p[1, 2] - p[0, 2])
        return math.sqrt(x * x + y * y + z * z), u, double
    value, u = lowest(row, double, target * target, reach * reach, True)
    return math.sqrt(max(0.0, value)), u, double


@inlined
def _both_straight(paths: Paths, i: int, pi: int, j: int, pj: int, s_us: int, e_us: int) -> bool:
    """Whether two drones fly whole straight pieces from s_us to e_us, as all do in a file of places."""
    if pi < paths.piece_start[i] or pj < paths.piece_start[j]:
        return False
    if paths.t0[pi] != s_us or paths.t0[pj] != s_us or paths.t1[pi] != e_us or paths.t1[pj] != e_us:
        return False
    a, b = paths.ctrl_start[pi + 1] - paths.ctrl_start[pi], paths.ctrl_start[pj + 1] - paths.ctrl_start[pj]
    return bool(a == 2 and b == 2)


@inlined
def _straight(paths: Paths, a: int, b: int, reach: float, row: Floats) -> tuple[float, float, int]:
    """What `nearest` answers, for two whole straight pieces: the foot of the perpendicular on their difference.

    a, b: their first control points.
    """
    x, y, z = (
        paths.ctrl[b, 0] - paths.ctrl[a, 0],
        paths.ctrl[b, 1] - paths.ctrl[a, 1],
        paths.ctrl[b, 2] - paths.ctrl[a, 2],
    )
    v = paths.ctrl[b + 1, 0] - paths.ctrl[a + 1, 0]
    w = paths.ctrl[b + 1, 1] - paths.ctrl[a + 1, 1]
    h = paths.ctrl[b + 1, 2] - paths.ctrl[a + 1, 2]
    row[0], row[1], row[2] = x * x + y * y + z * z, x * v + y * w + z * h, v * v + w * w + h * h
    slope = row[2] - 2.0 * row[1] + row[0]
    u = min(1.0, max(0.0, (row[0] - row[1]) / slope)) if slope > 0.0 else 0.0
    x += u * (v - x)
    y += u * (w - y)
    z += u * (h - z)
    square = x * x + y * y + z * z
    if square >= reach * reach:
        return np.inf, 0.0, 2
    return math.sqrt(square), u, 2


@inlined
def _trough(row: Floats, level: float, grain: float, spans: Floats) -> int:
    """Write where a parabola, open upwards or flat, lies below the level into spans; returns 1 or 0."""
    bend = row[2] - 2.0 * row[1] + row[0]
    slope = row[1] - row[0]
    rest = row[0] - level
    first, last = 0.0, 1.0
    if bend > 1e-12 * (abs(row[0]) + abs(row[2])):
        square = slope * slope - bend * rest
        if square <= 0.0:
            return 0
        first, last = (-slope - math.sqrt(square)) / bend, (-slope + math.sqrt(square)) / bend
    elif slope != 0.0:
        first, last = (-0.5 * rest / slope, 1.0) if slope < 0.0 else (0.0, -0.5 * rest / slope)
    elif rest >= 0.0:
        return 0
    first, last = max(0.0, first - 0.25 * grain), min(1.0, last + 0.25 * grain)
    spans[0, 0], spans[0, 1] = first, last
    return 1 if first <= last else 0


@inlined
def _note(
    row: Floats, double: int, least: float, u: float, s: int, e: int, need: float, kind: int, i: int, j: int,
    first_row: int, best: Floats, longs: Longs, shorts: Floats, spans: Floats,
) -> bool:  # fmt: skip
    """Whether there was room to record where two drones are nearer than needed between s and e (us).

    row: Bernstein coefficients of degree `double` of their squared distance, least at the share u.
    """
    moment = s + int(u * (e - s))
    grain = GRAIN_US / max(1.0, e - s)
    if double == 2:
        found = _trough(row, need * need, grain, spans)
    else:
        found = below(row, double, need * need, grain, spans)
    if found == 0:
        spans[0, 0] = u
        spans[0, 1] = u
        found = 1
    for k in range(found):
        begin = s + int(spans[k, 0] * (e - s))
        end = s + math.ceil(spans[k, 1] * (e - s))
        at = int(best[4]) - 1
        inside = spans[k, 0] <= u <= spans[k, 1]
        distance, when = least, moment
        if not inside and found > 1:
            distance, deepest = dip(row, double, spans[k, 0], spans[k, 1])
            when = s + int(deepest * (e - s))
        if at >= first_row and longs[at, 5] == kind and (begin - longs[at, 3] <= GRAIN_US or at - first_row >= RUN):
            longs[at, 3] = end
            if distance < shorts[at]:
                shorts[at] = distance
                longs[at, 4] = when
            continue
        at += 1
        if at >= shorts.shape[0]:
            return False
        longs[at, 0], longs[at, 1] = min(i, j), max(i, j)
        longs[at, 2], longs[at, 3] = begin, end
        longs[at, 4] = when
        longs[at, 5] = kind
        shorts[at] = distance
        best[4] = at + 1
    return True


@inlined
def meet(
    paths: Paths,
    phases: Longs,
    i: int,
    j: int,
    a_us: int,
    b_us: int,
    piece: int,
    gap: float,
    low_gap: float,
    best: Floats,
    longs: Longs,
    shorts: Floats,
    work: Floats,
) -> bool:
    """Whether there was room to record every violation of i and j within [a_us, b_us].

    `piece`: which of its pieces a drone probably flies at a_us; work (5, 16, 3): working space.
    best[0:4] (distance, time, i, j of the nearest flying pair) and best[4] (rows used) are kept up to date.
    """
    pi = cursor_near(paths, i, a_us, paths.piece_start[i] + piece)
    pj = cursor_near(paths, j, a_us, paths.piece_start[j] + piece)
    last_i, last_j = paths.piece_start[i + 1], paths.piece_start[j + 1]
    plain = True
    for who in range(2):
        drone = i if who == 0 else j
        plain = plain and phases[drone, 1] <= a_us and b_us <= phases[drone, 2]
        plain = plain and phases[drone, 0] <= a_us and b_us <= phases[drone, 3]
    p, q = work[0, :8], work[1, :8]
    row, spans = work[2].reshape(-1)[:16], work[3].reshape(-1)[:32].reshape(16, 2)
    first_row = int(best[4])
    s = a_us
    while s < b_us:
        e = min(b_us, min(until(paths, i, pi, s), until(paths, j, pj, s)))
        kind = FLYING
        if not plain:
            for k in range(4):
                if s < phases[i, k] < e:
                    e = phases[i, k]
                if s < phases[j, k] < e:
                    e = phases[j, k]
            kind = kind_of(phases, i, j, s)
        if kind >= 0:
            need = (gap if kind == FLYING else low_gap) - SLACK
            reach = max(need, best[0]) if kind == FLYING else need
            if _both_straight(paths, i, pi, j, pj, s, e):
                least, u, double = _straight(paths, paths.ctrl_start[pi], paths.ctrl_start[pj], reach, row)
            else:
                degree_p = stretch(paths, i, pi, s, e, p)
                degree_q = stretch(paths, j, pj, s, e, q)
                least, u, double = nearest(p, degree_p, q, degree_q, need, reach, row)
            if kind == FLYING and least < best[0]:
                best[0], best[1], best[2], best[3] = least, s + int(u * (e - s)), i, j
            if least < need and not _note(
                row, double, least, u, s, e, need, kind, i, j, first_row, best, longs, shorts, spans
            ):
                return False
        s = e
        while pi + 1 < last_i and paths.t0[pi + 1] <= s:
            pi += 1
        while pj + 1 < last_j and paths.t0[pj + 1] <= s:
            pj += 1
    return True


@inlined
def always_fly(phases: Longs, i: int, a_us: int, b_us: int) -> bool:
    """Whether a drone is held to the full gap against all others that are, in the whole time."""
    return bool(phases[i, 1] <= a_us and b_us <= phases[i, 2] and phases[i, 0] <= a_us and b_us <= phases[i, 3])


@inlined
def meet_in_rank(
    paths: Paths, r0: int, r1: int, at_i: int, at_j: int, i: int, j: int, gap: float, best: Floats, longs: Longs,
    shorts: Floats, p: Floats, q: Floats, row: Floats, spans: Floats,
) -> bool:  # fmt: skip
    """`meet` for two flying drones whose pieces have the times and degrees of pieces r0 to r1 of another drone.

    at_i, at_j: where their control points begin; p, q (8, 3), row (16,) and spans (16, 2): working space.
    """
    first_row = int(best[4])
    need = gap - SLACK
    for r in range(r0, r1):
        count = paths.ctrl_start[r + 1] - paths.ctrl_start[r]
        reach = max(need, best[0])
        if count == 2:
            least, u, double = _straight(paths, at_i, at_j, reach, row)
        else:
            for k in range(count):
                for axis in range(3):
                    p[k, axis], q[k, axis] = paths.ctrl[at_i + k, axis], paths.ctrl[at_j + k, axis]
            least, u, double = nearest(p, count - 1, q, count - 1, need, reach, row)
        if least < reach:
            s, e = paths.t0[r], paths.t1[r]
            if least < best[0]:
                best[0], best[1], best[2], best[3] = least, s + int(u * (e - s)), i, j
            if least < need and not _note(
                row, double, least, u, s, e, need, FLYING, i, j, first_row, best, longs, shorts, spans
            ):
                return False
        at_i += count
        at_j += count
    return True


@inlined
def dip(row: Floats, degree: int, u0: float, u1: float) -> tuple[float, float]:
    """The least root of a squared distance on a part of its interval, within which it dips a second time, and where."""
    part = np.empty((16, 3))
    for k in range(degree + 1):
        part[k] = row[k]
    for level in range(1, degree + 1):
        for k in range(degree, level - 1, -1):
            part[k, 0] = part[k - 1, 0] + (part[k, 0] - part[k - 1, 0]) * u1
    v = u0 / u1 if u1 > 0.0 else 0.0
    for level in range(1, degree + 1):
        for k in range(degree - level + 1):
            part[k, 0] += (part[k + 1, 0] - part[k, 0]) * v
    value, u = lowest(part[:, 0].copy(), degree, 0.0, np.inf, True)
    return math.sqrt(max(0.0, value)), u0 + u * (u1 - u0)
