"""Of a finding: who comes too near to whom, and how near at any moment, exactly on the polynomial paths of the plan."""

from dataclasses import dataclass, replace

import numpy as np

from showeditor.kernels.whereabouts import places
from showeditor.model.arrays import Floats, Longs
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan
from showeditor.safety.figures_plan import KeepOuts, keep_outs, paths_of, shots_of
from showeditor.safety.together import PARTS

AROUND_US = 1_500_000
"""What is shown before and after a conflict."""

_PARTS = {code: part for part, (code, _, _) in PARTS.items()}

LONG_US = 8_000_000
"""Longer conflicts are not shown whole: nobody watches a minute at an eighth of the speed."""

MOMENTS = 240
MOST_DRONES = 64
MOST_SHOTS = 40


@dataclass(frozen=True, slots=True)
class Nearest:
    """Who is nearest at a moment: how far apart (m; negative: inside a keep-out), the names, and the two places.

    Of a drone and a keep-out both places are the drone's, and `other` is empty.
    """

    gap_m: float
    one: str
    other: str
    ends_m: Floats


@dataclass(frozen=True, slots=True)
class Conflict:
    """The drones of a finding (rows), and the keep-outs of its cues where it has any.

    `span_us`: from a little before to a little after, within the show; of a long one only around its worst moment.
    """

    plan: Plan
    finding: Finding
    drones: Longs
    keep: KeepOuts | None
    span_us: tuple[int, int] = (0, 0)

    def worst_us(self, low: int, high: int) -> int:
        """Where the gap is smallest: the best of many moments, and of many around that one."""
        for _ in range(2):
            moments = [int(t) for t in np.linspace(low, high, MOMENTS)]
            gaps = [near.gap_m if (near := self.nearest(t)) is not None else np.inf for t in moments]
            k = int(np.argmin(gaps))
            if not np.isfinite(gaps[k]):
                return low
            low, high = moments[max(0, k - 1)], moments[min(len(moments) - 1, k + 1)]
        return moments[k]

    def places(self, t_us: int) -> Floats:
        """Where its drones are (n, 3)."""
        return places(paths_of(self.plan), self.drones, np.full(len(self.drones), t_us, np.int64))

    def nearest(self, t_us: int) -> Nearest | None:
        """The nearest two of it at a moment; None when nothing is there to be near to."""
        names, here = self.plan.drones.name, self.places(t_us)
        if self.keep is not None:
            away = self.keep.clearance(here, t_us)
            if not len(away) or not np.isfinite(away.min()):
                return None
            k = int(away.argmin())
            return Nearest(float(away[k]), names[self.drones[k]], "", here[[k, k]])
        if len(here) < 2:
            return None
        apart = np.linalg.norm(here[:, None] - here[None], axis=2)
        apart[np.arange(len(here)), np.arange(len(here))] = np.inf
        i, j = (int(v) for v in np.unravel_index(int(apart.argmin()), apart.shape))
        return Nearest(float(apart[i, j]), names[self.drones[i]], names[self.drones[j]], here[[i, j]])

    def view(self, t_us: int) -> tuple[Floats, float] | None:
        """Middle (3,) and radius (m) of what is to be seen at a moment; None for a finding without a place."""
        near = self.nearest(t_us)
        if near is not None:
            half = 0.5 * float(np.linalg.norm(near.ends_m[0] - near.ends_m[1]))
            return near.ends_m.mean(axis=0), max(4.0, 2.5 * half)
        if len(self.drones):
            here = self.places(t_us)
            middle = 0.5 * (here.min(axis=0) + here.max(axis=0))
            return middle, max(6.0, float(np.linalg.norm(here - middle, axis=1).max()))
        if self.finding.place_m is not None:
            return np.array(self.finding.place_m), 60.0
        return None


def conflict_of(plan: Plan, finding: Finding) -> Conflict:
    """The conflict that a finding tells of; raises ValueError for shots that cannot be followed to the ground."""
    wanted = set(finding.ids)
    drones = [n for n, name in enumerate(plan.drones.name) if name in wanted][:MOST_DRONES]
    shots = shots_of(plan, frozenset(wanted), MOST_SHOTS)
    part = _PARTS.get(finding.code)
    keep = keep_outs(plan, shots).only(part) if len(shots) and part is not None else None
    conflict = Conflict(plan, finding, np.array(drones, np.int64), keep)
    return replace(conflict, span_us=_span(conflict))


def _span(conflict: Conflict) -> tuple[int, int]:
    finding, end = conflict.finding, conflict.plan.duration_us
    low, high = min(finding.t0_us, finding.t1_us), max(finding.t0_us, finding.t1_us)
    if high - low > LONG_US:
        worst = conflict.worst_us(low, high)
        low, high = max(low, worst - LONG_US // 2), min(high, worst + LONG_US // 2)
    low = min(max(0, low - AROUND_US), max(0, end - 2 * AROUND_US))
    return low, max(low + AROUND_US, min(high + AROUND_US, end))


def has_span(finding: Finding) -> bool:
    """Whether there is a stretch of time to be shown slowly: a span of its own, or drones at a moment."""
    return finding.t1_us > finding.t0_us or (finding.t0_us > 0 and bool(finding.ids))
