"""The synthesiser: pitch, levels, determinism, speed."""

from io import BytesIO

import mido
import numpy as np
import pytest
from showeditor.audio.score import Score, read_midi
from showeditor.audio.synth import frequency_of, render, voice_of
from showeditor.kernels.synth import pluck, resonate, smooth

RATE = 32_000


def score_of(program: int, keys: list[int], channel: int = 0, gap: int = 480, pan: int = 64) -> Score:
    file = mido.MidiFile(ticks_per_beat=480)
    track = mido.MidiTrack([mido.Message("program_change", program=program, channel=channel)])
    track.append(mido.Message("control_change", control=10, value=pan, channel=channel))
    for key in keys:
        track.append(mido.Message("note_on", note=key, velocity=96, channel=channel))
        track.append(mido.Message("note_off", note=key, time=gap, channel=channel))
    file.tracks.append(track)
    out = BytesIO()
    file.save(file=out)
    return read_midi(out.getvalue(), "s.mid")


def pitch(samples: np.ndarray, rate: int, near: float) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 1 << 18))
    freqs = np.fft.rfftfreq(1 << 18, 1 / rate)
    window = (freqs > near * 0.9) & (freqs < near * 1.1)
    return float(freqs[window][spectrum[window].argmax()])


@pytest.mark.parametrize("program", [107, 77, 48])
@pytest.mark.parametrize("key", [50, 62, 74, 81])
def test_every_tuned_voice_is_in_tune(program: int, key: int) -> None:
    hz = frequency_of(key)
    wave = voice_of(program)(hz, 1.5, 0.8, float(RATE), np.random.default_rng(1))
    found = pitch(wave[int(0.2 * RATE) : int(1.4 * RATE)], RATE, hz)
    assert abs(1200 * np.log2(found / hz)) < 8.0


@pytest.mark.parametrize("program", [107, 77, 48, 14, 116, 115, 119])
def test_every_voice_ends_in_silence_and_stays_finite(program: int) -> None:
    wave = voice_of(program)(220.0, 0.5, 1.0, float(RATE), np.random.default_rng(2))
    assert np.isfinite(wave).all()
    assert 0.05 < np.abs(wave).max() < 4.0
    assert np.abs(wave[-20:]).max() < 0.02
    assert abs(wave[0]) < 0.02


def test_the_same_score_gives_the_same_sound() -> None:
    score = score_of(107, [62, 64, 66, 69, 71])
    one, two = render(score, RATE), render(score, RATE)
    assert np.array_equal(one.samples, two.samples)
    assert not np.array_equal(one.samples, render(score, RATE, seed=2).samples)


def test_length_peak_and_place() -> None:
    score = score_of(107, [62], pan=0)
    sound = render(score, RATE, tail_s=1.0, room=0.0)
    assert sound.frames == int(1.5 * RATE)
    assert np.abs(sound.samples).max() == pytest.approx(0.89, abs=1e-4)
    assert np.abs(sound.samples[:, 1]).max() < 1e-4
    assert np.abs(sound.samples[: int(0.05 * RATE), 0]).max() > 0.3


def test_the_drum_channel_plays_drums() -> None:
    sound = render(score_of(0, [36, 76, 52, 49], channel=9), RATE, room=0.1)
    assert np.isfinite(sound.samples).all()
    starts = [int(i * 0.5 * RATE) for i in range(4)]
    for start in starts:
        assert np.abs(sound.samples[start : start + 800]).max() > 0.02


def test_an_empty_score_is_silence() -> None:
    sound = render(score_of(0, []), RATE)
    assert not sound.samples.any()


def test_three_minutes_are_rendered_whole() -> None:
    score = score_of(107, [50 + (7 * i) % 30 for i in range(180)])
    render(score_of(107, [50]), RATE)
    sound = render(score, RATE, room=0.0)
    assert sound.frames > 90 * RATE


def test_the_recursive_kernels_against_their_definitions() -> None:
    noise = np.random.default_rng(3).normal(size=400)
    keep = float(np.exp(-2 * np.pi * 500 / 8000))
    value, wanted = 0.0, []
    for x in noise:
        value = keep * value + (1 - keep) * x
        wanted.append(value)
    assert np.allclose(smooth(noise, 500.0, 8000.0), wanted, atol=1e-12)
    rings = resonate(np.r_[1.0, np.zeros(3999)], 1000.0, 20.0, 8000.0)
    assert pitch(rings, 8000, 1000.0) == pytest.approx(1000.0, abs=2.0)
    string = pluck(noise[:40], 8000, 40.3, 0.5, 0.999)
    assert pitch(string[1000:], 8000, 8000 / 40.3) == pytest.approx(8000 / 40.3, rel=0.004)
