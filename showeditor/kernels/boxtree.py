"""A balanced tree over moving points: boxes around where they begin and end, for one window on the common clock.

Six numbers place a point: x, y, z at the begin and x, y, z at the end. Leaves hold LEAF neighbours. Between begin and
end a point moves straight, so the box interpolated between a node's two boxes holds all its points at every moment.
"""

import numpy as np

from showeditor.kernels.jit import Floats, Longs, inlined

LEAF = 8


@inlined
def _select(key: Floats, order: Longs, low: int, high: int, wanted: int) -> None:
    """Reorder order[low:high+1] by key so that position `wanted` holds what a sort would put there."""
    while low < high:
        pivot = key[order[(low + high) >> 1]]
        i, j = low, high
        while i <= j:
            while key[order[i]] < pivot:
                i += 1
            while key[order[j]] > pivot:
                j -= 1
            if i <= j:
                held = order[i]
                order[i] = order[j]
                order[j] = held
                i += 1
                j -= 1
        if wanted <= j:
            high = j
        elif wanted >= i:
            low = i
        else:
            return


@inlined
def arrange(spots: Floats, order: Longs) -> None:
    """Sort order so that neighbours in the six dimensions of spots (6, n) lie in the same leaf and branch."""
    stack = np.empty((128, 2), np.int64)
    stack[0, 0], stack[0, 1] = 0, order.shape[0]
    top = 1
    while top > 0:
        top -= 1
        a, b = stack[top, 0], stack[top, 1]
        if b - a <= LEAF:
            continue
        widest, axis = -1.0, 0
        for d in range(6):
            low, high = np.inf, -np.inf
            for k in range(a, b):
                value = spots[d, order[k]]
                low, high = min(low, value), max(high, value)
            if high - low > widest:
                widest, axis = high - low, d
        half = a + ((b - a + LEAF - 1) // LEAF // 2) * LEAF
        _select(spots[axis], order, a, b - 1, half)
        stack[top, 0], stack[top, 1] = a, half
        stack[top + 1, 0], stack[top + 1, 1] = half, b
        top += 2


@inlined
def spread(spots: Floats, order: Longs) -> float:
    """The summed width of the leaves of this order: small when neighbours lie together."""
    total = 0.0
    for a in range(0, order.shape[0] - LEAF + 1, LEAF):
        for d in range(6):
            low, high = np.inf, -np.inf
            for k in range(a, a + LEAF):
                value = spots[d, order[k]]
                low, high = min(low, value), max(high, value)
            total += high - low
    return total


@inlined
def grow(leaves: Floats, n: int, low: Floats, high: Floats, reach: Floats, links: Longs) -> int:
    """Build the tree over n points in leaves (k, 7, LEAF), row 6 their radius; returns the number of nodes.

    low, high (m, 6): each node's boxes; reach (m,): its largest radius; links (m, 4): first and last + 1 point, left
    and right child (-1 for a leaf). m of 4 (n / LEAF + 2) is enough.
    """
    stack = np.empty(128, np.int64)
    links[0, 0], links[0, 1] = 0, n
    stack[0] = 0
    top, count = 1, 1
    while top > 0:
        top -= 1
        node = stack[top]
        a, b = links[node, 0], links[node, 1]
        links[node, 2], links[node, 3] = -1, -1
        if b - a <= LEAF:
            continue
        half = a + ((b - a + LEAF - 1) // LEAF // 2) * LEAF
        links[node, 2], links[node, 3] = count, count + 1
        links[count, 0], links[count, 1] = a, half
        links[count + 1, 0], links[count + 1, 1] = half, b
        stack[top], stack[top + 1] = count, count + 1
        top += 2
        count += 2
    # children were numbered after their parents, so walking back meets them first
    for node in range(count - 1, -1, -1):
        left, right = links[node, 2], links[node, 3]
        if left >= 0:
            reach[node] = max(reach[left], reach[right])
            for d in range(6):
                low[node, d] = min(low[left, d], low[right, d])
                high[node, d] = max(high[left, d], high[right, d])
            continue
        leaf = leaves[links[node, 0] // LEAF]
        seats = links[node, 1] - links[node, 0]
        reach[node] = 0.0
        for k in range(seats):
            reach[node] = max(reach[node], leaf[6, k])
        for d in range(6):
            least, most = np.inf, -np.inf
            for k in range(seats):
                least, most = min(least, leaf[d, k]), max(most, leaf[d, k])
            low[node, d], high[node, d] = least, most
    return count


@inlined
def apart(low: Floats, high: Floats, p: int, q: int, distance: float) -> bool:
    """Whether the interpolated boxes of two nodes keep farther than `distance` on some axis at every moment."""
    begin, end = 0.0, 1.0
    for axis in range(3):
        for turn in range(2):
            a, b = (q, p) if turn == 0 else (p, q)
            first = low[a, axis] - high[b, axis] - distance
            last = low[a, axis + 3] - high[b, axis + 3] - distance
            if first > 0.0:
                if last > 0.0:
                    return True
                begin = max(begin, first / (first - last))
            elif last > 0.0:
                end = min(end, first / (first - last))
    return begin > end + 1e-9
