"""The dialog of figures: fans, letters, chases and fills over chosen positions, seen in the sky while they are set."""

from collections.abc import Sequence
from typing import get_args

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from showeditor.model.errors import BadInput
from showeditor.model.figure import Figure, Shape, StepOrder
from showeditor.model.music import PPQ, AtBeat, AtTime
from showeditor.timeline import figures
from showeditor.timeline.fan import across
from showeditor.timeline.ids import fresh_ids
from showeditor.timeline.moments import beat_at
from showeditor.ui.desk import Desk
from showeditor.ui.dialogs.figure_sketch import FigureSketch
from showeditor.ui.edge import guarded
from showeditor.ui.language import word

_SHAPES: tuple[Shape, ...] = get_args(Shape)
_ORDERS: tuple[StepOrder, ...] = get_args(StepOrder)
_ARMED = ("v", "w", "x", "cross", "pairs", "peacock", "chase", "alternate")
_FANNED = ("fan", "z", "peacock")
_UNORDERED = ("salvo", "alternate")


class FigureDialog(QDialog):
    """Asks for a figure; every change is seen in the sky at once."""

    def __init__(self, desk: Desk, start: Figure, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.start = start
        self.figure: Figure | None = None
        self._base = desk.session.committed
        self.setWindowTitle(self.tr("Figure"))
        self.setAccessibleName(self.tr("Figure"))
        self._fields(start)
        self._sketch = FigureSketch(self)
        self._sketch.setAccessibleName(self.tr("Drawing of the figure"))
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._said.setProperty("role", "hint")
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._buttons.setAccessibleName(self.tr("Answer"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self._listen()
        self._look()

    def _fields(self, start: Figure) -> None:
        self.shape, self.order = QComboBox(self), QComboBox(self)
        for shape, title in self._shape_titles().items():
            self.shape.addItem(title, shape)
        self.shape.setCurrentIndex(_SHAPES.index(start.shape))
        for order, title in self._order_titles().items():
            self.order.addItem(title, order)
        self.order.setCurrentIndex(_ORDERS.index(start.order))
        self.effects = QLineEdit("; ".join(start.effects), self)
        self.effects.setToolTip(self.tr("Several effects, separated by semicolons, are taken in turn"))
        self.first, self.last, self.gap, self.density = (QDoubleSpinBox(self) for _ in range(4))
        self.shots, self.repeats, self.rest, self.seed = (QSpinBox(self) for _ in range(4))
        for real, low, high, value, suffix, decimals in (
            (self.first, -90.0, 90.0, start.first_deg, " °", 1),
            (self.last, -90.0, 90.0, start.last_deg, " °", 1),
            (self.gap, 0.0, 600.0, start.gap_us / 1e6, " s", 3),
            (self.density, 0.0, 100.0, 100.0 * start.density, " %", 0),
        ):
            real.setRange(low, high)
            real.setDecimals(decimals)
            real.setValue(value)
            real.setSuffix(suffix)
        for whole, low_, high_, count in (
            (self.shots, 1, 200, start.shots),
            (self.repeats, 1, 2_000, start.repeats),
            (self.rest, 0, 1_000, start.rest),
            (self.seed, 0, 9_999, start.seed),
        ):
            whole.setRange(low_, high_)
            whole.setValue(count)
        self.note = QComboBox(self)
        for ticks, title in self._note_titles().items():
            self.note.addItem(title, ticks)
        known = [self.note.itemData(k) for k in range(self.note.count())]
        self.note.setCurrentIndex(known.index(start.gap_ticks) if start.gap_ticks in known else 0)
        self.note.setEnabled(self.desk.show.music is not None)
        self.places = QListWidget(self)
        self.places.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        for name, title in _places(self.desk):
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setCheckState(Qt.CheckState.Checked if name in start.positions else Qt.CheckState.Unchecked)
            self.places.addItem(item)

    def _lay_out(self) -> None:
        self._rows = QFormLayout()
        for text, field in (
            (self.tr("Shape"), self.shape),
            (self.tr("Effects"), self.effects),
            (self.tr("Order"), self.order),
            (self.tr("First leans"), self.first),
            (self.tr("Last leans"), self.last),
            (self.tr("Shots at a position"), self.shots),
            (self.tr("Steps follow"), self.note),
            (self.tr("Time between steps"), self.gap),
            (self.tr("Rounds"), self.repeats),
            (self.tr("Silent steps between rounds"), self.rest),
            (self.tr("Density"), self.density),
            (self.tr("Seed"), self.seed),
        ):
            self._rows.addRow(text, field)
            field.setAccessibleName(text)
        side = QVBoxLayout()
        label = QLabel(self.tr("Positions, left to right"), self)
        label.setProperty("role", "hint")
        label.setBuddy(self.places)
        self.places.setAccessibleName(label.text())
        side.addWidget(label)
        side.addWidget(self.places, 1)
        top = QHBoxLayout()
        top.setSpacing(18)
        top.addLayout(self._rows, 3)
        top.addLayout(side, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addLayout(top)
        layout.addWidget(self._sketch, 1)
        layout.addWidget(self._said)
        layout.addWidget(self._buttons)
        self.resize(680, 680)

    def _listen(self) -> None:
        for box in (self.shape, self.order, self.note):
            box.currentIndexChanged.connect(self._look)
        for real in (self.first, self.last, self.gap, self.density):
            real.valueChanged.connect(self._look)
        for whole in (self.shots, self.repeats, self.rest, self.seed):
            whole.valueChanged.connect(self._look)
        self.effects.textEdited.connect(self._look)
        self.places.itemChanged.connect(self._look)

    def _asked(self) -> Figure:
        """The figure that the fields describe; raises BadInput."""
        places = [self.places.item(k) for k in range(self.places.count())]
        picked = tuple(
            str(item.data(Qt.ItemDataRole.UserRole)) for item in places if item.checkState() is Qt.CheckState.Checked
        )
        ticks = int(self.note.currentData())
        music, begin = self.desk.show.music, self.start.start
        if ticks and isinstance(begin, AtTime):
            begin = beat_at(music, begin.t_us)
        try:
            return replace(
                self.start,
                shape=_SHAPES[self.shape.currentIndex()],
                order=_ORDERS[self.order.currentIndex()],
                effects=tuple(text.strip() for text in self.effects.text().split(";") if text.strip()),
                positions=picked,
                start=begin,
                first_deg=self.first.value(),
                last_deg=self.last.value(),
                gap_us=round(self.gap.value() * 1e6),
                gap_ticks=ticks,
                shots=self.shots.value(),
                repeats=self.repeats.value(),
                rest=self.rest.value(),
                density=self.density.value() / 100.0,
                seed=self.seed.value(),
            )
        except ValueError as error:
            raise BadInput(str(error)) from None

    @guarded
    def _look(self) -> None:
        shape, ticks = _SHAPES[self.shape.currentIndex()], int(self.note.currentData())
        order = _ORDERS[self.order.currentIndex()]
        for field, used in (
            (self.first, shape not in _ARMED),
            (self.shots, shape in _FANNED),
            (self.order, shape not in _UNORDERED),
            (self.rest, shape != "fill"),
            (self.density, shape == "fill"),
            (self.seed, shape == "fill" or order == "random"),
        ):
            self._rows.setRowVisible(field, used)
        self.gap.setEnabled(not ticks)
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        try:
            self.figure = self._asked()
            after = figures.put_figure(figures.followed(self._base, self.start.id) if self._known() else self._base,
                                       self.figure)  # fmt: skip
        except BadInput as error:
            self.figure = None
            self._said.setText(str(error))
            self._sketch.draw(None)
            ok.setEnabled(False)
            return
        ok.setEnabled(True)
        self._sketch.draw(self.figure)
        count = len(figures.members(after, self.figure.id))
        self._said.setText(self.tr("{n} cues; leans count to the audience's right.").format(n=count))
        self.desk.session.preview(after)

    def _known(self) -> bool:
        return figures.figure_of(self._base, self.start.id) is not None

    def _shape_titles(self) -> dict[Shape, str]:
        return {
            "fan": self.tr("Fan"),
            "v": self.tr("V: two arms"),
            "w": self.tr("W: four arms"),
            "x": self.tr("X: neighbours cross"),
            "z": self.tr("Z: there and back"),
            "peacock": self.tr("Peacock: fans that open"),
            "cross": self.tr("Cross: mirrored pairs lean in"),
            "pairs": self.tr("Pairs: mirrored pairs lean out"),
            "sequence": self.tr("Sequence along the front"),
            "alternate": self.tr("Alternate halves"),
            "chase": self.tr("Chase there and back"),
            "salvo": self.tr("Salvo: all at once"),
            "fill": self.tr("Fill to the beat"),
        }

    def _order_titles(self) -> dict[StepOrder, str]:
        return {
            "together": self.tr("All together"),
            "left-right": self.tr("Left to right"),
            "right-left": self.tr("Right to left"),
            "centre-out": self.tr("Centre outwards"),
            "outside-in": self.tr("Outside inwards"),
            "random": self.tr("Random, by seed"),
        }

    def _note_titles(self) -> dict[int, str]:
        return {
            0: self.tr("the clock"),
            4 * PPQ: self.tr("four beats"),
            2 * PPQ: self.tr("two beats"),
            PPQ: self.tr("quarter notes"),
            PPQ // 2: self.tr("eighth notes"),
            PPQ // 3: self.tr("eighth triplets"),
            PPQ // 4: self.tr("sixteenth notes"),
        }


def _places(desk: Desk) -> Sequence[tuple[str, str]]:
    """Positions with their titles, in the audience's order from left to right."""
    order = across(desk.show)
    found = sorted(desk.show.venue.positions, key=lambda place: (order[place.id], place.id))
    return [(place.id, place.name or place.id) for place in found]


def _new_figure(desk: Desk) -> Figure:
    """A fan where the selection is (its effects, positions and first moment), else at the playhead."""
    show, cues = desk.show, desk.session.selected_cues()
    if not show.tracks:
        raise BadInput(word("There is no firework track yet"))
    names = [name for name, _ in _places(desk)]
    used = {cue.position for cue in cues} if cues else {desk.position}
    picked = [name for name in names if name in used]
    if not picked:
        raise BadInput(word("The venue has no firing positions yet"))
    begin = min((cue.when for cue in cues), key=lambda when: _us(desk, when), default=AtTime(desk.state.playhead_us))
    if not cues and desk.snapping and show.music is not None:
        begin = beat_at(show.music, desk.state.playhead_us)
    taken = (*(figure.id for figure in show.figures), *(cue.group for cue in show.cues()))
    track = next((t.id for t in show.tracks for cue in t.cues if cues and cue.id == cues[0].id), show.tracks[0].id)
    return Figure(
        id=fresh_ids(taken, "f")[0],
        shape="fan",
        track=track,
        effects=tuple(dict.fromkeys(cue.effect for cue in cues)) or ("45mm Silver Comet",),
        positions=tuple(picked),
        start=begin,
    )


def _us(desk: Desk, when: AtTime | AtBeat) -> int:
    from showeditor.model.music import moment_us

    return moment_us(when, desk.show.music)


def ask_figure(desk: Desk, parent: QWidget) -> None:
    """Asks for a new figure, or for changes of the one that the selected cues belong to."""
    live = figures.figures_of_cues(desk.show, desk.selection)
    start = live[0] if live else _new_figure(desk)
    desk.session.cancel()
    dialog = FigureDialog(desk, start, parent)
    if dialog.exec() == QDialog.DialogCode.Accepted and dialog.figure is not None:
        label = word("Change the figure") if live else word("Add a figure")
        after = desk.show
        desk.apply(after, label, [cue.id for cue in figures.members(after, dialog.figure.id)])
    else:
        desk.session.cancel()
    dialog.deleteLater()


def bake_selected(desk: Desk) -> int:
    """Bakes the figures of the selected cues into plain cues; how many there were."""
    live = figures.figures_of_cues(desk.show, desk.selection)
    after = desk.show
    for figure in live:
        after = figures.bake_figure(after, figure.id)
    desk.apply(after, word("Bake {n} figures").format(n=len(live)))
    return len(live)
