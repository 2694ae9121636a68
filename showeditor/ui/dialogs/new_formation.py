"""The dialog that makes a formation: from text, a motif, a drawing, a picture, a mesh or a table of points."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from showeditor.formations.budget import Afforded
from showeditor.formations.motifs import TITLES
from showeditor.formations.request import STYLES, Kind, Request, drawn
from showeditor.model.errors import ShowEditorError
from showeditor.ui.desk import Desk
from showeditor.ui.dialogs.formation_facts import ROOM, FormationFacts
from showeditor.ui.dialogs.formation_files import all_endings, read_request
from showeditor.ui.dialogs.formation_preview import FormationPreview
from showeditor.ui.edge import guarded, reporter
from showeditor.ui.language import speaks_chinese

T = TypeVar("T")

_WAIT_MS = 160


class NewFormationDialog(QDialog):
    """Asks what is drawn and how; `made` and `request` hold the answer."""

    def __init__(self, desk: Desk, start: Request | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.made: Afforded | None = None
        self.read: Request | None = start if start is not None and start.content is not None else None
        self._asked = 0
        self._eager = False
        self.setWindowTitle(self.tr("New formation"))
        self.setAccessibleName(self.tr("New formation"))
        self.kind_box, self.style_box, self.number_box = QComboBox(self), QComboBox(self), QComboBox(self)
        for text, data in ((self.tr("Text"), "text"), (self.tr("Motif"), "motif"), (self.tr("File"), "file")):
            self.kind_box.addItem(text, data)
        self.text, self.motif, self.file = QLineEdit(self), QComboBox(self), QLineEdit(self)
        self.text.setPlaceholderText(self.tr("for example 火"))
        for name, (english, chinese) in TITLES.items():
            self.motif.addItem(chinese if speaks_chinese() else english, name)
        self.mirrored = QCheckBox(self.tr("Mirrored"), self)
        self.file.setReadOnly(True)
        self.file.setPlaceholderText(self.tr("SVG, picture, mesh (OBJ, STL, PLY, GLB) or table of points (CSV)"))
        self._browse = QPushButton(self.tr("Choose…"), self)
        self._browse.clicked.connect(self._ask_file)
        self._sources = QStackedWidget(self)
        for fields in ((self.text,), (self.motif, self.mirrored), (self.file, self._browse)):
            self._sources.addWidget(_line(self, fields))
        self.height_box, self.spacing_box, self.count_box = QDoubleSpinBox(self), QDoubleSpinBox(self), QSpinBox(self)
        tight = max(3.0, round(ROOM * desk.plan.limits.min_gap_m, 1))
        begin = start or Request("text", "", height_m=60.0, spacing_m=tight)
        for box, low, high, value in (
            (self.height_box, 1.0, 500.0, begin.height_m or 60.0),
            (self.spacing_box, 0.3, 50.0, begin.spacing_m),
        ):
            box.setRange(low, high)
            box.setDecimals(1)
            box.setSuffix(" m")
            box.setValue(value)
        for text, data in (
            (self.tr("as many drones as it needs"), "needed"),
            (self.tr("at most this many drones"), "most"),
            (self.tr("exactly this many drones"), "exact"),
            (self.tr("exactly this many, as small as fits"), "small"),
        ):
            self.number_box.addItem(text, data)
        self.count_box.setRange(1, 100_000)
        self.count_box.setValue(begin.count or begin.most or max((f.count for f in desk.show.fleets), default=100))
        self.preview, self.facts = FormationPreview(self), FormationFacts(desk, self)
        self.preview.setAccessibleName(self.tr("Preview of the points"))
        self.preview.setToolTip(self.tr("Drag to turn, double-click for the front"))
        self.insert_box = QCheckBox(self.tr("Insert at the playhead"), self)
        self._rows = QFormLayout()
        for label, field in (
            (self.tr("Draw from"), self.kind_box),
            (self.tr("Source"), self._sources),
            (self.tr("Drawn as"), self.style_box),
            (self.tr("Height"), self.height_box),
            (self.tr("Least spacing"), self.spacing_box),
            (self.tr("Number"), _line(self, (self.number_box, self.count_box))),
        ):
            self._rows.addRow(label, field)
            field.setAccessibleName(label)
        for field, name in (
            (self.text, self.tr("Text")),
            (self.motif, self.tr("Motif")),
            (self.file, self.tr("File")),
            (self.number_box, self.tr("Number")),
            (self.count_box, self.tr("Number of drones")),
        ):
            field.setAccessibleName(name)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._buttons.setAccessibleName(self.tr("Answer"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addLayout(self._rows)
        column.addWidget(self.facts)
        column.addStretch(1)
        column.addWidget(self.insert_box)
        column.addWidget(self._buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(18)
        layout.addWidget(self.preview, 3)
        layout.addLayout(column, 2)
        self.resize(1120, 600)
        order: list[QWidget] = [self.kind_box, self.text, self.motif, self.mirrored, self.file, self._browse]
        order += [self.style_box, self.height_box, self.spacing_box, self.number_box, self.count_box, self.insert_box]
        for one, other in pairwise(order):
            self.setTabOrder(one, other)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._draw)
        self._begin_with(begin)
        self.kind_box.currentIndexChanged.connect(self._on_kind)
        for signal in (
            self.text.textChanged,
            self.motif.currentIndexChanged,
            self.mirrored.toggled,
            self.style_box.currentIndexChanged,
            self.height_box.valueChanged,
            self.spacing_box.valueChanged,
            self.number_box.currentIndexChanged,
            self.count_box.valueChanged,
        ):
            signal.connect(self._ask)
        self._on_number()
        self._draw()

    # -- what is asked for -----------------------------------------------------------------------------------------

    def _begin_with(self, begin: Request) -> None:
        kind = begin.kind if begin.kind in ("text", "motif") else "file"
        self.kind_box.setCurrentIndex(self.kind_box.findData(kind))
        self._sources.setCurrentIndex(self.kind_box.currentIndex())
        if kind == "text":
            self.text.setText(begin.source)
        elif kind == "motif":
            self.motif.setCurrentIndex(max(0, self.motif.findData(begin.source)))
            self.mirrored.setChecked(begin.mirrored)
        else:
            self.file.setText(begin.source)
        number = "exact" if begin.count else "most" if begin.most else "needed"
        self.number_box.setCurrentIndex(self.number_box.findData(number))
        self._fill_styles(begin.style)

    @property
    def _kind(self) -> Kind | None:
        chosen = self.kind_box.currentData()
        if chosen == "text":
            return "text"
        if chosen == "motif":
            return "motif"
        return self.read.kind if self.read is not None else None

    def request(self) -> Request | None:
        """What is asked for as the fields stand; None while there is no source."""
        kind, number = self._kind, str(self.number_box.currentData())
        sized = Request(
            "text",
            self.text.text().strip(),
            style=str(self.style_box.currentData() or ""),
            height_m=None if number == "small" else self.height_box.value(),
            spacing_m=self.spacing_box.value(),
            count=self.count_box.value() if number in ("exact", "small") else None,
            most=self.count_box.value() if number == "most" else None,
        )
        if kind == "text":
            return sized if sized.source else None
        if kind == "motif":
            return replace(
                sized, kind="motif", source=str(self.motif.currentData()), mirrored=self.mirrored.isChecked()
            )
        if self.read is None:
            return None
        return replace(sized, kind=self.read.kind, source=self.read.source, content=self.read.content)

    def _fill_styles(self, style: str = "") -> None:
        words = {
            "centreline": self.tr("Centre line"),
            "outline": self.tr("Outline"),
            "fill": self.tr("Filled"),
            "drawn": self.tr("As it is drawn"),
            "stipple": self.tr("Stippled by tone"),
            "contour": self.tr("Along its contours"),
            "surface": self.tr("Evenly over the surface"),
        }
        kind = self._kind
        self.style_box.blockSignals(True)
        self.style_box.clear()
        for name in STYLES[kind] if kind else ():
            self.style_box.addItem(words[name], name)
        self.style_box.setCurrentIndex(max(0, self.style_box.findData(style)))
        self.style_box.blockSignals(False)
        self.style_box.setEnabled(self.style_box.count() > 1)

    def _on_number(self) -> None:
        number, kind = self.number_box.currentData(), self._kind
        self.count_box.setEnabled(number != "needed" and kind != "points")
        self.number_box.setEnabled(kind != "points")
        self.height_box.setEnabled(number != "small" and kind != "points")
        self.spacing_box.setEnabled(kind != "points")

    @guarded
    def _on_kind(self) -> None:
        self._sources.setCurrentIndex(self.kind_box.currentIndex())
        self._fill_styles()
        if self.kind_box.currentData() == "file" and self.read is None and self.isVisible():
            QTimer.singleShot(0, self, self._ask_file)
        self._ask()

    @guarded
    def _ask_file(self) -> None:
        kinds = " ".join(f"*{ending}" for ending in all_endings())
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Draw from a file"),
            str(QSettings().value("formation_folder", str(QSettings().value("folder", "")))),
            self.tr("Drawings, pictures, meshes, points ({kinds});;All files (*)").format(kinds=kinds),
        )
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Reads a file beside the window and draws it."""
        QSettings().setValue("formation_folder", str(path.parent))
        self.kind_box.blockSignals(True)
        self.kind_box.setCurrentIndex(self.kind_box.findData("file"))
        self.kind_box.blockSignals(False)
        self._sources.setCurrentIndex(self.kind_box.currentIndex())
        self.file.setText(path.name)
        self.read = None
        self._fill_styles()
        self._show(None, self.tr("Reading {name}…").format(name=path.name), "hint")

        def done(request: Request) -> None:
            self.read = request
            self._fill_styles()
            self._ask()

        self._start(lambda: read_request(path), done)

    # -- drawing ---------------------------------------------------------------------------------------------------

    @guarded
    def _ask(self) -> None:
        # until the new drawing has come, the old one must not be taken for it
        self.made = None
        self._eager = False
        self._on_number()
        self._allow(self.request() is not None)
        self._timer.start()

    def _allow(self, on: bool) -> None:
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(on)

    @guarded
    def _draw(self) -> None:
        request = self.request()
        if request is None:
            missing = {"text": self.tr("Type one or a few characters"), "file": self.tr("Choose a file")}
            self._show(None, missing.get(str(self.kind_box.currentData()), ""), "hint")
            return
        self._start(lambda: drawn(request), lambda made: self._show(made, "", ""))

    def _start(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        self._asked += 1
        mine = self._asked

        def done(answer: T) -> None:
            if mine == self._asked:
                then(answer)

        def failed(error: BaseException) -> None:
            if mine != self._asked:
                return
            if isinstance(error, ShowEditorError):
                self._show(None, str(error), "bad")
            else:
                reporter.report(self, error)

        self.desk.jobs.start(work, done, failed)

    def _show(self, made: Afforded | None, text: str, role: str) -> None:
        self.made = made
        self.preview.give(made.drawing if made is not None else None)
        if made is not None:
            self.facts.tell(made)
        else:
            self.facts.say(text, role)
        self._allow(made is not None)
        eager, self._eager = self._eager, False
        if eager and made is not None:
            super().accept()

    def accept(self) -> None:
        """Takes the drawing; while it is still being made, as soon as it is there."""
        if self.made is not None:
            super().accept()
        else:
            self._eager = True

    def done(self, result: int) -> None:
        """Answers of drawings that still run are dropped."""
        self._asked += 1
        self._timer.stop()
        super().done(result)


def _line(parent: QWidget, fields: tuple[QWidget, ...]) -> QWidget:
    """Fields side by side, the first as wide as it may be."""
    widget = QWidget(parent)
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    for k, field in enumerate(fields):
        row.addWidget(field, 0 if k else 1)
    widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return widget
