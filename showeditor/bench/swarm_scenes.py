"""Drone shows to measure the planner on: bodies of many drones cut out of turned lattices, following each other."""

import math

import numpy as np

from showeditor.model.arrays import Floats
from showeditor.model.music import AtTime
from showeditor.model.points import Points
from showeditor.model.show import Show
from showeditor.model.swarm import Fleet, Flight, Formation, Grid, Placement, Scene
from showeditor.model.times import US

BODIES = 5
_STAND_M = 60.0


def body(kind: int, count: int, spacing_m: float) -> Floats:
    """The `count` places (n, 3) of a turned cubic lattice of that spacing that lie deepest in one of five bodies.

    Ball, box, ring, disc and column; centred at the origin, spaced exactly, no two kinds alike.
    """
    side = math.ceil((6.0 * count) ** (1.0 / 3.0)) + 8
    k = np.arange(-side, side + 1) * 1.0
    grid = np.stack(np.meshgrid(k, k, k[side // 2 : -side // 2], indexing="ij"), axis=-1).reshape(-1, 3)
    x, y, z = grid.T
    flat = np.hypot(x, y)
    radius = 0.45 * count ** (1.0 / 3.0)
    depth = (
        np.sqrt(x * x + y * y + z * z),
        np.maximum(np.maximum(np.abs(x), 0.8 * np.abs(y)), 1.3 * np.abs(z)),
        np.hypot(flat - 1.6 * radius, z),
        np.maximum(flat, 2.5 * np.abs(z)),
        np.maximum(1.6 * flat, np.abs(z)),
    )[kind % BODIES]
    chosen = grid[np.lexsort((z, y, x, depth))[:count]] * spacing_m
    turn = math.radians(17.0 * kind)
    c, s = math.cos(turn), math.sin(turn)
    return np.stack([c * chosen[:, 0] - s * chosen[:, 1], s * chosen[:, 0] + c * chosen[:, 1], chosen[:, 2]], axis=1)


def swarm_show(count: int, formations: int, minutes: float, spacing_m: float, model: str = "rtk-dense") -> Show:
    """A show of one fleet with so many scenes, evenly spread over the time between take-off and landing."""
    columns = math.ceil(math.sqrt(count))
    fleet = Fleet("A", model, count, Grid((-columns * 1.0, -columns * 1.0, 0.0), columns, 2.0))
    shapes = tuple(Formation(f"f{k:02d}", f"f{k:02d}", Points(body(k, count, spacing_m))) for k in range(formations))
    first, last = 75.0, minutes * 60.0 - 75.0
    step = (last - first) / formations
    scenes = tuple(
        Scene(
            f"s{k:02d}",
            shape.id,
            AtTime(round((first + k * step) * US)),
            round(0.25 * step * US),
            Placement((0.0, 0.0, _STAND_M), heading_deg=7.0 * k),
        )
        for k, shape in enumerate(shapes)
    )
    flight = Flight("f", "A", AtTime(2 * US), scenes)
    return Show("swarm", round(minutes * 60 * US), fleets=(fleet,), formations=shapes, flights=(flight,))
