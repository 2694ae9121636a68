"""Timecode, stage cues and captions in the window: the dialog, the inspector's rows, one step each."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTableWidgetItem
from pytestqt.qtbot import QtBot
from showeditor.model.music import AtTime
from showeditor.model.stage import Osc
from showeditor.model.timecode import Timecode
from showeditor.ui.app import Studio
from showeditor.ui.dialogs import timecode as dialogs
from showeditor.ui.dialogs.timecode import TimecodeDialog
from showeditor.ui.edge import reporter
from showeditor.ui.inspector.show import ShowForm


def fill(table, row: int, texts: list[str]) -> None:
    for column, text in enumerate(texts):
        table.setItem(row, column, QTableWidgetItem(text))


def test_the_dialog_changes_the_show_in_one_step(studio: Studio, qtbot: QtBot, monkeypatch) -> None:
    def answer(dialog: TimecodeDialog) -> int:
        dialog.rate.setCurrentIndex(dialog.rate.findData("29.97df"))
        dialog.zero.setText("00:01:00;00")
        assert "left out in drop-frame" in dialog.told.text()
        dialog.zero.setText("00:59:50;00")
        dialog.pre_roll.setValue(5.0)
        dialog.date.setText("2026-09-30")
        dialog.zone.setValue(8)
        assert dialog.told.text().startswith("The code runs from 00:59:45;00")
        dialog.stage.add()
        fill(dialog.stage.table, 0, ["", "12.5", "灯光", "Red", "osc eos", ""])
        dialog.accept()
        assert dialog.result() != QDialog.DialogCode.Accepted
        assert "stage cue in row 1" in dialog.complaint.text()
        fill(dialog.stage.table, 0, ["", "12.5", "灯光", "Red", "osc /eos/go 1", "soft"])
        dialog.captions.add()
        fill(dialog.captions.table, 0, ["", "3", "2.5", "夜 / 晚", "Night", "Ann"])
        dialog.accept()
        assert dialog.result() == QDialog.DialogCode.Accepted
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(TimecodeDialog, "exec", answer)
    before = studio.session.show
    studio.window.commands["timecode"].trigger()
    show = studio.session.show
    assert show.timecode == Timecode("29.97df", "00:59:50;00", 5_000_000, "2026-09-30", 8)
    ((cue,),) = [track.cues for track in show.stage]
    assert (cue.when, cue.action, cue.note) == (AtTime(12_500_000), Osc("/eos/go", (1,)), "soft")
    assert show.captions[0].zh == "夜\n晚"
    assert studio.session.state.undo_label == "Timecode and stage"
    qtbot.waitUntil(lambda: studio.session.state.fresh, timeout=60_000)
    assert studio.session.state.plan is not None
    assert [e.name for e in studio.session.state.plan.stage] == ["Red"]
    studio.session.undo()
    assert studio.session.show is before


def test_ok_without_a_change_is_no_step(studio: Studio, monkeypatch) -> None:
    monkeypatch.setattr(TimecodeDialog, "exec", lambda dialog: dialog.accept() or QDialog.DialogCode.Accepted)
    before = studio.session.show
    dialogs.ask_timecode(studio.desk, studio.window)
    assert studio.session.show is before


def test_the_inspector_changes_the_timecode(studio: Studio, qtbot: QtBot, monkeypatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(reporter, "show", lambda parent, title, text, details: told.append(text))
    studio.session.select(())
    panel = studio.window.inspector
    panel.refresh()
    form = panel.form
    assert isinstance(form, ShowForm)
    rows = form.timecode
    assert rows.zero.text() == "00:00:00:00"
    rows.zero.setFocus()
    rows.zero.selectAll()
    qtbot.keyClicks(rows.zero, "10:00:00:00")
    qtbot.keyClick(rows.zero, Qt.Key.Key_Return)
    assert studio.session.show.timecode.zero == "10:00:00:00"
    rows.rate.chosen.emit("24")
    assert studio.session.show.timecode.rate == "24"
    rows.zero.selectAll()
    qtbot.keyClicks(rows.zero, "99:00:00:00")
    qtbot.keyClick(rows.zero, Qt.Key.Key_Return)
    assert told == ["99:00:00:00 is no timecode at 24 frames a second"]
    assert studio.session.show.timecode.zero == "10:00:00:00"
