"""The keep-outs hold what they are drawn around: the shot's own path, its stars, its dud."""

from dataclasses import replace

import numpy as np
import pytest
from safety_plans import S, cue, fireworks, quiet
from showeditor.kernels.ballistics import drag_per_m, fall_to_ground
from showeditor.model.air import wind_at
from showeditor.model.arrays import frozen
from showeditor.model.look import Look, Template
from showeditor.model.plan import Bursts, Plan
from showeditor.model.venue import Venue, Wind
from showeditor.safety.hazards import Part, hazards

G = 9.81


def leaning(wind: Wind = Wind()) -> Plan:
    plan = replace(quiet(), **fireworks(cue("a", tilt=12, azimuth=70), cue("b", tilt=40, azimuth=200, calibre=150)))
    return replace(plan, venue=Venue(zones=plan.venue.zones, wind=wind))


def margin(plan: Plan, shot: int, part: Part, t_us: float, places: np.ndarray) -> np.ndarray:
    """How far places (n, 3) lie outside the spheres of a part of a shot at a moment (negative: inside one)."""
    s = hazards(plan).spheres
    rows = np.flatnonzero((s.owner == 4 * shot + part) & (s.t0 <= t_us) & (t_us <= s.t1))
    best = np.full(len(places), np.inf)
    for k in rows:
        share = (t_us - s.t0[k]) / (s.t1[k] - s.t0[k])
        centre = s.start[k] + share * (s.end[k] - s.start[k])
        best = np.minimum(best, np.linalg.norm(places - centre, axis=1) - s.radius[k])
    return best


def test_the_shot_s_own_path_lies_inside_its_tube_all_the_way() -> None:
    plan = leaning()
    for shot in range(2):
        t0, t1 = int(plan.shots.lift_us[shot]), int(plan.shots.break_us[shot])
        for t in np.linspace(t0, t1, 97):
            x = 2 * (t - t0) / (t1 - t0) - 1
            place = np.polynomial.chebyshev.chebval(x, plan.shots.rise[shot].T)
            flown = np.linalg.norm(place - plan.shots.origin_m[shot])
            inside = -margin(plan, shot, Part.RISE, t, place[None])[0]
            assert inside >= 3.0 - 1e-6
            assert inside <= 3.0 + np.tan(np.radians(3)) * flown * 1.1 + 2.5
        early = margin(plan, shot, Part.RISE, plan.shots.ignition_us[shot] - 0.1 * S, plan.shots.origin_m[shot][None])
        assert early[0] == pytest.approx(-3.0, abs=0.02)


@pytest.mark.parametrize("exponent", [0.0, 0.2])
def test_the_dud_s_way_down_lies_inside_until_it_lands(exponent: float) -> None:
    plan = leaning(Wind(8.0, 300.0, exponent))
    shots = plan.shots
    k0 = drag_per_m(shots.mass_kg, shots.diameter_m, shots.drag)
    wind = wind_at(plan.venue.wind, shots.break_m[:, 2])
    landed, _, time = fall_to_ground(shots.break_m, shots.break_mps, k0, wind, 0.0)
    for shot in range(2):
        at = shots.break_us[shot] + time[shot] * S
        assert margin(plan, shot, Part.DUD, at, landed[shot][None])[0] < -3.0


LOOKS = {
    "peony": Look(Template.SPHERE, 100, 58.0, 19.0, 1.9, (1, 0, 0), (1, 0, 0)),
    "willow": Look(Template.SPHERE, 100, 60.0, 13.0, 6.0, (1, 0, 0), (1, 0, 0)),
    "half": Look(Template.SPHERE, 100, 50.0, 18.0, 2.5, (1, 0, 0), (1, 0, 0), cone_deg=70.0),
    "mine": Look(Template.CONE, 100, 45.0, 22.0, 2.0, (1, 0, 0), (1, 0, 0), cone_deg=18.0),
    "ring": Look(Template.RING, 100, 40.0, 20.0, 2.0, (1, 0, 0), (1, 0, 0)),
    "star": Look(Template.SINGLE, 1, 70.0, 25.0, 3.0, (1, 0, 0), (1, 0, 0)),
}


@pytest.mark.parametrize("exponent", [0.0, 0.2])
@pytest.mark.parametrize("name", sorted(LOOKS))
def test_stars_stay_inside_while_they_burn(name: str, exponent: float) -> None:
    """Stars flown by small steps of the equation of motion; a tenth of the reach and more is left to spare."""
    look = LOOKS[name]
    plan = leaning(Wind(6.0, 45.0, exponent))
    axis = np.array([0.6, 0.0, 0.8])
    birth = plan.shots.break_m[0]
    drift = np.array([9.0, -4.0, -3.0])
    plan = replace(
        plan,
        looks=(look,),
        bursts=Bursts(
            look=frozen([0], np.int32, (None,)),
            shot=frozen([0], np.int32, (None,)),
            birth_us=frozen([14 * S], np.int64, (None,)),
            life_us=frozen([int(look.life_s * 1.15 * S)], np.int64, (None,)),
            origin_m=frozen([birth], np.float64, (None, 3)),
            velocity_mps=frozen([drift], np.float64, (None, 3)),
            axis=frozen([axis], np.float64, (None, 3)),
            scale=frozen([1.0], np.float32, (None,)),
            seed=frozen([1], np.int32, (None,)),
            rides=frozen([False], np.bool_, (None,)),
        ),
    )
    rng = np.random.default_rng(3)
    way = rng.normal(size=(4000, 3))
    way /= np.linalg.norm(way, axis=1)[:, None]
    angle = np.degrees(np.arccos(np.clip(way @ axis, -1, 1)))
    if look.template == Template.SINGLE:
        way = axis[None]
    elif look.template == Template.RING:
        way -= (way @ axis)[:, None] * axis
        way /= np.linalg.norm(way, axis=1)[:, None]
    else:
        way = way[angle <= look.cone_deg]
    speed = look.speed_mps * (1 + look.speed_jitter * rng.uniform(-3, 3, len(way)))
    place, velocity = np.tile(birth, (len(way), 1)), drift + speed[:, None] * way
    h, k, worst = 0.005, G / look.terminal_mps**2, -np.inf
    for n in range(int(look.life_s * 1.15 / h)):
        if n % 20 == 1:
            worst = max(worst, margin(plan, 0, Part.FALL, 14 * S + n * h * S, place).max())
        air = velocity - wind_at(plan.venue.wind, place[:, 2])
        velocity = velocity + h * (-k * np.linalg.norm(air, axis=1)[:, None] * air - (0, 0, G))
        place = place + h * velocity
    assert worst < -5.0


def test_the_burst_lasts_from_before_the_break_until_the_stars_are_out() -> None:
    plan = leaning()
    s = hazards(plan).spheres
    (row,) = np.flatnonzero(s.owner == Part.BURST)
    assert s.t0[row] == 10 * S + 0.7 * 4 * S
    assert s.t1[row] == 16 * S + 1 * S
    # no stars are known: the calibre table's 60 m burst of a 75 mm shell
    assert s.radius[row] == pytest.approx(1.2 * 30 + 25)
