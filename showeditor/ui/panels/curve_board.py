"""Curves over show time, one graph below the other on a common time axis, with limits and the playhead."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from showeditor.model.arrays import Floats, Longs
from showeditor.model.times import clock
from showeditor.ui import theme
from showeditor.ui.edge import guarded

LEFT, RIGHT, TOP, TITLE = 54, 14, 6, 20
_LEAST_US = 2_000_000
_APART_PX = 22
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600)


@dataclass(frozen=True, slots=True)
class Line:
    """A curve: moments (k,) us, values (k,) (infinite: none there), its colour and name."""

    t_us: Longs
    value: Floats
    colour: str
    name: str


@dataclass(frozen=True, slots=True)
class Graph:
    """Curves with a common scale and their limits; `least`: the limits are lower ones."""

    title: str
    unit: str
    lines: tuple[Line, ...]
    limits: tuple[float, ...] = ()
    least: bool = False
    note: str = ""


class CurveBoard(QWidget):
    """Graphs below each other; `pointed` carries the graph's index and the moment that was clicked."""

    pointed = Signal(int, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.graphs: tuple[Graph, ...] = ()
        self.length_us = 1
        self.now_us = 0
        self._from_us, self._to_us = 0, 1
        self.setMinimumSize(240, 150)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Room for four graphs."""
        return QSize(760, 380)

    def give(self, graphs: tuple[Graph, ...], length_us: int) -> None:
        """Shows other graphs; the zoom stays where it was in a show of the same length."""
        self.graphs = graphs
        if length_us != self.length_us:
            self.length_us = max(1, length_us)
            self._from_us, self._to_us = 0, self.length_us
        self.update()

    def set_now(self, t_us: int) -> None:
        """Moves the playhead."""
        self.now_us = t_us
        self.update()

    def x_of(self, t_us: float) -> float:
        """The pixel of a moment."""
        width = max(1, self.width() - LEFT - RIGHT)
        return LEFT + (t_us - self._from_us) / max(1, self._to_us - self._from_us) * width

    def moment(self, x: float) -> int:
        """The moment of a pixel, within the show."""
        width = max(1, self.width() - LEFT - RIGHT)
        t = self._from_us + (x - LEFT) / width * (self._to_us - self._from_us)
        return int(min(max(0, t), self.length_us))

    def lane(self, k: int) -> QRectF:
        """Where graph k is drawn, without its title."""
        height = (self.height() - TOP - 18) / max(1, len(self.graphs))
        return QRectF(LEFT, TOP + k * height + TITLE, self.width() - LEFT - RIGHT, height - TITLE - 6)

    # -- painting --------------------------------------------------------------------------------------------------

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Every graph, then the playhead over all."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.PANEL))
        self._paint_times(painter)
        for k, graph in enumerate(self.graphs):
            self._paint_graph(painter, self.lane(k), graph)
        x = self.x_of(self.now_us)
        if LEFT <= x <= self.width() - RIGHT:
            painter.setPen(QPen(QColor(theme.PLAYHEAD), 1.2))
            painter.drawLine(QPointF(x, TOP), QPointF(x, self.height() - 18))
        painter.end()

    def _paint_times(self, painter: QPainter) -> None:
        seconds = (self._to_us - self._from_us) / 1e6
        step = next((s for s in _STEPS if seconds / s * 62 < self.width()), _STEPS[-1])
        first = int(self._from_us // (step * 1_000_000))
        for k in range(first, first + int(seconds / step) + 2):
            x = self.x_of(k * step * 1e6)
            if LEFT <= x <= self.width() - RIGHT:
                painter.setPen(QPen(QColor(theme.EDGE), 1))
                painter.drawLine(QPointF(x, TOP), QPointF(x, self.height() - 18))
                painter.setPen(QColor(theme.FAINT))
                painter.drawText(
                    QRectF(x - 30, self.height() - 17, 60, 15),
                    Qt.AlignmentFlag.AlignHCenter,
                    clock(k * step * 1_000_000, 0),
                )

    def _paint_graph(self, painter: QPainter, box: QRectF, graph: Graph) -> None:
        low, high = _range(graph)

        def y(value: float) -> float:
            return box.bottom() - (value - low) / (high - low) * box.height()

        painter.setPen(QColor(theme.TEXT))
        title = QRectF(LEFT, box.top() - TITLE, box.width(), TITLE)
        painter.drawText(title, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, graph.title)
        painter.setPen(QColor(theme.MUTED))
        painter.drawText(title, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, graph.note)
        painter.setPen(QPen(QColor(theme.EDGE), 1))
        painter.drawRect(box)
        painter.setPen(QColor(theme.FAINT))
        for value, align in ((high, Qt.AlignmentFlag.AlignTop), (low, Qt.AlignmentFlag.AlignBottom)):
            # the number of a limit is the one to read where both would stand
            if any(abs(y(limit) - y(value)) < _APART_PX for limit in graph.limits):
                continue
            painter.drawText(
                QRectF(2, box.top(), LEFT - 8, box.height()), Qt.AlignmentFlag.AlignRight | align, f"{value:.3g}"
            )
        painter.save()
        painter.setClipRect(box.adjusted(0, -1, 0, 1))
        for limit in graph.limits:
            painter.setPen(QPen(QColor(theme.BLOCK), 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(box.left(), y(limit)), QPointF(box.right(), y(limit)))
        for line in graph.lines:
            painter.setPen(QPen(QColor(line.colour), 1.5))
            for part in self._parts(line):
                painter.drawPolyline(QPolygonF([QPointF(self.x_of(t), y(v)) for t, v in part]))
        painter.restore()
        painter.setPen(QColor(theme.BLOCK))
        for limit in graph.limits:
            if low < limit < high:
                painter.drawText(
                    QRectF(2, y(limit) - 8, LEFT - 8, 16),
                    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                    f"{limit:g}",
                )

    def _parts(self, line: Line) -> list[list[tuple[float, float]]]:
        """The stretches of a curve that are seen, broken where it has no value."""
        near = (line.t_us >= self._from_us) & (line.t_us <= self._to_us)
        rows = np.flatnonzero(near)
        if len(rows):
            rows = np.arange(max(0, rows[0] - 1), min(len(line.t_us), rows[-1] + 2))
        good = np.isfinite(line.value[rows])
        parts: list[list[tuple[float, float]]] = []
        last = False
        for row, fine in zip(rows.tolist(), good.tolist(), strict=True):
            if fine:
                if not last:
                    parts.append([])
                parts[-1].append((float(line.t_us[row]), float(line.value[row])))
            last = fine
        return parts

    # -- pointer ---------------------------------------------------------------------------------------------------

    def graph_at(self, y: float) -> int:
        """The graph at a height."""
        height = (self.height() - TOP - 18) / max(1, len(self.graphs))
        return int(min(max(0, (y - TOP) // max(1.0, height)), max(0, len(self.graphs) - 1)))

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jumps to the moment."""
        if event.button() == Qt.MouseButton.LeftButton and self.graphs:
            self.pointed.emit(self.graph_at(event.position().y()), self.moment(event.position().x()))

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drags the playhead; without a button tells the values under the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton and self.graphs:
            self.pointed.emit(self.graph_at(event.position().y()), self.moment(event.position().x()))
        elif self.graphs:
            self.setToolTip(self.told(self.graph_at(event.position().y()), self.moment(event.position().x())))

    def told(self, k: int, t_us: int) -> str:
        """The values of graph k at a moment, a line each."""
        rows = [clock(t_us, 1)]
        for line in self.graphs[k].lines[:8]:
            if len(line.t_us):
                value = line.value[min(len(line.t_us) - 1, int(np.searchsorted(line.t_us, t_us)))]
                if np.isfinite(value):
                    rows.append(f"{line.name}: {value:.2f} {self.graphs[k].unit}")
        return "\n".join(rows)

    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms at the pointer; with Shift moves along."""
        steps = (event.angleDelta().y() or event.angleDelta().x()) / 120
        span = self._to_us - self._from_us
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            begin = int(self._from_us - steps * span / 8)
        else:
            at = self.moment(event.position().x())
            new = int(min(self.length_us, max(_LEAST_US, span / 1.25**steps)))
            begin = int(at - (at - self._from_us) / span * new)
            span = new
        begin = min(max(0, begin), max(0, self.length_us - span))
        self._from_us, self._to_us = begin, begin + span
        event.accept()
        self.update()


def _range(graph: Graph) -> tuple[float, float]:
    """The scale of a graph: its values and limits with some room."""
    finite = [line.value[np.isfinite(line.value)] for line in graph.lines]
    values = np.concatenate([*finite, np.array(graph.limits), np.zeros(1)])
    low, high = float(values.min()), float(values.max())
    if high - low < 1e-9:
        high = low + 1.0
    return low - (0.06 * (high - low) if low < 0 else 0.0), high + 0.1 * (high - low)
