"""How near given pairs of drones come on any paths, each pair within its own interval: what a repair asks again."""

import numpy as np

from showeditor.kernels.jit import Floats, Longs, f8, f8_2, i8_1, i8_2, inlined, kernel, out_f8_1, out_f8_2, out_i8_1
from showeditor.kernels.meeting import nearest
from showeditor.kernels.paths import Paths, cursor, place, stretch, until


@inlined
def _nearest(paths: Paths, i: int, j: int, a_us: int, b_us: int, enough: float, work: Floats) -> tuple[float, int]:
    """The least distance of two drones within [a_us, b_us] if it is below `enough` (else `enough`), and when."""
    pi, pj = cursor(paths, i, a_us), cursor(paths, j, a_us)
    p, q = work[0, :8], work[1, :8]
    row = work[2].reshape(-1)[:16]
    best, when = enough, a_us
    s = a_us
    while s < b_us:
        e = min(b_us, min(until(paths, i, pi, s), until(paths, j, pj, s)))
        degree_p, degree_q = stretch(paths, i, pi, s, e, p), stretch(paths, j, pj, s, e, q)
        least, u, _ = nearest(p, degree_p, q, degree_q, 0.0, best, row)
        if least < best:
            best, when = least, s + int(u * (e - s))
        s = e
        while pi + 1 < paths.piece_start[i + 1] and paths.t0[pi + 1] <= s:
            pi += 1
        while pj + 1 < paths.piece_start[j + 1] and paths.t0[pj + 1] <= s:
            pj += 1
    return best, when


@kernel(i8_1, i8_1, i8_1, i8_1, f8_2, f8_2, i8_2, i8_2, f8, out_f8_1, out_i8_1, out_f8_2)
def _passing(
    piece_start: Longs,
    t0: Longs,
    t1: Longs,
    ctrl_start: Longs,
    ctrl: Floats,
    home: Floats,
    pairs: Longs,
    spans: Longs,
    enough: float,
    distance: Floats,
    when: Longs,
    apart: Floats,
) -> None:
    paths = Paths(piece_start, t0, t1, ctrl_start, ctrl, home)
    work = np.empty((5, 16, 3))
    here, there = np.empty(3), np.empty(3)
    for row in range(pairs.shape[0]):
        i, j = pairs[row, 0], pairs[row, 1]
        distance[row], at = _nearest(paths, i, j, spans[row, 0], spans[row, 1], enough, work)
        when[row] = at
        place(paths, i, cursor(paths, i, at), at, here)
        place(paths, j, cursor(paths, j, at), at, there)
        for axis in range(3):
            apart[row, axis] = there[axis] - here[axis]


def passing_gaps(paths: Paths, pairs: Longs, spans_us: Longs, enough_m: float) -> tuple[Floats, Longs, Floats]:
    """Closest approach of each pair (m, 2) within its interval (m, 2): distance, moment (us), vector from i to j then.

    Only distances below `enough_m` are searched; a pair that stays farther apart is given that distance. Exact to
    0.1 mm in continuous time.
    """
    m = len(pairs)
    distance, when, apart = np.empty(m), np.empty(m, np.int64), np.empty((m, 3))
    _passing(*paths, np.ascontiguousarray(pairs), np.ascontiguousarray(spans_us), enough_m, distance, when, apart)
    return distance, when, apart
