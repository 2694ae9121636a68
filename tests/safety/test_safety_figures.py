"""What is drawn is what is measured: figures against slow and simple counterparts."""

import math
from dataclasses import replace

import numpy as np
import pytest
from safety_plans import S, cue, fireworks, quiet
from shapely import box, union_all
from shapely.geometry import Point, Polygon
from showeditor.kernels.ballistics import drag_per_m
from showeditor.model.arrays import frozen
from showeditor.model.carried import Ignitions
from showeditor.model.look import Look, Template
from showeditor.model.plan import Bursts, Plan, ShotKind
from showeditor.model.venue import Wind
from showeditor.safety.figures import balls, circle, cones, edges, tubes
from showeditor.safety.figures_plan import (
    closed,
    distance_circles,
    dud_areas,
    dud_outlines,
    keep_outs,
    landing_edges,
    narrowed,
    shots_of,
    spark_cones,
)
from showeditor.safety.hazards import Part, hazards
from showeditor.safety.scatter import scatter

MORTAR = np.array([400.0, 0.0])


def ruled(pack: str, *cues: dict[str, object]) -> Plan:
    return replace(quiet(), rules=pack, **fireworks(*cues))


def test_a_circle_is_round_and_its_half_lies_towards_the_bearing() -> None:
    whole = circle((1.0, 2.0, 3.0), 10.0)
    assert np.hypot(whole[:, 0] - 1, whole[:, 1] - 2) == pytest.approx(10.0)
    assert set(whole[:, 2]) == {3.0}
    # a closed way: the end of each line is the start of the next
    assert whole[1::2] == pytest.approx(np.roll(whole[::2], -1, axis=0))
    half = circle((0.0, 0.0, 0.0), 10.0, towards_deg=90.0)
    assert half[:, 0].min() == pytest.approx(0.0, abs=1e-9)
    assert half[:, 0].max() == pytest.approx(10.0)
    assert half[1::2] == pytest.approx(np.roll(half[::2], -1, axis=0))


def test_balls_and_tubes_lie_on_their_surface() -> None:
    centre, radius = np.array([[0.0, 0, 50], [20, 5, 10]]), np.array([4.0, 7.0])
    lines = balls(centre, radius)
    away = np.abs(np.linalg.norm(lines[:, None] - centre, axis=2) - radius).min(axis=1)
    assert away.max() < 1e-9
    start, end = np.array([[0.0, 0, 0], [0, 0, 9]]), np.array([[3.0, 4, 12], [0, 0, 9]])
    for k in range(2):
        around = tubes(start[k : k + 1], end[k : k + 1], radius[k : k + 1])
        way = end[k] - start[k]
        unit = way / np.linalg.norm(way) if way.any() else np.array([0.0, 0.0, 1.0])
        flat = (around - start[k]) - ((around - start[k]) @ unit)[:, None] * unit
        assert np.linalg.norm(flat, axis=1) == pytest.approx(radius[k])


def test_a_cone_opens_by_its_angle_and_a_wide_one_is_a_ball() -> None:
    apex = np.array([[0.0, 0, 80]])
    lines = cones(apex, np.array([[0.0, 0, -2.0]]), np.array([20.0]), np.array([30.0]))
    way = lines - apex
    far = np.linalg.norm(way, axis=1)
    assert far.max() == pytest.approx(30.0)
    out = way[far > 1.0]
    angle = np.degrees(np.arccos(-out[:, 2] / np.linalg.norm(out, axis=1)))
    assert angle.max() == pytest.approx(20.0)
    everywhere = cones(apex, np.array([[0.0, 0, -1.0]]), np.array([90.0]), np.array([30.0]))
    assert everywhere[:, 2].max() == pytest.approx(110.0)


def test_edges_are_as_long_as_the_areas_around_them() -> None:
    area = Polygon(box(0, 0, 10, 20).exterior.coords, [box(2, 2, 4, 4).exterior.coords])
    lines = edges([area], 1.5)
    assert np.linalg.norm(lines[1::2] - lines[::2], axis=1).sum() == pytest.approx(area.length)
    assert set(lines[:, 2]) == {1.5}


