"""A plan made from an earlier one equals the plan made from scratch, and shares what did not change."""

from dataclasses import replace

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.model.cue import Address, Controller, Cue, Track
from showeditor.model.fingerprint import fingerprint
from showeditor.model.music import AtBeat, AtTime, Music, TempoMap, TempoMark
from showeditor.model.show import Show
from showeditor.model.venue import Position, Venue, Wind
from showeditor.planning.compile import compile_show

EFFECTS = (
    "75mm Red Peony", "100mm Gold Willow", "45mm Gold Comet", "75mm Blue Ring w/ White Pistil", "nonsense",
    "30mm 5 Shot 4s Silver Comet Cake Fan", "75mm Green Peony Zork", "30mm 1s Fountain", "75mm Red Mine",
)  # fmt: skip
with_ = msgspec.structs.replace


def some_cue(number, effect=0, place=0, t_us=20_000_000, beat=False):
    when = AtBeat(t_us // 1000) if beat else AtTime(t_us)
    return Cue(f"c{number}", EFFECTS[effect], f"P{place}", when, pan_deg=float(number), tilt_deg=float(number % 12))


def some_show():
    positions = tuple(Position(f"P{i}", f"P{i}", (10.0 * i, 0.0, 0.0), heading_deg=20.0 * i) for i in range(3))
    tracks = tuple(
        Track(f"t{j}", f"t{j}", tuple(some_cue(10 * j + i, (i + j) % 9, i % 4, 20_000_000 + i, i % 3 == 0)
                                      for i in range(6))) for j in range(3)
    )  # fmt: skip
    return Show("s", 100_000_000, venue=Venue(positions=positions), tracks=tracks, music=Music())


edits = st.lists(
    st.tuples(
        st.sampled_from(["move", "effect", "place", "delete", "add", "mute", "swap", "tempo", "wind", "seed", "shift",
                         "site", "address", "rename"]),
        st.integers(0, 2), st.integers(0, 5), st.integers(0, 50),
    ),
    min_size=1, max_size=5,
)  # fmt: skip


def edited(show, kind, j, i, value):
    track = show.tracks[j]
    cues = list(track.cues)
    if kind in ("move", "effect", "place", "delete", "swap", "address", "rename") and not cues:
        return show
    at = i % len(cues) if cues else 0
    if kind == "move":
        cues[at] = with_(cues[at], when=AtTime(20_000_000 + value))
    elif kind == "effect":
        cues[at] = with_(cues[at], effect=EFFECTS[value % len(EFFECTS)])
    elif kind == "place":
        cues[at] = with_(cues[at], position=f"P{value % 4}")
    elif kind == "delete":
        del cues[at]
    elif kind == "add":
        cues.insert(at, some_cue(100 + value, value % len(EFFECTS), value % 4))
    elif kind == "swap":
        cues[at], cues[0] = cues[0], cues[at]
    elif kind == "address":
        cues[at] = with_(cues[at], address=Address("K", value, 1))
    elif kind == "rename":
        cues[at] = with_(cues[at], id=f"c{value % 3}")
    elif kind == "mute":
        tracks = tuple(with_(t, muted=not t.muted) if n == j else t for n, t in enumerate(show.tracks))
        return with_(show, tracks=tracks)
    elif kind == "tempo":
        return with_(show, music=Music(tempo=TempoMap(tempos=(TempoMark(0, 400_000 + value),))))
    elif kind == "wind":
        return with_(show, venue=with_(show.venue, wind=Wind(float(value % 3), 90.0)))
    elif kind == "seed":
        return with_(show, seed=value % 2)
    elif kind == "site":
        return with_(show, controllers=(Controller("K", "cobra-6"),) if value % 2 else ())
    elif kind == "shift":
        moved = [with_(p, at_m=(p.at_m[0] + value, 0.0, 0.0)) if n == j else p
                 for n, p in enumerate(show.venue.positions)]  # fmt: skip
        return with_(show, venue=with_(show.venue, positions=tuple(moved)))
    return with_(show, tracks=tuple(with_(t, cues=tuple(cues)) if n == j else t for n, t in enumerate(show.tracks)))


@settings(max_examples=120, deadline=None)
@given(edits)
def test_every_edit_gives_the_plan_of_a_compilation_from_scratch(steps):
    show = some_show()
    plan = compile_show(show)
    for step in steps:
        show = edited(show, *step)
        plan = compile_show(show, plan)
        assert fingerprint(plan) == fingerprint(compile_show(show))


def big_show(cues=10_000):
    positions = tuple(Position(f"P{i}", f"P{i}", (10.0 * i, 0.0, 0.0)) for i in range(20))
    made = [
        Cue(f"c{i}", EFFECTS[i % 4], f"P{i % 20}", AtTime(10_000_000 + i * 100_000), pan_deg=i * 0.7, tilt_deg=i % 15)
        for i in range(cues)
    ]
    tracks = tuple(Track(f"t{j}", "t", tuple(made[j * 200 : j * 200 + 200])) for j in range(cues // 200))
    return Show("big", 2_000_000_000, venue=Venue(positions=positions), tracks=tracks)


def dragged(show, dt_us):
    tracks = list(show.tracks)
    for j in (0, 7, 30):
        cues = list(tracks[j].cues)
        cues[5] = with_(cues[5], when=AtTime(cues[5].when.t_us + dt_us))
        tracks[j] = with_(tracks[j], cues=tuple(cues))
    return with_(show, tracks=tuple(tracks))


def test_dragging_three_of_ten_thousand_cues_changes_three_rows():
    show = big_show()
    plan = compile_show(show)
    after = dragged(show, 1000)
    new = compile_show(after, plan)
    assert fingerprint(new) == fingerprint(compile_show(after))
    assert np.flatnonzero(new.firing.bloom_us != plan.firing.bloom_us).tolist() == [5, 1405, 6005]


def test_what_did_not_change_is_shared():
    show = big_show(600)
    plan = compile_show(show)
    first, *others = show.tracks
    cues = (with_(first.cues[0], when=AtTime(5_000_000)), *first.cues[1:])
    moved = compile_show(with_(show, tracks=(with_(first, cues=cues), *others)), plan)
    assert moved.shots.rise is plan.shots.rise
    assert moved.bursts.origin_m is plan.bursts.origin_m
    assert moved.bursts.look is plan.bursts.look
    assert moved.firing.effect is plan.firing.effect
    assert moved.looks is plan.looks
    assert moved.drones is plan.drones
    titled = compile_show(with_(show, title="other"), plan)
    assert titled.firing is plan.firing
    assert titled.shots is plan.shots
    assert titled.bursts is plan.bursts


def test_a_plan_changed_by_hand_is_not_taken_for_a_compiled_one():
    show = big_show(200)
    plan = compile_show(show)
    forged = replace(plan, shots=replace(plan.shots, kind=np.full_like(plan.shots.kind, 3)))
    assert fingerprint(compile_show(show, forged)) == fingerprint(plan)


def test_the_same_show_gives_the_same_bytes_and_another_seed_other_stars():
    show = big_show(200)
    assert fingerprint(compile_show(show)) == fingerprint(compile_show(big_show(200)))
    other = compile_show(with_(show, seed=1))
    assert (other.bursts.seed != compile_show(show).bursts.seed).mean() > 0.99
