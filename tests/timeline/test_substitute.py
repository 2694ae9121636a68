"""A substituted effect blooms when the old one did."""

import pytest
from showeditor.effects.reading import read
from showeditor.model.cue import Cue, Track
from showeditor.model.errors import BadInput
from showeditor.model.music import AtBeat, AtTime, moment_us
from showeditor.model.show import Show
from showeditor.timeline.substitute import substitute_effect

SMALL, LARGE = "75mm Red Peony", "200mm Gold Willow"


def show_of(cue: Cue) -> Show:
    return Show(title="Substitute", duration_us=60_000_000, tracks=(Track("T", "Fireworks", (cue,)),))


def bloom_us(show: Show) -> int:
    (cue,) = show.cues()
    return moment_us(cue.when, show.music) + (read(cue.effect).prefire_us if cue.holds == "ignition" else 0)


def test_a_cue_held_by_its_ignition_is_lit_earlier_for_a_longer_rise() -> None:
    show = show_of(Cue("c1", SMALL, "P", AtTime(20_000_000), holds="ignition"))
    after = substitute_effect(show, ["c1"], LARGE)
    assert read(LARGE).prefire_us > read(SMALL).prefire_us
    assert bloom_us(after) == bloom_us(show)
    assert next(iter(after.cues())).effect == LARGE


def test_a_cue_held_by_its_bloom_keeps_its_moment() -> None:
    show = show_of(Cue("c1", SMALL, "P", AtTime(20_000_000)))
    assert next(iter(substitute_effect(show, ["c1"], LARGE).cues())).when == AtTime(20_000_000)


def test_a_musical_ignition_moves_to_the_nearest_tick() -> None:
    show = show_of(Cue("c1", SMALL, "P", AtBeat(38_400), holds="ignition"))
    after = substitute_effect(show, ["c1"], LARGE)
    assert isinstance(next(iter(after.cues())).when, AtBeat)
    assert abs(bloom_us(after) - bloom_us(show)) <= 500_000 / 960


def test_a_text_that_is_no_effect_is_refused() -> None:
    show = show_of(Cue("c1", SMALL, "P", AtTime(0)))
    with pytest.raises(BadInput):
        substitute_effect(show, ["c1"], "75mm\0")
