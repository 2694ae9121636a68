import re
import time
from xml.etree import ElementTree

import pytest
from exporters.firectrl import FIRECTRL
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import blocks
from showeditor.safety.check import check

# worked sample of the format notes 4.5; MODIFIED differs because a file must not tell when it was made
SAMPLE = """<?xml version="1.0" encoding="utf-8" ?>
<CUELIST VERSION="1.0" CUES="5" NAME="demo" MODIFIED="1700000000" FPS="25" MODE="SEMI" TIMER="INTERNAL" \
COALESCE="false">
<CUE IDX="0" TIME="10000" NOTE="Gold Comet w/ Red Mine" FM="1" OUT="1" PART="1" MODE="A" />
<CUE IDX="1" TIME="11200" NOTE="Red Peony 3in" FM="1" OUT="2" PART="1" MODE="A" />
<CUE IDX="2" TIME="13250" NOTE="Blue To Silver Chrysanthemum" FM="2" OUT="1" PART="1" MODE="A" />
<CUE IDX="3" TIME="20000" NOTE="36 Shot Fan Cake" FM="2" OUT="2" PART="1" MODE="A" />
<CUE IDX="4" TIME="36350" NOTE="Gold Kamuro 5in" FM="1" OUT="3" PART="1" MODE="A" />
</CUELIST>
"""


def read(text):
    return FIRECTRL.read({"a.xml": text.encode() if isinstance(text, str) else text}, "a.xml")


def test_demo_show_is_the_worked_sample(demo_plan):
    ((name, data),) = FIRECTRL.write(demo_plan).items()
    assert name == "Demo.xml"
    wanted = SAMPLE.replace("1700000000", "0").replace('NAME="demo"', 'NAME="Demo"')
    assert data == wanted.replace("\n", "\r\n").encode()


def test_the_sample_is_read_and_checked():
    plan = read(SAMPLE)
    assert plan.title == "demo"
    assert plan.firing.ignition_us.tolist() == [10_000_000, 11_200_000, 13_250_000, 20_000_000, 36_350_000]
    assert plan.firing.cue[0] == "line 3"
    assert plan.controllers[0].module_hi == 999
    assert not blocks(check(plan))


def test_names_survive_as_xml(firing_plan):
    names = ('Peony 3"', "<a & b>", "红牡丹", "tab\tand\nline")
    plan = firing_plan([(name, 1, k + 1, k * 1_000_000) for k, name in enumerate(names)])
    ((_, data),) = FIRECTRL.write(plan).items()
    notes = [e.get("NOTE") for e in ElementTree.fromstring(data)]  # an outside reader
    assert notes == ['Peony 3"', "<a & b>", "红牡丹", "tab and line"]
    assert list(FIRECTRL.read({"a.xml": data}, "a.xml").firing.effect) == notes


def test_a_bare_inch_mark_is_tolerated():
    plan = read(SAMPLE.replace("Red Peony 3in", 'Red Peony 3"'))
    assert plan.firing.effect[1] == 'Red Peony 3"'
    assert plan.firing.pin[1] == 2


@pytest.mark.parametrize("row", [("x", 1000, 1, 0), ("x", 1, 17, 0), ("x", 1, 0, 0)])
def test_what_does_not_fit_is_named(row, firing_plan):
    with pytest.raises(Unfit, match="c1"):
        FIRECTRL.write(firing_plan([row]))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("<LIST/>", "a FireCtrl list"),
        ('<!DOCTYPE x [<!ENTITY a "aaaa">]>\n' + SAMPLE, "a FireCtrl list"),
        (SAMPLE.replace("</CUELIST>", ""), "</CUELIST> is missing"),
        (SAMPLE.replace('CUES="5"', 'CUES="6"'), "6 cues were stated, found 5"),
        (SAMPLE.replace('TIME="11200"', 'TIME="NaN"'), "line 4: TIME in whole milliseconds"),
        (SAMPLE.replace('FM="2" OUT="1"', 'FM="2"'), "line 5: whole numbers"),
        (SAMPLE.replace('FM="2" OUT="1"', "FM=2"), "line 5: whole numbers"),
        (SAMPLE.replace('IDX="0"', "IDX=0"), 'line 3: NAME="value"'),
        (SAMPLE.replace("Mine", "x" * 20_000), "line 3: an element"),
    ],
)
def test_bad_lists_name_the_line(text, place):
    with pytest.raises(BadFile, match=re.escape(place)):
        read(text)


def test_a_list_made_to_be_slow_is_read_quickly():
    text = SAMPLE.replace("</CUELIST>", ("<CUE " + 'A="' * 3000 + "/>\n") * 1500 + "</CUELIST>")
    start = time.process_time()
    with pytest.raises(BadFile):
        read(text)
    assert time.process_time() - start < 2
