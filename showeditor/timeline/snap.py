"""Snapping: the beat, bar, eight-count, marker, cue or second nearest to a time, within a tolerance."""

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from showeditor.model.music import Music, moment_us
from showeditor.model.show import Show
from showeditor.model.times import US, round_half_up
from showeditor.timeline.grid import nearest_line, time_of

Kind = Literal["eight", "bar", "beat", "marker", "cue", "second"]

KINDS: tuple[Kind, ...] = ("marker", "cue", "eight", "bar", "beat", "second")
"""All kinds; of several at the same distance the first named wins."""


@dataclass(frozen=True, slots=True)
class Snap:
    """Where a time snaps to; `tick` for musical lines, `name` of the marker, act, cue or scene otherwise."""

    t_us: int
    kind: Kind
    name: str = ""
    tick: int | None = None


@dataclass(frozen=True, slots=True)
class Targets:
    """What a drag can snap to, gathered once when it begins."""

    music: Music | None
    kinds: frozenset[Kind]
    points: tuple[tuple[int, str, Kind], ...]

    def nearest(self, t_us: int, tolerance_us: int) -> Snap | None:
        """The nearest target not before zero and not farther than `tolerance_us`; None when there is none."""
        found: list[Snap] = []
        for level in ("eight", "bar", "beat"):
            if level in self.kinds:
                tick = nearest_line(self.music, t_us, level)
                found.append(Snap(time_of(self.music, tick), level, tick=tick))
        if "second" in self.kinds:
            found.append(Snap(max(0, round_half_up(t_us, US)), "second"))
        i = bisect_left(self.points, (t_us,))
        found.extend(Snap(at, kind, name) for at, name, kind in self.points[max(0, i - 1) : i + 1])
        near = [snap for snap in found if 0 <= snap.t_us and abs(snap.t_us - t_us) <= tolerance_us]
        return min(near, key=lambda snap: (abs(snap.t_us - t_us), KINDS.index(snap.kind)), default=None)

    def shift(self, moments_us: Iterable[int], dt_us: int, tolerance_us: int) -> tuple[int, Snap | None]:
        """The shift that lets one of several dragged moments snap when all move by about `dt_us`.

        The moment that needs the least correction decides; without one in reach, `dt_us` and None.
        """
        best: tuple[int, int, Snap] | None = None
        for moment in moments_us:
            snap = self.nearest(moment + dt_us, tolerance_us)
            if snap is not None:
                correction = snap.t_us - moment - dt_us
                if best is None or abs(correction) < best[0]:
                    best = (abs(correction), dt_us + correction, snap)
        return (dt_us, None) if best is None else best[1:]


def targets(
    show: Show,
    kinds: Collection[Kind] = KINDS,
    *,
    without: Collection[str] = (),
    extra: Iterable[tuple[int, str]] = (),
) -> Targets:
    """Everything of these kinds that a drag of the ids `without` can snap to.

    `marker` includes act borders, `cue` the arrivals and ends of scenes. `extra` adds named times, such as ignitions of
    a Plan, as kind `cue`.
    """
    leave = frozenset(without)
    points: list[tuple[int, str, Kind]] = []
    if "marker" in kinds:
        points += [(moment_us(m.when, show.music), m.name, "marker") for m in show.markers if m.id not in leave]
        for act in show.acts:
            if act.id not in leave:
                points += [(act.start_us, act.name, "marker"), (act.end_us, act.name, "marker")]
    if "cue" in kinds:
        points += [(moment_us(cue.when, show.music), cue.id, "cue") for cue in show.cues() if cue.id not in leave]
        for flight in show.flights:
            for scene in flight.scenes:
                if scene.id not in leave:
                    arrival = moment_us(scene.arrive, show.music)
                    points += [(arrival, scene.id, "cue"), (arrival + scene.hold_us, scene.id, "cue")]
        points += [(t_us, name, "cue") for t_us, name in extra]
    return Targets(show.music, frozenset(kinds), tuple(sorted(points)))


def snap(
    show: Show, t_us: int, tolerance_us: int, kinds: Collection[Kind] = KINDS, *, without: Collection[str] = ()
) -> Snap | None:
    """Where one time snaps to; for a drag gather `targets` once instead."""
    return targets(show, kinds, without=without).nearest(t_us, tolerance_us)
