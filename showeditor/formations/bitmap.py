"""Pictures as drawings: stippled by tone, or along the contours of what stands out from the background."""

from typing import Literal

import numpy as np

from showeditor.formations.drawing import Drawing
from showeditor.formations.png import read_picture
from showeditor.formations.scatter import check_sizes, scatter
from showeditor.formations.sketch import Sketch, Stroke
from showeditor.formations.spread import spread
from showeditor.model.arrays import Bytes, Floats
from showeditor.model.errors import BadInput

BitmapStyle = Literal["stipple", "contour"]

_FINE = 320
"""Pictures are brought to about so many pixels on their longer side."""

_FAINT = 0.1
_SPARSE = 3.0
"""The faintest tone that is drawn keeps so many times the spacing."""


def draw_bitmap(
    data: bytes,
    *,
    height_m: float | None = 40.0,
    spacing_m: float = 2.0,
    style: BitmapStyle = "stipple",
    count: int | None = None,
    file: str = "picture",
) -> Drawing:
    """Points that draw a PNG or PPM in its colours; `height_m` is the height of what stands out from the background.

    What is transparent is background; in a picture without transparency, what has the colour of its border. "stipple"
    sets points the denser the more a pixel stands out, "contour" sets them along the edges. `count`: exactly so many
    points; with `height_m` None then the smallest size that holds them. Raises BadFile for a file that cannot be read,
    BadInput for an empty picture and for points that do not fit.
    """
    check_sizes(spacing_m, count, height_m)
    if style not in ("stipple", "contour"):
        raise BadInput(f"picture style {style!r} is not known; use stipple or contour")
    ink, colours = _ink(_shrunk(read_picture(data, file)))
    if not (ink > _FAINT).any():
        raise BadInput(f"{file} has nothing that stands out from its background")
    if style == "contour":
        return _contour(ink, colours, height_m=height_m, spacing_m=spacing_m, count=count)
    rows, columns = np.nonzero(ink > _FAINT)
    # candidates on a turned lattice inside each pixel, so that rows of pixels do not show as rows of drones
    inside = np.array([(0.125, 0.375), (0.375, 0.875), (0.625, 0.125), (0.875, 0.625)])
    x = (columns[:, None] + inside[:, 0]).ravel()
    z = -(rows[:, None] + inside[:, 1]).ravel()
    reach = np.clip(1.0 / np.sqrt(ink[rows, columns] / ink.max()), 1.0, _SPARSE)
    places = np.stack([x, np.zeros(len(x)), z], axis=1)
    shades = np.repeat(_strongest(ink, colours)[rows, columns], 4, axis=0)
    return scatter(places, shades, spacing_m=spacing_m, count=count, height_m=height_m, reach=np.repeat(reach, 4))


