"""Drags on the timeline: each remembers the show it began with and previews every move from that."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt

from showeditor.model.music import moment_us
from showeditor.model.show import Show
from showeditor.timeline import edits, parts, ripple, scenes
from showeditor.timeline.snap import Snap, Targets, targets
from showeditor.ui.desk import Desk
from showeditor.ui.grouping import own_groups
from showeditor.ui.language import word
from showeditor.ui.timeline.hits import Hit, enclosed
from showeditor.ui.timeline.lanes import HEADER_PX
from showeditor.ui.timeline.look import View

SNAP_PX = 9
START_PX = 3
"""Pixels the pointer must move before a press becomes a drag."""


@dataclass(slots=True)
class Hand:
    """Where a drag is: the press, the pointer now and the keys held."""

    press: QPointF
    at: QPointF
    keys: Qt.KeyboardModifier

    @property
    def shift(self) -> bool:
        """Shift locks an axis or extends a selection."""
        return bool(self.keys & Qt.KeyboardModifier.ShiftModifier)

    @property
    def alt(self) -> bool:
        """Alt copies."""
        return bool(self.keys & Qt.KeyboardModifier.AltModifier)

    @property
    def control(self) -> bool:
        """Ctrl toggles; during a drag it turns snapping off."""
        return bool(self.keys & Qt.KeyboardModifier.ControlModifier)

    def dt_us(self, view: View) -> int:
        """The pointer's way in time."""
        return round((self.at.x() - self.press.x()) * view.axis.us_per_px)


class Drag(Protocol):
    """One drag from press to release."""

    snap: Snap | None
    box: QRectF | None

    def move(self, view: View, hand: Hand) -> None:
        """The pointer moved."""

    def finish(self) -> None:
        """The button was released."""

    def cancel(self) -> None:
        """Escape was pressed."""


@dataclass
class _Edit:
    """A drag that previews edits of the show it began with."""

    desk: Desk
    base: Show = field(init=False)
    snap: Snap | None = None
    box: QRectF | None = None
    moved: bool = False
    label: str = ""

    def __post_init__(self) -> None:
        self.base = self.desk.session.committed

    def preview(self, show: Show) -> None:
        """Shows an edited base."""
        self.moved = True
        self.desk.session.preview(show)

    def finish(self) -> None:
        """Enters the edit into the history."""
        if self.moved:
            self.desk.session.commit(self.label)

    def cancel(self) -> None:
        """Brings the base back."""
        if self.moved:
            self.desk.session.cancel()

    def snapped(self, view: View, hand: Hand, goals: Targets, moments_us: list[int]) -> int:
        """The drag's shift in time after snapping; remembers the snap for the painter."""
        dt = hand.dt_us(view)
        self.snap = None
        if self.desk.snapping and not hand.control:
            dt, self.snap = goals.shift(moments_us, dt, round(SNAP_PX * view.axis.us_per_px))
        return dt


