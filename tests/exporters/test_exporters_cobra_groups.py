"""Disable groups of COBRA 7: what a crew switches off in the field is in the file, and read back."""

from dataclasses import replace
from pathlib import Path

import pytest
from exporters.cobra import COBRA_6, COBRA_7
from showeditor.export.gate import publish
from showeditor.model.errors import Unfit
from showeditor.model.plan import ControllerSpec, Plan

from plans_by_hand import firing_of

S = 1_000_000


def grouped(*groups: str) -> Plan:
    firing = firing_of([("Red Peony", 1, k + 1, S * (k + 1)) for k in range(len(groups))], calibre_mm=75.0)
    firing = replace(firing, position=tuple(f"P{k}" for k in range(len(groups))), hazard=groups)
    spec = ControllerSpec("main", "", "controller", 0, 99, 1, 18, 10_000, "test", hazard_groups=12)
    return Plan("Demo", 60 * S, firing=firing, controllers=(spec,))


def event_rows(plan: Plan) -> list[list[str]]:
    (data,) = COBRA_7.write(plan).values()
    return [line.split(",") for line in data.decode().splitlines() if line[:1].isdigit() and line.count(":") == 2]


def test_a_group_stands_in_column_e_and_comes_back() -> None:
    plan = grouped("wind", "", "北坡")
    rows = event_rows(plan)
    assert [row[4] for row in rows] == ["wind", "", "Bei Po"]
    assert {len(row) for row in rows} == {11}
    back = COBRA_7.read(dict(COBRA_7.write(plan)), "show.csv")
    assert back.firing.hazard == ("wind", "", "Bei Po")


def test_the_gate_misses_no_group_in_cobra_7_and_tells_those_lost_in_cobra_6(tmp_path: Path) -> None:
    plan = grouped("wind", "", "北坡")
    kept = publish(plan, ["cobra-7"], tmp_path / "seven")
    assert not [f for f in kept.findings if f.code == "EXP-GROUPS"]
    lost = publish(plan, ["cobra-6"], tmp_path / "six")
    assert [f.code for f in lost.findings if f.code == "EXP-GROUPS"] == ["EXP-GROUPS"]
    (data,) = COBRA_6.write(plan).values()
    assert b"wind" not in data


@pytest.mark.parametrize(
    ("groups", "reason"),
    [(tuple(f"g{k}" for k in range(11)), "10 disable groups at most"), (("w" * 65,), "64 at most")],
)
def test_what_a_script_cannot_hold_is_refused(groups: tuple[str, ...], reason: str) -> None:
    with pytest.raises(Unfit, match=reason):
        COBRA_7.write(grouped(*groups))
