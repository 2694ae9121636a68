"""Inspector, palette, findings, export and the picture, in the real window."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot
from showeditor.export.verify import verify
from showeditor.formations.text import draw_text
from showeditor.model.finding import Finding
from showeditor.model.music import AtBeat, AtTime
from showeditor.timeline import edits, scenes
from showeditor.ui.app import Studio
from showeditor.ui.dialogs.export import ExportDialog
from showeditor.ui.dialogs.text_formation import TextFormationDialog
from showeditor.ui.inspector.cues import CueForm
from showeditor.ui.inspector.scenes import SceneForm
from showeditor.ui.inspector.show import ShowForm
from showeditor.ui.timeline.drop import insert_effect, insert_formation


def checked(studio: Studio, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: studio.session.state.fresh, timeout=60_000)


def two_cues(studio: Studio) -> tuple[str, str]:
    insert_effect(studio.desk, "75mm Red Peony", AtTime(20_000_000), "t01")
    insert_effect(studio.desk, "100mm Gold Willow", AtTime(30_000_000), "t02")
    first, second = (cue.id for cue in studio.session.show.cues())
    return first, second


def write(field: QLineEdit, text: str, qtbot: QtBot) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_many_cues_show_multiple_and_change_together(studio: Studio, qtbot: QtBot) -> None:
    ids = two_cues(studio)
    studio.session.select(ids)
    panel = studio.window.inspector
    panel.refresh()
    form = panel.form
    assert isinstance(form, CueForm)
    assert form.effect.text() == ""
    assert form.effect.placeholderText() == "multiple"
    assert form.tilt.text() == "0"
    write(form.tilt, "12.5", qtbot)
    assert {c.tilt_deg for c in studio.session.show.cues()} == {12.5}
    assert studio.session.state.undo_label == "Tilt"
    assert len({c.effect for c in studio.session.show.cues()}) == 2


def test_the_effect_text_is_read_while_typing(studio: Studio, qtbot: QtBot) -> None:
    first, _ = two_cues(studio)
    studio.session.select([first])
    panel = studio.window.inspector
    panel.refresh()
    form = panel.form
    assert isinstance(form, CueForm)
    form.effect.setFocus()
    form.effect.selectAll()
    qtbot.keyClicks(form.effect, "3in blue peony zzgork")
    qtbot.waitUntil(lambda: "zzgork" in form._reading.text() and "Not understood" in form._reading.text())
    qtbot.keyClick(form.effect, Qt.Key.Key_Return)
    (cue,) = edits.cues_of(studio.session.show, [first])
    assert cue.effect == "3in blue peony zzgork"


def test_a_moment_by_bar_and_beat(studio: Studio, qtbot: QtBot, told: list[str]) -> None:
    first, _ = two_cues(studio)
    studio.session.select([first])
    panel = studio.window.inspector
    panel.refresh()
    form = panel.form
    assert isinstance(form, CueForm)
    write(form.when, "17.3.0", qtbot)
    (cue,) = edits.cues_of(studio.session.show, [first])
    assert cue.when == AtBeat(16 * 4 * 960 + 2 * 960)
    write(form.when, "1:02.4", qtbot)
    assert edits.cues_of(studio.session.show, [first])[0].when == AtTime(62_400_000)
    write(form.when, "noon", qtbot)
    assert edits.cues_of(studio.session.show, [first])[0].when == AtTime(62_400_000)
    assert len(told) == 1
    assert "noon" in told[0]
    told.clear()


def test_forms_follow_the_selection(studio: Studio, qtbot: QtBot) -> None:
    panel = studio.window.inspector
    panel.refresh()
    assert isinstance(panel.form, ShowForm)
    drawing = draw_text("火", height_m=60.0, spacing_m=3.0)
    after, name = scenes.add_formation(studio.session.show, "火", drawing.points)
    studio.desk.apply(after, "Add", [name])
    insert_formation(studio.desk, name, AtTime(60_000_000))
    panel.refresh()
    form = panel.form
    assert isinstance(form, SceneForm)
    assert "needs" in form._count.text()
    write(form.axes[2], "55", qtbot)
    (scene,) = [s for f in studio.session.show.flights for s in f.scenes]
    assert scene.place.at_m[2] == 55.0


def test_search_narrows_the_palette_and_enter_inserts(studio: Studio, qtbot: QtBot) -> None:
    palette = studio.window.palette_panel
    palette._search.setText("willow gold")
    shown = [row for row in palette._effects.leaves() if not row.isHidden()]
    assert 0 < len(shown) < len(palette._effects.leaves())
    palette._search.setText("60mm green comet")
    qtbot.keyClick(palette._search, Qt.Key.Key_Return)
    (cue,) = studio.session.show.cues()
    assert cue.effect == "60mm green comet"


def test_a_spacing_violation_appears_marks_and_goes(studio: Studio, qtbot: QtBot) -> None:
    show = studio.session.show
    drawing = draw_text("火", height_m=60.0, spacing_m=3.0)
    show, formation = scenes.add_formation(show, "火", drawing.points)
    studio.desk.apply(show, "Add")
    insert_formation(studio.desk, formation, AtTime(60_000_000))
    checked(studio, qtbot)
    assert not [f for f in studio.session.findings if f.severity == "block"]
    (scene,) = studio.desk.selection
    # at a tenth of the size the same drones come far too near
    place = scenes.scenes_of(studio.session.show, [scene])[0].place
    small = type(place)(place.at_m, place.heading_deg, place.lean_deg, 0.1)
    studio.desk.apply(scenes.change_scenes(studio.session.show, [scene], place=small), "Shrink")
    assert studio.session.state.light == "checking"
    checked(studio, qtbot)
    assert studio.session.state.light == "blocked"
    found = [f for f in studio.session.findings if f.severity == "block" and f.place_m is not None]
    assert found
    window = studio.window
    window.commands["check_next"].trigger()
    assert studio.desk.offenders
    studio.desk.show_finding(found[0])
    assert studio.session.playhead_us == found[0].t0_us
    assert window.stage.camera.target_m == found[0].place_m
    window.commands["undo"].trigger()
    checked(studio, qtbot)
    assert not [f for f in studio.session.findings if f.severity == "block"]


def test_findings_are_said_in_both_languages(studio: Studio, qapp: QApplication, qtbot: QtBot) -> None:
    two_cues(studio)
    checked(studio, qtbot)
    assert studio.session.findings
    tree = studio.window.findings._tree

    def words() -> str:
        groups = [tree.topLevelItem(i) for i in range(tree.topLevelItemCount())]
        return " ".join(g.child(i).text(1) for g in groups if g for i in range(g.childCount()))

    english = words()
    studio.window.set_language("zh_CN")
    qapp.processEvents()
    assert words() != english
    assert any("\u4e00" <= c <= "\u9fff" for c in words())


def test_export_refuses_and_then_publishes(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    first, _ = two_cues(studio)
    studio.session.select([])
    studio.window.commands["address"].trigger()
    assert all(c.address for c in studio.session.show.cues())
    good = studio.session.show
    studio.desk.apply(edits.set_when(good, [first], AtTime(1_000_000)), "Too early")
    checked(studio, qtbot)
    dialog = ExportDialog(studio.desk, False, studio.window)
    dialog.show()
    for i in range(dialog._list.topLevelItemCount()):
        row = dialog._list.topLevelItem(i)
        assert row is not None
        wanted = row.text(0).endswith("(cobra-6)")
        row.setCheckState(0, Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
    assert dialog.chosen() == ["cobra-6"]
    out = tmp_path / "out"
    dialog.folder.setText(str(out))
    dialog.go.click()
    qtbot.waitUntil(lambda: "Refused" in dialog._result.toPlainText(), timeout=30_000)
    assert not out.exists()
    studio.session.undo()
    checked(studio, qtbot)
    dialog.go.click()
    qtbot.waitUntil(lambda: "Published" in dialog._result.toPlainText(), timeout=30_000)
    assert verify(out) == ()
    dialog.reject()
    dialog.deleteLater()


def test_options_of_a_format_are_chosen_below_it(studio: Studio) -> None:
    dialog = ExportDialog(studio.desk, False, studio.window)
    choices = {c.accessibleName(): c for c in dialog.findChildren(QComboBox)}
    choices["Option frames of vviz"].setCurrentText("since")
    for i in range(dialog._list.topLevelItemCount()):
        row = dialog._list.topLevelItem(i)
        assert row is not None
        wanted = row.text(0).endswith(("(vviz)", "(skyb)"))
        if row.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            row.setCheckState(0, Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
    assert sorted(dialog.chosen()) == ["skyb", "vviz:frames=since"]
    dialog.reject()
    dialog.deleteLater()


def test_the_text_dialog_draws_and_counts(studio: Studio, qtbot: QtBot) -> None:
    checked(studio, qtbot)
    dialog = TextFormationDialog(studio.desk, None, studio.window)
    dialog.show()
    dialog.text.setText("火")
    qtbot.waitUntil(lambda: dialog.drawing is not None, timeout=30_000)
    assert dialog.drawing is not None
    assert 20 < len(dialog.drawing) < 100
    dialog.height_box.setValue(200.0)
    assert dialog.drawing is None
    qtbot.waitUntil(lambda: dialog.drawing is not None, timeout=30_000)
    assert len(dialog.drawing) > 100
    assert dialog._count.property("role") == "bad"
    # Enter pressed before the drawing is ready takes the drawing once it is
    dialog.height_box.setValue(60.0)
    assert dialog.drawing is None
    dialog.accept()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=30_000)
    assert dialog.result() == TextFormationDialog.DialogCode.Accepted
    dialog.deleteLater()


def test_the_picture_is_drawn_in_the_window(studio: Studio, qapp: QApplication, qtbot: QtBot) -> None:
    insert_effect(studio.desk, "150mm Gold Chrysanthemum", AtTime(20_000_000), "t03")
    checked(studio, qtbot)
    stage = studio.window.stage

    def picture(t_us: int) -> np.ndarray:
        studio.desk.seek(t_us)
        qapp.processEvents()
        image = stage.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)[:, : image.width() * 3]
        return data.astype(np.float64)

    stage.canvas.show()
    stage.look_from("front")
    dark, bright = picture(5_000_000), picture(20_600_000)
    assert stage.canvas.trouble == ""
    assert bright.max() > 200
    assert bright.mean() > dark.mean() * 1.05
    assert np.array_equal(picture(5_000_000), dark)
    stage.shut()
    stage.canvas.hide()


def test_a_finding_without_place_moves_no_camera(studio: Studio) -> None:
    before = studio.window.stage.camera
    studio.desk.show_finding(Finding("X-1", "warn", "a", "b", t0_us=3_000_000, ids=("nobody",)))
    assert studio.window.stage.camera == before
    assert studio.session.playhead_us == 3_000_000


@pytest.mark.parametrize("name", ["camera_front", "camera_side", "camera_top", "camera_ortho"])
def test_views(studio: Studio, qtbot: QtBot, name: str) -> None:
    checked(studio, qtbot)
    before = studio.window.stage.camera
    studio.window.commands[name].trigger()
    assert studio.window.stage.camera != before
    studio.window.stage.store_bookmark(3)
    stored = studio.window.stage.camera
    studio.window.stage.look_from("home")
    studio.window.stage.bookmarks.clear()
    studio.window.stage.recall_bookmark(3)
    assert studio.window.stage.camera == stored
