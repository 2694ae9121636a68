import re

import pytest
from exporters.firetek import FIRETEK
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import blocks
from showeditor.safety.check import check

# worked sample of the format notes 4.2
SAMPLE = """##Demo Show,,,,,,,,,,,
Module ID,Rail,Channel,Time,Sequence,DMX Value,RampX,Duration or Rate,Position,SafetyZone,Channel Name,Sequence Name
1,1,1,10000,0,0,0,0,1,1,Gold Comet w/ Red Mine,Show
1,1,2,11200,0,0,0,0,1,1,Red Peony 3in,Show
2,1,1,13250,0,0,0,0,2,1,Blue To Silver Chrysanthemum,Show
2,1,2,20000,0,0,0,0,2,1,36 Shot Fan Cake,Show
1,1,3,36350,0,0,0,0,1,1,Gold Kamuro 5in,Show
"""


def read(text):
    return FIRETEK.read({"script.csv": text.encode() if isinstance(text, str) else text}, "script.csv")


def test_demo_show_is_the_worked_sample(demo_plan):
    ((name, data),) = FIRETEK.write(demo_plan).items()
    assert name == "script.csv"
    assert data == SAMPLE.replace("Demo Show", "Demo").replace("\n", "\r\n").encode("ascii")


def test_the_sample_is_read_and_checked():
    plan = read(SAMPLE)
    assert plan.title == "Demo Show"
    assert plan.firing.ignition_us.tolist() == [10_000_000, 11_200_000, 13_250_000, 20_000_000, 36_350_000]
    assert plan.firing.cue[2] == "line 5"
    (spec,) = plan.controllers
    assert (spec.model, spec.module_lo, spec.module_hi, spec.pin_hi) == ("firetek", 1, 99, 100)
    assert not blocks(check(plan))


def test_dmx_and_sequences_are_told():
    extra = "3,1,117,5000,0,255,0,100,1,1,flame,Show\n1,1,4,500,2,0,0,0,1,1,Encore,Two\n"
    plan = read(SAMPLE + extra)
    assert [f.code for f in plan.problems] == ["FIRETEK-CLOCK", "FIRING-LEFT-OUT"]
    assert plan.firing.effect[-1] == "Encore"
    assert plan.firing.ignition_us[-1] == 36_350_000 + 1_000_000 + 500_000


@pytest.mark.parametrize(
    ("row", "word"), [(("x", 100, 1, 0), "module 100"), (("x", 0, 1, 0), "module 0"), (("x", 1, 101, 0), "channel 101")]
)
def test_what_does_not_fit_is_named(row, word, firing_plan):
    with pytest.raises(Unfit, match=word):
        FIRETEK.write(firing_plan([row]))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "line 1: a project line"),
        (SAMPLE.replace("Rail,", ""), "line 1: a project line"),
        (SAMPLE.replace("13250", "13.25"), "line 5: a time in whole milliseconds"),
        (SAMPLE.replace("13250", "9" * 12), "line 5: a time within 100 hours"),
        (SAMPLE.replace("1,1,2,11200", "1,1,x,11200"), "line 4: whole numbers"),
        (SAMPLE.replace(",0,0,0,0,1,1,Red Peony 3in,Show", ""), "line 4: at least 8 columns"),
        (SAMPLE[:-1], "line 7: a line end"),
    ],
)
def test_bad_scripts_name_the_line(text, place):
    with pytest.raises(BadFile, match=re.escape(place)):
        read(text)
