"""A list of parts (light layers, motions, triggers, charges) with the fields of the chosen one below it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QListWidget, QMenu, QPushButton, QVBoxLayout, QWidget

from showeditor.model.errors import BadInput
from showeditor.model.times import US
from showeditor.timeline.births import changed
from showeditor.ui.edge import guarded
from showeditor.ui.inspector.fields import ChoiceField, ColourField, FlagField, NumberField, TextField

MOST_ROWS = 6
"""Rows of the list that are seen at once."""


class Spec(NamedTuple):
    """One field of a kind of part.

    `type`: s (seconds kept as microseconds), n (number), % (share), i (whole number), colour, flag, text, choice (of
    `options`) or numbers (whole numbers written 1-5, 9). A field `or_none` may be empty.
    """

    name: str
    title: str
    type: str
    low: float = 0.0
    high: float = 1e6
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()
    or_none: bool = False


class Kind(NamedTuple):
    """A kind of part: its class, what it is called, its fields, and what makes a new one (None: not made here)."""

    of: type
    title: str
    fields: tuple[Spec, ...]
    make: Callable[[], Any] | None


class Stack(QWidget):
    """Parts in order, the first lowest; `changed` carries the new tuple."""

    changed = Signal(object)
    most = 100

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts: tuple[Any, ...] = ()
        self._kinds = {kind.of: kind for kind in self.kinds()}
        self.fields: dict[tuple[type, str], QWidget] = {}
        self._pages: dict[type, QWidget] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.title())
        self.list.currentRowChanged.connect(self._show_chosen)
        box.addWidget(self.list)
        line = QHBoxLayout()
        line.setSpacing(4)
        self.add = self._button(line, self.tr("Add"), self.tr("Add"))
        self.up = self._button(line, "↑", self.tr("Earlier in the list"), self._raise)
        self.down = self._button(line, "↓", self.tr("Later in the list"), self._lower)
        self.drop = self._button(line, "×", self.tr("Delete"), self._drop)
        line.addStretch(1)
        box.addLayout(line)
        if len(self._kinds) == 1:
            (only,) = self._kinds.values()
            self.add.clicked.connect(lambda _=False: self._add(only))
        else:
            menu = QMenu(self.add)
            for kind in filter(lambda k: k.make is not None, self._kinds.values()):
                menu.addAction(kind.title, partial(self._add, kind))
            self.add.setMenu(menu)
        self._box = box

    def title(self) -> str:
        """What the list is called."""
        raise NotImplementedError

    def kinds(self) -> Sequence[Kind]:
        """The kinds of parts."""
        raise NotImplementedError

    def describe(self, part: Any) -> str:
        """A part in the list."""
        return self._kinds[type(part)].title

    def extra(self, page: QWidget, rows: QFormLayout, kind: Kind) -> None:
        """More widgets on the page of a kind."""

    def refresh(self, part: Any) -> None:
        """Shows a part in the further widgets of its page."""

    @property
    def chosen(self) -> Any | None:
        """The part whose fields are shown."""
        row = self.list.currentRow()
        return self._parts[row] if 0 <= row < len(self._parts) else None

    def give(self, parts: tuple[Any, ...]) -> None:
        """Shows parts; the chosen row stays."""
        self._parts = parts
        row = max(0, min(self.list.currentRow(), len(parts) - 1))
        with QSignalBlocker(self.list):
            self.list.clear()
            self.list.addItems([f"{n + 1} · {self.describe(part)}" for n, part in enumerate(parts)])
            self.list.setCurrentRow(row if parts else -1)
        height = self.list.sizeHintForRow(0) if parts else 18
        self.list.setFixedHeight(max(1, min(MOST_ROWS, len(parts))) * max(18, height) + 6)
        self.list.setVisible(bool(parts))
        self._show_chosen()

    def put(self, **changes: Any) -> None:
        """Changes fields of the chosen part; raises BadInput for what it cannot hold."""
        part = self.chosen
        if part is not None:
            row = self.list.currentRow()
            self._send((*self._parts[:row], changed(part, **changes), *self._parts[row + 1 :]), row)

    def _send(self, parts: tuple[Any, ...], row: int) -> None:
        self.give(parts)
        self.list.setCurrentRow(row)
        self.changed.emit(parts)

    def _button(self, line: QHBoxLayout, text: str, name: str, run: Callable[[], None] | None = None) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(f"{self.title()}: {name}")
        button.setToolTip(name)
        if run is not None:
            button.setFixedWidth(28)
            button.setStyleSheet("padding: 4px 0px;")
            button.clicked.connect(run)
        line.addWidget(button)
        return button

    @guarded
    def _add(self, kind: Kind) -> None:
        if kind.make is not None:
            self._send((*self._parts, kind.make()), len(self._parts))

    @guarded
    def _drop(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self._send((*self._parts[:row], *self._parts[row + 1 :]), max(0, row - 1))

    @guarded
    def _raise(self) -> None:
        self._swap(-1)

    @guarded
    def _lower(self) -> None:
        self._swap(1)

    def _swap(self, by: int) -> None:
        row = self.list.currentRow()
        if row >= 0 and 0 <= row + by < len(self._parts):
            parts = list(self._parts)
            parts[row], parts[row + by] = parts[row + by], parts[row]
            self._send(tuple(parts), row + by)

    @guarded
    def _show_chosen(self) -> None:
        part, row = self.chosen, self.list.currentRow()
        kind = self._kinds.get(type(part))
        if kind is not None and kind.of not in self._pages:
            self._pages[kind.of] = self._page(kind)
        for of, page in self._pages.items():
            page.setVisible(kind is not None and of is kind.of)
        self.add.setEnabled(len(self._parts) < self.most)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < len(self._parts) - 1)
        self.drop.setEnabled(part is not None)
        if kind is not None:
            for spec in kind.fields:
                _show(self.fields[kind.of, spec.name], spec, getattr(part, spec.name))
            self.refresh(part)

    @guarded
    def _put_field(self, name: str, value: Any) -> None:
        self.put(**{name: value})

    def _page(self, kind: Kind) -> QWidget:
        page = QWidget(self)
        rows = QFormLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(6)
        for spec in kind.fields:
            field = _field(page, spec, partial(self._put_field, spec.name))
            text = f"{spec.title} ({spec.unit})" if spec.unit else spec.title
            field.setAccessibleName(f"{kind.title}: {text}")
            self.fields[kind.of, spec.name] = field
            label = QLabel(text, page)
            label.setProperty("role", "hint")
            label.setBuddy(field)
            rows.addRow(label, field)
        self.extra(page, rows, kind)
        self._box.addWidget(page)
        return page


def _field(page: QWidget, spec: Spec, put: Callable[[Any], None]) -> QWidget:
    if spec.type == "colour":
        colour = ColourField(page)
        colour.picked.connect(put)
        return colour
    if spec.type == "flag":
        flag = FlagField(page)
        flag.flagged.connect(put)
        return flag
    if spec.type == "choice":
        choice = ChoiceField(page)
        choice.offer(spec.options)
        choice.chosen.connect(put)
        return choice
    if spec.type in ("text", "numbers"):
        text = TextField(page)
        text.edited.connect(put if spec.type == "text" else lambda written: put(numbers_of(written)))
        return text
    decimals = {"s": 3, "i": 0, "%": 0}.get(spec.type, 2)
    high = spec.high * (100.0 if spec.type == "%" else 1.0)
    number = NumberField(page, spec.low, high, 0.1 if spec.type == "s" else 1.0, decimals)
    turn: dict[str, Callable[[float], Any]] = {
        "s": lambda v: round(v * US),
        "i": round,
        "%": lambda v: v / 100.0,
        "n": float,
    }
    number.changed.connect(lambda v: put(turn[spec.type](v)))
    return number


def _show(field: QWidget, spec: Spec, value: Any) -> None:
    if isinstance(field, ColourField):
        field.give(QColor(*value))
    elif isinstance(field, FlagField):
        field.give([value])
    elif isinstance(field, ChoiceField):
        field.give([value])
    elif isinstance(field, NumberField):
        if value is None:
            field.give([""])
            return
        field.give_numbers([value / US if spec.type == "s" else value * 100.0 if spec.type == "%" else value])
    elif isinstance(field, TextField):
        field.give([value if spec.type == "text" else text_of_numbers(value)])


def numbers_of(text: str) -> tuple[int, ...]:
    """Whole numbers written as `1-5, 9`; raises BadInput naming what is none."""
    out: list[int] = []
    for piece in text.replace("，", ",").replace("、", ",").split(","):
        low, dash, high = (part.strip() for part in piece.strip().partition("-"))
        if not low and not dash:
            continue
        if not low.isdigit() or (dash and not high.isdigit()) or (dash and int(high) - int(low) > 100_000):
            raise BadInput(f"“{piece.strip()}” is not a number or a range such as 1-5")
        out += range(int(low), int(high if dash else low) + 1)
    return tuple(dict.fromkeys(out))


def text_of_numbers(numbers: Sequence[int]) -> str:
    """The text that reads back to these numbers."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
