"""Safety layers, landing scatter and slow motion in the window; figures are made beside the window's thread."""

import threading
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from showeditor.model.finding import Finding
from showeditor.model.music import AtTime
from showeditor.safety.scatter import Scatter, scatter
from showeditor.stage.camera import Camera
from showeditor.stage.overlay import Overlay, overlay_lines
from showeditor.stage.overlay_strokes import stroke, strokes
from showeditor.ui.app import Studio
from showeditor.ui.panels import scatter_run
from showeditor.ui.panels.scatter_dialog import ScatterDialog
from showeditor.ui.stage import layers
from showeditor.ui.stage.layers import measured_with
from showeditor.ui.stage.slow_motion import above_ground, framed
from showeditor.ui.timeline.drop import insert_effect


def checked(studio: Studio, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: studio.session.state.fresh, timeout=60_000)


def one_shell(studio: Studio, qtbot: QtBot) -> str:
    insert_effect(studio.desk, "75mm Red Peony", AtTime(20_000_000), "t01")
    checked(studio, qtbot)
    return studio.session.plan.firing.cue[0]


def idle(studio: Studio, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not studio.window.stage.safety.busy, timeout=20_000)


def test_strokes_are_lines_with_a_colour() -> None:
    lines = stroke(np.array([[0.0, 0, 0], [1, 2, 3]]), (1.0, 0.5, 0.25, 0.75))
    assert lines.dtype == np.float32
    assert lines[1].tolist() == [1, 2, 3, 1, 0.5, 0.25, 0.75]
    assert strokes([lines[:0]]) is None
    both = strokes([lines, lines])
    assert both is not None
    assert both.shape == (4, 7)


def test_strokes_come_through_the_overlay(studio: Studio) -> None:
    lines = stroke(np.array([[0.0, 0, 0], [1, 2, 3]]), (1.0, 0.5, 0.25, 0.75))
    overlay = Overlay(strokes=lines)
    assert overlay.any()
    assert overlay_lines(studio.desk.plan, overlay, 0, Camera(), (64, 64)).tolist() == lines.tolist()


def test_every_switch_draws_its_layer_and_takes_it_back(studio: Studio, qtbot: QtBot) -> None:
    cue = one_shell(studio, qtbot)
    safety = studio.window.stage.safety
    menu: QMenu = studio.window.stage._layers.menu()
    switches = {a.objectName(): a for a in menu.actions() if a.objectName().startswith("layer_")}
    assert set(switches) == {f"layer_{n}" for n in ("distances", "duds", "keepouts", "sparks", "landing")}
    studio.session.select([])
    assert safety.strokes(0) is None
    switches["layer_distances"].trigger()
    idle(studio, qtbot)
    circles = safety.strokes(0)
    assert circles is not None
    origin = studio.desk.plan.shots.origin_m[0]
    assert np.hypot(*(circles[:, :2] - origin[:2]).T) == pytest.approx(
        np.hypot(*(circles[0, :2] - origin[:2])), abs=0.1
    )
    switches["layer_distances"].trigger()
    assert safety.strokes(0) is None
    switches["layer_keepouts"].trigger()
    idle(studio, qtbot)
    assert safety.strokes(0) is None
    studio.session.select([cue])
    idle(studio, qtbot)
    before, during = safety.strokes(0), safety.strokes(20_000_000)
    assert before is not None
    assert during is not None
    assert len(during) > len(before) > 0
    switches["layer_duds"].trigger()
    idle(studio, qtbot)
    more = safety.strokes(0)
    assert more is not None
    assert len(more) > len(before)


