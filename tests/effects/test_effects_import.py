"""Users' tables: what is wrong is named by row and column, everything else comes in."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.effects.catalogue import catalogue
from showeditor.effects.catalogue_import import guess_mapping, import_catalogue
from showeditor.effects.firing_log import TestFiring, calibrated, calibrations
from showeditor.effects.sheets import read_sheet
from showeditor.model.errors import BadFile

TABLE = """Part Number,Description,Size,Height (m),Lift,Duration,Name
S-1,Red Peony,3",105,3.9 s,1.6s,Red one
S-2,Gold Willow,100mm,120 m,4400 ms,5s,Willow
S-3,Blue Peony,75,100,4 s,1 s,no unit
S-1,Green Peony,75mm,100,4s,1s,again
S-5,Frobnicator,75mm,100,4s,1s,nonsense
S-6,White Peony Sparkli,75mm,100,4s,1s,unknown word
,White Peony,75mm,100,4s,1s,no id
S-8,White Peony,75mm,high,4s,1s,no number
S-9,White Peony,75mm,100 parsec,4s,1s,unit
S-10,White Peony,-75mm,100,4s,1s,negative
S-11,150mm Gold Kamuro,,,,,its own size
"""


def xlsx(rows, shared=True, sheet="xl/worksheets/sheet1.xml", extra=""):
    strings, cells = [], []
    for r, row in enumerate(rows, 1):
        cells.append(f'<row r="{r}">')
        for c, value in enumerate(row):
            place = f"{chr(65 + c)}{r}"
            escaped = value.replace("&", "&amp;").replace("<", "&lt;")
            if shared:
                strings.append(escaped)
                cells.append(f'<c r="{place}" t="s"><v>{len(strings) - 1}</v></c>')
            elif value:
                cells.append(f'<c r="{place}" t="inlineStr"><is><t>{escaped}</t></is></c>')
        cells.append("</row>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            sheet, f'<?xml version="1.0"?>{extra}<worksheet><sheetData>{"".join(cells)}</sheetData></worksheet>'
        )
        if shared:
            archive.writestr("xl/sharedStrings.xml", f"<sst>{''.join(f'<si><t>{s}</t></si>' for s in strings)}</sst>")
    return out.getvalue()


def test_good_rows_come_in_and_bad_rows_are_named():
    found = import_catalogue(TABLE.encode(), "mine.csv")
    assert [entry.id for entry in found.entries] == ["S-1", "S-2", "S-6", "S-11"]
    assert [(p.row, p.column, p.refused) for p in found.problems] == [
        (4, "Size", True), (5, "Part Number", True), (6, "Description", True), (7, "Description", False),
        (8, "Part Number", True), (9, "Height (m)", True), (10, "Height (m)", True), (11, "Size", True),
    ]  # fmt: skip
    first, second = found.entries[:2]
    assert (first.calibre_mm, first.height_m, first.lift_s, first.duration_s) == (75, 105, 3.9, 1.6)
    assert (first.title_en, first.source, first.confidence) == ("Red one", "mine.csv, row 2", "S")
    assert second.lift_s == 4.4
    assert second.description() == "100mm 120m 4.4 PFT Gold Willow"
    assert found.entries[3].calibre_mm == 150
    assert "row 4, column Size: '75' has no unit" in str(found.problems[0])
    assert "S-1 stands in row 2" in found.problems[1].message


def test_a_mapping_of_ones_own_and_chinese_headers():
    text = "编号;效果;规格;高度(m)\nA1;红牡丹;3号;110\n"
    found = import_catalogue(text.encode("gb18030"), "货.csv")
    assert found.entries[0].vdl == "75mm 红牡丹"
    assert found.entries[0].height_m == 110
    assert guess_mapping(["编号", "效果", "高度(m)"]) == {"id": "编号", "vdl": "效果", "height": "高度(m)"}
    own = import_catalogue(b"x,y\n1,75mm Red Peony\n", "t", {"id": "x", "vdl": "y"})
    assert own.entries[0].id == "1"


@pytest.mark.parametrize(
    ("data", "mapping", "place"),
    [
        (b"", None, "row of headers"),
        (b"a,b\n1,2\n", None, "column for id and vdl"),
        (b"id,id,vdl\n1,2,3\n", None, "one column 'id', found 2"),
        (b"id,vdl\n1,2\n", {"id": "nope", "vdl": "vdl"}, "'nope', found 0"),
        (b"id,vdl\n1,2\n", {"id": "id", "vdl": "vdl", "colour": "id"}, "'colour'"),
        (b"\xff\xff\xff\x80", None, "UTF-8 or GB18030"),
        (b"PK\x03\x04rubbish", None, "XLSX"),
        (xlsx([["id"]], sheet="xl/worksheets/sheet9.xml"), None, "first sheet"),
        (xlsx([["id", "vdl"]], extra="<!DOCTYPE x [<!ENTITY a 'b'>]>"), None, "no document type"),
        (b",".join([b"x"] * 300), None, "200 columns"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(data, mapping, place):
    with pytest.raises(BadFile, match=place):
        import_catalogue(data, "t.csv", mapping)


@pytest.mark.parametrize("shared", [True, False])
def test_xlsx_reads_like_csv(shared):
    rows = [line.split(",") for line in TABLE.splitlines()]
    book = import_catalogue(xlsx(rows, shared), "mine.csv")
    assert book == import_catalogue(TABLE.encode(), "mine.csv")


def test_a_cell_far_out_is_refused_before_it_costs_anything():
    data = xlsx([["id", "vdl"]], shared=False)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(b'r="B1"', b'r="ZZZZ1"')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    with pytest.raises(BadFile, match="cell ZZZZ1"):
        read_sheet(out.getvalue(), "t.xlsx")


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: ("id,vdl,size\n" + t).encode())))
def test_any_bytes_are_imported_or_refused(data):
    try:
        found = import_catalogue(data, "t")
    except BadFile:
        return
    assert all(problem.row >= 1 for problem in found.problems)


def test_the_firing_log_calibrates_with_its_spread():
    firings = [TestFiring("peony-red-75", rise, height)
               for rise, height in ((3.9, 100.0), (4.0, 104.0), (4.1, None), (4.0, 108.0))]  # fmt: skip
    firings += [TestFiring("peony-blue-75", 4.5), TestFiring("unheard-of", 3.0)]
    found = calibrations(firings)["peony-red-75"]
    assert (found.rise_s.count, found.rise_s.mean) == (4, pytest.approx(4.0))
    assert found.rise_s.sigma == pytest.approx(0.0816, abs=1e-4)
    assert found.height_m.sigma == pytest.approx(4.0)
    new, strange = calibrated(catalogue(), firings)
    assert strange == ("unheard-of",)
    entry = new.find("peony-red-75")
    assert (entry.lift_s, entry.lift_sigma_s, entry.height_m, entry.height_sigma_m) == (4.0, 0.0816, 104.0, 4.0)
    assert entry.description() == "75mm 104m 4 PFT Red Peony"
    assert "4 test firings" in entry.source
    assert (new.find("peony-blue-75").lift_s, new.find("peony-blue-75").lift_sigma_s) == (4.5, 0.0)
    assert new.find("peony-blue-75").height_m == 110
    assert new.find("peony-white-75") is catalogue().find("peony-white-75")


@pytest.mark.parametrize("bad", [(" ", 1.0, 1.0), ("a", -1.0, None), ("a", None, float("nan"))])
def test_impossible_measurements_are_not_born(bad):
    with pytest.raises(ValueError, match="test firing"):
        TestFiring(*bad)
