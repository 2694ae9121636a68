"""How a picture of drones looks from a seat: apparent size, apparent spacing, how much it is seen from the side.

Plain geometry. What the numbers mean is taken from two places: how finely a character must be drawn from designers 8.1
(simple characters such as 火, 山, 云, 天 read at a spacing of 1/20 of their height, dense ones need 1/30), what an eye
tells apart from the definition of normal visual acuity (1.0, 20/20: a gap of one minute of arc, ISO 8596).
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from showeditor.model.arrays import Floats
from showeditor.model.venue import Vec3

SIMPLE_DETAIL, DENSE_DETAIL = 20.0, 30.0
"""Height of a drawing in spacings at which a simple and a dense character reads (designers 8.1)."""

_ROUNDING = 0.5

ACUITY_ARCMIN = 1.0
"""Two lights nearer than this run together for a healthy eye (ISO 8596: acuity 1.0)."""

NARROW = 0.5
"""Seen narrower than this share of its width a picture is seen from more than 60 degrees aside (own choice)."""

Verdict = Literal["reads", "simple", "coarse", "aside", "merged"]
"""reads: also dense characters; simple: only simple shapes; coarse: too few points for its height; aside: seen too
much from the side; merged: neighbouring points run together, so that strokes beside each other do, too."""


@dataclass(frozen=True, slots=True)
class Legibility:
    """A picture from one seat: metres away, degrees high, minutes of arc between neighbours, share of its width seen.

    `detail`: height of one line of it in spacings.
    """

    distance_m: float
    height_deg: float
    spacing_arcmin: float
    width_share: float
    detail: float

    @property
    def verdict(self) -> Verdict:
        """The one word for it."""
        if self.width_share < NARROW:
            return "aside"
        if self.spacing_arcmin < ACUITY_ARCMIN:
            return "merged"
        # points stand a little wider than asked, which must not cost a whole grade
        if self.detail < SIMPLE_DETAIL - _ROUNDING:
            return "coarse"
        return "reads" if self.detail >= DENSE_DETAIL - _ROUNDING else "simple"


def seen_from(eye_m: Vec3, places_m: Floats, facing_m: Floats, spacing_m: float, line_m: float) -> Legibility:
    """How points in the venue (n, 3) look from an eye.

    `facing_m` (3,) is the direction away from the viewer that the picture was drawn for (its normal). `spacing_m`: its
    least spacing, `line_m`: the height of one line of text or of the whole drawing.
    """
    eye = np.array(eye_m, np.float64)
    middle = 0.5 * (places_m.min(axis=0) + places_m.max(axis=0))
    way = middle - eye
    distance = max(1e-6, float(np.sqrt(way @ way)))
    normal = facing_m / max(1e-12, float(np.sqrt(facing_m @ facing_m)))
    share = float(np.clip(way @ normal / distance, 0.0, 1.0))
    rise = places_m[:, 2] - eye[2]
    level = np.hypot(places_m[:, 0] - eye[0], places_m[:, 1] - eye[1])
    angle = np.degrees(np.arctan2(rise, np.maximum(level, 1e-6)))
    return Legibility(
        distance,
        float(np.ptp(angle)),
        math.degrees(math.atan2(spacing_m * share, distance)) * 60.0,
        share,
        line_m / spacing_m if spacing_m > 0.0 else 0.0,
    )
