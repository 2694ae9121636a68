"""Where the noses of drones point during a scene."""

from typing import Literal

import msgspec

from showeditor.model.births import finite
from showeditor.model.venue import Vec3


class Facing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The heading of each drone from a scene's arrival on; drones turn on their way to it.

    `toward`: all to one compass heading (`heading_deg`), away from the formation's middle (`out`), to it (`in`), or to
    a place on the ground (`at_m`). `spin_deg` is turned evenly, clockwise, while the scene is held.
    """

    toward: Literal["heading", "out", "in", "place"] = "heading"
    heading_deg: float = 0.0
    at_m: Vec3 = (0.0, 0.0, 0.0)
    spin_deg: float = 0.0

    def __post_init__(self) -> None:
        finite("facing", self.heading_deg, *self.at_m, self.spin_deg)
