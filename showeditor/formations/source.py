"""Whatever a person names as the source of a formation: a drawing, a picture, a mesh, points, a motif or a text."""

from pathlib import Path

from showeditor.formations.bitmap import draw_bitmap
from showeditor.formations.drawing import Drawing
from showeditor.formations.mesh import read_mesh
from showeditor.formations.motifs import MOTIFS
from showeditor.formations.points import draw_csv
from showeditor.formations.surface import draw_surface
from showeditor.formations.svg import draw_svg
from showeditor.formations.text import Style, draw_text
from showeditor.model.errors import BadFile, BadInput

_LARGEST = 64_000_000


def draw_source(
    source: str,
    *,
    count: int | None = None,
    spacing_m: float = 3.0,
    height_m: float | None = None,
    style: Style = "centreline",
) -> Drawing:
    """Points of a file (.svg, .csv, .png, .ppm, .obj, .stl, .ply, .glb), of `motif:NAME`, or else of the text itself.

    The style "outline" draws a picture along its contours, any other stipples it.

    With neither `count` nor `height_m` a drawing is 40 m high. A CSV keeps its own places, so `count` must be theirs.
    Raises BadFile or BadInput naming what cannot be used.
    """
    if height_m is None and count is None:
        height_m = 40.0
    kind = Path(source).suffix.lower()
    if kind == ".svg":
        return draw_svg(_text_of(source), height_m=height_m, spacing_m=spacing_m, count=count, file=source)
    if kind == ".csv":
        drawing = draw_csv(_text_of(source), source)
        if count is not None and count != len(drawing):
            raise BadInput(f"{source} holds {len(drawing)} points, not {count}")
        return drawing
    if kind in (".png", ".ppm"):
        return draw_bitmap(
            _bytes_of(source),
            height_m=height_m,
            spacing_m=spacing_m,
            style="contour" if style == "outline" else "stipple",
            count=count,
            file=source,
        )
    if kind in (".obj", ".stl", ".ply", ".glb"):
        surface = read_mesh(_bytes_of(source), source)
        return draw_surface(surface, height_m=height_m, spacing_m=spacing_m, count=count, file=source)
    name = source.removeprefix("motif:")
    if name != source:
        if name not in MOTIFS:
            raise BadInput(f"there is no motif {name!r}; known are {', '.join(sorted(MOTIFS))}")
        return MOTIFS[name](height_m=height_m, spacing_m=spacing_m, count=count)
    return draw_text(source, height_m=height_m, spacing_m=spacing_m, style=style, count=count)


def _bytes_of(name: str) -> bytes:
    path = Path(name)
    try:
        if path.stat().st_size > _LARGEST:
            raise BadFile(name, "", f"the file is larger than {_LARGEST // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise BadFile(name, "", error.strerror or str(error)) from None


def _text_of(name: str) -> str:
    try:
        return _bytes_of(name).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(name, f"byte {error.start}", "expected UTF-8 text") from None
