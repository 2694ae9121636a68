"""Paints the lanes of recorded flights: one block from the first moment that is flown to the last."""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from showeditor.model.music import moment_us
from showeditor.model.recording import RecordedFlight
from showeditor.model.show import Show
from showeditor.ui import theme
from showeditor.ui.timeline.lanes import HEADER_PX, Lane
from showeditor.ui.timeline.look import View
from showeditor.ui.timeline.paint import small_font

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def recorded_span(show: Show, flight: RecordedFlight) -> tuple[int, int]:
    """Show times at which the part of a recording begins and ends."""
    start = moment_us(flight.start, show.music)
    return start, start + max(0, flight.ends_us - flight.from_us)


def paint_recorded(painter: QPainter, view: View, lane: Lane) -> None:
    """One recorded flight."""
    y = view.lanes.y(lane)
    painter.setPen(QColor(theme.LINE))
    painter.drawLine(QLineF(HEADER_PX, y + lane.height - 0.5, view.width, y + lane.height - 0.5))
    flight = view.show.recorded[lane.index]
    start, end = recorded_span(view.show, flight)
    x0, x1 = view.x(start), max(view.x(end), view.x(start) + 4)
    if x1 < HEADER_PX or x0 > view.width:
        return
    fill = QColor(theme.FAINT if flight.muted else theme.DRONE)
    bad = flight.id in view.offenders
    painter.setPen(QPen(QColor(theme.BLOCK) if bad else fill, 1.5 if bad else 1))
    fill.setAlpha(70)
    painter.setBrush(fill)
    box = QRectF(x0, y + 5.0, x1 - x0, lane.height - 11.0)
    painter.drawRoundedRect(box, 4, 4)
    left = max(x0, HEADER_PX) + 7
    if x1 - left > 20:
        painter.setPen(QColor("white"))
        painter.setFont(small_font(painter, 11))
        words = painter.fontMetrics().elidedText(flight.name or flight.id, Qt.TextElideMode.ElideRight,
                                                 int(x1 - left - 7))  # fmt: skip
        painter.drawText(QRectF(left, box.top(), x1 - left - 7, box.height()), _LEFT, words)
