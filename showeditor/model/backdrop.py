"""Pictures of the site: a plan laid on the ground, a map of heights, a panorama behind everything."""

import msgspec

from showeditor.model.births import finite, named, positive, within

PictureFile = str
"""The name of a picture that lies beside the show's file."""


def _beside(what: str, file: str) -> None:
    named(what, file)
    if "/" in file or "\\" in file or file in (".", ".."):
        raise ValueError(f"{what} must be the name of a file beside the show, got {file!r}")


class PlanImage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A drawing or aerial picture on the ground: its middle, its width, and the compass heading of its upper edge."""

    file: PictureFile
    width_m: float
    at_m: tuple[float, float] = (0.0, 0.0)
    heading_deg: float = 0.0

    def __post_init__(self) -> None:
        _beside("plan image", self.file)
        positive("width of the plan image", self.width_m)
        finite("place of the plan image", *self.at_m, self.heading_deg)


class Terrain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A grey picture of heights: black lies at `low_m`, white at `high_m`; placed as a plan image is."""

    file: PictureFile
    width_m: float
    low_m: float
    high_m: float
    at_m: tuple[float, float] = (0.0, 0.0)
    heading_deg: float = 0.0

    def __post_init__(self) -> None:
        _beside("height map", self.file)
        positive("width of the height map", self.width_m)
        finite("place of the height map", *self.at_m, self.heading_deg, self.low_m, self.high_m)
        positive("span of heights", self.high_m - self.low_m)


class Panorama(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A picture of the whole horizon (equirectangular, twice as wide as high) behind everything.

    `heading_deg` is the compass heading of its middle; `brightness` scales its light.
    """

    file: PictureFile
    heading_deg: float = 0.0
    brightness: float = 1.0

    def __post_init__(self) -> None:
        _beside("panorama", self.file)
        finite("heading of the panorama", self.heading_deg)
        within("brightness of the panorama", self.brightness, 0.0, 10.0)
