"""Points of a formation: whole millimetres, so that a written show reads back to the same numbers."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from showeditor.model.arrays import Floats, frozen


class Points:
    """An immutable (n, 3) set of positions in metres, held to the millimetre.

    Written in a `.show` as one flat list of whole millimetres: x, y, z, x, y, z, ...
    """

    __slots__ = ("metres",)

    metres: Floats

    def __init__(self, metres: ArrayLike) -> None:
        values = np.asarray(metres, dtype=np.float64)
        if values.size == 0:
            values = values.reshape(0, 3)
        if not np.isfinite(values).all():
            raise ValueError("formation points must be finite numbers")
        if np.abs(values).max(initial=0.0) > 1e5:
            raise ValueError("formation points must lie within 100 km of their origin")
        object.__setattr__(self, "metres", frozen(np.round(values * 1000.0) / 1000.0, np.float64, (None, 3), "points"))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("Points are immutable")

    def __len__(self) -> int:
        return int(self.metres.shape[0])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Points) and np.array_equal(self.metres, other.metres)

    def __hash__(self) -> int:
        return hash(self.metres.tobytes())

    def __repr__(self) -> str:
        return f"Points({len(self)})"

    def millimetres(self) -> list[int]:
        """The flat list that a `.show` holds."""
        return [int(v) for v in np.round(self.metres * 1000.0).ravel()]

    @staticmethod
    def of_millimetres(values: Sequence[object] | Iterable[object]) -> "Points":
        """Points from a flat list of whole millimetres; raises ValueError for anything else."""
        items = list(values)
        if len(items) % 3:
            raise ValueError(f"points hold x, y, z in turn, so their count must divide by 3, got {len(items)}")
        if not all(isinstance(v, int) and not isinstance(v, bool) for v in items):
            raise ValueError("points are whole millimetres")
        return Points(np.array(items, dtype=np.float64).reshape(-1, 3) / 1000.0)
