"""Stars: the lookup table against integration, and the GPU against its float64 twin."""

import numpy as np
import pytest
from showeditor.model.air import wind_at
from showeditor.model.look import Look, Template
from showeditor.model.venue import Venue, Wind
from showeditor.stage.egl import Surface
from showeditor.stage.field import field_of
from showeditor.stage.flight import GRAVITY, fly
from showeditor.stage.probe import gpu_places
from showeditor.stage.stars import chance, coast, pick, shed, states
from stage_plans import Sky, night


@pytest.fixture
def surface():
    """A GL context; a machine without one fails the test."""
    held = Surface()
    held.enter()
    yield held
    held.close()


def integrated(velocity, terminal, age, steps=2500):
    """Quadratic drag by RK4 on steps that grow with time, nothing shared with the table."""
    k = (GRAVITY / terminal**2)[:, None]
    p, v = np.zeros_like(velocity), velocity.copy()
    grid = np.linspace(0.0, 1.0, steps + 1) ** 2

    def pull(v):
        a = -k * v * np.linalg.norm(v, axis=1)[:, None]
        a[:, 2] -= GRAVITY
        return a

    for n in range(steps):
        h = (age * (grid[n + 1] - grid[n]))[:, None]
        a1 = pull(v)
        a2 = pull(v + h / 2 * a1)
        a3 = pull(v + h / 2 * a2)
        a4 = pull(v + h * a3)
        p = p + h * v + h * h / 6 * (a1 + a2 + a3)
        v = v + h / 6 * (a1 + 2 * a2 + 2 * a3 + a4)
    return p, v


def test_table_agrees_with_integration_over_its_range():
    rng = np.random.default_rng(1)
    n = 400
    terminal = rng.uniform(6.0, 30.0, n)
    direction = rng.normal(size=(n, 3))
    direction /= np.linalg.norm(direction, axis=1)[:, None]
    velocity = direction * (terminal * 12.0 * rng.random(n) ** 2)[:, None]
    age = rng.uniform(0.0, 6.0, n) * terminal / GRAVITY
    path, pace = fly(velocity, terminal, age)
    want, want_pace = integrated(velocity, terminal, age)
    unit = terminal**2 / GRAVITY
    error = np.linalg.norm(path - want, axis=1) / unit
    assert error.max() < 0.0070
    assert error[age * GRAVITY / terminal < 3.0].max() < 0.0030
    assert (np.linalg.norm(pace - want_pace, axis=1) / terminal).max() < 0.06


@pytest.mark.parametrize(
    ("speed", "terminal", "seconds"),
    [
        (110.0, 21.0, 1.5),
        (130.0, 29.0, 2.4),
        (150.0, 35.0, 2.8),
        (160.0, 41.0, 3.5),
        (75.0, 17.0, 5.0),
        (120.0, 26.0, 7.0),
    ],
    ids=["75 mm peony", "150 mm peony", "200 mm peony", "300 mm chrysanthemum", "150 mm willow", "300 mm kamuro"],
)
def test_table_errs_by_less_than_three_thousandths_of_a_burst(speed, terminal, seconds):
    n = 37
    lean = np.linspace(-np.pi / 2, np.pi / 2, n)
    velocity = speed * np.stack([np.cos(lean), np.zeros(n), np.sin(lean)], axis=1)
    worst = 0.0
    for age in np.linspace(0.1, seconds, 9):
        want, _ = integrated(velocity, np.full(n, terminal), np.full(n, age), 1500)
        path, _ = fly(velocity, np.full(n, terminal), np.full(n, age))
        worst = max(worst, float(np.linalg.norm(path - want, axis=1).max()))
    radius = float(np.linalg.norm(want, axis=1).max())
    assert worst / radius <= 0.003


def test_a_star_beyond_the_table_sinks_at_its_terminal_speed():
    velocity, terminal = np.array([[30.0, 0.0, 40.0]] * 2), np.array([5.0, 5.0])
    path, pace = fly(velocity, terminal, np.array([8.0, 9.0]))
    assert path[1, 2] - path[0, 2] == pytest.approx(-5.0, abs=1e-9)
    assert pace[1] == pytest.approx([0.0, 0.0, -5.0])


def test_wind_carries_exactly():
    calm, windy = Sky(venue=Venue()), Sky(venue=Venue(wind=Wind(8.0, 300.0)))
    places = []
    for sky, blow in (
        (calm, np.zeros(3)),
        (windy, -8.0 * np.array([np.sin(np.radians(300)), np.cos(np.radians(300)), 0])),
    ):
        # a burst that moves with the air differs from one in calm air by the drift alone
        sky.burst(0, 0.0, (0.0, 0.0, 200.0), velocity=tuple(blow))
        field = field_of(sky.plan())
        records = field.records(field.live(2_000_000), 2_000_000)
        number = np.arange(400)
        stars = pick(records, field.looks, field.templates, np.zeros(400, np.int64), number)
        places.append(states(stars, field.rides, field.wind_mps)[0] - 2.0 * blow)
    assert np.abs(places[0] - places[1]).max() < 1e-4


