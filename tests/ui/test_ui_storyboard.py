"""Storyboard, plots and path view in the real window."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from showeditor.formations.text import draw_text
from showeditor.model.errors import BadInput
from showeditor.model.music import AtTime, moment_us
from showeditor.stage.lights import drone_places
from showeditor.timeline import scenes
from showeditor.ui.app import Studio
from showeditor.ui.panels.plots import DISTANCE, drones_named
from showeditor.ui.stage.picking import drone_under
from showeditor.ui.stage.ways import flight_around
from showeditor.ui.timeline.drop import insert_formation

S = 1_000_000


def two_scenes(studio: Studio) -> tuple[str, str]:
    show = studio.session.show
    for text, at in (("火", 35 * S), ("云", 75 * S)):
        drawing = draw_text(text, height_m=30.0, spacing_m=3.0)
        show, formation = scenes.add_formation(studio.session.show, text, drawing.points, (), drawing.path)
        studio.desk.apply(show, "f")
        insert_formation(studio.desk, formation, AtTime(at))
    first, second = (s.id for s in studio.session.show.flights[0].scenes)
    return first, second


def planned(studio: Studio, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: studio.session.state.fresh, timeout=60_000)


def test_cards_tell_the_scenes_and_a_drag_swaps_them(studio: Studio, qtbot: QtBot) -> None:
    first, second = two_scenes(studio)
    board = studio.window.storyboard
    board.fill()
    (row,) = board.cards.rows
    assert [card.scene for card in row.cards] == [first, second]
    used = len(studio.session.show.formations[0].points)
    assert (row.cards[0].used, row.cards[0].fleet, row.cards[0].name) == (used, 100, "火")
    assert row.cards[0].picture.toImage().pixelColor(0, 0).name() == "#0a0d14"
    studio.window._docks["storyboard"].raise_()
    cards = board.cards
    at = cards.box(0, 1).center().toPoint()
    qtbot.mouseClick(cards, Qt.MouseButton.LeftButton, pos=at)
    assert studio.session.selection == {second}
    assert studio.session.playhead_us == 75 * S
    qtbot.mousePress(cards, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(cards, at - QPoint(120, 0))
    qtbot.mouseMove(cards, at - QPoint(180, 0))
    qtbot.mouseRelease(cards, Qt.MouseButton.LeftButton, pos=at - QPoint(190, 0))
    assert [s.id for s in studio.session.show.flights[0].scenes] == [second, first]
    assert moment_us(studio.session.show.flights[0].scenes[0].arrive, None) == 35 * S
    studio.session.undo()
    assert [s.id for s in studio.session.show.flights[0].scenes] == [first, second]


def test_keys_carry_a_card(studio: Studio, qtbot: QtBot) -> None:
    first, second = two_scenes(studio)
    board = studio.window.storyboard
    board.fill()
    studio.session.select([first])
    qtbot.keyClick(board.cards, Qt.Key.Key_Right)
    assert studio.session.selection == {second}
    qtbot.keyClick(board.cards, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert [s.id for s in studio.session.show.flights[0].scenes] == [second, first]


def test_a_card_is_turned_to_the_seats(studio: Studio) -> None:
    first, _ = two_scenes(studio)
    board = studio.window.storyboard
    board.fill()
    board._seat.setCurrentIndex(board._seat.findData("left"))
    actions = {action.text(): action for action in board.menu(first).actions()}
    actions["Turn and lean to the seats"].trigger()
    place = studio.session.show.flights[0].scenes[0].place
    assert place.lean_deg < -1.0
    assert place.heading_deg == pytest.approx(22.3, abs=5.0)


def test_the_meter_is_red_when_the_fleet_is_too_small(studio: Studio) -> None:
    two_scenes(studio)
    drawing = draw_text("福", height_m=60.0, spacing_m=1.5)
    show, formation = scenes.add_formation(studio.session.show, "福", drawing.points)
    studio.desk.apply(scenes.change_scenes(show, [show.flights[0].scenes[0].id], formation=formation), "x")
    board = studio.window.storyboard
    board.fill()
    card = board.cards.rows[0].cards[0]
    assert card.used > card.fleet
    shot = board.cards.grab().toImage()
    meter = board.cards.box(0, 0)
    colour = shot.pixelColor(int(meter.left() + 30), int(meter.bottom() - 8))
    assert colour.red() > 200
    assert colour.green() < 120


def test_curves_follow_the_plan_and_a_click_selects_the_nearest_pair(studio: Studio, qtbot: QtBot) -> None:
    two_scenes(studio)
    planned(studio, qtbot)
    plots = studio.window.plots
    studio.window._docks["plots"].raise_()
    qtbot.waitUntil(lambda: plots.gaps is not None and bool(plots.curves), timeout=20_000)
    graphs = plots.board.graphs
    limits = studio.desk.plan.limits
    assert graphs[0].limits == (limits.max_speed_xy_mps,)
    assert len(graphs[0].lines) == 3
    assert 0.5 < max(line.value.max() for line in graphs[0].lines) <= limits.max_speed_xy_mps + 0.01
    assert plots.gaps is not None
    curve = plots.gaps[1]
    k = int(curve.gap_m.argmin())
    nearest = next(f for f in studio.session.state.findings if f.code == "DRN-020")
    assert curve.gap_m[k] == pytest.approx(nearest.measured, abs=1e-3)
    plots.point(DISTANCE, int(curve.at_us[k]))
    assert studio.session.selection == {studio.desk.plan.drones.name[i] for i in curve.pair[k]}
    assert studio.session.playhead_us == curve.at_us[k]
    qtbot.waitUntil(lambda: len(plots.curves) == 2, timeout=10_000)
    plots.board.grab()


def test_drones_are_named_in_words(studio: Studio) -> None:
    names = tuple(f"D{k:02d}" for k in range(1, 11))
    assert drones_named("2-4, D09，1", names) == ["D02", "D03", "D04", "D09", "D01"]
    assert drones_named("  ", names) == []
    with pytest.raises(BadInput, match="'x9'"):
        drones_named("x9", names)
    with pytest.raises(BadInput):
        drones_named("4-11", names)


def test_paths_are_drawn_and_a_drone_is_picked(studio: Studio, qtbot: QtBot) -> None:
    two_scenes(studio)
    planned(studio, qtbot)
    stage, ways = studio.window.stage, studio.window.stage.ways
    assert ways.now() is None
    studio.desk.seek(60 * S)
    ways.set_who("all")
    lines = ways.now()
    assert lines is not None
    assert len(lines) > 100
    assert ways.now() is lines
    name = studio.desk.plan.drones.name[5]
    studio.session.select([name])
    ways.set_who("chosen")
    some = ways.now()
    assert some is not None
    assert 0 < len(some) < len(lines)
    before, after = flight_around(studio.session.show, 60 * S)
    assert (before, after) == (41 * S, 75 * S)
    stage.look_from("front")
    drones, size = studio.desk.plan.drones, (800, 500)
    at = stage.camera.project(drone_places(drones, 60 * S)[5:6], size)[0]
    assert drone_under(drones, 60 * S, stage.camera, size, float(at[0]), float(at[1])) is not None
    assert drone_under(drones, 60 * S, stage.camera, size, -500.0, -500.0) is None
