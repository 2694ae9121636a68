"""The list of traps of the format notes (section 2), one test a trap, where the other files do not name it."""

import io
import zipfile
from dataclasses import replace

import pytest
from exporters.cobra.script import parse
from exporters.table import TABLE
from showeditor.effects.reading import read
from showeditor.export.compare import compared
from showeditor.export.registry import formats
from showeditor.export.switches import Switches
from showeditor.model.cue import Controller
from showeditor.model.errors import BadFile, BadInput, Unfit
from showeditor.model.plan import ControllerSpec, Mark
from showeditor.planning.compile import compile_show
from showeditor.timeline.importing import bring_in, empty_show


def sheet(cells):
    """An XLSX file whose cells are all text, as the tools that know the trap write them."""
    rows = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in cells
    )
    body = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", body)
    return out.getvalue()


def test_trap_1_an_effect_time_is_never_taken_for_an_ignition():
    data = b"Effect Time,Prefire,Effect,Module,Pin\n14.0,2.8,75mm Red Peony,1,2\n"
    plan = TABLE.read({"a.csv": data}, "a.csv")
    assert (plan.firing.ignition_us[0], plan.firing.bloom_us[0]) == (11_200_000, 14_000_000)
    show, _ = bring_in(empty_show("x"), plan, "a.csv")
    back = compile_show(show).firing
    assert (back.ignition_us[0], back.bloom_us[0]) == (11_200_000, 14_000_000)


def test_trap_2_a_merged_row_is_taken_apart_and_put_together_again(firing_plan):
    rows = [("Mine", 1, 4, 5_000_000), ("Mine", 1, 4, 5_000_000), ("Red Comet", 1, 4, 5_000_000)]
    spec = ControllerSpec("cobra", "cobra-6", "COBRA", 0, 199, 1, 18, 10_000, "test")
    plan = replace(firing_plan(rows, ["cobra"] * 3), controllers=(spec,))
    form = formats()["cobra-6"]
    written = form.write(plan)
    show, _ = bring_in(empty_show("Demo"), form.read(written, "a.csv"), "a.csv")
    assert [c.effect for c in show.cues()] == ["Mine", "Mine", "Red Comet"]
    again = form.write(replace(compile_show(show), title="Demo"))
    assert list(again.values()) == list(written.values())


def test_trap_2_chains_are_one_ignition_or_a_row_each_as_asked():
    data = b"Time,Effect,Module,Pin,Chain\n1.0,Red Peony,1,2,a\n1.0,Red Peony,1,2,a\n"
    assert TABLE.read({"a.csv": data}, "a.csv").firing.effect == ("Red Peony Chain Of 2",)
    apart = TABLE.adjusted(Switches(chains="apart")).read({"a.csv": data}, "a.csv")
    assert apart.firing.effect == ("Red Peony", "Red Peony")


def test_trap_3_only_a_flame_fires_a_pin_again_and_only_where_the_controller_can(firing_plan):
    plan = firing_plan([("Flame", 1, 1, 10**6), ("Flame", 1, 1, 3 * 10**6)], ["c", "c"])
    plan = replace(plan, firing=replace(plan.firing, category=("Flames", "Flames")))
    spec = ControllerSpec("c", "cobra-6", "COBRA", 0, 199, 1, 18, 10_000, "test", refires=True)
    form = formats()["cobra-6"]
    able = replace(plan, controllers=(spec,))
    assert len(form.read(form.write(able), "a.csv").firing) == 2
    for other in (
        plan,
        replace(plan, controllers=(replace(spec, refires=None),)),
        replace(able, firing=replace(able.firing, category=("Flames", "Mines"))),
    ):
        with pytest.raises(Unfit, match="fires once"):
            form.write(other)


def test_trap_4_a_prefire_below_half_a_second_is_latency_and_above_it_is_lift():
    short, long = read("75mm 0.3 PFT Red Peony"), read("75mm 2.8 PFT Red Peony")
    assert short.shots[0].latency_us == 300_000
    assert short.prefire_us > 1_000_000
    assert long.shots[0].latency_us == 0
    assert long.prefire_us == 2_800_000


