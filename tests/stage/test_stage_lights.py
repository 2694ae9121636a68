"""Lamps: drone colours against the keys read one by one, flashes, surroundings."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from showeditor.model.arrays import frozen
from showeditor.model.plan import Drones
from showeditor.stage.field import field_of
from showeditor.stage.lights import (
    LIGHTS,
    burst_places,
    drone_colours,
    drone_lamps,
    drone_places,
    flashes,
    linear,
    stopped_down,
    strongest,
)
from stage_plans import LOOKS, Sky, heart, night


def with_keys(keys: list[list[tuple[int, tuple[int, int, int, int], bool]]]) -> Drones:
    """Drones at the origin with these light keys."""
    n = len(keys)
    every = [key for row in keys for key in row]
    return Drones(
        name=tuple(map(str, range(n))),
        fleet=("F",) * n,
        home_m=frozen(np.zeros((n, 3)), np.float64, (None, 3)),
        off_us=frozen(np.zeros(n), np.int64, (None,)),
        on_us=frozen(np.zeros(n), np.int64, (None,)),
        piece_start=frozen(np.zeros(n + 1), np.int64, (None,)),
        key_start=frozen(np.cumsum([0, *map(len, keys)]), np.int64, (None,)),
        key_t_us=frozen([k[0] for k in every], np.int64, (None,)),
        key_rgbw=frozen(np.reshape([k[1] for k in every], (len(every), 4)), np.uint8, (None, 4)),
        key_fade=frozen([k[2] for k in every], np.bool_, (None,)),
    )


def one_by_one(row, t_us):
    """The colour of one drone, read slowly."""
    shown, since = np.zeros(4), None
    for when, colour, fade in row:
        if when <= t_us:
            shown, since = np.array(colour, float), when
        elif fade and since is not None:
            return shown + (np.array(colour, float) - shown) * (t_us - since) / (when - since)
        else:
            return shown
    return shown


KEYS = st.lists(
    st.lists(
        st.tuples(st.integers(0, 2000), st.tuples(*[st.integers(0, 255)] * 4), st.booleans()),
        max_size=5,
        unique_by=lambda k: k[0],
    ).map(sorted),
    min_size=1,
    max_size=6,
)


@given(KEYS, st.integers(-10, 2100))
def test_colours_agree_with_reading_key_by_key(keys, t_us):
    got = drone_colours(with_keys(keys), t_us)
    assert got == pytest.approx(np.array([one_by_one(row, t_us) for row in keys]))


def test_no_drones_no_lamps():
    assert drone_lamps(Drones(), 0).shape == (0, 8)
    assert drone_places(Drones(), 0).shape == (0, 3)


def test_lamps_hold_lit_drones():
    drones = heart(40)
    lamps = drone_lamps(drones, 1_000_000)
    assert lamps.shape == (40, 8)
    assert lamps[:, :3] == pytest.approx(drones.ctrl, abs=1e-4)
    assert lamps[:, 4:7].max() > 0.05
    assert len(drone_lamps(drones, -1)) == 0


def test_linear_light_has_the_known_ends():
    assert linear(np.array([0, 255, 128], np.uint8)) == pytest.approx([0.0, 1.0, 0.2158605], abs=1e-6)


def test_flashes_last_a_moment():
    plan = Sky().burst(0, 1.0, (0.0, 0.0, 100.0)).plan()
    field = field_of(plan)
    early, later = (flashes(field, field.live(t), t) for t in (1_010_000, 1_300_000))
    assert early[0, 4:7].max() > 10 * later[0, 4:7].max()
    assert len(flashes(field, field.live(1_800_000), 1_800_000)) == 0


def test_strongest_are_few_and_sorted():
    sky = Sky()
    for n in range(40):
        sky.burst(n % 4, 0.5 + 0.01 * n, (n * 5.0, 0.0, 150.0))
    field = field_of(sky.plan())
    found = strongest(field, LOOKS, field.live(2_000_000), 2_000_000)
    assert found.shape == (LIGHTS, 8)
    assert (np.diff(found[:, 4:7].sum(axis=1)) <= 1e-6).all()
    assert len(strongest(field, LOOKS, field.live(0), 0)) == 0


def test_middles_drift_with_the_wind_and_the_shell():
    plan = night()
    field = field_of(plan)
    rows = np.flatnonzero(field.rows[:, 14] < 0)[:1]
    birth = int(field.birth_us[rows[0]])
    at = burst_places(field, rows, birth)[0]
    assert at == pytest.approx(field.rows[rows[0], :3], abs=1e-4)
    later = burst_places(field, rows, birth + 2_000_000)[0]
    assert later[0] > at[0]
    assert later[2] < at[2]


def test_a_photographer_stops_down_for_a_finale_only():
    few = np.zeros((1, 8), np.float32)
    few[:, 4:7] = 80.0
    many = np.zeros((16, 8), np.float32)
    many[:, 4:7] = 60.0
    assert stopped_down(few[:0]) == 1.0
    assert stopped_down(few) == 1.0
    assert 0.25 < stopped_down(many) < 0.6
    assert stopped_down(np.concatenate([many, many])) < stopped_down(many)
