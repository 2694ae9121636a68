"""How far drone paths in a file lie from those of the plan, decided over the whole continuous path."""

from dataclasses import dataclass

import numpy as np

from showeditor.export.curves import all_raised, halved, over
from showeditor.model.arrays import Floats, Longs
from showeditor.model.plan import Drones

_CHUNK = 50_000
_DEEPEST = 14
_MOST_OPEN = 400_000


@dataclass(frozen=True, slots=True)
class Apart:
    """The largest distance between a drone's two paths: a proven upper bound unless it exceeds the tolerance."""

    distance_m: float
    drone: str = ""
    t_us: int = 0


def farthest(planned: Drones, read: Drones, pairs: list[tuple[int, int]], tolerance_m: float) -> Apart:
    """The largest distance at one and the same moment between planned and read drones (row numbers in `pairs`).

    The difference of two polynomial pieces is a polynomial; its Bernstein coefficients bound it, and pieces whose bound
    exceeds the tolerance are halved until they are decided. What stays undecided counts as too far.
    """
    first, second = all_raised(planned), all_raised(read)
    worst = Apart(0.0)
    rows: list[tuple[Longs, Longs, Longs, Longs]] = []
    waiting = 0
    for i, j in pairs:
        knots = np.unique(np.concatenate([_knots(planned, i), _knots(read, j)]))
        if len(knots) < 2:
            knots = np.array([knots[0] if len(knots) else 0, (knots[0] if len(knots) else 0) + 1])
        n = len(knots) - 1
        rows.append((np.full(n, i), np.full(n, j), knots[:-1], knots[1:]))
        waiting += n
        if waiting >= _CHUNK or (i, j) == pairs[-1]:
            a, b, t0, t1 = (np.concatenate(column) for column in zip(*rows, strict=True))
            away = over(read, second, b, t0, t1) - over(planned, first, a, t0, t1)
            found = _decide(away, a, t0, t1, tolerance_m, planned.name)
            worst = found if found.distance_m > worst.distance_m else worst
            rows, waiting = [], 0
    return worst


def _knots(drones: Drones, i: int) -> Longs:
    rows = slice(int(drones.piece_start[i]), int(drones.piece_start[i + 1]))
    return np.concatenate([drones.piece_t0_us[rows], drones.piece_t1_us[rows]])


def _lengths(vectors: Floats) -> Floats:
    out: Floats = np.sqrt((vectors**2).sum(axis=-1))
    return out


def _decide(away: Floats, drone: Longs, t0: Longs, t1: Longs, tolerance_m: float, names: tuple[str, ...]) -> Apart:
    worst = Apart(0.0)
    start, end = t0.astype(np.float64), t1.astype(np.float64)
    for depth in range(_DEEPEST + 1):
        bound = _lengths(away).max(axis=1)
        real = np.maximum(_lengths(away[:, 0]), _lengths(away[:, -1]))
        k = int(np.argmax(real))
        if real[k] > tolerance_m:
            return Apart(float(real[k]), names[drone[k]], int(start[k]))
        settled = bound <= tolerance_m
        if settled.any():
            k = int(np.argmax(np.where(settled, bound, -1.0)))
            if bound[k] > worst.distance_m:
                worst = Apart(float(bound[k]), names[drone[k]], int(start[k]))
        away, drone, start, end = away[~settled], drone[~settled], start[~settled], end[~settled]
        if len(away) == 0:
            return worst
        if depth == _DEEPEST or len(away) > _MOST_OPEN:
            break
        left, right = halved(away)
        middle = (start + end) / 2
        away = np.concatenate([left, right])
        drone = np.concatenate([drone, drone])
        start, end = np.concatenate([start, middle]), np.concatenate([middle, end])
    k = int(np.argmax(_lengths(away).max(axis=1)))
    return Apart(float(_lengths(away[k]).max()), names[drone[k]], int(start[k]))
