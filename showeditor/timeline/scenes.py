"""Edits of drone scenes, their lights, formations and flights. Scenes of a flight stay in order of arrival."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from showeditor.model.errors import BadInput
from showeditor.model.music import Music, When, moment_us
from showeditor.model.points import Points
from showeditor.model.show import Show
from showeditor.model.swarm import Flight, Formation, LightKey, Placement, Rgb, Scene, Source
from showeditor.timeline.births import born, changed
from showeditor.timeline.ids import fresh_ids, listed, require
from showeditor.timeline.moments import at_us, kept_after_zero, moved


def scenes_of(show: Show, ids: Collection[str]) -> tuple[Scene, ...]:
    """The named scenes, flight after flight; raises BadInput naming unknown ids."""
    wanted = frozenset(ids)
    found = tuple(scene for flight in show.flights for scene in flight.scenes if scene.id in wanted)
    require("scene", wanted, {scene.id for scene in found})
    return found


def each_scene(show: Show, ids: Collection[str], change: Callable[[Scene], Scene]) -> Show:
    """The show with `change` applied to each named scene; flights that hold none of them are shared."""
    wanted = frozenset(ids)
    scenes_of(show, wanted)
    flights = []
    for flight in show.flights:
        scenes = tuple(change(scene) if scene.id in wanted else scene for scene in flight.scenes)
        same = all(new is old for new, old in zip(scenes, flight.scenes, strict=True))
        flights.append(flight if same else changed(flight, scenes=in_order(show.music, scenes)))
    return _with_flights(show, flights)


def change_scenes(show: Show, ids: Collection[str], **changes: Any) -> Show:
    """The named scenes with fields changed together (formation, place, hold_us, lights, name, ...); not `id`."""
    if "id" in changes:
        raise BadInput("a scene keeps its id")
    return each_scene(show, ids, lambda scene: changed(scene, **changes))


def move_scenes(show: Show, ids: Collection[str], dt_us: int) -> Show:
    """The named scenes shifted in time; stops as a whole where the first arrives at show zero.

    A scene that arrives on the score stays there, on the tick nearest to its new time.
    """
    arrivals = (moment_us(scene.arrive, show.music) for scene in scenes_of(show, ids))
    dt = kept_after_zero(arrivals, dt_us)
    return each_scene(show, ids, lambda scene: changed(scene, arrive=moved(scene.arrive, show.music, dt)))


def resize_scene(show: Show, scene: str, *, start_us: int | None = None, end_us: int | None = None) -> Show:
    """A scene with its start or end dragged to a time; the other end stays and the hold never falls below zero."""
    (old,) = scenes_of(show, [scene])
    first = moment_us(old.arrive, show.music)
    last = first + old.hold_us
    begin = min(max(0, start_us), last) if start_us is not None else first
    arrive = old.arrive if start_us is None else at_us(old.arrive, show.music, begin)
    end = max(end_us, begin) if end_us is not None else last
    hold_us = max(0, end - moment_us(arrive, show.music))
    return change_scenes(show, [scene], arrive=arrive, hold_us=hold_us)


def add_scene(
    show: Show, flight: str, formation: str, arrive: When, hold_us: int, place: Placement, **fields: Any
) -> tuple[Show, str]:
    """The show with one more scene in a flight, and the scene's fresh id; further fields as in Scene."""
    require("formation", [formation], {drawn.id for drawn in show.formations})
    (scene_id,) = fresh_ids(_scene_ids(show), "s")
    scene = born(
        Scene, id=scene_id, formation=formation, arrive=arrive, hold_us=hold_us, place=place, **fields
    )  # fmt: skip
    return add_scenes(show, flight, [scene]), scene_id


def add_scenes(show: Show, flight: str, scenes: Sequence[Scene]) -> Show:
    """The show with scenes added to a flight; raises BadInput for an unknown flight and ids that are taken."""
    require("flight", [flight], {row.id for row in show.flights})
    taken = set(_scene_ids(show))
    clash = [scene.id for scene in scenes if scene.id in taken]
    if clash or len({scene.id for scene in scenes}) != len(scenes):
        raise BadInput(f"a scene id is used twice: {listed(clash or [scene.id for scene in scenes])}")
    return _with_flights(
        show,
        [
            changed(row, scenes=in_order(show.music, (*row.scenes, *scenes))) if row.id == flight and scenes else row
            for row in show.flights
        ],
    )


def duplicate_scenes(show: Show, ids: Collection[str], dt_us: int) -> tuple[Show, tuple[str, ...]]:
    """The show with copies of the named scenes `dt_us` later in their flights, and the copies' ids."""
    picked = scenes_of(show, ids)
    names = dict(zip((scene.id for scene in picked), fresh_ids(_scene_ids(show), "s", len(picked)), strict=True))
    dt = kept_after_zero((moment_us(scene.arrive, show.music) for scene in picked), dt_us)
    flights = []
    for flight in show.flights:
        copies = tuple(
            changed(scene, id=names[scene.id], arrive=moved(scene.arrive, show.music, dt))
            for scene in flight.scenes
            if scene.id in names
        )
        flights.append(changed(flight, scenes=in_order(show.music, flight.scenes + copies)) if copies else flight)
    return _with_flights(show, flights), tuple(names.values())


