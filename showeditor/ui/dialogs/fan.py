"""The dialog for fans and sequences of the selected cues."""

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from showeditor.timeline.fan import Order, fan, fan_of_copies, sequence
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.language import word

_ORDERS: tuple[Order, ...] = ("left-right", "right-left", "centre-out", "outside-in", "time")


class FanDialog(QDialog):
    """Leans from first to last, and the time between steps."""

    def __init__(self, count: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Fan and sequence"))
        self.setAccessibleName(self.tr("Fan and sequence"))
        self.order = QComboBox(self)
        titles = {
            "left-right": self.tr("Left to right"),
            "right-left": self.tr("Right to left"),
            "centre-out": self.tr("Centre outwards"),
            "outside-in": self.tr("Outside inwards"),
            "time": self.tr("By time"),
        }
        for order in _ORDERS:
            self.order.addItem(titles[order], order)
        self.first, self.last, self.gap, self.copies = (QDoubleSpinBox(self) for _ in range(4))
        for box, low, high, value, suffix, decimals in (
            (self.first, -90.0, 90.0, -30.0, " °", 1),
            (self.last, -90.0, 90.0, 30.0, " °", 1),
            (self.gap, 0.0, 60.0, 0.1 if count > 1 else 0.0, " s", 3),
            (self.copies, 2.0, 60.0, 5.0, "", 0),
        ):
            box.setRange(low, high)
            box.setDecimals(decimals)
            box.setValue(value)
            box.setSuffix(suffix)
        rows = QFormLayout()
        fields: list[tuple[str, QWidget]] = [
            (self.tr("Order"), self.order),
            (self.tr("First leans"), self.first),
            (self.tr("Last leans"), self.last),
            (self.tr("Time between"), self.gap),
        ]
        if count == 1:
            fields.append((self.tr("Number of shots"), self.copies))
        else:
            self.copies.hide()
        for text, field in fields:
            rows.addRow(text, field)
            field.setAccessibleName(text)
        hint = QLabel(self.tr("Leans count to the audience's right."), self)
        hint.setProperty("role", "hint")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self)
        buttons.setAccessibleName(self.tr("Answer"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addLayout(rows)
        layout.addWidget(hint)
        layout.addWidget(buttons)
        self.resize(360, self.sizeHint().height())

    @guarded
    def accept(self) -> None:
        """Takes the numbers."""
        super().accept()


def ask_fan(desk: Desk, parent: QWidget) -> None:
    """Asks for a fan and applies it to the selected cues; one cue becomes several."""
    ids = [cue.id for cue in desk.session.selected_cues()]
    if not ids:
        return
    dialog = FanDialog(len(ids), parent)
    if dialog.exec() == QDialog.DialogCode.Accepted:
        first, last, gap = dialog.first.value(), dialog.last.value(), round(dialog.gap.value() * 1e6)
        order = _ORDERS[dialog.order.currentIndex()]
        made: tuple[str, ...] = tuple(ids)
        if len(ids) == 1:
            after, made = fan_of_copies(desk.show, ids[0], round(dialog.copies.value()), first, last, gap)
        else:
            after = fan(desk.show, ids, first, last, order)
            if gap:
                after = sequence(after, ids, gap, order)
        desk.apply(after, word("Fan {n} cues").format(n=len(made)), made)
    dialog.deleteLater()
