"""Fireworks on drones: which carrier fires which channel when, and the sparks that fall from it as it flies on."""

from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from showeditor.effects.device import Axis
from showeditor.kernels.paths import Paths
from showeditor.kernels.whereabouts import places
from showeditor.model.arrays import Floats, Ints, Longs, frozen
from showeditor.model.carried import UNKNOWN, Ignitions
from showeditor.model.errors import BadInput
from showeditor.model.finding import Finding
from showeditor.model.look import Look
from showeditor.model.payload import Charge, Load
from showeditor.model.plan import Bursts, Drones
from showeditor.model.swarm import Fleet
from showeditor.model.venue import Wind
from showeditor.planning import payload_complaints as complaints
from showeditor.planning.births import Flown, born
from showeditor.planning.carriers import Burden
from showeditor.planning.device_rows import look_of, ordered_looks, runs, starts_of
from showeditor.planning.lights import Lit
from showeditor.planning.payload_order import fired
from showeditor.planning.payload_rows import ChargeRows, NotCarried, charge_rows, reach_of
from showeditor.planning.yaw import aimed, headings


@dataclass(frozen=True, slots=True)
class Event:
    """One ignition: drone row, charge, moment, and the trigger ("scene/trigger") that asks for it."""

    drone: int
    charge: Charge
    t_us: int
    trigger: str


@dataclass(frozen=True, slots=True)
class Payload:
    """The payload's part of a Plan; `bursts.look` counts through `looks`."""

    ignitions: Ignitions
    bursts: Bursts
    looks: tuple[Look, ...]
    problems: tuple[Finding, ...]
    inputs: "Inputs | None" = None

    def numbered(self, first: int) -> Bursts:
        """The bursts with looks that count from `first`, where a plan's other looks end."""
        return replace(self.bursts, look=frozen(self.bursts.look + first, np.int32, (None,))) if first else self.bursts


EMPTY = Payload(Ignitions(), Bursts(), (), ())


def compile_payload(
    drones: Drones,
    rest_deg: Floats,
    carried: tuple[tuple[int, Burden], ...],
    lit: tuple[Lit, ...],
    wind: Wind,
    seed: int,
    previous: Payload | None = None,
) -> Payload:
    """The ignitions of all scenes' triggers and their sparks.

    `carried`: every load with the row of its fleet's first drone; `lit`: every scene with its drones' rows; `rest_deg`
    (drones,): headings of those that never turn. With `previous` the parts whose inputs stayed the same are shared.
    """
    if not carried:
        return previous if previous is not None and previous.inputs is None else EMPTY
    problems: list[Finding] = []
    under: dict[int, Burden] = {}
    for base, one in carried:
        if _usable(one.fleet, one.load, problems):
            under |= {base + k: one for k in one.drones}
    events = _events(drones, under, lit, problems)
    sources = (*_paths(drones), drones.yaw_start, drones.yaw_t_us, drones.yaw_deg, rest_deg)
    if previous is not None and _unmoved(previous, events, sources, (wind, seed)):
        return previous if previous.problems == tuple(problems) else replace(previous, problems=tuple(problems))
    ignitions, flown = _ignitions(drones, rest_deg, events)
    inputs = Inputs(tuple(events), sources, (wind, seed), flown)
    if previous is not None and _same(previous, ignitions, inputs):
        return replace(previous, problems=tuple(problems), inputs=inputs)
    bursts, looks = _bursts(drones, ignitions, flown, wind, seed)
    return Payload(ignitions, bursts, looks, tuple(problems), inputs)


def _usable(fleet: Fleet, load: Load, problems: list[Finding]) -> bool:
    """Complains of charges that cannot be read or carried; they are left out when their channel is fired."""
    for charge in load.charges:
        try:
            charge_rows(charge.effect)
        except NotCarried as error:
            problems.append(complaints.not_carried(fleet, load, charge, str(error), error.zh))
        except BadInput as error:
            problems.append(complaints.bad_effect(fleet, load, charge, error))
    return bool(load.charges)


def _events(drones: Drones, under: dict[int, Burden], lit: tuple[Lit, ...], problems: list[Finding]) -> list[Event]:
    """All ignitions in order of time, each charge at most once."""
    asked: list[Event] = []
    for one in lit:
        for trigger in one.scene.triggers:
            charges = [under[d].charge(trigger.channel) if d in under else None for d in one.drone.tolist()]
            begin = one.arrive_us + trigger.at_us
            able = np.array([charge is not None for charge in charges], np.bool_)
            named = np.isin(one.point, np.array(trigger.points)) if trigger.points else able
            bare = tuple(one.point[named & ~able].tolist()) + tuple(sorted({*trigger.points} - {*one.point.tolist()}))
            if bare or not able.any():
                problems.append(complaints.nothing_to_fire(one.scene, trigger, begin, bare))
            rows = np.flatnonzero(named & able)
            name = f"{one.scene.id}/{trigger.id}"
            for row, t_us in fired(trigger, one.formation, one.point, rows, begin):
                charge = charges[row]
                if charge is not None:
                    asked.append(Event(int(one.drone[row]), charge, t_us, name))
    asked.sort(key=lambda event: (event.t_us, event.drone, event.charge.channel))
    spent: dict[tuple[int, int], Event] = {}
    twice: list[tuple[Event, Event]] = []
    out: list[Event] = []
    for event in asked:
        key = (event.drone, event.charge.channel)
        if key in spent:
            twice.append((spent[key], event))
        else:
            spent[key] = event
            if _carried(event.charge.effect):
                out.append(event)
    if twice:
        first, again = twice[0]
        name, channel = drones.name[again.drone], again.charge.channel
        problems.append(complaints.fired_twice(name, channel, first.trigger, again.trigger, again.t_us, len(twice) - 1))
    return out


