"""The import dialog: files of other programs, how to understand them, what comes of it, and what does not fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from showeditor.export.foreign import Opened, open_foreign
from showeditor.export.switches import Adjustable, Preview, Switches, Tabular
from showeditor.model.errors import ShowEditorError
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan
from showeditor.model.show import Show
from showeditor.planning.controllers import controller_models
from showeditor.timeline.importing import Wish, bring_in
from showeditor.ui import theme
from showeditor.ui.desk import Desk
from showeditor.ui.dialogs.import_preview import ImportPreview
from showeditor.ui.edge import guarded, reporter
from showeditor.ui.jobs import Post

_COLOURS = {"block": theme.BLOCK, "warn": theme.WARN, "note": theme.MUTED}


@dataclass(frozen=True, slots=True)
class Tried:
    """What an import would give: the show, the report, the plans read and the sheet of the first table."""

    show: Show
    findings: tuple[Finding, ...]
    plans: tuple[Plan, ...]
    sheet: Preview | None
    table: Tabular | None
    takes: frozenset[str]


def try_import(show: Show, paths: Sequence[Path], switches: Switches, wish: Wish) -> Tried:
    """The outcome of an import, nothing kept; raises BadFile or BadInput. Runs in the background."""
    findings: list[Finding] = []
    plans: list[Plan] = []
    sheet: Preview | None = None
    table: Tabular | None = None
    takes: frozenset[str] = frozenset()
    for path in paths:
        opened: Opened = open_foreign(path, sheets="table")
        form = opened.form
        if isinstance(form, Adjustable):
            takes |= form.takes
            form = form.adjusted(switches)
        if isinstance(form, Tabular) and sheet is None:
            sheet, table = form.preview(opened.files, opened.name), form
        plan = replace(opened, form=form).read()
        show, found = bring_in(show, plan, path.name, opened.digest, wish)
        findings += found
        plans.append(plan)
    return Tried(show, tuple(findings), tuple(plans), sheet, table, takes)


def sheet_of(paths: Sequence[Path]) -> tuple[Preview, Tabular] | None:
    """The top of the first table among the files, for a mapping where reading failed; None where there is none."""
    for path in paths:
        opened = open_foreign(path, sheets="table")
        if isinstance(opened.form, Tabular):
            return opened.form.preview(opened.files, opened.name), opened.form
    return None


class ImportFilesDialog(QDialog):
    """Chooses how files are understood and takes them over as one edit."""

    def __init__(self, desk: Desk, paths: Sequence[Path], chinese: bool, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.desk, self.paths, self._chinese = desk, tuple(paths), chinese
        self.tried: Tried | None = None
        self._columns: tuple[tuple[str, str], ...] = ()
        self._round = 0
        self._post = Post(self)
        self.setWindowTitle(self.tr("Import files"))
        self.setAccessibleName(self.tr("Import files"))
        self.resize(980, 720)
        names = QLabel(", ".join(path.name for path in paths), self)
        names.setWordWrap(True)
        self.angles = self._choice(
            self.tr("Angles"), {"up-0": self.tr("0 is upwards"), "left-0": self.tr("0 is to the left, 90 upwards")}
        )
        units = {"s": self.tr("seconds"), "ms": self.tr("milliseconds")}
        self.prefire = self._choice(self.tr("Prefire"), units)
        self.duration = self._choice(self.tr("Durations"), units)
        self.chains = self._choice(
            self.tr("Chains"), {"merge": self.tr("rows are one ignition"), "apart": self.tr("a row is a shell")}
        )
        self.action = self._choice(
            self.tr("Times in .fin"), {"ignition": self.tr("are ignitions"), "effect": self.tr("are effects")}
        )
        self.model = self._choice(
            self.tr("Controller"),
            {"": self.tr("as the file says"), **{k: f"{s.title} ({k})" for k, s in controller_models().items()}},
        )
        self.later = self._number(self.tr("Begins later by"), 0.0, 86_400.0, " s", 3)
        self.east = self._number(self.tr("Flights east by"), -10_000.0, 10_000.0, " m", 2)
        self.north = self._number(self.tr("Flights north by"), -10_000.0, 10_000.0, " m", 2)
        self.up = self._number(self.tr("Flights up by"), -1_000.0, 1_000.0, " m", 2)
        self.turn = self._number(self.tr("Flights turned by"), -360.0, 360.0, " °", 2)
        left, right = QFormLayout(), QFormLayout()
        for choice in (self.angles, self.prefire, self.duration, self.chains, self.action, self.model):
            left.addRow(choice.accessibleName(), choice)
        for number in (self.later, self.east, self.north, self.up, self.turn):
            right.addRow(number.accessibleName(), number)
        switches = QHBoxLayout()
        switches.addLayout(left)
        switches.addSpacing(24)
        switches.addLayout(right)
        switches.addStretch(1)
        self.preview = ImportPreview(chinese, self)
        self.preview.mapped.connect(self._map)
        self.report = QTextBrowser(self)
        self.report.setAccessibleName(self.tr("Report"))
        self.buttons = QDialogButtonBox(self)
        self.go = self.buttons.addButton(self.tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.stop = self.buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.take)
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        box.addWidget(names)
        box.addLayout(switches)
        box.addWidget(self.preview, 3)
        box.addWidget(QLabel(self.tr("What could not be carried over, and what to look at"), self))
        box.addWidget(self.report, 2)
        box.addWidget(self.buttons)
        self._try()

    def _choice(self, name: str, choices: dict[str, str]) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        for key, title in choices.items():
            box.addItem(title, key)
        box.currentIndexChanged.connect(self._try)
        return box

    def _number(self, name: str, low: float, high: float, suffix: str, decimals: int) -> QDoubleSpinBox:
        box = QDoubleSpinBox(self)
        box.setAccessibleName(name)
        box.setRange(low, high)
        box.setDecimals(decimals)
        box.setSuffix(suffix)
        box.setKeyboardTracking(False)
        box.valueChanged.connect(self._try)
        return box

    def switches(self) -> Switches:
        """The switches as they stand."""
        return Switches(
            angles=self.angles.currentData(),
            prefire=self.prefire.currentData(),
            duration=self.duration.currentData(),
            chains=self.chains.currentData(),
            action_time=self.action.currentData(),
            columns=self._columns,
        )

    def wish(self) -> Wish:
        """Where and when the files go."""
        return Wish(
            offset_us=round(self.later.value() * 1e6),
            at_m=(self.east.value(), self.north.value(), self.up.value()),
            heading_deg=self.turn.value(),
            model=self.model.currentData(),
        )

    @guarded
    def _map(self, columns: list[tuple[str, str]]) -> None:
        self._columns = tuple(columns)
        self._try()

    @guarded
    def _try(self) -> None:
        """Reads the files anew in the background; only the newest answer counts."""
        if not hasattr(self, "go"):
            return  # switches are still being made
        self._round += 1
        number, show, paths, switches, wish = self._round, self.desk.show, self.paths, self.switches(), self.wish()
        self.tried = None
        self.go.setEnabled(False)

        def work() -> Tried | ShowEditorError:
            try:
                return try_import(show, paths, switches, wish)
            except ShowEditorError as error:
                return error

        def done(outcome: Tried | ShowEditorError) -> None:
            self._post(lambda: self._show(number, outcome))

        self.desk.jobs.start(work, done, lambda error: self._post(lambda: reporter.report(self, error)))

    @guarded
    def _show(self, number: int, outcome: Tried | ShowEditorError) -> None:
        if number != self._round:
            return
        if isinstance(outcome, ShowEditorError):
            self.report.setHtml(f"<p style='color:{theme.BLOCK}'>{escape(str(outcome))}</p>")
            try:
                found = sheet_of(self.paths)
            except ShowEditorError:
                found = None
            if found is not None:
                self.preview.show_sheet(*found)
            return
        self.tried = outcome
        self.go.setEnabled(True)
        for box, name in (
            (self.angles, "angles"),
            (self.prefire, "prefire"),
            (self.duration, "duration"),
            (self.chains, "chains"),
            (self.action, "action_time"),
        ):
            box.setEnabled(name in outcome.takes)
        flies = any(len(plan.drones) for plan in outcome.plans)
        for number_box in (self.east, self.north, self.up, self.turn):
            number_box.setEnabled(flies)
        if outcome.sheet is not None and outcome.table is not None:
            self.preview.show_sheet(outcome.sheet, outcome.table)
        else:
            self.preview.show_plans(outcome.plans)
        self.report.setHtml(self._words(outcome))

    def _words(self, tried: Tried) -> str:
        cues = sum(len(plan.firing) for plan in tried.plans)
        drones = sum(len(plan.drones) for plan in tried.plans)
        head = self.tr("{cues} ignitions and {drones} drones come over.").format(cues=cues, drones=drones)
        rows = "".join(
            f"<tr><td style='color:{_COLOURS[f.severity]}; padding-right:10px'>{escape(f.code)}</td>"
            f"<td>{escape((f.message_zh if self._chinese else '') or f.message)}</td></tr>"
            for f in tried.findings
        )
        return f"<p><b>{escape(head)}</b></p><table>{rows}</table>"

    @guarded
    def take(self) -> None:
        """Enters the import into the show as one edit."""
        if self.tried is None:
            return
        names = ", ".join(path.name for path in self.paths[:3])
        self.desk.session.apply(self.tried.show, self.tr("Import {names}").format(names=names))
        self._post.close()
        self.accept()

    def reject(self) -> None:
        """Leaves the show as it was."""
        self._post.close()
        super().reject()
