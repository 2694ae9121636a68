"""Rule packs: dated data files of distances, each row with its source and confidence."""

import re
from datetime import date
from typing import Literal

import msgspec

from showeditor.model.assets import asset
from showeditor.model.errors import BadFile, BadInput

Device = Literal["shell", "comet", "mine", "other"]
CONFIDENCES = ("S", "C", "I", "M", "U")
"""Published source, computed, inferred, general knowledge, unknown (then every figure of the row is null)."""


class Distance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Distance to the audience for one device up to a calibre and effect height; the largest of the figures holds.

    `audience_m` is a distance, `per_mm` one per millimetre of calibre, `of_height` a share of the break height. All
    null: unknown, and a cue that needs the row blocks.
    """

    device: Device
    source: str
    confidence: str
    calibre_max_mm: float | None = None
    height_max_m: float | None = None
    audience_m: float | None = None
    per_mm: float | None = None
    of_height: float | None = None

    def known(self) -> bool:
        """Whether the row states anything."""
        return any(x is not None for x in (self.audience_m, self.per_mm, self.of_height))


class Tilt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Up to this angle from the vertical the distance in the direction of the tilt grows by this factor."""

    max_deg: float
    factor: float
    source: str
    confidence: str


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One number with its source; null when unknown."""

    value: float | None
    source: str
    confidence: str


class Approval(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who must sign a show under this pack before it is published: roles, each another person with another key."""

    roles: tuple[str, ...]
    source: str
    confidence: str


class Signable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A finding that blocks, and the roles of which a named person may sign for it."""

    code: str
    roles: tuple[str, ...]
    source: str
    confidence: str


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule pack.

    `legal` tells a law's table from the project's own envelope. `tilt` empty: the pack says nothing about tilt, the dud
    footprint decides. Beyond the last tilt row a cue needs an individual assessment and blocks. `special_factor`
    multiplies the distance for special hazards; `building_m` is the least distance of a firing position from buildings,
    `max_wind_mps` the wind above which nothing is fired (null or missing: the pack does not say).
    `approval` names the roles that must sign a show before it is published, `signable` the blocks that a person of a
    role may sign for with a waiver of their own.
    """

    id: str
    title_en: str
    title_zh: str
    edition: str
    source: str
    legal: bool
    distances: tuple[Distance, ...]
    special_factor: Figure
    building_m: Figure
    effective_from: date | None = None
    superseded_by: str | None = None
    note_en: str = ""
    note_zh: str = ""
    tilt: tuple[Tilt, ...] = ()
    max_wind_mps: Figure | None = None
    approval: Approval | None = None
    signable: tuple[Signable, ...] = ()

    def row(self, device: Device, calibre_mm: float, height_m: float) -> Distance | None:
        """The first row that covers a device of this calibre and effect height; None when there is none."""
        for row in self.distances:
            if row.device != device:
                continue
            if row.calibre_max_mm is not None and calibre_mm > row.calibre_max_mm:
                continue
            if row.height_max_m is not None and height_m > row.height_max_m:
                continue
            return row
        return None

    def distance_m(self, device: Device, calibre_mm: float, height_m: float) -> float | None:
        """The distance an upright shot keeps from the audience; None when the pack does not say."""
        row = self.row(device, calibre_mm, height_m)
        if row is None or not row.known():
            return None
        return max(row.audience_m or 0.0, (row.per_mm or 0.0) * calibre_mm, (row.of_height or 0.0) * height_m)

    def tilt_factor(self, tilt_deg: float) -> float | None:
        """How the distance grows in the direction of a tilt; None beyond what the pack allows."""
        if not self.tilt:
            return 1.0
        for row in self.tilt:
            if tilt_deg <= row.max_deg:
                return row.factor
        return None


def load_pack(pack_id: str) -> Pack:
    """The rule pack of that id in assets/rules.

    Raises BadInput for an unknown id, BadFile for a file that cannot be read or a row without source or confidence.
    """
    if not re.fullmatch(r"[a-z0-9-]+", pack_id):
        raise BadInput(f"rule pack {pack_id!r}: an id has only small letters, digits and hyphens")
    try:
        path = asset("rules", f"{pack_id}.json")
    except FileNotFoundError:
        raise BadInput(f"rule pack {pack_id!r} is not known") from None
    return read_pack(path.read_bytes(), path.name)


def read_pack(data: bytes, name: str) -> Pack:
    """The rule pack in a JSON text; raises BadFile naming the row."""
    try:
        pack = msgspec.json.decode(data, type=Pack)
    except msgspec.DecodeError as error:
        raise BadFile(name, "", f"not a rule pack: {error}") from None
    rows: list[tuple[str, str, str]] = [("pack", pack.source, "S")]
    rows += [(f"distances[{k}]", r.source, r.confidence) for k, r in enumerate(pack.distances)]
    rows += [(f"tilt[{k}]", r.source, r.confidence) for k, r in enumerate(pack.tilt)]
    rows += [("special_factor", pack.special_factor.source, pack.special_factor.confidence)]
    rows += [("building_m", pack.building_m.source, pack.building_m.confidence)]
    if pack.max_wind_mps is not None:
        rows += [("max_wind_mps", pack.max_wind_mps.source, pack.max_wind_mps.confidence)]
    rows += [(f"signable[{k}]", r.source, r.confidence) for k, r in enumerate(pack.signable)]
    if pack.approval is not None:
        rows += [("approval", pack.approval.source, pack.approval.confidence)]
    for place, source, confidence in rows:
        if not source.strip():
            raise BadFile(name, place, "a source is missing")
        if confidence not in CONFIDENCES:
            raise BadFile(name, place, f"confidence must be one of {', '.join(CONFIDENCES)}, not {confidence!r}")
    for k, row in enumerate(pack.distances):
        if row.confidence == "U" and row.known():
            raise BadFile(name, f"distances[{k}]", "an unknown figure must stay null")
    if name != f"{pack.id}.json":
        raise BadFile(name, "id", f"the file of pack {pack.id!r} must be called {pack.id}.json")
    return pack


def packs() -> tuple[Pack, ...]:
    """All rule packs, by id."""
    return tuple(load_pack(path.stem) for path in sorted(asset("rules").glob("*.json")))
