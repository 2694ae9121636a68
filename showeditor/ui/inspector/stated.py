"""The inspector's rows for what rules need stated: day, rule pack, permits, zones, limits that may be unstated."""

import math

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from showeditor.model.births import calendar_day
from showeditor.model.errors import BadInput, ShowEditorError
from showeditor.model.limits import OPTIONAL, Limits
from showeditor.model.venue import Geofence, Ring, Zone
from showeditor.safety.packs import load_pack, pack_ids
from showeditor.timeline import parts
from showeditor.timeline.births import born, changed
from showeditor.timeline.ids import fresh_ids
from showeditor.ui.edge import guarded
from showeditor.ui.inspector.fields import ChoiceField, NumberField, TextField
from showeditor.ui.inspector.form import Form
from showeditor.ui.language import word

_DOWNWASH = ("downwash_radius_m", "downwash_height_m")


class StatedField(NumberField):
    """A number that may be stated by nobody; `stated` carries it, or None when the field was emptied."""

    stated = Signal(object)

    def __init__(self, parent: QWidget, low: float, high: float, step: float = 1.0, decimals: int = 2) -> None:
        super().__init__(parent, low, high, step, decimals)
        self.changed.connect(self.stated.emit)

    def give_stated(self, value: float | None) -> None:
        """Shows a number, or that there is none."""
        if value is None:
            self.give([""])
            self.setPlaceholderText(self.tr("not stated"))
        else:
            self.give_numbers([value])

    def accept_text(self, text: str) -> None:
        """Takes a number or nothing; raises BadInput for anything else."""
        if text:
            super().accept_text(text)
        else:
            self.stated.emit(None)


class RuleRows(QObject):
    """The day of the show and the rule pack it is judged by."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self.desk = form.desk
        form.section(self.tr("Rules"))
        self.date = form.row(self.tr("Day of the show"), TextField(form))
        self.date.setToolTip(self.tr("YYYY-MM-DD; rule packs hold on some days and not on others"))
        self.date.edited.connect(self._set_date)
        self.pack = form.row(self.tr("Rule pack"), ChoiceField(form))
        self.pack.chosen.connect(lambda name: self._change(rules=name))
        self.told = form.note()
        self.lit = form.row(self.tr("Stars burn out above"), StatedField(form, 0.1, 1000, 5), "m")
        self.lit.setToolTip(self.tr("Least height above the mortar at which stars of shells may still burn"))
        self.lit.stated.connect(lambda v: self._venue(least_lit_m=v))
        self.ceiling = form.row(self.tr("Fireworks up to"), StatedField(form, 1, 2000, 10), "m")
        self.ceiling.setToolTip(self.tr("How high fireworks may get above the surveyed origin by the permit"))
        self.ceiling.stated.connect(lambda v: self._venue(firework_ceiling_m=v))

    def load(self) -> None:
        """Shows what the show states."""
        show = self.desk.show
        self.date.give([show.date])
        self.date.setPlaceholderText(self.tr("YYYY-MM-DD"))
        titles = [(name, _title(name, self._chinese())) for name in pack_ids()]
        self.pack.offer(titles)
        self.pack.give([show.rules])
        self.told.setText(_about(show.rules, self._chinese()))
        self.lit.give_stated(show.venue.least_lit_m)
        self.ceiling.give_stated(show.venue.firework_ceiling_m)

    def _chinese(self) -> bool:
        return self.tr("Rule pack") != "Rule pack"

    @guarded
    def _set_date(self, text: str) -> None:
        try:
            calendar_day(self.tr("The day of the show"), text)
        except ValueError as error:
            self.load()
            raise BadInput(str(error)) from None
        self._change(date=text)

    @guarded
    def _change(self, **changes: object) -> None:
        self.desk.apply(parts.change_show(self.desk.show, **changes), word("Change the show"))

    @guarded
    def _venue(self, **changes: object) -> None:
        self.desk.apply(parts.change_venue(self.desk.show, **changes), word("Change the venue"))


def _title(name: str, chinese: bool) -> str:
    """How a pack is called; a file that cannot be read goes by its id, and the check says what is wrong with it."""
    try:
        pack = load_pack(name)
    except ShowEditorError:
        return name
    return pack.title_zh if chinese else pack.title_en


def _about(name: str, chinese: bool) -> str:
    try:
        pack = load_pack(name)
    except ShowEditorError as error:
        return str(error)
    note = pack.note_zh if chinese else pack.note_en
    return " · ".join(text for text in (pack.edition, note, pack.source) if text)


class UnstatedLimitRows(QObject):
    """The limits that neither drone model nor show need state; an empty field leaves the model's."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self.desk = form.desk
        self._half: dict[str, float | None] = {}
        names = {
            "max_jerk_mps3": (self.tr("Jerk"), "m/s³", 1.0),
            "max_yaw_rate_dps": (self.tr("Turning rate"), "°/s", 5.0),
            "max_airtime_s": (self.tr("Time in the air"), "s", 30.0),
            "downwash_radius_m": (self.tr("Downwash radius"), "m", 0.1),
            "downwash_height_m": (self.tr("Downwash height"), "m", 0.5),
            "max_light_steps_hz": (self.tr("Light changes"), "1/s", 1.0),
            "max_return_s": (self.tr("All down within"), "s", 10.0),
        }
        self.fields: dict[str, StatedField] = {}
        for name in OPTIONAL:
            text, unit, step = names[name]
            field = form.row(text, StatedField(form, 0.01, 10_000, step), unit)
            field.stated.connect(lambda v, n=name: self._set(n, v))
            self.fields[name] = field

    def load(self) -> None:
        """Shows the limits that the plan is held to."""
        limits = self.desk.plan.limits
        for name, field in self.fields.items():
            stated = getattr(limits, name)
            field.give_stated(self._half.get(name) if stated is None else stated)

    @guarded
    def _set(self, name: str, value: float | None) -> None:
        wanted = {name: value}
        limits = self.desk.show.limits or self.desk.plan.limits or Limits()
        if name in _DOWNWASH:
            other = _DOWNWASH[1 - _DOWNWASH.index(name)]
            rest = getattr(limits, other)
            rest = self._half.get(other) if rest is None else rest
            self._half = {}
            if value is not None and rest is None:
                # a cylinder needs both; the first is kept here until the second is given
                self._half = {name: value}
                raise BadInput(self.tr("The downwash needs both a radius and a height: state the other too"))
            wanted[other] = rest if value is not None else None
        self.desk.apply(parts.change_show(self.desk.show, limits=changed(limits, **wanted)), word("Change the show"))


