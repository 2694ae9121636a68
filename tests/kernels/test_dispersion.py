"""The order of the farthest points against the plain loop, with and without a reach of each point's own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from showeditor.kernels.dispersion import farthest_first

Points = NDArray[np.float64]


def plain(points: Points, most: int, least: float, reach: Points) -> list[int]:
    way = points - 0.5 * (points.min(axis=0) + points.max(axis=0))
    chosen = [int(np.argmax((way**2).sum(axis=1)))]
    value = np.full(len(points), np.inf)
    while len(chosen) < most:
        value = np.minimum(value, np.linalg.norm(points - points[chosen[-1]], axis=1) / reach)
        if value.max() < least or value.max() == 0.0:
            break
        chosen.append(int(np.argmax(value)))
    return chosen


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 200), st.integers(0, 9999), st.integers(1, 60), st.floats(0.0, 0.5), st.booleans(), st.booleans())
def test_the_order_is_that_of_the_plain_loop(n: int, seed: int, most: int, least: float, flat: bool, own: bool) -> None:
    rng = np.random.default_rng(seed)
    points = rng.uniform(0, 4, (n, 3)) * [1.0, 1.0, 0.0 if flat else 1.0]
    reach = rng.uniform(1, 3, n) if own else np.ones(n)
    rows, apart = farthest_first(points, most, least, reach if own else None)
    assert rows.tolist() == plain(points, most, least, reach)
    assert np.isinf(apart[0])
    assert (np.diff(apart) <= 1e-12).all()


def test_every_beginning_is_apart_by_its_last_distance() -> None:
    points = np.random.default_rng(1).normal(size=(3000, 3))
    rows, apart = farthest_first(points, 200)
    for count in (2, 17, 200):
        part = points[rows[:count]]
        gaps = np.linalg.norm(part[:, None] - part[None], axis=-1) + np.eye(count) * 9.0
        assert gaps.min() == pytest.approx(apart[count - 1])


def test_equal_points_count_once() -> None:
    points = np.repeat(np.arange(12.0).reshape(4, 3), 5, axis=0)
    assert len(farthest_first(points, 20)[0]) == 4
    assert len(farthest_first(np.zeros((0, 3)), 20)[0]) == 0
