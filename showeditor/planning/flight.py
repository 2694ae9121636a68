"""One flight of one fleet: lift-off, the way from scene to scene, return and landing, in the order of time.

Places are planned, not drones: each scene is a set of slots (the formation's points, then parking for the spare
drones), each transition maps slots to slots. Who holds which slot follows at the end, so an edit of one scene leaves
the transitions between all other scenes as they were.
"""

import math
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from showeditor.kernels.assignment import Pairing, pair_up
from showeditor.model.arrays import Floats, Longs
from showeditor.model.finding import Finding
from showeditor.model.limits import Limits
from showeditor.model.music import Music, moment_us
from showeditor.model.swarm import Flight, Formation, Scene
from showeditor.planning import swarm_complaints as complaints
from showeditor.planning.airfield import Airfield
from showeditor.planning.lights import Lit
from showeditor.planning.memory import Memory, content
from showeditor.planning.motions import moved, refusal, too_fast, too_near
from showeditor.planning.pieces import Block, hover
from showeditor.planning.placing import world_places
from showeditor.planning.transition import (
    TICK_US,
    Transition,
    plan_transition,
    shortest_us,
    spacing,
    whole_ticks,
)

COMFORT = 1.1
"""Approach and return take this many times their shortest duration where the show leaves room."""

_TRANSITIONS: Memory[Transition] = Memory(128)
_PAIRINGS: Memory[Pairing] = Memory(128)
_PARKINGS: Memory[tuple[Floats, int]] = Memory(256)
_SPACINGS: Memory[tuple[float, tuple[int, int]]] = Memory(512)


@dataclass(frozen=True, slots=True)
class Leg:
    """A way between two scenes ('' = the airfield): when, its shortest safe duration, the closest approach.

    `proven`: all fly straight and the spacings alone promise the gap.
    """

    flight: str
    start: str
    end: str
    depart_us: int
    arrive_us: int
    shortest_us: int
    gap_m: float
    proven: bool


@dataclass(frozen=True, slots=True)
class FlightPlan:
    """What a fleet does on one flight; `holder[pad]` is the drone that stands on each pad afterwards."""

    blocks: tuple[Block, ...]
    off_us: Longs
    on_us: Longs
    holder: Longs
    down_us: int
    lit: tuple[Lit, ...]
    legs: tuple[Leg, ...]
    problems: tuple[Finding, ...]


def pairing_between(a_m: Floats, b_m: Floats) -> Pairing:
    """`pair_up`, remembered by content."""
    return _PAIRINGS.recall((content(a_m), content(b_m)), lambda: pair_up(a_m, b_m))


def spaced(places_m: Floats) -> tuple[float, tuple[int, int]]:
    """`spacing`, remembered by content."""
    return _SPACINGS.recall(content(places_m), partial(spacing, places_m))


def straight_us(a_m: Floats, b_m: Floats, limits: Limits) -> int:
    """How long a way flown straight by minimum jerk takes at least."""
    return shortest_us(a_m, b_m[pairing_between(a_m, b_m).target], None, limits)


def transition_between(a_m: Floats, b_m: Floats, limits: Limits, *, quick: bool) -> Transition:
    """`plan_transition`, remembered by content."""
    key = (content(a_m), content(b_m), limits, quick)

    def planned() -> Transition:
        pairing, both = pairing_between(a_m, b_m), (spaced(a_m)[0], spaced(b_m)[0])
        return plan_transition(a_m, b_m, limits, quick=quick, pairing=pairing, spaced_m=both)

    return _TRANSITIONS.recall(key, planned)


def forget() -> None:
    """Empties the planner's memory (tests compare a fresh compile with a remembered one)."""
    _TRANSITIONS.forget()
    _PAIRINGS.forget()
    _PARKINGS.forget()
    _SPACINGS.forget()


@dataclass(frozen=True, slots=True)
class _Stop:
    """A scene with its slots: the formation's shown points first, then parked drones."""

    scene: Scene
    formation: Formation
    point: Longs
    slots_m: Floats
    arrive_us: int


