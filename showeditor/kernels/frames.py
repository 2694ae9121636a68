"""Windows in which drones fly pieces of the same times and degrees: a common clock, or a common moving frame.

Where drones share their pieces, their control points can be compared one by one. Two models of a swarm's motion:

- the clock: drone i is at a_i + s(t) d_i, its chord at the value of a clock that is a Bernstein polynomial on every
  piece (a flight in step between two holds is one window of this kind);
- the frame: drone i is at A(t) x_i + c(t), where matrix and shift are Bernstein polynomials on every piece (a turning
  formation is one window of this kind).

Path and model are Bernstein curves of one degree on one interval, so they nowhere part by more than their control
points do. Two drones of a frame are at least m |x_i - x_j| apart, less their deviations, if m is below the least
singular value of A(t); the Gram matrix of A(t) is a Bernstein polynomial, too, and the least eigenvalue is concave, so
the least one of its coefficients bounds it; Gershgorin's circles bound that.
"""

import math

import numpy as np

from showeditor.kernels.jit import Floats, Longs, inlined
from showeditor.kernels.paths import BINOMIAL, Paths, cursor_near

CLOCK, FRAME = 1, 2
"""Kinds of windows; 0: not all drones of a sample share their pieces (`chords`)."""

FITTED = 16
"""Drones of the sample from which clocks and frames are fitted."""

STIFF = 0.8
"""Frames that may shrink distances to less than this are not used."""


@inlined
def alike(t0: Longs, t1: Longs, ctrl_start: Longs, p: int, r: int, count: int) -> bool:
    """Whether `count` pieces from p on have the times and degrees of those from r on."""
    a, b = np.uint64(p), np.uint64(r)
    one = np.uint64(1)
    lead = ctrl_start[p] - ctrl_start[r]
    # differences gathered without a branch: one SIMD loop
    odd = 0
    for k in range(count):
        m = np.uint64(k)
        odd |= (t0[a + m] ^ t0[b + m]) | (t1[a + m] ^ t1[b + m])
        odd |= ctrl_start[a + m + one] - ctrl_start[b + m + one] - lead
    return bool(odd == 0)


