"""Plans read from files become shows that can be edited: nothing moves, nothing goes unsaid."""

from dataclasses import replace as other

import numpy as np
import pytest
from msgspec.structs import replace
from showeditor.model.arrays import frozen
from showeditor.model.errors import BadInput
from showeditor.model.fingerprint import fingerprint
from showeditor.model.limits import Limits
from showeditor.model.plan import ControllerSpec, Mark, Plan
from showeditor.model.stage import CaptionSpan, StageEvent
from showeditor.planning.compile import compile_show
from showeditor.storage.text import show_of_text, show_to_text
from showeditor.timeline.edits import move_cues
from showeditor.timeline.import_effects import devices_in, named
from showeditor.timeline.importing import Wish, bring_in, empty_show
from showeditor.timeline.recordings import (
    add_recording,
    change_recorded,
    cut_recorded,
    delete_recorded,
    place_recorded,
    shift_recorded,
)

from plans_by_hand import DEMO, firing_of, small_swarm


def codes(findings):
    return [f.code for f in findings]


def script(rows=DEMO, model="cobra-6", **more):
    spec = ControllerSpec("cobra", model, "COBRA", 0, 199, 1, 18, 10_000, "test")
    firing = firing_of(rows, ["cobra"] * len(rows))
    return Plan("Demo", 60_000_000, firing=other(firing, **more), controllers=(spec,))


def test_every_ignition_keeps_its_moment_and_its_pin():
    plan = script()
    show, _ = bring_in(empty_show("x"), plan, "demo.csv")
    back = compile_show(show_of_text(show_to_text(show), "x")).firing
    order = np.argsort(back.ignition_us, kind="stable")
    wanted = np.argsort(plan.firing.ignition_us, kind="stable")
    for column in ("ignition_us", "module", "pin"):
        assert getattr(back, column)[order].tolist() == getattr(plan.firing, column)[wanted].tolist()
    assert show.controllers[0].model == "cobra-6"
    moved = move_cues(show, [next(show.cues()).id], 500_000)
    assert compile_show(moved).firing.ignition_us.tolist() != back.ignition_us.tolist()


def test_what_the_file_knows_beside_the_name_goes_into_the_description():
    one = named("Red Peony", calibre_mm=75, prefire_us=2_800_000, category="Shells")
    assert one.effect == "75mm 2.8 PFT Red Peony"
    assert one.prefire_off_us == 0
    assert named("100mm Red Peony", calibre_mm=75).other_calibre_mm == 75
    assert named("36 Shot Fan Cake", calibre_mm=30, lasts_us=18_000_000).length_off_us == 0
    assert not named("Zorg the Mighty").readable
    assert named("Crossette Wizard Peony").unknown == ("Wizard",)
    assert named("Red Peony", category="Comets").other_kind == "Comets"


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("2 x Mine + Red Comet", ("Mine", "Mine", "Red Comet")),
        ("3 x Red Peony", ("Red Peony",) * 3),
        ("75mm Red Peony Chain of 5", ("75mm Red Peony Chain of 5",)),
        ("Red Comet + Blue Comet Cake 20 shots", ("Red Comet + Blue Comet Cake 20 shots",)),
        ("Mine + Zorg", ("Mine + Zorg",)),
    ],
)
def test_rows_of_several_devices(text, devices):
    assert devices_in(text) == devices


def test_a_row_of_two_devices_is_two_cues_on_one_pin():
    show, report = bring_in(empty_show("x"), script([("2 x Mine", 1, 4, 5_000_000)]), "a.csv")
    cues = tuple(show.cues())
    assert [c.address.pin for c in cues] == [4, 4]
    assert {c.when.t_us for c in cues} == {5_000_000}
    assert "IMPORT-SPLIT" in codes(report)


def test_the_report_names_what_did_not_come_through():
    rows = [("Zorg the Mighty", 1, 1, 0), ("Crossette Wizard Peony", 1, 2, 10**6), ("Mine", -1, -1, 2 * 10**6)]
    show, report = bring_in(empty_show("x"), script(rows), "a.csv")
    assert {"IMPORT-EFFECT", "IMPORT-WORDS", "IMPORT-ADDRESS"} <= set(codes(report))
    assert next(f for f in report if f.code == "IMPORT-EFFECT").ids == ("c1",)
    assert all(f.message_zh for f in report)
    assert [c.effect for c in show.cues()] == ["Zorg the Mighty", "Crossette Wizard Peony", "Mine"]
    assert tuple(show.cues())[2].address is None


def test_times_before_zero_move_the_whole_file():
    show, report = bring_in(empty_show("x"), script([("Mine", 1, 1, -1_500_000), ("Mine", 1, 2, 0)]), "a.csv")
    assert [c.when.t_us for c in show.cues()] == [500_000, 2_000_000]
    assert "IMPORT-SHIFT" in codes(report)


