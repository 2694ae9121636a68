from pathlib import Path

from showeditor.export.manual import formats_page
from showeditor.export.registry import BUILT_IN, formats

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats.md"


def test_the_page_in_the_manual_is_the_one_that_the_program_makes():
    """Renew with `showeditor formats --page > docs/formats.md`."""
    assert PAGE.read_text(encoding="utf-8") == formats_page()


def test_every_format_has_its_section_with_what_is_open_and_who_reads_it():
    sections = {part.split("\n")[0]: part for part in formats_page().split("\n## ")[1:]}
    assert set(sections) == {name for name in formats() if name in BUILT_IN}
    for name in ("skyc", "skyb", "vviz", "drotek"):
        assert "Meant for:" in sections[name]
    for name, form in formats().items():
        if name in BUILT_IN and "not_proven" in form.limits:
            assert str(form.limits["not_proven"]) in sections[name]
    assert "libskybrush" in sections["skyb"]
    assert "Skybrush Viewer" in sections["skyc"]
    assert "pyledctrl" in sections["skyb"]
    assert "Drotek Loader" in sections["drotek"]
    assert "`held`, `since`" in sections["vviz"]
    assert "no show clock" in sections["qgc-plan"]
