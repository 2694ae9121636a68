import json
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from exporters.missions import QGC_PLAN, QGC_WPL
from exporters.missions.earth import from_earth, to_earth
from exporters.missions.legs import DELAY, LAND, RELATIVE, SPEED, TAKEOFF, WAYPOINT
from hypothesis import given
from hypothesis import strategies as st
from mavsdk.component_type import ComponentType
from mavsdk.mavsdk import Configuration, Mavsdk
from mavsdk.plugins.mission_raw.mission_raw import MissionRaw
from pymavlink import mavwp
from pymavlink.dialects.v20 import common
from showeditor.export.assembly import Path, drones_of
from showeditor.kernels.bernstein import states
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.plan import Plan
from showeditor.model.venue import Geodetic, Venue, Zone
from showeditor.safety.check import check

ORIGIN = Geodetic(28.1386, 113.6294, 45.0)


def place(plan, t_us):
    d = plan.drones
    return states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t_us)[0]


@pytest.fixture(scope="module")
def raw() -> Iterator[MissionRaw]:
    """MAVSDK's own reader of mission files. It wants an autopilot to talk to: one heartbeat, handed over in memory."""
    station = Mavsdk(Configuration.create_with_component_type(ComponentType.GROUND_STATION))
    station.add_any_connection("raw://")
    beat = common.MAVLink_heartbeat_message(2, 12, 81, 0, 4, 3)
    station.pass_received_raw_bytes(bytes(beat.pack(common.MAVLink(None, srcSystem=1, srcComponent=1))))
    yield MissionRaw(station.first_autopilot(10))
    station.destroy()


# --- the earth ------------------------------------------------------------------------------------------------------


def test_the_earth_against_known_lengths():
    """A degree of latitude at 45 degrees is 111131.75 m long, one of longitude at the equator 111319.49 m."""
    north = from_earth(np.array([[45.005, 7.0, 0.0], [44.995, 7.0, 0.0]]), Geodetic(45.0, 7.0))
    assert north[0, 1] - north[1, 1] == pytest.approx(1111.3175, abs=0.001)
    east = from_earth(np.array([[0.0, 0.01, 0.0]]), Geodetic(0.0, 0.0))
    assert east[0] == pytest.approx([1113.195, 0, -0.097], abs=0.002)  # and 10 cm below the plane: the earth is round


@given(
    st.floats(-89.9, 89.9),
    st.floats(-179, 179),
    st.tuples(st.floats(-4000, 4000), st.floats(-4000, 4000), st.floats(-50, 500)),
)
def test_there_and_back(lat, lon, point):
    origin = Geodetic(lat, lon, 120.0)
    back = from_earth(to_earth(np.array([point]), origin), origin)
    assert back[0] == pytest.approx(point, abs=2e-6)


# --- outside readers --------------------------------------------------------------------------------------------------


def test_mavsdk_reads_the_plan(drone_plan, raw):
    zone = Zone("pylon", "no_fly", ((40.0, 30.0), (50.0, 30.0), (50.0, 45.0)))
    plan = replace(drone_plan, venue=replace_venue(drone_plan.venue, zone))
    files = QGC_PLAN.write(plan)
    held = raw.import_qgroundcontrol_mission_from_string(files["D001.plan"].decode())
    ours = json.loads(files["D001.plan"])["mission"]["items"]
    assert [i.command for i in held.mission_items] == [i["command"] for i in ours]
    assert [i.frame for i in held.mission_items] == [i["frame"] for i in ours]
    assert [i.command for i in held.geofence_items] == [5001] * 4 + [5002] * 3
    (rally,) = held.rally_items
    goes = [i for i in held.mission_items if i.command in (TAKEOFF, WAYPOINT, LAND)]
    # home, 4 m east and 7 m north of the origin, and the landing, 12 m east and 5 m south of it
    first = from_earth(np.array([[goes[0].x / 1e7, goes[0].y / 1e7, 45.0]]), ORIGIN)[0]
    last = from_earth(np.array([[goes[-1].x / 1e7, goes[-1].y / 1e7, 45.0]]), ORIGIN)[0]
    assert first[:2] == pytest.approx([4, 7], abs=0.02)
    assert last[:2] == pytest.approx([16, 2], abs=0.02)
    assert (rally.x, rally.y) == pytest.approx((goes[-1].x, goes[-1].y), abs=1)
    assert max(i.z for i in goes) == pytest.approx(20, abs=0.05)


def replace_venue(venue, zone):
    return Venue(origin=venue.origin, geofence=venue.geofence, zones=(zone,))


