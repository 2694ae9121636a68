"""The trajectory block of `.skyb`: the Crazyflie compressed trajectory behind one byte of scale.

Coordinates are cut towards zero to whole steps, as skybrush-server and cflib do it, so that the same numbers give the
same bytes there and here.
"""

import struct
from math import ceil

import numpy as np

from exporters.pieces import Pieces, split
from showeditor.export.assembly import Path
from showeditor.export.curves import raised, raising
from showeditor.model.arrays import Floats

LONGEST_MS = 65_000
MOST_SCALE = 127
_SAME_M = 1e-7
_COUNTS = (0, 1, 3, 7)


def scale_of(points: Floats) -> int:
    """Millimetres in one step, so that every coordinate fits 16 bits (skybrush-server's rule)."""
    return ceil((ceil(float(np.abs(points).max(initial=0.0)) * 1000) + 1) / 32768)


def fits(values: Floats, scale: int) -> bool:
    """Whether every value (m) fits 16 bits at this scale."""
    return bool(np.abs(values).max(initial=0.0) * 1000 / scale < 32767)


def _steps(values: Floats, scale: int) -> list[int]:
    return [int(v) for v in np.trunc(values * 1000 / scale)]


def _lowest(values: Floats, last: int, scale: int) -> tuple[int, list[int]]:
    """The smallest kind (0 to 3) that holds one axis of a piece, and its remaining values in steps.

    `last` is the value in steps that the piece before ended with.
    """
    steps = _steps(values, scale)
    if all(s == last for s in steps):
        return 0, []
    degree = len(values) - 1
    if degree == 1 or np.abs(values - raising(1, degree) @ values[[0, -1]]).max() < _SAME_M:
        return 1, steps[-1:]
    if degree <= 3:
        return 2, _steps(raising(degree, 3) @ values, scale)[1:]
    seven = raising(degree, 7) @ values
    tangents = np.array(
        [seven[0], seven[0] + (seven[1] - seven[0]) * 7 / 3, seven[7] + (seven[6] - seven[7]) * 7 / 3, seven[7]]
    )
    # the control values of the cubic reach farther than those of the same curve at degree 7
    if np.abs(raising(3, 7) @ tangents - seven).max() < _SAME_M and fits(tangents, scale):
        return 2, _steps(tangents, scale)[1:]
    return 3, _steps(seven, scale)[1:]


def segment(duration_ms: int, points: Floats, last: tuple[int, ...], scale: int) -> tuple[bytes, tuple[int, ...]]:
    """The bytes of one piece (n, 3) and the steps where it ends; `last` is where the piece before ended."""
    kinds = 0
    body: list[int] = []
    end = list(last)
    for axis in range(3):
        kind, rest = _lowest(points[:, axis], last[axis], scale)
        kinds |= kind << (2 * axis)
        body += rest
        if rest:
            end[axis] = rest[-1]
    return struct.pack(f"<BH{len(body)}h", kinds, duration_ms, *body), tuple(end)


def encode(pieces: Pieces, home: Floats, scale: int) -> bytes:
    """The block's body; skyb time is show time, so a drone that starts later first stands still."""
    start = pieces.ctrl[0][0] if pieces.ctrl else home
    last = tuple(_steps(start, scale))
    out = [struct.pack("<B4h", scale, *last, 0)]
    for a, b, points in _all(pieces, start):
        data, last = segment(b - a, points, last, scale)
        out.append(data)
    return b"".join(out)


def _all(pieces: Pieces, start: Floats) -> list[tuple[int, int, Floats]]:
    out: list[tuple[int, int, Floats]] = []
    if pieces.t0_ms and pieces.t0_ms[0] > 0:
        out += split(start[None, :], 0, pieces.t0_ms[0], LONGEST_MS)
    for a, b, points in zip(pieces.t0_ms, pieces.t1_ms, pieces.ctrl, strict=True):
        out += split(points, a, b, LONGEST_MS)
    return out


def decode(body: bytes, path: Path) -> bool:
    """Add the pieces of a block to `path` and set its home; returns whether the block also turns the drone (yaw).

    Raises ValueError naming the byte for a block that breaks off or has a piece of no length that moves.
    """
    if len(body) < 9:
        raise ValueError(f"the trajectory breaks off after {len(body)} bytes")
    head, *start = struct.unpack_from("<B3h", body)
    scale = head & 127
    if scale == 0:
        raise ValueError("the trajectory has the scale 0")
    step = scale / 1000
    last = [start[0], start[1], start[2]]
    path.home_m = (start[0] * step, start[1] * step, start[2] * step)
    path.start_us = 0
    turns, at, t_ms = False, 9, 0
    while at < len(body):
        if at + 3 > len(body):
            raise ValueError(f"the trajectory breaks off at byte {at}")
        kinds, duration = struct.unpack_from("<BH", body, at)
        counts = [_COUNTS[kinds >> (2 * k) & 3] for k in range(4)]
        if at + 3 + 2 * sum(counts) > len(body):
            raise ValueError(f"the trajectory breaks off at byte {at}")
        values = struct.unpack_from(f"<{sum(counts)}h", body, at + 3)
        at += 3 + 2 * sum(counts)
        turns = turns or counts[3] > 0
        points = _points(counts, values, last, step)
        if duration == 0:
            if len(points) > 1:
                raise ValueError(f"a piece of 0 ms moves the drone before byte {at}")
            continue
        t_ms += duration
        path.add(t_ms * 1000, points)
    return turns


def _points(counts: list[int], values: tuple[int, ...], last: list[int], step: float) -> Floats:
    degree = max(counts[:3])
    axes: list[Floats] = []
    at = 0
    for axis, count in enumerate(counts[:3]):
        own = np.array([last[axis], *values[at : at + count]], dtype=np.float64)[:, None]
        axes.append(raised(own, degree)[:, 0] if degree else own[:, 0])
        at += count
        if count:
            last[axis] = values[at - 1]
    return np.stack(axes, axis=1) * step
