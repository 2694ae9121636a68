"""The import dialog and the list of recorded flights: what is chosen is what the show holds, as one edit."""

import pytest
from showeditor.export.registry import formats
from showeditor.model.fingerprint import fingerprint
from showeditor.planning.compile import compile_show
from showeditor.ui.dialogs.import_files import ImportFilesDialog
from showeditor.ui.dialogs.recorded_flights import RecordedFlightsDialog
from showeditor.ui.timeline.lanes import lay_out
from showeditor.ui.timeline.paint_recorded import recorded_span

from plans_by_hand import small_swarm

TABLE = "时间,效果,位置,模块,点位,备注\n10.5,75mm 红牡丹,左岸,1,1,x\n0:12.0,金冠,右岸,1,2,\n".encode()


@pytest.fixture
def dialog(studio, qtbot):
    made = []

    def make(*paths):
        one = ImportFilesDialog(studio.desk, paths, False, studio.window)
        made.append(one)
        qtbot.waitUntil(lambda: one.go.isEnabled() or bool(one.report.toPlainText()), timeout=20_000)
        return one

    yield make
    for one in made:
        one.reject()
        one.deleteLater()


def test_a_table_is_mapped_by_hand_and_taken_over_as_one_edit(studio, qtbot, tmp_path, dialog):
    (tmp_path / "t.csv").write_bytes(TABLE)
    before = studio.desk.show
    cues = len(list(before.cues()))
    one = dialog(tmp_path / "t.csv")
    assert [c.currentData() for c in one.preview.choices] == ["ignition", "name", "position", "module", "pin", ""]
    assert one.preview.table.item(1, 1).text() == "75mm 红牡丹"
    assert "备注" in one.report.toPlainText()
    assert not one.action.isEnabled()
    one.preview.choices[5].setCurrentIndex(one.preview.choices[5].findData("chain"))
    qtbot.waitUntil(lambda: one.tried is not None, timeout=20_000)
    one.model.setCurrentIndex(one.model.findData("firetek"))
    qtbot.waitUntil(lambda: one.tried is not None and one.go.isEnabled(), timeout=20_000)
    one.take()
    show = studio.desk.show
    assert len(list(show.cues())) == cues + 2
    assert {c.model for c in show.controllers} >= {"firetek"}
    studio.desk.session.undo()
    assert studio.desk.show is before


def test_a_table_without_a_known_time_says_so_and_waits(studio, qtbot, tmp_path, dialog):
    (tmp_path / "t.csv").write_text("when,what\n1.5,Mine\n2.5,Mine\n")
    one = dialog(tmp_path / "t.csv")
    assert "no column is known as a time" in one.report.toPlainText()
    assert not one.go.isEnabled()
    for k, held in enumerate(("ignition", "name")):
        one.preview.choices[k].setCurrentIndex(one.preview.choices[k].findData(held))
    qtbot.waitUntil(lambda: one.tried is not None, timeout=20_000)
    assert len(one.tried.plans[0].firing) == 2


def test_a_drone_file_becomes_a_flight_that_can_be_moved(studio, qtbot, tmp_path, dialog):
    drones = small_swarm()
    ((_, data),) = formats()["skyc"].write(drones).items()
    (tmp_path / "f.skyc").write_bytes(data)
    one = dialog(tmp_path / "f.skyc")
    assert one.east.isEnabled()
    assert not one.angles.isEnabled()
    assert one.preview.table.rowCount() == len(drones.drones)
    one.take()
    flight = studio.desk.show.recorded[0]
    assert fingerprint(compile_show(studio.desk.show).drones.ctrl) == fingerprint(flight.recording.drones.ctrl)
    listed = RecordedFlightsDialog(studio.desk, studio.window)
    listed.table.item(0, 2).setText("2.5")
    listed.table.item(0, 5).setText("40")
    listed.take()
    moved = studio.desk.show.recorded[0]
    assert (moved.start.t_us, moved.at_m) == (2_500_000, (40.0, 0.0, 0.0))
    assert moved.recording is flight.recording
    again = RecordedFlightsDialog(studio.desk, studio.window)
    again.table.selectRow(0)
    again.remove()
    again.take()
    assert not studio.desk.show.recorded
    for shut in (listed, again):
        shut.deleteLater()


def test_a_word_where_a_number_belongs_is_named(studio, told, tmp_path, dialog):
    ((_, data),) = formats()["skyc"].write(small_swarm()).items()
    (tmp_path / "f.skyc").write_bytes(data)
    dialog(tmp_path / "f.skyc").take()
    before = studio.desk.show
    listed = RecordedFlightsDialog(studio.desk, studio.window)
    listed.table.item(0, 2).setText("soon")
    listed.take()
    assert "row 1, Begins at (s): a number was expected, found “soon”" in told[0]
    told.clear()
    assert studio.desk.show is before
    listed.reject()
    listed.deleteLater()


def test_a_recorded_flight_has_a_lane_with_its_name(studio, tmp_path, dialog):
    ((_, data),) = formats()["skyc"].write(small_swarm()).items()
    (tmp_path / "f.skyc").write_bytes(data)
    before = len(lay_out(studio.desk.show).rows)
    dialog(tmp_path / "f.skyc").take()
    show = studio.desk.show
    lanes = lay_out(show)
    assert len(lanes.rows) == before + 1
    lane = lanes.row("recorded", 0)
    assert lane is not None
    assert recorded_span(show, show.recorded[0]) == (0, show.recorded[0].ends_us)
    studio.window.grab()  # every lane is painted
