"""The timeline widget: the canvas with pointer, keys and drops turned into edits."""

from dataclasses import replace

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.timeline import overlay
from showeditor.ui.timeline.axis import Axis
from showeditor.ui.timeline.canvas import TimelineCanvas
from showeditor.ui.timeline.drag import START_PX, BoxSelect, Drag, DrawRange, Hand, MoveFeeling, Scrub, drag_for
from showeditor.ui.timeline.drop import read_drop
from showeditor.ui.timeline.hits import Hit, hit
from showeditor.ui.timeline.lanes import HEADER_PX
from showeditor.ui.timeline.look import View


class TimelineView(TimelineCanvas):
    """The timeline; emits `activated` when a thing is double-clicked and `menuAsked` for a context menu."""

    activated = Signal(str)
    menuAsked = Signal(object, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._pressed: tuple[QPointF, Hit | None, Qt.KeyboardModifier] | None = None
        self._pan: tuple[QPointF, Axis] | None = None
        self._strip = False

    # -- pointer ---------------------------------------------------------------------------------------------------

    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Wheel scrolls in time, Shift+wheel through the tracks, Ctrl+wheel zooms at the pointer."""
        delta, keys = event.angleDelta(), event.modifiers()
        step = delta.y() or delta.x()
        if keys & Qt.KeyboardModifier.ControlModifier:
            self.set_axis(self.axis.zoomed(1.2 ** (step / 120), event.position().x() - HEADER_PX))
        elif keys & Qt.KeyboardModifier.ShiftModifier or event.position().x() < HEADER_PX:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - step // 3)
        else:
            self.set_axis(self.axis.moved(-step * 0.8))
        event.accept()

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a scrub, a range, a selection or a drag."""
        at, keys, view = event.position(), event.modifiers(), self.look()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan = (at, self.axis)
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if overlay.overview_box(view).contains(at):
            self._strip = True
            self._go_strip(view, at)
            return
        found = hit(view, at.x(), at.y())
        self._pressed = (at, found, keys)
        lane = view.lanes.at(at.y())
        hand = Hand(at, at, keys)
        if lane is not None and lane.kind == "ruler" and found is None and at.x() >= HEADER_PX:
            ranged = hand.shift or at.y() > lane.y + lane.height / 2
            self._drag = DrawRange(self.desk) if ranged else Scrub(self.desk)
            if not ranged:
                self._drag.move(view, hand)
            return
        if found is not None and found.kind != "feeling":
            self._choose(found, hand)
        elif found is None and lane is not None and lane.kind == "wave":
            self._drag = Scrub(self.desk)
            self._drag.move(view, hand)

    def _choose(self, found: Hit, hand: Hand) -> None:
        chosen = self.desk.selection
        if hand.control:
            self.desk.session.toggle(self.desk.together([found.id]))
        elif hand.shift:
            self.desk.session.select(chosen | self.desk.together([found.id]))
        elif found.id not in chosen:
            self.desk.session.select(self.desk.together([found.id]))

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Goes on with what was begun, or shows what could be."""
        at, view = event.position(), self.look()
        if self._pan is not None:
            self.set_axis(self._pan[1].moved(self._pan[0].x() - at.x()))
            return
        if self._strip:
            self._go_strip(view, at)
            return
        if self._pressed is None:
            self._hover(view, at)
            return
        press, found, keys = self._pressed
        hand = Hand(press, at, event.modifiers())
        if self._drag is None:
            if (at - press).manhattanLength() < START_PX or press.x() < HEADER_PX:
                return
            self._drag = self._begin(view, found, Hand(press, at, keys))
        if self._drag is not None:
            self._edge_scroll(at)
            self._drag.move(view, hand)
            self.viewport().update()

    def _begin(self, view: View, found: Hit | None, hand: Hand) -> Drag | None:
        if found is not None:
            return drag_for(self.desk, view, found, hand)
        kept = self.desk.selection if hand.control or hand.shift else frozenset()
        return BoxSelect(self.desk, kept)

    def _edge_scroll(self, at: QPointF) -> None:
        if at.x() > self.viewport().width() - 12:
            self.set_axis(self.axis.moved(12))
            self._shift_press(-12)
        elif HEADER_PX < at.x() < HEADER_PX + 12:
            self.set_axis(self.axis.moved(-12))
            self._shift_press(12)

    def _shift_press(self, dx: float) -> None:
        if self._pressed is not None:
            self._pressed = (self._pressed[0] + QPointF(dx, 0), *self._pressed[1:])

    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends what was begun; a click on empty ground clears the selection and moves the playhead."""
        self._pan, self._strip = None, False
        pressed, drag = self._pressed, self._drag
        self._pressed = self._drag = None
        if drag is not None:
            drag.finish()
        elif pressed is not None and pressed[0].x() >= HEADER_PX:
            found, keys = pressed[1], pressed[2]
            if found is None:
                if not keys & Qt.KeyboardModifier.ControlModifier:
                    self.desk.session.select([])
                self.desk.seek(self.axis.t(event.position().x() - HEADER_PX))
            elif not keys & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
                self.desk.session.select(self.desk.together([found.id]))
        self.viewport().update()

    @guarded
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Makes an emotion point on its lane, else opens the thing."""
        view, at = self.look(), event.position()
        lane = view.lanes.at(at.y())
        if lane is not None and lane.kind == "emotion" and at.x() >= HEADER_PX:
            drag = MoveFeeling(self.desk, view, hit(view, at.x(), at.y()), at)
            drag.finish()
            return
        found = hit(view, at.x(), at.y())
        if found is not None:
            self.activated.emit(found.id)

    @guarded
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks the window for a menu about the thing under the pointer."""
        at = QPointF(event.pos())
        found = hit(self.look(), at.x(), at.y())
        if found is not None and found.id not in self.desk.selection and found.kind != "feeling":
            self.desk.session.select(self.desk.together([found.id]))
        self.menuAsked.emit(found, event.globalPos())

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape drops a drag, or the selection."""
        if event.key() == Qt.Key.Key_Escape:
            drag, self._drag, self._pressed = self._drag, None, None
            if drag is not None:
                drag.cancel()
            else:
                self.desk.session.select([])
            self.viewport().update()
            return
        event.ignore()

    def _hover(self, view: View, at: QPointF) -> None:
        found = hit(view, at.x(), at.y())
        edge = found is not None and found.part != "body"
        shape = Qt.CursorShape.SizeHorCursor if edge else Qt.CursorShape.ArrowCursor
        if found is not None and found.kind == "feeling":
            shape = Qt.CursorShape.SizeAllCursor
        self.viewport().setCursor(shape)

    def _go_strip(self, view: View, at: QPointF) -> None:
        box = overlay.overview_box(view)
        share = min(max((at.x() - box.left()) / box.width(), 0.0), 1.0)
        middle = share * view.show.duration_us
        self.set_axis(replace(self.axis, start_us=middle - self._lane_px() * self.axis.us_per_px / 2))

    # -- dropping from the palette ---------------------------------------------------------------------------------

    @guarded
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes effects and formations of the palette."""
        self.dragMoveEvent(event)

    @guarded
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Shows where the dragged thing would land."""
        self._drop = read_drop(self.desk, self.look(), event.mimeData(), event.position())
        event.setAccepted(self._drop is not None)
        self.viewport().update()

    @guarded
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The ghost goes."""
        self._drop = None
        self.viewport().update()

    @guarded
    def dropEvent(self, event: QDropEvent) -> None:
        """Puts the dragged thing into the show."""
        drop = read_drop(self.desk, self.look(), event.mimeData(), event.position())
        self._drop = None
        if drop is not None:
            event.acceptProposedAction()
            drop.put(self.desk)
            self.setFocus()
        self.viewport().update()
