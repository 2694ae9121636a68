"""Motifs of things: opera mask 脸谱 in six schemes, lantern 灯笼, fret border 回纹, roundel 瓦当, seal frame 印."""

import numpy as np

from showeditor.formations.brush import GOLD, JADE, ORANGE, RED, WHITE, arc, curl, curve, pair
from showeditor.formations.sketch import Sketch, Stroke
from showeditor.model.swarm import Rgb

MASKS: dict[str, tuple[Rgb, Rgb, Rgb]] = {
    "red": ((255, 40, 30), (255, 255, 255), (255, 190, 60)),
    "black": ((120, 130, 170), (255, 255, 255), (255, 60, 40)),
    "white": ((255, 255, 255), (170, 190, 255), (255, 60, 40)),
    "blue": ((50, 110, 255), (255, 255, 255), (255, 60, 40)),
    "green": ((60, 200, 90), (255, 255, 255), (255, 190, 60)),
    "yellow": ((255, 200, 40), (255, 255, 255), (255, 60, 40)),
}
"""Colours of face, pattern and ornament: red loyal, black upright (as light: slate), white cunning, blue fierce, green
rash, yellow shrewd."""


def mask_sketch(scheme: str) -> Sketch:
    """An opera mask: face, brows, eyes, nose, mouth, then the whorls of forehead and cheeks."""
    face, pattern, ornament = MASKS[scheme]
    outline = [(0.0, 1.32), (0.55, 1.22), (0.92, 0.82), (1.0, 0.2), (0.9, -0.5), (0.55, -1.12), (0.0, -1.38)]
    whole = outline + [(-x, z) for x, z in outline[-2:0:-1]]
    strokes = [Stroke(curve(whole, closed=True), True, face)]
    strokes += pair(
        curve([(0.16, 0.22), (0.38, 0.4), (0.66, 0.4), (0.84, 0.28), (0.6, 0.16), (0.34, 0.14)], closed=True),
        pattern,
        closed=True,
    )
    strokes += pair(curve([(0.14, 0.5), (0.34, 0.68), (0.62, 0.78), (0.88, 0.98)]), ornament)
    strokes.append(
        Stroke(
            curve(
                [
                    (-0.42, -0.86),
                    (-0.16, -0.76),
                    (0.0, -0.8),
                    (0.16, -0.76),
                    (0.42, -0.86),
                    (0.2, -0.98),
                    (0.0, -1.0),
                    (-0.2, -0.98),
                ],
                closed=True,
            ),
            True,
            RED,
        )
    )
    strokes += pair(curve([(0.06, 0.3), (0.1, -0.1), (0.26, -0.36), (0.2, -0.5), (0.0, -0.54)]), pattern, 120)
    strokes += pair(np.array([[0.5, 0.28]]), WHITE, 90)
    strokes += pair(curve([(0.88, 0.98), (0.56, 0.98), (0.26, 0.82), (0.14, 0.5)]), ornament, 200)
    flame = [(0.0, 0.52), (0.12, 0.72), (0.1, 0.94), (0.0, 1.14), (-0.1, 0.94), (-0.12, 0.72)]
    strokes.append(Stroke(curve(flame, closed=True), True, ornament, 160))
    strokes += pair(curl(0.3, 1.0, 0.14, 1.2, 200.0), face, 420)
    strokes += pair(curl(0.56, -0.36, 0.24, 1.4, 150.0), pattern, 240)
    strokes += pair(curve([(0.92, 0.08), (0.76, -0.08), (0.8, -0.36), (0.7, -0.66)]), face, 300)
    strokes += pair(curve([(0.5, -0.7), (0.62, -0.92), (0.4, -1.12), (0.12, -1.18)]), ornament, 340)
    strokes += pair(curve([(0.9, 0.3), (1.12, 0.42), (1.16, 0.1), (0.98, -0.1)]), face, 180)
    return Sketch(tuple(strokes))


