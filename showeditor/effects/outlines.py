"""Outlines for figure shells and lance work: points (right, up) within the unit circle, evenly along the curve."""

import math
from collections.abc import Callable
from functools import cache
from itertools import pairwise

Outline = tuple[tuple[float, float], ...]
_FINE = 720


def _heart(t: float) -> tuple[float, float]:
    x = 16.0 * math.sin(t) ** 3
    y = 13.0 * math.cos(t) - 5.0 * math.cos(2 * t) - 2.0 * math.cos(3 * t) - math.cos(4 * t)
    return x / 17.0, (y + 2.0) / 17.0


def _star(t: float) -> tuple[float, float]:
    # five points: along the straight lines between ten corners of alternating radius
    corner = t / math.pi * 5.0
    before = int(corner)
    part = corner - before

    def at(n: int) -> tuple[float, float]:
        radius = 1.0 if n % 2 == 0 else 0.382
        return radius * math.sin(math.pi * n / 5.0), radius * math.cos(math.pi * n / 5.0)

    (x0, y0), (x1, y1) = at(before), at(before + 1)
    return x0 + (x1 - x0) * part, y0 + (y1 - y0) * part


def _butterfly(t: float) -> tuple[float, float]:
    # Temple H. Fay's curve (1989), one turn
    r = math.exp(math.cos(t)) - 2.0 * math.cos(4.0 * t) + math.sin(t / 12.0) ** 5
    return r * math.sin(t) / 4.0, r * math.cos(t) / 4.0


def _circle(t: float) -> tuple[float, float]:
    return math.sin(t), math.cos(t)


_CURVES: dict[str, Callable[[float], tuple[float, float]]] = {
    "heart": _heart, "star": _star, "butterfly": _butterfly, "circle": _circle,
}  # fmt: skip


def _even(curve: Callable[[float], tuple[float, float]], count: int) -> Outline:
    fine = [curve(2.0 * math.pi * i / _FINE) for i in range(_FINE + 1)]
    length = [0.0]
    for a, b in pairwise(fine):
        length.append(length[-1] + math.dist(a, b))
    out: list[tuple[float, float]] = []
    at = 0
    for n in range(count):
        want = length[-1] * n / count
        while length[at + 1] < want:
            at += 1
        part = (want - length[at]) / max(1e-12, length[at + 1] - length[at])
        (x0, y0), (x1, y1) = fine[at], fine[at + 1]
        out.append((x0 + (x1 - x0) * part, y0 + (y1 - y0) * part))
    return tuple(out)


@cache
def outline(name: str, count: int) -> Outline:
    """`count` points of heart, star, butterfly, circle, smile or line; right and up within the unit circle."""
    if name == "line":
        return tuple((-1.0 + 2.0 * i / max(1, count - 1), 0.0) for i in range(count))
    if name == "smile":
        mouth, eyes = count // 4, 2
        face = _even(_circle, count - mouth - eyes)
        angles = [math.pi * (0.75 + 0.5 * (i + 0.5) / mouth) for i in range(mouth)]
        return (
            *face, *((0.6 * math.sin(a), 0.6 * math.cos(a)) for a in angles), (-0.35, 0.3), (0.35, 0.3),
        )  # fmt: skip
    return _even(_CURVES[name], count)
