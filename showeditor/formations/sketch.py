"""A drawing before it becomes points: strokes and areas in metres, x right, z up."""

from dataclasses import dataclass, field

import numpy as np

from showeditor.model.arrays import Floats
from showeditor.model.swarm import Rgb


@dataclass(frozen=True, slots=True)
class Stroke:
    """A polyline (k, 2), k >= 1; a closed one joins its last corner with its first.

    `detail` says how many points a drawing must have to afford the stroke: 0 is always drawn.
    """

    line: Floats
    closed: bool = False
    colour: Rgb | None = None
    detail: int = 0


@dataclass(frozen=True, slots=True)
class Area:
    """The inside of closed contours ((k, 2) each), by nonzero winding or even-odd."""

    contours: tuple[Floats, ...]
    even_odd: bool = False
    colour: Rgb | None = None


@dataclass(frozen=True, slots=True)
class Sketch:
    """Strokes in the order they are drawn in, then areas. Strokes come first where both want a place."""

    strokes: tuple[Stroke, ...] = ()
    areas: tuple[Area, ...] = ()
    box: tuple[float, float, float, float] = field(init=False)

    def __post_init__(self) -> None:
        parts = [s.line for s in self.strokes] + [c for a in self.areas for c in a.contours]
        if not parts:
            raise ValueError("an empty drawing")
        points = np.concatenate(parts)
        low, high = points.min(axis=0), points.max(axis=0)
        object.__setattr__(self, "box", (float(low[0]), float(low[1]), float(high[0]), float(high[1])))

    def scaled(self, factor: float) -> "Sketch":
        """The same drawing, `factor` times as large, centred on the origin."""
        x0, z0, x1, z1 = self.box
        middle = np.array([(x0 + x1) / 2.0, (z0 + z1) / 2.0])
        return Sketch(
            tuple(Stroke((s.line - middle) * factor, s.closed, s.colour, s.detail) for s in self.strokes),
            tuple(Area(tuple((c - middle) * factor for c in a.contours), a.even_odd, a.colour) for a in self.areas),
        )
