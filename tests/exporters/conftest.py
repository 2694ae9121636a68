"""Plans made by hand, small and asymmetric, for the tests of formats."""

import builtins
import io
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from showeditor.export.assembly import Key, Path, drones_of
from showeditor.export.names import ascii_text
from showeditor.model.arrays import frozen
from showeditor.model.limits import Limits
from showeditor.model.plan import ControllerSpec, Firing, Mark, Plan
from showeditor.model.venue import Geodetic, Geofence, Venue

Row = tuple[str, int, int, int]  # effect, module, pin, ignition_us

DEMO: tuple[Row, ...] = (
    ("Gold Comet w/ Red Mine", 1, 1, 10_000_000),
    ("Red Peony 3in", 1, 2, 11_200_000),
    ("Blue To Silver Chrysanthemum", 2, 1, 13_250_000),
    ("36 Shot Fan Cake", 2, 2, 20_000_000),
    ("Gold Kamuro 5in", 1, 3, 36_350_000),
)


def firing_of(rows: Sequence[Row], controllers: Sequence[str] | None = None) -> Firing:
    n = len(rows)
    t = frozen([r[3] for r in rows], np.int64, (None,))
    return Firing(
        cue=tuple(f"c{k}" for k in range(1, n + 1)),
        effect=tuple(r[0] for r in rows),
        category=("Shells",) * n,
        position=("P1",) * n,
        controller=tuple(controllers or ("main",) * n),
        module=frozen([r[1] for r in rows], np.int32, (None,)),
        pin=frozen([r[2] for r in rows], np.int32, (None,)),
        ignition_us=t,
        bloom_us=t,
        end_us=t,
        calibre_mm=frozen([75.0] * n, np.float32, (None,)),
        azimuth_deg=frozen([0.0] * n, np.float32, (None,)),
        tilt_deg=frozen([0.0] * n, np.float32, (None,)),
        place_m=frozen([(0.0, 0.0, 0.0)] * n, np.float64, (None, 3)),
    )


def rest_to_rest(a: Sequence[float], b: Sequence[float]) -> np.ndarray:
    """Degree 7, still in velocity, acceleration and jerk at both ends."""
    return np.array([a] * 4 + [b] * 4, dtype=np.float64)


def climb_and_cross(name: str, x: float, y: float, *, off: int = 0) -> Path:
    """A path with no symmetry: up, then 12 m east and 5 m south, a hold, and down somewhere else."""
    path = Path(name, (x, y, 0.0), start_us=2_000_000 + off)
    t = path.start_us
    here = (x, y, 0.0)
    for seconds, there in (
        (16, (x, y, 12.0)),
        (16, (x + 12.0, y - 5.0, 20.0)),
        (5, None),
        (24, (x + 12.0, y - 5.0, 0.0)),
    ):
        t += seconds * 1_000_000
        if there is None:
            path.add(t, np.array([here]))
        else:
            path.add(t, rest_to_rest(here, there))
            here = there
    path.keys = [
        Key(1_000_000, (0, 0, 40, 0)),
        Key(11_000_000, (255, 180, 0, 0)),
        Key(18_500_000, (0, 20, 255, 0), True),
        Key(30_000_000, (0, 20, 255, 0)),
        Key(30_500_000, (255, 255, 255, 0), True),
        Key(44_000_000, (0, 0, 0, 0)),
    ]
    return path


@pytest.fixture
def firing_plan() -> Callable[..., Plan]:
    def make(rows: Sequence[Row] = DEMO, owners: Sequence[str] | None = None, **more: object) -> Plan:
        return Plan(title="Demo", duration_us=60_000_000, firing=firing_of(rows, owners), **more)

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
    paths = [climb_and_cross(f"D{k:03d}", 4.0 * k, 7.0 * (k % 2), off=137 * k) for k in range(5)]
    return Plan(
        title="云起河湾",
        duration_us=70_000_000,
        venue=Venue(
            origin=Geodetic(28.1386, 113.6294, 45.0),
            geofence=Geofence(((-50.0, -40.0), (90.0, -40.0), (90.0, 60.0), (-50.0, 60.0)), 0.0, 60.0),
        ),
        drones=drones_of(paths),
        limits=Limits(min_gap_m=2.5, max_speed_xy_mps=6.0),
        marks=(Mark("第一幕", 0), Mark("Act 2", 11_000_000)),
    )


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
