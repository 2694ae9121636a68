import base64
import io
import itertools
import json
import math
import time
import zipfile
from dataclasses import replace

import msgspec
import numpy as np
import pytest
from exporters.pieces import on_milliseconds
from exporters.skyc import SKYC
from exporters.skyc.cubics import ACCEL_MPS2, PATH_M, as_cubics
from exporters.skyc.frame import to_file, to_venue
from exporters.skyc.writing import parts
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.export.assembly import Path, drones_of
from showeditor.export.curves import all_raised
from showeditor.export.paths import farthest
from showeditor.kernels.bernstein import states
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.limits import Limits
from showeditor.model.plan import Plan
from showeditor.model.venue import Venue, Zone


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {n: archive.read(n) for n in archive.namelist()}


def packed(show, **more):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("show.json", show if isinstance(show, (str, bytes)) else json.dumps(show))
        for name, value in more.items():
            archive.writestr(name.replace("__", "/"), value if isinstance(value, (str, bytes)) else json.dumps(value))
    return target.getvalue()


def one_drone(points=None, **more):
    trajectory = {"version": 1, "takeoffTime": 10, "points": points or [[0, [10, 3, 0], []], [5, [10, 3, 20], []]]}
    return {
        "version": 1,
        "swarm": {"drones": [{"type": "generic", "settings": {"name": "A", "trajectory": trajectory}}]},
        **more,
    }


def read(show, **more):
    data = show if isinstance(show, bytes) else packed(show, **more)
    return SKYC.read({"x.skyc": data}, "x.skyc")


# --- writing -------------------------------------------------------------------------------------------------------


def test_layout_and_fields(drone_plan):
    ((name, data),) = SKYC.write(drone_plan).items()
    assert name == "云起河湾.skyc"
    held = members(data)
    assert next(iter(held)) == "show.json"
    show = json.loads(held["show.json"])
    assert show["version"] == 1
    assert show["meta"]["title"] == "云起河湾"
    assert show["environment"]["location"] == {"origin": [281386000, 1136294000, 45000], "orientation": 90.0}
    assert show["settings"]["validation"]["minDistance"] == 2.5
    assert show["settings"]["validation"]["maxAltitude"] == 60.0
    assert show["settings"]["cues"]["items"][1] == {"name": "Act 2", "time": 11.0}
    assert show["settings"]["geofence"]["polygons"][0]["isInclusion"] is True
    drone = show["swarm"]["drones"][1]["settings"]
    assert drone["home"] == [4.0, 7.0, 0.0]
    assert drone["landAt"] == [16.0, 2.0, 0.0]
    path = json.loads(held[drone["trajectory"]["$ref"].removeprefix("./").removesuffix("#")])
    assert path["takeoffTime"] == 2.0
    assert path["landingTime"] == 63.0
    assert path["points"][0] == [0, [4.0, 7.0, 0.0], []]
    assert all(len(p[2]) in (0, 2) for p in path["points"])
    times = [p[0] for p in path["points"]]
    assert all(b - a >= 0.001 for a, b in itertools.pairwise(times))
    lights = json.loads(held[drone["lights"]["$ref"].removeprefix("./").removesuffix("#")])
    assert base64.b64decode(lights["data"])[-1] == 0


def test_equal_plans_give_equal_bytes_and_touch_nothing(drone_plan, sealed_off):
    assert SKYC.write(drone_plan) == SKYC.write(drone_plan)


def test_cubics_stay_within_the_tolerance_everywhere(drone_plan):
    """Against the kernel that draws and checks, at 200 moments a second: place and acceleration."""
    drones = drone_plan.drones
    cubic = as_cubics(on_milliseconds(drones))
    paths = []
    for i, pieces in enumerate(cubic):
        path = Path(drones.name[i], tuple(drones.home_m[i]), start_us=pieces.t0_ms[0] * 1000)
        for t1, ctrl in zip(pieces.t1_ms, pieces.ctrl, strict=True):
            assert len(ctrl) <= 4
            path.add(t1 * 1000, ctrl)
        paths.append(path)
    other = drones_of(paths)
    for t in range(1_999_000, 64_000_000, 5_003):
        (p, v, a), (q, w, b) = (
            states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t)
            for d in (drones, other)
        )
        assert np.linalg.norm(p - q, axis=1).max() <= PATH_M + 1e-6
        assert np.linalg.norm(a - b, axis=1).max() <= ACCEL_MPS2 + 0.01
        assert np.linalg.norm(v - w, axis=1).max() <= 0.02


