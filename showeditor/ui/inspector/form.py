"""The base of the inspector's forms: labelled rows that are named for accessibility and follow the language."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from showeditor.ui.desk import Desk

W = TypeVar("W", bound=QWidget)


class Form(QWidget):
    """Rows of labels and fields about the selection; subclasses build once, then `load` follows the show."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(14, 12, 14, 14)
        self._box.setSpacing(10)
        self._rows = self._new_rows()

    def _new_rows(self) -> QFormLayout:
        rows = QFormLayout()
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        rows.setHorizontalSpacing(12)
        rows.setVerticalSpacing(7)
        self._box.addLayout(rows)
        return rows

    def head(self, text: str) -> QLabel:
        """A title over the rows that follow."""
        label = QLabel(text, self)
        label.setProperty("role", "title")
        label.setWordWrap(True)
        self._box.addWidget(label)
        self._rows = self._new_rows()
        return label

    def section(self, text: str) -> QLabel:
        """A quiet line and a small title over the rows that follow."""
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.HLine)
        line.setStyleSheet("color: #353a43; margin-top: 6px;")
        self._box.addWidget(line)
        label = QLabel(text, self)
        label.setProperty("role", "hint")
        self._box.addWidget(label)
        self._rows = self._new_rows()
        return label

    def row(self, text: str, field: W, unit: str = "") -> W:
        """A labelled field, with its unit behind it."""
        label = QLabel(text, self)
        label.setProperty("role", "hint")
        label.setBuddy(field)
        field.setAccessibleName(f"{text} ({unit})" if unit else text)
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if unit:
            line = QHBoxLayout()
            line.setSpacing(6)
            behind = QLabel(unit, self)
            behind.setProperty("role", "hint")
            behind.setMinimumWidth(26)
            line.addWidget(field, 1)
            line.addWidget(behind)
            self._rows.addRow(label, line)
        else:
            self._rows.addRow(label, field)
        return field

    def wide(self, widget: W) -> W:
        """A widget over the whole width."""
        self._rows.addRow(widget)
        return widget

    def note(self) -> QLabel:
        """A wrapped line of quiet text."""
        label = QLabel(self)
        label.setProperty("role", "hint")
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return self.wide(label)

    def finish(self) -> None:
        """Pushes the rows to the top."""
        self._box.addStretch(1)

    def load(self) -> None:
        """Shows what the show says now."""
        raise NotImplementedError


def set_role(label: QLabel, role: str) -> None:
    """Gives a label another role of the style sheet."""
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
