"""Landing scatter: asks for runs and seed, lets everything fall off the window's thread, and hands the result over."""

import os
from collections.abc import Callable

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
from shapely import union_all
from shapely.geometry import Polygon

from showeditor.model.errors import ShowEditorError
from showeditor.model.plan import Plan
from showeditor.safety.figures_plan import KINDS
from showeditor.safety.scatter import LEVELS, Scatter, scatter
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded, reporter
from showeditor.ui.jobs import Jobs, Post

MOST_RUNS = 100_000


class _Cancelled(Exception):
    """Ends a run whose answer nobody waits for."""


class ScatterDialog(QDialog):
    """A Monte-Carlo of everything that comes down; `found` carries the result, or None when it is to be cleared."""

    found = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._cancelled = False
        self._running = False
        self._post = Post(self)
        self._jobs = Jobs(self._post)
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
        self.start.clicked.connect(self.run)
        self.clear.clicked.connect(self._clear)
        self.stop.clicked.connect(self.cancel)
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        box.addWidget(told)
        box.addLayout(rows)
        box.addWidget(self.bar)
        box.addWidget(self.result_text)
        box.addWidget(self.buttons)
        self.resize(480, self.sizeHint().height())
        self._enable()

    @guarded
    def run(self) -> None:
        """Begins the runs."""
        if self._running:
            return
        plan, seed, runs, cluster = self.desk.plan, self.seed.value(), self.runs.value(), self.cluster.text().strip()
        self._running, self._cancelled = True, False
        self.bar.setRange(0, 1000)
        self.bar.setValue(0)
        self.bar.show()
        self.result_text.hide()
        self._enable()
        step = self._step(self.bar.setValue)

        def work() -> tuple[Scatter, list[tuple[str, int, float, float]]]:
            found = scatter(plan, seed=seed, trials=runs, workers=os.cpu_count() or 1, cluster=cluster, progress=step)
            return found, described(found, plan)

        self._jobs.start(work, self._done, self._failed)

    def _step(self, show: Callable[[int], None]) -> Callable[[float], None]:
        def progress(share: float) -> None:
            if self._cancelled:
                raise _Cancelled
            self._post(lambda: show(round(1000 * share)))

        return progress

    @guarded
    def cancel(self) -> None:
        """Ends the runs that are under way; nothing is drawn."""
        self._cancelled = True

    @guarded
    def _clear(self) -> None:
        self.found.emit(None)
        self.result_text.hide()

    def _done(self, answer: tuple[Scatter, list[tuple[str, int, float, float]]]) -> None:
        found, rows = answer
        self._rest()
        if self._cancelled:
            return
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
        self.found.emit(found)

    def _failed(self, error: BaseException) -> None:
        self._rest()
        if isinstance(error, _Cancelled):
            return
        if isinstance(error, (ShowEditorError, ValueError)):
            self.result_text.setText(str(error))
            self.result_text.show()
        else:
            reporter.report(self, error)

    def _rest(self) -> None:
        self._running = False
        self.bar.hide()
        self._enable()

    def _enable(self) -> None:
        for field in (self.runs, self.seed, self.cluster, self.start, self.clear):
            field.setEnabled(not self._running)
        self.stop.setEnabled(self._running)

    def done(self, result: int) -> None:
        """Ends the runs and the thread with the dialog."""
        self._cancelled = True
        self._post.close()
        self._jobs.close()
        super().done(result)


def described(found: Scatter, plan: Plan) -> list[tuple[str, int, float, float]]:
    """Of each kind: landings, the area (m2) that holds 95 % of them, and the share that comes down at the audience."""
    areas = [Polygon(zone.ring) for zone in plan.venue.zones if zone.kind == "audience"]
    sound = [area for area in areas if area.is_valid]
    rows = []
    for kind in KINDS:
        density = getattr(found, kind)
        parts = density.contour(LEVELS[1])
        held = float(union_all(parts).area) if parts else 0.0
        rows.append((kind, density.landings, held, density.share_in(sound)))
    return rows