def test_sparks_coast_without_cancelling():
    age = np.array([1e-4, 0.01, 0.1428, 0.1429, 1.0, 3.0])
    velocity = np.tile([3.0, 0.0, 1.0], (6, 1))
    k, g = 3.5, 0.75 * GRAVITY
    want_x = 3.0 * -np.expm1(-k * age) / k
    fall = np.array([0.0, 0.0, -g / k])
    want_z = fall[2] * age + (1.0 - fall[2]) * -np.expm1(-k * age) / k
    got = coast(velocity, age)
    assert got[:, 0] == pytest.approx(want_x, rel=1e-5)
    assert got[:, 2] == pytest.approx(want_z, rel=1e-4, abs=1e-9)


def test_chances_are_even_and_exact_in_single_precision():
    key = np.arange(20_000, dtype=np.uint32)
    found = chance(key, 7)
    assert (found.astype(np.float32) == found).all()
    assert abs(found.mean() - 0.5) < 0.01
    assert abs(np.corrcoef(found, chance(key, 8))[0, 1]) < 0.03


def _whole_range(exponent: float = 0.0) -> tuple[Sky, int]:
    """Looks over the whole range of speeds, terminal speeds and lives, tossed by a moving burst in a wind."""
    rng = np.random.default_rng(5)
    looks = []
    for n in range(40):
        terminal = float(rng.uniform(4.0, 40.0))
        looks.append(
            Look(
                Template(n % 5),
                64,
                float(terminal * 11.5 * rng.random() ** 2),
                terminal,
                float(rng.uniform(0.5, 9.0)),
                (1.0, 1.0, 1.0),
                (1.0, 1.0, 1.0),
                speed_jitter=0.04,
                cone_deg=40.0,
                trail_s=1.0,
            )
        )
    sky = Sky(looks=tuple(looks), venue=Venue(wind=Wind(9.0, 215.0, exponent=exponent)))
    for n in range(40):
        for birth in (0.0, 1.7, 4.9, 6.6, 7.0):
            at = rng.uniform([-300, -300, 0], [300, 300, 300])
            axis = rng.normal(size=3)
            sky.burst(n, birth, tuple(at), tuple(rng.normal(0, 15, 3)), tuple(axis / np.linalg.norm(axis)))
    return sky, 7_000_003


@pytest.mark.parametrize("exponent", [0.0, 0.25])
def test_gpu_and_cpu_agree_within_a_centimetre(surface, exponent):
    sky, t_us = _whole_range(exponent)
    field = field_of(sky.plan())
    rows = np.arange(len(field.rows))
    records = field.records(rows, t_us)
    record, star = np.repeat(rows, 64), np.tile(np.arange(64), len(rows))
    stars = pick(records, field.looks, field.templates, record, star)
    want, _ = states(stars, field.rides, wind_at(field.wind, stars.origin_m[:, 2]))
    got = gpu_places(field, records, record, star)
    assert np.abs(got[:, :3] - want).max() < 0.01
    assert np.abs(got[:, 3] - stars.life_s).max() < 1e-4
    assert np.ptp(want, axis=0).min() > 200.0


@pytest.mark.parametrize("exponent", [0.0, 0.25])
def test_gpu_and_cpu_agree_on_sparks(surface, exponent):
    sky, t_us = _whole_range(exponent)
    field = field_of(sky.plan())
    rows = np.arange(len(field.rows))
    records = field.records(rows, t_us)
    record, star = np.repeat(rows, 64), np.tile(np.arange(64), len(rows))
    stars = pick(records, field.looks, field.templates, record, star)
    scatter = np.stack([chance(stars.key, salt) for salt in (2, 3, 4)], axis=1) * 2.0 - 1.0
    want = shed(stars, field.rides, wind_at(field.wind, stars.origin_m[:, 2]), np.full(len(record), 0.4), scatter)
    got = gpu_places(field, records, record, star, old_s=0.4)[:, :3]
    assert np.linalg.norm(got - want, axis=1).max() < 0.01


def test_gpu_and_cpu_agree_on_rising_shells(surface):
    plan = night()
    field = field_of(plan)
    rows = np.flatnonzero(field.rows[:, 14] >= 0)
    for t_us in (1_900_000, 3_400_000):
        records = field.records(rows, t_us)
        record = np.arange(len(rows))
        stars = pick(records, field.looks, field.templates, record, np.zeros(len(rows), np.int64))
        want, _ = states(stars, field.rides, field.wind_mps)
        got = gpu_places(field, records, record, np.zeros(len(rows), np.int64))
        assert np.abs(got[:, :3] - want).max() < 0.01
        assert want[:, 2].min() > 50.0


def test_rising_shell_follows_its_path():
    field = field_of(night())
    row = int(np.flatnonzero(field.rows[:, 14] >= 0)[0])
    birth = int(field.birth_us[row])
    for after_s, want in ((0.0, (60, 0, 1.5)), (2.6, (95, 10, 210)), (9.0, (95, 10, 210))):
        records = field.records(np.array([row]), birth + round(after_s * 1e6))
        stars = pick(records, field.looks, field.templates, np.array([0]), np.array([0]))
        assert states(stars, field.rides, field.wind_mps)[0][0] == pytest.approx(want, abs=1e-3)
        assert stars.life_s[0] == pytest.approx(2.6, abs=1e-5)
