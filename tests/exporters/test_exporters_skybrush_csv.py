import io
import time
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from exporters.skybrush_csv import SKYBRUSH_CSV, linear_of, screen_of
from showeditor.export.assembly import Path, drones_of
from showeditor.kernels.bernstein import states
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.plan import Plan
from showeditor.safety.check import check

HEAD = "Time [msec],x [m],y [m],z [m],Red,Green,Blue"


def place(plan, t_us):
    d = plan.drones
    return states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t_us)[0]


def tables(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {n: archive.read(n).decode("ascii") for n in archive.namelist()}


def packed(**members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/") + ".csv", text)
    return target.getvalue()


def read(*lines, head=HEAD, end="\n"):
    return SKYBRUSH_CSV.read({"x.zip": packed(A=end.join([head, *lines, ""]))}, "x.zip")


def test_tables_as_the_studio_reads_them(drone_plan):
    ((name, data),) = SKYBRUSH_CSV.write(drone_plan).items()
    assert name == "云起河湾.zip"
    held = tables(data)
    assert list(held) == [f"D{k:03d}.csv" for k in range(5)]
    lines = held["D001.csv"].split("\n")
    assert lines[0] == HEAD
    assert lines[1] == "0,4.0000,7.0000,0.0000,0,0,0"
    assert lines[-1] == ""
    rows = [line.split(",") for line in lines[1:-1]]
    assert [int(r[0]) for r in rows] == list(range(0, 200 * len(rows), 200))
    assert rows[int(11.4 / 0.2)][4] == str(linear_of(np.array([255 - 0.4 / 7.5 * 255]).round())[0])


def test_an_asymmetric_figure():
    """4 m east, 7 m north, 20 m up; nothing may be swapped or turned."""
    path = Path("A", (4.0, 7.0, 0.0))
    path.add(30_000_000, np.array([[4.0, 7, 0]] * 4 + [[5.0, 9, 20]] * 4))
    plan = Plan("x", 30_000_000, drones=drones_of([path]))
    ((_, data),) = SKYBRUSH_CSV.write(plan).items()
    lines = tables(data)["A.csv"].split("\n")
    assert lines[1].startswith("0,4.0000,7.0000,0.0000,")
    assert lines[-2].startswith("30000,5.0000,9.0000,20.0000,")
    assert place(SKYBRUSH_CSV.read({"x.zip": data}, "x"), 30_000_000)[0] == pytest.approx([5, 9, 20])


def test_levels_are_linear_light():
    """Half grey of a screen (188) is half the light; whole levels come back within what 8 bits can hold."""
    assert linear_of(np.array([0, 188, 255])).tolist() == [0, 128, 255]
    every = np.arange(256)
    back = screen_of(linear_of(every)).astype(int)
    assert np.abs(back - every).max() <= 7
    assert np.abs(back - every)[128:].max() <= 1


def test_equal_plans_give_equal_bytes(drone_plan, sealed_off):
    assert SKYBRUSH_CSV.write(drone_plan) == SKYBRUSH_CSV.write(drone_plan)


def test_read_back_clear(drone_plan):
    plan = replace(drone_plan, drones=SKYBRUSH_CSV.read(SKYBRUSH_CSV.write(drone_plan), "x").drones)
    assert not [f for f in check(plan) if f.severity == "block"]


def test_names_must_be_ascii_files(drone_plan):
    for name in ("云", "a/b", "con", "D001"):
        drones = replace(drone_plan.drones, name=(name, "D001", "D2", "D3", "D4"))
        with pytest.raises(Unfit):
            SKYBRUSH_CSV.write(replace(drone_plan, drones=drones))


def test_tables_of_others():
    plan = read("0,1,2,0,255,0,0", "500,1,2,1,255,0,0", "1000,1,2,2,0,0,255", end="\r\n")
    assert plan.drones.name == ("A",)
    assert place(plan, 1_000_000)[0].tolist() == [1, 2, 2]
    assert plan.drones.key_t_us.tolist() == [0, 500_000, 1_000_000]
    assert plan.drones.key_rgbw[0].tolist() == [255, 0, 0, 0]
    bare = read("0,1,2,0", "500,1,2,1", head="Time_msec,x,y,z")
    assert bare.drones.key_rgbw.tolist() == [[255, 255, 255, 0]]
    folder = SKYBRUSH_CSV.read({"x.zip": packed(show__B=f"{HEAD}\n0,1,2,0,1,1,1\n")}, "x.zip")
    assert folder.drones.name == ("B",)
    assert folder.drones.home_m.tolist() == [[1, 2, 0]]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("0,1,2,0,1,1",), "columns"),
        (("0,1,2,0,1,1,1", "500,1,2"), "line 3"),
        (("0,1,2,0,1,1,1", "500,1,2,nan,1,1,1"), "finite"),
        (("0,1,2,0,1,1,1", "500,1,2,1e99999,1,1,1"), "finite"),
        (("0,1,2,0,1,1,1", "500,1,2,a,1,1,1"), "line 3"),
        (("0,1,2,0,1,1,1", "0,1,2,0,1,1,1"), "line 3"),
        (("0,1,2,0,256,1,1",), "colours"),
        (("0,1,2,0,1,1," + "1" * 5000,), "line 2"),
        (("0,2e8,2,0,1,1,1",), "100 km"),
        (("0,1,2,0,1,1,1", "900000000,1,2,0,1,1,1"), "48 hours"),
        ((), "rows"),
    ],
)
def test_bad_tables_are_named(lines, words):
    with pytest.raises(BadFile) as caught:
        read(*lines)
    assert words in str(caught.value)
    assert str(caught.value).startswith("x.zip")


def test_bad_archives():
    started = time.monotonic()
    for data in (
        b"",
        b"PK\x03\x04 no",
        packed(),
        packed(A="no header\n"),
        packed(A=b"\xff\xfe"),
        packed(A=HEAD + "\n" + "0,1,1,1,1,1,1\n" * 4_000_000),
        packed(**{"..__A": HEAD + "\n0,1,1,1,1,1,1\n"}),
        packed(A=HEAD + "\n0,1,1,1,1,1,1\n", b__A=HEAD + "\n0,1,1,1,1,1,1\n"),
    ):
        with pytest.raises(BadFile):
            SKYBRUSH_CSV.read({"x.zip": data}, "x.zip")
    assert time.monotonic() - started < 4
