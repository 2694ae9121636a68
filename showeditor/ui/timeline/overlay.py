"""What moves over the painted timeline: playhead, loop, snap line, selection box, drop ghost; and the overview."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from showeditor.ui import theme
from showeditor.ui.timeline.lanes import HEADER_PX, OVERVIEW_PX
from showeditor.ui.timeline.look import View
from showeditor.ui.timeline.paint import small_font

RIPPLE_PX = 3
"""Width of the frame that warns of ripple mode."""


def paint_loop(painter: QPainter, view: View, loop_us: tuple[int, int] | None, looping: bool) -> None:
    """The loop range on the ruler and a faint veil below."""
    if loop_us is None:
        return
    ruler = view.lanes.one("ruler")
    x0, x1 = max(view.x(loop_us[0]), HEADER_PX), view.x(loop_us[1])
    if x1 <= HEADER_PX:
        return
    colour = QColor(theme.ACCENT if looping else theme.FAINT)
    colour.setAlpha(60)
    painter.fillRect(QRectF(x0, ruler.y, x1 - x0, ruler.height), colour)
    colour.setAlpha(16)
    painter.fillRect(QRectF(x0, ruler.bottom, x1 - x0, view.height - ruler.bottom), colour)
    colour.setAlpha(255)
    painter.setPen(QPen(colour, 1.5))
    for x in (x0, x1):
        painter.drawLine(QLineF(x, ruler.y, x, ruler.bottom))


def paint_playhead(painter: QPainter, view: View, t_us: int) -> None:
    """The playhead with its handle on the ruler."""
    x = view.x(t_us)
    if not HEADER_PX - 6 <= x <= view.width + 6:
        return
    ruler = view.lanes.one("ruler")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.PLAYHEAD), 1.3))
    painter.drawLine(QLineF(x, ruler.bottom - 12, x, view.height))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.PLAYHEAD))
    y = ruler.bottom - 1.0
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(x - 6, y - 13),
                QPointF(x + 6, y - 13),
                QPointF(x + 6, y - 6),
                QPointF(x, y),
                QPointF(x - 6, y - 6),
            ]
        )
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_snap(painter: QPainter, view: View, t_us: int, label: str) -> None:
    """The line a drag has snapped to, with what it is."""
    x = view.x(t_us)
    painter.setPen(QPen(QColor(theme.ACCENT), 1.5))
    painter.drawLine(QLineF(x, view.lanes.one("acts").y, x, view.height))
    painter.setFont(small_font(painter, 11, bold=True))
    width = painter.fontMetrics().horizontalAdvance(label) + 12
    box = QRectF(x + 4, view.lanes.fixed_px + 4, width, 18)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.ACCENT_DEEP))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QColor("white"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)


def paint_box(painter: QPainter, box: QRectF) -> None:
    """The selection box."""
    fill = QColor(theme.ACCENT)
    painter.setPen(QPen(fill, 1))
    fill.setAlpha(36)
    painter.setBrush(fill)
    painter.drawRect(box)


def paint_ghost(painter: QPainter, view: View, t_us: int, y: float, height: float, label: str) -> None:
    """Where something dragged from the palette would land."""
    x = view.x(t_us)
    painter.setPen(QPen(QColor(theme.ACCENT), 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(QLineF(x, view.lanes.one("acts").y, x, view.height))
    fill = QColor(theme.ACCENT)
    fill.setAlpha(60)
    painter.setBrush(fill)
    painter.setFont(small_font(painter, 11))
    width = max(60, painter.fontMetrics().horizontalAdvance(label) + 14)
    box = QRectF(x, y + 4, width, height - 9)
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QColor("white"))
    painter.drawText(box.adjusted(6, 0, -2, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, label)


def paint_ripple(painter: QPainter, view: View) -> None:
    """The warning of ripple mode: a coloured frame round the lanes, and its name over the headers."""
    warn = QColor(theme.WARN)
    painter.setPen(QPen(warn, RIPPLE_PX))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = RIPPLE_PX / 2
    painter.drawRect(QRectF(inset, inset, view.width - RIPPLE_PX, view.height - RIPPLE_PX))
    box = QRectF(0, view.height - OVERVIEW_PX, HEADER_PX, OVERVIEW_PX)
    painter.fillRect(box, warn)
    painter.setPen(QColor(theme.GROUND))
    painter.setFont(small_font(painter, 11, bold=True))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, view.words.get("ripple", ""))


def paint_overview(painter: QPainter, view: View, box: QRectF, playhead_us: int) -> None:
    """The whole show in a strip: where cues are dense, the acts, and the window that the lanes show."""
    painter.fillRect(box, QColor(theme.GROUND))
    total = max(view.show.duration_us, 1)
    scale = box.width() / total
    for act in view.show.acts:
        colour = QColor(act.colour)
        colour.setAlpha(70)
        painter.fillRect(
            QRectF(
                box.left() + act.start_us * scale,
                box.top() + 1,
                (act.end_us - act.start_us) * scale - 1,
                box.height() - 2,
            ),
            colour,
        )
    bloom = view.plan.firing.bloom_us
    columns = max(1, int(box.width() / 2))
    if len(bloom):
        count, _ = np.histogram(np.asarray(bloom), bins=columns, range=(0, total))
        share = np.sqrt(count / max(1, int(count.max())))
        painter.setPen(QPen(QColor(theme.WARN), 1.4))
        painter.drawLines(
            [
                QLineF(
                    box.left() + 2 * i + 1,
                    box.bottom() - 1,
                    box.left() + 2 * i + 1,
                    box.bottom() - 1 - share[i] * (box.height() - 3),
                )
                for i in np.flatnonzero(count).tolist()
            ]
        )
    t0, t1 = view.span()
    x0 = box.left() + min(max(t0, 0), total) * scale
    x1 = box.left() + min(max(t1, 0), total) * scale
    painter.setPen(QPen(QColor(theme.ACCENT), 1))
    veil = QColor(theme.ACCENT)
    veil.setAlpha(30)
    painter.setBrush(veil)
    painter.drawRoundedRect(QRectF(x0, box.top() + 0.5, max(x1 - x0, 3), box.height() - 1), 2, 2)
    painter.setPen(QPen(QColor(theme.PLAYHEAD), 1.2))
    x = box.left() + playhead_us * scale
    painter.drawLine(QLineF(x, box.top(), x, box.bottom()))


def overview_box(view: View) -> QRectF:
    """Where the overview strip stands."""
    return QRectF(HEADER_PX, view.height - OVERVIEW_PX, view.width - HEADER_PX, OVERVIEW_PX)
