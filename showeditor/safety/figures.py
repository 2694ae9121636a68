"""Wire figures, as pairs of line ends in metres: circles, balls, tubes, cones and the edges of areas."""

from collections.abc import Iterable

import numpy as np
from shapely.geometry import Polygon

from showeditor.model.arrays import Floats
from showeditor.model.venue import Vec3

ROUND = 48
"""Corners of a circle."""


def joined(parts: Iterable[Floats]) -> Floats:
    """Line ends (2 n, 3) of several figures as one."""
    return np.concatenate([np.zeros((0, 3)), *parts])


def _circle_points(centre: Floats, radius: Floats, first: Floats, second: Floats, corners: int) -> Floats:
    """Corners (n, corners, 3) of circles about centres (n, 3) in the planes of two unit vectors (n, 3)."""
    turn = np.arange(corners) * 2.0 * np.pi / corners
    wheel = np.cos(turn)[None, :, None] * first[:, None] + np.sin(turn)[None, :, None] * second[:, None]
    return np.asarray(centre[:, None] + radius[:, None, None] * wheel)


def _closed(points: Floats) -> Floats:
    """Line ends of closed polygons (n, corners, 3)."""
    return np.stack([points, np.roll(points, -1, axis=1)], axis=2).reshape(-1, 3)


def circle(centre_m: Vec3, radius_m: float, towards_deg: float | None = None) -> Floats:
    """A level circle; with a bearing only the half of it on that side, closed by its diameter."""
    if towards_deg is None:
        turn = np.arange(ROUND + 1) * 2.0 * np.pi / ROUND
    else:
        turn = np.radians(towards_deg) + np.linspace(-0.5 * np.pi, 0.5 * np.pi, ROUND // 2 + 1)
        turn = np.append(turn, turn[0])
    way = np.array(centre_m) + radius_m * np.stack([np.sin(turn), np.cos(turn), 0.0 * turn], axis=1)
    return np.stack([way[:-1], way[1:]], axis=1).reshape(-1, 3)


def balls(centre_m: Floats, radius_m: Floats, corners: int = 24) -> Floats:
    """Three great circles of every ball, centres (n, 3) and radii (n,)."""
    n = len(centre_m)
    axes = [np.broadcast_to(row, (n, 3)) for row in np.eye(3)]
    pairs = ((axes[0], axes[1]), (axes[0], axes[2]), (axes[1], axes[2]))
    return joined(_closed(_circle_points(centre_m, radius_m, a, b, corners)) for a, b in pairs)


def _across(direction: Floats) -> tuple[Floats, Floats]:
    """Two unit vectors (n, 3) each, across directions (n, 3) and across each other."""
    long = np.linalg.norm(direction, axis=1)
    unit = np.where(long[:, None] > 1e-9, direction / np.maximum(long, 1e-9)[:, None], (0.0, 0.0, 1.0))
    other = np.where(np.abs(unit[:, 2:]) < 0.9, (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
    first = np.cross(unit, other)
    first /= np.linalg.norm(first, axis=1)[:, None]
    return first, np.cross(unit, first)


def tubes(start_m: Floats, end_m: Floats, radius_m: Floats, corners: int = 16) -> Floats:
    """Stretches of tube between places (n, 3): a ring at each end and four lines along."""
    first, second = _across(end_m - start_m)
    low = _circle_points(start_m, radius_m, first, second, corners)
    high = _circle_points(end_m, radius_m, first, second, corners)
    four = slice(None, None, corners // 4)
    along = np.stack([low[:, four], high[:, four]], axis=2).reshape(-1, 3)
    return joined((_closed(low), _closed(high), along))


def cones(apex_m: Floats, direction: Floats, half_deg: Floats, reach_m: Floats) -> Floats:
    """Sectors of balls: eight edges from the apex (n, 3) and the rim; 90 degrees or more is the whole ball."""
    whole = half_deg >= 90.0
    a = np.radians(np.minimum(half_deg, 90.0))[~whole]
    apex, reach = apex_m[~whole], reach_m[~whole]
    unit = direction[~whole] / np.maximum(np.linalg.norm(direction[~whole], axis=1), 1e-9)[:, None]
    rim = _circle_points(apex + (reach * np.cos(a))[:, None] * unit, reach * np.sin(a), *_across(unit), 24)
    spoke = rim[:, ::3]
    edges = np.stack([np.broadcast_to(apex[:, None], spoke.shape), spoke], axis=2).reshape(-1, 3)
    tip = np.stack([apex, apex + reach[:, None] * unit], axis=1).reshape(-1, 3)
    return joined((_closed(rim), edges, tip, balls(apex_m[whole], reach_m[whole])))


def edges(areas: Iterable[Polygon], height_m: float) -> Floats:
    """The outer edges and the holes of areas, at one height."""
    parts = []
    for area in areas:
        for ring in (area.exterior, *area.interiors):
            flat = np.asarray(ring.coords)[:, :2]
            way = np.column_stack([flat, np.full(len(flat), height_m)])
            parts.append(np.stack([way[:-1], way[1:]], axis=1).reshape(-1, 3))
    return joined(parts)
