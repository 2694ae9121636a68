"""Extremes of speed, acceleration and height along Bernstein paths: from the derivatives' hulls, never from samples.

Where two pieces meet with a jump of velocity (straight pieces of sampled files), the acceleration is unbounded on
paper; a flight controller spreads it. It is judged as the jump over half the time of both pieces, at most SPREAD_S.
"""

import math

import numpy as np

from showeditor.kernels.hulls import below, lowest
from showeditor.kernels.jit import Floats, Longs, f8, f8_2, i8, i8_1, inlined, kernel, out_f8_1, out_f8_2, out_i8_2
from showeditor.kernels.paths import Paths, squared

SPEED_XY, SPEED_UP, SPEED_DOWN, ACCEL, HEIGHT, JERK = 0, 1, 2, 3, 4, 5
"""The columns of what `extremes` returns."""

SPREAD_S = 0.5
_JUMP_MPS = 1e-3


@inlined
def derived(paths: Paths, p: int, what: int, out: Floats, points: Floats) -> int:
    """Write minus the quantity (squared: SPEED_XY, ACCEL, JERK) along piece p into out; returns the degree."""
    a = paths.ctrl_start[p]
    degree = paths.ctrl_start[p + 1] - a - 1
    span = (paths.t1[p] - paths.t0[p]) * 1e-6
    if what == HEIGHT:
        for k in range(degree + 1):
            out[k] = -paths.ctrl[a + k, 2]
        return int(degree)
    if degree == 0 or span <= 0.0 or (what == ACCEL and degree == 1) or (what == JERK and degree <= 2):
        out[0] = 0.0
        return 0
    for k in range(degree):
        for axis in range(3):
            points[k, axis] = (paths.ctrl[a + k + 1, axis] - paths.ctrl[a + k, axis]) * degree / span
    degree -= 1
    if what == SPEED_UP or what == SPEED_DOWN:
        for k in range(degree + 1):
            out[k] = points[k, 2] if what == SPEED_DOWN else -points[k, 2]
        return int(degree)
    for _ in range(2 if what == JERK else int(what == ACCEL)):
        for k in range(degree):
            for axis in range(3):
                points[k, axis] = (points[k + 1, axis] - points[k, axis]) * degree / span
        degree -= 1
    double = squared(points, degree, 2 if what == SPEED_XY else 3, out)
    for k in range(double + 1):
        out[k] = -out[k]
    return double


@inlined
def _end_velocity(paths: Paths, p: int, end: bool, out: Floats) -> None:
    """Write the velocity at the begin or end of piece p into out (3,)."""
    a, b = paths.ctrl_start[p], paths.ctrl_start[p + 1]
    span = (paths.t1[p] - paths.t0[p]) * 1e-6
    k = b - 2 if end else a
    for axis in range(3):
        out[axis] = (
            (paths.ctrl[k + 1, axis] - paths.ctrl[k, axis]) * (b - a - 1) / span if b - a > 1 and span > 0.0 else 0.0
        )


@inlined
def _kink(paths: Paths, i: int, p: int, before: Floats, after: Floats) -> tuple[float, float]:
    """The acceleration of the velocity jump at the end of piece p (first - 1: at the first begin), its spread s."""
    first, last = paths.piece_start[i], paths.piece_start[i + 1]
    spread = 2.0 * SPREAD_S
    before[:] = 0.0
    after[:] = 0.0
    if p >= first:
        _end_velocity(paths, p, True, before)
        spread = min(spread, 0.5 * (paths.t1[p] - paths.t0[p]) * 1e-6)
    if p + 1 < last and (p < first or paths.t0[p + 1] <= paths.t1[p]):
        _end_velocity(paths, p + 1, False, after)
        follow = 0.5 * (paths.t1[p + 1] - paths.t0[p + 1]) * 1e-6
        spread = min(SPREAD_S, follow if p < first else spread + follow)
    spread = max(1e-6, min(SPREAD_S, spread))
    jump = math.sqrt((after[0] - before[0]) ** 2 + (after[1] - before[1]) ** 2 + (after[2] - before[2]) ** 2)
    return (jump / spread if jump > _JUMP_MPS else 0.0), spread


