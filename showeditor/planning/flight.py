"""One flight of one fleet: lift-off, the way from scene to scene, return and landing, in the order of time.

Places are planned, not drones: each scene is a set of slots (the formation's points, then parking for the spare
drones), each transition maps slots to slots. Who holds which slot follows at the end, so an edit of one scene leaves
the transitions between all other scenes as they were.
"""

from dataclasses import dataclass, replace

import numpy as np

from showeditor.model.arrays import Floats, Longs
from showeditor.model.finding import Finding
from showeditor.model.limits import Limits
from showeditor.model.music import Music, moment_us
from showeditor.model.swarm import Flight, Formation
from showeditor.planning import swarm_complaints as complaints
from showeditor.planning.airfield import Airfield
from showeditor.planning.apart import Others
from showeditor.planning.fleets import crossings, kept_clear, settled, within
from showeditor.planning.grouping import Classes, pair_classes, places_of_classes
from showeditor.planning.lights import Lit
from showeditor.planning.motions import moved, refusal, too_fast, too_near
from showeditor.planning.pieces import Block, hover
from showeditor.planning.remembered import (
    bound_between,
    pairing_between,
    plan_ahead,
    spaced,
    staggered_between,
    straight_us,
    transition_between,
)
from showeditor.planning.staggered import delays_us, staggered_shortest_us
from showeditor.planning.stops import Stop, stops_of
from showeditor.planning.transition import TICK_US, Transition, shortest_us, whole_ticks

COMFORT = 1.1
"""Approach and return take this many times their shortest duration where the show leaves room."""

_TRIES = 4
"""How often a staggered way may ask for more time."""


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


@dataclass(frozen=True, slots=True)
class Fleetmates:
    """What a flight is planned with: who may go where, names of the fleet's drones, what else is in the air."""

    names: tuple[str, ...]
    classes: Classes
    others: Others | None = None
    other_names: tuple[str, ...] = ()


class _Course:
    """The growing plan of one flight."""

    def __init__(self, flight: Flight, field: Airfield, limits: Limits, holder: Longs, mates: Fleetmates) -> None:
        self.flight, self.field, self.limits, self.holder, self.mates = flight, field, limits, holder, mates
        self.names = mates.names
        self.blocks: list[Block] = []
        self.problems: list[Finding] = []
        self.legs: list[Leg] = []
        self.crossed: list[tuple[int, int]] = []
        self.here_m = field.waiting_m
        self.now_us = 0

    def add(self, blocks: list[Block]) -> None:
        """Takes blocks whose rows are slots; they become rows of drones."""
        self.blocks += [replace(b, drone=self.holder[b.drone]) for b in blocks]

    def wait(self, until_us: int) -> None:
        self.add(hover(self.here_m, self.now_us, until_us))
        self.now_us = max(self.now_us, until_us)

    def fly(self, way: Transition, start: str, end: str, arrive_us: int, length_us: int, aside_m: float = 2.0) -> None:
        depart_us, until_us = arrive_us - length_us, arrive_us
        gap = self.limits.min_gap_m
        if self.mates.others is not None:
            clear = kept_clear(way, depart_us, arrive_us, self.now_us, self.mates.others, self.limits, aside_m)
            way, depart_us, arrive_us = clear.way, clear.depart_us, clear.arrive_us
            if clear.near:
                worst_of = clear.near[0]
                both = (self.names[int(self.holder[worst_of.a])], self.mates.other_names[worst_of.b - len(self.holder)])
                self.problems.append(
                    complaints.fleets_too_near(
                        (start, end), both, worst_of.gap_m, gap, worst_of.at_us, (depart_us, until_us), clear.later_us,
                        len(clear.near) - 1,
                    )
                )  # fmt: skip
                self.crossed.append((depart_us, until_us))
        self.wait(depart_us)
        self.add(way.blocks(depart_us, arrive_us))
        proven = way.bend_m is None and way.delay_us is None and way.proven_m >= gap
        self.legs.append(Leg(self.flight.id, start, end, depart_us, arrive_us, way.shortest_us, way.gap_m, proven))
        # a formation that is too dense by itself has its own Finding; nothing on the way could mend it
        if way.tight and min(spaced(way.start_m)[0], spaced(way.end_m)[0]) >= gap - 1e-6:
            worst = way.tight[0]
            pair = (self.names[int(self.holder[worst.a])], self.names[int(self.holder[worst.b])])
            near, more = worst.gap_m, len(way.tight) - 1
            at_us = depart_us + round(worst.share * (arrive_us - depart_us))
            wide = min(spaced(way.start_m)[0], spaced(way.end_m)[0])
            span = (depart_us, arrive_us)
            self.problems.append(complaints.too_near(start, end, pair, near, gap, at_us, span, wide, more))
        moved = np.empty_like(self.holder)
        moved[way.target] = self.holder
        landed = np.empty_like(way.end_m)
        landed[way.target] = way.end_m
        self.holder, self.here_m, self.now_us = moved, landed, arrive_us
        self.wait(until_us)


