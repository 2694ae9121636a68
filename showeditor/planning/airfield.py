"""The take-off grid: pads, layers of waiting places above them, vertical climbs and landings, parking for spare drones.

Where pads lie closer together than drones may fly, neighbours wait in different layers and take off and land in turns.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from showeditor.model.arrays import Floats, Longs
from showeditor.model.limits import Limits
from showeditor.model.passage import Turns
from showeditor.model.swarm import Fleet, Grid
from showeditor.planning.models import DroneModel
from showeditor.planning.pieces import Block, uniform
from showeditor.planning.transition import RAMP, SPEED_SHARE

_EASE = 1.005
"""Height between layers beyond the gap itself, so that rounding never spoils it."""

TICK_US = 1000


@dataclass(frozen=True, slots=True)
class Cells:
    """Column, row, layer and slot of places of a grid, counted from 0."""

    column: Longs
    row: Longs
    layer: Longs
    slot: Longs

    @staticmethod
    def of(grid: Grid, count: int, first: int = 0) -> "Cells":
        """Those of `count` places from the place `first` on."""
        cell, slot = np.divmod(np.arange(first, first + count), grid.slots)
        row, column = np.divmod(cell, grid.columns)
        layer = np.zeros_like(row)
        if grid.rows and grid.layer_m:
            layer, row = np.divmod(row, grid.rows)
        return Cells(column, row, layer, slot)


def grid_places(grid: Grid, count: int, first: int = 0) -> Floats:
    """Places `first`.. of a grid (count, 3): columns to the right of the heading, rows going forward, layers upward."""
    turn = math.radians(grid.heading_deg)
    right = np.array([math.cos(turn), -math.sin(turn), 0.0])
    ahead = np.array([math.sin(turn), math.cos(turn), 0.0])
    at = Cells.of(grid, count, first)
    x, y = grid.spacing_m * at.column + grid.slot_m * at.slot, grid.spacing_m * at.row
    if grid.box_columns:
        x = x + grid.aisle_m * (at.column // grid.box_columns)
    if grid.box_rows:
        y = y + grid.aisle_m * (at.row // grid.box_rows)
    places: Floats = np.array(grid.origin_m) + x[:, None] * right + y[:, None] * ahead
    places[:, 2] += grid.layer_m * at.layer
    return places


def _layers(grid: Grid, count: int, clear_m: float) -> tuple[Longs, int]:
    """Layer of each pad, so that pads of one layer lie `clear_m` apart, and the number of layers."""
    at = Cells.of(grid, count)
    if count == 1:
        return np.zeros(1, np.int64), 1
    ratio = clear_m / grid.spacing_m - 1e-9
    for layers, (a, b) in _LATTICES.items():
        if ratio <= math.sqrt(layers):
            layer, total = (a * at.column + b * at.row) % layers, layers
            break
    else:
        step = math.ceil(ratio)
        layer, total = (at.column % step) * step + at.row % step, step * step
    # slots of one place, and pads above one another, wait above one another
    levels = int(at.layer.max()) + 1
    return (at.layer * grid.slots + at.slot) * total + layer, total * grid.slots * levels


_LATTICES = {1: (0, 0), 2: (1, 1), 5: (1, 2), 10: (1, 3), 13: (1, 5)}
"""Layers -> factors of column and row: places with equal (a column + b row) mod layers lie sqrt(layers) pads apart."""


def _aside(grid: Grid, count: int) -> float:
    """How far apart, seen from above, two pads of different layers are at least."""
    if int(Cells.of(grid, count).layer.max(initial=0)):
        return 0.0
    return grid.slot_m if grid.slots > 1 else grid.spacing_m


def delays(grid: Grid, turns: Turns | None, count: int) -> Longs:
    """How long after the first group each pad's drone moves (us)."""
    if turns is None:
        return np.zeros(count, np.int64)
    at = Cells.of(grid, count)
    if turns.by in ("rows", "columns"):
        group = at.row if turns.by == "rows" else at.column
    elif turns.by == "boxes":
        wide = -(-grid.columns // grid.box_columns) if grid.box_columns else 1
        across = at.column // grid.box_columns if grid.box_columns else 0
        group = (at.row // grid.box_rows if grid.box_rows else 0) * wide + across + np.zeros_like(at.row)
    else:
        middle = (0.5 * (at.column.min() + at.column.max()), 0.5 * (at.row.min() + at.row.max()))
        group = np.floor(np.maximum(np.abs(at.column - middle[0]), np.abs(at.row - middle[1]))).astype(np.int64)
    _, rank = np.unique(group, return_inverse=True)
    if turns.reverse != (turns.by == "out-in"):
        rank = rank.max() - rank
    return np.asarray(rank * turns.step_us, np.int64)


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
        return len(self.pads_m) > 1 and _aside(self.fleet.grid, len(self.pads_m)) < self.limits.min_gap_m

    def climb_s(self) -> tuple[float, float, float]:
        """Climb speed, landing speed and acceleration within the limits."""
        up = min(self.model.takeoff_speed_mps, SPEED_SHARE * self.limits.max_speed_up_mps)
        down = min(self.model.landing_speed_mps, SPEED_SHARE * self.limits.max_speed_down_mps)
        return up, down, 0.8 * self.limits.max_accel_mps2

    def takeoff(self, start_us: int, turns: Turns | None = None) -> tuple[list[Block], Longs, int]:
        """Pieces from the pads to the waiting places, when each drone leaves the ground, and when all wait."""
        speed, _, accel = self.climb_s()
        return self._vertical(self.pads_m, self.waiting_m, start_us, speed, accel, turns, top_first=True)

    def landing(self, start_us: int, turns: Turns | None = None) -> tuple[list[Block], Longs, int]:
        """Pieces from the waiting places to the pads, when each drone reaches the ground, and when all are down."""
        _, speed, accel = self.climb_s()
        return self._vertical(self.waiting_m, self.pads_m, start_us, speed, accel, turns, top_first=False)

    def _vertical(
        self,
        start_m: Floats,
        end_m: Floats,
        start_us: int,
        speed: float,
        accel: float,
        turns: Turns | None,
        *,
        top_first: bool,
    ) -> tuple[list[Block], Longs, int]:
        # going up the highest layer leaves first, going down the lowest lands first: nobody passes anybody
        order = range(self.layers - 1, -1, -1) if top_first else range(self.layers)
        begin = np.zeros(len(start_m), np.int64)
        end = np.zeros(len(start_m), np.int64)
        t_us = start_us
        later = delays(self.fleet.grid, turns, len(start_m))
        moves: list[Block] = []
        for layer in order:
            rows = np.nonzero(self.layer == layer)[0]
            if not len(rows):
                continue
            # within a layer the groups follow each other as within the whole; a layer starts with its first group
            t0_us = t_us + later[rows] - (int(later[rows].min()) if self.crowded else 0)
            blocks, t1_us = _rise(rows, start_m[rows], end_m[rows], t0_us, speed, accel)
            moves += blocks
            begin[rows], end[rows] = t0_us, t1_us
            if self.crowded:
                t_us = int(t1_us.max())
        last_us = int(end.max())
        before = _waits(start_m, np.full(len(start_m), start_us), begin)
        after = _waits(end_m, end, np.full(len(start_m), last_us))
        return before + moves + after, begin if top_first else end, last_us

    def parking(self, formation_m: Floats, count: int, clear_m: float) -> tuple[Floats, int]:
        """Places (count, 3) for spare drones: in the fleet's park grid, or above the airfield, under the formation.

        Climbing is what takes most time, so the derived parking is as high as it can be without showing in front of
        the formation. Places nearer than `clear_m` to a point of the formation are left out. Also returns how many do
        not fit into a park of limited size: these are parked as if there were none.
        """
        if count == 0:
            return np.zeros((0, 3)), 0
        found: list[Floats] = []
        missing, first, over = count, 0, 0
        park = self.fleet.park
        room = park.holds if park is not None else None
        low, high = formation_m.min(axis=0) - clear_m, formation_m.max(axis=0) + clear_m
        below_m = float(low[2])
        while missing > 0:
            wanted = missing + len(self.pads_m) // 8 + 16
            if room is not None and first >= room:
                # the declared volume is full
                park, room, first, over = None, None, 0, missing
            wanted = min(wanted, room - first) if room is not None else wanted
            places = self._park_places(park, first, wanted, below_m)
            first += len(places)
            near = np.zeros(len(places), np.bool_)
            inside = np.flatnonzero(((places > low) & (places < high)).all(axis=1))
            for a in range(0, len(inside), 256):
                part = places[inside[a : a + 256], None, :] - formation_m[None]
                near[inside[a : a + 256]] = ((part * part).sum(axis=2) < clear_m * clear_m).any(axis=1)
            free = places[~near][:missing]
            found.append(free)
            missing -= len(free)
        return np.concatenate(found), over

    def _park_places(self, park: Grid | None, first: int, count: int, below_m: float) -> Floats:
        if park is not None:
            return grid_places(park, count, first)
        grid, total = self.fleet.grid, max(2, first + count)
        layer, layers = _layers(grid, total, math.sqrt(2.0) * self.limits.min_gap_m)
        # the lift follows from the highest layer there is, not from the places asked for: all calls agree
        top = float(_heights(self.model, self.limits, grid, np.array([layers - 1]), total)[0])
        places = grid_places(grid, total)
        places[:, 2] = grid.origin_m[2] + _heights(self.model, self.limits, grid, layer, total)
        places[:, 2] += max(0.0, below_m - top - grid.origin_m[2])
        return places[first : first + count]


def _heights(model: DroneModel, limits: Limits, grid: Grid, layer: Longs, count: int) -> Floats:
    rack_m = grid.layer_m * int(Cells.of(grid, count).layer.max(initial=0))
    lowest = rack_m + max(model.takeoff_altitude_m, limits.min_nav_altitude_m + 1.0)
    clear = math.sqrt(2.0) * limits.min_gap_m
    # one pad's neighbour waits in another layer: together with the sideways distance this makes the full clearance
    step = max(limits.min_gap_m * _EASE, math.sqrt(max(0.0, clear**2 - _aside(grid, count) ** 2)))
    return np.asarray(lowest + layer * step, np.float64)


def airfield(fleet: Fleet, model: DroneModel, limits: Limits) -> Airfield:
    """The airfield of a fleet: waiting places lie sqrt(2) gaps apart, so that flights from them are clear."""
    pads = grid_places(fleet.grid, fleet.count)
    layer, layers = _layers(fleet.grid, fleet.count, math.sqrt(2.0) * limits.min_gap_m)
    waiting = pads.copy()
    waiting[:, 2] = fleet.grid.origin_m[2] + _heights(model, limits, fleet.grid, layer, fleet.count)
    return Airfield(fleet, model, limits, pads, layer, layers, waiting)


def _waits(place_m: Floats, t0_us: Longs, t1_us: Longs) -> list[Block]:
    rows = np.nonzero(t1_us > t0_us)[0]
    if not len(rows):
        return []
    return [Block(rows, t0_us[rows], t1_us[rows], np.ones(len(rows), np.int64), place_m[rows])]


def _rise(
    rows: Longs, start_m: Floats, end_m: Floats, t0_us: Longs, speed: float, accel: float
) -> tuple[list[Block], Longs]:
    """A vertical move of equal length for all rows: smooth ramps and a cruise; blocks and when each ends."""
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
    ramp = RAMP * part
    shares = [(ramp, ramp_us), (np.array([ramp[-1], 1.0 - ramp[-1]]), cruise_us), (1.0 - ramp[::-1], ramp_us)]
    blocks: list[Block] = []
    t_us = t0_us
    for share, length_us in shares:
        if length_us > 0:
            ctrl = start_m[:, None, :] + (end_m - start_m)[:, None, :] * share[:, None]
            blocks.append(uniform(rows, t_us, t_us + length_us, ctrl))
        t_us = t_us + length_us
    return blocks, t_us
