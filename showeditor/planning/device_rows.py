"""Devices as columns of numbers, so that thousands of cues become arrays without a Python loop over their shots."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from threading import Lock

import numpy as np

from showeditor.effects.device import Device, Layer, Vector
from showeditor.effects.looks import longest_life_us
from showeditor.effects.reading import read
from showeditor.kernels.ballistics import drag_per_m
from showeditor.model.arrays import Bytes, Flags, Floats, Ints, Longs
from showeditor.model.look import Look


@dataclass(frozen=True, slots=True)
class ShotRows:
    """The shots of one device, or of several after one another; times from the device's ignition."""

    ignition_us: Longs
    latency_us: Longs
    rise_us: Longs
    kind: Bytes
    calibre_mm: Floats
    height_m: Floats
    angle_deg: Floats
    muzzle_mps: Floats
    mass_kg: Floats
    diameter_m: Floats
    drag: Floats
    k0_per_m: Floats
    offset_m: Floats
    climb_mps: Floats
    bursts: Longs


@dataclass(frozen=True, slots=True)
class BurstRows:
    """The layers of those shots in their order; `delay_us` after lift, break or birth, `look` as `look_id` numbers it.

    `led`: the axis is `lead` in the frame that `axis` names. `parent`: how many rows before this one stands the star
    that it is born from, 0 for none; `keeps` is the share of that star's velocity that it takes along.
    """

    look: Longs
    at_break: Flags
    rides: Flags
    along: Flags
    axis: Ints
    led: Flags
    lead: Floats
    scale: Floats
    scatter: Floats
    delay_us: Longs
    life_us: Longs
    serial: Longs
    parent: Longs
    generation: Longs
    keeps: Floats
    speed_mps: Floats
    terminal_mps: Floats


@dataclass(frozen=True, slots=True)
class DeviceRows:
    """A device with its columns; `first` is its earliest shot."""

    device: Device
    first: int
    shots: ShotRows
    bursts: BurstRows


_NUMBERS: dict[Look, int] = {}
_LOOKS: list[Look] = []
_KEYS: list[tuple[object, ...]] = []
_LOCK = Lock()
_UNLED: Vector = (0.0, 0.0, 0.0)


def look_id(look: Look) -> int:
    """A number for a look, the same as long as the program runs (plans number their own looks afresh)."""
    with _LOCK:
        number = _NUMBERS.get(look)
        if number is None:
            number = _NUMBERS[look] = len(_LOOKS)
            _LOOKS.append(look)
            _KEYS.append(tuple(getattr(look, f.name) for f in fields(look)))
        return number


def ordered_looks(numbers: list[int]) -> list[int]:
    """Look numbers in an order that depends on the looks alone."""
    return sorted(numbers, key=_KEYS.__getitem__)


def look_of(number: int) -> Look:
    """The look of a number given by `look_id`."""
    return _LOOKS[number]


@dataclass(frozen=True, slots=True)
class _Birth:
    layer: Layer
    delay_us: int
    lead: Vector
    parent: int
    generation: int


def _births(layers: Sequence[Layer]) -> list[_Birth]:
    """Every burst of a shot, parents before their children."""
    out: list[_Birth] = []
    waiting: list[tuple[Layer, int]] = []
    for layer in layers:
        leads = layer.directions or (_UNLED,)
        # many births take the directions in turn, one birth takes them all
        births = range(layer.births) if layer.births > 1 else [0] * len(leads)
        for i, n in enumerate(births):
            lead = leads[i % len(leads)]
            waiting += [(child, len(out)) for child in layer.children]
            out.append(_Birth(layer, layer.after_us + n * layer.every_us, lead, 0, 0))
    while waiting:
        later: list[tuple[Layer, int]] = []
        for layer, parent in waiting:
            for lead in layer.directions or (_UNLED,):
                later += [(child, len(out)) for child in layer.children]
                out.append(_Birth(layer, layer.after_us, lead, len(out) - parent, out[parent].generation + 1))
        waiting = later
    return out


@lru_cache(maxsize=8192)
def device_rows(text: str) -> DeviceRows:
    """The device of a description as columns; raises BadInput when it cannot be read."""
    return rows_of(read(text))


def rows_of(device: Device) -> DeviceRows:
    """A device as columns."""
    shots = device.shots
    mass, diameter, drag = (np.array([getattr(s, n) for s in shots]) for n in ("mass_kg", "diameter_m", "drag"))
    layers = [tuple(_births(shot.layers)) for shot in shots]
    flat = [entry for entries in layers for entry in entries]
    lead = [entry.lead for entry in flat]
    length = [math.sqrt(x * x + y * y + z * z) for x, y, z in lead]
    return DeviceRows(
        device=device,
        first=min(range(len(shots)), key=lambda i: shots[i].ignition_us),
        shots=ShotRows(
            ignition_us=np.array([s.ignition_us for s in shots], dtype=np.int64),
            latency_us=np.array([s.latency_us for s in shots], dtype=np.int64),
            rise_us=np.array([s.rise_us for s in shots], dtype=np.int64),
            kind=np.array([s.kind for s in shots], dtype=np.uint8),
            calibre_mm=np.array([s.calibre_mm for s in shots]),
            height_m=np.array([s.height_m for s in shots]),
            angle_deg=np.array([s.angle_deg for s in shots]),
            muzzle_mps=np.array([s.muzzle_mps for s in shots]),
            mass_kg=mass,
            diameter_m=diameter,
            drag=drag,
            k0_per_m=drag_per_m(mass, diameter, drag),
            offset_m=np.array([s.offset_m for s in shots], dtype=np.float64).reshape(-1, 3),
            climb_mps=np.array([s.climb_mps for s in shots]),
            bursts=np.array([len(entries) for entries in layers], dtype=np.int64),
        ),
        bursts=BurstRows(
            look=np.array([look_id(e.layer.look) for e in flat], dtype=np.int64),
            at_break=np.array([e.layer.at_break for e in flat]),
            rides=np.array([e.layer.rides for e in flat]),
            along=np.array([e.layer.along for e in flat]),
            axis=np.array([e.layer.axis for e in flat], dtype=np.int32),
            led=np.array([n > 0.0 for n in length]),
            lead=np.array([[c / n if n else 0.0 for c in v] for v, n in zip(lead, length, strict=True)]).reshape(-1, 3),
            scale=np.array([n or 1.0 for n in length]),
            scatter=np.array([e.layer.scatter for e in flat]),
            delay_us=np.array([e.delay_us for e in flat], dtype=np.int64),
            life_us=np.array([longest_life_us(e.layer.look) for e in flat], dtype=np.int64),
            serial=np.arange(len(flat), dtype=np.int64),
            parent=np.array([e.parent for e in flat], dtype=np.int64),
            generation=np.array([e.generation for e in flat], dtype=np.int64),
            keeps=np.array([e.layer.keeps for e in flat]),
            speed_mps=np.array([e.layer.look.speed_mps for e in flat]),
            terminal_mps=np.array([e.layer.look.terminal_mps for e in flat]),
        ),
    )


def runs(starts: Longs, counts: Longs) -> Longs:
    """The indices starts[0], starts[0] + 1, ... (counts[0] of them), then those of starts[1], and so on."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    indices: Longs = np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - counts), counts)
    return indices


def starts_of(counts: Longs) -> Longs:
    """Where each owner's rows begin: the running sum of counts, from 0, one longer than counts."""
    starts: Longs = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return starts
