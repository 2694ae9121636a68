"""How near drones come that fly between two sets of places on one common clock.

Straight flights are linear in the clock, so their closest approach is closed form. Bent flights add quintic B-splines
on a uniform knot grid; the distance of such a pair is bounded piece by piece through Bernstein control points.
"""

from math import comb

import numpy as np

from showeditor.kernels.jit import (
    Floats,
    Longs,
    b1,
    f8,
    f8_2,
    f8_3,
    i8,
    i8_2,
    inlined,
    kernel,
    out_f8_1,
    out_f8_2,
    out_f8_3,
    out_i8_2,
)

LANES = 32
SPANS = 20
"""Equal parts of the clock in a bent flight."""

BENDS = SPANS - 5
"""Quintic B-splines whose whole support lies inside the clock: they vanish at both ends with four derivatives."""


def _cardinal(x: float) -> float:
    """The quintic cardinal B-spline on [0, 6] (truncated powers)."""
    return float(sum((-1) ** i * comb(6, i) * max(0.0, x - i) ** 5 for i in range(7)) / 120.0)


def _bernstein_of(values: Floats) -> Floats:
    """Bernstein coefficients (..., 6) of quintics given at 0, 0.2, ..., 1 (..., 6)."""
    t = np.linspace(0.0, 1.0, 6)
    basis = np.array([[comb(5, j) * x**j * (1 - x) ** (5 - j) for j in range(6)] for x in t])
    solved: Floats = np.ascontiguousarray(np.linalg.solve(basis, values.T).T)
    return solved


SPLINE = _bernstein_of(np.array([[_cardinal(t + 5 - row) for t in np.linspace(0, 1, 6)] for row in range(6)]))
"""Row r: Bernstein coefficients, on one span k, of the B-spline number k - 5 + r."""


def clock(ramp_spans: int) -> Floats:
    """How far along its line a drone is, as Bernstein coefficients (SPANS, 6) of each span.

    0: minimum jerk, 10 u^3 - 15 u^4 + 6 u^5. Else the speed rises and falls as a smooth step 3x^2 - 2x^3 over so many
    spans (at most half of them) and is constant between.
    """
    u = (np.arange(SPANS)[:, None] + np.linspace(0.0, 1.0, 6)[None]) / SPANS
    if ramp_spans == 0:
        return _bernstein_of(u**3 * (10.0 - 15.0 * u + 6.0 * u**2))
    f = ramp_spans / SPANS
    x = np.minimum(u, 1.0 - u) / f
    half = np.where(x < 1.0, f * (x**3 - 0.5 * x**4), f * (x - 0.5)) / (1.0 - f)
    return _bernstein_of(np.where(u <= 0.5, half, 1.0 - half))


@kernel(f8_3, f8_3, f8_2, i8, f8, out_i8_2, out_f8_1, out_f8_1)
def _near(
    p: Floats, q: Floats, reach: Floats, n: int, gap: float, pairs: Longs, distance: Floats, closest: Floats
) -> int:
    count = 0
    best = 1e300
    work, tree = np.empty(LANES), np.empty(16)
    for i in range(n):
        bi, ki = i // LANES, i % LANES
        x, y, z = p[bi, 0, ki], p[bi, 1, ki], p[bi, 2, ki]
        u, v, w = q[bi, 0, ki] - x, q[bi, 1, ki] - y, q[bi, 2, ki] - z
        for b in range(bi, p.shape[0]):
            for k in range(LANES):
                rx, ry, rz = p[b, 0, k] - x, p[b, 1, k] - y, p[b, 2, k] - z
                dx = q[b, 0, k] - p[b, 0, k] - u
                dy = q[b, 1, k] - p[b, 1, k] - v
                dz = q[b, 2, k] - p[b, 2, k] - w
                s = -(rx * dx + ry * dy + rz * dz) / (dx * dx + dy * dy + dz * dz + 1e-30)
                s = s if s > 0.0 else 0.0
                s = s if s < 1.0 else 1.0
                rx += s * dx
                ry += s * dy
                rz += s * dz
                work[k] = rx * rx + ry * ry + rz * rz
            if b == bi:
                for k in range(ki + 1):
                    work[k] = 1e300
            limit = gap + reach[bi, ki] + reach[b, 0]
            for k in range(16):
                tree[k] = work[k] if work[k] < work[k + 16] else work[k + 16]
            for k in range(8):
                tree[k] = tree[k] if tree[k] < tree[k + 8] else tree[k + 8]
            for k in range(4):
                tree[k] = tree[k] if tree[k] < tree[k + 4] else tree[k + 4]
            for k in range(2):
                tree[k] = tree[k] if tree[k] < tree[k + 2] else tree[k + 2]
            low = tree[0] if tree[0] < tree[1] else tree[1]
            if low >= limit * limit and low >= best:
                continue
            for k in range(min(LANES, n - b * LANES)):
                if work[k] < best:
                    best = work[k]
                    closest[0], closest[1], closest[2] = np.sqrt(best), i, b * LANES + k
                if work[k] < limit * limit:
                    if count < pairs.shape[0]:
                        pairs[count, 0], pairs[count, 1] = i, b * LANES + k
                        distance[count] = np.sqrt(work[k])
                    count += 1
    return count


