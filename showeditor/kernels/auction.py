"""Forward auction (Bertsekas) for pairing points: prices, epsilon scaling, Gauss-Seidel bids, costs when needed.

After the auction, pairs swap targets until no swap shortens the sum of squared distances.
"""

import numpy as np

from showeditor.kernels.blocks import BLOCK, FAR, bounds, lower, scan, smallest
from showeditor.kernels.jit import (
    Floats,
    Longs,
    f8,
    f8_2,
    f8_3,
    i8,
    i8_1,
    inlined,
    kernel,
    out_f8_1,
    out_f8_2,
    out_f8_3,
    out_i8_1,
)


@inlined
def _fit(q: Floats, price: Floats, model: Floats, n: int) -> None:
    """Least-squares slope of the prices in each block (normal equations, slightly damped), then its lower offset."""
    for b in range(q.shape[0]):
        count = min(BLOCK, n - b * BLOCK)
        mean = np.zeros(4)
        for k in range(count):
            for axis in range(3):
                mean[axis] += q[b, axis, k] / count
            mean[3] += price[b, k] / count
        s = np.zeros(6)
        r = np.zeros(3)
        for k in range(count):
            x, y, z = q[b, 0, k] - mean[0], q[b, 1, k] - mean[1], q[b, 2, k] - mean[2]
            w = price[b, k] - mean[3]
            s[0] += x * x
            s[1] += x * y
            s[2] += x * z
            s[3] += y * y
            s[4] += y * z
            s[5] += z * z
            r[0] += x * w
            r[1] += y * w
            r[2] += z * w
        damp = (s[0] + s[3] + s[5]) * 1e-3 + 1e-9
        a, d, f = s[0] + damp, s[3] + damp, s[5] + damp
        c00, c01, c02 = d * f - s[4] * s[4], s[2] * s[4] - s[1] * f, s[1] * s[4] - s[2] * d
        c11, c12, c22 = a * f - s[2] * s[2], s[1] * s[2] - a * s[4], a * d - s[1] * s[1]
        det = a * c00 + s[1] * c01 + s[2] * c02
        model[0, b] = (c00 * r[0] + c01 * r[1] + c02 * r[2]) / det
        model[1, b] = (c01 * r[0] + c11 * r[1] + c12 * r[2]) / det
        model[2, b] = (c02 * r[0] + c12 * r[1] + c22 * r[2]) / det
        lower(q, price, model, b, count)


@kernel(f8_3, f8_2, i8, out_f8_2)
def _slopes(q: Floats, price: Floats, n: int, model: Floats) -> None:
    _fit(q, price, model, n)


def slopes(q: Floats, price: Floats, n: int) -> Floats:
    """Affine lower models (4, blocks) of the prices."""
    model = np.zeros((4, len(q)))
    _slopes(q, price, n, model)
    return model


@inlined
def _certify(
    p: Floats,
    q: Floats,
    price: Floats,
    box: Floats,
    model: Floats,
    hint: Longs,
    target: Longs,
    eps: float,
    bound: Floats,
) -> tuple[float, float]:
    """Primal and dual value; drones that break eps-complementary slackness lose their target."""
    n = p.shape[0]
    work, tree = np.empty(BLOCK), np.empty(16)
    primal = 0.0
    dual = 0.0
    for i in range(n):
        x, y, z = p[i, 0], p[i, 1], p[i, 2]
        bounds(x, y, z, box, model, bound)
        h = hint[i]
        best = scan(x, y, z, q, price, h, work, tree)
        for b in range(bound.shape[0]):
            if bound[b] < best and b != h:
                low = scan(x, y, z, q, price, b, work, tree)
                if low < best:
                    best = low
                    hint[i] = b
        j = target[i]
        b, k = j // BLOCK, j % BLOCK
        cost = (x - q[b, 0, k]) ** 2 + (y - q[b, 1, k]) ** 2 + (z - q[b, 2, k]) ** 2
        primal += cost
        dual += best - price[b, k]
        if cost + price[b, k] > best + eps:
            target[i] = -1
    return primal, dual


@inlined
def _bid(
    p: Floats,
    q: Floats,
    price: Floats,
    box: Floats,
    model: Floats,
    hint: Longs,
    target: Longs,
    owner: Longs,
    eps: float,
    stack: Longs,
    waiting: int,
    bound: Floats,
) -> None:
    n = p.shape[0]
    work, tree = np.empty(BLOCK), np.empty(16)
    while waiting > 0:
        waiting -= 1
        i = stack[waiting]
        x, y, z = p[i, 0], p[i, 1], p[i, 2]
        bounds(x, y, z, box, model, bound)
        first = FAR
        second = FAR
        chosen = -1
        h = hint[i]
        for turn in range(-1, bound.shape[0]):
            b = h if turn < 0 else turn
            if turn == h or (turn >= 0 and bound[b] >= second):
                continue
            if scan(x, y, z, q, price, b, work, tree) < second:
                for k in range(min(BLOCK, n - b * BLOCK)):
                    v = work[k]
                    if v < first:
                        second = first
                        first = v
                        chosen = b * BLOCK + k
                    elif v < second:
                        second = v
        if second >= FAR:
            second = first
        b = chosen // BLOCK
        price[b, chosen % BLOCK] += second - first + eps
        hint[i] = b
        lower(q, price, model, b, min(BLOCK, n - b * BLOCK))
        before = owner[chosen]
        owner[chosen] = i
        target[i] = chosen
        if before >= 0:
            target[before] = -1
            stack[waiting] = before
            waiting += 1


