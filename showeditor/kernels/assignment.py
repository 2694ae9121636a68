"""Who flies where: pairing of two equally large sets of points with a minimal sum of squared distances.

Forward auction (Bertsekas) with prices, epsilon scaling and Gauss-Seidel bids. All costs are computed when needed,
so memory stays linear. The targets lie in kd order in blocks of 32; each block carries its box and an affine lower
model of its prices, price >= g.q + m, with which |p - q|^2 + g.q completes to a square: the bound of a block is one
shifted distance between point and box. After the auction, pairs of drones swap targets until no swap shortens the sum.
"""

from dataclasses import dataclass

import numpy as np

from showeditor.kernels.jit import (
    Floats,
    Longs,
    f8,
    f8_2,
    f8_3,
    i8,
    inlined,
    kernel,
    out_f8_1,
    out_f8_2,
    out_f8_3,
    out_i8_1,
)

BLOCK = 32
_FAR = 1e300
_PAD = 1e7
_FLOOR_M2 = 1e-6


@inlined
def _smallest(work: Floats, tree: Floats) -> float:
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
def _scan(x: float, y: float, z: float, q: Floats, price: Floats, b: int, work: Floats, tree: Floats) -> float:
    for k in range(BLOCK):
        dx = x - q[b, 0, k]
        dy = y - q[b, 1, k]
        dz = z - q[b, 2, k]
        work[k] = dx * dx + dy * dy + dz * dz + price[b, k]
    return _smallest(work, tree)


@inlined
def _bounds(x: float, y: float, z: float, box: Floats, model: Floats, out: Floats) -> None:
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
def _lower(q: Floats, price: Floats, model: Floats, b: int, count: int) -> None:
    low = _FAR
    for k in range(count):
        v = price[b, k] - model[0, b] * q[b, 0, k] - model[1, b] * q[b, 1, k] - model[2, b] * q[b, 2, k]
        low = v if v < low else low
    model[3, b] = low


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
        _lower(q, price, model, b, count)


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
        _bounds(x, y, z, box, model, bound)
        h = hint[i]
        best = _scan(x, y, z, q, price, h, work, tree)
        for b in range(bound.shape[0]):
            if bound[b] < best and b != h:
                low = _scan(x, y, z, q, price, b, work, tree)
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
        _bounds(x, y, z, box, model, bound)
        first = _FAR
        second = _FAR
        chosen = -1
        h = hint[i]
        for turn in range(-1, bound.shape[0]):
            b = h if turn < 0 else turn
            if turn == h or (turn >= 0 and bound[b] >= second):
                continue
            if _scan(x, y, z, q, price, b, work, tree) < second:
                for k in range(min(BLOCK, n - b * BLOCK)):
                    v = work[k]
                    if v < first:
                        second = first
                        first = v
                        chosen = b * BLOCK + k
                    elif v < second:
                        second = v
        if second >= _FAR:
            second = first
        b = chosen // BLOCK
        price[b, chosen % BLOCK] += second - first + eps
        hint[i] = b
        _lower(q, price, model, b, min(BLOCK, n - b * BLOCK))
        before = owner[chosen]
        owner[chosen] = i
        target[i] = chosen
        if before >= 0:
            target[before] = -1
            stack[waiting] = before
            waiting += 1


@kernel(f8_2, f8_3, f8_2, f8, f8, f8, out_f8_2, out_i8_1, out_f8_1)
def _auction(
    p: Floats, q: Floats, box: Floats, eps: float, gap: float, floor: float, price: Floats, target: Longs, value: Floats
) -> None:
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
def _untangle(p: Floats, q: Floats, n: int, tolerance: float, target: Longs) -> int:
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
                low = _smallest(work, tree)
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


@dataclass(frozen=True, slots=True)
class Pairing:
    """`target[i]` is the point that point i goes to.

    `cost_m2` is the sum of squared distances after removing the common translation, `bound_m2` a proven lower bound
    of it (dual value), `swaps` how many pairs the last step exchanged.
    """

    target: Longs
    cost_m2: float
    bound_m2: float
    swaps: int

    @property
    def gap(self) -> float:
        """Proven relative distance to the optimum (0 = optimal)."""
        return max(0.0, self.cost_m2 - self.bound_m2) / self.cost_m2 if self.cost_m2 > 0.0 else 0.0


def _kd_order(points: Floats) -> Longs:
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


def _blocked(points: Floats, pad: float) -> Floats:
    blocks = -(-len(points) // BLOCK)
    flat = np.full((blocks * BLOCK, 3), pad)
    flat[: len(points)] = points
    return np.ascontiguousarray(flat.reshape(blocks, BLOCK, 3).transpose(0, 2, 1))


def pair_up(a_m: Floats, b_m: Floats, gap: float = 1e-3) -> Pairing:
    """Which of `b_m` (n, 3) each of `a_m` (n, 3) goes to: sum of squares within `gap` of the optimum, proven.

    The result is also stable under swapping any two targets, which keeps synchronised straight flights apart
    (planning-and-separation, section A). Deterministic. Raises ValueError for different or zero counts or NaN.
    """
    n = len(a_m)
    if n == 0 or len(b_m) != n:
        raise ValueError(f"a pairing needs two equally large sets of points, got {n} and {len(b_m)}")
    if not (np.isfinite(a_m).all() and np.isfinite(b_m).all()):
        raise ValueError("a pairing needs finite points")
    p, q = a_m - a_m.mean(axis=0), b_m - b_m.mean(axis=0)
    order_p, order_q = _kd_order(p), _kd_order(q)
    p, q = np.ascontiguousarray(p[order_p]), q[order_q]
    starts = np.arange(0, n, BLOCK)
    box = np.concatenate([np.minimum.reduceat(q, starts).T, np.maximum.reduceat(q, starts).T])
    blocks = _blocked(q, _PAD)
    price = np.zeros((len(starts), BLOCK))
    price.reshape(-1)[n:] = _FAR
    found, value = np.empty(n, np.int64), np.empty(2)
    scale = float((p * p).sum() + (q * q).sum()) / n
    _auction(p, blocks, np.ascontiguousarray(box), max(scale / 8.0, 1e-9), gap, _FLOOR_M2, price, found, value)
    swaps = int(_untangle(_blocked(p, _PAD), _blocked(q[found], _PAD), n, 1e-9 * max(scale, 1.0), found))
    target = np.empty(n, np.int64)
    target[order_p] = order_q[found]
    cost = float(((p - q[found]) ** 2).sum())
    return Pairing(target, cost, min(float(value[1]), cost), swaps)