def _carried(effect: str) -> bool:
    try:
        charge_rows(effect)
    except BadInput:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Flown:
    """Bursts before they are born, and the drone at each: place, velocity, axis of fire and heading."""

    charges: tuple[ChargeRows, ...]
    kind: Longs
    owner: Longs
    release_us: Longs
    place_m: Floats
    velocity_mps: Floats
    direction: Floats
    heading_deg: Floats


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a payload was made from: ignitions asked for, paths and headings of all drones, wind and seed."""

    events: tuple[Event, ...]
    sources: tuple[NDArray[Any], ...]
    rest: tuple[object, ...]
    flown: _Flown


def _paths(drones: Drones) -> Paths:
    return Paths(
        drones.piece_start, drones.piece_t0_us, drones.piece_t1_us, drones.ctrl_start, drones.ctrl, drones.home_m
    )


def _states(drones: Drones, who: Longs, when_us: Longs) -> tuple[Floats, Floats]:
    paths = _paths(drones)
    # a millisecond to either side: exact for these polynomials to far below what is seen
    ahead, behind = places(paths, who, when_us + 1000), places(paths, who, when_us - 1000)
    return places(paths, who, when_us), (ahead - behind) / 2e-3


def _ignitions(drones: Drones, rest_deg: Floats, events: list[Event]) -> tuple[Ignitions, _Flown]:
    charges: list[ChargeRows] = []
    kinds: dict[str, int] = {}
    for event in events:
        if event.charge.effect not in kinds:
            kinds[event.charge.effect] = len(charges)
            charges.append(charge_rows(event.charge.effect))
    kind = np.array([kinds[event.charge.effect] for event in events], np.int64)
    who = np.array([event.drone for event in events], np.int64)
    when = np.array([event.t_us for event in events], np.int64)
    pitch = np.array([event.charge.pitch_deg for event in events], np.float64)
    yaw = np.array([event.charge.yaw_deg for event in events], np.float64)
    place, velocity = _states(drones, who, when)
    direction = aimed(headings(drones, rest_deg, who, when), pitch, yaw)
    reach = [reach_of(event.charge.effect, event.charge.pitch_deg) for event in events]
    sheets = [event.charge.sheet for event in events]

    def told(name: str) -> Any:
        stated = [getattr(sheet, name) if sheet else None for sheet in sheets]
        values = [
            getattr(own, name, UNKNOWN) if said is None else said for said, own in zip(stated, reach, strict=True)
        ]
        return frozen(values, np.float32, (None,))

    ignitions = Ignitions(
        drone=frozen(who, np.int32, (None,)),
        channel=frozen([event.charge.channel for event in events], np.int32, (None,)),
        trigger=tuple(event.trigger for event in events),
        effect=tuple(event.charge.effect for event in events),
        ignition_us=frozen(when, np.int64, (None,)),
        burnt_us=frozen(when + np.array([charges[k].burnt_us for k in kind], np.int64), np.int64, (None,)),
        dark_us=frozen(when + np.array([charges[k].dark_us for k in kind], np.int64), np.int64, (None,)),
        place_m=frozen(place, np.float64, (None, 3)),
        velocity_mps=frozen(velocity, np.float64, (None, 3)),
        direction=frozen(direction, np.float64, (None, 3)),
        pitch_deg=frozen(pitch, np.float32, (None,)),
        yaw_deg=frozen(yaw, np.float32, (None,)),
        cone_deg=told("cone_deg"),
        reach_m=told("reach_m"),
        fall_m=told("fall_m"),
        fall_s=told("fall_s"),
        recoil_ns=told("recoil_ns"),
        mass_kg=frozen([e.charge.mass_kg or UNKNOWN for e in events], np.float32, (None,)),
    )
    return ignitions, _flown(drones, rest_deg, tuple(charges), kind, ignitions, (pitch, yaw))


def _flown(
    drones: Drones,
    rest_deg: Floats,
    charges: tuple[ChargeRows, ...],
    kind: Longs,
    ignitions: Ignitions,
    mount: tuple[Floats, Floats],
) -> _Flown:
    counts = np.array([len(c.rows.bursts.look) for c in charges], np.int64)
    owner = np.repeat(np.arange(len(kind)), counts[kind]) if len(kind) else np.zeros(0, np.int64)
    delay = [_releases(charge) for charge in charges]
    after = np.concatenate([*(delay[k] for k in kind.tolist()), np.zeros(0, np.int64)])
    release = ignitions.ignition_us[owner] + after
    who = ignitions.drone[owner].astype(np.int64)
    place, velocity = _states(drones, who, release)
    heading = headings(drones, rest_deg, who, release)
    direction = aimed(heading, mount[0][owner], mount[1][owner])
    return _Flown(charges, kind, owner, release, place, velocity, direction, heading)


def _releases(charge: ChargeRows) -> Longs:
    """When each burst of a charge leaves the drone after ignition; children leave with the star they come from."""
    shots, bursts = charge.rows.shots, charge.rows.bursts
    shot = np.repeat(np.arange(len(shots.kind)), shots.bursts)
    out: Longs = (shots.ignition_us + shots.latency_us)[shot] + np.where(bursts.generation == 0, bursts.delay_us, 0)
    return out


def _bursts(
    drones: Drones, ignitions: Ignitions, flown: _Flown, wind: Wind, seed: int
) -> tuple[Bursts, tuple[Look, ...]]:
    if not len(ignitions):
        return Bursts(), ()
    counts = np.array([len(c.rows.bursts.look) for c in flown.charges], np.int64)
    pick = runs(starts_of(counts)[:-1][flown.kind], counts[flown.kind])
    tables = [charge.rows.bursts for charge in flown.charges]
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(table, name) for table in tables])[pick] for name in tables[0].__slots__
    }
    muzzle = np.concatenate([np.repeat(c.rows.shots.muzzle_mps, c.rows.shots.bursts) for c in flown.charges])[pick]
    free = columns["generation"] == 0
    # a star leaves the drone with the drone's velocity; one that has a path of its own on the ground flies freely here
    pace = flown.velocity_mps + np.where(columns["rides"], muzzle, 0.0)[:, None] * flown.direction
    columns["delay_us"] = np.where(free, 0, columns["delay_us"])
    columns["along"] = np.zeros(len(pick), np.bool_)
    columns["at_break"] = np.ones(len(pick), np.bool_)
    columns["axis"] = np.where(free & (columns["axis"] == Axis.UP), int(Axis.FLIGHT), columns["axis"])
    events = zip(ignitions.drone.tolist(), ignitions.trigger, strict=True)
    own = np.array([crc32(f"{drones.name[k]}/{trigger}".encode()) for k, trigger in events], np.uint64)
    hashes = (own[flown.owner] << np.uint64(20)) + columns["serial"].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    hashes = hashes + np.uint64((seed * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF)
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = hashes ^ (hashes >> np.uint64(31))
    n = len(pick)
    births = born(
        columns, np.arange(n), np.arange(n), hashes,
        Flown(
            flown.place_m, flown.release_us, flown.release_us, flown.place_m, pace, np.zeros((n, 3, 1)),
            flown.direction, flown.heading_deg,
        ),
        wind,
    )  # fmt: skip
    numbers = ordered_looks(np.unique(columns["look"]).tolist())
    at = {number: k for k, number in enumerate(numbers)}
    look: Ints = np.array([at[number] for number in columns["look"].tolist()], np.int32)
    bursts = Bursts(
        look=frozen(look, np.int32, (None,)),
        shot=frozen(flown.owner, np.int32, (None,)),
        birth_us=frozen(births.birth_us, np.int64, (None,)),
        life_us=frozen(columns["life_us"], np.int64, (None,)),
        origin_m=frozen(births.origin_m, np.float64, (None, 3)),
        velocity_mps=frozen(births.velocity_mps, np.float64, (None, 3)),
        axis=frozen(births.axis, np.float64, (None, 3)),
        scale=frozen(births.scale, np.float32, (None,)),
        seed=frozen((hashes & np.uint64(0x7FFFFFFF)).astype(np.int32), np.int32, (None,)),
        rides=frozen(np.zeros(n, np.bool_), np.bool_, (None,)),
    )
    return bursts, tuple(look_of(number) for number in numbers)


def _unmoved(
    previous: Payload, events: list[Event], sources: tuple[NDArray[Any], ...], rest: tuple[object, ...]
) -> bool:
    """Whether nothing that the payload depends on has changed at all (an edit of light)."""
    made = previous.inputs
    return (
        made is not None
        and made.rest == rest
        and all(np.array_equal(a, b) for a, b in zip(made.sources, sources, strict=True))
        and made.events == tuple(events)
    )


def _same(previous: Payload, ignitions: Ignitions, inputs: Inputs) -> bool:
    """Whether every spark is born where and when it was (an edit of another scene)."""
    made, old, names = previous.inputs, previous.ignitions, Ignitions.__slots__
    if made is None or made.rest != inputs.rest or (old.trigger, old.effect) != (ignitions.trigger, ignitions.effect):
        return False
    flown = [(getattr(made.flown, n), getattr(inputs.flown, n)) for n in _Flown.__slots__ if n != "charges"]
    lit = [(getattr(old, n), getattr(ignitions, n)) for n in names if n not in ("trigger", "effect")]
    return all(np.array_equal(a, b) for a, b in flown + lit)