@kernel(f8_2, f8_3, f8_2, f8, f8, f8, out_f8_2, out_i8_1, out_f8_1)
def auction(
    p: Floats, q: Floats, box: Floats, eps: float, gap: float, floor: float, price: Floats, target: Longs, value: Floats
) -> None:
    """Pairs all points `p` (n, 3) with the places of `q` (blocks, 3, 32), scaling eps down until the certificate holds.

    Fills `price`, `target` and `value` (primal, dual); stops when their difference is at most `gap` of the primal value
    or `floor` per point.
    """
    n, blocks = p.shape[0], q.shape[0]
    model, bound = np.zeros((4, blocks)), np.empty(blocks)
    hint, stack = np.zeros(n, np.int64), np.empty(n, np.int64)
    owner = np.empty(n, np.int64)
    before = np.empty(n, np.int64)
    for i in range(n):
        target[i] = -1
        hint[i] = min(i // BLOCK, blocks - 1)
    while True:
        waiting = 0
        for j in range(n):
            owner[j] = -1
        for i in range(n - 1, -1, -1):
            if target[i] < 0:
                stack[waiting] = i
                waiting += 1
            else:
                owner[target[i]] = i
        _bid(p, q, price, box, model, hint, target, owner, eps, stack, waiting, bound)
        _fit(q, price, model, n)
        for i in range(n):
            before[i] = target[i]
        eps_next = eps / 5.0
        primal, dual = _certify(p, q, price, box, model, hint, target, eps_next, bound)
        allowed = gap * primal if gap * primal > n * floor else n * floor
        if primal - dual <= allowed or eps < 1e-12:
            for i in range(n):
                target[i] = before[i]
            value[0] = primal
            value[1] = dual
            return
        wanted = 0.9 * allowed / n
        # a step below what the certificate needs is a price war without a purpose
        eps = eps_next if eps_next > wanted or eps <= wanted else wanted


@kernel(f8_3, out_f8_3, i8, f8, out_i8_1)
def untangle(p: Floats, q: Floats, n: int, tolerance: float, target: Longs) -> int:
    """Swap targets until (p_i - p_j).(q_i - q_j) >= -tolerance for every pair; q is in drone order. Returns swaps."""
    work, tree = np.empty(BLOCK), np.empty(16)
    dirty = np.ones(n, np.bool_)
    swaps = 0
    first_pass = True
    again = True
    while again:
        again = False
        changed = np.zeros(n, np.bool_)
        for i in range(n):
            if not (dirty[i] or changed[i]):
                continue
            bi, ki = i // BLOCK, i % BLOCK
            b = bi if first_pass else 0
            while b < p.shape[0]:
                x, y, z = p[bi, 0, ki], p[bi, 1, ki], p[bi, 2, ki]
                u, v, w = q[bi, 0, ki], q[bi, 1, ki], q[bi, 2, ki]
                for k in range(BLOCK):
                    work[k] = (
                        (x - p[b, 0, k]) * (u - q[b, 0, k])
                        + (y - p[b, 1, k]) * (v - q[b, 1, k])
                        + (z - p[b, 2, k]) * (w - q[b, 2, k])
                    )
                low = smallest(work, tree)
                if low >= -tolerance:
                    b += 1
                    continue
                kj = 0
                for k in range(BLOCK):
                    if work[k] == low:
                        kj = k
                        break
                j = b * BLOCK + kj
                other = target[j]
                target[j] = target[i]
                target[i] = other
                for axis in range(3):
                    keep = q[b, axis, kj]
                    q[b, axis, kj] = q[bi, axis, ki]
                    q[bi, axis, ki] = keep
                changed[i] = True
                changed[j] = True
                swaps += 1
                again = True
        dirty = changed
        first_pass = False
    return swaps


@kernel(f8_2, f8_3, f8_2, f8_2, f8_2, i8_1, out_f8_1)
def value_of(p: Floats, q: Floats, box: Floats, price: Floats, model: Floats, target: Longs, value: Floats) -> None:
    """Primal and dual value of a pairing at these prices, into `value` (2,)."""
    hint, kept = target // BLOCK, target.copy()
    value[0], value[1] = _certify(p, q, price, box, model, hint, kept, FAR, np.empty(q.shape[0]))
