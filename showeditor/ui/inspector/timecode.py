"""The inspector's rows for the show's timecode."""

import msgspec
from PySide6.QtCore import QObject

from showeditor.model.errors import BadInput
from showeditor.model.timecode import RATES
from showeditor.model.times import US
from showeditor.ui.edge import guarded
from showeditor.ui.inspector.fields import ChoiceField, NumberField, TextField
from showeditor.ui.inspector.form import Form
from showeditor.ui.language import word


class TimecodeRows(QObject):
    """Rate, label at show zero and pre-roll; how many stage cues and captions there are."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self.desk = form.desk
        form.section(self.tr("Timecode"))
        self.rate = form.row(self.tr("Frames a second"), ChoiceField(form))
        self.rate.chosen.connect(lambda name: self._change(rate=name))
        self.zero = form.row(self.tr("Label at show zero"), TextField(form))
        self.zero.edited.connect(lambda text: self._change(zero=text.strip()))
        self.pre_roll = form.row(self.tr("Pre-roll"), NumberField(form, 0, 600, 1, 3), "s")
        self.pre_roll.changed.connect(lambda v: self._change(pre_roll_us=round(v * US)))
        self.told = form.note()

    def load(self) -> None:
        """Shows the timecode of the show."""
        show = self.desk.show
        timecode = show.timecode
        self.rate.offer([(name, name.replace("df", " DF")) for name in RATES])
        self.rate.give([timecode.rate])
        self.zero.give([timecode.zero])
        self.pre_roll.give_numbers([timecode.pre_roll_us / US])
        cues = sum(len(track.cues) for track in show.stage)
        text = self.tr("{cues} stage cues, {captions} captions (Show > Timecode and stage)")
        self.told.setText(text.format(cues=cues, captions=len(show.captions)))

    @guarded
    def _change(self, **changes: object) -> None:
        show = self.desk.show
        if all(getattr(show.timecode, name) == value for name, value in changes.items()):
            return
        fields = {name: getattr(show.timecode, name) for name in show.timecode.__struct_fields__}
        try:
            timecode = type(show.timecode)(**{**fields, **changes})
        except ValueError as error:
            self.load()
            raise BadInput(str(error)) from None
        self.desk.apply(msgspec.structs.replace(show, timecode=timecode), word("Timecode"))