def test_trap_5_halves_go_up_in_integers(firing_plan):
    form = formats()["cobra-3"]
    times = [13_250_000, 36_350_000, 50_000, 150_000, 250_000]
    back = form.read(form.write(firing_plan([("a", 1, k + 1, t) for k, t in enumerate(times)])), "a.csv")
    assert sorted(back.firing.ignition_us.tolist()) == [100_000, 200_000, 300_000, 13_300_000, 36_400_000]


@pytest.mark.parametrize("cell", ["1E5", "100000.5", "Jan 05"])
def test_trap_6_an_address_that_a_spreadsheet_spoilt_is_no_number(cell):
    data = sheet([["Time", "Effect", "Module", "Pin"], ["1.0", "Mine", "1", cell]])
    with pytest.raises(BadFile, match="row 2: a whole number was expected for the pin"):
        TABLE.read({"a.xlsx": data}, "a.xlsx")


def test_trap_6_whole_numbers_of_a_spreadsheet_are_read():
    data = sheet([["点火时间", "效果", "模块", "点位"], ["0:01.5", 'Peony 3"'.replace('"', "&quot;"), "1.0", "5.0"]])
    firing = TABLE.read({"a.xlsx": data}, "a.xlsx").firing
    assert (firing.effect, firing.module.tolist(), firing.pin.tolist()) == (('Peony 3"',), [1], [5])


def test_trap_7_delimiters_of_tables_are_sniffed():
    for sign in ",;\t":
        data = sign.join(("Time", "Effect", "Pin")) + "\r\n" + sign.join(("1.5", "Mine", "3")) + "\r\n"
        assert TABLE.read({"a.csv": data.encode()}, "a.csv").firing.pin.tolist() == [3]


def test_columns_said_by_hand_win_and_unknown_ones_are_named():
    data = b"When,What,Where\n1.5,Mine,left\n"
    with pytest.raises(BadFile, match="no column is known as a time; the columns are 'When', 'What', 'Where'"):
        TABLE.read({"a.csv": data}, "a.csv")
    said = TABLE.adjusted(Switches(columns=(("When", "ignition-ms"), ("what", "name"), ("column 3", "position"))))
    plan = said.read({"a.csv": data.replace(b"1.5", b"1500")}, "a.csv")
    assert (plan.firing.ignition_us[0], plan.firing.effect, plan.firing.position) == (1_500_000, ("Mine",), ("left",))
    with pytest.raises(BadFile, match="no column 'which'"):
        TABLE.adjusted(Switches(columns=(("Which", "pin"),))).read({"a.csv": data}, "a.csv")
    with pytest.raises(BadInput, match="'pins' is nothing a column can hold"):
        TABLE.adjusted(Switches(columns=(("When", "pins"),)))
    with pytest.raises(BadInput, match="angles: up-0 or left-0 was expected, got 'north'"):
        Switches(angles="north")


def test_what_a_table_holds_beside_is_told():
    data = b"Time,Effect,Pin,Cost\n1.5,Mine,3,9.50\n,Comet,4,1\n"
    plan = TABLE.read({"a.csv": data}, "a.csv")
    assert [f.message for f in plan.problems if f.code == "FIRING-LEFT-OUT"] == [
        "these columns are not kept: Cost",
        "1 rows without a time are not read",
    ]


def test_angles_from_the_left_horizon():
    data = b"Time,Effect,Pin,Angle\n1.5,Mine,3,60\n"
    firing = TABLE.adjusted(Switches(angles="left-0")).read({"a.csv": data}, "a.csv").firing
    assert (firing.azimuth_deg[0], firing.tilt_deg[0]) == (270, 30)


