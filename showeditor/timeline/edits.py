"""Edits of firework cues: Show in, Show out.

Unknown ids raise BadInput naming them; an edit that changes nothing returns the very show it was given; tracks
that hold none of the edited cues are shared with the show before. For a drag, start every step from the show at
the press, so that rounding never adds up.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import floor
from typing import Any

from showeditor.model.cue import Address, Cue, Holds, Track
from showeditor.model.errors import BadInput
from showeditor.model.music import AtBeat, AtTime, When
from showeditor.model.show import Show
from showeditor.timeline.births import born, changed
from showeditor.timeline.grid import Level, nearest_line, time_of
from showeditor.timeline.ids import fresh_cue_ids, fresh_ids, listed, require
from showeditor.timeline.moments import beat_at, cue_us, kept_after_zero, moved


def cues_of(show: Show, ids: Collection[str]) -> tuple[Cue, ...]:
    """The named cues in the show's order; raises BadInput naming unknown ids."""
    wanted = frozenset(ids)
    found = tuple(cue for cue in show.cues() if cue.id in wanted)
    if len(found) != len(wanted):
        require("cue", wanted, {cue.id for cue in found})
    return found


def each_cue(show: Show, ids: Collection[str], change: Callable[[Cue], Cue]) -> Show:
    """The show with `change` applied to each named cue; the base of all edits that keep the number of cues."""
    wanted = frozenset(ids)
    left = len(wanted)
    tracks: list[Track] = []
    touched = False
    for track in show.tracks:
        hits = [row for row, cue in enumerate(track.cues) if cue.id in wanted] if left else []
        left -= len(hits)
        replaced = [(row, change(track.cues[row])) for row in hits]
        replaced = [(row, cue) for row, cue in replaced if cue is not track.cues[row]]
        if replaced:
            cues = list(track.cues)
            for row, cue in replaced:
                cues[row] = cue
            track = changed(track, cues=tuple(cues))
            touched = True
        tracks.append(track)
    if left:
        require("cue", wanted, {cue.id for cue in show.cues()})
    return changed(show, tracks=tuple(tracks)) if touched else show


def change_cues(show: Show, ids: Collection[str], **changes: Any) -> Show:
    """The named cues with fields changed together (for an inspector); any field but `id`."""
    if "id" in changes:
        raise BadInput("a cue keeps its id")
    return each_cue(show, ids, lambda cue: changed(cue, **changes))


def move_cues(show: Show, ids: Collection[str], dt_us: int) -> Show:
    """The named cues shifted in time by `dt_us`.

    A cue held by the clock moves exactly; a musical cue stays musical, on the tick nearest to its new time. Moving
    before show zero stops the whole selection where its first cue meets zero, so that it keeps its shape.
    """
    dt = kept_after_zero((cue_us(show, cue) for cue in cues_of(show, ids)), dt_us)
    return each_cue(show, ids, lambda cue: changed(cue, when=moved(cue.when, show.music, dt))) if dt else show


def move_cues_by_ticks(show: Show, ids: Collection[str], ticks: int) -> Show:
    """The named cues shifted by musical time (960 ticks a quarter note); all become musical.

    Stops as a whole where the first of them would pass show zero.
    """
    picked = cues_of(show, ids)
    starts = {cue.id: _tick(show, cue.when) for cue in picked}
    zero = beat_at(show.music, 0).tick
    step = max(ticks, min(0, zero - min(starts.values(), default=zero)))
    if step == 0:
        return show
    return each_cue(show, ids, lambda cue: changed(cue, when=born(AtBeat, tick=starts[cue.id] + step)))


def set_when(show: Show, ids: Collection[str], when: When) -> Show:
    """The named cues at one moment."""
    return change_cues(show, ids, when=when)


def set_holds(show: Show, ids: Collection[str], holds: Holds) -> Show:
    """What the cues' moment means from now on: their bloom or their ignition."""
    return change_cues(show, ids, holds=holds)


