"""Effects that need more than time and place: pictures, films, music; masks and blends; the white lamp."""

from typing import Any

import msgspec
import numpy as np
import pytest
from showeditor.model.film import Film, film_of
from showeditor.model.light_effects import Gradient, LightEffect, Picture, Pulse, Solid, Sounding, Twinkle, Wave, Wipe
from showeditor.model.light_masks import BoxMask, LightMask, PathMask, PolygonMask, SphereMask
from showeditor.model.music import AtTime, Music, TempoMap, TempoMark
from showeditor.model.plan import Drones
from showeditor.model.points import Points
from showeditor.model.show import Show
from showeditor.model.swarm import Fleet, Flight, Formation, Grid, LightKey, Placement, Rgb, Scene
from showeditor.planning.compile import compile_show
from showeditor.planning.lights import Lit, light_rows
from showeditor.stage.lights import drone_colours, linear
from showeditor.storage.text import show_of_text, show_to_text

S = 1_000_000
RED, GREEN, BLUE, BLACK = (255, 0, 0), (0, 255, 0), (0, 0, 255), (0, 0, 0)
WALL = [[2.0 * x, 0.0, 2.0 * z] for z in range(4) for x in range(4)]


def lit(*effects: LightEffect, points: Any = WALL, base: Rgb = BLACK, **more: Any) -> Lit:
    """A wall of drones facing south at y = 100 m, from second 10 to 30, in a base colour."""
    formation = Formation("f", "f", Points(points), path=tuple(np.linspace(0, 1, len(points)).tolist()))
    place = Placement((0.0, 100.0, 50.0))
    scene = Scene("s", "f", AtTime(0), 20 * S, place, (LightKey(0, base),), effects=effects)
    n = len(points)
    return Lit(scene, formation, np.arange(n), np.arange(n), 10 * S, 0, 30 * S, 40 * S, **more)


def colours(one: Lit, t_s: float) -> list[Rgb]:
    keys = light_rows(len(one.drone), [one])
    drones = Drones(key_start=keys.key_start, key_t_us=keys.t_us, key_rgbw=keys.rgbw, key_fade=keys.fade)
    empty = np.zeros(len(one.drone) + 1, np.int64)
    object.__setattr__(drones, "name", ("x",) * len(one.drone))
    object.__setattr__(drones, "piece_start", empty)
    return [(r, g, b) for r, g, b, _ in np.round(drone_colours(drones, round(t_s * S))).astype(int).tolist()]


def film(rows: list[list[tuple[int, ...]]], *more: list[list[tuple[int, ...]]], fps: float = 2.0) -> Film:
    pixels = np.array([rows, *more], np.uint8)
    if pixels.shape[3] == 3:
        pixels = np.concatenate([pixels, np.full((*pixels.shape[:3], 1), 255, np.uint8)], axis=3)
    return film_of(pixels.tobytes(), pixels.shape[2], pixels.shape[1], len(pixels), fps)


def test_a_picture_is_upright_and_not_mirrored() -> None:
    four = film([[RED, GREEN], [BLUE, (255, 255, 255)]])
    seen = colours(lit(Picture(0, 10 * S, (255, 255, 255), film=four)), 15)
    assert seen[0] == BLUE
    assert seen[3] == (255, 255, 255)
    assert seen[12] == RED
    assert seen[15] == GREEN
    half = colours(lit(Picture(0, 10 * S, (255, 255, 255), film=four, opacity=0.5)), 15)
    assert half[12] == (128, 0, 0)
    assert colours(lit(Picture(0, 10 * S, (0, 128, 0), film=four)), 15)[15] == (0, 128, 0)


