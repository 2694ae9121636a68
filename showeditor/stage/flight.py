"""The universal lookup table of quadratic drag, and the flight of a star read from it (numpy, float64).

With lengths in vt^2/g, times in vt/g and speeds in vt (vt: terminal fall speed) every star with quadratic drag
follows dp/dT = v, dv/dT = -|v| v - z and depends on three numbers only: b = v0/vt, the elevation of its launch and
T. The table holds the residual G = p - u ln(1 + b T) of the exact solution without gravity, horizontal along the
launch and vertical; a second one that of the velocity, so that it does not jump between cells. Uniform wind is exact:
work in the moving air. (safety-and-physics 3.3; own integration.)

Axes: b = 12 (i/47)^2; slant q = z/(|z| + h) from -1 to 1 in 33 steps, an algebraic stand-in for the elevation that
every GPU computes alike; T = 6 (k/63)^2. Linear interpolation in the three indices.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from showeditor.model.arrays import Floats, Singles, frozen

GRAVITY = 9.80665
B_STEPS, Q_STEPS, T_STEPS = 48, 33, 64
B_MAX, T_MAX = 12.0, 6.0
_SUBSTEPS = 8


def _acceleration(velocity: Floats) -> Floats:
    pull = -velocity * np.hypot(velocity[0], velocity[1])
    pull[1] -= 1.0
    return np.asarray(pull)


@cache
def flight_tables() -> tuple[Singles, Singles]:
    """The residuals of place and velocity, float32 (48, 33, 64, 2): speed, slant, time; horizontal and vertical.

    Built once by RK4.
    """
    b = B_MAX * (np.arange(B_STEPS) / (B_STEPS - 1)) ** 2
    q = np.linspace(-1.0, 1.0, Q_STEPS)
    times = T_MAX * (np.arange(T_STEPS) / (T_STEPS - 1)) ** 2
    level = np.hypot(1.0 - np.abs(q), q)
    unit = np.stack([(1.0 - np.abs(q)) / level, q / level])
    v: Floats = unit[:, None, :] * b[None, :, None]
    p = np.zeros_like(v)
    out = np.zeros((2, B_STEPS, Q_STEPS, T_STEPS, 2), np.float32)
    for k in range(1, T_STEPS):
        h = (times[k] - times[k - 1]) / _SUBSTEPS
        for _ in range(_SUBSTEPS):
            a1 = _acceleration(v)
            v2 = v + 0.5 * h * a1
            a2 = _acceleration(v2)
            v3 = v + 0.5 * h * a2
            a3 = _acceleration(v3)
            v4 = v + h * a3
            a4 = _acceleration(v4)
            p = p + h / 6.0 * (v + 2.0 * v2 + 2.0 * v3 + v4)
            v = v + h / 6.0 * (a1 + 2.0 * a2 + 2.0 * a3 + a4)
        straight = np.log1p(b * times[k])[None, :, None] * unit[:, None, :]
        out[0, :, :, k, :] = np.moveaxis(p - straight, 0, -1)
        out[1, :, :, k, :] = np.moveaxis(v - (b / (1.0 + b * times[k]))[None, :, None] * unit[:, None, :], 0, -1)
    shape = (B_STEPS, Q_STEPS, T_STEPS, 2)
    place: Singles = frozen(out[0], np.float32, shape, "flight table")
    pace: Singles = frozen(out[1], np.float32, shape, "flight table")
    return place, pace


def packed(table: Singles) -> Singles:
    """A table as a texture, float32 (48 x 33, 64, 4): rows speed-major, each texel with its neighbour in time."""
    after = np.concatenate([table[:, :, 1:], table[:, :, -1:]], axis=2)
    return np.concatenate([table, after], axis=3).reshape(B_STEPS * Q_STEPS, T_STEPS, 4)


def _cell(index: Floats, steps: int) -> tuple[NDArray[np.int64], Floats]:
    low = np.minimum(index.astype(np.int64), steps - 2)
    return low, index - low


def fly(velocity: Floats, terminal: Floats, age: Floats) -> tuple[Floats, Floats]:
    """Displacement (n, 3) m and velocity (n, 3) m/s after `age` s of stars born with `velocity` m/s in still air.

    `terminal` (n,) m/s. Beyond 6 vt/g the star sinks straight down at its terminal speed; beyond 12 vt the gravity
    part is that of 12 vt. The same steps, in the same order, stand in shaders/flight.glsl.
    """
    unit_m = terminal * terminal / GRAVITY
    speed = np.sqrt((velocity**2).sum(axis=1))
    moving = speed > 1e-6
    u = np.where(moving[:, None], velocity / np.maximum(speed, 1e-6)[:, None], np.array([0.0, 0.0, 1.0]))
    b = speed / terminal
    late = age * GRAVITY / terminal
    t = np.clip(late, 0.0, T_MAX)
    h = np.hypot(u[:, 0], u[:, 1])
    i, fi = _cell(np.sqrt(np.minimum(b, B_MAX) / B_MAX) * (B_STEPS - 1), B_STEPS)
    j, fj = _cell((u[:, 2] / (np.abs(u[:, 2]) + h) + 1.0) * (0.5 * (Q_STEPS - 1)), Q_STEPS)
    k, fk = _cell(np.sqrt(t / T_MAX) * (T_STEPS - 1), T_STEPS)

    def across(table: Singles, step: int) -> Floats:
        low = table[i, j, k + step] * (1 - fj)[:, None] + table[i, j + 1, k + step] * fj[:, None]
        high = table[i + 1, j, k + step] * (1 - fj)[:, None] + table[i + 1, j + 1, k + step] * fj[:, None]
        return np.asarray(low * (1 - fi)[:, None] + high * fi[:, None])

    g, slope = (across(table, 0) * (1 - fk)[:, None] + across(table, 1) * fk[:, None] for table in flight_tables())
    aside = u[:, :2] / np.maximum(h, 1e-6)[:, None]
    path = u * np.log1p(b * t)[:, None]
    path[:, :2] += aside * g[:, :1]
    path[:, 2] += g[:, 1] - np.maximum(late - T_MAX, 0.0)
    pace = u * (b / (1.0 + b * t))[:, None]
    pace[:, :2] += aside * slope[:, :1]
    pace[:, 2] += slope[:, 1]
    pace = np.where((late > T_MAX)[:, None], np.array([0.0, 0.0, -1.0]), pace)
    return path * unit_m[:, None], pace * terminal[:, None]
