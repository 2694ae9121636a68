"""The dialog that takes in a supplier's table of effects, or a log of test firings: columns, preview, problems."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from showeditor.effects.catalogue import Entry
from showeditor.effects.catalogue_import import FIELDS, Problem, guess_mapping, import_catalogue
from showeditor.effects.firing_import import FIRING_FIELDS, guess_firing_mapping, import_firings
from showeditor.effects.firing_log import calibrated
from showeditor.effects.sheets import read_sheet
from showeditor.model.errors import BadFile, BadInput
from showeditor.storage.catalogues import keep_entries, whole_catalogue
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded

What = Literal["effects", "firings"]
_MOST_ROWS = 200
_MOST_PROBLEMS = 500


class EffectImportDialog(QDialog):
    """Which column holds what; `entries` are the effects that would be kept."""

    def __init__(self, data: bytes, name: str, what: What, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.what = what
        self.entries: tuple[Entry, ...] = ()
        self._data, self._name = data, name
        rows = [row for row in read_sheet(data, name) if any(row)]
        if not rows:
            raise BadFile(name, "", "expected a table with a row of headers")
        headers = rows[0]
        title = self.tr("Import effects") if what == "effects" else self.tr("Import test firings")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        fields = FIELDS if what == "effects" else FIRING_FIELDS
        guessed = guess_mapping(headers) if what == "effects" else guess_firing_mapping(headers)
        self.columns = {field: self._column(field, headers, guessed) for field in fields}
        self.table = self._preview(headers, rows[1 : 1 + _MOST_ROWS])
        self.problems = QPlainTextEdit(self)
        self.problems.setReadOnly(True)
        self.problems.setMaximumHeight(120)
        self.problems.setAccessibleName(self.tr("Rows that cannot be used"))
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._buttons.setAccessibleName(self.tr("Answer"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self._look()

    def _column(self, field: str, headers: Sequence[str], guessed: Mapping[str, str]) -> QComboBox:
        box = QComboBox(self)
        box.addItem(self.tr("(none)"), "")
        for header in headers:
            if header:
                box.addItem(header, header)
        box.setCurrentIndex(max(0, box.findData(guessed.get(field, ""))))
        box.setAccessibleName(self._titles()[field])
        box.currentIndexChanged.connect(self._look)
        return box

    def _preview(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> QTableWidget:
        table = QTableWidget(len(rows), len(headers), self)
        table.setAccessibleName(self.tr("The table"))
        table.setHorizontalHeaderLabels(list(headers))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row[: len(headers)]):
                table.setItem(r, c, QTableWidgetItem(cell))
        return table

    def _lay_out(self) -> None:
        grid = QGridLayout()
        for k, (field, box) in enumerate(self.columns.items()):
            label = QLabel(self._titles()[field], self)
            label.setProperty("role", "hint")
            label.setBuddy(box)
            grid.addWidget(label, k // 3, 2 * (k % 3))
            grid.addWidget(box, k // 3, 2 * (k % 3) + 1)
        for column in (1, 3, 5):
            grid.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addLayout(grid)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._said)
        layout.addWidget(self.problems)
        layout.addWidget(self._buttons)
        self.resize(860, 620)

    def _titles(self) -> dict[str, str]:
        return {
            "id": self.tr("Part number"),
            "vdl": self.tr("Effect description"),
            "title_en": self.tr("English name"),
            "title_zh": self.tr("Chinese name"),
            "category": self.tr("Class"),
            "calibre": self.tr("Calibre"),
            "height": self.tr("Height"),
            "lift": self.tr("Rise time"),
            "duration": self.tr("Duration"),
            "effect": self.tr("Part number"),
            "rise": self.tr("Rise time"),
        }

    @guarded
    def _look(self) -> None:
        mapping = {field: str(box.currentData()) for field, box in self.columns.items() if box.currentData()}
        try:
            problems = self._read_effects(mapping) if self.what == "effects" else self._read_firings(mapping)
        except BadFile as error:
            self.entries = ()
            problems = []
            self._said.setText(str(error))
        self.problems.setPlainText("\n".join(problems[:_MOST_PROBLEMS]))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.entries))

    def _read_effects(self, mapping: Mapping[str, str]) -> list[str]:
        found = import_catalogue(self._data, self._name, mapping)
        self.entries = found.entries
        self._say(len(found.entries), found.problems)
        return [str(problem) for problem in found.problems]

    def _read_firings(self, mapping: Mapping[str, str]) -> list[str]:
        found = import_firings(self._data, self._name, mapping)
        before = whole_catalogue()
        after, unknown = calibrated(before, found.firings)
        self.entries = tuple(new for old, new in zip(before.entries, after.entries, strict=True) if new != old)
        self._say(len(self.entries), found.problems)
        return [
            *(str(problem) for problem in found.problems),
            *(self.tr("{id}: no effect has this part number").format(id=name) for name in unknown),
        ]

    def _say(self, count: int, problems: Sequence[Problem]) -> None:
        refused = sum(problem.refused for problem in problems)
        self._said.setText(self.tr("{n} effects; {m} rows are left out").format(n=count, m=refused))


def ask_effect_import(desk: Desk, what: What, parent: QWidget, title: str, kinds: str) -> bool:
    """Asks for a table and its columns and keeps its effects; whether anything was kept."""
    name, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
    if not name:
        return False
    try:
        data = Path(name).read_bytes()
    except OSError as error:
        raise BadInput(f"{name}: {error.strerror}") from None
    dialog = EffectImportDialog(data, Path(name).name, what, parent)
    kept = dialog.exec() == QDialog.DialogCode.Accepted and bool(dialog.entries)
    if kept:
        keep_entries(dialog.entries)
        desk.said.emit(dialog._said.text())
    dialog.deleteLater()
    return kept
