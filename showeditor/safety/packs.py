"""Rule packs: dated data files of distances, each row with its source and confidence.

Shipped packs lie in assets/rules. A crew's own lie in the folder that the environment variable SHOWEDITOR_RULES names:
a pack of its own id (usually with a `base`, which it can only tighten), or the official table of a pack that is shipped
empty (`table` "operator").
"""

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from showeditor.model.assets import asset
from showeditor.model.errors import BadFile, BadInput

Device = Literal["shell", "comet", "mine", "other"]
CONFIDENCES = ("S", "C", "I", "M", "U")
"""Published source, computed, inferred, general knowledge, unknown (then every figure of the row is null)."""


class Distance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Distance to the audience for one device up to a calibre and effect height; the largest of the figures holds.

    `audience_m` is a distance, `per_mm` one per millimetre of calibre, `of_height` a share of the break height,
    `of_fallout` a multiple of how far the device throws burning matter. All null: unknown, and a cue that needs the
    row blocks.
    """

    device: Device
    source: str
    confidence: str
    calibre_max_mm: float | None = None
    height_max_m: float | None = None
    audience_m: float | None = None
    per_mm: float | None = None
    of_height: float | None = None
    of_fallout: float | None = None

    def known(self) -> bool:
        """Whether the row states anything."""
        return any(x is not None for x in (self.audience_m, self.per_mm, self.of_height, self.of_fallout))


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
    `max_wind_mps` the wind above which nothing is fired (null or missing: the pack does not say). `cordon_m` is kept
    free around firing positions from the set-up on.

    `effective_from` is the first day it holds, `superseded_on` the first day it no longer does (null: not known).
    `table` "operator": shipped empty, the official table is entered by one authorised person (`entered_by`) and
    checked by another (`checked_by`). `base` names the pack that this one tightens; `under` is that pack.
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
    superseded_on: date | None = None
    cordon_m: Figure | None = None
    table: Literal["shipped", "operator"] = "shipped"
    entered_by: str = ""
    checked_by: str = ""
    base: str = ""
    under: "Pack | None" = None

    def countersigned(self) -> bool:
        """Whether two different persons stand for a table that an operator enters; True for shipped tables."""
        one, two = (" ".join(name.split()).casefold() for name in (self.entered_by, self.checked_by))
        return self.table == "shipped" or bool(one and two and one != two)

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

    def distance_m(
        self, device: Device, calibre_mm: float, height_m: float, fallout_m: float | None = None
    ) -> float | None:
        """The distance an upright shot keeps from the audience; None when the pack does not say.

        `fallout_m`: how far the shot throws burning matter to the side (None: not known).
        """
        own = self._own_distance_m(device, calibre_mm, height_m, fallout_m)
        if self.under is None:
            return own
        base = self.under.distance_m(device, calibre_mm, height_m, fallout_m)
        return None if base is None else max(base, own or 0.0)

    def _own_distance_m(
        self, device: Device, calibre_mm: float, height_m: float, fallout_m: float | None
    ) -> float | None:
        row = self.row(device, calibre_mm, height_m)
        if row is None or not row.known() or (row.of_fallout is not None and fallout_m is None):
            return None
        thrown = (row.of_fallout or 0.0) * (fallout_m or 0.0)
        return max(row.audience_m or 0.0, (row.per_mm or 0.0) * calibre_mm, (row.of_height or 0.0) * height_m, thrown)

    def asks_fallout(self) -> bool:
        """Whether a distance depends on how far a device throws burning matter."""
        own = any(row.of_fallout is not None for row in self.distances)
        return own or (self.under is not None and self.under.asks_fallout())

    def most_tilt_deg(self) -> float | None:
        """Beyond this tilt the pack, or what it tightens, demands an individual assessment; None: it does not say."""
        own = self.tilt[-1].max_deg if self.tilt else None
        base = self.under.most_tilt_deg() if self.under is not None else None
        return min((x for x in (own, base) if x is not None), default=None)

    def tilt_factor(self, tilt_deg: float) -> float | None:
        """How the distance grows in the direction of a tilt; None beyond what the pack allows."""
        if self.under is not None:
            base, own = self.under.tilt_factor(tilt_deg), self._own_tilt_factor(tilt_deg)
            return None if base is None or own is None else max(base, own)
        return self._own_tilt_factor(tilt_deg)

    def wind_limit_mps(self) -> float | None:
        """The wind above which nothing is fired; None when the pack does not say."""
        return _figure(min, self.max_wind_mps, self.under.wind_limit_mps() if self.under is not None else None)

    def special(self) -> float | None:
        """By what the distance grows for special hazards; None when the pack does not say."""
        return _figure(max, self.special_factor, self.under.special() if self.under is not None else None)

    def building(self) -> float | None:
        """The least distance (m) of firing positions from buildings; None when the pack does not say."""
        return _figure(max, self.building_m, self.under.building() if self.under is not None else None)

    def cordon(self) -> float | None:
        """The radius (m) kept free around firing positions; None when the pack does not say."""
        return _figure(max, self.cordon_m, self.under.cordon() if self.under is not None else None)

    def _own_tilt_factor(self, tilt_deg: float) -> float | None:
        if not self.tilt:
            return 1.0
        for row in self.tilt:
            if tilt_deg <= row.max_deg:
                return row.factor
        return None


def _figure(stricter: Callable[[float, float], float], own: Figure | None, base: float | None) -> float | None:
    value = own.value if own is not None else None
    if value is None or base is None:
        return base if value is None else value
    return stricter(value, base)


def _own_folder() -> Path | None:
    named = os.environ.get("SHOWEDITOR_RULES")
    return Path(named) if named else None


def load_pack(pack_id: str) -> Pack:
    """The rule pack of that id, shipped or the crew's own, with the pack that it tightens.

    Raises BadInput for an unknown id, a circle of bases or an own pack that claims the id of a shipped table, BadFile
    for a file that cannot be read or a row without source or confidence.
    """
    return _load(pack_id, ())


def _load(pack_id: str, above: tuple[str, ...]) -> Pack:
    if not re.fullmatch(r"[a-z0-9-]+", pack_id):
        raise BadInput(f"rule pack {pack_id!r}: an id has only small letters, digits and hyphens")
    if pack_id in above:
        raise BadInput(f"rule pack {pack_id!r} is its own base")
    name = f"{pack_id}.json"
    try:
        path: Path | None = asset("rules", name)
    except FileNotFoundError:
        path = None
    pack = read_pack(path.read_bytes(), name) if path is not None else None
    folder = _own_folder()
    if folder is not None and (folder / name).is_file():
        if pack is not None and pack.table != "operator":
            raise BadInput(f"rule pack {pack_id!r} is shipped with the program; give the own pack another id")
        own = read_pack((folder / name).read_bytes(), str(folder / name))
        if pack is not None and own.table != "operator":
            raise BadInput(f"rule pack {pack_id!r}: its table must say who entered and who checked it")
        pack = own
    if pack is None:
        raise BadInput(f"rule pack {pack_id!r} is not known")
    return _over(pack, _load(pack.base, (*above, pack_id))) if pack.base else pack


def _over(pack: Pack, base: Pack) -> Pack:
    """A pack on its base: who must sign for either signs, and nobody may sign for more than under the base."""
    approval = pack.approval or base.approval
    if pack.approval is not None and base.approval is not None:
        roles = tuple(dict.fromkeys(base.approval.roles + pack.approval.roles))
        approval = msgspec.structs.replace(pack.approval, roles=roles)
    allowed = {row.code: set(row.roles) for row in base.signable}
    signable = tuple(
        msgspec.structs.replace(row, roles=tuple(role for role in row.roles if role in allowed[row.code]))
        for row in pack.signable
        if row.code in allowed
    )
    return msgspec.structs.replace(pack, under=base, approval=approval, signable=signable)


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
    if pack.cordon_m is not None:
        rows += [("cordon_m", pack.cordon_m.source, pack.cordon_m.confidence)]
    if pack.under is not None:
        raise BadFile(name, "under", "a file names its base, it does not hold it")
    for place, source, confidence in rows:
        if not source.strip():
            raise BadFile(name, place, "a source is missing")
        if confidence not in CONFIDENCES:
            raise BadFile(name, place, f"confidence must be one of {', '.join(CONFIDENCES)}, not {confidence!r}")
    for k, row in enumerate(pack.distances):
        if row.confidence == "U" and row.known():
            raise BadFile(name, f"distances[{k}]", "an unknown figure must stay null")
    for row in pack.distances:
        for value in (row.audience_m, row.per_mm, row.of_height, row.of_fallout):
            if value is not None and not 0.0 <= value < 1e6:
                raise BadFile(name, "distances", f"{value} is no distance")
    if Path(name).name != f"{pack.id}.json":
        raise BadFile(name, "id", f"the file of pack {pack.id!r} must be called {pack.id}.json")
    return pack


def pack_ids() -> tuple[str, ...]:
    """The ids of all rule packs, shipped and own, sorted; an own file may still turn out to be broken."""
    folder = _own_folder()
    names = {path.stem for path in asset("rules").glob("*.json")}
    names |= {path.stem for path in folder.glob("*.json")} if folder is not None else set()
    return tuple(sorted(names))


def packs() -> tuple[Pack, ...]:
    """All rule packs, shipped and own, by id; raises BadFile or BadInput for a broken own one."""
    return tuple(load_pack(name) for name in pack_ids())