def set_effect(show: Show, ids: Collection[str], effect: str) -> Show:
    """The named cues with another effect; they keep their bloom."""
    return change_cues(show, ids, effect=effect)


def set_position(show: Show, ids: Collection[str], position: str) -> Show:
    """The named cues fired from another position of the venue; raises BadInput when there is none of that id."""
    require("position", [position], {place.id for place in show.venue.positions})
    return change_cues(show, ids, position=position)


def set_angles(show: Show, ids: Collection[str], pan_deg: float | None = None, tilt_deg: float | None = None) -> Show:
    """The named cues with other angles; None leaves one as it is."""
    angles = {"pan_deg": pan_deg, "tilt_deg": tilt_deg}
    return change_cues(show, ids, **{name: deg for name, deg in angles.items() if deg is not None})


def set_address(show: Show, ids: Collection[str], address: Address | None) -> Show:
    """The named cues on one firing pin, or on none."""
    return change_cues(show, ids, address=address)


def set_group(show: Show, ids: Collection[str], group: str) -> Show:
    """The named cues in one group; an empty text takes them out of theirs."""
    return change_cues(show, ids, group=group)


def to_beats(show: Show, ids: Collection[str]) -> Show:
    """The named cues held by the score (nearest tick), so that they follow the tempo map."""

    def held(cue: Cue) -> Cue:
        return cue if isinstance(cue.when, AtBeat) else changed(cue, when=beat_at(show.music, cue.when.t_us))

    return each_cue(show, ids, held)


def to_times(show: Show, ids: Collection[str]) -> Show:
    """The named cues held by the clock at the very microsecond they have now; a moment before zero becomes zero."""

    def held(cue: Cue) -> Cue:
        return cue if isinstance(cue.when, AtTime) else changed(cue, when=AtTime(max(0, cue_us(show, cue))))

    return each_cue(show, ids, held)


def add_cues(show: Show, cues: Sequence[Cue], track: str | None = None) -> Show:
    """The show with cues added at the end of a track (the first one when None, made when there is none).

    Raises BadInput for an unknown track and for ids that are taken; `fresh_cue_ids` gives free ones.
    """
    taken = {cue.id for cue in show.cues()}
    clash = [cue.id for cue in cues if cue.id in taken]
    if clash or len({cue.id for cue in cues}) != len(cues):
        raise BadInput(f"a cue id is used twice: {listed(clash or [cue.id for cue in cues])}")
    if not cues:
        return show
    if not show.tracks and track is None:
        show = add_track(show, "Fireworks")
    into = show.tracks[0].id if track is None else track
    require("track", [into], {row.id for row in show.tracks})
    return changed(
        show,
        tracks=tuple(changed(row, cues=(*row.cues, *cues)) if row.id == into else row for row in show.tracks),
    )


def new_cue(show: Show, effect: str, position: str, when: When, **fields: Any) -> Cue:
    """A cue with a fresh id, not yet in the show; further fields as in Cue."""
    return born(Cue, id=fresh_cue_ids(show)[0], effect=effect, position=position, when=when, **fields)


def add_cue(
    show: Show, effect: str, position: str, when: When, track: str | None = None, **fields: Any
) -> tuple[Show, str]:
    """The show with one new cue, and the cue's fresh id."""
    cue = new_cue(show, effect, position, when, **fields)
    return add_cues(show, [cue], track), cue.id


def delete_cues(show: Show, ids: Collection[str]) -> Show:
    """The show without the named cues; emptied tracks stay."""
    wanted = frozenset(ids)
    require("cue", wanted, {cue.id for cue in show.cues()})
    tracks = tuple(
        changed(row, cues=tuple(cue for cue in row.cues if cue.id not in wanted))
        if any(cue.id in wanted for cue in row.cues)
        else row
        for row in show.tracks
    )
    return changed(show, tracks=tracks) if wanted else show


