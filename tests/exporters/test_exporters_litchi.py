import time
from dataclasses import replace

import numpy as np
import pytest
from exporters.litchi import COLUMNS, HEAD, LITCHI, corners
from exporters.missions.earth import from_earth
from litchi_wp.enums import ActionType, AltitudeMode
from litchi_wp.waypoint import Waypoint
from showeditor.export.assembly import Path, drones_of
from showeditor.kernels.bernstein import states
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.plan import Plan
from showeditor.model.venue import Geodetic, Venue

ORIGIN = Geodetic(28.1386, 113.6294, 45.0)


def place(plan, t_us):
    d = plan.drones
    return states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t_us)[0]


def read(*lines, end="\n"):
    return LITCHI.read({"a.csv": end.join([*lines, ""]).encode()}, "a.csv")


def row(lat=28.1386, lon=113.6294, height=10, speed=5, first="-1,0", mode=1):
    actions = ",".join([first, *["-1,0"] * 14])
    return f"{lat},{lon},{height},180,0,0,0,0,{actions},{mode},{speed},0,0,0,0,-1,-1"


def test_columns_are_those_of_the_outside_reader():
    assert Waypoint.get_header().strip() == HEAD
    assert len(COLUMNS) == 46


def test_litchi_wp_reads_the_table(drone_plan, tmp_path, capsys):
    ((name, data),) = LITCHI.write(drone_plan).items()
    assert name == "D000.csv"
    (tmp_path / name).write_bytes(data)
    points = Waypoint.from_file(str(tmp_path / name))
    assert capsys.readouterr().out.count(": ") <= 2  # the header and the empty end, nothing else is passed over
    assert 10 < len(points) <= 99
    assert len(points) == len(data.decode().split("\n")) - 2
    local = from_earth(np.array([[p.lat, p.lon, p.altitude.value + 45] for p in points]), ORIGIN)
    assert local[0] == pytest.approx([0, 0, 0], abs=1e-3)
    assert local[-1] == pytest.approx([12, -5, 0], abs=1e-3)  # 12 m east, 5 m south: nothing is swapped
    assert local[:, 2].max() == pytest.approx(20, abs=0.1)
    assert {p.altitude.mode for p in points} == {AltitudeMode.AGL}
    assert points[0].actions[0].type == ActionType.STAY_FOR
    assert 2000 <= points[0].actions[0].param < 5000
    # the speed of a leg and its length give the time that the plan takes
    legs = np.linalg.norm(np.diff(local, axis=0), axis=1)
    stays = sum(a.param for p in points for a in p.actions if a.type == ActionType.STAY_FOR) / 1000
    total = sum(leg / p.speed for leg, p in zip(legs, points, strict=False) if leg) + stays
    assert total == pytest.approx(63.0, abs=0.5)


def test_flown_on_paper_it_is_the_path(drone_plan):
    back = LITCHI.read(LITCHI.write(drone_plan), "set")
    stated = LITCHI.resolution(drone_plan).path_m
    assert stated < 0.6
    for t in range(0, 64_000_000, 250_000):
        assert np.linalg.norm(place(drone_plan, t)[0] - place(back, t)[0]) <= stated
    assert back.drones.name == ("D000",)


def test_only_one_drone_is_taken_and_said(drone_plan):
    assert LITCHI.carried(drone_plan).drones == (0,)
    (said,) = LITCHI.remarks(drone_plan)
    assert "D000" in said.message
    assert "without a show clock" in said.message
    assert not LITCHI.carried(Plan("x", 1))


def winding(turns):
    path = Path("A", (0.0, 0.0, 0.0))
    for k in range(turns):
        x = 30.0 * (k % 2)
        path.add(6_000_000 * (k + 1), np.array([[x, k, 5.0]] * 4 + [[30.0 - x, k + 1, 5.0]] * 4))
    return Plan("x", 1, venue=Venue(origin=ORIGIN), drones=drones_of([path]))


def test_what_does_not_fit(drone_plan):
    with pytest.raises(Unfit, match="origin"):
        LITCHI.write(replace(drone_plan, venue=Venue()))
    with pytest.raises(Unfit, match="99 waypoints"):
        LITCHI.write(winding(80))
    high = Path("A", (0.0, 0.0, 0.0))
    high.add(600_000_000, np.array([[0.0, 0, 0], [0.0, 0, 501]]))
    with pytest.raises(Unfit, match="500 m"):
        LITCHI.write(Plan("x", 1, venue=Venue(origin=ORIGIN), drones=drones_of([high])))
    with pytest.raises(Unfit, match="none of them flies"):
        LITCHI.write(Plan("x", 1, venue=Venue(origin=ORIGIN), drones=drones_of([Path("A", (0, 0, 0))])))


def test_corners_against_brute_force():
    rng = np.random.default_rng(7)
    t = np.arange(80) * 250_000
    places = np.cumsum(rng.normal(0, 0.5, (80, 3)), axis=0)
    kept = corners(t, places, 1.0)
    lines = np.stack([np.interp(t, t[kept], places[kept, k]) for k in range(3)], axis=1)
    assert np.linalg.norm(lines - places, axis=1).max() <= 1.0
    assert 2 < len(kept) < 80
    assert corners(t, np.outer(t * 1e-6, [1.0, 2, 3]), 0.01) == [0, 79]


def test_tables_of_others():
    plan = read(HEAD, row(), row(lat=28.1396, first="0,4000"), row(lat=28.1396, height=20, first="1,0"), end="\r\n")
    assert plan.drones.name == ("a",)
    assert plan.venue.origin.latitude_deg == 28.1386
    assert place(plan, 0)[0] == pytest.approx([0, 0, 10], abs=1e-6)
    assert place(plan, 60_000_000)[0] == pytest.approx([0, 110.8, 20], abs=0.1)
    assert plan.duration_us == pytest.approx((110.8 / 5 + 4 + 2) * 1e6, rel=0.01)
    assert "camera" in plan.problems[0].message
    assert read(HEAD, row(speed=0), row(lat=28.139)).problems[0].code == "MISSION-SPEED"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((), "line 1"),
        (("a,b",), "line 1"),
        ((HEAD,), "2 to 99"),
        ((HEAD, row()), "2 to 99"),
        ((HEAD, *[row()] * 100), "found 100"),
        ((HEAD, row(), row(lat=91)), "line 3"),
        ((HEAD, row(), row(lat="nan")), "line 3"),
        ((HEAD, row(), row(lat="1" * 9_000_000)), "line 3"),
        ((HEAD, row(), row(height=501)), "line 3"),
        ((HEAD, row(), row(speed=-1)), "line 3"),
        ((HEAD, row(), row(mode=2)), "line 3"),
        ((HEAD, row(), row(first="x,0")), "line 3"),
        ((HEAD, row(), row(first="0,1e300")), "line 3"),
        ((HEAD, row(), row()[:60]), "line 3"),
        ((HEAD, row(), row(lat=-60, speed=0.01)), "48 hours"),
        ((HEAD, row(), row(lat=27.0)), "100 km"),
    ],
)
def test_bad_tables_are_named(lines, words):
    started = time.monotonic()
    with pytest.raises(BadFile) as caught:
        read(*lines)
    assert words in str(caught.value)
    assert str(caught.value).startswith("a.csv")
    assert time.monotonic() - started < 2
