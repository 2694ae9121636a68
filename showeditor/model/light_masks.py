"""Regions of a formation that a light effect is confined to, in the formation's own metres (x right, y away, z up)."""

import msgspec

from showeditor.model.births import finite, not_negative, within
from showeditor.model.venue import Vec3


class _Mask(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="is"):
    """`outside`: everything but the region."""


class BoxMask(_Mask, frozen=True, forbid_unknown_fields=True, tag="box"):
    """Between two corners."""

    low_m: Vec3
    high_m: Vec3
    outside: bool = False

    def __post_init__(self) -> None:
        finite("corner of a light mask", *self.low_m, *self.high_m)


class SphereMask(_Mask, frozen=True, forbid_unknown_fields=True, tag="sphere"):
    """Within a radius about a point."""

    at_m: Vec3
    radius_m: float
    outside: bool = False

    def __post_init__(self) -> None:
        finite("middle of a light mask", *self.at_m)
        not_negative("radius of a light mask", self.radius_m)


class PolygonMask(_Mask, frozen=True, forbid_unknown_fields=True, tag="polygon"):
    """Inside a polygon as the viewer sees it (x, z), by the even-odd rule; the ring is open."""

    ring_m: tuple[tuple[float, float], ...]
    outside: bool = False

    def __post_init__(self) -> None:
        if len(self.ring_m) < 3:
            raise ValueError(f"the polygon of a light mask needs at least 3 corners, got {len(self.ring_m)}")
        for x, z in self.ring_m:
            finite("corner of a light mask", x, z)


class PathMask(_Mask, frozen=True, forbid_unknown_fields=True, tag="path"):
    """A stretch of the strokes: path parameters from `first` to `last`."""

    first: float
    last: float
    outside: bool = False

    def __post_init__(self) -> None:
        within("start of a path mask", self.first, 0.0, 1.0)
        within("end of a path mask", self.last, 0.0, 1.0)


LightMask = BoxMask | SphereMask | PolygonMask | PathMask