class _Course:
    """The growing plan of one flight."""

    def __init__(self, flight: Flight, field: Airfield, limits: Limits, holder: Longs, names: tuple[str, ...]) -> None:
        self.flight, self.field, self.limits, self.holder, self.names = flight, field, limits, holder, names
        self.blocks: list[Block] = []
        self.problems: list[Finding] = []
        self.legs: list[Leg] = []
        self.here_m = field.waiting_m
        self.now_us = 0

    def add(self, blocks: list[Block]) -> None:
        """Takes blocks whose rows are slots; they become rows of drones."""
        self.blocks += [replace(b, drone=self.holder[b.drone]) for b in blocks]

    def wait(self, until_us: int) -> None:
        self.add(hover(self.here_m, self.now_us, until_us))
        self.now_us = max(self.now_us, until_us)

    def fly(self, way: Transition, start: str, end: str, arrive_us: int, length_us: int) -> None:
        depart_us = arrive_us - length_us
        self.wait(depart_us)
        self.add(way.blocks(depart_us, arrive_us))
        proven = way.bend_m is None and way.proven_m >= self.limits.min_gap_m
        self.legs.append(Leg(self.flight.id, start, end, depart_us, arrive_us, way.shortest_us, way.gap_m, proven))
        # a formation that is too dense by itself has its own Finding; nothing on the way could mend it
        if way.tight and min(spaced(way.start_m)[0], spaced(way.end_m)[0]) >= self.limits.min_gap_m - 1e-6:
            worst = way.tight[0]
            pair = (self.names[int(self.holder[worst.a])], self.names[int(self.holder[worst.b])])
            gap, limit = worst.gap_m, self.limits.min_gap_m
            self.problems.append(
                complaints.too_near(start, end, pair, gap, limit, depart_us, arrive_us, len(way.tight) - 1)
            )
        moved = np.empty_like(self.holder)
        moved[way.target] = self.holder
        landed = np.empty_like(way.end_m)
        landed[way.target] = way.end_m
        self.holder, self.here_m, self.now_us = moved, landed, arrive_us


def plan_flight(
    flight: Flight,
    field: Airfield,
    limits: Limits,
    formations: dict[str, Formation],
    music: Music | None,
    holder: Longs,
    names: tuple[str, ...],
    ready_us: int | None,
) -> FlightPlan:
    """The plan of a flight whose drone `holder[pad]` stands on each pad; `ready_us` is when the fleet last came down.

    A scene that cannot be reached in time is reached as soon as the limits allow, with a Finding that says when.
    """
    course = _Course(flight, field, limits, holder, names)
    takeoff_us = moment_us(flight.takeoff, music)
    if ready_us is not None and takeoff_us < ready_us:
        course.problems.append(complaints.takes_off_too_early(flight, field.fleet, takeoff_us, ready_us))
        takeoff_us = ready_us
    climb, off, course.now_us = field.takeoff(takeoff_us, flight.leaving)
    course.add(climb)
    off_us = np.empty_like(off)
    off_us[holder] = off
    stops = _stops(flight, field, limits, formations, music, course.problems)
    lit: list[Lit] = []
    before: _Stop | None = None
    for stop in stops:
        _approach(course, before, stop)
        shown = course.holder[: len(stop.point)]
        opens = lit[-1].ends_us if lit else takeoff_us
        ends = max(course.now_us, stop.arrive_us + stop.scene.hold_us)
        lit.append(Lit(stop.scene, stop.formation, shown, stop.point, stop.arrive_us, opens, ends, ends))
        if stop.scene.motion is not None:
            _move(course, stop, formations)
        course.wait(ends)
        before = stop
    way = transition_between(course.here_m, field.waiting_m, limits, quick=True)
    length = whole_ticks(way.shortest_us * 1e-6 * COMFORT)
    course.fly(way, before.scene.id if before else "", "", course.now_us + length, length)
    descent, on, down_us = field.landing(course.now_us, flight.landing)
    course.add(descent)
    on_us = np.empty_like(on)
    on_us[course.holder] = on
    following = [*lit[1:], None] if lit else []
    closed = [replace(one, closes_us=_closes(one, after)) for one, after in zip(lit, following, strict=True)]
    if closed:
        closed[-1] = replace(closed[-1], closes_us=course.legs[-1].arrive_us)
    return FlightPlan(
        tuple(course.blocks),
        off_us,
        on_us,
        course.holder,
        down_us,
        tuple(closed),
        tuple(course.legs),
        tuple(course.problems),
    )


