"""The preview of an import: the sheet with a choice over every column, or the rows and flights that were read."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from showeditor.export.switches import Preview, Tabular
from showeditor.model.plan import Plan
from showeditor.model.times import clock
from showeditor.ui.edge import guarded

MOST_ROWS = 200


class ImportPreview(QWidget):
    """A table of what stands in the files; `mapped` tells the columns whenever somebody chooses what one holds."""

    mapped = Signal(list)

    def __init__(self, chinese: bool, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._chinese = chinese
        self._names: tuple[str, ...] = ()
        self.choices: list[QComboBox] = []
        self.table = QTableWidget(self)
        self.table.setAccessibleName(self.tr("Preview"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.table)

    def show_sheet(self, sheet: Preview, table: Tabular) -> None:
        """The rows of a sheet, with what each column is taken to hold in the first line."""
        if sheet.columns == self._names and self.choices:
            for choice, held in zip(self.choices, sheet.fields, strict=True):
                choice.blockSignals(True)
                choice.setCurrentIndex(max(0, choice.findData(held)))
                choice.blockSignals(False)
            return
        self._names, self.choices = sheet.columns, []
        self.table.clear()
        self.table.setColumnCount(len(sheet.columns))
        self.table.setRowCount(len(sheet.rows) + 1)
        self.table.setHorizontalHeaderLabels(list(sheet.columns))
        self.table.setVerticalHeaderLabels([self.tr("holds"), *(str(k + 1) for k in range(len(sheet.rows)))])
        for k, held in enumerate(sheet.fields):
            choice = QComboBox(self.table)
            choice.setAccessibleName(self.tr("What {column} holds").format(column=sheet.columns[k]))
            choice.addItem(self.tr("(not taken)"), "")
            for field, words in table.fields.items():
                choice.addItem(words[1] if self._chinese else words[0], field)
            choice.setCurrentIndex(max(0, choice.findData(held)))
            choice.currentIndexChanged.connect(self._tell)
            self.table.setCellWidget(0, k, choice)
            self.choices.append(choice)
            for row, cells in enumerate(sheet.rows, 1):
                self.table.setItem(row, k, QTableWidgetItem(cells[k]))
        self.table.resizeColumnsToContents()

    @guarded
    def _tell(self) -> None:
        self.mapped.emit(
            [(name, str(choice.currentData() or "")) for name, choice in zip(self._names, self.choices, strict=True)]
        )

    def show_plans(self, plans: Sequence[Plan]) -> None:
        """The ignitions and the drones that were read, the first of each."""
        self._names, self.choices = (), []
        rows: list[tuple[str, ...]] = []
        for plan in plans:
            firing = plan.firing
            for i in range(min(len(firing), MOST_ROWS)):
                address = f"{firing.controller[i]} {firing.module[i]}-{firing.pin[i]}" if firing.module[i] >= 0 else ""
                rows.append((clock(int(firing.ignition_us[i]), 3), firing.effect[i], firing.position[i], address))
            drones = plan.drones
            for k in range(min(len(drones), MOST_ROWS)):
                x, y, z = (float(v) for v in drones.home_m[k])
                start, end = clock(int(drones.off_us[k]), 3), clock(int(drones.on_us[k]), 3)
                rows.append((start, self.tr("flies until {time}").format(time=end), drones.name[k],
                             f"{x:.2f}, {y:.2f}, {z:.2f}"))  # fmt: skip
        self.table.clear()
        self.table.setColumnCount(4)
        self.table.setRowCount(len(rows))
        self.table.setHorizontalHeaderLabels(
            [self.tr("Time"), self.tr("Effect"), self.tr("Position or drone"), self.tr("Address or home")]
        )
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                self.table.setItem(row, column, QTableWidgetItem(cell))
        self.table.resizeColumnsToContents()
