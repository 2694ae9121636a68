"""Return plans: written to `.skyb` and `.skyc`, read back, compared by the gate, kept by a recording."""

import json
import struct
import zipfile
from contextlib import suppress
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from exporters.skyb.returning import return_body, returns_of_body
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.export.compare import compared
from showeditor.export.gate import publish
from showeditor.export.registry import formats
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.fingerprint import fingerprint
from showeditor.model.music import AtTime
from showeditor.model.recording import RecordedFlight, Recording
from showeditor.model.returns import Homing, Return, return_plan, with_return_plans
from showeditor.model.show import Show
from showeditor.planning.compile import compile_show
from showeditor.timeline.importing import Wish, bring_in, empty_show

from plans_by_hand import small_swarm

S = 1_000_000
ROW = Return(20 * S, Homing.STRAIGHT, (6.0, -3.25, 0.2), 15.5, 1.5, 2 * S, 3 * S, 15 * S, 1 * S, 1.2)


def home_again(plan, *, neck=0.0, landing=1.0, accel=0.0):
    """The plan with a return plan of three rows for each drone: land, above the pad, straight to the pad."""
    drones = plan.drones
    plans = []
    for i in range(len(drones)):
        x, y, z = drones.home_m[i].tolist()
        goes = {"accel_mps2": accel, "landing_mps": landing}
        straight = Return(
            30 * S, Homing.STRAIGHT, (x, y, z), 10.0 + 3 * i, neck, 0, 5 * S if neck else 0, 20 * S, **goes
        )
        above = Return(12 * S, Homing.ABOVE, (x, y, z), way_us=10 * S, before_us=3 * S, **goes)
        plans.append([Return(4 * S), above, straight])
    return replace(plan, drones=with_return_plans(drones, plans))


def test_the_bytes_are_those_of_the_library():
    """This very block was read by libskybrush 99beb12: every field below was told by sb_rth_plan_evaluate_at."""
    body = return_body(
        [Return(5 * S), ROW, Return(40 * S, Homing.ABOVE, (6.0, 0.0, 0.1), way_us=10 * S, accel_mps2=1.2)]
    )
    assert body == (
        struct.pack("<BBHH", 0, 1, 1200, 2)
        + struct.pack("<hhh", 6000, -3250, 200)
        + struct.pack("<hhh", 6000, 0, 100)
        + struct.pack("<H", 3)
        + bytes([0x10, 5])
        + bytes([0x33, 15, 0]) + struct.pack("<hh", 15500, 1500) + bytes([3, 15, 2, 1])
        + bytes([0x20, 20, 1, 10])
    )  # fmt: skip
    assert returns_of_body(body)[1] == ROW


def test_an_entry_like_the_one_before_repeats_its_target_and_height():
    body = return_body([ROW])
    head = struct.calcsize("<BBHH") + struct.calcsize("<hhh")
    same = body[:head] + struct.pack("<H", 2) + body[head + 2 :] + bytes([0x00, 10, 7])
    first, second = returns_of_body(same)
    assert second == replace(first, t_us=30 * S, way_us=7 * S, before_us=0, after_us=0)


rows = st.builds(
    Return,
    st.just(0),
    st.sampled_from([Homing.ABOVE, Homing.STRAIGHT, Homing.LAND]),
    st.tuples(*[st.integers(-4_000_000, 4_000_000).map(lambda v: v / 1000)] * 3),
    st.integers(0, 4_000_000).map(lambda v: v / 1000),
    st.integers(-100_000, 100_000).map(lambda v: v / 1000),
    *[st.integers(0, 20_000).map(lambda s: s * S)] * 4,
    st.just(2.5),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(rows, min_size=1, max_size=5), st.lists(st.integers(1, 300), min_size=5, max_size=5))
