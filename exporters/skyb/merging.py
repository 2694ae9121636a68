"""Short pieces joined into longer ones, so that whole steps of millimetres do not bend a path.

A control value cut to a step of `s` metres may change the acceleration of a piece of degree d and length T by
4 d (d - 1) s / T2. Long pieces do not feel it; a path that arrives in tenths of seconds (as .skyc files hold it) would.
"""

import numpy as np

from exporters.pieces import Pieces, still
from exporters.skyb.trajectory import LONGEST_MS
from showeditor.export.curves import raised
from showeditor.model.arrays import Floats

FELT_MPS2 = 0.1
PATH_M = 0.0012
ACCEL_MPS2 = 0.15


def felt(duration_ms: int, points: Floats, scale: int) -> bool:
    """Whether whole steps could bend this piece noticeably."""
    degree = len(points) - 1
    return 4 * degree * (degree - 1) * scale * 1e-3 > FELT_MPS2 * (duration_ms * 1e-3) ** 2


def merged(pieces: Pieces, scale: int) -> Pieces:
    """The same path with runs of short moving pieces joined where one degree-7 piece holds them.

    Place stays within PATH_M and acceleration within ACCEL_MPS2 of the given pieces everywhere (proven by Bernstein
    bounds); places and velocities at the ends of a joined run stay exact. Paths that need nothing are given back as
    they are.
    """
    n = len(pieces.ctrl)
    moves = [len(c) > 1 and not still(c) for c in pieces.ctrl]
    short = [
        m and felt(b - a, c, scale) for m, a, b, c in zip(moves, pieces.t0_ms, pieces.t1_ms, pieces.ctrl, strict=True)
    ]
    if not any(short):
        return pieces
    from showeditor.kernels.joining import longest  # compiled code loads only when it is needed

    seven = np.empty((n, 8, 3))
    sizes = np.array([len(c) for c in pieces.ctrl])
    for size in np.unique(sizes):
        rows = np.nonzero(sizes == size)[0]
        seven[rows] = raised(np.stack([pieces.ctrl[k] for k in rows.tolist()]), 7)
    begin, end = np.array(pieces.t0_ms, dtype=np.float64), np.array(pieces.t1_ms, dtype=np.float64)
    t0: list[int] = []
    t1: list[int] = []
    ctrl: list[Floats] = []
    k = 0
    while k < n:
        last, points = k, pieces.ctrl[k]
        if moves[k]:
            limit = k
            while limit + 1 < n and moves[limit + 1] and pieces.t1_ms[limit + 1] - pieces.t0_ms[k] <= LONGEST_MS:
                limit += 1
            out = np.empty((8, 3))
            last = int(longest(begin, end, seven, k, limit, 32.767 * scale, PATH_M, ACCEL_MPS2, out))
            points = out if last > k else points
        t0.append(pieces.t0_ms[k])
        t1.append(pieces.t1_ms[last])
        ctrl.append(points)
        k = last + 1
    return Pieces(tuple(t0), tuple(t1), tuple(ctrl))
