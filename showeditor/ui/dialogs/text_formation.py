"""The dialog that writes a text as a formation, with its points and the number of drones they need."""

from typing import Literal

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from showeditor.formations.budget import Afforded
from showeditor.formations.drawing import Drawing
from showeditor.formations.text import draw_text
from showeditor.model.errors import ShowEditorError
from showeditor.model.swarm import TextSource
from showeditor.timeline import scenes
from showeditor.ui.desk import Desk
from showeditor.ui.dialogs.formation_facts import ROOM, FormationFacts
from showeditor.ui.edge import guarded, reporter
from showeditor.ui.language import word

Style = Literal["centreline", "outline", "fill"]
STYLES: tuple[Style, ...] = ("centreline", "outline", "fill")


class PointsPreview(QWidget):
    """The points of a drawing as the audience sees them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._drawing: Drawing | None = None
        self.setMinimumSize(420, 300)

    def sizeHint(self) -> QSize:
        """Room to read a few characters."""
        return QSize(560, 360)

    def give(self, drawing: Drawing | None) -> None:
        """Shows a drawing."""
        self._drawing = drawing
        self.update()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Glowing dots on a night sky."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor("#0a0d14"))
        if self._drawing is not None and len(self._drawing):
            metres = self._drawing.points.metres
            low, high = metres.min(axis=0), metres.max(axis=0)
            room = QRectF(self.rect()).adjusted(28, 24, -28, -24)
            scale = min(room.width() / max(high[0] - low[0], 1), room.height() / max(high[2] - low[2], 1))
            middle = (low + high) / 2
            xs = room.center().x() + (metres[:, 0] - middle[0]) * scale
            ys = room.center().y() - (metres[:, 2] - middle[2]) * scale
            radius = float(np.clip(self._drawing.spacing_m * scale * 0.2, 1.6, 5.0))
            painter.setPen(Qt.PenStyle.NoPen)
            for size, alpha in ((2.4, 40), (1.0, 255)):
                for i, (x, y) in enumerate(zip(xs.tolist(), ys.tolist(), strict=True)):
                    rgb = self._drawing.colours[i] if self._drawing.colours else (255, 205, 120)
                    painter.setBrush(QColor(*rgb, alpha))
                    painter.drawEllipse(QPointF(x, y), radius * size, radius * size)
        painter.end()


class TextFormationDialog(QDialog):
    """Asks for a text and how it is written; `drawing` and `source` hold the answer."""

    def __init__(self, desk: Desk, start: TextSource | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.drawing: Drawing | None = None
        self._asked = 0
        self._eager = False
        begin = start or TextSource("", height_m=60.0, spacing_m=max(3.0, round(ROOM * desk.plan.limits.min_gap_m, 1)))
        self.setWindowTitle(self.tr("Text formation"))
        self.setAccessibleName(self.tr("Text formation"))
        self.text = QLineEdit(begin.text, self)
        self.text.setPlaceholderText(self.tr("for example 火"))
        self.style_box = QComboBox(self)
        for style, title in zip(STYLES, (self.tr("Centre line"), self.tr("Outline"), self.tr("Filled")), strict=True):
            self.style_box.addItem(title, style)
        self.style_box.setCurrentIndex(STYLES.index(begin.style))
        self.height_box, self.spacing_box = QDoubleSpinBox(self), QDoubleSpinBox(self)
        for box, low, high, value in (
            (self.height_box, 2.0, 500.0, begin.height_m),
            (self.spacing_box, 0.5, 50.0, begin.spacing_m),
        ):
            box.setRange(low, high)
            box.setDecimals(1)
            box.setSuffix(" m")
            box.setValue(value)
        self._preview = PointsPreview(self)
        self._preview.setAccessibleName(self.tr("Preview of the points"))
        self._facts = FormationFacts(desk, self)
        self._count = self._facts.count
        rows = QFormLayout()
        for label, field in (
            (self.tr("Text"), self.text),
            (self.tr("Drawn as"), self.style_box),
            (self.tr("Height of a line"), self.height_box),
            (self.tr("Least spacing"), self.spacing_box),
        ):
            rows.addRow(label, field)
            field.setAccessibleName(label)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._buttons.setAccessibleName(self.tr("Answer"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._preview, 1)
        layout.addLayout(rows)
        layout.addWidget(self._facts)
        layout.addWidget(self._buttons)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(120)
        self._timer.timeout.connect(self._draw)
        self.text.textChanged.connect(self._ask)
        self.style_box.currentIndexChanged.connect(self._ask)
        self.height_box.valueChanged.connect(self._ask)
        self.spacing_box.valueChanged.connect(self._ask)
        self.text.setFocus()
        self._draw()

    @property
    def source(self) -> TextSource:
        """What was asked for."""
        return TextSource(
            self.text.text().strip(),
            style=STYLES[self.style_box.currentIndex()],
            height_m=self.height_box.value(),
            spacing_m=self.spacing_box.value(),
        )

    @guarded
    def _ask(self) -> None:
        # until the new drawing has come, the old one must not be taken for it
        self.drawing = None
        self._eager = False
        self._allow(bool(self.text.text().strip()))
        self._timer.start()

    def _allow(self, on: bool) -> None:
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(on)

    @guarded
    def _draw(self) -> None:
        source = self.source
        self._asked += 1
        mine = self._asked
        if not source.text:
            self._show(None, self.tr("Type one or a few characters"), "hint")
            return

        def work() -> Drawing:
            return draw_text(source.text, height_m=source.height_m, spacing_m=source.spacing_m, style=source.style)

        def done(drawing: Drawing) -> None:
            if mine == self._asked:
                self._drawn(drawing)

        def failed(error: BaseException) -> None:
            if mine != self._asked:
                return
            if isinstance(error, ShowEditorError):
                self._show(None, str(error), "bad")
            else:
                reporter.report(self, error)

        self.desk.jobs.start(work, done, failed)

    def _drawn(self, drawing: Drawing) -> None:
        self._show(drawing, "", "")

    def _show(self, drawing: Drawing | None, text: str, role: str) -> None:
        self.drawing = drawing
        self._preview.give(drawing)
        if drawing is not None:
            self._facts.tell(Afforded(drawing))
        else:
            self._facts.say(text, role)
        self._allow(drawing is not None)
        eager, self._eager = self._eager, False
        if eager and drawing is not None:
            super().accept()

    def accept(self) -> None:
        """Takes the drawing; while it is still being made, as soon as it is there."""
        if self.drawing is not None:
            super().accept()
        else:
            self._eager = True

    def done(self, result: int) -> None:
        """Answers of drawings that still run are dropped."""
        self._asked += 1
        self._timer.stop()
        super().done(result)


def new_text(desk: Desk, parent: QWidget) -> str | None:
    """Asks for a text and adds it as a formation; its id, or None when the user went back."""
    dialog = TextFormationDialog(desk, None, parent)
    try:
        if dialog.exec() != QDialog.DialogCode.Accepted or dialog.drawing is None:
            return None
        drawing, source = dialog.drawing, dialog.source
    finally:
        dialog.deleteLater()
    after, formation = scenes.add_formation(
        desk.show, source.text, drawing.points, drawing.colours, drawing.path, source
    )
    desk.apply(after, word("Add a formation"), [formation])
    return formation