def test_any_return_plan_comes_back_within_a_step(plan, gaps):
    times = np.cumsum(gaps)
    plan = [replace(r, t_us=int(t) * S) for r, t in zip(plan, times, strict=False)]
    back = returns_of_body(return_body(plan))
    step = max(abs(v) for r in plan for v in (*r.target_m, r.arrival_m, r.neck_m)) / 32_767 + 0.001
    for a, b in zip(plan, back, strict=True):
        assert (a.t_us, a.action, a.before_us, a.after_us) == (b.t_us, b.action, b.before_us, b.after_us)
        if a.action != Homing.LAND:
            assert a.way_us == b.way_us
            assert np.allclose(a.target_m, b.target_m, atol=step)
        if a.action == Homing.STRAIGHT:
            assert (a.neck_us, b.accel_mps2) == (b.neck_us, 2.5)
            assert np.allclose((a.arrival_m, a.neck_m), (b.arrival_m, b.neck_m), atol=step)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_rows_or_a_value_error(body):
    with suppress(ValueError):
        assert len(returns_of_body(body)) <= 65_535


@pytest.mark.parametrize("form_id", ["skyb", "skyc"])
def test_the_gate_writes_and_reads_return_plans(form_id, tmp_path):
    plan = home_again(small_swarm())
    receipt = publish(plan, [form_id], tmp_path / "out")
    assert any(f.code == "DRN-044" for f in receipt.findings)
    assert not [f for f in receipt.findings if f.code == "EXP-NO-RETURN"]
    form = formats()[form_id]
    files = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir() if p.suffix == f".{form_id}"}
    back = form.read(files, "x")
    for i, name in enumerate(plan.drones.name):
        theirs = return_plan(back.drones, back.drones.name.index(name))
        for a, b in zip(return_plan(plan.drones, i), theirs, strict=True):
            assert (a.t_us, a.action, a.way_us, a.before_us) == (b.t_us, b.action, b.way_us, b.before_us)
            assert np.allclose(a.target_m, b.target_m, atol=0.01)
            assert b.landing_mps == (a.landing_mps if form_id == "skyc" else 0.0)


def test_skyc_says_what_the_schema_names_and_no_more():
    files = formats()["skyc"].write(home_again(small_swarm()))
    show = json.loads(zipfile.ZipFile(BytesIO(next(iter(files.values())))).read("show.json"))
    plan = show["swarm"]["drones"][1]["settings"]["rthPlan"]
    assert plan["landingSpeed"] == 1.0
    assert [e["action"] for e in plan["entries"]] == ["land", "goToKeepAlt", "goToStraight"]
    for entry in plan["entries"]:
        assert len(entry["target"]) == 3, "Skybrush Live asks for three numbers"
        assert isinstance(entry["time"], int)
    assert plan["entries"][2]["target"][2] == 13.0


def test_what_a_file_cannot_say_is_told(tmp_path):
    plan = home_again(small_swarm(), neck=1.0)
    receipt = publish(plan, ["skyc", "skyb", "vviz"], tmp_path / "out")
    without = [f.message.split(":")[0] for f in receipt.findings if f.code == "EXP-NO-RETURN"]
    assert without == ["skyc", "vviz"]


def test_a_moment_between_seconds_is_refused():
    plan = small_swarm()
    odd = with_return_plans(plan.drones, [[Return(4_500_000)]] * len(plan.drones))
    with pytest.raises(Unfit, match=r"whole seconds, found 4\.5 s"):
        formats()["skyb"].write(replace(plan, drones=odd))


@pytest.mark.parametrize(
    "wrong",
    [
        {"target_m": (0.0, 1.0, 0.0)},
        {"t_us": 31 * S},
        {"way_us": 21 * S},
        {"arrival_m": 11.0},
        {"action": Homing.LAND},
        {"landing_mps": 2.0},
    ],
)
def test_the_comparison_sees_another_return_plan(wrong):
    plan = home_again(small_swarm())
    form = formats()["skyc"]
    back = form.read(form.write(plan), "x")
    takes, resolution = form.carried(plan), form.resolution(plan)
    assert not compared(plan, takes, back, resolution, "skyc").findings
    plans = [list(return_plan(back.drones, i)) for i in range(len(back.drones))]
    plans[1][2] = replace(plans[1][2], **wrong)
    bad = replace(back, drones=with_return_plans(back.drones, plans))
    assert [f.code for f in compared(plan, takes, bad, resolution, "skyc").findings] == ["EXP-RETURN"]
    none = replace(back, drones=with_return_plans(back.drones, [[]] * len(plans)))
    assert [f.code for f in compared(plan, takes, none, resolution, "skyc").findings] == ["EXP-RETURN"]


