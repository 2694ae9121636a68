"""The manual of codes, and what every finding carries."""

import re
from pathlib import Path

from safety_plans import quiet
from showeditor.model.finding import Finding
from showeditor.safety.check import check
from showeditor.safety.codes import codes, manual, remedy

PAGE = Path(__file__).resolve().parents[2] / "docs" / "findings.md"


def test_the_page_of_codes_is_the_one_that_the_docstrings_make() -> None:
    """Renew with `showeditor check --codes > docs/findings.md`."""
    assert PAGE.read_text(encoding="utf-8") == manual()


def test_every_code_stands_once_in_its_group() -> None:
    found = re.findall(r"^\| ([A-Z]{3,4}-\d{3}) \|", manual(), re.M)
    assert sorted(found) == [c.code for c in codes()]


def test_what_blocks_or_warns_has_a_remedy() -> None:
    assert all(remedy(c.code) for c in codes() if c.severity != "note")
    assert remedy("DRN-001").startswith("set their formations wider apart")
    assert remedy("EXP-TICK") == ""


def test_margins_are_negative_beyond_the_limit() -> None:
    assert Finding("A", "block", "", "", measured=1.5, limit=2.0).margin == -0.5
    assert Finding("A", "warn", "", "", measured=2.5, limit=2.0).margin == -0.5
    assert Finding("A", "note", "", "", measured=2.5, limit=2.0).margin == 0.5
    assert Finding("A", "note", "", "", measured=1.0, limit=2.0).margin == -1.0
    assert Finding("A", "note", "", "", measured=1.0).margin is None


def test_a_clear_show_tells_its_main_margins() -> None:
    told = {f.code: f for f in check(quiet())}
    for code in ("DRN-020", "FWK-020"):
        assert told[code].margin is not None
        assert told[code].margin > 0
    assert {"DRN-021", "DRN-037", "DRN-038", "MIX-021", "FWK-026", "FWK-027"} <= set(told)
