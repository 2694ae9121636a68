"""Edits of the other parts of a show: acts, markers, emotion curve, positions, fleets, controllers, venue, music."""

from collections.abc import Collection, Mapping
from typing import Any, Literal

import msgspec

from showeditor.model.cue import Controller
from showeditor.model.errors import BadInput
from showeditor.model.music import AtBeat, AtTime, Music, When, moment_us
from showeditor.model.show import Act, Feeling, Marker, Show
from showeditor.model.swarm import Fleet, Flight, Formation
from showeditor.model.venue import Position, Seat, Venue, Zone
from showeditor.timeline.births import born, changed
from showeditor.timeline.ids import fresh_ids, listed, require
from showeditor.timeline.moments import beat_at, kept_after_zero, moved
from showeditor.timeline.scenes import in_order

Part = Act | Marker | Controller | Fleet | Formation | Flight | Position | Zone | Seat

_IN_SHOW: Mapping[type[msgspec.Struct], str] = {
    Act: "acts",
    Marker: "markers",
    Controller: "controllers",
    Fleet: "fleets",
    Formation: "formations",
    Flight: "flights",
}
_IN_VENUE: Mapping[type[msgspec.Struct], str] = {Position: "positions", Zone: "zones", Seat: "seats"}
_PREFIX: Mapping[type[msgspec.Struct], str] = {
    Act: "a",
    Marker: "m",
    Controller: "controller",
    Fleet: "fleet",
    Formation: "f",
    Flight: "flight",
    Position: "p",
    Zone: "zone",
    Seat: "seat",
}


def change_show(show: Show, **changes: Any) -> Show:
    """The show with top fields replaced (title, duration_us, limits, rules, seed, author, note, ...)."""
    return changed(show, **changes)


def change_venue(show: Show, **changes: Any) -> Show:
    """The show with fields of its venue replaced (name, heading_deg, wind, geofence, water_level_m, ...)."""
    return changed(show, venue=changed(show.venue, **changes))


def replace_venue(show: Show, venue: Venue) -> Show:
    """The show at another venue."""
    return changed(show, venue=venue)


def replace_music(show: Show, music: Music | None, keep: Literal["score", "clock"] = "score") -> Show:
    """The show with other music or another tempo map.

    Musical moments keep their bar and beat (`score`) or their time (`clock`: the nearest tick of the new map).
    """
    after = changed(show, music=music)
    if after is show:
        return show

    def kept(when: When) -> When:
        if isinstance(when, AtTime) or keep == "score":
            return when
        return beat_at(music, moment_us(when, show.music))

    tracks = []
    for track in show.tracks:
        if keep == "clock" and any(isinstance(cue.when, AtBeat) for cue in track.cues):
            track = changed(track, cues=tuple(changed(cue, when=kept(cue.when)) for cue in track.cues))
        tracks.append(track)
    flights = []
    for flight in show.flights:
        held = in_order(music, tuple(changed(scene, arrive=kept(scene.arrive)) for scene in flight.scenes))
        flights.append(changed(flight, takeoff=kept(flight.takeoff), scenes=held))
    markers = tuple(changed(marker, when=kept(marker.when)) for marker in show.markers)
    return changed(after, tracks=tuple(tracks), flights=tuple(flights), markers=markers)


def parts_of(show: Show, kind: type[msgspec.Struct]) -> tuple[Part, ...]:
    """All parts of one kind (Act, Marker, Controller, Fleet, Formation, Flight, Position, Zone, Seat)."""
    holder: msgspec.Struct = show if kind in _IN_SHOW else show.venue
    parts: tuple[Part, ...] = getattr(holder, _field(kind))
    return parts


def put_part(show: Show, part: Part) -> Show:
    """The show with a part in the place of the one with its id, or added at the end when there is none."""
    parts = parts_of(show, type(part))
    if any(old.id == part.id for old in parts):
        return _with_parts(show, type(part), tuple(part if old.id == part.id else old for old in parts))
    return _with_parts(show, type(part), (*parts, part))


def new_part(show: Show, kind: type[msgspec.Struct], **fields: Any) -> tuple[Show, str]:
    """The show with a new part of a kind, and its fresh id; fields as in the kind, without `id`."""
    (part_id,) = fresh_ids((part.id for part in parts_of(show, kind)), _PREFIX[kind])
    return _with_parts(show, kind, (*parts_of(show, kind), born(kind, id=part_id, **fields))), part_id


def change_parts(show: Show, kind: type[msgspec.Struct], ids: Collection[str], **changes: Any) -> Show:
    """The named parts of a kind with fields changed together; not `id`."""
    if "id" in changes:
        raise BadInput(f"a {kind.__name__.lower()} keeps its id")
    wanted = frozenset(ids)
    parts = parts_of(show, kind)
    require(kind.__name__.lower(), wanted, {part.id for part in parts})
    return _with_parts(show, kind, tuple(changed(part, **changes) if part.id in wanted else part for part in parts))


def delete_parts(show: Show, kind: type[msgspec.Struct], ids: Collection[str]) -> Show:
    """The show without the named parts; raises BadInput naming what still uses them."""
    wanted = frozenset(ids)
    parts = parts_of(show, kind)
    require(kind.__name__.lower(), wanted, {part.id for part in parts})
    users = _users(show, kind, wanted)
    if users:
        raise BadInput(f"{kind.__name__.lower()} {listed(sorted(wanted))} is still used by {listed(users)}")
    return _with_parts(show, kind, tuple(part for part in parts if part.id not in wanted))


