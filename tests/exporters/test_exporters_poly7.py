import time
from dataclasses import replace

import numpy as np
import pytest
from cflib.crazyflie.mem.trajectory_memory import Poly4D
from exporters.poly7 import COLUMNS, HEAD, POLY7, bernstein_of_powers, powers_of_bernstein
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.interpolate import BPoly
from showeditor.export.assembly import Path, drones_of
from showeditor.export.paths import farthest
from showeditor.kernels.bernstein import states
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.plan import Plan
from showeditor.safety.check import check


def place(plan, t_us):
    d = plan.drones
    return states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t_us)[0]


def flown(data, t):
    """Where a table puts a drone: powers of the time since the row began, as Crazyswarm evaluates them."""
    rows = np.loadtxt(data.decode().split("\n"), delimiter=",", skiprows=1, ndmin=2)
    for row in rows:
        if t <= row[0]:
            break
        t -= row[0]
    return [sum(row[1 + 8 * axis + k] * min(t, row[0]) ** k for k in range(8)) for axis in range(4)]


def test_columns():
    assert len(COLUMNS) == 33
    assert HEAD.startswith("duration,x^0,x^1,")
    assert COLUMNS[9] == "y^0"
    assert COLUMNS[-1] == "yaw^7"


def test_tables_evaluated_by_powers_are_the_paths(drone_plan):
    files = POLY7.write(drone_plan)
    assert list(files) == [f"D{k:03d}.csv" for k in range(5)]
    for t in (0.0, 1.9, 2.0, 3.33, 17.999, 30.0, 36.5, 50.123, 63.0):
        want = place(drone_plan, round(t * 1e6))
        for i, data in enumerate(files.values()):
            *got, yaw = flown(data, t)
            assert got == pytest.approx(want[i], abs=1e-8)
            assert yaw == 0


def test_an_asymmetric_figure():
    path = Path("A", (4.0, 7.0, 0.0))
    path.add(10_000_000, np.array([[4.0, 7, 0]] * 4 + [[5.0, 9, 20]] * 4))
    (data,) = POLY7.write(Plan("x", 1, drones=drones_of([path]))).values()
    assert flown(data, 0.0) == [4.0, 7.0, 0.0, 0.0]
    assert flown(data, 10.0) == pytest.approx([5.0, 9.0, 20.0, 0.0])


def test_rows_fit_the_memory_of_a_crazyflie(drone_plan):
    """Each row packs as cflib's own raw piece: 132 bytes."""
    row = POLY7.write(drone_plan)["D000.csv"].decode().split("\n")[2].split(",")
    numbers = [float(c) for c in row]
    axes = [Poly4D.Poly(numbers[1 + 8 * k : 9 + 8 * k]) for k in range(4)]
    assert len(Poly4D(numbers[0], *axes).pack()) == 132


@given(st.lists(st.floats(-100, 100), min_size=8, max_size=8), st.floats(0.05, 30))
@settings(deadline=None)
def test_bases_against_scipy(values, span):
    power = powers_of_bernstein() @ np.array(values)
    u = np.linspace(0, 1, 9)
    want = BPoly(np.array(values)[:, None], [0, 1])(u)
    assert np.polynomial.polynomial.polyval(u, power) == pytest.approx(want, abs=1e-8)
    assert bernstein_of_powers() @ power == pytest.approx(values, abs=1e-9)


def test_nothing_is_resampled(drone_plan):
    back = POLY7.read(POLY7.write(drone_plan), "set")
    assert farthest(drone_plan.drones, back.drones, [(i, i) for i in range(5)], 1e-5).distance_m < 1e-8
    assert len(back.drones.piece_t0_us) == len(drone_plan.drones.piece_t0_us) + 5  # and a rest before the take-off
    assert back.drones.off_us.tolist() == drone_plan.drones.off_us.tolist()
    plan = replace(drone_plan, drones=back.drones)
    assert not [f for f in check(plan) if f.severity == "block"]


def test_long_pieces_far_away_keep_their_digits():
    path = Path("A", (3000.0, -2000.0, 0.0))
    path.add(120_000_000, np.array([[3000.0, -2000, 0]] * 4 + [[3100.0, -2003, 90]] * 4))
    drones = drones_of([path])
    back = POLY7.read(POLY7.write(Plan("x", 1, drones=drones)), "set").drones
    assert farthest(drones, back, [(0, 0)], 1e-5).distance_m < 1e-8


def test_a_drone_that_stays_down():
    plan = Plan("x", 1, drones=drones_of([Path("A", (1.0, 2.0, 0.0))]))
    assert place(POLY7.read(POLY7.write(plan), "x"), 5).tolist() == [[1, 2, 0]]


def test_remarks_and_names(drone_plan):
    assert [f.code for f in POLY7.remarks(drone_plan)] == ["FORMAT-NO-LIGHT"]
    with pytest.raises(Unfit):
        POLY7.write(replace(drone_plan, drones=replace(drone_plan.drones, name=("a/b", "1", "2", "3", "4"))))


ROW = ",".join(["1.0", *["0.0"] * 32])


def test_tables_of_others():
    data = ("# duration, x^0, x^1\n".replace(" ", "") + "1," + "0," * 31 + "0,\n").encode()
    assert POLY7.recognises("a.csv", data)
    assert POLY7.read({"a.csv": data}, "a.csv").drones.name == ("a",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "header"),
        ("a,b\n", "header"),
        (HEAD + "\n", "rows"),
        (HEAD + "\n" + ROW, "breaks off"),
        (HEAD + "\n" + ROW[:-4] + "\n", "line 2"),
        (HEAD + "\n" + ROW + "\n1,2\n", "line 3"),
        (HEAD + "\n" + ROW.replace("1.0", "nan", 1) + "\n", "finite"),
        (HEAD + "\n" + ROW.replace("1.0", "0", 1) + "\n", "above zero"),
        (HEAD + "\n" + ROW.replace("1.0", "-1", 1) + "\n", "above zero"),
        (HEAD + "\n" + ROW.replace("1.0", "1e11", 1) + "\n", "48 hours"),
        (HEAD + "\n" + ROW.replace("0.0", "9e9", 1) + "\n", "100 km"),
        (HEAD + "\n" + ROW.replace("0.0", "5e5", 1) + "\n", "100 km"),
        (HEAD + "\n" + "1" * 10_000_000 + "," + ROW + "\n", "line 2"),
        (HEAD + "\n" + (ROW + "\n") * 100_001, "100000"),
    ],
)
def test_bad_tables_are_named(text, words):
    started = time.monotonic()
    with pytest.raises(BadFile) as caught:
        POLY7.read({"a.csv": text.encode()}, "set")
    assert words in str(caught.value)
    assert str(caught.value).startswith(("a.csv", "set"))
    assert time.monotonic() - started < 2
