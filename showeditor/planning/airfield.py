"""The take-off grid: pads, layers of waiting places above them, vertical climbs and landings, parking for spare drones.

Where pads lie closer together than drones may fly, neighbours wait in different layers and take off and land in turns.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from showeditor.model.arrays import Floats, Longs
from showeditor.model.limits import Limits
from showeditor.model.swarm import Fleet, Grid
from showeditor.planning.models import DroneModel
from showeditor.planning.pieces import Block, uniform
from showeditor.planning.transition import RAMP, SPEED_SHARE

_EASE = 1.005
"""Height between layers beyond the gap itself, so that rounding never spoils it."""

TICK_US = 1000


def grid_places(grid: Grid, count: int, first: int = 0) -> Floats:
    """Places `first`.. of a grid (count, 3): columns to the right of the heading, rows going forward."""
    turn = math.radians(grid.heading_deg)
    right = np.array([math.cos(turn), -math.sin(turn), 0.0])
    ahead = np.array([math.sin(turn), math.cos(turn), 0.0])
    k = np.arange(first, first + count)
    column, row = k % grid.columns, k // grid.columns
    places: Floats = np.array(grid.origin_m) + grid.spacing_m * (column[:, None] * right + row[:, None] * ahead)
    return places


def _layers(grid: Grid, count: int, clear_m: float) -> tuple[Longs, int]:
    """Layer of each pad, so that pads of one layer lie `clear_m` apart, and the number of layers."""
    k = np.arange(count)
    column, row = k % grid.columns, k // grid.columns
    if count == 1:
        return np.zeros(1, np.int64), 1
    ratio = clear_m / grid.spacing_m - 1e-9
    for layers, (a, b) in _LATTICES.items():
        if ratio <= math.sqrt(layers):
            return (a * column + b * row) % layers, layers
    step = math.ceil(ratio)
    return (column % step) * step + row % step, step * step


_LATTICES = {1: (0, 0), 2: (1, 1), 5: (1, 2), 10: (1, 3), 13: (1, 5)}
"""Layers -> factors of column and row: places with equal (a column + b row) mod layers lie sqrt(layers) pads apart."""


@dataclass(frozen=True)
class Airfield:
    """Everything near the ground for one fleet: `pads_m` (n, 3), `layer` of each, `waiting_m` the place above it."""

    fleet: Fleet
    model: DroneModel
    limits: Limits
    pads_m: Floats
    layer: Longs
    layers: int
    waiting_m: Floats

    @cached_property
    def crowded(self) -> bool:
        """Whether neighbours must not fly at the same height, so that layers move in turns."""
        return len(self.pads_m) > 1 and self.fleet.grid.spacing_m < self.limits.min_gap_m

    def climb_s(self) -> tuple[float, float, float]:
        """Climb speed, landing speed and acceleration within the limits."""
        up = min(self.model.takeoff_speed_mps, SPEED_SHARE * self.limits.max_speed_up_mps)
        down = min(self.model.landing_speed_mps, SPEED_SHARE * self.limits.max_speed_down_mps)
        return up, down, 0.8 * self.limits.max_accel_mps2

    def takeoff(self, start_us: int) -> tuple[list[Block], Longs, int]:
        """Pieces from the pads to the waiting places, when each drone leaves the ground, and when all wait."""
        speed, _, accel = self.climb_s()
        return self._vertical(self.pads_m, self.waiting_m, start_us, speed, accel, top_first=True)

    def landing(self, start_us: int) -> tuple[list[Block], Longs, int]:
        """Pieces from the waiting places to the pads, when each drone reaches the ground, and when all are down."""
        _, speed, accel = self.climb_s()
        return self._vertical(self.waiting_m, self.pads_m, start_us, speed, accel, top_first=False)

    def _vertical(
        self, start_m: Floats, end_m: Floats, start_us: int, speed: float, accel: float, *, top_first: bool
    ) -> tuple[list[Block], Longs, int]:
        # going up the highest layer leaves first, going down the lowest lands first: nobody passes anybody
        order = range(self.layers - 1, -1, -1) if top_first else range(self.layers)
        begin = np.zeros(len(start_m), np.int64)
        end = np.zeros(len(start_m), np.int64)
        t_us = start_us
        moves: list[Block] = []
        for layer in order:
            rows = np.nonzero(self.layer == layer)[0]
            if not len(rows):
                continue
            blocks, t1_us = _rise(rows, start_m[rows], end_m[rows], t_us, speed, accel)
            moves += blocks
            begin[rows], end[rows] = t_us, t1_us
            if self.crowded:
                t_us = t1_us
        last_us = int(end.max())
        before = _waits(start_m, np.full(len(start_m), start_us), begin)
        after = _waits(end_m, end, np.full(len(start_m), last_us))
        return before + moves + after, begin if top_first else end, last_us

    def parking(self, formation_m: Floats, count: int, clear_m: float) -> Floats:
        """Places (count, 3) for spare drones: in the fleet's park grid, or above the airfield, under the formation.

        Climbing is what takes most time, so the derived parking is as high as it can be without showing in front of
        the formation. Places nearer than `clear_m` to a point of the formation are left out.
        """
        if count == 0:
            return np.zeros((0, 3))
        found: list[Floats] = []
        missing, first = count, 0
        below_m = float(formation_m[:, 2].min()) - clear_m
        while missing > 0:
            places = self._park_places(first, missing + len(self.pads_m) // 8 + 16, below_m)
            first += len(places)
            near = np.zeros(len(places), np.bool_)
            for a in range(0, len(places), 256):
                part = places[a : a + 256, None, :] - formation_m[None]
                near[a : a + 256] = ((part * part).sum(axis=2) < clear_m * clear_m).any(axis=1)
            free = places[~near][:missing]
            found.append(free)
            missing -= len(free)
        return np.concatenate(found)

    def _park_places(self, first: int, count: int, below_m: float) -> Floats:
        if self.fleet.park is not None:
            return grid_places(self.fleet.park, count, first)
        grid, total = self.fleet.grid, max(2, first + count)
        layer, layers = _layers(grid, total, math.sqrt(2.0) * self.limits.min_gap_m)
        # the lift follows from the highest layer there is, not from the places asked for: all calls agree
        top = float(_heights(self.model, self.limits, grid, np.array([layers - 1]))[0])
        places = grid_places(grid, total)
        places[:, 2] += _heights(self.model, self.limits, grid, layer)
        places[:, 2] += max(0.0, below_m - top - grid.origin_m[2])
        return places[first : first + count]


def _heights(model: DroneModel, limits: Limits, grid: Grid, layer: Longs) -> Floats:
    lowest = max(model.takeoff_altitude_m, limits.min_nav_altitude_m + 1.0)
    clear = math.sqrt(2.0) * limits.min_gap_m
    # one pad's neighbour waits in another layer: together with the sideways distance this makes the full clearance
    step = max(limits.min_gap_m * _EASE, math.sqrt(max(0.0, clear**2 - grid.spacing_m**2)))
    return np.asarray(lowest + layer * step, np.float64)


def airfield(fleet: Fleet, model: DroneModel, limits: Limits) -> Airfield:
    """The airfield of a fleet: waiting places lie sqrt(2) gaps apart, so that flights from them are clear."""
    pads = grid_places(fleet.grid, fleet.count)
    layer, layers = _layers(fleet.grid, fleet.count, math.sqrt(2.0) * limits.min_gap_m)
    waiting = pads.copy()
    waiting[:, 2] += _heights(model, limits, fleet.grid, layer)
    return Airfield(fleet, model, limits, pads, layer, layers, waiting)


def _waits(place_m: Floats, t0_us: Longs, t1_us: Longs) -> list[Block]:
    rows = np.nonzero(t1_us > t0_us)[0]
    if not len(rows):
        return []
    return [Block(rows, t0_us[rows], t1_us[rows], np.ones(len(rows), np.int64), place_m[rows])]


def _rise(
    rows: Longs, start_m: Floats, end_m: Floats, t0_us: int, speed: float, accel: float
) -> tuple[list[Block], int]:
    """A vertical move of equal length for all rows: smooth ramps and a cruise; blocks and when it ends."""
    way = float(end_m[0, 2] - start_m[0, 2])
    ramp_s = 1.5 * speed / accel
    if abs(way) < speed * ramp_s:
        # too short to reach the speed: two ramps make the way, and the lower peak keeps the acceleration
        ramp_s = math.sqrt(1.5 * abs(way) / accel)
    ramp_us = math.ceil(ramp_s * 1e6 / TICK_US) * TICK_US
    cruise_s = max(0.0, abs(way) / speed - ramp_us * 1e-6)
    cruise_us = math.ceil(cruise_s * 1e6 / TICK_US) * TICK_US
    # whole milliseconds first, then the speed that makes the way in exactly that time
    part = ramp_us / (ramp_us + cruise_us)
    ramp, ones = RAMP * part, np.ones(len(rows), np.int64)
    shares = [(ramp, ramp_us), (np.array([ramp[-1], 1.0 - ramp[-1]]), cruise_us), (1.0 - ramp[::-1], ramp_us)]
    blocks: list[Block] = []
    t_us = t0_us
    for share, length_us in shares:
        if length_us > 0:
            ctrl = start_m[:, None, :] + (end_m - start_m)[:, None, :] * share[:, None]
            blocks.append(uniform(rows, ones * t_us, ones * (t_us + length_us), ctrl))
        t_us += length_us
    return blocks, t_us
