"""The motif of a dragon 龙 after its pearl: antlers, mane, whiskers, flame fins, four claws, a tail of flames."""

import numpy as np

from showeditor.formations.brush import BLUE, GOLD, JADE, ORANGE, RED, WHITE, arc, beside, curl, curve
from showeditor.formations.sketch import Sketch, Stroke
from showeditor.model.arrays import Floats

_SPINE = (
    (-3.75, 0.95), (-3.35, 0.25), (-2.85, -0.45), (-2.2, -0.72), (-1.6, -0.3), (-1.25, 0.4), (-0.75, 0.98),
    (-0.05, 1.02), (0.45, 0.5), (0.7, -0.2), (1.2, -0.72), (1.85, -0.62), (2.2, -0.1), (2.3, 0.5), (2.45, 1.0),
)  # fmt: skip
_SKULL = np.array([2.85, 1.3])
_HEAD = 1.2
"""Size of the head: large, as on robes and screens."""


def dragon_sketch() -> Sketch:
    """A dragon that winds to the right, head raised, its pearl before it."""
    spine = curve(_SPINE, fine=24)
    t = np.linspace(0.0, 1.0, len(spine))
    half = 0.03 + 0.29 * np.clip(t / 0.45, 0.0, 1.0) ** 0.75 * (1.0 - 0.3 * np.clip((t - 0.7) / 0.3, 0.0, 1.0))
    strokes = [Stroke(beside(spine, half), colour=GOLD), Stroke(beside(spine, -half)[::-1], colour=GOLD)]
    strokes += _head() + _pearl() + _tail() + _legs()
    strokes += _fins(spine, half) + _belly(spine, half) + _scales(spine, half)
    return Sketch(tuple(strokes))


def _at(*points: tuple[float, float]) -> Floats:
    """A line of the head, whose own origin is the middle of the skull."""
    return curve([(_SKULL[0] + _HEAD * x, _SKULL[1] + _HEAD * z) for x, z in points])


