"""Firework cues: what is fired, from where, when, and by which pin."""

from typing import Literal

import msgspec

from showeditor.model.births import finite, named, positive, within
from showeditor.model.control import Figures, Module, Sound, Start, same_numbers
from showeditor.model.music import When

Holds = Literal["bloom", "ignition"]


class Address(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A firing pin: controller id, module (COBRA: channel) and pin (COBRA: cue).

    A locked one stays even where all addresses are given anew.
    """

    controller: str
    module: int
    pin: int
    locked: bool = False

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
    `rack` names the rack at the position that holds it; `hazard` the group that the crew can disable on the field.
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
    rack: str = ""
    hazard: str = ""

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
    """A firing controller on site; `model` names a row of assets/controllers.

    `follows` says how it is set going. `modules` state where modules stand and when they are on; `cable_m` how far an
    igniter may be from its module. `spare_pins` of every module stay free when addresses are given; `one_calibre` asks
    that no module fires shells of two calibres. `sound` is what it plays itself. `figures` are its figures as the crew
    read them.
    """

    id: str
    model: str
    name: str = ""
    follows: Start = ""
    modules: tuple[Module, ...] = ()
    cable_m: float | None = None
    spare_pins: int = 0
    one_calibre: bool = False
    sound: Sound | None = None
    figures: Figures | None = None

    def __post_init__(self) -> None:
        named("controller id", self.id)
        named("controller model", self.model)
        same_numbers(self.modules)
        within("spare_pins", self.spare_pins, 0, 1_000_000)
        if self.cable_m is not None:
            positive("cable_m", self.cable_m)