def test_round_trip(drone_plan):
    back = SKYC.read(SKYC.write(drone_plan), "云起河湾.skyc")
    assert back.drones.name == drone_plan.drones.name
    pairs = [(i, i) for i in range(5)]
    apart = farthest(drone_plan.drones, back.drones, pairs, SKYC.resolution(drone_plan).path_m)
    assert 0 < apart.distance_m <= SKYC.resolution(drone_plan).path_m
    assert back.title == drone_plan.title
    assert back.limits == msgspec.structs.replace(drone_plan.limits, max_altitude_m=60.0)
    assert back.limits_source == "stated by 云起河湾.skyc"
    assert back.marks == drone_plan.marks
    assert back.venue.origin == drone_plan.venue.origin
    assert back.venue.geofence.ring == drone_plan.venue.geofence.ring
    assert np.abs(back.drones.home_m - drone_plan.drones.home_m).max() < 1e-4
    assert np.abs(back.drones.off_us - drone_plan.drones.off_us).max() <= 500
    assert np.abs(back.drones.on_us - drone_plan.drones.on_us).max() <= 500
    assert not back.problems


def test_a_drone_that_stays_down(drone_plan):
    plan = Plan("rest", 1_000_000, drones=drones_of([Path("D1", (3.0, -4.0, 0.5))]))
    back = SKYC.read(SKYC.write(plan), "x.skyc")
    assert back.drones.home_m.tolist() == [[3.0, -4.0, 0.5]]
    assert farthest(plan.drones, back.drones, [(0, 0)], 0.001).distance_m < 1e-6


def test_large_fleets_are_split_by_fleet(monkeypatch):
    monkeypatch.setattr("exporters.skyc.writing.MOST_DRONES", 4)
    paths = [Path(f"D{k}", (3.0 * k, 0, 0), fleet="left" if k < 3 else "right") for k in range(9)]
    drones = drones_of(paths)
    assert parts(drones) == [[0, 1, 2], [3, 4, 5, 6], [7, 8]]
    plan = Plan("big", 1_000_000, drones=drones)
    files = SKYC.write(plan)
    assert sorted(files) == ["big-1.skyc", "big-2.skyc", "big-3.skyc"]
    assert SKYC.read(files, "big").drones.name == drones.name
    assert "FORMAT-SPLIT" in {f.code for f in SKYC.remarks(plan)}


def test_two_drones_of_one_name_do_not_fit(drone_plan):
    with pytest.raises(Unfit, match="'D000'"):
        SKYC.write(replace(drone_plan, drones=replace(drone_plan.drones, name=("D000", "D000", "a", "b", "c"))))


# --- axes: the accident class of a show flown turned by 90 degrees ---------------------------------------------------


@pytest.mark.parametrize(
    ("orientation", "east", "north"),
    [
        (0.0, -3.0, 10.0),  # X front is north, Y left is west
        (90.0, 10.0, 3.0),  # X is east, Y is north: the venue's own frame
        (180.0, 3.0, -10.0),
        (270.0, -10.0, -3.0),
        (30.0, 10 * 0.5 - 3 * math.sqrt(0.75), 10 * math.sqrt(0.75) + 3 * 0.5),
    ],
)
def test_an_asymmetric_figure_lands_where_skybrush_puts_it(orientation, east, north):
    location = {"origin": [0, 0], "orientation": orientation}
    plan = read(one_drone(environment={"type": "outdoor", "location": location}))
    assert plan.drones.ctrl[-1] == pytest.approx([east, north, 20.0], abs=1e-9)
    assert plan.drones.home_m[0] == pytest.approx([east, north, 0.0], abs=1e-9)


def test_without_a_location_numbers_stay():
    assert read(one_drone()).drones.ctrl[-1].tolist() == [10.0, 3.0, 20.0]


@given(st.floats(-720, 720), st.tuples(*(st.floats(-500, 500),) * 3))
def test_frames_invert_each_other_and_keep_handedness(orientation, point):
    p = np.array([point])
    assert to_venue(to_file(p, orientation), orientation) == pytest.approx(p, abs=1e-9)
    axes = to_venue(np.eye(3), orientation)
    assert np.linalg.det(axes) == pytest.approx(1.0)
    # X+ points to `orientation` degrees clockwise from north
    heading = math.degrees(math.atan2(axes[0, 0], axes[0, 1]))
    assert math.cos(math.radians(heading - orientation)) == pytest.approx(1.0)


