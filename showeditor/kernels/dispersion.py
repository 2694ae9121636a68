"""Choosing points far from each other: each next one is the farthest from all before it (Gonzalez 1985).

Every beginning of the order is itself spread evenly, so one order serves any number of points. The candidates lie in
kd order in blocks of 32 with boxes: a block whose box is farther from the new point than its worst candidate needs no
look.
"""

import numpy as np

from showeditor.kernels.blocks import BLOCK, FAR, PAD, blocked, boxes, kd_order
from showeditor.kernels.jit import Floats, Longs, f8, f8_2, f8_3, i8, kernel, out_f8_1, out_i8_1


@kernel(f8_3, f8_2, f8_2, i8, i8, f8, out_i8_1, out_f8_1)
def _farthest(
    q: Floats, box: Floats, weight: Floats, n: int, first: int, least: float, chosen: Longs, apart: Floats
) -> int:
    blocks = q.shape[0]
    value = np.full((blocks, BLOCK), FAR)
    top, lightest = np.full(blocks, FAR), np.full(blocks, FAR)
    for b in range(blocks):
        for k in range(BLOCK):
            if b * BLOCK + k >= n:
                value[b, k] = -1.0
            elif weight[b, k] < lightest[b]:
                lightest[b] = weight[b, k]
    c = first
    for count in range(chosen.shape[0]):
        cb, ck = c // BLOCK, c % BLOCK
        chosen[count] = c
        apart[count] = value[cb, ck]
        x, y, z = q[cb, 0, ck], q[cb, 1, ck], q[cb, 2, ck]
        best = -1.0
        for b in range(blocks):
            dx = max(max(box[0, b] - x, x - box[3, b]), 0.0)
            dy = max(max(box[1, b] - y, y - box[4, b]), 0.0)
            dz = max(max(box[2, b] - z, z - box[5, b]), 0.0)
            if (dx * dx + dy * dy + dz * dz) * lightest[b] < top[b]:
                high = -1.0
                for k in range(BLOCK):
                    ex, ey, ez = q[b, 0, k] - x, q[b, 1, k] - y, q[b, 2, k] - z
                    v = (ex * ex + ey * ey + ez * ez) * weight[b, k]
                    v = v if v < value[b, k] else value[b, k]
                    value[b, k] = v
                    high = v if v > high else high
                top[b] = high
            best = top[b] if top[b] > best else best
        if best < least:
            return count + 1
        for b in range(blocks):
            if top[b] == best:
                for k in range(BLOCK):
                    if value[b, k] == best:
                        c = b * BLOCK + k
                        break
                break
    return len(chosen)


def farthest_first(points: Floats, most: int, least: float = 0.0, reach: Floats | None = None) -> tuple[Longs, Floats]:
    """Rows of up to `most` of `points` (n, 3), each the farthest from those before it, and how far it is from them.

    Stops before the distance would fall below `least`; equal points are never both chosen. With `reach` (n,) distances
    count in multiples of each candidate's own reach (then `least` does too): where it is small, points lie denser. The
    first is the one farthest from the middle (its own distance is given as infinite). Deterministic.
    """
    n = len(points)
    if n == 0 or most < 1:
        return np.zeros(0, np.int64), np.zeros(0)
    order = kd_order(points)
    q = np.ascontiguousarray(points[order], np.float64)
    weight = np.ones((-(-n // BLOCK), BLOCK))
    if reach is not None:
        weight.reshape(-1)[:n] = 1.0 / np.square(reach[order])
    way = q - 0.5 * (q.min(axis=0) + q.max(axis=0))
    first = int(np.argmax((way * way).sum(axis=1)))
    chosen, apart = np.empty(min(most, n), np.int64), np.empty(min(most, n))
    least_square = max(least * least, 1e-300)
    box = np.ascontiguousarray(boxes(q))
    count = int(_farthest(blocked(q, PAD), box, weight, n, first, least_square, chosen, apart))
    apart[0] = np.inf
    return order[chosen[:count]], np.sqrt(apart[:count])
