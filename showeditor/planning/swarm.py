"""Flights to drone paths and lights: every fleet of a show, its drones' pieces and keys, and what is wrong."""

import math
from dataclasses import dataclass, field, replace

import numpy as np

from showeditor.model.arrays import Floats, Longs, frozen
from showeditor.model.carried import Carriers
from showeditor.model.errors import BadInput
from showeditor.model.finding import Finding
from showeditor.model.limits import Limits
from showeditor.model.music import moment_us
from showeditor.model.plan import Drones
from showeditor.model.show import Show
from showeditor.model.swarm import Fleet
from showeditor.planning import swarm_complaints as complaints
from showeditor.planning.airfield import airfield
from showeditor.planning.carriers import Burden, burdens, carrier_rows, flown_within
from showeditor.planning.fleets import settled
from showeditor.planning.flight import Fleetmates, Leg, plan_flight
from showeditor.planning.grouping import classes_of
from showeditor.planning.light_layers import tick_us
from showeditor.planning.lights import Lit, light_rows
from showeditor.planning.models import DroneModel, drone_model, drone_models
from showeditor.planning.pieces import Block, assemble
from showeditor.planning.yaw import yaw_keys, yaw_rows

FALLBACK_MODEL = "skybrush-default"
"""Whose numbers stand in for an unknown drone model, so that there is a picture (the plan is blocked all the same)."""


_NONE = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Swarm:
    """The drones' part of a Plan. `legs` are the ways between scenes with their shortest safe durations.

    `lit` are all scenes with the rows of their drones, `carried` all loads with the row of their fleet's first drone,
    `rest_deg` where noses point that nobody turns. `source` are the parts of the Show it was compiled from.
    """

    drones: Drones
    limits: Limits
    limits_source: str
    problems: tuple[Finding, ...]
    legs: tuple[Leg, ...] = ()
    lit: tuple[Lit, ...] = ()
    carriers: Carriers = field(default_factory=Carriers)
    carried: tuple[tuple[int, Burden], ...] = ()
    rest_deg: Floats = field(default_factory=lambda: np.zeros(0))
    source: tuple[object, ...] = ()

    @property
    def proofs(self) -> tuple[Finding, ...]:
        """Why the ways keep their distance, as a note; nothing where one of them does not, or where none is flown."""
        near = [leg.gap_m for leg in self.legs]
        limit = self.limits.min_gap_m
        if not near or min(near) < limit - 1e-6 or math.isinf(min(near)):
            return ()
        proven = sum(leg.proven for leg in self.legs)
        begin, end = min(leg.depart_us for leg in self.legs), max(leg.arrive_us for leg in self.legs)
        return (complaints.proof(len(self.legs), proven, min(near), limit, begin, end),)


