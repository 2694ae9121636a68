"""Linear timecode out of sound: at any level, half to twice its speed, forwards and backwards.

Edges are found against the middle of what is heard around them; whether an interval is long (a zero) or one of two
short ones (a one) is told by its ratio to the interval before, so that the speed may change as it goes. A frame counts
when its 80 bits, its sync word and the digits of its label are all there.
"""

from dataclasses import dataclass

import numpy as np

from showeditor.audio.ltc import BITS, SYNC
from showeditor.model.arrays import Bytes, Flags, Floats, Longs, Singles
from showeditor.model.timecode import RATES, Rate, RateName

_QUIETEST = 0.003
_SYNC_CODE = sum(bit << k for k, bit in enumerate(SYNC))
_BACK_CODE = sum(bit << k for k, bit in enumerate(reversed(SYNC)))
_KEEP_S = 0.4


@dataclass(frozen=True, slots=True)
class LtcFrames:
    """Frames as they were heard, one row each.

    `fields` (n, 4): hours, minutes, seconds, frames. `start` and `end` are places in samples (n,); a frame that was
    heard `backwards` ends with its first bit. `bits` (n, 80) in the order of the standard.
    """

    fields: Longs
    drop: Flags
    start: Floats
    end: Floats
    backwards: Flags
    bits: Bytes

    def __len__(self) -> int:
        return len(self.fields)

    def rows(self, keep: Longs) -> "LtcFrames":
        """Some of the frames."""
        return LtcFrames(
            self.fields[keep],
            self.drop[keep],
            self.start[keep],
            self.end[keep],
            self.backwards[keep],
            self.bits[keep],
        )

    def date_of(self, row: int) -> tuple[int, int, int, int] | None:
        """Year, month, day and hours east of Greenwich of a frame, None where its user bits hold no date."""
        bits = self.bits[row]
        nibbles = [int(sum(int(bits[at + k]) << k for k in range(4))) for at in (4, 12, 20, 28, 36, 44, 52, 60)]
        if any(digit > 9 for digit in nibbles):
            return None
        day, month, year, zone = (nibbles[k] + 10 * nibbles[k + 1] for k in (0, 2, 4, 6))
        if not (1 <= day <= 31 and 1 <= month <= 12 and zone <= 25):
            return None
        return (2000 if year < 70 else 1900) + year, month, day, -zone if zone <= 12 else 26 - zone


