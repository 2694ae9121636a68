"""Where and how every burst is born: at the muzzle, at the break, along a path, or from a star of an earlier burst.

All random choices come from seeds through exact operations, so that the same show gives the same bits anywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

from showeditor.effects.device import Axis
from showeditor.kernels.ballistics_stars import star_flights
from showeditor.model.air import wind_at
from showeditor.model.arrays import Flags, Floats, Longs
from showeditor.model.venue import Wind

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Flown:
    """Shots in flight, one row each; `heading_deg` is that of their position."""

    origin_m: Floats
    lift_us: Longs
    break_us: Longs
    break_m: Floats
    break_mps: Floats
    rise: Floats
    direction: Floats
    heading_deg: Floats


@dataclass(frozen=True, slots=True)
class Births:
    """One row per burst: moment, place, velocity, unit axis, and the factor on its look's speed."""

    birth_us: Longs
    origin_m: Floats
    velocity_mps: Floats
    axis: Floats
    scale: Floats


def offsets(heading_deg: Floats, offset_m: Floats) -> Floats:
    """Offsets (n, 3) right, forward, up of headings (n,) as vectors in the venue's frame."""
    if not offset_m.any():
        return np.zeros_like(offset_m)
    h = np.radians(heading_deg)
    sin, cos = np.sin(h), np.cos(h)
    right, forward = offset_m[:, 0], offset_m[:, 1]
    return np.stack([right * cos + forward * sin, forward * cos - right * sin, offset_m[:, 2]], axis=1)


def stand(
    rise: Floats,
    end_m: Floats,
    end_mps: Floats,
    standing: Flags,
    climb_mps: Floats,
    lit_s: Floats,
    wind: Wind,
    base_m: Floats,
) -> None:
    """Puts still paths, or even climbs in the wind of their middle height, in place of standing shots' flights."""
    rise[standing] = 0.0
    end_m[standing] = 0.0
    end_mps[standing] = 0.0
    free = np.flatnonzero(standing & (climb_mps > 0.0))
    if len(free):
        middle_m = base_m[free] + 0.5 * climb_mps[free] * lit_s[free]
        end_mps[free] = wind_at(wind, middle_m) + climb_mps[free, None] * np.array([0.0, 0.0, 1.0])
        end_m[free] = end_mps[free] * lit_s[free, None]
        rise[free, :, 0] = rise[free, :, 1] = 0.5 * end_m[free]


def born(burst: Mapping[str, Any], owner: Longs, first: Longs, seed: Hashes, flown: Flown, wind: Wind) -> Births:
    """The births of bursts, each with the row of its shot (`owner`) and of that shot's first burst (`first`)."""
    at_break: Flags = burst["at_break"]
    delay_us: Longs = burst["delay_us"]
    birth_us = np.where(at_break, flown.break_us[owner], flown.lift_us[owner]) + delay_us
    origin = np.where(at_break[:, None], flown.break_m[owner], flown.origin_m[owner])
    velocity = np.where(at_break[:, None], flown.break_mps[owner], 0.0)
    along = np.flatnonzero(burst["along"])
    if len(along):
        origin[along], velocity[along] = _on_path(flown, owner[along], delay_us[along])
    axis = _axes(burst["axis"], flown.direction[owner], seed)
    led: Flags = burst["led"]
    if led.any():
        axis[led] = _led(
            burst["axis"][led], burst["lead"][led], flown.direction[owner[led]], flown.heading_deg[owner[led]],
            seed[first[led]],
        )  # fmt: skip
    scale: Floats = burst["scale"]
    if burst["scatter"].any():
        scale = scale * (1.0 + burst["scatter"] * _between(seed, 7))
    generation: Longs = burst["generation"]
    for step in range(1, int(generation.max(initial=0)) + 1):
        rows = np.flatnonzero(generation == step)
        stars = rows - burst["parent"][rows]
        launch = velocity[stars] + axis[stars] * (burst["speed_mps"][stars] * scale[stars])[:, None]
        air = wind_at(wind, origin[stars, 2])
        gone, pace = star_flights(launch, burst["terminal_mps"][stars], air, delay_us[rows] * 1e-6)
        birth_us[rows] = birth_us[stars] + delay_us[rows]
        origin[rows] = origin[stars] + gone
        # what a star keeps of its velocity it keeps in the air that carries it
        velocity[rows] = air + (pace - air) * burst["keeps"][rows, None]
        ahead = rows[burst["axis"][rows] == Axis.FLIGHT]
        if len(ahead):
            axis[ahead] = _units(pace[np.searchsorted(rows, ahead)])
    return Births(birth_us, origin, velocity, axis, scale)


