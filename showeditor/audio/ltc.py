"""Linear timecode as sound: the 80-bit words of SMPTE ST 12-1 in bi-phase marks, every edge where it belongs.

Edges lie at exact rational places between samples, so that an hour of code is as true as its first second. The rise
time of 40 us lies within both SMPTE's 40 +- 10 us and EBU's 50 +- 15 us.
"""

from collections.abc import Iterator
from datetime import date as day_of
from datetime import timedelta

import numpy as np

from showeditor.model.arrays import Bytes, Longs, Singles
from showeditor.model.timecode import Rate, Timecode

BITS = 80
SYNC = (0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1)
LEVEL = 0.5
"""Peak of the signal, -6 dB of full scale."""

_RISE_US = 40.0
_CHUNK_FRAMES = 250
_USER_BITS = (4, 12, 20, 28, 36, 44, 52, 60)


def fields_of_frames(rate: Rate, frames: Longs) -> Longs:
    """Hours, minutes, seconds and frames (n, 4) of many labels at once."""
    n = np.mod(frames, rate.day_frames)
    if rate.drop:
        ten, minute = 600 * rate.nominal - 18, 60 * rate.nominal - 2
        tens, rest = np.divmod(n, ten)
        n = n + 18 * tens + np.where(rest >= 2, 2 * ((rest - 2) // minute), 0)
    seconds, f = np.divmod(n, rate.nominal)
    minutes, s = np.divmod(seconds, 60)
    h, m = np.divmod(minutes, 60)
    out: Longs = np.stack([h, m, s, f], axis=1)
    return out


def _put(words: Bytes, at: int, count: int, values: Longs) -> None:
    for k in range(count):
        words[:, at + k] = (values >> k) & 1


def words_of(timecode: Timecode, frames: Longs) -> Bytes:
    """The 80 bits (n, 80) of frames: label, drop-frame flag, polarity bit, and the date where the settings have one.

    The date follows SMPTE ST 309: day, month, year and time zone in the user bits, binary group flag 2 set; it moves on
    at midnight.
    """
    rate = timecode.clock
    words = np.zeros((len(frames), BITS), dtype=np.uint8)
    fields = fields_of_frames(rate, frames)
    for column, units, tens, width in ((3, 0, 8, 2), (2, 16, 24, 3), (1, 32, 40, 3), (0, 48, 56, 2)):
        _put(words, units, 4, fields[:, column] % 10)
        _put(words, tens, width, fields[:, column] // 10)
    words[:, 10] = rate.drop
    words[:, 64:] = SYNC
    if timecode.date:
        _date(timecode, frames, words)
    polarity = 59 if rate.nominal == 25 else 27
    words[:, polarity] = words.sum(axis=1) % 2
    return words


def _date(timecode: Timecode, frames: Longs, words: Bytes) -> None:
    rate = timecode.clock
    first = day_of.fromisoformat(timecode.date)
    days = frames // rate.day_frames - timecode.zero_frame // rate.day_frames
    words[:, 43 if rate.nominal == 25 else 59] = 1
    # ST 309 numbers the zones in decimal digits: 0 to 12 west of Greenwich, 13 to 25 for +13 down to +1
    zone = -timecode.zone_h if timecode.zone_h <= 0 else 26 - timecode.zone_h
    for day in np.unique(days):
        at = first + timedelta(days=int(day))
        digits = (at.day % 10, at.day // 10, at.month % 10, at.month // 10, at.year % 10, at.year // 10 % 10)
        rows = days == day
        for place, digit in zip(_USER_BITS, (*digits, zone % 10, zone // 10), strict=True):
            for k in range(4):
                words[rows, place + k] = (digit >> k) & 1


def sample_of(rate: Rate, hz: int, frames: int) -> int:
    """The sample nearest to the beginning of the frame that comes `frames` after the first, halves upwards."""
    scaled = frames * rate.den * hz
    return (2 * scaled + rate.num) // (2 * rate.num)


def ltc_sound(timecode: Timecode, first: int, count: int, hz: int, level: float = LEVEL) -> Iterator[Singles]:
    """The sound of `count` frames from the frame `first` on, in pieces; full scale 1.0.

    Together `sample_of(rate, hz, count)` samples and two half cells more, which close the last bit. Raises ValueError
    for a sample rate that cannot hold the code.
    """
    if not 16_000 <= hz <= 192_000:
        raise ValueError(f"timecode as sound needs 16000 to 192000 samples a second, got {hz}")
    rate = timecode.clock
    cell = hz * rate.den / (rate.num * 2 * BITS)
    width = min(_RISE_US * 1e-6 * hz / 1.18, cell / 2)
    total = sample_of(rate, hz, count) + round(2 * cell)
    done = 0
    for begin in range(0, count + 1, _CHUNK_FRAMES):
        many = min(_CHUNK_FRAMES, count + 1 - begin)
        # one frame more than the piece, whose first edge shapes the end of the last cell
        frames = np.arange(first + begin, first + begin + many + 1, dtype=np.int64)
        turns = np.ones((len(frames) * BITS, 2), dtype=bool)
        turns[:, 1] = words_of(timecode, frames).reshape(-1).astype(bool)
        edges = turns.reshape(-1)
        # the polarity bit makes every frame begin the same way up
        up = (np.cumsum(edges) % 2).astype(bool)
        until = min(total, sample_of(rate, hz, begin + many))
        s = np.arange(done, until, dtype=np.int64)
        h, rest = np.divmod(s * (rate.num * 2 * BITS), hz * rate.den)
        h -= begin * 2 * BITS
        # the sample nearest to a chunk's end may lie just before or after it; edges are there for both
        keep = np.clip(h, 0, len(edges) - 2)
        since = rest / (rate.num * 2 * BITS)
        value = np.where(up[keep], level, -level)
        value *= np.where(edges[keep], np.sin(np.pi / 2 * np.clip(since / width, -1, 1)), 1.0)
        value *= np.where(edges[keep + 1], np.sin(np.pi / 2 * np.clip((cell - since) / width, -1, 1)), 1.0)
        yield value.astype(np.float32)
        done = until
