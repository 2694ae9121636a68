"""The desktop editor as a program: application, session, window, event loop."""

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSpinBox, QApplication, QComboBox, QLineEdit

from showeditor.audio.transport import Transport
from showeditor.model.errors import ShowEditorError
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan
from showeditor.model.show import Show
from showeditor.session.session import Progress, Session
from showeditor.storage.media import missing_media
from showeditor.ui import theme
from showeditor.ui.accessibility import VARIABLE, dump_path, write_tree
from showeditor.ui.desk import Desk
from showeditor.ui.edge import reporter
from showeditor.ui.icons import app_icon
from showeditor.ui.jobs import Post
from showeditor.ui.language import LANGUAGES, Languages, preferred, word
from showeditor.ui.stage.canvases import ask_for_desktop_gl
from showeditor.ui.starter import new_show
from showeditor.ui.window.frame import MainWindow

if TYPE_CHECKING:
    from showeditor.safety.earlier import Earlier

_KEYS_OF_LISTS = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_Return, Qt.Key.Key_Enter,
)  # fmt: skip


class KeyCourtesy(QObject):
    """Lets lists, boxes, buttons and fields keep the keys they need, though the window has commands on them."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claims list keys for lists and boxes, Enter for fields, and Space for buttons."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            key = event.key()
            listed = isinstance(watched, (QAbstractItemView, QComboBox, QAbstractSpinBox)) and key in _KEYS_OF_LISTS
            listed = listed or (isinstance(watched, QLineEdit) and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter))
            pressed = isinstance(watched, (QAbstractButton, QComboBox)) and key in (Qt.Key.Key_Space, Qt.Key.Key_Return)
            if plain and (listed or pressed):
                event.accept()
                return True
        return False


class Studio:
    """Everything the running editor owns, in the order of its making."""

    def __init__(self, app: QApplication, language: str | None = None, transport: Transport | None = None) -> None:
        self.languages = Languages(app)
        chosen = language or str(QSettings().value("language", "") or preferred())
        self.languages.switch(chosen if chosen in LANGUAGES else "en")
        self.courtesy = KeyCourtesy(app)
        app.installEventFilter(self.courtesy)
        self.app = app
        self.post = Post(app)
        # planning waits for the first painted window: compiling its kernels would hold it up
        self.awake = Event()
        self._earlier: Earlier | None = None
        self.session = Session(
            new_show(word("New show")), compile_plan=self._compile, check_plan=self._check, post=self.post
        )
        self.desk = Desk(self.session, transport or Transport(), self.post, app)
        self.window = MainWindow(self.desk, self.languages)

    def _compile(self, show: Show, previous: Plan | None) -> Plan:
        self.awake.wait()
        from showeditor.planning.compile import compile_show

        plan = compile_show(show, previous)
        path = self.session.state.path
        missing = missing_media(show, path.parent) if path is not None else ()
        # a plan made different is another plan to the compiler, so only a show that lacks a file pays for it
        return replace(plan, problems=plan.problems + missing) if missing else plan

    def _check(self, plan: Plan, progress: Progress) -> tuple[Finding, ...]:
        from showeditor.safety.check import check
        from showeditor.safety.earlier import Earlier

        # one after the other: the session checks on one thread
        self._earlier = self._earlier or Earlier()
        return check(plan, progress=progress, earlier=self._earlier)

    def wake(self) -> None:
        """Lets planning begin."""
        self.awake.set()

    def close(self) -> None:
        """Ends all threads and timers; the window is gone afterwards."""
        self.awake.set()
        self.window.documents.close()
        self.window.stage.shut()
        self.desk.close()
        self.post.close()
        self.app.removeEventFilter(self.courtesy)
        self.languages.close()
        self.window.deleteLater()


def run(path: Path | None, *, language: str | None = None) -> int:
    """Opens the editor (on a show) and runs until it is closed; returns the exit code."""
    ask_for_desktop_gl()
    QCoreApplication.setApplicationName("showeditor")
    QCoreApplication.setOrganizationName("showeditor")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise RuntimeError("another Qt application without windows is running in this process")
    app.setWindowIcon(app_icon())
    theme.dress(app)
    studio = Studio(app, language)
    window = studio.window
    window.show()
    if path is not None:
        try:
            window.documents.open_first(path)
        except ShowEditorError as error:
            reporter.report(window, error)
    QTimer.singleShot(0, window, lambda: _begin(studio, path))
    # Ctrl+C in the terminal ends the program; the timer lets Python see the signal
    signal.signal(signal.SIGINT, lambda *_: app.quit())
    beat = QTimer(app)
    beat.start(400)
    beat.timeout.connect(lambda: None)
    code = app.exec()
    studio.close()
    return int(code)


def _begin(studio: Studio, path: Path | None) -> None:
    studio.wake()
    if path is None:
        studio.window.documents.claim_current()
        studio.window.documents.offer_untitled()
    if os.environ.get(VARIABLE):
        write_tree(dump_path())
