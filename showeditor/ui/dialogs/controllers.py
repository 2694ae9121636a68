"""The dialog for what the crew states: controllers, their modules, sound and figures, and the licences of the show."""

from hashlib import sha256

from msgspec.structs import replace
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from showeditor.model.control import Figures, Licence, Module, Sound, Start
from showeditor.model.cue import Controller
from showeditor.model.errors import BadInput
from showeditor.model.show import Show
from showeditor.model.times import clock, us_of_text
from showeditor.planning.controllers import spec_of
from showeditor.timeline import parts
from showeditor.ui.desk import Desk
from showeditor.ui.dialogs.entries import EntryTable
from showeditor.ui.edge import guarded
from showeditor.ui.inspector.form import set_role
from showeditor.ui.language import word

_STARTS: tuple[Start, ...] = ("", "button", "timecode")
_SCALES = {"module_gap_us": 1000, "refire_gap_us": 1000, "idle_off_us": 1_000_000}
"""Microseconds in the unit that people type."""


class ControllerForm(QWidget):
    """One controller; `stated` is what the fields say."""

    def __init__(self, desk: Desk, one: Controller, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.one = one
        self.sound = one.sound
        self.name = QLineEdit(one.name, self)
        self.follows = QComboBox(self)
        for start, text in zip(
            _STARTS, (self.tr("not stated"), self.tr("started by hand"), self.tr("follows the timecode")), strict=True
        ):
            self.follows.addItem(text, start)
        self.follows.setCurrentIndex(_STARTS.index(one.follows))
        self.cable = QDoubleSpinBox(self)
        self.cable.setRange(0.0, 1000.0)
        self.cable.setDecimals(1)
        self.cable.setSuffix(" m")
        self.cable.setSpecialValueText(self.tr("not stated"))
        self.cable.setValue(one.cable_m or 0.0)
        self.spare = QSpinBox(self)
        self.spare.setRange(0, 1000)
        self.spare.setValue(one.spare_pins)
        self.one_calibre = QCheckBox(self.tr("A module fires one calibre only"), self)
        self.one_calibre.setChecked(one.one_calibre)
        self._heard = QLabel(self)
        take, drop = QPushButton(self.tr("Take the show's sound"), self), QPushButton(self.tr("None"), self)
        take.clicked.connect(self.take_sound)
        drop.clicked.connect(self.drop_sound)
        line = QHBoxLayout()
        line.addWidget(self._heard, 1)
        line.addWidget(take)
        line.addWidget(drop)
        rows = QFormLayout()
        fields: list[tuple[str, QWidget]] = [
            (self.tr("Name"), self.name),
            (self.tr("Start"), self.follows),
            (self.tr("Cables reach"), self.cable),
            (self.tr("Pins kept free per module"), self.spare),
            ("", self.one_calibre),
        ]
        for text, field in fields:
            rows.addRow(text, field)
            field.setAccessibleName(text or self.one_calibre.text())
        rows.addRow(self.tr("Sound it plays"), line)
        self.modules = EntryTable(
            [self.tr("Module"), self.tr("Stands at"), self.tr("On from"), self.tr("Off from")],
            self.tr("Modules"),
            self,
        )
        self.modules.give([[str(m.number), m.position, _time(m.on_us), _time(m.off_us)] for m in one.modules])
        self.figures = self._figure_fields(rows)
        box = QVBoxLayout(self)
        box.addLayout(rows)
        box.addWidget(self.modules)
        self._say_sound()

    def _figure_fields(self, rows: QFormLayout) -> dict[str, QLineEdit]:
        """Fields for figures; what the data knows already stands in them in grey."""
        known = spec_of(replace(self.one, figures=None))
        names = {
            "igniters_per_pin": self.tr("Igniters in series on a pin"),
            "module_gap_us": self.tr("Least gap on a module (ms)"),
            "refire_gap_us": self.tr("Least gap on a pin that fires again (ms)"),
            "most_cues": self.tr("Cues in a script"),
            "most_cues_per_module": self.tr("Cues on a module"),
            "hazard_groups": self.tr("Hazard groups it can disable"),
            "idle_off_us": self.tr("A module switches itself off after (s)"),
            "module_lo": self.tr("First module"),
            "module_hi": self.tr("Last module"),
            "pin_lo": self.tr("First pin"),
            "pin_hi": self.tr("Last pin"),
        }
        out: dict[str, QLineEdit] = {}
        for name, text in names.items():
            value = getattr(self.one.figures, name) if self.one.figures is not None else None
            field = QLineEdit(_figure(name, value), self)
            open_range = name in ("module_lo", "module_hi", "pin_lo", "pin_hi") and known and not known.ranges_known
            stated = None if known is None or open_range else getattr(known, name)
            field.setPlaceholderText(_figure(name, stated) or self.tr("not known"))
            field.setAccessibleName(text)
            rows.addRow(text, field)
            out[name] = field
        self.source = QLineEdit(self.one.figures.source if self.one.figures is not None else "", self)
        self.source.setAccessibleName(self.tr("Where these figures stand"))
        rows.addRow(self.tr("Where these figures stand"), self.source)
        return out

    @guarded
    def take_sound(self) -> None:
        """The show's music, as it lies beside the show now, is what the controller plays."""
        music, path = self.desk.show.music, self.desk.state.path
        if music is None or music.file is None:
            raise BadInput(self.tr("The show has no sound"))
        if path is None:
            raise BadInput(self.tr("Save the show first"))
        try:
            data = (path.parent / music.file).read_bytes()
        except OSError as error:
            raise BadInput(f"{music.file}: {error.strerror}") from error
        self.sound = Sound(music.file, music.start_us, sha256(data).hexdigest())
        self._say_sound()

    @guarded
    def drop_sound(self) -> None:
        """The controller plays nothing."""
        self.sound = None
        self._say_sound()

    def _say_sound(self) -> None:
        heard = self.sound
        self._heard.setText(f"{heard.file} @ {clock(heard.start_us, 3)}" if heard is not None else self.tr("none"))

    def stated(self) -> Controller:
        """The controller as the fields say; raises BadInput naming what cannot be read."""
        figures = {name: _number(name, field.text()) for name, field in self.figures.items() if field.text().strip()}
        source = self.source.text().strip()
        if figures and not source:
            raise BadInput(self.tr("{c}: say where its figures stand").format(c=self.one.id))
        try:
            modules = tuple(
                Module(int(number), at.strip(), _moment(on), _moment(off))
                for number, at, on, off in self.modules.rows()
            )
            return replace(
                self.one,
                name=self.name.text().strip(),
                follows=_STARTS[self.follows.currentIndex()],
                modules=modules,
                cable_m=self.cable.value() or None,
                spare_pins=self.spare.value(),
                one_calibre=self.one_calibre.isChecked(),
                sound=self.sound,
                figures=Figures(source, **figures) if figures else None,
            )
        except ValueError as error:
            raise BadInput(f"{self.one.id}: {error}") from error


class ControllersDialog(QDialog):
    """A page for each controller and one for licences; OK is one step that can be undone."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(self.tr("Controllers and licences"))
        self.setAccessibleName(self.tr("Controllers and licences"))
        self.pages = QTabWidget(self)
        self.forms: list[ControllerForm] = []
        for one in desk.show.controllers:
            form = ControllerForm(desk, one, self)
            page = QScrollArea(self)
            page.setWidgetResizable(True)
            page.setWidget(form)
            self.pages.addTab(page, one.name or one.id)
            self.forms.append(form)
        self.licences = EntryTable(
            [self.tr("Licence"), self.tr("Holder"), self.tr("Number"), self.tr("Valid until (YYYY-MM-DD)")],
            self.tr("Licences the show needs"),
            self,
        )
        self.licences.give([[one.kind, one.holder, one.number, one.until] for one in desk.show.licences])
        self.pages.addTab(self.licences, self.tr("Licences"))
        self.wrong = QLabel(self)
        self.wrong.setWordWrap(True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.buttons.setAccessibleName(self.tr("Answer"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.addWidget(self.pages, 1)
        box.addWidget(self.wrong)
        box.addWidget(self.buttons)
        self.resize(640, 720)

    def stated(self) -> Show:
        """The show as the pages say; raises BadInput."""
        show = self.desk.show
        controllers = tuple(form.stated() for form in self.forms)
        try:
            licences = tuple(
                Licence(f"licence{k:02d}", kind, holder.strip(), number.strip(), until.strip())
                for k, (kind, holder, number, until) in enumerate(self.licences.rows(), 1)
            )
        except ValueError as error:
            raise BadInput(str(error)) from error
        fresh = next((c.sound.sha256 for c in controllers if c.sound is not None and c.sound.sha256), "")
        if show.music is not None and fresh and any(form.sound is not form.one.sound for form in self.forms):
            show = parts.change_show(show, music=replace(show.music, sha256=fresh))
        return parts.change_show(show, controllers=controllers, licences=licences)

    @guarded
    def accept(self) -> None:
        """Applies what the pages say, or says what is wrong."""
        try:
            after = self.stated()
        except BadInput as error:
            self.wrong.setText(str(error))
            set_role(self.wrong, "bad")
            return
        if after is not self.desk.show:
            self.desk.apply(after, word("Change controllers and licences"))
        super().accept()


def _time(t_us: int | None) -> str:
    return "" if t_us is None else clock(t_us, 3)


def _moment(text: str) -> int | None:
    return us_of_text(text) if text.strip() else None


def _figure(name: str, value: int | None) -> str:
    return "" if value is None else f"{value / _SCALES.get(name, 1):g}"


def _number(name: str, text: str) -> int:
    try:
        return round(float(text) * _SCALES.get(name, 1))
    except ValueError:
        raise BadInput(f"{text!r} is no number") from None