class MoveCues(_Edit):
    """Blooms dragged in time and to other tracks; Alt copies, Shift locks the axis."""

    def __init__(self, desk: Desk, view: View, grabbed: Hit, copy: bool) -> None:
        super().__init__(desk)
        ids = desk.selection
        self.ids = tuple(c.id for c in self.base.cues() if c.id in ids)
        self.scenes = tuple(s.id for f in self.base.flights for s in f.scenes if s.id in ids)
        self.grabbed_us = grabbed.t_us
        self.copy = copy
        self.copied: tuple[str, ...] = ()
        self.from_lane = view.lanes.at(0)
        self.ripple_us = self._first_us() if desk.rippling and not copy else None
        still = () if copy else ids if self.ripple_us is None else _from(self.base, self.ripple_us) | ids
        self.goals = targets(self.base, desk.snap_kinds, without=still)
        count = len(self.ids) + len(self.scenes)
        self.label = (word("Copy {n}") if copy else word("Move {n}")).format(n=count)

    def _first_us(self) -> int:
        moments = [moment_us(cue.when, self.base.music) for cue in edits.cues_of(self.base, self.ids)]
        moments += [moment_us(s.arrive, self.base.music) for s in scenes.scenes_of(self.base, self.scenes)]
        return min(moments)

    def move(self, view: View, hand: Hand) -> None:
        """Moves all grabbed cues and scenes by the same time; in ripple mode all that follows, too."""
        dx, dy = hand.at.x() - hand.press.x(), hand.at.y() - hand.press.y()
        dt = self.snapped(view, hand, self.goals, [self.grabbed_us])
        if hand.shift and abs(dy) > abs(dx):
            dt, self.snap = 0, None
        show = self.base
        ids, scene_ids = self.ids, self.scenes
        if self.copy:
            show, ids = edits.duplicate_cues(show, self.ids, dt) if self.ids else (show, ())
            show = own_groups(show, ids)
            show, scene_ids = scenes.duplicate_scenes(show, self.scenes, dt) if self.scenes else (show, ())
            self.copied = (*ids, *scene_ids)
        elif self.ripple_us is not None:
            show = ripple.shift_after(show, self.ripple_us, max(dt, -self.ripple_us))
        else:
            show = edits.move_cues(show, ids, dt) if ids else show
            show = scenes.move_scenes(show, scene_ids, dt) if scene_ids else show
        if ids and not (hand.shift and abs(dx) >= abs(dy)):
            show = self._other_track(view, hand, show, ids)
        self.preview(show)

    def _other_track(self, view: View, hand: Hand, show: Show, ids: tuple[str, ...]) -> Show:
        here, there = view.lanes.at(hand.press.y()), view.lanes.at(hand.at.y())
        if here is None or there is None or here is there or there.kind != "track" or here.kind != "track":
            return show
        return edits.cues_to_track(show, ids, show.tracks[there.index].id)

    def finish(self) -> None:
        """Enters the move, and selects copies."""
        super().finish()
        if self.moved and self.copied:
            self.desk.session.select(self.copied)


def _from(show: Show, t_us: int) -> frozenset[str]:
    """The ids of cues, scenes, markers and acts from a time on: what a ripple moves."""
    found = {cue.id for cue in show.cues() if moment_us(cue.when, show.music) >= t_us}
    found |= {s.id for f in show.flights for s in f.scenes if moment_us(s.arrive, show.music) >= t_us}
    found |= {m.id for m in show.markers if moment_us(m.when, show.music) >= t_us}
    return frozenset(found | {act.id for act in show.acts if act.end_us > t_us})


class ResizeScene(_Edit):
    """The start or the end of a scene dragged."""

    def __init__(self, desk: Desk, grabbed: Hit) -> None:
        super().__init__(desk)
        (scene,) = scenes.scenes_of(self.base, [grabbed.id])
        arrive = moment_us(scene.arrive, self.base.music)
        self.grabbed = grabbed
        self.from_us = arrive if grabbed.part == "start" else arrive + scene.hold_us
        self.goals = targets(self.base, desk.snap_kinds, without=(grabbed.id,))
        self.label = word("Change a scene's hold")

    def move(self, view: View, hand: Hand) -> None:
        """Puts the edge where the pointer is."""
        at = self.from_us + self.snapped(view, hand, self.goals, [self.from_us])
        edge = {"start_us": at} if self.grabbed.part == "start" else {"end_us": at}
        self.preview(scenes.resize_scene(self.base, self.grabbed.id, **edge))


class MoveAct(_Edit):
    """An act's body or one of its borders dragged."""

    def __init__(self, desk: Desk, grabbed: Hit) -> None:
        super().__init__(desk)
        self.act = next(a for a in self.base.acts if a.id == grabbed.id)
        self.part = grabbed.part
        self.goals = targets(self.base, desk.snap_kinds, without=(grabbed.id,))
        self.label = word("Move an act")

    def move(self, view: View, hand: Hand) -> None:
        """Moves what was grabbed."""
        act = self.act
        if self.part == "body":
            dt = self.snapped(view, hand, self.goals, [act.start_us, act.end_us])
            self.preview(parts.move_acts(self.base, [act.id], dt))
        elif self.part == "start":
            at = act.start_us + self.snapped(view, hand, self.goals, [act.start_us])
            self.preview(parts.change_act(self.base, act.id, start_us=min(max(0, at), act.end_us - 1000)))
        else:
            at = act.end_us + self.snapped(view, hand, self.goals, [act.end_us])
            self.preview(parts.change_act(self.base, act.id, end_us=max(at, act.start_us + 1000)))


