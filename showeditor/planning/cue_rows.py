"""Cues -> a Block: the moment, the ignition worked back, the direction, the flight, the bursts.

What a row holds depends on its cue and the context alone, never on its neighbours, so that a plan put together from old
and fresh rows equals one compiled from scratch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from showeditor.kernels.ballistics import aims, bearings, rises
from showeditor.model.air import wind_vector
from showeditor.model.arrays import Flags, Floats, Longs
from showeditor.model.cue import Cue
from showeditor.model.errors import BadInput
from showeditor.model.finding import Finding
from showeditor.model.music import Music, moment_us
from showeditor.model.plan import ShotKind
from showeditor.model.venue import Position, Wind
from showeditor.planning import complaints
from showeditor.planning.births import Flown, born, offsets, stand
from showeditor.planning.blocks import Block, sealed
from showeditor.planning.device_rows import BurstRows, DeviceRows, ShotRows, device_rows, runs, starts_of

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Context:
    """What a cue's rows depend on besides the cue: positions, controllers on site, music, wind, seed."""

    positions: Mapping[str, Position]
    controllers: frozenset[str]
    music: Music | None
    wind: Wind
    seed: int


@dataclass(slots=True)
class _Lines:
    """Firing lines under construction: one entry per cue that can be planned."""

    cues: list[Cue]
    devices: list[int]
    places: list[Position]
    ignitions: list[int]


def compile_cues(cues: Sequence[Cue], context: Context) -> Block:
    """The rows of these cues; a cue that cannot be planned gets no rows and a Finding that blocks."""
    kinds: dict[str, int] = {}
    devices: list[DeviceRows] = []
    lines = _Lines([], [], [], [])
    planned = np.zeros(len(cues), dtype=np.int64)
    problems: dict[int, tuple[Finding, ...]] = {}
    for n, cue in enumerate(cues):
        found: list[Finding] = []
        moment = moment_us(cue.when, context.music)
        position = context.positions.get(cue.position)
        if position is None:
            found.append(complaints.unknown_position(cue, moment))
        if cue.address is not None and cue.address.controller not in context.controllers:
            found.append(complaints.unknown_controller(cue, moment))
        kind = kinds.get(cue.effect, -1)
        if kind < 0:
            try:
                rows = device_rows(cue.effect)
            except BadInput as error:
                found.append(complaints.unreadable_effect(cue, moment, error))
            else:
                kind = kinds[cue.effect] = len(devices)
                devices.append(rows)
        if kind >= 0 and devices[kind].device.unknown:
            found.append(complaints.unknown_words(cue, moment, devices[kind].device.unknown))
        if kind >= 0 and position is not None:
            planned[n] = 1
            lines.cues.append(cue)
            lines.devices.append(kind)
            lines.places.append(position)
            lines.ignitions.append(moment - (devices[kind].device.prefire_us if cue.holds == "bloom" else 0))
        if found:
            problems[n] = tuple(found)
    return _rows(planned, lines, devices, context, problems)


