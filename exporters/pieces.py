"""Drone paths on whole milliseconds, as the Skybrush formats count time."""

from dataclasses import dataclass

import numpy as np

from showeditor.export.curves import cut, degrees
from showeditor.model.arrays import Floats, Longs
from showeditor.model.plan import Drones

MS = 1000


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of one drone: `ctrl[k]` (n, 3) runs over [`t0_ms[k]`, `t1_ms[k]`]; they join in time and place."""

    t0_ms: tuple[int, ...]
    t1_ms: tuple[int, ...]
    ctrl: tuple[Floats, ...]


def on_milliseconds(drones: Drones) -> list[Pieces]:
    """Every drone's pieces with knots on whole milliseconds.

    A piece whose knot moves (by half a millisecond at most) is carried on or cut back as the polynomial it is, so that
    the path does not shift in time. Pieces shorter than the grid are left out; the next one starts where the last ends.
    """
    t0, t1 = (2 * drones.piece_t0_us + MS) // (2 * MS), (2 * drones.piece_t1_us + MS) // (2 * MS)
    ctrl = _moved(drones, t0, t1)
    out: list[Pieces] = []
    for i in range(len(drones)):
        first, last = int(drones.piece_start[i]), int(drones.piece_start[i + 1])
        rows = [p for p in range(first, last) if t1[p] > t0[p]]
        kept: list[Floats] = []
        for p in rows:
            points = ctrl[p]
            if kept and not np.array_equal(kept[-1][-1], points[0]):
                points = points.copy()
                points[0] = kept[-1][-1]
            kept.append(points)
        out.append(Pieces(tuple(int(t0[p]) for p in rows), tuple(int(t1[p]) for p in rows), tuple(kept)))
    return out


def _moved(drones: Drones, t0_ms: Longs, t1_ms: Longs) -> list[Floats]:
    out: list[Floats] = [
        drones.ctrl[a:b] for a, b in zip(drones.ctrl_start[:-1].tolist(), drones.ctrl_start[1:].tolist(), strict=True)
    ]
    off = (t0_ms * MS != drones.piece_t0_us) | (t1_ms * MS != drones.piece_t1_us)
    degree = degrees(drones)
    for d in np.unique(degree[off]):
        rows = np.nonzero(off & (degree == d))[0]
        block = drones.ctrl[drones.ctrl_start[rows][:, None] + np.arange(d + 1)]
        start = drones.piece_t0_us[rows]
        span = np.maximum(drones.piece_t1_us[rows] - start, 1).astype(np.float64)
        cuts = cut(block, (t0_ms[rows] * MS - start) / span, (t1_ms[rows] * MS - start) / span)
        for row, points in zip(rows.tolist(), cuts, strict=True):
            out[row] = points
    return out


def still(points: Floats) -> bool:
    """Whether a piece stays on one spot."""
    return bool((points == points[0]).all())


def split(points: Floats, t0_ms: int, t1_ms: int, longest_ms: int) -> list[tuple[int, int, Floats]]:
    """A piece as equal parts of at most `longest_ms`, each with its own control points."""
    count = -(-(t1_ms - t0_ms) // longest_ms)
    if count <= 1:
        return [(t0_ms, t1_ms, points)]
    knots = [t0_ms + (t1_ms - t0_ms) * k // count for k in range(count + 1)]
    u = np.array([(t - t0_ms) / (t1_ms - t0_ms) for t in knots])
    parts = cut(np.repeat(points[None], count, axis=0), u[:-1], u[1:])
    return [(a, b, part) for a, b, part in zip(knots[:-1], knots[1:], parts, strict=True)]
