"""Editing on the timeline with the pointer and the keys: what a designer does, in the real window."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from showeditor.model.music import AtBeat, AtTime, moment_us
from showeditor.model.points import Points
from showeditor.timeline import edits, parts, scenes
from showeditor.ui.app import Studio
from showeditor.ui.timeline.drop import insert_effect, insert_formation, mime_of
from showeditor.ui.timeline.lanes import HEADER_PX
from showeditor.ui.timeline.view import TimelineView

Wait = Callable[[], None]
PEONY = "75mm Red Peony"


@pytest.fixture
def wait(studio: Studio, qtbot: QtBot) -> Wait:
    """Waits until the plan of what is seen is there."""
    return lambda: qtbot.waitUntil(lambda: studio.session.state.planned is studio.session.show, timeout=20_000)


@pytest.fixture
def line(studio: Studio) -> TimelineView:
    return studio.window.timeline


def send(line: TimelineView, kind: QEvent.Type, at: QPointF, keys: Qt.KeyboardModifier, buttons: bool = True) -> None:
    left = Qt.MouseButton.LeftButton
    which = left if kind != QEvent.Type.MouseMove else Qt.MouseButton.NoButton
    down = left if buttons else Qt.MouseButton.NoButton
    glob = QPointF(line.viewport().mapToGlobal(at.toPoint()))
    QApplication.sendEvent(line.viewport(), QMouseEvent(kind, at, glob, which, down, keys))


def drag(
    line: TimelineView,
    start: QPointF,
    end: QPointF,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    release: bool = True,
) -> None:
    send(line, QEvent.Type.MouseButtonPress, start, keys)
    for i in range(1, 6):
        send(line, QEvent.Type.MouseMove, start + (end - start) * (i / 5), keys)
    if release:
        send(line, QEvent.Type.MouseButtonRelease, end, keys, buttons=False)


def place_of(line: TimelineView, cue: str) -> QPointF:
    """A pixel on the solid bar of a cue."""
    track, row = line.rows.where(cue) or (0, 0)
    lane = line.lanes().row("track", track)
    assert lane is not None
    bloom = int(line.rows.tracks[track].bloom_us[row])
    return QPointF(HEADER_PX + line.axis.x(bloom) + 4, line.lanes().y(lane) + lane.height - 9)


def x_of(line: TimelineView, t_us: int) -> float:
    return HEADER_PX + line.axis.x(t_us)


def add(studio: Studio, wait: Wait, t_us: int, track: str = "t01") -> str:
    insert_effect(studio.desk, PEONY, AtTime(t_us), track)
    wait()
    (cue,) = studio.desk.selection
    return cue


def bloom_us(studio: Studio, cue: str) -> int:
    (found,) = edits.cues_of(studio.session.show, [cue])
    return moment_us(found.when, studio.session.show.music)


def test_a_bloom_dragged_near_a_beat_snaps_to_it(studio: Studio, line: TimelineView, wait: Wait) -> None:
    cue = add(studio, wait, 20_130_000)
    start = place_of(line, cue)
    target = start + QPointF(x_of(line, 25_530_000) - x_of(line, 20_130_000), 0)
    drag(line, start, target)
    assert bloom_us(studio, cue) == 25_500_000
    assert studio.session.state.undo_label == "Move 1"
    assert studio.window.commands["undo"].text() == "&Undo Move 1"
    wait()
    assert line.rows.bloom_of(cue) == 25_500_000


def test_snapping_off_leaves_the_time_between_beats(studio: Studio, line: TimelineView, wait: Wait) -> None:
    cue = add(studio, wait, 20_000_000)
    studio.window.commands["snap"].trigger()
    assert not studio.desk.snapping
    line.set_axis(line.axis.zoomed(20, line.axis.x(20_000_000)))
    start = place_of(line, cue)
    drag(line, start, start + QPointF(30, 0))
    assert bloom_us(studio, cue) == pytest.approx(20_000_000 + 30 * line.axis.us_per_px, abs=1)


def test_escape_brings_the_show_back(studio: Studio, line: TimelineView, wait: Wait, qtbot: QtBot) -> None:
    cue = add(studio, wait, 20_000_000)
    before = studio.session.committed
    start = place_of(line, cue)
    drag(line, start, start + QPointF(90, 0), release=False)
    assert studio.session.state.previewing
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert studio.session.show is before
    assert not studio.session.state.previewing


def test_undo_gives_back_the_same_show(studio: Studio, line: TimelineView, wait: Wait) -> None:
    cue = add(studio, wait, 20_000_000)
    before = studio.session.committed
    start = place_of(line, cue)
    drag(line, start, start + QPointF(90, 0))
    assert studio.session.show is not before
    studio.window.commands["undo"].trigger()
    assert studio.session.show is before
    studio.window.commands["redo"].trigger()
    assert bloom_us(studio, cue) > 20_000_000


def test_alt_drag_copies(studio: Studio, line: TimelineView, wait: Wait) -> None:
    cue = add(studio, wait, 20_000_000)
    start = place_of(line, cue)
    drag(line, start, start + QPointF(120, 0), Qt.KeyboardModifier.AltModifier)
    assert len(list(studio.session.show.cues())) == 2
    assert bloom_us(studio, cue) == 20_000_000
    (copy,) = studio.desk.selection
    assert copy != cue
    assert bloom_us(studio, copy) > 20_000_000


def test_dragging_down_changes_the_track_and_shift_locks_the_axis(
    studio: Studio, line: TimelineView, wait: Wait
) -> None:
    cue = add(studio, wait, 20_000_000)
    start = place_of(line, cue)
    drag(line, start, start + QPointF(4, 40), Qt.KeyboardModifier.ShiftModifier)
    assert bloom_us(studio, cue) == 20_000_000
    assert [t.id for t in studio.session.show.tracks if t.cues] == ["t02"]
    wait()
    start = place_of(line, cue)
    drag(line, start, start + QPointF(150, 30), Qt.KeyboardModifier.ShiftModifier)
    assert bloom_us(studio, cue) > 20_000_000
    assert [t.id for t in studio.session.show.tracks if t.cues] == ["t02"]


def test_box_and_control_click_select(studio: Studio, line: TimelineView, wait: Wait) -> None:
    cues = [add(studio, wait, t) for t in (20_000_000, 40_000_000, 60_000_000)]
    studio.session.select([])
    first, second = place_of(line, cues[0]), place_of(line, cues[1])
    drag(line, first + QPointF(-25, -20), second + QPointF(30, 4))
    assert studio.desk.selection == set(cues[:2])
    at = place_of(line, cues[2])
    for kind, down in ((QEvent.Type.MouseButtonPress, True), (QEvent.Type.MouseButtonRelease, False)):
        send(line, kind, at, Qt.KeyboardModifier.ControlModifier, down)
    assert studio.desk.selection == set(cues)


def test_delete_copy_paste_duplicate(studio: Studio, wait: Wait) -> None:
    commands = studio.window.commands
    cue = add(studio, wait, 20_000_000)
    commands["copy"].trigger()
    studio.desk.seek(50_000_000)
    commands["paste"].trigger()
    (pasted,) = studio.desk.selection
    assert bloom_us(studio, pasted) == 50_000_000
    commands["duplicate"].trigger()
    assert len(list(studio.session.show.cues())) == 3
    commands["delete"].trigger()
    assert [c.id for c in studio.session.show.cues()] == [cue, pasted]
    assert studio.session.state.undo_label == "Delete 1"


def test_quantise_puts_cues_on_beats(studio: Studio, wait: Wait) -> None:
    cue = add(studio, wait, 20_190_000)
    studio.window.commands["quantise"].trigger()
    assert bloom_us(studio, cue) == 20_000_000
    (found,) = edits.cues_of(studio.session.show, [cue])
    assert isinstance(found.when, AtBeat)


def formation(studio: Studio) -> str:
    ring = [(10 * i % 50, 0.0, 40 + 5.0 * (i // 5)) for i in range(20)]
    after, name = scenes.add_formation(studio.session.show, "ring", Points(ring))
    studio.desk.apply(after, "Add", [name])
    return name


def test_scenes_move_and_resize(studio: Studio, line: TimelineView, wait: Wait) -> None:
    insert_formation(studio.desk, formation(studio), AtTime(30_000_000))
    wait()
    (scene,) = studio.desk.selection
    lane = line.lanes().row("flight", 0)
    assert lane is not None
    y = line.lanes().y(lane) + lane.height / 2
    end = 30_000_000 + scenes.scenes_of(studio.session.show, [scene])[0].hold_us
    drag(line, QPointF(x_of(line, end) - 2, y), QPointF(x_of(line, end + 5_000_000) - 2, y))
    assert scenes.scenes_of(studio.session.show, [scene])[0].hold_us == 11_000_000
    middle = QPointF(x_of(line, 35_000_000), y)
    drag(line, middle, middle + QPointF(x_of(line, 10_000_000) - x_of(line, 0), 0))
    moved = scenes.scenes_of(studio.session.show, [scene])[0]
    assert moment_us(moved.arrive, studio.session.show.music) == 40_000_000
    assert moved.hold_us == 11_000_000


def test_an_effect_dropped_on_a_track(studio: Studio, line: TimelineView, wait: Wait) -> None:
    lane = line.lanes().row("track", 2)
    assert lane is not None
    at = QPointF(x_of(line, 33_020_000), line.lanes().y(lane) + 10)
    mime = mime_of("effect", PEONY, "peony")
    event = QDropEvent(
        at, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    line.dropEvent(event)
    (cue,) = list(studio.session.show.cues())
    assert studio.session.show.tracks[2].cues == (cue,)
    assert cue.position == "P3"
    assert moment_us(cue.when, studio.session.show.music) == 33_000_000
    assert event.isAccepted()


def test_wheel_scrolls_and_zooms_at_the_pointer(studio: Studio, line: TimelineView) -> None:
    def wheel(keys: Qt.KeyboardModifier, delta: int) -> None:
        at = QPointF(700, 200)
        event = QWheelEvent(
            at, QPointF(line.viewport().mapToGlobal(at.toPoint())), QPoint(), QPoint(0, delta),
            Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        line.wheelEvent(event)

    under = line.axis.t(700 - HEADER_PX)
    before = line.axis.us_per_px
    wheel(Qt.KeyboardModifier.ControlModifier, 480)
    assert line.axis.us_per_px < before / 2
    assert abs(line.axis.t(700 - HEADER_PX) - under) <= line.axis.us_per_px
    start = line.axis.start_us
    wheel(Qt.KeyboardModifier.NoModifier, -120)
    assert line.axis.start_us > start
    line.fit()
    assert line.axis.us_per_px == pytest.approx(before)


def test_ruler_scrubs_above_and_draws_a_range_below(studio: Studio, line: TimelineView) -> None:
    drag(line, QPointF(x_of(line, 10_000_000), 8), QPointF(x_of(line, 42_000_000), 8))
    assert abs(studio.session.playhead_us - 42_000_000) <= line.axis.us_per_px
    drag(line, QPointF(x_of(line, 20_040_000), 30), QPointF(x_of(line, 29_960_000), 30))
    assert studio.session.state.loop_us == (20_000_000, 30_000_000)
    assert studio.desk.transport.loop_us == (20_000_000, 30_000_000)


def test_keys_step_through_cues_and_markers(studio: Studio, wait: Wait, qtbot: QtBot) -> None:
    commands = studio.window.commands
    first, second = add(studio, wait, 20_000_000), add(studio, wait, 30_000_000)
    studio.desk.seek(0)
    commands["next_cue"].trigger()
    assert (studio.session.playhead_us, studio.desk.selection) == (20_000_000, {first})
    commands["next_cue"].trigger()
    assert studio.desk.selection == {second}
    commands["marker"].trigger()
    studio.desk.seek(0)
    commands["next_marker"].trigger()
    assert studio.session.playhead_us == 30_000_000
    commands["frame_back"].trigger()
    assert studio.session.playhead_us == 30_000_000 - 33_333
    commands["end"].trigger()
    assert studio.session.playhead_us == studio.session.show.duration_us


def test_the_emotion_curve_is_drawn_by_hand(studio: Studio, line: TimelineView) -> None:
    lane = line.lanes().one("emotion")
    at = QPointF(x_of(line, 40_000_000), lane.y + 6)
    send(line, QEvent.Type.MouseButtonDblClick, at, Qt.KeyboardModifier.NoModifier)
    (point,) = studio.session.show.emotion
    assert point.level > 7
    drag(line, at, at + QPointF(60, 18))
    (moved,) = studio.session.show.emotion
    assert moved.t_us > point.t_us
    assert moved.level < point.level


def test_acts_are_dragged_by_their_borders(studio: Studio, line: TimelineView) -> None:
    after, act = parts.add_act(studio.session.show, "one", 10_000_000, 40_000_000)
    studio.desk.apply(after, "Add")
    lane = line.lanes().one("acts")
    drag(line, QPointF(x_of(line, 40_000_000) - 1, lane.y + 9), QPointF(x_of(line, 50_000_000) - 1, lane.y + 9))
    (found,) = studio.session.show.acts
    assert (found.id, found.start_us, found.end_us) == (act, 10_000_000, 50_000_000)


def test_every_key_is_bound_once(studio: Studio) -> None:
    seen: dict[str, str] = {}
    for name, action in studio.window.commands.actions.items():
        for key in action.shortcuts():
            text = key.toString(QKeySequence.SequenceFormat.PortableText)
            assert text, name
            assert seen.setdefault(text, name) == name
    assert {"Space", "J", "K", "L", "I", "O", "M", "Q", "S", "Z", "Shift+Z", "1", "3", "5", "7"} <= seen.keys()