def test_a_finding_brings_what_it_is_measured_with(studio: Studio, qtbot: QtBot) -> None:
    one_shell(studio, qtbot)
    safety = studio.window.stage.safety
    found = next(f for f in studio.session.findings if f.code == "FWK-020")
    studio.desk.show_finding(found)
    assert {"distances", "zones"} <= safety.wanted()
    idle(studio, qtbot)
    assert safety.strokes(0) is not None
    studio.desk.show_finding(None)
    assert safety.wanted() == {"landing"}
    assert measured_with("MIX-002") == {"keepouts"}
    assert measured_with("FWK-010") >= {"duds"}
    assert measured_with("CTL-001") == set()


def test_a_slow_figure_never_holds_the_window_up(studio: Studio, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    one_shell(studio, qtbot)
    go, threads = threading.Event(), []

    def slow(_plan: object) -> np.ndarray:
        threads.append(threading.current_thread())
        go.wait(20)
        return np.zeros((2, 3))

    monkeypatch.setattr(layers, "distance_circles", slow)
    safety = studio.window.stage.safety
    safety.switch("distances", True)
    # still being made: whoever switched it on was not held up
    assert safety.busy
    assert safety.strokes(0) is None
    # another plan in the meantime: the figure is made again, of the newest
    insert_effect(studio.desk, "75mm Red Peony", AtTime(30_000_000), "t01")
    go.set()
    idle(studio, qtbot)
    qtbot.waitUntil(lambda: len(threads) == 2, timeout=20_000)
    assert threading.main_thread() not in threads
    idle(studio, qtbot)
    drawn = safety.strokes(0)
    assert drawn is not None
    assert len(drawn) == 2


def test_a_figure_that_cannot_be_made_is_told_once(
    studio: Studio, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_shell(studio, qtbot)

    def broken(_plan: object) -> np.ndarray:
        raise ValueError("a shell without mass")

    monkeypatch.setattr(layers, "dud_outlines", broken)
    said: list[str] = []
    studio.desk.said.connect(said.append)
    safety = studio.window.stage.safety
    safety.switch("duds", True)
    idle(studio, qtbot)
    safety.refresh()
    idle(studio, qtbot)
    assert said == ["a shell without mass"]
    assert safety.strokes(0) is None


def test_the_landing_scatter_is_drawn_until_it_is_cleared(studio: Studio, qtbot: QtBot) -> None:
    one_shell(studio, qtbot)
    safety = studio.window.stage.safety
    dialog = ScatterDialog(studio.desk, studio.window.stage.safety.falling, studio.window)
    qtbot.addWidget(dialog)
    dialog.found.connect(safety.show_landing)
    dialog.runs.setValue(20)
    dialog.seed.setValue(9)
    qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    assert not dialog.start.isEnabled()
    qtbot.waitUntil(lambda: safety.strokes(0) is not None, timeout=20_000)
    assert dialog.start.isEnabled()
    assert "20 landings" in dialog.result_text.text()
    assert isinstance(safety.landing, Scatter)
    same = scatter(studio.desk.plan, seed=9, trials=20)
    assert (safety.landing.duds.counts == same.duds.counts).all()
    qtbot.mouseClick(dialog.clear, Qt.MouseButton.LeftButton)
    assert safety.strokes(0) is None
    dialog.reject()


def test_a_cancelled_scatter_draws_nothing(studio: Studio, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    one_shell(studio, qtbot)
    steps: list[float] = []

    def endless(_plan: object, *, progress: Callable[[float], None], **_more: object) -> None:
        while True:
            steps.append(0.1)
            progress(0.1)

    monkeypatch.setattr(scatter_run, "scatter", endless)
    dialog = ScatterDialog(studio.desk, studio.window.stage.safety.falling, studio.window)
    qtbot.addWidget(dialog)
    found: list[object] = []
    dialog.found.connect(found.append)
    dialog.runs.setValue(2000)
    dialog.begin()
    qtbot.waitUntil(lambda: len(steps) > 5, timeout=20_000)
    qtbot.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.start.isEnabled(), timeout=20_000)
    assert found == []
    assert not dialog.result_text.isVisible()
    # closed while it runs: nobody waits, and the window can be closed over it too
    dialog.begin()
    dialog.reject()
    assert not studio.window.stage.safety.falling.running
    studio.window.stage.safety.falling.start(studio.desk.plan, seed=1, runs=9)


def test_a_cluster_that_is_not_there_is_told(studio: Studio, qtbot: QtBot) -> None:
    one_shell(studio, qtbot)
    dialog = ScatterDialog(studio.desk, studio.window.stage.safety.falling, studio.window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.cluster.setText("nonsense://nowhere")
    dialog.begin()
    qtbot.waitUntil(lambda: dialog.start.isEnabled(), timeout=30_000)
    assert dialog.result_text.text()
    dialog.reject()


def test_slow_motion_loops_slowly_and_escape_puts_all_back(studio: Studio, qtbot: QtBot) -> None:
    cue = one_shell(studio, qtbot)
    stage, desk, window = studio.window.stage, studio.desk, studio.window
    desk.set_loop((1_000_000, 2_000_000))
    desk.seek(7_000_000)
    camera = Camera((1.0, 2.0, 3.0), 99.0, 30.0, 10.0)
    stage.set_camera(camera)
    finding = Finding("FWK-001", "block", "x", "x", 20_000_000, 21_000_000, (cue,), 1.0, 2.0, "m", (5.0, 6.0, 7.0))
    window.findings.detail.tell(finding, False, ())
    window.findings.detail.slow.click()
    motion = stage.slow_motion
    qtbot.waitUntil(lambda: motion.conflict is not None, timeout=20_000)
    assert desk.state.loop_us == (18_500_000, 22_500_000)
    assert desk.state.playhead_us == 18_500_000
    assert desk.transport.speed == 0.125
    assert motion.isVisible()
    assert stage.camera.target_m == (5.0, 6.0, 7.0)
    assert stage.camera.azimuth_deg == 30.0
    desk.transport._clock.advance(2 * desk.transport.rate)
    desk._tick()
    assert desk.state.playhead_us == 18_750_000
    assert "0:18.75" in motion.label.text()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert motion.conflict is None
    assert not motion.isVisible()
    assert (desk.state.loop_us, desk.state.playhead_us) == ((1_000_000, 2_000_000), 7_000_000)
    assert stage.camera == camera
    assert not desk.transport.playing


def test_slow_motion_ends_when_the_show_is_edited(studio: Studio, qtbot: QtBot) -> None:
    cue = one_shell(studio, qtbot)
    motion = studio.window.stage.slow_motion
    motion.begin(Finding("FWK-001", "block", "x", "x", 20_000_000, 21_000_000, (cue,)), Camera())
    qtbot.waitUntil(lambda: motion.conflict is not None, timeout=20_000)
    insert_effect(studio.desk, "75mm Red Peony", AtTime(30_000_000), "t01")
    qtbot.waitUntil(lambda: motion.conflict is None, timeout=20_000)
    assert studio.desk.state.loop_us is None


def test_nothing_is_looked_at_from_below_the_ground() -> None:
    mortar = Camera((40.0, 60.0, 0.0), 160.0, 0.0, -8.0)
    assert mortar.eye_m[2] < 0
    assert above_ground(mortar).elevation_deg == 15.0
    pair = Camera((0.0, 60.0, 40.0), 160.0, 0.0, -30.0)
    raised = above_ground(pair)
    assert raised.eye_m[2] == pytest.approx(2.0)
    assert raised.elevation_deg < 0
    fine = Camera((0.0, 60.0, 80.0), 100.0, 0.0, -10.0)
    assert above_ground(fine) is fine
    # a ball of 20 m fills three quarters of the height
    seen = framed(fine, (0.0, 0.0, 90.0), 20.0)
    tops = seen.project([(0.0, 0.0, 110.0), (0.0, 0.0, 70.0)], (800, 600))
    assert abs(tops[0, 1] - tops[1, 1]) == pytest.approx(450, rel=0.06)
