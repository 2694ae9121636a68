"""Points in kd order and blocks of 32 with their boxes, and what a pairing asks of a block: a bound, then the points.

Each block of targets carries an affine lower model of its prices, price >= g.q + m, with which |p - q|^2 + g.q
completes to a square: the bound of a block is one shifted distance between point and box.
"""

import numpy as np

from showeditor.kernels.jit import Floats, Longs, inlined

BLOCK = 32
FAR = 1e300
PAD = 1e7


@inlined
def smallest(work: Floats, tree: Floats) -> float:
    """The smallest of 32 numbers; `tree` (16,) is working room."""
    # halving by selects needs no fast-math to become SIMD, and gives the same bits everywhere
    for k in range(16):
        tree[k] = work[k] if work[k] < work[k + 16] else work[k + 16]
    for k in range(8):
        tree[k] = tree[k] if tree[k] < tree[k + 8] else tree[k + 8]
    for k in range(4):
        tree[k] = tree[k] if tree[k] < tree[k + 4] else tree[k + 4]
    for k in range(2):
        tree[k] = tree[k] if tree[k] < tree[k + 2] else tree[k + 2]
    return float(tree[0] if tree[0] < tree[1] else tree[1])


@inlined
def scan(x: float, y: float, z: float, q: Floats, price: Floats, b: int, work: Floats, tree: Floats) -> float:
    """Squared distance plus price from a point to each place of block b, into `work` (32,); returns the smallest."""
    for k in range(BLOCK):
        dx = x - q[b, 0, k]
        dy = y - q[b, 1, k]
        dz = z - q[b, 2, k]
        work[k] = dx * dx + dy * dy + dz * dz + price[b, k]
    return smallest(work, tree)


@inlined
def bounds(x: float, y: float, z: float, box: Floats, model: Floats, out: Floats) -> None:
    """For each block a number that no squared distance plus price inside it undercuts, into `out` (blocks,)."""
    for b in range(out.shape[0]):
        gx, gy, gz = model[0, b], model[1, b], model[2, b]
        sx, sy, sz = x - 0.5 * gx, y - 0.5 * gy, z - 0.5 * gz
        ax, ay, az = box[0, b] - sx, box[1, b] - sy, box[2, b] - sz
        cx, cy, cz = sx - box[3, b], sy - box[4, b], sz - box[5, b]
        dx = ax if ax > cx else cx
        dy = ay if ay > cy else cy
        dz = az if az > cz else cz
        dx = dx if dx > 0.0 else 0.0
        dy = dy if dy > 0.0 else 0.0
        dz = dz if dz > 0.0 else 0.0
        square = gx * gx + gy * gy + gz * gz
        out[b] = dx * dx + dy * dy + dz * dz + gx * x + gy * y + gz * z - 0.25 * square + model[3, b]


@inlined
def lower(q: Floats, price: Floats, model: Floats, b: int, count: int) -> None:
    """Sets the offset of the price model of block b with `count` places, its slope kept."""
    low = FAR
    for k in range(count):
        v = price[b, k] - model[0, b] * q[b, 0, k] - model[1, b] * q[b, 1, k] - model[2, b] * q[b, 2, k]
        low = v if v < low else low
    model[3, b] = low


def kd_order(points: Floats) -> Longs:
    """An order in which every run of 32 points is a cell of a kd tree."""
    order = np.arange(len(points))
    runs = [(0, len(points))]
    while runs:
        a, b = runs.pop()
        if b - a <= BLOCK:
            continue
        part = points[order[a:b]]
        axis = int(np.argmax(part.max(axis=0) - part.min(axis=0)))
        half = ((b - a) // BLOCK + 1) // 2 * BLOCK
        order[a:b] = order[a:b][np.argsort(part[:, axis], kind="stable")]
        runs += [(a, a + half), (a + half, b)]
    return order


def blocked(points: Floats, pad: float) -> Floats:
    """Points (n, 3) as (blocks, 3, 32), the last block filled up with `pad`."""
    blocks = -(-len(points) // BLOCK)
    flat = np.full((blocks * BLOCK, 3), pad)
    flat[: len(points)] = points
    return np.ascontiguousarray(flat.reshape(blocks, BLOCK, 3).transpose(0, 2, 1))


def boxes(points: Floats) -> Floats:
    """Low and high corner (6, blocks) of each run of 32 of `points` (n, 3)."""
    starts = np.arange(0, len(points), BLOCK)
    return np.concatenate([np.minimum.reduceat(points, starts).T, np.maximum.reduceat(points, starts).T])
