"""The small drawing of a figure: its positions, the leans of its shots, and the order in which they fire."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from showeditor.model.figure import Figure
from showeditor.timeline.shapes import Blow, blows
from showeditor.ui.theme import EDGE, MUTED, PANEL

_MOST = 600


class FigureSketch(QWidget):
    """Arrows that leave the positions; early steps glow, later ones pale."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._blows: tuple[Blow, ...] = ()
        self._places = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Wide enough for a front of positions."""
        return QSize(420, 190)

    def draw(self, figure: Figure | None) -> None:
        """Shows another figure; None shows nothing."""
        self._blows = blows(figure)[:_MOST] if figure is not None else ()
        self._places = len(figure.positions) if figure is not None else 1
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the first round last, so that it lies on top."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(PANEL))
        room = QRectF(self.rect()).adjusted(56, 22, -56, -26)
        ground = room.bottom()
        painter.setPen(QPen(QColor(EDGE), 1))
        painter.drawLine(QPointF(12, ground), QPointF(self.width() - 12, ground))
        last = max((blow.step for blow in self._blows), default=0)
        for blow in reversed(self._blows):
            share = blow.step / last if last else 0.0
            colour = QColor.fromHsvF(0.115 + 0.46 * share, 0.62, 1.0, 1.0 - 0.45 * share)
            foot = QPointF(self._x(blow.place, room), ground)
            lean = math.radians(blow.lean_deg)
            reach = room.height() * (0.96 - 0.22 * share)
            tip = foot + QPointF(math.sin(lean) * reach, -math.cos(lean) * reach)
            painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(foot, tip)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(tip, 2.6, 2.6)
        painter.setPen(QColor(MUTED))
        for place in range(self._places):
            x = self._x(place, room)
            painter.setBrush(QColor(MUTED))
            painter.drawRect(QRectF(x - 2, ground, 4, 5))
            if self._places <= 24:
                painter.drawText(QRectF(x - 20, ground + 6, 40, 16), Qt.AlignmentFlag.AlignHCenter, str(place + 1))
        painter.end()

    def _x(self, place: int, room: QRectF) -> float:
        if self._places == 1:
            return room.center().x()
        return room.left() + room.width() * place / (self._places - 1)
