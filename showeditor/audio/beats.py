"""Where the beats of a sound lie: an estimate from onsets, a slowly moving tempo and the best chain of beats.

Onset strength after Boeck and Widmer (SuperFlux, 2013): spectral flux of log magnitudes against a maximum over
neighbouring bands; tempo by windowed autocorrelation with a log-normal prior (Ellis 2007) and the smoothest path
through it; beats by dynamic programming (Ellis 2007).
"""

from dataclasses import dataclass

import numpy as np

from showeditor.audio.sound import Sound
from showeditor.model.arrays import Flags, Floats, frozen

FPS = 100
"""Onset frames a second."""

SLOWEST_BPM, FASTEST_BPM, USUAL_BPM = 60.0, 200.0, 120.0
LONGEST_S = 1800.0
"""Longer sounds are not analysed."""

_WINDOW_S = 8.0
_BLOCK = 2000
_TIGHT = 60.0
_STIFF = 8.0
_BIAS_S = 0.006
"""How early the onset frames stand before the sound they hear, measured on click tracks."""


@dataclass(frozen=True, slots=True, eq=False)
class Beats:
    """Estimated beats (n,) in seconds from the sound's first sample, and their tempo where each of them stands."""

    t_s: Floats
    bpm: Floats

    @property
    def tempo_bpm(self) -> float:
        """The middle tempo, taken over eight beats at a time; 0 without beats."""
        span = min(8, len(self.t_s) - 1)
        return 60.0 * span / float(np.median(self.t_s[span:] - self.t_s[:-span])) if span > 0 else 0.0


def find_beats(sound: Sound) -> Beats:
    """The estimated beats of a sound; none for silence, for less than two seconds and beyond LONGEST_S."""
    none = Beats(frozen([], np.float64, (None,)), frozen([], np.float64, (None,)))
    if not 2.0 <= sound.frames / sound.rate <= LONGEST_S:
        return none
    strength = onset_strength(sound)
    if strength.max() <= 1e-9:
        return none
    strength = strength / strength.std()
    period = _periods(strength)
    frames = _chain(strength, period)
    t_s = frames / FPS + _BIAS_S
    return Beats(frozen(t_s, np.float64, (None,)), frozen(60.0 * FPS / period[frames], np.float64, (None,)))


def onset_strength(sound: Sound) -> Floats:
    """How much begins to sound in every hundredth of a second (n,)."""
    size = 2048 if sound.rate >= 30_000 else 1024
    count = int(sound.frames * FPS / sound.rate) + 1
    starts = np.round(np.arange(count) * sound.rate / FPS).astype(np.int64)
    window = np.hanning(size)
    edges = np.unique(np.round(np.geomspace(2, size // 2, 60)).astype(np.int64))
    bands = np.empty((count, len(edges) - 1))
    for first in range(0, count, _BLOCK):
        at = starts[first : first + _BLOCK]
        low, high = int(at[0]) - size // 2, int(at[-1]) + size // 2
        mono = np.zeros(high - low)
        inside = sound.samples[max(0, low) : high]
        mono[max(0, -low) : max(0, -low) + len(inside)] = inside.mean(axis=1)
        rows = np.lib.stride_tricks.sliding_window_view(mono, size)[at - at[0]]
        spectrum = np.abs(np.fft.rfft(rows * window, axis=1))
        bands[first : first + len(at)] = np.log1p(10.0 * np.add.reduceat(spectrum, edges, axis=1)[:, :-1])
    # what stood in this or a neighbouring band two frames ago is no onset: vibrato moves, a stroke appears
    spread = np.maximum(bands[:, 1:-1], np.maximum(bands[:, :-2], bands[:, 2:]))
    rise = np.maximum(0.0, bands[2:, 1:-1] - spread[:-2]).sum(axis=1)
    strength: Floats = np.concatenate([[0.0, 0.0], rise])
    return strength


def _periods(strength: Floats) -> Floats:
    """Frames between beats at every frame: the smoothest strong path through the windowed autocorrelation."""
    lags = np.arange(int(FPS * 60 / FASTEST_BPM), int(FPS * 60 / SLOWEST_BPM) + 1)
    prior = np.exp(-0.5 * (np.log2(60.0 * FPS / lags / USUAL_BPM) / 0.9) ** 2)
    half = int(_WINDOW_S * FPS / 2)
    centres = np.arange(0, len(strength), FPS)
    score = np.empty((len(centres), len(lags)))
    for i, centre in enumerate(centres):
        part = strength[max(0, centre - half) : centre + half]
        part = part - part.mean()
        spectrum = np.fft.rfft(part, 2 * len(part))
        along = np.fft.irfft(np.abs(spectrum) ** 2)
        reach = np.minimum(lags, len(part) - 1)
        score[i] = np.maximum(along[reach], 0.0) * prior
    score /= score.max(axis=1, keepdims=True) + 1e-9
    stiff = _STIFF * np.abs(np.log(lags)[:, None] - np.log(lags)[None])
    total = score[0].copy()
    came: list[np.ndarray] = []
    for row in score[1:]:
        ways = total[None] - stiff
        best = ways.argmax(axis=1)
        came.append(best)
        total = ways[np.arange(len(lags)), best] + row
    path = [int(total.argmax())]
    for best in reversed(came):
        path.append(int(best[path[-1]]))
    periods: Floats = np.interp(np.arange(len(strength)), centres, lags[path[::-1]])
    return periods


def _chain(strength: Floats, period: Floats) -> np.ndarray:
    """The frames of the chain of beats that gathers the most onset strength at about the wanted distance."""
    total = strength.copy()
    before = np.full(len(strength), -1)
    for i in range(len(strength)):
        wanted = period[i]
        first, last = max(0, int(i - 2 * wanted)), int(i - wanted / 2)
        if last <= first:
            continue
        places = np.arange(first, last)
        gain = total[first:last] - _TIGHT * np.log((i - places) / wanted) ** 2
        best = int(gain.argmax())
        if gain[best] > 0.0 or i > 4 * wanted:
            total[i] = strength[i] + gain[best]
            before[i] = places[best]
    tail = max(1, int(period[-1]))
    at = len(total) - tail + int(total[-tail:].argmax())
    chain: list[int] = []
    while at >= 0:
        chain.append(at)
        at = int(before[at])
    frames = np.array(chain[::-1], dtype=np.int64)
    return frames[_worth(strength, frames)]


def _worth(strength: Floats, frames: np.ndarray) -> Flags:
    """Keeps the beats from the first to the last one that something sounds at."""
    near = np.array([strength[max(0, f - 3) : f + 4].max() for f in frames])
    loud = np.flatnonzero(near > 0.15 * np.median(near[near > 0.0])) if (near > 0.0).any() else np.array([], dtype=int)
    keep = np.zeros(len(frames), dtype=np.bool_)
    if len(loud):
        keep[loud[0] : loud[-1] + 1] = True
    return keep