def _rows(
    planned: Longs,
    lines: _Lines,
    devices: list[DeviceRows],
    context: Context,
    problems: dict[int, tuple[Finding, ...]],
) -> Block:
    device = np.array(lines.devices, dtype=np.int64)
    ignition = np.array(lines.ignitions, dtype=np.int64)
    place = np.array([p.at_m for p in lines.places], dtype=np.float64).reshape(-1, 3)
    shot_counts = np.array([len(d.shots.kind) for d in devices], dtype=np.int64)
    burst_counts = np.array([len(d.bursts.look) for d in devices], dtype=np.int64)
    shots_here, bursts_here = shot_counts[device], burst_counts[device]

    # shots: every cue takes the rows of its device
    table = _stacked(devices, "shots", ShotRows)
    pick = runs(starts_of(shot_counts)[:-1][device], shots_here)
    line = np.repeat(np.arange(len(device)), shots_here)
    shot = {name: column[pick] for name, column in table.items()}
    heading = np.array([p.heading_deg for p in lines.places])
    lean = np.array([p.tilt_deg for p in lines.places])
    pan = np.array([c.pan_deg for c in lines.cues])
    tilt = np.array([c.tilt_deg for c in lines.cues])
    direction = aims(heading[line], lean[line], pan[line], tilt[line], shot["angle_deg"])
    origin = place[line] + offsets(heading[line], shot["offset_m"])
    muzzle = direction * shot["muzzle_mps"][:, None]
    rise, end_m, end_mps = rises(
        muzzle, shot["k0_per_m"], shot["rise_us"] * 1e-6, wind_vector(context.wind), origin[:, 2], context.wind.exponent
    )
    # a fountain stands: its lit time is no flight; a lantern climbs evenly
    standing = shot["kind"] == ShotKind.OTHER
    stand(rise, end_m, end_mps, standing, shot["climb_mps"], shot["rise_us"] * 1e-6, context.wind, origin[:, 2])
    rise[:, :, 0] += origin
    break_m = origin + end_m
    ignition_us = ignition[line] + shot["ignition_us"]
    lift_us = ignition_us + shot["latency_us"]
    break_us = lift_us + shot["rise_us"]

    # bursts: every shot's layers
    layer = _stacked(devices, "bursts", BurstRows)
    pick = runs(starts_of(burst_counts)[:-1][device], bursts_here)
    burst = {name: column[pick] for name, column in layer.items()}
    owner = np.repeat(np.arange(len(line)), shot["bursts"])
    cue_seed = np.array([crc32(c.id.encode()) for c in lines.cues], dtype=np.uint64)
    seed = _mixed(np.repeat(cue_seed, bursts_here), burst["serial"], context.seed)
    births = born(
        burst, owner, np.repeat(starts_of(shot["bursts"])[:-1], shot["bursts"]), seed,
        Flown(origin, lift_us, break_us, break_m, end_mps, rise, direction, heading[line]), context.wind,
    )  # fmt: skip
    birth_us = births.birth_us
    burst_end = birth_us + burst["life_us"]
    shot_end = np.maximum.reduceat(burst_end, starts_of(shot["bursts"])[:-1]) if len(owner) else burst_end
    first_shot = starts_of(shots_here)[:-1]
    line_end = np.maximum.reduceat(shot_end, first_shot) if len(line) else shot_end
    first = first_shot + np.array([d.first for d in devices], dtype=np.int64)[device]
    azimuth, from_vertical = bearings(direction[first])
    _complain(planned, lines, line, direction, end_m, standing, ignition, problems)

    counts_shots, counts_bursts = np.zeros_like(planned), np.zeros_like(planned)
    counts_shots[planned == 1] = shots_here
    counts_bursts[planned == 1] = bursts_here
    prefire = np.array([d.device.prefire_us for d in devices], dtype=np.int64)[device]
    firing: dict[str, Any] = {
        "module": np.array([c.address.module if c.address else -1 for c in lines.cues], dtype=np.int32),
        "pin": np.array([c.address.pin if c.address else -1 for c in lines.cues], dtype=np.int32),
        "ignition_us": ignition,
        "bloom_us": ignition + prefire,
        "end_us": line_end,
        "calibre_mm": np.array([d.device.calibre_mm for d in devices], dtype=np.float32)[device],
        "azimuth_deg": azimuth.astype(np.float32),
        "tilt_deg": from_vertical.astype(np.float32),
        "place_m": place,
    }
    shot_rows: dict[str, Any] = {
        "kind": shot["kind"],
        "calibre_mm": shot["calibre_mm"].astype(np.float32),
        "ignition_us": ignition_us,
        "lift_us": lift_us,
        "break_us": break_us,
        "end_us": shot_end,
        "origin_m": origin,
        "muzzle_mps": muzzle,
        "break_m": break_m,
        "break_mps": end_mps,
        "height_m": shot["height_m"].astype(np.float32),
        "mass_kg": shot["mass_kg"].astype(np.float32),
        "diameter_m": shot["diameter_m"].astype(np.float32),
        "drag": shot["drag"].astype(np.float32),
        "rise": rise,
        "bursts": shot["bursts"],
    }
    burst_rows: dict[str, Any] = {
        "look": burst["look"],
        "birth_us": birth_us,
        "life_us": burst["life_us"],
        "origin_m": births.origin_m,
        "velocity_mps": births.velocity_mps,
        "axis": births.axis,
        "scale": births.scale.astype(np.float32),
        "seed": (seed & np.uint64(0x7FFFFFFF)).astype(np.int32),
        "rides": burst["rides"],
    }
    for columns in (firing, shot_rows, burst_rows):
        for array in columns.values():
            sealed(array)
    return Block(
        lines=sealed(planned),
        shots=sealed(counts_shots),
        bursts=sealed(counts_bursts),
        texts={
            "cue": tuple(c.id for c in lines.cues),
            "effect": tuple(c.effect for c in lines.cues),
            "category": tuple(devices[k].device.category for k in lines.devices),
            "position": tuple(c.position for c in lines.cues),
            "controller": tuple(c.address.controller if c.address else "" for c in lines.cues),
            "rack": tuple(c.rack for c in lines.cues),
            "hazard": tuple(c.hazard for c in lines.cues),
        },
        firing=firing,
        shot_rows=shot_rows,
        burst_rows=burst_rows,
        problems=problems,
    )


def _stacked(devices: list[DeviceRows], part: str, of: type[ShotRows] | type[BurstRows]) -> dict[str, Any]:
    parts = [getattr(d, part) for d in devices] or [getattr(device_rows("Peony"), part)]
    return {name: np.concatenate([getattr(p, name) for p in parts]) for name in of.__slots__}


def _mixed(cue_seed: Hashes, serial: Longs, show_seed: int) -> Hashes:
    # splitmix64 over cue, layer and show, so that every burst differs and the same show repeats
    base = np.uint64((show_seed * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF)
    z = (cue_seed << np.uint64(20)) + serial.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + base
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(z ^ (z >> np.uint64(31)))


def _complain(
    planned: Longs,
    lines: _Lines,
    line: Longs,
    direction: Floats,
    end_m: Floats,
    standing: Flags,
    ignition: Longs,
    problems: dict[int, tuple[Finding, ...]],
) -> None:
    numbers = np.flatnonzero(planned)
    down = np.flatnonzero(direction[:, 2] < 1e-3)
    buried = np.flatnonzero((end_m[:, 2] < 0.0) & ~standing & (direction[:, 2] >= 1e-3))
    for shots, complaint in ((down, complaints.aims_down), (buried, complaints.breaks_at_ground)):
        seen: set[int] = set()
        for shot in shots.tolist():
            row = int(line[shot])
            if row in seen:
                continue
            seen.add(row)
            n = int(numbers[row])
            problems[n] = (*problems.get(n, ()), complaint(lines.cues[row], int(ignition[row]), lines.places[row]))
