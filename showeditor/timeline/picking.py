"""Picking: cues that are alike, things inside a range of time, and the next moment to jump to."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable
from typing import Literal

from showeditor.model.cue import Cue
from showeditor.model.errors import BadInput
from showeditor.model.music import moment_us
from showeditor.model.show import Act, Show
from showeditor.timeline.edits import cues_of
from showeditor.timeline.moments import cue_us

Likeness = Literal["effect", "position", "track", "group", "act", "holds"]
Stop = Literal["cue", "marker", "scene", "act"]


def cues_like(show: Show, ids: Collection[str], likeness: Likeness) -> frozenset[str]:
    """The ids of all cues that share the named property with any of the given ones (a cue without group has none)."""
    track_of = {cue.id: track.id for track in show.tracks for cue in track.cues}

    def act_of(cue: Cue) -> str:
        act = act_at(show, cue_us(show, cue))
        return "" if act is None else act.id

    readers: dict[Likeness, Callable[[Cue], str]] = {
        "effect": lambda cue: cue.effect,
        "position": lambda cue: cue.position,
        "track": lambda cue: track_of[cue.id],
        "group": lambda cue: cue.group,
        "act": act_of,
        "holds": lambda cue: cue.holds,
    }
    if likeness not in readers:
        raise BadInput(f"cues are not alike by {likeness!r}")
    read = readers[likeness]
    values = {read(cue) for cue in cues_of(show, ids)} - {""}
    return frozenset(cue.id for cue in show.cues() if read(cue) in values)


def whole_groups(show: Show, ids: Collection[str]) -> frozenset[str]:
    """The ids, with all members of every group that any of them belongs to."""
    return frozenset(ids) | cues_like(show, ids, "group")


def between(show: Show, t0_us: int, t1_us: int, tracks: Collection[str] | None = None) -> frozenset[str]:
    """The ids of cues whose moment lies in a closed range of time, in all tracks or the named ones."""
    return frozenset(
        cue.id
        for track in show.tracks
        if tracks is None or track.id in tracks
        for cue in track.cues
        if t0_us <= cue_us(show, cue) <= t1_us
    )


def act_at(show: Show, t_us: int) -> Act | None:
    """The act in which a time lies; of overlapping acts the one that began last, None between acts."""
    inside = [act for act in show.acts if act.start_us <= t_us < act.end_us]
    return max(inside, key=lambda act: act.start_us, default=None)


def next_moment(show: Show, t_us: int, stop: Stop, *, backward: bool = False) -> int | None:
    """The moment of the next (or previous) cue, marker, scene arrival or act border; None past the last."""
    moments = sorted(_moments(show, stop))
    if backward:
        i = bisect_left(moments, t_us)
        return moments[i - 1] if i else None
    i = bisect_right(moments, t_us)
    return moments[i] if i < len(moments) else None


def _moments(show: Show, stop: Stop) -> Iterable[int]:
    if stop == "cue":
        return (cue_us(show, cue) for cue in show.cues())
    if stop == "marker":
        return (moment_us(marker.when, show.music) for marker in show.markers)
    if stop == "scene":
        return (moment_us(scene.arrive, show.music) for flight in show.flights for scene in flight.scenes)
    return (border for act in show.acts for border in (act.start_us, act.end_us))
