"""The frame of Skybrush shows against the venue's, the one place where axes turn.

Skybrush: X front, Y left, Z up, `orientation` = compass direction of X+ (clockwise from north). The venue: x east, y
north. So north = x cos o + y sin o and east = x sin o - y cos o (Skybrush concepts page; format notes, section 2).
This program writes orientation 90, at which both frames have the same numbers and nothing is turned on the way out.
"""

from math import cos, radians, sin

import numpy as np

from showeditor.model.arrays import Floats

ORIENTATION_DEG = 90.0


def to_venue(points: Floats, orientation_deg: float) -> Floats:
    """Points (..., 3) of a file with this orientation in the venue's frame."""
    if orientation_deg % 360.0 == ORIENTATION_DEG:
        return points
    c, s = cos(radians(orientation_deg)), sin(radians(orientation_deg))
    turned: Floats = points @ np.array([[s, c, 0.0], [-c, s, 0.0], [0.0, 0.0, 1.0]])
    return turned


def to_file(points: Floats, orientation_deg: float) -> Floats:
    """Points (..., 3) of the venue in the frame of a file with this orientation; the inverse of `to_venue`."""
    if orientation_deg % 360.0 == ORIENTATION_DEG:
        return points
    c, s = cos(radians(orientation_deg)), sin(radians(orientation_deg))
    turned: Floats = points @ np.array([[s, -c, 0.0], [c, s, 0.0], [0.0, 0.0, 1.0]])
    return turned
