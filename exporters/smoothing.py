"""Rows of samples as smooth paths: the least bent curve that the rounded numbers allow.

A file of samples says where a drone is at each row, rounded to a step. Straight lines between the rows would turn at
every row, and the rounding alone would look like pushes that nobody flies. So each path is read as a cubic spline (C2)
through points within half a step of the samples, chosen for the smallest sum of squared second differences; long stays
are kept still, and a kink that stands alone among straight neighbours is kept a kink, so that a file of straight lines
reads as straight lines; so are rows more than _LONGEST_S apart. Runs of pieces that one cubic holds within MERGE_M and
MERGE_MPS2 are joined.

Sources: natural cubic splines, de Boor, A Practical Guide to Splines, ch. IV; projected accelerated gradients, Beck and
Teboulle 2009.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from showeditor.export.assembly import FARTHEST_M, LONGEST_US, yaw_starts
from showeditor.model.arrays import Bytes, Flags, Floats, Longs, frozen
from showeditor.model.plan import Drones
from showeditor.model.venue import Vec3

MERGE_M = 0.0005
MERGE_MPS2 = 0.03
_KINK_MPS2 = 0.5
_LONGEST_S = 1.25
_STAY_S = 2.0
_CREEP_S = 0.75
_FELT_MPS2 = 0.02
_ROUNDS = 80
_BATCH = 64
_PASSES = 6


@dataclass(frozen=True, slots=True)
class Flight:
    """One drone of a file: places (n, 3) at ascending moments (n,), light keys, headings clockwise from north."""

    name: str
    t_us: Longs
    places: Floats
    home_m: Vec3 | None = None
    key_t_us: Longs = field(default_factory=lambda: np.zeros(0, np.int64))
    key_rgbw: Bytes = field(default_factory=lambda: np.zeros((0, 4), np.uint8))
    key_fade: Flags = field(default_factory=lambda: np.zeros(0, np.bool_))
    yaw_t_us: Longs = field(default_factory=lambda: np.zeros(0, np.int64))
    yaw_deg: Floats = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True, slots=True)
class _Pieces:
    t0_us: Longs
    t1_us: Longs
    still: Flags
    ctrl: Floats


def drones_of_flights(flights: Sequence[Flight], step_m: float) -> Drones:
    """The drones of these flights, whose numbers were rounded to `step_m` (0: as they are).

    Raises ValueError for places that are not finite or farther than 100 km, moments past 48 h or not ascending.
    """
    groups: dict[int, list[int]] = {}
    for k, flight in enumerate(flights):
        _refuse(flight)
        groups.setdefault(len(flight.t_us), []).append(k)
    found: list[_Pieces] = [_NONE] * len(flights)
    for count, rows in groups.items():
        if count < 2:
            continue
        for a in range(0, len(rows), _BATCH):
            batch = rows[a : a + _BATCH]
            t_us = np.stack([flights[k].t_us for k in batch])
            places = np.stack([flights[k].places for k in batch])
            for k, pieces in zip(batch, _curves(t_us, places, step_m), strict=True):
                found[k] = pieces
    return _assembled(flights, found)


_NONE = _Pieces(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.bool_), np.zeros((0, 4, 3)))


def _refuse(flight: Flight) -> None:
    if len(flight.t_us) == 0:
        raise ValueError(f"{flight.name} has no position")
    if not np.abs(flight.places).max() <= FARTHEST_M:
        raise ValueError(f"a position of {flight.name} lies farther than 100 km away or is not a number")
    if flight.t_us[0] < -LONGEST_US or flight.t_us[-1] > LONGEST_US:
        raise ValueError(f"{flight.name} flies longer than 48 hours")
    if (np.diff(flight.t_us) <= 0).any():
        raise ValueError(f"the times of {flight.name} do not increase")


def _assembled(flights: Sequence[Flight], found: list[_Pieces]) -> Drones:
    counts = [len(p.t0_us) for p in found]
    still = np.concatenate([p.still for p in found]) if found else np.zeros(0, np.bool_)
    ctrl = np.concatenate([p.ctrl for p in found]) if found else np.zeros((0, 4, 3))
    rows = np.ones((len(still), 4), dtype=np.bool_)
    rows[still, 1:] = False
    homes = [f.home_m if f.home_m is not None else tuple(f.places[0].tolist()) for f in flights]
    off: list[int] = []
    on: list[int] = []
    for flight, pieces in zip(flights, found, strict=True):
        moves = np.nonzero(~pieces.still)[0]
        off.append(int(pieces.t0_us[moves[0]] if len(moves) else flight.t_us[0]))
        on.append(int(pieces.t1_us[moves[-1]] if len(moves) else flight.t_us[0]))
    keys = [len(f.key_t_us) for f in flights]
    none = np.zeros(0, np.int64)
    return Drones(
        name=tuple(f.name for f in flights),
        fleet=("",) * len(flights),
        home_m=frozen(homes, np.float64, (None, 3), "home"),
        off_us=frozen(off, np.int64, (None,)),
        on_us=frozen(on, np.int64, (None,)),
        yaw_start=yaw_starts([len(f.yaw_t_us) for f in flights]),
        yaw_t_us=frozen(np.concatenate([none, *(f.yaw_t_us for f in flights)]), np.int64, (None,)),
        yaw_deg=frozen(np.concatenate([np.zeros(0), *(f.yaw_deg for f in flights)]), np.float64, (None,), "heading"),
        piece_start=frozen(np.concatenate([[0], np.cumsum(counts)]), np.int64, (None,)),
        piece_t0_us=frozen(np.concatenate([none, *(p.t0_us for p in found)]), np.int64, (None,)),
        piece_t1_us=frozen(np.concatenate([none, *(p.t1_us for p in found)]), np.int64, (None,)),
        ctrl_start=frozen(np.concatenate([[0], np.cumsum(np.where(still, 1, 4))]), np.int64, (None,)),
        ctrl=frozen(ctrl[rows], np.float64, (None, 3), "path"),
        key_start=frozen(np.concatenate([[0], np.cumsum(keys)]), np.int64, (None,)),
        key_t_us=frozen(np.concatenate([none, *(f.key_t_us for f in flights)]), np.int64, (None,)),
        key_rgbw=frozen(np.concatenate([np.zeros((0, 4)), *(f.key_rgbw for f in flights)]), np.uint8, (None, 4)),
        key_fade=frozen(np.concatenate([none, *(f.key_fade for f in flights)]), np.bool_, (None,)),
    )


def _curves(t_us: Longs, raw: Floats, step_m: float) -> list[_Pieces]:
    """The pieces of each drone of a batch: moments (d, n), samples (d, n, 3)."""
    t = _seconds(t_us)
    gap = np.diff(t, axis=1)
    felt = 4 * step_m / float(np.median(gap)) ** 2  # what rounding alone could look like, in m/s2
    stays = _stays(t, raw, _CREEP_S if felt > _FELT_MPS2 else 0.0)
    places = _eased(gap, raw, stays, step_m) if felt > _FELT_MPS2 else raw
    second, kinks = _bends(gap, places, stays, max(_KINK_MPS2, felt))
    wide = gap[:, :, None]
    slope = np.diff(places, axis=1) / wide
    away = slope - wide / 6 * (2 * second[:, :-1] + second[:, 1:])
    towards = slope + wide / 6 * (second[:, :-1] + 2 * second[:, 1:])
    return _merged(t_us, places, away, towards, second, stays, kinks)


def _seconds(t_us: Longs) -> Floats:
    """Seconds since each row's first moment; whole microseconds of 48 h stay exact on the way."""
    return np.asarray((t_us - t_us[:, :1]).astype(np.float64) * 1e-6, dtype=np.float64)


