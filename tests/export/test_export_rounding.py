"""Rounding of each cue, half up in integers, in receipt and verify; control rules held against the rounded moments."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from showeditor.cli import main
from showeditor.export.compare import CLOCK_US, compare_firing
from showeditor.export.format import Resolution
from showeditor.export.gate import Refused, publish
from showeditor.export.groups import lost_groups
from showeditor.export.registry import format_named
from showeditor.export.rounding import errors_of, recheck, spread_of
from showeditor.export.verify import read_receipt
from showeditor.model.plan import ControllerSpec, Plan
from showeditor.model.times import round_half_up

from plans_by_hand import firing_of

S = 1_000_000


def fired(*t_us: int, tick_us: int = 10_000, **figures: object) -> Plan:
    """Cues on pins of their own, one position each, on a controller of a tick."""
    firing = firing_of([("Red Peony", 1, k + 1, t) for k, t in enumerate(t_us)], calibre_mm=75.0)
    firing = replace(firing, position=tuple(f"P{k}" for k in range(len(t_us))))
    spec = ControllerSpec("main", "", "controller", 0, 99, 1, 18, tick_us, "test", **figures)
    return Plan("Demo", 60 * S, firing=firing, controllers=(spec,))


def test_the_receipt_holds_the_error_of_every_cue(tmp_path, capsys) -> None:
    plan = replace(fired(10 * S, 11_204_999, 12_205_000, 13_249_999), rules="design-envelope")
    receipt = publish(plan, ["firectrl", "starfire"], tmp_path / "out")
    by_format = {one.id: one.rounding_us for one in read_receipt(tmp_path / "out").formats}
    assert by_format == {one.id: one.rounding_us for one in receipt.formats}
    assert by_format["starfire"] == {"c1": 0, "c2": -4999, "c3": 5000, "c4": 1}
    assert by_format["firectrl"] == {"c1": 0, "c2": 1, "c3": 0, "c4": 1}
    assert main(["verify", str(tmp_path / "out")]) == 0
    said = capsys.readouterr()
    assert "starfire: 3 of 4 cues rounded to 10 ms, at most +5 -4.999 ms (cue c3)" in said.out + said.err


@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=15, unique=True))
def test_what_firing_formats_write_is_rounded_half_up_once(times: list[int]) -> None:
    plan = fired(*times)
    for name in ("cobra-4", "cobra-6", "firectrl", "starfire", "jingduan", "merlin"):
        form = format_named(name)
        tick = form.resolution(plan).tick_us
        read = form.read(form.write(plan), name)
        found = {(int(m), int(p)): int(t) for m, p, t in zip(read.firing.module, read.firing.pin,
                                                             read.firing.ignition_us, strict=True)}  # fmt: skip
        assert found == {(1, k + 1): round_half_up(t, tick) for k, t in enumerate(times)}


@pytest.mark.parametrize(("off_us", "codes"), [(5000 + CLOCK_US, []), (5001 + CLOCK_US, ["EXP-TIME", "EXP-EXTRA"])])
def test_more_than_half_a_tick_and_a_millisecond_blocks(off_us: int, codes: list[str]) -> None:
    plan, read = fired(10 * S), fired(10 * S + off_us)
    found = compare_firing(plan.firing, (0,), read.firing, Resolution(tick_us=10_000), "x").findings
    assert [f.code for f in found if f.severity == "block"] == codes


def test_cues_that_collapse_in_one_tick_are_refused(tmp_path) -> None:
    # 10.06 and 10.13 are 70 ms apart, both are 10.1 in a file that counts tenths
    plan = fired(10_060_000, 10_130_000, tick_us=100_000)
    plan = replace(plan, firing=replace(plan.firing, position=("P", "P")))
    with pytest.raises(Refused) as refused:
        publish(plan, ["cobra-3"], tmp_path / "out")
    assert "CTL-012" in [f.code for f in refused.value.findings if f.severity == "block"]
    assert not (tmp_path / "out").exists()


def test_gaps_are_held_against_the_moments_of_the_file(tmp_path) -> None:
    # the controller counts milliseconds and needs 100; the file counts hundredths: 10.00 and 10.09
    plan = fired(10_004_000, 10_104_000, tick_us=1000, module_gap_us=100_000)
    assert recheck(plan, [(0, 10_004_000), (1, 10_104_000)], (), "x") == []
    (found,) = recheck(plan, [(0, 10_010_000), (1, 10_100_000)], (), "x")
    assert (found.code, found.severity, found.measured) == ("EXP-ROUNDED", "block", 0.09)
    plan = fired(10_006_000, 10_106_000 - 2000 + 500, tick_us=500, module_gap_us=98_000)
    with pytest.raises(Refused) as refused:
        publish(plan, ["starfire"], tmp_path / "out")
    assert "EXP-ROUNDED" in [f.code for f in refused.value.findings]


def test_the_summary_names_the_worst_cue() -> None:
    plan = fired(1 * S, 2 * S, 3 * S)
    errors = errors_of(plan, [(0, 1 * S), (1, 2 * S + 400), (2, 3 * S - 900)])
    assert errors == {"c1": 0, "c2": 400, "c3": -900}
    spread = spread_of(errors)
    assert spread is not None
    assert (spread.cues, spread.moved, spread.worst_us, spread.cue) == (3, 2, 900, "c3")
    assert (spread.late_us, spread.early_us) == (400, 900)
    assert spread.mean_us == pytest.approx(1300 / 3)
    assert spread_of({}) is None


def test_hazard_groups_that_a_file_does_not_carry_are_told(tmp_path) -> None:
    plan = fired(1 * S, 2 * S, 3 * S, hazard_groups=4)
    plan = replace(plan, firing=replace(plan.firing, hazard=("wind", "", "wind")))
    receipt = publish(plan, ["firectrl"], tmp_path / "out")
    (found,) = (f for f in receipt.findings if f.code == "EXP-GROUPS")
    assert (found.severity, found.ids, found.measured) == ("warn", ("c1", "c3"), 2.0)
    assert lost_groups(plan.firing, (0, 1, 2), plan.firing, "x") == ()
    other = replace(plan.firing, hazard=("wind", "", "rain"))
    assert [f.ids for f in lost_groups(plan.firing, (0, 1, 2), other, "x")] == [("c3",)]
