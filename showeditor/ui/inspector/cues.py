"""The inspector's form for one cue or many."""

from msgspec.structs import replace
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from showeditor.model.cue import Address, Cue
from showeditor.model.errors import BadInput
from showeditor.model.music import AtBeat, When
from showeditor.model.times import clock
from showeditor.timeline import edits
from showeditor.timeline.figures import figures_of_cues
from showeditor.timeline.substitute import substitute_effect
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.inspector.fields import ChoiceField, MomentField, NumberField, TextField
from showeditor.ui.inspector.form import Form, set_role
from showeditor.ui.language import word


class CueForm(Form):
    """Effect, moment, place, direction and pin of the selected cues."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._title = self.head("")
        self.effect = self.row(self.tr("Effect"), TextField(self))
        self.effect.textEdited.connect(self._read_later)
        self.effect.edited.connect(self._set_effect)
        self._reading = self.note()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(150)
        self._later.timeout.connect(self._read_typed)
        self.section(self.tr("When"))
        self.when = self.row(self.tr("Moment"), MomentField(self, lambda: self.desk.show.music))
        self.when.setToolTip(self.tr("A time such as 1:02.4, or bar.beat.tick such as 17.3.0"))
        self.when.moved.connect(self._set_when)
        self.holds = self.row(self.tr("Is the"), ChoiceField(self))
        self.holds.offer([("bloom", self.tr("bloom")), ("ignition", self.tr("ignition"))])
        self.holds.chosen.connect(self._set_holds)
        self._bound = QPushButton(self)
        self._bound.clicked.connect(self._rebind)
        self._rows.addRow("", self._bound)
        self._times = self.note()
        self.section(self.tr("Where"))
        self.position = self.row(self.tr("Position"), ChoiceField(self))
        self.position.chosen.connect(self._set_position)
        self.tilt = self.row(self.tr("Tilt"), NumberField(self, -180, 180), "°")
        self.tilt.changed.connect(self._set_tilt)
        self.pan = self.row(self.tr("Pan"), NumberField(self, -360, 360, 5), "°")
        self.pan.changed.connect(self._set_pan)
        self.section(self.tr("Firing pin"))
        self.controller = self.row(self.tr("Controller"), ChoiceField(self))
        self.controller.chosen.connect(self._set_controller)
        line = QHBoxLayout()
        self.module, self.pin = NumberField(self, 0, 9999, 1, 0), NumberField(self, 0, 9999, 1, 0)
        self.module.setAccessibleName(self.tr("Module"))
        self.pin.setAccessibleName(self.tr("Pin"))
        self.module.changed.connect(lambda v: self._set_pin(module=int(v)))
        self.pin.changed.connect(lambda v: self._set_pin(pin=int(v)))
        for field, text in ((self.module, self.tr("Module")), (self.pin, self.tr("Pin"))):
            label = QLabel(text, self)
            label.setProperty("role", "hint")
            label.setBuddy(field)
            line.addWidget(label)
            line.addWidget(field, 1)
        self._rows.addRow(line)
        self.rack = self.row(self.tr("Rack"), TextField(self))
        self.rack.edited.connect(lambda text: self._set_rigging(rack=text))
        self.hazard = self.row(self.tr("Hazard group"), TextField(self))
        self.hazard.edited.connect(lambda text: self._set_rigging(hazard=text))
        self.section(self.tr("Figure"))
        self._figure = self.note()
        buttons = QHBoxLayout()
        self._edit_figure, self._bake = QPushButton(self.tr("Change…"), self), QPushButton(self.tr("Bake"), self)
        self._bake.setToolTip(self.tr("The cues stay, the rule that drew them goes"))
        self._edit_figure.clicked.connect(self._change_figure)
        self._bake.clicked.connect(self._bake_figure)
        buttons.addWidget(self._edit_figure)
        buttons.addWidget(self._bake)
        self._rows.addRow(buttons)
        self.section(self.tr("Remark"))
        self.remark = self.row(self.tr("Note"), TextField(self))
        self.remark.edited.connect(self._set_note)
        self.finish()

    def _cues(self) -> tuple[Cue, ...]:
        return self.desk.session.selected_cues()

    def _ids(self) -> list[str]:
        return [cue.id for cue in self._cues()]

    def load(self) -> None:
        """Shows the selected cues."""
        cues, show = self._cues(), self.desk.show
        if not cues:
            return
        self._title.setText(
            self.tr("{n} cues").format(n=len(cues)) if len(cues) > 1 else self.tr("Cue {id}").format(id=cues[0].id)
        )
        self.effect.give([c.effect for c in cues])
        self._read(cues[0].effect if not self.effect.several else "")
        self.when.give_moments([c.when for c in cues])
        self.holds.give([c.holds for c in cues])
        musical = all(isinstance(c.when, AtBeat) for c in cues)
        self._bound.setText(self.tr("Hold by the clock") if musical else self.tr("Hold on the beat"))
        self._bound.setEnabled(show.music is not None)
        self._say_times(cues)
        self.position.offer([(p.id, p.name or p.id) for p in show.venue.positions])
        self.position.give([c.position for c in cues])
        self.tilt.give_numbers([c.tilt_deg for c in cues])
        self.pan.give_numbers([c.pan_deg for c in cues])
        self.controller.offer([("", self.tr("none")), *((c.id, c.name or c.id) for c in show.controllers)])
        self.controller.give([c.address.controller if c.address else "" for c in cues])
        addressed = [c.address for c in cues if c.address]
        for field, values in ((self.module, [a.module for a in addressed]), (self.pin, [a.pin for a in addressed])):
            field.setEnabled(len(addressed) == len(cues))
            field.give_numbers(values or [0])
        self.rack.give([c.rack for c in cues])
        self.hazard.give([c.hazard for c in cues])
        self.remark.give([c.note for c in cues])
        live = figures_of_cues(show, [c.id for c in cues])
        self._figure.setText(
            self.tr("Drawn by: {names}").format(names=", ".join(f.name or f"{f.shape} {f.id}" for f in live))
            if live
            else self.tr("Plain cues, drawn by no figure")
        )
        self._edit_figure.setVisible(bool(live))
        self._bake.setVisible(bool(live))

    def _say_times(self, cues: tuple[Cue, ...]) -> None:
        firing = self.desk.plan.firing
        if len(cues) != 1 or cues[0].id not in firing.cue:
            self._times.setText("")
            return
        row = firing.cue.index(cues[0].id)
        self._times.setText(
            self.tr("Ignition {a} · bloom {b} · end {c}").format(
                a=clock(int(firing.ignition_us[row]), 3),
                b=clock(int(firing.bloom_us[row]), 3),
                c=clock(int(firing.end_us[row]), 3),
            )
        )

    # -- reading the effect text -----------------------------------------------------------------------------------

    @guarded
    def _read_later(self) -> None:
        self._later.start()

    @guarded
    def _read_typed(self) -> None:
        self._read(self.effect.text())

    def _read(self, text: str) -> None:
        if not text.strip():
            self._reading.setText("")
            return
        from showeditor.effects.reading import read

        try:
            device = read(text)
        except BadInput as error:
            self._reading.setText(str(error))
            set_role(self._reading, "bad")
            self.effect.mark(False)
            return
        self.effect.mark(True)
        lines = [self.tr("Read as: {text}").format(text=device.normalised)]
        if device.unknown:
            lines.append(self.tr("Not understood: {words}").format(words=", ".join(device.unknown)))
        height = max((shot.height_m for shot in device.shots), default=0.0)
        facts = self.tr("{mm} mm · lead {lead} s · lasts {last} s · {h} m").format(
            mm=f"{device.calibre_mm:g}",
            lead=f"{device.prefire_us / 1e6:.2f}",
            last=f"{device.duration_us / 1e6:.2f}",
            h=round(height),
        )
        if len(device.shots) > 1:
            facts += " · " + self.tr("{n} shots").format(n=len(device.shots))
        self._reading.setText("\n".join([*lines, facts]))
        set_role(self._reading, "warn" if device.unknown else "hint")

    # -- edits -----------------------------------------------------------------------------------------------------

    @guarded
    def _set_effect(self, text: str) -> None:
        from showeditor.effects.reading import read

        read(text)
        self.desk.apply(substitute_effect(self.desk.show, self._ids(), text), word("Change the effect"))

    @guarded
    def _set_when(self, when: When) -> None:
        self.desk.apply(edits.set_when(self.desk.show, self._ids(), when), word("Change the moment"))

    @guarded
    def _set_holds(self, holds: str) -> None:
        show = self.desk.show
        self.desk.apply(
            edits.set_holds(show, self._ids(), "ignition" if holds == "ignition" else "bloom"),
            word("Change what is held"),
        )

    @guarded
    def _rebind(self) -> None:
        show, ids = self.desk.show, self._ids()
        musical = all(isinstance(c.when, AtBeat) for c in self._cues())
        self.desk.apply(
            edits.to_times(show, ids) if musical else edits.to_beats(show, ids), word("Change what is held")
        )

    @guarded
    def _set_position(self, position: str) -> None:
        self.desk.apply(edits.set_position(self.desk.show, self._ids(), position), word("Change the position"))

    @guarded
    def _set_tilt(self, deg: float) -> None:
        self.desk.apply(edits.set_angles(self.desk.show, self._ids(), tilt_deg=deg), word("Tilt"))

    @guarded
    def _set_pan(self, deg: float) -> None:
        self.desk.apply(edits.set_angles(self.desk.show, self._ids(), pan_deg=deg), word("Pan"))

    @guarded
    def _set_controller(self, controller: str) -> None:
        cues = self._cues()
        if not controller:
            self.desk.apply(edits.set_address(self.desk.show, self._ids(), None), word("Change the pin"))
            return
        changed = [
            _addressed(
                cue,
                Address(controller, cue.address.module if cue.address else 0, cue.address.pin if cue.address else 1),
            )
            for cue in cues
        ]
        self.desk.apply(edits.put_cues(self.desk.show, changed), word("Change the pin"))

    @guarded
    def _set_pin(self, module: int | None = None, pin: int | None = None) -> None:
        changed = [
            _addressed(
                cue, Address(a.controller, a.module if module is None else module, a.pin if pin is None else pin)
            )
            for cue in self._cues()
            for a in (cue.address,)
            if a is not None
        ]
        self.desk.apply(edits.put_cues(self.desk.show, changed), word("Change the pin"))

    @guarded
    def _change_figure(self) -> None:
        from showeditor.ui.dialogs.figure import ask_figure

        ask_figure(self.desk, self)

    @guarded
    def _bake_figure(self) -> None:
        from showeditor.ui.dialogs.figure import bake_selected

        bake_selected(self.desk)

    @guarded
    def _set_rigging(self, **changes: str) -> None:
        after = edits.change_cues(self.desk.show, self._ids(), **{k: v.strip() for k, v in changes.items()})
        self.desk.apply(after, word("Change rack or hazard group"))

    @guarded
    def _set_note(self, text: str) -> None:
        self.desk.apply(edits.change_cues(self.desk.show, self._ids(), note=text), word("Change the note"))


def _addressed(cue: Cue, address: Address) -> Cue:
    return replace(cue, address=address)
