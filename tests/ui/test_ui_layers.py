"""Light layers, motion, headings and fireworks on drones in the inspector, in the real window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from showeditor.model.errors import BadInput
from showeditor.model.light_effects import Picture, Pulse, Solid, Sounding
from showeditor.model.light_masks import BoxMask
from showeditor.model.motions import Dance, Follow, Turn
from showeditor.model.music import AtTime
from showeditor.model.payload import Charge, Handling
from showeditor.model.points import Points
from showeditor.model.swarm import Scene
from showeditor.timeline import scenes
from showeditor.ui.app import Studio
from showeditor.ui.inspector.fields import ChoiceField, NumberField, TextField
from showeditor.ui.inspector.lights import region_of
from showeditor.ui.inspector.motions import path_of
from showeditor.ui.inspector.payload import LoadDialog
from showeditor.ui.inspector.scenes import SceneForm
from showeditor.ui.inspector.show import ShowForm
from showeditor.ui.inspector.stack import Stack, numbers_of, text_of_numbers
from showeditor.ui.timeline.drop import insert_formation

S = 1_000_000
FIGURE = b"""HIERARCHY ROOT Hips { OFFSET 0 0 0 CHANNELS 3 Xposition Yposition Zposition
JOINT Arm { OFFSET 0 10 0 CHANNELS 1 Zrotation End Site { OFFSET 0 10 0 } } }
MOTION Frames: 2 Frame Time: 4.0
0 0 0 0
0 0 0 20
"""


@pytest.fixture
def form(studio: Studio) -> SceneForm:
    """The inspector on a scene of eight drones."""
    points = Points([[5.0 * k, 0.0, 10.0 * (k % 2)] for k in range(8)])
    show, formation = scenes.add_formation(studio.session.show, "row", points)
    studio.desk.apply(show, "Add")
    insert_formation(studio.desk, formation, AtTime(60 * S))
    studio.window.inspector.refresh()
    found = studio.window.inspector.form
    assert isinstance(found, SceneForm)
    return found


def scene(studio: Studio) -> Scene:
    (one,) = (s for f in studio.session.show.flights for s in f.scenes)
    return one


def add(stack: Stack, title: str) -> None:
    menu = stack.add.menu()
    if menu is None:
        stack.add.click()
        return
    next(action for action in menu.actions() if action.text() == title).trigger()


def write(field: QWidget, text: str, qtbot: QtBot) -> None:
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def choose(field: QWidget, name: str) -> None:
    assert isinstance(field, ChoiceField)
    field.setCurrentIndex(field.findData(name))
    field.activated.emit(field.currentIndex())


def test_layers_are_added_changed_ordered_and_deleted(studio: Studio, form: SceneForm, qtbot: QtBot) -> None:
    add(form.layers, "One colour")
    add(form.layers, "Pulse")
    assert [type(e) for e in scene(studio).effects] == [Solid, Pulse]
    write(form.layers.fields[Pulse, "beats"], "2", qtbot)
    write(form.layers.fields[Pulse, "opacity"], "40", qtbot)
    choose(form.layers.fields[Pulse, "blend"], "screen")
    write(form.layers.fields[Pulse, "points"], "0-2, 5", qtbot)
    pulse = scene(studio).effects[1]
    assert isinstance(pulse, Pulse)
    assert (pulse.beats, pulse.opacity, pulse.blend, pulse.points) == (2.0, 0.4, "screen", (0, 1, 2, 5))
    form.layers.up.click()
    assert [type(e) for e in scene(studio).effects] == [Pulse, Solid]
    choose(form.layers._regions[Pulse][0], "box")
    box = scene(studio).effects[0].mask
    assert isinstance(box, BoxMask)
    assert box.low_m[0] == 17.5
    write(form.layers._regions[Pulse][1], "0 0 0 1 2 3", qtbot)
    assert scene(studio).effects[0].mask == BoxMask((0.0, 0.0, 0.0), (1.0, 2.0, 3.0))
    form.layers.drop.click()
    assert [type(e) for e in scene(studio).effects] == [Solid]
    assert studio.session.state.undo_label == "Change the light"
    studio.session.undo()
    studio.window.inspector.refresh()
    assert form.layers.list.count() == 2


def test_a_layer_is_in_the_plan_at_once(studio: Studio, form: SceneForm, qtbot: QtBot) -> None:
    before = studio.desk.plan.drones.key_rgbw
    add(form.layers, "Wave of light")
    qtbot.waitUntil(lambda: len(studio.desk.plan.drones.key_rgbw) > len(before), timeout=10_000)


def test_pictures_and_music(
    studio: Studio, form: SceneForm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    picture = tmp_path / "red.ppm"
    picture.write_bytes(b"P6 2 1 255\n" + bytes([255, 0, 0, 0, 0, 255]))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(picture), ""))
    add(form.layers, "Picture or film")
    form.layers._choose_picture()
    layer = scene(studio).effects[0]
    assert isinstance(layer, Picture)
    assert (layer.film.width, layer.film.height) == (2, 1)
    add(form.layers, "Follows the music")
    form.layers._listen("all")
    layer = scene(studio).effects[1]
    assert isinstance(layer, Sounding)
    if studio.desk.heard.sound is None:
        assert "no music" in told[0]
        told.clear()


def test_motion_headings_and_their_refusals(studio: Studio, form: SceneForm, tmp_path: Path, qtbot: QtBot) -> None:
    add(form.motion, "Turn")
    write(form.motion.fields[Turn, "degrees"], "45", qtbot)
    turn = scene(studio).motion
    assert isinstance(turn, Turn)
    assert turn.degrees == 45.0
    assert not form.motion.add.isEnabled()
    form.motion.drop.click()
    assert scene(studio).motion is None
    add(form.motion, "Follow a path")
    assert form.motion.path is not None
    write(form.motion.path, "1 2 3; 4 5 6", qtbot)
    path = scene(studio).motion
    assert isinstance(path, Follow)
    assert path.through_m == ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))
    choose(form.toward, "out")
    form.load()
    write(form.spin, "90", qtbot)
    facing = scene(studio).facing
    assert facing is not None
    assert (facing.toward, facing.spin_deg) == ("out", 90.0)
    choose(form.toward, "")
    assert scene(studio).facing is None
    file = tmp_path / "walker.bvh"
    file.write_bytes(FIGURE)
    form.motion.take_figure(file)
    dance = scene(studio).motion
    assert isinstance(dance, Dance)
    drawn = next(f for f in studio.session.show.formations if f.id == scene(studio).formation)
    assert len(drawn.points) == len(dance.bones)


def test_fireworks_on_drones(studio: Studio, form: SceneForm, qtbot: QtBot) -> None:
    fleet = studio.session.show.fleets[0]
    dialog = LoadDialog(studio.desk, fleet, studio.window)
    qtbot.addWidget(dialog)
    dialog.charges.add.click()
    write(dialog.charges.fields[Charge, "mass_kg"], "0.15", qtbot)
    choose(dialog.charges._aim, "up")
    dialog.drones.setText("1-8")
    for name, value in (("speed_xy_mps", 4), ("speed_up_mps", 2), ("speed_down_mps", 2), ("accel_mps2", 2)):
        dialog.flown[f"max_{name}"].setText(str(value))
    dialog.source.setText("the crew")
    dialog.take()
    (load,) = studio.session.show.fleets[0].loads
    assert load.charges == (Charge(1, "20s Gold Fountain", 90.0, 0.0, 0.15),)
    assert load.drones == tuple(range(1, 9))
    assert load.handling == (Handling(0.15, 4.0, 2.0, 2.0, 2.0, "the crew"),)
    add(form.triggers, "Trigger")
    form.load()
    (trigger,) = scene(studio).triggers
    assert (trigger.id, trigger.channel, trigger.order) == ("t01", 1, "all")


def test_numbers_and_places_as_they_are_written() -> None:
    assert numbers_of("1-3, 7、9") == (1, 2, 3, 7, 9)
    assert text_of_numbers((1, 2, 3, 7, 9)) == "1-3, 7, 9"
    assert numbers_of("") == ()
    for text in ("a", "1-", "-3", "1-9999999"):
        with pytest.raises(BadInput):
            numbers_of(text)
    assert path_of("1 2 3；4,5,6") == ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))
    with pytest.raises(BadInput, match="three numbers"):
        path_of("1 2")
    with pytest.raises(BadInput, match="6 numbers"):
        region_of("box", "1 2 3")


def test_every_field_has_a_name(form: SceneForm) -> None:
    for title in ("One colour", "Gradient", "Wipe", "Twinkle", "Pulse", "Picture or film", "Follows the music"):
        add(form.layers, title)
    fields = [f for kind in (TextField, NumberField, ChoiceField) for f in form.layers.findChildren(kind)]
    assert len(fields) > 40
    assert all(field.accessibleName() for field in fields)


def test_white_lamps_of_the_fleet(studio: Studio, form: SceneForm) -> None:
    studio.session.select([])
    studio.window.inspector.refresh()
    shown = studio.window.inspector.form
    assert isinstance(shown, ShowForm)
    assert not shown.white.isChecked()
    shown.white.click()
    assert studio.session.show.fleets[0].white
