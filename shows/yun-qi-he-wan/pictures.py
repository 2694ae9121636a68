"""The drone pictures of 《云起河湾》, drawn by code: mist, curl clouds (卷云), the ridge 山, and two characters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from showeditor.formations.text import draw_text
from showeditor.model.points import Points
from showeditor.model.swarm import DrawnSource, Formation, TextSource

Floats = NDArray[np.float64]
Rgb = tuple[int, int, int]

APART_M = 2.25
"""Least distance of two drones in a picture: times 1/sqrt(2) it is still above the fleet's 1.5 m on every flight."""

WHITE: Rgb = (255, 252, 244)
ICE: Rgb = (170, 212, 255)
BLUE: Rgb = (70, 140, 255)
DEEP: Rgb = (36, 78, 235)
GOLD: Rgb = (255, 226, 150)
EMBER: Rgb = (255, 160, 40)


@dataclass(frozen=True)
class Stroke:
    """One line of a picture: corners (n, 2 or 3) in metres (x right, [y away], z up), and its part of the reveal."""

    line: Floats
    start: float
    end: float


def spread(line: Floats, spacing_m: float) -> tuple[Floats, Floats]:
    """Points evenly along a line at `spacing_m` or a little more, and where along it they stand (0..1)."""
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    count = max(2, int(lengths[-1] / spacing_m) + 1)
    at = np.linspace(0.0, lengths[-1], count)
    return np.stack([np.interp(at, lengths, line[:, k]) for k in range(line.shape[1])], axis=1), at / lengths[-1]


def sample(strokes: Sequence[Stroke], spacing_m: float) -> tuple[Floats, Floats]:
    """Points (n, 3) of all strokes and their path parameter; a point too near an earlier one is left out."""
    kept: list[Floats] = []
    path: list[float] = []
    for stroke in strokes:
        points, share = spread(stroke.line, spacing_m)
        for point, s in zip(points, share, strict=True):
            place = np.array([point[0], 0.0, point[1]]) if len(point) == 2 else point
            if all(np.linalg.norm(place - other) >= APART_M for other in kept):
                kept.append(place)
                path.append(stroke.start + (stroke.end - stroke.start) * float(s))
    return np.array(kept), np.array(path)


def fitted(strokes: Sequence[Stroke], count: int) -> tuple[Floats, Floats]:
    """`count` points, or as few less as the widest even spacing leaves."""
    best: tuple[Floats, Floats] | None = None
    for spacing_m in np.arange(APART_M, 4.0, 0.01):
        points, path = sample(strokes, float(spacing_m))
        if len(points) <= count and (best is None or len(points) > len(best[0])):
            best = points, path
        if len(points) == count or len(points) < count - 8:
            break
    if best is None:
        raise ValueError(f"more than {count} points at every spacing")
    return best


def curl(x: float, z: float, radius: float, turns: float, side: int, inner: float) -> Floats:
    """A spiral from its foot below the centre, up on the outer side and inwards; `side` -1 mirrors it."""
    angle = np.linspace(0.0, 2.0 * np.pi * turns, 240)
    reach = radius + (inner - radius) * (angle / angle[-1]) ** 0.85
    return np.stack([x + side * reach * np.sin(angle), z - reach * np.cos(angle)], axis=1)


def cloud_strokes() -> list[Stroke]:
    """One wide curl cloud: a great curl, two lesser ones beside it, hooks at both ends, a base line under all."""
    return [
        Stroke(tail(-1), 0.0, 0.2),
        Stroke(curl(0.0, 16.0, 15.0, 1.75, 1, 2.6), 0.14, 0.6),
        Stroke(curl(-24.5, 10.0, 9.2, 1.45, -1, 2.4), 0.5, 0.78),
        Stroke(curl(24.5, 10.0, 9.2, 1.45, 1, 2.4), 0.58, 0.86),
        Stroke(curl(-41.5, 6.6, 5.8, 0.95, -1, 2.8), 0.8, 0.92),
        Stroke(curl(41.5, 6.6, 5.8, 0.95, 1, 2.8), 0.86, 0.97),
        Stroke(tail(1), 0.2, 0.3),
        # the last light of the reveal is the eye of the great curl
        Stroke(np.array([[0.0, 16.0], [0.0, 16.1]]), 1.0, 1.0),
    ]


def tail(side: int) -> Floats:
    """Half of the line under the cloud: it sinks a little, then lifts its end as a brush does."""
    x = np.linspace(1.2, 60.0, 160)
    z = 1.0 - 2.6 * np.sin(np.pi * np.clip(x / 52.0, 0.0, 1.0)) + 4.5 * (np.maximum(x - 44.0, 0.0) / 16.0) ** 2
    return np.stack([side * x, z], axis=1)


