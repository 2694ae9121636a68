"""Samples out, smooth paths in: errors are proven, rounding is not felt, kinks and stays are kept."""

import time

import numpy as np
import pytest
from exporters.samples import Sampler, changes, colours, end_us, refuse_fast, straying, ticks_until
from exporters.smoothing import Flight, drones_of_flights
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.export.assembly import Key, Path, drones_of
from showeditor.export.paths import farthest
from showeditor.kernels.bernstein import states
from showeditor.model.errors import Unfit
from showeditor.model.plan import Plan
from showeditor.safety.check import check

from plans_by_hand import climb_and_cross, rest_to_rest


def state(drones, t):
    d = drones
    return states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t)


def sampled(drones, tick_us, step):
    t = ticks_until(end_us(Plan("x", 1, drones=drones)), tick_us)
    sampler = Sampler.of(drones)
    rounding = (lambda p: np.round(p / step) * step) if step else (lambda p: p)
    return [Flight(n, t, rounding(sampler.places(i, t))) for i, n in enumerate(drones.name)]


@pytest.fixture
def fleet():
    return drones_of([climb_and_cross(f"D{k}", 5.0 * k, 3.0 * (k % 2), off=91 * k) for k in range(4)])


def test_samples_are_where_the_kernel_says(fleet):
    t = np.array([0, 1_999_999, 2_000_000, 9_876_543, 34_000_001, 63_000_000, 99_000_000])
    sampler = Sampler.of(fleet)
    for k, moment in enumerate(t):
        place, _, _ = state(fleet, int(moment))
        for i in range(4):
            assert sampler.places(i, t)[k] == pytest.approx(place[i], abs=1e-9)


legs = st.lists(
    st.tuples(
        st.integers(700_000, 9_000_000),
        st.tuples(*(st.floats(-6, 6),) * 3),
        st.sampled_from(["smooth", "straight", "stay", "cubic"]),
    ),
    min_size=1,
    max_size=6,
)


def flown(rows):
    path = Path("A", (0.0, 0.0, 0.0), start_us=500_000)
    t, here = path.start_us, np.zeros(3)
    for span, move, kind in rows:
        t += span
        there = here + np.array(move)
        if kind == "stay":
            path.add(t, here[None].copy())
            continue
        if kind == "smooth":
            path.add(t, rest_to_rest(here, there))
        elif kind == "straight":
            path.add(t, np.array([here, there]))
        else:
            path.add(t, np.array([here, here + np.array([1.0, -1.0, 0.5]), there - np.array([0.0, 1.0, 0.0]), there]))
        here = there
    return drones_of([path])


@given(legs, st.sampled_from([100_000, 250_000, 500_000]))
@settings(max_examples=80, deadline=None)
def test_straight_lines_stay_within_what_is_stated(rows, tick):
    drones = flown(rows)
    stated = straying(drones, tick).distance_m
    (flight,) = sampled(drones, tick, 0.0)
    t = np.arange(0, int(flight.t_us[-1]), 7_001)
    true = Sampler.of(drones).places(0, t)
    lines = np.stack([np.interp(t, flight.t_us, flight.places[:, k]) for k in range(3)], axis=1)
    assert np.linalg.norm(lines - true, axis=1).max() <= stated + 1e-9


@given(legs, st.sampled_from([100_000, 250_000, 500_000]), st.sampled_from([0.0, 0.0001, 0.001, 0.01]))
@settings(max_examples=80, deadline=None)
def test_smooth_paths_stay_within_what_is_stated(rows, tick, step):
    drones = flown(rows)
    back = drones_of_flights(sampled(drones, tick, step), step)
    stated = straying(drones, tick).distance_m + step * 3**0.5 + 0.001
    assert farthest(drones, back, [(0, 0)], stated).distance_m <= stated


def test_the_statement_is_not_idle(fleet):
    """A slow show is stated finely, one with a sharp turn coarsely and refused."""
    assert straying(fleet, 250_000).distance_m < 0.005
    path = Path("A", (0.0, 0.0, 0.0))
    path.add(3_000_000, np.array([[0.0, 0, 0], [24.0, 0, 0]]))
    path.add(6_000_000, np.array([[24.0, 0, 0], [0.0, 0, 0]]))
    sharp = Plan("x", 1, drones=drones_of([path]))
    assert straying(sharp.drones, 250_000).distance_m == pytest.approx(16 * 0.25 / 4)
    with pytest.raises(Unfit, match=r"1\.00 m"):
        refuse_fast("vviz", sharp, 250_000)