def changed(change):
    """A `.skyc` with the first drone's return plan changed, read."""
    files = formats()["skyc"].write(home_again(small_swarm()))
    (name, data), members = next(iter(files.items())), {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {m: archive.read(m) for m in archive.namelist()}
    show = json.loads(members["show.json"])
    change(show["swarm"]["drones"][0]["settings"]["rthPlan"])
    members["show.json"] = json.dumps(show).encode()
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return formats()["skyc"].read({name: out.getvalue()}, name)


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p["entries"][2].update(preNeckDuration=3),
        lambda p: p["entries"][1].update(action="circle"),
        lambda p: p["entries"][1].update(newThing=1),
        lambda p: p.update(version=2),
    ],
)
def test_what_has_no_known_meaning_is_left_out_and_told(change):
    plan = changed(change)
    assert return_plan(plan.drones, 0) == ()
    assert len(return_plan(plan.drones, 1)) == 3
    assert [f.message for f in plan.problems] == ["skyc: return plan of 1 drones not read"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda p: p["entries"][2].update(time=12), r"rthPlan.entries\[3\]: a later time"),
        (lambda p: p["entries"][1].update(duration=-1), r"rthPlan.entries\[2\].duration"),
        (lambda p: p["entries"][1].update(target="home"), r"rthPlan.entries\[2\].target"),
        (lambda p: p["entries"].insert(0, 7), r"rthPlan.entries\[1\]"),
        (lambda p: p.update(landingSpeed=-1), "landing speed"),
    ],
)
def test_a_broken_return_plan_is_refused_with_its_place(change, place):
    with pytest.raises(BadFile, match=place):
        changed(change)


def test_a_recording_keeps_return_plans_and_moves_turns_and_cuts_them():
    plan = home_again(small_swarm())
    recording = Recording.of_text(Recording(plan.drones).text())
    assert fingerprint(recording.drones) == fingerprint(plan.drones)
    whole = RecordedFlight("r", "r", recording)
    kept = compile_show(Show(title="t", recorded=(whole,), duration_us=200 * S))
    assert return_plan(kept.drones, 2) == return_plan(plan.drones, 2)
    there = RecordedFlight("r", "r", recording, AtTime(10 * S), heading_deg=90.0, at_m=(100.0, 0.0, 2.0))
    moved = compile_show(Show(title="t", recorded=(there,), duration_us=200 * S))
    before, after = return_plan(plan.drones, 1)[2], return_plan(moved.drones, 1)[2]
    assert after.t_us == before.t_us + 10 * S
    x, y, z = before.target_m
    assert after.target_m == pytest.approx((100.0 + y, -x, z + 2.0), abs=1e-9)
    assert after.arrival_m == pytest.approx(before.arrival_m + 2.0)
    cut = RecordedFlight("r", "r", recording, from_us=0, to_us=13 * S)
    parted = compile_show(Show(title="t", recorded=(cut,), duration_us=200 * S))
    assert [r.t_us for r in return_plan(parted.drones, 1)] == [4 * S, 12 * S]


def test_a_flight_may_leave_its_return_plans_behind():
    plan = home_again(small_swarm())
    show, _ = bring_in(empty_show("t"), plan, "a.skyc")
    assert return_plan(compile_show(show).drones, 1) == return_plan(plan.drones, 1)
    bare, report = bring_in(empty_show("t"), plan, "a.skyc", wish=Wish(returns=False))
    assert not len(compile_show(bare).drones.return_t_us)
    assert [f.message for f in report] == [
        f"a.skyc: the return plans of {len(plan.drones)} drones are not taken, as asked"
    ]


def test_recordings_without_return_plans_keep_their_text():
    assert b"return_" not in Recording(small_swarm().drones).text().encode()
