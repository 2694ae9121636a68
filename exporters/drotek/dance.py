"""A Drotek dance: the bytes one IOStar drone is loaded with, big-endian; encoded as version 3, decoded from 1 to 3.

Source: Drotek's public loader, as laid down in the project's format notes (3.7). Header: magic, size, number of
sections; version 3 adds scale and landing; then a header per section (kind, first and last byte) and the sections.
Places are north, east, down in centimetres divided by the scale; the clock counts 24 frames a second (version 1:
milliseconds). The top bit of a colour's white byte marks a ramp, the other seven are white light.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from showeditor.model.arrays import Bytes, Flags, Floats, Longs

HZ = 24
MOST_BYTES = 100_000
MOST_SCALE = 4
LAST_FRAME = 65_535
LANDINGS = {"Land": 0, "RTL": 1}
_V1, _V2, _V3 = 0xAA55, 0xAA66, 0xAA77
_POSITION, _COLOUR, _FIRE, _YAW = range(4)
FIRE_CHANNELS = 3
FIRE_MS = 255
"""How long a channel is held on: the most that the byte holds."""
_FIRES: list[tuple[str, str]] = [("t", ">u2"), ("channel", "u1"), ("ms", "u1")]


@dataclass(frozen=True, slots=True)
class Dance:
    """One drone's events: frames (or moments) and places in the venue's frame, colours, and what is passed over."""

    t_us: Longs
    places: Floats
    step_m: float
    key_t_us: Longs
    key_rgbw: Bytes
    ramps: Flags
    fires: tuple[tuple[int, int, int], ...] = ()
    yaws: int = 0


def us_of_frames(frames: Longs) -> Longs:
    """Frames in microseconds, half up."""
    return np.asarray((frames * 2_000_000 + HZ) // (2 * HZ))


def ned_of(places: Floats) -> Floats:
    """Places (n, 3) of the venue (east, north, up) as north, east, down."""
    return np.stack([places[:, 1], places[:, 0], -places[:, 2]], axis=1)


def venue_of(ned: Floats) -> Floats:
    """North, east, down (n, 3) in the venue's frame; the same exchange again."""
    return ned_of(ned)


def scale_of(farthest_m: float) -> int:
    """The scale that holds this coordinate in 16 bits, 0 if none does."""
    return next((s for s in range(1, MOST_SCALE + 1) if farthest_m * 100 / s <= 32_767), 0)


def encoded(
    frames: Longs,
    places: Floats,
    colour_frames: Longs,
    rgb: Bytes,
    scale: int,
    fires: Sequence[tuple[int, int]] = (),
) -> bytes:
    """A version 3 dance of places (n, 3), steps of colour and fires (frame, channel from 0), in order of their frames.

    Raises ValueError when it grows too large or a channel is not one of FIRE_CHANNELS.
    """
    if any(not 0 <= channel < FIRE_CHANNELS or not 0 <= frame <= LAST_FRAME for frame, channel in fires):
        raise ValueError(f"channels 1 to {FIRE_CHANNELS} of {LAST_FRAME // HZ} s can be lit")
    moves = np.empty(len(frames), dtype=[("t", ">u2"), ("p", ">i2", (3,))])
    moves["t"] = frames
    moves["p"] = np.floor(ned_of(places) * (100 / scale) + 0.5)
    lights = np.zeros(len(colour_frames), dtype=[("t", ">u2"), ("c", "u1", (4,))])
    lights["t"] = colour_frames
    lights["c"][:, :3] = rgb
    sections = [(_POSITION, moves.tobytes())] + ([(_COLOUR, lights.tobytes())] if len(lights) else [])
    if fires:
        lit = np.array([(frame, channel, FIRE_MS) for frame, channel in fires], dtype=_FIRES)
        sections.append((_FIRE, lit.tobytes()))
    at = 9 + 9 * len(sections)
    size = at + sum(len(body) for _, body in sections)
    if size > MOST_BYTES:
        raise ValueError(f"its dance has {size} bytes, {MOST_BYTES} are the most")
    out = [struct.pack(">HIBBB", _V3, size, len(sections), scale, LANDINGS["Land"])]
    for kind, body in sections:
        out.append(struct.pack(">BII", kind, at, at + len(body) - 1))
        at += len(body)
    return b"".join(out + [body for _, body in sections])


def decoded(data: bytes) -> Dance:
    """The events of a dance; raises ValueError naming the byte."""
    if len(data) < 7:
        raise ValueError(f"a header of 7 bytes was expected, found {len(data)}")
    magic, size, count = struct.unpack_from(">HIB", data)
    if magic not in (_V1, _V2, _V3):
        raise ValueError(f"magic AA55, AA66 or AA77 was expected, found {magic:04X}")
    if size != len(data):
        raise ValueError(f"{size} bytes were expected, found {len(data)}")
    at, scale = 7, 1
    if magic == _V3:
        if len(data) < 9:
            raise ValueError("a header of 9 bytes was expected")
        at, scale = 9, data[7]
        if not 1 <= scale <= MOST_SCALE:
            raise ValueError(f"byte 7: a scale of 1 to {MOST_SCALE} was expected, found {scale}")
    clock = ">u4" if magic == _V1 else ">u2"
    held: dict[int, bytes] = {}
    for k in range(count):
        if at + 9 > len(data):
            raise ValueError(f"byte {at}: the header of section {k + 1} breaks off")
        kind, first, last = struct.unpack_from(">BII", data, at)
        if not at + 9 <= first <= last < len(data) or kind in held or kind > _YAW:
            raise ValueError(f"byte {at}: a section inside the dance was expected")
        held[kind] = data[first : last + 1]
        at += 9
    if _POSITION not in held:
        raise ValueError("a section of positions was expected")
    moves = _rows(held[_POSITION], [("t", clock), ("p", ">i2", (3,))], "positions")
    lights = _rows(held.get(_COLOUR, b""), [("t", clock), ("c", "u1", (4,))], "colours")
    fires = _rows(held.get(_FIRE, b""), [("t", clock), *_FIRES[1:]], "fires")
    white = lights["c"][:, 3]
    rgbw = lights["c"].copy()
    rgbw[:, 3] = np.floor((white & 127) * (255 / 127) + 0.5)
    return Dance(
        t_us=_moments(moves["t"], magic),
        places=venue_of(moves["p"].astype(np.float64) * (scale / 100)),
        step_m=scale / 100,
        key_t_us=_moments(lights["t"], magic),
        key_rgbw=rgbw,
        ramps=white > 127,
        fires=tuple(
            (int(t), int(row["channel"]), int(row["ms"]))
            for t, row in zip(_moments(fires["t"], magic), fires, strict=True)
        ),
        yaws=len(held.get(_YAW, b"")),
    )


def _moments(t: "np.ndarray[tuple[int], np.dtype[np.unsignedinteger]]", magic: int) -> Longs:
    whole = t.astype(np.int64)
    return whole * 1000 if magic == _V1 else us_of_frames(whole)


def _rows(body: bytes, layout: list[tuple[str, str] | tuple[str, str, tuple[int]]], what: str) -> np.ndarray:
    kind = np.dtype(layout)
    if len(body) % kind.itemsize:
        raise ValueError(f"whole rows of {kind.itemsize} bytes were expected in the section of {what}")
    return np.frombuffer(body, dtype=kind)
