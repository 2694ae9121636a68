import re
import unicodedata
from dataclasses import replace

import pytest
from exporters.cobra import COBRA_3, COBRA_4, COBRA_5, COBRA_6, COBRA_7
from exporters.texts import plain
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.music import Music

PROVEN = (COBRA_3, COBRA_4, COBRA_5, COBRA_6)
ALL = (*PROVEN, COBRA_7)

# byte for byte from the vendor's example scripts (format notes 4.1)
HEADERS = {
    "cobra-3": (
        "#Trigger Channel,#Trigger Button,#Confirmation Button,#Return Channel,#Audio Box",
        "#Event Time,#Channel,#Cue,#Firework Name",
    ),
    "cobra-4": (
        "#Trigger Channel,#Trigger Button,#Deadman Button,#Return Channel,#AudioBox Filename,#Script Name,"
        "#Disable Firing Button,#Alternate Firing Button",
        "#Event Time,#Channel,#Cue,#Firework Name",
    ),
    "cobra-5": (
        "#Trigger Channel,#Trigger Button,#Deadman Button,#Return Channel,#AudioBox Filename,#Script Name,"
        "#Disable Firing Button,#Alternate Firing Button,#Alternate 2 Firing Button",
        "#Event Time,#Channel,#Cue,#Firework Name",
    ),
    "cobra-6": (
        "#Trigger Channel,#Trigger Button,#Deadman Button,#Return Channel,#AudioBox Filename,#Script Name,"
        "#Disable Firing Button,#Alternate Firing Button,#Alternate 2 Firing Button,,",
        "#Event Time,#Channel,#Cue,#Event Description,#Disable Groups,#Fire Time,#AUX Value,#DMX Universe,"
        "#DMX Channel,#DMX Value,#DMX Duration",
    ),
}


def lines_of(form, plan):
    ((name, data),) = form.write(plan).items()
    text = data.decode("ascii")
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n")
    return name, text.split("\r\n")[:-1]


@pytest.mark.parametrize("form", PROVEN, ids=lambda f: f.id)
def test_headers_and_columns_are_those_of_the_vendor(form, firing_plan):
    name, lines = lines_of(form, firing_plan())
    first, second = HEADERS[form.id]
    assert lines[0] == first
    assert lines[2] == second
    assert lines[-1] == "END"
    columns = second.count(",")
    assert all(line.count(",") == columns for line in lines[3:-1])
    assert lines[1].count(",") == first.count(",")
    assert name == ("Demo.csv" if form is COBRA_6 else "cobra.csv")


def test_demo_show_of_firmware_6_is_the_worked_sample(firing_plan):
    _, lines = lines_of(COBRA_6, firing_plan())
    assert lines[3:-1] == [
        "00:00:10.00s,1,1,Gold Comet w/ Red Mine,,,,,,,",
        "00:00:11.20s,1,2,Red Peony 3in,,,,,,,",
        "00:00:13.25s,2,1,Blue To Silver Chrysanthemum,,,,,,,",
        "00:00:20.00s,2,2,36 Shot Fan Cake,,,,,,,",
        "00:00:36.35s,1,3,Gold Kamuro 5in,,,,,,,",
    ]


@pytest.mark.parametrize("form", [COBRA_3, COBRA_4], ids=lambda f: f.id)
def test_tenths_round_half_up(form, firing_plan):
    _, lines = lines_of(form, firing_plan())
    assert [line.split(",")[0] for line in lines[3:-1]] == [
        "00:00:10.0s",
        "00:00:11.2s",
        "00:00:13.3s",
        "00:00:20.0s",
        "00:00:36.4s",
    ]


def test_pair_on_one_cue_is_one_row_with_both_names(firing_plan):
    rows = [("Red Peony", 1, 1, 5_000_000), ("Red Peony", 1, 1, 5_000_000), ('Blue, Ring 3"', 1, 1, 5_000_000)]
    _, lines = lines_of(COBRA_6, firing_plan(rows))
    assert lines[3:-1] == ["00:00:05.00s,1,1,2 x Red Peony + Blue; Ring 3in,,,,,,,"]