def add_act(show: Show, name: str, start_us: int, end_us: int, **fields: Any) -> tuple[Show, str]:
    """The show with one more act, acts in order of their start, and its fresh id."""
    after, act_id = new_part(show, Act, name=name, start_us=start_us, end_us=end_us, **fields)
    return _acts_in_order(after), act_id


def change_act(show: Show, act: str, **changes: Any) -> Show:
    """An act renamed, recoloured or with another start or end."""
    return _acts_in_order(change_parts(show, Act, [act], **changes))


def move_acts(show: Show, ids: Collection[str], dt_us: int) -> Show:
    """The named acts shifted in time without what happens in them; stops as a whole at show zero."""
    wanted = frozenset(ids)
    require("act", wanted, {act.id for act in show.acts})
    dt = kept_after_zero((act.start_us for act in show.acts if act.id in wanted), dt_us)
    acts = tuple(
        changed(act, start_us=act.start_us + dt, end_us=act.end_us + dt) if act.id in wanted else act
        for act in show.acts
    )
    return _acts_in_order(changed(show, acts=acts))


def add_marker(show: Show, name: str, when: When) -> tuple[Show, str]:
    """The show with one more marker, and its fresh id."""
    return new_part(show, Marker, name=name, when=when)


def move_markers(show: Show, ids: Collection[str], dt_us: int) -> Show:
    """The named markers shifted in time; stops as a whole at show zero."""
    wanted = frozenset(ids)
    require("marker", wanted, {marker.id for marker in show.markers})
    dt = kept_after_zero((moment_us(m.when, show.music) for m in show.markers if m.id in wanted), dt_us)
    markers = tuple(
        changed(marker, when=moved(marker.when, show.music, dt)) if marker.id in wanted else marker
        for marker in show.markers
    )
    return changed(show, markers=markers)


def set_feeling(show: Show, t_us: int, level: float) -> Show:
    """The emotion curve with a point at a time; it replaces the point that stands there."""
    others = [point for point in show.emotion if point.t_us != t_us]
    return _with_emotion(show, [*others, born(Feeling, t_us=t_us, level=level)])


def move_feeling(show: Show, t_us: int, to_us: int, level: float) -> Show:
    """The emotion curve with one point moved and lifted; a point it lands on gives way to it."""
    require("emotion point", [str(t_us)], {str(point.t_us) for point in show.emotion})
    others = [point for point in show.emotion if point.t_us not in (t_us, max(0, to_us))]
    return _with_emotion(show, [*others, born(Feeling, t_us=max(0, to_us), level=level)])


def delete_feeling(show: Show, t_us: int) -> Show:
    """The emotion curve without the point at a time."""
    require("emotion point", [str(t_us)], {str(point.t_us) for point in show.emotion})
    return _with_emotion(show, [point for point in show.emotion if point.t_us != t_us])


def move_positions(show: Show, ids: Collection[str], dx_m: float = 0.0, dy_m: float = 0.0, dz_m: float = 0.0) -> Show:
    """The named firing positions shifted on the site."""
    wanted = frozenset(ids)
    places = show.venue.positions
    require("position", wanted, {place.id for place in places})

    def shifted(place: Position) -> Position:
        x, y, z = place.at_m
        return changed(place, at_m=(x + dx_m, y + dy_m, z + dz_m))

    moved_places = tuple(shifted(place) if place.id in wanted else place for place in places)
    return _with_parts(show, Position, moved_places)


def _field(kind: type[msgspec.Struct]) -> str:
    field = _IN_SHOW.get(kind) or _IN_VENUE.get(kind)
    if field is None:
        raise BadInput(f"a show has no list of {kind.__name__}")
    return field


def _with_parts(show: Show, kind: type[msgspec.Struct], parts: tuple[msgspec.Struct, ...]) -> Show:
    field = _field(kind)
    if kind in _IN_SHOW:
        return changed(show, **{field: parts})
    return changed(show, venue=changed(show.venue, **{field: parts}))


def _acts_in_order(show: Show) -> Show:
    return changed(show, acts=tuple(sorted(show.acts, key=lambda act: (act.start_us, act.end_us))))


def _with_emotion(show: Show, points: list[Feeling]) -> Show:
    return changed(show, emotion=tuple(sorted(points, key=lambda point: point.t_us)))


def _users(show: Show, kind: type[msgspec.Struct], ids: frozenset[str]) -> list[str]:
    scenes = [scene for flight in show.flights for scene in flight.scenes]
    if kind is Position:
        return [f"cue {cue.id}" for cue in show.cues() if cue.position in ids]
    if kind is Controller:
        fired = [f"cue {cue.id}" for cue in show.cues() if cue.address and cue.address.controller in ids]
        return fired + [f"position {place.id}" for place in show.venue.positions if place.controller in ids]
    if kind is Formation:
        return [f"scene {scene.id}" for scene in scenes if scene.formation in ids]
    if kind is Fleet:
        return [f"flight {flight.id}" for flight in show.flights if flight.fleet in ids]
    return []
