"""Closest approaches of synchronised flights against dense sampling of the same motion."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.kernels.clearance import (
    BENDS,
    SPANS,
    bend_weights,
    bent_controls,
    bent_gaps,
    clock,
    near_pairs,
)
from showeditor.model.arrays import Floats


def flown(ctrl: Floats, per_span: int) -> Floats:
    """Positions (times, n, 3) of bent controls."""
    u = np.linspace(0.0, 1.0, per_span + 1)
    basis = np.stack([k * u**j * (1 - u) ** (5 - j) for j, k in enumerate((1, 5, 10, 10, 5, 1))], axis=1)
    out: Floats = np.einsum("tk,nskc->stnc", basis, ctrl).reshape(-1, len(ctrl), 3)
    return out


def least(places: Floats) -> Floats:
    n = places.shape[1]
    i, j = np.triu_indices(n, 1)
    gaps: Floats = np.linalg.norm(places[:, i] - places[:, j], axis=2).min(axis=0)
    return gaps


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 90), st.integers(0, 10_000), st.floats(0.5, 8.0))
def test_straight_pairs_are_those_that_sampling_finds_and_those_between_samples(n: int, seed: int, gap: float) -> None:
    rng = np.random.default_rng(seed)
    a, b = rng.uniform(-10, 10, (n, 3)), rng.uniform(-10, 10, (n, 3))
    pairs, distance, nearest, pair = near_pairs(a, b, gap)
    s = np.linspace(0.0, 1.0, 401)[:, None, None]
    sampled = least(a + (b - a) * s)
    i, j = np.triu_indices(n, 1)
    found = {(int(p), int(q)): d for (p, q), d in zip(pairs, distance, strict=True)}
    for p, q, d in zip(i, j, sampled, strict=True):
        if d < gap:
            assert found[int(p), int(q)] <= d + 1e-9
    step = np.linalg.norm(b - a, axis=1).max(initial=0.0) / 200.0
    assert len(found) <= (sampled < gap + step).sum()
    if n > 1:
        assert nearest <= sampled.min() + 1e-9
        assert (int(pair[0]), int(pair[1])) in set(zip(i.tolist(), j.tolist(), strict=True))
    else:
        assert nearest == np.inf


def test_more_pairs_than_first_expected_are_all_listed() -> None:
    pairs, _, _, _ = near_pairs(np.zeros((60, 3)), np.ones((60, 3)), 1.0)
    assert len(pairs) == 60 * 59 // 2


@pytest.mark.parametrize("law", [0, 1, 3, 7])
def test_every_clock_runs_from_0_to_1_at_rest_and_is_twice_differentiable(law: int) -> None:
    rows = clock(law)
    slope = np.diff(rows, axis=1) * 5 * SPANS
    bend = np.diff(slope, axis=1) * 4 * SPANS
    assert rows[0, 0] == pytest.approx(0.0, abs=1e-12)
    assert rows[-1, -1] == pytest.approx(1.0)
    for values in (rows, slope, bend):
        assert values[1:, 0] == pytest.approx(values[:-1, -1], abs=1e-8)
    for values in (slope, bend):
        assert values[0, 0] == pytest.approx(0.0, abs=1e-9)
        assert values[-1, -1] == pytest.approx(0.0, abs=1e-9)
    assert slope.min() > -1e-9


@pytest.mark.parametrize("law", [0, 4])
def test_bent_gaps_agree_with_dense_sampling(law: int) -> None:
    rng = np.random.default_rng(law)
    a, b, bend = rng.normal(size=(25, 3)) * 8, rng.normal(size=(25, 3)) * 8, rng.normal(size=(25, BENDS, 3)) * 2
    pairs = np.stack(np.triu_indices(25, 1), axis=1)
    distance, when, apart = bent_gaps(pairs, a, b, bend, clock(law))
    sampled = least(flown(bent_controls(a, b, bend, clock(law)), 200))
    assert (distance <= sampled + 2e-5).all()
    assert np.abs(distance - sampled).max() < 0.02
    assert np.linalg.norm(apart, axis=1) == pytest.approx(distance)
    assert ((when >= 0) & (when <= 1)).all()


def test_a_bend_starts_and_ends_as_the_straight_flight_and_moves_by_one_where_asked() -> None:
    u = np.array([0.2, 0.35, 0.5, 0.8])
    bend = bend_weights(u)[:, :, None] * np.array([1.0, 0.0, 0.0])
    ctrl = bent_controls(np.zeros((4, 3)), np.zeros((4, 3)), bend, clock(0))
    places = flown(ctrl, 20)[:, :, 0]
    for k, at in enumerate(u):
        span, rest = divmod(at * SPANS, 1.0)
        row = min(SPANS - 1, int(span)) * 21 + round((rest if span < SPANS else 1.0) * 20)
        assert places[row, k] == pytest.approx(1.0, abs=1e-9)
    for order in range(3):
        c = np.diff(ctrl, n=order, axis=2)
        assert np.abs(c[:, 0, 0]).max() < 1e-12
        assert np.abs(c[:, -1, -1]).max() < 1e-12
