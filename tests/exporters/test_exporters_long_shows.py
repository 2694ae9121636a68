"""Twenty minutes without a rest, known only four times a second, fit the blocks of `.skyb` at half the bytes."""

import numpy as np
import pytest
from exporters.skyb import SKYB
from exporters.skyb.blocks import BIGGEST_BLOCK, Block, unpacked
from exporters.skyb.trajectory import scale_of
from showeditor.export.assembly import Path, drones_of
from showeditor.export.paths import farthest
from showeditor.model.plan import Plan

MINUTES = 20
LINEAR_BYTES = 9 * 4 * 60 * MINUTES
"""Straight pieces four times a second; at 2 m/s2 they stray 16 mm (a t2 / 8), so at our error they would need more."""


def restless(seed, reach):
    """A sum of slow swings in all three axes as cubic pieces a quarter of a second long."""
    rng = np.random.default_rng(seed)
    pace = 2 * np.pi / rng.uniform(7, 20, (3, 4))
    phase, width = rng.uniform(0, 2 * np.pi, (3, 4)), rng.uniform(0.5, 3, (3, 4)) * reach
    t = np.arange(MINUTES * 60 * 4 + 1) / 4
    angle = pace * t[:, None, None] + phase
    place = (width * np.sin(angle)).sum(axis=2) + np.array([0.0, 0.0, 60.0])
    third = (width * pace * np.cos(angle)).sum(axis=2) / 12
    path = Path(f"D{seed}", tuple(place[0]))
    for k in range(len(t) - 1):
        ctrl = np.array([place[k], place[k] + third[k], place[k + 1] - third[k + 1], place[k + 1]])
        path.add(250_000 * (k + 1), ctrl)
    return path


@pytest.mark.parametrize(("seed", "reach"), [(1, 1.0), (2, 8.0)])
def test_a_restless_show_of_20_minutes_fits(seed, reach):
    plan = Plan("long", MINUTES * 60_000_000, drones=drones_of([restless(seed, reach)]))
    ((name, data),) = SKYB.write(plan).items()
    body = unpacked(data)[Block.TRAJECTORY]
    step = scale_of(plan.drones.ctrl) / 1000
    allowed = max(0.010, 2 * step)
    assert len(body) <= BIGGEST_BLOCK
    assert 2 * len(body) <= LINEAR_BYTES
    assert SKYB.resolution(plan).path_m == allowed
    read = SKYB.read({name: data}, "x").drones
    assert farthest(plan.drones, read, [(0, 0)], allowed).distance_m <= allowed
