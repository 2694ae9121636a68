"""Stars born from stars: where they are born, how they fly, and that the picture's own equation agrees."""

import numpy as np
import pytest
from showeditor.effects.looks import families
from showeditor.kernels.ballistics_stars import STANDARD_GRAVITY_MPS2, star_flights
from showeditor.model.cue import Cue, Track
from showeditor.model.look import Template
from showeditor.model.music import AtTime
from showeditor.model.show import Show
from showeditor.model.venue import Position, Venue, Wind
from showeditor.planning.compile import compile_show
from showeditor.stage.field import field_of
from showeditor.stage.stars import pick, states

PLACE = Position("N", "north", (10.0, 20.0, 1.0), heading_deg=90.0)


def plan_of(effect, wind=None, **cue):
    venue = Venue(positions=(PLACE,), wind=wind or Wind())
    cues = (Cue("c", effect, "N", AtTime(20_000_000), **cue),)
    return compile_show(Show("t", 200_000_000, venue=venue, tracks=(Track("t", "t", cues),)))


def roles(plan, template):
    return np.flatnonzero([plan.looks[i].template is template for i in plan.bursts.look])


def test_a_star_against_a_fine_integration():
    rng = np.random.default_rng(1)
    v0 = rng.normal(0, 60, (20, 3))
    vt = rng.uniform(1.2, 30, 20)
    age = rng.uniform(0.1, 6, 20)
    wind = np.array([4.0, -3.0, 0.0])
    place, speed = star_flights(v0, vt, wind, age)
    v, x, steps = v0 - wind, np.zeros((20, 3)), 40_000
    h = (age / steps)[:, None]
    k = (STANDARD_GRAVITY_MPS2 / vt**2)[:, None]
    for _ in range(steps):
        half = v + 0.5 * h * (-k * np.linalg.norm(v, axis=1, keepdims=True) * v - [0, 0, STANDARD_GRAVITY_MPS2])
        x += h * half
        v += h * (-k * np.linalg.norm(half, axis=1, keepdims=True) * half - [0, 0, STANDARD_GRAVITY_MPS2])
    assert np.abs(x + wind * age[:, None] - place).max() < 0.01
    assert np.abs(v + wind - speed).max() < 0.01


@pytest.mark.parametrize("effect", ["150mm Silver Crossette", "200mm Red Shell-Of-Shells", "125mm Falling Leaves",
                                    "100mm Serpent", "75mm Red Mine w/ Bombettes"])  # fmt: skip
@pytest.mark.parametrize("speed", [0.0, 8.0])
def test_the_picture_sees_each_star_where_the_next_is_born(effect, speed):
    plan = plan_of(effect, Wind(speed, 250.0), pan_deg=30.0, tilt_deg=10.0)
    bursts = plan.bursts
    single = np.flatnonzero([plan.looks[i].stars == 1 for i in bursts.look] & ~bursts.rides)
    field = field_of(plan)
    back = np.empty(len(field.order), dtype=np.int64)
    back[field.order] = np.arange(len(field.order))
    matched = 0
    for star in single.tolist():
        end = bursts.birth_us[star] + round(plan.looks[bursts.look[star]].life_s * 1e6)
        born = np.flatnonzero(bursts.birth_us == end)
        if not len(born):
            continue
        records = field.records(back[[star]], int(end))
        seen, _ = states(
            pick(records, field.looks, field.templates, np.array([0]), np.array([0])), field.rides, field.wind_mps
        )
        gap = np.linalg.norm(bursts.origin_m[born] - seen[0], axis=1).min()
        # the table of the picture is good to 0.0027 vt^2/g (safety-and-physics 3.3)
        assert gap < 0.02 + 0.006 * plan.looks[bursts.look[star]].terminal_mps ** 2 / STANDARD_GRAVITY_MPS2
        matched += 1
    assert matched >= 4


def test_a_crossette_splits_every_comet_into_four():
    plan = plan_of("150mm Silver Crossette")
    crosses = roles(plan, Template.RING)
    stars = [i for i in roles(plan, Template.SINGLE) if not plan.bursts.rides[i]]
    assert len(crosses) == len(stars) == 18
    assert {plan.looks[plan.bursts.look[i]].stars for i in crosses} == {4}
    apart = np.linalg.norm(plan.bursts.origin_m[crosses] - plan.shots.break_m[0], axis=1)
    assert (apart > 15).all()
    assert (apart < 90).all()
    # the sphere is even: no side is empty
    assert np.linalg.norm((plan.bursts.origin_m[crosses] - plan.shots.break_m[0]).mean(axis=0)) < 20


