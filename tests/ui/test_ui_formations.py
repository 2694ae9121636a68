"""New formations from motifs and files, the library, points placed by hand: in the real window."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot
from showeditor.formations.request import Request
from showeditor.model.points import Points
from showeditor.model.swarm import DrawnSource, SvgSource
from showeditor.timeline import scenes
from showeditor.ui.app import Studio
from showeditor.ui.dialogs.formation_taking import may_redraw, start_of, take
from showeditor.ui.dialogs.new_formation import NewFormationDialog
from showeditor.ui.dialogs.placing import PointsDialog
from showeditor.ui.inspector.parts import FormationForm

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0,0 L100,0 L100,60" stroke="#ff8800" fill="none"/></svg>'
OBJ = "v 0 0 0\nv 10 0 0\nv 0 20 0\nv 0 0 10\nf 1 2 3\nf 1 3 4\n"


def dialog_of(studio: Studio, qtbot: QtBot, start: Request | None = None) -> NewFormationDialog:
    dialog = NewFormationDialog(studio.desk, start, studio.window)
    qtbot.addWidget(dialog)
    return dialog


def drawn(dialog: NewFormationDialog, qtbot: QtBot) -> int:
    qtbot.waitUntil(lambda: dialog.made is not None, timeout=20_000)
    assert dialog.made is not None
    return len(dialog.made.drawing)


def picture(path: Path) -> Path:
    image = QImage(60, 40, QImage.Format.Format_RGB888)
    image.fill(QColor("white"))
    for x in range(15, 45):
        for y in range(10, 30):
            image.setPixelColor(x, y, QColor("#d02020"))
    assert image.save(str(path))
    return path


def files(folder: Path) -> list[Path]:
    (folder / "lines.svg").write_text(SVG)
    (folder / "roof.obj").write_text(OBJ)
    (folder / "table.csv").write_text("Name,x_m,y_m,z_m\na,0,0,0\nb,5,0,0\nc,0,0,8\n")
    return [folder / "lines.svg", folder / "roof.obj", folder / "table.csv", picture(folder / "red.bmp")]


def test_every_kind_of_file_becomes_a_formation(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    for path in files(tmp_path):
        dialog = dialog_of(studio, qtbot)
        dialog.open_file(path)
        count = drawn(dialog, qtbot)
        assert count >= 3
        dialog.accept()
        formation = take(dialog)
        made = studio.session.show.formations[-1]
        assert (made.id, made.name, len(made.points)) == (formation, path.stem, count)
    sources = [f.source for f in studio.session.show.formations]
    assert isinstance(sources[0], SvgSource)
    assert sources[1:] == [DrawnSource(p.name if p.suffix != ".bmp" else "red.png") for p in files(tmp_path)[1:]]
    assert np.array(studio.session.show.formations[-1].colours).mean(axis=0)[0] > 180


def test_styles_and_numbers_follow_the_source(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = dialog_of(studio, qtbot, Request("motif", "phoenix", height_m=60.0))
    full = drawn(dialog, qtbot)
    assert not dialog.style_box.isEnabled()
    dialog.number_box.setCurrentIndex(dialog.number_box.findData("most"))
    dialog.count_box.setValue(full - 30)
    assert drawn(dialog, qtbot) <= full - 30
    assert "fine strokes are left out" in dialog.facts.count.text()
    dialog.number_box.setCurrentIndex(dialog.number_box.findData("small"))
    dialog.count_box.setValue(150)
    assert drawn(dialog, qtbot) == 150
    assert not dialog.height_box.isEnabled()
    dialog.open_file(picture(tmp_path / "p.png"))
    qtbot.waitUntil(lambda: dialog.read is not None, timeout=10_000)
    assert [dialog.style_box.itemData(k) for k in range(dialog.style_box.count())] == ["stipple", "contour"]
    dialog.open_file(tmp_path / "gone.svg")
    qtbot.waitUntil(lambda: "gone.svg" in dialog.facts.count.text() and dialog.made is None, timeout=10_000)


def test_seats_are_told_how_it_reads(studio: Studio, qtbot: QtBot) -> None:
    dialog = dialog_of(studio, qtbot, Request("text", "福", height_m=60.0, spacing_m=2.0))
    need = drawn(dialog, qtbot)
    assert f"Needs {need} drones; the largest fleet has 100." in dialog.facts.count.text()
    lines = dialog.facts.seats.text().splitlines()
    assert [line.split(":")[0] for line in lines] == ["Middle", "Left", "Right"]
    assert lines[0].endswith("reads well")
    dialog.spacing_box.setValue(8.0)
    drawn(dialog, qtbot)
    assert dialog.facts.seats.text().splitlines()[0].endswith("too few points")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("bad.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "script"),
        ("bomb.svg", b'<!DOCTYPE x [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', "entities"),
        ("nan.obj", b"v nan 0 0\n", "finite"),
        ("half.jpg", b"\xff\xd8\xff\xe0 not a picture", "half.jpg"),
        ("table.csv", b"Name,x_m,y_m,z_m\na,nan,0,0\n", "x_m"),
    ],
)
def test_bad_files_are_told_in_the_dialog(
    studio: Studio, qtbot: QtBot, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    dialog = dialog_of(studio, qtbot)
    before = studio.session.show
    dialog.open_file(tmp_path / name)
    qtbot.waitUntil(lambda: told in dialog.facts.count.text(), timeout=10_000)
    assert dialog.made is None
    assert studio.session.show is before


def test_points_at_one_place_are_told(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "twice.csv").write_text("Name,x_m,y_m,z_m\na,0,0,0\nb,9,0,0\nc,0,0,0\n")
    dialog = dialog_of(studio, qtbot)
    dialog.open_file(tmp_path / "twice.csv")
    assert drawn(dialog, qtbot) == 3
    assert "Two points stand at the same place." in dialog.facts.count.text()
    assert dialog.facts.count.property("role") == "bad"


def test_a_spacing_that_cannot_be_is_told(studio: Studio, qtbot: QtBot) -> None:
    dialog = dialog_of(studio, qtbot, Request("motif", "seal", height_m=10.0, spacing_m=3.0, count=500))
    qtbot.waitUntil(lambda: "500 points do not fit" in dialog.facts.count.text(), timeout=10_000)
    assert dialog.made is None
    dialog = dialog_of(studio, qtbot, Request("text", "\U0001f409", height_m=60.0))
    qtbot.waitUntil(lambda: dialog.facts.count.property("role") == "bad", timeout=10_000)
    assert "font" in dialog.facts.count.text()


def test_a_mesh_of_two_gigabytes_is_refused_before_it_is_read(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "huge.ply"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    dialog = dialog_of(studio, qtbot)
    dialog.open_file(path)
    qtbot.waitUntil(lambda: "huge.ply: the file is larger than 64 MB" in dialog.facts.count.text(), timeout=5_000)


def test_the_library_finds_and_inserts(studio: Studio, qtbot: QtBot) -> None:
    library = studio.window.palette_panel.library
    library.search.setText("脸")
    seen = [library.list.item(k).text() for k in range(library.list.count()) if not library.list.item(k).isHidden()]
    assert seen == ["Opera mask"]
    assert library.scheme.isEnabled()
    library.scheme.setCurrentIndex(library.scheme.findData("mask-blue"))
    library.most_box.setValue(90)
    qtbot.waitUntil(lambda: library.made is not None, timeout=20_000)
    qtbot.mouseClick(library.insert, Qt.MouseButton.LeftButton)
    made = studio.session.show.formations[-1]
    assert made.name == "Opera mask, blue"
    assert len(made.points) <= 90
    assert (50, 110, 255) in made.colours
    assert studio.session.show.flights[0].scenes[0].formation == made.id
    assert may_redraw(made)
    start = start_of(made, studio.desk)
    assert start is not None
    assert (start.kind, start.source, start.most) == ("motif", "mask-blue", len(made.points))


def square(studio: Studio, qtbot: QtBot) -> PointsDialog:
    points = Points([[0, 0, 0], [20, 0, 0], [20, 0, 20], [0, 0, 20]])
    show, formation = scenes.add_formation(studio.session.show, "square", points)
    studio.desk.apply(show, "f", [formation])
    dialog = PointsDialog(studio.desk, formation, studio.window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def test_points_are_dragged_and_numbered_each_in_one_step(studio: Studio, qtbot: QtBot) -> None:
    dialog = square(studio, qtbot)
    front = dialog.front
    x, y = front.pixels()[1]
    at = QPoint(round(x), round(y))
    steps = len(studio.session.undo_labels)
    qtbot.mousePress(front, Qt.MouseButton.LeftButton, pos=at)
    assert dialog.chosen == {1}
    qtbot.mouseMove(front, at + QPoint(10, -20))
    qtbot.mouseMove(front, at + QPoint(30, -40))
    qtbot.mouseRelease(front, Qt.MouseButton.LeftButton, pos=at + QPoint(30, -40))
    moved = studio.session.show.formations[-1].points.metres
    assert moved[1, 0] > 20.5
    assert moved[1, 2] > 0.5
    assert moved[1, 1] == 0.0
    assert studio.session.undo_labels[steps:] == ("Move points",)
    dialog.boxes["y"].setValue(-3.0)
    assert studio.session.show.formations[-1].points.metres[1, 1] == -3.0
    qtbot.keyClick(dialog.top, Qt.Key.Key_Up)
    assert studio.session.show.formations[-1].points.metres[1, 1] == -2.5
    dialog._undo()
    dialog._undo()
    dialog._undo()
    assert studio.session.show.formations[-1].points.metres.tolist()[1] == [20, 0, 0]


def test_points_are_added_mirrored_and_deleted(studio: Studio, qtbot: QtBot) -> None:
    dialog = square(studio, qtbot)
    qtbot.mouseDClick(dialog.front, Qt.MouseButton.LeftButton, pos=QPoint(front_x(dialog, 4.0), 20))
    made = studio.session.show.formations[-1].points.metres
    assert len(made) == 5
    assert made[4, 0] == pytest.approx(4.0, abs=0.3)
    assert dialog.chosen == {4}
    dialog.twin()
    assert studio.session.show.formations[-1].points.metres[5, 0] == pytest.approx(16.0, abs=0.3)
    qtbot.keyClick(dialog.front, Qt.Key.Key_Delete)
    assert len(studio.session.show.formations[-1].points) == 5
    assert "5 points" in dialog._facts.text()
    studio.session.undo()
    studio.session.undo()
    assert len(studio.session.show.formations[-1].points) == 5


def front_x(dialog: PointsDialog, metres: float) -> int:
    xs = dialog.front.pixels()[:, 0]
    return round(xs[0] + (xs[1] - xs[0]) * metres / 20.0)


def test_the_inspector_opens_the_dialogs(studio: Studio, qtbot: QtBot) -> None:
    dialog = square(studio, qtbot)
    dialog.close()
    studio.window.inspector.refresh()
    form = studio.window.inspector.form
    assert isinstance(form, FormationForm)
    assert not form._redraw.isEnabled()
    form._by_hand()
    opened = studio.window.findChildren(PointsDialog)
    assert opened
    for window in opened:
        window.close()
