"""Hypothesis strategies of whole shows, every field reached."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from showeditor.model.cue import Address, Controller, Cue, Track
from showeditor.model.light_effects import Gradient, Pulse, Twinkle, Wave, Wipe
from showeditor.model.limits import Limits
from showeditor.model.music import AtBeat, AtTime, Music, Signature, TempoMap, TempoMark
from showeditor.model.passage import Passage
from showeditor.model.points import Points
from showeditor.model.show import Act, Feeling, Marker, Show
from showeditor.model.stage import Call, Caption, Dmx, Msc, Osc, StageCue, StageTrack
from showeditor.model.swarm import (
    DrawnSource,
    Fleet,
    Flight,
    Formation,
    Grid,
    LightKey,
    Placement,
    Scene,
    Stitch,
    SvgSource,
    TextSource,
)
from showeditor.model.timecode import RATES, Timecode
from showeditor.model.venue import Geodetic, Geofence, Position, Seat, Venue, Wind, Zone
from showeditor.model.waiver import Waiver

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
name = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=8)
number = st.floats(-1e6, 1e6)
above_zero = st.floats(1e-3, 1e5)
time_us = st.integers(0, 10**12)
vec3 = st.tuples(number, number, number)
rgb = st.tuples(*[st.integers(0, 255)] * 3)
ring = st.lists(st.tuples(number, number), min_size=3, max_size=5).map(tuple)
when = st.builds(AtTime, time_us) | st.builds(AtBeat, st.integers(-(10**10), 10**10))


def rows(make: Callable[[str], st.SearchStrategy[Any]], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    """Tuples of parts with different ids."""
    ids = st.lists(name, max_size=most, unique=True)
    return ids.flatmap(lambda names: st.tuples(*(make(each) for each in names)))


def ascending(least: int, most: int, count: int) -> st.SearchStrategy[list[int]]:
    """Different whole numbers in order."""
    return st.lists(st.integers(least, most), max_size=count, unique=True).map(sorted)


address = st.none() | st.builds(Address, name, st.integers(0, 999), st.integers(0, 99))
grid = st.builds(Grid, vec3, st.integers(1, 50), above_zero, number) | st.builds(
    Grid,
    vec3,
    st.integers(1, 50),
    above_zero,
    number,
    st.integers(0, 9),
    st.integers(0, 9),
    st.sampled_from([0.0, 3.0]),
)
venues = st.builds(
    Venue,
    name,
    number,
    st.none() | st.builds(Geodetic, st.floats(-90, 90), st.floats(-180, 180), number),
    rows(
        lambda i: st.builds(
            Zone,
            st.just(i),
            st.sampled_from(["audience", "water", "building"]),
            ring,
            text,
            st.none() | above_zero,
        )
    ),
    st.none() | st.builds(Geofence, ring, st.just(-1.5), above_zero),
    rows(lambda i: st.builds(Seat, st.just(i), text, vec3, vec3)),
    rows(lambda i: st.builds(Position, st.just(i), text, vec3, number, st.floats(0, 180))),
    st.builds(Wind, st.floats(0, 50), number),
    st.none() | number,
    st.sampled_from(["night", "dusk", "day"]),
)
tempo_maps = st.builds(
    lambda ticks, speeds, bars: TempoMap(
        tuple(TempoMark(t, us) for t, us in zip([0, *ticks], speeds, strict=False)),
        tuple(Signature(t, b, u) for t, (b, u) in zip([0, *ticks], bars, strict=False)),
    ),
    ascending(1, 10**7, 3),
    st.lists(st.integers(1, 10**8), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(1, 13), st.sampled_from([2, 4, 8])), min_size=1, max_size=3),
)
media = st.none() | st.sampled_from(["music.ogg", "media/鼓.wav"])
music = st.none() | st.builds(
    Music, media, st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), tempo_maps, media, number
)


def cues(cue_id: str) -> st.SearchStrategy[Cue]:
    """Cues of one id."""
    holds = st.sampled_from(["bloom", "ignition"])
    return st.builds(Cue, st.just(cue_id), text, text, when, holds, number, number, address, text, text)


def tracks_of(names: list[str]) -> st.SearchStrategy[tuple[Track, ...]]:
    """Two tracks that share the cues of these ids between them."""
    half = len(names) // 2
    return st.tuples(
        *(
            st.builds(Track, st.just(track), text, st.tuples(*(cues(i) for i in ids)), st.booleans())
            for track, ids in (("t1", names[:half]), ("t2", names[half:]))
        )
    )


@st.composite
def formations(draw: st.DrawFn, formation_id: str) -> Formation:
    """A formation of one id, with or without colours and path."""
    points = draw(st.lists(st.tuples(*[st.floats(-9e4, 9e4)] * 3), min_size=1, max_size=4))
    n = len(points)
    size = {"height_m": draw(above_zero), "spacing_m": draw(above_zero)}
    source = draw(
        st.builds(DrawnSource, text)
        | st.builds(TextSource, text, st.sampled_from(["centreline", "outline", "fill"]), font=text, **_just(size))
        | st.builds(SvgSource, text, **_just(size))
    )
    colours = draw(st.just(()) | st.tuples(*[rgb] * n))
    path = draw(st.just(()) | st.tuples(*[st.floats(0, 1)] * n))
    return Formation(formation_id, draw(text), Points(points), colours, path, source)


def _just(values: dict[str, Any]) -> dict[str, Any]:
    return {key: st.just(value) for key, value in values.items()}


_layer = {
    "at_us": st.integers(-(10**9), 10**9),
    "for_us": st.integers(1, 10**9),
    "colour": rgb,
    "blend": st.sampled_from(["over", "add", "multiply", "brightest"]),
    "points": st.lists(st.integers(0, 99), max_size=3).map(tuple),
}
_along = st.sampled_from(["x", "y", "z", "radius", "path"])
_period = st.integers(1000, 10**8)
light_effects = (
    st.builds(Gradient, end=rgb, along=_along, **_layer)
    | st.builds(Twinkle, period_us=_period, share=st.floats(0, 1), seed=st.integers(0, 2**32 - 1), **_layer)
    | st.builds(Pulse, period_us=_period, low=st.floats(0, 1), **_layer)
    | st.builds(Wave, along=_along, period_us=_period, length=above_zero, **_layer)
    | st.builds(Wipe, along=_along, soft=st.floats(0, 1), backwards=st.booleans(), **_layer)
)


def scenes(scene_id: str) -> st.SearchStrategy[Scene]:
    """Scenes of one id."""
    lights = ascending(-(10**9), 10**9, 3).flatmap(
        lambda times: st.tuples(*(st.builds(LightKey, st.just(t), rgb, st.booleans(), st.booleans()) for t in times))
    )
    stitch = st.none() | st.builds(Stitch, st.integers(-(10**9), 10**9), time_us)
    place = st.builds(Placement, vec3, number, number, above_zero)
    effects = st.lists(light_effects, max_size=2).map(tuple)
    way = st.just(Passage()) | st.builds(Passage, st.sampled_from(["low-first", "in-out"]), st.integers(0, 10**6))
    shown = (st.just(scene_id), text, when, time_us, place, lights, stitch, text, effects)
    return st.builds(Scene, *shown, way=way)


def acts(act_id: str) -> st.SearchStrategy[Act]:
    """Acts of one id."""
    return st.builds(
        lambda start, length, *rest: Act(act_id, rest[0], start, start + length, rest[1], rest[2]),
        st.integers(0, 10**9),
        st.integers(1, 10**9),
        text,
        st.sampled_from(["#6a8caf", "#FFffFF"]),
        text,
    )


timecodes = st.builds(
    Timecode,
    st.sampled_from(sorted(RATES)),
    st.sampled_from(["00:00:00:00", "-00:00:10:00", "10:10:10:10"]),
    st.integers(0, 10**8),
    st.sampled_from(["", "2026-09-30"]),
    st.integers(-12, 13),
)
_values = st.lists(st.booleans() | st.integers(-(2**31), 2**31 - 1) | number | text.filter(lambda t: "\0" not in t))
actions = (
    st.just(Call())
    | st.builds(Osc, st.just("/eos/go"), _values.map(tuple))
    | st.builds(Msc, st.sampled_from(["go", "stop"]), st.sampled_from(["", "12.5"]), device=st.integers(0, 127))
    | st.builds(Dmx, st.integers(1, 99), st.integers(1, 400), st.just((0, 255, 7)), st.integers(0, 10**9))
)
speaker = name.filter(lambda t: not set(t) & set("<>"))
line = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


def stage_tracks(track_id: str) -> st.SearchStrategy[StageTrack]:
    """Stage tracks of one id, whose cues carry it in theirs."""
    held = rows(lambda i: st.builds(StageCue, st.just(f"{track_id}/{i}"), name, when, actions, text), 2)
    return st.builds(StageTrack, st.just(track_id), text, held, st.booleans())


captions = rows(lambda i: st.builds(Caption, st.just(i), when, st.integers(1, 10**9), line, line, speaker), 2)

shows = st.builds(
    Show,
    name,
    st.integers(1, 10**12),
    venues,
    rows(acts),
    ascending(0, 10**9, 3).flatmap(
        lambda times: st.tuples(*(st.builds(Feeling, st.just(t), st.floats(0, 10)) for t in times))
    ),
    rows(lambda i: st.builds(Marker, st.just(i), text, when)),
    music,
    st.lists(name, max_size=5, unique=True).flatmap(tracks_of),
    rows(lambda i: st.builds(Controller, st.just(i), name, text)),
    rows(lambda i: st.builds(Fleet, st.just(i), name, st.integers(1, 10**5), grid, text, st.none() | grid)),
    rows(formations, 2),
    st.just(()) | rows(scenes).map(lambda held: (Flight("flight01", "fleet01", AtBeat(5), held, "云"),)),
    st.none() | st.builds(Limits, *[above_zero] * 7),
    text,
    st.integers(0, 2**31 - 1),
    text,
    text,
    timecode=timecodes,
    stage=rows(stage_tracks, 2),
    captions=captions,
    waivers=st.lists(
        st.builds(Waiver, name, name, name, st.just("2026-05-01"), st.lists(name, max_size=2).map(tuple)), max_size=2
    ).map(tuple),
)
