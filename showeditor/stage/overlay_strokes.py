"""Lines in the venue with their colour, ready to be laid over the picture."""

from collections.abc import Iterable

import numpy as np

from showeditor.model.arrays import Floats, Singles

Paint = tuple[float, float, float, float]


def stroke(ends_m: Floats, paint: Paint) -> Singles:
    """Line ends (2 n, 3) with a colour and its opacity, float32 (2 n, 7)."""
    rows = np.empty((len(ends_m), 7), np.float32)
    rows[:, :3] = ends_m
    rows[:, 3:] = paint
    return rows


def strokes(parts: Iterable[Singles]) -> Singles | None:
    """Several strokes as one; None when there are none."""
    rows = [part for part in parts if len(part)]
    return np.concatenate(rows) if rows else None
