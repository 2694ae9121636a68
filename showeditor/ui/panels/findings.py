"""The findings panel: what the check says, grouped by severity and code; a click jumps to time and place."""

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from showeditor.model.finding import Finding
from showeditor.model.waiver import Waiver
from showeditor.ui import theme
from showeditor.ui.desk import Desk
from showeditor.ui.dialogs.waiver import WaiverDialog
from showeditor.ui.edge import guarded
from showeditor.ui.panels.findings_detail import FindingDetail
from showeditor.ui.panels.findings_rows import (
    ORDER,
    Group,
    groups,
    number,
    plain,
    remedy_of,
    sentence,
    span_text,
    who_text,
)

_FINDING = Qt.ItemDataRole.UserRole
_COLOUR = {
    "block": theme.BLOCK,
    "warn": theme.WARN,
    "accepted": theme.GOOD,
    "margins": theme.TEXT,
    "note": theme.MUTED,
}
_MARK = {"block": "■", "warn": "▲", "note": "●"}
MOST_ROWS = 500
"""Findings of one code that are listed one by one."""


class FindingsPanel(QWidget):
    """Findings of the newest check, marked as old while a new one runs."""

    slowMotionAsked = Signal(object)

    def __init__(self, desk: Desk, language: "list[str]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._language = language
        self._shown: object = None
        self._of: tuple[Finding, ...] | None = None
        self._head = QLabel(self)
        self._head.setWordWrap(True)
        self._clear = QPushButton(self)
        self._clear.clicked.connect(self._unpaint)
        self.filter = QLineEdit(self)
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._fill)
        self.toggles = {severity: QToolButton(self) for severity in ORDER}
        for severity, toggle in self.toggles.items():
            toggle.setCheckable(True)
            toggle.setChecked(True)
            toggle.setStyleSheet(f"color: {_COLOUR[severity]}")
            toggle.toggled.connect(self._fill)
        self.detail = FindingDetail(self)
        self.detail.slowMotionAsked.connect(self.slowMotionAsked)
        self._tree = QTreeWidget(self)
        self._tree.setColumnCount(6)
        self._tree.setRootIsDecorated(True)
        self._tree.setIndentation(14)
        self._tree.setUniformRowHeights(True)
        self._tree.header().setStretchLastSection(False)
        for column, width in enumerate((168, 320, 80, 80, 80, 140)):
            self._tree.setColumnWidth(column, width)
        self._tree.itemClicked.connect(self._jump)
        self._tree.itemActivated.connect(self._jump)
        self._tree.currentItemChanged.connect(self._tell)
        self._tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._tree.customContextMenuRequested.connect(self._menu)
        copy_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self._tree)
        copy_key.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy_key.activated.connect(self.copy)
        self._accept = QPushButton(self)
        self._accept.clicked.connect(self._ask)
        self._copy = QPushButton(self)
        self._copy.clicked.connect(self.copy_all)
        filters = QHBoxLayout()
        filters.addWidget(self.filter, 1)
        for toggle in self.toggles.values():
            filters.addWidget(toggle)
        buttons = QHBoxLayout()
        for button in (self._accept, self.detail.slow, self._copy, self._clear):
            buttons.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.addWidget(self._head)
        box.addLayout(filters)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self._tree)
        split.addWidget(self.detail)
        split.setChildrenCollapsible(False)
        self._tree.setMinimumHeight(96)
        split.setSizes([300, 130])
        split.setStretchFactor(0, 1)
        box.addWidget(split, 1)
        box.addLayout(buttons)
        desk.findingsChanged.connect(self._fill)
        desk.lightChanged.connect(self._say)
        desk.offendersChanged.connect(self._say)
        self.retranslate()

    # -- walking through -------------------------------------------------------------------------------------------

    def next_finding(self) -> None:
        """Shows the finding after the current one, round and round."""
        self._walk(1)

    def previous_finding(self) -> None:
        """Shows the finding before the current one, round and round."""
        self._walk(-1)

    def _walk(self, step: int) -> None:
        rows = [row for row in self._rows() if isinstance(row.data(0, _FINDING), Finding)]
        if not rows:
            return
        current = self._tree.currentItem()
        at = next((i for i, row in enumerate(rows) if row is current), -1 if step > 0 else 0)
        row = rows[(at + step) % len(rows)]
        self._tree.setCurrentItem(row)
        self._jump(row)

    def _rows(self) -> list[QTreeWidgetItem]:
        found = [self._tree.topLevelItem(g) for g in range(self._tree.topLevelItemCount())]
        rows = [group.child(i) for group in found if group is not None for i in range(group.childCount())]
        return [row for row in rows if row is not None]

    # -- words -----------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Sets the words in the current language."""
        self.setAccessibleName(self.tr("Findings"))
        self._tree.setAccessibleName(self.tr("List of findings"))
        self._tree.setHeaderLabels(
            [
                self.tr("Time"),
                self.tr("What was found"),
                self.tr("Measured"),
                self.tr("Limit"),
                self.tr("Margin"),
                self.tr("Who"),
            ]
        )
        self.filter.setPlaceholderText(self.tr("Filter: code, words, names"))
        self.filter.setAccessibleName(self.tr("Filter findings"))
        names = {"block": self.tr("What stops the export"), "warn": self.tr("Warnings"), "note": self.tr("Notes")}
        for severity, toggle in self.toggles.items():
            toggle.setToolTip(names[severity])
            toggle.setAccessibleName(names[severity])
        self._clear.setText(self.tr("Unmark"))
        self._clear.setToolTip(self.tr("Take the red marks off the picture and the timeline"))
        self._accept.setText(self.tr("Accept…"))
        self._accept.setToolTip(self.tr("A named person accepts the warning that is chosen, with a reason"))
        self._copy.setText(self.tr("Copy all"))
        self._copy.setToolTip(self.tr("Everything that is listed, as text; Ctrl+C copies the chosen finding"))
        self._shown = None
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @property
    def _chinese(self) -> bool:
        return self._language[0].startswith("zh")

    # -- the list --------------------------------------------------------------------------------------------------

    def listed(self) -> list[Group]:
        """What the filter leaves of the newest findings."""
        chosen = [severity for severity, toggle in self.toggles.items() if toggle.isChecked()]
        return groups(self.desk.state.findings, self.desk.show.waivers, self.filter.text(), chosen)

    @guarded
    def _fill(self) -> None:
        state = self.desk.state
        self._say()
        on = tuple(toggle.isChecked() for toggle in self.toggles.values())
        wanted = (id(state.findings), self.filter.text(), on)
        if wanted == self._shown and state.findings is self._of:
            return
        self._shown, self._of = wanted, state.findings
        chosen = self._current()
        self._tree.clear()
        for severity, toggle in self.toggles.items():
            toggle.setText(f"{_MARK[severity]} {sum(f.severity == severity for f in state.findings)}")
        for group in self.listed():
            self._add_group(group)
        kept = next((row for row in self._rows() if chosen is not None and row.data(0, _FINDING) == chosen), None)
        if kept is not None:
            self._tree.setCurrentItem(kept)
        self._tell(kept)

    def _add_group(self, group: Group) -> None:
        names = {
            "block": self.tr("Stops export"),
            "warn": self.tr("Warning"),
            "accepted": self.tr("Accepted"),
            "margins": self.tr("Margins"),
            "note": self.tr("Note"),
        }
        found = group.findings
        title = [names[group.kind], *([group.code] if group.code else []), str(len(found))]
        head = QTreeWidgetItem([" · ".join(title)])
        head.setToolTip(0, remedy_of(group.code, self._chinese))
        brush = QBrush(QColor(_COLOUR[group.kind]))
        head.setForeground(0, brush)
        for finding in found[:MOST_ROWS]:
            head.addChild(self._row(finding, brush))
        if len(found) > MOST_ROWS:
            head.addChild(QTreeWidgetItem(["", self.tr("… and {n} more").format(n=len(found) - MOST_ROWS)]))
        self._tree.addTopLevelItem(head)
        head.setFirstColumnSpanned(True)
        head.setExpanded(group.kind in ("block", "margins") or len(found) < 6)

    def _row(self, finding: Finding, brush: QBrush) -> QTreeWidgetItem:
        text = sentence(finding, self._chinese)
        numbers = (finding.measured, finding.limit, finding.margin)
        row = QTreeWidgetItem(
            [span_text(finding), text, *(number(value, finding.unit) for value in numbers), who_text(finding)]
        )
        row.setToolTip(1, text)
        row.setData(0, _FINDING, finding)
        row.setForeground(0, brush)
        if finding.margin is not None:
            row.setForeground(4, QBrush(QColor(theme.GOOD if finding.margin >= 0 else theme.BLOCK)))
        return row

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
        dialog = WaiverDialog(finding, self._chinese, self)
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
        told = finding if isinstance(finding, Finding) else None
        self._accept.setEnabled(told is not None and told.severity != "note")
        self.detail.tell(told, self._chinese, self.desk.show.waivers)
        # the detail takes height from the list: the chosen row must not slip out of sight
        QTimer.singleShot(0, self._tree, self._hold_current)

    @guarded
    def _hold_current(self) -> None:
        row = self._tree.currentItem()
        if row is not None:
            self._tree.scrollToItem(row)

    @guarded
    def copy(self) -> None:
        """Puts the chosen finding, or the findings of the chosen group, on the clipboard as text."""
        row = self._tree.currentItem()
        if row is None:
            return
        rows = [row, *(child for i in range(row.childCount()) if (child := row.child(i)) is not None)]
        self._put([found for r in rows if isinstance(found := r.data(0, _FINDING), Finding)])

    @guarded
    def copy_all(self) -> None:
        """Puts all findings that are listed on the clipboard as text."""
        self._put([finding for group in self.listed() for finding in group.findings])

    def _put(self, findings: list[Finding]) -> None:
        if findings:
            text = "\n".join(plain(f, self._chinese, self.desk.show.waivers) for f in findings)
            QGuiApplication.clipboard().setText(text)
            self.desk.said.emit(self.tr("Copied: {n}").format(n=len(findings)))

    @guarded
    def _jump(self, row: QTreeWidgetItem) -> None:
        finding = row.data(0, _FINDING)
        if isinstance(finding, Finding):
            self.desk.show_finding(finding)

    @guarded
    def _unpaint(self) -> None:
        self.desk.show_finding(None)
