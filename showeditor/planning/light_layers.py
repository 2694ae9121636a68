"""Light effects of a scene as light keys: the layers are evaluated at even ticks and joined by ramps."""

import math

import numpy as np

from showeditor.model.arrays import Bytes, Flags, Floats, Longs
from showeditor.model.light_effects import LightEffect
from showeditor.planning.light_shapes import Canvas, layer, masked, onsets_us

Rows = tuple[Longs, Longs, Floats | Bytes, Flags]
"""Drone, time, colour (n, 3) 0..255 (whole numbers where nothing follows) and fade of light keys."""

_BLOCK = 2048
"""Drones whose layers are worked out together."""

_APART = 1 << 50
"""More microseconds than any show has; sets drones apart in one sorted column."""


def tick_us(colour_steps_per_s: float | None) -> int:
    """How far apart the keys of an effect lie: 0.1 s, or as far as the drone's colour steps need."""
    return 100_000 if colour_steps_per_s is None else max(100_000, math.ceil(1e6 / colour_steps_per_s))


def layered(
    base: list[Rows],
    effects: tuple[LightEffect, ...],
    canvas: Canvas,
    point: Longs,
    arrive_us: int,
    opens_us: int,
    closes_us: int,
    step_us: int,
) -> list[Rows]:
    """The keys of a scene with its effects; `base` are its keys without, for drones 0..m-1 at the points `point` (m,).

    Effects outside `opens_us`..`closes_us` are cut off there.
    """
    t0 = max(opens_us, min(arrive_us + e.at_us for e in effects))
    t1 = min(closes_us, max(arrive_us + e.at_us + e.for_us for e in effects))
    if t1 <= t0:
        return base
    ticks, jumps = _ticks(effects, canvas, arrive_us, t0, t1, step_us)
    drone, t_us, colour, fade = (np.concatenate([row[k] for row in base]) for k in range(4))
    order = np.lexsort((np.arange(len(drone)), t_us, drone))
    keys = (drone[order], t_us[order], colour[order], fade[order])
    outside = (keys[1] < t0) | (keys[1] > t1)
    out: list[Rows] = [(keys[0][outside], keys[1][outside], keys[2][outside], keys[3][outside])]
    for first in range(0, len(point), _BLOCK):
        rows = np.arange(first, min(len(point), first + _BLOCK))
        out.append(_block(keys, effects, canvas, point, rows, arrive_us, ticks, jumps))
    return out


def _ticks(
    effects: tuple[LightEffect, ...], canvas: Canvas, arrive_us: int, t0: int, t1: int, step_us: int
) -> tuple[Longs, Flags]:
    """The moments of keys from t0 to t1, no nearer than a step, and which of them are jumps of an effect."""
    # the last stretch is longer rather than shorter than a step
    even = np.append(np.arange(t0, max(t0 + 1, t1 - step_us + 1), step_us), t1)
    found = {
        t
        for e in effects
        for t in onsets_us(e, arrive_us + e.at_us, canvas.music)
        if t == t0 or t0 + step_us <= t <= t1 - step_us
    }
    beats: list[int] = []
    for t in sorted(found):
        if not beats or t - beats[-1] >= step_us:
            beats.append(t)
    if not beats:
        return even, np.zeros(len(even), np.bool_)
    fixed = np.array(beats, np.int64)
    after = np.searchsorted(fixed, even)
    ahead = fixed[np.minimum(after, len(fixed) - 1)] - even
    behind = even - fixed[np.maximum(after - 1, 0)]
    clear = ((after == len(fixed)) | (ahead >= step_us)) & ((after == 0) | (behind >= step_us))
    clear[0] = clear[-1] = True
    ticks = np.union1d(even[clear], fixed)
    return ticks, np.isin(ticks, fixed)