def half_cloud(side: int) -> list[Stroke]:
    """One of the two mirrored clouds: its great curl outside, a lesser one towards the middle."""
    base = np.array([8.0, 0.0]) + tail(1) * np.array([0.86, 1.0])
    strokes = [
        Stroke(base, 0.0, 0.35),
        Stroke(curl(41.0, 15.5, 13.4, 1.65, -1, 2.6), 0.3, 0.75),
        Stroke(curl(20.5, 9.2, 8.2, 1.35, 1, 2.4), 0.65, 1.0),
    ]
    return [Stroke(s.line * np.array([side, 1.0]), s.start, s.end) for s in strokes]


def ridge_strokes() -> list[Stroke]:
    """Three peaks like the character 山, drawn as a near ridge, with a far ridge and a waterline of two strokes."""

    def line(peaks: Sequence[tuple[float, float, float]], x0: float, x1: float, y: float, low: float) -> Floats:
        x = np.linspace(x0, x1, 400)
        z = np.full_like(x, low)
        for centre, height, width in peaks:
            z = np.maximum(z, low + height * np.exp(-((np.abs(x - centre) / width) ** 1.4)))
        return np.stack([x, np.full_like(x, y), z], axis=1)

    near = line([(-36.0, 25.0, 13.0), (0.0, 46.0, 14.0), (35.0, 30.0, 13.0)], -60.0, 60.0, 0.0, 0.0)
    far = line([(-18.0, 21.0, 12.0), (19.0, 25.0, 11.0)], -44.0, 46.0, 14.0, 6.0)
    return [Stroke(near, 0.0, 1.0), Stroke(far, 0.0, 1.0)]


def mist_strokes() -> list[Stroke]:
    """Three long swaying bands low over the water, one behind the other."""
    bands = []
    for k, (y, z) in enumerate(((-9.0, 0.0), (0.0, 4.0), (9.0, 1.5))):
        x = np.linspace(-58.0, 58.0, 240)
        sway = 2.4 * np.sin(x / 13.0 + 1.9 * k)
        bands.append(Stroke(np.stack([x, np.full_like(x, y) + sway, z + 1.8 * np.sin(x / 17.0 + k)], axis=1), 0.0, 1.0))
    return bands


def blend(a: Rgb, b: Rgb, share: float) -> Rgb:
    """The colour between two."""
    t = min(1.0, max(0.0, share))
    return (round(a[0] + (b[0] - a[0]) * t), round(a[1] + (b[1] - a[1]) * t), round(a[2] + (b[2] - a[2]) * t))


def painted(points: Floats, shade: Callable[[Floats], Rgb]) -> tuple[Rgb, ...]:
    """The colour of every point."""
    return tuple(shade(point) for point in points)


def _drawn(id_: str, name: str, strokes: Sequence[Stroke], count: int, shade: Callable[[Floats], Rgb]) -> Formation:
    points, path = fitted(strokes, count)
    return Formation(
        id=id_,
        name=name,
        points=Points(points),
        colours=painted(points, shade),
        path=tuple(round(float(s), 4) for s in path),
        source=DrawnSource(note="drawn by pictures.py"),
    )


def _written(
    id_: str, text: str, count: int, height_m: float, spacing_m: float, shade: Callable[[Floats], Rgb]
) -> Formation:
    drawing = draw_text(text, height_m=height_m, spacing_m=spacing_m, style="centreline", count=count)
    return Formation(
        id=id_,
        name=text,
        points=drawing.points,
        colours=painted(drawing.points.metres, shade),
        path=drawing.path,
        source=TextSource(text=text, height_m=height_m, spacing_m=spacing_m),
    )


def formations() -> tuple[Formation, ...]:
    """All pictures: the drawn ones stand on z = 0, the characters are centred on it; all are centred on x = 0."""
    both = [*half_cloud(-1), *half_cloud(1)]
    return (
        _drawn("mist", "河雾 mist", mist_strokes(), 120, lambda p: blend(DEEP, ICE, (p[2] + 2.0) / 9.0)),
        _drawn("cloud", "卷云 curl cloud", cloud_strokes(), 120, lambda p: blend(BLUE, WHITE, p[2] / 26.0)),
        _drawn("clouds", "双云 two clouds", both, 120, lambda p: blend(BLUE, WHITE, p[2] / 24.0)),
        _drawn(
            "ridge", "山 ridge", ridge_strokes(), 120, lambda p: blend(DEEP if p[1] > 7 else BLUE, WHITE, p[2] / 44.0)
        ),
        _written("yun", "云", 66, 60.0, 2.0, lambda p: blend(ICE, WHITE, p[2] / 60.0 + 0.5)),
        _written("huo", "火", 53, 62.0, 2.0, lambda p: blend(EMBER, GOLD, p[2] / 50.0 + 0.5)),
    )
