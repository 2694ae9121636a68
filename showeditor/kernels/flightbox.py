"""Boxes around parts of paths, and a balanced tree over them."""

import numpy as np

from showeditor.kernels.boxtree import LEAF
from showeditor.kernels.jit import Floats, Longs, f8_2, i8_1, inlined, kernel, out_f8_2
from showeditor.kernels.paths import Paths, cursor, stretch, until


@kernel(i8_1, f8_2, out_f8_2)
def boxes_of(ctrl_start: Longs, ctrl: Floats, boxes: Floats) -> None:
    """Write the box of each piece into boxes (pieces, 6)."""
    for p in range(boxes.shape[0]):
        for axis in range(3):
            low = high = ctrl[ctrl_start[p], axis]
            for k in range(ctrl_start[p] + 1, ctrl_start[p + 1]):
                low, high = min(low, ctrl[k, axis]), max(high, ctrl[k, axis])
            boxes[p, axis], boxes[p, axis + 3] = low, high


@inlined
def widen(paths: Paths, i: int, a_us: int, b_us: int, points: Floats, box: Floats, k: int) -> None:
    """Write the box of drone i over [a_us, b_us] into box (6, n) at k."""
    for axis in range(3):
        box[axis, k], box[axis + 3, k] = np.inf, -np.inf
    p, last = cursor(paths, i, a_us), paths.piece_start[i + 1]
    s = a_us
    while True:
        e = min(b_us, until(paths, i, p, s))
        degree = stretch(paths, i, p, s, e, points)
        for j in range(degree + 1):
            for axis in range(3):
                box[axis, k] = min(box[axis, k], points[j, axis])
                box[axis + 3, k] = max(box[axis + 3, k], points[j, axis])
        s = e
        if s >= b_us:
            return
        while p + 1 < last and paths.t0[p + 1] <= s:
            p += 1


@inlined
def around(paths: Paths, boxes: Floats, i: int, p: int, b_us: int, box: Floats) -> None:
    """Write a box of drone i from its cursor p to b_us into box (6, 1): that of whole pieces, quick and loose."""
    first, last = paths.piece_start[i], paths.piece_start[i + 1]
    if first == last:
        for axis in range(3):
            box[axis, 0] = box[axis + 3, 0] = paths.home[i, axis]
        return
    p = max(p, first)
    for d in range(6):
        box[d, 0] = boxes[p, d]
    p += 1
    while p < last and paths.t0[p] <= b_us:
        for axis in range(3):
            box[axis, 0] = min(box[axis, 0], boxes[p, axis])
            box[axis + 3, 0] = max(box[axis + 3, 0], boxes[p, axis + 3])
        p += 1


@inlined
def beyond(box: Floats, k: int, other: Floats, distance: float) -> bool:
    """Whether the box in column k of box (6, n) lies farther than `distance` from another (6,) on some axis."""
    for axis in range(3):
        if box[axis, k] - other[axis + 3] > distance or other[axis] - box[axis + 3, k] > distance:
            return True
    return False


@inlined
def apart2(box: Floats, k: int, other: Floats) -> float:
    """The squared distance between the box in column k of box (6, n) and another (6,); 0 where they meet."""
    square = 0.0
    for axis in range(3):
        aside = max(0.0, max(box[axis, k] - other[axis + 3], other[axis] - box[axis + 3, k]))
        square += aside * aside
    return float(square)


@inlined
def plant(box: Floats, order: Longs, tree: Floats) -> int:
    """Write a tree over the boxes (columns of box) in this order; returns where its leaves begin.

    Node k has the children 2 k and 2 k + 1, node 1 is the root; a leaf holds LEAF neighbours of the order.
    """
    near = order.shape[0]
    size = 1
    while size * LEAF < near:
        size *= 2
    for leaf in range(size):
        node = size + leaf
        for axis in range(3):
            tree[node, axis], tree[node, axis + 3] = np.inf, -np.inf
        for x in range(leaf * LEAF, min(near, (leaf + 1) * LEAF)):
            for axis in range(3):
                tree[node, axis] = min(tree[node, axis], box[axis, order[x]])
                tree[node, axis + 3] = max(tree[node, axis + 3], box[axis + 3, order[x]])
    for node in range(size - 1, 0, -1):
        for axis in range(3):
            tree[node, axis] = min(tree[2 * node, axis], tree[2 * node + 1, axis])
            tree[node, axis + 3] = max(tree[2 * node, axis + 3], tree[2 * node + 1, axis + 3])
    return size
