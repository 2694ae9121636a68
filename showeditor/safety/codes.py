"""The manual of finding codes, read from the rules' docstrings: what is written there is what is shown."""

import importlib
import pkgutil
import re
from dataclasses import dataclass
from functools import cache

import showeditor.safety as room

_ENTRY = re.compile(r"^([A-Z]{3,4}-\d{3}) (block|warn|note): (.+?)(?=^[A-Z]{3,4}-\d{3} |\n\n|\Z)", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its severity, what it means with the remedy, and the module of the rule."""

    code: str
    severity: str
    meaning: str
    module: str


def codes() -> tuple[Code, ...]:
    """All codes of the rules, sorted; raises ValueError when one is documented twice."""
    found: dict[str, Code] = {}
    for module in pkgutil.iter_modules(room.__path__):
        text = importlib.import_module(f"{room.__name__}.{module.name}").__doc__ or ""
        for code, severity, meaning in _ENTRY.findall(text):
            if code in found:
                raise ValueError(f"{code} is documented in {found[code].module} and in {module.name}")
            found[code] = Code(code, severity, " ".join(meaning.split()), module.name)
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
}


@cache
def _remedies() -> dict[str, str]:
    return {c.code: c.meaning.partition("Remedy: ")[2] for c in codes()}


def remedy(code: str) -> str:
    """What can be done about a finding of this code; empty for notes and codes of other rooms."""
    return _remedies().get(code, "")


def manual() -> str:
    """The manual of codes as Markdown: `showeditor check --codes > docs/findings.md`."""
    lines = [
        "# Findings",
        "",
        "What the safety check can say. A `block` forbids publishing, a `warn` asks for a decision, a `note` tells a",
        "margin. Codes are never used again for something else.",
        "",
        "This page is generated: `showeditor check --codes > docs/findings.md`. A test fails when it is out of date.",
    ]
    known = codes()
    for group in (*GROUPS, *sorted({c.code.partition("-")[0] for c in known} - set(GROUPS))):
        rows = [f"| {c.code} | {c.severity} | {c.meaning} |" for c in known if c.code.partition("-")[0] == group]
        if rows:
            title = ["", f"## {GROUPS.get(group, group)}", ""]
            lines += [*title, "| Code | Severity | Meaning |", "|---|---|---|", *rows]
    return "\n".join([*lines, ""])
