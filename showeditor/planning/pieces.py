"""Pieces of drone paths as blocks of rows, and their assembly into one path per drone."""

from dataclasses import dataclass

import numpy as np

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
    if not blocks:
        empty = np.zeros(0, np.int64)
        return PathRows(np.zeros(n + 1, np.int64), empty, empty, np.zeros(1, np.int64), np.zeros((0, 3)))
    drone = np.concatenate([b.drone for b in blocks])
    t0 = np.concatenate([b.t0_us for b in blocks])
    t1 = np.concatenate([b.t1_us for b in blocks])
    count = np.concatenate([b.count for b in blocks])
    ctrl = np.concatenate([b.ctrl for b in blocks])
    first = np.cumsum(count) - count
    order = np.argsort(drone, kind="stable")
    count = count[order]
    ctrl_start = np.concatenate([[0], np.cumsum(count)])
    rows = np.repeat(first[order] - ctrl_start[:-1], count) + np.arange(len(ctrl))
    piece_start = np.concatenate([[0], np.cumsum(np.bincount(drone, minlength=n))])
    return PathRows(piece_start, t0[order], t1[order], ctrl_start, ctrl[rows])