def _head() -> list[Stroke]:
    """Profile with a raised nose and an open mouth, then what marks it as a dragon, the coarsest first."""
    upper = _at(
        (-0.42, 0.02), (-0.4, 0.28), (-0.22, 0.46), (0.02, 0.44), (0.22, 0.27), (0.48, 0.28), (0.7, 0.42), (0.88, 0.3),
        (0.84, 0.12), (0.62, 0.13), (0.42, 0.06), (0.14, -0.02),
    )  # fmt: skip
    lower = _at(
        (0.14, -0.02), (0.32, -0.17), (0.56, -0.16), (0.76, 0.0), (0.78, -0.2), (0.58, -0.36), (0.28, -0.42),
        (-0.02, -0.34), (-0.16, -0.42),
    )  # fmt: skip
    strokes = [Stroke(upper, colour=GOLD), Stroke(lower, colour=GOLD)]
    eye = _SKULL + _HEAD * np.array([0.1, 0.22])
    strokes.append(Stroke(arc(eye[0], eye[1], 0.09, 0.08), True, WHITE, 100))
    for k, back in enumerate((0.0, -0.2)):
        antler = _at((-0.16 + back, 0.48), (-0.3 + back, 0.74), (-0.6 + back, 0.92), (-0.98 + back, 0.94))
        strokes.append(Stroke(antler, colour=ORANGE, detail=90 + 90 * k))
        for (x, z), (ex, ez), (dx, dz), detail in (
            ((-0.4, 0.82), (-0.34, 1.0), (-0.44, 1.2), 150),
            ((-0.72, 0.93), (-0.74, 1.08), (-0.9, 1.18), 320),
        ):
            tine = _at((x + back, z), (ex + back, ez), (dx + back, dz))
            strokes.append(Stroke(tine, colour=ORANGE, detail=detail + 200 * k))
    whiskers = (
        _at((0.86, 0.26), (1.12, 0.46), (1.36, 0.4), (1.56, 0.56), (1.52, 0.86), (1.36, 0.96)),
        _at((0.84, 0.14), (1.08, 0.02), (1.22, -0.2), (1.5, -0.26), (1.66, -0.1)),
    )
    strokes += [Stroke(line, colour=RED, detail=110 + 30 * k) for k, line in enumerate(whiskers)]
    manes = (
        ((-0.42, 0.3), (-0.72, 0.44), (-1.0, 0.34), (-1.2, 0.5)),
        ((-0.44, 0.14), (-0.76, 0.16), (-0.98, 0.02), (-1.22, 0.12)),
        ((-0.4, -0.04), (-0.68, -0.14), (-0.86, -0.34), (-1.1, -0.32)),
        ((-0.28, -0.3), (-0.46, -0.48), (-0.48, -0.7), (-0.66, -0.82)),
        ((-0.12, -0.4), (-0.18, -0.62), (-0.1, -0.82), (-0.22, -1.0)),
    )
    for k, points in enumerate(manes):
        strokes.append(Stroke(_at(*points), colour=RED, detail=(120, 170, 140, 260, 460)[k]))
    for k, beard in enumerate(
        (
            ((0.3, -0.42), (0.28, -0.62), (0.1, -0.8)),
            ((0.48, -0.4), (0.5, -0.64), (0.36, -0.86)),
            ((0.64, -0.34), (0.7, -0.58), (0.62, -0.78)),
        )
    ):
        strokes.append(Stroke(_at(*beard), colour=ORANGE, detail=(420, 340, 520)[k]))
    strokes.append(Stroke(_at((0.2, -0.04), (0.44, -0.05), (0.66, 0.02), (0.9, -0.04)), colour=RED, detail=380))
    brow = _at((-0.1, 0.34), (0.06, 0.38), (0.24, 0.34), (0.34, 0.44))
    strokes.append(Stroke(brow, colour=JADE, detail=340))
    nostril = _SKULL + _HEAD * np.array([0.72, 0.28])
    strokes.append(Stroke(arc(nostril[0], nostril[1], 0.05, 0.05), True, ORANGE, 420))
    for x in (0.5, 0.72):
        strokes.append(Stroke(_at((x, 0.1), (x + 0.03, 0.02), (x + 0.01, -0.05)), colour=WHITE, detail=480))
    return strokes


def _pearl() -> list[Stroke]:
    strokes = [Stroke(arc(4.95, 0.62, 0.26, 0.26), True, WHITE)]
    strokes.append(Stroke(curl(4.95, 0.62, 0.14, 1.1, 0.0), colour=BLUE, detail=260))
    flames = (
        ((4.68, 0.72), (4.66, 1.02), (4.86, 1.16), (4.8, 1.36)),
        ((4.96, 0.92), (5.08, 1.12), (5.02, 1.34), (5.16, 1.54)),
        ((5.22, 0.68), (5.36, 0.88), (5.28, 1.06), (5.42, 1.22)),
    )
    for k, points in enumerate(flames):
        strokes.append(Stroke(curve(points), colour=ORANGE, detail=(180, 130, 220)[k]))
    return strokes


def _tail() -> list[Stroke]:
    """Flames that spread from the end of the body."""
    flames = (
        ((-3.75, 0.95), (-3.92, 1.22), (-3.78, 1.46), (-3.98, 1.72)),
        ((-3.76, 0.92), (-4.06, 1.06), (-4.2, 1.32), (-4.46, 1.36)),
        ((-3.76, 0.88), (-4.08, 0.84), (-4.32, 0.98), (-4.56, 0.86)),
        ((-3.72, 0.84), (-3.96, 0.62), (-4.24, 0.62), (-4.36, 0.42)),
    )
    return [Stroke(curve(points), colour=RED, detail=(90, 120, 90, 160)[k]) for k, points in enumerate(flames)]


