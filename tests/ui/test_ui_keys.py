"""The keys of the editing table: ripple, groups, tap tempo, fine steps, quantising by a strength."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot
from showeditor.model.music import AtTime, moment_us
from showeditor.timeline import edits, parts
from showeditor.ui import theme
from showeditor.ui.app import Studio
from showeditor.ui.timeline.drop import insert_effect
from showeditor.ui.timeline.lanes import HEADER_PX

PEONY = "75mm Red Peony"
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
Key = Callable[..., None]


@pytest.fixture
def key(studio: Studio, qtbot: QtBot) -> Key:
    """Presses a key with the timeline in focus."""
    studio.window.activateWindow()
    studio.window.timeline.setFocus()
    qtbot.waitUntil(studio.window.timeline.hasFocus)

    def press(which: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(studio.window.timeline, which, keys)

    return press


def cues_at(studio: Studio, qtbot: QtBot, *times_us: int) -> list[str]:
    for t_us in times_us:
        insert_effect(studio.desk, PEONY, AtTime(t_us), "t01")
    qtbot.waitUntil(lambda: studio.session.state.planned is studio.session.show, timeout=20_000)
    return [cue.id for cue in studio.session.show.cues()]


def times(studio: Studio) -> list[int]:
    return [moment_us(cue.when, studio.session.show.music) for cue in studio.session.show.cues()]


def spot(studio: Studio, cue: str) -> QPoint:
    line = studio.window.timeline
    track, row = line.rows.where(cue) or (0, 0)
    lane = line.lanes().row("track", track)
    assert lane is not None
    bloom = int(line.rows.tracks[track].bloom_us[row])
    return QPointF(HEADER_PX + line.axis.x(bloom) + 4, line.lanes().y(lane) + lane.height - 9).toPoint()


def drag(studio: Studio, qtbot: QtBot, start: QPoint, dx: int) -> None:
    port, left = studio.window.timeline.viewport(), Qt.MouseButton.LeftButton
    qtbot.mousePress(port, left, pos=start)
    for share in (1, 2, 3, 4):
        qtbot.mouseMove(port, start + QPoint(dx * share // 4, 0))
    qtbot.mouseRelease(port, left, pos=start + QPoint(dx, 0))


def test_shift_delete_closes_the_gap(studio: Studio, qtbot: QtBot, key: Key) -> None:
    ids = cues_at(studio, qtbot, 20_000_000, 22_000_000, 30_000_000)
    length = studio.session.show.duration_us
    studio.session.select(ids[:2])
    key(Qt.Key.Key_Delete, SHIFT)
    assert times(studio) == [28_000_000]
    assert studio.session.show.duration_us == length - 2_000_000
    assert studio.session.state.undo_label == "Delete 2 and close the gap"
    studio.session.undo()
    studio.session.select(ids[:2])
    key(Qt.Key.Key_Delete)
    assert times(studio) == [30_000_000]


def test_r_makes_drags_and_delete_ripple_and_warns(studio: Studio, qtbot: QtBot, key: Key) -> None:
    ids = cues_at(studio, qtbot, 20_000_000, 22_000_000, 30_000_000)
    line = studio.window.timeline
    corner = QPoint(4, line.viewport().height() - 4)
    assert line.viewport().grab().toImage().pixelColor(corner).name() != theme.WARN
    key(Qt.Key.Key_R)
    assert studio.desk.rippling
    assert studio.window.commands["ripple"].isChecked()
    assert line.viewport().grab().toImage().pixelColor(corner).name() == theme.WARN
    studio.desk.set_snapping(False)
    studio.session.select([ids[1]])
    drag(studio, qtbot, spot(studio, ids[1]), 40)
    moved = times(studio)
    shift = moved[1] - 22_000_000
    assert shift == pytest.approx(40 * line.axis.us_per_px, abs=2)
    assert moved == [20_000_000, 22_000_000 + shift, 30_000_000 + shift]
    studio.session.undo()
    studio.session.select(ids[:2])
    key(Qt.Key.Key_Delete)
    assert times(studio) == [28_000_000]
    key(Qt.Key.Key_R)
    assert not studio.desk.rippling


def test_a_ripple_stops_at_show_zero(studio: Studio, qtbot: QtBot, key: Key) -> None:
    ids = cues_at(studio, qtbot, 5_000_000, 30_000_000)
    key(Qt.Key.Key_R)
    studio.session.select([ids[0]])
    line = studio.window.timeline
    line.set_axis(line.axis.moved(-200))
    drag(studio, qtbot, spot(studio, ids[0]), -150)
    assert times(studio) == [0, 25_000_000]


def test_ctrl_g_groups_and_a_click_takes_them_all(studio: Studio, qtbot: QtBot, key: Key) -> None:
    ids = cues_at(studio, qtbot, 20_000_000, 40_000_000, 60_000_000)
    studio.session.select(ids[:2])
    key(Qt.Key.Key_G, CTRL)
    assert [cue.group for cue in studio.session.show.cues()] == ["g01", "g01", ""]
    qtbot.waitUntil(lambda: studio.session.state.planned is studio.session.show, timeout=20_000)
    port = studio.window.timeline.viewport()
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=spot(studio, ids[2]))
    assert studio.desk.selection == {ids[2]}
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=spot(studio, ids[1]))
    assert studio.desk.selection == set(ids[:2])
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, CTRL, spot(studio, ids[0]))
    assert studio.desk.selection == set()
    studio.session.select([ids[0], ids[1]])
    key(Qt.Key.Key_G, CTRL | SHIFT)
    assert {cue.group for cue in studio.session.show.cues()} == {""}


def test_copies_of_a_group_are_a_group_of_their_own(studio: Studio, qtbot: QtBot, key: Key) -> None:
    ids = cues_at(studio, qtbot, 20_000_000, 40_000_000)
    key(Qt.Key.Key_A, CTRL)
    key(Qt.Key.Key_G, CTRL)
    key(Qt.Key.Key_D, CTRL)
    copies = studio.desk.selection
    assert len(copies) == 2
    assert studio.desk.together(ids[:1]) == set(ids)
    assert studio.desk.together([min(copies)]) == copies
    key(Qt.Key.Key_C, CTRL)
    key(Qt.Key.Key_V, CTRL)
    assert len({cue.group for cue in studio.session.show.cues()}) == 3


def test_t_taps_the_tempo_from_the_playheads_bar_on(studio: Studio, qtbot: QtBot, key: Key) -> None:
    tapping = studio.window.tapping
    now = [0]
    tapping.clock_us = lambda: now[0]
    studio.desk.seek(8_100_000)
    before = studio.session.show
    for gap in (600_000, 600_000, 1_100_000, 600_000, 600_000):
        key(Qt.Key.Key_T)
        now[0] += gap
    tapping.finish()
    music = studio.session.show.music
    assert music is not None
    assert [(m.tick, m.us_per_quarter) for m in music.tempo.tempos] == [(0, 500_000), (4 * 3840, 600_000)]
    assert studio.session.state.undo_label == "Tap the tempo"
    studio.session.undo()
    assert studio.session.show is before
    studio.desk.seek(0)
    for _ in range(4):
        key(Qt.Key.Key_T)
        now[0] += 400_000
    tapping.finish()
    music = studio.session.show.music
    assert music is not None
    assert [m.us_per_quarter for m in music.tempo.tempos] == [400_000]


def test_too_few_taps_change_nothing(studio: Studio, key: Key) -> None:
    before = studio.session.show
    for _ in range(3):
        key(Qt.Key.Key_T)
    studio.window.tapping.finish()
    assert studio.session.show is before


def test_shift_arrows_step_one_millisecond(studio: Studio, key: Key) -> None:
    studio.desk.seek(5_000_000)
    key(Qt.Key.Key_Right, SHIFT)
    key(Qt.Key.Key_Right, SHIFT)
    assert studio.session.playhead_us == 5_002_000
    key(Qt.Key.Key_Left, SHIFT)
    assert studio.session.playhead_us == 5_001_000


def test_shift_q_quantises_by_a_strength(
    studio: Studio, qtbot: QtBot, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = cues_at(studio, qtbot, 20_200_000)
    studio.session.select(ids)
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_: (25, True))
    key(Qt.Key.Key_Q, SHIFT)
    assert times(studio) == [20_150_000]


def test_select_same_act(studio: Studio, qtbot: QtBot) -> None:
    ids = cues_at(studio, qtbot, 20_000_000, 25_000_000, 40_000_000)
    after, _ = parts.add_act(studio.session.show, "one", 10_000_000, 30_000_000)
    studio.desk.apply(after, "Add")
    studio.session.select(ids[:1])
    studio.window.commands["select_act"].trigger()
    assert studio.desk.selection == set(ids[:2])
    assert len(edits.cues_of(studio.session.show, ids)) == 3


def test_control_comma_and_period_nudge_the_downbeat(studio: Studio, key: Key) -> None:
    key(Qt.Key.Key_Period, CTRL)
    key(Qt.Key.Key_Period, CTRL)
    key(Qt.Key.Key_Comma, CTRL)
    music = studio.session.show.music
    assert music is not None
    assert music.downbeat_us == 10_000
    assert studio.session.state.undo_label == "Nudge the downbeat"


def test_select_same_calibre(studio: Studio, qtbot: QtBot) -> None:
    ids = cues_at(studio, qtbot, 20_000_000, 25_000_000)
    insert_effect(studio.desk, "100mm Gold Willow", AtTime(30_000_000), "t01")
    qtbot.waitUntil(lambda: studio.session.state.planned is studio.session.show, timeout=20_000)
    studio.session.select(ids[:1])
    studio.window.commands["select_calibre"].trigger()
    assert studio.desk.selection == set(ids)


def test_the_fireworks_are_heard_on_demand_and_the_music_comes_back(studio: Studio, qtbot: QtBot) -> None:
    desk = studio.desk
    toggle = studio.window.commands["hear_bursts"]
    toggle.trigger()
    hearing = studio.window.navigation.hearing
    qtbot.waitUntil(lambda: desk._instead is not None, timeout=10_000)
    both = desk._instead
    assert both is not None
    assert abs(both.duration_us - desk.show.duration_us) < 100
    toggle.trigger()
    assert not hearing.on
    assert desk._instead is None
