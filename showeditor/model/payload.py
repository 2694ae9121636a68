"""Fireworks carried by drones: what hangs under which drone, and when which channel is fired.

Angles of a mounted charge are those of the common drone formats: `pitch_deg` -90 straight down, 0 level, 90 straight
up; `yaw_deg` clockwise from the drone's nose.
"""

from typing import Literal

import msgspec

from showeditor.model.births import finite, named, not_negative, positive, within
from showeditor.model.music import LONGEST_US

CHANNELS = 10
"""Most ignitions of one carrier (the carriers of 2025-10-17, Liuyang: 400 g, 10 programmable ignitions)."""

CLASS_KG = 0.4
"""Payload of that class of carrier."""

AIMS = {"down": -90.0, "out": 0.0, "up": 90.0}
"""Pitch of the usual mountings; `out` leaves along the nose, so a scene that turns noses outwards fires outwards."""

Order = Literal["all", "left-right", "right-left", "out-in", "in-out", "bottom-top", "top-bottom", "path", "random"]
"""In which order carriers fire: as seen by the viewer of the formation, by distance from its middle, along its strokes
or shuffled by a seed."""


class Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a maker or a test firing says of a charge, in place of what the effect's description gives; None: nothing.

    `cone_deg`: half angle of the cone of sparks. `reach_m`: how far from the drone a spark is lit. `fall_m`: how far
    below it; `fall_s`: the longest life of a spark.
    `recoil_ns`: impulse on the drone.
    """

    source: str
    cone_deg: float | None = None
    reach_m: float | None = None
    fall_m: float | None = None
    fall_s: float | None = None
    recoil_ns: float | None = None

    def __post_init__(self) -> None:
        named("source of a charge's numbers", self.source)
        for name in ("cone_deg", "reach_m", "fall_m", "fall_s", "recoil_ns"):
            value = getattr(self, name)
            if value is not None:
                not_negative(name, value)
        if self.cone_deg is not None:
            within("cone_deg", self.cone_deg, 0.0, 180.0)


class Charge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One firework on one channel of a carrier: `effect` in the effect language, its mounting, its mass with holder.

    `mass_kg` None: nobody has said; the plan is blocked until somebody does.
    """

    channel: int
    effect: str
    pitch_deg: float = -90.0
    yaw_deg: float = 0.0
    mass_kg: float | None = None
    sheet: Sheet | None = None

    def __post_init__(self) -> None:
        within("channel of a charge", self.channel, 1, CHANNELS)
        named("effect of a charge", self.effect)
        within("pitch of a charge", self.pitch_deg, -90.0, 90.0)
        finite("yaw of a charge", self.yaw_deg)
        if self.mass_kg is not None:
            positive("mass of a charge", self.mass_kg)


class Handling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a drone may be flown with up to `payload_kg` under it, and who says so.

    `max_wind_mps` and `endurance_s` (None: not known): wind and time in the air at that payload.
    """

    payload_kg: float
    max_speed_xy_mps: float
    max_speed_up_mps: float
    max_speed_down_mps: float
    max_accel_mps2: float
    source: str
    max_wind_mps: float | None = None
    endurance_s: float | None = None

    def __post_init__(self) -> None:
        positive("payload", self.payload_kg)
        named("source of a carrier's numbers", self.source)
        for name in ("max_speed_xy_mps", "max_speed_up_mps", "max_speed_down_mps", "max_accel_mps2"):
            positive(name, getattr(self, name))
        for name in ("max_wind_mps", "endurance_s"):
            value = getattr(self, name)
            if value is not None:
                positive(name, value)


class Load(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same charges under several drones of a fleet: `drones` are their numbers from 1 (empty: all of the fleet).

    `handling` are the designer's own numbers for the loaded drone, needed where the model's row states none. Channels
    are not used twice.
    """

    id: str
    charges: tuple[Charge, ...] = ()
    drones: tuple[int, ...] = ()
    name: str = ""
    handling: tuple[Handling, ...] = ()

    def __post_init__(self) -> None:
        named("load id", self.id)
        channels = [charge.channel for charge in self.charges]
        if len(set(channels)) != len(channels):
            raise ValueError(f"load {self.id!r} uses a channel twice")
        if len(set(self.drones)) != len(self.drones):
            raise ValueError(f"load {self.id!r} names a drone twice")
        for number in self.drones:
            within("number of a drone", number, 1, 100_000)

    @property
    def mass_kg(self) -> float | None:
        """What hangs under each drone at take-off; None where the mass of a charge is not known."""
        masses = [charge.mass_kg for charge in self.charges]
        return None if None in masses else sum(mass for mass in masses if mass is not None)


class Trigger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fires one channel of the carriers in a scene, the first `at_us` after arrival, the last `span_us` later.

    `points` are the formation's points whose drones fire (empty: every carrier in the picture that has the channel).
    Of them, in the order, only every `every`-th fires, beginning with number `first` (from 0). `seed` draws the random
    order.
    """

    id: str
    at_us: int
    channel: int
    order: Order = "all"
    span_us: int = 0
    every: int = 1
    first: int = 0
    seed: int = 1
    points: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        named("trigger id", self.id)
        within("time of a trigger", self.at_us, -LONGEST_US, LONGEST_US)
        within("channel of a trigger", self.channel, 1, CHANNELS)
        within("span of a trigger", self.span_us, 0, LONGEST_US)
        within("every of a trigger", self.every, 1, 100_000)
        within("first of a trigger", self.first, 0, 100_000)
        within("seed of a trigger", self.seed, 0, 2**32 - 1)
        for point in self.points:
            within("point of a trigger", point, 0, 100_000)
