"""Pictures of the site made ready for drawing: a plan on the ground, a mesh of the terrain, a panorama."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from showeditor.formations.png import read_heights, read_picture
from showeditor.model.arrays import Bytes, Floats, Singles
from showeditor.model.backdrop import PlanImage, Terrain
from showeditor.model.venue import Venue

MOST_SIDE = 4096
"""Pictures larger than this are thinned: no driver need hold more."""
MESH_SIDE = 180
"""Points along the longer side of a terrain mesh; their numbers fit into 16 bits."""


@dataclass(frozen=True, slots=True, eq=False)
class Backdrop:
    """Pixels of the plan image and the panorama, uint8 (h, w, 4) or None; the terrain as triangles or None.

    Triangles are rows (3 k, 6) of place and normal.
    """

    venue: Venue
    plan: Bytes | None = None
    panorama: Bytes | None = None
    terrain: Singles | None = None

    def chart(self) -> tuple[tuple[float, float, float, float], tuple[float, float]]:
        """Middle x and y, 1 / width, 1 / depth, and the direction of the plan image's right edge."""
        image = self.venue.plan_image
        assert image is not None
        assert self.plan is not None
        height, width = self.plan.shape[:2]
        a = math.radians(image.heading_deg)
        return (*image.at_m, 1.0 / image.width_m, width / height / image.width_m), (math.cos(a), -math.sin(a))

    def around(self) -> tuple[float, float]:
        """Heading of the panorama's middle as a part of the circle, and its brightness."""
        panorama = self.venue.panorama
        assert panorama is not None
        return panorama.heading_deg / 360.0, panorama.brightness


NO_BACKDROP = Backdrop(Venue())


def backdrop_of(venue: Venue, files: Mapping[str, bytes]) -> Backdrop:
    """The backdrop of a venue from the bytes of its pictures (PNG or PPM); pictures that are not given are left out.

    Raises BadFile for a picture that cannot be read.
    """

    def picture(part: PlanImage | Terrain | None) -> bytes | None:
        return files.get(part.file) if part is not None else None

    plan, heights = picture(venue.plan_image), picture(venue.terrain)
    panorama = files.get(venue.panorama.file) if venue.panorama is not None else None
    image, terrain, wide = venue.plan_image, venue.terrain, venue.panorama
    return Backdrop(
        venue,
        None if plan is None or image is None else _thinned(read_picture(plan, image.file)),
        None if panorama is None or wide is None else _thinned(read_picture(panorama, wide.file)),
        None if heights is None or terrain is None else terrain_mesh(terrain, read_heights(heights, terrain.file)),
    )


def _thinned(pixels: Bytes) -> Bytes:
    step = -(-max(pixels.shape[:2]) // MOST_SIDE)
    return np.ascontiguousarray(pixels[::step, ::step])


def terrain_mesh(terrain: Terrain, heights: Floats) -> Singles:
    """Triangles (3 k, 6): place and normal of each corner.

    `heights` (h, w) from 0 (low) to 1 (high), the upper edge of the picture first; a thin picture gives none.
    """
    step = max(1, -(-max(heights.shape) // MESH_SIDE))
    # means of blocks, so that single pixels do not become spikes
    rows, columns = heights.shape[0] // step, heights.shape[1] // step
    if rows < 2 or columns < 2:
        return np.zeros((0, 6), np.float32)
    blocks = heights[: rows * step, : columns * step].reshape(rows, step, columns, step)
    level = terrain.low_m + (terrain.high_m - terrain.low_m) * blocks.mean(axis=(1, 3))
    pixel = terrain.width_m / heights.shape[1]
    cell = step * pixel
    across = (np.arange(columns) + 0.5) * cell - terrain.width_m / 2.0
    along = heights.shape[0] * pixel / 2.0 - (np.arange(rows) + 0.5) * cell
    x, y = np.meshgrid(across, along)
    a = math.radians(terrain.heading_deg)
    east = terrain.at_m[0] + x * math.cos(a) + y * math.sin(a)
    north = terrain.at_m[1] - x * math.sin(a) + y * math.cos(a)
    down, right = np.gradient(level, cell)
    slope = np.stack([-right, down, np.ones_like(level)], axis=-1)
    slope /= np.linalg.norm(slope, axis=-1, keepdims=True)
    normal = slope.copy()
    normal[..., 0] = slope[..., 0] * math.cos(a) + slope[..., 1] * math.sin(a)
    normal[..., 1] = -slope[..., 0] * math.sin(a) + slope[..., 1] * math.cos(a)
    point = np.concatenate([np.stack([east, north, level], axis=-1), normal], axis=-1)
    nw, ne, sw, se = point[:-1, :-1], point[:-1, 1:], point[1:, :-1], point[1:, 1:]
    corners = np.stack([nw, sw, ne, ne, sw, se], axis=2)
    return np.ascontiguousarray(corners.reshape(-1, 6), dtype=np.float32)
