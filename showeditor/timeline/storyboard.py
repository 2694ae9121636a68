"""Edits of a storyboard: scenes of a flight put into another order, and turned towards the seats."""

import math
from collections.abc import Collection
from itertools import pairwise

from showeditor.model.errors import BadInput
from showeditor.model.music import AtTime, moment_us
from showeditor.model.show import Show
from showeditor.model.swarm import Flight, Scene
from showeditor.model.venue import Seat, Vec3
from showeditor.timeline.births import changed
from showeditor.timeline.ids import require
from showeditor.timeline.moments import at_us
from showeditor.timeline.scenes import each_scene, in_order


def reorder_scene(show: Show, scene: str, place: int) -> tuple[Show, tuple[str, ...]]:
    """The show with a scene at another place of its flight's order (0: first), and the scenes that left their beat.

    The flight begins and ends as before: every scene keeps its hold, the pauses for flying stay in their order, so
    only scenes between the old and the new place move. Raises BadInput for an unknown scene.
    """
    flight = _flight_of(show, scene)
    row = list(in_order(show.music, flight.scenes))
    old = next(k for k, other in enumerate(row) if other.id == scene)
    place = min(max(0, place), len(row) - 1)
    if place == old:
        return show, ()
    arrivals = [moment_us(s.arrive, show.music) for s in row]
    pauses = [b - a - s.hold_us for s, (a, b) in zip(row, pairwise(arrivals), strict=False)]
    row.insert(place, row.pop(old))
    moved: list[Scene] = []
    off: list[str] = []
    at = arrivals[0]
    for k, other in enumerate(row):
        again = changed(other, arrive=at_us(other.arrive, show.music, at))
        here = moment_us(again.arrive, show.music)
        if here != moment_us(other.arrive, show.music) and not isinstance(other.arrive, AtTime):
            off.append(other.id)
        moved.append(again)
        at += other.hold_us + (pauses[k] if k < len(pauses) else 0)
    flights = tuple(
        changed(f, scenes=in_order(show.music, tuple(moved))) if f.id == flight.id else f for f in show.flights
    )
    return changed(show, flights=flights), tuple(off)


def face_seats(show: Show, ids: Collection[str], seats: Collection[str] = (), *, lean: bool = False) -> Show:
    """The named scenes turned so that their fronts point at the seats (all of the venue, or those named).

    With `lean` they also bow down to them, like a billboard on a roof. Raises BadInput where there are no seats.
    """
    return each_scene(show, ids, lambda scene: changed(scene, place=facing(show, scene, seats, lean=lean)))


def facing(show: Show, scene: Scene, seats: Collection[str], *, lean: bool) -> object:
    """The scene's placement turned towards the middle of the seats."""
    eye = middle_eye(show, seats)
    x, y, z = (a - b for a, b in zip(scene.place.at_m, eye, strict=True))
    heading = math.degrees(math.atan2(x, y)) % 360.0
    tilt = -math.degrees(math.atan2(z, math.hypot(x, y))) if lean else 0.0
    return changed(scene.place, heading_deg=round(heading, 2), lean_deg=round(tilt, 2))


def middle_eye(show: Show, seats: Collection[str] = ()) -> Vec3:
    """The mean place of the eyes on the named seats (none named: all); raises BadInput for none and unknown ones."""
    known: dict[str, Seat] = {seat.id: seat for seat in show.venue.seats}
    require("seat", seats, known)
    eyes = [known[name].eye_m for name in seats] if seats else [seat.eye_m for seat in known.values()]
    if not eyes:
        raise BadInput("the venue has no seats to face")
    x, y, z = (math.fsum(column) / len(eyes) for column in zip(*eyes, strict=True))
    return (x, y, z)


def _flight_of(show: Show, scene: str) -> Flight:
    every = [s.id for flight in show.flights for s in flight.scenes]
    require("scene", [scene], every)
    return next(flight for flight in show.flights if any(s.id == scene for s in flight.scenes))
