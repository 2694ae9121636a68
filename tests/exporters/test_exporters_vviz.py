import json
import time
from dataclasses import replace

import numpy as np
import pytest
from exporters.vviz import FRAME_US, VVIZ, VVIZ_FINALE, turned, turned_back
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.export.assembly import Path, drones_of
from showeditor.kernels.bernstein import states
from showeditor.model.arrays import frozen
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.plan import Plan
from showeditor.safety.check import check


def place(plan, t_us):
    d = plan.drones
    return states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t_us)[0]


def read(show, form=VVIZ):
    data = show if isinstance(show, bytes) else json.dumps(show).encode()
    return form.read({"x.vviz": data}, "x.vviz")


def small(traversal=None, actions=None, **more):
    """A file as other programs write it."""
    payloads = [{"type": "Light", "payloadActions": actions}] if actions is not None else []
    steps = traversal if traversal is not None else [{"dx": 0, "dy": 0, "dz": 0}, {"dx": 1, "dy": 2, "dz": 3, "dt": 2}]
    agent = {"homeX": 10.0, "homeY": 0.5, "homeZ": 3.0, "homeH": 180, "airframe": "x", "agentTraversal": steps}
    return {
        "version": "1.0",
        "coordinateFrame": "ogl",
        "defaultPositionRate": 4,
        "defaultColorRate": 20,
        "timeOffsetSecs": 0,
        "performances": [{"id": 0, "agentDescription": agent, "payloadDescription": payloads}],
        **more,
    }


# --- writing -------------------------------------------------------------------------------------------------------


def test_layout_and_fields(drone_plan):
    ((name, data),) = VVIZ.write(drone_plan).items()
    assert name == "云起河湾.vviz"
    show = json.loads(data)
    assert list(show)[:3] == ["version", "performanceName", "coordinateFrame"]
    assert show["version"] == "1.0"
    assert show["coordinateFrame"] == "ogl"
    assert show["globalReferenceFrame"] == {"lat": 28.1386, "lon": 113.6294, "alt": 45.0}
    assert show["defaultPositionRate"] == 4
    assert show["defaultColorRate"] == 25
    assert show["eventTags"][1] == {"time": 11.0, "tagType": "EffectStart", "tagID": "Act 2"}
    one = show["performances"][1]
    assert one["name"] == "D001"
    agent = one["agentDescription"]
    assert all(set(s) == {"dx", "dy", "dz", "dt"} for s in agent["agentTraversal"])  # every item with dt
    assert {s["dt"] for s in agent["agentTraversal"]} == {0.25}
    light = one["payloadDescription"][0]
    assert all({"r", "g", "b", "w", "frames"} == set(a) for a in light["payloadActions"])
    assert all(a["frames"] >= 1 for a in light["payloadActions"])


def test_deltas_do_not_add_up_their_rounding(drone_plan):
    """Summed by a stranger in plain floats, the deltas end where the drone lands."""
    ((_, data),) = VVIZ.write(drone_plan).items()
    for i, one in enumerate(json.loads(data)["performances"]):
        agent = one["agentDescription"]
        x, y, z = agent["homeX"], agent["homeY"], agent["homeZ"]
        for step in agent["agentTraversal"]:
            x, y, z = x + step["dx"], y + step["dy"], z + step["dz"]
        assert [x, z, y] == pytest.approx(place(drone_plan, 99_000_000)[i], abs=1e-4)


@pytest.mark.parametrize(("form", "z"), [(VVIZ, 7.0), (VVIZ_FINALE, -7.0)])
def test_an_asymmetric_figure_stands_the_stated_way(form, z):
    """A drone 4 m east and 7 m north that climbs 20 m: X right is east, Y up, Z forward is north or its opposite."""
    path = Path("A", (4.0, 7.0, 0.0))
    path.add(30_000_000, np.array([[4.0, 7, 0]] * 4 + [[4.0, 7, 20]] * 4))
    ((_, data),) = form.write(Plan("x", 30_000_000, drones=drones_of([path]))).items()
    agent = json.loads(data)["performances"][0]["agentDescription"]
    assert [agent["homeX"], agent["homeY"], agent["homeZ"]] == [4.0, 0.0, z]
    up = sum(s["dy"] for s in agent["agentTraversal"])
    assert up == pytest.approx(20.0)
    assert all(s["dx"] == s["dz"] == 0 for s in agent["agentTraversal"])
    assert place(form.read({"x.vviz": data}, "x"), 30_000_000)[0] == pytest.approx([4, 7, 20], abs=1e-4)


