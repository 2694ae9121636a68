"""The part of a recording that a show flies: pieces and keys inside it, those across its ends cut exactly."""

from dataclasses import replace

import numpy as np

from showeditor.model.arrays import Bytes, Flags, Floats, Longs, frozen
from showeditor.model.plan import Drones
from showeditor.model.recording import RecordedFlight
from showeditor.model.returns import returns_of


def cut(flight: RecordedFlight) -> Drones:
    """The drones between `from_us` and the end of the part, on the recording's clock; all of them when nothing is cut.

    A piece across an end becomes the same curve over its rest (de Casteljau); a light that shines at the beginning
    stands there as a key.
    """
    drones, lo, hi = flight.recording.drones, flight.from_us, flight.ends_us
    if lo <= flight.recording.starts_us and hi >= flight.recording.ends_us:
        return drones
    starts, t0, t1, counts, ctrl = _pieces(drones, lo, hi)
    key_start, key_t, rgbw, fade = _keys(drones, lo, hi)
    yaw_start, yaw_t, yaw = _turns(drones, lo, hi)
    return replace(
        returns_of(drones, range(len(drones)), (drones.return_t_us >= lo) & (drones.return_t_us <= hi)),
        off_us=frozen(np.clip(drones.off_us, lo, hi), np.int64, (None,)),
        on_us=frozen(np.clip(drones.on_us, lo, hi), np.int64, (None,)),
        piece_start=frozen(starts, np.int64, (None,)),
        piece_t0_us=frozen(t0, np.int64, (None,)),
        piece_t1_us=frozen(t1, np.int64, (None,)),
        ctrl_start=frozen(np.concatenate([[0], np.cumsum(counts)]), np.int64, (None,)),
        ctrl=frozen(ctrl, np.float64, (None, 3)),
        key_start=frozen(key_start, np.int64, (None,)),
        key_t_us=frozen(key_t, np.int64, (None,)),
        key_rgbw=frozen(rgbw, np.uint8, (None, 4)),
        key_fade=frozen(fade, np.bool_, (None,)),
        yaw_start=frozen(yaw_start, np.int64, (None,)),
        yaw_t_us=frozen(yaw_t, np.int64, (None,)),
        yaw_deg=frozen(yaw, np.float64, (None,)),
    )


def _counted(owner: Longs, n: int) -> Longs:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(owner, minlength=n))])


def _pieces(drones: Drones, lo: int, hi: int) -> tuple[Longs, Longs, Longs, Longs, Floats]:
    owner = np.repeat(np.arange(len(drones)), np.diff(drones.piece_start))
    kept = np.flatnonzero((drones.piece_t1_us > lo) & (drones.piece_t0_us < hi))
    t0, t1 = drones.piece_t0_us[kept], drones.piece_t1_us[kept]
    counts = np.diff(drones.ctrl_start)[kept]
    first = drones.ctrl_start[:-1][kept]
    begins = np.concatenate([[0], np.cumsum(counts)])
    ctrl = drones.ctrl[np.repeat(first - begins[:-1], counts) + np.arange(int(begins[-1]))]
    for k in np.flatnonzero((t0 < lo) | (t1 > hi)).tolist():
        rows = slice(int(begins[k]), int(begins[k + 1]))
        span = float(t1[k] - t0[k])
        ctrl[rows] = part_of(ctrl[rows], max(0.0, (lo - t0[k]) / span), min(1.0, (hi - t0[k]) / span))
    return _counted(owner[kept], len(drones)), np.maximum(t0, lo), np.minimum(t1, hi), counts, ctrl


def part_of(ctrl: Floats, u0: float, u1: float) -> Floats:
    """The control points (n, 3) of the same curve over [u0, u1]; an end at 0 or 1 keeps its very number."""
    if u1 < 1.0:
        ctrl = _split(ctrl, u1)[0]
        u0 = u0 / u1
    return _split(ctrl, u0)[1] if u0 > 0.0 else ctrl


def _split(ctrl: Floats, u: float) -> tuple[Floats, Floats]:
    left, right = np.empty_like(ctrl), np.empty_like(ctrl)
    work = ctrl
    for j in range(len(ctrl)):
        left[j], right[len(ctrl) - 1 - j] = work[0], work[-1]
        work = work[:-1] + (work[1:] - work[:-1]) * u
    return left, right


def _keys(drones: Drones, lo: int, hi: int) -> tuple[Longs, Longs, Bytes, Flags]:
    counts: list[int] = [0]
    times: list[Longs] = []
    shades: list[Bytes] = []
    fades: list[Flags] = []
    for i in range(len(drones)):
        rows = slice(int(drones.key_start[i]), int(drones.key_start[i + 1]))
        t, rgbw, fade = drones.key_t_us[rows], drones.key_rgbw[rows], drones.key_fade[rows]
        a, b = (int(np.searchsorted(t, moment, side="left")) for moment in (lo, hi))
        before = a > 0 and (a >= len(t) or t[a] > lo)
        if before:
            shade = rgbw[a - 1].astype(np.float64)
            if a < len(t) and fade[a]:
                shade += (rgbw[a].astype(np.float64) - shade) * ((lo - t[a - 1]) / (t[a] - t[a - 1]))
            times.append(np.array([lo]))
            shades.append(np.floor(shade + 0.5).astype(np.uint8)[None])
            fades.append(np.zeros(1, np.bool_))
        times.append(t[a:b])
        shades.append(rgbw[a:b])
        fades.append(fade[a:b])
        counts.append(counts[-1] + int(before) + b - a)
        if b < len(t) and fade[b] and b > 0 and t[b - 1] < hi and t[b] > hi:
            # a ramp that is cut off still ends on the colour it had reached
            share = (hi - t[b - 1]) / (t[b] - t[b - 1])
            reached = rgbw[b - 1] + (rgbw[b].astype(np.float64) - rgbw[b - 1]) * share
            times.append(np.array([hi]))
            shades.append(np.floor(reached + 0.5).astype(np.uint8)[None])
            fades.append(np.ones(1, np.bool_))
            counts[-1] += 1
    return np.array(counts), np.concatenate(times), np.concatenate(shades), np.concatenate(fades)


def _turns(drones: Drones, lo: int, hi: int) -> tuple[Longs, Longs, Floats]:
    if not len(drones.yaw_t_us):
        return drones.yaw_start, drones.yaw_t_us, drones.yaw_deg
    counts, times, turns = [0], [], []
    for i in range(len(drones)):
        rows = slice(int(drones.yaw_start[i]), int(drones.yaw_start[i + 1]))
        t, yaw = drones.yaw_t_us[rows], drones.yaw_deg[rows]
        if len(t):
            inside = t[(t > lo) & (t < hi)]
            at = np.concatenate([[lo], inside, [hi]])
            times.append(at)
            turns.append(np.interp(at, t, yaw))
            counts.append(counts[-1] + len(at))
        else:
            counts.append(counts[-1])
    return np.array(counts), np.concatenate([*times, np.zeros(0, np.int64)]), np.concatenate([*turns, np.zeros(0)])
