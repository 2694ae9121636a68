"""Paints the fixed lanes: clock and bars, acts, emotion curve, waveform; and the headers at the left."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QLinearGradient, QPainter, QPen, QPolygonF

from showeditor.model.music import moment_us
from showeditor.ui import theme
from showeditor.ui.timeline.axis import GridLine, beat_lines, clock_lines
from showeditor.ui.timeline.lanes import HEADER_PX, Lane
from showeditor.ui.timeline.look import View

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def small_font(painter: QPainter, px: int = 11, bold: bool = False) -> QFont:
    """The painter's font at a pixel size."""
    font = QFont(painter.font())
    font.setPixelSize(px)
    font.setBold(bold)
    return font


def paint_fixed(painter: QPainter, view: View) -> None:
    """All fixed lanes and the grid lines that run through the rows."""
    clock = clock_lines(view.axis, view.width - HEADER_PX)
    beats = beat_lines(view.axis, view.width - HEADER_PX, view.show.music) if view.show.music else []
    _grid(painter, view, beats or clock)
    _ruler(painter, view, clock, beats)
    _acts(painter, view)
    _wave(painter, view)
    _emotion(painter, view)
    _markers(painter, view)


def _grid(painter: QPainter, view: View, lines: list[GridLine]) -> None:
    top = view.lanes.one("emotion").y
    for rank, colour in ((1, "#20242a"), (0, "#2c3138")):
        painter.setPen(QPen(QColor(colour), 1))
        painter.drawLines(
            [
                QLineF(round(view.x(g.t_us)) + 0.5, top, round(view.x(g.t_us)) + 0.5, view.height)
                for g in lines
                if g.rank == rank
            ]
        )
    # before zero and after the end nothing can be fired
    for a, b in ((view.span()[0], 0), (view.show.duration_us, view.span()[1])):
        if b > a:
            painter.fillRect(QRectF(view.x(a), top, view.x(b) - view.x(a), view.height - top), QColor(0, 0, 0, 70))
    painter.setPen(QPen(QColor(theme.FAINT), 1))
    for t in (0, view.show.duration_us):
        x = round(view.x(t)) + 0.5
        painter.drawLine(QLineF(x, top, x, view.height))


def _ruler(painter: QPainter, view: View, clock: list[GridLine], beats: list[GridLine]) -> None:
    lane = view.lanes.one("ruler")
    painter.fillRect(QRectF(HEADER_PX, lane.y, view.width, lane.height), QColor(theme.GROUND))
    painter.setFont(small_font(painter, 11))
    half = lane.height // 2
    for line in clock:
        x = round(view.x(line.t_us)) + 0.5
        painter.setPen(QColor(theme.FAINT if line.rank else theme.MUTED))
        painter.drawLine(QLineF(x, half - (7 if line.rank == 0 else 3), x, half - 1))
        if line.text:
            painter.drawText(QRectF(x + 4, 0, 80, half), _LEFT, line.text)
    last = -1e9
    for line in beats:
        x = round(view.x(line.t_us)) + 0.5
        painter.setPen(QColor(theme.FAINT if line.rank else theme.WAVE_CORE))
        painter.drawLine(QLineF(x, half + 1, x, half + (8 if line.rank == 0 else 4)))
        if line.text and x - last > 26:
            painter.drawText(QRectF(x + 4, half, 60, half), _LEFT, line.text)
            last = x
    painter.setPen(QColor(theme.LINE))
    painter.drawLine(QLineF(HEADER_PX, half + 0.5, view.width, half + 0.5))


