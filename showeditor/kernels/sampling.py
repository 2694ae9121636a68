"""Choosing points that keep a distance from each other."""

import numpy as np

from showeditor.kernels.jit import Flags, Floats, Longs, f8, f8_2, i8, kernel, out_i8_1

_MAX_CELLS = 16_000_000


@kernel(f8_2, i8, f8, i8, i8, f8, f8, f8, out_i8_1)
def _keep(
    points: Floats, given: int, spacing: float, columns: int, rows: int, cell: float, x0: float, y0: float, kept: Longs
) -> None:
    owner = np.full(columns * rows, -1, np.int64)
    for i in range(points.shape[0]):
        x, y = points[i, 0], points[i, 1]
        c, r = int((x - x0) / cell), int((y - y0) / cell)
        free = True
        if i >= given:
            for rr in range(max(0, r - 2), min(rows, r + 3)):
                for cc in range(max(0, c - 2), min(columns, c + 3)):
                    j = owner[rr * columns + cc]
                    while j >= 0 and free:
                        dx, dy = points[j, 0] - x, points[j, 1] - y
                        free = dx * dx + dy * dy >= spacing * spacing
                        j = kept[j] - 2
                    if not free:
                        break
                if not free:
                    break
        if free:
            # kept[i] - 2 chains the points of one cell; 1 ends the chain, 0 is not kept
            kept[i] = owner[r * columns + c] + 2
            owner[r * columns + c] = i


def keep_apart(points: Floats, spacing: float, given: int = 0) -> Flags:
    """Which of `points` (n, 2) to keep, taken in their order, so that all kept are at least `spacing` apart.

    The first `given` points are kept as they are. Raises ValueError when the extent is too large for the spacing.
    """
    if not len(points):
        return np.zeros(0, np.bool_)
    low, high = points.min(axis=0), points.max(axis=0)
    cell = spacing / np.sqrt(2.0)
    columns, rows = (int(v) + 1 for v in (high - low) / cell)
    if columns * rows > _MAX_CELLS:
        raise ValueError(
            f"a drawing {columns * cell:.0f} by {rows * cell:.0f} m is too large for a spacing of {spacing} m"
        )
    kept = np.zeros(len(points), np.int64)
    flat = np.ascontiguousarray(points, np.float64)
    _keep(flat, given, float(spacing), columns, rows, float(cell), float(low[0]), float(low[1]), kept)
    flags: Flags = kept > 0
    return flags
