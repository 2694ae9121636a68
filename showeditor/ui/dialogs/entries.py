"""A small table of texts that people fill in, with buttons to add and take away rows."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from showeditor.ui.edge import guarded


class EntryTable(QWidget):
    """Rows of texts under named columns."""

    def __init__(self, heads: Sequence[str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = QTableWidget(0, len(heads), self)
        self.table.setAccessibleName(name)
        self.table.setHorizontalHeaderLabels(list(heads))
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.verticalHeader().hide()
        self.table.setMinimumHeight(140)
        for column in range(len(heads) - 1):
            self.table.setColumnWidth(column, 130)
        add, drop = QPushButton(self.tr("Add"), self), QPushButton(self.tr("Remove"), self)
        add.clicked.connect(self.add)
        drop.clicked.connect(self.drop)
        line = QHBoxLayout()
        line.addWidget(add)
        line.addWidget(drop)
        line.addStretch(1)
        box = QVBoxLayout(self)
        box.addWidget(self.table, 1)
        box.addLayout(line)

    def give(self, rows: Sequence[Sequence[str]]) -> None:
        """Shows these rows."""
        self.table.setRowCount(0)
        for row in rows:
            self._append(row)

    def rows(self) -> list[list[str]]:
        """The texts of all rows in which there is something."""
        cells = [
            [self._text(r, c) for c in range(self.table.columnCount())] for r in range(self.table.rowCount())
        ]  # fmt: skip
        return [row for row in cells if any(text.strip() for text in row)]

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text() if item is not None else ""

    def _append(self, row: Sequence[str]) -> None:
        at = self.table.rowCount()
        self.table.insertRow(at)
        for column, text in enumerate(row):
            self.table.setItem(at, column, QTableWidgetItem(text))

    @guarded
    def add(self) -> None:
        """One more empty row."""
        self._append([""] * self.table.columnCount())
        self.table.setCurrentCell(self.table.rowCount() - 1, 0)

    @guarded
    def drop(self) -> None:
        """The current row goes."""
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())