@inlined
def rank(paths: Paths, sample: Longs, r0: int, r1: int, starts: Longs) -> int:
    """Write where the control points of the first drones of the sample begin that fly pieces r0 to r1 of sample[0].

    Returns how many there are, at most FITTED.
    """
    count = 0
    guess = r0 - paths.piece_start[sample[0]]
    step = max(1, sample.shape[0] // FITTED)
    for k in range(0, sample.shape[0], step):
        i = sample[k]
        p = cursor_near(paths, i, paths.t0[r0], paths.piece_start[i] + guess)
        if p < paths.piece_start[i] or p + r1 - r0 > paths.piece_start[i + 1] or count == FITTED:
            continue
        if alike(paths.t0, paths.t1, paths.ctrl_start, p, r0, r1 - r0):
            starts[count] = paths.ctrl_start[p]
            count += 1
    return count


@inlined
def time_of(paths: Paths, starts: Longs, points: int, k: int) -> float:
    """The clock at control point k of a window of so many: the share of their chords that drones have made."""
    way, length = 0.0, 0.0
    for j in range(starts.shape[0]):
        a, b, c = starts[j], starts[j] + points - 1, starts[j] + k
        for axis in range(3):
            d = paths.ctrl[b, axis] - paths.ctrl[a, axis]
            way += d * (paths.ctrl[c, axis] - paths.ctrl[a, axis])
            length += d * d
    return float(way / length) if length > 1e-12 else k / max(1.0, points - 1.0)


@inlined
def spot(paths: Paths, starts: Longs, middle: Floats, gram: Floats) -> None:
    """Write the middle (3,) of the places where drones begin, and the sum (3, 3) of their outer products."""
    middle[:] = 0.0
    gram[:] = 0.0
    n = starts.shape[0]
    for j in range(n):
        for axis in range(3):
            middle[axis] += paths.ctrl[starts[j], axis] / n
    for j in range(n):
        for a in range(3):
            for b in range(3):
                gram[a, b] += (paths.ctrl[starts[j], a] - middle[a]) * (paths.ctrl[starts[j], b] - middle[b])


@inlined
def frame_of(
    paths: Paths, starts: Longs, k: int, middle: Floats, gram: Floats, matrix: Floats, shift: Floats
) -> None:  # fmt: skip
    """Write the frame at control point k: the matrix (3, 3) and shift (3,) that take begins of drones there.

    Where the drones leave a direction open (they lie in a plane), the nearest rotation decides.
    """
    n = starts.shape[0]
    there, cross = np.zeros(3), np.zeros((3, 3))
    for j in range(n):
        for axis in range(3):
            there[axis] += paths.ctrl[starts[j] + k, axis] / n
    for j in range(n):
        for a in range(3):
            for b in range(3):
                cross[a, b] += (paths.ctrl[starts[j] + k, a] - there[a]) * (paths.ctrl[starts[j], b] - middle[b])
    u, _, v = np.linalg.svd(cross)
    turn = np.zeros((3, 3))
    sign = 1.0 if np.linalg.det(u) * np.linalg.det(v) > 0.0 else -1.0
    for a in range(3):
        for b in range(3):
            turn[a, b] = u[a, 0] * v[0, b] + u[a, 1] * v[1, b] + sign * u[a, 2] * v[2, b]
    light = 1e-5 * (gram[0, 0] + gram[1, 1] + gram[2, 2]) + 1e-9
    weighed = gram.copy()
    for a in range(3):
        weighed[a, a] += light
    back = np.linalg.inv(weighed)
    for a in range(3):
        shift[a] = there[a]
        for b in range(3):
            matrix[a, b] = 0.0
            for c in range(3):
                matrix[a, b] += (cross[a, c] + light * turn[a, c]) * back[c, b]
            shift[a] -= matrix[a, b] * middle[b]


@inlined
def _gershgorin(gram: Floats) -> float:
    """A bound from below of the least eigenvalue of a symmetric matrix (3, 3)."""
    least = np.inf
    for a in range(3):
        rest = gram[a, a]
        for b in range(3):
            rest -= abs(gram[a, b]) if b != a else 0.0
        least = min(least, rest)
    return float(least)


@inlined
def stiffness(table: Floats, first: int, count: int) -> float:
    """A bound from below of the share to which the frame of one piece shrinks distances.

    table (>= 4, 3 k): shift and columns of the matrices of control points, three rows each; the piece has `count` of
    them from `first` on.
    """
    least = np.inf
    gram = np.empty((3, 3))
    degree = count - 1
    for j in range(2 * degree + 1):
        gram[:] = 0.0
        for k in range(max(0, j - degree), min(degree, j) + 1):
            w = 0.5 * BINOMIAL[degree, k] * BINOMIAL[degree, j - k] / BINOMIAL[2 * degree, j]
            p, q = 3 * (first + k), 3 * (first + j - k)
            for a in range(3):
                for b in range(3):
                    for axis in range(3):
                        gram[a, b] += w * (
                            table[1 + a, p + axis] * table[1 + b, q + axis]
                            + table[1 + a, q + axis] * table[1 + b, p + axis]
                        )
        least = min(least, _gershgorin(gram))
    return math.sqrt(max(0.0, least))


@inlined
def lay_clock(paths: Paths, starts: Longs, points: int, table: Floats) -> None:
    """Write the clock of a window's control points into table[0] (3 * points), each value three times."""
    for k in range(points):
        s = time_of(paths, starts, points, k)
        for axis in range(3):
            table[0, 3 * k + axis] = s


@inlined
def lay_frame(paths: Paths, starts: Longs, r0: int, r1: int, table: Floats) -> float:
    """Write shift and matrices of a window's control points into table (4, 3 * points); returns its `stiffness`."""
    middle, gram = np.empty(3), np.empty((3, 3))
    matrix, shift = np.empty((3, 3)), np.empty(3)
    spot(paths, starts, middle, gram)
    stiff = np.inf
    for r in range(r0, r1):
        first = paths.ctrl_start[r] - paths.ctrl_start[r0]
        count = paths.ctrl_start[r + 1] - paths.ctrl_start[r]
        for k in range(first, first + count):
            repeated = k > 0
            for j in range(starts.shape[0]):
                a = starts[j] + k
                for axis in range(3):
                    repeated = repeated and paths.ctrl[a, axis] == paths.ctrl[a - 1, axis]
            for row in range(4):
                if repeated:
                    for axis in range(3):
                        table[row, 3 * k + axis] = table[row, 3 * k + axis - 3]
            if not repeated:
                frame_of(paths, starts, k, middle, gram, matrix, shift)
                for axis in range(3):
                    table[0, 3 * k + axis] = shift[axis]
                    for column in range(3):
                        table[1 + column, 3 * k + axis] = matrix[axis, column]
        stiff = min(stiff, stiffness(table, first, count))
    return float(stiff)


@inlined
def fits_clock(paths: Paths, starts: Longs, points: int, step: int) -> float:
    """The mean deviation from chords on a common clock, looked at on every so manieth control point."""
    n = starts.shape[0]
    worst = np.zeros(n)
    for at in range(0, points + step - 1, step):
        k = min(at, points - 1)
        s = time_of(paths, starts, points, k)
        for j in range(n):
            square = 0.0
            for axis in range(3):
                a = paths.ctrl[starts[j], axis]
                d = paths.ctrl[starts[j] + points - 1, axis] - a
                square += (paths.ctrl[starts[j] + k, axis] - a - s * d) ** 2
            worst[j] = max(worst[j], square)
    total = 0.0
    for j in range(n):
        total += math.sqrt(worst[j])
    return float(total / max(1, n))


@inlined
def fits_frame(paths: Paths, starts: Longs, points: int, step: int, enough: float) -> float:
    """The mean deviation from a common frame, looked at likewise; infinite where the frame is not stiff enough.

    Beyond `enough` it is no longer sought.
    """
    n = starts.shape[0]
    worst = np.zeros(n)
    middle, gram, turned = np.empty(3), np.empty((3, 3)), np.empty((3, 3))
    matrix, shift = np.empty((3, 3)), np.empty(3)
    spot(paths, starts, middle, gram)
    total = 0.0
    # from the end: that is where a frame that does not fit is farthest off
    for at in range(points - 1, 0, -step):
        frame_of(paths, starts, at, middle, gram, matrix, shift)
        for a in range(3):
            for b in range(3):
                turned[a, b] = matrix[0, a] * matrix[0, b] + matrix[1, a] * matrix[1, b] + matrix[2, a] * matrix[2, b]
        if _gershgorin(turned) < STIFF:
            return math.inf
        total = 0.0
        for j in range(n):
            square = 0.0
            for axis in range(3):
                off = paths.ctrl[starts[j] + at, axis] - shift[axis]
                for b in range(3):
                    off -= matrix[axis, b] * paths.ctrl[starts[j], b]
                square += off * off
            worst[j] = max(worst[j], square)
            total += math.sqrt(worst[j])
        if total > enough * n:
            break
    return float(total / max(1, n))
