"""Ripple edits: everything after a time makes room or closes up."""

from collections.abc import Collection

from showeditor.model.errors import BadInput
from showeditor.model.music import When, moment_us
from showeditor.model.show import Feeling, Show
from showeditor.timeline.births import changed
from showeditor.timeline.edits import cues_of, delete_cues
from showeditor.timeline.moments import cue_us, moved
from showeditor.timeline.scenes import each_scene


def shift_after(show: Show, from_us: int, dt_us: int) -> Show:
    """The show with everything from a time on shifted: cues, scenes, take-offs, markers, acts, emotion, its end.

    An act that spans the time grows or shrinks with it. Moved back, things may overtake earlier ones. Raises BadInput
    when they would pass show zero.
    """
    if dt_us == 0:
        return show
    if from_us + dt_us < 0:
        raise BadInput("a ripple cannot shift anything to before the start of the show")

    def late(when: When) -> bool:
        return moment_us(when, show.music) >= from_us

    tracks = []
    for track in show.tracks:
        if any(late(cue.when) for cue in track.cues):
            track = changed(
                track,
                cues=tuple(
                    changed(cue, when=moved(cue.when, show.music, dt_us)) if late(cue.when) else cue
                    for cue in track.cues
                ),
            )
        tracks.append(track)
    acts = []
    for act in show.acts:
        start = act.start_us + dt_us if act.start_us >= from_us else act.start_us
        end = act.end_us + dt_us if act.end_us > from_us else act.end_us
        acts.append(changed(act, start_us=start, end_us=max(start + 1, end)))
    points = {p.t_us: p for p in show.emotion if p.t_us < min(from_us, from_us + dt_us)}
    points.update({p.t_us + dt_us: changed(p, t_us=p.t_us + dt_us) for p in show.emotion if p.t_us >= from_us})
    emotion: tuple[Feeling, ...] = tuple(points[t] for t in sorted(points))
    after = changed(
        show,
        tracks=tuple(tracks),
        acts=tuple(acts),
        emotion=emotion,
        markers=tuple(
            changed(m, when=moved(m.when, show.music, dt_us)) if late(m.when) else m for m in show.markers
        ),
        duration_us=max(1, show.duration_us + dt_us),
    )  # fmt: skip
    after = each_scene(
        after,
        [s.id for flight in show.flights for s in flight.scenes if late(s.arrive)],
        lambda scene: changed(scene, arrive=moved(scene.arrive, show.music, dt_us)),
    )
    flights = (changed(f, takeoff=moved(f.takeoff, show.music, dt_us)) if late(f.takeoff) else f for f in after.flights)
    return changed(after, flights=tuple(flights))


def delete_and_close(show: Show, ids: Collection[str]) -> Show:
    """The show without the named cues, and all that follows the last of them moved up by the time they spanned."""
    moments = [cue_us(show, cue) for cue in cues_of(show, ids)]
    if not moments:
        return show
    first, last = min(moments), max(moments)
    return shift_after(delete_cues(show, ids), last, first - last)
