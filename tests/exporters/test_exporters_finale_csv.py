import re
from dataclasses import replace

import numpy as np
import pytest
from exporters.finale import FINALE_CSV, FinaleCsv, Switches
from exporters.jingduan import JINGDUAN
from showeditor.export.compare import compared
from showeditor.model.arrays import frozen
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import blocks
from showeditor.model.plan import ShotKind, Shots
from showeditor.safety.check import check

COLUMNS = (
    "FIRING_HEADER_ROW, Time Cue Number, Ignition Event Time, Number Of Devices, Duration, Coordinates, "
    "Chain Identifier, Lockout Identifier, Device Delay, Prefire Delay, Effect Name, Caliber, Category, Angles, "
    "Position Name, Animation Description, Module Description, Module Address, Slat Address, Pin Address, "
    "Firing Notes, Product ID, Manufacturer Product ID, Animation ID, Location Primary, Location Secondary, "
    "Price Per Device, Mortar Caliber, Track Identifier"
).replace(", ", ",")
LEFT = "-50.000000 0.000000 0.000000 0.000000 0.000000 0.000000 1.000000 1.000000 1.000000"
RIGHT = LEFT[1:]
# worked sample of the format notes 7
SAMPLE = (
    f"{COLUMNS}\n"
    f"FIRING_DATA_ROW,,10.000,1,1.5,{LEFT},,,0,0,Gold Comet w/ Red Mine,45mm,Comets,0,Pos-01,"
    "45mm Gold Comet w/ Red Mine,fireone_fm,01,1,01,,SKU0001,,,,,,,\n"
    f"FIRING_DATA_ROW,,11.200,1,1.6,{LEFT},,,0,2.8,Red Peony 3in,75mm,Shells,0,Pos-01,"
    "75mm Red Peony,fireone_fm,01,1,02,,SKU0002,,,,,,,\n"
    f"FIRING_DATA_ROW,,13.250,1,2.2,{RIGHT},,,0,3.25,Blue To Silver Chrysanthemum,100mm,Shells,0,Pos-02,"
    "100mm Blue To Silver Chrysanthemum,fireone_fm,02,1,01,,SKU0003,,,,,,,\n"
    f"FIRING_DATA_ROW,,20.000,1,18,{RIGHT},,,0,0,36 Shot Fan Cake,30mm,Cakes,0,Pos-02,"
    '"30mm 18s 36 Shot 60 Degrees (a) Red Pearl + (b) Blue Pearl Cake, 4 Rows",fireone_fm,02,1,02,,SKU0004,,,,,,,\n'
    f"FIRING_DATA_ROW,,36.350,1,5,{LEFT},,,0,3.9,Gold Kamuro 5in,125mm,Shells,0,Pos-01,"
    "125mm Gold Kamuro,fireone_fm,01,1,03,,SKU0005,,,,,,,\n"
)


def read(text, switches=None):
    form = FINALE_CSV if switches is None else FinaleCsv(switches)
    return form.read({"a.csv": text if isinstance(text, bytes) else text.encode()}, "a.csv")


def agrees(plan, files):
    found = compared(plan, FINALE_CSV.carried(plan), FINALE_CSV.read(files, "x"), FINALE_CSV.resolution(plan), "x")
    return not blocks(found.findings)


def test_demo_show_is_the_worked_sample(demo_plan):
    ((name, data),) = FINALE_CSV.write(demo_plan).items()
    assert name == "Demo.csv"
    wanted, got = SAMPLE.split("\n"), data.decode().split("\r\n")
    assert got[0] == wanted[0]
    assert len(got) == len(wanted)
    for have, want in zip(got[1:-1], wanted[1:-1], strict=True):
        mine, theirs = have.split(","), re.sub('"[^"]*"', "x", want).split(",")
        mine[15] = theirs[15] = ""  # we name the effect by its description
        theirs[21] = ""  # our plans know no product numbers
        assert mine == theirs


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_the_sample_is_read_in_every_dress(encoding, newline, delimiter):
    text = SAMPLE.replace(", 4 Rows", "; 4 Rows").replace(",", delimiter).replace("\n", newline)
    plan = read(text.encode(encoding))
    assert plan.firing.ignition_us.tolist() == [10_000_000, 11_200_000, 13_250_000, 20_000_000, 36_350_000]
    assert plan.firing.bloom_us.tolist() == [10_000_000, 14_000_000, 16_500_000, 20_000_000, 40_250_000]
    assert plan.firing.effect[3].startswith("30mm 18s 36 Shot")
    assert plan.firing.place_m[:, 0].tolist() == [-50, -50, 50, 50, -50]
    assert plan.controllers[0].id == "fireone_fm"
    assert not blocks(check(plan))
    assert FINALE_CSV.recognises("a.txt", text.encode(encoding)[:4096])


