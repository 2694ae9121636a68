import json
import struct
from dataclasses import replace

import numpy as np
import pytest
from exporters.dss_path import DSS_PATH, SIDE_CAR, moments_of, rate_of
from showeditor.export.assembly import Path, drones_of
from showeditor.kernels.bernstein import states
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.plan import Plan
from showeditor.safety.check import check


def place(plan, t_us):
    d = plan.drones
    return states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t_us)[0]


def climb(seconds, x=4.0, y=7.0):
    path = Path("A", (x, y, 0.0))
    path.add(seconds * 1_000_000, np.array([[x, y, 0]] * 4 + [[x + 1, y + 2, 20]] * 4))
    return Plan("x", seconds * 1_000_000, drones=drones_of([path]))


def test_rows_as_bytes():
    """An asymmetric figure, read with struct alone: 4 m east, 7 m north, then 5, 9 and 20 m up, in centimetres."""
    files = DSS_PATH.write(climb(30))
    rows = list(struct.iter_unpack("<6h", files["APM-1.PATH"]))
    assert len(rows) == 121
    assert rows[0] == (400, 700, 0, 0, 0, 0)
    assert rows[-1] == (500, 900, 2000, 0, 0, 0)
    assert rows[60][2] == 1000
    side_car = json.loads(files[SIDE_CAR])
    assert side_car["rows_per_second"] == 4
    assert side_car["names"] == {"APM-1.PATH": "A"}


@pytest.mark.parametrize(
    ("seconds", "rate"), [(1, 4), (499, 4), (499.75, 4), (499.8, 3), (666.3, 3), (999.5, 2), (1999, 1), (1999.5, 0)]
)
def test_the_rate_follows_the_length(seconds, rate):
    assert rate_of(round(seconds * 1e6)) == rate


def test_moments_do_not_drift():
    t = moments_of(3, 1801)
    assert t[:4].tolist() == [0, 333_333, 666_667, 1_000_000]
    assert t[-1] == 600_000_000


def test_long_shows_are_slower_and_longer_ones_do_not_fit():
    rows = DSS_PATH.write(climb(600))["APM-1.PATH"]
    assert len(rows) == 12 * 1801
    back = DSS_PATH.read(DSS_PATH.write(climb(600)), "x")
    assert place(back, 600_000_000)[0] == pytest.approx([5, 9, 20], abs=0.006)
    with pytest.raises(Unfit, match="2000 rows"):
        DSS_PATH.write(climb(2100))


def test_what_does_not_fit():
    with pytest.raises(Unfit, match=r"327\.67"):
        DSS_PATH.write(climb(30, x=327.0))
    with pytest.raises(Unfit, match="sharply"):
        DSS_PATH.write(climb(3))


def test_read_back_clear_though_in_centimetres(drone_plan):
    plan = replace(drone_plan, drones=DSS_PATH.read(DSS_PATH.write(drone_plan), "x").drones)
    assert plan.drones.name == drone_plan.drones.name
    assert not [f for f in check(plan) if f.severity == "block"]


def test_a_bare_file_of_others_says_what_is_assumed():
    data = DSS_PATH.write(climb(30))["APM-1.PATH"]
    plan = DSS_PATH.read({"APM-7.PATH": data}, "APM-7.PATH")
    assert plan.drones.name == ("APM-7",)
    assert plan.drones.on_us[0] == pytest.approx(30_000_000, abs=3_000_000)
    assert [(f.code, f.severity) for f in plan.problems] == [("DSS-RATE", "warn")]


def test_bad_sets_are_named(drone_plan):
    files = DSS_PATH.write(drone_plan)
    first = files["APM-1.PATH"]
    wrong = bytearray(first)
    wrong[6:8] = struct.pack("<h", 256)
    for changed, words in (
        ({**files, "APM-1.PATH": first[:-12]}, "rows were expected"),
        ({**files, "APM-1.PATH": first[:-1]}, "12 bytes"),
        ({**files, "APM-1.PATH": b""}, "12 bytes"),
        ({**files, "APM-1.PATH": bytes(wrong)}, "row 1"),
        ({**files, "APM-9.PATH": first}, "exactly"),
        ({n: d for n, d in files.items() if n != "APM-2.PATH"}, "exactly"),
        ({**files, SIDE_CAR: files[SIDE_CAR][:40]}, "JSON"),
        ({**files, SIDE_CAR: b"[" * 200_000}, "JSON"),
        ({**files, SIDE_CAR: files[SIDE_CAR].replace(b'second": 4', b'second": 0')}, "rows a second"),
        ({**files, SIDE_CAR: files[SIDE_CAR].replace(b'"D001"', b'"D002"')}, "same name"),
        ({SIDE_CAR: files[SIDE_CAR]}, "at least one"),
    ):
        with pytest.raises(BadFile) as caught:
            DSS_PATH.read(changed, "set")
        assert words in str(caught.value)
