"""Where drones are: evaluation of Bernstein pieces at one moment or along one path."""

import numpy as np

from showeditor.kernels.jit import Floats, Longs, f8_2, i8, i8_1, inlined, kernel, out_f8_2


@inlined
def casteljau(ctrl: Floats, first: int, last: int, u: float, out: Floats) -> None:
    """Write position, first and second derivative by u of ctrl[first:last] at u into out (3, 3)."""
    count = last - first
    for axis in range(3):
        work = np.empty(8)
        for j in range(count):
            work[j] = ctrl[first + j, axis]
        degree = count - 1
        slope = 0.0
        bend = 0.0
        for level in range(degree):
            left = degree - level
            if left == 2:
                bend = (work[2] - 2.0 * work[1] + work[0]) * degree * (degree - 1)
            if left == 1:
                slope = (work[1] - work[0]) * degree
            for j in range(left):
                work[j] += (work[j + 1] - work[j]) * u
        out[0, axis] = work[0]
        out[1, axis] = slope
        out[2, axis] = bend


@inlined
def piece_at(t0: Longs, t1: Longs, first: int, last: int, t_us: int) -> int:
    """Index of the piece of [first, last) that holds t_us, clamped to the ends."""
    low, high = first, last - 1
    while low < high:
        middle = (low + high) // 2
        if t1[middle] < t_us:
            low = middle + 1
        else:
            high = middle
    return low


@kernel(i8_1, i8_1, i8_1, i8_1, f8_2, f8_2, i8, out_f8_2, out_f8_2, out_f8_2)
def _states(
    piece_start: Longs,
    t0: Longs,
    t1: Longs,
    ctrl_start: Longs,
    ctrl: Floats,
    home: Floats,
    t_us: int,
    place: Floats,
    speed: Floats,
    accel: Floats,
) -> None:
    out = np.empty((3, 3))
    for i in range(piece_start.shape[0] - 1):
        first, last = piece_start[i], piece_start[i + 1]
        if first == last:
            for axis in range(3):
                place[i, axis] = home[i, axis]
                speed[i, axis] = 0.0
                accel[i, axis] = 0.0
            continue
        p = piece_at(t0, t1, first, last, t_us)
        span = (t1[p] - t0[p]) * 1e-6
        u = (t_us - t0[p]) * 1e-6 / span if span > 0.0 else 0.0
        inside = 0.0 <= u <= 1.0
        u = min(1.0, max(0.0, u))
        casteljau(ctrl, ctrl_start[p], ctrl_start[p + 1], u, out)
        for axis in range(3):
            place[i, axis] = out[0, axis]
            speed[i, axis] = out[1, axis] / span if inside and span > 0.0 else 0.0
            accel[i, axis] = out[2, axis] / (span * span) if inside and span > 0.0 else 0.0


def states(
    piece_start: Longs, t0_us: Longs, t1_us: Longs, ctrl_start: Longs, ctrl: Floats, home_m: Floats, t_us: int
) -> tuple[Floats, Floats, Floats]:
    """Positions (n, 3) m, velocities m/s and accelerations m/s2 of all drones at one moment.

    The arrays are those of `model.plan.Drones`. Outside its pieces a drone stands still at the nearer end.
    """
    n = len(piece_start) - 1
    place, speed, accel = np.empty((n, 3)), np.empty((n, 3)), np.empty((n, 3))
    _states(piece_start, t0_us, t1_us, ctrl_start, ctrl, home_m, t_us, place, speed, accel)
    return place, speed, accel