def test_places_and_leans_keep_their_sides(demo_plan):
    """East stays right, north lies away from the viewer, up stays up: an asymmetric place comes back as it was."""
    place = frozen(np.array([[3.5, 40.25, 1.0]] * 5), "float64", (None, 3))
    firing = replace(
        demo_plan.firing,
        place_m=place,
        tilt_deg=frozen([20.0] * 5, "float32", (None,)),
        azimuth_deg=frozen([270.0, 90.0, 90.0, 90.0, 90.0], "float32", (None,)),
    )
    files = FINALE_CSV.write(replace(demo_plan, firing=firing))
    cells = files["Demo.csv"].decode().split("\r\n")[1].split(",")
    assert cells[5].startswith("3.500000 1.000000 -40.250000 ")
    assert cells[13] == "-20"
    back = FINALE_CSV.read(files, "x").firing
    assert np.allclose(back.place_m, place)
    assert back.azimuth_deg.tolist() == [270, 90, 90, 90, 90]


def chain_plan(firing_plan):
    rows = [("75mm Red Peony Chain of 5", 1, 1, 5_000_000), ("Red Peony", 1, 2, 6_000_000)]
    plan = firing_plan(rows)
    t = 5_000_000 + 250_000 * np.arange(5, dtype=np.int64)
    n = 6
    shots = Shots(
        cue=frozen([0] * 5 + [1], "int32", (None,)),
        kind=frozen([ShotKind.SHELL] * n, "uint8", (None,)),
        ignition_us=frozen([*t, 6_000_000], "int64", (None,)),
        lift_us=frozen([*t, 6_000_000], "int64", (None,)),
        break_us=frozen([*(t + 3_000_000), 9_000_000], "int64", (None,)),
        end_us=frozen([*(t + 4_500_000), 9_000_000], "int64", (None,)),
        rise=frozen(np.zeros((n, 3, 7)), "float64", (None, 3, 7)),
    )
    bloom = frozen([8_000_000, 9_000_000], "int64", (None,))
    return replace(plan, shots=shots, firing=replace(plan.firing, bloom_us=bloom, end_us=bloom))


def test_a_chain_is_n_rows_in_the_file_and_one_ignition_again(firing_plan):
    plan = chain_plan(firing_plan)
    files = FINALE_CSV.write(plan)
    rows = [line.split(",") for line in files["Demo.csv"].decode().split("\r\n")[1:-1]]
    assert [(r[2], r[4], r[6], r[8], r[9], r[10]) for r in rows] == [
        *(("5.000", "1.5", "1", delay, "3", "75mm Red Peony") for delay in ("0", "0.25", "0.5", "0.75", "1")),
        ("6.000", "0", "", "0", "3", "Red Peony"),
    ]
    back = FINALE_CSV.read(files, "x")
    assert back.firing.effect == ("75mm Red Peony Chain Of 5", "Red Peony")
    assert back.firing.bloom_us.tolist() == [8_000_000, 9_000_000]
    assert back.firing.end_us.tolist() == [10_500_000, 9_000_000]
    assert agrees(plan, files)
    assert not blocks(check(back))
    apart = FinaleCsv(Switches(chains="apart")).read(files, "x")
    assert len(apart.firing) == 6


def test_what_has_no_place_in_a_plan_is_told():
    plan = read(SAMPLE.replace("01,,SKU0001,,", "01,mind the wind,SKU0001,,"))
    assert plan.problems[0].message.startswith("finale-csv: read with angles from the vertical, prefire in s")
    assert plan.problems[1].ids == ("firing notes", "product id")


def test_the_four_switches(demo_plan):
    text = SAMPLE.replace(",0,2.8,", ",0,2800,").replace(",1.6,-50", ",1600,-50").replace("Shells,0,", "Shells,75,")
    plan = read(text, Switches(angles="left-0", prefire="ms", duration="ms"))
    assert plan.firing.bloom_us[1] == 14_000_000
    assert plan.firing.end_us[1] == 15_600_000
    assert (plan.firing.azimuth_deg[1], plan.firing.tilt_deg[1]) == (270.0, 15.0)


