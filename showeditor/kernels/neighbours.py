"""Which of many straight moving points may come near each other: blocks of 16 neighbours, groups of 16 blocks.

Six numbers place a point in a window, x, y, z where its chord begins and ends; the box interpolated between a block's
boxes at both ends holds its chords at every moment, widened by the largest bound of its drones it holds their paths.
Two boxes that are apart for the whole window on some axis, or on different axes at all times, hold no near pair; every
other pair of blocks is looked at drone by drone. Loops run over 16 seats without branches, so they become SIMD.
"""

import numpy as np

from showeditor.kernels.jit import Floats, Longs, inlined

SEATS = 16
FAR = 1e30
ROUNDING = 1e-9
"""Shares of a window by which two boxes' common time may be wrong."""


@inlined
def common_time(begin: Floats, end: Floats, p: int, low: Floats, high: Floats, reach: Floats, out: Floats) -> None:
    """Write into out (16,) how long (in shares of the window, negative: never) box p is near each of 16 boxes.

    begin, end (k, 6): boxes' lower and upper corners at both ends, as low, high (6, 16); reach (16,): what counts as
    near. Axis by axis two linear inequalities must hold; each cuts off a begin or an end of the window.
    """
    for m in range(out.shape[0]):
        first, last = 0.0, 1.0
        for axis in range(3):
            a = low[axis, m] - end[p, axis] - reach[m]
            b = low[axis + 3, m] - end[p, axis + 3] - reach[m]
            c = a / (a - b)
            after = c if b <= 0.0 else 2.0
            after = after if a > 0.0 else 0.0
            before = c if b > 0.0 else 1.0
            before = before if a <= 0.0 else 1.0
            first = after if after > first else first
            last = before if before < last else last
            a = begin[p, axis] - high[axis, m] - reach[m]
            b = begin[p, axis + 3] - high[axis + 3, m] - reach[m]
            c = a / (a - b)
            after = c if b <= 0.0 else 2.0
            after = after if a > 0.0 else 0.0
            before = c if b > 0.0 else 1.0
            before = before if a <= 0.0 else 1.0
            first = after if after > first else first
            last = before if before < last else last
        out[m] = last - first


@inlined
def excess(one: Floats, k: int, many: Floats, around: float, out: Floats) -> None:
    """Write into out (16,) by how much (squared, negative: near) seat k of a block misses the seats of another.

    one, many (7, 16): places at both ends and bound of each seat; around: gap and the bound of seat k.
    """
    x, y, z = one[0, k], one[1, k], one[2, k]
    u, v, w = one[3, k] - x, one[4, k] - y, one[5, k] - z
    # a length unknown to the compiler: it then makes one SIMD loop of it instead of unrolling
    for m in range(out.shape[0]):
        px, py, pz = many[0, m] - x, many[1, m] - y, many[2, m] - z
        du, dv, dw = many[3, m] - many[0, m] - u, many[4, m] - many[1, m] - v, many[5, m] - many[2, m] - w
        s = -(px * du + py * dv + pz * dw) / (du * du + dv * dv + dw * dw + 1e-30)
        s = s if s > 0.0 else 0.0
        s = s if s < 1.0 else 1.0
        px += s * du
        py += s * dv
        pz += s * dw
        distance = around + many[6, m]
        out[m] = px * px + py * py + pz * pz - distance * distance


@inlined
def seat(places: Floats, bound: Floats, pad: float, order: Longs, blocks: Floats, begin: Floats, end: Floats) -> None:
    """Seat the points in order: blocks (k, 7, 16) of places and bound, begin and end (k, 6) their widened boxes."""
    n = order.shape[0]
    for f in range(blocks.shape[0]):
        for d in range(6):
            begin[f, d], end[f, d] = FAR, -FAR
        widest = 0.0
        for m in range(SEATS):
            k = f * SEATS + m
            if k < n:
                i = order[k]
                for d in range(6):
                    value = places[d, i]
                    blocks[f, d, m] = value
                    begin[f, d], end[f, d] = min(begin[f, d], value), max(end[f, d], value)
                blocks[f, 6, m] = bound[i] + pad
                widest = max(widest, bound[i] + pad)
            else:
                for d in range(6):
                    blocks[f, d, m] = 1e15 * (k - n + 1)
                blocks[f, 6, m] = 0.0
        for d in range(6):
            begin[f, d] -= widest
            end[f, d] += widest


@inlined
def group(begin: Floats, end: Floats, low: Floats, high: Floats, top_low: Floats, top_high: Floats) -> None:
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
