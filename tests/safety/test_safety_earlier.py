"""Checks that go on from an earlier one against checks from scratch."""

from collections.abc import Callable
from dataclasses import replace

import msgspec
import numpy as np
import pytest
from safety_plans import drones_of, night, quiet, smooth
from showeditor.kernels.paths import Paths
from showeditor.kernels.recheck import Checked, check_again
from showeditor.model.arrays import Longs
from showeditor.model.plan import Plan
from showeditor.safety.check import check
from showeditor.safety.earlier import Earlier


def swarm(by: tuple[float, float, float], gap_m: float = 2.0, count: int = 12) -> Plan:
    """Drones in a row that fly out and back, of which two are bent towards their neighbours on the way."""
    flights = []
    for i in range(count):
        here, there = np.array([4.0 * i, 0, 30]), np.array([4.0 * i, 30, 40])
        out, back = smooth(here, there), smooth(there, here)
        if i in (3, 7):
            out[2:4] += np.array(by) * (1 if i == 3 else -1)
        flights.append(night(4.0 * i, 0.0, (30.0, 50.0, out), (50.0, 60.0, there[None]), (60.0, 80.0, back), top=30.0))
    plan = quiet()
    return replace(plan, drones=drones_of(*flights), limits=msgspec.structs.replace(plan.limits, min_gap_m=gap_m))


def told(plan: Plan, kept: Earlier | None) -> list[tuple[object, ...]]:
    """What a check says; of the closest pair only how close, as many are equally close in a row."""
    rows: list[tuple[object, ...]] = []
    for f in check(plan, earlier=kept):
        if f.code == "DRN-020":
            rows.append((f.code, f.severity, round(f.measured or 0.0, 3)))
        else:
            rows.append((f.code, f.severity, f.ids, round(f.t0_us / 4000), round(f.t1_us / 4000)))
    return sorted(rows, key=str)


def test_a_series_of_edits_is_checked_as_from_scratch() -> None:
    kept = Earlier()
    series = [(0.0, 0, 0), (3.6, 0, 0), (3.6, 0, 0), (0, 0, 0.5), (-8.0, 1, 0), (0.0, 0, 0)]
    answers = [told(swarm(by), kept) for by in series]
    assert answers == [told(swarm(by), None) for by in series]
    assert any(row[0] == "DRN-001" for row in answers[1])
    assert not any(row[0] == "DRN-001" for row in answers[0])


def test_other_limits_and_other_drones_are_checked_anew() -> None:
    kept = Earlier()
    for plan in (swarm((0, 0, 0)), swarm((0, 0, 0), gap_m=4.5), swarm((0, 0, 0), count=9), swarm((1, 0, 0), count=9)):
        assert told(plan, kept) == told(plan, None)


def test_only_what_an_edit_changes_is_searched_and_a_cancelled_check_is_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class StopError(Exception):
        pass

    def stop(share: float) -> None:
        raise StopError

    again: list[Checked] = []

    def noted(before: Checked, paths: Paths, phases: Longs, **more: Callable[[float], None] | None) -> Checked:
        again.append(before)
        return check_again(before, paths, phases, progress=more["progress"])

    monkeypatch.setattr("showeditor.safety.earlier.check_again", noted)
    kept = Earlier()
    check(swarm((0, 0, 0)), earlier=kept)
    assert not again
    with pytest.raises(StopError):
        check(swarm((3.6, 0, 0)), earlier=kept, progress=stop)
    assert told(swarm((3.6, 0, 0)), kept) == told(swarm((3.6, 0, 0)), None)
    assert told(swarm((0, 0, 0)), kept) == told(swarm((0, 0, 0)), None)
    assert len(again) >= 2
