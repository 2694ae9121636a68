import math

import numpy as np
import pytest
from numpy.polynomial import chebyshev
from showeditor.effects.reading import read
from showeditor.model.cue import Address, Controller, Cue, Track
from showeditor.model.finding import blocks
from showeditor.model.music import AtBeat, AtTime, Music, TempoMap, TempoMark
from showeditor.model.plan import ShotKind
from showeditor.model.show import Act, Marker, Show
from showeditor.model.venue import Position, Venue, Wind
from showeditor.planning.compile import compile_show

NORTH = Position("N", "north bank", (100.0, 50.0, 2.0), heading_deg=0.0)
EAST = Position("E", "east", (0.0, 0.0, 0.0), heading_deg=90.0, tilt_deg=10.0)


def show(*cues, positions=(NORTH, EAST), wind=None, **rest):
    venue = Venue(positions=positions, wind=wind or Wind())
    return Show("t", 200_000_000, venue=venue, tracks=(Track("t", "t", tuple(cues)),), **rest)


def cue(effect="75mm Red Peony", t_us=20_000_000, id="c", position="N", **rest):
    return Cue(id, effect, position, AtTime(t_us), **rest)


def codes(plan):
    return [f.code for f in plan.problems]


def test_the_bloom_stands_at_the_given_moment_and_the_ignition_is_worked_back():
    plan = compile_show(show(cue("75mm Red Peony 0.2 PFT")))
    rise = read("75mm Red Peony").shots[0].rise_us
    assert plan.firing.bloom_us.tolist() == [20_000_000]
    assert plan.firing.ignition_us.tolist() == [20_000_000 - rise - 200_000]
    assert plan.shots.lift_us.tolist() == [20_000_000 - rise]
    assert plan.shots.break_us.tolist() == [20_000_000]
    assert not plan.problems


def test_a_cue_may_hold_its_ignition_instead():
    plan = compile_show(show(cue(holds="ignition")))
    assert plan.firing.ignition_us.tolist() == [20_000_000]
    assert plan.firing.bloom_us[0] > 24_000_000


def test_a_bloom_on_the_beat_follows_the_tempo_map():
    music = Music(downbeat_us=1_000_000, tempo=TempoMap(tempos=(TempoMark(0, 625_000),)))
    beat = Cue("c", "45mm Gold Comet", "N", AtBeat(960 * 4))
    assert compile_show(show(beat, music=music)).firing.bloom_us.tolist() == [3_500_000]


def test_a_vertical_shell_breaks_over_its_mortar_at_the_table_height():
    plan = compile_show(show(cue("150mm Kamuro")))
    assert np.allclose(plan.shots.break_m[0], [100.0, 50.0, 202.0], atol=0.02)
    assert plan.shots.origin_m.tolist() == [[100.0, 50.0, 2.0]]
    assert plan.shots.height_m[0] == 200
    ends = chebyshev.chebval(np.array([-1.0, 1.0]), plan.shots.rise[0].T)
    assert np.allclose(ends[:, 0], plan.shots.origin_m[0], atol=0.02)
    assert np.allclose(ends[:, 1], plan.shots.break_m[0], atol=0.02)


def test_directions_of_position_and_cue():
    plan = compile_show(show(cue(tilt_deg=30, pan_deg=90), cue(id="d", position="E", tilt_deg=5)))
    assert plan.firing.azimuth_deg.tolist() == pytest.approx([90, 90])
    assert plan.firing.tilt_deg.tolist() == pytest.approx([30, 15])
    assert plan.shots.break_m[0, 0] > 150
    assert plan.shots.break_m[0, 1] == pytest.approx(50.0)


def test_wind_carries_the_shell():
    still, blown = (compile_show(show(cue("75mm Peony"), wind=w)) for w in (Wind(), Wind(10, from_deg=270)))
    drift = blown.shots.break_m[0] - still.shots.break_m[0]
    assert drift[0] > 2
    assert abs(drift[1]) < 1e-9


def test_bursts_of_a_shell_with_pistil_tail_and_mine():
    plan = compile_show(show(cue("100mm Red Peony w/ Gold Pistil w/ Silver Tail w/ Green Mine")))
    looks = [plan.looks[i] for i in plan.bursts.look]
    assert plan.bursts.birth_us.tolist()[:2] == [20_000_000] * 2
    assert plan.bursts.birth_us.tolist()[2:] == [plan.shots.lift_us[0]] * 2
    assert plan.bursts.rides.tolist() == [False, False, True, False]
    assert np.allclose(plan.bursts.origin_m[0], plan.shots.break_m[0])
    assert np.allclose(plan.bursts.velocity_mps[0], plan.shots.break_mps[0])
    assert np.allclose(plan.bursts.origin_m[3], NORTH.at_m)
    assert looks[0].speed_mps > looks[1].speed_mps
    assert len(set(plan.bursts.seed.tolist())) == 4
    assert (plan.shots.end_us >= plan.bursts.birth_us + looks[0].life_s * 1e6).all()
    assert plan.firing.end_us[0] == plan.shots.end_us.max()


