"""The tutorial show 《云起河湾》: as stated, clear of findings, and exactly what its generator writes."""

import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from showeditor.audio.score import load_midi
from showeditor.audio.sound import load_sound
from showeditor.effects.reading import read
from showeditor.model.finding import blocks
from showeditor.model.fingerprint import fingerprint
from showeditor.model.music import AtBeat, moment_us
from showeditor.model.plan import Plan
from showeditor.model.show import Show
from showeditor.planning.compile import compile_show
from showeditor.safety.check import check, closest_approach
from showeditor.storage.files import load_show
from showeditor.storage.text import show_to_text

FOLDER = Path(__file__).resolve().parents[2] / "shows" / "yun-qi-he-wan"
FILE = FOLDER / "yun-qi-he-wan.show"


@pytest.fixture(scope="module")
def show() -> Show:
    return load_show(FILE)


@pytest.fixture(scope="module")
def plan(show: Show) -> Plan:
    return compile_show(show)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    subprocess.run(
        [sys.executable, str(FOLDER / "compose.py"), "--no-sound", "--out", str(folder)], check=True, timeout=120
    )
    return folder


@pytest.mark.parametrize("name", ["yun-qi-he-wan.show", "yun-qi-he-wan.mid"])
def test_the_generator_writes_the_shipped_file_byte_for_byte(written: Path, name: str) -> None:
    assert (written / name).read_bytes() == (FOLDER / name).read_bytes()


def test_the_file_is_canonical(show: Show) -> None:
    assert show_to_text(show).encode() == FILE.read_bytes()


def test_length_acts_and_numbers_are_as_stated(show: Show) -> None:
    assert show.duration_us == 160_000_000
    assert [(a.name[0], a.end_us - a.start_us) for a in show.acts] == [
        ("起", 40_000_000),
        ("承", 50_000_000),
        ("转", 30_000_000),
        ("合", 40_000_000),
    ]
    assert 150 <= len(list(show.cues())) <= 170
    assert len(show.venue.positions) == 7
    assert sum(fleet.count for fleet in show.fleets) == 120
    assert {len(f.points) for f in show.formations if f.id in ("yun", "huo")} == {66, 53}
    assert all(84 <= len(f.points) <= 120 for f in show.formations if f.id not in ("yun", "huo"))
    assert {seat.id for seat in show.venue.seats} >= {"vip", "left", "right", "far"}


def test_score_and_sound_fit_the_show(show: Show) -> None:
    assert show.music is not None
    assert show.music.score is not None
    assert show.music.file is not None
    score = load_midi(FOLDER / show.music.score)
    assert score.encoding == "utf-8"
    assert [m.text for m in score.markers] == [a.name for a in show.acts]
    assert [score.tempo.us_of_tick(m.tick) for m in score.markers] == [a.start_us for a in show.acts]
    assert score.tempo == show.music.tempo
    sound = load_sound(FOLDER / show.music.file)
    assert 160_000_000 <= sound.duration_us <= 165_000_000
    assert (FOLDER / show.music.file).stat().st_size < 3_200_000
    # the first stroke of each drum eight stands in the sound where the score says
    mono = np.abs(sound.samples).max(axis=1)
    for bar in (37, 39, 41, 43):
        at = score.tempo.us_of_tick(score.tempo.tick_of_bar(bar)) * sound.rate // 1_000_000
        before, after = mono[at - sound.rate // 20 : at], mono[at : at + sound.rate // 20]
        assert after.max() > before.max()


def test_every_cue_is_musical_addressed_and_in_the_palette(show: Show) -> None:
    pins = Counter()
    for cue in show.cues():
        assert isinstance(cue.when, AtBeat)
        assert cue.when.tick % 480 == 0
        assert cue.address is not None
        pins[cue.address.controller, cue.address.module, cue.address.pin] += 1
        device = read(cue.effect)
        assert not device.unknown
        assert device.calibre_mm <= 75.0
        words = set(device.normalised.split())
        assert words & {"Blue", "White", "Silver", "Gold"}
        assert not words & {"Red", "Green", "Purple", "Pink", "Orange", "Yellow", "Cyan"}
    assert set(pins.values()) == {1}
    assert {show.controllers[0].id} == {controller for controller, _, _ in pins}


def test_the_fan_of_white_comets_stands_on_every_bar_of_the_second_act(show: Show) -> None:
    bars = {moment_us(cue.when, show.music) // 2_500_000 + 1 for cue in show.cues() if cue.group == "fan on the bar"}
    assert bars == set(range(21, 33))


def test_left_and_right_take_turns_in_eights(show: Show) -> None:
    sides = []
    for eight in range(1, 6):
        places = {cue.position for cue in show.cues() if cue.group == f"eight {eight}"}
        assert places in ({"P1", "P2", "P3"}, {"P5", "P6", "P7"})
        sides.append("P1" in places)
    assert all(a != b for a, b in pairwise(sides))


def test_nothing_fires_while_the_cloud_is_drawn_nor_in_the_breath_before_the_fire(plan: Plan) -> None:
    lifts = plan.shots.lift_us
    births = plan.bursts.birth_us[~plan.bursts.rides]
    for start_s, end_s in ((24.0, 35.0), (137.6, 140.0)):
        assert not ((births > start_s * 1e6) & (births < end_s * 1e6)).any()
    assert lifts.min() > 0


def test_it_compiles_without_problems_and_is_clear(plan: Plan) -> None:
    assert plan.problems == ()
    assert plan.firing.ignition_us.min() >= 0
    assert plan.firing.end_us.max() <= plan.duration_us
    findings = check(plan)
    # the fleet lands, dark, after the last bar: the one remark a drone show of exactly its music's length has
    assert {f.code for f in findings if f.severity in ("block", "warn")} <= {"MSC-002"}
    assert not blocks(findings)
    closest = closest_approach(plan)
    assert closest is not None
    assert closest.gap_m > plan.limits.min_gap_m


def test_two_compilations_are_one(show: Show, plan: Plan) -> None:
    assert fingerprint(compile_show(load_show(FILE))) == fingerprint(plan)
