"""The fleets that the benchmarks write are shows that could be flown; fleets above a limit are split and told."""

from dataclasses import replace

import pytest
from exporters.skyc.writing import MOST_DRONES
from showeditor.bench.fleet import fleet_plan
from showeditor.export.gate import publish
from showeditor.export.registry import formats
from showeditor.model.finding import blocks
from showeditor.safety.check import check


@pytest.mark.parametrize("count", [1, 30])
def test_the_fleet_is_clear(count):
    plan = fleet_plan(count, 4)
    assert len(plan.drones) == count
    assert 220_000_000 < plan.duration_us <= 240_000_000
    assert not blocks(check(plan))


def test_a_fleet_above_the_limit_is_split_and_the_receipt_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("exporters.skyc.writing.MOST_DRONES", 12)
    monkeypatch.setattr("exporters.skyc.MOST_DRONES", 12)
    assert MOST_DRONES == 5000
    told = []
    receipt = publish(replace(fleet_plan(30, 3), title="big"), ["skyc"], tmp_path / "out", progress=told.append)
    assert [f.name for f in receipt.files] == ["big-1.skyc", "big-2.skyc", "big-3.skyc"]
    (split,) = [f for f in receipt.findings if f.code == "FORMAT-SPLIT"]
    assert "30 drones are written as 3 files" in split.message
    assert told == sorted(told)
    assert len(told) > 5
    assert told[-1] == 1.0
    whole = formats()["skyc"].read({f.name: (tmp_path / "out" / f.name).read_bytes() for f in receipt.files}, "big")
    assert len(whole.drones) == 30