def test_a_picture_is_the_same_from_its_eye_however_deep_the_points_lie() -> None:
    eye = np.array([3.0, -100.0, 53.0])
    rng = np.random.default_rng(5)
    flat = np.array(WALL)
    # pushed along the lines of sight, the points look the same from the eye
    world = flat + np.array([0.0, 100.0, 50.0])
    deep = eye + (world - eye) * rng.uniform(0.8, 1.2, (len(flat), 1)) - np.array([0.0, 100.0, 50.0])
    four = film([[RED, GREEN], [BLUE, (255, 255, 255)]])
    effect = Picture(0, 10 * S, (255, 255, 255), film=four, eye_m=(3.0, -100.0, 53.0), fit="stretch")
    straight, pushed = (np.array(colours(lit(effect, points=p), 15), float) for p in (WALL, deep.tolist()))
    assert np.abs(straight - pushed).max() < 12.0
    assert tuple(straight[12]) == RED


def test_transparent_pixels_leave_what_is_below() -> None:
    hole = film([[(255, 0, 0, 255), (0, 0, 0, 0)]])
    seen = colours(lit(Picture(0, 10 * S, (255, 255, 255), film=hole, fit="stretch"), base=(0, 0, 90)), 15)
    assert seen[0] == RED
    assert seen[3] == (0, 0, 90)


def test_a_film_runs_and_begins_again() -> None:
    two = film([[RED]], [[GREEN]], fps=1.0)
    one = lit(Picture(0, 10 * S, (255, 255, 255), film=two))
    assert [colours(one, t)[0] for t in (10.5, 11.5, 12.5, 13.5)] == [RED, GREEN, RED, GREEN]


def test_a_film_states_exactly_what_it_holds() -> None:
    good = film([[RED, GREEN]])
    with pytest.raises(ValueError, match="stated"):
        Film(2, 2, good.data)
    with pytest.raises(ValueError, match="damaged"):
        Film(2, 1, b"not zlib")
    with pytest.raises(ValueError, match="at most"):
        Film(256, 256, good.data, count=90_000)


@pytest.mark.parametrize(
    ("mask", "chosen"),
    [
        (BoxMask((-1.0, -1.0, -1.0), (3.0, 1.0, 1.0)), {0, 1}),
        (SphereMask((0.0, 0.0, 0.0), 2.1), {0, 1, 4}),
        (PolygonMask(((-1.0, -1.0), (7.0, -1.0), (-1.0, 3.0))), {0, 1, 2, 4}),
        (PathMask(0.9, 1.0), {14, 15}),
        (PathMask(0.0, 0.9, outside=True), {14, 15}),
    ],
)
def test_masks(mask: LightMask, chosen: set[int]) -> None:
    seen = colours(lit(Solid(0, 10 * S, RED, mask=mask), base=(9, 9, 9)), 15)
    assert {k for k, colour in enumerate(seen) if colour == RED} == chosen
    within = colours(lit(Solid(0, 10 * S, RED, mask=mask, points=(0, 15))), 15)
    assert {k for k, colour in enumerate(within) if colour == RED} == chosen & {0, 15}


def test_screen_brightens_without_glare() -> None:
    one = lit(Solid(0, 10 * S, (128, 255, 0), blend="screen"), base=(128, 40, 40))
    assert colours(one, 15)[0] == (192, 255, 40)


def test_a_pulse_on_the_tempo_map_flashes_on_the_beat_and_not_before() -> None:
    slow = Music(downbeat_us=300_000, tempo=TempoMap((TempoMark(0, 1_000_000), TempoMark(960 * 20, 500_000))))
    one = lit(Pulse(0, 20 * S, RED, beats=1.0), music=slow)
    for beat_s in (11.3, 12.3, 20.3, 20.8, 21.3):
        assert colours(one, beat_s + 0.001)[0][0] > 240
        assert colours(one, beat_s - 0.02)[0][0] < 15
    steady = lit(Pulse(0, 20 * S, RED, period_us=1 * S), music=slow)
    assert colours(steady, 10.001)[0][0] > 240
    assert colours(steady, 12.001)[0][0] > 240
    assert colours(steady, 11.98)[0][0] < 15