def test_rows_ascend_whatever_the_order_of_the_cues(firing_plan):
    rows = [("b", 2, 1, 9_000_000), ("a", 1, 1, 3_000_000), ("c", 1, 2, 3_000_000)]
    _, lines = lines_of(COBRA_5, firing_plan(rows))
    assert [line.split(",")[:3] for line in lines[3:-1]] == [
        ["00:00:03.00s", "1", "1"],
        ["00:00:03.00s", "1", "2"],
        ["00:00:09.00s", "2", "1"],
    ]


def test_chinese_names_become_pinyin(firing_plan):
    plan = firing_plan([("红色牡丹 3寸", 1, 1, 1_000_000), ("金色垂柳", 1, 2, 2_000_000)])
    _, lines = lines_of(COBRA_6, plan)
    assert lines[3].split(",")[3] == "Hong Se Mu Dan 3 Cun"
    assert lines[4].split(",")[3] == "Jin Se Chui Liu"


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=2000)
def test_any_name_becomes_one_ascii_cell_without_stand_ins(text):
    cell = plain(text)
    assert cell.isascii()
    assert cell == "".join(c for c in cell if c.isprintable())
    assert "," not in cell
    assert '"' not in cell
    assert cell.count("?") <= unicodedata.normalize("NFKD", text).count("?")


@pytest.mark.parametrize(
    ("form", "row", "word"),
    [
        (COBRA_5, ("x", 120, 1, 0), "channel 120"),
        (COBRA_6, ("x", 200, 1, 0), "channel 200"),
        (COBRA_6, ("x", 1, 19, 0), "pin 19"),
        (COBRA_6, ("x", 1, 0, 0), "pin 0"),
        (COBRA_6, ("x", -1, -1, 0), "no channel"),
        (COBRA_6, ("x", 1, 1, -10_000), "before the show"),
    ],
)
def test_what_does_not_fit_is_named(form, row, word, firing_plan):
    with pytest.raises(Unfit, match=word) as caught:
        form.write(firing_plan([row]))
    assert "c1" in str(caught.value)
    assert caught.value.format_id == form.id


def test_channel_120_fits_firmware_6(firing_plan):
    assert COBRA_6.write(firing_plan([("x", 120, 1, 0)]))


def test_one_igniter_does_not_fire_twice(firing_plan):
    rows = [("x", 1, 1, 1_000_000), ("y", 1, 1, 1_004_000)]
    with pytest.raises(Unfit, match="fired twice"):
        COBRA_3.write(firing_plan(rows))


