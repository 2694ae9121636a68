"""Where the points of a formation stand in the venue."""

import math

import numpy as np

from showeditor.model.arrays import Floats
from showeditor.model.swarm import Placement


def world_places(points_m: Floats, place: Placement) -> Floats:
    """Points of a formation (x right, y away, z up) at their placement in the venue (n, 3)."""
    turn, lean = math.radians(place.heading_deg), math.radians(place.lean_deg)
    right = np.array([math.cos(turn), -math.sin(turn), 0.0])
    ahead = np.array([math.sin(turn), math.cos(turn), 0.0])
    up = np.array([0.0, 0.0, 1.0])
    away = points_m[:, 1] * math.cos(lean) + points_m[:, 2] * math.sin(lean)
    height = points_m[:, 2] * math.cos(lean) - points_m[:, 1] * math.sin(lean)
    world: Floats = np.array(place.at_m) + place.scale * (
        points_m[:, :1] * right + away[:, None] * ahead + height[:, None] * up
    )
    return world
