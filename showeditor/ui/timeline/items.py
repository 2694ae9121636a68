"""The things on the timeline as named rectangles: for screen readers' descriptions and for driving from outside."""

from typing import Any

from PySide6.QtCore import QRectF

from showeditor.model.music import moment_us
from showeditor.model.times import clock
from showeditor.ui.timeline.lanes import HEADER_PX
from showeditor.ui.timeline.look import View
from showeditor.ui.timeline.paint_cues import bars
from showeditor.ui.timeline.paint_flights import scene_spans
from showeditor.ui.timeline.paint_recorded import recorded_span

MOST = 3000


def items_in_view(view: View) -> list[tuple[str, str, str, QRectF]]:
    """Kind, id, words and rectangle (widget pixels) of the cues, scenes, acts and markers that are seen."""
    found: list[tuple[str, str, str, QRectF]] = []
    lane = view.lanes.one("acts")
    for act in view.show.acts:
        box = QRectF(view.x(act.start_us), lane.y, view.x(act.end_us) - view.x(act.start_us), lane.height)
        found.append(("act", act.id, act.name, box))
    lane = view.lanes.one("ruler")
    for marker in view.show.markers:
        x = view.x(moment_us(marker.when, view.show.music))
        found.append(("marker", marker.id, marker.name, QRectF(x - 5, lane.bottom - 9, 10, 9)))
    for lane in view.lanes.between(view.lanes.fixed_px, view.height):
        y = view.lanes.y(lane)
        if lane.kind == "flight":
            for span in scene_spans(view.show, view.show.flights[lane.index]):
                box = QRectF(view.x(span.arrive_us), y, view.x(span.leave_us) - view.x(span.arrive_us), lane.height)
                name = f"{span.scene.name or span.scene.formation}, {clock(span.arrive_us)}"
                found.append(("scene", span.scene.id, name, box))
        elif lane.kind == "recorded":
            flight = view.show.recorded[lane.index]
            start, end = recorded_span(view.show, flight)
            box = QRectF(view.x(start), y, view.x(end) - view.x(start), lane.height)
            found.append(("recorded", flight.id, f"{flight.name or flight.id}, {clock(start)}", box))
        elif lane.index < len(view.rows.tracks):
            rows = view.rows.tracks[lane.index]
            seen = rows.visible(*view.span())[:MOST]
            _, x1, x2, top, bottom = bars(view, lane, rows, seen)
            effects = {cue.id: cue.effect for cue in rows.track.cues}
            for i, row in enumerate(seen.tolist()):
                name = f"{effects.get(rows.ids[row], rows.ids[row])}, {clock(int(rows.bloom_us[row]))}"
                found.append(("cue", rows.ids[row], name, QRectF(x1[i], top[i], x2[i] - x1[i], bottom[i] - top[i])))
    edge = QRectF(HEADER_PX, 0, view.width - HEADER_PX, view.height)
    return [(kind, name, words, box & edge) for kind, name, words, box in found if box.intersects(edge)]


def nodes(view: View, left: int, top: int) -> list[dict[str, Any]]:
    """The same as nodes of the accessibility tree, `left` and `top` being the widget's place on the screen."""
    return [
        {
            "role": f"Timeline{kind.capitalize()}",
            "name": words or name,
            "value": name,
            "rect": [round(left + box.x()), round(top + box.y()), max(1, round(box.width())), round(box.height())],
            "visible": True,
            "enabled": True,
        }
        for kind, name, words, box in items_in_view(view)
    ]
