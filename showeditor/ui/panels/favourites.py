"""Ten favourite effects on the number keys, kept between sessions."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.timeline.drop import insert_effect

NUMBERS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
"""In the order of the keyboard's row."""


class Favourites(QObject):
    """Effects by number; watches the keys of the widgets that it is told to.

    In them a number inserts its favourite at the playhead and Ctrl+number sets it from the effect that is chosen. A
    number without a favourite is left to the commands of the window, such as the camera keys.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self._watched: list[tuple[QWidget, Callable[[], str]]] = []

    def watch(self, widget: QWidget, chosen: Callable[[], str]) -> None:
        """Follows the number keys of a widget; `chosen` names its effect for Ctrl+number, empty for none."""
        self._watched.append((widget, chosen))
        widget.installEventFilter(self)

    def effect(self, number: int) -> str:
        """The effect on a number key; empty when there is none."""
        return str(QSettings().value(f"favourites/{number}", ""))

    def number_of(self, effect: str) -> int | None:
        """The key of an effect, if it has one."""
        return next((number for number in NUMBERS if self.effect(number) == effect), None)

    @guarded
    def put(self, number: int | None, effect: str) -> None:
        """Puts an effect on a number key, and takes it from the one it had; None only takes it away."""
        old = self.number_of(effect)
        if old is not None:
            QSettings().remove(f"favourites/{old}")
        if number is not None:
            QSettings().setValue(f"favourites/{number}", effect)
            self.desk.said.emit(self.tr("Favourite on key {n}: {effect}").format(n=number, effect=effect))
        self.changed.emit()

    def title(self, number: int | None) -> str:
        """The name of a key in a menu."""
        return self.tr("No key") if number is None else self.tr("Key {n}").format(n=number)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claims the number keys before the window's commands see them."""
        if not isinstance(event, QKeyEvent) or event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        number = event.key() - Qt.Key.Key_0
        keys = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        store = keys == Qt.KeyboardModifier.ControlModifier
        plain = keys == Qt.KeyboardModifier.NoModifier and number in NUMBERS and bool(self.effect(number))
        if number not in NUMBERS or not (store or plain):
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._do(number, watched if store else None)
        return True

    @guarded
    def _do(self, number: int, store_from: QObject | None) -> None:
        if store_from is None:
            insert_effect(self.desk, self.effect(number))
            return
        effect = next((chosen() for widget, chosen in self._watched if widget is store_from), "")
        if effect:
            self.put(number, effect)
        else:
            self.desk.said.emit(self.tr("Choose one effect first: in the palette, or a cue that has it"))


def effect_of_selection(desk: Desk) -> str:
    """The one effect of the selected cues; empty when there are none or several."""
    effects = {cue.effect for cue in desk.session.selected_cues()}
    return effects.pop() if len(effects) == 1 else ""
