"""The timeline's canvas: holds axis and lanes, follows the desk, paints through a cached picture."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from showeditor.ui import theme
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.timeline import overlay
from showeditor.ui.timeline.axis import Axis, musical
from showeditor.ui.timeline.drag import Drag
from showeditor.ui.timeline.drop import Drop
from showeditor.ui.timeline.items import items_in_view
from showeditor.ui.timeline.lanes import HEADER_PX, OVERVIEW_PX, Lanes, lay_out
from showeditor.ui.timeline.look import View
from showeditor.ui.timeline.paint import paint_fixed, paint_headers
from showeditor.ui.timeline.paint_cues import paint_track
from showeditor.ui.timeline.paint_flights import paint_flight, scene_spans
from showeditor.ui.timeline.paint_recorded import paint_recorded
from showeditor.ui.timeline.rows import CueRows


class TimelineCanvas(QAbstractScrollArea):
    """Axis, lanes and painting of the timeline; TimelineView adds the pointer."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.axis = Axis()
        self.rows = CueRows()
        self._picture: QPixmap | None = None
        self._drag: Drag | None = None
        self._drop: Drop | None = None
        self._fitted: int | None = None
        self._length_us = desk.show.duration_us
        self._words: dict[str, str] = {}
        self.setObjectName("timeline")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setAcceptDrops(True)
        self.setAcceptDrops(True)
        self.verticalScrollBar().valueChanged.connect(self.refresh)
        desk.showChanged.connect(self._on_show)
        desk.planChanged.connect(self._on_plan)
        desk.selectionChanged.connect(self._on_selection)
        desk.offendersChanged.connect(self.refresh)
        desk.musicChanged.connect(self.refresh)
        desk.rippleChanged.connect(self.refresh)
        desk.loopChanged.connect(self.viewport().update)
        desk.playheadChanged.connect(self._on_playhead)
        self.retranslate()
        self._on_show()
        self._on_plan()

    # -- what it shows ---------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for the fixed lanes and some tracks."""
        return QSize(1200, 360)

    def lanes(self) -> Lanes:
        """The lanes of the show where they stand now."""
        return lay_out(self.desk.show, self.verticalScrollBar().value())

    def look(self) -> View:
        """Everything the painters need."""
        size = self.viewport().size()
        return View(
            show=self.desk.show,
            plan=self.desk.plan,
            axis=self.axis,
            lanes=self.lanes(),
            rows=self.rows,
            width=size.width(),
            height=size.height(),
            selection=self.desk.selection,
            offenders=self.desk.offenders,
            pyramid=self.desk.heard.pyramid,
            rippling=self.desk.rippling,
            words=self._words,
        )

    def set_axis(self, axis: Axis) -> None:
        """Scrolls or zooms; stays near the show."""
        width = max(1, self.viewport().width() - HEADER_PX)
        span = width * axis.us_per_px
        low, high = -0.5 * span, self.desk.show.duration_us - 0.5 * span
        self.axis = replace(axis, start_us=min(max(axis.start_us, low), max(low, high)))
        self.refresh()

    def fit(self) -> None:
        """Shows the whole show."""
        self.set_axis(Axis.fitting(0, self.desk.show.duration_us, self._lane_px()))

    def fit_selection(self) -> None:
        """Shows what is selected, or everything when nothing is."""
        spans = self._selected_spans()
        if not spans:
            self.fit()
            return
        self.set_axis(Axis.fitting(min(s[0] for s in spans), max(s[1] for s in spans), self._lane_px(), 60))

    def zoom(self, factor: float) -> None:
        """Zooms at the playhead when it is seen, else at the middle."""
        x = self.axis.x(self.desk.state.playhead_us)
        width = self._lane_px()
        self.set_axis(self.axis.zoomed(factor, x if 0 <= x <= width else width / 2))

    def refresh(self) -> None:
        """Paints everything anew."""
        self._picture = None
        self.viewport().update()

    def _lane_px(self) -> float:
        return float(max(100, self.viewport().width() - HEADER_PX))

    def _selected_spans(self) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        for rows in self.rows.tracks:
            chosen = self.rows.chosen(rows, self.desk.selection)
            spans += zip(rows.ignition_us[chosen].tolist(), rows.end_us[chosen].tolist(), strict=True)
        for flight in self.desk.show.flights:
            spans += [
                (s.arrive_us, s.leave_us)
                for s in scene_spans(self.desk.show, flight)
                if s.scene.id in self.desk.selection
            ]
        spans += [(a.start_us, a.end_us) for a in self.desk.show.acts if a.id in self.desk.selection]
        return spans

    # -- following the desk ----------------------------------------------------------------------------------------

    @guarded
    def _on_show(self) -> None:
        self._size_scroll()
        length = self.desk.show.duration_us
        if self._fitted is not None and self._fitted != self.desk.document:
            self._fitted = self.desk.document
            self.verticalScrollBar().setValue(0)
            self.fit()
        elif self._fitted is not None and length != self._length_us and not self.desk.state.previewing:
            self.fit()
        self._length_us = length
        self.refresh()

    @guarded
    def _on_plan(self) -> None:
        planned = self.desk.state.planned
        if planned is not None:
            self.rows.update(planned, self.desk.plan)
        self.refresh()

    @guarded
    def _on_playhead(self, t_us: int) -> None:
        if self.desk.transport.playing and self._drag is None:
            x, width = self.axis.x(t_us), self._lane_px()
            if x > width * 0.92 or x < 0:
                self.set_axis(replace(self.axis, start_us=t_us - 0.08 * width * self.axis.us_per_px))
        self.viewport().update()

    @guarded
    def _on_selection(self) -> None:
        self.refresh()
        # what is selected is read out, since the painted bars are no controls
        chosen = self.desk.selection
        if 0 < len(chosen) <= 3:
            words = [words or name for _, name, words, _ in items_in_view(self.look()) if name in chosen]
            self.viewport().setAccessibleDescription("; ".join(words))
        else:
            self.viewport().setAccessibleDescription(self.tr("{n} selected").format(n=len(chosen)))

    def _size_scroll(self) -> None:
        lanes = lay_out(self.desk.show)
        room = self.viewport().height() - lanes.fixed_px - OVERVIEW_PX
        bar = self.verticalScrollBar()
        bar.setPageStep(max(1, room))
        bar.setSingleStep(20)
        bar.setRange(0, max(0, lanes.rows_px - room))

    def retranslate(self) -> None:
        """Sets the words in the current language."""
        self._words = {
            "ruler": self.tr("Time / bar"),
            "acts": self.tr("Acts"),
            "emotion": self.tr("Emotion curve"),
            "wave": self.tr("Music"),
            "drones": self.tr("{n} drones"),
            "cues": self.tr("{n} cues"),
            "muted": self.tr("muted"),
            "beat": self.tr("beat"),
            "bar": self.tr("bar"),
            "eight": self.tr("eight-count"),
            "second": self.tr("second"),
            "ripple": self.tr("RIPPLE"),
        }
        self.setAccessibleName(self.tr("Timeline"))
        self.setAccessibleDescription(
            self.tr("Acts, emotion curve, music, drone flights and firework tracks. Arrow keys go from cue to cue.")
        )
        self.viewport().setAccessibleName(self.tr("Timeline lanes"))
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # -- painting --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the lanes fitting; the first size shows the whole show."""
        super().resizeEvent(event)
        self._size_scroll()
        if self._fitted is None and self.viewport().width() > HEADER_PX + 200:
            self._fitted = self.desk.document
            self.fit()
        self.refresh()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """The cached picture, and over it what moves."""
        view = self.look()
        ratio = self.devicePixelRatioF()
        size = self.viewport().size() * ratio
        if self._picture is None or self._picture.size() != size:
            self._picture = QPixmap(size)
            self._picture.setDevicePixelRatio(ratio)
            painter = QPainter(self._picture)
            painter.setFont(self.font())
            self._paint_still(painter, view)
            painter.end()
        painter = QPainter(self.viewport())
        painter.drawPixmap(0, 0, self._picture)
        painter.setFont(self.font())
        painter.save()
        painter.setClipRect(QRectF(HEADER_PX, 0, view.width, view.height - OVERVIEW_PX))
        looping = self.desk.transport.loop_us is not None
        overlay.paint_loop(painter, view, self.desk.state.loop_us, looping)
        if self._drag is not None and self._drag.snap is not None:
            snap = self._drag.snap
            label = snap.name or self._words.get(snap.kind, snap.kind)
            if snap.tick is not None and view.show.music:
                label = f"{label} {musical(snap.t_us, view.show.music)}"
            overlay.paint_snap(painter, view, snap.t_us, label)
        if self._drop is not None:
            overlay.paint_ghost(painter, view, self._drop.t_us, self._drop.y, self._drop.height, self._drop.label)
        overlay.paint_playhead(painter, view, self.desk.state.playhead_us)
        if self._drag is not None and self._drag.box is not None:
            overlay.paint_box(painter, self._drag.box)
        painter.restore()
        overlay.paint_overview(painter, view, overlay.overview_box(view), self.desk.state.playhead_us)
        if view.rippling:
            overlay.paint_ripple(painter, view)
        painter.end()

    def _paint_still(self, painter: QPainter, view: View) -> None:
        painter.fillRect(QRectF(0, 0, view.width, view.height), theme.colour(theme.PANEL))
        painter.setClipRect(QRectF(HEADER_PX, 0, view.width - HEADER_PX, view.height))
        paint_fixed(painter, view)
        painter.setClipRect(
            QRectF(
                HEADER_PX, view.lanes.fixed_px, view.width - HEADER_PX, view.height - view.lanes.fixed_px - OVERVIEW_PX
            )
        )
        for lane in view.lanes.between(view.lanes.fixed_px, view.height):
            if lane.kind == "track":
                paint_track(painter, view, lane)
            elif lane.kind == "recorded":
                paint_recorded(painter, view, lane)
            else:
                paint_flight(painter, view, lane)
        painter.setClipping(False)
        paint_headers(painter, view)
