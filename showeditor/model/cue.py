"""Firework cues: what is fired, from where, when, and by which pin."""

from typing import Literal

import msgspec

from showeditor.model.births import finite, named, within
from showeditor.model.music import When

Holds = Literal["bloom", "ignition"]


class Address(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A firing pin: controller id, module (COBRA: channel) and pin (COBRA: cue)."""

    controller: str
    module: int
    pin: int

    def __post_init__(self) -> None:
        named("controller of an address", self.controller)
        within("module", self.module, 0, 1_000_000)
        within("pin", self.pin, 0, 1_000_000)


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ignition.

    `effect` is a description in the effect language (VDL). `when` is the moment of the bloom (first break or
    muzzle light) or of the ignition, as `holds` says; the other is computed. Direction: in the rack's frame a shot
    leans `tilt_deg` from the rack's vertical towards `pan_deg`, clockwise from the position's heading (pan 90, tilt 30
    leans to the right hand of somebody facing the heading); the rack as a whole leans as its Position says.
    """

    id: str
    effect: str
    position: str
    when: When
    holds: Holds = "bloom"
    pan_deg: float = 0.0
    tilt_deg: float = 0.0
    address: Address | None = None
    note: str = ""
    group: str = ""

    def __post_init__(self) -> None:
        named("cue id", self.id)
        finite(f"angles of cue {self.id!r}", self.pan_deg, self.tilt_deg)


class Track(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named row of the timeline; keep tracks under some hundred cues, an edit copies one track."""

    id: str
    name: str
    cues: tuple[Cue, ...] = ()
    muted: bool = False

    def __post_init__(self) -> None:
        named("track id", self.id)


class Controller(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A firing controller on site; `model` names a row of assets/controllers."""

    id: str
    model: str
    name: str = ""

    def __post_init__(self) -> None:
        named("controller id", self.id)
        named("controller model", self.model)
