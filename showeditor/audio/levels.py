"""How loud music is over time, as levels 0..255 that light follows: a band of a sound, its onsets, notes of a score."""

import numpy as np

from showeditor.audio.beats import FPS, onset_strength
from showeditor.audio.score import Score
from showeditor.audio.sound import Sound
from showeditor.model.arrays import Floats

STEP_US = 50_000
RANGE_DB = 42.0
"""From the loudest moment down to what counts as silence."""

BANDS = {"all": (0.0, 24_000.0), "low": (20.0, 160.0), "middle": (160.0, 2000.0), "high": (2000.0, 12_000.0)}
"""Bands by name: lowest and highest frequency in hertz."""

_SIZE = 4096


def loudness(sound: Sound, band: str = "all", step_us: int = STEP_US) -> bytes:
    """The level of a band every `step_us` from the first sample: decibels below its loudest moment, RANGE_DB to 0."""
    low_hz, high_hz = BANDS[band]
    count = int(sound.duration_us // step_us) + 1
    hop = sound.rate * step_us / 1e6
    window = np.hanning(_SIZE)
    hertz = np.fft.rfftfreq(_SIZE, 1.0 / sound.rate)
    inside = (hertz >= low_hz) & (hertz < high_hz)
    mono = np.zeros(sound.frames + 2 * _SIZE)
    mono[_SIZE : _SIZE + sound.frames] = sound.samples.mean(axis=1, dtype=np.float64)
    power = np.empty(count)
    for first in range(0, count, 512):
        steps = np.arange(first, min(count, first + 512))
        middle = np.floor(steps * hop + 0.5).astype(np.int64) + _SIZE
        rows = mono[middle[:, None] + np.arange(-_SIZE // 2, _SIZE // 2)] * window
        spectrum = np.fft.rfft(rows, axis=1)[:, inside]
        power[steps] = (spectrum.real**2 + spectrum.imag**2).sum(axis=1)
    most = float(power.max(initial=0.0))
    if most <= 1e-12:
        return bytes(count)
    decibels = 10.0 * np.log10(np.maximum(power / most, 1e-12))
    return _levels(1.0 + decibels / RANGE_DB)


def onsets(sound: Sound, step_us: int = STEP_US) -> bytes:
    """Strokes every `step_us` from the first sample: what begins to sound, against its strongest moment."""
    strength = onset_strength(sound)
    count = int(sound.duration_us // step_us) + 1
    slots = np.minimum((np.arange(len(strength)) * (1e6 / FPS) / step_us).astype(np.int64), count - 1)
    best = np.zeros(count)
    np.maximum.at(best, slots, strength)
    most = float(np.quantile(best, 0.999)) if count else 0.0
    return _levels(best / most) if most > 1e-12 else bytes(count)


def notes(score: Score, channel: int | None = None, decay_s: float = 0.8, step_us: int = STEP_US) -> bytes:
    """The level of a score every `step_us` from tick 0: each note struck at its velocity, dying away while it is held.

    `channel` 0..15 (None: all). Several notes count as the loudest.
    """
    count = int(score.duration_us // step_us) + 2
    level = np.zeros(count)
    rows = score.notes
    fall = np.exp(-step_us * 1e-6 / decay_s)
    for k in range(len(rows)):
        if channel is not None and int(rows.channel[k]) != channel:
            continue
        first = -(-score.tempo.us_of_tick(int(rows.tick[k])) // step_us)
        last = max(first, score.tempo.us_of_tick(int(rows.end_tick[k])) // step_us)
        struck = float(rows.velocity[k]) / 127.0 * fall ** np.arange(min(last, count - 1) - first + 1)
        np.maximum(level[first : first + len(struck)], struck, out=level[first : first + len(struck)])
    return _levels(level)


def _levels(share: Floats) -> bytes:
    return np.floor(np.clip(share, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8).tobytes()
