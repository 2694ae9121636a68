"""SVG as a drawing: strokes along their lines, fills as areas, shapes without either along their outline.

Nothing is fetched and nothing is run: documents with entities, scripts or outside references are refused.
"""

import math
import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path.parser import parse_path

from showeditor.formations.drawing import Drawing
from showeditor.formations.fonts import flattened
from showeditor.formations.sketch import Area, Sketch, Stroke
from showeditor.formations.spread import spread
from showeditor.formations.svg_words import Style, colour_of, matrix_of, numbers, rules_of, styled
from showeditor.model.arrays import Floats
from showeditor.model.errors import BadFile

_LONGEST = 5_000_000
_MOST_ELEMENTS = 20_000
_DEEPEST = 64
_SKIPPED = {
    "defs",
    "metadata",
    "title",
    "desc",
    "style",
    "clipPath",
    "mask",
    "pattern",
    "linearGradient",
    "radialGradient",
}
_SKIPPED |= {"symbol", "marker", "filter", "namedview"}
_REFUSED = {"script": "scripts", "foreignObject": "foreign objects", "image": "pictures", "text": "text elements"}
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")

# fontTools states no types for these; what they give is checked below
_Pen: Callable[[], Any] = RecordingPen
_parse: Callable[[str, Any], None] = parse_path


def draw_svg(
    svg_text: str,
    *,
    height_m: float | None = 40.0,
    spacing_m: float = 2.0,
    count: int | None = None,
    file: str = "SVG",
) -> Drawing:
    """Points that draw an SVG; `height_m` is the height of what it draws (a 20th of its width, where that is more).

    Stroke and fill colours are kept (black, which no light can show, becomes white). `count`: exactly so many points;
    with `height_m` None then the smallest size that holds them. Raises BadFile naming the element for what cannot be
    drawn, BadInput for points that do not fit.
    """
    sketch = svg_sketch(svg_text, file)
    x0, z0, x1, z1 = sketch.box
    return spread(
        sketch, spacing_m=spacing_m, count=count, height_m=height_m, unit_m=max(z1 - z0, (x1 - x0) / 20.0, 1e-9)
    )


def svg_sketch(svg_text: str, file: str = "SVG") -> Sketch:
    """The strokes and areas of an SVG in its own units, y turned up."""
    if len(svg_text) > _LONGEST:
        raise BadFile(file, "", f"the drawing is larger than {_LONGEST // 1_000_000} MB")
    declared = re.search(r"<!DOCTYPE[^>\[]*(\[)?", svg_text)
    if "<!ENTITY" in svg_text or (declared and declared.group(1)):
        raise BadFile(file, "document type", "entities are refused")
    try:
        root = ET.fromstring(svg_text)
    except ET.ParseError as error:
        line, column = error.position
        raise BadFile(file, f"line {line}, column {column}", "not well-formed XML") from None
    except ValueError as error:
        raise BadFile(file, "", f"not an SVG: {error}") from None
    if _name(root) != "svg":
        raise BadFile(file, f"<{_name(root)}>", "expected an <svg> document")
    reader = _Reader(root, file)
    reader.walk(root, np.eye(3), Style(), 0)
    if not reader.strokes and not reader.areas:
        raise BadFile(file, "", "the drawing shows nothing")
    return Sketch(tuple(reader.strokes), tuple(reader.areas))


