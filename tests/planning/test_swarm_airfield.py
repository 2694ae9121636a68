"""Take-off grids of any density: waiting places, climbs and landings, parking; and flights between random scenes."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.kernels.bernstein import states
from showeditor.model.arrays import Floats
from showeditor.model.limits import Limits
from showeditor.model.music import AtTime
from showeditor.model.points import Points
from showeditor.model.show import Show
from showeditor.model.swarm import Fleet, Flight, Formation, Grid, Placement, Scene
from showeditor.planning.airfield import Airfield, airfield, grid_places
from showeditor.planning.models import drone_model
from showeditor.planning.pieces import assemble
from showeditor.planning.swarm import compile_swarm

S = 1_000_000


def field(
    count: int, columns: int, pad_m: float, gap: float, heading: float = 30.0, park: Grid | None = None
) -> Airfield:
    fleet = Fleet("A", "rtk-dense", count, Grid((1.0, 2.0, 0.5), columns, pad_m, heading), park=park)
    model = drone_model("rtk-dense")
    return airfield(fleet, model, model.limits.tightened(Limits(min_gap_m=gap)))


def least(points: Floats) -> float:
    return min((float(np.linalg.norm(a - b)) for a, b in itertools.combinations(points, 2)), default=math.inf)


def test_a_grid_runs_to_the_right_and_then_ahead() -> None:
    places = grid_places(Grid((10.0, 20.0, 1.0), 2, 3.0, heading_deg=90.0), 3)
    assert places == pytest.approx(np.array([[10, 20, 1], [10, 17, 1], [13, 20, 1.0]]))


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 60), st.integers(1, 9), st.floats(0.4, 6.0), st.floats(1.5, 4.0))
def test_waiting_places_are_apart_so_that_any_flight_from_them_is_clear(
    count: int, columns: int, pad_m: float, gap: float
) -> None:
    here = field(count, columns, pad_m, gap)
    assert least(here.waiting_m) >= math.sqrt(2.0) * gap - 1e-6
    assert here.waiting_m[:, :2] == pytest.approx(here.pads_m[:, :2])
    assert (here.waiting_m[:, 2] - here.pads_m[:, 2]).min() >= here.limits.min_nav_altitude_m


@pytest.mark.parametrize("pad_m", [0.5, 1.0, 1.6, 2.5])
@pytest.mark.parametrize("landing", [False, True])
def test_climbs_and_landings_keep_apart_in_the_air(pad_m: float, landing: bool) -> None:
    here = field(30, 6, pad_m, 1.5)
    blocks, ground_us, last_us = here.landing(7 * S) if landing else here.takeoff(7 * S)
    rows = assemble(30, blocks)
    assert rows.t1_us.max() == last_us
    nearest = math.inf
    for t in range(7 * S, last_us + 1, 50_000):
        place, speed, accel = states(
            rows.piece_start, rows.t0_us, rows.t1_us, rows.ctrl_start, rows.ctrl, here.pads_m, t
        )
        nearest = min(nearest, least(place[(t < ground_us) if landing else (t > ground_us)]))
        assert np.abs(speed[:, :2]).max() == 0.0
        assert -1.0 - 1e-9 <= speed[:, 2].min()
        assert speed[:, 2].max() <= 1.5 + 1e-9
        assert np.abs(accel).max() <= here.limits.max_accel_mps2
    assert nearest >= 1.5


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 40), st.floats(8.0, 60.0), st.integers(0, 99), st.booleans())
def test_parking_keeps_clear_of_the_formation(count: int, height: float, seed: int, declared: bool) -> None:
    park = Grid((0.0, 0.0, 12.0), 5, 2.5) if declared else None
    here = field(40, 8, 2.0, 1.5, park=park)
    shown = np.random.default_rng(seed).uniform(-12, 12, (60, 3)) + np.array([0.0, 0.0, height])
    parked, over = here.parking(shown, count, 2.2)
    assert over == 0
    assert parked.shape == (count, 3)
    if count:
        assert np.linalg.norm(parked[:, None] - shown[None], axis=2).min() >= 2.2
        assert least(parked) >= math.sqrt(2.0) * 1.5 - 1e-6
        assert parked[:, 2].min() >= 3.0


def random_show(seed: int, n: int) -> Show:
    rng = np.random.default_rng(seed)
    formations, scenes = [], []
    for k in range(3):
        m = int(rng.integers(1, n + 1))
        points: list[Floats] = []
        size = 1.75 * (4.0 * m) ** (1 / 3) + 1.0
        while len(points) < m:
            p = rng.uniform(-size, size, 3)
            if all(np.linalg.norm(p - q) >= 1.75 for q in points):
                points.append(p)
        formations.append(Formation(f"f{k}", "f", Points(points)))
        place = Placement(
            (float(rng.uniform(-40, 40)), float(rng.uniform(-40, 40)), float(rng.uniform(30, 60))),
            heading_deg=float(rng.uniform(0, 360)),
            lean_deg=float(rng.uniform(-20, 20)),
            scale=float(rng.uniform(1.0, 1.4)),
        )
        scenes.append(Scene(f"s{k}", f"f{k}", AtTime((120 + 70 * k) * S), int(rng.integers(0, 9)) * S, place))
    fleet = Fleet("A", "rtk-dense", n, Grid((0.0, 0.0, 0.0), int(rng.integers(1, 8)), float(rng.uniform(0.8, 3.0))))
    flight = Flight("f", "A", AtTime(S), tuple(scenes))
    return Show("random", 900 * S, fleets=(fleet,), formations=tuple(formations), flights=(flight,))


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 30))
def test_flights_between_random_scenes_keep_all_limits(seed: int, n: int) -> None:
    swarm = compile_swarm(random_show(seed, n))
    assert {f.code for f in swarm.problems} <= {"PLAN-TIME"}
    d, limits = swarm.drones, swarm.limits
    nearest = math.inf
    for t in range(0, int(d.piece_t1_us.max()) + S, 150_000):
        place, speed, accel = states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t)
        assert np.hypot(speed[:, 0], speed[:, 1]).max() <= limits.max_speed_xy_mps
        assert speed[:, 2].max() <= limits.max_speed_up_mps
        assert -speed[:, 2].min() <= limits.max_speed_down_mps
        assert np.linalg.norm(accel, axis=1).max() <= limits.max_accel_mps2
        air = place[(d.off_us < t) & (t < d.on_us)]
        if len(air) > 1:
            apart = np.linalg.norm(air[:, None] - air[None], axis=2) + np.eye(len(air)) * 1e9
            nearest = min(nearest, float(apart.min()))
    assert nearest >= limits.min_gap_m - 1e-9
    assert all(leg.gap_m >= limits.min_gap_m - 1e-9 for leg in swarm.legs)
