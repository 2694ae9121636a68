"""The estimate of beats, on sounds whose beats are known."""

import numpy as np
import pytest
from showeditor.audio.beats import find_beats
from showeditor.audio.score import beats_us, load_midi
from showeditor.audio.sound import Sound, load_sound, sound_of
from showeditor.model.assets import asset


def clicks(beats: np.ndarray, length_s: float, rate: int = 22_050) -> Sound:
    noise = np.random.default_rng(5)
    t = np.arange(int(0.3 * rate)) / rate
    stroke = np.sin(2 * np.pi * 70 * t) * np.exp(-t / 0.08)
    stroke[: rate // 30] += noise.normal(0, 0.25, rate // 30)
    out = np.zeros(int(length_s * rate))
    for i, beat in enumerate(beats):
        first = int(beat * rate)
        part = stroke[: len(out) - first]
        out[first : first + len(part)] += part * (1.0 if i % 4 == 0 else 0.7)
    tune = np.repeat([220, 262, 196, 330, 247, 294] * 20, 1)
    for j, hz in enumerate(tune[: int(length_s / 1.5)]):
        first = int(j * 1.5 * rate)
        span = np.arange(min(int(1.5 * rate), len(out) - first)) / rate
        out[first : first + len(span)] += 0.1 * np.sin(2 * np.pi * hz * span)
    return sound_of(rate, 0.7 * out / np.abs(out).max())


def agreement(found: np.ndarray, true: np.ndarray, within_s: float = 0.07) -> float:
    """F-measure: beats found and beats that are, within 70 ms of each other."""
    if not len(found):
        return 0.0
    hit = np.abs(found[:, None] - true[None]).min(axis=1) < within_s
    met = np.abs(found[:, None] - true[None]).min(axis=0) < within_s
    precision, recall = hit.mean(), met.mean()
    return float(2 * precision * recall / (precision + recall)) if hit.any() else 0.0


@pytest.mark.parametrize("bpm", [76, 96, 120, 132])
def test_a_steady_tempo_is_found(bpm: int) -> None:
    true = np.arange(0.5, 39.0, 60 / bpm)
    beats = find_beats(clicks(true, 40.0))
    assert agreement(beats.t_s, true) > 0.97
    assert beats.tempo_bpm == pytest.approx(bpm, rel=0.02)
    nearest = beats.t_s[np.abs(beats.t_s[:, None] - true[None]).argmin(axis=0)]
    assert abs(np.median(nearest - true)) < 0.008


def test_a_change_of_tempo_is_followed() -> None:
    true = np.concatenate([np.arange(0.5, 30.0, 60 / 96), np.arange(30.5, 59.0, 60 / 128)])
    beats = find_beats(clicks(true, 60.0))
    assert agreement(beats.t_s, true) > 0.9
    assert beats.bpm[beats.t_s < 25].mean() == pytest.approx(96, rel=0.03)
    assert beats.bpm[beats.t_s > 38].mean() == pytest.approx(128, rel=0.03)


@pytest.mark.parametrize("length_s", [0.5, 5.0])
def test_silence_has_no_beats(length_s: float) -> None:
    beats = find_beats(sound_of(22_050, np.zeros(int(22_050 * length_s))))
    assert len(beats.t_s) == 0
    assert beats.tempo_bpm == 0.0


def test_the_drums_of_the_tutorial_are_found() -> None:
    folder = asset().parent / "shows" / "yun-qi-he-wan"
    sound = load_sound(folder / "yun-qi-he-wan.ogg")
    score = load_midi(folder / "yun-qi-he-wan.mid")
    first, last = 88, 122
    part = sound_of(sound.rate, sound.samples[first * sound.rate : last * sound.rate])
    true = np.array([t_us / 1e6 for t_us, _, _ in beats_us(score.tempo, score.end_tick)])
    true = true[(true > first + 0.1) & (true < 119.9)] - first
    beats = find_beats(part)
    assert agreement(beats.t_s[beats.t_s < 119.9 - first], true) > 0.85
