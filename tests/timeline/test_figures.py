"""Live figures: what each shape draws, and that changing a rule loses nothing that was done by hand."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.model.cue import Address, Track
from showeditor.model.errors import BadInput
from showeditor.model.figure import Figure, Shape, StepOrder
from showeditor.model.music import AtBeat, AtTime, Music, Signature, TempoMap, TempoMark
from showeditor.model.show import Show
from showeditor.model.venue import Position, Venue
from showeditor.storage.text import show_of_text, show_to_text
from showeditor.timeline import edits, figures
from showeditor.timeline.shapes import blows, ranks

PLACES = tuple(Position(id=f"P{k}", name="", at_m=(20.0 * k, 0.0, 0.0)) for k in range(5))
SHOW = Show(
    title="Shapes",
    duration_us=120_000_000,
    venue=Venue(positions=PLACES),
    music=Music(tempo=TempoMap(tempos=(TempoMark(0, 600_000),), signatures=(Signature(0, 4),))),
    tracks=(Track("T", "Fireworks"), Track("U", "More")),
)
ALL = tuple(place.id for place in PLACES)


def drawn(shape: Shape, **fields: object) -> list[tuple[float, str, float]]:
    """Time in steps of 0.1 s, position and lean of every shot."""
    given: dict[str, object] = {"track": "T", "effects": ("comet",), "positions": ALL, "start": AtTime(10_000_000)}
    show, _ = figures.add_figure(SHOW, shape, **{**given, **fields})
    out = []
    for cue in show.cues():
        assert isinstance(cue.when, AtTime)
        assert cue.pan_deg == 90.0
        out.append(((cue.when.t_us - 10_000_000) / 100_000, cue.position, cue.tilt_deg))
    return out


def test_a_fan_runs_its_leans_at_every_position() -> None:
    shots = drawn("fan", positions=("P0", "P4"), shots=3, order="right-left")
    assert shots == [
        (0, "P0", 30.0), (0, "P4", 30.0), (1, "P0", 0.0), (1, "P4", 0.0), (2, "P0", -30.0), (2, "P4", -30.0),
    ]  # fmt: skip


def test_v_and_w_have_two_and_four_arms() -> None:
    assert drawn("v", positions=("P1",)) == [(0, "P1", -30.0), (0, "P1", 30.0)]
    assert [lean for _, _, lean in drawn("w", positions=("P1",))] == [-30.0, -10.0, 10.0, 30.0]


def test_z_runs_there_and_back() -> None:
    leans = [lean for _, _, lean in drawn("z", positions=("P2",), shots=3)]
    assert leans == [-30.0, 0.0, 30.0, 0.0, -30.0]


def test_neighbours_cross_in_an_x() -> None:
    shots = drawn("x", positions=("P0", "P1", "P2"))
    assert shots == [(0, "P0", 30.0), (0, "P1", -30.0), (1, "P1", 30.0), (1, "P2", -30.0)]


def test_mirrored_places_cross_from_the_outside_in() -> None:
    assert drawn("cross") == [
        (0, "P0", 30.0), (0, "P4", -30.0), (1, "P1", 30.0), (1, "P3", -30.0), (2, "P2", 0.0),
    ]  # fmt: skip
    assert drawn("pairs", order="centre-out")[0] == (0, "P2", 0.0)
    assert drawn("pairs")[:2] == [(0, "P0", -30.0), (0, "P4", 30.0)]


def test_a_peacock_opens_wider_and_wider() -> None:
    shots = drawn("peacock", positions=("P2",), shots=3, repeats=3, order="together", last_deg=60.0)
    assert [lean for _, _, lean in shots] == [-20.0, 0.0, 20.0, -40.0, 0.0, 40.0, -60.0, 0.0, 60.0]
    assert [step for step, _, _ in shots] == [0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_a_chase_leans_where_it_runs_and_comes_back() -> None:
    shots = drawn("chase", repeats=2, rest=1)
    assert [place for _, place, _ in shots] == [*ALL, *reversed(ALL)]
    assert [lean for _, _, lean in shots] == [30.0] * 5 + [-30.0] * 5
    assert [step for step, _, _ in shots] == [0, 1, 2, 3, 4, 6, 7, 8, 9, 10]
    outwards = drawn("chase", order="centre-out")
    assert outwards == [
        (0, "P2", 0.0), (1, "P1", -30.0), (1, "P3", 30.0), (2, "P0", -30.0), (2, "P4", 30.0),
    ]  # fmt: skip


def test_the_halves_of_the_front_alternate() -> None:
    shots = drawn("alternate", repeats=2)
    assert shots == [
        (0, "P0", 30.0), (0, "P1", 30.0), (0, "P2", 0.0), (1, "P2", 0.0), (1, "P3", -30.0), (1, "P4", -30.0),
    ]  # fmt: skip


def test_a_salvo_fires_all_at_once_again_and_again() -> None:
    shots = drawn("salvo", repeats=2, rest=3, first_deg=0.0, last_deg=0.0)
    assert [step for step, _, _ in shots] == [0] * 5 + [4] * 5


def test_a_sequence_spreads_its_leans_over_the_front() -> None:
    assert drawn("sequence", order="centre-out") == [
        (0, "P2", 0.0), (1, "P1", -15.0), (1, "P3", 15.0), (2, "P0", -30.0), (2, "P4", 30.0),
    ]  # fmt: skip


def test_a_thin_fill_keeps_the_strong_beats() -> None:
    show, _ = figures.add_figure(
        SHOW,
        "fill",
        track="T",
        effects=("mine",),
        positions=ALL,
        start=AtBeat(0),
        gap_ticks=480,
        repeats=16,
        density=0.25,
    )
    ticks = [cue.when.tick for cue in show.cues() if isinstance(cue.when, AtBeat)]
    assert len(ticks) == 4
    assert {0, 3840} <= set(ticks)
    assert all(tick % 960 == 0 for tick in ticks)


def test_steps_in_ticks_follow_the_tempo_map() -> None:
    show, name = figures.add_figure(
        SHOW, "salvo", track="T", effects=("mine",), positions=("P0",), start=AtBeat(960), gap_ticks=960, repeats=3
    )
    assert [cue.when for cue in show.cues()] == [AtBeat(960), AtBeat(1920), AtBeat(2880)]
    assert [cue.group for cue in show.cues()] == [name] * 3


def test_left_and_right_are_those_of_the_audience_wherever_the_rack_looks() -> None:
    turned = Position(id="P9", name="", at_m=(0.0, 5.0, 0.0), heading_deg=180.0)
    show = edits.changed(SHOW, venue=edits.changed(SHOW.venue, positions=(*PLACES, turned)))
    show, _ = figures.add_figure(
        show, "v", track="T", effects=("comet",), positions=("P9",), start=AtTime(0), last_deg=20.0
    )
    assert [cue.tilt_deg for cue in show.cues()] == [20.0, -20.0]


def base() -> tuple[Show, str]:
    return figures.add_figure(
        SHOW, "sequence", track="T", effects=("comet",), positions=ALL, start=AtTime(10_000_000), order="left-right"
    )


def test_a_changed_figure_keeps_addresses_notes_and_what_was_changed_by_hand() -> None:
    show, name = base()
    third, fourth = (cue.id for cue in list(show.cues())[2:4])
    show = edits.change_cues(show, [third], effect="gold willow", note="by hand", address=Address("A", 1, 3))
    show = edits.delete_cues(show, [fourth])
    show = figures.change_figure(show, name, gap_us=200_000, last_deg=50.0)
    cues = {cue.id: cue for cue in show.cues()}
    assert fourth not in cues
    assert cues[third].effect == "gold willow"
    assert cues[third].address == Address("A", 1, 3)
    assert cues[third].note == "by hand"
    assert cues[third].when == AtTime(10_400_000)
    assert cues[f"{name}-1-5-1"].tilt_deg == 50.0
    show = figures.change_figure(show, name, effects=("mine",))
    assert {cue.id: cue.effect for cue in show.cues()}[third] == "gold willow"
    assert sum(cue.effect == "mine" for cue in show.cues()) == 3


def test_a_figure_whose_cues_were_all_moved_moves_with_them() -> None:
    show, name = base()
    show = edits.move_cues(show, [cue.id for cue in figures.members(show, name)], 5_000_000)
    show = figures.change_figure(show, name, gap_us=50_000)
    times = [cue.when.t_us for cue in show.cues() if isinstance(cue.when, AtTime)]
    assert times == [15_000_000 + 50_000 * k for k in range(5)]


def test_a_figure_moves_to_another_track_with_all_it_has() -> None:
    show, name = base()
    first = next(iter(show.cues())).id
    show = edits.change_cues(show, [first], note="keep me")
    show = figures.change_figure(show, name, track="U")
    assert [len(track.cues) for track in show.tracks] == [0, 5]
    assert next(cue for cue in show.cues() if cue.id == first).note == "keep me"


def test_a_baked_figure_leaves_plain_cues() -> None:
    show, name = base()
    baked = figures.bake_figure(show, name)
    assert baked.figures == ()
    assert tuple(baked.cues()) == tuple(show.cues())
    with pytest.raises(BadInput, match="unknown figure"):
        figures.change_figure(baked, name, gap_us=1)
    gone = figures.delete_figure(show, name)
    assert (tuple(gone.cues()), gone.figures) == ((), ())


def test_a_new_figure_never_takes_the_name_of_a_baked_one() -> None:
    show, name = base()
    show, other = figures.add_figure(
        figures.bake_figure(show, name), "v", track="T", effects=("mine",), positions=("P0",), start=AtTime(0)
    )
    assert other != name
    assert len({cue.id for cue in show.cues()}) == 7


def test_figures_are_kept_in_the_file() -> None:
    show, name = base()
    back = show_of_text(show_to_text(show), "show")
    assert back == show
    assert [figure.id for figure in figures.figures_of_cues(back, [f"{name}-1-2-1"])] == [name]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"positions": ("P0", "nowhere")}, "unknown position: nowhere"),
        ({"positions": ("P0", "P0")}, "names a position twice"),
        ({"positions": ()}, "needs a position"),
        ({"effects": ()}, "needs an effect"),
        ({"shape": "cross", "positions": ("P0",)}, "2 positions"),
        ({"shots": 1000, "repeats": 10_000}, "more than 5000 cues"),
        ({"shots": 1000, "repeats": 2}, "would make 10000 cues"),
        ({"last_deg": 120.0}, "last lean"),
        ({"density": float("nan")}, "figure"),
        ({"track": "none"}, "unknown track"),
    ],
)
def test_impossible_figures_are_refused_in_a_sentence(fields: dict[str, object], sentence: str) -> None:
    good: dict[str, object] = {
        "shape": "fan", "track": "T", "effects": ("comet",), "positions": ALL, "start": AtTime(0),
    }  # fmt: skip
    with pytest.raises(BadInput, match=sentence):
        figures.add_figure(SHOW, **{**good, **fields})  # the shape travels with the fields


@settings(max_examples=60, deadline=None)
@given(
    shape=st.sampled_from(get_args(Shape)),
    order=st.sampled_from(get_args(StepOrder)),
    count=st.integers(2, 5),
    shots=st.integers(1, 7),
    repeats=st.integers(1, 5),
    rest=st.integers(0, 3),
    density=st.floats(0.0, 1.0),
    seed=st.integers(0, 9),
)
def test_every_shape_draws_each_shot_once_and_the_same_again(
    shape: Shape, order: StepOrder, count: int, shots: int, repeats: int, rest: int, density: float, seed: int
) -> None:
    figure = Figure(
        id="f1", shape=shape, track="T", effects=("comet", "mine"), positions=ALL[:count], start=AtTime(1_000_000),
        order=order, shots=shots, repeats=repeats, rest=rest, density=density, seed=seed,
    )  # fmt: skip
    made = blows(figure)
    assert made == blows(figure)
    assert len({(b.round, b.place, b.shot) for b in made}) == len(made)
    assert all(0 <= b.step and 0 <= b.place < count and abs(b.lean_deg) <= 30.0 for b in made)
    show = figures.put_figure(SHOW, figure)
    assert len(tuple(show.cues())) == len(made)
    # changing nothing changes nothing, and a change there and back is the same show
    assert figures.put_figure(show, figure) == show
    there = figures.change_figure(show, "f1", gap_us=170_000)
    assert sorted(figures.change_figure(there, "f1", gap_us=100_000).cues(), key=str) == sorted(show.cues(), key=str)


@pytest.mark.parametrize("order", get_args(StepOrder))
def test_steps_have_no_holes(order: StepOrder) -> None:
    for count in range(1, 9):
        steps = ranks(count, order, 7)
        assert set(steps) == set(range(max(steps) + 1))
