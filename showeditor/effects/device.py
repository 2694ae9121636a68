"""A device: everything that one ignition does, as data."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

from showeditor.model.look import Look
from showeditor.model.plan import ShotKind

Category = Literal[
    "Shells", "Comets", "Mines", "Cakes", "Candles", "Single shots", "Fountains", "Flames", "Set pieces", "Smoke",
    "Lanterns", "Stage",
]  # fmt: skip
Vector = tuple[float, float, float]


class Axis(IntEnum):
    """What the axis of a layer's template is aligned with."""

    UP = 0
    FLIGHT = 1
    """The direction of the muzzle."""
    RANDOM = 2
    """Any direction, drawn from the seed of the shot."""
    DEVICE = 3
    """The device's own frame (right, forward, up), so that a figure faces the audience."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Stars born together: at the break, or at the lift (`at_break` False), again every `every_us` for `births` times.

    `rides`: follows the shot's path instead of the star equation. `along`: born on the shot's path where the shot is
    then. `colours` are names, in order of change.

    `directions` (x, y, z with z along `axis`, or right, forward, up for Axis.DEVICE; their length multiplies the
    speed, `scatter` strews it): each star is a burst of its own and flies alone, so that others can be born from it;
    with several births they take the directions in turn. `children` are born from each of those stars `after_us` of
    the child after its own birth, with `keeps` of its velocity.
    """

    effect: str
    role: str
    colours: tuple[str, ...]
    look: Look
    at_break: bool
    rides: bool = False
    axis: Axis = Axis.UP
    births: int = 1
    every_us: int = 0
    along: bool = False
    directions: tuple[Vector, ...] = ()
    scatter: float = 0.0
    after_us: int = 0
    keeps: float = 1.0
    children: "tuple[Layer, ...]" = ()


@dataclass(frozen=True, slots=True)
class DeviceShot:
    """One shot: ignited `ignition_us` after the device, lifted `latency_us` later, breaking `rise_us` after the lift.

    For comets, mines and standing devices `rise_us` is the lit time. `angle_deg` leans to the right of the device.
    `height_m` is the height of a vertical shot at the break, `muzzle_mps` the speed that reaches it. `offset_m` (right,
    forward, up) is where in the device it stands; `climb_mps` is how fast a lantern climbs in still air.
    """

    ignition_us: int
    latency_us: int
    rise_us: int
    kind: ShotKind
    calibre_mm: float
    height_m: float
    angle_deg: float
    muzzle_mps: float
    mass_kg: float
    diameter_m: float
    drag: float
    layers: tuple[Layer, ...]
    offset_m: Vector = (0.0, 0.0, 0.0)
    climb_mps: float = 0.0

    @property
    def bloom_us(self) -> int:
        """From the device's ignition to the light that a designer puts on the beat: break of a shell, else lift."""
        return self.ignition_us + self.latency_us + (self.rise_us if self.kind is ShotKind.SHELL else 0)


@dataclass(frozen=True, slots=True)
class Device:
    """What one ignition does. `normalised` reads back to the same device; `unknown` words are kept verbatim.

    `prefire_us` lies between ignition and the first bloom. `duration_us` as its class counts it (vdl.md section 6):
    star life of a single effect, first ignition to last break of a cake, first to last ignition of a chain.
    `notes` say what was read in one of several possible ways (they are not part of the device's equality).
    """

    normalised: str
    unknown: tuple[str, ...]
    category: Category
    calibre_mm: float
    duration_us: int
    prefire_us: int
    shots: tuple[DeviceShot, ...]
    notes: tuple[str, ...] = field(default=(), compare=False)
