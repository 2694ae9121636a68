"""The little pictures of the palette: bursts in an effect's colours, formations seen from the front."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QRadialGradient

from showeditor.model.errors import ShowEditorError
from showeditor.model.swarm import Formation
from showeditor.ui import theme
from showeditor.ui.timeline.rows import display_colour

Shade = tuple[int, int, int]
GREY: Shade = (150, 156, 166)


def effect_colours(vdl: str) -> tuple[Shade, ...]:
    """The display colours of an effect's main stars; grey when the text cannot be read. Touches no widget."""
    from showeditor.effects.reading import read

    try:
        device = read(vdl)
    except ShowEditorError:
        return (GREY,)
    looks = [layer.look for shot in device.shots[:3] for layer in shot.layers if layer.role == "main"]
    return tuple(display_colour(look.colour) for look in looks) or (GREY,)


def effect_icon(colours: Sequence[Shade]) -> QIcon:
    """A little burst in these colours."""
    pixmap = QPixmap(44, 44)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for i, rgb in enumerate(colours[:2]):
        glow = QRadialGradient(QPointF(22, 22), 20 - 8 * i)
        core = QColor(*rgb)
        glow.setColorAt(0, core.lighter(150))
        glow.setColorAt(0.35, core)
        core.setAlpha(0)
        glow.setColorAt(1, core)
        painter.setBrush(glow)
        painter.drawEllipse(QRectF(2 + 8 * i, 2 + 8 * i, 40 - 16 * i, 40 - 16 * i))
    painter.end()
    return QIcon(pixmap)


def formation_icon(formation: Formation) -> QIcon:
    """The formation's points seen from the front."""
    metres = formation.points.metres
    pixmap = QPixmap(44, 44)
    pixmap.fill(QColor(theme.GROUND))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    low, high = metres.min(axis=0), metres.max(axis=0)
    scale = 36 / max(float(high[0] - low[0]), float(high[2] - low[2]), 0.1)
    middle = (low + high) / 2
    for i, (x, _, z) in enumerate(metres.tolist()):
        painter.setBrush(QColor(*formation.colours[i]) if formation.colours else QColor(theme.DRONE))
        painter.drawEllipse(QPointF(22 + (x - middle[0]) * scale, 22 - (z - middle[2]) * scale), 1.3, 1.3)
    painter.end()
    return QIcon(pixmap)