def lantern_sketch() -> Sketch:
    """A round lantern with ribs, caps, cord and tassel."""
    strokes = [Stroke(arc(0.0, 0.0, 1.0, 0.8), True, RED)]
    for wide, detail in ((0.36, 70), (0.7, 130)):
        strokes += [Stroke(arc(0.0, 0.0, wide, 0.8, 86.0, -86.0), colour=ORANGE, detail=detail)]
        strokes += [Stroke(arc(0.0, 0.0, wide, 0.8, 94.0, 266.0), colour=ORANGE, detail=detail)]
    for z in (0.8, -0.8):
        box = np.array([[-0.34, z], [-0.34, z + np.sign(z) * 0.16], [0.34, z + np.sign(z) * 0.16], [0.34, z]])
        strokes.append(Stroke(box, False, GOLD))
    strokes.append(Stroke(curve([(0.0, 0.96), (0.0, 1.2), (0.02, 1.5)]), colour=GOLD, detail=30))
    strokes.append(Stroke(arc(0.0, -1.08, 0.08, 0.08), True, GOLD, 100))
    for k in range(-2, 3):
        x = 0.09 * k
        tail = curve([(0.3 * x, -1.16), (x, -1.4), (1.15 * x, -1.78)])
        strokes.append(Stroke(tail, colour=RED, detail=30 if k == 0 else 80 if abs(k) == 2 else 160))
    strokes.append(Stroke(curl(0.0, 0.0, 0.2, 1.5, 90.0), colour=GOLD, detail=260))
    return Sketch(tuple(strokes))


def fret_sketch(units: int = 6) -> Sketch:
    """A fret border of square spirals between two rails."""
    one = np.array(
        [(0, 0), (0, 1), (1, 1), (1, 0.25), (0.33, 0.25), (0.33, 0.66), (0.66, 0.66), (0.66, 0.48)], np.float64
    )
    strokes = [Stroke(one + np.array([1.33 * k, 0.0]), colour=GOLD) for k in range(units)]
    end = 1.33 * (units - 1) + 1.0
    strokes += [Stroke(np.array([[-0.2, z], [end + 0.2, z]]), colour=RED, detail=100) for z in (-0.3, 1.3)]
    return Sketch(tuple(strokes))


def roundel_sketch() -> Sketch:
    """A roof tile's end of Han: rim, boss, a cross of double bars, a pair of curls in each quarter."""
    strokes = [Stroke(arc(0.0, 0.0, 1.4, 1.4), True, GOLD), Stroke(arc(0.0, 0.0, 0.3, 0.3), True, GOLD)]
    strokes.append(Stroke(arc(0.0, 0.0, 1.2, 1.2), True, ORANGE, 130))
    strokes.append(Stroke(arc(0.0, 0.0, 0.42, 0.42), True, ORANGE, 260))
    for k in range(4):
        c, s = (1, 0, -1, 0)[k], (0, 1, 0, -1)[k]
        for side in (-0.06, 0.06):
            bar = np.array([[0.46 * c - side * s, 0.46 * s + side * c], [1.18 * c - side * s, 1.18 * s + side * c]])
            strokes.append(Stroke(bar, colour=ORANGE, detail=60 if side > 0 else 240))
        middle = 45.0 + 90.0 * k
        mx, mz = 0.82 * np.cos(np.radians(middle)), 0.82 * np.sin(np.radians(middle))
        for turn in (-1.0, 1.0):
            # the two curls of a cloud lean on the quarter's middle line
            x, z = mx - 0.22 * turn * np.sin(np.radians(middle)), mz + 0.22 * turn * np.cos(np.radians(middle))
            line = curl(float(x), float(z), 0.22, -1.25 * turn, middle - 90.0 * turn)
            strokes.append(Stroke(line, colour=JADE))
        strokes.append(Stroke(np.array([[0.46, 0.46], [0.72, 0.72]]) @ _quarter(k) * 0.8, colour=JADE, detail=200))
    return Sketch(tuple(strokes))


def _quarter(k: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    c, s = (1.0, 0.0, -1.0, 0.0)[k], (0.0, 1.0, 0.0, -1.0)[k]
    return np.array([[c, s], [-s, c]])


def seal_sketch() -> Sketch:
    """A seal's frame: two squares with cut corners, the outer one worn open in places, curls in the inner corners."""
    strokes: list[Stroke] = []
    for size, cut, detail in ((1.2, 0.18, 0), (1.0, 0.13, 60)):
        corner = [(size, -size + cut), (size, size - cut), (size - cut, size), (-size + cut, size), (-size, size - cut)]
        corner += [(-size, -size + cut), (-size + cut, -size), (size - cut, -size)]
        strokes.append(Stroke(np.array(corner), True, RED, detail))
    for x in (-1.0, 1.0):
        for z in (-1.0, 1.0):
            line = np.array([(0.5, 0.82), (0.82, 0.82), (0.82, 0.5), (0.62, 0.5), (0.62, 0.66), (0.7, 0.66)])
            strokes.append(Stroke(line * (x, z), colour=ORANGE, detail=130))
    return Sketch(tuple(strokes))
