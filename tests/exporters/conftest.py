"""What the tests of formats share."""

import builtins
import io
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from showeditor.export.names import ascii_text
from showeditor.model.arrays import frozen
from showeditor.model.plan import ControllerSpec, Plan

from plans_by_hand import DEMO, Row, firing_of, small_swarm


@pytest.fixture
def firing_plan() -> Callable[..., Plan]:
    def make(rows: Sequence[Row] = DEMO, owners: Sequence[str] | None = None, **more: object) -> Plan:
        return Plan(title="Demo", duration_us=60_000_000, firing=firing_of(rows, owners, 75.0), **more)

    return make


@pytest.fixture
def demo_plan() -> Plan:
    """The five-shot demo show of the format notes, section 3."""
    firing = firing_of(DEMO, ("fireone_fm",) * 5)
    prefire = (0, 2_800_000, 3_250_000, 0, 3_900_000)
    lasts = (1_500_000, 1_600_000, 2_200_000, 18_000_000, 5_000_000)
    bloom = firing.ignition_us + np.array(prefire, dtype=np.int64)
    firing = replace(
        firing,
        category=("Comets", "Shells", "Shells", "Cakes", "Shells"),
        position=("Pos-01", "Pos-01", "Pos-02", "Pos-02", "Pos-01"),
        bloom_us=frozen(bloom, np.int64, (None,)),
        end_us=frozen(bloom + np.array(lasts, dtype=np.int64), np.int64, (None,)),
        calibre_mm=frozen([45.0, 75.0, 100.0, 30.0, 125.0], np.float32, (None,)),
        place_m=frozen([(x, 0.0, 0.0) for x in (-50, -50, 50, 50, -50)], np.float64, (None, 3)),
    )
    return Plan(title="Demo", duration_us=60_000_000, firing=firing)


@pytest.fixture
def spec() -> Callable[[str, str], ControllerSpec]:
    def make(name: str, model: str) -> ControllerSpec:
        return ControllerSpec(name, model, model, 0, 199, 1, 18, 10_000, "test")

    return make


@pytest.fixture
def drone_plan() -> Plan:
    return small_swarm()


@pytest.fixture
def sealed_off(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """While this holds, opening a file, a socket or a process fails the test."""
    ascii_text("云")  # the dictionary of pinyin is part of the program and is loaded when first needed

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError(f"a format touched the outside world: {args!r}")

    with monkeypatch.context() as patch:
        patch.setattr(builtins, "open", refuse)
        patch.setattr(io, "open", refuse)
        patch.setattr(os, "open", refuse)
        patch.setattr(socket, "socket", refuse)
        patch.setattr(os, "fork", refuse)
        yield