@pytest.mark.parametrize(("hertz", "step"), [(4, 0.001), (4, 0.01), (10, 0.01), (24, 0.01)])
def test_rounding_is_no_push(fleet, hertz, step):
    """Finite differences of the rounded samples would show up to 23 m/s2; the true paths stay below 0.5."""
    back = drones_of_flights(sampled(fleet, 1_000_000 // hertz, step), step)
    pushes = [np.linalg.norm(state(back, t)[2], axis=1).max() for t in range(0, 65_000_000, 13_007)]
    assert max(pushes) < 0.75
    judged = check(Plan("x", 70_000_000, drones=back))
    assert not [f for f in judged if f.severity == "block"]


def test_a_file_of_straight_lines_reads_as_straight_lines():
    t = np.arange(0, 10_250_000, 250_000)
    x = np.interp(t, [0, 2_000_000, 6_000_000, 10_000_000], [0, 0, 8, 8])
    places = np.stack([x, 0 * x, 0 * x], axis=1)
    back = drones_of_flights([Flight("A", t, places)], 0.0)
    assert len(back.piece_t0_us) <= 8
    for moment in range(0, 10_000_000, 77_777):
        want = np.interp(moment, [0, 2_000_000, 6_000_000, 10_000_000], [0, 0, 8, 8])
        assert state(back, moment)[0][0] == pytest.approx([want, 0, 0], abs=1e-6)
    assert back.off_us.tolist() == [2_000_000]
    assert back.on_us.tolist() == [6_000_000]


def test_rows_far_apart_are_straight_legs():
    t = np.array([0, 14_666_667, 18_666_667, 30_000_000])
    places = np.array([[0, 0, 0], [0, 0, 0.07], [0, 0, 4.0], [9.0, 0, 4.0]])
    back = drones_of_flights([Flight("A", t, places)], 0.0)
    assert state(back, 7_333_333)[0][0] == pytest.approx([0, 0, 0.035], abs=1e-4)
    assert state(back, 16_666_667)[0][0] == pytest.approx([0, 0, 2.035], abs=1e-4)
    assert state(back, 20_000_000)[2][0] == pytest.approx([0, 0, 0], abs=1e-9)


def test_a_stay_keeps_still(fleet):
    back = drones_of_flights(sampled(fleet, 250_000, 0.01), 0.01)
    for t in (36_000_000, 37_000_000):
        assert np.linalg.norm(state(back, t)[1], axis=1).max() == 0.0


def test_joined_pieces_are_few_and_keep_place_and_push(fleet):
    fine = drones_of_flights(sampled(fleet, 40_000, 0.0), 0.0)
    assert len(fine.piece_t0_us) < 4 * 63 * 25 / 6
    for t in range(500_000, 65_000_000, 97_003):
        (p, _, a), (q, _, b) = state(fleet, t), state(fine, t)
        assert np.linalg.norm(p - q, axis=1).max() < 0.001
        assert np.linalg.norm(a - b, axis=1).max() < 0.06


@pytest.mark.parametrize(
    ("t", "places", "words"),
    [
        ([], np.zeros((0, 3)), "no position"),
        ([0, 0], np.zeros((2, 3)), "do not increase"),
        ([0, 5], np.full((2, 3), np.nan), "not a number"),
        ([0, 5], np.full((2, 3), 2e5), "farther"),
        ([0, 10**15], np.zeros((2, 3)), "48 hours"),
    ],
)
def test_senseless_rows_are_refused(t, places, words):
    with pytest.raises(ValueError, match=words):
        drones_of_flights([Flight("A", np.array(t, dtype=np.int64), places)], 0.0)


def test_colours_are_taken_at_the_frame_and_steps_found():
    path = Path("A", (0.0, 0.0, 0.0))
    path.keys = [Key(0, (10, 0, 0, 5)), Key(80_000, (50, 0, 0, 5)), Key(240_000, (130, 0, 0, 5), True)]
    drones = drones_of([path])
    t = np.arange(8, dtype=np.int64) * 40_000
    rows = colours(drones, 0, t, white=False)
    assert rows[:, 0].tolist() == [15, 15, 55, 75, 95, 115, 135, 135]
    assert rows[:, 3].tolist() == [0] * 8
    assert changes(rows).tolist() == [0, 2, 3, 4, 5, 6]
    assert colours(drones, 0, t, white=True)[2].tolist() == [50, 0, 0, 5]


def test_drones_on_different_moments_are_read_as_each_alone():
    rng = np.random.default_rng(2)
    flights = []
    for k in range(5):
        t = np.cumsum(rng.integers(200_000, 300_000, 200))
        s = t * 1e-6
        places = np.round(np.stack([9 * np.sin(s / 6 + k), 5 * np.cos(s / 4), 20 + s / 9], axis=1), 2)
        flights.append(Flight(f"D{k}", t, places))
    together = drones_of_flights(flights, 0.01)
    for k, flight in enumerate(flights):
        alone = drones_of_flights([flight], 0.01)
        assert farthest(alone, together, [(0, k)], 0.002).distance_m < 0.002


def test_a_thousand_drones_in_reasonable_time():
    """600 s at 4 a second for 100 drones: the whole fleet of 1,000 must stay near 10 s on one core."""
    t = np.arange(0, 600_250_000, 250_000)
    s = t * 1e-6
    x = 20 * np.sin(s / 9) + 5 * np.sin(s / 2.3)
    places = np.stack([x, 10 * np.cos(s / 7), 50 + 5 * np.sin(s / 5)], axis=1)
    flights = [Flight(f"D{k}", t, np.round(places + 3.0 * k, 3)) for k in range(100)]
    started = time.process_time()
    drones = drones_of_flights(flights, 0.001)
    assert time.process_time() - started < 6.0
    assert len(drones.piece_t0_us) < 100 * 1200
