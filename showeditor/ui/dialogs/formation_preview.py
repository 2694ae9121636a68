"""The preview of a formation that is being made: its points, turned by dragging, and how it reads from the seats."""

import math

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from showeditor.formations.drawing import Drawing
from showeditor.formations.legibility import Legibility, seen_from
from showeditor.model.arrays import Floats
from showeditor.model.swarm import Formation, Placement
from showeditor.planning.placing import world_places
from showeditor.ui import theme
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.panels.thumbs import paint_dots
from showeditor.ui.timeline.drop import placement

_TURN_DEG_PX = 0.6


class FormationPreview(QWidget):
    """Points from the front; dragging sideways turns them about the vertical, a double click turns them back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.drawing: Drawing | None = None
        self.turn_deg = 0.0
        self._grip: float | None = None
        self.setMinimumSize(380, 280)

    def sizeHint(self) -> QSize:
        """Room to see what is drawn."""
        return QSize(600, 420)

    def give(self, drawing: Drawing | None) -> None:
        """Shows a drawing."""
        self.drawing = drawing
        self.update()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Dots on a night sky, with the size of the whole."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        painter.fillRect(box, QColor("#0a0d14"))
        if self.drawing is not None and len(self.drawing):
            metres = self.drawing.points.metres
            flat = turned(metres, self.turn_deg)
            size = np.ptp(metres, axis=0)
            scale = min((box.width() - 60) / max(float(size[0]), 1.0), (box.height() - 60) / max(float(size[2]), 1.0))
            dot = float(np.clip(self.drawing.spacing_m * scale * 0.16, 1.3, 4.0))
            paint_dots(painter, box.adjusted(16, 12, -16, -26), flat, self.drawing.colours, "#ffcd78", dot)
            painter.setPen(QColor(theme.MUTED))
            text = self.tr("{w} m wide, {h} m high, {d} m deep").format(
                w=round(float(size[0]), 1), h=round(float(size[2]), 1), d=round(float(size[1]), 1)
            )
            painter.drawText(box.adjusted(12, 0, -12, -6), Qt.AlignmentFlag.AlignBottom, text)
            if self.turn_deg:
                told = self.tr("turned by {n}°").format(n=round(self.turn_deg))
                painter.drawText(
                    box.adjusted(12, 0, -12, -6), Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, told
                )
        painter.end()

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold."""
        self._grip = event.position().x() - self.turn_deg / _TURN_DEG_PX

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turns the points."""
        if self._grip is not None:
            self.turn_deg = (event.position().x() - self._grip) * _TURN_DEG_PX
            self.update()

    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go."""
        self._grip = None

    @guarded
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to the front."""
        self.turn_deg = 0.0
        self._grip = None
        self.update()


def turned(metres: Floats, turn_deg: float) -> Floats:
    """Points (n, 3) seen from the front after a turn about the vertical, (n, 2)."""
    c, s = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
    return np.stack([metres[:, 0] * c - metres[:, 1] * s, metres[:, 2]], axis=1)


def legibility_of(drawing: Drawing, place: Placement, eye_m: tuple[float, float, float]) -> Legibility:
    """How a drawing at a placement looks from an eye."""
    places = world_places(drawing.points.metres, place)
    origin, ahead = world_places(np.array([[0.0, 0.0, 0.0], [0.0, 1.0, 0.0]]), place)
    return seen_from(eye_m, places, ahead - origin, drawing.spacing_m * place.scale, drawing.height_m * place.scale)


def seats_seen(desk: Desk, drawing: Drawing) -> list[tuple[str, Legibility]]:
    """Every seat's name with how the drawing looks from there, at the place where it would be inserted."""
    if not desk.show.venue.seats or not len(drawing):
        return []
    place = placement(desk.show, Formation("preview", "", drawing.points))
    return [(seat.name or seat.id, legibility_of(drawing, place, seat.eye_m)) for seat in desk.show.venue.seats]
