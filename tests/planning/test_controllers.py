"""Controllers: figures with sources, unknown ones empty, what the crew states fills in and never loosens."""

import csv

import pytest
from showeditor.effects.tables import read_rows
from showeditor.model.assets import asset
from showeditor.model.control import Figures, Module
from showeditor.model.cue import Controller
from showeditor.model.errors import BadFile
from showeditor.model.show import Show
from showeditor.planning.compile import compile_show
from showeditor.planning.controllers import controller_models, figures_by_model, spec_of


def test_every_row_has_a_source_and_a_confidence() -> None:
    for file in ("controllers.csv", "figures.csv"):
        with asset("controllers", file).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert rows
        assert all(row["source"].strip() and row["confidence"] in set("SCIM") for row in rows)


def test_what_is_known_and_what_is_not() -> None:
    models = controller_models()
    assert models["cobra-6"].most_cues == 3600
    assert models["cobra-6"].refires is True
    assert models["cobra-3"].refires is False
    assert models["cobra-7"].hazard_groups == 10
    assert models["ignite"].module_gap_us == 100_000
    assert models["firetek"].most_cues is None
    assert all(spec.igniters_per_pin is None and spec.idle_off_us is None for spec in models.values())
    assert [m for m, spec in models.items() if not spec.ranges_known] == ["merlin"]


def test_stated_figures_fill_in_and_tighten() -> None:
    stated = Figures("label on the box", pin_hi=6, igniters_per_pin=4, most_cues=9000, module_gap_us=20_000)
    spec = spec_of(Controller("K", "cobra-6", figures=stated))
    assert spec is not None
    assert (spec.pin_hi, spec.igniters_per_pin, spec.most_cues, spec.module_gap_us) == (6, 4, 3600, 20_000)
    assert spec.source.endswith("; label on the box")
    assert spec.site is not None


def test_ranges_become_known_when_all_are_stated() -> None:
    half = spec_of(Controller("K", "merlin", figures=Figures("manual", module_hi=64)))
    assert half is not None
    assert (half.ranges_known, half.module_hi) == (False, 64)
    whole = Figures("manual", module_lo=1, module_hi=64, pin_lo=1, pin_hi=48)
    spec = spec_of(Controller("K", "merlin", figures=whole))
    assert spec is not None
    assert (spec.ranges_known, spec.module_lo, spec.module_hi, spec.pin_hi) == (True, 1, 64, 48)


def test_a_model_of_ones_own_needs_ranges_and_tick() -> None:
    stated = Figures("sample file", module_lo=1, module_hi=9, pin_lo=1, pin_hi=16, tick_us=1000)
    assert spec_of(Controller("K", "shangyi", "东岸", figures=stated)) is not None
    show = Show("x", 1, controllers=(Controller("K", "shangyi", figures=stated),))
    assert [f.code for f in compile_show(show).problems] == []
    bare = Show("x", 1, controllers=(Controller("K", "shangyi"),))
    assert [f.code for f in compile_show(bare).problems] == ["PLAN-MODEL"]


def test_one_module_is_stated_once() -> None:
    with pytest.raises(ValueError, match="module 3 is stated twice"):
        Controller("K", "cobra-6", modules=(Module(3), Module(4), Module(3)))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("cobra-6,weight_g,5,a,S", "expected a figure of a controller"),
        ("cobra-6,most_cues,5,a,S\ncobra-6,most_cues,6,a,S", "expected one row"),
        ("cobra-6,most_cues,many,a,S", "expected a number"),
        ("cobra-6,most_cues,5,,S", "expected a source"),
        ("cobra-6,most_cues,5,a,X", "expected a confidence"),
    ],
)
def test_bad_figures_are_refused(tmp_path, lines: str, expected: str) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(f"model,figure,value,source,confidence\n{lines}\n", encoding="utf-8")
    with pytest.raises(BadFile, match=expected):
        figures_by_model(read_rows(file))
