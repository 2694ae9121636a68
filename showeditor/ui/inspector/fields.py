"""Fields of the inspector: they show one value, or that several differ, and tell when the user gave a new one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QCheckBox, QColorDialog, QComboBox, QLineEdit, QPushButton, QWidget

from showeditor.model.errors import BadInput
from showeditor.model.music import AtBeat, AtTime, Music, When, moment_us
from showeditor.model.times import clock, us_of_text
from showeditor.ui.edge import guarded
from showeditor.ui.timeline.axis import musical


class TextField(QLineEdit):
    """A line of text; `edited` comes when editing ends with another text."""

    edited = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._given = ""
        self.several = False
        self.editingFinished.connect(self._done)

    def give(self, values: Sequence[str]) -> None:
        """Shows a value; `multiple` when they differ."""
        self.several = len(set(values)) > 1
        text = values[0] if values and not self.several else ""
        self.setPlaceholderText(self.tr("multiple") if self.several else "")
        # what is being typed is not taken away by a refresh
        if text != self._given or not self.isModified():
            self._given = text
            self.setText(text)
            self.setCursorPosition(0)
        self.mark(True)

    def mark(self, good: bool) -> None:
        """A red border around what cannot be used."""
        state = "good" if good else "bad"
        if self.property("state") != state:
            self.setProperty("state", state)
            self.style().unpolish(self)
            self.style().polish(self)

    def accept_text(self, text: str) -> None:
        """Takes what was typed."""
        self.edited.emit(text)

    @guarded
    def _done(self) -> None:
        text = self.text().strip()
        if text == self._given or (self.several and not text):
            return
        self._given = text
        try:
            self.accept_text(text)
            self.mark(True)
        except BadInput:
            self.mark(False)
            raise

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape brings the value back."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._given:
            self.setText(self._given)
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Selects all when reached by Tab."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()


class NumberField(TextField):
    """A number with bounds and steps by the arrow keys; `changed` carries it."""

    changed = Signal(float)

    def __init__(self, parent: QWidget, low: float, high: float, step: float = 1.0, decimals: int = 2) -> None:
        super().__init__(parent)
        self._low, self._high, self._step, self._decimals = low, high, step, decimals

    def give_numbers(self, values: Sequence[float]) -> None:
        """Shows a number; `multiple` when they differ."""
        self.give([self._write(v) for v in values])

    def _write(self, value: float) -> str:
        text = f"{value:.{self._decimals}f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"

    def accept_text(self, text: str) -> None:
        """Takes a number; raises BadInput outside the bounds."""
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            raise BadInput(self.tr("“{text}” is not a number").format(text=text)) from None
        if not self._low <= value <= self._high:
            raise BadInput(
                self.tr("{value} does not lie between {low} and {high}").format(
                    value=self._write(value), low=self._write(self._low), high=self._write(self._high)
                )
            )
        self.changed.emit(value)

    @guarded
    def _stepped(self, factor: float) -> None:
        try:
            value = float(self.text())
        except ValueError:
            return
        self.changed.emit(min(max(value + factor * self._step, self._low), self._high))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down step the number, with Shift ten times as far."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            far = 10.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
            self._stepped(far if event.key() == Qt.Key.Key_Up else -far)
            event.accept()
            return
        super().keyPressEvent(event)


class MomentField(TextField):
    """A moment as a time (`1:02.4`) or as bar.beat.tick (`17.3.0`); `moved` carries a When."""

    moved = Signal(object)

    def __init__(self, parent: QWidget, music: Callable[[], Music | None]) -> None:
        super().__init__(parent)
        self._music = music

    def give_moments(self, values: Sequence[When]) -> None:
        """Shows a moment in its own kind."""
        self.give([self._write(when) for when in values])

    def _write(self, when: When) -> str:
        music = self._music()
        if isinstance(when, AtBeat) and music is not None and when.tick >= 0:
            return musical(moment_us(when, music), music)
        return clock(moment_us(when, music), 3)

    def accept_text(self, text: str) -> None:
        """Takes a moment; raises BadInput when it is none."""
        self.moved.emit(read_moment(text, self._music()))


def read_moment(text: str, music: Music | None) -> When:
    """The moment a text names: three numbers with points are bar, beat and tick; all else is a time."""
    pieces = text.split(".")
    if music is not None and len(pieces) == 3 and all(p.strip().isdigit() for p in pieces):
        bar, beat, tick = (int(p) for p in pieces)
        if bar < 1 or beat < 1:
            raise BadInput(f"{text}: bars and beats count from 1")
        return AtBeat(music.tempo.tick_of_bar(bar, beat) + tick)
    try:
        t_us = us_of_text(text)
        return AtTime(t_us)
    except ValueError as error:
        raise BadInput(str(error)) from None


class DurationField(TextField):
    """A length of time; `lasted` carries microseconds."""

    lasted = Signal(object)

    def give_lengths(self, values_us: Sequence[int]) -> None:
        """Shows a length."""
        self.give([clock(v, 3) for v in values_us])

    def accept_text(self, text: str) -> None:
        """Takes a length; raises BadInput when it is none."""
        try:
            length = us_of_text(text)
        except ValueError as error:
            raise BadInput(str(error)) from None
        if length < 0:
            raise BadInput(self.tr("A length of time cannot be negative"))
        self.lasted.emit(length)


class ChoiceField(QComboBox):
    """A choice by id; `chosen` carries the id."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.activated.connect(self._done)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def offer(self, rows: Sequence[tuple[str, str]]) -> None:
        """The ids and titles to choose from."""
        if [(self.itemData(i), self.itemText(i)) for i in range(self.count())] == list(rows):
            return
        with QSignalBlocker(self):
            self.clear()
            for name, title in rows:
                self.addItem(title, name)

    def give(self, values: Sequence[str]) -> None:
        """Shows a value; nothing when they differ."""
        same = len(set(values)) == 1
        self.setPlaceholderText(self.tr("multiple") if not same else "")
        with QSignalBlocker(self):
            at = self.findData(values[0]) if same else -1
            if same and at < 0:
                self.addItem(values[0], values[0])
                at = self.count() - 1
            self.setCurrentIndex(at)

    @guarded
    def _done(self) -> None:
        self.chosen.emit(str(self.currentData()))

    def wheelEvent(self, event: QEvent) -> None:
        """The wheel scrolls the panel, it does not change values by accident."""
        event.ignore()