def _edges(samples: Floats | Singles, hz: int) -> Floats:
    """Where the signal crosses the middle of its surroundings, in samples."""
    block = max(64, hz // 100)
    count = -(-len(samples) // block)
    padded = np.pad(samples, (0, count * block - len(samples)), mode="edge").reshape(count, block)
    high, low = padded.max(axis=1), padded.min(axis=1)
    high = np.maximum(high, np.maximum(np.append(high[1:], high[-1]), np.append(high[0], high[:-1])))
    low = np.minimum(low, np.minimum(np.append(low[1:], low[-1]), np.append(low[0], low[:-1])))
    middle, swing = (high + low) / 2, (high - low) / 2
    gate = np.where(swing > _QUIETEST, 0.3 * swing, np.inf)
    x = padded - middle[:, None]
    side = (x > gate[:, None]).astype(np.int8) - (x < -gate[:, None]).astype(np.int8)
    flat_side, flat = side.reshape(-1)[: len(samples)], x.reshape(-1)
    known = np.flatnonzero(flat_side)
    if not len(known):
        return np.zeros(0)
    signs = flat_side[known]
    turns = np.flatnonzero(signs[1:] != signs[:-1])
    before, after = known[turns], known[turns + 1]
    # the crossing lies between the last sample on one side and the first on the other
    a, b = flat[before], flat[after]
    crossing: Floats = before + (after - before) * np.abs(a) / (np.abs(a) + np.abs(b))
    return np.concatenate([[max(0.0, known[0] - 1.0)], crossing])


def _bits(edges: Floats) -> tuple[Bytes, Floats, Floats]:
    """The bits between edges, and where each begins and ends."""
    gaps = np.diff(edges)
    if len(gaps) < 2:
        return np.zeros(0, np.uint8), np.zeros(0), np.zeros(0)
    ratio = gaps[1:] / gaps[:-1]
    change = np.where(ratio > 1.45, 1, np.where(ratio < 0.69, -1, 0))
    where = np.flatnonzero(change)
    if not len(where):
        return np.zeros(0, np.uint8), np.zeros(0), np.zeros(0)
    last = np.searchsorted(where, np.arange(len(gaps)) - 1, side="right") - 1
    is_long = np.where(last >= 0, change[where[np.maximum(last, 0)]] > 0, change[where[0]] < 0)
    index = np.arange(len(gaps))
    begin = np.maximum.accumulate(np.where(is_long, index + 1, 0))
    # counted from the last long interval, every second short one completes a one
    second = ~is_long & ((index - begin) % 2 == 1)
    ends = is_long | second
    bits = np.where(is_long, 0, 1).astype(np.uint8)[ends]
    return bits, edges[:-1][index[ends] - second[ends]], edges[1:][ends]


def frames_in(samples: Floats | Singles, hz: int) -> LtcFrames:
    """Every whole frame of timecode in one channel of sound (n,), in the order heard."""
    bits, starts, ends = _bits(_edges(samples, hz)) if len(samples) else _bits(np.zeros(0))
    if len(bits) < BITS:
        bits, starts, ends = np.zeros(BITS, np.uint8), np.zeros(BITS), np.zeros(BITS)
    windows = np.lib.stride_tricks.sliding_window_view(bits, BITS)
    size = len(windows)
    codes = np.zeros(len(bits) - 15, dtype=np.int64)
    for k in range(16):
        codes += bits[k : len(bits) - 15 + k].astype(np.int64) << k
    ahead = np.flatnonzero(codes[64 : 64 + size] == _SYNC_CODE)
    back = np.flatnonzero(codes[:size] == _BACK_CODE)
    at = np.concatenate([ahead, back])
    backwards = np.concatenate([np.zeros(len(ahead), bool), np.ones(len(back), bool)])
    word = windows[at].copy()
    word[backwards] = word[backwards][:, ::-1]
    # a frame that was not heard in one go has a bit much longer than its others
    lengths = np.lib.stride_tricks.sliding_window_view(ends - starts, BITS)[at]
    whole = lengths.max(axis=1, initial=0.0) < 2.0 * lengths.mean(axis=1) if len(at) else np.zeros(0, bool)
    fields, sound = _labels(word)
    order = np.argsort(at, kind="stable")
    keep = order[(whole & sound)[order]]
    ends_at = ends[at[keep] + BITS - 1]
    return LtcFrames(fields[keep], word[keep, 10].astype(bool), starts[at[keep]], ends_at, backwards[keep], word[keep])


def _labels(word: Bytes) -> tuple[Longs, Flags]:
    def number(first: int, count: int) -> Longs:
        out: Longs = word[:, first : first + count].astype(np.int64) @ (1 << np.arange(count, dtype=np.int64))
        return out

    units = [number(at, 4) for at in (48, 32, 16, 0)]
    tens = [number(at, width) for at, width in ((56, 2), (40, 3), (24, 3), (8, 2))]
    fields = np.stack([u + 10 * t for u, t in zip(units, tens, strict=True)], axis=1)
    good: Flags = np.logical_and((np.stack(units, axis=1) < 10).all(axis=1), (fields < (24, 60, 60, 30)).all(axis=1))
    return fields, good


def rate_of(frames: LtcFrames, hz: int) -> Rate | None:
    """The rate that these frames count in, by their length, their highest number and the drop-frame flag.

    None for fewer than two frames or a length that is none of the five.
    """
    if len(frames) < 2:
        return None
    fps = hz / float(np.median(frames.end - frames.start))
    top = int(frames.fields[:, 3].max())
    if frames.drop.mean() > 0.5:
        return RATES["29.97df"] if top < 30 and abs(fps - 29.97) < 0.6 else None
    steps = np.diff(frames.start)
    fps = hz / float(np.mean(steps[steps < 1.5 * np.median(steps)])) if len(steps) > 4 else fps
    names: tuple[RateName, ...] = ("24", "25", "29.97", "30")
    best = min((RATES[name] for name in names if RATES[name].nominal > top), key=lambda r: abs(r.num / r.den - fps))
    return best if abs(best.num / best.den - fps) < 0.5 else None


class LtcListener:
    """Timecode as it comes in, piece by piece; places count from the first sample ever fed."""

    def __init__(self, hz: int) -> None:
        """A listener to `hz` samples a second."""
        self._hz = hz
        self._kept: Floats = np.zeros(0)
        self._first = 0
        self._last = -1.0

    def feed(self, samples: Singles | Floats) -> LtcFrames:
        """The frames that these samples complete."""
        self._kept = np.concatenate([self._kept, samples])
        found = frames_in(self._kept, self._hz)
        found = LtcFrames(
            found.fields, found.drop, found.start + self._first, found.end + self._first, found.backwards, found.bits
        )
        fresh = found.rows(np.flatnonzero(found.end > self._last + 0.25 * (found.end - found.start)))
        if len(fresh):
            self._last = float(fresh.end[-1])
        most = int(_KEEP_S * self._hz)
        if len(self._kept) > most:
            self._first += len(self._kept) - most
            self._kept = self._kept[-most:]
        return fresh
