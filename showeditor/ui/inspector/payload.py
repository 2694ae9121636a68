"""The inspector's triggers of fireworks on drones, and the dialog of what a fleet carries."""

from collections.abc import Sequence
from typing import Any, get_args

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from showeditor.model.errors import BadInput
from showeditor.model.payload import AIMS, CHANNELS, Charge, Handling, Load, Order, Trigger
from showeditor.model.swarm import Fleet
from showeditor.model.times import US
from showeditor.timeline import parts
from showeditor.timeline.births import changed
from showeditor.timeline.ids import fresh_ids
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.inspector.fields import ChoiceField, NumberField, TextField
from showeditor.ui.inspector.stack import Kind, Spec, Stack, numbers_of, text_of_numbers
from showeditor.ui.language import word


class TriggerStack(Stack):
    """When which channel of the carriers in a scene is fired, in which order."""

    def title(self) -> str:
        """What the list is called."""
        return self.tr("Triggers")

    def kinds(self) -> Sequence[Kind]:
        """One kind: a trigger."""
        titles: dict[str, str] = {
            "all": self.tr("all together"),
            "left-right": self.tr("left to right"),
            "right-left": self.tr("right to left"),
            "out-in": self.tr("from outside to the middle"),
            "in-out": self.tr("from the middle outwards"),
            "bottom-top": self.tr("bottom to top"),
            "top-bottom": self.tr("top to bottom"),
            "path": self.tr("along the strokes"),
            "random": self.tr("at random"),
        }
        fields = (
            Spec("at_us", self.tr("After arrival"), "s", -3600, 36_000, "s"),
            Spec("channel", self.tr("Channel"), "i", 1, CHANNELS),
            Spec("order", self.tr("Order"), "choice", options=tuple((o, titles[o]) for o in get_args(Order))),
            Spec("span_us", self.tr("First to last"), "s", 0, 3600, "s"),
            Spec("every", self.tr("Every n-th"), "i", 1, 1000),
            Spec("first", self.tr("Beginning with"), "i", 0, 1000),
            Spec("seed", self.tr("Seed"), "i", 0, 2**31),
            Spec("points", self.tr("Points (empty: all)"), "numbers"),
        )
        return [Kind(Trigger, self.tr("Trigger"), fields, self._fresh)]

    def _fresh(self) -> Trigger:
        (name,) = fresh_ids([part.id for part in self._parts], "t")
        return Trigger(name, 0, 1)

    def describe(self, part: Any) -> str:
        """Moment, channel and order of a trigger."""
        return self.tr("{s:g} s · channel {n} · {order}").format(
            s=part.at_us / US, n=part.channel, order=dict(self._kinds[Trigger].fields[2].options)[part.order]
        )


class ChargeStack(Stack):
    """The fireworks under each drone of a load."""

    most = CHANNELS

    def title(self) -> str:
        """What the list is called."""
        return self.tr("Charges")

    def kinds(self) -> Sequence[Kind]:
        """One kind: a charge."""
        fields = (
            Spec("channel", self.tr("Channel"), "i", 1, CHANNELS),
            Spec("effect", self.tr("Effect"), "text"),
            Spec("mass_kg", self.tr("Mass with holder"), "n", 0.001, 100, "kg", or_none=True),
            Spec("pitch_deg", self.tr("Pitch (-90 down, 90 up)"), "n", -90, 90, "°"),
            Spec("yaw_deg", self.tr("Turned from the nose"), "n", -360, 360, "°"),
        )
        return [Kind(Charge, self.tr("Charge"), fields, self._fresh)]

    def _fresh(self) -> Charge:
        used = {part.channel for part in self._parts}
        free = next((n for n in range(1, CHANNELS + 1) if n not in used), None)
        if free is None:
            raise BadInput(self.tr("All channels are in use"))
        return Charge(free, "20s Gold Fountain")

    def describe(self, part: Any) -> str:
        """Channel and effect of a charge."""
        return self.tr("channel {n} · {effect}").format(n=part.channel, effect=part.effect)

    def extra(self, page: QWidget, rows: QFormLayout, kind: Kind) -> None:
        """The usual mountings."""
        self._aim = ChoiceField(page)
        self._aim.setAccessibleName(self.tr("Fires"))
        names = {"down": self.tr("down"), "out": self.tr("ahead"), "up": self.tr("up")}
        self._aim.offer([(name, names[name]) for name in AIMS])
        self._aim.chosen.connect(lambda name: self._put_field("pitch_deg", AIMS[name]))
        rows.insertRow(3, self.tr("Fires"), self._aim)

    def refresh(self, part: Any) -> None:
        """Shows the mounting, where it is a usual one."""
        self._aim.setCurrentIndex(next((n for n, p in enumerate(AIMS.values()) if p == part.pitch_deg), -1))


