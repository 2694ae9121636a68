"""The catalogue: what it holds, that its figures are those of its descriptions, and how it is searched."""

from collections import Counter

import pytest
from showeditor.effects import catalogue as room
from showeditor.effects.catalogue import Catalogue, Entry, catalogue
from showeditor.effects.palette import first_set
from showeditor.effects.reading import read
from showeditor.effects.tables import read_rows
from showeditor.model.errors import BadFile

ENTRIES = catalogue().entries


def test_it_covers_every_class():
    kinds = Counter(entry.category for entry in ENTRIES)
    assert len(ENTRIES) >= 400
    assert set(kinds) == {
        "Shells", "Comets", "Mines", "Candles", "Cakes", "Single shots", "Fountains", "Set pieces", "Flames", "Smoke",
        "Lanterns", "Stage",
    }  # fmt: skip
    shells = {entry.calibre_mm for entry in ENTRIES if entry.category == "Shells"}
    assert {50, 63, 75, 100, 125, 150, 175, 200, 250, 300, 400, 600} <= shells
    for words in ("waterfall", "lance", "cold spark", "smoke mine", "lantern", "wheel", "crossette", "parachute"):
        assert catalogue().search(words), words
    assert len({entry.vdl for entry in ENTRIES}) == len(ENTRIES)


def test_it_is_not_one_effect_in_many_colours():
    effects = {layer.effect for entry in ENTRIES for shot in read(entry.vdl).shots for layer in shot.layers}
    assert len(effects) >= 40


def test_every_row_reads_whole_and_states_its_own_figures():
    for entry in ENTRIES:
        device = read(entry.vdl)
        assert not device.unknown, entry.id
        assert device.normalised == entry.vdl, entry.id
        assert device.category == entry.category, entry.id
        assert device.calibre_mm == entry.calibre_mm, entry.id
        assert device.prefire_us / 1e6 == pytest.approx(entry.lift_s, abs=0.006), entry.id
        assert device.duration_us / 1e6 == pytest.approx(entry.duration_s, abs=0.006), entry.id
        assert max(shot.height_m for shot in device.shots) == pytest.approx(entry.height_m), entry.id
        assert entry.source.strip()
        assert entry.confidence in "SCIM"
        assert any("一" <= letter <= "鿿" for letter in entry.title_zh), entry.id


def test_the_description_of_an_entry_flies_as_the_entry_says():
    for entry in ENTRIES:
        device = read(entry.description())
        assert device.prefire_us / 1e6 == pytest.approx(entry.lift_s, abs=0.011), entry.id
        assert device.category == entry.category, entry.id


def test_the_palette_is_part_of_it():
    assert {entry.id for entry in first_set()} <= {entry.id for entry in ENTRIES}


def test_search():
    found = catalogue().search("gold willow", category="Shells", calibre_mm=(120, 210))
    assert found
    assert all("willow" in e.vdl.lower() and 120 <= e.calibre_mm <= 210 for e in found)
    assert catalogue().search("金柳 6号")
    assert catalogue().search("zzz") == ()
    assert len(catalogue().search()) == len(catalogue())
    assert catalogue().find("peony-red-75").vdl == "75mm Red Peony"
    assert catalogue().find("nothing") is None


def test_a_users_entry_takes_the_place_of_a_known_one():
    mine = Entry("peony-red-75", "Shells", "mine", "我", "75mm Red Peony", 75.0, 95.0, 3.1, 1.5, "test", "S")
    joined = catalogue().joined([mine, Entry("x", "Shells", "x", "x", "Peony", None, None, None, None, "t", "S")])
    assert len(joined) == len(catalogue()) + 1
    assert joined.find("peony-red-75") is mine
    assert mine.description() == "75mm 95m 3.1 PFT Red Peony"
    assert read(mine.description()).shots[0].height_m == 95
    assert Catalogue(()).joined([mine]).entries == (mine,)


HEAD = "id,category,title_en,title_zh,vdl,calibre_mm,height_m,lift_s,duration_s,source,confidence\n"
GOOD = "a,Shells,A,甲,75mm Red Peony,75,110,4.16,1.5,book,S\n"


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("b,Shells,A,甲,75mm Red Peony,75,110,4.16,1.5,,S\n", "line 3"),
        ("b,Shells,A,甲,75mm Red Peony,75,110,4.16,1.5,book,\n", "line 3"),
        ("b,Shells,A,甲,75mm Red Peony,75,,4.16,1.5,book,S\n", "column height_m"),
        ("b,Shells,A,甲,75mm Red Peony,-75,110,4.16,1.5,book,S\n", "calibre of b"),
        ("b,Shelves,A,甲,75mm Red Peony,75,110,4.16,1.5,book,S\n", "category"),
        ("b,Shells,A,,75mm Red Peony,75,110,4.16,1.5,book,S\n", "both languages"),
        (GOOD, "every id once"),
    ],
)
def test_a_row_that_hides_something_is_refused(tmp_path, monkeypatch, row, place):
    path = tmp_path / "catalogue.csv"
    path.write_text(HEAD + GOOD + row, encoding="utf-8")
    monkeypatch.setattr(room, "read_table", lambda *_: read_rows(path))
    with pytest.raises(BadFile, match=place):
        catalogue.__wrapped__()
