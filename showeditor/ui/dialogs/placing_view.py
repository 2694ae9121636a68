"""A flat view of a formation's points: select by click or box, drag to move, double-click to add."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from showeditor.model.arrays import Floats
from showeditor.model.swarm import Rgb
from showeditor.ui import theme
from showeditor.ui.edge import guarded

_REACH_PX, _DRAG_PX = 9.0, 4.0
_STEP_M, _FINE_M = 0.5, 0.1
_KEYS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
_DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_OWN = (*_DELETE, Qt.Key.Key_A, Qt.Key.Key_Escape)


class PointsView(QWidget):
    """Points in one plane: `axes` names the columns shown to the right and up (0 x, 1 y, 2 z).

    `picked` carries the rows that are selected now; `dragged` metres to the right and up and whether the drag is over;
    `nudged` metres by a key; `added` metres of a new point; `erased` when Delete is pressed.
    """

    picked = Signal(object)
    dragged = Signal(float, float, bool)
    nudged = Signal(float, float)
    added = Signal(float, float)
    erased = Signal()
    cancelled = Signal()

    def __init__(self, axes: tuple[int, int], parent: QWidget) -> None:
        super().__init__(parent)
        self.axes = axes
        self.title = ""
        self.metres: Floats = np.zeros((0, 3))
        self.colours: tuple[Rgb, ...] = ()
        self.chosen: frozenset[int] = frozenset()
        self._zoom = 1.0
        self._box: tuple[Floats, float] | None = None
        self._press: tuple[QPointF, str] | None = None
        self._rubber: QPointF | None = None
        self.setMinimumSize(260, 200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Room for two views above each other."""
        return QSize(620, 300)

    def give(self, metres: Floats, colours: tuple[Rgb, ...], chosen: frozenset[int]) -> None:
        """Shows points; the frame stays while something is dragged."""
        self.metres, self.colours, self.chosen = metres, colours, chosen
        if self._press is None:
            self._box = None
        self.update()

    def _frame(self) -> tuple[Floats, float]:
        """The middle of the view in metres and pixels of a metre."""
        if self._box is None:
            flat = self.metres[:, self.axes] if len(self.metres) else np.zeros((1, 2))
            low, high = flat.min(axis=0), flat.max(axis=0)
            size = np.maximum(high - low, 8.0) * 1.25
            self._box = ((low + high) / 2.0, float(min(self.width() / size[0], self.height() / size[1])))
        return self._box[0], self._box[1] * self._zoom

    def pixels(self) -> Floats:
        """Where the points lie in the view, (n, 2)."""
        middle, scale = self._frame()
        flat = self.metres[:, self.axes] - middle
        return np.stack([self.width() / 2 + flat[:, 0] * scale, self.height() / 2 - flat[:, 1] * scale], axis=1)

    def metres_at(self, at: QPointF) -> tuple[float, float]:
        """The place under a pixel, metres to the right and up."""
        middle, scale = self._frame()
        right = middle[0] + (at.x() - self.width() / 2) / scale
        return float(right), float(middle[1] - (at.y() - self.height() / 2) / scale)

    # -- painting --------------------------------------------------------------------------------------------------

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """A grid of ten metres, the points, the selected ones ringed."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor("#0a0d14"))
        self._paint_grid(painter)
        for k, (x, y) in enumerate(self.pixels().tolist()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(*self.colours[k]) if self.colours else QColor(theme.DRONE))
            painter.drawEllipse(QPointF(x, y), 3.0, 3.0)
            if k in self.chosen:
                painter.setPen(QPen(QColor(theme.ACCENT), 1.6))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QPointF(x, y), 6.5, 6.5)
        if self._press is not None and self._press[1] == "box" and self._rubber is not None:
            painter.setPen(QPen(QColor(theme.ACCENT), 1, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(79, 159, 224, 30))
            painter.drawRect(QRectF(self._press[0], self._rubber).normalized())
        painter.setPen(QColor(theme.MUTED))
        painter.drawText(QRectF(10, 6, self.width() - 20, 20), Qt.AlignmentFlag.AlignLeft, self.title)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.ACCENT_DEEP), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_grid(self, painter: QPainter) -> None:
        middle, scale = self._frame()
        step = next((s for s in (1.0, 5.0, 10.0, 50.0, 100.0) if s * scale > 36), 500.0)
        painter.setPen(QPen(QColor("#1a2030"), 1))
        (x0, z1), (x1, z0) = self.metres_at(QPointF(0, 0)), self.metres_at(QPointF(self.width(), self.height()))
        for k in range(int(np.ceil(x0 / step)), int(np.floor(x1 / step)) + 1):
            x = self.width() / 2 + (k * step - middle[0]) * scale
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        for k in range(int(np.ceil(z0 / step)), int(np.floor(z1 / step)) + 1):
            y = self.height() / 2 - (k * step - middle[1]) * scale
            painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        painter.setPen(QColor(theme.FAINT))
        painter.drawText(
            QRectF(10, self.height() - 22, self.width() - 20, 18), Qt.AlignmentFlag.AlignRight, f"{step:g} m"
        )

    # -- pointer and keys ------------------------------------------------------------------------------------------

    def row_at(self, at: QPointF) -> int | None:
        """The point under a pixel."""
        if not len(self.metres):
            return None
        seen = self.pixels()
        away = np.hypot(seen[:, 0] - at.x(), seen[:, 1] - at.y())
        nearest = int(away.argmin())
        return nearest if away[nearest] <= _REACH_PX else None

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Picks a point, or begins a box."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        row, add = self.row_at(event.position()), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if row is None:
            self._press = (event.position(), "box")
            return
        if add:
            self.picked.emit(self.chosen ^ {row})
        elif row not in self.chosen:
            self.picked.emit(frozenset({row}))
        self._press = (event.position(), "ready")

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves the selected points, or opens the box."""
        if self._press is None:
            return
        begin, what = self._press
        if what == "box":
            self._rubber = event.position()
            self.update()
        elif what == "moving" or (event.position() - begin).manhattanLength() > _DRAG_PX:
            self._press = (begin, "moving")
            self.dragged.emit(*self._way(begin, event), False)

    def _way(self, begin: QPointF, event: QMouseEvent) -> tuple[float, float]:
        """Metres from the press to the pointer; with Shift along one axis only."""
        _, scale = self._frame()
        dx, dy = (event.position().x() - begin.x()) / scale, (begin.y() - event.position().y()) / scale
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        return dx, dy

    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go: one step of the history, or the box's points."""
        if self._press is None:
            return
        begin, what = self._press
        way = self._way(begin, event)
        self._press = None
        if what == "moving":
            self.dragged.emit(*way, True)
        elif what == "box":
            self._rubber = None
            box = QRectF(begin, event.position()).normalized()
            inside = {k for k, (x, y) in enumerate(self.pixels().tolist()) if box.contains(QPointF(x, y))}
            add = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.picked.emit(self.chosen | inside if add else frozenset(inside))
        self.update()

    @guarded
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Adds a point where there is none."""
        if self.row_at(event.position()) is None:
            self._press = None
            self.added.emit(*self.metres_at(event.position()))

    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms."""
        self._zoom = float(np.clip(self._zoom * 1.2 ** (event.angleDelta().y() / 120), 0.2, 40.0))
        event.accept()
        self.update()

    def event(self, event: QEvent) -> bool:
        """The keys of the view are its own, whatever the window does with them elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _KEYS or key in _OWN:
                event.accept()
                return True
        return super().event(event)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move by half a metre (Shift: a tenth), Delete deletes, Ctrl+A takes all, Escape lets a drag go."""
        key = Qt.Key(event.key())
        if key in _KEYS and self.chosen:
            step = _FINE_M if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP_M
            self.nudged.emit(_KEYS[key][0] * step, _KEYS[key][1] * step)
        elif key in _DELETE:
            self.erased.emit()
        elif key == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.picked.emit(frozenset(range(len(self.metres))))
        elif key == Qt.Key.Key_Escape and self._press is not None:
            self._press = self._rubber = None
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
