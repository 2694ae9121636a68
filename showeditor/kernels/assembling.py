"""Pieces of many drones, given block by block in time order, laid out drone by drone."""

import numpy as np

from showeditor.kernels.jit import Floats, Longs, f8_2, i8_1, kernel, out_f8_2, out_i8_1


@kernel(i8_1, i8_1, i8_1, i8_1, f8_2, out_i8_1, out_i8_1, out_i8_1, out_i8_1, out_i8_1, out_f8_2)
def _lay(
    drone: Longs,
    t0: Longs,
    t1: Longs,
    count: Longs,
    ctrl: Floats,
    next_piece: Longs,
    next_ctrl: Longs,
    out_t0: Longs,
    out_t1: Longs,
    out_start: Longs,
    out_ctrl: Floats,
) -> None:
    row = 0
    for p in range(drone.shape[0]):
        i = drone[p]
        at, c = next_piece[i], next_ctrl[i]
        out_t0[at], out_t1[at], out_start[at] = t0[p], t1[p], c
        for k in range(count[p]):
            for axis in range(3):
                out_ctrl[c + k, axis] = ctrl[row + k, axis]
        row += count[p]
        next_piece[i] = at + 1
        next_ctrl[i] = c + count[p]


def lay_out(
    n: int, blocks: list[tuple[Longs, Longs, Longs, Longs, Floats]]
) -> tuple[Longs, Longs, Longs, Longs, Floats]:
    """Path columns of n drones: first pieces (n + 1,), begins and ends (p,), first control points (p + 1,), points.

    A block is drone, begin (us), end (us) and number of control points of each of its pieces, and these points one
    after the other. Pieces of a drone keep the order in which they are given.
    """
    pieces, points = np.zeros(n, np.int64), np.zeros(n, np.int64)
    for drone, _, _, count, _ in blocks:
        pieces += np.bincount(drone, minlength=n)
        points += np.bincount(drone, weights=count, minlength=n).astype(np.int64)
    piece_start = np.concatenate([[0], np.cumsum(pieces)])
    ctrl_first = np.concatenate([[0], np.cumsum(points)])
    total, size = int(piece_start[-1]), int(ctrl_first[-1])
    t0, t1, start = np.empty(total, np.int64), np.empty(total, np.int64), np.empty(total + 1, np.int64)
    ctrl = np.empty((size, 3))
    start[-1] = size
    next_piece, next_ctrl = piece_start[:-1].copy(), ctrl_first[:-1].copy()
    for drone, begin, end, count, block_ctrl in blocks:
        rows = (np.ascontiguousarray(drone), np.ascontiguousarray(begin), np.ascontiguousarray(end))
        _lay(
            *rows, np.ascontiguousarray(count), np.ascontiguousarray(block_ctrl),
            next_piece, next_ctrl, t0, t1, start, ctrl,
        )  # fmt: skip
    return piece_start, t0, t1, start, ctrl