def test_too_many_rows(firing_plan):
    rows = [("x", k // 18, k % 18 + 1, k * 10_000) for k in range(3600)]
    assert len(lines_of(COBRA_6, firing_plan(rows))[1]) == 3604
    few = replace(COBRA_6, firmware=replace(COBRA_6.firmware, most_rows=3599))
    with pytest.raises(Unfit, match="3600 events"):
        few.write(firing_plan(rows))


def test_firmware_7_says_what_is_not_proven(firing_plan):
    _, lines = lines_of(COBRA_7, firing_plan())
    assert lines[0] == "#@firmware7"
    assert lines[1:] == lines_of(COBRA_6, firing_plan())[1]
    assert COBRA_7.status == "columns proven"
    assert "column G" in str(COBRA_7.limits["not_proven"])
    assert [(f.code, f.severity) for f in COBRA_7.remarks(firing_plan())] == [("FORMAT-UNPROVEN", "note")]
    assert COBRA_7.limits["max_rows"] == 7600


def test_two_controllers_get_a_file_each(firing_plan, spec):
    plan = firing_plan(
        [("a", 1, 1, 0), ("b", 1, 1, 5_000_000), ("c", 7, 7, 0)],
        ["east", "west", "other make"],
        controllers=(spec("east", "cobra-6"), spec("west", "cobra-6"), spec("other make", "jingduan")),
    )
    files = COBRA_6.write(plan)
    assert sorted(files) == ["east/Demo.csv", "west/Demo.csv"]
    back = COBRA_6.read(files, "set").firing
    assert sorted(zip(back.controller, back.effect, strict=True)) == [("east", "a"), ("west", "b")]
    assert COBRA_6.carried(plan).firing == (0, 1)


def test_audio_box_name_follows_the_firmware(firing_plan):
    plan = firing_plan(music=Music(file="music/云 long name of the music.flac"))
    assert lines_of(COBRA_3, plan)[1][1] == "0,1,,0,audiobox"
    assert lines_of(COBRA_5, plan)[1][1] == "0,1,deadman,0,Yun long.mp3,Demo,18,,"
    assert lines_of(COBRA_6, plan)[1][1] == "0,1,deadman,0,Yun long name of the music.mp3,Demo,18,,,,"
    late = firing_plan(music=Music(file="a.wav", start_us=5))
    assert lines_of(COBRA_6, late)[1][1] == "0,1,deadman,0,,Demo,18,,,,"


@pytest.mark.parametrize("form", ALL, ids=lambda f: f.id)
def test_round_trip_within_half_a_tick(form, firing_plan, sealed_off):
    plan = firing_plan()
    files = form.write(plan)
    assert files == form.write(plan)
    back = form.read(files, "cobra.csv")
    got = {(m, p): t for m, p, t in zip(back.firing.module, back.firing.pin, back.firing.ignition_us, strict=True)}
    for m, p, t in zip(plan.firing.module, plan.firing.pin, plan.firing.ignition_us, strict=True):
        assert abs(got[m, p] - t) * 2 <= form.limits["tick_us"]
    assert back.firing.effect == ("Gold Comet w/ Red Mine", "Red Peony 3in", "Blue To Silver Chrysanthemum",
                                  "36 Shot Fan Cake", "Gold Kamuro 5in")  # fmt: skip
    assert back.controllers[0].model == form.id
    assert back.controllers[0].module_hi == form.limits["channel_hi"]


@pytest.mark.parametrize("form", ALL, ids=lambda f: f.id)
def test_only_its_own_generation_recognises_a_file(form, firing_plan):
    for other in ALL:
        ((name, data),) = other.write(firing_plan()).items()
        assert form.recognises(name, data[:4096]) is (form is other)
    assert not form.recognises("points.csv", b"Name,x_m,y_m,z_m\nD1,0,0,0\n")
    assert not form.recognises("x.csv", b"PK\x03\x04\0\0")


def read(text, form=COBRA_6):
    data = text if isinstance(text, bytes) else text.encode()
    return form.read({"cobra.csv": data}, "cobra.csv")


STEPS = """#@firmware6
#Trigger Channel,#Trigger Button
0,STEP,,0
00:01.00s,1,1,first
00:02.50s,1,2,second
STEP,,,
00:00.00s,2,1,with the step
1:30.25,2,2,loose time
ALTERNATE,3,1,filler
ALTERNATE,3,2,filler two
ALTERNATE2,3,3,other list
1,2,,0,,Finale
00:00:04.0s,,5,own channel
end
"""


def test_two_firmwares_in_one_show_get_the_scripts_of_their_own(firing_plan, spec):
    boxes = (spec("A", "cobra-4"), spec("B", "cobra-6"))
    plan = firing_plan([("a", 1, 1, 0), ("b", 1, 1, 5_000_000), ("c", 108, 7, 0)], ["A", "A", "B"], controllers=boxes)
    assert COBRA_4.carried(plan).firing == (0, 1)
    assert COBRA_6.carried(plan).firing == (2,)
    assert COBRA_5.carried(plan).firing == (0, 1, 2), "nobody has stated that firmware: any COBRA box may be meant"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_step_scripts_restart_the_clock(newline):
    plan = read(STEPS.replace("\n", newline))
    rows = {e: (int(m), int(p), int(t)) for e, m, p, t in zip(
        plan.firing.effect, plan.firing.module, plan.firing.pin, plan.firing.ignition_us, strict=True)}  # fmt: skip
    assert rows["first"] == (1, 1, 1_000_000)
    assert rows["second"] == (1, 2, 2_500_000)
    # one second after the part before: the operator presses, nobody knows when
    assert rows["with the step"] == (2, 1, 3_500_000)
    assert rows["loose time"] == (2, 2, 3_500_000 + 90_250_000)
    assert rows["own channel"][:2] == (1, 5)
    assert len(plan.firing) == 8
    clocks = [f for f in plan.problems if f.code == "COBRA-CLOCK"]
    assert len(clocks) == 5
    assert all(f.severity == "note" for f in clocks)
    assert {"line 4", "line 13"} <= set(plan.firing.cue)


def test_order_and_rows_are_for_the_check_to_judge():
    plan = read("0,1\n00:05.00,1,1,late\n00:04.00,1,2,early\nEND\n")
    (found,) = [f for f in plan.problems if f.code == "COBRA-ORDER"]
    assert found.severity == "block"
    assert found.ids == ("line 3",)


def test_dmx_rows_are_told_not_dropped_silently():
    plan = read("0,1\n00:05.00,1,1,shot\n00:06.00,1,0,flame,,,,1,12,255,00:01.00\nEND\n")
    assert len(plan.firing) == 1
    assert [f.code for f in plan.problems] == ["COBRA-DMX"]


def test_names_in_gb18030_are_read():
    plan = read("0,1\n00:05.00,1,1,红牡丹\nEND\n".encode("gb18030"))
    assert plan.firing.effect == ("红牡丹",)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "no header row"),
        ("00:05.00,1,1,x\nEND\n", "line 1: a header row"),
        ("0,1\nEND\n", "line 1: events were expected"),
        ("0,1\n1,1\n00:01.0,1,1,x\nEND", "line 1: events were expected"),
        ("0,1\n00:05.00,1,1,x\n", "END is missing"),
        ("0,1\n00:05.00,x,1,x\nEND\n", "line 2: a channel number"),
        ("0,1\n00:05.00,1,one,x\nEND\n", "line 2: a cue number"),
        ("0,1\n5s,1,1,x\nEND\n", "line 2: a time such as"),
        ("0,1\n-00:05.00,1,1,x\nEND\n", "line 2: a time must not be negative"),
        ("0,1\n00:05.00,1,1,x\nEND\nmore,1,2\n", "line 4: nothing was expected after END"),
        (b"0,1\n00:05.00,1,1,\0x\nEND\n", "NUL"),
        (b"\xff\xff\xff\xff0,1\n", "UTF-8 or GB18030"),
        ("0,1\n00:05.00,1,1," + "x" * 20_000 + "\nEND\n", "line 2: at most"),
        ("0,1\n00:05.00,1,99999999999999,x\nEND\n", "line 2: a cue number"),
        ("0,1\n" + "9" * 400 + ".0,1,1,x\nEND\n", "line 2: a time such as"),
    ],
)
def test_bad_scripts_name_the_line(text, place):
    with pytest.raises(BadFile, match=re.escape(place)):
        read(text)


def test_a_torn_file_is_never_read_as_a_whole_one(firing_plan):
    ((_, data),) = COBRA_6.write(firing_plan()).items()
    for end in range(len(data) - 5):
        with pytest.raises(BadFile):
            read(data[:end])


@given(st.one_of(st.binary(max_size=300), st.text(alphabet='0123456789.,:sSTEPEND#\n"', max_size=300)))
@settings(max_examples=300, deadline=2000)
def test_anything_is_a_plan_or_a_bad_file(data):
    raw = data if isinstance(data, bytes) else data.encode()
    try:
        plan = read(raw)
    except BadFile:
        return
    assert len(plan.firing) + len(plan.problems) > 0