def test_written_files_keep_the_venue_frame(drone_plan):
    ((_, data),) = SKYC.write(drone_plan).items()
    show = json.loads(members(data)["show.json"])
    first = show["swarm"]["drones"][1]["settings"]["home"]
    turned = to_venue(np.array(first), show["environment"]["location"]["orientation"])
    assert turned == pytest.approx(drone_plan.drones.home_m[1])
    no_fly = Zone("z", "no_fly", ((1.0, 2.0), (9.0, 2.0), (9.0, 5.0)))
    back = SKYC.read(SKYC.write(replace(drone_plan, venue=Venue(zones=(no_fly,)))), "x")
    assert back.venue.zones[0].ring == no_fly.ring


# --- reading -------------------------------------------------------------------------------------------------------


def test_times_count_from_the_takeoff():
    drones = read(one_drone()).drones
    assert drones.piece_t0_us.tolist() == [10_000_000]
    assert drones.piece_t1_us.tolist() == [15_000_000]
    assert drones.off_us.tolist() == [10_000_000]


def test_control_points_belong_to_the_piece_that_ends_there():
    points = [
        [0, [0, 0, 0], []],
        [1, [3, 0, 0], [[1, 5, 0]]],
        [2, [6, 0, 0], [[4, 0, 0], [5, 0, 9]]],
        [3, [6, 0, 0], []],
    ]
    drones = read(one_drone(points)).drones
    assert np.diff(drones.ctrl_start).tolist() == [3, 4, 1]
    assert drones.ctrl[1].tolist() == [1, 5, 0]
    assert drones.ctrl[5].tolist() == [5, 0, 9]


def test_old_names_and_inline_or_outside_parts():
    show = {
        "version": 1,
        "settings": {
            "validation": {"max_altitude": 40, "max_velocity_xy": 5, "max_velocity_z": 1.5, "min_distance": 2}
        },
        "swarm": {
            "drones": [
                {
                    "type": "generic",
                    "settings": {"name": "A", "trajectory": {"$ref": "./d/t.json#"}, "rth_plan": {"v": 1}},
                }
            ]
        },
    }
    outside = {"version": 1, "takeoff_time": 3, "landing_time": 9, "points": [[0, [0, 0, 0], []], [1, [0, 0, 1], []]]}
    plan = read(packed(show, **{"d/t.json": outside}))
    assert plan.limits == Limits(2, 5, 1.5, 1.5, 4.0, 40.0, 2.5)
    assert plan.drones.off_us.tolist() == [3_000_000]
    assert plan.drones.on_us.tolist() == [9_000_000]
    assert [f.ids for f in plan.problems] == [("A",)]


def test_upload_only_versions():
    show = one_drone()
    trajectory = show["swarm"]["drones"][0]["settings"]["trajectory"]
    trajectory.update(version=0, points=[[0, 1, 2, 3], [4, 5, 6, 7]])
    plain = read(show)
    trajectory.update(
        version=2, points=base64.b64encode(np.array([[0, 1, 2, 3], [4, 5, 6, 7]], "<f4").tobytes()).decode()
    )
    assert read(show).drones.ctrl.tolist() == plain.drones.ctrl.tolist() == [[1, 2, 3], [5, 6, 7]]


def variants():
    good = one_drone()
    yield "version 2", {**good, "version": 2}, "version"
    yield "version true", {**good, "version": True}, "version"
    yield "no drones", {"version": 1, "swarm": {"drones": []}}, "at least one drone"
    yield "list", [1, 2], "an object was expected"
    yield "5001 drones", {"version": 1, "swarm": {"drones": [{}] * 5001}}, "at most 5000"
    yield "no settings", {"version": 1, "swarm": {"drones": [{}]}}, "settings"
    yield "time twice", one_drone([[0, [0, 0, 0], []], [1, [0, 0, 1], []], [1, [0, 0, 2], []]]), "points[3]"
    yield "three controls", one_drone([[0, [0, 0, 0], []], [1, [0, 0, 1], [[0, 0, 0]] * 3]]), "two control points"
    yield "text as number", one_drone([[0, ["a", 0, 0], []]]), "trajectory"
    yield "far away", one_drone([[0, [1e9, 0, 0], []]]), "1000 km"
    yield "far in time", one_drone([[1e9, [1, 0, 0], []]]), "48 hours"
    yield (
        "climbs out",
        {"version": 1, "swarm": {"drones": [{"settings": {"trajectory": {"$ref": "../../etc/passwd"}}}]}},
        "inside",
    )
    yield (
        "absolute",
        {"version": 1, "swarm": {"drones": [{"settings": {"trajectory": {"$ref": "/etc/passwd"}}}]}},
        "inside",
    )
    yield "missing", {"version": 1, "swarm": {"drones": [{"settings": {"trajectory": {"$ref": "no.json"}}}]}}, "missing"
    yield "circle", {"version": 1, "swarm": {"$ref": "show.json#/"}, "x": 1}, ""
    yield (
        "ring of two points",
        {**good, "settings": {"geofence": {"polygons": [{"points": [[0, 0], [1, 1]]}]}}},
        "3 points",
    )
    yield "flat polygon", {**good, "settings": {"geofence": {"polygons": 5}}}, "a list"


