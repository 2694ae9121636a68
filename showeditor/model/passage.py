"""How drones move beside what they show: order of take-off and landing, the way to a scene, who must stay with whom."""

from typing import Literal

import msgspec

from showeditor.model.births import ascending, named, within

LONGEST_SPREAD_US = 60_000_000

By = Literal["rows", "columns", "boxes", "in-out", "out-in"]
Order = Literal["together", "near-first", "far-first", "low-first", "high-first", "left-right", "right-left", "in-out"]
Law = Literal["auto", "smooth", "quick"]


class Turns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Drones leave (or land) group by group, `step_us` after one another: rows, columns or boxes of the grid, or rings.

    `reverse` begins with the last group. Rows that lie nearer together than drones may fly take their layers in turns
    as well.
    """

    by: By = "rows"
    step_us: int = 1_000_000
    reverse: bool = False

    def __post_init__(self) -> None:
        within("time between groups", self.step_us, 0, LONGEST_SPREAD_US)


class Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How drones fly to a scene: all at once, or one after the other over `spread_us`, in an order.

    Orders by length of the way (near-first, far-first), by height, as seen by the viewer of the formation (left-right,
    right-left) and from its middle (in-out). With `layer_m` places whose height (distance, side ...) differs by less
    leave together. `law`: minimum jerk (smooth), the quickest law, or the first where there is time for it (auto).
    `aside_m`: how far a drone may leave its line to keep its distance.
    """

    order: Order = "together"
    spread_us: int = 0
    layer_m: float = 0.0
    law: Law = "auto"
    aside_m: float = 2.0

    def __post_init__(self) -> None:
        within("spread of a staggered way", self.spread_us, 0, LONGEST_SPREAD_US)
        within("layers of a staggered way", self.layer_m, 0.0, 1e4)
        within("room beside a way", self.aside_m, 0.0, 50.0)

    @property
    def staggered(self) -> bool:
        """Whether not all leave at once."""
        return self.order != "together" and self.spread_us > 0


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Drones of a fleet (numbers from 1) that stay together: neighbours in every formation, or at its marked points."""

    id: str
    drones: tuple[int, ...]

    def __post_init__(self) -> None:
        named("group id", self.id)
        ascending(f"drones of group {self.id!r}", self.drones)
        if not self.drones or self.drones[0] < 1:
            raise ValueError(f"group {self.id!r} needs drones, numbered from 1")


class PointMark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Points of a formation (numbers from 1) for the drones of a group, or the carriers of a load, and no others."""

    points: tuple[int, ...]
    group: str = ""
    load: str = ""

    def __post_init__(self) -> None:
        if bool(self.group) == bool(self.load):
            raise ValueError("marked points need a group or a load, and not both")
        ascending("marked points", self.points)
        if not self.points or self.points[0] < 1:
            raise ValueError("marked points are numbered from 1")