@inlined
def _end_accel(paths: Paths, p: int, end: bool, out: Floats) -> None:
    """Write the acceleration at the begin or end of piece p into out (3,)."""
    a, b = paths.ctrl_start[p], paths.ctrl_start[p + 1]
    degree = b - a - 1
    span = (paths.t1[p] - paths.t0[p]) * 1e-6
    k = b - 3 if end else a
    for axis in range(3):
        if degree < 2 or span <= 0.0:
            out[axis] = 0.0
        else:
            bend = paths.ctrl[k + 2, axis] - 2.0 * paths.ctrl[k + 1, axis] + paths.ctrl[k, axis]
            out[axis] = bend * degree * (degree - 1) / (span * span)


@inlined
def _jolt(paths: Paths, i: int, p: int, before: Floats, after: Floats) -> tuple[float, float]:
    """The jerk of the jump of acceleration at the end of piece p (first - 1: at the first begin), its spread s."""
    first, last = paths.piece_start[i], paths.piece_start[i + 1]
    _, spread = _kink(paths, i, p, before, after)
    before[:] = 0.0
    after[:] = 0.0
    if p >= first:
        _end_accel(paths, p, True, before)
    if p + 1 < last and (p < first or paths.t0[p + 1] <= paths.t1[p]):
        _end_accel(paths, p + 1, False, after)
    jump = math.sqrt((after[0] - before[0]) ** 2 + (after[1] - before[1]) ** 2 + (after[2] - before[2]) ** 2)
    return (jump / spread if jump > _JUMP_MPS else 0.0), spread


@inlined
def _bounds(paths: Paths, p: int, points: Floats, bound: Floats) -> None:
    """Write what each quantity does not exceed along piece p, by the hulls of the derivatives, into bound (6,)."""
    a = paths.ctrl_start[p]
    count = paths.ctrl_start[p + 1] - a
    span = (paths.t1[p] - paths.t0[p]) * 1e-6
    for what in range(6):
        bound[what] = 0.0
    bound[HEIGHT] = -np.inf
    for k in range(count):
        bound[HEIGHT] = max(bound[HEIGHT], paths.ctrl[a + k, 2])
        for axis in range(3):
            points[k, axis] = paths.ctrl[a + k, axis]
    if span <= 0.0:
        return
    for order in range(1, 4):
        count -= 1
        if count <= 0:
            return
        across, whole = 0.0, 0.0
        for k in range(count):
            for axis in range(3):
                points[k, axis] = (points[k + 1, axis] - points[k, axis]) * count / span
            level = points[k, 0] * points[k, 0] + points[k, 1] * points[k, 1]
            across = max(across, level)
            whole = max(whole, level + points[k, 2] * points[k, 2])
            if order == 1:
                bound[SPEED_UP] = max(bound[SPEED_UP], points[k, 2])
                bound[SPEED_DOWN] = max(bound[SPEED_DOWN], -points[k, 2])
        if order == 1:
            bound[SPEED_XY] = math.sqrt(across)
        elif order == 2:
            bound[ACCEL] = math.sqrt(whole)
        else:
            bound[JERK] = math.sqrt(whole)


@kernel(i8_1, i8_1, i8_1, i8_1, f8_2, f8_2, out_f8_2, out_i8_2)
def _extremes(
    piece_start: Longs,
    t0: Longs,
    t1: Longs,
    ctrl_start: Longs,
    ctrl: Floats,
    home: Floats,
    worst: Floats,
    when: Longs,
) -> None:
    paths = Paths(piece_start, t0, t1, ctrl_start, ctrl, home)
    row, points = np.empty(16), np.empty((8, 3))
    before, after = np.empty(3), np.empty(3)
    bound = np.empty(6)
    for i in range(home.shape[0]):
        first, last = piece_start[i], piece_start[i + 1]
        for what in range(6):
            worst[i, what], when[i, what] = 0.0, 0
        worst[i, HEIGHT] = home[i, 2] if first == last else -np.inf
        for p in range(first, last):
            _bounds(paths, p, points, bound)
            for what in range(6):
                so_far = worst[i, what]
                # no polynomial leaves the hull of its control points: most pieces need no closer look
                if bound[what] <= so_far:
                    continue
                rooted = what == SPEED_XY or what == ACCEL or what == JERK
                degree = derived(paths, p, what, row, points)
                least, u = lowest(row, degree, -np.inf, -so_far * so_far if rooted else -so_far, rooted)
                if least == np.inf:
                    continue
                value = math.sqrt(max(0.0, -least)) if rooted else -least
                if value > so_far:
                    worst[i, what] = value
                    when[i, what] = t0[p] + int(u * (t1[p] - t0[p]))
        for p in range(first - 1, last):
            if first == last:
                break
            value, _ = _kink(paths, i, p, before, after)
            if value > worst[i, ACCEL]:
                worst[i, ACCEL] = value
                when[i, ACCEL] = t1[p] if p >= first else t0[first]
            value, _ = _jolt(paths, i, p, before, after)
            if value > worst[i, JERK]:
                worst[i, JERK] = value
                when[i, JERK] = t1[p] if p >= first else t0[first]