def test_colour_follows_the_levels_of_the_music_where_it_begins() -> None:
    levels = bytes([0] * 100 + [255] * 20 + [0] * 100)
    later = Music(start_us=7 * S, downbeat_us=9 * S)
    one = lit(Sounding(0, 20 * S, RED, levels=levels, low=0.2), music=later)
    assert [colours(one, t)[0] for t in (11.5, 12.5, 14.0)] == [(51, 0, 0), RED, (51, 0, 0)]
    score = lit(Sounding(0, 20 * S, RED, levels=levels, by="score"), music=later)
    assert [colours(score, t)[0] for t in (13.5, 14.5, 16.0)] == [BLACK, RED, BLACK]
    assert colours(lit(Sounding(0, 20 * S, RED)), 15)[0] == BLACK


def show(model: str, *effects: LightEffect, white: bool = False) -> Show:
    fleet = Fleet("f", model, 4, Grid((0.0, 0.0, 0.0), 4, 4.0), white=white)
    row = Formation("row", "row", Points([[4.0 * k, 0.0, 0.0] for k in range(4)]))
    scene = Scene("a", "row", AtTime(60 * S), 20 * S, Placement((0.0, 50.0, 40.0)), effects=effects)
    return Show("w", 200 * S, fleets=(fleet,), formations=(row,), flights=(Flight("n", "f", AtTime(0), (scene,)),))


def test_the_white_lamp_takes_what_is_common_and_the_picture_stays() -> None:
    effect = Gradient(0, 20 * S, (200, 100, 100), end=(90, 220, 255))
    with_white = compile_show(show("drotek-hard", effect, white=True))
    without = compile_show(show("drotek-hard", effect))
    assert with_white.drones.key_rgbw[:, 3].any()
    assert not without.drones.key_rgbw[:, 3].any()
    assert (with_white.drones.key_rgbw[:, :3].min(axis=1) == 0).all()
    for t_s in (60.5, 65.0, 70.0):
        a, b = (drone_colours(plan.drones, round(t_s * S)) for plan in (with_white, without))
        assert np.abs(linear(a[:, :3] + a[:, 3:]) - linear(b[:, :3])).max() < 0.01
    assert [f.code for f in compile_show(show("mds-default", effect, white=True)).problems] == ["PLAN-WHITE"]


def test_layers_of_every_kind_are_read_back_and_old_ones_written_as_ever() -> None:
    kinds = (
        Picture(0, S, RED, film=film([[RED]]), eye_m=(1.0, 2.0, 3.0)),
        Sounding(0, S, RED, levels=b"\x01\xff"),
        Solid(0, S, RED, mask=SphereMask((0.0, 0.0, 0.0), 1.0), opacity=0.5),
        Pulse(0, S, RED, beats=2.0),
        Wave(0, S, RED),
        Wipe(0, S, RED, points=(1,)),
        Twinkle(0, S, RED, blend="screen"),
    )
    made = show("drotek-hard", *kinds, white=True)
    text = show_to_text(made)
    assert show_of_text(text, "x") == made
    assert '{"kind":"wave","at_us":0,"for_us":1000000,"colour":[255,0,0],"blend":"over","points":[],"along":"x"' in text
    assert "opacity" in text


def test_an_edit_of_one_scene_draws_only_its_own_layers_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from showeditor.planning import lights

    made = show("drotek-hard", Wave(0, 20 * S, RED))
    (flight,) = made.flights
    two = (flight.scenes[0], msgspec.structs.replace(flight.scenes[0], id="b", arrive=AtTime(120 * S)))
    made = msgspec.structs.replace(made, flights=(msgspec.structs.replace(flight, scenes=two),))
    plan = compile_show(made)
    drawn: list[int] = []
    real = lights.layered
    monkeypatch.setattr(lights, "layered", lambda *given: (drawn.append(given[4]), real(*given))[1])
    blue = msgspec.structs.replace(two[1], effects=(Wave(0, 20 * S, BLUE),))
    edited = msgspec.structs.replace(made, flights=(msgspec.structs.replace(flight, scenes=(two[0], blue)),))
    compile_show(edited, plan)
    assert drawn == [120 * S]
