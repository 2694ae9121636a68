"""Small pictures of formations: points as they are seen, in their colours, on a night sky."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from showeditor.model.arrays import Floats
from showeditor.model.swarm import Formation, Rgb, Scene
from showeditor.model.venue import Vec3
from showeditor.planning.placing import world_places
from showeditor.ui import theme

NIGHT = "#0a0d14"
MOST_DOTS = 2500
"""Dots of a small picture; of more points every so many a one is drawn."""


def seen_flat(places_m: Floats, eye_m: Vec3) -> Floats:
    """Places (n, 3) as an eye sees them: (n, 2) metres to the right and up, at the distance of their middle."""
    eye = np.array(eye_m, np.float64)
    way = 0.5 * (places_m.min(axis=0) + places_m.max(axis=0)) - eye
    distance = max(1e-6, float(np.sqrt(way @ way)))
    forward = way / distance
    right = np.array([forward[1], -forward[0], 0.0])
    size = float(np.hypot(right[0], right[1]))
    right = right / size if size > 1e-9 else np.array([1.0, 0.0, 0.0])
    up = np.cross(right, forward)
    local = places_m - eye
    depth = np.maximum(local @ forward, 0.05 * distance) / distance
    return np.stack([local @ right / depth, local @ up / depth], axis=1)


def scene_seen(formation: Formation, scene: Scene, eye_m: Vec3) -> Floats:
    """The points of a scene as an eye sees them, (n, 2)."""
    return seen_flat(world_places(formation.points.metres, scene.place), eye_m)


def paint_dots(
    painter: QPainter, box: QRectF, flat: Floats, colours: Sequence[Rgb], plain: str = theme.DRONE, dot: float = 1.5
) -> None:
    """Paints points (n, 2: right, up) into a box, as large as they fit."""
    painter.fillRect(box, QColor(NIGHT))
    if not len(flat):
        return
    step = -(-len(flat) // MOST_DOTS)
    low, high = flat.min(axis=0), flat.max(axis=0)
    room = box.adjusted(8, 8, -8, -8)
    scale = min(room.width() / max(high[0] - low[0], 0.1), room.height() / max(high[1] - low[1], 0.1))
    middle = (low + high) / 2
    xs = room.center().x() + (flat[::step, 0] - middle[0]) * scale
    ys = room.center().y() - (flat[::step, 1] - middle[1]) * scale
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    shown = colours[::step] if colours else ()
    for k, (x, y) in enumerate(zip(xs.tolist(), ys.tolist(), strict=True)):
        painter.setBrush(QColor(*shown[k]) if shown else QColor(plain))
        painter.drawEllipse(QPointF(x, y), dot, dot)


def thumb(flat: Floats, colours: Sequence[Rgb], width: int, height: int, dot: float = 1.5) -> QPixmap:
    """A picture of points (n, 2: right, up)."""
    pixmap = QPixmap(width, height)
    painter = QPainter(pixmap)
    paint_dots(painter, QRectF(0, 0, width, height), flat, colours, dot=dot)
    painter.end()
    return pixmap
