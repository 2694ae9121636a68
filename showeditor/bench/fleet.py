"""A drone show to measure files on: straight up, a waving and turning field with moving light, straight down."""

from itertools import pairwise

import numpy as np

from showeditor.bench.scenes import MIN_JERK
from showeditor.model.arrays import Floats, frozen
from showeditor.model.plan import Drones, Plan
from showeditor.model.times import US
from showeditor.model.venue import Geodetic, Venue

SPACING_M = 4.5
LIFT_S, FLY_S, HOLD_S, KEY_S = 60, 18, 12, 2
_TURNS_DEG = (0.0, 8.0, -5.0, 3.0)


def _stops(count: int, legs: int) -> list[Floats]:
    """Where the field stands after each of the flights: its own ground, `legs` figures in the air, its ground again.

    Seen from above every figure is the same square grid turned by a few degrees, so on straight common-time flights no
    two drones come closer than cos(6.5 degrees) of the spacing; heights wave as they like.
    """
    side = int(np.ceil(np.sqrt(count)))
    i = np.arange(count)
    x, y = (i % side - side / 2) * SPACING_M, (i // side - side / 2) * SPACING_M
    ground: Floats = np.stack([x, y, np.zeros(count)], axis=1)
    out = [ground]
    for k in range(legs):
        turn = np.radians(_TURNS_DEG[k % len(_TURNS_DEG)] if k < legs - 1 else 0.0)
        height = 45.0 + 8.0 * np.sin(x / 40.0 + 1.3 * k) * np.cos(y / 55.0)
        out.append(np.stack([x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn), height], axis=1))
    return [*out, ground]


def fleet_plan(count: int, minutes: int) -> Plan:
    """A plan of `count` drones over `minutes` (3 at least): a new figure every 30 s, a ramp of light every 2 s."""
    legs = (minutes * 60 - 2 * LIFT_S) // (FLY_S + HOLD_S)
    stops = _stops(count, legs)
    flights = len(stops) - 1
    # whole pieces of every drone in a row: a flight of degree 5, then a hold of one point
    points = np.empty((count, flights, len(MIN_JERK) + 1, 3))
    for leg, (a, b) in enumerate(pairwise(stops)):
        points[:, leg, :-1] = a[:, None] + (b - a)[:, None] * np.array(MIN_JERK)[None, :, None]
        points[:, leg, -1] = b
    lasts = np.full((flights, 2), [FLY_S, HOLD_S])
    lasts[[0, -1], 0] = LIFT_S
    knots = np.concatenate([[0], np.cumsum(lasts)]) * US
    keys = minutes * 60 // KEY_S
    rgbw = np.zeros((count, keys, 4), dtype=np.uint8)
    phase = np.arange(count)[:, None] * 0.37 + np.arange(keys)[None] * 0.61
    for channel in range(3):
        rgbw[:, :, channel] = np.round(127.5 + 127.5 * np.sin(phase + channel * 2.1))
    drones = Drones(
        name=tuple(f"D{k + 1:05d}" for k in range(count)),
        fleet=("fleet",) * count,
        home_m=frozen(stops[0], np.float64, (None, 3)),
        off_us=frozen(np.zeros(count), np.int64, (None,)),
        on_us=frozen(np.full(count, knots[-2]), np.int64, (None,)),
        piece_start=frozen(np.arange(count + 1) * 2 * flights, np.int64, (None,)),
        piece_t0_us=frozen(np.tile(knots[:-1], count), np.int64, (None,)),
        piece_t1_us=frozen(np.tile(knots[1:], count), np.int64, (None,)),
        ctrl_start=frozen(
            np.concatenate([[0], np.cumsum(np.tile([len(MIN_JERK), 1], count * flights))]), np.int64, (None,)
        ),
        ctrl=frozen(points.reshape(-1, 3), np.float64, (None, 3)),
        key_start=frozen(np.arange(count + 1) * keys, np.int64, (None,)),
        key_t_us=frozen(np.tile(np.arange(keys) * KEY_S * US, count), np.int64, (None,)),
        key_rgbw=frozen(rgbw.reshape(-1, 4), np.uint8, (None, 4)),
        key_fade=frozen(np.tile(np.arange(keys) > 0, count), np.bool_, (None,)),
    )
    return Plan(
        title=f"fleet of {count}",
        duration_us=int(knots[-1]),
        venue=Venue(origin=Geodetic(28.1386, 113.6294, 45.0)),
        drones=drones,
    )
