"""Points that keep apart, filled pixels and skeletons against slow and plain ways to get them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.kernels.sampling import keep_apart
from showeditor.kernels.thinning import filled, thinned


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 120), st.integers(0, 9999), st.floats(0.05, 3.0), st.integers(0, 5))
def test_the_greedy_choice_is_that_of_the_plain_loop(n: int, seed: int, spacing: float, given: int) -> None:
    points = np.random.default_rng(seed).uniform(0, 4, (n, 2))
    kept: list[int] = []
    for i in range(n):
        if i < given or all(np.hypot(*(points[i] - points[j])) >= spacing for j in kept):
            kept.append(i)
    assert np.nonzero(keep_apart(points, spacing, min(given, n)))[0].tolist() == kept


def test_an_extent_that_is_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        keep_apart(np.array([[0.0, 0.0], [1e6, 1e6]]), 0.1)


@pytest.mark.parametrize("even_odd", [False, True])
def test_filling_follows_the_rule(even_odd: bool) -> None:
    outer = np.array([[1.0, 1], [19, 1], [19, 15], [1, 15]])
    inner = np.array([[6.0, 5], [12, 5], [12, 9], [6, 9]])
    same_turn = filled([outer, inner], 16, 20, even_odd=even_odd)
    other_turn = filled([outer, inner[::-1]], 16, 20, even_odd=even_odd)
    assert other_turn.sum() == 18 * 14 - 6 * 4
    assert same_turn.sum() == (18 * 14 - 6 * 4 if even_odd else 18 * 14)


def test_filling_a_triangle_counts_pixel_centres_inside() -> None:
    a, b, c = np.array([2.3, 1.1]), np.array([27.2, 9.4]), np.array([8.8, 28.5])
    image = filled([np.array([a, b, c])], 30, 30)
    for r in range(30):
        for col in range(30):
            p = np.array([col + 0.5, r + 0.5])
            sides = [(q[0] - o[0]) * (p[1] - o[1]) - (q[1] - o[1]) * (p[0] - o[0]) for o, q in ((a, b), (b, c), (c, a))]
            assert image[r, col] == (min(sides) > 0 or max(sides) < 0)


def test_what_lies_outside_the_picture_is_cut() -> None:
    assert filled([np.array([[-5.0, -5], [50, -5], [50, 50], [-5, 50]])], 8, 9).all()


def pieces(image: np.ndarray) -> int:
    left = {(int(r), int(c)) for r, c in zip(*np.nonzero(image), strict=True)}
    count = 0
    while left:
        count += 1
        front = [left.pop()]
        while front:
            r, c = front.pop()
            for dr in (-1, 0, 1):
                for dc in (-1, 0, 1):
                    if (r + dr, c + dc) in left:
                        left.discard((r + dr, c + dc))
                        front.append((r + dr, c + dc))
    return count


def test_a_skeleton_is_thin_inside_and_connected() -> None:
    image = np.zeros((40, 60), np.int64)
    image[5:12, 5:55] = 1
    image[5:35, 25:33] = 1
    skeleton = thinned(image)
    assert ((skeleton == 0) | (image == 1)).all()
    assert pieces(skeleton) == pieces(image) == 1
    assert skeleton.sum() < 100
    blocks = skeleton[:-1, :-1] + skeleton[1:, :-1] + skeleton[:-1, 1:] + skeleton[1:, 1:]
    assert (blocks == 4).sum() == 0
    assert thinned(skeleton).tolist() == skeleton.tolist()
