"""Autosave: a recovery file in the user's state folder while a show is being edited, found again after a crash.

The state folder works for untitled shows and for shows in read-only folders, and leaves no traces beside the user's
files: $SHOWEDITOR_STATE, else the platform's own place ($XDG_STATE_HOME or ~/.local/state, Application Support,
%LOCALAPPDATA%). A recovery file is one line of JSON (whose it is) followed by the text of the show.
"""

import contextlib
import hashlib
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import msgspec

from showeditor.model.errors import BadFile, BadInput
from showeditor.model.show import Show
from showeditor.storage.files import read_bytes, write_atomic
from showeditor.storage.lock import Lock, held_by_another
from showeditor.storage.text import show_of_text, show_to_text


class _Head(msgspec.Struct, frozen=True):
    """First line of a recovery file."""

    recovery: int
    original: str | None
    saved: str | None
    text: str
    at_us: int


@dataclass(frozen=True, slots=True)
class Recovery:
    """Work that was not saved: the show, its file (None: untitled), and when it was kept (microseconds, unix time)."""

    show: Show
    original: Path | None
    kept_at_us: int
    file: Path

    def discard(self) -> None:
        """Removes the recovery file."""
        with contextlib.suppress(OSError):
            self.file.unlink()


class Autosave:
    """Keeps the recovery file of one open document.

    `claim` first: it marks the document as open, so that a second editor is told. `keep` may be called as often as
    one likes: it writes only what is neither saved nor kept already.
    """

    def __init__(self, path: Path | None = None, saved: Show | None = None) -> None:
        self._saved = saved
        self._kept: Show | None = None
        self._lock: Lock | None = None
        self._place(path)

    @property
    def file(self) -> Path:
        """Where the recovery file lies when there is one."""
        return self._file

    def claim(self) -> None:
        """Marks the document as open; raises BadInput naming the process when another editor has it open."""
        if self._lock is None:
            name = "this show" if self._path is None else self._path.name
            self._lock = Lock(self._file.with_suffix(".lock"), name)

    def keep(self, show: Show) -> bool:
        """Writes the recovery file if the show is neither saved nor kept; True when it wrote.

        A show that is the saved one removes the file. Raises BadInput when the state folder cannot be written.
        """
        if show is self._saved:
            self.forget()
            return False
        if show is self._kept:
            return False
        text = show_to_text(show)
        head = _Head(
            recovery=1,
            original=None if self._path is None else str(self._path),
            saved=None if self._saved is None else _digest(show_to_text(self._saved).encode()),
            text=_digest(text.encode()),
            at_us=time.time_ns() // 1000,
        )
        write_atomic(self._file, msgspec.json.encode(head) + b"\n" + text.encode())
        self._kept = show
        return True

    def saved(self, show: Show, path: Path) -> None:
        """Notes that the show stands in its file now: the recovery file goes, and follows the document's new name."""
        self.forget()
        self._saved = show
        if _resolved(path) != self._path:
            locked = self._lock is not None
            self._unlock()
            self._place(path)
            if locked:
                self.claim()

    def forget(self) -> None:
        """Removes the recovery file if there is one."""
        with contextlib.suppress(FileNotFoundError):
            self._file.unlink()
        self._kept = None

    def close(self) -> None:
        """Clean end of the document: no recovery file, no claim."""
        self.forget()
        self._unlock()

    def _place(self, path: Path | None) -> None:
        self._path = None if path is None else _resolved(path)
        name = f"untitled-{os.getpid()}-{token_hex(4)}" if self._path is None else _key(self._path)
        self._file = state_folder() / f"{name}.recovery"

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def state_folder() -> Path:
    """The folder of recovery files, made if it is missing; raises BadInput when it cannot be."""
    home = os.environ.get("SHOWEDITOR_STATE")
    if home:
        folder = Path(home)
    elif sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "showeditor"
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support" / "showeditor"
    else:
        folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "showeditor"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"the state folder {folder} cannot be made: {error.strerror}") from None
    return folder


def find_recovery(path: Path) -> Recovery | None:
    """Unsaved work on a file, left by an editor that did not end cleanly; None when there is none.

    Work that a running editor holds is left alone; work that is older than the file or says the same is not offered.
    Raises BadFile when the recovery file is damaged.
    """
    original = _resolved(path)
    file = state_folder() / f"{_key(original)}.recovery"
    if not file.exists() or held_by_another(file.with_suffix(".lock")):
        return None
    found = read_recovery(file)
    if original.exists():
        if original.stat().st_mtime_ns // 1000 > found.kept_at_us:
            return None
        if _digest(read_bytes(original)) == _digest(show_to_text(found.show).encode()):
            found.discard()
            return None
    return found


def find_untitled() -> tuple[Recovery, ...]:
    """Unsaved work that never had a file, newest first; damaged files are left where they are."""
    found = []
    for file in state_folder().glob("untitled-*.recovery"):
        if not held_by_another(file.with_suffix(".lock")):
            with contextlib.suppress(BadFile):
                found.append(read_recovery(file))
    return tuple(sorted(found, key=lambda recovery: recovery.kept_at_us, reverse=True))


def read_recovery(file: Path) -> Recovery:
    """A recovery file; raises BadFile when it is torn or is something else."""
    head_text, _, text = read_bytes(file).partition(b"\n")
    try:
        head = msgspec.json.decode(head_text, type=_Head)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise BadFile(file.name, "line 1", "not a recovery file") from None
    if head.recovery != 1:
        raise BadFile(file.name, "line 1", f"expected a recovery file of version 1, got {head.recovery}")
    if _digest(text) != head.text:
        raise BadFile(file.name, "", "the recovered show is damaged: its fingerprint differs")
    original = None if head.original is None else Path(head.original)
    return Recovery(show_of_text(text, file.name), original, head.at_us, file)


def _resolved(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _key(path: Path) -> str:
    return f"{path.stem[:40]}-{_digest(str(path).encode())[:16]}"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
