"""Motifs drawn by our own code. Curl clouds (卷云) and mountain ridges (山) stand here. Strokes, x right, z up."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from showeditor.formations.creatures import fish_sketch, phoenix_sketch
from showeditor.formations.dragon import dragon_sketch
from showeditor.formations.drawing import Drawing
from showeditor.formations.flowers import fire_tree_sketch, lotus_sketch, peony_sketch
from showeditor.formations.ornaments import (
    MASKS,
    fret_sketch,
    lantern_sketch,
    mask_sketch,
    roundel_sketch,
    seal_sketch,
)
from showeditor.formations.scatter import check_sizes
from showeditor.formations.sketch import Sketch, Stroke
from showeditor.formations.spread import spread
from showeditor.model.arrays import Floats
from showeditor.model.errors import BadInput

_FINE = 160


def _spiral(x: float, z: float, radius: float, turns: float, start: float, side: int) -> Floats:
    """A curl about (x, z): from its rim at angle `start` inwards, `turns` round; side 1 turns left, -1 right."""
    t = np.linspace(0.0, 1.0, _FINE)
    angle = start + side * t * turns * 2.0 * math.pi
    reach = radius * (1.0 - 0.82 * t**0.85)
    return np.stack([x + reach * np.cos(angle), z + reach * np.sin(angle)], axis=1)


def cloud_sketch(*, mirrored: bool = False) -> Sketch:
    """A curl cloud, about 4.6 wide and 1.6 high: three lobes that curl inwards over a base line with drifting tails."""
    # each lobe begins at the cusp with its neighbour and runs over its top into its curl
    middle = _spiral(0.0, 0.78, 0.68, 1.62, 1.12 * math.pi, -1)
    left = _spiral(-1.08, 0.42, 0.45, 1.45, 0.22 * math.pi, 1)
    right = _spiral(1.06, 0.4, 0.42, 1.45, 0.8 * math.pi, -1)
    t = np.linspace(0.0, 1.0, _FINE)
    base = np.stack([-1.75 + 4.1 * t, -0.17 + 0.06 * np.sin(t * math.pi * 1.6)], axis=1)
    tail = np.stack([1.62 + 0.85 * t, 0.2 + 0.1 * np.sin(t * math.pi)], axis=1)
    wisp = np.stack([-1.7 - 0.55 * t, 0.12 + 0.1 * np.sin(t * math.pi)], axis=1)
    lines = [wisp, left, middle, right, tail, base[::-1]]
    if mirrored:
        lines = [line * np.array([-1.0, 1.0]) for line in lines]
    return Sketch(tuple(Stroke(line) for line in lines))


_PEAKS = (
    ((0.0, 0.0), (0.55, 0.75), (0.8, 0.55), (1.35, 1.5), (1.75, 0.95), (2.05, 1.15), (2.75, 0.0)),
    ((2.45, 0.66), (2.7, 0.92), (2.9, 0.76), (3.3, 1.2), (4.05, 0.0)),
)


def ridge_sketch(*, mirrored: bool = False) -> Sketch:
    """Two mountain ridges one behind the other over a line of water, 4.2 wide and 1.5 high."""
    lines = [_softened(np.array(peaks)) for peaks in _PEAKS]
    t = np.linspace(0.0, 1.0, _FINE)
    lines.append(np.stack([-0.15 + 4.2 * t, -0.22 + 0.03 * np.sin(t * math.pi * 6.0)], axis=1))
    if mirrored:
        lines = [line * np.array([-1.0, 1.0]) for line in lines]
    return Sketch(tuple(Stroke(line) for line in lines))


def _softened(corners: Floats) -> Floats:
    """A polyline with corners cut twice (Chaikin), its ends kept: brush, not ruler."""
    line = corners
    for _ in range(2):
        a, b = line[:-1], line[1:]
        cut = np.stack([0.85 * a + 0.15 * b, 0.15 * a + 0.85 * b], axis=1).reshape(-1, 2)
        line = np.concatenate([corners[:1], cut, corners[-1:]])
    return line


def cloud(
    *, height_m: float | None = 20.0, spacing_m: float = 2.0, count: int | None = None, mirrored: bool = False
) -> Drawing:
    """A curl cloud 卷云; the path runs through the curls from left to right and back along the base."""
    return spread(cloud_sketch(mirrored=mirrored), spacing_m=spacing_m, count=count, height_m=height_m, unit_m=1.63)


def ridge(
    *, height_m: float | None = 20.0, spacing_m: float = 2.0, count: int | None = None, mirrored: bool = False
) -> Drawing:
    """Mountain ridges 山; the path runs along the front ridge, the far ridge, then the water."""
    return spread(ridge_sketch(mirrored=mirrored), spacing_m=spacing_m, count=count, height_m=height_m, unit_m=1.75)


def afforded(sketch: Sketch, *, height_m: float | None, unit_m: float, spacing_m: float, count: int | None) -> Sketch:
    """The sketch without the details that its number of points cannot draw.

    Without a count the number is what the strokes are long, in spacings.
    """
    budget = count
    if budget is None:
        scale = (40.0 if height_m is None else height_m) / unit_m
        size = sum(float(np.hypot(*np.diff(s.line, axis=0).T).sum()) for s in sketch.strokes)
        budget = int(size * scale / spacing_m)
    return Sketch(tuple(stroke for stroke in sketch.strokes if stroke.detail <= budget), sketch.areas)


@dataclass(frozen=True, slots=True)
class Motif:
    """A sketch that is drawn at any size; calling it gives the points."""

    sketch: Sketch

    def __call__(
        self,
        *,
        height_m: float | None = 20.0,
        spacing_m: float = 2.0,
        count: int | None = None,
        mirrored: bool = False,
    ) -> Drawing:
        """The motif `height_m` high, its points at least `spacing_m` apart, or exactly `count` of them.

        Fine strokes are left out where there are too few points for them. Raises BadInput for points that do not fit.
        """
        _, z0, _, z1 = self.sketch.box
        check_sizes(spacing_m, count, height_m)
        sketch = afforded(self.sketch, height_m=height_m, unit_m=z1 - z0, spacing_m=spacing_m, count=count)
        if mirrored:
            sketch = Sketch(tuple(replace(s, line=s.line * np.array([-1.0, 1.0])) for s in sketch.strokes))
        return spread(sketch, spacing_m=spacing_m, count=count, height_m=height_m, unit_m=z1 - z0)


def motif_sketch(name: str, *, mirrored: bool = False) -> Sketch:
    """The strokes of a motif by its id, with the details they are worth; raises BadInput for an unknown one."""
    if name == "cloud":
        return cloud_sketch(mirrored=mirrored)
    if name == "ridge":
        return ridge_sketch(mirrored=mirrored)
    motif = MOTIFS.get(name)
    if not isinstance(motif, Motif):
        raise BadInput(f"there is no motif {name!r}; known are {', '.join(sorted(MOTIFS))}")
    if not mirrored:
        return motif.sketch
    strokes = motif.sketch.strokes
    return Sketch(tuple(replace(s, line=s.line * np.array([-1.0, 1.0])) for s in strokes))


MOTIFS: dict[str, Callable[..., Drawing]] = {
    "cloud": cloud,
    "ridge": ridge,
    "phoenix": Motif(phoenix_sketch()),
    "dragon": Motif(dragon_sketch()),
    "fish": Motif(fish_sketch()),
    "lotus": Motif(lotus_sketch()),
    "peony": Motif(peony_sketch()),
    "fire-tree": Motif(fire_tree_sketch()),
    "lantern": Motif(lantern_sketch()),
    "fret": Motif(fret_sketch()),
    "roundel": Motif(roundel_sketch()),
    "seal": Motif(seal_sketch()),
}
MOTIFS |= {f"mask-{scheme}": Motif(mask_sketch(scheme)) for scheme in MASKS}
"""Motifs by id, for the library and the command line."""

TITLES: dict[str, tuple[str, str]] = {
    "cloud": ("Curl cloud", "卷云"),
    "ridge": ("Mountain ridges", "山水"),
    "phoenix": ("Phoenix", "凤"),
    "dragon": ("Dragon", "龙"),
    "fish": ("Carp", "鱼"),
    "lotus": ("Lotus", "莲"),
    "peony": ("Peony", "牡丹"),
    "fire-tree": ("Tree of fire", "火树银花"),
    "lantern": ("Lantern", "灯笼"),
    "fret": ("Fret border", "回纹"),
    "roundel": ("Roof tile roundel", "瓦当"),
    "seal": ("Seal frame", "印章"),
    "mask-red": ("Opera mask, red", "红脸"),
    "mask-black": ("Opera mask, black", "黑脸"),
    "mask-white": ("Opera mask, white", "白脸"),
    "mask-blue": ("Opera mask, blue", "蓝脸"),
    "mask-green": ("Opera mask, green", "绿脸"),
    "mask-yellow": ("Opera mask, yellow", "黄脸"),
}
"""Names of the motifs, English and Chinese."""
