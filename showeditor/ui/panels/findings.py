"""The findings panel: what the check says, grouped by severity and code; a click jumps to time and place."""

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from showeditor.model.finding import Finding
from showeditor.model.times import clock
from showeditor.model.waiver import Waiver
from showeditor.ui import theme
from showeditor.ui.desk import Desk
from showeditor.ui.dialogs.waiver import WaiverDialog
from showeditor.ui.edge import guarded

_FINDING = Qt.ItemDataRole.UserRole
_ORDER = ("block", "warn", "note")
_COLOUR = {"block": theme.BLOCK, "warn": theme.WARN, "note": theme.MUTED}
MOST_ROWS = 500
"""Findings of one code that are listed one by one."""


class FindingsPanel(QWidget):
    """Findings of the newest check, marked as old while a new one runs."""

    def __init__(self, desk: Desk, language: "list[str]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._language = language
        self._shown: tuple[Finding, ...] | None = None
        self._head = QLabel(self)
        self._clear = QPushButton(self)
        self._clear.clicked.connect(self._unpaint)
        self._detail = QLabel(self)
        self._detail.setWordWrap(True)
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._detail.hide()
        self._tree = QTreeWidget(self)
        self._tree.setColumnCount(2)
        self._tree.setRootIsDecorated(True)
        self._tree.setIndentation(14)
        self._tree.setUniformRowHeights(True)
        self._tree.header().setStretchLastSection(True)
        self._tree.setColumnWidth(0, 104)
        self._tree.itemClicked.connect(self._jump)
        self._tree.itemActivated.connect(self._jump)
        self._tree.currentItemChanged.connect(self._tell)
        self._tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._tree.customContextMenuRequested.connect(self._menu)
        self._accept = QPushButton(self)
        self._accept.clicked.connect(self._ask)
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        head.addWidget(self._accept)
        head.addWidget(self._clear)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.addLayout(head)
        box.addWidget(self._tree, 1)
        box.addWidget(self._detail)
        desk.findingsChanged.connect(self._fill)
        desk.lightChanged.connect(self._say)
        desk.offendersChanged.connect(self._say)
        self.retranslate()

    def next_finding(self) -> None:
        """Shows the finding after the current one, round and round."""
        groups = [self._tree.topLevelItem(g) for g in range(self._tree.topLevelItemCount())]
        rows = [group.child(i) for group in groups if group is not None for i in range(group.childCount())]
        if not rows:
            return
        current = self._tree.currentItem()
        at = next((i for i, row in enumerate(rows) if row is current), -1)
        row = rows[(at + 1) % len(rows)]
        if row is not None:
            self._tree.setCurrentItem(row)
            self._jump(row)

    def retranslate(self) -> None:
        """Sets the words in the current language."""
        self.setAccessibleName(self.tr("Findings"))
        self._tree.setAccessibleName(self.tr("List of findings"))
        self._tree.setHeaderLabels([self.tr("Time"), self.tr("What was found")])
        self._clear.setText(self.tr("Unmark"))
        self._clear.setToolTip(self.tr("Take the red marks off the picture and the timeline"))
        self._accept.setText(self.tr("Accept…"))
        self._accept.setToolTip(self.tr("A named person accepts the warning that is chosen, with a reason"))
        self._shown = None
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @guarded
    def _fill(self) -> None:
        state = self.desk.state
        self._say()
        if state.findings is self._shown:
            return
        self._shown = state.findings
        self._tree.clear()
        self._detail.hide()
        self._accept.setEnabled(False)
        chinese = self._language[0].startswith("zh")
        for severity in _ORDER:
            codes = dict.fromkeys(f.code for f in state.findings if f.severity == severity)
            for code in codes:
                found = [f for f in state.findings if f.code == code and f.severity == severity]
                self._add_group(severity, code, found, chinese)

    def _add_group(self, severity: str, code: str, found: list[Finding], chinese: bool) -> None:
        names = {"block": self.tr("Stops export"), "warn": self.tr("Warning"), "note": self.tr("Note")}
        group = QTreeWidgetItem([f"{names[severity]} · {code} · {len(found)}"])
        brush = QBrush(QColor(_COLOUR[severity]))
        group.setForeground(0, brush)
        for finding in found[:MOST_ROWS]:
            text = (finding.message_zh if chinese else "") or finding.message
            row = QTreeWidgetItem([clock(finding.t0_us), text])
            row.setToolTip(1, text)
            row.setData(0, _FINDING, finding)
            row.setForeground(0, brush)
            group.addChild(row)
        if len(found) > MOST_ROWS:
            group.addChild(QTreeWidgetItem(["", self.tr("… and {n} more").format(n=len(found) - MOST_ROWS)]))
        self._tree.addTopLevelItem(group)
        group.setFirstColumnSpanned(True)
        group.setExpanded(severity == "block" or len(found) < 6)

    @guarded
    def _say(self) -> None:
        state = self.desk.state
        blocks = sum(f.severity == "block" for f in state.findings)
        warns = sum(f.severity == "warn" for f in state.findings)
        role, text = "hint", self.tr("Not checked yet")
        if state.light == "failed":
            role, text = "bad", self.tr("The check failed: {why}").format(why=state.failure)
        elif state.light == "checking":
            text = self.tr("Being checked… {n} %").format(n=round(100 * state.progress))
        elif state.light == "blocked":
            role, text = "bad", self.tr("Export is stopped: {n}, warnings: {w}").format(n=blocks, w=warns)
        elif state.light == "warned":
            role, text = "warn", self.tr("Warnings: {n}, nothing stops the export").format(n=warns)
        elif state.light == "clear":
            role, text = "good", self.tr("Clear: nothing stops the export")
        self._head.setText(text)
        if self._head.property("role") != role:
            self._head.setProperty("role", role)
            self._head.style().unpolish(self._head)
            self._head.style().polish(self._head)
        # old findings stay readable but visibly old
        self._tree.setEnabled(state.light != "checking" or bool(state.findings))
        self._tree.setProperty("stale", not state.fresh)
        self._clear.setEnabled(bool(self.desk.offenders))

    def _current(self) -> Finding | None:
        row = self._tree.currentItem()
        finding = row.data(0, _FINDING) if row is not None else None
        return finding if isinstance(finding, Finding) else None

    def menu(self) -> QMenu:
        """What can be done about the chosen finding: accept it, or take an acceptance back."""
        menu = QMenu(self)
        finding = self._current()
        accept = menu.addAction(self.tr("Accept…"), self._ask)
        accept.setEnabled(finding is not None and finding.severity != "note")
        held = [w for w in self.desk.show.waivers if finding is not None and w.covers(finding.code, finding.ids)]
        if finding is not None and finding.code == "WVR-001":
            held = [w for w in self.desk.show.waivers if (w.code,) == finding.ids]
        for waiver in held:
            text = self.tr("Take back what {who} accepted").format(who=waiver.who)
            menu.addAction(text, partial(self._take_back, waiver))
        return menu

    @guarded
    def _menu(self, at: QPoint) -> None:
        if self._current() is not None:
            self.menu().exec(self._tree.viewport().mapToGlobal(at))

    @guarded
    def _ask(self) -> None:
        finding = self._current()
        if finding is None:
            return
        dialog = WaiverDialog(finding, self._language[0].startswith("zh"), self)
        if dialog.exec():
            self.waive(dialog.waiver())

    def waive(self, waiver: Waiver) -> None:
        """Puts an acceptance into the show, one undoable step."""
        show = self.desk.show
        self.desk.apply(replace(show, waivers=(*show.waivers, waiver)), self.tr("Accept a warning"))

    @guarded
    def _take_back(self, waiver: Waiver) -> None:
        show = self.desk.show
        rest = tuple(w for w in show.waivers if w != waiver)
        self.desk.apply(replace(show, waivers=rest), self.tr("Take an acceptance back"))

    @guarded
    def _tell(self, row: QTreeWidgetItem | None) -> None:
        finding = row.data(0, _FINDING) if row is not None else None
        self._accept.setEnabled(isinstance(finding, Finding) and finding.severity != "note")
        self._detail.setVisible(isinstance(finding, Finding))
        if isinstance(finding, Finding):
            text = (finding.message_zh if self._language[0].startswith("zh") else "") or finding.message
            self._detail.setText(text)
            self._detail.setAccessibleName(text)

    @guarded
    def _jump(self, row: QTreeWidgetItem) -> None:
        finding = row.data(0, _FINDING)
        if isinstance(finding, Finding):
            self.desk.show_finding(finding)

    @guarded
    def _unpaint(self) -> None:
        self.desk.show_finding(None)
