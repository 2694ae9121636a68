"""Drone models: flight limits and take-off habits, each row of assets/drones/models.json with its source."""

from functools import cache
from pathlib import Path

import msgspec

from showeditor.model.assets import asset
from showeditor.model.births import ascending, named, positive
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.limits import Limits
from showeditor.model.payload import Handling


class Lifting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a carrier lifts: payload, ignitions, and how it flies with how much under it (lightest first; may be empty).

    Between the rows of `handling` the next heavier one counts; beyond the last nothing is known.
    """

    max_payload_kg: float
    source: str
    confidence: str
    ignitions: int | None = None
    handling: tuple[Handling, ...] = ()

    def __post_init__(self) -> None:
        positive("max_payload_kg", self.max_payload_kg)
        named("source of a payload", self.source)
        named("confidence of a payload", self.confidence)
        ascending("payloads of a carrier", (row.payload_kg for row in self.handling))


class DroneModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row: what a drone may do and where the numbers come from.

    `colour_steps_per_s`: how often a second its light can take a new colour (None: not known). `has_white`: a white
    lamp of its own beside red, green and blue.
    `lifting`: what it carries (None: it is no carrier). `confidence`: S published source, C computed, I inferred,
    M general knowledge.
    """

    id: str
    title: str
    limits: Limits
    takeoff_speed_mps: float
    takeoff_altitude_m: float
    landing_speed_mps: float
    source: str
    confidence: str
    colour_steps_per_s: float | None = None
    lifting: Lifting | None = None
    has_white: bool = False

    def __post_init__(self) -> None:
        named("drone model id", self.id)
        named(f"source of drone model {self.id!r}", self.source)
        named(f"confidence of drone model {self.id!r}", self.confidence)
        positive(f"take-off speed of drone model {self.id!r}", self.takeoff_speed_mps)
        positive(f"take-off altitude of drone model {self.id!r}", self.takeoff_altitude_m)
        positive(f"landing speed of drone model {self.id!r}", self.landing_speed_mps)
        if self.colour_steps_per_s is not None:
            positive(f"colour steps of drone model {self.id!r}", self.colour_steps_per_s)


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    about: str
    models: tuple[DroneModel, ...]


def read_models(text: bytes, file: str) -> dict[str, DroneModel]:
    """All rows of a table of drone models by id; raises BadFile for a row without source or with a bad number."""
    try:
        table = msgspec.json.decode(text, type=_Table)
    except msgspec.ValidationError as error:
        raise BadFile(file, "", str(error)) from None
    except msgspec.DecodeError as error:
        raise BadFile(file, "", f"not JSON: {error}") from None
    rows: dict[str, DroneModel] = {}
    for row in table.models:
        if row.id in rows:
            raise BadFile(file, row.id, "the id stands twice")
        rows[row.id] = row
    return rows


@cache
def _rows(path: Path) -> dict[str, DroneModel]:
    return read_models(path.read_bytes(), f"assets/drones/{path.name}")


def drone_models() -> tuple[DroneModel, ...]:
    """Every drone model of the table, in its order."""
    return tuple(_rows(asset("drones", "models.json")).values())


def drone_model(model_id: str) -> DroneModel:
    """The drone model of that id; raises BadInput naming the known ones."""
    rows = _rows(asset("drones", "models.json"))
    if model_id not in rows:
        raise BadInput(f"drone model {model_id!r} is not known; known are {', '.join(rows)}")
    return rows[model_id]