def _legs() -> list[Stroke]:
    """Four legs with flames at the elbow and open claws; the foremost reaches for the pearl."""
    legs = (
        (((2.42, 0.2), (2.9, 0.02), (3.3, -0.3), (3.86, -0.12)), 8.0, 100),
        (((1.25, -0.9), (1.18, -1.24), (1.5, -1.46), (1.92, -1.52)), -12.0, 130),
        (((-0.95, 0.5), (-0.62, 0.16), (-0.62, -0.2), (-0.24, -0.42)), -18.0, 190),
        (((-2.5, -0.84), (-2.62, -1.16), (-2.32, -1.42), (-1.9, -1.5)), -14.0, 150),
    )
    strokes: list[Stroke] = []
    for points, aim_deg, detail in legs:
        bone = curve(points)
        wide = np.linspace(0.17, 0.06, len(bone))
        # few drones draw a leg as one line
        strokes.append(Stroke(beside(bone, -wide), colour=GOLD, detail=detail))
        strokes.append(Stroke(beside(bone, wide), colour=GOLD, detail=detail + 330))
        foot = bone[-1]
        for k, spread_deg in enumerate((-62.0, -20.0, 24.0, 68.0)):
            a = np.radians(aim_deg + spread_deg)
            b = a - np.radians(48.0)
            tip = foot + 0.24 * np.array([np.cos(a), np.sin(a)])
            hook = tip + 0.2 * np.array([np.cos(b), np.sin(b)])
            claw = curve([(foot[0], foot[1]), (tip[0], tip[1]), (hook[0], hook[1])])
            strokes.append(Stroke(claw, colour=WHITE, detail=detail + (90, 420, 70, 240)[k]))
        elbow = bone[len(bone) // 2]
        flame = curve(
            [(elbow[0] - 0.05, elbow[1] + 0.12), (elbow[0] - 0.3, elbow[1] + 0.1), (elbow[0] - 0.46, elbow[1] + 0.3)]
        )
        strokes.append(Stroke(flame, colour=RED, detail=detail + 260))
    return strokes


def _fins(spine: Floats, half: Floats) -> list[Stroke]:
    """Flames along the back, each leaning towards the tail."""
    back, crest = beside(spine, half + 0.02), beside(spine, half + 0.3)
    strokes: list[Stroke] = []
    for n, k in enumerate(range(40, len(spine) - 26, 13)):
        root, tip, end = back[k], crest[max(0, k - 8)], back[k - 7]
        middle = 0.5 * (root + tip) + 0.12 * (root - end)
        leaf = curve([(root[0], root[1]), (middle[0], middle[1]), (tip[0], tip[1])])
        strokes.append(Stroke(leaf, colour=RED, detail=230 if n % 2 else 320))
    return strokes


def _belly(spine: Floats, half: Floats) -> list[Stroke]:
    """A line inside the belly, and the plates across it."""
    line, rim = beside(spine, -0.42 * half), beside(spine, -half)
    strokes = [Stroke(line[60:-10], colour=ORANGE, detail=620)]
    plates = [np.stack([line[k], rim[k]]) for k in range(70, len(spine) - 14, 9)]
    return strokes + [Stroke(plate, colour=ORANGE, detail=1400) for plate in plates]


def _scales(spine: Floats, half: Floats) -> list[Stroke]:
    """Scales as arcs that open towards the head."""
    step = np.gradient(spine, axis=0)
    angle = np.degrees(np.arctan2(step[:, 1], step[:, 0]))
    strokes: list[Stroke] = []
    for n, k in enumerate(range(64, len(spine) - 16, 12)):
        middle = beside(spine, half * (0.42 if n % 2 else 0.08))[k]
        size = 0.36 * half[k]
        line = arc(float(middle[0]), float(middle[1]), size, size, angle[k] + 100.0, angle[k] + 260.0)
        strokes.append(Stroke(line, colour=JADE, detail=1000))
    return strokes
