"""The dialog for recorded flights: when and where they fly, which part, under which names; all as one edit."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from showeditor.model.errors import BadInput
from showeditor.model.music import AtTime, moment_us
from showeditor.model.recording import RecordedFlight
from showeditor.model.show import Show
from showeditor.model.times import US, us_of_text
from showeditor.timeline.recordings import change_recorded, delete_recorded
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded

_T = TypeVar("_T")
_NAME, _DRONES, _START, _FROM, _TO, _EAST, _NORTH, _UP, _TURN, _PREFIX, _FLOWN = range(11)


class RecordedFlightsDialog(QDialog):
    """A row for each recorded flight of the show."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._gone: list[str] = []
        self.setWindowTitle(self.tr("Recorded flights"))
        self.setAccessibleName(self.tr("Recorded flights"))
        self.resize(980, 360)
        self.table = QTableWidget(0, _FLOWN + 1, self)
        self.table.setAccessibleName(self.tr("Recorded flights"))
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("Name"),
                self.tr("Drones"),
                self.tr("Begins at (s)"),
                self.tr("From (s of the file)"),
                self.tr("To (s of the file)"),
                self.tr("East (m)"),
                self.tr("North (m)"),
                self.tr("Up (m)"),
                self.tr("Turned (°)"),
                self.tr("Names begin with"),
                self.tr("Flown"),
            ]
        )
        for flight in desk.show.recorded:
            self._add(flight)
        self.table.resizeColumnsToContents()
        hint = QLabel(
            self.tr("The paths stay as they were read; a part that begins or ends in the air stops the export."), self
        )
        hint.setWordWrap(True)
        self.buttons = QDialogButtonBox(self)
        self.buttons.addButton(self.tr("Apply"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        remove = self.buttons.addButton(self.tr("Remove the chosen"), QDialogButtonBox.ButtonRole.ActionRole)
        remove.clicked.connect(self.remove)
        self.buttons.accepted.connect(self.take)
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.addWidget(hint)
        box.addWidget(self.table, 1)
        box.addWidget(self.buttons)

    def _add(self, flight: RecordedFlight) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        start = moment_us(flight.start, self.desk.show.music)
        texts = (
            flight.name,
            str(len(flight.recording)),
            _seconds(start),
            _seconds(flight.from_us),
            "" if flight.to_us is None else _seconds(flight.to_us),
            *(f"{v:g}" for v in flight.at_m),
            f"{flight.heading_deg:g}",
            flight.prefix,
            "",
        )
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if column == _DRONES:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            if column == _FLOWN:
                item.setFlags((item.flags() | Qt.ItemFlag.ItemIsUserCheckable) & ~Qt.ItemFlag.ItemIsEditable)
                item.setCheckState(Qt.CheckState.Unchecked if flight.muted else Qt.CheckState.Checked)
            if column == _NAME:
                item.setData(Qt.ItemDataRole.UserRole, flight.id)
            self.table.setItem(row, column, item)

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        item = self.table.item(row, column)
        if item is None:
            raise BadInput(self.tr("row {row} is not whole").format(row=row + 1))
        return item

    @guarded
    def remove(self) -> None:
        """Takes the chosen rows out; the show follows on Apply."""
        for row in sorted({index.row() for index in self.table.selectedIndexes()}, reverse=True):
            self._gone.append(str(self._item(row, _NAME).data(Qt.ItemDataRole.UserRole)))
            self.table.removeRow(row)

    def edited(self) -> Show:
        """The show as the table says; raises BadInput naming the row and the cell."""
        show = self.desk.show
        for flight in self._gone:
            show = delete_recorded(show, flight)
        for row in range(self.table.rowCount()):
            flight = str(self._item(row, _NAME).data(Qt.ItemDataRole.UserRole))
            to_text = self._item(row, _TO).text().strip()
            before = next(one for one in show.recorded if one.id == flight)
            start = self._read(row, _START, us_of_text)
            changes: dict[str, object] = {
                "name": self._item(row, _NAME).text(),
                "from_us": self._read(row, _FROM, us_of_text),
                "to_us": self._read(row, _TO, us_of_text) if to_text else None,
                "at_m": tuple(self._read(row, column, float) for column in (_EAST, _NORTH, _UP)),
                "heading_deg": self._read(row, _TURN, float),
                "prefix": self._item(row, _PREFIX).text(),
                "muted": self._item(row, _FLOWN).checkState() != Qt.CheckState.Checked,
            }
            if start != moment_us(before.start, show.music):
                changes["start"] = AtTime(max(0, start))
            show = change_recorded(show, flight, **changes)
        return show

    def _read(self, row: int, column: int, kind: Callable[[str], _T]) -> _T:
        text = self._item(row, column).text().strip()
        try:
            return kind(text)
        except ValueError:
            header = self.table.horizontalHeaderItem(column)
            name = header.text() if header is not None else ""
            raise BadInput(
                self.tr("row {row}, {column}: a number was expected, found “{text}”").format(
                    row=row + 1, column=name, text=text
                )
            ) from None

    @guarded
    def take(self) -> None:
        """Enters the changes into the show as one edit."""
        self.desk.session.apply(self.edited(), self.tr("Recorded flights"))
        self.accept()


def _seconds(t_us: int) -> str:
    return f"{t_us / US:.6f}".rstrip("0").rstrip(".")
