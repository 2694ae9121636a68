"""What lies under the pointer, and what a box encloses."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from PySide6.QtCore import QRectF

from showeditor.model.music import moment_us
from showeditor.ui.timeline.lanes import HEADER_PX, Lane
from showeditor.ui.timeline.look import View
from showeditor.ui.timeline.paint_cues import bars
from showeditor.ui.timeline.paint_flights import scene_spans

Part = Literal["body", "start", "end"]
EDGE_PX = 6.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing under the pointer: its kind, its id, and the part of it that was met."""

    kind: Literal["cue", "scene", "act", "marker", "feeling", "track", "flight"]
    id: str
    part: Part = "body"
    t_us: int = 0


def hit(view: View, x: float, y: float) -> Hit | None:
    """The uppermost thing at a pixel of the widget, or None."""
    lane = view.lanes.at(y)
    if lane is None:
        return None
    if x < HEADER_PX:
        if lane.kind == "track":
            return Hit("track", view.show.tracks[lane.index].id)
        return Hit("flight", view.show.flights[lane.index].id) if lane.kind == "flight" else None
    if lane.kind == "track":
        return _cue(view, lane, x, y)
    if lane.kind == "flight":
        return _scene(view, lane, x)
    if lane.kind == "acts":
        return _act(view, x)
    if lane.kind == "ruler":
        return _marker(view, x, y)
    return _feeling(view, lane, x, y) if lane.kind == "emotion" else None


def _cue(view: View, lane: Lane, x: float, y: float) -> Hit | None:
    if lane.index >= len(view.rows.tracks):
        return None
    rows = view.rows.tracks[lane.index]
    t = view.axis.t(x - HEADER_PX)
    slack = round(5 * view.axis.us_per_px)
    seen = rows.visible(t - slack, t + slack)
    if not len(seen):
        return None
    x0, x1, x2, top, bottom = bars(view, lane, rows, seen)
    middle = (top + bottom) / 2
    on_bar = (x >= x1 - 3) & (x <= x2 + 3) & (y >= top - 3) & (y <= bottom + 3)
    on_line = (x >= x0 - 3) & (x <= x1) & (np.abs(y - middle) <= 5)
    for which in (on_bar, on_line):
        found = np.flatnonzero(which)
        if len(found):
            # of several the one whose bloom is nearest
            best = int(found[np.argmin(np.abs(x1[found] - x))])
            return Hit("cue", rows.ids[int(seen[best])], t_us=int(rows.bloom_us[seen[best]]))
    return None


def _scene(view: View, lane: Lane, x: float) -> Hit | None:
    for span in reversed(scene_spans(view.show, view.show.flights[lane.index])):
        x0, x1 = view.x(span.arrive_us), view.x(span.leave_us)
        if x0 - EDGE_PX / 2 <= x <= max(x1, x0 + 4) + EDGE_PX / 2:
            part: Part = "body"
            if x1 - x0 > 3 * EDGE_PX:
                part = "start" if x < x0 + EDGE_PX else "end" if x > x1 - EDGE_PX else "body"
            return Hit("scene", span.scene.id, part, span.arrive_us)
    return None


def _act(view: View, x: float) -> Hit | None:
    for act in view.show.acts:
        x0, x1 = view.x(act.start_us), view.x(act.end_us)
        if x0 - 2 <= x <= x1 + 2:
            part: Part = "start" if x < x0 + EDGE_PX else "end" if x > x1 - EDGE_PX else "body"
            return Hit("act", act.id, part, act.start_us)
    return None


def _marker(view: View, x: float, y: float) -> Hit | None:
    if y < view.lanes.one("ruler").bottom - 13:
        return None
    for marker in view.show.markers:
        t = moment_us(marker.when, view.show.music)
        if abs(view.x(t) - x) <= 6:
            return Hit("marker", marker.id, t_us=t)
    return None


def _feeling(view: View, lane: Lane, x: float, y: float) -> Hit | None:
    for point in view.show.emotion:
        py = lane.bottom - 3 - (lane.height - 7) * point.level / 10
        if abs(view.x(point.t_us) - x) <= 6 and abs(py - y) <= 7:
            return Hit("feeling", str(point.t_us), t_us=point.t_us)
    return None


def enclosed(view: View, box: QRectF) -> frozenset[str]:
    """Ids of the cues and scenes whose bodies a box touches."""
    found: set[str] = set()
    for lane in view.lanes.between(box.top(), box.bottom()):
        if lane.kind == "track" and lane.index < len(view.rows.tracks):
            rows = view.rows.tracks[lane.index]
            seen = rows.visible(view.axis.t(box.left() - HEADER_PX), view.axis.t(box.right() - HEADER_PX))
            _, x1, x2, top, bottom = bars(view, lane, rows, seen)
            inside = (x1 <= box.right()) & (x2 >= box.left()) & (top <= box.bottom()) & (bottom >= box.top())
            found.update(rows.ids[int(i)] for i in seen[inside])
        elif lane.kind == "flight":
            for span in scene_spans(view.show, view.show.flights[lane.index]):
                if view.x(span.arrive_us) <= box.right() and view.x(span.leave_us) >= box.left():
                    found.add(span.scene.id)
    return frozenset(found)
