"""How far paths get out of (or into) a polygon with floor and ceiling, in continuous time.

The signed distance to a polygon changes by at most as much as the point moves. So over a stretch of a path whose hull
lies within r of its middle, the distance is that of the middle, give or take r; halving the stretch closes in on the
farthest excursion without sampling.
"""

import math

import numpy as np

from showeditor.kernels.jit import Floats, Longs, f8, f8_2, i8, i8_1, inlined, kernel, out_f8_1, out_i8_1
from showeditor.kernels.paths import Paths, cut

NEAR_M = 0.005
"""Excursions are found to this."""


@inlined
def outside(ring: Floats, x: float, y: float) -> float:
    """The distance of a point from a polygon (k, 2): positive outside, negative inside (even-odd rule)."""
    least = np.inf
    inside = False
    k = ring.shape[0]
    for a in range(k):
        b = a + 1 if a + 1 < k else 0
        ax, ay = ring[a, 0], ring[a, 1]
        dx, dy = ring[b, 0] - ax, ring[b, 1] - ay
        square = dx * dx + dy * dy
        s = ((x - ax) * dx + (y - ay) * dy) / square if square > 0.0 else 0.0
        s = min(1.0, max(0.0, s))
        px, py = ax + s * dx - x, ay + s * dy - y
        least = min(least, px * px + py * py)
        if (ay > y) != (ring[b, 1] > y) and x < ax + (y - ay) * dx / dy:
            inside = not inside
    return -math.sqrt(least) if inside else math.sqrt(least)


@inlined
def _away(ring: Floats, floor: float, ceiling: float, sign: float, x: float, y: float, z: float) -> float:
    """The excursion of one point: how far outside the walls, or with sign -1 how deep inside."""
    return float(sign * max(outside(ring, x, y), floor - z, z - ceiling))


@inlined
def _hull(ring: Floats, floor: float, ceiling: float, sign: float, points: Floats, count: int) -> tuple[float, float]:
    """The excursion at the middle of a hull's box, and the box's radius around it."""
    low, high = points[0].copy(), points[0].copy()
    for k in range(1, count):
        for axis in range(3):
            low[axis] = min(low[axis], points[k, axis])
            high[axis] = max(high[axis], points[k, axis])
    middle = 0.5 * (low + high)
    radius = 0.5 * math.sqrt((high[0] - low[0]) ** 2 + (high[1] - low[1]) ** 2 + (high[2] - low[2]) ** 2)
    return _away(ring, floor, ceiling, sign, middle[0], middle[1], middle[2]), radius


@inlined
def _crosses(ax: float, ay: float, bx: float, by: float, low: Floats, high: Floats) -> bool:
    """Whether a segment meets an upright rectangle (separating axes)."""
    if max(ax, bx) < low[0] or min(ax, bx) > high[0] or max(ay, by) < low[1] or min(ay, by) > high[1]:
        return False
    nx, ny = ay - by, bx - ax
    middle = nx * (0.5 * (low[0] + high[0]) - ax) + ny * (0.5 * (low[1] + high[1]) - ay)
    return bool(abs(middle) <= 0.5 * (abs(nx) * (high[0] - low[0]) + abs(ny) * (high[1] - low[1])))


@inlined
def _clear(
    ring: Floats,
    floor: float,
    ceiling: float,
    sign: float,
    ctrl: Floats,
    first: int,
    count: int,
    low: Floats,
    high: Floats,
) -> bool:
    """Whether the box around control points has nothing outside the walls (sign -1: nothing inside them)."""
    for axis in range(3):
        low[axis], high[axis] = ctrl[first, axis], ctrl[first, axis]
    for k in range(first + 1, first + count):
        for axis in range(3):
            low[axis] = min(low[axis], ctrl[k, axis])
            high[axis] = max(high[axis], ctrl[k, axis])
    if sign < 0.0 and (low[2] > ceiling or high[2] < floor):
        return True
    if sign > 0.0 and (low[2] < floor or high[2] > ceiling):
        return False
    k = ring.shape[0]
    inside = False
    x, y = 0.5 * (low[0] + high[0]), 0.5 * (low[1] + high[1])
    for a in range(k):
        b = a + 1 if a + 1 < k else 0
        if _crosses(ring[a, 0], ring[a, 1], ring[b, 0], ring[b, 1], low, high):
            return False
        if (ring[a, 1] > y) != (ring[b, 1] > y) and x < ring[a, 0] + (y - ring[a, 1]) * (ring[b, 0] - ring[a, 0]) / (
            ring[b, 1] - ring[a, 1]
        ):
            inside = not inside
    return inside if sign > 0.0 else not inside