def _move(course: _Course, stop: _Stop, formations: dict[str, Formation]) -> None:
    """Flies the motion of a scene; one that cannot be flown is left out, with a Finding that says why."""
    scene, limits = stop.scene, course.limits
    found = refusal(scene, stop.formation, formations, stop.arrive_us, course.now_us)
    if found is not None or scene.motion is None:
        course.problems += [found] if found is not None else []
        return
    begin_us = stop.arrive_us + scene.motion.at_us
    way = moved(scene, stop.formation, stop.point, limits, formations)
    still = min(spacing(stop.slots_m[: len(stop.point)])[0], limits.min_gap_m)
    if way.longer > 1.0:
        course.problems.append(too_fast(scene, way, begin_us))
    elif way.gap_m < still - 1e-3:
        a, b = (course.names[int(course.holder[k])] for k in way.pair)
        course.problems.append(too_near(scene, way, limits.min_gap_m, begin_us, (a, b)))
    else:
        course.wait(begin_us)
        course.add(way.blocks(begin_us))
        m, n = len(stop.point), len(course.here_m)
        end_us = begin_us + scene.motion.for_us
        course.add([replace(one, drone=one.drone + m) for one in hover(course.here_m[m:n], begin_us, end_us)])
        course.here_m = np.concatenate([way.end_m, course.here_m[m:]])
        course.now_us = end_us


def _closes(one: Lit, after: Lit | None) -> int:
    """When the next scene's own keys take the lights over."""
    if after is None:
        return one.ends_us
    first = min([0, *(key.at_us for key in after.scene.lights)])
    return max(one.ends_us, after.arrive_us + first)


def _approach(course: _Course, before: _Stop | None, stop: _Stop) -> None:
    """Fly to a stop in the time there is; with a quicker law of motion, and then late, where that is too little."""
    start = before.scene.id if before else ""
    given = stop.arrive_us - course.now_us
    quick = before is None or straight_us(course.here_m, stop.slots_m, course.limits) > given
    way = transition_between(course.here_m, stop.slots_m, course.limits, quick=quick)
    if not quick and way.shortest_us > given:
        way = transition_between(course.here_m, stop.slots_m, course.limits, quick=True)
    if way.shortest_us > given:
        late = course.now_us + way.shortest_us
        if before is not None and given < 0:
            course.problems.append(complaints.overlap(before.scene, stop.scene, course.now_us, stop.arrive_us, late))
        else:
            course.problems.append(
                complaints.too_little_time(start, stop.scene, given, way.shortest_us, course.now_us, stop.arrive_us)
            )
        course.fly(way, start, stop.scene.id, late, way.shortest_us)
        return
    # dark drones on their way up are no picture: they wait near the ground as long as the way allows
    length = given if before is not None else min(given, whole_ticks(way.shortest_us * 1e-6 * COMFORT))
    length = max(way.shortest_us, length // TICK_US * TICK_US)
    course.fly(way, start, stop.scene.id, stop.arrive_us, length)


def _stops(
    flight: Flight,
    field: Airfield,
    limits: Limits,
    formations: dict[str, Formation],
    music: Music | None,
    problems: list[Finding],
) -> list[_Stop]:
    stops: list[_Stop] = []
    timed = sorted(((moment_us(s.arrive, music), k, s) for k, s in enumerate(flight.scenes)), key=lambda t: t[:2])
    n = len(field.pads_m)
    for arrive_us, _, scene in timed:
        formation = formations.get(scene.formation)
        if formation is None:
            problems.append(complaints.no_formation(scene, arrive_us))
            continue
        m = len(formation.points)
        point = np.arange(m)
        if m > n:
            problems.append(complaints.too_many_places(formation, scene, field.fleet, arrive_us))
            point = np.arange(n) * m // n
        shown = world_places(formation.points.metres[point], scene.place)
        spare, clear_m = n - len(point), math.sqrt(2.0) * limits.min_gap_m
        key = (content(shown), field.fleet, field.model, limits)
        parked, over = _PARKINGS.recall(key, partial(field.parking, shown, spare, clear_m))
        if over:
            problems.append(complaints.park_full(field.fleet, scene, spare, over, arrive_us))
        slots = np.concatenate([shown, parked])
        stop = _Stop(scene, formation, point, slots, arrive_us)
        gap, pair = spaced(slots)
        if gap < limits.min_gap_m - 1e-6:
            inside = max(pair) < len(point)
            what = f"formation {formation.id!r}" if inside else "the parking"
            what_zh = f"队形 {formation.id!r}" if inside else "停放区"
            x, y, z = (float(v) for v in slots[pair[0]])
            end_us = arrive_us + scene.hold_us
            problems.append(
                complaints.too_dense(what, what_zh, scene, gap, limits.min_gap_m, arrive_us, end_us, (x, y, z))
            )
        stops.append(stop)
    return stops
