from collections import Counter

import pytest
from showeditor.effects.palette import first_set
from showeditor.effects.reading import read


@pytest.mark.parametrize("entry", first_set(), ids=lambda entry: entry.id)
def test_every_entry_is_understood_whole_and_written_canonically(entry):
    device = read(entry.vdl)
    assert not device.unknown
    assert device.normalised == entry.vdl
    assert device.category == entry.category
    assert any("一" <= letter <= "鿿" for letter in entry.title_zh)
    assert entry.title_en.isascii()


def test_the_palette_covers_the_first_set():
    kinds = Counter(entry.category for entry in first_set())
    assert len(first_set()) >= 60
    assert {"Shells", "Comets", "Mines", "Cakes", "Single shots"} <= kinds.keys()
    for word in ("Peony", "Chrysanthemum", "Willow", "Kamuro", "Palm", "Ring", "Fan"):
        assert any(word in entry.vdl for entry in first_set()), word
