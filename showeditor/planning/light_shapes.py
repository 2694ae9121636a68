"""What each kind of light effect shows: a colour and a strength for every point at every tick."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from showeditor.model.arrays import Bytes, Flags, Floats, Longs
from showeditor.model.film import Film
from showeditor.model.light_effects import (
    Along,
    Gradient,
    LightEffect,
    Picture,
    Pulse,
    Solid,
    Sounding,
    Twinkle,
    Wave,
    Wipe,
)
from showeditor.model.light_masks import BoxMask, LightMask, PolygonMask, SphereMask
from showeditor.model.music import PPQ, Music
from showeditor.model.swarm import Formation
from showeditor.model.times import US


@dataclass(frozen=True, slots=True)
class Canvas:
    """What effects are drawn on: a formation, where its points stand in the venue (n, 3), and the music."""

    formation: Formation
    world_m: Floats
    music: Music | None = None


def way(along: Along, formation: Formation, point: Longs) -> Floats:
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


def masked(mask: LightMask, formation: Formation, point: Longs) -> Flags:
    """Which of the points (m,) lie in a region."""
    metres = formation.points.metres[point]
    if isinstance(mask, BoxMask):
        low, high = np.minimum(mask.low_m, mask.high_m), np.maximum(mask.low_m, mask.high_m)
        inside = ((metres >= low) & (metres <= high)).all(axis=1)
    elif isinstance(mask, SphereMask):
        away = metres - np.array(mask.at_m)
        inside = (away * away).sum(axis=1) <= mask.radius_m**2
    elif isinstance(mask, PolygonMask):
        inside = _in_ring(np.array(mask.ring_m), metres[:, 0], metres[:, 2])
    else:
        along = way("path", formation, point)
        inside = (along >= min(mask.first, mask.last)) & (along <= max(mask.first, mask.last))
        inside &= bool(formation.path)
    return np.asarray(~inside if mask.outside else inside)


def _in_ring(ring: Floats, x: Floats, z: Floats) -> Flags:
    inside = np.zeros(len(x), np.bool_)
    for (ax, az), (bx, bz) in zip(ring.tolist(), np.roll(ring, -1, axis=0).tolist(), strict=True):
        crosses = (az > z) != (bz > z)
        if az != bz:
            inside ^= crosses & (x < ax + (bx - ax) * (z - az) / (bz - az))
    return inside


def layer(effect: LightEffect, canvas: Canvas, point: Longs, since_us: Floats, t_us: Longs) -> tuple[Floats, Floats]:
    """Colour (m, ticks, 3) and strength (m, ticks) of an effect at the points (m,), `since_us` after its start."""
    colour = np.broadcast_to(np.array(effect.colour, np.float64), (len(point), len(since_us), 3))
    whole = np.ones(colour.shape[:2])
    if isinstance(effect, Solid):
        return colour, whole
    if isinstance(effect, Gradient):
        part = way(effect.along, canvas.formation, point)[:, None, None]
        return colour + (np.array(effect.end) - colour) * part, whole
    if isinstance(effect, Pulse):
        turn = since_us / effect.period_us if effect.beats <= 0.0 else beats(effect, canvas.music, t_us)
        strength = effect.low + (1.0 - effect.low) * (1.0 - (turn - np.floor(turn))) ** 2
        return colour, np.broadcast_to(strength, whole.shape)
    if isinstance(effect, Wave):
        turn = since_us / effect.period_us - way(effect.along, canvas.formation, point)[:, None] / effect.length
        return colour, 0.5 + 0.5 * np.cos(2.0 * math.pi * turn)
    if isinstance(effect, Wipe):
        along = way(effect.along, canvas.formation, point)[:, None]
        along = 1.0 - along if effect.backwards else along
        edge = since_us / effect.for_us * (1.0 + effect.soft) - along
        strength = np.clip(edge / effect.soft, 0.0, 1.0) if effect.soft > 0.0 else (edge >= 0.0).astype(np.float64)
        return colour, strength
    if isinstance(effect, Picture):
        return _thrown(effect, canvas, point, since_us)
    if isinstance(effect, Sounding):
        return colour, np.broadcast_to(_loud(effect, canvas.music, t_us), whole.shape)
    return colour, _twinkling(effect, point, since_us)


def beats(effect: Pulse, music: Music | None, t_us: Longs) -> Floats:
    """How many pulses have begun since the downbeat at show times (ticks,), with their fraction."""
    here = music or Music()
    ticks = [here.tempo.tick_of_us(int(t) - here.downbeat_us) for t in t_us.tolist()]
    return np.array(ticks, np.float64) / (PPQ * effect.beats)


def onsets_us(effect: LightEffect, begin_us: int, music: Music | None) -> list[int]:
    """Show times at which an effect jumps, between its start and its end: keys stand there and do not ramp."""
    if not isinstance(effect, Pulse):
        return []
    end_us = begin_us + effect.for_us
    if effect.beats <= 0.0:
        return list(range(begin_us, end_us, effect.period_us))
    here = music or Music()
    step = PPQ * effect.beats
    first = math.ceil(here.tempo.tick_of_us(begin_us - here.downbeat_us) / step)
    last = math.floor(here.tempo.tick_of_us(end_us - here.downbeat_us) / step)
    # a tick is finer than a microsecond's rounding, so the moment after it is the first that counts as new
    return [here.downbeat_us + here.tempo.us_of_tick(math.ceil(n * step)) for n in range(first, last + 1)]


def _loud(effect: Sounding, music: Music | None, t_us: Longs) -> Floats:
    here = music or Music()
    zero = here.start_us if effect.by == "sound" else here.downbeat_us
    levels = np.frombuffer(effect.levels, np.uint8).astype(np.float64) / 255.0
    if not len(levels):
        return np.full(len(t_us), effect.low)
    at = (t_us - zero) / effect.step_us
    heard = np.interp(at, np.arange(len(levels)), levels, left=0.0, right=0.0)
    return np.asarray(effect.low + (1.0 - effect.low) * heard)


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


@lru_cache(maxsize=16)
def _frames(film: Film) -> Bytes:
    return np.frombuffer(film.pixels(), np.uint8).reshape(film.count, film.height, film.width, 4)


def _seen(canvas: Canvas, eye_m: tuple[float, float, float] | None) -> Floats:
    """Where all points appear, right and up (n, 2): tangents of angles from an eye, else the formation's metres."""
    if eye_m is None:
        return np.asarray(canvas.formation.points.metres[:, [0, 2]])
    ways = canvas.world_m - np.array(eye_m)
    ahead = ways.mean(axis=0)
    ahead = ahead / max(float(np.linalg.norm(ahead)), 1e-9)
    right = np.array([ahead[1], -ahead[0], 0.0])
    right = right / np.linalg.norm(right) if np.linalg.norm(right) > 1e-9 else np.array([1.0, 0.0, 0.0])
    depth = np.maximum(ways @ ahead, 1e-3)
    return np.stack([ways @ right / depth, ways @ np.cross(right, ahead) / depth], axis=1)