def _shrunk(picture: Bytes) -> Floats:
    """The picture as 0..1, averaged down to about _FINE pixels on its longer side."""
    step = max(1, -(-max(picture.shape[:2]) // _FINE))
    height, width = picture.shape[0] // step, picture.shape[1] // step
    if not height or not width:
        step, height, width = 1, picture.shape[0], picture.shape[1]
    part = picture[: height * step, : width * step].reshape(height, step, width, step, 4)
    shrunk: Floats = part.mean(axis=(1, 3)) / 255.0
    return shrunk


def _ink(picture: Floats) -> tuple[Floats, Bytes]:
    """How much each pixel stands out (0..1), and its colour."""
    colour, alpha = picture[:, :, :3], picture[:, :, 3]
    colours = np.floor(colour * 255.0 + 0.5).astype(np.uint8)
    if alpha.min() < 0.5:
        return alpha, colours
    border = np.concatenate([colour[0], colour[-1], colour[:, 0], colour[:, -1]])
    away = np.sqrt(((colour - np.median(border, axis=0)) ** 2).sum(axis=2) / 3.0)
    return np.clip(away / max(float(away.max()), 0.15), 0.0, 1.0), colours


def _strongest(ink: Floats, colours: Bytes) -> Bytes:
    """Each pixel's colour, or that of a neighbour that stands out more: edges are mixed with the background."""
    best, out = ink.copy(), colours.copy()
    padded, shades = np.pad(ink, 1), np.pad(colours, ((1, 1), (1, 1), (0, 0)))
    height, width = ink.shape
    for r in range(3):
        for c in range(3):
            near = padded[r : r + height, c : c + width]
            # a tone that changes gently is no edge
            stronger = (near > best) & (near > 1.25 * ink)
            best[stronger] = near[stronger]
            out[stronger] = shades[r : r + height, c : c + width][stronger]
    return out


def _contour(ink: Floats, colours: Bytes, *, height_m: float | None, spacing_m: float, count: int | None) -> Drawing:
    lines = [line for line in contours(np.pad(ink, 1), 0.5) if len(line) > 7]
    if not lines:
        raise BadInput("the picture has no contours")
    lines.sort(key=len, reverse=True)
    strokes: list[Stroke] = []
    for line in lines:
        # just inside the edge the colour is that of the shape
        r, c = (np.clip((line[:, axis] - 1.0).round().astype(int), 0, ink.shape[axis] - 1) for axis in (0, 1))
        best = int(np.argmax(ink[r, c]))
        red, green, blue = (int(v) for v in colours[r[best], c[best]])
        shade = (255, 255, 255) if max(red, green, blue) < 16 else (red, green, blue)
        strokes.append(Stroke(_smoothed(np.stack([line[:, 1], -line[:, 0]], axis=1)), True, shade))
    sketch = Sketch(tuple(strokes))
    x0, z0, x1, z1 = sketch.box
    unit = max(z1 - z0, (x1 - x0) / 20.0, 1e-9)
    return spread(sketch, spacing_m=spacing_m, count=count, height_m=height_m, unit_m=unit)


def _smoothed(line: Floats) -> Floats:
    out = line
    for _ in range(2):
        out = 0.25 * np.roll(out, 1, axis=0) + 0.5 * out + 0.25 * np.roll(out, -1, axis=0)
    return out


_EDGES = {1: "lb", 2: "br", 3: "lr", 4: "rt", 5: "lt br", 6: "bt", 7: "lt", 8: "tl", 9: "tb", 10: "tr bl", 11: "tr"}
_EDGES |= {12: "rl", 13: "rb", 14: "bl"}
"""Marching squares: sides of a cell that a contour enters and leaves by, by its inner corners (1 lower left, 2 lower
right, 4 upper right, 8 upper left), the inside on one hand."""


def contours(level: Floats, at: float) -> list[Floats]:
    """Closed contours ((k, 2) row, column) where `level` (rows, columns; below `at` on its rim) passes `at`."""
    inside = level >= at
    kind = 8 * inside[:-1, :-1] + 4 * inside[:-1, 1:] + 2 * inside[1:, 1:] + 1 * inside[1:, :-1]
    after: dict[tuple[int, int, int], tuple[int, int, int]] = {}
    for r, c in zip(*np.nonzero((kind > 0) & (kind < 15)), strict=True):
        # a side is (row, column, 0) between two columns of a row or (row, column, 1) between two rows of a column
        row, column = int(r), int(c)
        side = {"t": (row, column, 0), "b": (row + 1, column, 0), "l": (row, column, 1), "r": (row, column + 1, 1)}
        for way in _EDGES[int(kind[r, c])].split():
            after[side[way[0]]] = side[way[1]]
    out: list[Floats] = []
    while after:
        start, here = after.popitem()
        loop = [start]
        while here != start and here in after:
            loop.append(here)
            here = after.pop(here)
        out.append(np.array([_crossing(level, at, side) for side in loop]))
    return out


def _crossing(level: Floats, at: float, side: tuple[int, int, int]) -> tuple[float, float]:
    r, c, upright = side
    a, b = float(level[r, c]), float(level[r + upright, c + 1 - upright])
    part = min(1.0, max(0.0, (at - a) / (b - a))) if a != b else 0.5
    return (r + part, float(c)) if upright else (float(r), c + part)
