"""Polynomial pieces as cubic Bezier pieces on whole milliseconds, within a tolerance that is proven, not sampled."""

from collections.abc import Sequence

import numpy as np

from exporters.pieces import Pieces
from showeditor.export.curves import cut, raised, raising
from showeditor.model.arrays import Floats, Longs

PATH_M = 0.002
ACCEL_MPS2 = 0.05
SHORTEST_MS = 50


def hermite(seven: Floats) -> Floats:
    """The cubics (m, 4, 3) that share places and velocities with degree-7 pieces (m, 8, 3) at both ends.

    Joined pieces keep one velocity, so nothing is left to fit but the length of the pieces.
    """
    out = np.empty((len(seven), 4, 3))
    out[:, 0], out[:, 3] = seven[:, 0], seven[:, 7]
    out[:, 1] = seven[:, 0] + (seven[:, 1] - seven[:, 0]) * (7 / 3)
    out[:, 2] = seven[:, 7] + (seven[:, 6] - seven[:, 7]) * (7 / 3)
    return out


def _good(seven: Floats, cubic: Floats, span_s: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether the cubic stays within both tolerances everywhere: Bernstein coefficients bound the polynomial."""
    away = np.einsum("ij,mjk->mik", raising(3, 7), cubic) - seven
    far = np.sqrt((away**2).sum(axis=2)).max(axis=1)
    bend = away[:, 2:] - 2 * away[:, 1:-1] + away[:, :-2]
    push = np.sqrt((bend**2).sum(axis=2)).max(axis=1) * 42 / span_s**2
    return np.asarray((far <= PATH_M) & (push <= ACCEL_MPS2))


def as_cubics(all_pieces: Sequence[Pieces]) -> list[Pieces]:
    """The same paths in pieces of degree 3 at most.

    Pieces of higher degree are halved until place and acceleration agree within PATH_M and ACCEL_MPS2, down to
    SHORTEST_MS at most.
    """
    owner: list[tuple[int, int]] = []
    seven: list[Floats] = []
    t0: list[int] = []
    t1: list[int] = []
    for i, pieces in enumerate(all_pieces):
        for k, points in enumerate(pieces.ctrl):
            if len(points) > 4:
                owner.append((i, k))
                seven.append(raised(points, 7))
                t0.append(pieces.t0_ms[k])
                t1.append(pieces.t1_ms[k])
    parts: dict[tuple[int, int], list[tuple[int, int, Floats]]] = {key: [] for key in owner}
    if owner:
        for row, a, b, cubic in _split(np.stack(seven), np.array(t0), np.array(t1)):
            parts[owner[row]].append((a, b, cubic))
    out = []
    for i, pieces in enumerate(all_pieces):
        rows: list[tuple[int, int, Floats]] = []
        for k, points in enumerate(pieces.ctrl):
            if (i, k) in parts:
                rows += sorted(parts[i, k], key=lambda part: part[0])
            else:
                rows.append((pieces.t0_ms[k], pieces.t1_ms[k], points))
        out.append(Pieces(tuple(r[0] for r in rows), tuple(r[1] for r in rows), tuple(r[2] for r in rows)))
    return out


def _split(whole: Floats, t0: Longs, t1: Longs) -> list[tuple[int, int, int, Floats]]:
    row, a, b = np.arange(len(whole)), t0, t1
    done: list[tuple[int, int, int, Floats]] = []
    while len(row):
        span = (t1 - t0)[row].astype(np.float64)
        seven = cut(whole[row], (a - t0[row]) / span, (b - t0[row]) / span)
        cubic = hermite(seven)
        good = _good(seven, cubic, (b - a).astype(np.float64) * 1e-3) | (b - a < 2 * SHORTEST_MS)
        done += zip(row[good].tolist(), a[good].tolist(), b[good].tolist(), cubic[good], strict=True)
        row, a, b = row[~good], a[~good], b[~good]
        middle = (a + b) // 2
        row, a, b = np.concatenate([row, row]), np.concatenate([a, middle]), np.concatenate([middle, b])
    return done
