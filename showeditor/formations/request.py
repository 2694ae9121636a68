"""What a person asks a formation to be drawn from, in one value: text, motif, or a file that has been read."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from showeditor.formations.bitmap import draw_bitmap
from showeditor.formations.budget import Afforded, draw_within
from showeditor.formations.drawing import Drawing
from showeditor.formations.mesh import read_mesh
from showeditor.formations.motifs import motif_sketch
from showeditor.formations.points import draw_csv
from showeditor.formations.sketch import Sketch, Stroke
from showeditor.formations.spread import spread
from showeditor.formations.surface import Surface, draw_surface
from showeditor.formations.svg import svg_sketch
from showeditor.formations.text import Style, text_sketch
from showeditor.model.errors import BadFile, BadInput

Kind = Literal["text", "motif", "svg", "picture", "mesh", "points"]

MESHES, PICTURES = (".obj", ".stl", ".ply", ".glb"), (".png", ".ppm")

STYLES: dict[Kind, tuple[str, ...]] = {
    "text": ("centreline", "outline", "fill"),
    "motif": ("drawn",),
    "svg": ("drawn", "outline"),
    "picture": ("stipple", "contour"),
    "mesh": ("surface",),
    "points": ("drawn",),
}
"""The styles that each kind can be drawn in, the usual one first."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is drawn and how large. `source` is the text, the motif's id or the name of the file.

    `content`: the text of an SVG or CSV, the bytes of a picture, the surface of a mesh. `count`: exactly so many
    points; `most`: at most so many. `height_m` None with a count: the smallest drawing that holds it.
    """

    kind: Kind
    source: str
    content: str | bytes | Surface | None = None
    style: str = ""
    height_m: float | None = 40.0
    spacing_m: float = 3.0
    count: int | None = None
    most: int | None = None
    mirrored: bool = False
    font: str = ""


def opened(name: str, data: bytes) -> Request:
    """A request for a file by the ending of its name, its content read once; raises BadFile naming the place."""
    kind = Path(name).suffix.lower()
    if kind in MESHES:
        return Request("mesh", name, read_mesh(data, name))
    if kind in PICTURES:
        return Request("picture", name, data)
    if kind not in (".svg", ".csv"):
        raise BadFile(name, "", f"expected .svg, .csv, {', '.join((*PICTURES, *MESHES))}")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Request("svg" if kind == ".svg" else "points", name, text)
    raise BadFile(name, "", "a text in UTF-8 or GB18030 was expected")


def drawn(request: Request) -> Afforded:
    """The points of a request; raises BadFile or BadInput naming what cannot be drawn."""
    if request.kind in ("text", "motif", "svg"):
        return _lines(request)
    made = _placed(request, request.count)
    if request.most is not None and request.count is None and len(made) > request.most:
        if request.kind == "points":
            raise BadInput(f"{request.source} holds {len(made)} points, more than {request.most}")
        return Afforded(_placed(request, request.most), widened=True)
    return Afforded(made)


def _lines(request: Request) -> Afforded:
    sketch, unit_m = _sketch(request)
    if request.most is not None and request.count is None:
        return draw_within(
            sketch,
            request.most,
            height_m=request.height_m,
            spacing_m=request.spacing_m,
            unit_m=unit_m,
            details=request.kind != "text",
        )
    if request.kind == "motif" and request.count is not None:
        kept = tuple(s for s in sketch.strokes if s.detail <= request.count)
        sketch = replace(sketch, strokes=kept)
    return Afforded(
        spread(
            sketch,
            spacing_m=request.spacing_m,
            count=request.count,
            height_m=request.height_m,
            unit_m=unit_m,
        )
    )


def _sketch(request: Request) -> tuple[Sketch, float]:
    """The strokes and areas of a request, and what counts as their height."""
    if request.kind == "text":
        return text_sketch(request.source, text_style(request.style), request.font), 1.0
    if request.kind == "motif":
        sketch = motif_sketch(request.source, mirrored=request.mirrored)
    else:
        sketch = svg_sketch(_text(request), request.source)
        if request.style == "outline":
            rims = [Stroke(c, True, a.colour) for a in sketch.areas for c in a.contours]
            sketch = Sketch((*sketch.strokes, *rims))
    x0, z0, x1, z1 = sketch.box
    return sketch, max(z1 - z0, (x1 - x0) / 20.0, 1e-9)


def _placed(request: Request, count: int | None) -> Drawing:
    height_m, spacing_m = request.height_m, request.spacing_m
    if request.kind == "picture" and isinstance(request.content, bytes):
        return draw_bitmap(
            request.content,
            height_m=height_m,
            spacing_m=spacing_m,
            style="contour" if request.style == "contour" else "stipple",
            count=count,
            file=request.source,
        )
    if request.kind == "mesh" and isinstance(request.content, Surface):
        return draw_surface(
            request.content, height_m=height_m, spacing_m=spacing_m, count=count, file=request.source
        )  # fmt: skip
    made = draw_csv(_text(request), request.source)
    if count is not None and count != len(made):
        raise BadInput(f"{request.source} holds {len(made)} points, not {count}")
    return made


def _text(request: Request) -> str:
    if not isinstance(request.content, str):
        raise BadInput(f"{request.source} has not been read")
    return request.content


def text_style(style: str) -> Style:
    """The style of a text by its name; along the centre line for any other name."""
    for known in ("outline", "fill"):
        if style == known:
            return known
    return "centreline"
