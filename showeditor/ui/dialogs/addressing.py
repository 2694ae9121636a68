"""The dialog that gives addresses: which cues, on which controller, what modules keep apart; with the outcome."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from showeditor.model.cue import Controller
from showeditor.model.errors import BadInput
from showeditor.model.show import Show
from showeditor.model.venue import Position
from showeditor.planning.controllers import spec_of
from showeditor.timeline import parts
from showeditor.timeline.addressing import Addressed, Apart, By, Wishes, address_site
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.inspector.form import set_role
from showeditor.ui.language import word

WAIT_MS = 120
_ORDERS: tuple[tuple[By, ...], ...] = (
    ("position", "time"),
    ("position", "calibre", "time"),
    ("position", "act", "calibre"),
)
_APART: tuple[Apart, ...] = ("position", "act", "calibre", "hazard")


class AddressDialog(QDialog):
    """Options on the left, what they would do below; OK applies exactly what was shown."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.after: Show | None = None
        self.count = 0
        self.setWindowTitle(self.tr("Give addresses"))
        self.setAccessibleName(self.tr("Give addresses"))
        self._picked = [cue.id for cue in desk.session.selected_cues()]
        self.which = QComboBox(self)
        self.which.addItem(self.tr("All cues"))
        if self._picked:
            self.which.addItem(self.tr("The {n} selected cues").format(n=len(self._picked)))
        self.controller = QComboBox(self)
        for one in desk.show.controllers:
            self.controller.addItem(f"{one.name or one.id} ({one.model})", one.id)
        self.places = self._places()
        words = {
            "position": self.tr("one position"),
            "act": self.tr("one act"),
            "calibre": self.tr("one calibre"),
            "hazard": self.tr("one hazard group"),
        }
        self.apart = {name: QCheckBox(words[name], self) for name in _APART}
        first = desk.show.controllers[0]
        self.apart["position"].setChecked(first.cable_m is None)
        self.apart["calibre"].setChecked(first.one_calibre)
        self.order = QComboBox(self)
        for key, text in (
            ("time", self.tr("time")),
            ("calibre", self.tr("calibre, then time")),
            ("act", self.tr("act, then calibre")),
        ):
            self.order.addItem(text, key)
        self.reach = QDoubleSpinBox(self)
        self.reach.setRange(0.0, 1000.0)
        self.reach.setDecimals(1)
        self.reach.setSuffix(" m")
        self.reach.setSpecialValueText(self.tr("any distance"))
        self.reach.setValue(first.cable_m or 0.0)
        self.spare = QSpinBox(self)
        self.spare.setRange(0, 1000)
        self.spare.setValue(first.spare_pins)
        most = max((spec.igniters_per_pin or 1 for spec in map(spec_of, desk.show.controllers) if spec), default=1)
        self.series = QSpinBox(self)
        self.series.setRange(1, most)
        self.series.setEnabled(most > 1)
        if most < 2:
            self.series.setToolTip(
                self.tr("How many igniters a pin fires is not stated: Show > Controllers and licences")
            )
        self.afresh = QCheckBox(self.tr("Give new addresses to cues that have one (locked ones stay)"), self)
        rows = QFormLayout()
        fields: list[tuple[str, QWidget]] = [(self.tr("Cues"), self.which), (self.tr("Controller"), self.controller)]
        fields += [(self.tr("A module serves"), self.apart["position"])]
        fields += [("", self.apart[name]) for name in _APART[1:]]
        fields += [(self.tr("Pins run by"), self.order)]
        fields += [(self.tr("Cables reach"), self.reach), (self.tr("Pins kept free per module"), self.spare)]
        fields += [(self.tr("Cues of one ignition on a pin"), self.series), ("", self.afresh)]
        for text, field in fields:
            rows.addRow(text, field)
            field.setAccessibleName(text or (field.text() if isinstance(field, QCheckBox) else ""))
        self.outcome = QLabel(self)
        self.outcome.setWordWrap(True)
        self.outcome.setMinimumHeight(54)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.buttons.setAccessibleName(self.tr("Answer"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        box.addLayout(rows)
        if len(desk.show.controllers) > 1:
            hint = QLabel(self.tr("Firing system of each position"), self)
            hint.setProperty("role", "hint")
            box.addWidget(hint)
            box.addWidget(self.places, 1)
        else:
            self.places.hide()
        box.addWidget(self.outcome)
        box.addWidget(self.buttons)
        self.places.setMinimumHeight(150)
        self.resize(470, 700 if len(desk.show.controllers) > 1 else self.sizeHint().height())
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self.work_out)
        for box_ in (*self.apart.values(), self.afresh):
            box_.toggled.connect(self._later)
        for choice in (self.which, self.controller, self.order):
            choice.currentIndexChanged.connect(self._later)
        self.reach.valueChanged.connect(self._later)
        self.spare.valueChanged.connect(self._later)
        self.series.valueChanged.connect(self._later)
        self._later()
        self.work_out()

    def _places(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setAccessibleName(self.tr("Firing system of each position"))
        tree.setHeaderLabels([self.tr("Position"), self.tr("Controller")])
        tree.setRootIsDecorated(False)
        tree.setColumnWidth(0, 180)
        for place in self.desk.show.venue.positions:
            row = QTreeWidgetItem([place.name or place.id, ""])
            row.setData(0, Qt.ItemDataRole.UserRole, place.id)
            tree.addTopLevelItem(row)
            choice = QComboBox(tree)
            choice.addItem(self.tr("as above"), "")
            for one in self.desk.show.controllers:
                choice.addItem(one.name or one.id, one.id)
            choice.setCurrentIndex(max(0, choice.findData(place.controller)))
            choice.setAccessibleName(place.name or place.id)
            choice.currentIndexChanged.connect(self._later)
            tree.setItemWidget(row, 1, choice)
        return tree

    @guarded
    def _later(self, _value: object = None) -> None:
        self.reach.setEnabled(not self.apart["position"].isChecked())
        if hasattr(self, "_wait"):
            self._wait.start()

    def wishes(self) -> Wishes:
        """What is asked for."""
        reach = self.reach.value() if not self.apart["position"].isChecked() and self.reach.value() > 0 else None
        return Wishes(
            frozenset(name for name, box in self.apart.items() if box.isChecked()),
            reach,
            order=_ORDERS[self.order.currentIndex()],
            spare_pins=self.spare.value(),
            afresh=self.afresh.isChecked(),
            series=self.series.value(),
        )

    def _sited(self) -> Show:
        """The show with the wishes that stay with its controllers and positions."""
        show, wishes = self.desk.show, self.wishes()
        for i in range(self.places.topLevelItemCount()):
            row = self.places.topLevelItem(i)
            choice = self.places.itemWidget(row, 1) if row is not None else None
            if row is not None and isinstance(choice, QComboBox):
                name = str(row.data(0, Qt.ItemDataRole.UserRole))
                show = parts.change_parts(show, Position, [name], controller=str(choice.currentData()))
        kept: dict[str, object] = {"spare_pins": wishes.spare_pins, "one_calibre": "calibre" in wishes.apart}
        if not self.apart["position"].isChecked():
            kept["cable_m"] = wishes.reach_m
        return parts.change_parts(show, Controller, [c.id for c in show.controllers], **kept)

    @guarded
    def work_out(self) -> None:
        """Addresses a copy and says what came out, or what is missing."""
        self._wait.stop()
        wishes = self.wishes()
        ids = self._picked if self.which.currentIndex() == 1 else None
        ranges, each = {}, {}
        for one in self.desk.show.controllers:
            spec = spec_of(one)
            if spec is not None and spec.ranges_known:
                # modules are counted from 1 on site; 0 stays free for what listens only
                modules = range(max(1, spec.module_lo), spec.module_hi + 1)
                ranges[one.id] = (modules, range(spec.pin_lo, spec.pin_hi + 1))
                each[one.id] = replace(wishes, series=min(wishes.series, spec.igniters_per_pin or 1))
        self.after = None
        try:
            done = address_site(self._sited(), ranges, str(self.controller.currentData()), ids, each)
        except BadInput as error:
            self._say("bad", str(error))
            return
        self.count = sum(len(one.cues) for one in done)
        if not self.count:
            self._say("hint", self.tr("Every cue has an address already."))
            return
        self.after = done[-1].show
        self._say("good", "\n".join(self._told(one) for one in done if one.cues))

    def _told(self, one: Addressed) -> str:
        owner = next(
            (c.address.controller for c in one.show.cues() if c.address is not None and c.id == one.cues[0]), ""
        )
        said = {"c": owner, "n": len(one.cues), "m": one.modules, "least": one.least}
        if one.proven:
            return self.tr("{c}: {n} cues on {m} new modules; no way takes fewer.").format(**said)
        return self.tr("{c}: {n} cues on {m} new modules; at least {least} are needed.").format(**said)

    def _say(self, role: str, text: str) -> None:
        self.outcome.setText(text)
        set_role(self.outcome, role)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(self.after is not None)

    @guarded
    def accept(self) -> None:
        """Applies what was shown."""
        self.work_out()
        if self.after is not None:
            self.desk.apply(self.after, word("Address cues"))
            self.desk.said.emit(self.tr("{n} cues addressed").format(n=self.count))
            super().accept()
