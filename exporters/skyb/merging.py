"""Short pieces joined into longer ones, so that whole steps of millimetres do not bend a path.

A control value cut to a step of `s` metres may change the acceleration of a piece of degree d and length T by
4 d (d - 1) s / T2. Long pieces do not feel it; a path that arrives in tenths of seconds (as .skyc files hold it) would.
"""

import numpy as np

from exporters.pieces import Pieces, still
from exporters.skyb.trajectory import LONGEST_MS, fits
from showeditor.export.curves import cut, raised
from showeditor.model.arrays import Floats

FELT_MPS2 = 0.1
PATH_M = 0.0012
ACCEL_MPS2 = 0.15
_SAMPLES = np.array([0.0, 0.25, 0.5, 0.75])
_CHOOSE = np.array([1, 7, 21, 35, 35, 21, 7, 1])


def _basis(u: Floats) -> Floats:
    j = np.arange(8)
    out: Floats = _CHOOSE * u[:, None] ** j * (1 - u[:, None]) ** (7 - j)
    return out


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
            last, points = _longest(pieces, k, limit, scale)
        t0.append(pieces.t0_ms[k])
        t1.append(pieces.t1_ms[last])
        ctrl.append(points)
        k = last + 1
    return Pieces(tuple(t0), tuple(t1), tuple(ctrl))


def _longest(pieces: Pieces, first: int, limit: int, scale: int) -> tuple[int, Floats]:
    """The last piece up to `limit` that one degree-7 piece from `first` on can reach, and that piece."""
    low, best, step = first, pieces.ctrl[first], 1
    high = limit + 1
    while low + step < high:  # gallop, then halve
        points = _fit(pieces, first, low + step, scale)
        if points is None:
            high = low + step
            break
        low, best = low + step, points
        step *= 2
    else:
        if low < limit:
            points = _fit(pieces, first, limit, scale)
            if points is not None:
                return limit, points
            high = limit
    while high - low > 1:
        middle = (low + high) // 2
        points = _fit(pieces, first, middle, scale)
        if points is None:
            high = middle
        else:
            low, best = middle, points
    return low, best


def _fit(pieces: Pieces, first: int, last: int, scale: int) -> Floats | None:
    """One degree-7 piece for pieces first..last by least squares with exact ends; None when it is not good enough."""
    source = np.stack([raised(c, 7) for c in pieces.ctrl[first : last + 1]])
    start = np.array(pieces.t0_ms[first : last + 1], dtype=np.float64)
    end = np.array(pieces.t1_ms[first : last + 1], dtype=np.float64)
    whole = end[-1] - start[0]
    u0, u1 = (start - start[0]) / whole, (end - start[0]) / whole
    out = np.empty((8, 3))
    out[0], out[7] = source[0, 0], source[-1, 7]
    out[1] = out[0] + (source[0, 1] - source[0, 0]) * whole / (end[0] - start[0])
    out[6] = out[7] - (source[-1, 7] - source[-1, 6]) * whole / (end[-1] - start[-1])
    u = (u0[:, None] + (u1 - u0)[:, None] * _SAMPLES).ravel()
    target = np.einsum("sj,mjk->msk", _basis(_SAMPLES), source).reshape(-1, 3)
    basis = _basis(u)
    rest = target - basis[:, [0, 1, 6, 7]] @ out[[0, 1, 6, 7]]
    out[2:6] = np.linalg.lstsq(basis[:, 2:6], rest, rcond=None)[0]
    if not fits(out, scale):
        return None
    away = cut(np.repeat(out[None], len(source), axis=0), u0, u1) - source
    if np.sqrt((away**2).sum(axis=2)).max() > PATH_M:
        return None
    bend = away[:, 2:] - 2 * away[:, 1:-1] + away[:, :-2]
    push = np.sqrt((bend**2).sum(axis=2)).max(axis=1) * 42 / ((end - start) * 1e-3) ** 2
    return out if push.max() <= ACCEL_MPS2 else None
