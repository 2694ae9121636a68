"""The storyboard: the scenes of every flight as cards in order of time, as a seat of the audience sees them."""

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QScrollArea, QVBoxLayout, QWidget

from showeditor.model.music import moment_us
from showeditor.model.swarm import Flight, Formation, Scene
from showeditor.model.venue import Vec3
from showeditor.timeline.storyboard import face_seats, middle_eye, reorder_scene
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.language import word
from showeditor.ui.panels.storyboard_row import CARD_W, THUMB_H, Card, Row, StoryboardRows
from showeditor.ui.panels.thumbs import scene_seen, thumb

_LATER_MS = 120
_FAR_M = 400.0


class StoryboardPanel(QWidget):
    """Cards of the scenes; a click selects and jumps, dragging a card moves its scene in the order."""

    opened = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._pictures: dict[tuple[int, object, Vec3], tuple[Formation, QPixmap]] = {}
        self._seat = QComboBox(self)
        self._seat_label, self._hint = QLabel(self), QLabel(self)
        for label in (self._seat_label, self._hint):
            label.setProperty("role", "hint")
        self._seat_label.setBuddy(self._seat)
        self.cards = StoryboardRows(self)
        self._area = QScrollArea(self)
        self._area.setWidget(self.cards)
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 12, 0)
        head.addWidget(self._seat_label)
        head.addWidget(self._seat)
        head.addStretch(1)
        head.addWidget(self._hint)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(head)
        box.addWidget(self._area, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LATER_MS)
        self._timer.timeout.connect(self.fill)
        self._seat.currentIndexChanged.connect(self.fill)
        self.cards.chosen.connect(self._choose)
        self.cards.opened.connect(self._open)
        self.cards.dropped.connect(self.move_card)
        self.cards.menuAsked.connect(self._menu)
        desk.showChanged.connect(self._timer.start)
        desk.selectionChanged.connect(self._mark)
        desk.playheadChanged.connect(self._mark)
        self.retranslate()

    def retranslate(self) -> None:
        """Sets the words in the current language."""
        self.setAccessibleName(self.tr("Storyboard"))
        self._area.setAccessibleName(self.tr("Cards of the scenes"))
        self._area.viewport().setAccessibleName(self.tr("Cards of the scenes"))
        self.cards.setAccessibleName(self.tr("Scenes in order"))
        self._seat_label.setText(self.tr("Seen from"))
        self._seat.setAccessibleName(self.tr("Seat that the cards are seen from"))
        self.fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # -- cards -----------------------------------------------------------------------------------------------------

    @guarded
    def fill(self) -> None:
        """Shows the scenes of the show as it is now."""
        self._fill_seats()
        show = self.desk.show
        drawn = {formation.id: formation for formation in show.formations}
        eye = self._eye()
        kept: dict[tuple[int, object, Vec3], tuple[Formation, QPixmap]] = {}
        rows = [self._row(flight, drawn, eye, kept) for flight in show.flights]
        self._pictures = kept
        self.cards.give(tuple(rows))
        scenes = sum(len(row.cards) for row in rows)
        self._hint.setText(
            self.tr("{n} scenes · drag a card to change the order").format(n=scenes)
            if scenes
            else self.tr("No scene yet: insert a formation from the palette")
        )
        self._mark()

    def _row(
        self,
        flight: Flight,
        drawn: dict[str, Formation],
        eye: Vec3,
        kept: dict[tuple[int, object, Vec3], tuple[Formation, QPixmap]],
    ) -> Row:
        show = self.desk.show
        fleet = next((f for f in show.fleets if f.id == flight.fleet), None)
        have = fleet.count if fleet else 0
        cards: list[Card] = []
        left = moment_us(flight.takeoff, show.music)
        for scene in sorted(flight.scenes, key=lambda s: moment_us(s.arrive, show.music)):
            formation = drawn.get(scene.formation)
            arrive = moment_us(scene.arrive, show.music)
            used = len(formation.points) if formation else 0
            name = scene.name or (formation.name if formation else scene.id)
            picture = self._picture(formation, scene, eye, kept) if formation else QPixmap(CARD_W - 8, THUMB_H - 4)
            cards.append(Card(scene.id, name, picture, used, have, arrive, scene.hold_us, arrive - left))
            left = arrive + scene.hold_us
        title = self.tr("{flight} · {n} drones").format(flight=flight.name or flight.id, n=have)
        return Row(flight.id, title, tuple(cards))

    def _picture(
        self,
        formation: Formation,
        scene: Scene,
        eye: Vec3,
        kept: dict[tuple[int, object, Vec3], tuple[Formation, QPixmap]],
    ) -> QPixmap:
        key = (id(formation), scene.place, eye)
        old = self._pictures.get(key)
        if old is None or old[0] is not formation:
            flat = scene_seen(formation, scene, eye)
            dot = 1.7 if len(flat) < 250 else 1.25
            old = (formation, thumb(flat, formation.colours, CARD_W - 8, THUMB_H - 4, dot))
        kept[key] = old
        return old[1]

    def _eye(self) -> Vec3:
        seat = next((s for s in self.desk.show.venue.seats if s.id == self._seat.currentData()), None)
        if seat is not None:
            return seat.eye_m
        if self.desk.show.venue.seats:
            return middle_eye(self.desk.show)
        return (0.0, -_FAR_M, 2.0)

    def _fill_seats(self) -> None:
        seats = self.desk.show.venue.seats
        rows = [(seat.name or seat.id, seat.id) for seat in seats] or [(self.tr("the front"), "")]
        have = [(self._seat.itemText(k), self._seat.itemData(k)) for k in range(self._seat.count())]
        if rows == have:
            return
        chosen = self._seat.currentData()
        with QSignalBlocker(self._seat):
            self._seat.clear()
            for text, data in rows:
                self._seat.addItem(text, data)
            self._seat.setCurrentIndex(max(0, self._seat.findData(chosen)))

    @guarded
    def _mark(self) -> None:
        self.cards.selected = self.desk.selection
        self.cards.now_us = self.desk.state.playhead_us
        self.cards.update()

    # -- acting ----------------------------------------------------------------------------------------------------

    @guarded
    def _choose(self, scene: str) -> None:
        self.desk.session.select([scene])
        for flight in self.desk.show.flights:
            for other in flight.scenes:
                if other.id == scene:
                    self.desk.seek(moment_us(other.arrive, self.desk.show.music))
        for r, row in enumerate(self.cards.rows):
            for k, card in enumerate(row.cards):
                if card.scene == scene:
                    middle = self.cards.box(r, k).center()
                    self._area.ensureVisible(int(middle.x()), int(middle.y()), CARD_W, 40)

    @guarded
    def _open(self, scene: str) -> None:
        self.desk.session.select([scene])
        self.opened.emit()

    @guarded
    def move_card(self, scene: str, place: int) -> None:
        """Puts a scene at another place of its flight's order, one undoable step."""
        after, off = reorder_scene(self.desk.show, scene, place)
        if after is self.desk.show:
            return
        self.desk.apply(after, word("Change the order of scenes"), [scene])
        if off:
            self.desk.said.emit(
                self.tr("On another beat now, since they follow the score: {names}").format(
                    names=", ".join(off[:6]) + ("…" if len(off) > 6 else "")
                )
            )

    def menu(self, scene: str) -> QMenu:
        """What can be done with a card."""
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Scene"))
        menu.addAction(self.tr("Properties…"), lambda: self._open(scene))
        menu.addSeparator()
        turn = menu.addAction(self.tr("Turn to the seats"), lambda: self.face(scene, lean=False))
        bow = menu.addAction(self.tr("Turn and lean to the seats"), lambda: self.face(scene, lean=True))
        for action in (turn, bow):
            action.setEnabled(bool(self.desk.show.venue.seats))
        return menu

    @guarded
    def _menu(self, scene: str, at: QPoint) -> None:
        menu = self.menu(scene)
        menu.exec(at)
        menu.deleteLater()

    @guarded
    def face(self, scene: str, lean: bool) -> None:
        """Turns a scene towards the seat that the cards are seen from."""
        chosen = str(self._seat.currentData() or "")
        after = face_seats(self.desk.show, [scene], [chosen] if chosen else [], lean=lean)
        self.desk.apply(after, word("Turn to the seats"), [scene])