def _acts(painter: QPainter, view: View) -> None:
    lane = view.lanes.one("acts")
    painter.fillRect(QRectF(HEADER_PX, lane.y, view.width, lane.height), QColor(theme.GROUND))
    painter.setFont(small_font(painter, 11, bold=True))
    for act in view.show.acts:
        x0, x1 = view.x(act.start_us), view.x(act.end_us)
        if x1 < HEADER_PX or x0 > view.width:
            continue
        colour = QColor(act.colour)
        box = QRectF(x0 + 1, lane.y + 1, max(x1 - x0 - 2, 1), lane.height - 3)
        deep = QColor(colour)
        deep.setAlpha(110 if act.id not in view.selection else 200)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(deep)
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(QColor("white"))
        left = max(box.left(), HEADER_PX)
        text = QRectF(left + 7, box.top(), box.right() - left - 10, box.height())
        if text.width() > 14:
            name = painter.fontMetrics().elidedText(act.name or act.id, Qt.TextElideMode.ElideRight, int(text.width()))
            painter.drawText(text, _LEFT, name)


def _wave(painter: QPainter, view: View) -> None:
    lane = view.lanes.one("wave")
    middle = lane.y + lane.height / 2
    painter.setPen(QColor(theme.EDGE))
    painter.drawLine(QLineF(HEADER_PX, middle, view.width, middle))
    music = view.show.music
    if view.pyramid is None or music is None:
        return
    columns = view.width - HEADER_PX
    t0, t1 = view.span()
    if columns < 1 or t1 <= t0:
        return
    data = np.asarray(view.pyramid.query(t0 - music.start_us, t1 - music.start_us, columns), np.float64)
    half = lane.height / 2 - 3
    x = HEADER_PX + np.arange(columns) + 0.5
    low, high = middle - data[:, 0] * half, middle - data[:, 1] * half
    core = data[:, 2] * half
    sounding = np.flatnonzero((low - high) > 0.01)
    for upper, lower, colour in ((high, low, theme.WAVE), (middle - core, middle + core, theme.WAVE_CORE)):
        painter.setPen(QPen(QColor(colour), 1))
        painter.drawLines(
            [QLineF(a, b, a, c) for a, b, c in zip(x[sounding], upper[sounding], lower[sounding], strict=True)]
        )


def _emotion(painter: QPainter, view: View) -> None:
    lane = view.lanes.one("emotion")
    points = view.show.emotion
    if not points:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    bottom, room = lane.bottom - 3, lane.height - 7
    path = [QPointF(view.x(p.t_us), bottom - room * p.level / 10) for p in points]
    path = [
        QPointF(min(path[0].x(), HEADER_PX), path[0].y()),
        *path,
        QPointF(max(path[-1].x(), view.width), path[-1].y()),
    ]
    fill = QLinearGradient(0, lane.y, 0, lane.bottom)
    top = QColor(theme.EMOTION)
    top.setAlpha(70)
    fill.setColorAt(0, top)
    top.setAlpha(8)
    fill.setColorAt(1, top)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawPolygon(QPolygonF([QPointF(path[0].x(), bottom), *path, QPointF(path[-1].x(), bottom)]))
    painter.setPen(QPen(QColor(theme.EMOTION), 1.5))
    painter.drawPolyline(QPolygonF(path))
    painter.setBrush(QColor(theme.EMOTION))
    painter.setPen(Qt.PenStyle.NoPen)
    for p in points:
        painter.drawEllipse(QPointF(view.x(p.t_us), bottom - room * p.level / 10), 2.5, 2.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _markers(painter: QPainter, view: View) -> None:
    lane = view.lanes.one("ruler")
    painter.setFont(small_font(painter, 10))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for marker in view.show.markers:
        x = view.x(moment_us(marker.when, view.show.music))
        if not HEADER_PX - 100 < x < view.width + 20:
            continue
        chosen = marker.id in view.selection
        colour = QColor(theme.ACCENT if chosen else theme.WARN)
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
        painter.drawLine(QLineF(x, lane.bottom, x, view.height))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        y = lane.bottom
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(x - 5, y - 9),
                    QPointF(x + 5, y - 9),
                    QPointF(x + 5, y - 4),
                    QPointF(x, y),
                    QPointF(x - 5, y - 4),
                ]
            )
        )
        if marker.name:
            painter.setPen(colour)
            top = view.lanes.one("emotion").y
            painter.drawText(QRectF(x + 4, top, 160, 14), _LEFT, marker.name)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_headers(painter: QPainter, view: View) -> None:
    """The names of the lanes at the left, over everything that scrolled under them."""
    painter.fillRect(QRectF(0, 0, HEADER_PX, view.height), QColor(theme.PANEL))
    for lane in view.lanes.rows:
        y = view.lanes.y(lane)
        if y + lane.height < view.lanes.fixed_px or y > view.height:
            continue
        name, detail, dot = _row_words(view, lane)
        _header(painter, QRectF(0, y, HEADER_PX, lane.height), name, detail, dot, lane_id(view, lane) in view.selection)
    painter.fillRect(QRectF(0, 0, HEADER_PX, view.lanes.fixed_px), QColor(theme.PANEL))
    for lane in view.lanes.fixed:
        _header(
            painter,
            QRectF(0, lane.y, HEADER_PX, lane.height),
            view.words.get(lane.kind, ""),
            "",
            None,
            False,
            faint=True,
        )
    painter.setPen(QColor(theme.LINE))
    painter.drawLine(QLineF(HEADER_PX - 0.5, 0, HEADER_PX - 0.5, view.height))


