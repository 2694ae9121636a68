"""Surfaces and point clouds from files, and points spread evenly over them."""

from dataclasses import dataclass

import numpy as np

from showeditor.formations.drawing import Drawing
from showeditor.formations.scatter import MOST, check_sizes, scatter
from showeditor.model.arrays import Bytes, Floats, Longs
from showeditor.model.errors import BadFile, BadInput

MOST_CORNERS = 3_000_000
MOST_TRIANGLES = 6_000_000

_DENSE = 24
"""Candidates for each point that is wanted."""

_CANDIDATES = 600_000
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Surface:
    """Corners (n, 3: x right, y away, z up), triangles (m, 3; none: a cloud of points), colours (n, 3) or None."""

    corners: Floats
    triangles: Longs
    colours: Bytes | None = None


def surface_of(corners: Floats, triangles: Longs, colours: Bytes | None, file: str) -> Surface:
    """A surface from what a file says; raises BadFile for no points, too many, NaN, and corners that are not there."""
    if not len(corners):
        raise BadFile(file, "", "the file holds no points")
    if len(corners) > MOST_CORNERS or len(triangles) > MOST_TRIANGLES:
        raise BadFile(file, "", f"{len(corners)} points and {len(triangles)} triangles are too many")
    bad = np.nonzero(~(np.isfinite(corners).all(axis=1) & (np.abs(corners) < 1e9).all(axis=1)))[0]
    if len(bad):
        raise BadFile(file, f"point {int(bad[0]) + 1}", "a coordinate is not a finite number")
    wrong = np.nonzero((triangles < 0).any(axis=1) | (triangles >= len(corners)).any(axis=1))[0]
    if len(wrong):
        raise BadFile(file, f"triangle {int(wrong[0]) + 1}", f"a corner is not among the {len(corners)} points")
    return Surface(np.asarray(corners, np.float64), np.asarray(triangles, np.int64).reshape(-1, 3), colours)


def upright(corners: Floats) -> Floats:
    """Points of a file whose y axis points up and whose front faces +z, as x right, y away, z up."""
    return np.stack([corners[:, 0], -corners[:, 2], corners[:, 1]], axis=1)


def fans(faces: list[list[int]]) -> Longs:
    """Triangles (m, 3) of polygons, each a fan about its first corner."""
    rows = [(face[0], face[k], face[k + 1]) for face in faces for k in range(1, len(face) - 1)]
    return np.array(rows, np.int64).reshape(-1, 3)


def draw_surface(
    surface: Surface,
    *,
    height_m: float | None = 40.0,
    spacing_m: float = 2.0,
    count: int | None = None,
    file: str = "mesh",
) -> Drawing:
    """Points spread evenly over a surface or chosen from a cloud, at least `spacing_m` apart.

    `count`: exactly so many points; with `height_m` None then the smallest size that holds them. Raises BadInput for a
    surface without area and for points that do not fit.
    """
    check_sizes(spacing_m, count, height_m)
    if not len(surface.triangles):
        return scatter(surface.corners, surface.colours, spacing_m=spacing_m, count=count, height_m=height_m)
    a, b, c = (surface.corners[surface.triangles[:, k]] for k in range(3))
    cross = np.cross(b - a, c - a)
    area = 0.5 * np.sqrt((cross * cross).sum(axis=1))
    total = float(area.sum())
    size = np.ptp(surface.corners, axis=0)
    if total <= _TINY * float(size @ size):
        raise BadInput(f"{file} has no surface to set points on")
    if count is None:
        unit = max(float(size[2]), float(size[:2].max()) / 20.0, 1e-9)
        scale = (40.0 if height_m is None else height_m) / unit
        # no set of points is denser than the triangular lattice
        fit = total * scale * scale / (spacing_m * spacing_m * 0.866)
        if fit > 4.0 * MOST:
            raise BadInput(f"{file} needs more than {MOST} points at this spacing")
        wanted = int(fit) + 1
    else:
        wanted = count
    places, rows, share = _strewn(a, b, c, area, min(_CANDIDATES, max(4000, _DENSE * wanted)))
    shades: Bytes | None = None
    if surface.colours is not None:
        corner = surface.colours[surface.triangles[rows]].astype(np.float64)
        shades = np.floor((corner * share[:, :, None]).sum(axis=1) + 0.5).astype(np.uint8)
    return scatter(places, shades, spacing_m=spacing_m, count=count, height_m=height_m)


def _strewn(a: Floats, b: Floats, c: Floats, area: Floats, many: int) -> tuple[Floats, Longs, Floats]:
    """Places (many, 3) all over the triangles, the triangle of each and its barycentric shares (many, 3).

    The R2 sequence (Roberts 2018) instead of chance: even and always the same.
    """
    edge = np.concatenate([[0.0], np.cumsum(area)])
    at = (np.arange(many) + 0.5) / many * edge[-1]
    row = np.clip(np.searchsorted(edge, at, side="right") - 1, 0, len(area) - 1)
    k = np.arange(1, many + 1)
    u, v = (0.5 + k * 0.7548776662466927) % 1.0, (0.5 + k * 0.5698402909980532) % 1.0
    root = np.sqrt(u)
    share = np.stack([1.0 - root, root * (1.0 - v), root * v], axis=1)
    return a[row] * share[:, :1] + b[row] * share[:, 1:2] + c[row] * share[:, 2:], row, share
