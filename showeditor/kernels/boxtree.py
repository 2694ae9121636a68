"""An order of moving points in which neighbours lie together: six numbers place a point in a window.

These are x, y, z at the begin and x, y, z at the end. Leaves hold LEAF neighbours.
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
