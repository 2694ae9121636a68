"""The export dialog: choose formats and a folder, pass the gate, see the receipt or the reasons."""

from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QBrush, QCloseEvent, QColor
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from showeditor.export.format import Format, options_of
from showeditor.export.gate import Approval, Refused, publish
from showeditor.export.media import with_media
from showeditor.export.profiles import SHELF
from showeditor.export.receipt import Receipt
from showeditor.export.registry import formats
from showeditor.export.signatures import beside, read_signed, trusted
from showeditor.model.errors import ShowEditorError
from showeditor.model.plan import Plan
from showeditor.storage.text import fingerprint_of_show
from showeditor.ui import theme
from showeditor.ui.desk import Desk
from showeditor.ui.dialogs.wording import findings_html, receipt_html
from showeditor.ui.edge import guarded, reporter
from showeditor.ui.inspector.form import set_role
from showeditor.ui.jobs import Post

_ID = Qt.ItemDataRole.UserRole


def open_details(one: Format, chinese: bool) -> list[str]:
    """What is not proven about a format, a sentence for each detail."""
    if not one.limits.get("not_proven"):
        return []
    notes = [f for f in one.remarks(Plan(title="-", duration_us=0)) if f.code == "FORMAT-UNPROVEN"]
    return [note.message_zh if chinese else note.message for note in notes]


