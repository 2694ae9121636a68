"""Locks: whether another running editor of this user has a document open.

The operating system holds the lock and drops it when the process ends, however it ends; the file says whose it is.
"""

import contextlib
import os
import sys
from pathlib import Path

from showeditor.model.errors import BadInput


class Lock:
    """A document marked as open by this process until `release`; raises BadInput naming the process that has it."""

    def __init__(self, file: Path, name: str) -> None:
        self._file = file
        self._handle: int | None = None
        handle = _open(file)
        taken = _take(handle)
        while taken and not _stands(handle, file):  # its last holder removed it between our two steps
            os.close(handle)
            handle = _open(file)
            taken = _take(handle)
        if not taken:
            holder = _holder(file)
            os.close(handle)
            raise BadInput(f"{name} is already open in another editor{f' (process {holder})' if holder else ''}")
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, f"{os.getpid()}\n".encode())
        self._handle = handle

    def release(self) -> None:
        """Ends the claim; a second call does nothing."""
        if self._handle is None:
            return
        # removed while still held, so that nobody can take a lock on a file that is about to go
        with contextlib.suppress(OSError):
            self._file.unlink()
        os.close(self._handle)
        self._handle = None


def held_by_another(file: Path) -> bool:
    """Whether a running editor (this one too) holds the lock file."""
    if not file.exists():
        return False
    try:
        handle = os.open(file, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _take(handle)
    finally:
        os.close(handle)


def _open(file: Path) -> int:
    try:
        return os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise BadInput(f"{file} cannot be made: {error.strerror}") from None


def _stands(handle: int, file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), file.stat())
    except FileNotFoundError:
        return False


def _holder(file: Path) -> str:
    with contextlib.suppress(OSError):
        text = file.read_text("ascii", "replace").strip()
        return text if text.isdigit() else ""
    return ""


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        # one byte far behind the text, so that the text stays readable for others
        os.lseek(handle, 1 << 20, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
