"""Formats described by data: profiles in the user's folder, beside a show or named by hand, and drafts to learn from.

PROFILE-BAD warn: a profile cannot be used; the text names file and key. Remedy: correct it there.
"""

import os
import sys
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, runtime_checkable

from showeditor.export.format import Format
from showeditor.model.assets import asset
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.finding import Finding

GROUP = "showeditor.profiles"
PREFIX = "profile:"
BESIDE = ".profile.toml"
_BIGGEST = 200_000
_MOST = 200


@runtime_checkable
class ProfileMaker(Protocol):
    """What makes formats of texts; found by the entry point group `showeditor.profiles`."""

    def made(self, text: str, file: str) -> Format:
        """The format that a profile describes, with an id that begins with `profile:`; raises BadFile."""

    def learned(self, data: bytes, name: str, draft: Mapping[str, object]) -> str:
        """A profile proposed from a sample file; raises BadFile."""


@cache
def maker() -> ProfileMaker:
    """The installed maker of profiles; raises BadInput when there is none."""
    for point in entry_points(group=GROUP):
        if point.value.startswith("exporters."):
            offered = point.load()
            if isinstance(offered, ProfileMaker):
                return offered
    raise BadInput("this installation cannot read profiles: install the program again")


def config_folder() -> Path:
    """The user's folder for profiles; it need not exist."""
    if sys.platform == "win32":
        home = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        home = Path.home() / "Library" / "Application Support"
    else:
        home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return home / "showeditor" / "profiles"


def load(path: Path) -> Format:
    """The format of one profile file; raises BadFile naming file and key."""
    try:
        if path.stat().st_size > _BIGGEST:
            raise BadFile(str(path), "", f"a profile of at most {_BIGGEST} bytes was expected")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadFile(str(path), "", f"cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise BadFile(str(path), f"byte {error.start}", "text in UTF-8 was expected") from None
    one = maker().made(text, path.name)
    if not one.id.startswith(PREFIX):
        raise BadFile(str(path), "id", f"a format made of a profile is called {PREFIX}NAME, got {one.id!r}")
    return one


class Shelf:
    """The profiles of this process: those of the user's folder, of the open show's folder, and those named by hand."""

    def __init__(self) -> None:
        self._own: Mapping[str, Format] | None = None
        self._beside: Mapping[str, Format] = {}
        self._named: dict[str, Format] = {}
        self._wrong: dict[str, list[Finding]] = {}

    def formats(self) -> Mapping[str, Format]:
        """Every profile by its format id; one named by hand goes before one beside the show, and that before others."""
        if self._own is None:
            self._own = self._read("own", sorted(config_folder().glob("*.toml"))[:_MOST])
        return MappingProxyType({**self._own, **self._beside, **self._named})

    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with profiles that were found and cannot be used."""
        self.formats()
        return tuple(finding for where in self._wrong.values() for finding in where)

    def open_beside(self, folder: Path | None) -> None:
        """Take the profiles (`*.profile.toml`) beside a show, in the place of those of the show before."""
        files = sorted(folder.glob(f"*{BESIDE}"))[:_MOST] if folder is not None else []
        self._beside = self._read("beside", files)

    def add(self, path: Path) -> Format:
        """Take a profile that somebody named; raises BadFile."""
        one = load(path)
        self._named[one.id] = one
        return one

    def clear(self) -> None:
        """Forget everything (tests start anew)."""
        self._own, self._beside = None, {}
        self._named, self._wrong = {}, {}

    def _read(self, where: str, files: Iterable[Path]) -> Mapping[str, Format]:
        found: dict[str, Format] = {}
        owner: dict[str, Path] = {}
        wrong: list[Finding] = []
        for path in files:
            try:
                one = load(path)
            except BadFile as error:
                en = f"profile {error}"
                wrong.append(Finding("PROFILE-BAD", "warn", en, f"格式描述 {error}", ids=(path.name,)))
                continue
            if one.id in owner:
                en = f"profile {path.name}: id {one.id!r} is that of {owner[one.id].name} already"
                zh = f"格式描述 {path.name}：编号 {one.id!r} 已被 {owner[one.id].name} 使用"
                wrong.append(Finding("PROFILE-BAD", "warn", en, zh, ids=(path.name,)))
                continue
            found[one.id], owner[one.id] = one, path
        self._wrong[where] = wrong
        return found


SHELF = Shelf()


def drafts() -> Mapping[str, Mapping[str, Any]]:
    """What is known of formats that are not known whole, by id; raises BadFile for a row without its source."""
    return drafts_of(asset("profiles", "drafts.toml").read_text(encoding="utf-8"), "profiles/drafts.toml")


def drafts_of(text: str, file: str) -> Mapping[str, Mapping[str, Any]]:
    """The drafts that a TOML text holds; raises BadFile for a row without source, confidence or what is missing."""
    rows = tomllib.loads(text).get("draft", [])
    found: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        for key in ("id", "title", "title_zh", "source", "confidence", "missing", "missing_zh"):
            if not str(row.get(key, "")).strip():
                raise BadFile(file, str(row.get("id", "?")), f"{key} was expected")
        if row["id"] in found:
            raise BadFile(file, row["id"], "the id stands twice")
        found[row["id"]] = row
    return found


def learn(path: Path, like: str = "") -> str:
    """The TOML text of a profile proposed from a sample file, with the facts of a draft; raises BadFile or BadInput."""
    known = drafts()
    if like and like not in known:
        raise BadInput(f"no draft {like!r}; there are {', '.join(known)}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(str(path), "", f"cannot be read ({error.strerror})") from None
    return maker().learned(data, path.name, known[like] if like else {})