@inlined
def _roam(
    paths: Paths,
    p: int,
    u0: float,
    u1: float,
    ring: Floats,
    floor: float,
    ceiling: float,
    sign: float,
    worst: float,
    span: Floats,
) -> tuple[float, float]:
    """The farthest excursion beyond `worst` of piece p within [u0, u1], and where; span widens to those above 0."""
    points = np.empty((8, 3))
    begin, width = np.empty(64), np.empty(64)
    a = paths.ctrl_start[p]
    count = paths.ctrl_start[p + 1] - a
    begin[0], width[0] = u0, u1 - u0
    top = 1
    where = 0.0
    while top > 0:
        top -= 1
        u, wide = begin[top], width[top]
        cut(paths.ctrl, a, count, u, u + wide, points)
        away, radius = _hull(ring, floor, ceiling, sign, points, count)
        if away + radius <= NEAR_M:
            continue
        # only points of the path itself count as reached: both ends of the stretch
        for end in range(2):
            k = end * (count - 1)
            reached = _away(ring, floor, ceiling, sign, points[k, 0], points[k, 1], points[k, 2])
            if reached > worst:
                worst, where = reached, u + end * wide
        sure = away - radius > 0.0
        if away + radius <= worst + NEAR_M and (sure or (u >= span[0] and u + wide <= span[1])):
            span[0], span[1] = min(span[0], u), max(span[1], u + wide)
            continue
        if radius <= NEAR_M or wide < 1e-9:
            if away > 0.0:
                span[0], span[1] = min(span[0], u), max(span[1], u + wide)
            continue
        half = 0.5 * wide
        begin[top], width[top] = u + half, half
        begin[top + 1], width[top + 1] = u, half
        top += 2
    return worst, where


@kernel(
    i8_1, i8_1, i8_1, i8_1, f8_2, f8_2, i8_1, i8_1, f8_2, f8, f8, i8, out_f8_1, out_i8_1, out_i8_1, out_i8_1
)  # fmt: skip
def _excursions(
    piece_start: Longs,
    t0: Longs,
    t1: Longs,
    ctrl_start: Longs,
    ctrl: Floats,
    home: Floats,
    off: Longs,
    on: Longs,
    ring: Floats,
    floor: float,
    ceiling: float,
    sign: int,
    worst: Floats,
    when: Longs,
    begin: Longs,
    end: Longs,
) -> None:
    paths = Paths(piece_start, t0, t1, ctrl_start, ctrl, home)
    span = np.empty(2)
    low, high = np.empty(3), np.empty(3)
    for i in range(home.shape[0]):
        worst[i], when[i], begin[i], end[i] = 0.0, 0, 2**62, -(2**62)
        a, b = piece_start[i], piece_start[i + 1]
        if a == b:
            away = _away(ring, floor, ceiling, float(sign), home[i, 0], home[i, 1], home[i, 2])
            if away > NEAR_M:
                worst[i], when[i], begin[i], end[i] = away, off[i], off[i], on[i]
            continue
        # most drones never come near the edge: one box around the whole path
        if _clear(ring, floor, ceiling, float(sign), ctrl, ctrl_start[a], ctrl_start[b] - ctrl_start[a], low, high):
            continue
        for p in range(a, b):
            if t1[p] < off[i] or t0[p] > on[i]:
                continue
            if _clear(
                ring, floor, ceiling, float(sign), ctrl, ctrl_start[p], ctrl_start[p + 1] - ctrl_start[p], low, high
            ):
                continue
            span[0], span[1] = 2.0, -1.0
            lasts = float(max(1, t1[p] - t0[p]))
            u0 = max(0.0, (off[i] - t0[p]) / lasts)
            u1 = min(1.0, (on[i] - t0[p]) / lasts)
            farthest, u = _roam(paths, p, u0, u1, ring, floor, ceiling, float(sign), worst[i], span)
            if farthest > worst[i] and farthest > NEAR_M:
                worst[i], when[i] = farthest, t0[p] + int(u * (t1[p] - t0[p]))
            if span[1] >= span[0]:
                begin[i] = min(begin[i], t0[p] + int(span[0] * (t1[p] - t0[p])))
                end[i] = max(end[i], t0[p] + math.ceil(span[1] * (t1[p] - t0[p])))
        if worst[i] > 0.0 and begin[i] > end[i]:
            begin[i], end[i] = when[i], when[i]


def excursions(
    paths: Paths,
    off_us: Longs,
    on_us: Longs,
    ring: Floats,
    floor_m: float,
    ceiling_m: float,
    *,
    keep_out: bool = False,
) -> tuple[Floats, Longs, Longs]:
    """How far (n,) m each drone gets out of the walls at worst, when (n,) us, and the time span of all (n, 2) us.

    The walls are the polygon `ring` (k, 2) between floor and ceiling; with `keep_out` how deep it gets in instead. Only
    what is flown between off and on counts. 0 means it keeps to them (to 5 mm).
    """
    n = len(paths.home)
    worst, when = np.empty(n), np.empty(n, np.int64)
    begin, end = np.empty(n, np.int64), np.empty(n, np.int64)
    _excursions(*paths, off_us, on_us, ring, floor_m, ceiling_m, -1 if keep_out else 1, worst, when, begin, end)
    return worst, when, np.stack([begin, end], axis=1)


@kernel(f8_2, f8_2, out_f8_1)
def _distances(points: Floats, ring: Floats, out: Floats) -> None:
    for k in range(points.shape[0]):
        out[k] = outside(ring, points[k, 0], points[k, 1])


def distances(points_m: Floats, ring: Floats) -> Floats:
    """The horizontal distance (n,) m of points (n, 2 or 3) from a polygon (k, 2); negative inside."""
    out = np.empty(len(points_m))
    _distances(np.ascontiguousarray(points_m, dtype=np.float64), np.ascontiguousarray(ring, dtype=np.float64), out)
    return out
