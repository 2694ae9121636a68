"""Flight of burning stars: quadratic drag with k = g / terminal^2, constant air, in a uniform wind.

The equation of the picture (safety-and-physics 3.3): in the moving air v' = -g z - (g / vt^2) |v| v. Here it is
integrated (Runge-Kutta of fourth order, steps that shrink with the drag), for stars from which others are born.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from showeditor.kernels.jit import Floats, f8_1, f8_2, kernel, out_f8_2

STANDARD_GRAVITY_MPS2 = 9.80665
STANDARD_GRAVITY_MPS2 = 9.80665
_STEP_S = 0.02
_BITE = 0.1


@kernel(f8_2, f8_1, f8_2, f8_1, out_f8_2, out_f8_2)
def _star_flights(launch: Floats, terminal: Floats, wind: Floats, age: Floats, place: Floats, speed: Floats) -> None:
    g = STANDARD_GRAVITY_MPS2
    for i in range(launch.shape[0]):
        k = g / (terminal[i] * terminal[i])
        x, y, z = 0.0, 0.0, 0.0
        u, v, w = launch[i, 0] - wind[i, 0], launch[i, 1] - wind[i, 1], launch[i, 2] - wind[i, 2]
        left = age[i]
        while left > 0.0:
            pace = math.sqrt(u * u + v * v + w * w)
            h = min(left, _STEP_S, _BITE / max(1e-9, k * max(pace, terminal[i])))
            left -= h
            q = 0.5 * h
            d = -k * pace
            a1, b1, c1 = d * u, d * v, d * w - g
            u2, v2, w2 = u + q * a1, v + q * b1, w + q * c1
            d = -k * math.sqrt(u2 * u2 + v2 * v2 + w2 * w2)
            a2, b2, c2 = d * u2, d * v2, d * w2 - g
            u3, v3, w3 = u + q * a2, v + q * b2, w + q * c2
            d = -k * math.sqrt(u3 * u3 + v3 * v3 + w3 * w3)
            a3, b3, c3 = d * u3, d * v3, d * w3 - g
            u4, v4, w4 = u + h * a3, v + h * b3, w + h * c3
            d = -k * math.sqrt(u4 * u4 + v4 * v4 + w4 * w4)
            a4, b4, c4 = d * u4, d * v4, d * w4 - g
            p = h / 6.0
            x += p * (u + 2.0 * (u2 + u3) + u4)
            y += p * (v + 2.0 * (v2 + v3) + v4)
            z += p * (w + 2.0 * (w2 + w3) + w4)
            u += p * (a1 + 2.0 * (a2 + a3) + a4)
            v += p * (b1 + 2.0 * (b2 + b3) + b4)
            w += p * (c1 + 2.0 * (c2 + c3) + c4)
        place[i, 0] = x + wind[i, 0] * age[i]
        place[i, 1] = y + wind[i, 1] * age[i]
        place[i, 2] = z + wind[i, 2] * age[i]
        speed[i, 0], speed[i, 1], speed[i, 2] = u + wind[i, 0], v + wind[i, 1], w + wind[i, 2]


def star_flights(
    velocity_mps: Floats, terminal_mps: ArrayLike, wind_mps: ArrayLike, age_s: ArrayLike
) -> tuple[Floats, Floats]:
    """Displacements (n, 3) m and velocities (n, 3) m/s over the ground of stars after `age_s` (n,).

    `velocity_mps` (n, 3) at birth over the ground, `terminal_mps` (n,) above 0, one wind (3,) or (n, 3).
    """
    launch = np.ascontiguousarray(velocity_mps, dtype=np.float64)
    place, speed = np.empty_like(launch), np.empty_like(launch)
    terminal, age = (np.ascontiguousarray(v, dtype=np.float64) for v in (terminal_mps, age_s))
    wind = np.ascontiguousarray(np.broadcast_to(np.asarray(wind_mps, dtype=np.float64), launch.shape))
    _star_flights(launch, terminal, wind, age, place, speed)
    return place, speed
