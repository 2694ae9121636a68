"""Favourite effects on the number keys."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from showeditor.model.music import AtTime
from showeditor.ui.app import Studio
from showeditor.ui.panels.palette import PalettePanel
from showeditor.ui.timeline.drop import insert_effect
from showeditor.ui.timeline.view import TimelineView

PEONY = "75mm Red Peony"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def line(studio: Studio, qtbot: QtBot) -> TimelineView:
    studio.window.activateWindow()
    studio.window.timeline.setFocus()
    qtbot.waitUntil(studio.window.timeline.hasFocus)
    return studio.window.timeline


def effects(studio: Studio) -> list[str]:
    return [cue.effect for cue in studio.session.show.cues()]


def test_ctrl_number_keeps_the_cues_effect_and_the_number_inserts_it(
    studio: Studio, line: TimelineView, qtbot: QtBot
) -> None:
    insert_effect(studio.desk, PEONY, AtTime(20_000_000), "t01")
    qtbot.keyClick(line, Qt.Key.Key_1, CTRL)
    assert studio.window.palette_panel.favourites.effect(1) == PEONY
    studio.desk.seek(30_000_000)
    qtbot.keyClick(line, Qt.Key.Key_1)
    assert effects(studio) == [PEONY, PEONY]


def test_a_number_without_favourite_is_left_to_the_cameras(studio: Studio, line: TimelineView, qtbot: QtBot) -> None:
    pressed: list[str] = []
    studio.window.commands["camera_top"].triggered.connect(lambda: pressed.append("top"))
    qtbot.keyClick(line, Qt.Key.Key_7)
    assert pressed == ["top"]
    studio.window.palette_panel.favourites.put(7, PEONY)
    qtbot.keyClick(line, Qt.Key.Key_7)
    assert pressed == ["top"]
    assert effects(studio) == [PEONY]


def test_the_palette_lists_favourites_and_its_menu_moves_them(studio: Studio, line: TimelineView) -> None:
    panel: PalettePanel = studio.window.palette_panel
    for number in (3, 0):
        menu = panel.key_menu(PEONY)
        next(a for a in menu.actions() if a.text() == f"Key {number}").trigger()
        menu.deleteLater()
    assert panel.favourites.number_of(PEONY) == 0
    assert panel.favourites.effect(3) == ""
    group = panel._effects.topLevelItem(0)
    assert group is not None
    assert group.text(0) == "Favourites"
    assert [group.child(i).text(0)[0] for i in range(group.childCount())] == ["0"]
