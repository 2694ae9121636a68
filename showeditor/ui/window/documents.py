"""Documents: new, open, save, recovery after a crash, autosave, and the question about unsaved work."""

from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMessageBox

from showeditor.model.errors import BadFile, ShowEditorError
from showeditor.model.show import Show
from showeditor.storage.autosave import Autosave, Recovery, find_recovery, find_untitled
from showeditor.storage.files import load_show, save_show
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded, reporter
from showeditor.ui.language import word
from showeditor.ui.starter import new_show

AUTOSAVE_MS = 20_000
MOST_RECENT = 10


class Documents(QObject):
    """The document of the window and its file."""

    def __init__(self, desk: Desk, window: QMainWindow) -> None:
        super().__init__(window)
        self.desk = desk
        self.window = window
        self._autosave: Autosave | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(AUTOSAVE_MS)
        self._timer.timeout.connect(self.keep)
        self._timer.start()

    # -- opening ---------------------------------------------------------------------------------------------------

    @guarded
    def new(self) -> None:
        """Begins an empty show, after asking about unsaved work."""
        if self.may_leave():
            self._begin(new_show(word("New show")), None, saved=True)

    @guarded
    def ask_open(self) -> None:
        """Lets the user choose a show to open."""
        if not self.may_leave():
            return
        folder = str(QSettings().value("folder", ""))
        name, _ = QFileDialog.getOpenFileName(
            self.window, self.tr("Open a show"), folder, self.tr("Shows (*.show);;All files (*)")
        )
        if name:
            self.open(Path(name))

    @guarded
    def open_asked(self, name: str) -> None:
        """Opens a recent file, after asking about unsaved work."""
        if self.may_leave():
            self.open(Path(name))

    @guarded
    def open(self, path: Path) -> None:
        """Opens a show and tells the user when it cannot be read."""
        self.open_first(path)

    def open_first(self, path: Path) -> None:
        """Opens a show; offers unsaved work that a crash left; the open document stays when it cannot be read.

        Raises BadFile or BadInput.
        """
        try:
            recovery = find_recovery(path)
        except BadFile as error:
            reporter.report(self.window, error)
            recovery = None
        if recovery is not None and self._wants(recovery):
            self._begin(recovery.show, path, saved=False)
            return
        show = load_show(path)
        if recovery is not None:
            recovery.discard()
        self._begin(show, path, saved=True)

    @guarded
    def offer_untitled(self) -> None:
        """Offers work that never had a file and was left by a crash."""
        for recovery in find_untitled()[:1]:
            if self._wants(recovery):
                self._begin(recovery.show, None, saved=False)
            recovery.discard()

    def _wants(self, recovery: Recovery) -> bool:
        box = QMessageBox(self.window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Unsaved work found"))
        box.setText(
            self.tr("The editor did not end cleanly. There is unsaved work on “{title}”. Take it up again?").format(
                title=recovery.show.title
            )
        )
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Discard)
        box.setDefaultButton(QMessageBox.StandardButton.Yes)
        return box.exec() == QMessageBox.StandardButton.Yes

    def _begin(self, show: Show, path: Path | None, *, saved: bool) -> None:
        fresh = Autosave(path, show if saved else None)
        fresh.claim()
        if self._autosave is not None:
            self._autosave.close()
        self._autosave = fresh
        self.desk.open(show, path, saved=saved)
        if path is not None:
            self._remember(path)

    def claim_current(self) -> None:
        """Begins autosave of the document the window was made with."""
        state = self.desk.state
        self._autosave = Autosave(state.path, state.show if not state.dirty else None)
        try:
            self._autosave.claim()
        except ShowEditorError as error:
            reporter.report(self.window, error)
        if state.path is not None:
            self._remember(state.path)

    # -- saving ----------------------------------------------------------------------------------------------------

    @guarded
    def save_asked(self) -> None:
        """Saves under the document's name, or asks for one."""
        self.save()

    @guarded
    def save_as_asked(self) -> None:
        """Saves under a name that the user chooses."""
        self.save_as()

    def save(self) -> bool:
        """Saves; False when the user gave no name. Raises BadInput when the file cannot be written."""
        path = self.desk.state.path
        return self.save_as() if path is None else self.save_to(path)

    def save_as(self) -> bool:
        """Asks for a name and saves; False when none was given."""
        path = self.desk.state.path
        title = self.desk.show.title.replace("/", "-")
        folder = str(QSettings().value("folder", ""))
        start = str(path) if path else str(Path(folder) / f"{title}.show")
        name, _ = QFileDialog.getSaveFileName(self.window, self.tr("Save the show"), start, self.tr("Shows (*.show)"))
        if not name:
            return False
        chosen = Path(name)
        return self.save_to(chosen if chosen.suffix else chosen.with_suffix(".show"))

    def save_to(self, path: Path) -> bool:
        """Saves to a file; media of the show stay where they are."""
        show = self.desk.session.committed
        save_show(show, path)
        if self._autosave is not None:
            self._autosave.saved(show, path)
        self.desk.session.mark_saved(show, path)
        self._remember(path)
        self.desk.said.emit(self.tr("Saved {name}").format(name=path.name))
        return True

    @guarded
    def keep(self) -> None:
        """Writes the recovery file when there is something unsaved."""
        if self._autosave is not None:
            self._autosave.keep(self.desk.session.committed)

    def may_leave(self) -> bool:
        """Asks about unsaved work; False when the user wants to stay."""
        if not self.desk.state.dirty:
            return True
        box = QMessageBox(self.window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Unsaved changes"))
        box.setText(self.tr("“{title}” has unsaved changes. Save them?").format(title=self.desk.show.title))
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        answer = box.exec()
        if answer == buttons.Save:
            try:
                return self.save()
            except ShowEditorError as error:
                reporter.report(self.window, error)
                return False
        return bool(answer == buttons.Discard)

    def close(self) -> None:
        """A clean end: nothing to recover."""
        self._timer.stop()
        if self._autosave is not None:
            self._autosave.close()
            self._autosave = None

    # -- recent files ----------------------------------------------------------------------------------------------

    def recent(self) -> list[str]:
        """Files opened last, newest first, those that are still there."""
        kept = QSettings().value("recent", [])
        names = [kept] if isinstance(kept, str) else list(kept) if isinstance(kept, (list, tuple)) else []
        return [str(name) for name in names if Path(str(name)).exists()]

    def _remember(self, path: Path) -> None:
        name = str(path.resolve())
        names = [name, *(other for other in self.recent() if other != name)]
        QSettings().setValue("recent", names[:MOST_RECENT])
        QSettings().setValue("folder", str(path.resolve().parent))
