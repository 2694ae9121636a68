"""The drone pictures of 《百面千灯》: a thousand lanterns, the dragon among them, the mask, fret and seal, 剧院."""

import numpy as np
from numpy.typing import NDArray

from showeditor.formations.dragon import dragon_sketch
from showeditor.formations.spread import spread
from showeditor.formations.text import draw_text
from showeditor.model.points import Points
from showeditor.model.swarm import DrawnSource, Formation, Rgb, TextSource

Floats = NDArray[np.float64]

DRONES = 1000
APART_M = 2.55
"""Least distance of two drones in a picture: times 1/sqrt(2) it is above the fleet's 1.5 m on every flight."""

RED: Rgb = (235, 30, 22)
WHITE: Rgb = (255, 250, 240)
DEEP: Rgb = (60, 40, 190)
GOLD: Rgb = (255, 205, 90)
AMBER: Rgb = (255, 150, 40)
JADE: Rgb = (40, 220, 150)


def lanterns() -> Formation:
    """A field of 40 by 25 lanterns that rises away from the audience."""
    points = [((i - 19.5) * 2.8, j * 1.6, j * 2.6) for j in range(25) for i in range(40)]
    colours = tuple(AMBER if (i // 2 + j) % 5 else GOLD for j in range(25) for i in range(40))
    return _made("lanterns", "千灯 a thousand lanterns", np.array(points), colours)


def dragon() -> Formation:
    """The dragon in front, the lanterns that it winds through behind."""
    drawing = spread(dragon_sketch(), spacing_m=APART_M, count=None, height_m=12.0)
    body = drawing.points.metres + np.array([0.0, 0.0, 40.0])
    lamp = [((i - 19.5) * 2.8, 12.0 + 1.0 * (j % 2), 6.0 + j * 4.2) for j in range(18) for i in range(40)]
    left = DRONES - len(body)
    field = np.array(lamp[:left]) if left <= len(lamp) else np.array(lamp)
    colours = (drawing.colours or (GOLD,) * len(body)) + (AMBER,) * len(field)
    return _made("dragon", "灯中龙 dragon among lanterns", np.concatenate([body, field]), colours)


ROLES = {"red": RED, "white": WHITE, "black": DEEP, "gold": GOLD}
"""Loyal, cunning, upright, spirit: the colour roles of the mask; black is shown as a deep blue-violet."""


def _part(x: float, z: float) -> str:
    """Which part of the mask a place belongs to; x and z run from -1 to 1."""
    a = abs(x)
    if (a - 0.40) ** 2 / 0.055 + (z - 0.16 - 0.25 * (a - 0.4)) ** 2 / 0.012 < 1.0:
        return "eye" if (a - 0.40) ** 2 / 0.028 + (z - 0.16 - 0.25 * (a - 0.4)) ** 2 / 0.003 < 1.0 else "socket"
    if 0.10 < a < 0.80 and abs(z - 0.42 - 0.42 * (a - 0.1)) < 0.055 + 0.04 * (1.0 - a):
        return "brow"
    if a < 0.07 + 0.10 * max(0.0, -z - 0.05) and -0.34 < z < 0.36:
        return "nose"
    if (x / 0.36) ** 2 + ((z + 0.60 - 0.10 * a) / 0.085) ** 2 < 1.0:
        return "mouth"
    if 0.36 < a < 0.62 and abs((a - 0.49) ** 2 / 0.017 + (z + 0.30) ** 2 / 0.030 - 0.75) < 0.25:
        return "cheek"
    if a < 0.13 * (z - 0.42) / 0.5 + 0.03 and z > 0.45:
        return "flame"
    return "face"


PARTS: dict[str, Rgb] = {
    "eye": WHITE, "socket": (20, 20, 60), "brow": (20, 20, 60), "nose": WHITE, "mouth": WHITE, "cheek": GOLD,
    "flame": GOLD, "rim": GOLD,
}  # fmt: skip

WIDE_M, HIGH_M = 86.0, 98.0


def mask() -> tuple[Formation, tuple[int, ...]]:
    """The mask, and the points of its face: those that change their colour role."""
    best: tuple[Floats, list[str]] | None = None
    for apart in np.arange(2.55, 3.2, 0.01):
        rows: list[tuple[float, float, float]] = []
        parts: list[str] = []
        high = apart * np.sqrt(3.0) / 2.0
        for j in range(-25, 26):
            for i in range(-25, 26):
                px, pz = (i + 0.5 * (j % 2)) * apart, j * high
                x, z = 2.0 * px / WIDE_M, 2.0 * pz / HIGH_M
                # an oval that narrows towards the chin
                edge = (x / (1.0 + 0.16 * min(0.0, z))) ** 2 + z**2
                if edge > 1.0:
                    continue
                rows.append((px, 0.0, pz + HIGH_M / 2.0))
                parts.append("rim" if edge > 0.90 else _part(x, z))
        if len(rows) <= DRONES and (best is None or len(rows) > len(best[0])):
            best = np.array(rows), parts
    assert best is not None
    points, names = best
    colours = tuple(PARTS.get(name, RED) for name in names)
    face = tuple(k for k, name in enumerate(names) if name == "face")
    return _made("mask", "脸谱 mask", points, colours), face


def _fret(x0: float, x1: float, z: float, up: float, cells: int) -> list[Floats]:
    """回纹 along a side: square spirals side by side."""
    step = (x1 - x0) / cells
    s = step / 5.0
    turns = ((0, 0), (0, 4), (4, 4), (4, 1), (1.6, 1), (1.6, 2.6), (2.8, 2.6))
    return [np.array([(x0 + k * step + s * a, z + up * s * b) for a, b in turns]) for k in range(cells)]


def seal() -> Formation:
    """A border of frets, and within it a seal: a red square with the characters 百 面 left open in it."""
    lines = _fret(-58.0, 58.0, 78.0, 1.0, 7) + _fret(-58.0, 58.0, 14.0, -1.0, 7)
    for side in (-1.0, 1.0):
        lines += [np.stack([side * (64.0 + (line[:, 1] - 10.0)), 17.0 + (line[:, 0] + 29.0)], axis=1)
                  for line in _fret(-29.0, 29.0, 10.0, 1.0, 4)]  # fmt: skip
    kept: list[Floats] = []
    colours: list[Rgb] = []

    def put(points: Floats, colour: Rgb) -> None:
        for point in points:
            if len(kept) < DRONES and all(np.hypot(*(point - other)) >= APART_M for other in kept):
                kept.append(point)
                colours.append(colour)

    for line in lines:
        put(_along(line), JADE)
    ink = draw_text("百面", height_m=30.0, spacing_m=APART_M, style="centreline").points.metres[:, [0, 2]]
    put(ink + np.array([0.0, 46.0]), WHITE)
    for half in (22.0, 19.2):
        corners = np.array([(-half * 1.6, -half), (half * 1.6, -half), (half * 1.6, half), (-half * 1.6, half)])
        put(_along(np.concatenate([corners, corners[:1]])) + np.array([0.0, 46.0]), RED)
    for z in np.arange(-16.0, 16.1, 2.7):
        put(np.stack([np.arange(-32.0, 32.1, 2.7), np.full(24, z)], axis=1) + np.array([0.0, 46.0]), RED)
    flat = np.array(kept)
    return _made(
        "seal", "回纹与印 fret and seal", np.stack([flat[:, 0], 0 * flat[:, 0], flat[:, 1]], axis=1), tuple(colours)
    )


def theatre() -> Formation:
    """剧院, filled."""
    drawing = draw_text("剧院", height_m=None, spacing_m=APART_M, style="fill", count=960)
    points = drawing.points.metres - np.array([0.0, 0.0, drawing.points.metres[:, 2].min()])
    colours = tuple(_blend(AMBER, GOLD, p[2] / points[:, 2].max()) for p in points)
    source = TextSource(text="剧院", style="fill", height_m=drawing.height_m, spacing_m=APART_M)
    return Formation("theatre", "剧院", Points(points), colours, (), source)


def _along(line: Floats) -> Floats:
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    at = np.arange(0.0, lengths[-1] + 1e-9, APART_M + 0.01)
    return np.stack([np.interp(at, lengths, line[:, k]) for k in (0, 1)], axis=1)


def _blend(a: Rgb, b: Rgb, share: float) -> Rgb:
    return (
        round(a[0] + (b[0] - a[0]) * share), round(a[1] + (b[1] - a[1]) * share), round(a[2] + (b[2] - a[2]) * share)
    )  # fmt: skip


def _made(id_: str, name: str, points: Floats, colours: tuple[Rgb, ...]) -> Formation:
    return Formation(id_, name, Points(points), tuple(colours), (), DrawnSource(note="drawn by faces.py"))