def test_a_cake_is_one_line_with_all_its_shots():
    plan = compile_show(show(cue("30mm 5 Shot 4s Gold Comet Cake Fan 60 Degrees, 1 Row (aaaaa/FNR)")))
    assert len(plan.firing) == 1
    assert plan.firing.category == ("Cakes",)
    assert len(plan.shots) == 5
    assert plan.shots.kind.tolist() == [ShotKind.COMET] * 5
    assert plan.shots.ignition_us.tolist() == [20_000_000 + i * 1_000_000 for i in range(5)]
    assert plan.shots.break_m[0, 0] < 100 < plan.shots.break_m[4, 0]
    assert (plan.bursts.shot == np.arange(5)).all()
    lean = math.degrees(math.atan2(plan.shots.muzzle_mps[4, 0], plan.shots.muzzle_mps[4, 2]))
    assert lean == pytest.approx(30)


def test_a_fountain_stands_and_spends_its_sparks_over_its_time():
    plan = compile_show(show(cue("30mm 5s Silver Fountain")))
    assert plan.shots.break_us[0] - plan.shots.lift_us[0] == 5_000_000
    assert np.allclose(plan.shots.break_m, plan.shots.origin_m)
    assert len(plan.bursts) == 50
    assert plan.bursts.birth_us.max() < plan.shots.break_us[0]


def test_muted_tracks_are_not_planned():
    muted = Track("m", "m", (cue(id="x", effect="nonsense"),), muted=True)
    base = show(cue())
    plan = compile_show(Show("t", 200_000_000, venue=base.venue, tracks=(*base.tracks, muted)))
    assert plan.firing.cue == ("c",)
    assert not plan.problems


def test_addresses():
    site = (Controller("K1", "cobra-6"),)
    plan = compile_show(
        show(cue(address=Address("K1", 3, 7)), cue(id="d", address=Address("K9", 1, 1)), cue(id="e"), controllers=site)
    )
    assert plan.firing.module.tolist() == [3, 1, -1]
    assert plan.firing.pin.tolist() == [7, 1, -1]
    assert plan.firing.controller == ("K1", "K9", "")
    assert codes(plan) == ["PLAN-CONTROLLER"]
    (spec,) = plan.controllers
    assert (spec.id, spec.module_hi, spec.pin_lo, spec.pin_hi, spec.tick_us) == ("K1", 199, 1, 18, 10_000)
    assert spec.source


@pytest.mark.parametrize(
    ("bad", "code", "ids"),
    [
        (cue("75mm Frobnicator"), "PLAN-EFFECT", ("c",)),
        (cue("900mm Red Peony"), "PLAN-EFFECT", ("c",)),
        (cue(position="Q"), "PLAN-POSITION", ("c", "Q")),
        (cue(tilt_deg=95), "PLAN-AIM", ("c", "N")),
        (cue("75mm 30 LFT Peony"), "PLAN-GROUND", ("c", "N")),
    ],
)
def test_what_cannot_be_fired_blocks_and_names_the_cue(bad, code, ids):
    plan = compile_show(show(bad, cue(id="good")))
    assert codes(plan) == [code]
    assert plan.problems[0].ids == ids
    assert blocks(plan.problems)
    assert "cue c" in plan.problems[0].message
    assert "点火 c" in plan.problems[0].message_zh
    assert "good" in plan.firing.cue


def test_words_that_are_not_understood_are_reported_but_fire():
    plan = compile_show(show(cue("75mm Red Frobnicator Dhalia")))
    assert codes(plan) == ["PLAN-WORDS"]
    assert plan.problems[0].message == "cue c: not understood in its effect: Frobnicator, Dhalia (Dhalia → Dahlia?)"
    assert not blocks(plan.problems)
    assert len(plan.firing) == 1


def test_ids_used_twice_block():
    site = (Controller("K", "cobra-6"), Controller("K", "abacus-1"))
    plan = compile_show(show(cue(), cue(), positions=(NORTH, NORTH), controllers=site))
    assert codes(plan) == ["PLAN-TWICE", "PLAN-TWICE", "PLAN-MODEL", "PLAN-TWICE"]


def test_marks_come_from_acts_and_markers():
    plan = compile_show(
        show(acts=(Act("a", "合", 9_000_000, 12_000_000), Act("b", "起", 0, 9_000_000)),
             markers=(Marker("m", "hit", AtBeat(960 * 20)),))
    )  # fmt: skip
    assert [(m.name, m.t_us) for m in plan.marks] == [("起", 0), ("合", 9_000_000), ("hit", 10_000_000)]


def test_an_empty_show_is_an_empty_plan():
    plan = compile_show(Show("t", 1))
    assert (len(plan.firing), len(plan.shots), len(plan.bursts), plan.looks) == (0, 0, 0, ())


def test_arrays_are_read_only():
    plan = compile_show(show(cue(), cue("45mm Gold Comet", id="d")))
    for part in (plan.firing, plan.shots, plan.bursts):
        for name in part.__slots__:
            value = getattr(part, name)
            assert not isinstance(value, np.ndarray) or not value.flags.writeable, name