def test_frames_keep_or_turn_round_the_hand():
    axes = np.eye(3)
    assert np.linalg.det(turned(axes, True)) == pytest.approx(1.0)
    assert np.linalg.det(turned(axes, False)) == pytest.approx(-1.0)  # as Verge words it, a left-handed frame
    for way in (True, False):
        assert turned_back(turned(axes, way), way).tolist() == axes.tolist()


def test_the_two_kinds_are_told_apart_by_their_title(drone_plan):
    for form, other in ((VVIZ, VVIZ_FINALE), (VVIZ_FINALE, VVIZ)):
        ((name, data),) = form.write(drone_plan).items()
        assert form.recognises(name, data[:4096])
        assert not other.recognises(name, data[:4096])
        assert form.read({name: data}, name).title == drone_plan.title


def test_what_is_written_reads_back_as_clear_as_the_plan(drone_plan):
    plan = replace(drone_plan, drones=VVIZ.read(VVIZ.write(drone_plan), "x").drones)
    assert not [f for f in check(plan) if f.severity == "block"]


def test_what_does_not_fit(drone_plan):
    fast = Path("A", (0.0, 0.0, 0.0))
    fast.add(1_000_000, np.array([[0.0, 0, 0], [40.0, 0, 0]]))
    with pytest.raises(Unfit, match="sharply"):
        VVIZ.write(Plan("x", 1, drones=drones_of([fast])))
    far = Path("B", (20_000.0, 0.0, 0.0))
    with pytest.raises(Unfit, match="'B'"):
        VVIZ.write(Plan("x", 1, drones=drones_of([far])))
    drones = replace(drone_plan.drones, name=("a", "b", "b", "c", "d"))
    with pytest.raises(Unfit, match="'b'"):
        VVIZ.write(replace(drone_plan, drones=drones))


def test_remarks_say_what_the_samples_leave_out(drone_plan):
    rgbw = drone_plan.drones.key_rgbw.copy()
    rgbw[1, 3] = 9
    white = replace(drone_plan, drones=replace(drone_plan.drones, key_rgbw=frozen(rgbw, np.uint8, (None, 4))))
    found = {f.code: f for f in VVIZ.remarks(white)}
    assert {"VVIZ-AXES", "FORMAT-SAMPLED", "FORMAT-WHITE"} == set(found)
    assert 0 < found["FORMAT-SAMPLED"].measured < VVIZ.resolution(white).path_m < 0.01


# --- reading -------------------------------------------------------------------------------------------------------


def test_a_file_of_another_program():
    plan = read(small(performanceName="Show", eventTags=[{"time": 3.5, "tagType": "SongStart"}]))
    assert plan.title == "Show"
    assert plan.drones.name == ("D0",)
    assert place(plan, 0)[0].tolist() == [10.0, 3.0, 0.5]
    assert place(plan, 2_250_000)[0] == pytest.approx([11.0, 6.0, 2.5])
    assert [(m.name, m.t_us) for m in plan.marks] == [("SongStart", 3_500_000)]
    assert plan.limits_source == "program default"


def test_a_first_step_without_time_and_a_time_offset():
    steps = [{"dx": 0, "dy": 0, "dz": 0, "dt": 0}, {"dx": 0, "dy": 0, "dz": 4, "dt": 4}]
    plan = read(small(steps, timeOffsetSecs=10))
    assert plan.drones.off_us.tolist() == [10_000_000]
    assert plan.drones.on_us.tolist() == [14_000_000]


ACTIONS = [{"r": 0, "g": 0, "b": 0}, {"r": 255, "g": 0, "b": 0, "frames": 40}, {"r": 0, "g": 9, "b": 0, "frames": 20}]


