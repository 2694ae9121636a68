"""Waveform pyramid: smallest, largest and RMS value over 256, 512, 1024, ... samples."""

from dataclasses import dataclass
from functools import reduce

import numpy as np

from showeditor.audio.sound import Sound
from showeditor.model.arrays import Singles, frozen
from showeditor.model.times import US

BASE = 256
"""Samples under one entry of the lowest level."""


@dataclass(frozen=True, slots=True, eq=False)
class Pyramid:
    """Levels of (entries, 3) float32: minimum, maximum and mean square over all channels.

    Level k covers BASE * 2**k frames an entry; the last entry of a level covers what is left.
    """

    sound: Sound
    levels: tuple[Singles, ...]

    def query(self, t0_us: int, t1_us: int, columns: int) -> Singles:
        """Minimum, maximum and RMS (columns, 3) of equal parts of [t0_us, t1_us), times from the sound's first sample.

        Extremes are never missed: a column may take in part of its neighbours, at most its own width in all. Columns
        outside the sound are zero. Raises ValueError for an empty span or no columns.
        """
        if columns < 1 or t1_us <= t0_us:
            raise ValueError(f"a waveform needs a span and columns, got {t0_us} to {t1_us} in {columns}")
        out = np.zeros((columns, 3), dtype=np.float32)
        edges = np.arange(columns + 1, dtype=np.float64) * ((t1_us - t0_us) / columns) + t0_us
        frames = np.floor(edges * (self.sound.rate / US)).astype(np.int64)
        first, last = frames[:-1], np.maximum(frames[1:], frames[:-1] + 1)
        inside = (last > 0) & (first < self.sound.frames)
        if not inside.any():
            return out
        first = np.clip(first[inside], 0, self.sound.frames - 1)
        last = np.clip(last[inside], first + 1, self.sound.frames)
        width = (t1_us - t0_us) / columns * (self.sound.rate / US)
        level = int(np.floor(np.log2(max(width / BASE / 2.0, 0.5))))
        if level < 0:
            entries = _raw(self.sound, int(first.min()), int(last.max()))
            base = int(first.min())
            first, last = first - base, last - base
        else:
            level = min(level, len(self.levels) - 1)
            entries = self.levels[level]
            span = BASE << level
            first, last = first // span, -(-last // span)
        cuts = np.stack((first, last), axis=1).ravel()
        padded = np.concatenate((entries, entries[-1:]))
        out[inside, 0] = np.minimum.reduceat(padded[:, 0], cuts)[::2]
        out[inside, 1] = np.maximum.reduceat(padded[:, 1], cuts)[::2]
        total = np.add.reduceat(padded[:, 2].astype(np.float64), cuts)[::2]
        out[inside, 2] = np.sqrt(total / (last - first))
        return out


def pyramid_of(sound: Sound) -> Pyramid:
    """The pyramid of a whole sound."""
    samples = sound.samples
    whole = sound.frames // BASE
    parts = [_reduced(samples[: whole * BASE].reshape(whole, BASE * sound.channels))]
    if whole * BASE < sound.frames:
        parts.append(_reduced(samples[whole * BASE :].reshape(1, -1)))
    levels = [np.concatenate(parts)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        pairs = len(below) // 2
        paired = below[: pairs * 2].reshape(pairs, 2, 3)
        above = np.empty((pairs + len(below) % 2, 3), dtype=np.float32)
        above[:pairs, 0] = paired[:, :, 0].min(axis=1)
        above[:pairs, 1] = paired[:, :, 1].max(axis=1)
        above[:pairs, 2] = paired[:, :, 2].mean(axis=1)
        above[pairs:] = below[pairs * 2 :]
        levels.append(above)
    return Pyramid(sound, tuple(frozen(level, np.float32, (None, 3)) for level in levels))


def _reduced(rows: Singles) -> Singles:
    out = np.empty((len(rows), 3), dtype=np.float32)
    if len(rows):
        out[:, 0] = rows.min(axis=1)
        out[:, 1] = rows.max(axis=1)
        out[:, 2] = np.einsum("ij,ij->i", rows, rows) / rows.shape[1]
    return out


def _raw(sound: Sound, first: int, last: int) -> Singles:
    # channel by channel: a reduction along a short last axis is some ten times slower
    channels = [sound.samples[first:last, c] for c in range(sound.channels)]
    out = np.empty((last - first, 3), dtype=np.float32)
    out[:, 0] = reduce(np.minimum, channels)
    out[:, 1] = reduce(np.maximum, channels)
    out[:, 2] = sum(channel * channel for channel in channels) / np.float32(sound.channels)
    return out
