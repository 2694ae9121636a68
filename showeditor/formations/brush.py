"""Lines that motifs are drawn with: smooth curves through points, arcs, curls, petals. All (k, 2): x right, z up."""

import math
from collections.abc import Sequence

import numpy as np

from showeditor.formations.sketch import Stroke
from showeditor.model.arrays import Floats
from showeditor.model.swarm import Rgb

GOLD, RED, ROSE, PINK = (255, 190, 60), (255, 40, 30), (255, 70, 110), (255, 150, 180)
GREEN, JADE, BLUE, WHITE, ORANGE = (70, 200, 80), (60, 220, 170), (70, 130, 255), (255, 255, 255), (255, 120, 20)

MIRROR = np.array([-1.0, 1.0])


def curve(points: Sequence[tuple[float, float]], *, closed: bool = False, fine: int = 14) -> Floats:
    """A smooth line through `points` (centripetal enough: Catmull-Rom with a third of the way as tangents)."""
    p = np.array(points, np.float64)
    before, after = (p[-1:], p[:2]) if closed else (2 * p[:1] - p[1:2], 2 * p[-1:] - p[-2:-1])
    q = np.concatenate([before, p, after])
    t = np.linspace(0.0, 1.0, fine, endpoint=False)[:, None]
    parts: list[Floats] = []
    for a, b, c, d in zip(q[:-3], q[1:-2], q[2:-1], q[3:], strict=True):
        parts.append(
            b
            + 0.5 * t * (c - a)
            + t**2 * (a - 2.5 * b + 2.0 * c - 0.5 * d)
            + t**3 * (1.5 * b - 0.5 * a - 1.5 * c + 0.5 * d)
        )
    if not closed:
        parts.append(p[-1:])
    return np.concatenate(parts)


def arc(x: float, z: float, wide: float, high: float, start_deg: float = 0.0, end_deg: float = 360.0) -> Floats:
    """A part of an ellipse about (x, z), anticlockwise from the right; a whole one has no last point twice."""
    whole = abs(end_deg - start_deg) >= 360.0
    angle = np.radians(np.linspace(start_deg, end_deg, 73)[: -1 if whole else None])
    return np.stack([x + wide * np.cos(angle), z + high * np.sin(angle)], axis=1)


def curl(x: float, z: float, radius: float, turns: float, start_deg: float, inner: float = 0.2) -> Floats:
    """A spiral about (x, z) from its rim inwards to `inner` of the radius; negative turns go clockwise."""
    t = np.linspace(0.0, 1.0, 100)
    angle = math.radians(start_deg) + 2.0 * math.pi * turns * t
    reach = radius * (1.0 - (1.0 - inner) * t**0.9)
    return np.stack([x + reach * np.cos(angle), z + reach * np.sin(angle)], axis=1)


def petal(angle_deg: float, inner: float, outer: float, width: float, tip: float = 0.0) -> Floats:
    """The open outline of a petal from the origin outwards, its point bent sideways by `tip`."""
    t = np.linspace(0.0, 1.0, 40)
    belly = width * np.sin(math.pi * t**1.15) ** 0.85
    bend = tip * t**3
    side = np.concatenate([belly + bend, (bend - belly)[-2::-1]])
    along = inner + (outer - inner) * np.concatenate([t, t[-2::-1]])
    return turned(np.stack([side, along], axis=1), angle_deg - 90.0)


def turned(line: Floats, angle_deg: float) -> Floats:
    """A line turned anticlockwise about the origin."""
    c, s = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    out: Floats = line @ np.array([[c, s], [-s, c]])
    return out


def beside(line: Floats, away: Floats) -> Floats:
    """A line shifted to its left by `away` (k,)."""
    step = np.gradient(line, axis=0)
    step /= np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-12)[:, None]
    out: Floats = line + np.stack([-step[:, 1], step[:, 0]], axis=1) * away[:, None]
    return out


def pair(line: Floats, colour: Rgb, detail: int = 0, *, closed: bool = False) -> list[Stroke]:
    """A line and its mirror image about x = 0."""
    return [Stroke(line, closed, colour, detail), Stroke(line * MIRROR, closed, colour, detail)]
