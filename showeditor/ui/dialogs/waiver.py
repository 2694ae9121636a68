"""The dialog in which a named person accepts a warning: who, why, when, and for which findings."""

from datetime import date

from PySide6.QtCore import QDate, QSettings, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from showeditor.model.finding import Finding
from showeditor.model.waiver import Waiver
from showeditor.ui.edge import guarded


class WaiverDialog(QDialog):
    """Asks for a name and a reason; without both there is no acceptance."""

    def __init__(self, finding: Finding, chinese: bool, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._finding = finding
        self.setWindowTitle(self.tr("Accept a warning"))
        self.setAccessibleName(self.tr("Accept a warning"))
        text = (finding.message_zh if chinese else "") or finding.message
        told = QLabel(f"{finding.code}  {text}", self)
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setWordWrap(True)
        told.setAccessibleName(text)
        self.who = QLineEdit(str(QSettings().value("waiver/who", "") or ""), self)
        self.who.setMaxLength(120)
        self.why = QPlainTextEdit(self)
        self.why.setTabChangesFocus(True)
        self.why.setFixedHeight(72)
        today = date.today()
        self.when = QDateEdit(QDate(today.year, today.month, today.day), self)
        self.when.setDisplayFormat("yyyy-MM-dd")
        self.when.setCalendarPopup(True)
        self.all = QCheckBox(self.tr("For every finding of this code, also for those that come later"), self)
        rows = QFormLayout()
        fields: list[tuple[str, QWidget]] = [
            (self.tr("Name"), self.who),
            (self.tr("Reason"), self.why),
            (self.tr("Date"), self.when),
        ]
        for name, field in fields:
            rows.addRow(name, field)
            field.setAccessibleName(name)
        hint = QLabel(self._meaning(), self)
        hint.setWordWrap(True)
        hint.setProperty("role", "hint")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.buttons.setAccessibleName(self.tr("Answer"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(told)
        layout.addLayout(rows)
        layout.addWidget(self.all)
        layout.addWidget(hint)
        layout.addWidget(self.buttons)
        self.who.textChanged.connect(self._say)
        self.why.textChanged.connect(self._say)
        self.resize(460, self.sizeHint().height())
        (self.why if self.who.text() else self.who).setFocus()
        self._say()

    def waiver(self) -> Waiver:
        """What was entered."""
        return Waiver(
            self._finding.code,
            self.who.text().strip(),
            " ".join(self.why.toPlainText().split()),
            self.when.date().toString("yyyy-MM-dd"),
            () if self.all.isChecked() else self._finding.ids,
        )

    @guarded
    def accept(self) -> None:
        """Takes the answer and remembers the name."""
        QSettings().setValue("waiver/who", self.who.text().strip())
        super().accept()

    def _meaning(self) -> str:
        if self._finding.severity == "block":
            return self.tr(
                "This finding stops the export. An acceptance lifts it only where the rule pack lets a person sign for "
                "it, and that person has signed the show."
            )
        return self.tr(
            "The warning becomes a note that says by whom; name and reason go into the show and the receipt. "
            "When more cues or drones are concerned than now, it warns again."
        )

    @guarded
    def _say(self) -> None:
        complete = bool(self.who.text().strip() and self.why.toPlainText().strip())
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(complete)
