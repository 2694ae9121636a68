"""Drawings for a number of drones: strokes that matter least are left out first."""

from dataclasses import dataclass, replace

import numpy as np

from showeditor.formations.drawing import Drawing
from showeditor.formations.sketch import Sketch, Stroke
from showeditor.formations.spread import spread
from showeditor.model.errors import BadInput

_SHORT = 0.2
"""Strokes shorter than this share of the longest count as details where nobody has marked any."""


@dataclass(frozen=True, slots=True)
class Afforded:
    """A drawing within a number of drones; how many strokes were left out; whether points stand wider than asked."""

    drawing: Drawing
    left_out: int = 0
    widened: bool = False


def draw_within(
    sketch: Sketch, most: int, *, height_m: float | None, spacing_m: float, unit_m: float = 1.0, details: bool = True
) -> Afforded:
    """The sketch with at most `most` points: all of it, else without as few details as that takes, else wider apart.

    Details marked in the sketch go first, the finest before coarser ones, then short strokes, the shortest first; areas
    and long strokes stay. `details` False (characters, which a missing stroke makes another) leaves all strokes.
    Raises BadInput for numbers that make no sense.
    """
    if most < 1:
        raise BadInput(f"a drawing needs one drone at least, not {most}")
    drawing = _drawn(sketch, height_m, spacing_m, unit_m)
    if len(drawing) <= most:
        return Afforded(drawing)
    order = _dispensable(sketch) if details else []
    bare = _without(sketch, order)
    best = _drawn(bare, height_m, spacing_m, unit_m) if order else drawing
    if len(best) > most:
        height = drawing.height_m if height_m is None else height_m
        fewer = spread(bare, spacing_m=spacing_m, count=most, height_m=height, unit_m=unit_m)
        return Afforded(fewer, len(order), True)
    low, high = 0, len(order)
    while high - low > 1:
        middle = (low + high) // 2
        drawing = _drawn(_without(sketch, order[:middle]), height_m, spacing_m, unit_m)
        if len(drawing) <= most:
            best, high = drawing, middle
        else:
            low = middle
    return Afforded(best, high)


def _drawn(sketch: Sketch, height_m: float | None, spacing_m: float, unit_m: float) -> Drawing:
    return spread(sketch, spacing_m=spacing_m, count=None, height_m=height_m, unit_m=unit_m)


def _dispensable(sketch: Sketch) -> list[int]:
    """Rows of the strokes that may go, those that go first in front."""
    lengths = [_length(stroke) for stroke in sketch.strokes]
    longest = max(lengths, default=0.0)
    marked = [k for k, stroke in enumerate(sketch.strokes) if stroke.detail > 0]
    short = [k for k, s in enumerate(sketch.strokes) if s.detail == 0 and lengths[k] < _SHORT * longest]
    marked.sort(key=lambda k: (-sketch.strokes[k].detail, lengths[k], k))
    short.sort(key=lambda k: (lengths[k], k))
    order = marked + short
    # something must be left to draw
    return order if len(order) < len(sketch.strokes) or sketch.areas else order[:-1]


def _length(stroke: Stroke) -> float:
    line = np.concatenate([stroke.line, stroke.line[:1]]) if stroke.closed else stroke.line
    return float(np.hypot(*np.diff(line, axis=0).T).sum()) if len(line) > 1 else 0.0


def _without(sketch: Sketch, rows: list[int]) -> Sketch:
    gone = set(rows)
    return replace(sketch, strokes=tuple(s for k, s in enumerate(sketch.strokes) if k not in gone))