def test_distance_circles_are_those_of_the_rule() -> None:
    upright = distance_circles(ruled("nfpa-1123", cue("a", calibre=75, at=(400, 0, 0)), cue("b", at=(400, 0, 0))))
    # two shells of one kind from one place: one circle of 0.84 m per mm
    assert np.hypot(upright[:, 0] - 400, upright[:, 1]) == pytest.approx(0.84 * 75)
    tilted = distance_circles(ruled("de-f4", cue("a", at=(0, 0, 0), tilt=15, azimuth=180)))
    far = np.hypot(tilted[:, 0], tilted[:, 1])
    assert far.max() == pytest.approx(1.6 * 88, abs=0.01)
    assert np.hypot(*tilted[far < 100][:, :2].T).max() == pytest.approx(88, abs=0.01)
    assert tilted[far > 100][:, 1].max() < 1e-6
    assert not len(distance_circles(ruled("nfpa-1123", cue("c", kind=ShotKind.COMET, calibre=45))))


def fallen(velocity: np.ndarray, k: float, wind: np.ndarray) -> np.ndarray:
    """Where a body comes down, by small steps: the acceleration is gravity and quadratic drag in thinner air above."""
    at, dt = np.zeros(3), 0.002
    while True:
        air = velocity - wind
        pull = -k * math.exp(-at[2] / 10_400.0) * np.linalg.norm(air) * air - np.array([0, 0, 9.80665])
        middle = velocity + 0.5 * dt * pull
        before, at, velocity = at, at + dt * middle, velocity + dt * pull
        if at[2] < 0.0 and velocity[2] < 0.0:
            return np.asarray(before + (at - before) * before[2] / (before[2] - at[2]))[:2]


def test_dud_areas_hold_every_landing_and_no_more() -> None:
    plan = ruled("design-envelope", cue("a", at=(400, 0, 0), tilt=10, azimuth=90))
    ((height, area),) = dud_areas(plan)
    assert height == 0.0
    shots = plan.shots
    (k,) = drag_per_m(shots.mass_kg, shots.diameter_m, shots.drag)
    muzzle = shots.muzzle_mps[0]
    upright = fallen(muzzle, k, np.zeros(3)) + MORTAR
    assert area.contains(Point(upright))
    # leaned on by the five degrees with ten metres of wind behind: the eastern end of the area
    speed, lean = np.linalg.norm(muzzle), math.atan2(muzzle[0], muzzle[2]) + math.radians(5.0)
    east = fallen(speed * np.array([math.sin(lean), 0, math.cos(lean)]), k, np.array([10.0, 0, 0]))
    assert area.bounds[2] == pytest.approx(400.0 + east[0], abs=1.5)
    rng = np.random.default_rng(4)
    for _ in range(6):
        off, side, from_deg, wind = math.radians(4.5) * rng.random(), *rng.uniform(0, 6.28, 2), 9.5 * rng.random()
        across = np.array([math.cos(side), math.sin(side), 0.0])
        aim = muzzle / speed * math.cos(off) + across * math.sin(off)
        spot = fallen(
            speed * aim / np.linalg.norm(aim), k, wind * np.array([math.cos(from_deg), math.sin(from_deg), 0])
        )
        assert area.buffer(1.0).contains(Point(spot + MORTAR))
    lines = dud_outlines(plan)
    assert np.linalg.norm(lines[1::2] - lines[::2], axis=1).sum() == pytest.approx(area.length)


def starry(plan: Plan) -> Plan:
    """A peony at the break of every shot."""
    shots, n = plan.shots, len(plan.shots)
    bursts = Bursts(
        look=frozen(np.zeros(n), np.int32, (None,)), shot=frozen(np.arange(n), np.int32, (None,)),
        birth_us=shots.break_us, life_us=frozen(np.full(n, 1.5 * S), np.int64, (None,)), origin_m=shots.break_m,
        velocity_mps=shots.break_mps, axis=frozen(np.tile((0.0, 0.0, 1.0), (n, 1)), np.float64, (None, 3)),
        scale=frozen(np.ones(n), np.float32, (None,)), seed=frozen(np.arange(n), np.int32, (None,)),
        rides=frozen(np.zeros(n), np.bool_, (None,)),
    )  # fmt: skip
    look = Look(Template.SPHERE, 100, 40.0, 20.0, 1.5, (1.0, 0.0, 0.0), (1.0, 0.0, 0.0))
    return replace(plan, bursts=bursts, looks=(look,))


