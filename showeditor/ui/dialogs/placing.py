"""Points of a formation placed by hand: front and top view with numbers; every edit is one undoable step."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from showeditor.formations.spread import nearest
from showeditor.model.show import Show
from showeditor.model.swarm import Formation
from showeditor.model.venue import Vec3
from showeditor.timeline.placing_points import (
    Axis,
    add_points,
    delete_points,
    mirror_points,
    move_points,
    put_points,
)
from showeditor.ui.desk import Desk
from showeditor.ui.dialogs.placing_view import PointsView
from showeditor.ui.edge import guarded
from showeditor.ui.inspector.form import set_role
from showeditor.ui.language import word

_AXES: tuple[Axis, ...] = ("x", "y", "z")
MOST_MEASURED = 20_000


class PointsDialog(QDialog):
    """Edits the points of one formation beside the main window, which follows at once."""

    def __init__(self, desk: Desk, formation: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.formation = formation
        self.chosen: frozenset[int] = frozenset()
        self._base: Show | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Points by hand"))
        self.setAccessibleName(self.tr("Points by hand"))
        self.resize(900, 720)
        self.front, self.top = PointsView((0, 2), self), PointsView((0, 1), self)
        self.front.title, self.top.title = self.tr("Front"), self.tr("From above (audience below)")
        self.front.setAccessibleName(self.tr("Points from the front"))
        self.top.setAccessibleName(self.tr("Points from above"))
        self._facts = QLabel(self)
        self._facts.setWordWrap(True)
        self.boxes: dict[Axis, QDoubleSpinBox] = {}
        numbers = QHBoxLayout()
        for axis, text in zip(_AXES, (self.tr("Right"), self.tr("Away"), self.tr("Up")), strict=True):
            box = QDoubleSpinBox(self)
            box.setRange(-5000.0, 5000.0)
            box.setDecimals(2)
            box.setSuffix(" m")
            box.setKeyboardTracking(False)
            box.setAccessibleName(text)
            box.valueChanged.connect(lambda value, a=axis: self._put(a, value))
            label = QLabel(text, self)
            label.setProperty("role", "hint")
            label.setBuddy(box)
            numbers.addWidget(label)
            numbers.addWidget(box, 1)
            self.boxes[axis] = box
        buttons = QHBoxLayout()
        actions: tuple[tuple[str, Callable[[], None]], ...] = (
            (self.tr("Add a point"), self.add),
            (self.tr("Delete points"), self.erase),
            (self.tr("Mirror left and right"), self.mirror),
            (self.tr("Add mirrored twins"), self.twin),
            (self.tr("Undo"), self._undo),
        )
        for text, act in actions:
            button = QPushButton(text, self)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            buttons.addWidget(button)
        buttons.addStretch(1)
        hint = QLabel(
            self.tr("Click or draw a box to select, drag to move (Shift: one axis), double-click to add."), self
        )
        hint.setProperty("role", "hint")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(10)
        layout.addWidget(self.front, 3)
        layout.addWidget(self.top, 2)
        layout.addWidget(hint)
        layout.addLayout(numbers)
        layout.addWidget(self._facts)
        layout.addLayout(buttons)
        self._connect(self.front, lambda a, b: (a, 0.0, b))
        self._connect(self.top, lambda a, b: (a, b, 0.0))
        for keys, act in ((QKeySequence.StandardKey.Undo, self._undo), (QKeySequence.StandardKey.Redo, self._redo)):
            QShortcut(QKeySequence(keys), self, act)
        desk.showChanged.connect(self._load)
        self._load()

    def _connect(self, view: PointsView, along: Callable[[float, float], Vec3]) -> None:
        view.picked.connect(self.pick)
        view.dragged.connect(lambda a, b, over: self._drag(along(a, b), over))
        view.nudged.connect(lambda a, b: self._nudge(along(a, b)))
        view.added.connect(lambda a, b: self._add_at(along(a, b)))
        view.erased.connect(self.erase)
        view.cancelled.connect(self._cancel)

    def drawn(self) -> Formation | None:
        """The formation as the show has it now."""
        return next((f for f in self.desk.show.formations if f.id == self.formation), None)

    @guarded
    def _load(self) -> None:
        drawn = self.drawn()
        if drawn is None:
            self.close()
            return
        n = len(drawn.points)
        self.chosen = frozenset(k for k in self.chosen if k < n)
        metres = drawn.points.metres
        for view in (self.front, self.top):
            view.give(metres, drawn.colours, self.chosen)
        rows = sorted(self.chosen)
        for column, axis in enumerate(_AXES):
            box = self.boxes[axis]
            box.blockSignals(True)
            box.setEnabled(bool(rows))
            box.setValue(float(metres[rows, column].mean()) if rows else 0.0)
            box.blockSignals(False)
        self._tell(drawn)

    def _tell(self, drawn: Formation) -> None:
        n, have = len(drawn.points), max((f.count for f in self.desk.show.fleets), default=0)
        text = self.tr("{n} of {all} points selected · needs {all} of {have} drones").format(
            n=len(self.chosen), all=n, have=have
        )
        role = "bad" if n > have else "hint"
        if 1 < n <= MOST_MEASURED:
            gap, limit = nearest(drawn.points.metres), self.desk.plan.limits.min_gap_m
            text += " · " + self.tr("nearest two {m} m apart, at least {limit} m").format(
                m=round(gap, 2), limit=round(limit, 2)
            )
            if gap < limit:
                role = "bad"
        self._facts.setText(text)
        set_role(self._facts, role)

    # -- edits -----------------------------------------------------------------------------------------------------

    def _apply(self, after: Show, label: str) -> None:
        if after is not self.desk.show:
            self.desk.apply(after, label)
        self._load()

    @guarded
    def pick(self, rows: frozenset[int]) -> None:
        """Selects points."""
        self.chosen = frozenset(rows)
        self._load()

    @guarded
    def _drag(self, by_m: Vec3, over: bool) -> None:
        session = self.desk.session
        if self._base is None:
            self._base = self.desk.show
        after = move_points(self._base, self.formation, self.chosen, by_m)
        if over:
            session.preview(after)
            session.commit(word("Move points"))
            self._base = None
        else:
            session.preview(after)

    @guarded
    def _cancel(self) -> None:
        if self._base is not None:
            self._base = None
            self.desk.session.cancel()

    @guarded
    def _nudge(self, by_m: Vec3) -> None:
        self._apply(move_points(self.desk.show, self.formation, self.chosen, by_m), word("Move points"))

    @guarded
    def _put(self, axis: Axis, value: float) -> None:
        drawn = self.drawn()
        if drawn is None or not self.chosen:
            return
        rows = sorted(self.chosen)
        column = _AXES.index(axis)
        if len(rows) == 1:
            after = put_points(self.desk.show, self.formation, rows, axis, value)
        else:
            by = [0.0, 0.0, 0.0]
            # the field shows the middle of several points: they move together, their shape stays
            by[column] = value - float(drawn.points.metres[rows, column].mean())
            after = move_points(self.desk.show, self.formation, rows, (by[0], by[1], by[2]))
        self._apply(after, word("Move points"))

    @guarded
    def add(self) -> None:
        """Adds a point above the highest one, as far as the spacing asks."""
        drawn = self.drawn()
        if drawn is None:
            return
        metres = drawn.points.metres
        top = metres[int(np.argmax(metres[:, 2]))]
        self._add_at((float(top[0]), float(top[1]), float(top[2]) + 1.5 * self.desk.plan.limits.min_gap_m))

    @guarded
    def _add_at(self, place_m: Vec3) -> None:
        self._apply(add_points(self.desk.show, self.formation, [place_m]), word("Add a point"))
        drawn = self.drawn()
        if drawn is not None:
            self.pick(frozenset({len(drawn.points) - 1}))

    @guarded
    def erase(self) -> None:
        """Deletes the selected points."""
        if self.chosen:
            after = delete_points(self.desk.show, self.formation, self.chosen)
            self.chosen = frozenset()
            self._apply(after, word("Delete points"))

    @guarded
    def mirror(self) -> None:
        """Mirrors the selected points (none: all) left and right."""
        self._apply(mirror_points(self.desk.show, self.formation, self._rows(), "x"), word("Mirror points"))

    @guarded
    def twin(self) -> None:
        """Adds mirrored twins of the selected points (none: all)."""
        self._apply(mirror_points(self.desk.show, self.formation, self._rows(), "x", copy=True), word("Mirror points"))

    def _rows(self) -> frozenset[int]:
        drawn = self.drawn()
        return self.chosen or frozenset(range(len(drawn.points) if drawn else 0))

    @guarded
    def _undo(self) -> None:
        self.desk.session.undo()

    @guarded
    def _redo(self) -> None:
        self.desk.session.redo()
