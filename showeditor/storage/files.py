"""Reading and writing `.show` files; writing is atomic: whatever happens, the old or the new file stands there."""

import contextlib
import errno
import os
import stat
from pathlib import Path
from secrets import token_hex

from showeditor.model.errors import BadFile, BadInput
from showeditor.model.show import Show
from showeditor.storage.text import show_of_text, show_to_text

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "the folder or file is write-protected",
    errno.EPERM: "the folder or file is write-protected",
    errno.ENOENT: "the folder does not exist",
    errno.ENOTDIR: "the folder does not exist",
    errno.EISDIR: "a folder of that name is in the way",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EIO: "the disk reports a fault",
}


def load_show(path: Path) -> Show:
    """The show in a file, older versions brought up to date; raises BadFile naming the file and the place."""
    return show_of_text(read_bytes(path), path.name)


def save_show(show: Show, path: Path) -> str:
    """Writes a show atomically and returns the text written.

    Raises BadInput with one sentence naming the file; then the old file is unharmed and nothing else is left.
    """
    text = show_to_text(show)
    write_atomic(path, text.encode())
    return text


def read_bytes(path: Path) -> bytes:
    """The content of a file; raises BadFile when it is missing, a folder, or cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise BadFile(path.name, "", f"no such file in {path.parent}") from None
    except IsADirectoryError:
        raise BadFile(path.name, "", "expected a file, this is a folder") from None
    except OSError as error:
        raise BadFile(path.name, "", f"cannot be read: {error.strerror}") from None


def write_atomic(path: Path, data: bytes) -> None:
    """Puts `data` in the place of a file: temporary file beside it, fsync, rename, fsync of the folder.

    Follows a link to the file it names and keeps that file's permissions. Temporary files that a killed program left
    are cleared. Raises BadInput naming the file and the reason.
    """
    try:
        _write(Path(os.path.realpath(path)), data)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or error.strerror or str(error)
        raise BadInput(f"{path.name} cannot be saved in {path.parent}: {reason}") from None


def _write(target: Path, data: bytes) -> None:
    old = _standing(target)
    if old is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "write-protected")
    _clear_litter(target)
    temporary = target.with_name(f".{target.name}.{os.getpid()}-{token_hex(4)}.saving")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        try:
            if old is not None and hasattr(os, "fchmod"):
                os.fchmod(handle, stat.S_IMODE(old.st_mode))
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _standing(target: Path) -> os.stat_result | None:
    try:
        found = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    return found


def _sync_folder(folder: Path) -> None:
    # the new file stands already; a file system that cannot sync folders does not make the save a failure
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _clear_litter(target: Path) -> None:
    prefix = f".{target.name}."
    with contextlib.suppress(OSError):
        for name in os.listdir(target.parent):
            if name.startswith(prefix) and name.endswith(".saving"):
                writer = name.removeprefix(prefix).partition("-")[0]
                if writer.isdigit() and not _alive(int(writer)):
                    with contextlib.suppress(OSError):
                        target.with_name(name).unlink()


def _alive(pid: int) -> bool:
    if os.name == "nt" or pid == os.getpid():  # there, asking would end the process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
