"""Ways down against the finer kernel of ballistics and against their own halves."""

import numpy as np
from showeditor.kernels.ballistics import fall_to_ground
from showeditor.kernels.descent import descents, landings


def bodies(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    place = np.column_stack([rng.uniform(-50, 50, (n, 2)), rng.uniform(0, 300, n)])
    velocity = rng.normal((0, 0, 40), 30, (n, 3))
    wind = np.column_stack([rng.normal(0, 6, (n, 2)), np.zeros(n)])
    return place, velocity, rng.uniform(0.001, 0.02, n), wind, rng.uniform(-5, 0, n)


def test_landings_agree_with_the_fine_kernel() -> None:
    columns = bodies(200)
    fine, _, _ = fall_to_ground(*columns)
    assert np.abs(landings(*columns) - fine[:, :2]).max() < 0.2


def test_the_way_down_ends_where_the_fine_kernel_lands() -> None:
    columns = bodies(100)
    place, _, time = descents(*columns)
    fine, _, when = fall_to_ground(*columns)
    assert ((time >= when - 0.02) & (time <= when + 0.52)).all()
    k = np.round(time / 0.5).astype(int)
    rows = np.arange(len(k))
    before, after = place[rows, np.maximum(k - 1, 0)], place[rows, k]
    share = ((when - (time - 0.5)) / 0.5)[:, None]
    assert np.abs(before + share * (after - before) - fine).max() < 4.0


def test_the_bend_bounds_what_finer_parts_show() -> None:
    columns = bodies(100)
    coarse, bend, time = descents(*columns, step_s=0.5, steps=60)
    finer, _, _ = descents(*columns, step_s=0.0625, steps=480)
    for k in range(60):
        flying = time > (k + 1) * 0.5
        for m in range(9):
            chord = coarse[:, k] + (coarse[:, k + 1] - coarse[:, k]) * m / 8
            away = np.linalg.norm(finer[:, 8 * k + m] - chord, axis=1)
            assert (away[flying] <= bend[flying, k] + 0.05).all()


def test_a_body_still_in_the_air_says_so() -> None:
    _, _, time = descents([(0, 0, 500)], [(0, 0, 0)], [0.5], (0, 0, 0), 0.0, steps=4)
    assert np.isinf(time).all()