def plan_flight(
    flight: Flight,
    field: Airfield,
    limits: Limits,
    formations: dict[str, Formation],
    music: Music | None,
    holder: Longs,
    mates: Fleetmates,
    ready_us: int | None,
) -> FlightPlan:
    """The plan of a flight whose drone `holder[pad]` stands on each pad; `ready_us` is when the fleet last came down.

    A scene that cannot be reached in time is reached as soon as the limits allow, with a Finding that says when.
    """
    course = _Course(flight, field, limits, holder, mates)
    takeoff_us = moment_us(flight.takeoff, music)
    if ready_us is not None and takeoff_us < ready_us:
        course.problems.append(complaints.takes_off_too_early(flight, field.fleet, takeoff_us, ready_us))
        takeoff_us = ready_us
    climb, off, course.now_us = field.takeoff(takeoff_us, flight.leaving)
    course.add(climb)
    off_us = np.empty_like(off)
    off_us[holder] = off
    stops = stops_of(flight, field, limits, formations, music, course.problems)
    _plan_ahead(course, stops)
    lit: list[Lit] = []
    before: Stop | None = None
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
    course.problems += _met_elsewhere(course, off_us, on_us)
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


def _met_elsewhere(course: _Course, off_us: Longs, on_us: Longs) -> list[Finding]:
    """Other fleets too near while places are held, on the climb or on the descent: nothing on the way can mend it."""
    mates, n = course.mates, len(course.holder)
    if mates.others is None:
        return []
    own = settled(n, course.blocks, course.field.pads_m, off_us, on_us)
    first, last = int(off_us.min()), int(on_us.max())
    around, rows = within(mates.others, first, last)
    gap = course.limits.min_gap_m
    near = [
        one
        for one in crossings(own.paths, own.phases, around, gap, first, last)
        if not any(t0 <= one.at_us <= t1 for t0, t1 in course.crossed)
    ]
    if not near:
        return []
    worst = near[0]
    both = (course.names[worst.a], mates.other_names[int(rows[worst.b - n])])
    flight, at = course.flight.id, worst.at_us
    return [complaints.fleets_too_near((flight, flight), both, worst.gap_m, gap, at, (at, at), None, len(near) - 1)]


def _move(course: _Course, stop: Stop, formations: dict[str, Formation]) -> None:
    """Flies the motion of a scene; one that cannot be flown is left out, with a Finding that says why."""
    scene, limits = stop.scene, course.limits
    found = refusal(scene, stop.formation, formations, stop.arrive_us, course.now_us)
    if found is not None or scene.motion is None:
        course.problems += [found] if found is not None else []
        return
    begin_us = stop.arrive_us + scene.motion.at_us
    way = moved(scene, stop.formation, stop.point, limits, formations)
    still = min(spaced(stop.slots_m[: len(stop.point)])[0], limits.min_gap_m)
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


def _plan_ahead(course: _Course, stops: list[Stop]) -> None:
    """All plain ways of the flight at once; what differs in the end is planned when its turn comes."""
    places, ready = course.here_m, course.now_us
    jobs: list[tuple[Floats, Floats, int | None]] = []
    for k, stop in enumerate(stops):
        if course.mates.classes.plain and not stop.scene.way.staggered:
            given = None if k == 0 or stop.scene.way.law == "quick" else stop.arrive_us - ready
            jobs.append((places, stop.slots_m, given))
        places, ready = stop.slots_m, stop.arrive_us + stop.scene.hold_us
    plan_ahead([*jobs, (places, course.field.waiting_m, None)], course.limits)