def test_leaves_fall_slowly_and_never_straight():
    plan = plan_of("100mm Falling Leaves")
    leaves = [i for i in roles(plan, Template.SINGLE) if not plan.bursts.rides[i]]
    last = plan.bursts.birth_us[leaves] == plan.bursts.birth_us[leaves].max()
    first = plan.bursts.birth_us[leaves] == plan.bursts.birth_us[leaves].min()
    fallen = plan.bursts.origin_m[leaves][first][:, 2].mean() - plan.bursts.origin_m[leaves][last][:, 2].mean()
    seconds = (plan.bursts.birth_us[leaves].max() - plan.bursts.birth_us[leaves].min()) * 1e-6
    assert 0.5 * seconds < fallen < 8 * seconds


def test_wind_carries_a_parachute():
    still, windy = (plan_of("100mm Parachute", Wind(s, 270.0)) for s in (0.0, 6.0))
    assert (windy.bursts.velocity_mps[-1] - still.bursts.velocity_mps[-1])[0] == pytest.approx(6.0, abs=1.5)


def test_a_tourbillion_sheds_its_sparks_on_its_path():
    plan = plan_of("45mm Tourbillion", tilt_deg=20.0, pan_deg=90.0)
    sheds = roles(plan, Template.CONE)
    assert len(sheds) == 50
    t = (plan.bursts.birth_us[sheds] - plan.shots.lift_us[0]) / (plan.shots.break_us[0] - plan.shots.lift_us[0])
    path = np.polynomial.chebyshev.chebval(2 * t - 1, plan.shots.rise[0].T)
    assert np.abs(path.T - plan.bursts.origin_m[sheds]).max() < 1e-6
    assert plan.bursts.origin_m[sheds][-1, 2] > 40


def test_a_heart_faces_the_audience():
    # heading 90: forward is east, right is south
    axis = plan_of("150mm Red Heart").bursts.axis
    led = axis[np.abs(axis[:, 2]) < 0.999]
    assert np.abs(led[:, 0]).max() < 1e-9
    assert len(led) >= 24


def test_a_waterfall_hangs_from_a_line():
    plan = plan_of("5s Silver Waterfall")
    assert len(plan.shots) == 13
    assert np.ptp(plan.shots.origin_m[:, 1]) == pytest.approx(24.0)
    assert np.ptp(plan.shots.origin_m[:, 0]) < 1e-9
    assert (plan.shots.origin_m[:, 2] == 13.0).all()
    assert len(set(plan.bursts.birth_us.tolist())) > 100  # every lance in its own beat: no rows of sparks
    assert (plan.bursts.axis[:, 2] < -0.99).all()
    assert len(plan.firing) == 1


def test_a_lantern_climbs_and_drifts():
    plan = plan_of("60s Sky Lantern", Wind(2.0, 270.0))
    assert np.allclose(plan.shots.break_m[0] - plan.shots.origin_m[0], [120.0, 0.0, 90.0])
    assert plan.bursts.rides.all()
    assert not plan.problems


def test_a_wheel_turns():
    plan = plan_of("4s Wheel")
    angle = np.unwrap(np.arctan2(plan.bursts.axis[:, 2], plan.bursts.axis[:, 1]))
    assert abs(angle[-1] - angle[0]) == pytest.approx(2 * np.pi * 5, rel=0.02)


@pytest.mark.parametrize("effect", sorted(families()))
def test_every_family_compiles_to_finite_numbers(effect):
    plan = plan_of(f"{effect}", Wind(5.0, 10.0))
    assert not plan.problems
    for column in (plan.bursts.origin_m, plan.bursts.velocity_mps, plan.bursts.axis, plan.bursts.scale):
        assert np.isfinite(column).all()
    assert np.allclose(np.linalg.norm(plan.bursts.axis, axis=1), 1.0)
    assert len(plan.bursts) <= 1500
