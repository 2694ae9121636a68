"""Which of many straight moving points may come near each other: blocks of 16 neighbours, groups of 16 blocks.

Six numbers place a point in a window, x, y, z where its chord begins and ends; the box interpolated between a block's
boxes at both ends holds its chords at every moment, widened by the largest bound of its drones it holds their paths.
Two boxes that are apart for the whole window on some axis, or on different axes at all times, hold no near pair; every
other pair of blocks is looked at drone by drone. Loops run over 16 seats without branches, so they become SIMD.

Boxes are compared in single precision: places, reach and differences are rounded by less than 1e-6 of the largest
coordinate together, by which the caller widens the reach. Drones are compared in double precision.
"""

import numpy as np

from showeditor.kernels.jit import Floats, Longs, Singles, inlined

SEATS = 16
FAR = np.float32(1e30)
NONE, ALL, NEVER = np.float32(0.0), np.float32(1.0), np.float32(2.0)
ROUNDING = np.float32(1e-5)
"""Shares of a window by which two boxes' common time may be wrong: some roundings of single precision."""


@inlined
def common_time(
    begin: Singles, end: Singles, p: int, low: Singles, high: Singles, g: int, reach: Singles, out: Singles
) -> None:
    """Write into out (16,) how long (in shares of the window, negative: never) box p is near each of 16 boxes.

    begin, end (k, 6): boxes' lower and upper corners at both ends, as low[g], high[g] (6, 16); reach (16,): what counts
    as near. Axis by axis two linear inequalities must hold; each cuts off a begin or an end of the window. Whole arrays
    are handed over, as slices would have to be counted; indices without a sign spare checks.
    """
    for lane in range(out.shape[0]):
        m = np.uint64(lane)
        first, last = NONE, ALL
        for axis in range(3):
            a = low[g, axis, m] - end[p, axis] - reach[m]
            b = low[g, axis + 3, m] - end[p, axis + 3] - reach[m]
            c = a / (a - b)
            after = c if b <= NONE else NEVER
            after = after if a > NONE else NONE
            before = c if b > NONE else ALL
            before = before if a <= NONE else ALL
            first = after if after > first else first
            last = before if before < last else last
            a = begin[p, axis] - high[g, axis, m] - reach[m]
            b = begin[p, axis + 3] - high[g, axis + 3, m] - reach[m]
            c = a / (a - b)
            after = c if b <= NONE else NEVER
            after = after if a > NONE else NONE
            before = c if b > NONE else ALL
            before = before if a <= NONE else ALL
            first = after if after > first else first
            last = before if before < last else last
        out[m] = last - first


@inlined
def excess(blocks: Floats, p: int, k: int, q: int, around: float, out: Floats) -> None:
    """Write into out (16,) by how much (squared, negative: near) seat k of block p misses the seats of block q.

    blocks (b, 7, 16): places at both ends and bound of each seat; around: gap and the bound of seat k.
    """
    x, y, z = blocks[p, 0, k], blocks[p, 1, k], blocks[p, 2, k]
    u, v, w = blocks[p, 3, k] - x, blocks[p, 4, k] - y, blocks[p, 5, k] - z
    # a length unknown to the compiler: it then makes one SIMD loop of it instead of unrolling
    for lane in range(out.shape[0]):
        m = np.uint64(lane)
        bx, by, bz = blocks[q, 0, m], blocks[q, 1, m], blocks[q, 2, m]
        px, py, pz = bx - x, by - y, bz - z
        du, dv, dw = blocks[q, 3, m] - bx - u, blocks[q, 4, m] - by - v, blocks[q, 5, m] - bz - w
        s = -(px * du + py * dv + pz * dw) / (du * du + dv * dv + dw * dw + 1e-30)
        s = s if s > 0.0 else 0.0
        s = s if s < 1.0 else 1.0
        px += s * du
        py += s * dv
        pz += s * dw
        distance = around + blocks[q, 6, m]
        out[m] = px * px + py * py + pz * pz - distance * distance


@inlined
def seat(
    places: Floats,
    bound: Floats,
    pad: float,
    order: Longs,
    blocks: Floats,
    spots: Singles,
    begin: Singles,
    end: Singles,
) -> None:
    """Seat the points in order: blocks (k, 7, 16) of places and bound, begin and end (k, 6) their widened boxes.

    `spots` are the blocks in single precision.
    """
    n = order.shape[0]
    for f in range(blocks.shape[0]):
        for m in range(SEATS):
            k = f * SEATS + m
            i = order[min(k, n - 1)]
            for d in range(6):
                blocks[f, d, m] = places[d, i] if k < n else 1e15 * (k - n + 1)
            blocks[f, 6, m] = bound[i] + pad
        for d in range(7):
            for m in range(SEATS):
                spots[f, d, m] = np.float32(blocks[f, d, m])
        seats = min(SEATS, n - f * SEATS)
        widest = spots[f, 6, 0]
        for m in range(1, seats):
            widest = max(widest, spots[f, 6, m])
        for d in range(6):
            least, most = spots[f, d, 0], spots[f, d, 0]
            for m in range(1, seats):
                least, most = min(least, spots[f, d, m]), max(most, spots[f, d, m])
            begin[f, d], end[f, d] = least - widest, most + widest


@inlined
def group(begin: Singles, end: Singles, low: Singles, high: Singles, top_low: Singles, top_high: Singles) -> None:
    """Lay 16 boxes each side by side into low, high (groups, 6, 16), and the groups' boxes into tops (k, 6, 16)."""
    count = begin.shape[0]
    top_low[:] = FAR
    top_high[:] = -FAR
    for g in range(low.shape[0]):
        for d in range(6):
            least, most = FAR, -FAR
            for m in range(SEATS):
                f = g * SEATS + m
                low[g, d, m] = begin[f, d] if f < count else FAR
                high[g, d, m] = end[f, d] if f < count else -FAR
                least, most = min(least, low[g, d, m]), max(most, high[g, d, m])
            top_low[g // SEATS, d, g % SEATS] = least
            top_high[g // SEATS, d, g % SEATS] = most
