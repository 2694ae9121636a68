"""Icons drawn by code: crisp at every scale, one colour from the theme."""

from collections.abc import Callable
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from showeditor.ui import theme

Draw = Callable[[QPainter], None]
"""Draws into a square of 20 x 20."""


def icon(name: str) -> QIcon:
    """The icon of a command, with a faint version for the disabled state."""
    made = QIcon()
    for scale in (1, 2, 3):
        for mode, colour in (
            (QIcon.Mode.Normal, theme.TEXT),
            (QIcon.Mode.Disabled, theme.FAINT),
        ):
            made.addPixmap(_pixmap(_DRAWINGS[name], colour, scale), mode)
    return made


def has_icon(name: str) -> bool:
    """Whether there is a drawing of that name."""
    return name in _DRAWINGS


def _pixmap(draw: Draw, colour: str, scale: int) -> QPixmap:
    pixmap = QPixmap(QSize(20, 20) * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.setPen(QPen(QColor(colour), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    draw(painter)
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def _fill(painter: QPainter, *shapes: list[tuple[float, float]]) -> None:
    painter.setBrush(painter.pen().color())
    for shape in shapes:
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape]))


def _line(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def _play(p: QPainter) -> None:
    _fill(p, [(6, 4), (16, 10), (6, 16)])


def _pause(p: QPainter) -> None:
    _fill(p, [(6, 4), (8, 4), (8, 16), (6, 16)], [(12, 4), (14, 4), (14, 16), (12, 16)])


def _to_start(p: QPainter) -> None:
    _line(p, (5, 4), (5, 16))
    _fill(p, [(15, 5), (8, 10), (15, 15)])


def _to_end(p: QPainter) -> None:
    _line(p, (15, 4), (15, 16))
    _fill(p, [(5, 5), (12, 10), (5, 15)])


def _loop(p: QPainter) -> None:
    _line(p, (4, 9), (4, 6), (15, 6))
    _line(p, (12.5, 3.5), (15, 6), (12.5, 8.5))
    _line(p, (16, 11), (16, 14), (5, 14))
    _line(p, (7.5, 11.5), (5, 14), (7.5, 16.5))


def _snap(p: QPainter) -> None:
    path = QPainterPath(QPointF(5, 4))
    path.lineTo(5, 10)
    path.arcTo(QRectF(5, 5, 10, 10), 180, 180)
    path.lineTo(15, 4)
    p.drawPath(path)
    _line(p, (3.5, 4), (7, 4))
    _line(p, (13, 4), (16.5, 4))


def _marker(p: QPainter) -> None:
    _line(p, (5, 3), (5, 17))
    _fill(p, [(5, 4), (15, 6.5), (5, 10)])


def _new(p: QPainter) -> None:
    _line(p, (5, 3), (12, 3), (15, 6), (15, 17), (5, 17), (5, 3))
    _line(p, (12, 3), (12, 6), (15, 6))


def _open(p: QPainter) -> None:
    _line(p, (3, 15), (3, 5), (8, 5), (10, 7), (16, 7), (16, 9))
    _line(p, (3, 15), (6, 9), (18, 9), (15, 15), (3, 15))


def _save(p: QPainter) -> None:
    _line(p, (4, 4), (13, 4), (16, 7), (16, 16), (4, 16), (4, 4))
    _line(p, (7, 4), (7, 8), (12, 8), (12, 4))
    _line(p, (7, 16), (7, 12), (13, 12), (13, 16))


def _undo(p: QPainter) -> None:
    _line(p, (8, 4), (4, 8), (8, 12))
    path = QPainterPath(QPointF(4, 8))
    path.lineTo(11, 8)
    path.arcTo(QRectF(7, 8, 9, 8), 90, -180)
    p.drawPath(path)


def _redo(p: QPainter) -> None:
    p.translate(20, 0)
    p.scale(-1, 1)
    _undo(p)


def _music(p: QPainter) -> None:
    _line(p, (8, 15), (8, 5), (16, 3), (16, 13))
    p.setBrush(p.pen().color())
    p.drawEllipse(QPointF(6, 15), 2, 1.7)
    p.drawEllipse(QPointF(14, 13), 2, 1.7)


def _export(p: QPainter) -> None:
    _line(p, (4, 11), (4, 16), (16, 16), (16, 11))
    _line(p, (10, 12), (10, 3))
    _line(p, (6.5, 6.5), (10, 3), (13.5, 6.5))


def _text(p: QPainter) -> None:
    _line(p, (4, 5), (16, 5))
    _line(p, (10, 5), (10, 16))


def _fit(p: QPainter) -> None:
    for x, y, dx, dy in ((3, 6, 1, 1), (17, 6, -1, 1), (3, 14, 1, -1), (17, 14, -1, -1)):
        _line(p, (x, y), (x, y - 2 * dy), (x + 3 * dx, y - 2 * dy))
    _line(p, (7, 10), (13, 10))


def _burst(p: QPainter) -> None:
    for i in range(12):
        a = i * pi / 6
        r0, r1 = 2.5, 7.5 if i % 2 == 0 else 5.5
        _line(p, (10 + r0 * cos(a), 10 + r0 * sin(a)), (10 + r1 * cos(a), 10 + r1 * sin(a)))


def _svg(p: QPainter) -> None:
    path = QPainterPath(QPointF(3, 14))
    path.cubicTo(6, 2, 13, 18, 17, 5)
    p.drawPath(path)
    for x, y in ((3, 14), (17, 5)):
        p.drawRect(QRectF(x - 1.5, y - 1.5, 3, 3))


def _grid(p: QPainter) -> None:
    p.setBrush(p.pen().color())
    p.setPen(Qt.PenStyle.NoPen)
    for x in (5, 10, 15):
        for y in (5, 10, 15):
            p.drawEllipse(QPointF(x, y), 1.5, 1.5)


def _ripple(p: QPainter) -> None:
    _line(p, (4, 4), (4, 16))
    for x in (8, 12):
        _line(p, (x, 6), (x + 4, 10), (x, 14))


_DRAWINGS: dict[str, Draw] = {
    "new": _new,
    "open": _open,
    "save": _save,
    "undo": _undo,
    "redo": _redo,
    "play": _play,
    "pause": _pause,
    "home": _to_start,
    "end": _to_end,
    "loop": _loop,
    "snap": _snap,
    "ripple": _ripple,
    "marker": _marker,
    "import_music": _music,
    "export": _export,
    "text_formation": _text,
    "new_formation": _svg,
    "fit": _fit,
    "cue": _burst,
    "formation": _grid,
}


def app_icon() -> QIcon:
    """The program's icon: a golden burst over a row of drones, on night blue."""
    made = QIcon()
    for size in (16, 32, 48, 128, 256):
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(size / 100, size / 100)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#141b2d"))
        painter.drawRoundedRect(QRectF(2, 2, 96, 96), 22, 22)
        for ring, (count, radius, colour) in enumerate(((16, 34.0, "#ffc861"), (10, 19.0, "#ff8a5c"))):
            for i in range(count):
                angle = 2 * pi * (i + 0.5 * ring) / count
                x, y = 50 + radius * cos(angle), 42 + radius * sin(angle)
                pen = QPen(QColor(colour), 3.4)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawLine(QPointF(50 + 0.5 * (x - 50), 42 + 0.5 * (y - 42)), QPointF(x, y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#63d2ca"))
        for x in (26, 38, 50, 62, 74):
            painter.drawEllipse(QPointF(x, 84 - 0.012 * (x - 50) ** 2), 3.2, 3.2)
        painter.end()
        made.addPixmap(pixmap)
    return made
