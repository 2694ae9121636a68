"""Moving air: the wind's velocity at a height, uniform or growing with height by a power law."""

import math

import numpy as np
from numpy.typing import ArrayLike

from showeditor.model.arrays import Floats
from showeditor.model.venue import Wind

GAUGE_M = 10.0
"""Wind is measured at this height above the ground, as the limits of rule packs mean it."""

LOWEST_M = 1.0
"""The law is not followed below this height."""


def wind_vector(wind: Wind) -> Floats:
    """The velocity (3,) m/s of the air at the height where wind is measured, x east, y north, z up."""
    a = math.radians(wind.from_deg)
    return np.array([-wind.speed_mps * math.sin(a), -wind.speed_mps * math.cos(a), 0.0])


def growth(wind: Wind, height_m: ArrayLike) -> Floats:
    """How many times the measured wind blows at heights (n,) above the venue's origin: (height / 10 m) ^ exponent."""
    height = np.maximum(np.asarray(height_m, dtype=np.float64), LOWEST_M)
    return np.asarray((height / GAUGE_M) ** wind.exponent)


def wind_at(wind: Wind, height_m: ArrayLike) -> Floats:
    """The velocities (n, 3) m/s of the air at heights (n,) above the venue's origin."""
    return np.asarray(growth(wind, height_m)[..., None] * wind_vector(wind))