def _approach(course: _Course, before: Stop | None, stop: Stop) -> None:
    """Fly to a stop in the time there is; with a quicker law of motion, and then late, where that is too little."""
    start, passage = before.scene.id if before else "", stop.scene.way
    given = stop.arrive_us - course.now_us
    target = _bound(course, stop)
    if passage.staggered:
        way = _one_by_one(course, stop, target, given if before is not None else None)
    else:
        way = _all_at_once(course, before, stop, target, given)
    if way.shortest_us > given:
        late = course.now_us + way.shortest_us
        if before is not None and given < 0:
            course.problems.append(complaints.overlap(before.scene, stop.scene, course.now_us, stop.arrive_us, late))
        else:
            course.problems.append(
                complaints.too_little_time(start, stop.scene, given, way.shortest_us, course.now_us, stop.arrive_us)
            )
        course.fly(way, start, stop.scene.id, late, way.shortest_us, passage.aside_m)
        return
    # dark drones on their way up are no picture: they wait near the ground as long as the way allows
    length = given if before is not None else min(given, whole_ticks(way.shortest_us * 1e-6 * COMFORT))
    length = max(way.shortest_us, length // TICK_US * TICK_US)
    if passage.staggered:
        length = way.shortest_us
    course.fly(way, start, stop.scene.id, stop.arrive_us, length, passage.aside_m)


def _bound(course: _Course, stop: Stop) -> Longs | None:
    """The slots that drones of groups and loads, and then all others, go to; None when all may go anywhere."""
    classes = course.mates.classes
    if classes.plain:
        return None
    takes, lacking, unknown = places_of_classes(
        stop.formation, stop.point, stop.slots_m, course.here_m, course.holder, classes
    )
    for one in lacking:
        course.problems.append(
            complaints.lacking(stop.scene, one.what, one.load, one.points, one.drones, stop.arrive_us)
        )
    for name in unknown:
        course.problems.append(complaints.unknown_mark(stop.scene, name, course.field.fleet, stop.arrive_us))
    return pair_classes(course.here_m, stop.slots_m, classes.of_drone[course.holder], takes)


def _all_at_once(course: _Course, before: Stop | None, stop: Stop, target: Longs | None, given_us: int) -> Transition:
    here, there, limits, law = course.here_m, stop.slots_m, course.limits, stop.scene.way.law

    def planned(quick: bool) -> Transition:
        if target is None:
            return transition_between(here, there, limits, quick=quick)
        return bound_between(here, there, target, limits, quick=quick)

    def straight() -> int:
        return straight_us(here, there, limits) if target is None else shortest_us(here, there[target], None, limits)

    quick = law == "quick" or (law == "auto" and (before is None or straight() > given_us))
    way = planned(quick)
    if not quick and law == "auto" and way.shortest_us > given_us:
        way = planned(True)
    if way.tight and way.shortest_us < given_us and min(spaced(here)[0], spaced(there)[0]) >= limits.min_gap_m - 1e-6:
        # what no bend could part, departures one after the other may
        chosen = way.target
        other = staggered_between(
            here, there, chosen, np.zeros(len(here), np.int64), given_us // TICK_US * TICK_US, limits,
            aside_m=stop.scene.way.aside_m, smooth=None, nudge=True,
        )  # fmt: skip
        if not other.tight and other.shortest_us <= given_us:
            return other
    return way


def _one_by_one(course: _Course, stop: Stop, target: Longs | None, given_us: int | None) -> Transition:
    """A staggered way in the time given (None: the shortest), or in the time that it needs."""
    here, there, limits, passage = course.here_m, stop.slots_m, course.limits, stop.scene.way
    chosen = pairing_between(here, there).target if target is None else target
    end = there[chosen]
    delay = delays_us(passage, here, end, stop.scene.place.heading_deg)
    smooth = {"smooth": True, "quick": False, "auto": None}[passage.law]
    need = staggered_shortest_us(here, end, limits, int(delay.max(initial=0)))
    length = max(need, (given_us or 0) // TICK_US * TICK_US)
    for _ in range(_TRIES):
        way = staggered_between(here, there, chosen, delay, length, limits, aside_m=passage.aside_m, smooth=smooth)
        if way.shortest_us <= length:
            break
        length = -(-way.shortest_us // TICK_US) * TICK_US
    # its geometry belongs to this length: it is flown in no other
    return replace(way, shortest_us=length)
