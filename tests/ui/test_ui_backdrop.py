"""Pictures of the site in the window: brought beside the show, seen while they are placed, one step."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from showeditor.storage.files import save_show
from showeditor.ui.app import Studio
from showeditor.ui.dialogs.backdrop import BackdropDialog


def kept(studio: Studio, folder: Path) -> None:
    path = folder / "site.show"
    save_show(studio.desk.show, path)
    studio.desk.session.mark_saved(studio.desk.show, path)


def test_a_photograph_becomes_the_panorama(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    kept(studio, tmp_path)
    photograph = tmp_path / "elsewhere" / "bank.jpg"
    photograph.parent.mkdir()
    image = QImage(64, 32, QImage.Format.Format_RGB32)
    image.fill(QColor(20, 40, 200))
    assert image.save(str(photograph))
    before = studio.desk.show
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(photograph), ""))

    def go() -> None:
        dialog = studio.window.findChild(BackdropDialog)
        assert dialog is not None
        dialog.choose("panorama")
        dialog.numbers["panorama.heading"].setValue(30.0)
        assert studio.desk.show is not before
        dialog.accept()

    QTimer.singleShot(0, go)
    studio.window.commands["backdrop"].trigger()
    panorama = studio.desk.show.venue.panorama
    assert panorama is not None
    assert (panorama.file, panorama.heading_deg) == ("bank.png", 30.0)
    assert (tmp_path / "bank.png").is_file()
    backdrops = studio.window.stage.backdrops
    qtbot.waitUntil(lambda: backdrops.now is not None and backdrops.now.panorama is not None, timeout=5_000)
    assert backdrops.now.panorama.shape == (32, 64, 4)
    studio.window.commands["undo"].trigger()
    assert studio.desk.show is before


def test_heights_that_cannot_be_are_said_and_cannot_be_taken(studio: Studio, tmp_path: Path) -> None:
    kept(studio, tmp_path)
    dialog = BackdropDialog(studio.desk, tmp_path, studio.window)
    dialog.take("terrain", "hills.png")
    dialog.numbers["terrain.high"].setValue(-10.0)
    assert "span of heights" in dialog._said.text()
    dialog.reject()
    studio.desk.session.cancel()


def test_a_show_without_a_file_has_no_place_for_pictures(studio: Studio, told: list[str]) -> None:
    studio.window.commands["backdrop"].trigger()
    assert "Save the show first" in told.pop()


def test_a_file_that_is_no_picture_is_refused(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    kept(studio, tmp_path)
    text = tmp_path / "text.png"
    text.write_text("no picture", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(text), ""))
    dialog = BackdropDialog(studio.desk, tmp_path, studio.window)
    dialog.choose("plan")
    assert "not a picture" in told.pop()
    assert dialog.files["plan"] == ""
    dialog.reject()