class MoveMarker(_Edit):
    """A marker dragged."""

    def __init__(self, desk: Desk, grabbed: Hit) -> None:
        super().__init__(desk)
        self.grabbed = grabbed
        self.goals = targets(self.base, desk.snap_kinds, without=(grabbed.id,))
        self.label = word("Move a marker")

    def move(self, view: View, hand: Hand) -> None:
        """Moves the marker."""
        dt = self.snapped(view, hand, self.goals, [self.grabbed.t_us])
        self.preview(parts.move_markers(self.base, [self.grabbed.id], dt))


class MoveFeeling(_Edit):
    """A point of the emotion curve dragged, or made where there is none."""

    def __init__(self, desk: Desk, view: View, grabbed: Hit | None, at: QPointF) -> None:
        super().__init__(desk)
        self.label = word("Draw the emotion curve")
        self.t_us = grabbed.t_us if grabbed else max(0, view.axis.t(at.x() - HEADER_PX))
        if grabbed is None:
            self.base = parts.set_feeling(self.base, self.t_us, _level(view, at.y()))
            self.preview(self.base)

    def move(self, view: View, hand: Hand) -> None:
        """Moves the point in time and level."""
        to_us = max(0, self.t_us + hand.dt_us(view))
        self.preview(parts.move_feeling(self.base, self.t_us, to_us, _level(view, hand.at.y())))


def _level(view: View, y: float) -> float:
    lane = view.lanes.one("emotion")
    share = (lane.bottom - 3 - y) / (lane.height - 7)
    return round(min(max(share, 0.0), 1.0) * 10, 1)


@dataclass
class BoxSelect:
    """A box drawn over empty ground selects what it touches; Ctrl or Shift adds."""

    desk: Desk
    kept: frozenset[str]
    snap: Snap | None = None
    box: QRectF | None = None

    def move(self, view: View, hand: Hand) -> None:
        """Selects what the box touches now."""
        self.box = QRectF(hand.press, hand.at).normalized()
        self.desk.session.select(self.kept | self.desk.together(enclosed(view, self.box)))

    def finish(self) -> None:
        """Nothing more to do."""

    def cancel(self) -> None:
        """Back to the selection before."""
        self.desk.session.select(self.kept)


@dataclass
class Scrub:
    """The playhead dragged."""

    desk: Desk
    snap: Snap | None = None
    box: QRectF | None = None

    def move(self, view: View, hand: Hand) -> None:
        """Puts the playhead under the pointer."""
        self.desk.seek(view.axis.t(hand.at.x() - HEADER_PX))

    def finish(self) -> None:
        """Nothing more to do."""

    def cancel(self) -> None:
        """A scrub cannot be taken back."""


@dataclass
class DrawRange:
    """A loop range drawn on the ruler."""

    desk: Desk
    snap: Snap | None = None
    box: QRectF | None = None
    goals: Targets = field(init=False)

    def __post_init__(self) -> None:
        self.goals = targets(self.desk.show, self.desk.snap_kinds)

    def move(self, view: View, hand: Hand) -> None:
        """Spans the range from the press to the pointer."""
        ends = [view.axis.t(p.x() - HEADER_PX) for p in (hand.press, hand.at)]
        if self.desk.snapping and not hand.control:
            near = [self.goals.nearest(t, round(SNAP_PX * view.axis.us_per_px)) for t in ends]
            ends = [s.t_us if s else t for s, t in zip(near, ends, strict=True)]
            self.snap = near[1]
        low, high = max(0, min(ends)), min(max(ends), self.desk.show.duration_us)
        if high > low:
            self.desk.set_loop((low, high))

    def finish(self) -> None:
        """The range stays."""

    def cancel(self) -> None:
        """The range goes."""
        self.desk.set_loop(None)


def drag_for(desk: Desk, view: View, found: Hit, hand: Hand) -> Drag | None:
    """The drag that begins on a thing, if it can be dragged."""
    makers: dict[str, Callable[[], Drag]] = {
        "cue": lambda: MoveCues(desk, view, found, hand.alt),
        "scene": lambda: MoveCues(desk, view, found, hand.alt) if found.part == "body" else ResizeScene(desk, found),
        "act": lambda: MoveAct(desk, found),
        "marker": lambda: MoveMarker(desk, found),
        "feeling": lambda: MoveFeeling(desk, view, found, hand.press),
    }
    maker = makers.get(found.kind)
    return maker() if maker else None
