"""Control rules at their edges: what is just allowed stays silent, what nobody has stated is said."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safety_control import (
    SHA,
    apart,
    coarse,
    columns,
    flames,
    heard,
    needing,
    on_module,
    run,
    sited,
    two_makes,
)
from safety_plans import S, cue
from showeditor.model.control import Licence, Module, Sound
from showeditor.model.finding import Finding
from showeditor.model.music import Music
from showeditor.model.plan import Plan
from showeditor.model.times import round_half_up
from showeditor.safety.addresses import judge_addresses
from showeditor.safety.case import Case
from showeditor.safety.check import check
from showeditor.safety.control import judge_control
from showeditor.safety.packs import load_pack


def serious(plan: Plan) -> list[Finding]:
    return [f for f in check(plan) if f.severity != "note"]


@pytest.mark.parametrize(
    "plan",
    [
        run(cue("a"), cue("b"), igniters_per_pin=2),
        flames(1.0, refire_gap_us=1 * S),
        run(*on_module(3), module_gap_us=1 * S),
        run(*on_module(3), most_cues=3, most_cues_per_module=3),
        coarse(10.06, 10.11),  # half a tick and 1 ms are allowed
        coarse(10.04, 10.06),  # two ticks
        sited(cue("a", t=49.9), site={"modules": (Module(0, on_us=0, off_us=50 * S),)}),
        sited(*on_module(3), site={}, idle_off_us=10 * S),
        two_makes("timecode", "timecode"),
        heard(Music("a.wav", sha256=SHA), Sound("a.wav", 6000, SHA)),  # half of the 10 ms tick and 1 ms
        apart(30.0),
        needing(Licence("l1", "permit", number="7", until="2026-02-01"), date="2026-02-01"),
        needing(Licence("l1", "permit", number="7")),
        columns(run(cue("a"), cue("b", t=11, address=("main", 0, 2))), rack=("R1", "R1")),
        columns(run(*on_module(3), hazard_groups=2), hazard=("a", "b", "")),
    ],
)
def test_what_is_just_allowed_is_silent(plan: Plan) -> None:
    assert serious(plan) == []


def test_equal_pins_and_ticks_are_one_impulse() -> None:
    assert serious(run(cue("a"), cue("b"), igniters_per_pin=2, most_cues=1, most_cues_per_module=1)) == []


def test_a_pin_that_fires_again_needs_a_flame_a_controller_and_a_time() -> None:
    assert [f.code for f in serious(columns(flames(5.0), category=("Shells", "Flames")))] == ["CTL-002"]
    assert [f.code for f in serious(run(cue("a"), cue("b", t=15), refires=True))] == ["CTL-002"]
    (finding,) = serious(flames(5.0))
    assert (finding.code, finding.measured, finding.limit) == ("CTL-008", 5.0, None)
    assert "not stated" in finding.message
    assert "未说明" in finding.message_zh


def test_gaps_are_judged_after_rounding() -> None:
    # 10.004 and 10.102 are 98 ms apart; on a tick of 10 ms they are 10.00 and 10.10
    cues = (cue("a", t=10.004, address=("main", 0, 1)), cue("b", t=10.102, address=("main", 0, 2)))
    assert serious(run(*cues, module_gap_us=100_000)) == []
    late = (cue("a", t=10.005, address=("main", 0, 1)), cue("b", t=10.104, address=("main", 0, 2)))
    (finding,) = serious(run(*late, module_gap_us=100_000))
    assert (finding.code, finding.measured, finding.limit, finding.unit) == ("CTL-009", 0.09, 0.1, "s")


def test_a_module_that_sleeps_is_found_at_the_first_cue_after_the_pause() -> None:
    cues = [cue("a", t=5, address=("main", 3, 1)), cue("b", t=40, address=("main", 3, 2))]
    (finding,) = serious(sited(*cues, site={}, idle_off_us=30 * S))
    assert (finding.code, finding.ids, finding.limit) == ("CTL-013", ("b",), 35.0)
    later = sited(*cues, site={"modules": (Module(3, on_us=-40 * S),)}, idle_off_us=35 * S)
    assert [f.ids for f in serious(later)] == [("a",)]


def test_a_sound_is_wrong_by_its_start_its_name_or_its_bytes() -> None:
    music = Music("a.wav", start_us=2 * S, sha256=SHA)
    assert serious(heard(music, Sound("a.wav", 2 * S, SHA))) == []
    for sound in (Sound("a.wav", 0, SHA), Sound("b.wav", 2 * S, SHA), Sound("a.wav", 2 * S, "cd" * 32)):
        assert [f.code for f in serious(heard(music, sound))] == ["CTL-016"]
    assert [f.code for f in serious(heard(None, Sound("a.wav")))] == ["CTL-016"]
    (finding,) = serious(heard(music, Sound("a.wav", 1_960_000, SHA)))
    assert finding.measured == pytest.approx(-0.04)
    assert "0.04 s early" in finding.message


def test_what_nobody_states_is_said_once_per_controller() -> None:
    said = [f for f in check(sited(cue("a"), site={})) if f.code == "CTL-020"]
    assert len(said) == 1
    assert "igniters on a pin" in said[0].message
    full = dict(igniters_per_pin=1, module_gap_us=0, most_cues=9, most_cues_per_module=9, idle_off_us=0)
    assert not [f for f in check(sited(cue("a"), site={}, **full)) if f.code == "CTL-020"]


def test_a_module_without_a_stated_place_stands_where_its_cues_are() -> None:
    plan = apart(31.0)
    spec = plan.controllers[0]
    loose = replace(spec, site=type(spec.site)("main", "cobra-6", cable_m=15.5))
    assert [f.code for f in serious(replace(plan, controllers=(loose,)))] == ["CTL-022"]


TIMED = st.lists(
    st.tuples(st.integers(0, 60 * S), st.integers(0, 2), st.integers(1, 4)), min_size=1, max_size=10, unique=True
)


def timed(rows: list[tuple[int, int, int]], shift_us: int = 0, **figures: object) -> Plan:
    """Cues at these microseconds, modules and pins; all at one position."""
    cues = [cue(f"c{k}", t=(10 * S + t + shift_us) / S, address=("main", m, p)) for k, (t, m, p) in enumerate(rows)]
    return sited(*cues, site={}, **figures)


def control(plan: Plan) -> set[tuple[str, tuple[str, ...]]]:
    case = Case(plan, plan.limits, load_pack(plan.rules))
    return {(f.code, f.ids) for f in (*judge_addresses(case), *judge_control(case)) if f.severity == "block"}


@settings(max_examples=40)
@given(TIMED, st.sampled_from(["module_gap_us", "most_cues", "most_cues_per_module", "idle_off_us"]), st.data())
def test_a_stricter_figure_removes_no_finding(
    rows: list[tuple[int, int, int]], figure: str, data: st.DataObject
) -> None:
    low, high = sorted(data.draw(st.lists(st.integers(1, 8), min_size=2, max_size=2)))
    scale = 5 * S if figure.endswith("_us") else 1
    strict, loose = (high, low) if figure == "module_gap_us" else (low, high)
    loosely = control(timed(rows, **{figure: loose * scale}))
    assert loosely <= control(timed(rows, **{figure: strict * scale}))
    assert control(timed(rows)) <= loosely


@settings(max_examples=40)
@given(TIMED, st.integers(0, 50), st.sampled_from([1000, 10_000, 100_000]))
def test_moving_all_by_whole_ticks_changes_nothing(rows: list[tuple[int, int, int]], ticks: int, tick_us: int) -> None:
    figures = {"tick_us": tick_us, "module_gap_us": 200_000, "igniters_per_pin": 1}
    assert control(timed(rows, ticks * tick_us, **figures)) == control(timed(rows, **figures))


@settings(max_examples=40)
@given(TIMED, st.sampled_from([10_000, 100_000]))
def test_cues_in_different_ticks_never_collapse(rows: list[tuple[int, int, int]], tick_us: int) -> None:
    times = [10 * S + t for t, _, _ in rows]
    ids = {i for code, names in control(timed(rows, tick_us=tick_us)) if code == "CTL-012" for i in names}
    for k, t in enumerate(times):
        mates = [u for u in times if round_half_up(u, tick_us) == round_half_up(t, tick_us)]
        apart = max(abs(u - v) for u in mates for v in mates)
        assert (f"c{k}" in ids) == (2 * apart > tick_us + 2000)
