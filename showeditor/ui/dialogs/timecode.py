"""The dialog for the show's timecode, its stage cues, and its narration and subtitles."""

import msgspec
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from showeditor.model.errors import BadInput
from showeditor.model.music import AtBeat, When, moment_us
from showeditor.model.show import Show
from showeditor.model.timecode import RATES, RateName, Timecode
from showeditor.model.times import US, clock
from showeditor.timeline.stage_rows import captions_of_rows, rows_of_captions, rows_of_stage, stage_of_rows
from showeditor.ui.desk import Desk
from showeditor.ui.dialogs.entries import EntryTable
from showeditor.ui.edge import guarded
from showeditor.ui.inspector.fields import read_moment
from showeditor.ui.inspector.form import set_role
from showeditor.ui.language import word
from showeditor.ui.timeline.axis import musical


class TimecodeDialog(QDialog):
    """Three pages; OK applies them as one step, and says what is wrong instead where something is."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.after: Show | None = None
        self.setWindowTitle(self.tr("Timecode and stage"))
        self.setAccessibleName(self.tr("Timecode and stage"))
        pages = QTabWidget(self)
        pages.setAccessibleName(self.tr("Pages"))
        pages.addTab(self._timecode_page(), self.tr("Timecode"))
        pages.addTab(self._stage_page(), self.tr("Stage cues"))
        pages.addTab(self._caption_page(), self.tr("Narration and subtitles"))
        self.complaint = QLabel(self)
        self.complaint.setWordWrap(True)
        self.complaint.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self)
        buttons.setAccessibleName(self.tr("Answer"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.addWidget(pages, 1)
        box.addWidget(self.complaint)
        box.addWidget(buttons)
        self.resize(860, 520)
        self._say()

    def _timecode_page(self) -> QWidget:
        page = QWidget(self)
        timecode = self.desk.show.timecode
        self.rate = QComboBox(page)
        titles: dict[RateName, str] = {
            "24": self.tr("24 frames a second (film)"),
            "25": self.tr("25 frames a second (EBU)"),
            "29.97df": self.tr("29.97 frames a second, drop frame"),
            "29.97": self.tr("29.97 frames a second, non-drop"),
            "30": self.tr("30 frames a second"),
        }
        for name in RATES:
            self.rate.addItem(titles[name], name)
        self.rate.setCurrentIndex(self.rate.findData(timecode.rate))
        self.zero = QLineEdit(timecode.zero, page)
        self.pre_roll = QDoubleSpinBox(page)
        self.pre_roll.setRange(0.0, 600.0)
        self.pre_roll.setDecimals(3)
        self.pre_roll.setSuffix(" s")
        self.pre_roll.setValue(timecode.pre_roll_us / US)
        self.date = QLineEdit(timecode.date, page)
        self.date.setPlaceholderText(self.desk.show.date or "2026-09-30")
        self.zone = QSpinBox(page)
        self.zone.setRange(-12, 13)
        self.zone.setPrefix("UTC ")
        self.zone.setValue(timecode.zone_h)
        self.told = QLabel(page)
        self.told.setWordWrap(True)
        self.told.setProperty("role", "hint")
        rows = QFormLayout(page)
        fields: list[tuple[str, QWidget]] = [
            (self.tr("Frames"), self.rate),
            (self.tr("Label at show zero"), self.zero),
            (self.tr("Pre-roll"), self.pre_roll),
            (self.tr("Date in the user bits (empty: none)"), self.date),
            (self.tr("Time zone of the date"), self.zone),
        ]
        for text, field in fields:
            rows.addRow(text, field)
            field.setAccessibleName(text)
        rows.addRow(self.told)
        self.rate.currentIndexChanged.connect(self._say)
        self.zero.textChanged.connect(self._say)
        self.pre_roll.valueChanged.connect(self._say)
        self.date.textChanged.connect(self._say)
        return page

    def _stage_page(self) -> QWidget:
        heads = [
            self.tr("Id"),
            self.tr("Moment"),
            self.tr("Department"),
            self.tr("Cue"),
            self.tr("Message"),
            self.tr("Note"),
        ]
        self.stage = EntryTable(heads, self.tr("Stage cues"), self)
        self.stage.give(rows_of_stage(self.desk.show, self._shown))
        hint = self.tr(
            "Moments are times (1:02.4) or bar.beat.tick. Messages: osc /eos/cue/1/fire 1 0.5 · "
            "msc lighting go 12.5 1 @3 · dmx 1/10 255 0 128 in 2. Without a message the cue is called."
        )
        return self._page(self.stage, hint, (70, 90, 110, 160, 250))

    def _caption_page(self) -> QWidget:
        heads = [
            self.tr("Id"),
            self.tr("Moment"),
            self.tr("Seconds"),
            self.tr("Chinese"),
            self.tr("English"),
            self.tr("Speaker"),
        ]
        self.captions = EntryTable(heads, self.tr("Narration and subtitles"), self)
        self.captions.give(rows_of_captions(self.desk.show, self._shown))
        hint = self.tr("A new line within a caption is written as a slash between spaces ( / ).")
        return self._page(self.captions, hint, (70, 90, 70, 230, 230))

    def _page(self, table: EntryTable, hint: str, widths: tuple[int, ...]) -> QWidget:
        page = QWidget(self)
        for column, width in enumerate(widths):
            table.table.setColumnWidth(column, width)
        label = QLabel(hint, page)
        label.setWordWrap(True)
        label.setProperty("role", "hint")
        box = QVBoxLayout(page)
        box.addWidget(table, 1)
        box.addWidget(label)
        return page

    def _shown(self, when: When) -> str:
        music = self.desk.show.music
        if isinstance(when, AtBeat) and music is not None and when.tick >= 0:
            return musical(moment_us(when, music), music)
        return clock(moment_us(when, music), 3)

    def _read(self, text: str) -> When:
        return read_moment(text, self.desk.show.music)

    def timecode(self) -> Timecode:
        """The settings as they stand on the first page; raises BadInput with what is wrong."""
        rate: RateName = self.rate.currentData()
        zone = self.zone.value()
        pre_roll_us = round(self.pre_roll.value() * US)
        try:
            return Timecode(rate, self.zero.text().strip(), pre_roll_us, self.date.text().strip(), zone)
        except ValueError as error:
            raise BadInput(str(error)) from None

    @guarded
    def _say(self) -> None:
        try:
            timecode = self.timecode()
        except BadInput as error:
            self.told.setText(str(error))
            set_role(self.told, "bad")
            return
        first = timecode.clock.text_of(timecode.zero_frame - timecode.pre_roll_frames)
        text = self.tr("The code runs from {first}; show zero is {zero}, the show's end {end}.")
        end = timecode.label_at(self.desk.show.duration_us)
        self.told.setText(text.format(first=first, zero=timecode.label_at(0), end=end))
        set_role(self.told, "hint")

    @guarded
    def accept(self) -> None:
        """Applies all pages, or says what is wrong and stays."""
        show = self.desk.show
        try:
            stage = stage_of_rows(show, self.stage.rows(), self._shown, self._read)
            captions = captions_of_rows(show, self.captions.rows(), self._shown, self._read)
            timecode = self.timecode()
        except BadInput as error:
            self.complaint.setText(str(error))
            self.complaint.show()
            set_role(self.complaint, "bad")
            return
        # what did not change stays the same object, so that nothing is planned anew for it
        parts = {"timecode": timecode, "stage": stage, "captions": captions}
        changed = {name: value for name, value in parts.items() if value != getattr(show, name)}
        self.after = msgspec.structs.replace(show, **changed) if changed else show
        super().accept()


def ask_timecode(desk: Desk, parent: QWidget) -> None:
    """Asks for timecode, stage cues and captions, and applies them as one step."""
    dialog = TimecodeDialog(desk, parent)
    if dialog.exec() == QDialog.DialogCode.Accepted and dialog.after is not None and dialog.after is not desk.show:
        desk.apply(dialog.after, word("Timecode and stage"))
    dialog.deleteLater()