def test_mavsdk_and_pymavlink_read_the_waypoints(drone_plan, raw, tmp_path):
    files = QGC_WPL.write(drone_plan)
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    held = raw.import_mission_planner_mission(str(tmp_path / "D001.waypoints"))
    loader = mavwp.MAVWPLoader()
    assert loader.load(str(tmp_path / "D001.waypoints")) == len(held.mission_items)
    lines = files["D001.waypoints"].decode().split("\n")[1:-1]
    assert loader.count() == len(lines)
    assert (loader.wp(0).frame, loader.wp(0).command) == (0, 16)
    assert loader.wp(0).x == pytest.approx(to_earth(np.array([[4.0, 7, 0]]), ORIGIN)[0, 0], abs=1e-8)
    for k, line in enumerate(lines):
        assert loader.wp(k).command == int(line.split("\t")[3])
        assert all(len(c.rpartition(".")[2]) >= 8 for c in line.split("\t")[8:10] if float(c))
    rally = mavwp.MAVWPLoader()
    assert rally.load(str(tmp_path / "D001.rally.waypoints")) == 2
    assert rally.wp(1).command == 5100
    fence = mavwp.MAVWPLoader()
    fence.load(str(tmp_path / "geofence.waypoints"))
    assert [fence.wp(k).command for k in range(1, 5)] == [5001] * 4
    assert fence.wp(1).param1 == 4


# --- what is written ------------------------------------------------------------------------------------------------


def test_the_order_of_a_mission(drone_plan):
    files = QGC_PLAN.write(drone_plan)
    assert list(files) == [*(f"D{k:03d}.plan" for k in range(5)), "geofence.plan"]
    plan = json.loads(files["D000.plan"])
    assert (plan["fileType"], plan["version"]) == ("Plan", 1)
    items = plan["mission"]["items"]
    assert [i["command"] for i in items[:3]] == [DELAY, SPEED, TAKEOFF]
    assert items[-1]["command"] == LAND
    assert all(i["frame"] == RELATIVE for i in items)
    assert items[2]["params"][3] is None
    assert 2.5 <= items[2]["params"][6] < 4.5  # a take-off goes up to where navigation begins
    holds = [i["params"][0] for i in items if i["command"] == WAYPOINT and i["params"][0]]
    assert max(holds) == pytest.approx(5 + 2 * 2, abs=2.5)  # the stay of 5 s, and the slow ends of its neighbours
    assert plan["mission"]["plannedHomePosition"] == pytest.approx([28.1386, 113.6294, 45.0], abs=1e-9)


@pytest.mark.parametrize("form", [QGC_PLAN, QGC_WPL], ids=lambda f: f.id)
def test_flown_on_paper_a_mission_is_the_path(form, drone_plan):
    back = form.read(form.write(drone_plan), "set")
    stated = form.resolution(drone_plan).path_m
    assert stated <= 0.75
    for t in range(0, 64_000_000, 250_000):
        away = np.linalg.norm(place(drone_plan, t) - place(back, t), axis=1)
        assert away.max() <= stated
    assert back.venue.origin == ORIGIN
    assert np.array(back.venue.geofence.ring) == pytest.approx(np.array(drone_plan.venue.geofence.ring), abs=1e-3)
    assert not [f for f in check(replace(drone_plan, drones=back.drones)) if f.severity == "block"]


def test_no_clock_is_said(drone_plan):
    for form in (QGC_PLAN, QGC_WPL):
        said = {f.code: f for f in form.remarks(drone_plan)}
        assert "no show clock" in said["MISSION-NO-CLOCK"].message


def test_what_does_not_fit(drone_plan):
    with pytest.raises(Unfit, match="origin"):
        QGC_PLAN.write(replace(drone_plan, venue=Venue()))
    for name in ("a/b", "Geofence", "D001", "x.rally"):
        with pytest.raises(Unfit):
            QGC_WPL.write(replace(drone_plan, drones=replace(drone_plan.drones, name=(name, "D001", "2", "3", "4"))))
    whirl = Path("A", (0.0, 0.0, 10.0))
    for k in range(40):
        x = 4.0 * (k % 2)
        whirl.add(500_000 * (k + 1), np.array([[x, 0, 10.0], [4.0 - x, 0, 10.0]]))
    with pytest.raises(Unfit, match="sharply"):
        QGC_PLAN.write(replace(drone_plan, drones=drones_of([whirl])))


def test_drones_that_stay_down_have_no_mission(drone_plan):
    still = Path("S", (30.0, 0.0, 0.0))
    fly = Path("F", (0.0, 0.0, 0.0))
    fly.add(20_000_000, np.array([[0.0, 0, 0]] * 4 + [[0.0, 0, 15]] * 4))
    plan = replace(drone_plan, drones=drones_of([still, fly]))
    assert QGC_PLAN.carried(plan).drones == (1,)
    assert list(QGC_PLAN.write(plan)) == ["F.plan", "geofence.plan"]
    assert not QGC_PLAN.carried(Plan("x", 1))


