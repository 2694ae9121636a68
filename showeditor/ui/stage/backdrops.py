"""The pictures of the site for the 3D view: read off the window's thread when the venue names others."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from showeditor.model.errors import ShowEditorError
from showeditor.model.venue import Venue
from showeditor.storage.media import backdrop_files
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded, reporter


class Backdrops(QObject):
    """`now` is the backdrop to draw (None before the first); `changed` tells of another."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.now: Any = None
        self._key: object = None
        desk.showChanged.connect(self.refresh)
        desk.historyChanged.connect(self.refresh)
        self.refresh()

    @guarded
    def refresh(self) -> None:
        """Reads the pictures again when other ones are named, or the show lies elsewhere."""
        venue, path = self.desk.show.venue, self.desk.state.path
        folder = path.parent if path is not None else None
        key = (venue.plan_image, venue.terrain, venue.panorama, folder)
        if key == self._key:
            return
        self._key = key
        if self.now is None and key[:3] == (None, None, None):
            return

        def done(found: Any) -> None:
            if key == self._key:
                self.now = found
                self.changed.emit()

        def failed(error: BaseException) -> None:
            if isinstance(error, ShowEditorError):
                self.desk.said.emit(str(error))
            else:
                reporter.report(None, error)

        self.desk.jobs.start(lambda: _read(venue, folder), done, failed)


def _read(venue: Venue, folder: Path | None) -> Any:
    from showeditor.stage.backdrop import backdrop_of

    return backdrop_of(venue, backdrop_files(venue, folder) if folder is not None else {})