def test_both_readings_of_frames():
    held = read(small(actions=ACTIONS)).drones
    assert held.key_t_us.tolist() == [0, 50_000, 2_050_000]
    assert held.key_rgbw.tolist() == [[0, 0, 0, 0], [255, 0, 0, 0], [0, 9, 0, 0]]
    since = read(small(actions=ACTIONS), replace(VVIZ, frames="since")).drones
    assert since.key_t_us.tolist() == [50_000, 2_050_000, 3_050_000]


def test_steps_of_light_lie_on_the_frame(drone_plan):
    keys = VVIZ.read(VVIZ.write(drone_plan), "x").drones.key_t_us
    assert (keys % FRAME_US == 0).all()


def test_what_is_not_read_is_said():
    show = small([{"dx": 0, "dy": 0, "dz": 0, "dt": 1, "dh": 5}], ACTIONS)
    show["performances"][0]["payloadDescription"] += [
        {"type": "Light", "payloadActions": []},
    ]
    assert "second lights" in read(show).problems[0].message


def variants():
    yield "version", {**small(), "version": "2.0"}, "version"
    yield "frame", {**small(), "coordinateFrame": "ned"}, "coordinateFrame"
    yield "rate", {**small(), "defaultColorRate": 0}, "defaultColorRate"
    yield "offset", {**small(), "timeOffsetSecs": 1e9}, "timeOffsetSecs"
    yield "no drones", {**small(), "performances": []}, "at least one"
    yield "list", [1], "object"
    yield "backwards", small([{"dx": 1, "dy": 0, "dz": 0, "dt": -1}]), "agentTraversal[1]"
    yield "jump", small([{"dx": 1, "dy": 0, "dz": 0, "dt": 0}]), "agentTraversal[1]"
    yield "far", small([{"dx": 1e9, "dy": 0, "dz": 0, "dt": 1}]), "100 km"
    yield "late", small([{"dx": 1, "dy": 0, "dz": 0, "dt": 1e9}]), "48 h"
    yield "colour", small(actions=[{"r": 256, "g": 0, "b": 0}]), "0 to 255"
    yield "frames", small(actions=[{"r": 0, "g": 0, "b": 0, "frames": -1}]), "frames"
    yield "endless", small(actions=[{"r": 0, "g": 0, "b": 0, "frames": 9e8}] * 9), "48 hours"
    yield "pole", {**small(), "globalReferenceFrame": {"lat": 91, "lon": 0}}, "latitude"
    yield "text", small([{"dx": "1", "dy": 0, "dz": 0}]), "float"


@pytest.mark.parametrize(("show", "words"), [pytest.param(s, w, id=n) for n, s, w in variants()])
def test_bad_files_are_named(show, words):
    with pytest.raises(BadFile) as caught:
        read(show)
    assert words in str(caught.value)
    assert str(caught.value).startswith("x.vviz")


@pytest.mark.parametrize(
    "text",
    [
        b'{"version": NaN}',
        b"[" * 300_000,
        b'{"version": "1.0", "performances": ' + b"[" * 300_000,
        b'{"version": ' + b"1" * 20_000_000 + b"}",
        b'{"version": "1.0", "timeOffsetSecs": 1e999, "performances": []}',
        b"\xff\xfe{}",
        b"",
    ],
)
def test_hostile_json(text):
    started = time.monotonic()
    with pytest.raises(BadFile):
        read(text)
    assert time.monotonic() - started < 2


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**10), 10**10) | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["dx", "dy", "dz", "dt", "r", "g", "b", "frames", "type", "payloadActions"]), inner
        )
    ),
    max_leaves=10,
)


@given(values, st.sampled_from(["performances", "steps", "actions", "offset", "tags", "ground"]))
@settings(max_examples=300, deadline=2000)
def test_any_json_in_any_place_is_a_plan_or_a_bad_file(value, where):
    show = small([value]) if where == "steps" else small(actions=[value]) if where == "actions" else small()
    more = {"performances": "performances", "offset": "timeOffsetSecs", "tags": "eventTags"}
    if where in more:
        show[more[where]] = value
    if where == "ground":
        show["globalReferenceFrame"] = {"lat": value, "lon": 1}
    try:
        plan = read(show)
    except BadFile:
        return
    assert len(plan.drones) == 1