def _stays(t: Floats, raw: Floats, creep_s: float) -> Flags:
    """Which intervals (d, n - 1) belong to a stay: no change for _STAY_S, or up to an end of the file.

    At the ends where it moves before or after, a stay is shorter by `creep_s`: a drone that creeps by less than a step
    looks as if it stayed.
    """
    n = raw.shape[1]
    same = (raw[:, 1:] == raw[:, :-1]).all(axis=2)
    k = np.arange(n - 1)
    begin = np.maximum.accumulate(np.where(same, -1, k), axis=1) + 1
    end = np.minimum.accumulate(np.where(same, n - 1, k)[:, ::-1], axis=1)[:, ::-1]
    start = np.take_along_axis(t, np.minimum(begin, n - 1), axis=1)
    stop = np.take_along_axis(t, np.minimum(end, n - 1), axis=1)
    edge = (begin == 0) | (end == n - 1)
    calm = (t[:, :-1] >= start + np.where(begin == 0, 0.0, creep_s)) & (
        t[:, 1:] <= stop - np.where(end == n - 1, 0.0, creep_s)
    )
    out: Flags = same & calm & (edge | (stop - start >= _STAY_S))
    return out


def _eased(gap: Floats, raw: Floats, stays: Flags, step_m: float) -> Floats:
    """Points within half a step of the samples with the smallest second differences; stays and ends are fixed."""
    if gap.shape[1] < 2:
        return raw
    a, b = gap[:, :-1, None], gap[:, 1:, None]
    left, right = 2 * b / (a + b), 2 * a / (a + b)
    room = np.full(raw.shape[:2], step_m / 2)
    room[:, 1:][stays] = 0.0
    room[:, :-1][stays] = 0.0
    room[:, [0, -1]] = 0.0
    room[:, 1:][gap > _LONGEST_S] = 0.0
    room[:, :-1][gap > _LONGEST_S] = 0.0
    low, high = raw - room[:, :, None], raw + room[:, :, None]
    # the matrix of weighted second differences has row sums of at most 4 and column sums of at most 6
    rate = 1.0 / (16.0 if np.ptp(gap) < 1e-3 * gap[0, 0] else 24.0)
    x = y = raw
    pace = 1.0
    for _ in range(_ROUNDS):
        bend = left * y[:, :-2] - 2 * y[:, 1:-1] + right * y[:, 2:]
        pull = np.zeros_like(y)
        pull[:, :-2] += left * bend
        pull[:, 1:-1] -= 2 * bend
        pull[:, 2:] += right * bend
        new = np.clip(y - rate * pull, low, high)
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        y = new + (pace - 1) / faster * (new - x)
        x, pace = new, faster
    return x