def test_two_controllers_and_bare_cues_share_one_file(firing_plan):
    plan = firing_plan([("a", 1, 1, 0), ("b", 1, 1, 5_000_000), ("c", -1, -1, 0)], ["east", "west", ""])
    files = FINALE_CSV.write(plan)
    assert len(files) == 1
    assert agrees(plan, files)
    found = check(FINALE_CSV.read(files, "x"))
    assert "CTL-004" in {f.code for f in found}
    assert not blocks(found)


def test_what_came_from_an_interchange_file_can_go_to_any_make():
    plan = read(SAMPLE)
    assert JINGDUAN.carried(plan).firing == (0, 1, 2, 3, 4)


def test_number_of_devices_and_unquoted_inches_are_kept():
    plan = read(SAMPLE.replace("11.200,1,", "11.200,3,").replace("75mm Red Peony,", 'Peony 3",'))
    assert plan.firing.effect[1] == '3 x Peony 3"'


def test_before_the_show_is_refused(firing_plan):
    with pytest.raises(Unfit, match="c1"):
        FINALE_CSV.write(firing_plan([("x", 1, 1, -1)]))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("FIRING_HEADER_ROW,x\n", "line 1: the columns of a Generic CSV"),
        (COLUMNS + "\n", "rows were expected"),
        (SAMPLE.replace("13.250,1", "NaN,1"), "line 4: ignition time"),
        (SAMPLE.replace("0,3.25,", "0,-3.25,"), "line 4: ignition time"),
        (SAMPLE.replace("fireone_fm,02,1,01", "fireone_fm,1E5,1,01"), "line 4: a whole number"),
        (SAMPLE.replace(f",{RIGHT}", ",1 2 inf", 1), "line 4: coordinates X Y Z"),
        (SAMPLE.replace(f",{RIGHT}", ",1 2 999999", 1), "line 4: coordinates within"),
        (SAMPLE.replace("SKU0003,", ""), "line 4: FIRING_DATA_ROW and 29 columns"),
        (SAMPLE[:-1], "line 6: a line end"),
        ("a,b\n1,2\n", "line 1: column names were expected"),
    ],
)
def test_bad_files_name_the_line(text, place):
    with pytest.raises(BadFile, match=re.escape(place)):
        read(text)


# the firing system CSV of the format notes 6.1
TABLE = (
    "Cue|Event Time|||Duration||Description||||||Rail Address|Pin Address\n"
    "1|00:00:10.000|||1.5||Gold Comet w/ Red Mine||||||01|1\n"
    '2|00:00:11.200|||1.6||Red Peony 3"||||||01|2\n'
    "3|00:00:13.250|||2.2||(2) Blue To Silver Chrysanthemum||||||02|1\n"
    "4|00:00:20.000|||18||36 Shot Fan Cake||||||02|2\n"
    '5|00:00:36.350|||5||Gold Kamuro 5"||||||01|3\n'
).replace("|", "\t")


@pytest.mark.parametrize("header", ["named", "by place"])
def test_the_firing_system_table_is_read(header):
    text = TABLE if header == "named" else TABLE.replace("Rail Address\tPin Address", "\t").replace("Description", "")
    assert FINALE_CSV.recognises("show.txt", text.encode())
    plan = read(text)
    assert plan.firing.ignition_us.tolist() == [10_000_000, 11_200_000, 13_250_000, 20_000_000, 36_350_000]
    assert plan.firing.effect[1] == 'Red Peony 3"'
    assert plan.firing.effect[2] == "2 x Blue To Silver Chrysanthemum"
    assert plan.firing.pin.tolist() == [1, 2, 1, 2, 3]
    assert not blocks(check(plan))


def test_a_table_that_people_make_is_read_by_its_names():
    text = (
        "Effect Time,Part Number,Description,Position,Angle,Rail,Pin,Size,Type,Prefire\n"
        '14.0,X1,"Peony, red",P1,-15,1,2,3in,Shells,2.8\n'
        "20.0,X2,Mine,P2,0,,,45mm,Mines,\n"
        "21.0,D,Dimmer,,,,,,,\n"
    )
    plan = read(text)
    assert plan.firing.ignition_us.tolist() == [11_200_000, 20_000_000]
    assert plan.firing.effect == ("Peony, red", "Mine")
    assert plan.firing.module.tolist() == [1, -1]
    assert plan.firing.calibre_mm.tolist() == [75, 45]
    assert [f.code for f in plan.problems] == ["FINALE-READ", "FIRING-LEFT-OUT", "FIRING-LEFT-OUT"]
    assert plan.problems[1].ids == ("part number",)
