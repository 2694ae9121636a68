"""Folders that appear whole or not at all."""

import ctypes
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from showeditor.export.receipt import NAME, receipt_of
from showeditor.model.errors import BadFile, BadInput

_AT_HERE = -100
_EXCHANGE = 2


def swap_in(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder with exactly these files in place of `folder`.

    The files are written and forced to disk in a new folder beside it, which then takes its name. An earlier published
    folder is replaced; anything else that holds files is left alone. Raises BadInput naming the folder and the reason
    (full disk, no permission, foreign files), and leaves everything as it was.
    """
    folder = Path(os.path.abspath(os.path.realpath(folder)))
    _refuse_foreign(folder)
    made: list[Path] = []
    fresh: Path | None = None
    try:
        made = _make_parents(folder.parent)
        _clear_litter(folder)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.{os.getpid()}-", dir=folder.parent))
        os.chmod(fresh, 0o755)
        for name in sorted(files):
            target = fresh / name
            target.parent.mkdir(parents=True, exist_ok=True)
            write_through(target, files[name])
        for path in [*(p for p in fresh.rglob("*") if p.is_dir()), fresh]:
            _force(path)
        _take_place(fresh, folder)
        fresh = None
        _force(folder.parent)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(f"cannot write to {folder}: {reason}; nothing was changed") from error
    finally:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
            for path in reversed(made):
                _remove_empty(path)


def write_file(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Put one file in place whole, with these permissions; raises BadInput naming it, an earlier file then stays."""
    path = Path(os.path.abspath(os.path.realpath(path)))
    if path.is_dir():
        raise BadInput(f"cannot write {path}: it is a folder")
    fresh: Path | None = None
    made: list[Path] = []
    try:
        made = _make_parents(path.parent)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        fresh = Path(name)
        os.chmod(fresh, mode)
        write_through(fresh, data)
        os.replace(fresh, path)
        fresh = None
        _force(path.parent)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(f"cannot write {path}: {reason}; nothing was changed") from error
    finally:
        if fresh is not None:
            fresh.unlink(missing_ok=True)
            for folder in reversed(made):
                _remove_empty(folder)


def write_through(path: Path, data: bytes) -> None:
    """Write a file and force it to disk; raises OSError."""
    with open(path, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def content_of(folder: Path) -> tuple[set[str], set[str]]:
    """Names of all files of a folder, and of everything in it that is neither a file nor a folder that holds some."""
    names: set[str] = set()
    odd: set[str] = set()
    for base, folders, files in os.walk(folder, followlinks=False):
        here = Path(base)
        for name in files:
            path = here / name
            (odd if path.is_symlink() or not path.is_file() else names).add(path.relative_to(folder).as_posix())
        odd |= {(here / n).relative_to(folder).as_posix() for n in folders if (here / n).is_symlink()}
        if not folders and not files and here != folder:
            odd.add(here.relative_to(folder).as_posix())
    return names, odd


def _refuse_foreign(folder: Path) -> None:
    if not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise BadInput(f"cannot publish into {folder}: it is not a folder")
    names, odd = content_of(folder)
    if not names and not odd:
        return
    try:
        own = {f.name for f in receipt_of((folder / NAME).read_bytes(), NAME).files} | {NAME}
    except (OSError, BadFile):
        raise BadInput(
            f"cannot publish into {folder}: it holds files that were not published here; choose another"
        ) from None
    strange = sorted((names | odd) - own)
    if strange:
        raise BadInput(f"cannot publish into {folder}: {strange[0]} is not of this program; move it or choose another")


def _make_parents(parent: Path) -> list[Path]:
    missing = []
    while not parent.exists():
        missing.append(parent)
        parent = parent.parent
    for path in reversed(missing):
        path.mkdir()
    return list(reversed(missing))


def _clear_litter(folder: Path) -> None:
    """Remove unfinished folders beside this one whose program has ended; an `old` in one is put back first."""
    if sys.platform == "win32":
        return
    made = re.compile(re.escape(f".{folder.name}.") + r"(\d+)-\w+")
    for path in sorted(folder.parent.iterdir()):
        named = made.fullmatch(path.name)
        if named is None or _alive(int(named[1])):
            continue
        if (path / "old").is_dir() and not folder.exists():
            os.rename(path / "old", folder)
        shutil.rmtree(path, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _remove_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return  # somebody else put something there meanwhile: leave it


def _force(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _take_place(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        os.rename(fresh, folder)
        return
    if _exchange(fresh, folder):
        shutil.rmtree(fresh, ignore_errors=True)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.{os.getpid()}-", dir=folder.parent))
    os.rename(folder, aside / "old")
    try:
        os.rename(fresh, folder)
    except OSError:
        os.rename(aside / "old", folder)
        aside.rmdir()
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _exchange(first: Path, second: Path) -> bool:
    """Swap two names in one step where the system can (Linux renameat2); False where it cannot."""
    if sys.platform != "linux":
        return False
    swap = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if swap is None:
        return False
    return bool(swap(_AT_HERE, os.fsencode(first), _AT_HERE, os.fsencode(second), _EXCHANGE) == 0)
