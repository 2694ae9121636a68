"""Files of other programs, read as plans."""

from dataclasses import dataclass, replace
from pathlib import Path

from showeditor.export.format import Format
from showeditor.export.receipt import NAME, receipt_of, sha256
from showeditor.export.registry import format_named, formats
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.plan import Plan

BIGGEST_FILE = 512_000_000
BIGGEST_SET = 1_000_000_000
MOST_FILES = 40_000
HEAD = 4096


SHEETS = (".csv", ".txt", ".tsv", ".xlsx")
"""Endings of tables that people make themselves."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The files of one format, not yet read: `form` reads them, `name` names them in errors."""

    form: Format
    files: dict[str, bytes]
    name: str
    folder: Path

    @property
    def digest(self) -> str:
        """SHA-256 over the names and bytes of all files; of a single file, that of its bytes."""
        if len(self.files) == 1:
            return sha256(next(iter(self.files.values())))
        return sha256("\n".join(f"{sha256(self.files[name])} {name}" for name in sorted(self.files)).encode())

    def read(self) -> Plan:
        """The plan part that the files hold; raises BadFile.

        Files that state no limits of their own but lie unchanged in a published folder are held to those of its
        receipt.
        """
        plan = replace(self.form.read(self.files, self.name), read_as=self.form.id)
        return _with_receipt(plan, self.folder, self.files)


def open_foreign(path: Path, as_format: str = "", sheets: str = "") -> Opened:
    """A file, or a folder of files of one format, and the format that reads them.

    `as_format` (`ID` or `ID:option=value`) says which format it is and how to read it; without it the format is found
    by name and first bytes, with its usual options. `sheets` is the format for tables that no format recognises.
    Raises BadFile when it cannot be read, is too large, or no format recognises it; BadInput for an unknown format.
    """
    if not path.exists():
        raise BadFile(str(path), "", "there is no such file or folder")
    chosen = format_named(as_format) if as_format else None
    if chosen is not None and not chosen.reads:
        raise BadInput(f"format {chosen.id!r} cannot be read")
    if path.is_dir():
        return _open_folder(path, chosen)
    data = _bytes_of(path, BIGGEST_FILE)
    if chosen is None and sheets and path.suffix.lower() in SHEETS:
        found = _recognising(path.name, data[:HEAD])
        chosen = format_named(sheets) if found is None else found
    form = chosen or _recognised(path.name, data[:HEAD], str(path))
    return Opened(form, {path.name: data}, path.name, path.parent)


def read_foreign(path: Path, as_format: str = "") -> Plan:
    """The plan part that a file, or a folder of files of one format, holds; `open_foreign` and `Opened.read` in one."""
    return open_foreign(path, as_format).read()


def _with_receipt(plan: Plan, folder: Path, files: dict[str, bytes]) -> Plan:
    if plan.limits_source != Plan(title="-", duration_us=0).limits_source:
        return plan
    for home in (folder, folder.parent):
        try:
            receipt = receipt_of((home / NAME).read_bytes(), NAME)
        except (OSError, BadFile):
            continue
        sums = {f.name: f.sha256 for f in receipt.files}
        prefix = "" if home == folder else f"{folder.name}/"
        if all(sums.get(prefix + name) == sha256(data) for name, data in files.items()):
            return replace(plan, limits=receipt.limits, limits_source=f"receipt of {home.name}")
    return plan


def _bytes_of(path: Path, most: int) -> bytes:
    try:
        if not path.is_file():
            raise BadFile(str(path), "", "an ordinary file was expected")
        size = path.stat().st_size
        if size > most:
            raise BadFile(str(path), "", f"at most {most // 1_000_000} MB were expected, found {size // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise BadFile(str(path), "", f"cannot be read ({error.strerror})") from error


def _recognising(name: str, head: bytes) -> Format | None:
    return next((one for one in formats().values() if one.reads and one.recognises(name, head)), None)


def _recognised(name: str, head: bytes, shown: str) -> Format:
    found = _recognising(name, head)
    if found is not None:
        return found
    known = ", ".join(f.id for f in formats().values() if f.reads)
    raise BadFile(shown, "", f"a show file that can be read here was expected ({known})")


def _open_folder(folder: Path, chosen: Format | None = None) -> Opened:
    try:
        for inner in (folder, *sorted(p for p in folder.iterdir() if p.is_dir())):
            found = _one_set(inner, chosen)
            if found is not None:
                one, files = found
                return Opened(one, files, folder.name, inner)
    except OSError as error:
        raise BadFile(str(folder), "", f"cannot be read ({error.strerror})") from error
    raise BadFile(str(folder), "", "a folder of drone or firing files was expected, found none that can be read")


def _one_set(folder: Path, chosen: Format | None) -> tuple[Format, dict[str, bytes]] | None:
    """The files of the chosen format, or of the first one that recognises any file of the folder."""
    one = chosen
    files: dict[str, bytes] = {}
    total = 0
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.name.startswith(".") or path.name.endswith(NAME):
            continue
        with open(path, "rb") as stream:
            head = stream.read(HEAD)
        if one is None:
            one = _recognising(path.name, head)
        if one is None or not one.recognises(path.name, head):
            continue
        files[path.name] = _bytes_of(path, BIGGEST_SET - total)
        total += len(files[path.name])
        if len(files) > MOST_FILES:
            raise BadFile(str(folder), "", f"at most {MOST_FILES} files were expected")
    return None if one is None or not files else (one, files)