def compile_swarm(show: Show, previous: Swarm | None = None) -> Swarm:
    """The drone paths and lights of a show; `previous` itself when nothing they depend on has changed.

    Transitions are remembered by the places they join, so an edited scene costs only the ways next to it, and the
    result is the same as that of a fresh compile. Problems of the show become Findings, never exceptions.
    """
    music = (show.music.start_us, show.music.downbeat_us, show.music.tempo) if show.music else None
    source = (show.fleets, show.formations, show.flights, show.limits, music)
    if isinstance(previous, Swarm) and previous.source == source:
        return previous
    problems: list[Finding] = []
    models = {fleet.id: _model(fleet, problems) for fleet in show.fleets}
    limits, limits_source = _limits(show, models)
    formations = {formation.id: formation for formation in show.formations}
    fleets = {fleet.id: fleet for fleet in show.fleets}
    problems += [complaints.no_fleet(flight) for flight in show.flights if flight.fleet not in fleets]

    names: list[str] = []
    owners: list[str] = []
    homes: list[Floats] = []
    off: list[Longs] = []
    on: list[Longs] = []
    blocks: list[Block] = []
    lit: list[Lit] = []
    legs: list[Leg] = []
    carried: list[tuple[int, Burden]] = []
    turns: list[tuple[Longs, Longs, Floats]] = []
    for fleet in fleets.values():
        base, lit_before = len(names), len(lit)
        loads = burdens(fleet, models[fleet.id], problems)
        carried += [(base, load) for load in loads]
        bounds = flown_within(limits, loads)
        step_us, white = _lamp(fleet, models[fleet.id], problems)
        ground = airfield(fleet, models[fleet.id], bounds)
        own = _names(fleet)
        known = (
            np.concatenate([*homes, np.zeros((0, 3))]),
            np.concatenate([*off, _NONE]),
            np.concatenate([*on, _NONE]),
        )
        mates = Fleetmates(own, classes_of(fleet, loads), settled(base, blocks, *known) if base else None, tuple(names))
        names += own
        owners += [fleet.id] * fleet.count
        homes.append(ground.pads_m)
        first, last = np.zeros(fleet.count, np.int64), np.zeros(fleet.count, np.int64)
        holder, ready_us = np.arange(fleet.count), None
        flights = [flight for flight in show.flights if flight.fleet == fleet.id]
        flights.sort(key=lambda flight: moment_us(flight.takeoff, show.music))
        for flight in flights:
            flown = plan_flight(flight, ground, bounds, formations, show.music, holder, mates, ready_us)
            if ready_us is None:
                first = flown.off_us
            else:
                blocks.append(_grounded(flown.blocks, holder, ground.pads_m, ready_us, base))
            last, holder, ready_us = flown.on_us, flown.holder, flown.down_us
            blocks += [_shifted(block, base) for block in flown.blocks]
            lit += [
                replace(one, drone=one.drone + base, step_us=step_us, music=show.music, white=white)
                for one in flown.lit
            ]
            legs += flown.legs
            problems += flown.problems
        turns += yaw_keys(fleet, base, lit[lit_before:], models[fleet.id].limits.max_yaw_rate_dps, problems)
        off.append(first)
        on.append(last)

    n = len(names)
    rows = assemble(n, blocks)
    keys = light_rows(n, lit)
    yaw = yaw_rows(n, turns)
    drones = Drones(
        name=tuple(names),
        fleet=tuple(owners),
        home_m=frozen(np.concatenate([*homes, np.zeros((0, 3))]), np.float64, (None, 3)),
        off_us=frozen(np.concatenate([*off, np.zeros(0, np.int64)]), np.int64, (None,)),
        on_us=frozen(np.concatenate([*on, np.zeros(0, np.int64)]), np.int64, (None,)),
        piece_start=frozen(rows.piece_start, np.int64, (None,)),
        piece_t0_us=frozen(rows.t0_us, np.int64, (None,)),
        piece_t1_us=frozen(rows.t1_us, np.int64, (None,)),
        ctrl_start=frozen(rows.ctrl_start, np.int64, (None,)),
        ctrl=frozen(rows.ctrl, np.float64, (None, 3)),
        yaw_start=frozen(yaw.start, np.int64, (None,)),
        yaw_t_us=frozen(yaw.t_us, np.int64, (None,)),
        yaw_deg=frozen(yaw.deg, np.float64, (None,)),
        key_start=frozen(keys.key_start, np.int64, (None,)),
        key_t_us=frozen(keys.t_us, np.int64, (None,)),
        key_rgbw=frozen(keys.rgbw, np.uint8, (None, 4)),
        key_fade=frozen(keys.fade, np.bool_, (None,)),
    )
    rest_deg = np.repeat([fleet.grid.heading_deg for fleet in fleets.values()], [f.count for f in fleets.values()])
    return Swarm(
        drones, limits, limits_source, tuple(problems), tuple(legs), tuple(lit), carrier_rows(carried), tuple(carried),
        rest_deg, source,
    )  # fmt: skip


def _model(fleet: Fleet, problems: list[Finding]) -> DroneModel:
    try:
        return drone_model(fleet.model)
    except BadInput:
        problems.append(complaints.no_model(fleet, ", ".join(m.id for m in drone_models())))
        return drone_model(FALLBACK_MODEL)


def _lamp(fleet: Fleet, model: DroneModel, problems: list[Finding]) -> tuple[int, bool]:
    """How far apart its light keys lie, and whether its white lamp is used."""
    if fleet.white and not model.has_white:
        problems.append(complaints.no_white(fleet))
    rates = [rate for rate in (model.colour_steps_per_s, model.limits.max_light_steps_hz) if rate is not None]
    return tick_us(min(rates, default=None)), fleet.white and model.has_white


def _limits(show: Show, models: dict[str, DroneModel]) -> tuple[Limits, str]:
    """The strictest limits of all fleets and of the show, and whose they are."""
    rows = list(dict.fromkeys(models.values()))
    if not rows:
        return show.limits or Limits(), "show" if show.limits else "program default"
    limits = rows[0].limits
    for row in rows[1:]:
        limits = limits.tightened(row.limits)
    source = "drone model " + ", ".join(row.id for row in rows)
    if show.limits is not None and limits.tightened(show.limits) != limits:
        return limits.tightened(show.limits), f"{source}, tightened by the show"
    return limits, source


def _names(fleet: Fleet) -> tuple[str, ...]:
    width = max(3, len(str(fleet.count)))
    return tuple(f"{fleet.id}-{k + 1:0{width}d}" for k in range(fleet.count))


def _shifted(block: Block, base: int) -> Block:
    return Block(block.drone + base, block.t0_us, block.t1_us, block.count, block.ctrl)


def _grounded(blocks: tuple[Block, ...], holder: Longs, pads_m: Floats, down_us: int, base: int) -> Block:
    """All drones stand on their pads from one landing to the next take-off."""
    start_us = min(int(block.t0_us.min()) for block in blocks)
    ones = np.ones(len(holder), np.int64)
    return Block(holder + base, ones * down_us, ones * start_us, ones, pads_m)