class FlagField(QCheckBox):
    """Yes, no, or mixed; `flagged` carries the answer."""

    flagged = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.clicked.connect(self._done)

    def give(self, values: Sequence[bool]) -> None:
        """Shows an answer."""
        with QSignalBlocker(self):
            if len(set(values)) > 1:
                self.setCheckState(Qt.CheckState.PartiallyChecked)
            else:
                self.setChecked(bool(values and values[0]))

    @guarded
    def _done(self) -> None:
        self.setTristate(False)
        self.flagged.emit(self.isChecked())


class ColourField(QPushButton):
    """A colour; `picked` carries red, green and blue."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.colour = QColor("white")
        self.short = False
        self.clicked.connect(self._ask)

    def give(self, colour: QColor) -> None:
        """Shows a colour."""
        self.colour = QColor(colour)
        swatch = QPixmap(22 if self.short else 36, 14)
        swatch.fill(self.colour)
        self.setIcon(QIcon(swatch))
        self.setIconSize(swatch.size())
        self.setText("" if self.short else self.colour.name())

    @guarded
    def _ask(self) -> None:
        chosen = QColorDialog.getColor(self.colour, self.window(), self.tr("Choose a colour"))
        if chosen.isValid():
            self.picked.emit((chosen.red(), chosen.green(), chosen.blue()))
