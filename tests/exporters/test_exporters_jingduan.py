import re
from dataclasses import replace

import pytest
from exporters.jingduan import JINGDUAN
from showeditor.export.compare import compared
from showeditor.model.arrays import frozen
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import blocks
from showeditor.safety.check import check

# worked sample of the format notes 4.3
SAMPLE = """Ignition Event Time,Prefire Delay,Host Address,Module Address,Pin Address,\
Effect Name,Caliber,Category,Angles,Position Name
10.000,0.000,1,1,1,Gold Comet w/ Red Mine,45mm,Comets,0,Pos-01
11.200,2.800,1,1,2,Red Peony 3in,75mm,Shells,0,Pos-01
13.250,3.250,1,2,1,Blue To Silver Chrysanthemum,100mm,Shells,0,Pos-02
20.000,0.000,1,2,2,36 Shot Fan Cake,30mm,Cakes,0,Pos-02
36.350,3.900,1,1,3,Gold Kamuro 5in,125mm,Shells,0,Pos-01
"""


def read(text, name="a.csv"):
    return JINGDUAN.read({name: text.encode() if isinstance(text, str) else text}, name)


def agrees(plan, files):
    found = compared(plan, JINGDUAN.carried(plan), JINGDUAN.read(files, "set"), JINGDUAN.resolution(plan), "jingduan")
    return not blocks(found.findings)


def test_demo_show_is_the_worked_sample(demo_plan):
    ((name, data),) = JINGDUAN.write(demo_plan).items()
    assert name == "Demo.csv"
    assert data == SAMPLE.replace("\n", "\r\n").encode()


def test_the_sample_is_read_and_checked():
    plan = read(SAMPLE)
    assert plan.firing.bloom_us.tolist() == [10_000_000, 14_000_000, 16_500_000, 20_000_000, 40_250_000]
    assert plan.firing.controller[0] == "host 1"
    assert plan.firing.calibre_mm.tolist() == [45, 75, 100, 30, 125]
    assert (plan.controllers[0].module_hi, plan.controllers[0].pin_hi) == (99, 32)
    assert not blocks(check(plan))


def test_clock_times_are_read_too():
    assert read(SAMPLE.replace("13.250,", "00:00:13.250,")).firing.ignition_us[2] == 13_250_000


def test_chinese_and_quotes_stay_as_they_are(firing_plan):
    names = ("红牡丹，三寸", 'Peony 3"', "a, b", "c\nd\ud800")
    plan = firing_plan([(name, 1, k + 1, k * 1_000_000) for k, name in enumerate(names)])
    files = JINGDUAN.write(plan)
    assert list(JINGDUAN.read(files, "a.csv").firing.effect) == ["红牡丹，三寸", 'Peony 3"', "a, b", "c d"]
    assert b'"Peony 3"""' in files["Demo.csv"]
    assert b'"a, b"' in files["Demo.csv"]


def test_hosts_that_carry_their_number_share_a_file(firing_plan):
    rows = [("a", 1, 1, 0), ("b", 1, 1, 500_000), ("c", 1, 2, 200_000)]
    plan = firing_plan(rows, ["host 3", "host 12", "host 3"])
    files = JINGDUAN.write(plan)
    assert list(files) == ["Demo.csv"]
    assert [line.split(",")[2] for line in files["Demo.csv"].decode().split("\r\n")[1:-1]] == ["3", "3", "12"]
    assert agrees(plan, files)
    assert [f.code for f in JINGDUAN.remarks(plan)] == ["FORMAT-UNPROVEN", "FORMAT-USE"]


def test_other_controllers_get_a_file_each_and_their_numbers_are_said(firing_plan):
    plan = firing_plan([("a", 1, 1, 0), ("b", 1, 1, 500_000)], ["west", "east"])
    files = JINGDUAN.write(plan)
    assert sorted(files) == ["east/Demo.csv", "west/Demo.csv"]
    assert b",1,1,1,b," in files["east/Demo.csv"]
    assert b",2,1,1,a," in files["west/Demo.csv"]
    assert agrees(plan, files)
    assert any("'west' as host 2" in f.message for f in JINGDUAN.remarks(plan))


def test_leaning_shots_tell_their_angle(demo_plan):
    tilt = frozen([15.0, 30.0, 0.4, 0.0, 0.0], "float32", (None,))
    azimuth = frozen([90.0, 270.0, 0.0, 0.0, 0.0], "float32", (None,))
    plan = replace(demo_plan, firing=replace(demo_plan.firing, tilt_deg=tilt, azimuth_deg=azimuth))
    ((_, data),) = JINGDUAN.write(plan).items()
    assert [line.split(",")[8] for line in data.decode().split("\r\n")[1:-1]] == ["15", "-30", "0", "0", "0"]
    assert read(data).firing.tilt_deg.tolist()[:2] == [15, 30]


@pytest.mark.parametrize("row", [("x", 100, 1, 0), ("x", 1, 33, 0), ("x", 1, 0, 0), ("x", 1, 1, -1)])
def test_what_does_not_fit_is_named(row, firing_plan):
    with pytest.raises(Unfit, match="c1"):
        JINGDUAN.write(firing_plan([row]))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a,b\n", "line 1: the columns"),
        (SAMPLE.replace("13.250,3.250", "NaN,3.250"), "line 4: an ignition time"),
        (SAMPLE.replace("13.250,3.250", "13.250,-1"), "line 4: an ignition time"),
        (SAMPLE.replace("2.800,1,1,2", "2.800,1,1,two"), "line 3: whole numbers"),
        (SAMPLE.replace(",Cakes,0,Pos-02", ""), "line 5: 10 columns"),
        (SAMPLE.split("\n")[0] + "\n", "rows were expected"),
    ],
)
def test_bad_scripts_name_the_line(text, place):
    with pytest.raises(BadFile, match=re.escape(place)):
        read(text)


def test_rows_out_of_order_are_told():
    lines = SAMPLE.split("\n")
    plan = read("\n".join([lines[0], lines[3], lines[2], *lines[4:]]))
    assert [(f.code, f.ids) for f in plan.problems] == [("FIRING-ORDER", ("line 3",))]
