"""Paints the drone lanes: scenes as named blocks, the flights between them as wedges, lift-off and landing."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from showeditor.model.music import moment_us
from showeditor.model.plan import Plan
from showeditor.model.show import Show
from showeditor.model.swarm import Flight, Scene
from showeditor.ui import theme
from showeditor.ui.timeline.lanes import HEADER_PX, Lane
from showeditor.ui.timeline.look import View
from showeditor.ui.timeline.paint import small_font

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class SceneSpan:
    """A scene with the show times at which its drones arrive and leave."""

    scene: Scene
    arrive_us: int
    leave_us: int


def scene_spans(show: Show, flight: Flight) -> list[SceneSpan]:
    """Scenes of a flight in order of arrival."""
    spans = [
        SceneSpan(s, arrive, arrive + s.hold_us) for s in flight.scenes for arrive in (moment_us(s.arrive, show.music),)
    ]
    return sorted(spans, key=lambda s: (s.arrive_us, s.scene.id))


def landing_us(plan: Plan, flight: Flight) -> int | None:
    """When the last drone of a flight's fleet is on the ground; None before it is planned."""
    mine = np.array([fleet == flight.fleet for fleet in plan.drones.fleet], np.bool_)
    return int(plan.drones.on_us[mine].max()) if mine.any() else None


def scene_colour(scene: Scene, show: Show) -> QColor:
    """The first light of a scene, made bright enough for the timeline; teal when it has none."""
    for key in scene.lights:
        if key.own:
            drawn = next((f for f in show.formations if f.id == scene.formation), None)
            if drawn is not None and drawn.colours:
                mean = np.array(drawn.colours).mean(axis=0)
                return _bright(QColor(int(mean[0]), int(mean[1]), int(mean[2])))
        if max(key.colour) > 30 and not key.own:
            return _bright(QColor(*key.colour))
    return QColor(theme.DRONE)


def _bright(colour: QColor) -> QColor:
    return QColor.fromHsv(max(colour.hue(), 0), min(colour.saturation(), 190), 215)


def paint_flight(painter: QPainter, view: View, lane: Lane) -> None:
    """One flight."""
    y = view.lanes.y(lane)
    painter.setPen(QColor(theme.LINE))
    painter.drawLine(QLineF(HEADER_PX, y + lane.height - 0.5, view.width, y + lane.height - 0.5))
    flight = view.show.flights[lane.index]
    top, bottom = y + 5.0, y + lane.height - 6.0
    spans = scene_spans(view.show, flight)
    takeoff = moment_us(flight.takeoff, view.show.music)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    low = bottom - 3
    before, colour = (takeoff, (low, bottom)), QColor(theme.FAINT)
    for span in spans:
        shade = scene_colour(span.scene, view.show)
        _wedge(painter, view, before, (span.arrive_us, (top, bottom)), colour, shade)
        before, colour = (span.leave_us, (top, bottom)), shade
    landing = landing_us(view.plan, flight)
    if spans and landing is not None and landing > before[0]:
        _wedge(painter, view, before, (landing, (low, bottom)), colour, QColor(theme.FAINT))
    for t, up in ((takeoff, True), (landing, False)):
        if t is not None and spans:
            _arrow(painter, view.x(t), bottom, up)
    for span in spans:
        _block(painter, view, span, top, bottom)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _wedge(
    painter: QPainter,
    view: View,
    a: tuple[int, tuple[float, float]],
    b: tuple[int, tuple[float, float]],
    colour: QColor,
    other: QColor,
) -> None:
    xa, xb = view.x(a[0]), view.x(b[0])
    if xb < HEADER_PX or xa > view.width or xb <= xa:
        return
    waist = (a[1][1] + b[1][1]) / 2
    if a[1][0] == b[1][0]:
        middle, neck = (xa + xb) / 2, 5.0
        centre = (a[1][0] + a[1][1]) / 2
        shape = [
            QPointF(xa, a[1][0]),
            QPointF(middle, centre - neck),
            QPointF(xb, b[1][0]),
            QPointF(xb, b[1][1]),
            QPointF(middle, centre + neck),
            QPointF(xa, a[1][1]),
        ]
    else:
        shape = [QPointF(xa, a[1][0]), QPointF(xb, b[1][0]), QPointF(xb, waist), QPointF(xa, waist)]
    mixed = QColor(
        (colour.red() + other.red()) // 2,
        (colour.green() + other.green()) // 2,
        (colour.blue() + other.blue()) // 2,
        46,
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mixed)
    painter.drawPolygon(QPolygonF(shape))


def _arrow(painter: QPainter, x: float, bottom: float, up: bool) -> None:
    tip, base = (bottom - 9, bottom - 1) if up else (bottom - 1, bottom - 9)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.MUTED))
    painter.drawPolygon(QPolygonF([QPointF(x - 4, base), QPointF(x + 4, base), QPointF(x, tip)]))


def _block(painter: QPainter, view: View, span: SceneSpan, top: float, bottom: float) -> None:
    x0, x1 = view.x(span.arrive_us), max(view.x(span.leave_us), view.x(span.arrive_us) + 4)
    if x1 < HEADER_PX or x0 > view.width:
        return
    scene = span.scene
    box = QRectF(x0, top, x1 - x0, bottom - top)
    fill = scene_colour(scene, view.show)
    chosen, bad = scene.id in view.selection, scene.id in view.offenders
    fill.setAlpha(130)
    painter.setBrush(fill)
    painter.setPen(
        QPen(
            QColor(theme.BLOCK) if bad else QColor("white") if chosen else fill.lighter(130),
            1.5 if chosen or bad else 1,
        )
    )
    painter.drawRoundedRect(box, 4, 4)
    formation = next((f for f in view.show.formations if f.id == scene.formation), None)
    name = scene.name or (formation.name if formation else scene.formation)
    count = str(len(formation.points)) if formation else "?"
    left = max(x0, HEADER_PX)
    room = x1 - left - 14
    if room < 10:
        return
    painter.setPen(QColor("white"))
    painter.setFont(small_font(painter, 12, bold=True))
    elide = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(room))
    painter.drawText(QRectF(left + 7, top, room, (bottom - top) * 0.58), _LEFT, elide)
    painter.setPen(QColor(255, 255, 255, 170))
    painter.setFont(small_font(painter, 10))
    painter.drawText(QRectF(left + 7, top + (bottom - top) * 0.52, room, (bottom - top) * 0.44), _LEFT, count)
