"""Drones: fleets with their take-off grid, formations, and the flight that strings formations together."""

from typing import Literal

import msgspec

from showeditor.model.births import ascending, finite, named, not_negative, positive, within
from showeditor.model.light_effects import LightEffect
from showeditor.model.motions import Motion
from showeditor.model.music import LONGEST_US, When
from showeditor.model.passage import Group, Passage, PointMark, Turns
from showeditor.model.payload import Load, Trigger
from showeditor.model.points import Points
from showeditor.model.venue import Vec3
from showeditor.model.yaw import Facing

Rgb = tuple[int, int, int]


def _colour(name: str, colour: Rgb) -> None:
    for part in colour:
        within(name, part, 0, 255)


class Grid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rectangular grid of places: `columns` along the heading's right hand, rows going forward.

    `rows` (0: as many as are needed) rows make a layer, `layers` (0: as many as are needed) layers stand `layer_m`
    above one another: then the grid is a volume. Every `box_columns` columns and `box_rows` rows (0: none) an aisle of
    `aisle_m` beyond the spacing is left. `slots` places stand side by side, `slot_m` apart, at each place of the grid.
    """

    origin_m: Vec3
    columns: int
    spacing_m: float
    heading_deg: float = 0.0
    rows: int = 0
    layers: int = 0
    layer_m: float = 0.0
    box_columns: int = 0
    box_rows: int = 0
    aisle_m: float = 0.0
    slots: int = 1
    slot_m: float = 0.0

    def __post_init__(self) -> None:
        finite("grid origin", *self.origin_m, self.heading_deg)
        positive("grid columns", self.columns)
        positive("grid spacing", self.spacing_m)
        not_negative("rows and boxes of a grid", self.rows, self.layers, self.box_columns, self.box_rows)
        not_negative("layers and aisles of a grid", self.layer_m, self.aisle_m, self.slot_m)
        positive("slots of a grid", self.slots)
        if self.slots > 1 and not 0.0 < self.slot_m * (self.slots - 1) < self.spacing_m:
            raise ValueError(f"{self.slots} slots {self.slot_m} m apart do not fit a spacing of {self.spacing_m} m")

    @property
    def holds(self) -> int | None:
        """How many places it has; None where it goes on."""
        if not self.rows or (self.layer_m and not self.layers):
            return None
        return self.columns * self.rows * (self.layers if self.layer_m else 1) * self.slots


class Fleet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Drones of one model that start from one take-off grid.

    `park` is where drones that a formation does not need hover dark (a grid in the air).
    `model` names a row of assets/drones. `loads` are the fireworks that its drones carry.
    `white`: what red, green and blue have in common is shown by the white lamp (models that have one).
    `groups` are drones that stay together.
    """

    id: str
    model: str
    count: int
    grid: Grid
    name: str = ""
    park: Grid | None = None
    loads: tuple[Load, ...] = ()
    white: bool = False
    groups: tuple[Group, ...] = ()

    def __post_init__(self) -> None:
        named("fleet id", self.id)
        named("drone model", self.model)
        if self.count < 1:
            raise ValueError(f"fleet {self.id!r} needs at least 1 drone, got {self.count}")
        if self.count > 100_000:
            raise ValueError(f"fleet {self.id!r} may hold 100000 drones at most, got {self.count}")


class TextSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="from", tag="text"):
    """The text a formation was drawn from."""

    text: str
    style: Literal["centreline", "outline", "fill"] = "centreline"
    height_m: float = 40.0
    spacing_m: float = 2.0
    font: str = ""


class SvgSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="from", tag="svg"):
    """The SVG drawing (its text) a formation was taken from."""

    svg: str
    height_m: float = 40.0
    spacing_m: float = 2.0


class DrawnSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="from", tag="points"):
    """Points placed by hand, imported, or drawn by a script."""

    note: str = ""


Source = TextSource | SvgSource | DrawnSource


class Formation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Places of drones relative to the formation's own origin: x right, y away from the viewer, z up.

    The points are kept in the show, so that opening it needs no font and no drawing. `colours` and `path`
    (0..1 along the strokes) are empty or as long as the points. `marks` keep points for groups and carriers.
    """

    id: str
    name: str
    points: Points
    colours: tuple[Rgb, ...] = ()
    path: tuple[float, ...] = ()
    source: Source = DrawnSource()
    marks: tuple[PointMark, ...] = ()

    def __post_init__(self) -> None:
        named("formation id", self.id)
        n = len(self.points)
        for mark in self.marks:
            if mark.points[-1] > n:
                raise ValueError(f"formation {self.id!r} has {n} points, but point {mark.points[-1]} is marked")
        if n == 0:
            raise ValueError(f"formation {self.id!r} has no points")
        if self.colours and len(self.colours) != n:
            raise ValueError(f"formation {self.id!r} has {n} points but {len(self.colours)} colours")
        if self.path and len(self.path) != n:
            raise ValueError(f"formation {self.id!r} has {n} points but {len(self.path)} path parameters")
        for colour in self.colours:
            _colour("colour", colour)
        for s in self.path:
            within("path parameter", s, 0.0, 1.0)


class LightKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From `at_us` after arrival (negative: during the approach) the drones show this colour.

    `fade` ramps from the key before instead of stepping. `own` shows the formation's own point colours
    dimmed by the key's colour as a factor (255 = full).
    """

    at_us: int
    colour: Rgb
    fade: bool = False
    own: bool = False

    def __post_init__(self) -> None:
        within("time of a light key", self.at_us, -LONGEST_US, LONGEST_US)
        _colour("light colour", self.colour)


class Stitch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Light runs along the strokes: the drone at path parameter s lights at start + s x span after arrival."""

    start_us: int
    span_us: int

    def __post_init__(self) -> None:
        within("stitch start", self.start_us, -LONGEST_US, LONGEST_US)
        within("stitch span", self.span_us, 0, LONGEST_US)


class Placement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a formation stands: origin, compass heading its viewer looks along, lean back, size."""

    at_m: Vec3
    heading_deg: float = 0.0
    lean_deg: float = 0.0
    scale: float = 1.0

    def __post_init__(self) -> None:
        finite("placement", *self.at_m, self.heading_deg, self.lean_deg)
        positive("placement scale", self.scale)


class Scene(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A formation held in the sky: there from `arrive` for `hold_us`; the flight between scenes is planned.

    `effects` are layers of light over its keys, the first lowest. `triggers` fire what its drones carry. `facing` is
    where their noses point (None: nobody turns). `motion` is what the picture does while it is held. `way` is how they
    fly there.
    """

    id: str
    formation: str
    arrive: When
    hold_us: int
    place: Placement
    lights: tuple[LightKey, ...] = ()
    stitch: Stitch | None = None
    name: str = ""
    effects: tuple[LightEffect, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    facing: Facing | None = None
    motion: Motion | None = None
    way: Passage = Passage()

    def __post_init__(self) -> None:
        named("scene id", self.id)
        within(f"hold of scene {self.id!r}", self.hold_us, 0, LONGEST_US)
        ascending(f"light keys of scene {self.id!r}", (k.at_us for k in self.lights))


class Flight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The night of one fleet: lift-off at `takeoff`, its scenes in order of arrival, then home.

    `leaving` and `landing`: the groups in which drones leave the ground and come back to it (None: together).
    """

    id: str
    fleet: str
    takeoff: When
    scenes: tuple[Scene, ...] = ()
    name: str = ""
    leaving: Turns | None = None
    landing: Turns | None = None

    def __post_init__(self) -> None:
        named("flight id", self.id)
