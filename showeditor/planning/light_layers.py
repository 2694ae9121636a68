"""Light effects of a scene as light keys: the layers are evaluated at even ticks and joined by ramps."""

import math
from itertools import pairwise

import numpy as np

from showeditor.model.arrays import Flags, Floats, Longs
from showeditor.model.light_effects import Along, Gradient, LightEffect, Pulse, Twinkle, Wave, Wipe
from showeditor.model.swarm import Formation

Rows = tuple[Longs, Longs, Floats, Flags]
"""Drone, time, colour (n, 3) 0..255 and fade of light keys, in time order for each drone."""


def tick_us(colour_steps_per_s: float | None) -> int:
    """How far apart the keys of an effect lie: 0.1 s, or as far as the drone's colour steps need."""
    return 100_000 if colour_steps_per_s is None else max(100_000, math.ceil(1e6 / colour_steps_per_s))


def layered(
    base: list[Rows],
    effects: tuple[LightEffect, ...],
    formation: Formation,
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
    m = len(point)
    ticks = np.append(np.arange(t0, t1, step_us), t1)
    drone, t_us, colour, fade = (np.concatenate([row[k] for row in base]) for k in range(4))
    order = np.lexsort((np.arange(len(drone)), t_us, drone))
    drone, t_us, colour, fade = drone[order], t_us[order], colour[order], fade[order]
    start = np.searchsorted(drone, np.arange(m + 1))
    shown, ramping = np.zeros((m, len(ticks), 3)), np.zeros(m, np.bool_)
    for i in range(m):
        own = slice(int(start[i]), int(start[i + 1]))
        shown[i], ramping[i] = _shown(t_us[own], colour[own], fade[own], ticks)
    first = shown[:, 0].copy()
    for effect in effects:
        now = (ticks >= arrive_us + effect.at_us) & (ticks <= arrive_us + effect.at_us + effect.for_us)
        since_us = (ticks[now] - arrive_us - effect.at_us).astype(np.float64)
        rows = np.arange(m) if not effect.points else np.nonzero(np.isin(point, np.array(effect.points)))[0]
        if len(rows) and len(since_us):
            window = np.ix_(rows, np.nonzero(now)[0])
            shown[window] = _blended(effect, shown[window], *_layer(effect, formation, point[rows], since_us))
    # the keys outside stay; the first tick is where the effects take over, the last where they let go
    shown[:, 0] = first
    if t1 > t0:
        shown[:, -1] = _last(t_us, colour, fade, start, t1)
    outside = (t_us < t0) | (t_us > t1)
    flags = np.ones((m, len(ticks)), np.bool_)
    flags[:, 0] = ramping
    keep = np.ones((m, len(ticks)), np.bool_)
    if len(ticks) > 2:
        # a colour that stays needs no keys between its first and its last tick
        same = (shown[:, 1:] == shown[:, :-1]).all(axis=2)
        keep[:, 1:-1] = ~(same[:, :-1] & same[:, 1:])
    who, when = np.nonzero(keep)
    return [
        (drone[outside], t_us[outside], colour[outside], fade[outside]),
        (who, ticks[when], np.clip(shown[who, when], 0.0, 255.0), flags[who, when]),
    ]


def _shown(t_us: Longs, colour: Floats, fade: Flags, ticks: Longs) -> tuple[Floats, bool]:
    """What one drone's keys show at the ticks, and whether a ramp arrives at or runs through the first."""
    out = np.zeros((len(ticks), 3))
    if not len(t_us):
        return out, False
    last = np.searchsorted(t_us, ticks, side="right") - 1
    lit = last >= 0
    out[lit] = colour[last[lit]]
    after = np.minimum(last + 1, len(t_us) - 1)
    ramp = lit & (last + 1 < len(t_us)) & fade[after]
    a, b = last[ramp], after[ramp]
    part = ((ticks[ramp] - t_us[a]) / (t_us[b] - t_us[a]))[:, None]
    out[ramp] = colour[a] + (colour[b] - colour[a]) * part
    arrives = bool(lit[0] and t_us[last[0]] == ticks[0] and fade[last[0]])
    return out, bool(ramp[0] and ticks[0] > t_us[last[0]]) or arrives


def _last(t_us: Longs, colour: Floats, fade: Flags, start: Longs, t1: int) -> Floats:
    at = np.array([t1])
    rows = [slice(int(a), int(b)) for a, b in pairwise(start)]
    return np.array([_shown(t_us[row], colour[row], fade[row], at)[0][0] for row in rows])


def _way(along: Along, formation: Formation, point: Longs) -> Floats:
    """Where the points (m,) lie along a direction of the formation: 0..1."""
    if along == "path":
        return np.array(formation.path)[point] if formation.path else np.zeros(len(point))
    metres = formation.points.metres
    if along == "radius":
        away = metres - 0.5 * (metres.min(axis=0) + metres.max(axis=0))
        value: Floats = np.sqrt((away * away).sum(axis=1))
    else:
        value = metres[:, "xyz".index(along)]
        value = value - value.min()
    out: Floats = value[point] / max(float(value.max()), 1e-9)
    return out


def _layer(effect: LightEffect, formation: Formation, point: Longs, since_us: Floats) -> tuple[Floats, Floats]:
    """Colour (m, ticks, 3) and strength (m, ticks) of a layer."""
    colour = np.broadcast_to(np.array(effect.colour, np.float64), (len(point), len(since_us), 3))
    if isinstance(effect, Gradient):
        way = _way(effect.along, formation, point)[:, None, None]
        return colour + (np.array(effect.end) - colour) * way, np.ones(colour.shape[:2])
    if isinstance(effect, Pulse):
        part = since_us % effect.period_us / effect.period_us
        strength = effect.low + (1.0 - effect.low) * (1.0 - part) ** 2
        return colour, np.broadcast_to(strength, colour.shape[:2])
    if isinstance(effect, Wave):
        turn = since_us / effect.period_us - _way(effect.along, formation, point)[:, None] / effect.length
        return colour, 0.5 + 0.5 * np.cos(2.0 * math.pi * turn)
    if isinstance(effect, Wipe):
        way = _way(effect.along, formation, point)[:, None]
        way = 1.0 - way if effect.backwards else way
        edge = since_us / effect.for_us * (1.0 + effect.soft) - way
        strength = np.clip(edge / effect.soft, 0.0, 1.0) if effect.soft > 0.0 else (edge >= 0.0).astype(np.float64)
        return colour, strength
    return colour, _twinkling(effect, point, since_us)


def _twinkling(effect: Twinkle, point: Longs, since_us: Floats) -> Floats:
    turn = since_us[None] / effect.period_us + chances(effect.seed, point, np.zeros_like(point))[:, None]
    cycle = np.floor(turn)
    begin = chances(effect.seed, point[:, None], 1 + cycle.astype(np.int64)) * (1.0 - effect.share)
    part = (turn - cycle - begin) / max(effect.share, 1e-9)
    inside = (part > 0.0) & (part < 1.0)
    strength: Floats = np.where(inside, np.sin(math.pi * np.clip(part, 0.0, 1.0)) ** 2, 0.0)
    return strength


def chances(seed: int, point: Longs, cycle: Longs) -> Floats:
    """Numbers 0..1 drawn by seed, point and cycle, the same on every machine (SplitMix64, Steele et al. 2014)."""
    with np.errstate(over="ignore"):
        z = np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15) + point.astype(np.uint64) * np.uint64(0xD1B54A32D192ED03)
        z = z + cycle.astype(np.uint64) * np.uint64(0x8CB92BA72F3D8DD7)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    out: Floats = (z >> np.uint64(11)).astype(np.float64) / 2.0**53
    return out


def _blended(effect: LightEffect, below: Floats, colour: Floats, strength: Floats) -> Floats:
    part = strength[:, :, None]
    if effect.blend == "add":
        out = below + colour * part
    elif effect.blend == "multiply":
        out = below * (1.0 - part + part * colour / 255.0)
    elif effect.blend == "brightest":
        out = np.maximum(below, colour * part)
    else:
        out = below + (colour - below) * part
    mixed: Floats = np.clip(out, 0.0, 255.0)
    return mixed
