"""Fireworks on drones and headings: in every format that has a place for them, and told where there is none."""

import json
import struct
import zipfile
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from exporters.payload import Fire
from exporters.skyb.blocks import Block, unpacked
from exporters.skyb.extras import event_body, events_of, yaw_body, yaw_of
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.export.compare import compared
from showeditor.export.payload import heading_of, unburdened, with_drones
from showeditor.export.registry import formats
from showeditor.model.arrays import frozen
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import blocks

from plans_by_hand import burdened

LIGHTING = "skyc skyb vviz vviz-finale drotek".split()
TURNING = "skyc skyb vviz vviz-finale poly7".split()
BARE = "skybrush-csv dss-path poly7 qgc-plan qgc-wpl litchi".split()
SHIFTED_US = 60_000


@pytest.fixture
def plan(drone_plan):
    return burdened(drone_plan)


def findings(form, planned, written):
    read = form.read(form.write(written), "x")
    return {f.code for f in compared(planned, form.carried(planned), read, form.resolution(planned), form.id).findings}


@pytest.mark.parametrize("name", sorted({*LIGHTING, *TURNING}))
def test_ignitions_and_headings_return(name, plan):
    form = formats()[name]
    read = form.read(form.write(plan), "x")
    takes = form.carried(plan)
    assert bool(takes.ignitions) == (name in LIGHTING)
    assert takes.headings == ((0, 2) if name in TURNING else ())
    assert not blocks(compared(plan, takes, read, form.resolution(plan), name).findings)
    if takes.ignitions:
        found = {
            (read.drones.name[d], int(c)) for d, c in zip(read.ignitions.drone, read.ignitions.channel, strict=True)
        }
        assert found == {("D001", 2), ("D002", 1), ("D001", 1)}
        assert len(read.carriers) == 2
    if name in ("skyc", "vviz"):
        assert read.ignitions.effect == ("red comet", "gerb", "")
        assert read.ignitions.pitch_deg.tolist() == [-90.0, 30.0, 0.0]
        assert read.ignitions.yaw_deg.tolist() == [0.0, -45.0, 9.0]


@pytest.mark.parametrize("name", LIGHTING)
def test_an_ignition_that_is_lost_moved_or_added_blocks(name, plan):
    form = formats()[name]
    rows = plan.ignitions
    late = replace(plan, ignitions=replace(rows, ignition_us=rows.ignition_us + SHIFTED_US))
    other = replace(plan, ignitions=replace(rows, drone=frozen([1, 2, 2], np.int32, (None,))))
    assert "EXP-PAYLOAD" in findings(form, plan, late)
    assert "EXP-PAYLOAD" in findings(form, plan, other)
    assert "EXP-PAYLOAD" in findings(form, replace(plan, ignitions=type(rows)()), plan)
    assert "EXP-PAYLOAD" in findings(form, plan, replace(plan, ignitions=type(rows)()))


@pytest.mark.parametrize("name", TURNING)
def test_a_nose_that_points_elsewhere_blocks(name, plan):
    form = formats()[name]
    turned = replace(plan, drones=replace(plan.drones, yaw_deg=plan.drones.yaw_deg + 3.0))
    assert findings(form, plan, turned) == {"EXP-YAW"}
    none = {"yaw_t_us": plan.drones.yaw_t_us[:0], "yaw_deg": plan.drones.yaw_deg[:0]}
    ahead = replace(plan.drones, yaw_start=frozen([0], np.int64, (None,)), **none)
    assert findings(form, plan, replace(plan, drones=ahead)) == {"EXP-YAW"}


@pytest.mark.parametrize("name", BARE)
def test_formats_without_a_place_for_them_say_so(name, plan):
    form = formats()[name]
    takes = form.carried(plan)
    said = {f.code: f for f in unburdened(plan, takes, name)}
    assert ("EXP-NO-PAYLOAD" in said) == bool({1, 2} & set(takes.drones))
    assert ("EXP-NO-YAW" in said) == (name != "poly7")
    assert all(f.severity == "warn" for code, f in said.items() if code == "EXP-NO-PAYLOAD")


def test_fireworks_follow_their_drone_when_a_file_orders_drones_otherwise(plan):
    rows = [4, 2, 1]
    d = plan.drones
    fewer = replace(
        d,
        name=tuple(d.name[i] for i in rows),
        fleet=("",) * 3,
        home_m=d.home_m[rows],
        off_us=d.off_us[rows],
        on_us=d.on_us[rows],
        piece_start=d.piece_start[:4],
        key_start=d.key_start[:4],
        yaw_start=frozen([0], np.int64, (None,)),
        yaw_t_us=d.yaw_t_us[:0],
        yaw_deg=d.yaw_deg[:0],
    )
    again = with_drones(plan, fewer)
    assert again.ignitions.drone.tolist() == [2, 1, 2]
    lone = with_drones(plan, replace(fewer, name=("D004", "D002", "X")))
    assert lone.ignitions.drone.tolist() == [1]
    assert lone.ignitions.effect == ("gerb",)


