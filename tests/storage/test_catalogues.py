"""The user's own effects: imported, calibrated by test firings, kept, and named row by row where they are wrong."""

import json
from pathlib import Path

import pytest
from showeditor.cli import main
from showeditor.effects.catalogue import Entry, catalogue
from showeditor.model.errors import BadFile
from showeditor.storage.catalogues import catalogue_file, keep_entries, own_entries, whole_catalogue

TABLE = """货号,描述,中文名,口径,高度 (m),升空时间 (s)
LY-1,gold willow,金柳,150mm,180,5.1
LY-2,red peony,红牡丹,6,160,4.8
LY-3,blue chrysanthemum,蓝菊,100mm,130,4.2
LY-3,green peony,绿牡丹,100mm,130,4.2
"""


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHOWEDITOR_STATE", str(tmp_path / "state"))
    return tmp_path


def test_a_table_is_imported_its_bad_rows_named_and_the_rest_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "浏阳.csv"
    file.write_bytes(TABLE.encode("gb18030"))
    assert main(["catalogue", "--import", str(file)]) == 0
    told = capsys.readouterr()
    assert "row 3, column 口径: '6' has no unit" in told.err
    assert "row 5, column 货号: LY-3 stands in row 4 already" in told.err
    assert [entry.id for entry in own_entries()] == ["LY-1", "LY-3"]
    assert main(["catalogue", "金柳", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["id"], row["height_m"], row["calibre_mm"]) for row in rows if row["id"] == "LY-1"] == [
        ("LY-1", 180.0, 150.0)
    ]


def test_columns_are_chosen_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("A,B\nX1,75mm red peony\n", encoding="utf-8")
    assert main(["catalogue", "--import", str(file)]) == 2
    assert "expected a column for id and vdl" in capsys.readouterr().err
    assert main(["catalogue", "--import", str(file), "--map", "id=A", "--map", "vdl=B"]) == 0
    assert [entry.vdl for entry in own_entries()] == ["75mm red peony"]
    assert main(["catalogue", "--import", str(file), "--map", "id"]) == 2


def test_test_firings_calibrate_an_effect_and_its_spread(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = catalogue().entries[0].id
    file = tmp_path / "log.csv"
    file.write_text(
        f"id,rise,height (m)\n{known},4.0 s,100\n{known},4.2 s,104\n{known},4.4 s,108\nnone,4 s,\n{known},5,\n",
        encoding="utf-8",
    )
    assert main(["catalogue", "--firings", str(file)]) == 0
    told = capsys.readouterr()
    assert "unknown effects: none" in told.out
    assert "row 6, column rise: '5' has no unit" in told.err
    entry = whole_catalogue().find(known)
    assert entry is not None
    assert (entry.lift_s, entry.lift_sigma_s, entry.height_m, entry.height_sigma_m) == (4.2, 0.2, 104.0, 4.0)
    assert entry.source.endswith("3 test firings")


def test_figures_nobody_stated_stay_unstated() -> None:
    entry = Entry("E1", "Shells", "One", "一", "75mm Red Peony", 75.0, None, None, None, "own table, row 2", "S")
    keep_entries([entry])
    assert own_entries() == (entry,)
    keep_entries([entry])
    assert own_entries() == (entry,)


def test_a_damaged_table_is_named(tmp_path: Path) -> None:
    keep_entries([Entry("E1", "Shells", "One", "一", "75mm Red Peony", 75.0, 1.0, 1.0, 1.0, "s", "S")])
    file = catalogue_file()
    file.write_text(file.read_text(encoding="utf-8").replace("75.0", "many"), encoding="utf-8")
    with pytest.raises(BadFile, match=r"catalogue\.csv.*E1"):
        own_entries()
    file.write_text(file.read_text(encoding="utf-8").replace("Shells", "Shell"), encoding="utf-8")
    with pytest.raises(BadFile, match="expected a category"):
        own_entries()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "header"),
        ("id,rise\nnone,4 s\n", "unknown effects: none"),
        ("rise\n4 s\n", "a column for effect"),
        ("id,rise,rise\nx,4 s,4 s\n", "one column 'rise'"),
    ],
)
def test_logs_that_cannot_be_used_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, sentence: str
) -> None:
    file = tmp_path / "log.csv"
    file.write_text(text, encoding="utf-8")
    assert main(["catalogue", "--firings", str(file)]) == 2
    assert sentence in capsys.readouterr().err
    assert own_entries() == ()
