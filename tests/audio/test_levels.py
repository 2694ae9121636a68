"""Levels that light follows."""

import io

import mido
import numpy as np
from showeditor.audio.levels import STEP_US, loudness, notes, onsets
from showeditor.audio.score import read_midi
from showeditor.audio.sound import sound_of


def tone(hz: float, first_s: float, last_s: float, length_s: float = 4.0, rate: int = 16_000) -> np.ndarray:
    t = np.arange(int(length_s * rate)) / rate
    return np.where((t >= first_s) & (t < last_s), 0.5 * np.sin(2 * np.pi * hz * t), 0.0).astype(np.float32)


def at(levels: bytes, t_s: float) -> int:
    return levels[round(t_s * 1e6 / STEP_US)]


def test_bands_hear_their_own_tones() -> None:
    sound = sound_of(16_000, (tone(80.0, 0.5, 1.5) + tone(3000.0, 2.5, 3.5))[:, None])
    low, high, whole = loudness(sound, "low"), loudness(sound, "high"), loudness(sound)
    assert len(low) == 81
    assert (at(low, 1.0), at(high, 3.0)) == (255, 255)
    assert max(at(low, 3.0), at(high, 1.0), at(whole, 0.1), at(whole, 2.0)) < 5
    assert min(at(whole, 1.0), at(whole, 3.0)) > 230
    assert loudness(sound, "low") == low


def test_strokes_are_where_something_begins() -> None:
    dying = np.exp(-6.0 * ((np.arange(64_000) / 16_000 - 1.0) % 2.0))
    strokes = (tone(440.0, 1.0, 3.0) + tone(700.0, 3.0, 4.0)) * dying
    sound = sound_of(16_000, strokes.astype(np.float32)[:, None])
    levels = np.frombuffer(onsets(sound), np.uint8)
    strong = np.flatnonzero(levels > 128) * STEP_US * 1e-6
    assert strong.min() > 0.85
    assert np.all((np.abs(strong - 1.0) < 0.15) | (np.abs(strong - 3.0) < 0.15))
    assert len(strong) >= 2
    assert not any(onsets(sound_of(16_000, np.zeros((32_000, 1), np.float32))))


def test_notes_are_struck_and_die_away_on_their_channel() -> None:
    file = mido.MidiFile(ticks_per_beat=480)
    track = mido.MidiTrack()
    file.tracks.append(track)
    for channel, velocity in ((0, 127), (1, 64)):
        track.append(mido.Message("note_on", channel=channel, note=60, velocity=velocity, time=480))
        track.append(mido.Message("note_off", channel=channel, note=60, velocity=0, time=960))
    data = io.BytesIO()
    file.save(file=data)
    score = read_midi(data.getvalue(), "x.mid")
    first, second = notes(score, 0), notes(score, 1)
    assert (at(first, 0.5), at(first, 0.4), at(second, 0.5)) == (255, 0, 0)
    assert 60 < at(first, 1.4) < 120
    assert at(second, 2.0) == round(64 / 127 * 255)
    assert np.frombuffer(notes(score), np.uint8).max() == 255
