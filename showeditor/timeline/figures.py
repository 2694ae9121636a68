"""Live figures: drawing their cues, changing them, and baking them into plain cues.

A figure's cues stand in their track as any others, so that everything downstream (plan, addresses, tables) needs to
know nothing of figures. What was changed by hand in a cue of a figure stays when the figure is changed: it is told
by comparing the cue with what the figure drew. A figure whose cues were all moved alike moves with them.
"""

from collections.abc import Callable, Collection
from typing import Any

from showeditor.model.cue import Cue
from showeditor.model.errors import BadInput
from showeditor.model.figure import MOST_SHOTS, Figure
from showeditor.model.music import AtBeat, Music, When, moment_us
from showeditor.model.show import Show
from showeditor.timeline.births import born, changed
from showeditor.timeline.edits import add_cues, delete_cues, put_cues
from showeditor.timeline.fan import facing, leaning
from showeditor.timeline.ids import fresh_ids, require
from showeditor.timeline.moments import at_us, cue_us
from showeditor.timeline.shapes import blows

_DRAWN = ("effect", "position", "when", "holds", "pan_deg", "tilt_deg")


def drawn(show: Show, figure: Figure) -> tuple[Cue, ...]:
    """The cues that a figure draws at this venue and music, in order of time; raises BadInput where it can't."""
    require("position", figure.positions, {place.id for place in show.venue.positions})
    made = blows(figure, _strengths(figure, show.music))
    if len(made) > MOST_SHOTS:
        raise BadInput(f"figure {figure.name or figure.id} would make {len(made)} cues, at most {MOST_SHOTS} go")
    sides = facing(show)
    cues = []
    for blow in made:
        position = figure.positions[blow.place]
        plain = born(
            Cue,
            id=f"{figure.id}-{blow.round + 1}-{blow.place + 1}-{blow.shot + 1}",
            effect=figure.effects[blow.variety % len(figure.effects)],
            position=position,
            when=_moment(figure, show.music, blow.step),
            holds=figure.holds,
            group=figure.id,
        )
        cues.append(leaning(plain, blow.lean_deg, sides))
    return tuple(cues)


def add_figure(show: Show, shape: str, **fields: Any) -> tuple[Show, str]:
    """The show with a new figure and its cues, and the figure's fresh id; fields as in Figure."""
    (name,) = fresh_ids((*(f.id for f in show.figures), *(cue.group for cue in show.cues())), "f")
    return put_figure(show, born(Figure, id=name, shape=shape, **fields)), name


def put_figure(show: Show, figure: Figure) -> Show:
    """The show with a figure new or changed, and its cues drawn anew.

    Addresses and notes stay with their cues; fields changed by hand stay as they were made; a cue deleted by hand
    stays away as long as the figure would still draw it.
    """
    require("track", [figure.track], {track.id for track in show.tracks})
    before = figure_of(show, figure.id)
    was = {cue.id: cue for cue in drawn(show, before)} if before is not None else {}
    have = {cue.id: cue for cue in show.cues() if cue.id in was}
    track_of = {cue.id: track.id for track in show.tracks for cue in track.cues if cue.id in have}
    wanted = {cue.id: cue for cue in drawn(show, figure)}
    merged = {
        name: _merged(cue, was[name], have[name]) if name in have else cue
        for name, cue in wanted.items()
        if name in have or name not in was
    }
    moved = figure.track != before.track if before is not None else False
    gone = [name for name in have if name not in wanted or (moved and track_of[name] != figure.track)]
    show = delete_cues(show, gone)
    show = put_cues(show, [cue for name, cue in merged.items() if name in have and name not in gone])
    show = add_cues(show, [cue for name, cue in merged.items() if name not in have or name in gone], figure.track)
    kept = tuple(figure if old.id == figure.id else old for old in show.figures)
    return changed(show, figures=kept if before is not None else (*kept, figure))


def change_figure(show: Show, figure: str, **changes: Any) -> Show:
    """A figure with some fields changed, where its cues are now; not `id`."""
    if "id" in changes:
        raise BadInput("a figure keeps its id")
    show = followed(show, figure)
    return put_figure(show, changed(_known(show, figure), **changes))


def followed(show: Show, figure: str) -> Show:
    """The show with a figure's start moved along where all its cues were moved alike by hand."""
    known = _known(show, figure)
    was = {cue.id: cue for cue in drawn(show, known)}
    have = [cue for cue in show.cues() if cue.id in was]
    shifts = {cue_us(show, cue) - moment_us(was[cue.id].when, show.music) for cue in have}
    if not shifts or max(shifts) - min(shifts) > 1_000 or 0 in shifts:
        return show
    begin = moment_us(known.start, show.music) + max(shifts)
    start = at_us(known.start, show.music, max(0, begin))
    kept = tuple(changed(old, start=start) if old.id == figure else old for old in show.figures)
    return changed(show, figures=kept)


def bake_figure(show: Show, figure: str) -> Show:
    """The show without the figure's rule; its cues stay, as plain cues of one group."""
    _known(show, figure)
    return changed(show, figures=tuple(old for old in show.figures if old.id != figure))


def delete_figure(show: Show, figure: str) -> Show:
    """The show without a figure and without its cues."""
    names = [cue.id for cue in members(show, figure)]
    return delete_cues(bake_figure(show, figure), names)


def members(show: Show, figure: str) -> tuple[Cue, ...]:
    """The cues of a figure that the show holds."""
    names = {cue.id for cue in drawn(show, _known(show, figure))}
    return tuple(cue for cue in show.cues() if cue.id in names)


def figure_of(show: Show, figure: str) -> Figure | None:
    """The figure of an id, None where there is none."""
    return next((one for one in show.figures if one.id == figure), None)


def figures_of_cues(show: Show, ids: Collection[str]) -> tuple[Figure, ...]:
    """The live figures that drew any of the named cues."""
    groups = {cue.group for cue in show.cues() if cue.id in ids and cue.id.startswith(f"{cue.group}-")}
    return tuple(figure for figure in show.figures if figure.id in groups)


def _known(show: Show, figure: str) -> Figure:
    known = figure_of(show, figure)
    if known is None:
        raise BadInput(f"unknown figure: {figure}")
    return known


def _merged(new: Cue, was: Cue, have: Cue) -> Cue:
    by_hand = {name: getattr(have, name) for name in _DRAWN if getattr(have, name) != getattr(was, name)}
    return changed(new, address=have.address, note=have.note, group=have.group, **by_hand)


def _moment(figure: Figure, music: Music | None, step: int) -> When:
    if figure.gap_ticks and isinstance(figure.start, AtBeat):
        return born(AtBeat, tick=figure.start.tick + step * figure.gap_ticks)
    return at_us(figure.start, music, moment_us(figure.start, music) + step * figure.gap_us)


def _strengths(figure: Figure, music: Music | None) -> Callable[[int], int] | None:
    """How strong the beats of a fill are: 3 on a bar line, 2 on a beat, 1 on half a beat, else 0."""
    if not (figure.gap_ticks and isinstance(figure.start, AtBeat)):
        return None
    begin, tempo = figure.start.tick, (music or Music()).tempo

    def strength(step: int) -> int:
        tick = begin + step * figure.gap_ticks
        signature = next((s for s in reversed(tempo.signatures) if s.tick <= tick), tempo.signatures[0])
        place = (tick - signature.tick) % signature.bar_ticks
        if place == 0:
            return 3
        if place % signature.beat_ticks == 0:
            return 2
        return 1 if place % (signature.beat_ticks // 2) == 0 else 0

    return strength