@pytest.mark.parametrize(("show", "words"), [pytest.param(s, w, id=n) for n, s, w in variants()])
def test_bad_shows_are_named(show, words):
    with pytest.raises(BadFile) as caught:
        read(show)
    assert words in str(caught.value)
    assert str(caught.value).startswith("x.skyc")


@pytest.mark.parametrize(
    "text",
    [
        '{"version": 1, "x": NaN}',
        '{"version": 1, "x": Infinity}',
        "[" * 200_000,
        '{"version": ' + "1" * 1_000_000 + "}",
        '{"version": 1e999}',
        b'\xff\xfe{"version": 1}',
        "",
        '{"version": 1',
    ],
)
def test_hostile_json(text):
    started = time.monotonic()
    with pytest.raises(BadFile, match=r"show\.json"):
        read(packed(text))
    assert time.monotonic() - started < 2


def test_a_lights_program_that_never_ends():
    show = one_drone()
    code = base64.b64encode(bytes([0x12, 0])).decode()
    show["swarm"]["drones"][0]["settings"]["lights"] = {"version": 1, "data": code}
    with pytest.raises(BadFile, match="A: lights"):
        read(show)


def test_zip_bomb_is_refused_before_it_unfolds():
    data = packed('{"version": 1, "pad": "' + " " * 40_000_000 + '"}')
    assert len(data) < 200_000
    started = time.monotonic()
    with pytest.raises(BadFile, match="zip bomb"):
        read(data)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("name", ["../evil.json", "/etc/evil.json", "a/../../b.json", "C:/x.json", "..\\x"])
def test_member_names_that_leave_the_archive(name):
    with pytest.raises(BadFile, match="inside the archive"):
        read(packed(one_drone(), **{name: "x"}))


def test_torn_archives(drone_plan):
    ((_, data),) = SKYC.write(drone_plan).items()
    for end in [0, 1, 10, 100, len(data) // 2, len(data) - 30, len(data) - 1]:
        with pytest.raises(BadFile):
            read(data[:end])


def test_changed_bytes_of_a_member_are_noticed(drone_plan):
    ((_, data),) = SKYC.write(drone_plan).items()
    whole = SKYC.read({"x.skyc": data}, "x.skyc").drones
    rng = np.random.default_rng(5)
    for at in rng.integers(0, len(data), 150):
        wrong = bytearray(data)
        wrong[at] ^= 1 << int(rng.integers(8))
        try:
            other = SKYC.read({"x.skyc": bytes(wrong)}, "x.skyc").drones
        except BadFile:
            continue
        # dates, attributes and the like carry nothing of the show
        assert np.array_equal(all_raised(other), all_raised(whole))


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=2000)
def test_any_bytes_are_a_bad_file(data):
    with pytest.raises(BadFile):
        read(data)
    with pytest.raises(BadFile):
        read(packed(data))


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "name",
                    "points",
                    "version",
                    "trajectory",
                    "settings",
                    "drones",
                    "home",
                    "lights",
                    "data",
                    "$ref",
                    "location",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(json_values, st.sampled_from(["swarm", "settings", "environment", "meta", "drone", "points", "lights"]))
@settings(max_examples=400, deadline=2000)
def test_any_json_in_any_place_is_a_plan_or_a_bad_file(value, place):
    show = one_drone()
    drone = show["swarm"]["drones"][0]["settings"]
    if place == "drone":
        show["swarm"]["drones"] = [value]
    elif place == "points":
        drone["trajectory"]["points"] = value
    elif place == "lights":
        drone["lights"] = value
    else:
        show[place] = value
    try:
        plan = read(show)
    except BadFile:
        return
    assert len(plan.drones) >= 1


def test_a_drone_without_lights_is_white_as_in_the_viewer():
    assert read(one_drone()).drones.key_rgbw.tolist() == [[255, 255, 255, 0]]
