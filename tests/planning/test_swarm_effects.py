"""Layers of light over a scene, read back as what a drone shows at a moment."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.model.light_effects import Gradient, LightEffect, Pulse, Twinkle, Wave, Wipe
from showeditor.model.music import AtTime
from showeditor.model.points import Points
from showeditor.model.swarm import Formation, LightKey, Placement, Rgb, Scene, Stitch
from showeditor.planning.light_layers import tick_us
from showeditor.planning.lights import KeyRows, Lit, light_rows

S = 1_000_000
GREY, BLACK = (100, 100, 100), (0, 0, 0)


def lit(*effects: LightEffect, n: int = 5, hold_s: int = 20, stitch: Stitch | None = None, **more: Any) -> Lit:
    """A row of n drones along x, grey from second 10, held until second 30; point k is held by drone n - 1 - k."""
    formation = Formation(
        "f", "f", Points([[2.0 * k, 0.0, 0.0] for k in range(n)]), path=tuple(k / max(1, n - 1) for k in range(n))
    )
    place = Placement((0.0, 0.0, 50.0))
    scene = Scene("s", "f", AtTime(0), hold_s * S, place, (LightKey(0, GREY),), stitch, effects=effects)
    ends = (10 + hold_s) * S
    return Lit(scene, formation, np.arange(n)[::-1].copy(), np.arange(n), 10 * S, 0, ends, ends + 10 * S, **more)


def shown(keys: KeyRows, drone: int, t_s: float) -> Rgb:
    t_us = round(t_s * S)
    colour = np.zeros(4)
    first, last = int(keys.key_start[drone]), int(keys.key_start[drone + 1])
    for k in range(first, last):
        if keys.t_us[k] <= t_us:
            colour = keys.rgbw[k].astype(float)
        else:
            if keys.fade[k] and k > first:
                part = (t_us - keys.t_us[k - 1]) / (keys.t_us[k] - keys.t_us[k - 1])
                colour = colour + (keys.rgbw[k] - colour) * part
            break
    r, g, b, _ = (round(float(v)) for v in colour)
    return r, g, b


def points_at(one: Lit, t_s: float) -> list[Rgb]:
    keys = light_rows(len(one.drone), [one])
    return [shown(keys, int(drone), t_s) for drone in one.drone]


def test_a_gradient_runs_from_one_colour_to_the_other_and_lets_go() -> None:
    one = lit(Gradient(2 * S, 4 * S, (0, 0, 200), end=(200, 0, 0)))
    assert points_at(one, 14) == [(0, 0, 200), (50, 0, 150), (100, 0, 100), (150, 0, 50), (200, 0, 0)]
    assert points_at(one, 11.9) == points_at(one, 16.05) == [GREY] * 5
    assert points_at(one, 9.9) == points_at(one, 31) == [BLACK] * 5


@pytest.mark.parametrize(
    ("blend", "shows"),
    [("over", (200, 50, 0)), ("add", (255, 150, 100)), ("multiply", (78, 20, 0)), ("brightest", (200, 100, 100))],
)
def test_blends(blend: Any, shows: Rgb) -> None:
    assert points_at(lit(Gradient(0, 4 * S, (200, 50, 0), blend, end=(200, 50, 0))), 12) == [shows] * 5


def test_a_mask_names_points_of_the_formation() -> None:
    found = points_at(lit(Gradient(0, 4 * S, (9, 9, 9), points=(0, 3), end=(9, 9, 9))), 12)
    assert found == [(9, 9, 9), GREY, GREY, (9, 9, 9), GREY]


def test_a_pulse_flashes_on_every_beat() -> None:
    one = lit(Pulse(1 * S, 6 * S, (255, 255, 255), period_us=1 * S, low=0.0))
    assert points_at(one, 13) == [(255, 255, 255)] * 5
    assert points_at(one, 13.5)[0][0] == pytest.approx(100 + 155 * 0.25, abs=2)
    assert points_at(one, 14) == points_at(one, 13)


def test_a_wave_runs_along_x() -> None:
    one = lit(Wave(0, 8 * S, (200, 200, 200), period_us=4 * S, length=1.0))
    crests = [int(np.argmax([c[0] for c in points_at(one, t)][:4])) for t in (14, 15, 16, 17)]
    assert crests == [0, 1, 2, 3]


def test_a_wipe_crosses_once_and_backwards() -> None:
    one = lit(Wipe(0, 4 * S, (255, 0, 0), soft=0.0))
    assert [c == (255, 0, 0) for c in points_at(one, 12.05)] == [True, True, True, False, False]
    back = lit(Wipe(0, 4 * S, (255, 0, 0), soft=0.0, backwards=True))
    assert [c == (255, 0, 0) for c in points_at(back, 12.05)] == [False, False, True, True, True]


def test_twinkling_follows_its_seed_and_its_share() -> None:
    def flashes(seed: int, share: float) -> list[list[Rgb]]:
        one = lit(Twinkle(0, 18 * S, (255, 255, 255), period_us=S, share=share, seed=seed), n=40)
        keys = light_rows(40, [one])
        return [[shown(keys, k, t) for k in range(40)] for t in np.arange(11.0, 27.0, 0.1)]

    assert flashes(1, 0.3) == flashes(1, 0.3)
    assert flashes(1, 0.3) != flashes(2, 0.3)
    share = np.mean([[c != GREY for c in row] for row in flashes(1, 0.3)])
    assert 0.2 < share < 0.45
    assert {c for row in flashes(1, 0.0) for c in row} == {GREY}


def test_layers_lie_on_each_other_in_order() -> None:
    red = Gradient(0, 4 * S, (200, 0, 0), end=(200, 0, 0))
    half = Gradient(0, 4 * S, (128, 128, 128), "multiply", end=(128, 128, 128))
    assert points_at(lit(red, half), 12)[0] == (100, 0, 0)
    assert points_at(lit(half, red), 12)[0] == (200, 0, 0)


def test_an_effect_never_lights_the_scene_before_nor_the_way_on() -> None:
    one = lit(Gradient(-60 * S, 200 * S, (9, 9, 9), end=(9, 9, 9)))
    assert points_at(one, 30.5) == [BLACK] * 5
    keys = light_rows(5, [one])
    assert keys.t_us.min() == 0


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-5, 30), st.integers(1, 40), st.integers(0, 4)), min_size=1, max_size=4),
    st.sampled_from([None, 3.0, 30.0]),
    st.booleans(),
)
def test_keys_rise_and_keep_the_colour_steps_of_the_drone(
    spans: list[tuple[int, int, int]], rate: float | None, stitched: bool
) -> None:
    make = [
        lambda a, d: Gradient(a, d, (255, 0, 0)),
        lambda a, d: Twinkle(a, d, (255, 255, 255), "add", period_us=300_000),
        lambda a, d: Pulse(a, d, (0, 255, 0)),
        lambda a, d: Wave(a, d, (0, 0, 255), "brightest", along="radius"),
        lambda a, d: Wipe(a, d, (9, 9, 9), along="path"),
    ]
    effects = [make[kind](a * S // 2, d * S // 3) for a, d, kind in spans]
    one = lit(*effects, stitch=Stitch(0, 3 * S) if stitched else None, step_us=tick_us(rate))
    keys = light_rows(5, [one])
    for i in range(5):
        times = keys.t_us[keys.key_start[i] : keys.key_start[i + 1]]
        assert (np.diff(times) > 0).all()
        close = np.diff(times) < tick_us(rate)
        # only where an effect takes over from or gives back to the scene's own keys, or is cut off
        assert close.sum() <= 4
    assert shown(keys, 0, 41.0) == BLACK


@pytest.mark.parametrize(("rate", "step"), [(None, 100_000), (30.0, 100_000), (4.0, 250_000), (3.0, 333_334)])
def test_ticks_keep_the_rate(rate: float | None, step: int) -> None:
    assert tick_us(rate) == step


@pytest.mark.parametrize(
    "make",
    [
        lambda: Wave(0, 0, BLACK),
        lambda: Wave(0, S, (0, 0, 256)),
        lambda: Wave(0, S, BLACK, length=0.0),
        lambda: Pulse(0, S, BLACK, period_us=0),
        lambda: Twinkle(0, S, BLACK, share=float("nan")),
        lambda: Wipe(0, S, BLACK, soft=2.0),
        lambda: Gradient(0, S, BLACK, end=(-1, 0, 0)),
    ],
)
def test_bad_values_are_not_born(make: Any) -> None:
    with pytest.raises(ValueError, match="must"):
        make()