class LoadDialog(QDialog):
    """What the drones of a fleet carry, and how the crew states that they fly with it."""

    def __init__(self, desk: Desk, fleet: Fleet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.fleet = desk, fleet
        self.setWindowTitle(self.tr("Fireworks of fleet {name}").format(name=fleet.name or fleet.id))
        self._load = fleet.loads[0] if fleet.loads else Load("load")
        row = self._load.handling[0] if self._load.handling else None
        box = QVBoxLayout(self)
        self.charges = ChargeStack(self)
        self.charges.give(self._load.charges)
        self.charges.changed.connect(self._set_charges)
        box.addWidget(self.charges)
        form = QFormLayout()
        box.addLayout(form)
        self.drones = TextField(self)
        self.drones.give([text_of_numbers(self._load.drones)])
        self.drones.setPlaceholderText(self.tr("all of the fleet"))
        form.addRow(self.tr("Under drones"), self.drones)
        self.flown: dict[str, NumberField] = {}
        titles = {
            "max_speed_xy_mps": self.tr("Speed across (m/s)"),
            "max_speed_up_mps": self.tr("Speed up (m/s)"),
            "max_speed_down_mps": self.tr("Speed down (m/s)"),
            "max_accel_mps2": self.tr("Acceleration (m/s²)"),
            "max_wind_mps": self.tr("Wind (m/s)"),
            "endurance_s": self.tr("Time in the air (s)"),
        }
        for name, title in titles.items():
            field = NumberField(self, 0.01, 100_000)
            value = getattr(row, name) if row else None
            field.give(["" if value is None else f"{value:g}"])
            field.setAccessibleName(title)
            form.addRow(title, field)
            self.flown[name] = field
        self.source = TextField(self)
        self.source.give([row.source if row else ""])
        self.source.setPlaceholderText(self.tr("who states these numbers"))
        form.addRow(self.tr("Source"), self.source)
        self.mass = QLabel(self)
        self.mass.setProperty("role", "hint")
        box.addWidget(self.mass)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self)
        buttons.accepted.connect(self.take)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        self.resize(460, 620)
        self._say_mass()

    def _set_charges(self, charges: tuple[Charge, ...]) -> None:
        self._load = changed(self._load, charges=charges)
        self._say_mass()

    def _say_mass(self) -> None:
        mass = self._load.mass_kg
        self.mass.setText(
            self.tr("The mass of a charge is missing")
            if mass is None
            else self.tr("{g:.0f} g under each drone").format(g=mass * 1000)
        )

    @guarded
    def take(self) -> None:
        """Gives the fleet its load; raises BadInput for numbers that cannot be."""
        stated = {name: field.text().strip() for name, field in self.flown.items()}
        handling: tuple[Handling, ...] = ()
        if any(stated.values()):
            mass = self._load.mass_kg
            if mass is None or mass <= 0.0:
                raise BadInput(self.tr("Flight numbers need the mass that they hold for"))
            try:
                numbers = {name: float(text) for name, text in stated.items() if text}
                handling = (Handling(payload_kg=mass, source=self.source.text().strip(), **numbers),)
            except (TypeError, ValueError) as error:
                raise BadInput(str(error)) from None
        load = changed(self._load, drones=numbers_of(self.drones.text()), handling=handling)
        loads = (load, *self.fleet.loads[1:]) if load.charges else self.fleet.loads[1:]
        self.desk.apply(
            parts.change_parts(self.desk.show, Fleet, [self.fleet.id], loads=loads), word("Change the fleet")
        )
        self.accept()
