"""Ways of drones as lines."""

import numpy as np
from showeditor.model.arrays import frozen
from showeditor.model.plan import Drones, Plan
from showeditor.stage.camera import Camera
from showeditor.stage.overlay import Overlay, overlay_lines
from showeditor.stage.ways import MOST_LINES, way_lines


def flying(n: int) -> Drones:
    """Drones side by side that fly 40 m north in 20 s, the last of them stands still."""
    home = np.array([(3.0 * k, 0.0, 20.0) for k in range(n)])
    ctrl = np.stack([home, home + np.array([0.0, 40.0, 0.0])], axis=1)
    ctrl[-1, 1] = ctrl[-1, 0]
    return Drones(
        name=tuple(f"d{k}" for k in range(n)),
        fleet=("f",) * n,
        home_m=frozen(home, np.float64, (None, 3)),
        off_us=frozen([0] * n, np.int64, (None,)),
        on_us=frozen([20_000_000] * n, np.int64, (None,)),
        piece_start=frozen(range(n + 1), np.int64, (None,)),
        piece_t0_us=frozen([0] * n, np.int64, (None,)),
        piece_t1_us=frozen([20_000_000] * n, np.int64, (None,)),
        ctrl_start=frozen(range(0, 2 * n + 1, 2), np.int64, (None,)),
        ctrl=frozen(ctrl.reshape(-1, 3), np.float64, (None, 3)),
        key_start=frozen([0] * (n + 1), np.int64, (None,)),
    )


def test_a_way_joins_its_ends_and_who_stands_has_none() -> None:
    lines = way_lines(flying(3), None, 5_000_000, 15_000_000).reshape(-1, 2, 7)
    assert set(np.unique(lines[:, :, 0])) == {0.0, 3.0}
    mine = lines[lines[:, 0, 0] == 3.0]
    assert mine[0, 0, 1] == 10.0
    assert mine[-1, 1, 1] == 30.0
    assert (mine[1:, 0, :3] == mine[:-1, 1, :3]).all()
    assert (np.diff(mine[:, 0, 6]) > 0).all()


def test_chosen_drones_only() -> None:
    assert set(np.unique(way_lines(flying(5), [1], 0, 20_000_000)[:, 0])) == {3.0}
    assert len(way_lines(flying(5), [], 0, 20_000_000)) == 0
    assert len(way_lines(flying(5), None, 7, 7)) == 0


def test_a_large_swarm_is_thinned() -> None:
    lines = way_lines(flying(20_000), None, 0, 20_000_000)
    assert 0 < len(lines) // 2 <= MOST_LINES


def test_the_overlay_draws_them() -> None:
    ways = way_lines(flying(3), None, 0, 20_000_000)
    plan = Plan(title="t", duration_us=1, drones=flying(3))
    assert Overlay(ways=ways).any()
    drawn = overlay_lines(plan, Overlay(ways=ways), 0, Camera(), (320, 200))
    assert np.array_equal(drawn, ways)