def test_keep_outs_of_chosen_shots_are_those_of_the_whole_plan() -> None:
    plan = starry(ruled("design-envelope", *(cue(f"c{n}", t=10 + n, at=(400 + 5 * n, 0, 0)) for n in range(5))))
    rows = shots_of(plan, frozenset({"c1", "c3"}), 40)
    assert rows.tolist() == [1, 3]
    assert shots_of(plan, frozenset({"c0", "c1", "c2"}), 2).tolist() == [0, 1]
    assert not len(shots_of(plan, frozenset({"D1"}), 9))
    assert narrowed(plan, rows).shots.origin_m[:, 0].tolist() == [405.0, 415.0]
    every, some = hazards(plan).spheres, keep_outs(plan, rows)
    rng = np.random.default_rng(7)
    inside = 0
    for t_us in rng.integers(9 * S, 26 * S, 60):
        spots = np.array([400.0, 0, 60]) + rng.uniform(-60, 60, (40, 3))
        mine = np.flatnonzero(np.isin(every.owner // 4, rows) & (every.t0 <= t_us) & (t_us < every.t1))
        least = np.full(len(spots), np.inf)
        for k in mine:
            share = (t_us - every.t0[k]) / (every.t1[k] - every.t0[k])
            centre = every.start[k] * (1 - share) + every.end[k] * share
            least = np.minimum(least, np.linalg.norm(spots - centre, axis=1) - every.radius[k])
        assert some.clearance(spots, int(t_us)) == pytest.approx(least)
        inside += int((least < 0).sum())
        holding = some.holding(int(t_us))
        assert set(holding) == {Part(int(o % 4)) for o in every.owner[mine]}
        # every line of what holds is on the edge of a ball that holds, or within another
        for kind, lines in holding.items():
            assert len(lines) % 2 == 0, kind
            assert some.clearance(lines, int(t_us)).max() < 1e-6
    assert inside > 100
    assert set(some.whole) == set(Part)
    assert some.whole[Part.DUD][:, 2].min() < 8.0


def test_sparks_are_drawn_while_they_burn_and_fall() -> None:
    lit = Ignitions(
        drone=frozen([1], np.int32, (None,)), channel=frozen([1], np.int32, (None,)), trigger=("s/1",),
        effect=("gerb",),
        ignition_us=frozen([40 * S], np.int64, (None,)), burnt_us=frozen([45 * S], np.int64, (None,)),
        dark_us=frozen([47 * S], np.int64, (None,)), place_m=frozen([[5.0, 0, 30]], np.float64, (None, 3)),
        velocity_mps=frozen([[0.0, 0, 0]], np.float64, (None, 3)),
        direction=frozen([[0.0, 0, -1.0]], np.float64, (None, 3)),
        **{name: frozen([value], np.float32, (None,)) for name, value in (
            ("pitch_deg", -90), ("yaw_deg", 0), ("cone_deg", 15), ("reach_m", 6), ("fall_m", 9), ("fall_s", 2),
            ("recoil_ns", 0), ("mass_kg", 0.1))},
    )  # fmt: skip
    plan = replace(quiet(), ignitions=lit)
    assert not len(spark_cones(plan, 39 * S))
    assert not len(spark_cones(plan, 47 * S))
    burning, falling = spark_cones(plan, 42 * S), spark_cones(plan, 46 * S)
    assert len(burning) > len(falling) > 0
    top = burning[:, 2].max()
    assert burning[:, 2].min() == pytest.approx(top - 9.0)


def test_landing_edges_hold_their_share() -> None:
    plan = replace(quiet(), venue=replace_wind(quiet(), 4.0))
    found = scatter(plan, seed=3, trials=24)
    drawn = landing_edges(found)
    assert set(drawn) == {(k, s) for k in ("duds", "debris", "drones") for s in (0.5, 0.95, 0.999)}
    for (kind, share), lines in drawn.items():
        density = getattr(found, kind)
        cells = density.contour(share)
        parts = closed(cells, 2.0 * density.cell_m)
        assert np.linalg.norm(lines[1::2] - lines[::2], axis=1).sum() == pytest.approx(sum(p.length for p in parts))
        assert density.share_in([p.buffer(-0.1) for p in parts]) >= share
        assert union_all(parts).buffer(0.01).contains(union_all(cells))
        assert len(parts) <= len(cells)


def replace_wind(plan: Plan, speed: float) -> object:
    import msgspec

    return msgspec.structs.replace(plan.venue, wind=Wind(speed, 270.0))