def delete_scenes(show: Show, ids: Collection[str]) -> Show:
    """The show without the named scenes."""
    wanted = frozenset(ids)
    scenes_of(show, wanted)
    return _with_flights(
        show,
        [
            changed(flight, scenes=tuple(scene for scene in flight.scenes if scene.id not in wanted))
            if any(scene.id in wanted for scene in flight.scenes)
            else flight
            for flight in show.flights
        ],
    )


def add_light(show: Show, ids: Collection[str], key: LightKey) -> Show:
    """The named scenes with one more light key, in order of time; it replaces one at the same moment."""

    def lit(scene: Scene) -> Scene:
        others = [old for old in scene.lights if old.at_us != key.at_us]
        return changed(scene, lights=tuple(sorted([*others, key], key=lambda k: k.at_us)))

    return each_scene(show, ids, lit)


def delete_light(show: Show, ids: Collection[str], at_us: int) -> Show:
    """The named scenes without their light key at that moment after arrival."""
    return each_scene(
        show, ids, lambda scene: changed(scene, lights=tuple(key for key in scene.lights if key.at_us != at_us))
    )


def move_light(show: Show, scene: str, at_us: int, to_us: int) -> Show:
    """A scene with one light key at another moment; raises BadInput when there is none or the moment is taken."""
    (old,) = scenes_of(show, [scene])
    moments = {key.at_us for key in old.lights}
    if at_us not in moments:
        raise BadInput(f"scene {scene} has no light key at {at_us} microseconds after arrival")
    if to_us != at_us and to_us in moments:
        raise BadInput(f"scene {scene} already has a light key at {to_us} microseconds after arrival")
    keys = (changed(key, at_us=to_us) if key.at_us == at_us else key for key in old.lights)
    return change_scenes(show, [scene], lights=tuple(sorted(keys, key=lambda k: k.at_us)))


def add_formation(
    show: Show,
    name: str,
    points: Points,
    colours: Iterable[Rgb] = (),
    path: Iterable[float] = (),
    source: Source | None = None,
) -> tuple[Show, str]:
    """The show with one more formation, and its fresh id."""
    (formation_id,) = fresh_ids((drawn.id for drawn in show.formations), "f")
    more = {} if source is None else {"source": source}
    drawn = born(
        Formation, id=formation_id, name=name, points=points, colours=tuple(colours), path=tuple(path), **more
    )  # fmt: skip
    return changed(show, formations=(*show.formations, drawn)), formation_id


def change_formation(show: Show, formation: str, **changes: Any) -> Show:
    """A formation redrawn or renamed; points, colours and path that belong together are given together."""
    require("formation", [formation], {drawn.id for drawn in show.formations})
    if "id" in changes:
        raise BadInput("a formation keeps its id")
    drawn = tuple(changed(row, **changes) if row.id == formation else row for row in show.formations)
    return changed(show, formations=drawn)


def delete_formation(show: Show, formation: str) -> Show:
    """The show without a formation; raises BadInput naming the scenes that still show it."""
    require("formation", [formation], {drawn.id for drawn in show.formations})
    users = [scene.id for flight in show.flights for scene in flight.scenes if scene.formation == formation]
    if users:
        raise BadInput(f"formation {formation} is still shown by scene {listed(users)}")
    return changed(show, formations=tuple(drawn for drawn in show.formations if drawn.id != formation))


def add_flight(show: Show, fleet: str, takeoff: When, name: str = "") -> tuple[Show, str]:
    """The show with an empty flight of a fleet, and its fresh id."""
    require("fleet", [fleet], {row.id for row in show.fleets})
    (flight_id,) = fresh_ids((row.id for row in show.flights), "flight")
    flight = born(Flight, id=flight_id, fleet=fleet, takeoff=takeoff, name=name)
    return changed(show, flights=(*show.flights, flight)), flight_id


def change_flight(show: Show, flight: str, **changes: Any) -> Show:
    """A flight with another fleet, take-off or name."""
    require("flight", [flight], {row.id for row in show.flights})
    if {"id", "scenes"} & set(changes):
        raise BadInput("only the fleet, the take-off and the name of a flight can be changed")
    return _with_flights(show, [changed(row, **changes) if row.id == flight else row for row in show.flights])


def _scene_ids(show: Show) -> list[str]:
    return [scene.id for flight in show.flights for scene in flight.scenes]


def in_order(music: Music | None, scenes: tuple[Scene, ...]) -> tuple[Scene, ...]:
    """The scenes in order of arrival under this music."""
    return tuple(sorted(scenes, key=lambda scene: moment_us(scene.arrive, music)))


def _with_flights(show: Show, flights: list[Flight]) -> Show:
    if all(new is old for new, old in zip(flights, show.flights, strict=True)):
        return show
    return changed(show, flights=tuple(flights))