def _bends(gap: Floats, places: Floats, stays: Flags, least_mps2: float) -> tuple[Floats, Flags]:
    """Second derivatives (d, n, 3) of the spline at its knots, and the knots that stay kinks."""
    d, n, _ = places.shape
    second = np.zeros_like(places)
    kinks = np.zeros((d, n), dtype=np.bool_)
    if n < 3:
        return second, kinks
    a, b = gap[:, :-1], gap[:, 1:]
    slope = np.diff(places, axis=1) / gap[:, :, None]
    turn = np.diff(slope, axis=1)
    size = np.sqrt((turn**2).sum(axis=2)) * 2 / (a + b)
    around = np.zeros((d, n))
    around[:, 1:-1] = size
    alone = 4 * np.maximum(around[:, :-2], around[:, 2:]) < size
    kinks[:, 1:-1] = alone & (size > least_mps2)
    # rows far apart are no samples of a curve but the ends of straight legs
    kinks[:, 1:-1] |= np.maximum(a, b) > _LONGEST_S
    free = ~kinks[:, 1:-1]
    free &= ~(stays[:, 1:] & stays[:, :-1])
    # rows a M[k-1] + 2 (a + b) M[k] + b M[k+1] = 6 turn; where a knot is not free, M = 0
    up = np.zeros((d, n - 2))
    rest = np.zeros((d, n - 2, 3))
    before_up, before = np.zeros(d), np.zeros((d, 3))
    for k in range(n - 2):
        near, far = a[:, k], b[:, k]
        below = 2 * (near + far) - near * before_up
        before_up = np.where(free[:, k], far / below, 0.0)
        before = np.where(free[:, k, None], (6 * turn[:, k] - near[:, None] * before) / below[:, None], 0.0)
        up[:, k], rest[:, k] = before_up, before
    behind = np.zeros((d, 3))
    for k in range(n - 3, -1, -1):
        behind = rest[:, k] - up[:, k, None] * behind
        second[:, k + 1] = behind
    return second, kinks


