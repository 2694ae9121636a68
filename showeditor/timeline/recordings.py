"""Edits of recorded flights: Show in, Show out; the recording itself is never touched."""

from typing import Any

from showeditor.model.errors import BadInput
from showeditor.model.limits import Limits
from showeditor.model.music import AtTime
from showeditor.model.recording import RecordedFlight, Recording
from showeditor.model.show import Show
from showeditor.model.venue import Vec3
from showeditor.timeline.births import born, changed
from showeditor.timeline.ids import fresh_ids, require
from showeditor.timeline.moments import moved


def add_recording(
    show: Show, recording: Recording, name: str, source: str = "", limits: Limits | None = None
) -> tuple[Show, str]:
    """The show with a recorded flight as its file has it, and the flight's id; names that are taken get a prefix."""
    (flight_id,) = fresh_ids((flight.id for flight in show.recorded), "r")
    taken = {flight.prefix + one for flight in show.recorded for one in flight.recording.drones.name}
    own = set(recording.drones.name)
    prefix = f"{flight_id}-" if taken & own else ""
    flight = born(
        RecordedFlight,
        id=flight_id,
        name=name,
        recording=recording,
        source=source,
        limits=limits,
        prefix=prefix,
    )
    return changed(show, recorded=(*show.recorded, flight)), flight_id


def change_recorded(show: Show, flight: str, **changes: Any) -> Show:
    """A recorded flight with other fields (start, cut, place, heading, name, prefix, muted).

    Raises BadInput for an unknown flight or a value that may not be.
    """
    require("recorded flight", [flight], {one.id for one in show.recorded})
    if {"id", "recording"} & set(changes):
        raise BadInput("a recorded flight keeps its id and its recording")
    return changed(show, recorded=tuple(changed(one, **changes) if one.id == flight else one for one in show.recorded))


def shift_recorded(show: Show, flight: str, dt_us: int) -> Show:
    """A recorded flight flown `dt_us` later; it stops at show zero."""
    require("recorded flight", [flight], {one.id for one in show.recorded})
    start = next(one.start for one in show.recorded if one.id == flight)
    if isinstance(start, AtTime):
        return change_recorded(show, flight, start=AtTime(max(0, start.t_us + dt_us)))
    return change_recorded(show, flight, start=moved(start, show.music, dt_us))


def place_recorded(show: Show, flight: str, at_m: Vec3, heading_deg: float = 0.0) -> Show:
    """A recorded flight turned clockwise about its own origin, then moved by `at_m`."""
    return change_recorded(show, flight, at_m=at_m, heading_deg=heading_deg)


def cut_recorded(show: Show, flight: str, from_us: int, to_us: int | None) -> Show:
    """A recorded flight flown from one moment of its own clock to another; its first moment stays where it was."""
    return change_recorded(show, flight, from_us=from_us, to_us=to_us)


def delete_recorded(show: Show, flight: str) -> Show:
    """The show without a recorded flight."""
    require("recorded flight", [flight], {one.id for one in show.recorded})
    return changed(show, recorded=tuple(one for one in show.recorded if one.id != flight))