class FenceRows(QObject):
    """The geofence: corners (none: no geofence), from where on and up to where."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self.desk = form.desk
        self.corners = form.row(self.tr("Geofence corners"), TextField(form))
        self.corners.setToolTip(self.tr("East and north of each corner in metres: 0,-60; 80,-60; 80,-90"))
        self.corners.edited.connect(self._set_corners)
        self.floor = form.row(self.tr("Geofence from"), NumberField(form, -500, 2000, 1), "m")
        self.floor.changed.connect(lambda v: self._change(floor_m=v))
        self.top = form.row(self.tr("Geofence top"), NumberField(form, 1, 2000, 5), "m")
        self.top.changed.connect(lambda v: self._change(ceiling_m=v))

    def load(self) -> None:
        """Shows the geofence."""
        fence = self.desk.show.venue.geofence
        self.corners.give(["; ".join(corner_text(x, y) for x, y in fence.ring) if fence else ""])
        self.corners.setPlaceholderText(self.tr("no geofence"))
        for field, value in ((self.floor, fence and fence.floor_m), (self.top, fence and fence.ceiling_m)):
            field.setEnabled(fence is not None)
            field.give_numbers([value or 0.0])

    @guarded
    def _set_corners(self, text: str) -> None:
        ring = ring_of_text(text, self.tr("A corner is east and north in metres: 0,-60; 80,-60; 80,-90"))
        fence = self.desk.show.venue.geofence
        if not ring:
            self._venue(None)
        else:
            self._venue(changed(fence, ring=ring) if fence is not None else born(Geofence, ring=ring))

    @guarded
    def _change(self, **changes: object) -> None:
        fence = self.desk.show.venue.geofence
        if fence is not None:
            self._venue(changed(fence, **changes))

    def _venue(self, fence: Geofence | None) -> None:
        self.desk.apply(parts.change_venue(self.desk.show, geofence=fence), word("Change the venue"))


class ZoneRows(QObject):
    """The venue's zones, one at a time: kind, name, corners, floor and height; new ones and goodbye."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self.desk = form.desk
        self._shown = ""
        form.section(self.tr("Zones"))
        self.zone = form.row(self.tr("Zone"), ChoiceField(form))
        self.zone.chosen.connect(self._show)
        self.kind = form.row(self.tr("Kind"), ChoiceField(form))
        self.kind.chosen.connect(lambda kind: self._change(kind=kind))
        self.name = form.row(self.tr("Name"), TextField(form))
        self.name.edited.connect(lambda text: self._change(name=text))
        self.corners = form.row(self.tr("Corners"), TextField(form))
        self.corners.setToolTip(self.tr("East and north of each corner in metres: 0,-60; 80,-60; 80,-90"))
        self.corners.edited.connect(self._set_corners)
        self.floor = form.row(self.tr("From height"), StatedField(form, -500, 2000, 5), "m")
        self.floor.setToolTip(self.tr("From where on a no-fly zone holds; empty: from the ground"))
        self.floor.stated.connect(lambda v: self._change(floor_m=v))
        self.height = form.row(self.tr("Up to height"), StatedField(form, 0.1, 2000, 5), "m")
        self.height.setToolTip(self.tr("How high a building stands, or up to where a no-fly zone reaches"))
        self.height.stated.connect(lambda v: self._change(height_m=v))
        self.fields: tuple[QWidget, ...] = (self.kind, self.name, self.corners, self.floor, self.height)
        row = QWidget(form)
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        self.more = QPushButton(self.tr("New zone"), row)
        self.more.clicked.connect(self._add)
        self.less = QPushButton(self.tr("Delete zone"), row)
        self.less.clicked.connect(self._delete)
        box.addWidget(self.more)
        box.addWidget(self.less)
        form.wide(row)

    def load(self) -> None:
        """Shows the chosen zone."""
        zones = self.desk.show.venue.zones
        kinds = {
            "audience": self.tr("Audience"),
            "building": self.tr("Building"),
            "special": self.tr("Special hazard"),
            "road": self.tr("Road"),
            "dry_grass": self.tr("Dry grass"),
            "water": self.tr("Water"),
            "no_fly": self.tr("No-fly zone"),
        }
        self.kind.offer(list(kinds.items()))
        self.zone.offer([(z.id, f"{kinds[z.kind]} · {z.name or z.id}") for z in zones])
        zone = self._zone()
        for field in (*self.fields, self.zone, self.less):
            field.setEnabled(zone is not None)
        if zone is None:
            return
        self._shown = zone.id
        self.zone.give([zone.id])
        self.kind.give([zone.kind])
        self.name.give([zone.name])
        self.corners.give(["; ".join(corner_text(x, y) for x, y in zone.ring)])
        self.floor.give_stated(zone.floor_m)
        self.height.give_stated(zone.height_m)

    def _zone(self) -> Zone | None:
        zones = self.desk.show.venue.zones
        return next((z for z in zones if z.id == self._shown), zones[0] if zones else None)

    @guarded
    def _show(self, name: str) -> None:
        self._shown = name
        self.load()

    @guarded
    def _set_corners(self, text: str) -> None:
        self._change(ring=ring_of_text(text, self.tr("A corner is east and north in metres: 0,-60; 80,-60; 80,-90")))

    @guarded
    def _add(self) -> None:
        show = self.desk.show
        (name,) = fresh_ids((z.id for z in show.venue.zones), "zone")
        zone = Zone(name, "audience", ((-40.0, -80.0), (40.0, -80.0), (40.0, -110.0), (-40.0, -110.0)))
        self._shown = name
        self.desk.apply(parts.put_part(show, zone), word("Add a zone"))

    @guarded
    def _delete(self) -> None:
        zone = self._zone()
        if zone is not None:
            self.desk.apply(parts.delete_parts(self.desk.show, Zone, [zone.id]), word("Delete a zone"))

    @guarded
    def _change(self, **changes: object) -> None:
        zone = self._zone()
        if zone is not None:
            after = parts.put_part(self.desk.show, changed(zone, **changes))
            self.desk.apply(after, word("Change a zone"))


def corner_text(x: float, y: float) -> str:
    """A corner as it is written in a field, to the millimetre."""
    return ",".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in (x, y))


def ring_of_text(text: str, expected: str) -> Ring:
    """The corners in `0,-60; 80,-60; 80,-90`; raises BadInput saying what was expected."""
    ring = []
    for corner in text.replace("；", ";").replace("，", ",").split(";"):
        if not corner.strip():
            continue
        try:
            x, y = (float(value) for value in corner.split(","))
        except ValueError:
            raise BadInput(f"{corner.strip()}: {expected}") from None
        if not (math.isfinite(x) and math.isfinite(y)):
            raise BadInput(f"{corner.strip()}: {expected}")
        ring.append((x, y))
    return tuple(ring)
