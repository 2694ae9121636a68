"""The manual of finding codes, read from the rules' docstrings: what is written there is what is shown."""

import importlib
import pkgutil
import re
from dataclasses import dataclass

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


def manual() -> str:
    """The manual of codes as Markdown."""
    rows = [f"| {c.code} | {c.severity} | {c.meaning} |" for c in codes()]
    return "\n".join(["# Findings", "", "| Code | Severity | Meaning |", "|---|---|---|", *rows, ""])
