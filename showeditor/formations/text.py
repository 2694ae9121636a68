"""Text as a drawing: along the middle of its strokes, along its outlines, or filled."""

from typing import Literal

import numpy as np

from showeditor.formations.drawing import Drawing
from showeditor.formations.fonts import open_font
from showeditor.formations.skeleton import centrelines
from showeditor.formations.sketch import Area, Sketch, Stroke
from showeditor.formations.spread import spread
from showeditor.model.errors import BadInput

Style = Literal["centreline", "outline", "fill"]

LINE_EM = 1.2
"""Distance of two lines of text."""

_LONGEST = 200


def draw_text(
    text: str,
    *,
    height_m: float | None = 40.0,
    spacing_m: float = 2.0,
    style: Style = "centreline",
    font: str = "",
    count: int | None = None,
) -> Drawing:
    """Points that write a text, character after character; `height_m` is the height of one line (one em).

    A Chinese character nearly fills its em, a capital letter about three quarters. `count`: exactly so many points;
    with `height_m` None then the smallest size that holds them. Raises BadInput for an empty text, a character that
    the font lacks, and points that do not fit.
    """
    sketch = text_sketch(text, style, font)
    return spread(sketch, spacing_m=spacing_m, count=count, height_m=height_m)


def text_sketch(text: str, style: Style = "centreline", font: str = "") -> Sketch:
    """The strokes or areas of a text, one em = 1."""
    if style not in ("centreline", "outline", "fill"):
        raise BadInput(f"text style {style!r} is not known; use centreline, outline or fill")
    if not text.strip():
        raise BadInput("the text is empty")
    if len(text) > _LONGEST:
        raise BadInput(f"a text of {len(text)} characters is too long for a formation, {_LONGEST} at most")
    face = open_font(font)
    strokes: list[Stroke] = []
    areas: list[Area] = []
    for row, line in enumerate(text.splitlines()):
        glyphs = [face.glyph(c) for c in line if not c.isspace() or c == " " or c == "\u3000"]
        x = -0.5 * sum(glyph.advance for glyph in glyphs)
        for glyph in glyphs:
            shift = np.array([x, -row * LINE_EM])
            x += glyph.advance
            contours = [c + shift for c in glyph.contours if len(c) > 2]
            if not contours:
                continue
            if style == "fill":
                areas.append(Area(tuple(contours)))
            elif style == "outline":
                strokes += [Stroke(c, closed=True) for c in contours]
            else:
                strokes += centrelines(contours, 1.0)
    if not strokes and not areas:
        raise BadInput(f"the text {text!r} has nothing to draw")
    return Sketch(tuple(strokes), tuple(areas))
