"""All that there is to say about one finding, below the list of findings."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from showeditor.model.finding import Finding
from showeditor.model.waiver import Waiver
from showeditor.safety.figures_conflict import has_span
from showeditor.ui import theme
from showeditor.ui.language import word
from showeditor.ui.panels.findings_rows import details, sentence


class FindingDetail(QWidget):
    """Sentence, time, ids, numbers, remedy and acceptance of the chosen finding; `slow` asks for its slow motion."""

    slowMotionAsked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.finding: Finding | None = None
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.slow = QPushButton(parent)
        self.slow.clicked.connect(self._ask)
        self.slow.setEnabled(False)
        scroll = QScrollArea(self)
        scroll.setWidget(self.text)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.addWidget(scroll)
        self.hide()
        self.retranslate()

    def sizeHint(self) -> QSize:
        """Some lines; what is longer is scrolled."""
        return QSize(200, 130)

    def retranslate(self) -> None:
        """Sets the words in the current language."""
        self.slow.setText(self.tr("Slow motion"))
        self.slow.setToolTip(self.tr("The moment at an eighth of the speed, from close by; Escape ends it"))

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def tell(self, finding: Finding | None, chinese: bool, waivers: Sequence[Waiver]) -> None:
        """Shows a finding; None hides everything."""
        self.finding = finding
        self.setVisible(finding is not None)
        self.slow.setEnabled(finding is not None and has_span(finding))
        if finding is None:
            return
        said = sentence(finding, chinese)
        rows = details(finding, chinese, waivers)
        # the numbers share a line: height is dear below a list
        numbers = [row for row in rows if row[0] in (word("Measured"), word("Limit"), word("Margin"))]
        if numbers:
            first = rows.index(numbers[0])
            text = " · ".join([numbers[0][1], *(f"{name} {value}" for name, value in numbers[1:])])
            rows = [*rows[:first], (numbers[0][0], text), *(row for row in rows[first:] if row not in numbers)]
        cells = "".join(
            f'<tr><td style="color:{theme.MUTED};padding-right:10px">{escape(name)}</td><td>{escape(text)}</td></tr>'
            for name, text in rows
        )
        self.text.setText(f"<b>{escape(finding.code)}</b>&nbsp; {escape(said)}<table>{cells}</table>")
        self.text.setAccessibleName("\n".join([said, *(f"{name}: {text}" for name, text in rows)]))

    def _ask(self) -> None:
        if self.finding is not None:
            self.slowMotionAsked.emit(self.finding)
