"""Pieces of drone paths as blocks of rows, and their assembly into one path per drone."""

from dataclasses import dataclass

import numpy as np

from showeditor.kernels.assembling import lay_out
from showeditor.model.arrays import Floats, Longs


@dataclass(frozen=True, slots=True)
class Block:
    """Pieces that belong together in time: one row per piece, each drone's rows in time order.

    `count` control points of row p lie in `ctrl`, one row's after the other's.
    """

    drone: Longs
    t0_us: Longs
    t1_us: Longs
    count: Longs
    ctrl: Floats


def hover(place_m: Floats, t0_us: int, t1_us: int) -> list[Block]:
    """All drones stand still at `place_m` (n, 3) from t0 to t1; nothing when no time passes."""
    n = len(place_m)
    if t1_us <= t0_us:
        return []
    ones = np.ones(n, np.int64)
    return [Block(np.arange(n), ones * t0_us, ones * t1_us, ones, place_m)]


def uniform(drone: Longs, t0_us: Longs, t1_us: Longs, ctrl: Floats) -> Block:
    """Pieces of one degree: `ctrl` (m, degree + 1, 3)."""
    count = np.full(len(drone), ctrl.shape[1], np.int64)
    return Block(drone, t0_us, t1_us, count, ctrl.reshape(-1, 3))


@dataclass(frozen=True, slots=True)
class PathRows:
    """The path columns of `model.plan.Drones`."""

    piece_start: Longs
    t0_us: Longs
    t1_us: Longs
    ctrl_start: Longs
    ctrl: Floats


def assemble(n: int, blocks: list[Block]) -> PathRows:
    """One path per drone from blocks given in time order."""
    return PathRows(*lay_out(n, [(b.drone, b.t0_us, b.t1_us, b.count, b.ctrl) for b in blocks]))