def _merged(
    t_us: Longs, places: Floats, away: Floats, towards: Floats, second: Floats, stays: Flags, kinks: Flags
) -> list[_Pieces]:
    """Pieces between knots, joined where one cubic holds a run of them; rows of all drones are treated at once."""
    d, n, _ = places.shape
    p, m = places.reshape(-1, 3), second.reshape(-1, 3)
    out_v, in_v = np.zeros((d, n, 3)), np.zeros((d, n, 3))
    out_v[:, :-1], in_v[:, 1:] = away, towards
    v0, v1 = out_v.reshape(-1, 3), in_v.reshape(-1, 3)
    t = _seconds(t_us).ravel()
    held = np.zeros((d, n - 1), dtype=np.bool_)
    held[:, 1:] = stays[:, 1:] & stays[:, :-1]
    starts = np.nonzero(~held.ravel())[0]
    s = starts + starts // (n - 1)  # interval numbers to point numbers
    still = stays.ravel()[starts]
    row = s // n
    e = np.append(s[1:], 0)
    last = np.append(row[1:] != row[:-1], True)
    e[last] = row[last] * n + n - 1
    kink = kinks.ravel()
    for turn in range(_PASSES * 2):
        q = np.arange(turn % 2, len(s) - 1, 2)
        q = q[(e[q] == s[q + 1]) & ~still[q] & ~still[q + 1] & ~kink[e[q]]]
        if not len(q):
            continue
        q = q[_held_by_one(s[q], e[q + 1], t, p, v0, v1, m)]
        e[q] = e[q + 1]
        keep = np.ones(len(s), dtype=np.bool_)
        keep[q + 1] = False
        s, e, still = s[keep], e[keep], still[keep]
    third = ((t[e] - t[s]) / 3)[:, None]
    ctrl = np.stack([p[s], p[s] + v0[s] * third, p[e] - v1[e] * third, p[e]], axis=1)
    ctrl[still] = p[s][still][:, None]
    still |= np.abs(ctrl - ctrl[:, :1]).max(axis=(1, 2)) < 1e-7
    cuts = np.searchsorted(s // n, np.arange(d + 1))
    return [
        _Pieces(t_us.ravel()[s[a:b]], t_us.ravel()[e[a:b]], still[a:b], ctrl[a:b]) for a, b in pairwise(cuts.tolist())
    ]


def _held_by_one(s: Longs, e: Longs, t: Floats, p: Floats, v0: Floats, v1: Floats, m: Floats) -> Flags:
    """Which runs s..e one cubic with their ends' places and velocities holds.

    Second derivatives of both are straight between samples, so their difference is largest at a sample.
    """
    count = e - s + 1
    first = np.cumsum(count) - count
    owner = np.repeat(np.arange(len(s)), count)
    at = np.arange(len(owner)) - first[owner] + s[owner]
    span = (t[e] - t[s])[:, None]
    move = p[e] - p[s]
    begin, end = v0[s] * span, v1[e] * span
    c2, c3 = 3 * move - 2 * begin - end, begin + end - 2 * move
    u = ((t[at] - t[s][owner]) / span[owner, 0])[:, None]
    place = p[s][owner] + u * (begin[owner] + u * (c2[owner] + u * c3[owner]))
    push = (2 * c2[owner] + 6 * u * c3[owner]) / span[owner] ** 2
    off = ((place - p[at]) ** 2).sum(axis=1) > MERGE_M**2
    off |= ((push - m[at]) ** 2).sum(axis=1) > MERGE_MPS2**2
    bad: Flags = np.logical_or.reduceat(off, first)
    return ~bad
