"""The yaw block and the event list of `.skyb`.

Source: libskybrush and skybrush-server show/yaw.py, as laid down in the format notes (3.2). Yaw is clockwise degrees
from the show's X axis in tenths, linear between set-points, stored as durations and changes from show zero on.
Events are 10 bytes: milliseconds, type (1 = pyro), channel from 0, and on or off.
"""

import struct
from collections.abc import Sequence

import numpy as np

from exporters.headings import in_milliseconds
from exporters.payload import Fire
from showeditor.model.arrays import Floats, Longs

LONGEST_MS = 65_000
MOST_CHANGE = 30_000
MOST_CHANNEL = 256
PULSE_MS = 3000
"""How long a channel stays on: the firmware's own ignition time; it ends an ignition without an end by itself."""
_ON, _OFF = b"\x00\x00\x00\x00", b"\xff\xff\xff\xff"
_PYRO = 1


def yaw_body(t_us: Longs, deg: Floats) -> bytes:
    """The yaw block of heading keys, degrees from the show's X axis; ValueError before show zero or if too fast."""
    t_ms, deg = in_milliseconds(t_us, deg)
    if t_ms[0] < 0:
        raise ValueError("turns before the show starts")
    first = round((float(deg[0]) + 180.0) % 360.0 * 10.0) - 1800
    # whole tenths of the total turn, so that rounding never adds up
    tenths = first + np.floor((deg - deg[0]) * 10.0 + 0.5).astype(np.int64)
    out = [struct.pack("<Bh", 0, first)]
    at_ms, at = 0, first
    for t, turned in zip(t_ms.tolist(), tenths.tolist(), strict=True):
        parts = max(1, -(-(t - at_ms) // LONGEST_MS), -(-abs(turned - at) // MOST_CHANGE))
        if parts > max(1, t - at_ms):
            raise ValueError(f"turns by {abs(turned - at) / 10:g} degrees within {t - at_ms} ms")
        for k in range(parts):
            span = (t - at_ms) * (k + 1) // parts - (t - at_ms) * k // parts
            turn = (turned - at) * (k + 1) // parts - (turned - at) * k // parts
            if span or turn:
                out.append(struct.pack("<Hh", span, turn))
        at_ms, at = t, turned
    return b"".join(out)


def yaw_of(body: bytes) -> list[tuple[int, float]] | None:
    """Moments in microseconds and degrees of a yaw block; None where the nose follows the flight (auto-yaw).

    Raises ValueError for a block that breaks off.
    """
    if len(body) < 3 or (len(body) - 3) % 4:
        raise ValueError(f"a yaw block of 3 bytes and 4 for each set-point was expected, found {len(body)}")
    auto, offset = struct.unpack_from("<Bh", body)
    if auto & 1:
        return None
    t_ms, tenths = 0, offset
    out = [(0, offset / 10.0)]
    for span, turn in struct.iter_unpack("<Hh", body[3:]):
        t_ms, tenths = t_ms + span, tenths + turn
        if span == 0:
            out.pop()
        out.append((t_ms * 1000, tenths / 10.0))
    return out


def event_body(fires: Sequence[Fire]) -> bytes:
    """The event list of ignitions: each channel on, and off when its pulse ends or it is lit again.

    Raises ValueError for a channel or moment that the records cannot hold.
    """
    rows: list[tuple[int, int, int]] = []
    for k, fire in enumerate(fires):
        t_ms = (2 * fire.t_us + 1000) // 2000
        if not 1 <= fire.channel <= MOST_CHANNEL or not 0 <= t_ms < 2**32 - PULSE_MS:
            raise ValueError(f"lights channel {fire.channel} at {fire.t_us / 1e6:g} s; 1 to {MOST_CHANNEL} can be held")
        again = next((f.t_us // 1000 for f in fires[k + 1 :] if f.channel == fire.channel), None)
        rows.append((t_ms, 1, fire.channel - 1))
        if again is None or again > t_ms + PULSE_MS:
            rows.append((t_ms + PULSE_MS, 0, fire.channel - 1))
    return b"".join(struct.pack("<IBB", t, _PYRO, c) + (_ON if on else _OFF) for t, on, c in sorted(rows))


def events_of(body: bytes) -> tuple[list[Fire], int]:
    """The ignitions of an event list and how many events are of another kind; raises ValueError naming the byte."""
    if len(body) % 10:
        raise ValueError(f"events of 10 bytes were expected, found {len(body)} bytes")
    fires: list[Fire] = []
    other, last = 0, 0
    for at in range(0, len(body), 10):
        t_ms, kind, channel = struct.unpack_from("<IBB", body, at)
        if t_ms < last:
            raise ValueError(f"event {at // 10 + 1}: a later time than that of the event before was expected")
        last = t_ms
        if kind != _PYRO:
            other += 1
        elif body[at + 6 : at + 10] == _ON:
            fires.append(Fire(t_ms * 1000, channel + 1))
    return fires, other