def test_skyc_members(plan):
    ((_, data),) = formats()["skyc"].write(plan).items()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        show = json.loads(archive.read("show.json"))
        own = [d["settings"] for d in show["swarm"]["drones"]]
        assert ["pyro" in s for s in own] == [False, True, True, False, False]
        assert ["yawControl" in s for s in own] == [True, False, True, False, False]
        pyro = json.loads(archive.read("drones/00002/pyro.json"))
        yaw = json.loads(archive.read("drones/00001/yaw_control.json"))
    assert pyro["events"] == [[21.0, 1, "1"], [36.0, 0, "2"]]
    charge = {"name": "red comet", "duration": 4.0, "prefireTime": 0, "yaw": 0.0, "pitch": -90.0}
    assert pyro["payloads"]["1"] == charge
    # clockwise from the X axis, which points east: heading 90 is yaw 0
    assert yaw == {"version": 1, "setpoints": [[0.0, 0.0], [20.0, 0.0], [30.0, -120.5]]}


def test_skyb_blocks_by_hand(plan):
    blocks_of = unpacked(formats()["skyb"].write(plan)["D000.skyb"])
    # a tenth of a degree: 90 degrees is the X axis; 20 s of rest, then 120.5 degrees to the left in 10 s
    assert blocks_of[Block.YAW] == struct.pack("<BhHhHh", 0, 0, 20_000, 0, 10_000, -1205)
    events = unpacked(formats()["skyb"].write(plan)["D001.skyb"])[Block.EVENTS]
    on, off = bytes(4), b"\xff" * 4
    assert events == (
        struct.pack("<IBB", 21_000, 1, 1) + on + struct.pack("<IBB", 24_000, 1, 1) + off
        + struct.pack("<IBB", 36_000, 1, 0) + on + struct.pack("<IBB", 39_000, 1, 0) + off
    )  # fmt: skip


turns = st.lists(st.tuples(st.integers(0, 10**6), st.floats(-1400, 1400)), min_size=1, max_size=12)


@given(turns)
@settings(max_examples=80, deadline=2000)
def test_any_turn_returns_within_a_tenth(rows):
    t = np.unique([r[0] for r in rows]) * 1000
    deg = np.array([r[1] for r in rows][: len(t)])
    back = yaw_of(yaw_body(t, deg))
    there, angle = np.array([b[0] for b in back]), np.array([b[1] for b in back])
    away = np.interp(t, there, angle) - deg
    assert np.abs((away + 180) % 360 - 180).max() <= 0.1001
    assert (np.diff(there) > 0).all()


def test_long_and_wide_turns_are_split_and_impossible_ones_refused():
    body = yaw_body(np.array([0, 500_000_000]), np.array([0.0, -9000.0]))
    assert len(body) == 3 + 8 * 4
    assert yaw_of(body)[-1] == (500_000_000, -9000.0)
    with pytest.raises(ValueError, match="3001 degrees within 1 ms"):
        yaw_body(np.array([1000, 2000]), np.array([3001.0, 0.0]))


def test_a_channel_lit_again_is_not_cut_short():
    body = event_body([Fire(1_000_000, 1), Fire(2_000_000, 1), Fire(2_000_000, 200)])
    fires, other = events_of(body)
    assert [(f.t_us, f.channel) for f in fires] == [(1_000_000, 1), (2_000_000, 1), (2_000_000, 200)]
    assert other == 0
    assert len(body) == 50  # one end for the first channel, one for the other


@pytest.mark.parametrize("bad", [b"\0" * 9, struct.pack("<IBBI", 5, 1, 0, 0) + struct.pack("<IBBI", 4, 1, 0, 0)])
def test_broken_event_lists_are_refused(bad):
    with pytest.raises(ValueError, match="event"):
        events_of(bad)


def test_drotek_has_three_channels(plan):
    rows = replace(plan.ignitions, channel=frozen([2, 4, 1], np.int32, (None,)))
    with pytest.raises(Unfit, match="channels 1 to 3"):
        formats()["drotek"].write(replace(plan, ignitions=rows))


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        ("pyro", {"version": 2}, "pyro.version"),
        ("pyro", {"version": 1, "events": [[1, -1, "a"]]}, r"pyro.events\[1\]"),
        ("pyro", {"version": 1, "events": [["x", 1, "a"]]}, r"pyro.events\[1\]"),
        ("yawControl", {"version": 1, "setpoints": [[3, 0], [1, 0]]}, r"yawControl.setpoints\[2\]"),
        ("yawControl", {"version": 1, "setpoints": [[3, "x"]]}, r"yawControl.setpoints\[1\]"),
        ("yawControl", {"version": 7}, "yawControl.version"),
    ],
)
def test_senseless_parts_of_a_skyc_are_named(part, value, words):
    trajectory = {"version": 1, "points": [[0, [0, 0, 0], []], [1, [0, 0, 1], []]]}
    drone = {"type": "generic", "settings": {"name": "A", "trajectory": trajectory, part: value}}
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("show.json", json.dumps({"version": 1, "swarm": {"drones": [drone]}}))
    with pytest.raises(BadFile, match=words):
        formats()["skyc"].read({"a.skyc": target.getvalue()}, "a.skyc")


def test_an_old_version_of_skyb_has_no_checksum(plan):
    form = formats()["skyb"].tuned({"version": "1"})
    files = form.write(plan)
    assert all(data[:5] == b"skyb\x01" for data in files.values())
    read = form.read(files, "x")
    assert not blocks(compared(plan, form.carried(plan), read, form.resolution(plan), "skyb").findings)
    assert len(heading_of(read.drones, 2)[0]) == 6  # a turn longer than 65 s is split
