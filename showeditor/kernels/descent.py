"""The way down of bodies under quadratic drag: in straight parts with a bound of their bend, or only where it ends.

The equation is that of `ballistics`; the midpoint rule is exact enough here (decimetres where bodies land).
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from showeditor.kernels.ballistics import AIR_SCALE_M, GRAVITY_MPS2
from showeditor.kernels.jit import Floats, f8, f8_1, f8_2, inlined, kernel, out_f8_1, out_f8_2, out_f8_3

_SUBSTEPS = 10
_STEP_S = 0.05
_LONGEST_S = 300.0

State = tuple[float, float, float, float, float, float]


@inlined
def _moved(s: State, k0: float, wx: float, wy: float, h: float) -> State:
    """One step of the midpoint rule; heights are above the ground."""
    x, y, z, vx, vy, vz = s
    ax, ay = vx - wx, vy - wy
    drag = k0 * math.exp(-z / AIR_SCALE_M) * math.sqrt(ax * ax + ay * ay + vz * vz)
    half = 0.5 * h
    mx, my, mz = vx - half * drag * ax, vy - half * drag * ay, vz - half * (GRAVITY_MPS2 + drag * vz)
    ax, ay = mx - wx, my - wy
    drag = k0 * math.exp(-(z + half * vz) / AIR_SCALE_M) * math.sqrt(ax * ax + ay * ay + mz * mz)
    return (
        x + h * mx,
        y + h * my,
        z + h * mz,
        vx - h * drag * ax,
        vy - h * drag * ay,
        vz - h * (GRAVITY_MPS2 + drag * mz),
    )


@kernel(f8_2, f8_2, f8_1, f8_2, f8_1, f8, out_f8_3, out_f8_2, out_f8_1)
def _descents(
    start: Floats,
    launch: Floats,
    drag: Floats,
    wind: Floats,
    ground: Floats,
    step: float,
    place: Floats,
    bend: Floats,
    time: Floats,
) -> None:
    h = step / _SUBSTEPS
    last = place.shape[1] - 1
    for i in range(start.shape[0]):
        wx, wy = wind[i, 0], wind[i, 1]
        s = (start[i, 0], start[i, 1], start[i, 2] - ground[i], launch[i, 0], launch[i, 1], launch[i, 2])
        time[i] = np.inf
        for k in range(last + 1):
            down = s[2] <= 0.0 and s[5] <= 0.0
            place[i, k, 0], place[i, k, 1], place[i, k, 2] = s[0], s[1], s[2] + ground[i]
            if down and time[i] == np.inf:
                time[i] = k * step
            if k == last:
                break
            if time[i] < np.inf:
                bend[i, k] = 0.0
                continue
            speed = math.sqrt((s[3] - wx) ** 2 + (s[4] - wy) ** 2 + s[5] * s[5])
            for _ in range(_SUBSTEPS):
                s = _moved(s, drag[i], wx, wy, h)
            # drag never speeds a body up, so within the step it gains at most what gravity gives
            speed += GRAVITY_MPS2 * step
            bend[i, k] = (GRAVITY_MPS2 + drag[i] * speed * speed) * step * step / 8.0


@kernel(f8_2, f8_2, f8_1, f8_2, f8_1, out_f8_2)
def _landings(start: Floats, launch: Floats, drag: Floats, wind: Floats, ground: Floats, place: Floats) -> None:
    for i in range(start.shape[0]):
        s = (start[i, 0], start[i, 1], start[i, 2] - ground[i], launch[i, 0], launch[i, 1], launch[i, 2])
        before = s
        t = 0.0
        while (s[2] > 0.0 or s[5] > 0.0) and t < _LONGEST_S:
            before = s
            s = _moved(s, drag[i], wind[i, 0], wind[i, 1], _STEP_S)
            t += _STEP_S
        share = before[2] / (before[2] - s[2]) if s[2] < 0.0 < before[2] else 1.0
        for axis in range(2):
            place[i, axis] = before[axis] + share * (s[axis] - before[axis])


def _columns(
    place_m: ArrayLike, velocity_mps: ArrayLike, k0_per_m: ArrayLike, wind_mps: ArrayLike, ground_m: ArrayLike
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    start = np.ascontiguousarray(place_m, dtype=np.float64)
    n = len(start)
    launch = np.ascontiguousarray(velocity_mps, dtype=np.float64)
    drag = np.ascontiguousarray(np.broadcast_to(np.asarray(k0_per_m, dtype=np.float64), (n,)))
    wind = np.ascontiguousarray(np.broadcast_to(np.asarray(wind_mps, dtype=np.float64), (n, 3)))
    ground = np.ascontiguousarray(np.broadcast_to(np.asarray(ground_m, dtype=np.float64), (n,)))
    return start, launch, drag, wind, ground


def descents(
    place_m: ArrayLike,
    velocity_mps: ArrayLike,
    k0_per_m: ArrayLike,
    wind_mps: ArrayLike,
    ground_m: ArrayLike,
    *,
    step_s: float = 0.5,
    steps: int = 80,
) -> tuple[Floats, Floats, Floats]:
    """Places (n, steps + 1, 3) every `step_s`, how far the way bends from each chord, and landing times (n,).

    The bend (n, steps) bounds |acceleration| step^2 / 8. The landing time is rounded up to a step, infinite for a body
    still in the air at the end; the last place of a body that has landed lies less than a step below the ground.
    Horizontal wind (3,) or (n, 3); `ground_m` one height or (n,).
    """
    columns = _columns(place_m, velocity_mps, k0_per_m, wind_mps, ground_m)
    n = len(columns[0])
    place, bend, time = np.empty((n, steps + 1, 3)), np.empty((n, steps)), np.empty(n)
    _descents(*columns, step_s, place, bend, time)
    return place, bend, time


def landings(
    place_m: ArrayLike, velocity_mps: ArrayLike, k0_per_m: ArrayLike, wind_mps: ArrayLike, ground_m: ArrayLike
) -> Floats:
    """Where bodies come down (n, 2): within 0.2 m of `ballistics.fall_to_ground`, several times sooner."""
    columns = _columns(place_m, velocity_mps, k0_per_m, wind_mps, ground_m)
    place = np.empty((len(columns[0]), 2))
    _landings(*columns, place)
    return place
