"""The cards of a storyboard: one row of scenes for each flight, painted; dragging a card changes the order."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from showeditor.model.times import clock
from showeditor.ui import theme
from showeditor.ui.edge import guarded

CARD_W, CARD_H, GAP, HEAD_H, THUMB_H = 168, 178, 34, 24, 96
_DRAG_PX = 8


@dataclass(frozen=True, slots=True)
class Card:
    """A scene as it stands in the storyboard: its picture, drones used of how many, show times."""

    scene: str
    name: str
    picture: QPixmap
    used: int
    fleet: int
    arrive_us: int
    hold_us: int
    flown_us: int


@dataclass(frozen=True, slots=True)
class Row:
    """The cards of one flight."""

    flight: str
    name: str
    cards: tuple[Card, ...]


class StoryboardRows(QWidget):
    """All rows; `chosen` carries a scene's id, `dropped` a scene's id and its new place in the row."""

    chosen = Signal(str)
    opened = Signal(str)
    dropped = Signal(str, int)
    menuAsked = Signal(str, QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self.selected: frozenset[str] = frozenset()
        self.now_us = 0
        self._press: tuple[QPointF, str] | None = None
        self._drag: tuple[str, QPointF] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def give(self, rows: tuple[Row, ...]) -> None:
        """Shows other rows."""
        self.rows = rows
        self.resize(self.sizeHint())
        self.setMinimumSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the longest row."""
        longest = max((len(row.cards) for row in self.rows), default=0)
        return QSize(24 + longest * (CARD_W + GAP), max(1, len(self.rows)) * (HEAD_H + CARD_H + 12) + 8)

    def box(self, row: int, place: int) -> QRectF:
        """Where a card lies."""
        return QRectF(12 + place * (CARD_W + GAP), 4 + row * (HEAD_H + CARD_H + 12) + HEAD_H, CARD_W, CARD_H)

    def card_at(self, at: QPointF) -> tuple[int, int] | None:
        """Row and place of the card under a point."""
        for r, row in enumerate(self.rows):
            for k in range(len(row.cards)):
                if self.box(r, k).contains(at):
                    return r, k
        return None

    # -- painting --------------------------------------------------------------------------------------------------

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Cards left to right in order of time, the flights between them as arrows with their length."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.PANEL))
        for r, row in enumerate(self.rows):
            painter.setPen(QColor(theme.MUTED))
            top = 4 + r * (HEAD_H + CARD_H + 12)
            painter.drawText(
                QRectF(14, top, 600, HEAD_H), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, row.name
            )
            for k, card in enumerate(row.cards):
                self._paint_card(painter, self.box(r, k), card)
                if k:
                    self._paint_flight(painter, self.box(r, k), card.flown_us)
        if self._drag is not None:
            self._paint_drag(painter, *self._drag)
        painter.end()

    def _paint_card(self, painter: QPainter, box: QRectF, card: Card) -> None:
        chosen = card.scene in self.selected
        now = card.arrive_us <= self.now_us <= card.arrive_us + card.hold_us
        painter.setPen(
            QPen(QColor(theme.ACCENT if chosen else theme.PLAYHEAD if now else theme.EDGE), 2 if chosen else 1)
        )
        painter.setBrush(QColor(theme.RAISED))
        painter.drawRoundedRect(box, 6, 6)
        painter.drawPixmap(QPointF(box.left() + 4, box.top() + 4), card.picture)
        painter.setPen(QColor(theme.TEXT))
        line = QRectF(box.left() + 9, box.top() + THUMB_H + 6, CARD_W - 18, 20)
        name = painter.fontMetrics().elidedText(card.name, Qt.TextElideMode.ElideRight, int(line.width()))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(QColor(theme.MUTED))
        times = self.tr("{at} · holds {n} s").format(at=clock(card.arrive_us, 1), n=round(card.hold_us / 1e6, 1))
        painter.drawText(line.translated(0, 19), Qt.AlignmentFlag.AlignVCenter, times)
        over = card.used > card.fleet
        painter.setPen(QColor(theme.BLOCK if over else theme.TEXT))
        painter.drawText(
            line.translated(0, 38),
            Qt.AlignmentFlag.AlignVCenter,
            self.tr("{n} of {m} drones").format(n=card.used, m=card.fleet),
        )
        meter = QRectF(box.left() + 9, box.bottom() - 10, CARD_W - 18, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.GROUND))
        painter.drawRoundedRect(meter, 2, 2)
        share = min(1.0, card.used / max(1, card.fleet))
        painter.setBrush(QColor(theme.BLOCK if over else theme.WARN if share > 0.97 else theme.GOOD))
        painter.drawRoundedRect(QRectF(meter.left(), meter.top(), meter.width() * share, 4), 2, 2)

    def _paint_flight(self, painter: QPainter, box: QRectF, flown_us: int) -> None:
        middle = box.top() + THUMB_H / 2
        short = flown_us < 0
        painter.setPen(QPen(QColor(theme.BLOCK if short else theme.FAINT), 1.4))
        x0, x1 = box.left() - GAP + 6, box.left() - 6
        painter.drawLine(QPointF(x0, middle), QPointF(x1, middle))
        painter.drawLine(QPointF(x1 - 5, middle - 4), QPointF(x1, middle))
        painter.drawLine(QPointF(x1 - 5, middle + 4), QPointF(x1, middle))
        text = QRectF(box.left() - GAP - 6, middle + 4, GAP + 12, 18)
        painter.drawText(text, Qt.AlignmentFlag.AlignHCenter, self.tr("{n} s").format(n=round(flown_us / 1e6)))

    def _paint_drag(self, painter: QPainter, scene: str, at: QPointF) -> None:
        found = self._slot(scene, at)
        if found is None:
            return
        row, place = found
        own = next(k for k, card in enumerate(self.rows[row].cards) if card.scene == scene)
        x = self.box(row, place).left() - GAP / 2 if place <= own else self.box(row, place).right() + GAP / 2
        box = self.box(row, place)
        painter.setPen(QPen(QColor(theme.ACCENT), 3))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        painter.setOpacity(0.6)
        card = self.rows[row].cards[own]
        painter.drawPixmap(at - QPointF(card.picture.width() / 2, card.picture.height() / 2), card.picture)
        painter.setOpacity(1.0)

    def _slot(self, scene: str, at: QPointF) -> tuple[int, int] | None:
        """Row of a scene and the place in it that a point means."""
        for r, row in enumerate(self.rows):
            if any(card.scene == scene for card in row.cards):
                place = int((at.x() - 12 + GAP / 2) // (CARD_W + GAP))
                return r, min(max(0, place), len(row.cards) - 1)
        return None

    # -- pointer and keys ------------------------------------------------------------------------------------------

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of a card."""
        found = self.card_at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            card = self.rows[found[0]].cards[found[1]]
            self._press = (event.position(), card.scene)
            self.chosen.emit(card.scene)

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drags the card."""
        if self._press is not None and (event.position() - self._press[0]).manhattanLength() > _DRAG_PX:
            self._drag = (self._press[1], event.position())
            self.update()

    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drops it."""
        drag, self._drag, self._press = self._drag, None, None
        self.update()
        if drag is not None:
            found = self._slot(drag[0], event.position())
            if found is not None:
                self.dropped.emit(drag[0], found[1])

    @guarded
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens the scene's properties."""
        found = self.card_at(event.position())
        if found is not None:
            self.opened.emit(self.rows[found[0]].cards[found[1]].scene)

    @guarded
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for the menu of a card."""
        found = self.card_at(QPointF(event.pos()))
        if found is not None:
            self.menuAsked.emit(self.rows[found[0]].cards[found[1]].scene, event.globalPos())

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from card to card; with Ctrl they carry the card along; Escape lets a dragged card go."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and self._drag is not None:
            self._drag = self._press = None
            self.update()
        elif step is None:
            super().keyPressEvent(event)
        else:
            self._step(step, carry=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def _step(self, step: int, *, carry: bool) -> None:
        for row in self.rows:
            for k, card in enumerate(row.cards):
                if card.scene in self.selected:
                    to = min(max(0, k + step), len(row.cards) - 1)
                    if carry:
                        self.dropped.emit(card.scene, to)
                    else:
                        self.chosen.emit(row.cards[to].scene)
                    return
        first = next((row.cards[0] for row in self.rows if row.cards), None)
        if first is not None:
            self.chosen.emit(first.scene)

    def event(self, event: QEvent) -> bool:
        """The whole name of a card that is cut short, and what dragging does; arrow keys belong to the cards."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if Qt.Key(event.key()) in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                event.accept()
                return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.card_at(QPointF(event.pos()))
            if found is not None:
                name = self.rows[found[0]].cards[found[1]].name
                tip = self.tr("{name}: click jumps there, drag changes the order").format(name=name)
                QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)
