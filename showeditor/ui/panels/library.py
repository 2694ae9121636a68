"""The library of motifs: pictures with search, size, spacing and colour scheme, inserted at the playhead."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from showeditor.formations.budget import Afforded
from showeditor.formations.motifs import TITLES
from showeditor.formations.ornaments import MASKS
from showeditor.formations.request import Request, drawn
from showeditor.model.errors import ShowEditorError
from showeditor.model.swarm import DrawnSource
from showeditor.timeline import scenes
from showeditor.ui.desk import Desk
from showeditor.ui.dialogs.formation_facts import ROOM
from showeditor.ui.edge import guarded, reporter
from showeditor.ui.inspector.form import set_role
from showeditor.ui.language import speaks_chinese, word
from showeditor.ui.panels.thumbs import thumb
from showeditor.ui.timeline.drop import insert_formation

MASK = "mask"
_ICON = QSize(84, 60)
_NAME = Qt.ItemDataRole.UserRole
_FIND = Qt.ItemDataRole.UserRole + 1
_WAIT_MS = 160


@dataclass(frozen=True, slots=True)
class Shelf:
    """One picture of the library: a motif, or a family of colour schemes."""

    name: str
    motif: str


def shelves() -> list[Shelf]:
    """What the library shows: every motif, the masks as one."""
    plain = [Shelf(name, name) for name in TITLES if not name.startswith("mask-")]
    return [*plain, Shelf(MASK, "mask-red")]


class LibraryPanel(QWidget):
    """Motifs to insert."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.made: Afforded | None = None
        self._asked = 0
        self._usual_m = 0.0
        self.search, self.list = QLineEdit(self), QListWidget(self)
        self.search.setClearButtonEnabled(True)
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setIconSize(_ICON)
        self.list.setSpacing(4)
        self.list.setUniformItemSizes(True)
        self.scheme, self.height_box, self.spacing_box = QComboBox(self), QDoubleSpinBox(self), QDoubleSpinBox(self)
        self.most_box = QSpinBox(self)
        for box, low, high, value in (
            (self.height_box, 2.0, 300.0, 50.0),
            (self.spacing_box, 0.5, 30.0, self._roomy_m()),
        ):
            box.setRange(low, high)
            box.setDecimals(1)
            box.setSuffix(" m")
            box.setValue(value)
        self.most_box.setRange(0, 100_000)
        self._facts = QLabel(self)
        self._facts.setWordWrap(True)
        self.insert, self._more = QPushButton(self), QPushButton(self)
        self._labels = [QLabel(self) for _ in range(4)]
        # two by two, so that the pictures keep the room
        rows = QGridLayout()
        rows.setHorizontalSpacing(8)
        rows.setVerticalSpacing(2)
        fields = (self.scheme, self.height_box, self.spacing_box, self.most_box)
        for k, (label, field) in enumerate(zip(self._labels, fields, strict=True)):
            label.setProperty("role", "hint")
            label.setBuddy(field)
            rows.addWidget(label, 2 * (k // 2), k % 2)
            rows.addWidget(field, 2 * (k // 2) + 1, k % 2)
            field.setMinimumWidth(60)
        buttons = QHBoxLayout()
        buttons.addWidget(self.insert)
        buttons.addWidget(self._more)
        box_all = QVBoxLayout(self)
        box_all.setContentsMargins(10, 10, 10, 8)
        box_all.setSpacing(8)
        box_all.addWidget(self.search)
        box_all.addWidget(self.list, 1)
        box_all.addLayout(rows)
        box_all.addWidget(self._facts)
        box_all.addLayout(buttons)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._draw)
        self.search.textChanged.connect(self.narrow)
        self.list.currentItemChanged.connect(self._ask)
        self.list.itemActivated.connect(self.put)
        for signal in (
            self.scheme.currentIndexChanged,
            self.height_box.valueChanged,
            self.spacing_box.valueChanged,
            self.most_box.valueChanged,
            desk.planChanged,
        ):
            signal.connect(self._ask)
        desk.planChanged.connect(self._follow_limits)
        self.insert.clicked.connect(self.put)
        self._more.clicked.connect(self._open)
        self.retranslate()

    def _roomy_m(self) -> float:
        """The spacing that leaves room for flights in and out, by the limits of the newest plan."""
        self._usual_m = max(2.0, round(ROOM * self.desk.plan.limits.min_gap_m, 1))
        return self._usual_m

    @guarded
    def _follow_limits(self) -> None:
        # what somebody has set stays
        if self.spacing_box.value() == self._usual_m:
            self.spacing_box.setValue(self._roomy_m())

    # -- words and pictures ----------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Sets the words in the current language."""
        self.setAccessibleName(self.tr("Library of motifs"))
        self.search.setPlaceholderText(self.tr("Search motifs"))
        self.search.setAccessibleName(self.tr("Search motifs"))
        self.list.setAccessibleName(self.tr("Motifs"))
        self.list.setToolTip(self.tr("Double-click inserts at the playhead"))
        words = (self.tr("Scheme"), self.tr("Height"), self.tr("Least spacing"), self.tr("At most"))
        fields = (self.scheme, self.height_box, self.spacing_box, self.most_box)
        for label, field, text in zip(self._labels, fields, words, strict=True):
            label.setText(text)
            field.setAccessibleName(text)
        self.most_box.setSpecialValueText(self.tr("as many as needed"))
        self.insert.setText(self.tr("Insert"))
        self.insert.setAccessibleName(self.tr("Insert the motif at the playhead"))
        self._more.setText(self.tr("More…"))
        self._more.setAccessibleName(self.tr("More settings of the motif"))
        schemes = {
            "red": self.tr("red: loyal"),
            "black": self.tr("black: upright"),
            "white": self.tr("white: cunning"),
            "blue": self.tr("blue: fierce"),
            "green": self.tr("green: rash"),
            "yellow": self.tr("yellow: shrewd"),
        }
        kept = self.scheme.currentData()
        self.scheme.blockSignals(True)
        self.scheme.clear()
        for name in MASKS:
            self.scheme.addItem(schemes[name], f"mask-{name}")
        self.scheme.setCurrentIndex(max(0, self.scheme.findData(kept)))
        self.scheme.blockSignals(False)
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _fill(self) -> None:
        row = max(0, self.list.currentRow())
        self.list.blockSignals(True)
        self.list.clear()
        for shelf in shelves():
            item = QListWidgetItem(self._title(shelf))
            item.setData(_NAME, shelf.name)
            item.setData(_FIND, " ".join((shelf.name, *self._words(shelf))).casefold())
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.list.addItem(item)
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self.narrow()
        self._draw_icons()
        self._ask()

    def _title(self, shelf: Shelf) -> str:
        if shelf.name == MASK:
            return self.tr("Opera mask")
        return TITLES[shelf.motif][int(speaks_chinese())]

    def _words(self, shelf: Shelf) -> Iterable[str]:
        if shelf.name != MASK:
            return TITLES[shelf.motif]
        return (self.tr("Opera mask"), "脸谱", *(w for name in MASKS for w in TITLES[f"mask-{name}"]))

    def _draw_icons(self) -> None:
        def work() -> dict[str, Afforded]:
            return {s.name: drawn(Request("motif", s.motif, height_m=None, count=260)) for s in shelves()}

        def done(made: dict[str, Afforded]) -> None:
            for k in range(self.list.count()):
                item = self.list.item(k)
                drawing = made[str(item.data(_NAME))].drawing
                flat = np.ascontiguousarray(drawing.points.metres[:, [0, 2]])
                item.setIcon(QIcon(thumb(flat, drawing.colours, _ICON.width(), _ICON.height(), 1.1)))

        self.desk.jobs.start(work, done, self._failed)

    @guarded
    def narrow(self) -> None:
        """Shows the motifs that hold every word of the search."""
        wanted = self.search.text().casefold().split()
        seen = []
        for k in range(self.list.count()):
            item = self.list.item(k)
            item.setHidden(not all(part in str(item.data(_FIND)) for part in wanted))
            if not item.isHidden():
                seen.append(k)
        if seen and self.list.currentRow() not in seen:
            self.list.setCurrentRow(seen[0])

    # -- what is chosen --------------------------------------------------------------------------------------------

    def request(self) -> Request | None:
        """The chosen motif as the fields stand."""
        if self.list.currentRow() < 0:
            return None
        item = self.list.currentItem()
        name = str(item.data(_NAME))
        return Request(
            "motif",
            str(self.scheme.currentData()) if name == MASK else name,
            height_m=self.height_box.value(),
            spacing_m=self.spacing_box.value(),
            most=self.most_box.value() or None,
        )

    @guarded
    def _ask(self) -> None:
        chosen = self.list.currentRow() >= 0 and self.list.currentItem().data(_NAME) == MASK
        self.scheme.setEnabled(chosen)
        self.made = None
        self.insert.setEnabled(False)
        self._timer.start()

    @guarded
    def _draw(self) -> None:
        request = self.request()
        self._asked += 1
        mine = self._asked
        if request is None:
            return

        def done(made: Afforded) -> None:
            if mine == self._asked:
                self._tell(made)

        self.desk.jobs.start(lambda: drawn(request), done, self._failed)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, ShowEditorError):
            self._facts.setText(str(error))
            set_role(self._facts, "bad")
        else:
            reporter.report(self, error)

    def _tell(self, made: Afforded) -> None:
        self.made = made
        have = max((f.count for f in self.desk.show.fleets), default=0)
        need = len(made.drawing)
        text = self.tr("needs {need} of {have} drones").format(need=need, have=have)
        if made.left_out:
            text += self.tr(", {n} fine strokes left out").format(n=made.left_out)
        if made.widened:
            text += self.tr(", points {m} m apart").format(m=round(made.drawing.spacing_m, 1))
        self._facts.setText(text)
        set_role(self._facts, "bad" if need > have else "good")
        self.insert.setEnabled(True)

    @guarded
    def put(self) -> None:
        """Adds the motif to the show and inserts it at the playhead."""
        request, made = self.request(), self.made
        if request is None:
            return
        if made is None:
            made = drawn(request)
        title = TITLES[request.source][int(speaks_chinese())]
        drawing = made.drawing
        after, formation = scenes.add_formation(
            self.desk.show, title, drawing.points, drawing.colours, drawing.path, DrawnSource(f"motif:{request.source}")
        )
        self.desk.apply(after, word("Add a formation"), [formation])
        insert_formation(self.desk, formation)

    @guarded
    def _open(self) -> None:
        from showeditor.ui.dialogs.formation_taking import new_formation

        new_formation(self.desk, self.window(), self.request())
