"""The palette's tree: groups whose leaves can be dragged onto the timeline."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from showeditor.ui import theme
from showeditor.ui.timeline.drop import mime_of

KIND = Qt.ItemDataRole.UserRole
WHAT = Qt.ItemDataRole.UserRole + 1
FIND = Qt.ItemDataRole.UserRole + 2


class PaletteTree(QTreeWidget):
    """A tree whose leaves can be dragged onto the timeline."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setDragEnabled(True)
        self.setIndentation(12)
        self.setIconSize(QSize(22, 22))
        self.setUniformRowHeights(True)
        self.setDragDropMode(QTreeWidget.DragDropMode.DragOnly)

    def leaves(self) -> list[QTreeWidgetItem]:
        """All rows under the groups."""
        groups = [self.topLevelItem(g) for g in range(self.topLevelItemCount())]
        rows = [group.child(i) for group in groups if group is not None for i in range(group.childCount())]
        return [row for row in rows if row is not None]

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        """The dragged form of a leaf."""
        for item in items:
            kind, what = item.data(0, KIND), item.data(0, WHAT)
            if kind in ("effect", "formation"):
                return mime_of(kind, str(what), item.text(0))
        return QMimeData()

    def fill(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        """Shows rows of (group, title, effect text, words to be found by) under their groups, which stay as open."""
        opened = {group.text(0) for group in self._groups() if group.isExpanded()}
        self.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        for group, title, vdl, words in rows:
            if group not in groups:
                groups[group] = QTreeWidgetItem([group])
                groups[group].setForeground(0, QColor(theme.MUTED))
            row = QTreeWidgetItem([title])
            row.setData(0, KIND, "effect")
            row.setData(0, WHAT, vdl)
            row.setData(0, FIND, words.casefold())
            row.setToolTip(0, vdl)
            groups[group].addChild(row)
        self.addTopLevelItems(list(groups.values()))
        for n, (name, group_row) in enumerate(groups.items()):
            group_row.setExpanded(name in opened or (not opened and n == 0))

    def narrow(self, text: str) -> None:
        """Shows the leaves that hold every word of a text, their groups open; all for an empty one."""
        wanted = text.casefold().split()
        for group in self._groups():
            rows = [row for i in range(group.childCount()) if (row := group.child(i)) is not None]
            for row in rows:
                row.setHidden(not all(part in str(row.data(0, FIND)) for part in wanted))
            seen = any(not row.isHidden() for row in rows)
            group.setHidden(not seen)
            if wanted and seen:
                group.setExpanded(True)

    def _groups(self) -> list[QTreeWidgetItem]:
        rows = [self.topLevelItem(g) for g in range(self.topLevelItemCount())]
        return [row for row in rows if row is not None]