def duplicate_cues(show: Show, ids: Collection[str], dt_us: int = 0) -> tuple[Show, tuple[str, ...]]:
    """The show with copies of the named cues `dt_us` later, each in its own track and without address.

    Also the copies' ids, in the show's order.
    """
    picked = cues_of(show, ids)
    names = dict(zip((cue.id for cue in picked), fresh_cue_ids(show, len(picked)), strict=True))
    dt = kept_after_zero((cue_us(show, cue) for cue in picked), dt_us)
    tracks = []
    for track in show.tracks:
        copies = tuple(
            changed(cue, id=names[cue.id], when=moved(cue.when, show.music, dt), address=None)
            for cue in track.cues
            if cue.id in names
        )
        tracks.append(changed(track, cues=track.cues + copies) if copies else track)
    return (changed(show, tracks=tuple(tracks)) if picked else show), tuple(names.values())


def cues_to_track(show: Show, ids: Collection[str], track: str) -> Show:
    """The named cues moved to the end of a track; those already there stay where they are."""
    require("track", [track], {row.id for row in show.tracks})
    picked = cues_of(show, ids)
    there = {cue.id for row in show.tracks if row.id == track for cue in row.cues}
    moving = tuple(cue for cue in picked if cue.id not in there)
    if not moving:
        return show
    return add_cues(delete_cues(show, [cue.id for cue in moving]), moving, track)


def quantise_cues(
    show: Show, ids: Collection[str], level: Level = "beat", strength: float = 1.0, *, musical: bool = True
) -> Show:
    """The named cues drawn to the nearest beat, bar or eight-count by `strength` (0 to 1).

    At full strength a cue becomes musical (with `musical` False one held by the clock stays so); below it every cue
    keeps its kind. Halves go to the later line; a line before show zero is never chosen.
    """
    if not 0.0 <= strength <= 1.0:
        raise BadInput(f"the strength of quantising must lie between 0 and 1, got {strength}")

    def drawn(cue: Cue) -> Cue:
        now_us = cue_us(show, cue)
        line = nearest_line(show.music, now_us, level)
        if strength == 1.0 and (musical or isinstance(cue.when, AtBeat)):
            return changed(cue, when=AtBeat(line))
        away_us = time_of(show.music, line) - now_us
        return changed(cue, when=moved(cue.when, show.music, floor(away_us * strength + 0.5)))

    return each_cue(show, ids, drawn)


def put_cues(show: Show, cues: Iterable[Cue]) -> Show:
    """The show with each given cue in the place of the one with its id (for tools that compute whole cues)."""
    new: Mapping[str, Cue] = {cue.id: cue for cue in cues}
    return each_cue(show, new.keys(), lambda cue: cue if cue == new[cue.id] else new[cue.id])


def add_track(show: Show, name: str) -> Show:
    """The show with one more empty track at the end; its id is fresh."""
    (track_id,) = fresh_ids((row.id for row in show.tracks), "t")
    return changed(show, tracks=(*show.tracks, born(Track, id=track_id, name=name)))


def change_track(show: Show, track: str, **changes: Any) -> Show:
    """A track renamed, muted or unmuted; raises BadInput for an unknown one."""
    require("track", [track], {row.id for row in show.tracks})
    if {"id", "cues"} & set(changes):
        raise BadInput("only the name and the muting of a track can be changed")
    tracks = tuple(changed(row, **changes) if row.id == track else row for row in show.tracks)
    return (
        show if all(new is old for new, old in zip(tracks, show.tracks, strict=True)) else changed(show, tracks=tracks)
    )


def delete_track(show: Show, track: str) -> Show:
    """The show without a track and its cues."""
    require("track", [track], {row.id for row in show.tracks})
    return changed(show, tracks=tuple(row for row in show.tracks if row.id != track))


def _tick(show: Show, when: When) -> int:
    return when.tick if isinstance(when, AtBeat) else beat_at(show.music, when.t_us).tick
