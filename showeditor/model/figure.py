"""Figures: cues that are drawn by rule (a fan, a chase, a fill to the beat) and stay editable as one until baked."""

from typing import Literal

import msgspec

from showeditor.model.births import finite, named, within
from showeditor.model.cue import Holds
from showeditor.model.music import LONGEST_TICKS, LONGEST_US, When

Shape = Literal[
    "fan", "v", "w", "x", "z", "peacock", "cross", "pairs", "sequence", "alternate", "chase", "salvo", "fill"
]

StepOrder = Literal["together", "left-right", "right-left", "centre-out", "outside-in", "random"]
"""In which order the parts of a figure fire; left and right are those of somebody in the audience."""

MOST_SHOTS = 5_000
"""No figure makes more cues than this."""


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A live figure; its cues stand in a track like any others, named `id-round-position-shot`.

    `positions` are in the audience's order from left to right. A figure is a ladder of steps, `gap_us` apart, or
    `gap_ticks` where that is not zero and the start is a musical one (960 ticks a quarter note), so that it follows
    the tempo map. `repeats` rounds follow one another, `rest` steps of silence between them. Leans are degrees to the
    audience's right, `first_deg` to `last_deg`; shapes with arms (v, w, x, cross, pairs, peacock, chase, alternate)
    use `last_deg` alone. `shots` is how many leave one position in a fan, z or peacock. `effects` are taken in turn.
    `density` is the share of steps that a fill lets sound. `seed` decides what is random.
    """

    id: str
    shape: Shape
    track: str
    effects: tuple[str, ...]
    positions: tuple[str, ...]
    start: When
    name: str = ""
    holds: Holds = "bloom"
    order: StepOrder = "left-right"
    gap_us: int = 100_000
    gap_ticks: int = 0
    first_deg: float = -30.0
    last_deg: float = 30.0
    shots: int = 5
    repeats: int = 1
    rest: int = 0
    density: float = 1.0
    seed: int = 0

    def __post_init__(self) -> None:
        named("figure id", self.id)
        named(f"track of figure {self.id!r}", self.track)
        if not self.effects or not all(text.strip() for text in self.effects):
            raise ValueError(f"figure {self.id!r} needs an effect")
        if not self.positions:
            raise ValueError(f"figure {self.id!r} needs a position")
        if len(set(self.positions)) != len(self.positions):
            raise ValueError(f"figure {self.id!r} names a position twice")
        if self.shape in ("x", "cross") and len(self.positions) < 2:
            raise ValueError(f"figure {self.id!r}: shots that cross need 2 positions or more")
        finite(f"leans of figure {self.id!r}", self.first_deg, self.last_deg, self.density)
        within("first lean", self.first_deg, -90.0, 90.0)
        within("last lean", self.last_deg, -90.0, 90.0)
        within("gap of a figure", self.gap_us, 0, LONGEST_US)
        within("gap of a figure in ticks", self.gap_ticks, 0, LONGEST_TICKS)
        within("shots of a figure", self.shots, 1, 1_000)
        within("repeats of a figure", self.repeats, 1, 10_000)
        within("rest of a figure", self.rest, 0, 10_000)
        within("density of a fill", self.density, 0.0, 1.0)
        within("seed of a figure", self.seed, 0, 2**31 - 1)
        if len(self.positions) * self.shots * self.repeats > 20 * MOST_SHOTS:
            raise ValueError(f"figure {self.id!r} would make far more than {MOST_SHOTS} cues")