def test_a_cobra_header_that_says_more_is_told():
    text = (
        "3,STEP,deadman,0,show.mp3,Demo,18,,,timecode1\n"
        "00:00:01.00s,1,1,Mine,wind|water,0.5,,,,,\n00:00:02.00s,1,2,Mine,,,,,,,\nEND\n"
    )
    plan = formats()["cobra-6"].read({"a.csv": text.encode()}, "a.csv")
    told = " ".join(f.message for f in plan.problems)
    for word in ("trigger channel '3'", "audio box file 'show.mp3'", "SMPTE timecode 'timecode1'",
                 "fire time of 1 rows"):  # fmt: skip
        assert word in told
    assert plan.firing.hazard == ("wind|water", "")
    assert "deadman" not in told


def test_a_cobra_script_chases_timecode_where_the_show_says_so(firing_plan):
    site = Controller("c", "cobra-6", follows="timecode")
    spec = ControllerSpec("c", "cobra-6", "COBRA", 0, 199, 1, 18, 10_000, "test", site=site)
    plan = replace(firing_plan([("a", 1, 1, 0)], ["c"]), controllers=(spec,))
    for name, wanted in (("cobra-5", 9), ("cobra-6", 11), ("cobra-7", 11)):
        form = formats()[name]
        ((_, data),) = form.write(plan).items()
        lines = data.decode().split("\r\n")
        header = next(line for line in lines if line.startswith("0,1,"))
        assert header.count(",") == wanted - 1
        assert ("timecode1" in header) == (name != "cobra-5")
        assert parse(data, "a.csv", form.firmware).scripts[0].button == "1"


def test_rails_of_firetek_are_told_not_dropped():
    columns = "Module ID,Rail,Channel,Time,Sequence,DMX Value,RampX,Duration or Rate,Position,SafetyZone,Channel Name"
    text = f"##x\n{columns},Sequence Name\n1,2,1,10000,0,0,0,500,1,3,Mine,Show\n"
    plan = formats()["firetek"].read({"a.csv": text.encode()}, "a.csv")
    (note,) = plan.problems
    assert note.ids == ("Duration or Rate", "Rail", "SafetyZone")


def test_own_files_are_read_without_a_word(demo_plan):
    for name in ("cobra-3", "cobra-4", "cobra-5", "cobra-6", "cobra-7", "firetek", "firectrl", "merlin", "starfire"):
        form = formats()[name]
        read_back = form.read(form.write(demo_plan), "a")
        assert not [f for f in read_back.problems if f.severity != "note"], name
        assert not compared(demo_plan, form.carried(demo_plan), read_back, form.resolution(demo_plan), name).findings


def test_acts_stand_in_a_profile_that_has_a_column_for_them(demo_plan):
    from exporters.profiles import load_profile

    text = """
    id = "acts"
    title = "Acts"
    source = "a test"
    confidence = "I"
    suffix = ".csv"
    bom = true
    tick_us = 1000
    sort = ["act", "effect"]
    [addresses]
    module_lo = 1
    module_hi = 9
    pin_lo = 1
    pin_hi = 99
    [[columns]]
    field = "ignition"
    name = "点火时间"
    [[columns]]
    field = "pattern"
    name = "地址"
    text = "{module}-{pin:02}"
    [[columns]]
    field = "act"
    name = "篇章"
    [[columns]]
    field = "act-number"
    name = "号"
    """
    form = load_profile(text)
    plan = replace(demo_plan, marks=(Mark("开场", 0, act=True), Mark("鼓点", 5), Mark("高潮", 15_000_000, act=True)))
    ((name, data),) = form.write(plan).items()
    assert data.decode("utf-8-sig").split("\r\n")[:4] == [
        "点火时间,地址,篇章,号",
        "10.000,1-01,开场,1",
        "11.200,1-02,开场,1",
        "13.250,2-01,高潮,2",
    ]
    back = form.read({name: data}, name)
    assert [mark.name for mark in back.marks] == ["开场", "高潮"]
    assert back.firing.pin.tolist() == plan.firing.pin.tolist()
