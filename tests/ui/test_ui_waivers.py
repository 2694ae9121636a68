"""A warning is accepted from the findings panel: dialog, show, note, undo, and back again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QTreeWidgetItem
from pytestqt.qtbot import QtBot
from showeditor.model.music import AtTime
from showeditor.ui.app import Studio
from showeditor.ui.dialogs.waiver import WaiverDialog
from showeditor.ui.panels import findings as panels
from showeditor.ui.timeline.drop import insert_effect


def checked(studio: Studio, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: studio.session.state.fresh, timeout=60_000)


def row_of(studio: Studio, code: str) -> QTreeWidgetItem:
    tree = studio.window.findings._tree
    for g in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(g)
        assert group is not None
        if f" {code} " in group.text(0):
            row = group.child(0)
            assert row is not None
            return row
    raise AssertionError(f"{code} is not listed")


def severities(studio: Studio, code: str) -> set[str]:
    return {f.severity for f in studio.session.findings if f.code == code}


def test_accept_undo_and_take_back(studio: Studio, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    # a cue without an address warns
    insert_effect(studio.desk, "75mm Red Peony", AtTime(20_000_000), "t01")
    checked(studio, qtbot)
    assert severities(studio, "CTL-004") == {"warn"}
    panel = studio.window.findings

    def answer(dialog: WaiverDialog) -> int:
        ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
        assert not ok.isEnabled()
        qtbot.keyClicks(dialog.who, "Li Gong")
        assert not ok.isEnabled()
        qtbot.keyClicks(dialog.why, "fired by hand")
        assert ok.isEnabled()
        dialog.accept()
        return 1

    monkeypatch.setattr(panels.WaiverDialog, "exec", answer)
    assert not panel._accept.isEnabled()
    panel._tree.setCurrentItem(row_of(studio, "CTL-004"))
    assert panel._accept.isEnabled()
    qtbot.mouseClick(panel._accept, Qt.MouseButton.LeftButton)
    (waiver,) = studio.session.show.waivers
    assert (waiver.code, waiver.who, waiver.why) == ("CTL-004", "Li Gong", "fired by hand")
    assert waiver.ids == tuple(c.id for c in studio.session.show.cues())
    checked(studio, qtbot)
    assert severities(studio, "CTL-004") == {"note"}
    # one more cue is not covered by what was accepted
    insert_effect(studio.desk, "75mm Red Peony", AtTime(25_000_000), "t01")
    checked(studio, qtbot)
    assert severities(studio, "CTL-004") == {"warn"}
    studio.window.commands["undo"].trigger()
    checked(studio, qtbot)
    panel._tree.setCurrentItem(row_of(studio, "CTL-004"))
    menu = panel.menu()
    accept, back = menu.actions()
    assert not accept.isEnabled()
    assert "Li Gong" in back.text()
    back.trigger()
    assert studio.session.show.waivers == ()
    checked(studio, qtbot)
    assert severities(studio, "CTL-004") == {"warn"}


def test_the_name_is_remembered_and_a_block_is_told_apart(studio: Studio, qtbot: QtBot) -> None:
    insert_effect(studio.desk, "75mm Red Peony", AtTime(500_000), "t01")
    checked(studio, qtbot)
    block = next(f for f in studio.session.findings if f.severity == "block")
    dialog = WaiverDialog(block, True, studio.window)
    qtbot.addWidget(dialog)
    assert "stops the export" in dialog._meaning()
    qtbot.keyClicks(dialog.who, "Wang")
    qtbot.keyClicks(dialog.why, "a  reason")
    dialog.all.setChecked(True)
    assert dialog.waiver().ids == ()
    assert dialog.waiver().why == "a reason"
    dialog.accept()
    again = WaiverDialog(block, False, studio.window)
    qtbot.addWidget(again)
    assert again.who.text() == "Wang"
