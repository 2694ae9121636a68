"""What the tests of the gate share."""

from collections.abc import Callable, Sequence

import pytest
from showeditor.model.plan import Plan

from plans_by_hand import DEMO, Row, firing_of, small_swarm


@pytest.fixture
def firing_plan() -> Callable[..., Plan]:
    def make(rows: Sequence[Row] = DEMO, owners: Sequence[str] | None = None, **more: object) -> Plan:
        return Plan(title="Demo", duration_us=60_000_000, firing=firing_of(rows, owners), **more)

    return make


@pytest.fixture
def drone_plan() -> Plan:
    return small_swarm()
