"""The manual of codes, and what every finding carries."""

import re
from pathlib import Path

import pytest
import showeditor
from safety_plans import quiet
from showeditor.model.finding import Finding
from showeditor.safety.check import check
from showeditor.safety.codes import codes, manual, remedy, remedy_zh, translated

PAGE = Path(__file__).resolve().parents[2] / "docs" / "findings.md"


def test_the_page_of_codes_is_the_one_that_the_docstrings_make() -> None:
    """Renew with `showeditor check --codes > docs/findings.md`."""
    assert PAGE.read_text(encoding="utf-8") == manual()


def test_every_code_stands_once_in_its_group() -> None:
    found = re.findall(r"^\| ([A-Z]+-[A-Z0-9-]+) \|", manual(), re.M)
    assert sorted(found) == [c.code for c in codes()]


def test_what_blocks_or_warns_has_a_remedy() -> None:
    assert all(remedy(c.code) for c in codes() if c.severity != "note")
    assert remedy("DRN-001").startswith("set their formations wider apart")
    assert remedy("STRANGER-CODE") == ""


def test_every_code_that_the_program_names_is_in_the_manual() -> None:
    """Codes of formats (`exporters`) are told where the formats are; everything else stands here."""
    literal = re.compile(r'"((?:[A-Z]{3,8})-[A-Z0-9][A-Z0-9-]*)"')
    elsewhere = {"FORMAT-SPLIT", "FORMAT-UNPROVEN", "FORMAT-USE", "MISSION-NO-CLOCK", "YYYY-MM-DD"}
    named: set[str] = set()
    for path in Path(showeditor.__file__).parent.rglob("*.py"):
        named.update(literal.findall(path.read_text(encoding="utf-8")))
    assert not named - elsewhere - {c.code for c in codes()}


def test_remedies_are_translated_beside_the_sentence_they_translate() -> None:
    """A remedy changed in a docstring fails here until its Chinese was looked at, in remedies_zh_CN.json."""
    assert {code: en for code, (en, _) in translated().items()} == {c.code: c.remedy for c in codes() if c.remedy}
    for code, (_, zh) in translated().items():
        assert re.search("[\u4e00-\u9fff]", zh), code
    assert remedy_zh("DRN-006") == "降低编队。"


def test_a_code_documented_twice_is_refused(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.py").write_text('"""One.\n\nXYZ-001 block: a. Remedy: b.\n"""\n', encoding="utf-8")
    with pytest.raises(ValueError, match="XYZ-001 is documented in"):
        codes((tmp_path,))


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
