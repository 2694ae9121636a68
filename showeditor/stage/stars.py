"""Where stars, sparks and ribbons are: the float64 twin of shaders/stars.glsl, from the same records.

The GPU and this module read the same float32 rows (stage/field.py, stage/looks.py), use the same table and the
same integer hashes; they agree within a centimetre (tests/stage).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from showeditor.model.arrays import Flags, Floats, Longs, Singles
from showeditor.model.plan import RISE_TERMS
from showeditor.stage.flight import GRAVITY, fly

Uints = NDArray[np.uint32]

SPARK_DRAG = 3.5
"""Linear drag of a shed spark, 1/s (graphics-and-audio section 4)."""
SPARK_WEIGHT = 0.75
"""The part of gravity a glowing spark feels."""
SPARK_SHARE = 0.2
"""The part of its star's velocity a spark keeps."""
SPARK_SCATTER = 1.6
"""Random velocity of a spark at birth, m/s."""


def mix32(x: Uints) -> Uints:
    """A 32-bit integer hash (lowbias32 by Chris Wellons, public domain); bijective, alike on every machine."""
    x = x.astype(np.uint32)
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x7FEB352D)
    x = (x ^ (x >> np.uint32(15))) * np.uint32(0x846CA68B)
    return np.asarray(x ^ (x >> np.uint32(16)), np.uint32)


def chance(key: Uints, salt: int) -> Floats:
    """A number in [0, 1) for each key; 24 bits, so that float32 holds it exactly."""
    salted = mix32(key + np.uint32((salt * 0x9E3779B9) & 0xFFFFFFFF))
    return (salted >> np.uint32(8)).astype(np.float64) * 2.0**-24


def star_keys(seed: Singles, star: Longs) -> Uints:
    """One hash key per star from its burst's key and its number."""
    burst = seed.astype(np.uint32)
    return mix32(mix32(burst + np.uint32(0x68BC21EB)) ^ mix32(star.astype(np.uint32) * np.uint32(0x9E3779B9)))


@dataclass(frozen=True, slots=True)
class Stars:
    """Stars picked out of records: what their motion and their look need."""

    key: Uints
    origin_m: Floats
    velocity_mps: Floats
    terminal_mps: Floats
    life_s: Floats
    age_s: Floats
    ride: Longs
    look: Longs


def _turned(turn: Floats, vector: Floats) -> Floats:
    q, w = turn[:, :3], turn[:, 3:]
    return np.asarray(vector + 2.0 * np.cross(q, np.cross(q, vector) + w * vector))


def pick(records: Singles, looks: Singles, templates: Singles, record: Longs, star: Longs) -> Stars:
    """The stars number `star` of the records number `record`; arrays of equal length n."""
    rows = records.astype(np.float64)[record]
    look_number = rows[:, 12].astype(np.int64)
    look = looks.astype(np.float64)[look_number]
    key = star_keys(records[record, 13], star)
    leaf = templates.reshape(-1, 4).astype(np.float64)[look[:, 0, 0].astype(np.int64) + star]
    stray = np.stack([chance(key, salt) for salt in (1, 2, 3)], axis=1) * 2.0 - 1.0
    direction = leaf[:, :3] + stray * look[:, 1, 3:]
    direction /= np.sqrt((direction**2).sum(axis=1))[:, None]
    bell = (chance(key, 4) + chance(key, 5) + chance(key, 6) + chance(key, 7) - 2.0) * 1.7320508
    speed = look[:, 0, 2] * rows[:, 7] * leaf[:, 3] * (1.0 + look[:, 1, 1] * bell)
    return Stars(
        key=key,
        origin_m=rows[:, 0:3],
        velocity_mps=rows[:, 4:7] + _turned(rows[:, 8:12], direction) * speed[:, None],
        terminal_mps=look[:, 0, 3],
        life_s=np.minimum(look[:, 1, 0] * (1.0 + look[:, 1, 2] * (2.0 * chance(key, 8) - 1.0)), rows[:, 15]),
        age_s=rows[:, 3],
        ride=rows[:, 14].astype(np.int64),
        look=look_number,
    )


def _chebyshev(rides: Singles, ride: Longs, age: Floats) -> tuple[Floats, Floats]:
    row = rides.reshape(-1, 24).astype(np.float64)[ride]
    coefficients = row[:, : 3 * RISE_TERMS].reshape(-1, 3, RISE_TERMS)
    x = np.clip(row[:, 22] + row[:, 21] * age, -1.0, 1.0)
    value, slope = coefficients[:, :, 0].copy(), np.zeros((len(ride), 3))
    t_low, t_high, d_low, d_high = np.ones_like(x), x, np.zeros_like(x), np.ones_like(x)
    for n in range(1, RISE_TERMS):
        value += coefficients[:, :, n] * t_high[:, None]
        slope += coefficients[:, :, n] * d_high[:, None]
        t_next = 2.0 * x * t_high - t_low
        d_next = 2.0 * t_high + 2.0 * x * d_high - d_low
        t_low, t_high, d_low, d_high = t_high, t_next, d_high, d_next
    return value, slope * row[:, 21:22]


def states(stars: Stars, rides: Singles, wind_mps: Floats, age_s: Floats | None = None) -> tuple[Floats, Floats]:
    """Places (n, 3) m in the venue and velocities (n, 3) m/s relative to the air, at `age_s` (else their own age).

    `wind_mps`: one (3,), or that of each star's birth height (n, 3).
    """
    age = stars.age_s if age_s is None else age_s
    path, pace = fly(stars.velocity_mps, stars.terminal_mps, age)
    air = np.broadcast_to(wind_mps, path.shape)
    place = stars.origin_m + path + air * age[:, None]
    riding = stars.ride >= 0
    if riding.any():
        where, how = _chebyshev(rides, stars.ride[riding], age[riding])
        place[riding], pace[riding] = where, how - air[riding]
    return place, pace


def alight(stars: Stars) -> Flags:
    """Which stars burn at their age."""
    return np.asarray((stars.age_s >= 0.0) & (stars.age_s <= stars.life_s))


def coast(velocity: Floats, age: Floats) -> Floats:
    """Displacement (n, 3) m of sparks in the air after `age` s: linear drag in the form that never cancels."""
    z = SPARK_DRAG * age
    small = np.minimum(z, 0.5)
    series1 = 1.0 - small / 2 * (1 - small / 3 * (1 - small / 4 * (1 - small / 5 * (1 - small / 6))))
    series2 = 0.5 - small / 6 * (1 - small / 4 * (1 - small / 5 * (1 - small / 6 * (1 - small / 7))))
    big = np.maximum(z, 0.5)
    one = np.where(z < 0.5, series1, -np.expm1(-big) / big)
    two = np.where(z < 0.5, series2, (1.0 - one) / big)
    path = velocity * (age * one)[:, None]
    path[:, 2] -= GRAVITY * SPARK_WEIGHT * age * age * two
    return path


def shed(stars: Stars, rides: Singles, wind_mps: Floats, age_of_spark_s: Floats, scatter: Floats) -> Floats:
    """Places (n, 3) of sparks shed `age_of_spark_s` before the stars' present age; `scatter` (n, 3) within +-1."""
    born = stars.age_s - age_of_spark_s
    place, pace = states(stars, rides, wind_mps, born)
    drift = wind_mps * age_of_spark_s[:, None]
    return np.asarray(place + drift + coast(pace * SPARK_SHARE + scatter * SPARK_SCATTER, age_of_spark_s))