def test_places_and_leans_come_through():
    n = len(DEMO)
    plan = script(
        position=("A", "A", "B", "B", "A"),
        place_m=frozen([(-50, 0, 0), (-50, 0, 0), (50, 2, 1), (50, 2, 1), (-50, 0, 0)], "float64", (None, 3)),
        azimuth_deg=frozen([90.0, 270.0] + [0.0] * (n - 2), "float32", (None,)),
        tilt_deg=frozen([30.0, 15.0] + [0.0] * (n - 2), "float32", (None,)),
    )
    show, report = bring_in(empty_show("x"), plan, "a.csv")
    assert {p.id: p.at_m for p in show.venue.positions} == {"A": (-50, 0, 0), "B": (50, 2, 1)}
    assert "IMPORT-PLACE" not in codes(report)
    back = compile_show(show).firing
    first = [back.cue.index(c.id) for c in show.cues()]
    assert np.allclose(back.azimuth_deg[first][:2], [90, 270])
    assert np.allclose(back.tilt_deg[first][:2], [30, 15], atol=1e-4)


def test_a_controller_of_no_known_make_waits_for_its_model():
    show, report = bring_in(empty_show("x"), script(model=""), "a.csv")
    assert "IMPORT-CONTROLLER" in codes(report)
    assert any(f.code == "PLAN-MODEL" and f.severity == "block" for f in compile_show(show).problems)
    show, report = bring_in(empty_show("x"), script(model=""), "a.csv", wish=Wish(model="firetek"))
    assert show.controllers[0].model == "firetek"
    assert "IMPORT-CONTROLLER" not in codes(report)


def test_two_files_meet_in_one_show():
    show, _ = bring_in(empty_show("x"), script(), "a.csv")
    show, _ = bring_in(show, script(model="firetek"), "b.csv")
    assert [(c.id, c.model) for c in show.controllers] == [("cobra", "cobra-6"), ("cobra-2", "firetek")]
    assert [t.name for t in show.tracks] == ["a.csv", "b.csv"]
    assert len({c.id for c in show.cues()}) == 2 * len(DEMO)
    assert show_of_text(show_to_text(show), "x") == show


def test_a_flight_keeps_its_paths_its_limits_and_its_marks():
    plan = other(small_swarm(), limits=Limits(min_gap_m=1.5), limits_source="file", marks=(Mark("Act", 3_000_000),))
    show, report = bring_in(empty_show("x"), plan, "fly.skyc", "0" * 64)
    compiled = compile_show(show)
    assert fingerprint(compiled.drones) == fingerprint(plan.drones)
    assert compiled.limits.min_gap_m == 1.5
    assert show.recorded[0].source.startswith("fly.skyc 000")
    assert [(m.name, m.when.t_us) for m in show.markers] == [("Act", 3_000_000)]
    assert show.duration_us >= show.recorded[0].ends_us
    assert not [f for f in report if f.severity == "block"]
    again, report = bring_in(show, plan, "fly.skyc")
    assert again.recorded[1].prefix == "r02-"
    assert "IMPORT-NAMES" in codes(report)


def test_a_flight_can_be_shifted_placed_cut_and_taken_out():
    show, _ = bring_in(empty_show("x"), small_swarm(), "fly.skyc", wish=Wish(offset_us=2_000_000, at_m=(1.0, 0.0, 0.0)))
    show = shift_recorded(show, "r01", -500_000)
    assert show.recorded[0].start.t_us == 1_500_000
    assert shift_recorded(show, "r01", -(10**9)).recorded[0].start.t_us == 0
    show = place_recorded(show, "r01", (5.0, 6.0, 0.0), 45.0)
    show = cut_recorded(show, "r01", 1_000_000, 9_000_000)
    flight = show.recorded[0]
    assert (flight.at_m, flight.heading_deg, flight.from_us, flight.to_us) == ((5, 6, 0), 45, 10**6, 9 * 10**6)
    assert flight.recording is change_recorded(show, "r01", name="n").recorded[0].recording
    with pytest.raises(BadInput, match="cut of a recorded flight"):
        cut_recorded(show, "r01", 5, 5)
    with pytest.raises(BadInput, match="unknown recorded flight: r9"):
        shift_recorded(show, "r9", 1)
    assert not delete_recorded(show, "r01").recorded


def test_the_same_edit_gives_the_same_show():
    show, flight = add_recording(
        empty_show("x"), bring_in(empty_show("x"), small_swarm(), "f")[0].recorded[0].recording, "a"
    )
    assert change_recorded(show, flight, name="a") == show
    assert replace(show) == show


def test_stage_cues_and_captions_come_over_on_tracks_of_their_own():
    plan = Plan(
        "Demo",
        60_000_000,
        stage=(StageEvent("a", 1_000_000, "LX 1", "Lights"), StageEvent("b", 2_000_000, "SND 1", "Sound", note="loud")),
        captions=(CaptionSpan("1", 3_000_000, 4_500_000, "云起", "Clouds", "Voice"),),
    )
    show, report = bring_in(empty_show("x"), plan, "cues.csv", wish=Wish(offset_us=500_000))
    back = compile_show(show_of_text(show_to_text(show), "x"))
    assert [(e.t_us, e.name, e.department, e.note) for e in back.stage] == [
        (1_500_000, "LX 1", "Lights", ""),
        (2_500_000, "SND 1", "Sound", "loud"),
    ]
    assert [(c.t0_us, c.t1_us, c.zh, c.en, c.speaker) for c in back.captions] == [
        (3_500_000, 5_000_000, "云起", "Clouds", "Voice")
    ]
    assert show.duration_us == 6_000_000
    assert not report
    twice, _ = bring_in(show, plan, "cues.csv")
    assert len({cue.id for track in twice.stage for cue in track.cues}) == 4