def _name(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


class _Reader:
    def __init__(self, root: ET.Element, file: str) -> None:
        self.file = file
        self.strokes: list[Stroke] = []
        self.areas: list[Area] = []
        self.ids = {e.get("id", ""): e for e in root.iter()}
        self.seen = 0
        sheets = " ".join(e.text or "" for e in root.iter() if _name(e) == "style")
        if "@import" in sheets or "url(" in sheets:
            raise BadFile(file, "<style>", "outside references are refused")
        self.rules = rules_of(sheets)

    def place(self, element: ET.Element) -> str:
        label = element.get("id")
        return f"<{_name(element)}" + (f' id="{label}">' if label else ">")

    def walk(self, element: ET.Element, matrix: Floats, style: Style, depth: int) -> None:
        name = _name(element)
        self.seen += 1
        if self.seen > _MOST_ELEMENTS:
            raise BadFile(self.file, self.place(element), f"the drawing shows more than {_MOST_ELEMENTS} elements")
        if depth > _DEEPEST:
            raise BadFile(self.file, self.place(element), "elements are nested too deeply or refer to themselves")
        if name in _REFUSED:
            raise BadFile(self.file, self.place(element), f"{_REFUSED[name]} are refused; convert them to paths first")
        if name in _SKIPPED or not name:
            return
        for key in element.keys():
            if key.lower().startswith("on"):
                raise BadFile(self.file, self.place(element), f"scripts are refused ({key})")
        style = styled(element, style, self.rules)
        if style.hidden:
            return
        matrix = matrix @ self._matrix(element)
        if name == "use":
            x, y = self._number(element, "x"), self._number(element, "y")
            target = self._target(element)
            moved = matrix @ np.array([[1, 0, x], [0, 1, y], [0, 0, 1.0]])
            for part in target if _name(target) == "symbol" else (target,):
                self.walk(part, moved, style, depth + 1)
        elif name in _SHAPES:
            self._draw(element, matrix, style)
        else:
            for child in element:
                self.walk(child, matrix, style, depth + 1)

    def _target(self, element: ET.Element) -> ET.Element:
        href = next((element.get(key, "") for key in _HREF if element.get(key)), "")
        if not href.startswith("#"):
            raise BadFile(self.file, self.place(element), f"outside references are refused ({href[:60]!r})")
        if not href[1:] or href[1:] not in self.ids:
            raise BadFile(self.file, self.place(element), f"refers to {href!r}, which is not in the drawing")
        return self.ids[href[1:]]

    def _matrix(self, element: ET.Element) -> Floats:
        try:
            return matrix_of(element.get("transform", ""))
        except ValueError as error:
            raise BadFile(self.file, self.place(element), str(error)) from None

    def _number(self, element: ET.Element, key: str, default: float = 0.0) -> float:
        text = element.get(key)
        if text is None:
            return default
        found = numbers(text)
        if len(found) != 1 or text.strip().endswith("%"):
            raise BadFile(self.file, self.place(element), f"{key} is {text!r}, expected a number")
        return found[0]

    def _draw(self, element: ET.Element, matrix: Floats, style: Style) -> None:
        path = self._path(element)
        pen = _Pen()
        try:
            _parse(path, pen)
        except (ValueError, LookupError, TypeError, AssertionError, ArithmeticError):
            raise BadFile(self.file, self.place(element), "the path data cannot be read") from None
        turned = np.array([[1.0, 0, 0], [0, -1.0, 0], [0, 0, 1.0]]) @ matrix
        lines: list[Floats] = []
        closed: list[bool] = []
        for commands in _subpaths(pen.value):
            if not all(math.isfinite(v) and abs(v) < 1e9 for _, points in commands for p in points for v in p):
                raise BadFile(self.file, self.place(element), "the path holds numbers that are no places")
            moved = [(verb, tuple(_moved(turned, p) for p in points)) for verb, points in commands]
            every = np.array([p for _, points in moved for p in points])
            size = float(np.ptp(every, axis=0).max()) if len(every) else 0.0
            for line in flattened(moved, max(size / 2000.0, 1e-9)):
                if len(line) > 1 and np.ptp(line, axis=0).max() > 0.0:
                    lines.append(line)
                    closed.append(commands[-1][0] == "closePath")
        if not lines:
            return
        stroke, fill = colour_of(style.stroke), colour_of(style.fill)
        for text, what in ((style.stroke, "stroke"), (style.fill, "fill")):
            if text is not None and text.startswith("url(") and not text.startswith("url(#"):
                raise BadFile(self.file, self.place(element), f"outside references are refused ({what})")
        drawn = style.stroke not in (None, "none")
        covered = style.fill not in (None, "none")
        if drawn or not covered:
            if style.fill == "none" and not drawn:
                return
            self.strokes += [Stroke(line, shut, stroke) for line, shut in zip(lines, closed, strict=True)]
        if covered and any(len(line) > 2 for line in lines):
            self.areas.append(Area(tuple(line for line in lines if len(line) > 2), style.even_odd, fill))

    def _path(self, element: ET.Element) -> str:
        name = _name(element)
        if name == "path":
            return element.get("d", "")
        if name in ("polyline", "polygon"):
            found = numbers(element.get("points", ""))
            if len(found) % 2:
                raise BadFile(self.file, self.place(element), "points come in pairs, but their count is odd")
            pairs = [f"{x},{y}" for x, y in zip(found[::2], found[1::2], strict=True)]
            return ("M" + " L".join(pairs) + ("Z" if name == "polygon" else "")) if pairs else ""
        if name == "line":
            x1, y1, x2, y2 = (self._number(element, key) for key in ("x1", "y1", "x2", "y2"))
            return f"M{x1},{y1} L{x2},{y2}"
        if name == "rect":
            return self._rect(element)
        cx, cy, r = (self._number(element, key) for key in ("cx", "cy", "r"))
        rx, ry = (r, r) if name == "circle" else (self._number(element, "rx"), self._number(element, "ry"))
        if rx <= 0 or ry <= 0:
            return ""
        return f"M{cx - rx},{cy} A{rx},{ry} 0 1 1 {cx + rx},{cy} A{rx},{ry} 0 1 1 {cx - rx},{cy} Z"

    def _rect(self, element: ET.Element) -> str:
        x, y, w, h = (self._number(element, key) for key in ("x", "y", "width", "height"))
        if w <= 0 or h <= 0:
            return ""
        rx = self._number(element, "rx", self._number(element, "ry"))
        ry = self._number(element, "ry", rx)
        rx, ry = min(max(rx, 0.0), w / 2), min(max(ry, 0.0), h / 2)
        if rx == 0 or ry == 0:
            return f"M{x},{y} L{x + w},{y} L{x + w},{y + h} L{x},{y + h} Z"
        return (
            f"M{x + rx},{y} L{x + w - rx},{y} A{rx},{ry} 0 0 1 {x + w},{y + ry} L{x + w},{y + h - ry} "
            f"A{rx},{ry} 0 0 1 {x + w - rx},{y + h} L{x + rx},{y + h} A{rx},{ry} 0 0 1 {x},{y + h - ry} "
            f"L{x},{y + ry} A{rx},{ry} 0 0 1 {x + rx},{y} Z"
        )


def _moved(matrix: Floats, point: tuple[float, float]) -> tuple[float, float]:
    x, y = point
    return (
        float(matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]),
        float(matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]),
    )


def _subpaths(commands: list[tuple[str, tuple[Any, ...]]]) -> Iterator[list[tuple[str, tuple[Any, ...]]]]:
    part: list[tuple[str, tuple[Any, ...]]] = []
    for command in commands:
        part.append(command)
        if command[0] in ("closePath", "endPath"):
            yield part
            part = []
    if part:
        yield part
