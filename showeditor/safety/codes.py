"""The manual of finding codes, read from the docstrings of the modules that make them: what stands there is shown.

Remedies in Chinese lie in assets/translations/remedies_zh_CN.json, each beside the English one that it translates; a
test fails when one of them was changed alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

import showeditor
from showeditor.model.assets import asset

_CODE = r"[A-Z0-9]{3,8}-[A-Z0-9][A-Z0-9-]*"
_START = rf"(?:^|(?<=[.)] ))({_CODE}(?:,\s{_CODE})*)\s(block|warn|note): "
_ENTRY = re.compile(rf"{_START}(.+?)(?={_START}|\n\n|\Z)", re.M | re.S)
_HEAD = re.compile(r'"""(.*?)"""', re.S)
_PACKAGE = Path(showeditor.__file__).parent


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its severity, what it means with the remedy, and the module that makes it."""

    code: str
    severity: str
    meaning: str
    module: str

    @property
    def group(self) -> str:
        """The part before the first hyphen."""
        return self.code.partition("-")[0]

    @property
    def remedy(self) -> str:
        """What can be done; empty where nothing needs to be."""
        return self.meaning.partition("Remedy: ")[2]


def codes(packages: Iterable[Path] = (_PACKAGE,)) -> tuple[Code, ...]:
    """All codes that the modules of some package folders document, sorted; raises ValueError for one that is twice.

    The modules are read as text: rooms above this one are not imported.
    """
    found: dict[str, Code] = {}
    for package in packages:
        for path in sorted(package.rglob("*.py")):
            head = _HEAD.match(path.read_text(encoding="utf-8"))
            module = str(path.relative_to(package.parent).with_suffix("")).replace("/", ".")
            for entry in _ENTRY.finditer(head[1] if head else ""):
                for code in re.split(r",\s", entry[1]):
                    if code in found:
                        raise ValueError(f"{code} is documented in {found[code].module} and in {module}")
                    found[code] = Code(code, entry[2], " ".join(entry[3].split()), module)
    return tuple(found[code] for code in sorted(found))


GROUPS = {
    "DRN": "Drones",
    "FWK": "Fireworks",
    "MIX": "Drones and fireworks together",
    "PYR": "Fireworks carried by drones",
    "CTL": "Firing control",
    "LIC": "Licences",
    "VEN": "The venue",
    "MSC": "The show as a whole",
    "SAFE": "The check itself and its rule packs",
    "WVR": "Waivers",
    "PLAN": "What cannot be planned",
    "MEDIA": "Media",
    "EXP": "Written files",
    "SIGN": "Signatures",
}


class _Translated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    en: str
    zh: str


@cache
def translated() -> dict[str, tuple[str, str]]:
    """Remedies in English and Chinese by code, as the table has them."""
    data = asset("translations", "remedies_zh_CN.json").read_bytes()
    return {code: (row.en, row.zh) for code, row in msgspec.json.decode(data, type=dict[str, _Translated]).items()}


@cache
def _remedies() -> dict[str, str]:
    return {c.code: c.remedy for c in codes()}


def remedy(code: str) -> str:
    """What can be done about a finding of this code; empty where nothing needs to be, and for codes of strangers."""
    return _remedies().get(code, "")


def remedy_zh(code: str) -> str:
    """The same in Chinese."""
    return translated().get(code, ("", ""))[1]


def manual(packages: Iterable[Path] = (_PACKAGE,)) -> str:
    """The manual of codes as Markdown: `showeditor check --codes > docs/findings.md`."""
    lines = [
        "# Findings",
        "",
        "What the check, the planner and the gate can say. A `block` forbids publishing, a `warn` asks for a decision,",
        "a `note` tells a margin. Codes are never used again for something else.",
        "",
        "This page is generated: `showeditor check --codes > docs/findings.md`. A test fails when it is out of date.",
    ]
    known = codes(packages)
    for group in (*GROUPS, *sorted({c.group for c in known} - set(GROUPS))):
        own = [c for c in known if c.group == group]
        rows = [f"| {c.code} | {c.severity} | {c.meaning} | {remedy_zh(c.code)} |" for c in own]
        if rows:
            title = ["", f"## {GROUPS.get(group, group)}", ""]
            lines += [*title, "| Code | Severity | Meaning | 处置 |", "|---|---|---|---|", *rows]
    return "\n".join([*lines, ""])
