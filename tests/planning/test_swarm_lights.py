"""Light keys of a flight, read back as what a drone shows at a moment."""

import numpy as np
import pytest
from showeditor.model.arrays import Longs
from showeditor.model.music import AtTime
from showeditor.model.points import Points
from showeditor.model.swarm import Formation, LightKey, Placement, Rgb, Scene, Stitch
from showeditor.planning.lights import KeyRows, Lit, light_rows

S = 1_000_000
WHITE = (255, 255, 255)


def a_scene(*keys: LightKey, stitch: Stitch | None = None, hold_s: int = 10) -> Scene:
    return Scene("s", "f", AtTime(0), hold_s * S, Placement((0.0, 0.0, 50.0)), keys, stitch)


def lit(scene: Scene, arrive_s: int, drone: list[int], opens_s: int = 0, closes_s: int = 200, own: bool = False) -> Lit:
    n = len(drone)
    formation = Formation(
        "f",
        "f",
        Points(np.arange(3 * n).reshape(n, 3)),
        colours=tuple((10 * k, 20 * k, 255) for k in range(n)) if own else (),
        path=tuple((np.arange(n) / max(1, n - 1)).tolist()),
    )
    ends = arrive_s * S + scene.hold_us
    rows: Longs = np.array(drone, np.int64)
    return Lit(scene, formation, rows, np.arange(n), arrive_s * S, opens_s * S, ends, max(ends, closes_s * S))


def shown(keys: KeyRows, drone: int, t_s: float) -> Rgb:
    """What the Plan's rules say a drone shows: dark before the first key, steps, ramps where fade is set."""
    t_us = round(t_s * S)
    first, last = int(keys.key_start[drone]), int(keys.key_start[drone + 1])
    colour = np.zeros(4)
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


def test_a_scene_without_keys_is_white_while_it_holds() -> None:
    keys = light_rows(2, [lit(a_scene(), 20, [1, 0])])
    assert [shown(keys, 0, t) for t in (0, 19.9, 20, 29.9, 30, 99)] == [(0, 0, 0)] * 2 + [WHITE] * 2 + [(0, 0, 0)] * 2


def test_own_colours_are_dimmed_by_the_key() -> None:
    keys = light_rows(2, [lit(a_scene(LightKey(0, (255, 255, 51), own=True)), 20, [1, 0], own=True)])
    assert shown(keys, 1, 25) == (0, 0, 51)
    assert shown(keys, 0, 25) == (10, 20, 51)


def test_a_scene_of_a_coloured_formation_shows_its_colours() -> None:
    keys = light_rows(2, [lit(a_scene(), 20, [0, 1], own=True)])
    assert shown(keys, 1, 25) == (10, 20, 255)


def test_drones_that_are_not_in_the_scene_stay_dark() -> None:
    keys = light_rows(3, [lit(a_scene(), 20, [0, 2])])
    assert shown(keys, 1, 25) == (0, 0, 0)


def test_a_first_fade_rises_in_the_last_second_of_the_approach() -> None:
    keys = light_rows(1, [lit(a_scene(LightKey(0, WHITE, fade=True)), 20, [0])])
    assert [shown(keys, 0, t) for t in (10, 19, 19.5, 20)] == [(0, 0, 0), (0, 0, 0), (128, 128, 128), WHITE]


def test_a_first_fade_after_arrival_rises_from_the_arrival() -> None:
    keys = light_rows(1, [lit(a_scene(LightKey(4 * S, WHITE, fade=True)), 20, [0])])
    assert [shown(keys, 0, t) for t in (19.5, 22, 24)] == [(0, 0, 0), (128, 128, 128), WHITE]


def test_negative_keys_light_the_approach_but_not_the_scene_before() -> None:
    one = lit(a_scene(LightKey(0, (9, 9, 9))), 20, [0], closes_s=30)
    two = lit(a_scene(LightKey(-50 * S, (1, 2, 3)), LightKey(0, WHITE)), 40, [0], opens_s=30)
    keys = light_rows(1, [one, two])
    assert [shown(keys, 0, t) for t in (29.9, 30, 39.9, 40)] == [(9, 9, 9), (1, 2, 3), (1, 2, 3), WHITE]


def test_a_key_after_the_hold_keeps_the_light_on_until_the_next_scene() -> None:
    scene = a_scene(LightKey(0, WHITE), LightKey(12 * S, (9, 9, 9)))
    keys = light_rows(1, [lit(scene, 20, [0], closes_s=40)])
    assert [shown(keys, 0, t) for t in (31, 33, 39.9, 40)] == [WHITE, (9, 9, 9), (9, 9, 9), (0, 0, 0)]


def test_stitching_lights_along_the_path() -> None:
    scene = a_scene(LightKey(0, WHITE), stitch=Stitch(S, 4 * S))
    keys = light_rows(5, [lit(scene, 20, [4, 3, 2, 1, 0])])
    for k in range(5):
        begin = 21 + k
        assert shown(keys, 4 - k, begin - 0.01) == (0, 0, 0)
        assert shown(keys, 4 - k, begin) == WHITE
    assert shown(keys, 0, 30) == (0, 0, 0)


def test_stitching_meets_a_running_fade_at_its_colour() -> None:
    scene = a_scene(LightKey(0, (0, 0, 0)), LightKey(4 * S, (200, 100, 0), fade=True), stitch=Stitch(0, 4 * S))
    keys = light_rows(3, [lit(scene, 20, [0, 1, 2])])
    assert shown(keys, 1, 22) == (100, 50, 0)
    assert shown(keys, 1, 23) == (150, 75, 0)
    assert shown(keys, 1, 21.9) == (0, 0, 0)


def test_stitching_longer_than_the_hold_never_lights_the_way_on() -> None:
    scene = a_scene(LightKey(0, WHITE), stitch=Stitch(0, 40 * S))
    keys = light_rows(2, [lit(scene, 20, [0, 1], closes_s=90)])
    assert [shown(keys, 1, t) for t in (30, 50, 61, 80)] == [(0, 0, 0)] * 4


def test_key_times_rise_for_every_drone() -> None:
    one = lit(a_scene(LightKey(0, WHITE), LightKey(1, (1, 1, 1)), stitch=Stitch(0, S)), 20, [0, 1, 2], closes_s=30)
    two = lit(
        a_scene(LightKey(-90 * S, WHITE), LightKey(-80 * S, (3, 3, 3)), LightKey(0, WHITE)), 40, [2, 0], opens_s=30
    )
    keys = light_rows(3, [one, two])
    for i in range(3):
        times = keys.t_us[keys.key_start[i] : keys.key_start[i + 1]]
        assert (np.diff(times) > 0).all()


@pytest.mark.parametrize("n", [0, 3])
def test_no_scene_no_keys(n: int) -> None:
    keys = light_rows(n, [])
    assert keys.key_start.tolist() == [0] * (n + 1)
    assert len(keys.t_us) == 0
