"""The inspector's form for scenes: formation, moment, hold, place, light, motion, noses and fireworks on drones."""

from msgspec.structs import replace
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from showeditor.model.music import When, moment_us
from showeditor.model.swarm import LightKey, Placement, Scene
from showeditor.model.times import US, clock
from showeditor.model.yaw import Facing
from showeditor.timeline import scenes
from showeditor.timeline.births import changed
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.inspector.fields import (
    ChoiceField,
    ColourField,
    DurationField,
    FlagField,
    MomentField,
    NumberField,
    TextField,
)
from showeditor.ui.inspector.form import Form, set_role
from showeditor.ui.inspector.lights import LightStack
from showeditor.ui.inspector.motions import MotionStack
from showeditor.ui.inspector.payload import LoadDialog, TriggerStack
from showeditor.ui.language import word

MOST_KEYS = 12


class SceneForm(Form):
    """The selected scenes."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._title = self.head("")
        self._count = self.note()
        self.name = self.row(self.tr("Name"), TextField(self))
        self.name.edited.connect(self._set_name)
        self.formation = self.row(self.tr("Formation"), ChoiceField(self))
        self.formation.chosen.connect(self._set_formation)
        self.section(self.tr("When"))
        self.arrive = self.row(self.tr("Arrives"), MomentField(self, lambda: self.desk.show.music))
        self.arrive.setToolTip(self.tr("A time such as 1:02.4, or bar.beat.tick such as 17.3.0"))
        self.arrive.moved.connect(self._set_arrive)
        self.hold = self.row(self.tr("Held for"), DurationField(self))
        self.hold.lasted.connect(self._set_hold)
        self.section(self.tr("Where"))
        bounds = (-100_000.0, 100_000.0)
        names = (self.tr("East"), self.tr("North"), self.tr("Up"))
        self.axes = [self.row(text, NumberField(self, *bounds), "m") for text in names]
        for axis, field in enumerate(self.axes):
            field.changed.connect(lambda v, a=axis: self._set_axis(a, v))
        self.heading = self.row(self.tr("Heading"), NumberField(self, -360, 360, 5), "°")
        self.lean = self.row(self.tr("Lean"), NumberField(self, -180, 180, 5), "°")
        self.scale = self.row(self.tr("Size"), NumberField(self, 1, 10_000, 5), "%")
        self.heading.changed.connect(lambda v: self._place(heading_deg=v))
        self.lean.changed.connect(lambda v: self._place(lean_deg=v))
        self.scale.changed.connect(lambda v: self._place(scale=v / 100))
        self.section(self.tr("Light"))
        self._keys = [_KeyRow(self, i) for i in range(MOST_KEYS)]
        self._add = QPushButton(self.tr("Add a colour"), self)
        self._add.clicked.connect(self._add_key)
        self.wide(self._add)
        self._more = self.note()
        self.layers = self.wide(LightStack(desk, self))
        self.layers.changed.connect(lambda layers: self._put(word("Change the light"), effects=layers))
        self.section(self.tr("Motion"))
        self.motion = self.wide(MotionStack(desk, self))
        self.motion.changed.connect(
            lambda moves: self._put(word("Change the motion"), motion=moves[0] if moves else None)
        )
        self.section(self.tr("Noses"))
        self.toward = self.row(self.tr("Point"), ChoiceField(self))
        self.toward.chosen.connect(self._set_toward)
        self.nose = self.row(self.tr("Heading of the noses"), NumberField(self, -360, 360, 5), "°")
        self.nose.changed.connect(lambda v: self._face(heading_deg=v))
        self.spin = self.row(self.tr("Turn while held"), NumberField(self, -36_000, 36_000, 45), "°")
        self.spin.changed.connect(lambda v: self._face(spin_deg=v))
        self.section(self.tr("Fireworks on drones"))
        self.triggers = self.wide(TriggerStack(self))
        self.triggers.changed.connect(lambda fires: self._put(word("Change the triggers"), triggers=fires))
        self._loads = QPushButton(self.tr("What the fleet carries…"), self)
        self._loads.clicked.connect(self._open_loads)
        self.wide(self._loads)
        self.finish()

    def _scenes(self) -> tuple[Scene, ...]:
        chosen = self.desk.selection
        return tuple(s for f in self.desk.show.flights for s in f.scenes if s.id in chosen)

    def _ids(self) -> list[str]:
        return [s.id for s in self._scenes()]

    def load(self) -> None:
        """Shows the selected scenes."""
        some, show = self._scenes(), self.desk.show
        if not some:
            return
        many = len(some) > 1
        self._title.setText(
            self.tr("{n} scenes").format(n=len(some)) if many else self.tr("Scene {id}").format(id=some[0].id)
        )
        self.name.give([s.name for s in some])
        self.formation.offer([(f.id, f"{f.name or f.id} · {len(f.points)}") for f in show.formations])
        self.formation.give([s.formation for s in some])
        self.arrive.give_moments([s.arrive for s in some])
        self.hold.give_lengths([s.hold_us for s in some])
        for axis, field in enumerate(self.axes):
            field.give_numbers([s.place.at_m[axis] for s in some])
        self.heading.give_numbers([s.place.heading_deg for s in some])
        self.lean.give_numbers([s.place.lean_deg for s in some])
        self.scale.give_numbers([s.place.scale * 100 for s in some])
        keys = some[0].lights if not many else ()
        for i, row in enumerate(self._keys):
            row.load(keys[i] if i < len(keys) else None)
        self._add.setEnabled(not many)
        hidden = len(keys) - MOST_KEYS
        self._more.setText(self.tr("{n} more keys").format(n=hidden) if hidden > 0 else "")
        self._load_stacks(some)
        self._say_count(some)

    def _load_stacks(self, some: tuple[Scene, ...]) -> None:
        one, show = some[0], self.desk.show
        alone = len(some) == 1
        for stack in (self.layers, self.motion, self.triggers, self._loads):
            stack.setEnabled(alone)
        self.layers.formation = next((f for f in show.formations if f.id == one.formation), None)
        self.motion.scene = one.id
        self.layers.give(one.effects if alone else ())
        self.motion.give((one.motion,) if alone and one.motion is not None else ())
        self.triggers.give(one.triggers if alone else ())
        self.toward.offer(
            [
                ("", self.tr("nowhere: nobody turns")),
                ("heading", self.tr("to a heading")),
                ("out", self.tr("outwards")),
                ("in", self.tr("to the middle")),
            ]
        )
        self.toward.give([s.facing.toward if s.facing else "" for s in some])
        facing = [s.facing or Facing() for s in some]
        self.nose.setEnabled(all(f.toward == "heading" for f in facing) and any(s.facing for s in some))
        self.spin.setEnabled(any(s.facing for s in some))
        self.nose.give_numbers([f.heading_deg for f in facing])
        self.spin.give_numbers([f.spin_deg for f in facing])

    def _say_count(self, some: tuple[Scene, ...]) -> None:
        show = self.desk.show
        formation = next((f for f in show.formations if f.id == some[0].formation), None)
        flight = next((f for f in show.flights if some[0] in f.scenes), None)
        fleet = next((f for f in show.fleets if flight and f.id == flight.fleet), None)
        if formation is None or fleet is None or len(some) > 1:
            self._count.setText("")
            return
        need, have = len(formation.points), fleet.count
        text = self.tr("needs {need} of {have} drones").format(need=need, have=have)
        at = moment_us(some[0].arrive, show.music)
        self._count.setText(f"{text} · {clock(at, 2)} – {clock(at + some[0].hold_us, 2)}")
        set_role(self._count, "bad" if need > have else "hint")

    # -- edits -----------------------------------------------------------------------------------------------------

    @guarded
    def _set_name(self, text: str) -> None:
        self.desk.apply(scenes.change_scenes(self.desk.show, self._ids(), name=text), word("Rename a scene"))

    @guarded
    def _set_formation(self, formation: str) -> None:
        self.desk.apply(
            scenes.change_scenes(self.desk.show, self._ids(), formation=formation), word("Change the formation")
        )

    @guarded
    def _set_arrive(self, when: When) -> None:
        self.desk.apply(scenes.change_scenes(self.desk.show, self._ids(), arrive=when), word("Change the moment"))

    @guarded
    def _set_hold(self, hold_us: int) -> None:
        self.desk.apply(
            scenes.change_scenes(self.desk.show, self._ids(), hold_us=hold_us), word("Change a scene's hold")
        )

    @guarded
    def _put(self, label: str, **changes: object) -> None:
        self.desk.apply(scenes.change_scenes(self.desk.show, self._ids(), **changes), label)

    @guarded
    def _set_toward(self, toward: str) -> None:
        if not toward:
            self._put(word("Turn the noses"), facing=None)
        else:
            self._face(toward=toward)

    @guarded
    def _face(self, **changes: object) -> None:
        self.desk.apply(
            scenes.each_scene(
                self.desk.show, self._ids(), lambda s: changed(s, facing=changed(s.facing or Facing(), **changes))
            ),
            word("Turn the noses"),
        )

    @guarded
    def _open_loads(self) -> None:
        (scene,) = self._scenes()
        flown = next(f.fleet for f in self.desk.show.flights if scene in f.scenes)
        fleet = next((f for f in self.desk.show.fleets if f.id == flown), None)
        if fleet is not None:
            LoadDialog(self.desk, fleet, self.window()).open()

    @guarded
    def _set_axis(self, axis: int, value: float) -> None:
        def moved(place: Placement) -> Placement:
            at = list(place.at_m)
            at[axis] = value
            return replace(place, at_m=(at[0], at[1], at[2]))

        self.desk.apply(
            scenes.each_scene(self.desk.show, self._ids(), lambda s: replace(s, place=moved(s.place))),
            word("Move a scene's place"),
        )

    @guarded
    def _place(self, **changes: float) -> None:
        self.desk.apply(
            scenes.each_scene(self.desk.show, self._ids(), lambda s: replace(s, place=replace(s.place, **changes))),
            word("Move a scene's place"),
        )

    def put_key(self, old: LightKey, new: LightKey | None) -> None:
        """Replaces or drops one light key of the scene."""
        ids = self._ids()
        after = scenes.delete_light(self.desk.show, ids, old.at_us)
        if new is not None:
            after = scenes.add_light(after, ids, new)
        self.desk.apply(after, word("Change the light"))

    @guarded
    def _add_key(self) -> None:
        (scene,) = self._scenes()
        last = scene.lights[-1].at_us + US if scene.lights else 0
        key = LightKey(last, (255, 255, 255), fade=True)
        self.desk.apply(scenes.add_light(self.desk.show, [scene.id], key), word("Change the light"))


class _KeyRow(QWidget):
    """One light key: moment after arrival, colour, fade, own colours, delete."""

    def __init__(self, form: SceneForm, number: int) -> None:
        super().__init__(form)
        self._form = form
        self._key: LightKey | None = None
        self._at = NumberField(self, -3600, 36000, 0.5, 3)
        self._colour = ColourField(self)
        self._fade, self._own = FlagField(self), FlagField(self)
        self._drop = QPushButton("×", self)
        self._drop.setFixedWidth(26)
        self._drop.setFlat(True)
        self._at.setFixedWidth(56)
        self._colour.short = True
        self._colour.setFixedWidth(46)
        n = number + 1
        for field, name in (
            (self._at, self.tr("Key {n}: seconds after arrival")),
            (self._colour, self.tr("Key {n}: colour")),
            (self._fade, self.tr("Key {n}: fade")),
            (self._own, self.tr("Key {n}: the formation's own colours")),
            (self._drop, self.tr("Key {n}: delete")),
        ):
            field.setAccessibleName(name.format(n=n))
            field.setToolTip(name.format(n=n))
        self._fade.setText(self.tr("fade"))
        self._own.setText(self.tr("own"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for field in (self._at, self._colour, self._fade, self._own):
            row.addWidget(field)
        row.addStretch(1)
        row.addWidget(self._drop)
        self._at.changed.connect(self._set_at)
        self._colour.picked.connect(self._set_colour)
        self._fade.flagged.connect(self._set_fade)
        self._own.flagged.connect(self._set_own)
        self._drop.clicked.connect(self._delete)
        form.wide(self)
        self.hide()

    def load(self, key: LightKey | None) -> None:
        """Shows a key, or hides the row."""
        self._key = key
        self.setVisible(key is not None)
        if key is not None:
            self._at.give_numbers([key.at_us / US])
            self._colour.give(QColor(*key.colour))
            self._fade.give([key.fade])
            self._own.give([key.own])

    @guarded
    def _set_at(self, at_s: float) -> None:
        if self._key is not None:
            self._form.put_key(self._key, replace(self._key, at_us=round(at_s * US)))

    @guarded
    def _set_colour(self, colour: tuple[int, int, int]) -> None:
        if self._key is not None:
            self._form.put_key(self._key, replace(self._key, colour=colour))

    @guarded
    def _set_fade(self, on: bool) -> None:
        if self._key is not None:
            self._form.put_key(self._key, replace(self._key, fade=on))

    @guarded
    def _set_own(self, on: bool) -> None:
        if self._key is not None:
            self._form.put_key(self._key, replace(self._key, own=on))

    @guarded
    def _delete(self) -> None:
        if self._key is not None:
            self._form.put_key(self._key, None)
