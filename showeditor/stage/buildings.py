"""Buildings of a venue: footprints drawn up to their height, lit by the sky and the strongest bursts."""

from typing import Literal

import numpy as np

from showeditor.model.arrays import Floats, Longs, Singles
from showeditor.model.venue import Ring, Venue
from showeditor.stage.gl import Device, Pipeline, vertex_buffer
from showeditor.stage.skies import Skylight

UNKNOWN_HEIGHT_M = 6.0
"""How high a building is drawn whose height nobody has said; for the picture alone."""
MOST_CORNERS = 400
"""Of a footprint with more corners some are left out evenly."""
_WINDOWS = {"night": 1.0, "dusk": 0.8, "day": 0.0}


def _twice_area(ring: Floats) -> float:
    after = np.roll(ring, -1, axis=0)
    return float((ring[:, 0] * after[:, 1] - ring[:, 1] * after[:, 0]).sum())


def _corners(ring: Ring) -> Floats:
    """The ring counter-clockwise, without corners that stand twice in a row, float64 (n, 2), n at most 400."""
    at = np.array(ring, np.float64)
    at = at[:: -(-len(at) // MOST_CORNERS)]
    at = at[(at != np.roll(at, 1, axis=0)).any(axis=1)]
    return np.asarray(at if len(at) < 3 or _twice_area(at) > 0.0 else at[::-1])


def _turn(a: Floats, b: Floats, c: Floats) -> Floats:
    ab, ac = b - a, c - a
    return np.asarray(ab[..., 0] * ac[..., 1] - ab[..., 1] * ac[..., 0])


def triangles(corners: Floats) -> Longs:
    """Corner numbers (n - 2, 3) that cover a simple polygon given counter-clockwise: ears cut off one by one.

    Where a polygon crosses itself no ear may be left; the rest is then cut as a fan.
    """
    left = list(range(len(corners)))
    found: list[tuple[int, int, int]] = []
    while len(left) > 3:
        ring = corners[left]
        before, after = np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0)
        for k in np.flatnonzero(_turn(before, ring, after) > 0.0):
            a, b, c = before[k], ring[k], after[k]
            inside = (_turn(a, b, ring) >= 0.0) & (_turn(b, c, ring) >= 0.0) & (_turn(c, a, ring) >= 0.0)
            others = (ring[inside] != a).any(axis=1) & (ring[inside] != b).any(axis=1) & (ring[inside] != c).any(axis=1)
            if not others.any():
                break
        else:
            k = np.int64(0)
        found.append((left[k - 1], left[k], left[(k + 1) % len(left)]))
        del left[int(k)]
    if len(left) == 3:
        found.append((left[0], left[1], left[2]))
    return np.array(found, np.int64).reshape(-1, 3)


def _prism(corners: Floats, base_m: float, top_m: float) -> Floats:
    """Walls and roof as triangles, float64 (3 k, 9): place, normal, then along and up a wall in metres and its height.

    A roof has height 0 in its last column.
    """
    after = np.roll(corners, -1, axis=0)
    way = after - corners
    length = np.hypot(way[:, 0], way[:, 1])
    out = np.stack([way[:, 1], -way[:, 0]], axis=1) / length[:, None]
    start = np.concatenate([[0.0], np.cumsum(length)[:-1]])
    walls = np.zeros((len(corners), 6, 9))
    for n, (end, high) in enumerate(((0, 0), (1, 0), (0, 1), (0, 1), (1, 0), (1, 1))):
        walls[:, n, :2] = after if end else corners
        walls[:, n, 2] = top_m if high else base_m
        walls[:, n, 3:5] = out
        walls[:, n, 6] = start + (length if end else 0.0)
        walls[:, n, 7] = walls[:, n, 2] - base_m
        walls[:, n, 8] = top_m - base_m
    picked = corners[triangles(corners).reshape(-1)]
    roof = np.zeros((len(picked), 9))
    roof[:, :2], roof[:, 2], roof[:, 5] = picked, top_m, 1.0
    return np.concatenate([walls.reshape(-1, 9), roof])


def building_mesh(venue: Venue, ground_m: float) -> Singles:
    """All zones of kind `building` as triangles, float32 (3 k, 9) as `_prism` says; none gives (0, 9)."""
    parts = [np.zeros((0, 9))]
    for zone in venue.zones:
        if zone.kind == "building":
            corners = _corners(zone.ring)
            height = zone.height_m if zone.height_m is not None else UNKNOWN_HEIGHT_M
            if len(corners) >= 3:
                parts.append(_prism(corners, min(ground_m, 0.0), height))
    return np.concatenate(parts).astype(np.float32)


class Buildings:
    """Draws the buildings of a venue into targets that hold depth, so that they hide what lies behind them."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self._pipeline = Pipeline("building.vert.glsl", "building.frag.glsl")
        self._parts = {name: vertex_buffer(np.zeros((3, 3), np.float32)) for name in ("place", "normal", "wall")}
        self._pipeline.set(**self._parts)
        self.count = 0
        self._windows = 0.0

    @property
    def depth(self) -> Literal["off", "test"]:
        """How lights are to be drawn: behind buildings where there are any."""
        return "test" if self.count else "off"

    def load(self, venue: Venue, ground_m: float) -> None:
        """Take the buildings of a venue."""
        mesh = building_mesh(venue, ground_m)
        self.count = len(mesh)
        self._windows = _WINDOWS[venue.sky]
        for number, buffer in enumerate(self._parts.values()):
            if self.count:
                buffer.set_data(np.ascontiguousarray(mesh[:, 3 * number : 3 * number + 3]), copy=True)

    def draw(self, view: dict[str, object], sky: Skylight) -> None:
        """Cover the bound target where buildings stand; its depth must be clear."""
        if not self.count:
            return
        self._pipeline.set(**view, ambient=sky.ambient, sunlight=sky.sunlight, sun=sky.sun_way, windows=self._windows)
        self.device.blend("none", "write")
        self._pipeline.draw("triangles")
        self.device.flush()