def _on_path(flown: Flown, shot: Longs, delay_us: Longs) -> tuple[Floats, Floats]:
    span = np.maximum(1, flown.break_us[shot] - flown.lift_us[shot]) * 1e-6
    x = np.clip(2.0 * delay_us * 1e-6 / span - 1.0, -1.0, 1.0)
    terms = np.moveaxis(flown.rise[shot], 2, 0)
    place = chebyshev.chebval(x[:, None], terms, tensor=False)
    pace = chebyshev.chebval(x[:, None], chebyshev.chebder(terms), tensor=False) * (2.0 / span)[:, None]
    return np.asarray(place), np.asarray(pace)


def _between(seed: Hashes, shift: int) -> Floats:
    """A number in [-1, 1) per seed, out of 20 of its bits."""
    bits = (seed >> np.uint64(shift)) & np.uint64(0xFFFFF)
    return np.asarray((bits.astype(np.float64) + 0.5) / 524288.0 - 1.0)


def _units(v: Floats) -> Floats:
    length = np.sqrt(v[:, 0] * v[:, 0] + v[:, 1] * v[:, 1] + v[:, 2] * v[:, 2])
    still = length < 1e-9
    out = v / np.where(still, 1.0, length)[:, None]
    out[still] = (0.0, 0.0, 1.0)
    return out


def _axes(kind: Longs, direction: Floats, seed: Hashes) -> Floats:
    out = np.zeros((len(kind), 3))
    out[:, 2] = 1.0
    flight = kind == Axis.FLIGHT
    out[flight] = direction[flight]
    free = kind == Axis.RANDOM
    if free.any():
        out[free] = _units(np.stack([_between(seed[free], shift) for shift in (0, 20, 40)], axis=1))
    return out


def _led(kind: Longs, lead: Floats, direction: Floats, heading_deg: Floats, seed: Hashes) -> Floats:
    """Directions `lead` given about the vertical or the flight, turned about it at random but alike for a shot."""
    out = offsets(heading_deg, lead)
    free = np.flatnonzero(kind != Axis.DEVICE)
    if len(free):
        z = np.where((kind[free] == Axis.FLIGHT)[:, None], direction[free], np.array([0.0, 0.0, 1.0]))
        # an orthonormal frame about z without a preferred direction (Duff et al. 2017)
        sign = np.where(z[:, 2] < 0.0, -1.0, 1.0)
        a = -1.0 / (sign + z[:, 2])
        b = z[:, 0] * z[:, 1] * a
        x = np.stack([1.0 + sign * z[:, 0] ** 2 * a, sign * b, -sign * z[:, 0]], axis=1)
        y = np.stack([b, sign + z[:, 1] ** 2 * a, -z[:, 1]], axis=1)
        turn = np.stack([_between(seed[free], 0), _between(seed[free], 20), np.zeros(len(free))], axis=1)
        cos, sin, _ = _units(turn).T
        cos = np.where(cos * cos + sin * sin < 0.5, 1.0, cos)
        across = lead[free, 0] * cos - lead[free, 1] * sin
        over = lead[free, 0] * sin + lead[free, 1] * cos
        out[free] = across[:, None] * x + over[:, None] * y + lead[free, 2:] * z
    return out
