"""Loads of fleets as carriers: which drone carries what, what it weighs, and how it may be flown with it."""

from dataclasses import dataclass
from itertools import chain

import numpy as np

from showeditor.model.arrays import frozen
from showeditor.model.carried import UNKNOWN, Carriers
from showeditor.model.finding import Finding
from showeditor.model.limits import Limits
from showeditor.model.payload import Charge, Handling, Load
from showeditor.model.swarm import Fleet
from showeditor.planning import payload_complaints as complaints
from showeditor.planning.models import DroneModel


@dataclass(frozen=True, slots=True)
class Burden:
    """One load with the fleet's drones (numbers from 0) that really carry it and the numbers it is flown by.

    `handling` is None where nobody states how the loaded drone flies.
    """

    fleet: Fleet
    load: Load
    drones: tuple[int, ...]
    mass_kg: float | None
    max_payload_kg: float | None
    channels: int | None
    handling: Handling | None

    def charge(self, channel: int) -> Charge | None:
        """What hangs on a channel."""
        return next((c for c in self.load.charges if c.channel == channel), None)


def burdens(fleet: Fleet, model: DroneModel, problems: list[Finding]) -> tuple[Burden, ...]:
    """The loads of a fleet; what is wrong with them is added to `problems`. A drone carries its first load only."""
    out: list[Burden] = []
    taken: set[int] = set()
    for load in fleet.loads:
        drones: list[int] = []
        for number in load.drones or range(1, fleet.count + 1):
            missing, twice = number > fleet.count, number in taken
            if missing or twice:
                problems.append(complaints.no_such_drone(fleet, load, number, twice=twice))
                break
            drones.append(number - 1)
            taken.add(number)
        out.append(_burden(fleet, load, tuple(sorted(drones)), model, problems))
    return tuple(out)


def _burden(fleet: Fleet, load: Load, drones: tuple[int, ...], model: DroneModel, problems: list[Finding]) -> Burden:
    lifting, mass = model.lifting, load.mass_kg
    stated = sorted(load.handling, key=lambda row: row.payload_kg)
    most = lifting.max_payload_kg if lifting else (stated[-1].payload_kg if stated else None)
    channels = lifting.ignitions if lifting else None
    handling: Handling | None = None
    if not load.charges:
        return Burden(fleet, load, drones, 0.0, most, channels, None)
    if most is None:
        problems.append(complaints.no_carrier(fleet, load))
    used = max(charge.channel for charge in load.charges)
    if channels is not None and used > channels:
        problems.append(complaints.too_many_channels(fleet, load, used, channels))
    if mass is None:
        problems.append(complaints.no_mass(fleet, load))
    else:
        if most is not None and mass > most + 1e-9:
            problems.append(complaints.too_heavy(fleet, load, mass, most))
        rows = (*stated, *(lifting.handling if lifting else ()))
        handling = next((row for row in rows if row.payload_kg >= mass - 1e-9), None)
        if handling is None and most is not None:
            problems.append(complaints.no_handling(fleet, load, mass))
    return Burden(fleet, load, drones, mass, most, channels, handling)


def flown_within(limits: Limits, carried: tuple[Burden, ...]) -> Limits:
    """Flight limits that every drone of the fleet keeps, loaded ones too: all fly by one clock."""
    for one in carried:
        row = one.handling
        if row is not None and one.drones:
            limits = _slower(limits, row)
    return limits


def _slower(limits: Limits, row: Handling) -> Limits:
    values = {name: getattr(limits, name) for name in limits.__struct_fields__}
    for name in ("max_speed_xy_mps", "max_speed_up_mps", "max_speed_down_mps", "max_accel_mps2"):
        values[name] = min(values[name], getattr(row, name))
    return Limits(**values)


def carrier_rows(carried: list[tuple[int, Burden]]) -> Carriers:
    """All carriers; each burden comes with the row of its fleet's first drone."""
    rows = sorted(
        chain.from_iterable(((base + k, one) for k in one.drones if one.load.charges) for base, one in carried),
        key=lambda row: row[0],
    )

    def column(name: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        values = [getattr(one.handling, name) if one.handling else None for _, one in rows]
        return frozen([UNKNOWN if v is None else v for v in values], np.float32, (None,))

    def known(values: list[float | None]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        return frozen([UNKNOWN if v is None else v for v in values], np.float32, (None,))

    return Carriers(
        drone=frozen([k for k, _ in rows], np.int32, (None,)),
        load=tuple(f"{one.fleet.id}/{one.load.id}" for _, one in rows),
        channels=frozen([one.channels or 0 for _, one in rows], np.int32, (None,)),
        payload_kg=known([one.mass_kg for _, one in rows]),
        max_payload_kg=known([one.max_payload_kg for _, one in rows]),
        max_speed_xy_mps=column("max_speed_xy_mps"),
        max_speed_up_mps=column("max_speed_up_mps"),
        max_speed_down_mps=column("max_speed_down_mps"),
        max_accel_mps2=column("max_accel_mps2"),
        max_wind_mps=column("max_wind_mps"),
        endurance_s=column("endurance_s"),
        source=tuple(one.handling.source if one.handling else "" for _, one in rows),
    )
