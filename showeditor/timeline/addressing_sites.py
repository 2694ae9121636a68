"""Where firing modules can stand, and which positions each place reaches."""

from collections.abc import Mapping

import numpy as np

from showeditor.model.arrays import Floats
from showeditor.model.show import Show


class Sites:
    """Where modules can stand: the positions of the cues, which of them one module can serve, and their order."""

    def __init__(self, show: Show, controller: str, alone: bool, reach_m: float | None) -> None:
        known = {p.id: p.at_m for p in show.venue.positions}
        self.names = list(known) + sorted({cue.position for cue in show.cues()} - set(known))
        self._number = {name: row for row, name in enumerate(self.names)}
        n = len(self.names)
        at = np.array([known.get(name, (np.nan,) * 3) for name in self.names], dtype=np.float64).reshape(-1, 3)
        apart = np.linalg.norm(at[:, None] - at[None, :], axis=2)
        own = np.eye(n, dtype=bool)
        if alone:
            self.near, self.exact = own, True
        elif reach_m is None:
            self.near, self.exact = np.ones((n, n), dtype=bool), True
        else:
            with np.errstate(invalid="ignore"):
                self.near = own | (apart <= reach_m + 1e-6)
            self.exact = False
        self.along = np.arange(n, dtype=np.float64) if self.exact else _along(at)
        self.alone = alone
        site = next((c for c in show.controllers if c.id == controller), None)
        stated = site.modules if site is not None else ()
        self.stands = {m.number: self._number[m.position] for m in stated if m.position in self._number}

    def number(self, position: str) -> int:
        """The row of a position."""
        return self._number[position]

    def of_module(self, module: int, positions: Mapping[str, int]) -> int:
        """Where a module in use stands: as stated, else where most of its cues are."""
        if module in self.stands and not self.alone:
            return self.stands[module]
        return self._number[max(sorted(positions), key=lambda p: positions[p])]


def _along(at: Floats) -> Floats:
    """Every position along the line that fits them best; those whose place nobody knows come last."""
    known = np.isfinite(at).all(axis=1)
    along = np.full(len(at), np.inf)
    if known.any():
        here = at[known] - at[known].mean(axis=0)
        axis = np.linalg.eigh(here.T @ here)[1][:, -1]
        along[known] = here @ (axis if axis[np.abs(axis).argmax()] > 0 else -axis)
    along[~known] = along[known].max(initial=0.0) + 1.0 + np.arange(int((~known).sum()))
    return along