# --- what others write ------------------------------------------------------------------------------------------------

LINES = (
    "QGC WPL 110",
    "0\t1\t0\t16\t0\t0\t0\t0\t28.1386\t113.6294\t45\t1",
    "1\t0\t3\t22\t0\t0\t0\t0\t0\t0\t10\t1",
    "2\t0\t3\t16\t4\t0\t0\t0\t28.1387\t113.6294\t10\t1",
    "3\t0\t3\t20\t0\t0\t0\t0\t0\t0\t0\t1",
)


def wpl(*lines, end="\n"):
    return QGC_WPL.read({"a.waypoints": end.join([*lines, ""]).encode()}, "a.waypoints")


def test_a_mission_of_others_is_flown_and_says_what_is_assumed():
    plan = wpl(*LINES, end="\r\n")
    assert plan.drones.name == ("a",)
    assert place(plan, 2_000_000)[0] == pytest.approx([0, 0, 10], abs=1e-6)
    assert place(plan, 60_000_000)[0] == pytest.approx([0, 11.08, 10], abs=0.01)
    assert {f.code for f in plan.problems} == {"MISSION-SPEED", "FORMAT-LEFT-OUT"}


def variants():
    yield "no header", LINES[1:], "line 1"
    yield "no home", LINES[:1], "home"
    yield "home is no place", (LINES[0], LINES[1].replace("16", "22", 1)), "home"
    yield "11 cells", (*LINES[:2], LINES[2][:-2]), "line 3"
    yield "nan", (*LINES[:3], LINES[3].replace("28.1387", "nan")), "line 4"
    yield "text", (*LINES[:3], LINES[3].replace("28.1387", "x")), "line 4"
    yield "long", (*LINES[:3], LINES[3].replace("28.1387", "1" * 9_000_000)), "line 4"
    yield "latitude", (*LINES[:3], LINES[3].replace("28.1387", "98.1")), "item 2"
    yield "hold", (*LINES[:3], LINES[3].replace("\t4\t", "\t1e8\t")), "item 2"
    yield "frame", (*LINES[:3], LINES[3].replace("\t3\t", "\t9\t", 1)), "item 2"
    yield "pole", (LINES[0], LINES[1].replace("28.1386", "91"), *LINES[2:]), "latitude"
    yield "empty", LINES[:2], "at least one item"
    yield "far", (*LINES[:3], LINES[3].replace("28.1387", "-60")), "48 hours"


@pytest.mark.parametrize(("lines", "words"), [pytest.param(s, w, id=n) for n, s, w in variants()])
def test_bad_waypoints_are_named(lines, words):
    started = time.monotonic()
    with pytest.raises(BadFile) as caught:
        wpl(*lines)
    assert words in str(caught.value)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda p: p.update(fileType="Other"), "fileType"),
        (lambda p: p["mission"].update(plannedHomePosition=[1]), "plannedHomePosition"),
        (lambda p: p["mission"].update(plannedHomePosition=[91, 0, 0]), "latitude"),
        (lambda p: p["mission"]["items"][0].update(type="ComplexItem"), "item 1"),
        (lambda p: p["mission"]["items"][0].update(params=[1]), "item 1"),
        (lambda p: p["mission"]["items"][2]["params"].__setitem__(4, None), "item 3"),
        (lambda p: p["mission"]["items"][1]["params"].__setitem__(1, 1e9), "item 2"),
        (lambda p: p["mission"].update(items=[]), "at least one item"),
        (lambda p: p["geoFence"]["polygons"][0].update(polygon=[[1, 2]]), "3 corners"),
        (lambda p: p.pop("mission"), "mission"),
    ],
)
def test_bad_plans_are_named(drone_plan, change, words):
    plan = json.loads(QGC_PLAN.write(drone_plan)["D000.plan"])
    change(plan)
    with pytest.raises(BadFile) as caught:
        QGC_PLAN.read({"a.plan": json.dumps(plan).encode()}, "a.plan")
    assert words in str(caught.value)


@pytest.mark.parametrize("text", [b"", b"[" * 300_000, b'{"fileType": NaN}', b'{"a": ' + b"1" * 20_000_000 + b"}"])
def test_hostile_json(text):
    started = time.monotonic()
    with pytest.raises(BadFile):
        QGC_PLAN.read({"a.plan": text}, "a.plan")
    assert time.monotonic() - started < 2
