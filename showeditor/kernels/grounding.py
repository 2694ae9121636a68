"""When drones leave the neighbourhood of the ground, and where they move sideways too low."""

import math

import numpy as np

from showeditor.kernels.extremes import SPEED_XY, derived
from showeditor.kernels.hulls import below, lowest
from showeditor.kernels.jit import Floats, Longs, f8, f8_1, f8_2, i8_1, inlined, kernel, out_f8_1, out_i8_2
from showeditor.kernels.paths import Paths, cut, squared


@inlined
def _outside(
    paths: Paths, p: int, pad: Floats, height: float, drift: float, row: Floats, points: Floats, spans: Floats
) -> tuple[float, float]:
    """The first and last share of piece p above pad + height or beside the pad by drift; (2, -1): never."""
    a = paths.ctrl_start[p]
    degree = paths.ctrl_start[p + 1] - a - 1
    grain = 1000.0 / max(1.0, paths.t1[p] - paths.t0[p])
    first, last = 2.0, -1.0
    for k in range(degree + 1):
        row[k] = -paths.ctrl[a + k, 2]
    found = below(row, degree, -pad[2] - height, grain, spans)
    if found > 0:
        first, last = spans[0, 0], spans[found - 1, 1]
    for k in range(degree + 1):
        for axis in range(2):
            points[k, axis] = paths.ctrl[a + k, axis] - pad[axis]
    double = squared(points, degree, 2, row)
    for k in range(double + 1):
        row[k] = -row[k]
    found = below(row, double, -drift * drift, grain, spans)
    if found > 0:
        first, last = min(first, spans[0, 0]), max(last, spans[found - 1, 1])
    return first, last


@kernel(i8_1, i8_1, i8_1, i8_1, f8_2, f8_2, f8, f8, out_i8_2)
def _columns(
    piece_start: Longs,
    t0: Longs,
    t1: Longs,
    ctrl_start: Longs,
    ctrl: Floats,
    home: Floats,
    height: float,
    drift: float,
    times: Longs,
) -> None:
    paths = Paths(piece_start, t0, t1, ctrl_start, ctrl, home)
    row, points, spans = np.empty(16), np.empty((8, 3)), np.empty((16, 2))
    for i in range(home.shape[0]):
        a, b = piece_start[i], piece_start[i + 1]
        times[i, 0], times[i, 1] = 2**62, -(2**62)
        for p in range(a, b):
            first, _ = _outside(paths, p, ctrl[ctrl_start[a]], height, drift, row, points, spans)
            if first <= 1.0:
                times[i, 0] = t0[p] + int(first * (t1[p] - t0[p]))
                break
        for p in range(b - 1, a - 1, -1):
            _, last = _outside(paths, p, ctrl[ctrl_start[b] - 1], height, drift, row, points, spans)
            if last >= 0.0:
                times[i, 1] = t0[p] + math.ceil(last * (t1[p] - t0[p]))
                break


def leave_columns(paths: Paths, height_m: float, drift_m: float) -> Longs:
    """When each drone first leaves the column over its first place, and last enters that of its last place: (n, 2) us.

    The column reaches `height_m` up and `drift_m` to the side. A drone that never leaves has (2^62, -2^62). Times lie
    on the side that makes the column phases shorter, good to a millisecond.
    """
    times = np.empty((len(paths.home), 2), np.int64)
    _columns(*paths, height_m, drift_m, times)
    return times


@kernel(i8_1, i8_1, i8_1, i8_1, f8_2, f8_2, f8_1, f8, out_i8_2, out_f8_1)
def _creeps(
    piece_start: Longs,
    t0: Longs,
    t1: Longs,
    ctrl_start: Longs,
    ctrl: Floats,
    home: Floats,
    floor: Floats,
    slow: float,
    spans_us: Longs,
    fastest: Floats,
) -> None:
    paths = Paths(piece_start, t0, t1, ctrl_start, ctrl, home)
    row, points, spans = np.empty(16), np.empty((8, 3)), np.empty((16, 2))
    for i in range(home.shape[0]):
        spans_us[i, 0], spans_us[i, 1], fastest[i] = 2**62, -(2**62), 0.0
        for p in range(piece_start[i], piece_start[i + 1]):
            a = ctrl_start[p]
            degree = ctrl_start[p + 1] - a - 1
            span = t1[p] - t0[p]
            if degree == 0 or span <= 0:
                continue
            double = derived(paths, p, SPEED_XY, row, points)
            least, _ = lowest(row, double, -np.inf, -slow * slow, True)
            if least == np.inf:
                continue
            for k in range(degree + 1):
                row[k] = ctrl[a + k, 2]
            found = below(row, degree, floor[i], 1000.0 / span, spans)
            for k in range(found):
                # the speed on the low part only: its control points' differences over the part's time
                cut(ctrl, a, degree + 1, spans[k, 0], spans[k, 1], points)
                seconds = max(1e-6, (spans[k, 1] - spans[k, 0]) * span * 1e-6)
                for j in range(degree):
                    for axis in range(2):
                        points[j, axis] = (points[j + 1, axis] - points[j, axis]) * degree / seconds
                double = squared(points, degree - 1, 2, row)
                for j in range(double + 1):
                    row[j] = -row[j]
                least, _ = lowest(row, double, -np.inf, -slow * slow, True)
                if least == np.inf:
                    continue
                fastest[i] = max(fastest[i], math.sqrt(-least))
                spans_us[i, 0] = min(spans_us[i, 0], t0[p] + int(spans[k, 0] * span))
                spans_us[i, 1] = max(spans_us[i, 1], t0[p] + math.ceil(spans[k, 1] * span))


def low_motion(paths: Paths, floor_m: Floats, slow_mps: float) -> tuple[Longs, Floats]:
    """Between which times (n, 2) us each drone moves sideways below its floor z (n,), and how fast at most (n,).

    Only motion faster than `slow_mps` counts; the speed is 0 for drones without it. Times span all low motions.
    """
    n = len(paths.home)
    spans, fastest = np.empty((n, 2), np.int64), np.empty(n)
    _creeps(*paths, floor_m, slow_mps, spans, fastest)
    return spans, fastest
