"""Things of the palette dropped onto the timeline, or inserted at the playhead."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QByteArray, QMimeData, QPointF

from showeditor.model.errors import BadInput
from showeditor.model.music import AtTime, When, moment_us
from showeditor.model.show import Show
from showeditor.model.swarm import Formation, LightKey, Placement
from showeditor.timeline import edits, scenes
from showeditor.timeline.moments import beat_at
from showeditor.timeline.snap import targets
from showeditor.ui.desk import Desk
from showeditor.ui.language import word
from showeditor.ui.timeline.drag import SNAP_PX
from showeditor.ui.timeline.lanes import HEADER_PX
from showeditor.ui.timeline.look import View

EFFECT_MIME = "application/x-showeditor-effect"
FORMATION_MIME = "application/x-showeditor-formation"
HOLD_US = 6_000_000
"""How long a newly placed formation is held."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Something that would land at a time on a lane."""

    kind: Literal["effect", "formation"]
    what: str
    label: str
    t_us: int
    musical: bool
    lane: str | None
    y: float
    height: float

    def put(self, desk: Desk) -> None:
        """Puts it into the show as one step."""
        when: When = beat_at(desk.show.music, self.t_us) if self.musical else AtTime(self.t_us)
        if self.kind == "effect":
            insert_effect(desk, self.what, when, self.lane)
        else:
            insert_formation(desk, self.what, when, self.lane)


def mime_of(kind: Literal["effect", "formation"], what: str, label: str) -> QMimeData:
    """The dragged form of a palette entry: effect text or formation id, with its label."""
    mime = QMimeData()
    mime.setData(EFFECT_MIME if kind == "effect" else FORMATION_MIME, QByteArray(what.encode()))
    mime.setText(label)
    return mime


def read_drop(desk: Desk, view: View, mime: QMimeData, at: QPointF) -> Drop | None:
    """What would land where; None when the thing cannot land there."""
    if mime.hasFormat(EFFECT_MIME):
        kind: Literal["effect", "formation"] = "effect"
        what = bytes(mime.data(EFFECT_MIME).data()).decode()
    elif mime.hasFormat(FORMATION_MIME):
        kind, what = "formation", bytes(mime.data(FORMATION_MIME).data()).decode()
    else:
        return None
    lane = view.lanes.at(at.y())
    if at.x() < HEADER_PX:
        return None
    t_us = min(max(0, view.axis.t(at.x() - HEADER_PX)), view.show.duration_us)
    snapped = None
    if desk.snapping:
        snapped = targets(view.show, desk.snap_kinds).nearest(t_us, round(SNAP_PX * view.axis.us_per_px))
    name: str | None = None
    y, height = float(view.lanes.fixed_px), 38.0
    if lane is not None and lane.kind == ("track" if kind == "effect" else "flight"):
        name = view.show.tracks[lane.index].id if lane.kind == "track" else view.show.flights[lane.index].id
        y, height = float(view.lanes.y(lane)), float(lane.height)
    return Drop(
        kind,
        what,
        mime.text(),
        snapped.t_us if snapped else t_us,
        bool(snapped and snapped.tick is not None),
        name,
        y,
        height,
    )


def insert_effect(desk: Desk, effect: str, when: When | None = None, track: str | None = None) -> None:
    """A cue of an effect at a moment (the playhead), on a track (that of the selection) and the chosen position."""
    show = desk.show
    position = (place_of_track(show, track) if track else None) or desk.position
    if position is None:
        raise BadInput(word("The venue has no firing position yet; add one in the Show menu"))
    if track is None:
        track = next((t.id for t in show.tracks if t.id in desk.selection), None)
    if track is None:
        track = next((t.id for t in show.tracks if any(c.id in desk.selection for c in t.cues)), None)
    after, cue = edits.add_cue(show, effect, position, when or here(desk), track)
    desk.apply(after, word("Insert a cue"), [cue])


def place_of_track(show: Show, track: str) -> str | None:
    """Where a track fires from: the one position of its cues, else the position of its name; None when in doubt."""
    row = next(t for t in show.tracks if t.id == track)
    used = {cue.position for cue in row.cues}
    if used:
        return used.pop() if len(used) == 1 else None
    return next((p.id for p in show.venue.positions if row.name in (p.name, p.id)), None)


def insert_formation(desk: Desk, formation: str, when: When | None = None, flight: str | None = None) -> None:
    """A scene with a formation at a moment (the playhead) in a flight (the first), lit in its own colours."""
    show = desk.show
    if flight is None:
        flight = next((f.id for f in show.flights), None)
    if flight is None:
        if not show.fleets:
            raise BadInput(word("The show has no drones yet; add a fleet in the Show menu"))
        show, flight = scenes.add_flight(show, show.fleets[0].id, AtTime(5_000_000), word("Drones"))
    drawn = next(f for f in show.formations if f.id == formation)
    moment = when or here(desk)
    colour = LightKey(0, (255, 255, 255), fade=True, own=bool(drawn.colours))
    after, scene = scenes.add_scene(
        show, flight, formation, moment, HOLD_US, placement(show, drawn), lights=(colour,), name=drawn.name
    )
    late = moment_us(moment, show.music) + HOLD_US - show.duration_us
    if late > 0:
        after = scenes.change_scenes(after, [scene], hold_us=max(0, HOLD_US - late))
    desk.apply(after, word("Insert a formation"), [scene])


def placement(show: Show, drawn: Formation) -> Placement:
    """Where the nearest scene stands, else facing the audience with the lowest point 30 m up."""
    for flight in show.flights:
        for scene in flight.scenes:
            return scene.place
    low = float(drawn.points.metres[:, 2].min())
    return Placement((0.0, 0.0, round(30.0 - low, 1)), heading_deg=show.venue.heading_deg)


def here(desk: Desk) -> When:
    """The playhead as a moment: on the nearest beat when that is snapped to and near, else by the clock."""
    t_us = desk.state.playhead_us
    if desk.snapping and desk.show.music and {"beat", "bar", "eight"} & desk.snap_kinds:
        found = targets(desk.show, desk.snap_kinds & {"beat", "bar", "eight"}).nearest(t_us, 60_000)
        if found is not None:
            return beat_at(desk.show.music, found.t_us)
    return AtTime(t_us)
