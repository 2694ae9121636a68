"""Payload in a Plan: the ignitions of fireworks on drones and the drones that carry them, as read-only arrays.

A number that nobody has stated is -1 (`UNKNOWN`): a rule that needs it must block.
"""

from collections.abc import Sized
from dataclasses import dataclass, field

import numpy as np

from showeditor.model.arrays import Floats, Ints, Longs, Singles, frozen

UNKNOWN = -1.0
"""Stands in columns for a number without a source; every real value of theirs is 0 or more."""


def _same_length(what: str, n: int, **columns: Sized) -> None:
    for name, column in columns.items():
        if len(column) != n:
            raise ValueError(f"{what}: column {name} has {len(column)} rows, expected {n}")


@dataclass(frozen=True, slots=True)
class Ignitions:
    """One row per firework lit under a drone, in order of time.

    `drone` is a row of `Plan.drones`, `channel` counts from 1, `trigger` names "scene/trigger" and `effect` the
    effect's description. The charge burns from `ignition_us` up to `burnt_us` while the drone flies on; the last spark
    is out at `dark_us`. `place_m`, `velocity_mps`: the drone at ignition. `direction` is the unit vector of fire in the
    venue's frame at ignition, `pitch_deg` (-90 down, 90 up) and `yaw_deg` (clockwise from the nose) its mounting.
    `cone_deg`: half angle of the cone of sparks about the direction; `reach_m`: farthest lit spark from the drone;
    `fall_m`: how far below the drone sparks are lit; `fall_s`: longest life of a spark, so the time that wind carries
    it (all of the calm-air picture unless the charge's sheet states them). `recoil_ns`: impulse on the drone against
    the direction, UNKNOWN without a source. `mass_kg`: what the charge weighed, UNKNOWN where nobody said.
    The rows of `Plan.payload_bursts` that show it have its number in their column `shot`.
    """

    drone: Ints = field(default_factory=lambda: frozen([], np.int32, (None,)))
    channel: Ints = field(default_factory=lambda: frozen([], np.int32, (None,)))
    trigger: tuple[str, ...] = ()
    effect: tuple[str, ...] = ()
    ignition_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    burnt_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    dark_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    place_m: Floats = field(default_factory=lambda: frozen([], np.float64, (None, 3)))
    velocity_mps: Floats = field(default_factory=lambda: frozen([], np.float64, (None, 3)))
    direction: Floats = field(default_factory=lambda: frozen([], np.float64, (None, 3)))
    pitch_deg: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    yaw_deg: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    cone_deg: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    reach_m: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    fall_m: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    fall_s: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    recoil_ns: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    mass_kg: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))

    def __len__(self) -> int:
        return len(self.drone)

    def __post_init__(self) -> None:
        columns = {name: getattr(self, name) for name in self.__slots__}
        _same_length("ignitions", len(self.drone), **columns)


@dataclass(frozen=True, slots=True)
class Carriers:
    """One row per drone that carries fireworks, in order of `drone`, a row of `Plan.drones`.

    `load` names "fleet/load". `payload_kg` hangs under it at take-off, `max_payload_kg` is what its model lifts,
    `channels` how many ignitions its model has (0: not known). Speeds, acceleration, wind and endurance are those of
    the loaded drone by `source` (the model's row or the designer's own); UNKNOWN where nobody states them.
    """

    drone: Ints = field(default_factory=lambda: frozen([], np.int32, (None,)))
    load: tuple[str, ...] = ()
    channels: Ints = field(default_factory=lambda: frozen([], np.int32, (None,)))
    payload_kg: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    max_payload_kg: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    max_speed_xy_mps: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    max_speed_up_mps: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    max_speed_down_mps: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    max_accel_mps2: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    max_wind_mps: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    endurance_s: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    source: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.drone)

    def __post_init__(self) -> None:
        columns = {name: getattr(self, name) for name in self.__slots__}
        _same_length("carriers", len(self.drone), **columns)
