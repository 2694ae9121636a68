import re

import pytest
from exporters.starfire import STARFIRE
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import blocks
from showeditor.safety.check import check

# worked sample of the format notes 4.6; our plans know no product numbers
SAMPLE = (
    "1|1|00:00:10.00|0|1|SKU0001|Gold Comet w/ Red Mine|Comets|45mm|\n"
    "1|2|00:00:11.20|0|1|SKU0002|Red Peony 3in|Shells|75mm|\n"
    "2|1|00:00:13.25|0|1|SKU0003|Blue To Silver Chrysanthemum|Shells|100mm|\n"
    "2|2|00:00:20.00|0|1|SKU0004|36 Shot Fan Cake|Cakes|30mm|\n"
    "1|3|00:00:36.35|0|1|SKU0005|Gold Kamuro 5in|Shells|125mm|\n"
).replace("|", "\t")


def read(text):
    return STARFIRE.read({"a.txt": text.encode()}, "a.txt")


def test_demo_show_is_the_worked_sample(demo_plan):
    ((name, data),) = STARFIRE.write(demo_plan).items()
    assert name == "Demo.txt"
    assert data == re.sub("SKU[0-9]+", "", SAMPLE).replace("\n", "\r\n").encode("ascii")


@pytest.mark.parametrize("header", ["", "Mod\tCue\tFT\tDT\tQty\tPN\tDesc\tType\tSize\tDisable Type\n"])
def test_the_sample_is_read_with_and_without_column_names(header):
    plan = read(header + SAMPLE)
    assert plan.firing.ignition_us.tolist() == [10_000_000, 11_200_000, 13_250_000, 20_000_000, 36_350_000]
    assert plan.firing.category[3] == "Cakes"
    assert plan.controllers[0].module_hi == 255
    assert not blocks(check(plan))
    assert STARFIRE.recognises("a.txt", (header + SAMPLE).encode())


def test_bare_inch_marks_do_not_join_rows():
    plan = read(SAMPLE.replace("Red Peony 3in", 'Red Peony 3"').replace("36 Shot", '1.8" 36 Shot'))
    assert len(plan.firing) == 5
    assert plan.firing.effect[3] == '1.8" 36 Shot Fan Cake'


def test_a_delay_is_told_and_negative_timecode_is_for_the_check():
    plan = read(SAMPLE.replace("00:00:10.00\t0", "-00:00:10.00\t1.5"))
    assert [f.code for f in plan.problems] == ["STARFIRE-DELAY", "FIRING-LEFT-OUT"]
    assert plan.problems[1].ids == ("PN",)
    assert plan.firing.ignition_us[0] == -10_000_000
    assert any(f.code == "CTL-001" and f.ids == ("line 1",) for f in check(plan))


@pytest.mark.parametrize("row", [("x", 256, 1, 0), ("x", 0, 1, 0), ("x", 1, 33, 0)])
def test_what_does_not_fit_is_named(row, firing_plan):
    with pytest.raises(Unfit, match="c1"):
        STARFIRE.write(firing_plan([row]))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "rows were expected"),
        (SAMPLE.replace("\tCakes", "\nCakes"), "line 5: 10 columns"),
        (SAMPLE.replace("00:00:13.25", "13,25"), "line 3: a fire time"),
        (SAMPLE.replace("2\t2\t", "2\tb\t"), "line 4: whole numbers"),
    ],
)
def test_bad_scripts_name_the_line(text, place):
    with pytest.raises(BadFile, match=re.escape(place)):
        read(text)