class ExportDialog(QDialog):
    """Publishes the plan of the committed show through the gate."""

    def __init__(self, desk: Desk, chinese: bool, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._chinese = chinese
        self._running = False
        self._post = Post(self)
        self.setWindowTitle(self.tr("Export"))
        self.setAccessibleName(self.tr("Export"))
        self.resize(760, 620)
        self._list = QTreeWidget(self)
        self._list.setAccessibleName(self.tr("Formats"))
        self._list.setHeaderLabels([self.tr("Format"), self.tr("Status"), self.tr("Limits")])
        self._list.setRootIsDecorated(False)
        self._list.setColumnWidth(0, 290)
        self._list.setColumnWidth(1, 120)
        self.folder = QLineEdit(self._suggested(), self)
        self.folder.setAccessibleName(self.tr("Folder"))
        self._browse = QPushButton(self.tr("Choose…"), self)
        self._browse.setAccessibleName(self.tr("Choose the folder"))
        self._browse.clicked.connect(self._choose)
        label = QLabel(self.tr("Into the folder"), self)
        label.setBuddy(self.folder)
        line = QHBoxLayout()
        line.addWidget(label)
        line.addWidget(self.folder, 1)
        line.addWidget(self._browse)
        self._light = QLabel(self)
        self._light.setWordWrap(True)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.hide()
        self._result = QTextBrowser(self)
        self._result.setAccessibleName(self.tr("Result"))
        self._result.hide()
        self.go = QPushButton(self.tr("Export"), self)
        self.go.setDefault(True)
        self.go.clicked.connect(self._start)
        self._close = QPushButton(self.tr("Close"), self)
        self._close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self._light, 1)
        buttons.addWidget(self._close)
        buttons.addWidget(self.go)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        box.addWidget(self._list, 1)
        box.addLayout(line)
        box.addWidget(self._bar)
        box.addWidget(self._result, 1)
        box.addLayout(buttons)
        path = desk.state.path
        SHELF.open_beside(path.parent if path else None)
        self._fill()
        self._list.itemChanged.connect(self._say)
        desk.lightChanged.connect(self._say)
        desk.findingsChanged.connect(self._say)
        self._say()

    def _suggested(self) -> str:
        path = self.desk.state.path
        folder = path.parent if path else Path(str(QSettings().value("folder", "") or Path.home()))
        return str(folder / f"{path.stem if path else 'show'}-export")

    def _fill(self) -> None:
        kept = QSettings().value("formats", ["cobra-6", "skyc"])
        chosen = [kept] if isinstance(kept, str) else list(kept) if isinstance(kept, (list, tuple)) else []
        words = {
            "proven": self.tr("proven"),
            "columns proven": self.tr("columns proven"),
            "beta": self.tr("beta"),
            "profile": self.tr("profile"),
        }
        colours = {"proven": theme.GOOD, "columns proven": theme.ACCENT, "beta": theme.WARN, "profile": theme.WARN}
        for one in formats().values():
            if not (one.writes and one.reads):
                continue
            limits = ", ".join(f"{k} {v}" for k, v in dict(one.limits).items() if k != "not_proven")
            row = QTreeWidgetItem(
                [
                    f"{one.title_zh if self._chinese else one.title}  ({one.id})",
                    words.get(one.status, one.status),
                    limits,
                ]
            )
            row.setData(0, _ID, one.id)
            row.setToolTip(2, limits)
            row.setForeground(1, QBrush(QColor(colours.get(one.status, theme.MUTED))))
            row.setCheckState(0, Qt.CheckState.Checked if one.id in chosen else Qt.CheckState.Unchecked)
            self._list.addTopLevelItem(row)
            self._offer(row, one)
            for text in open_details(one, self._chinese):
                line = QTreeWidgetItem(row, [text])
                line.setFlags(Qt.ItemFlag.ItemIsEnabled)
                line.setForeground(0, QBrush(QColor(theme.MUTED)))
                line.setFirstColumnSpanned(True)
                line.setToolTip(0, text)
            row.setExpanded(True)
        for problem in SHELF.problems():
            row = QTreeWidgetItem([problem.message_zh if self._chinese else problem.message])
            row.setFlags(Qt.ItemFlag.ItemIsEnabled)
            row.setForeground(0, QBrush(QColor(theme.WARN)))
            self._list.addTopLevelItem(row)
            row.setFirstColumnSpanned(True)

    def _offer(self, row: QTreeWidgetItem, one: Format) -> None:
        """Show the options of a format below it."""
        for name, values in options_of(one).items():
            choice = QComboBox(self._list)
            choice.addItems(values)
            choice.setAccessibleName(self.tr("Option {name} of {id}").format(name=name, id=one.id))
            below = QTreeWidgetItem(row, [name])
            below.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self._list.setItemWidget(below, 1, choice)

    def _with_options(self, row: QTreeWidgetItem) -> str:
        """The id of a format and its options that are not the default, as `--format` takes them."""
        parts = [str(row.data(0, _ID))]
        for below in filter(None, map(row.child, range(row.childCount()))):
            choice = self._list.itemWidget(below, 1)
            if isinstance(choice, QComboBox) and choice.currentIndex() > 0:
                parts.append(f"{below.text(0)}={choice.currentText()}")
        return ":".join(parts)

    def chosen(self) -> list[str]:
        """The ticked formats as ids, with options behind them."""
        rows = [self._list.topLevelItem(i) for i in range(self._list.topLevelItemCount())]
        return [self._with_options(r) for r in rows if r is not None and r.checkState(0) == Qt.CheckState.Checked]

    @guarded
    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Export into"), str(Path(self.folder.text()).parent))
        if name:
            self.folder.setText(str(Path(name) / Path(self.folder.text()).name))

    @guarded
    def _say(self) -> None:
        state = self.desk.state
        blocks = sum(f.severity == "block" for f in state.findings)
        role, text = {
            "idle": ("hint", self.tr("The show is not checked yet.")),
            "checking": ("hint", self.tr("The show is being checked; the export checks it again anyway.")),
            "failed": ("bad", self.tr("The check failed; nothing can be exported.")),
            "blocked": ("bad", self.tr("{n} findings stop the export.").format(n=blocks)),
            "warned": ("warn", self.tr("There are warnings; they go into the receipt.")),
            "clear": ("good", self.tr("The show is clear.")),
        }[state.light]
        self._light.setText(text)
        set_role(self._light, role)
        self.go.setEnabled(
            not self._running and bool(self.chosen()) and state.plan is not None and state.light != "failed"
        )

    @guarded
    def _start(self) -> None:
        state = self.desk.state
        plan = state.plan
        if plan is None or state.planned is not state.show:
            self._result.show()
            self._result.setHtml(self.tr("The newest plan is not ready yet. Try again in a moment."))
            return
        ids, folder, show, path = self.chosen(), Path(self.folder.text()).expanduser(), state.show, state.path
        QSettings().setValue("formats", [name.partition(":")[0] for name in ids])
        self._running = True
        self._bar.setValue(0)
        self._bar.show()
        self._say()

        def progress(share: float) -> None:
            self._post(lambda: self._bar.setValue(round(1000 * share)))

        def work() -> Receipt:
            # signatures under another state than this one do not count: the gate sees to it
            signed = read_signed(beside(path)) if path is not None else None
            approval = Approval(signed.signatures if signed is not None else (), trusted())
            mark = fingerprint_of_show(show)
            whole = with_media(plan, ids, path.parent) if path is not None else plan
            return publish(whole, ids, folder, show_fingerprint=mark, approval=approval, progress=progress)

        self.desk.jobs.start(work, lambda receipt: self._done(receipt, folder), self._failed)

    @guarded
    def _done(self, receipt: Receipt, folder: Path) -> None:
        self._finish(receipt_html(receipt, folder, self._chinese))

    @guarded
    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self._finish(findings_html(error.findings, self._chinese))
        elif isinstance(error, ShowEditorError):
            self._finish(f"<p style='color:{theme.BLOCK}'>{error}</p>")
        else:
            self._finish("")
            reporter.report(self, error)

    def _finish(self, html: str) -> None:
        self._running = False
        self._bar.hide()
        self._result.setVisible(bool(html))
        self._result.setHtml(html)
        self._say()

    def reject(self) -> None:
        """Stays until a running export has ended."""
        if not self._running:
            self._post.close()
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stays until a running export has ended."""
        if self._running:
            event.ignore()
        else:
            self._post.close()
            event.accept()
