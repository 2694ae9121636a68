"""Paints the firework tracks: a thin line from ignition to bloom, a solid bar from bloom to end."""

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from showeditor.model.arrays import Flags, Floats, Ints
from showeditor.ui import theme
from showeditor.ui.timeline.lanes import HEADER_PX, Lane
from showeditor.ui.timeline.look import View
from showeditor.ui.timeline.rows import TrackRows

CROWD = 600
"""Visible cues of a track beyond which those that begin on the same two pixels are drawn once, without details."""

LEAST_PX = 3.0


def paint_track(painter: QPainter, view: View, lane: Lane) -> None:
    """One track of cues."""
    y = view.lanes.y(lane)
    painter.setPen(QColor(theme.LINE))
    painter.drawLine(QLineF(HEADER_PX, y + lane.height - 0.5, view.width, y + lane.height - 0.5))
    if lane.index >= len(view.rows.tracks):
        return
    rows = view.rows.tracks[lane.index]
    seen = rows.visible(*view.span())
    if not len(seen):
        return
    chosen = view.rows.chosen(rows, view.selection)[seen]
    x0, x1, x2, top, bottom = bars(view, lane, rows, seen)
    colour = rows.colour[seen]
    crowded = len(seen) > CROWD
    if crowded:
        keep = _thinned(x1, chosen)
        x0, x1, x2, top, bottom = (a[keep] for a in (x0, x1, x2, top, bottom))
        colour, chosen, seen = colour[keep], chosen[keep], seen[keep]
    middle = (top + bottom) / 2
    for number in np.unique(colour).tolist():
        of = np.flatnonzero(colour == number)
        shade = QColor(*view.rows.colours[number])
        if rows.track.muted:
            shade = QColor(theme.FAINT)
        line = QColor(shade)
        line.setAlpha(60 if crowded else 150)
        painter.setPen(QPen(line, 1))
        painter.drawLines([QLineF(a, m, b, m) for a, b, m in zip(x0[of], x1[of], middle[of], strict=True)])
        painter.setPen(Qt.PenStyle.NoPen)
        shade.setAlpha(170 if crowded else 215)
        painter.setBrush(shade)
        painter.drawRects(
            [QRectF(a, t, b - a, u - t) for a, b, t, u in zip(x1[of], x2[of], top[of], bottom[of], strict=True)]
        )
        if crowded:
            continue
        painter.setBrush(shade.lighter(140))
        painter.drawRects([QRectF(a, t, 1.5, u - t) for a, t, u in zip(x1[of], top[of], bottom[of], strict=True)])
    _early(painter, rows, seen, view, x0, x1, top, bottom)
    _outline(painter, x1, x2, top, bottom, chosen, QColor("white"))
    if view.offenders:
        bad = view.rows.chosen(rows, view.offenders)[seen]
        _outline(painter, x1, x2, top, bottom, bad, QColor(theme.BLOCK))


def bars(view: View, lane: Lane, rows: TrackRows, seen: Ints) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Pixels of cues: ignition, bloom and end x, top and bottom y of the bar; each (n,)."""
    axis = view.axis
    x0: Floats = HEADER_PX + (rows.ignition_us[seen].astype(np.float64) - axis.start_us) / axis.us_per_px
    x1: Floats = HEADER_PX + (rows.bloom_us[seen].astype(np.float64) - axis.start_us) / axis.us_per_px
    x2: Floats = HEADER_PX + (rows.end_us[seen].astype(np.float64) - axis.start_us) / axis.us_per_px
    x2 = np.maximum(x2, x1 + LEAST_PX).astype(np.float64)
    high: Floats = (lane.height - 10) * rows.height[seen]
    bottom: Floats = np.full(len(seen), float(view.lanes.y(lane) + lane.height - 5), np.float64)
    return x0, x1, x2, bottom - high, bottom


def _thinned(x1: Floats, chosen: Flags) -> Ints:
    key = (np.round(x1 / 2).astype(np.int64) << 1) + chosen
    first: Ints = np.unique(key, return_index=True)[1].astype(np.int32)
    return first


def _early(
    painter: QPainter, rows: TrackRows, seen: Ints, view: View, x0: Floats, x1: Floats, top: Floats, bottom: Floats
) -> None:
    for i in np.flatnonzero(rows.ignition_us[seen] < 0).tolist():
        box = QRectF(x0[i], top[i], max(x1[i] - x0[i], LEAST_PX), bottom[i] - top[i])
        painter.fillRect(box, QBrush(QColor(theme.BLOCK), Qt.BrushStyle.BDiagPattern))


def _outline(
    painter: QPainter, x1: Floats, x2: Floats, top: Floats, bottom: Floats, which: Flags, colour: QColor
) -> None:
    of = np.flatnonzero(which)
    if not len(of):
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.5))
    painter.drawRects(
        [
            QRectF(a - 1, t - 1, b - a + 2, u - t + 2)
            for a, b, t, u in zip(x1[of], x2[of], top[of], bottom[of], strict=True)
        ]
    )
