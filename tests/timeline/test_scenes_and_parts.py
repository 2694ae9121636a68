"""Edits of scenes, lights, formations, acts, markers, the emotion curve, positions and music."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from showeditor.model.errors import BadInput
from showeditor.model.limits import Limits
from showeditor.model.music import AtBeat, AtTime, Music, TempoMap, TempoMark, moment_us
from showeditor.model.points import Points
from showeditor.model.show import Act, Feeling, Marker, Show
from showeditor.model.swarm import Fleet, Formation, LightKey, Placement, Scene, TextSource
from showeditor.model.venue import Position, Seat, Venue, Wind
from showeditor.timeline import parts, scenes
from small_shows import small_show


def scene(show: Show, name: str) -> Scene:
    return scenes.scenes_of(show, [name])[0]


def test_scenes_move_and_stay_in_order_of_arrival() -> None:
    base = small_show()
    assert [s.id for s in base.flights[0].scenes] == ["s01", "s02"]
    show = scenes.move_scenes(base, ["s01"], 10_000_000)
    assert [s.id for s in show.flights[0].scenes] == ["s02", "s01"]
    assert scene(show, "s01").arrive == AtTime(25_000_000)
    assert show.tracks is base.tracks
    show = scenes.move_scenes(base, ["s01", "s02"], -(10**9))
    assert scene(show, "s01").arrive == AtTime(0)
    assert isinstance(scene(show, "s02").arrive, AtBeat)
    gaps = [
        moment_us(scene(s, "s02").arrive, s.music) - moment_us(scene(s, "s01").arrive, s.music) for s in (base, show)
    ]
    assert abs(gaps[0] - gaps[1]) < 1_000


def test_dragging_the_ends_of_a_scene() -> None:
    base = small_show()
    show = scenes.resize_scene(base, "s01", end_us=22_000_000)
    assert (scene(show, "s01").arrive, scene(show, "s01").hold_us) == (AtTime(15_000_000), 7_000_000)
    show = scenes.resize_scene(base, "s01", start_us=16_000_000)
    assert (scene(show, "s01").arrive, scene(show, "s01").hold_us) == (AtTime(16_000_000), 4_000_000)
    assert scene(scenes.resize_scene(base, "s01", start_us=99_000_000), "s01").hold_us == 0
    assert scene(scenes.resize_scene(base, "s01", end_us=0), "s01").hold_us == 0
    assert scenes.resize_scene(base, "s01", end_us=20_000_000) is base
    musical = scene(scenes.resize_scene(base, "s02", start_us=19_000_000), "s02")
    assert isinstance(musical.arrive, AtBeat)
    old = scene(base, "s02")
    assert moment_us(musical.arrive, base.music) + musical.hold_us == moment_us(old.arrive, base.music) + old.hold_us


@given(st.integers(-(10**8), 10**8), st.integers(-(10**8), 10**8), st.sampled_from(["s01", "s02"]))
def test_resizing_never_makes_a_negative_hold(start_us: int, end_us: int, name: str) -> None:
    show = scenes.resize_scene(small_show(), name, start_us=start_us, end_us=end_us)
    assert scene(show, name).hold_us >= 0
    assert moment_us(scene(show, name).arrive, show.music) >= 0


def test_adding_duplicating_and_deleting_scenes() -> None:
    base = small_show()
    show, _ = scenes.add_scene(base, "flight01", "f01", AtTime(1_000_000), 5, Placement((0.0, 0.0, 50.0)))
    assert [s.id for s in show.flights[0].scenes] == ["s03", "s01", "s02"]
    show, names = scenes.duplicate_scenes(base, ["s01", "s02"], 30_000_000)
    assert names == ("s03", "s04")
    assert scene(show, "s03").arrive == AtTime(45_000_000)
    assert scenes.delete_scenes(scenes.delete_scenes(show, ["s03"]), ["s04"]) == base
    show = scenes.change_scenes(base, ["s01", "s02"], hold_us=1, name="云")
    assert {(s.hold_us, s.name) for s in show.flights[0].scenes} == {(1, "云")}


def test_light_keys_stay_in_order() -> None:
    show = scenes.add_light(small_show(), ["s01"], LightKey(2_000, (1, 2, 3)))
    show = scenes.add_light(show, ["s01"], LightKey(-500, (9, 9, 9)))
    show = scenes.add_light(show, ["s01"], LightKey(2_000, (4, 4, 4), fade=True))
    assert [(k.at_us, k.colour) for k in scene(show, "s01").lights] == [
        (-500, (9, 9, 9)), (0, (255, 255, 255)), (2_000, (4, 4, 4)),
    ]  # fmt: skip
    show = scenes.move_light(show, "s01", -500, 5_000)
    assert [k.at_us for k in scene(show, "s01").lights] == [0, 2_000, 5_000]
    with pytest.raises(BadInput, match="already has a light key"):
        scenes.move_light(show, "s01", 5_000, 0)
    with pytest.raises(BadInput, match="no light key"):
        scenes.move_light(show, "s01", 1, 0)
    assert [k.at_us for k in scene(scenes.delete_light(show, ["s01"], 0), "s01").lights] == [2_000, 5_000]


def test_formations() -> None:
    base = small_show()
    source = TextSource("火")
    show, name = scenes.add_formation(base, "火", Points([[0, 0, 0], [1, 0, 0]]), path=(0, 1), source=source)
    assert name == "f03"
    assert show.formations[2].path == (0.0, 1.0)
    assert show.formations[2].source == source
    show = scenes.change_formation(show, "f03", points=Points([[5, 5, 5]]), path=())
    assert len(show.formations[2].points) == 1
    assert scenes.change_formation(show, "f03", points=Points([[5, 5, 5]])) is show
    assert scenes.delete_formation(show, "f03") == base
    with pytest.raises(BadInput, match="still shown by scene s01, s02"):
        scenes.delete_formation(base, "f01")
    with pytest.raises(BadInput, match="must be Points"):
        scenes.change_formation(base, "f01", points=[[0, 0, 0]])


def test_flights() -> None:
    base = small_show()
    show, name = scenes.add_flight(base, "fleet01", AtBeat(0), "second")
    show = scenes.change_flight(show, name, takeoff=AtTime(9))
    assert (show.flights[1].id, show.flights[1].takeoff, show.flights[1].name) == ("flight02", AtTime(9), "second")
    assert scenes.change_flight(show, name, takeoff=AtTime(9)) is show


NOTHING: list[Callable[[Show], Show]] = [
    lambda s: scenes.move_scenes(s, ["s01", "s02"], 0),
    lambda s: scenes.change_scenes(s, ["s01"], hold_us=5_000_000),
    lambda s: scenes.delete_scenes(s, []),
    lambda s: scenes.add_scenes(s, "flight01", []),
    lambda s: scenes.add_light(s, ["s01"], LightKey(0, (255, 255, 255))),
    lambda s: scenes.delete_light(s, ["s01"], 77),
    lambda s: parts.change_show(s, title="test"),
    lambda s: parts.change_venue(s, wind=Wind()),
    lambda s: parts.replace_music(s, s.music),
    lambda s: parts.put_part(s, s.acts[0]),
    lambda s: parts.change_parts(s, Act, ["a01"], name="起"),
    lambda s: parts.delete_parts(s, Seat, []),
    lambda s: parts.change_act(s, "a01", end_us=20_000_000),
    lambda s: parts.move_acts(s, ["a01"], -5),
    lambda s: parts.move_markers(s, ["m01"], 0),
    lambda s: parts.set_feeling(s, 0, 1),
    lambda s: parts.move_positions(s, ["p1"]),
]


@pytest.mark.parametrize("edit", NOTHING)
def test_an_edit_that_changes_nothing_returns_the_same_show(edit: Callable[[Show], Show]) -> None:
    show = small_show()
    assert edit(show) is show


REFUSED: list[tuple[Callable[[Show], Any], str]] = [
    (lambda s: scenes.move_scenes(s, ["s01", "s8", "s9"], 1), "unknown scene: s8, s9"),
    (lambda s: scenes.add_scene(s, "flight9", "f01", AtTime(0), 0, Placement((0, 0, 0))), "unknown flight: flight9"),
    (lambda s: scenes.add_scene(s, "flight01", "f9", AtTime(0), 0, Placement((0, 0, 0))), "unknown formation: f9"),
    (lambda s: scenes.add_scenes(s, "flight01", [scene(s, "s01")]), "used twice: s01"),
    (lambda s: scenes.change_scenes(s, ["s01"], hold_us=-1), "hold of scene 's01'"),
    (lambda s: scenes.add_flight(s, "fleet9", AtTime(0)), "unknown fleet"),
    (lambda s: parts.change_act(s, "a9", name="x"), "unknown act: a9"),
    (lambda s: parts.change_act(s, "a01", end_us=0), "length of act"),
    (lambda s: parts.delete_parts(s, Position, ["p2"]), "position p2 is still used by cue c0002"),
    (lambda s: parts.delete_parts(s, Fleet, ["fleet01"]), "still used by flight flight01"),
    (lambda s: parts.delete_parts(s, Formation, ["f01"]), "still used by scene s01, scene s02"),
    (lambda s: parts.delete_feeling(s, 5), "unknown emotion point: 5"),
    (lambda s: parts.set_feeling(s, 5, 11), "emotion level"),
    (lambda s: parts.change_show(s, duration_us=0), "duration_us"),
    (lambda s: parts.change_show(s, tracks="x"), "tracks of a show"),
    (lambda s: parts.change_venue(s, wind=Venue()), "wind of a venue"),
    (lambda s: parts.new_part(s, Show, title="x"), "no list of Show"),
]


@pytest.mark.parametrize(("edit", "why"), REFUSED)
def test_refusals(edit: Callable[[Show], Any], why: str) -> None:
    with pytest.raises(BadInput, match=why):
        edit(small_show())


def test_acts_stay_in_order_of_their_start() -> None:
    base = small_show()
    show, name = parts.add_act(base, "序", 0, 5_000_000, colour="#112233")
    assert [a.id for a in show.acts] == [name, "a01", "a02"]
    show = parts.change_act(parts.move_acts(show, [name], 30_000_000), "a01", name="合")
    assert [a.name for a in show.acts] == ["合", "承", "序"]
    assert show.acts[2].end_us == 35_000_000


def test_markers_and_feelings() -> None:
    base = small_show()
    show, name = parts.add_marker(base, "gong", AtTime(7))
    assert name == "m03"
    show = parts.move_markers(show, ["m03", "m01"], -(10**9))
    assert show.markers[2] == Marker("m03", "gong", AtTime(0))
    assert show.markers[0].when == base.markers[0].when or isinstance(show.markers[0].when, AtBeat)
    show = parts.move_feeling(parts.set_feeling(base, 5_000_000, 4), 5_000_000, 10_000_000, 9)
    assert show.emotion == (Feeling(0, 1.0), Feeling(10_000_000, 9.0))
    assert parts.delete_feeling(show, 10_000_000).emotion == (Feeling(0, 1.0),)


def test_generic_parts() -> None:
    base = small_show()
    show, name = parts.new_part(base, Position, name="barge", at_m=(1, 2, 3))
    assert name == "p06"
    assert show.venue.positions[-1].at_m == (1.0, 2.0, 3.0)
    show = parts.move_positions(show, [name], dx_m=-1, dz_m=0.5)
    assert show.venue.positions[-1].at_m == (0.0, 2.0, 3.5)
    show = parts.put_part(show, Seat("vip", "VIP", (0.0, -100.0, 2.0)))
    show = parts.put_part(show, Seat("vip", "VIP 2", (0.0, -100.0, 2.0)))
    assert [seat.name for seat in parts.parts_of(show, Seat)] == ["VIP 2"]
    show = parts.delete_parts(show, Position, [name])
    assert parts.change_venue(show, seats=()) == base
    assert parts.change_show(base, limits=Limits(min_gap_m=2)).limits == Limits(min_gap_m=2.0)
    assert parts.replace_venue(base, Venue("other")).venue.name == "other"


def test_other_music_keeps_bars_or_times() -> None:
    base = small_show()
    other = Music(downbeat_us=0, tempo=TempoMap((TempoMark(0, 400_000),)))
    by_score = parts.replace_music(base, other)
    assert by_score.tracks is base.tracks
    by_clock = parts.replace_music(base, other, keep="clock")
    for old, new in zip(base.cues(), by_clock.cues(), strict=True):
        assert type(new.when) is type(old.when)
        assert abs(moment_us(new.when, other) - moment_us(old.when, base.music)) <= 209  # half a tick
    for old_scene, new_scene in zip(base.flights[0].scenes, by_clock.flights[0].scenes, strict=True):
        assert abs(moment_us(new_scene.arrive, other) - moment_us(old_scene.arrive, base.music)) <= 209
    assert by_clock.markers[1] is base.markers[1]