def _blocked(points: Floats, pad: float) -> Floats:
    blocks = -(-len(points) // LANES)
    flat = np.full((blocks * LANES, 3), pad)
    flat[: len(points)] = points
    return np.ascontiguousarray(flat.reshape(blocks, LANES, 3).transpose(0, 2, 1))


def near_pairs(
    a_m: Floats, b_m: Floats, gap_m: float, reach_m: Floats | None = None
) -> tuple[Longs, Floats, float, Longs]:
    """Pairs that come nearer than `gap_m` while all fly straight from `a_m` to `b_m` (n, 3) on one clock.

    With `reach_m` (n,), how far each drone may leave its line, every pair that could come nearer is listed (a block of
    32 shares its largest reach, so a few more). Returns pairs (m, 2), their distances on the straight lines, and the
    smallest distance of all pairs with that pair (infinite and (-1, -1) for one drone). Closed form, all pairs.
    """
    n = len(a_m)
    p, q = _blocked(a_m, 1e8), _blocked(b_m, 1e8)
    reach = np.zeros((p.shape[0], LANES))
    if reach_m is not None:
        reach.reshape(-1)[:n] = reach_m
        reach[:] = reach.max(axis=1, keepdims=True)
    room = max(64, 8 * n)
    while True:
        pairs, distance = np.empty((room, 2), np.int64), np.empty(room)
        closest = np.array([np.inf, -1.0, -1.0])
        count = int(_near(p, q, reach, n, gap_m, pairs, distance, closest))
        if count <= room:
            return pairs[:count], distance[:count], float(closest[0]), closest[1:].astype(np.int64)
        room = count


@inlined
def _chord(c: Floats) -> tuple[float, float, float]:
    """Smallest distance of the chord of c (6, 3) from the origin, where on it, and how far the curve may leave it."""
    dx, dy, dz = c[5, 0] - c[0, 0], c[5, 1] - c[0, 1], c[5, 2] - c[0, 2]
    s = -(c[0, 0] * dx + c[0, 1] * dy + c[0, 2] * dz) / (dx * dx + dy * dy + dz * dz + 1e-30)
    s = min(1.0, max(0.0, s))
    x, y, z = c[0, 0] + s * dx, c[0, 1] + s * dy, c[0, 2] + s * dz
    away = 0.0
    for j in range(1, 5):
        f = j / 5.0
        ex, ey, ez = c[j, 0] - c[0, 0] - f * dx, c[j, 1] - c[0, 1] - f * dy, c[j, 2] - c[0, 2] - f * dz
        away = max(away, ex * ex + ey * ey + ez * ez)
    return np.sqrt(x * x + y * y + z * z), s, np.sqrt(away)


@inlined
def _clear(c: Floats, far: float) -> bool:
    """Whether the hull of c (6, 3), seen along its mean direction, stays `far` from the origin."""
    x, y, z = 0.0, 0.0, 0.0
    for j in range(6):
        x += c[j, 0]
        y += c[j, 1]
        z += c[j, 2]
    wanted = far * np.sqrt(x * x + y * y + z * z)
    for j in range(6):
        if c[j, 0] * x + c[j, 1] * y + c[j, 2] * z < wanted:
            return False
    return True


@inlined
def _halve(c: Floats, right: Floats) -> None:
    """Cut c (6, 3) in the middle: c becomes the left half."""
    for axis in range(3):
        work = np.empty(6)
        for j in range(6):
            work[j] = c[j, axis]
        right[5, axis] = work[5]
        for level in range(1, 6):
            for j in range(6 - level):
                work[j] = 0.5 * (work[j] + work[j + 1])
            c[level, axis] = work[0]
            right[5 - level, axis] = work[5 - level]


@kernel(i8_2, f8_2, f8_2, f8_3, f8_2, f8_2, f8, b1, out_f8_1, out_f8_1, out_f8_2)
def _bent(
    pairs: Longs,
    a: Floats,
    b: Floats,
    bend: Floats,
    clock: Floats,
    spline: Floats,
    enough: float,
    least: bool,
    distance: Floats,
    when: Floats,
    apart: Floats,
) -> None:
    spans, bends = clock.shape[0], bend.shape[1]
    stack = np.empty((64, 6, 3))
    start, width = np.empty(64), np.empty(64)
    turn, reach = np.zeros((bends + 10, 3)), np.zeros(bends + 10)
    from_m, along = np.empty(3), np.empty(3)
    bent = np.zeros(a.shape[0], np.bool_)
    for i in range(a.shape[0]):
        for o in range(bends):
            bent[i] |= bend[i, o, 0] != 0.0 or bend[i, o, 1] != 0.0 or bend[i, o, 2] != 0.0
    for row in range(pairs.shape[0]):
        i, j = pairs[row, 0], pairs[row, 1]
        best = enough
        when[row] = 0.0
        for axis in range(3):
            apart[row, axis] = a[j, axis] - a[i, axis]
        if not bent[i] and not bent[j]:
            # both fly straight: most pairs are far enough by the foot of the perpendicular
            way, dot = 0.0, 0.0
            for axis in range(3):
                stack[0, 0, axis] = b[j, axis] - b[i, axis] - apart[row, axis]
                way += stack[0, 0, axis] ** 2
                dot -= stack[0, 0, axis] * apart[row, axis]
            s = min(1.0, max(0.0, dot / (way + 1e-30)))
            near = 0.0
            for axis in range(3):
                near += (apart[row, axis] + s * stack[0, 0, axis]) ** 2
            if near >= enough * enough:
                distance[row] = enough
                continue
        for o in range(bends):
            size = 0.0
            for axis in range(3):
                turn[o + 5, axis] = bend[j, o, axis] - bend[i, o, axis]
                size += turn[o + 5, axis] ** 2
            reach[o + 5] = np.sqrt(size)
        for k in range(spans):
            # the straight way within this span, less what the bends can do there
            low, high = clock[k, 0], clock[k, 5]
            way, dot = 0.0, 0.0
            for axis in range(3):
                first = a[j, axis] - a[i, axis]
                from_m[axis] = first
                along[axis] = b[j, axis] - b[i, axis] - first
                way += along[axis] ** 2
                dot -= along[axis] * first
            s = min(high, max(low, dot / (way + 1e-30)))
            near = 0.0
            for axis in range(3):
                near += (from_m[axis] + s * along[axis]) ** 2
            aside = 0.0
            for r in range(6):
                aside = max(aside, reach[k + r])
            if near >= (best + aside) ** 2:
                continue
            for m in range(6):
                for axis in range(3):
                    value = from_m[axis] + along[axis] * clock[k, m]
                    for r in range(6):
                        value += turn[k + r, axis] * spline[r, m]
                    stack[0, m, axis] = value
            if _clear(stack[0], best):
                continue
            start[0] = k / spans
            width[0] = 1.0 / spans
            top = 1
            while top > 0:
                top -= 1
                c = stack[top]
                for end in (0, 5):
                    d = np.sqrt(c[end, 0] ** 2 + c[end, 1] ** 2 + c[end, 2] ** 2)
                    if d < best:
                        best = d
                        when[row] = start[top] + (width[top] if end == 5 else 0.0)
                        for axis in range(3):
                            apart[row, axis] = c[end, axis]
                if top > 60 or width[top] < 1e-9 or _clear(c, best - 1e-5):
                    continue
                near, _, away = _chord(c)
                if near - away >= best - 1e-5:
                    continue
                _halve(c, stack[top + 1])
                width[top] *= 0.5
                start[top + 1] = start[top] + width[top]
                width[top + 1] = width[top]
                top += 2
        distance[row] = best
        if least:
            enough = min(enough, best)


def bent_gaps(
    pairs: Longs,
    a_m: Floats,
    b_m: Floats,
    bend_m: Floats,
    clock_rows: Floats,
    enough_m: float = 1e9,
    *,
    least: bool = False,
) -> tuple[Floats, Floats, Floats]:
    """Closest approach of each pair (m, 2) of bent flights: distance within 0.01 mm, clock reading, vector i to j.

    `bend_m` (n, BENDS, 3) are the B-spline coefficients added to the flight from `a_m` to `b_m` on `clock_rows`. Only
    distances below `enough_m` are searched; a pair that stays farther apart is given that distance. With `least` only
    the smallest of all is searched: rows after a nearer one are given its distance at most.
    """
    m = len(pairs)
    distance, when, apart = np.empty(m), np.empty(m), np.empty((m, 3))
    _bent(np.ascontiguousarray(pairs), a_m, b_m, bend_m, clock_rows, SPLINE, enough_m, least, distance, when, apart)
    return distance, when, apart


def bend_weights(u: Floats, end: float = 0.2) -> Floats:
    """Coefficients (m, BENDS) of the smallest bend that moves a drone by 1 at clock readings `u` (m,).

    Readings nearer than `end` to either end are taken as that: there a bend has little room to grow.
    """
    x = np.clip(u, end, 1.0 - end)[:, None] * SPANS - np.arange(BENDS)[None]
    value = np.zeros_like(x)
    for i in range(7):
        value += (-1) ** i * comb(6, i) * np.maximum(0.0, x - i) ** 5 / 120.0
    value[(x <= 0.0) | (x >= 6.0)] = 0.0
    weights: Floats = value / np.maximum((value * value).sum(axis=1, keepdims=True), 1e-12)
    return weights


@kernel(f8_2, f8_2, f8_3, f8_2, f8_2, out_f8_3)
def _controls(a: Floats, b: Floats, bend: Floats, clock: Floats, spline: Floats, out: Floats) -> None:
    bends = bend.shape[1]
    for i in range(a.shape[0]):
        for k in range(clock.shape[0]):
            for m in range(6):
                for axis in range(3):
                    value = a[i, axis] + (b[i, axis] - a[i, axis]) * clock[k, m]
                    for r in range(6):
                        o = k - 5 + r
                        if 0 <= o < bends:
                            value += bend[i, o, axis] * spline[r, m]
                    out[i, 6 * k + m, axis] = value


def bent_controls(a_m: Floats, b_m: Floats, bend_m: Floats, clock_rows: Floats) -> Floats:
    """Bernstein control points (n, SPANS, 6, 3) of bent flights, span by span."""
    out = np.empty((len(a_m), SPANS * 6, 3))
    flown = (np.ascontiguousarray(a_m), np.ascontiguousarray(b_m), np.ascontiguousarray(bend_m))
    _controls(*flown, np.ascontiguousarray(clock_rows), SPLINE, out)
    return out.reshape(-1, SPANS, 6, 3)