def _block(
    keys: Rows,
    effects: tuple[LightEffect, ...],
    canvas: Canvas,
    point: Longs,
    rows: Longs,
    arrive_us: int,
    ticks: Longs,
    jumps: Flags,
) -> Rows:
    shown, ramping = _shown(keys, rows, ticks)
    first, last = shown[:, 0].copy(), shown[:, -1].copy()
    mine = point[rows]
    for effect in effects:
        now = (ticks >= arrive_us + effect.at_us) & (ticks <= arrive_us + effect.at_us + effect.for_us)
        since_us = (ticks[now] - arrive_us - effect.at_us).astype(np.float64)
        lit = np.ones(len(rows), np.bool_) if not effect.points else np.isin(mine, np.array(effect.points))
        if effect.mask is not None:
            lit &= masked(effect.mask, canvas.formation, mine)
        who = np.flatnonzero(lit)
        if len(who) and len(since_us):
            window = np.ix_(who, np.flatnonzero(now))
            colour, strength = layer(effect, canvas, mine[who], since_us, ticks[now])
            shown[window] = _blended(effect, shown[window], colour, strength * effect.opacity)
    # the keys outside stay; the first tick is where the effects take over, the last where they let go
    # (one that begins with a jump takes over at once, unless a ramp runs through there)
    shown[:, -1] = last
    kept = ramping | ~jumps[0]
    shown[kept, 0] = first[kept]
    flags = np.broadcast_to(~jumps, shown.shape[:2]).copy()
    flags[:, 0] = ramping
    keep = np.ones(shown.shape[:2], np.bool_)
    if len(ticks) > 2:
        # a colour that stays needs no keys between its first and its last tick
        same = (shown[:, 1:] == shown[:, :-1]).all(axis=2)
        keep[:, 1:-1] = ~(same[:, :-1] & same[:, 1:])
    who, when = np.nonzero(keep)
    return rows[who], ticks[when], np.clip(shown[who, when], 0.0, 255.0), flags[who, when]


def _shown(keys: Rows, rows: Longs, ticks: Longs) -> tuple[Floats, Flags]:
    """What the keys of drones `rows` show at the ticks (m, ticks, 3), and who is on a ramp at the first (m,)."""
    drone, t_us, colour, fade = keys
    out = np.zeros((len(rows), len(ticks), 3))
    if not len(drone):
        return out, np.zeros(len(rows), np.bool_)
    place = drone * _APART + t_us
    last = np.searchsorted(place, rows[:, None] * _APART + ticks, side="right") - 1
    lit = (last >= 0) & (drone[np.maximum(last, 0)] == rows[:, None])
    out[lit] = colour[last[lit]]
    after = np.minimum(last + 1, len(drone) - 1)
    ramp = lit & (last + 1 < len(drone)) & (drone[after] == rows[:, None]) & fade[after]
    a, b = last[ramp], after[ramp]
    now = np.broadcast_to(ticks, ramp.shape)[ramp]
    part = ((now - t_us[a]) / (t_us[b] - t_us[a]))[:, None]
    out[ramp] = colour[a] + (colour[b] - colour[a]) * part
    at = np.maximum(last[:, 0], 0)
    arrives = lit[:, 0] & (t_us[at] == ticks[0]) & fade[at]
    return out, np.asarray((ramp[:, 0] & (ticks[0] > t_us[at])) | arrives)


def _blended(effect: LightEffect, below: Floats, colour: Floats, strength: Floats) -> Floats:
    part = strength[:, :, None]
    if effect.blend == "add":
        out = below + colour * part
    elif effect.blend == "multiply":
        out = below * (1.0 - part + part * colour / 255.0)
    elif effect.blend == "brightest":
        out = np.maximum(below, colour * part)
    elif effect.blend == "screen":
        out = 255.0 - (255.0 - below) * (1.0 - colour * part / 255.0)
    else:
        out = below + (colour - below) * part
    mixed: Floats = np.clip(out, 0.0, 255.0)
    return mixed
