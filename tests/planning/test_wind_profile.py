"""A wind that grows with height: shells against an independent integration, stars carried by the air of their birth."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace as altered
from scipy.integrate import solve_ivp
from showeditor.kernels.ballistics import AIR_SCALE_M, GRAVITY_MPS2, drag_per_m
from showeditor.model.air import wind_at, wind_vector
from showeditor.model.plan import Plan, ShotKind
from showeditor.model.venue import Wind
from showeditor.planning.compile import compile_show
from showeditor.stage.field import field_of
from showeditor.stage.stars import pick, states
from showeditor.storage.files import load_show

WIND = Wind(8.0, 250.0, 0.25)


@pytest.fixture(scope="module")
def plan() -> Plan:
    show = load_show(Path("shows/yun-qi-he-wan/yun-qi-he-wan.show"))
    return compile_show(altered(show, venue=altered(show.venue, wind=WIND)))


def test_shells_fly_as_an_independent_integration_says(plan: Plan) -> None:
    shots = plan.shots
    k0 = drag_per_m(shots.mass_kg, shots.diameter_m, shots.drag)
    vector = wind_vector(WIND)
    for k in np.flatnonzero(shots.kind == ShotKind.SHELL)[::9]:

        def pull(_: float, s: np.ndarray, k: int = int(k)) -> np.ndarray:
            grown = (max(1.0, s[2]) / 10.0) ** WIND.exponent
            air = s[3:] - grown * vector
            thick = k0[k] * np.exp(-(s[2] - shots.origin_m[k, 2]) / AIR_SCALE_M)
            return np.concatenate([s[3:], -thick * np.linalg.norm(air) * air - [0.0, 0.0, GRAVITY_MPS2]])

        span = (shots.break_us[k] - shots.lift_us[k]) * 1e-6
        start = np.concatenate([shots.origin_m[k], shots.muzzle_mps[k]])
        found = solve_ivp(pull, (0.0, span), start, rtol=1e-9, atol=1e-9).y[:3, -1]
        assert shots.break_m[k] == pytest.approx(found, abs=0.02)


def test_a_wind_that_grows_carries_shells_and_stars_farther(plan: Plan) -> None:
    show = load_show(Path("shows/yun-qi-he-wan/yun-qi-he-wan.show"))
    even = compile_show(altered(show, venue=altered(show.venue, wind=altered(WIND, exponent=0.0))))
    shells = np.flatnonzero(plan.shots.kind == ShotKind.SHELL)
    along = wind_vector(WIND) / WIND.speed_mps
    drift = (plan.shots.break_m[shells] - even.shots.break_m[shells]) @ along
    assert drift.min() > 0.5
    stars = [states(*_first_stars(p), age_s=np.full(40, 2.0))[0] - _first_stars(p)[0].origin_m for p in (plan, even)]
    assert ((stars[0] - stars[1]) @ along).min() > 1.0


def _first_stars(plan: Plan) -> tuple[object, ...]:
    field = field_of(plan)
    free = np.flatnonzero((field.rows[:, 14] < 0) & (field.rows[:, 2] > 60.0))[:40]
    records = field.rows[free]
    stars = pick(records, field.looks, field.templates, np.arange(len(free)), np.zeros(len(free), np.int64))
    return stars, field.rides, wind_at(plan.venue.wind, records[:, 2])


def test_a_changed_law_recompiles_what_flies(plan: Plan) -> None:
    show = load_show(Path("shows/yun-qi-he-wan/yun-qi-he-wan.show"))
    before = compile_show(show)
    after = compile_show(altered(show, venue=altered(show.venue, wind=WIND)), before)
    assert np.array_equal(after.shots.break_m, plan.shots.break_m)
    assert not np.array_equal(before.shots.break_m, after.shots.break_m)
    assert replace(after, problems=()).venue.wind == WIND
