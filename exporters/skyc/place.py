"""Where in a `.skyc` something stands, so that errors can name it, and its JSON values taken with care."""

from dataclasses import dataclass
from typing import Any

from exporters.skyc.archive import Archive
from showeditor.model.errors import BadFile


def real(value: object) -> bool:
    """Whether a JSON value is a number within reason."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e12


def snake(name: str) -> str:
    """A camelCase name as files of 2020 wrote it."""
    return "".join("_" + c.lower() if c.isupper() else c for c in name)


@dataclass(frozen=True, slots=True)
class At:
    """A member (and drone) that errors are to name."""

    archive: Archive
    member: str
    drone: str = ""

    def bad(self, place: str, expected: str) -> BadFile:
        """The error that names member, drone and place."""
        who = f"{self.drone}: " if self.drone else ""
        return BadFile(self.archive.file, f"{self.member}: {who}{place}", expected)

    def object(self, parent: dict[str, Any], key: str) -> dict[str, Any]:
        """An object below `parent`, references followed; empty where there is none."""
        value, _ = self.archive.follow(parent.get(key, parent.get(snake(key))), self.member)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self.bad(key, "an object was expected")
        return value

    def items(self, parent: dict[str, Any], key: str) -> list[Any]:
        """A list below `parent`; empty where there is none."""
        value = parent.get(key, [])
        if not isinstance(value, list):
            raise self.bad(key, "a list was expected")
        return value

    def number(self, parent: dict[str, Any], key: str, default: float) -> float:
        """A number below `parent`."""
        value = parent.get(key, parent.get(snake(key), default))
        if value is None:
            return default
        if not real(value):
            raise self.bad(key, "a number was expected")
        return float(value)