def extremes(paths: Paths) -> tuple[Floats, Longs]:
    """The largest of each quantity per drone (n, 6) and when (n, 6) us.

    Columns: horizontal speed, speed up, speed down (m/s, not negative), acceleration (m/s2), height (z, m), jerk (m/s3,
    jumps of acceleration where pieces meet among it; straight pieces have none of their own). Each is at
    most 0.0001 below the true maximum; a drone without pieces rests at home.
    """
    n = len(paths.home)
    worst, when = np.empty((n, 6)), np.empty((n, 6), np.int64)
    _extremes(*paths, worst, when)
    return worst, when


@kernel(i8_1, i8_1, i8_1, i8_1, f8_2, f8_2, i8, i8, f8, out_i8_2, out_f8_1)
def _excesses(
    piece_start: Longs,
    t0: Longs,
    t1: Longs,
    ctrl_start: Longs,
    ctrl: Floats,
    home: Floats,
    i: int,
    what: int,
    limit: float,
    spans_us: Longs,
    worst: Floats,
) -> int:
    paths = Paths(piece_start, t0, t1, ctrl_start, ctrl, home)
    row, points, spans = np.empty(16), np.empty((8, 3)), np.empty((16, 2))
    before, after = np.empty(3), np.empty(3)
    rooted = what == SPEED_XY or what == ACCEL or what == JERK
    level = -limit * limit if rooted else -limit
    count = 0
    for p in range(piece_start[i] - (1 if what == ACCEL or what == JERK else 0), piece_start[i + 1]):
        found = 0
        value = 0.0
        if p >= piece_start[i]:
            degree = derived(paths, p, what, row, points)
            found = below(row, degree, level, 1000.0 / max(1.0, t1[p] - t0[p]), spans)
            if found > 0:
                least, _ = lowest(row, degree, -np.inf, np.inf, rooted)
                value = math.sqrt(max(0.0, -least)) if rooted else -least
        for k in range(found + 1):
            if k < found:
                begin = t0[p] + int(spans[k, 0] * (t1[p] - t0[p]))
                end = t0[p] + math.ceil(spans[k, 1] * (t1[p] - t0[p]))
            else:
                if what == ACCEL:
                    value, spread = _kink(paths, i, p, before, after)
                elif what == JERK:
                    value, spread = _jolt(paths, i, p, before, after)
                else:
                    break
                if value <= limit:
                    break
                begin = (t1[p] if p >= piece_start[i] else t0[p + 1]) - int(spread * 5e5)
                end = begin + int(spread * 1e6)
            if count > 0 and (begin <= spans_us[count - 1, 1] + 1000 or count == worst.shape[0]):
                spans_us[count - 1, 1] = max(spans_us[count - 1, 1], end)
                worst[count - 1] = max(worst[count - 1], value)
            else:
                spans_us[count, 0], spans_us[count, 1] = begin, end
                worst[count] = value
                count += 1
    return count


def excesses(paths: Paths, i: int, what: int, limit: float) -> tuple[Longs, Floats]:
    """When drone i exceeds the limit of one quantity (k, 2) us, and its worst value in each interval (k,).

    Ends are good to a millisecond. More than 4,096 intervals are joined to the last.
    """
    spans, worst = np.empty((4096, 2), np.int64), np.empty(4096)
    count = _excesses(*paths, i, what, limit, spans, worst)
    return spans[:count].copy(), worst[:count].copy()
