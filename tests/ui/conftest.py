"""An editor in the offscreen platform: own settings, a manual clock, errors that fail the test."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from showeditor.audio.clocks import ManualClock
from showeditor.audio.transport import Transport
from showeditor.ui import theme
from showeditor.ui.app import Studio
from showeditor.ui.edge import reporter
from showeditor.ui.window.frame import MainWindow


class Told(list[str]):
    """What the user was told in error boxes; a test that expects one clears the list."""


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    messages = Told()
    monkeypatch.setattr(reporter, "show", lambda _parent, title, text, more: messages.append(f"{title}: {text} {more}"))
    yield messages
    assert not messages, messages


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOWEDITOR_STATE", str(tmp_path / "state"))
    QCoreApplication.setOrganizationName("showeditor-test")
    QCoreApplication.setApplicationName("showeditor-test")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    QSettings().clear()


@pytest.fixture
def studio(qapp: QApplication, qtbot: QtBot, told: Told, settings: None) -> Iterator[Studio]:
    """A started editor on the new show, planning awake, 1400 x 900."""
    theme.dress(qapp)
    made = Studio(qapp, "en", Transport(ManualClock))
    made.window.resize(1400, 900)
    # the picture is drawn by its own tests; a software one would slow all others down
    made.window.stage.canvas.hide()
    made.window.show()
    qtbot.waitExposed(made.window)
    made.wake()
    yield made
    made.close()
    # no event loop runs here that would carry the deletions out
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.processEvents()
    assert not [w for w in qapp.topLevelWidgets() if isinstance(w, MainWindow)]