def _thrown(effect: Picture, canvas: Canvas, point: Longs, since_us: Floats) -> tuple[Floats, Floats]:
    film = effect.film
    frames = _frames(film)
    seen = _seen(canvas, effect.eye_m)
    low, high = seen.min(axis=0), seen.max(axis=0)
    span = np.maximum(high - low, 1e-9)
    if effect.fit == "cover":
        # the picture keeps its shape and is as small as covers the outline; pixels are square
        scale = max(float(span[0]) / film.width, float(span[1]) / film.height)
        middle, span = 0.5 * (low + high), scale * np.array([film.width, film.height], np.float64)
        low = middle - 0.5 * span
    at = (seen[point] - low) / span
    # pixel centres: the left edge of the outline is the left edge of the first pixel
    x = np.clip(at[:, 0] * film.width - 0.5, 0.0, film.width - 1.0)
    y = np.clip((1.0 - at[:, 1]) * film.height - 0.5, 0.0, film.height - 1.0)
    number = np.floor(since_us * film.frames_per_s / US + 1e-9).astype(np.int64) % film.count
    shown, back = np.unique(number, return_inverse=True)
    x0, y0 = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    x1, y1 = np.minimum(x0 + 1, film.width - 1), np.minimum(y0 + 1, film.height - 1)
    u, v = (x - x0)[:, None, None], (y - y0)[:, None, None]
    picture = frames[shown]

    def pixels(row: Longs, column: Longs) -> Floats:
        return np.asarray(np.swapaxes(picture[:, row, column], 0, 1), np.float64)

    top = pixels(y0, x0) * (1.0 - u) + pixels(y0, x1) * u
    bottom = pixels(y1, x0) * (1.0 - u) + pixels(y1, x1) * u
    rgba = (top * (1.0 - v) + bottom * v)[:, back.ravel()]
    return rgba[:, :, :3] * (np.array(effect.colour, np.float64) / 255.0), rgba[:, :, 3] / 255.0