def lane_id(view: View, lane: Lane) -> str:
    """The id of the flight, recorded flight or track in a lane; empty for a fixed lane."""
    if lane.kind == "flight":
        return view.show.flights[lane.index].id
    if lane.kind == "recorded":
        return view.show.recorded[lane.index].id
    return view.show.tracks[lane.index].id if lane.kind == "track" else ""


def _row_words(view: View, lane: Lane) -> tuple[str, str, QColor]:
    if lane.kind == "flight":
        flight = view.show.flights[lane.index]
        fleet = next((f for f in view.show.fleets if f.id == flight.fleet), None)
        detail = view.words.get("drones", "{n}").format(n=fleet.count if fleet else "?")
        return flight.name or (fleet.name if fleet and fleet.name else flight.id), detail, QColor(theme.DRONE)
    if lane.kind == "recorded":
        recorded = view.show.recorded[lane.index]
        detail = view.words.get("drones", "{n}").format(n=len(recorded.recording))
        return recorded.name or recorded.id, detail, QColor(theme.FAINT if recorded.muted else theme.DRONE)
    track = view.show.tracks[lane.index]
    detail = view.words.get("muted", "") if track.muted else view.words.get("cues", "{n}").format(n=len(track.cues))
    return track.name or track.id, detail, QColor(theme.FAINT if track.muted else theme.WARN)


def _header(
    painter: QPainter, box: QRectF, name: str, detail: str, dot: QColor | None, chosen: bool, faint: bool = False
) -> None:
    if chosen:
        painter.fillRect(box, QColor(theme.RAISED))
    painter.setPen(QColor(theme.LINE))
    painter.drawLine(QLineF(box.left(), box.bottom() - 0.5, box.right(), box.bottom() - 0.5))
    left = 12.0
    if dot is not None:
        painter.fillRect(QRectF(0, box.top() + 6, 3, box.height() - 13), dot)
    painter.setPen(QColor(theme.MUTED if faint else theme.TEXT))
    painter.setFont(small_font(painter, 11 if faint else 12))
    room = int(box.width() - left - 8)
    name = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
    if detail and box.height() >= 34:
        painter.drawText(QRectF(left, box.top() + 4, room, box.height() / 2 - 3), _LEFT, name)
        painter.setPen(QColor(theme.MUTED))
        painter.setFont(small_font(painter, 10))
        painter.drawText(QRectF(left, box.center().y() + 1, room, box.height() / 2 - 5), _LEFT, detail)
    else:
        painter.drawText(QRectF(left, box.top(), room, box.height()), _LEFT, name)
