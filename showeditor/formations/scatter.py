"""Even spacing over candidates: points of a surface, a cloud or a picture, the farthest first."""

import math

import numpy as np

from showeditor.formations.drawing import Drawing
from showeditor.kernels.dispersion import farthest_first
from showeditor.model.arrays import Bytes, Floats
from showeditor.model.errors import BadInput
from showeditor.model.points import Points
from showeditor.model.swarm import Rgb

ROUNDING_M = 0.0018
"""Points are rounded to the millimetre in space; this much more keeps two of them apart as stated."""

MOST = 100_000


def check_sizes(spacing_m: float, count: int | None, height_m: float | None) -> None:
    """Raises BadInput for a spacing, count or height that no formation can have."""
    if not (math.isfinite(spacing_m) and spacing_m > 0.0):
        raise BadInput(f"the spacing must be greater than 0 m, not {spacing_m}")
    if height_m is not None and not (math.isfinite(height_m) and height_m > 0.0):
        raise BadInput(f"the height must be greater than 0 m, not {height_m}")
    if count is not None and not 1 <= count <= MOST:
        raise BadInput(f"the number of points must lie between 1 and {MOST}, not {count}")


def scatter(
    places: Floats,
    colours: Bytes | None,
    *,
    spacing_m: float,
    count: int | None,
    height_m: float | None,
    reach: Floats | None = None,
) -> Drawing:
    """Of the candidates `places` (n, 3: x right, y away, z up) as many as keep `spacing_m`, or exactly `count`.

    The drawing is centred and becomes `height_m` high (a 20th of its width, where that is more); with `count` and no
    height it becomes the smallest that holds them. `colours` (n, 3) and `reach` (n,) belong to the candidates; a reach
    of 2 keeps twice the spacing. The path runs upwards. Raises BadInput when they do not fit.
    """
    check_sizes(spacing_m, count, height_m)
    low, high = places.min(axis=0), places.max(axis=0)
    size = high - low
    unit = max(float(size[2]), float(size[:2].max()) / 20.0, 1e-9)
    centred = (places - 0.5 * (low + high)) / unit
    apart = spacing_m + ROUNDING_M
    if height_m is None and count is None:
        height_m = 40.0
    least = 0.0 if height_m is None else apart / height_m
    rows, gaps = farthest_first(centred, MOST + 1 if count is None else count, least, reach)
    if count is None and len(rows) > MOST:
        raise BadInput(f"the drawing needs more than {MOST} points at this spacing")
    if count is not None and len(rows) < count:
        where = "" if height_m is None else f" at {height_m:g} m height, {spacing_m:g} m apart"
        raise BadInput(f"{count} points do not fit: {len(rows)} fit{where}")
    if height_m is None:
        height_m = apart / float(gaps[-1]) if len(rows) > 1 else apart
    kept = centred[rows] * height_m
    rise = np.ptp(kept[:, 2]) or 1.0
    path = tuple(float(v) for v in np.clip((kept[:, 2] - kept[:, 2].min()) / rise, 0.0, 1.0))
    chosen: tuple[Rgb, ...] = ()
    if colours is not None:
        chosen = tuple((int(r), int(g), int(b)) for r, g, b in _lit(colours[rows]))
    points = Points(kept)
    return Drawing(points, chosen, path, _least(points.metres), height_m)


def _lit(colours: Bytes) -> Bytes:
    """Black, which no light can show, as white."""
    out = colours.copy()
    out[(colours < 16).all(axis=1)] = 255
    return out


def _least(points_m: Floats) -> float:
    if len(points_m) < 2:
        return 0.0
    return float(farthest_first(points_m, len(points_m))[1][-1])
