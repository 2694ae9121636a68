"""Landing scatter: asks for runs and seed, lets everything fall off the window's thread, and hands the result over."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from showeditor.model.errors import ShowEditorError
from showeditor.safety.scatter import Scatter
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded, reporter
from showeditor.ui.panels.scatter_run import Rows, ScatterRun

MOST_RUNS = 100_000


class ScatterDialog(QDialog):
    """A Monte-Carlo of everything that comes down; `found` carries the result, or None when it is to be cleared."""

    found = Signal(object)

    def __init__(self, desk: Desk, run: ScatterRun, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.run = run
        self.setWindowTitle(self.tr("Landing scatter"))
        self.setAccessibleName(self.windowTitle())
        told = QLabel(
            self.tr(
                "Lets every shell come down as a dud, paper drift from every break and every drone lose its power, "
                "many times, each time in another wind and with other errors. The areas that hold 50, 95 and 99.9 % of "
                "the landings are drawn on the ground. The same seed gives the same areas."
            ),
            self,
        )
        told.setWordWrap(True)
        self.runs = QSpinBox(self)
        self.runs.setRange(1, MOST_RUNS)
        self.runs.setValue(200)
        self.seed = QSpinBox(self)
        self.seed.setRange(0, 2**31 - 1)
        self.seed.setValue(max(0, desk.show.seed) % 2**31)
        self.cluster = QLineEdit(self)
        self.cluster.setPlaceholderText(self.tr("this machine; or the address of a Dask scheduler"))
        rows = QFormLayout()
        fields: list[tuple[str, QWidget]] = [
            (self.tr("Runs"), self.runs),
            (self.tr("Seed"), self.seed),
            (self.tr("Computed by"), self.cluster),
        ]
        for name, field in fields:
            rows.addRow(name, field)
            field.setAccessibleName(name)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.hide()
        self.result_text = QLabel(self)
        self.result_text.setWordWrap(True)
        self.result_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.result_text.hide()
        self.buttons = QDialogButtonBox(self)
        self.buttons.setAccessibleName(self.tr("Answer"))
        role = QDialogButtonBox.ButtonRole
        self.start = self.buttons.addButton(self.tr("Run"), role.ActionRole)
        self.clear = self.buttons.addButton(self.tr("Clear"), role.ResetRole)
        self.stop = self.buttons.addButton(self.tr("Cancel"), role.ActionRole)
        self.close_button = self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self.start.clicked.connect(self.begin)
        self.clear.clicked.connect(self._clear)
        self.stop.clicked.connect(run.cancel)
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        box.addWidget(told)
        box.addLayout(rows)
        box.addWidget(self.bar)
        box.addWidget(self.result_text)
        box.addWidget(self.buttons)
        run.progressed.connect(self.bar.setValue)
        run.found.connect(self._done)
        run.failed.connect(self._failed)
        run.ended.connect(self._enable)
        self.resize(480, self.sizeHint().height())
        self._enable()

    @guarded
    def begin(self) -> None:
        """Begins the runs."""
        self.bar.setRange(0, 1000)
        self.bar.setValue(0)
        self.bar.show()
        self.result_text.hide()
        self.run.start(
            self.desk.plan,
            seed=self.seed.value(),
            runs=self.runs.value(),
            cluster=self.cluster.text().strip(),
        )
        self._enable()

    @guarded
    def _clear(self) -> None:
        self.found.emit(None)
        self.result_text.hide()

    @guarded
    def _done(self, found: Scatter, rows: Rows) -> None:
        names = {"duds": self.tr("Duds"), "debris": self.tr("Debris"), "drones": self.tr("Drones without power")}
        lines = [
            self.tr("{name}: {n} landings, 95 % on {area} m², {share} % at the audience").format(
                name=names[kind], n=landings, area=f"{area:.0f}", share=f"{100 * share:.3g}"
            )
            for kind, landings, area, share in rows
            if landings
        ]
        self.result_text.setText("\n".join(lines) or self.tr("Nothing comes down: no shells, no drones."))
        self.result_text.show()
        self._fit()
        self.found.emit(found)

    @guarded
    def _failed(self, error: BaseException) -> None:
        if isinstance(error, (ShowEditorError, ValueError)):
            self.result_text.setText(str(error))
            self.result_text.show()
            self._fit()
        else:
            reporter.report(self, error)

    def _fit(self) -> None:
        """As high as its texts need at this width."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    @guarded
    def _enable(self) -> None:
        running = self.run.running
        self.bar.setVisible(running)
        for field in (self.runs, self.seed, self.cluster, self.start, self.clear):
            field.setEnabled(not running)
        self.stop.setEnabled(running)

    def done(self, result: int) -> None:
        """Cancels what runs; nobody waits for it."""
        self.run.cancel()
        super().done(result)
