"""The inspector's form for the show itself: title, length, music, venue, fleet and limits."""

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from showeditor.model.limits import Limits
from showeditor.model.music import Music, TempoMap, TempoMark
from showeditor.model.swarm import Fleet
from showeditor.model.venue import Position
from showeditor.timeline import parts
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.inspector.fields import ChoiceField, DurationField, FlagField, NumberField, TextField
from showeditor.ui.inspector.form import Form
from showeditor.ui.inspector.stated import FenceRows, RuleRows, UnstatedLimitRows, ZoneRows
from showeditor.ui.inspector.timecode import TimecodeRows
from showeditor.ui.language import word

_LIMITS = (
    "min_gap_m",
    "max_speed_xy_mps",
    "max_speed_up_mps",
    "max_speed_down_mps",
    "max_accel_mps2",
    "max_altitude_m",
    "min_nav_altitude_m",
)


class ShowForm(Form):
    """What is shown when nothing is selected."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.head(self.tr("Show"))
        self.title = self.row(self.tr("Title"), TextField(self))
        self.title.edited.connect(lambda text: self._change(title=text))
        self.author = self.row(self.tr("Designer"), TextField(self))
        self.author.edited.connect(lambda text: self._change(author=text))
        self.length = self.row(self.tr("Length"), DurationField(self))
        self.length.lasted.connect(lambda t: self._change(duration_us=t))
        self.section(self.tr("Music"))
        self._file = self.note()
        self.start = self.row(self.tr("Sound starts"), NumberField(self, -3600, 36_000, 0.1, 3), "s")
        self.start.changed.connect(lambda v: self._music(start_us=round(v * 1e6)))
        self.downbeat = self.row(self.tr("Bar 1 at"), NumberField(self, -3600, 36_000, 0.01, 3), "s")
        self.downbeat.changed.connect(lambda v: self._music(downbeat_us=round(v * 1e6)))
        self.tempo = self.row(self.tr("Tempo"), NumberField(self, 10, 400, 1, 3), "BPM")
        self.tempo.changed.connect(self._set_tempo)
        self.timecode = TimecodeRows(self)
        self.section(self.tr("Venue"))
        self.venue = self.row(self.tr("Name"), TextField(self))
        self.venue.edited.connect(lambda text: self._venue(name=text))
        self.heading = self.row(self.tr("Audience faces"), NumberField(self, -360, 360, 5), "°")
        self.heading.changed.connect(lambda v: self._venue(heading_deg=v))
        self.wind = self.row(self.tr("Wind"), NumberField(self, 0, 60, 0.5), "m/s")
        self.wind.changed.connect(lambda v: self._wind(speed_mps=v))
        self.wind_from = self.row(self.tr("Wind from"), NumberField(self, -360, 360, 5), "°")
        self.wind_from.changed.connect(lambda v: self._wind(from_deg=v))
        self.wind_growth = self.row(self.tr("Wind grows, exponent"), NumberField(self, 0, 0.6, 0.05))
        self.wind_growth.setToolTip(self.tr("0: the same at every height; 0.15: usual over open country"))
        self.wind_growth.changed.connect(lambda v: self._wind(exponent=v))
        self.fence = FenceRows(self)
        self.zones = ZoneRows(self)
        self.rules = RuleRows(self)
        self.section(self.tr("Drones"))
        self.count = self.row(self.tr("Fleet size"), NumberField(self, 1, 100_000, 1, 0))
        self.count.changed.connect(self._set_count)
        self.model = self.row(self.tr("Drone model"), ChoiceField(self))
        self.model.chosen.connect(self._set_model)
        self.white = self.row(self.tr("White lamps"), FlagField(self))
        self.white.flagged.connect(self._set_white)
        self.section(self.tr("Flight limits (can only tighten the model's)"))
        names = {
            "min_gap_m": (self.tr("Least spacing"), "m"),
            "max_speed_xy_mps": (self.tr("Speed across"), "m/s"),
            "max_speed_up_mps": (self.tr("Speed up"), "m/s"),
            "max_speed_down_mps": (self.tr("Speed down"), "m/s"),
            "max_accel_mps2": (self.tr("Acceleration"), "m/s²"),
            "max_altitude_m": (self.tr("Altitude"), "m"),
            "min_nav_altitude_m": (self.tr("Sideways only above"), "m"),
        }
        self.limits: dict[str, NumberField] = {}
        for name in _LIMITS:
            text, unit = names[name]
            field = self.row(text, NumberField(self, 0.01, 10_000, 0.1, 2), unit)
            field.changed.connect(lambda v, n=name: self._set_limit(n, v))
            self.limits[name] = field
        self.unstated = UnstatedLimitRows(self)
        self._source = self.note()
        self.finish()

    def load(self) -> None:
        """Shows the show."""
        show = self.desk.show
        self.title.give([show.title])
        self.author.give([show.author])
        self.length.give_lengths([show.duration_us])
        music = show.music
        files = [name for name in (music.file, music.score) if name] if music else []
        self._file.setText(", ".join(files) or self.tr("No music yet: File > Import music"))
        music = music or Music()
        self.start.give_numbers([music.start_us / 1e6])
        self.downbeat.give_numbers([music.downbeat_us / 1e6])
        self.tempo.give_numbers([60e6 / music.tempo.tempos[0].us_per_quarter])
        self.tempo.setEnabled(len(music.tempo.tempos) == 1)
        self.timecode.load()
        self.venue.give([show.venue.name])
        self.heading.give_numbers([show.venue.heading_deg])
        self.wind.give_numbers([show.venue.wind.speed_mps])
        self.wind_from.give_numbers([show.venue.wind.from_deg])
        self.wind_growth.give_numbers([show.venue.wind.exponent])
        for rows in (self.fence, self.zones, self.rules):
            rows.load()
        fleet = show.fleets[0] if show.fleets else None
        for field in (self.count, self.model, self.white):
            field.setEnabled(fleet is not None)
        if fleet is not None:
            from showeditor.planning.models import drone_models

            self.count.give_numbers([fleet.count])
            self.model.offer([(m.id, m.title) for m in drone_models()])
            self.model.give([fleet.model])
            self.white.give([fleet.white])
        plan = self.desk.plan
        for name, field in self.limits.items():
            field.give_numbers([getattr(plan.limits, name)])
        self.unstated.load()
        self._source.setText(self.tr("From: {source}").format(source=plan.limits_source))

    # -- edits -----------------------------------------------------------------------------------------------------

    @guarded
    def _change(self, **changes: object) -> None:
        self.desk.apply(parts.change_show(self.desk.show, **changes), word("Change the show"))

    @guarded
    def _music(self, **changes: int) -> None:
        music = replace(self.desk.show.music or Music(), **changes)
        self.desk.apply(parts.replace_music(self.desk.show, music), word("Change the music"))

    @guarded
    def _set_tempo(self, bpm: float) -> None:
        music = self.desk.show.music or Music()
        tempo = TempoMap((TempoMark(0, round(60e6 / bpm)),), music.tempo.signatures)
        self.desk.apply(parts.replace_music(self.desk.show, replace(music, tempo=tempo)), word("Change the tempo"))

    @guarded
    def _venue(self, **changes: object) -> None:
        self.desk.apply(parts.change_venue(self.desk.show, **changes), word("Change the venue"))

    @guarded
    def _wind(self, **changes: float) -> None:
        self._venue(wind=replace(self.desk.show.venue.wind, **changes))

    @guarded
    def _set_count(self, count: float) -> None:
        fleet = self.desk.show.fleets[0]
        self.desk.apply(
            parts.change_parts(self.desk.show, Fleet, [fleet.id], count=int(count)), word("Change the fleet")
        )

    @guarded
    def _set_model(self, model: str) -> None:
        fleet = self.desk.show.fleets[0]
        self.desk.apply(parts.change_parts(self.desk.show, Fleet, [fleet.id], model=model), word("Change the fleet"))

    @guarded
    def _set_white(self, on: bool) -> None:
        fleet = self.desk.show.fleets[0]
        self.desk.apply(parts.change_parts(self.desk.show, Fleet, [fleet.id], white=on), word("Change the fleet"))

    @guarded
    def _set_limit(self, name: str, value: float) -> None:
        limits = self.desk.show.limits or self.desk.plan.limits or Limits()
        self._change(limits=replace(limits, **{name: value}))


class PositionForm(Form):
    """One firing position."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.head(self.tr("Firing position"))
        self.name = self.row(self.tr("Name"), TextField(self))
        self.name.edited.connect(lambda text: self._change(name=text))
        bounds = (-100_000.0, 100_000.0)
        self.axes = [
            self.row(text, NumberField(self, *bounds), "m")
            for text in (self.tr("East"), self.tr("North"), self.tr("Up"))
        ]
        for axis, field in enumerate(self.axes):
            field.changed.connect(lambda v, a=axis: self._set_axis(a, v))
        self.heading = self.row(self.tr("Heading"), NumberField(self, -360, 360, 5), "°")
        self.heading.changed.connect(lambda v: self._change(heading_deg=v))
        self.tilt = self.row(self.tr("Rack tilt"), NumberField(self, 0, 180), "°")
        self.tilt.changed.connect(lambda v: self._change(tilt_deg=v))
        self.finish()

    def _position(self) -> Position | None:
        return next((p for p in self.desk.show.venue.positions if p.id in self.desk.selection), None)

    def load(self) -> None:
        """Shows the position."""
        position = self._position()
        if position is None:
            return
        self.name.give([position.name])
        for axis, field in enumerate(self.axes):
            field.give_numbers([position.at_m[axis]])
        self.heading.give_numbers([position.heading_deg])
        self.tilt.give_numbers([position.tilt_deg])

    @guarded
    def _set_axis(self, axis: int, value: float) -> None:
        position = self._position()
        if position is not None:
            at = list(position.at_m)
            at[axis] = value
            self._change(at_m=(at[0], at[1], at[2]))

    @guarded
    def _change(self, **changes: object) -> None:
        position = self._position()
        if position is not None:
            after = parts.change_parts(self.desk.show, Position, [position.id], **changes)
            self.desk.apply(after, word("Change a position"))
