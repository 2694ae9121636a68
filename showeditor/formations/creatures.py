"""Motifs of creatures: phoenix 凤, fish 鱼."""

from itertools import pairwise

import numpy as np

from showeditor.formations.brush import GOLD, JADE, ORANGE, RED, WHITE, arc, curve
from showeditor.formations.sketch import Sketch, Stroke


def phoenix_sketch() -> Sketch:
    """A phoenix in flight to the left: crest, S of neck and breast, a raised wing, five plumes with eyes."""
    back = curve([(-1.62, 1.02), (-1.42, 1.18), (-1.2, 1.08), (-1.12, 0.82), (-0.98, 0.52), (-0.6, 0.3), (0.1, 0.12)])
    breast = curve(
        [(-1.62, 1.02), (-1.44, 0.98), (-1.38, 0.78), (-1.32, 0.42), (-1.06, 0.06), (-0.6, -0.1), (0.1, 0.12)]
    )
    strokes = [Stroke(back, colour=GOLD), Stroke(breast, colour=GOLD)]
    strokes.append(Stroke(curve([(-1.62, 1.02), (-1.78, 0.96), (-1.84, 0.86)]), colour=ORANGE, detail=60))
    wing = [(-0.85, 0.42), (-0.72, 0.95), (-0.42, 1.5), (0.12, 1.98)]
    strokes.append(Stroke(curve(wing), colour=RED))
    tips = [(0.12, 1.98), (0.3, 1.6), (0.36, 1.24), (0.34, 0.92), (0.22, 0.64), (0.02, 0.4)]
    for (x0, z0), (x1, z1) in pairwise(tips):
        # each feather ends in a rounded scallop
        bulge = (0.5 * (x0 + x1) + 0.16, 0.5 * (z0 + z1) - 0.02)
        strokes.append(Stroke(curve([(x0, z0), bulge, (x1, z1)]), colour=RED))
    for k, (x, z) in enumerate(tips[1:5]):
        root = (-0.72 + 0.06 * k, 0.86 - 0.14 * k)
        middle = (0.5 * (root[0] + x) - 0.02, 0.5 * (root[1] + z) + 0.1)
        strokes.append(Stroke(curve([root, middle, (x - 0.05, z)]), colour=ORANGE, detail=190))
    plumes = [
        [(0.1, 0.12), (0.7, 0.3), (1.3, 0.75), (1.95, 1.35), (2.45, 1.5)],
        [(0.1, 0.1), (0.8, 0.12), (1.5, 0.38), (2.2, 0.75), (2.75, 0.72)],
        [(0.1, 0.08), (0.8, -0.08), (1.6, -0.04), (2.3, 0.12), (2.9, -0.08)],
        [(0.1, 0.06), (0.7, -0.26), (1.4, -0.48), (2.1, -0.5), (2.62, -0.8)],
        [(0.1, 0.04), (0.5, -0.4), (1.05, -0.86), (1.6, -1.08), (2.05, -1.42)],
    ]
    for k, plume in enumerate(plumes):
        strokes.append(Stroke(curve(plume), colour=RED if k % 2 else ORANGE))
        x, z = plume[-1]
        strokes.append(Stroke(arc(x + 0.13, z - 0.02, 0.14, 0.12), True, GOLD, 150))
        strokes.append(Stroke(arc(x + 0.13, z - 0.02, 0.03, 0.03), True, JADE, 260))
    for k, lift in enumerate((0.42, 0.36, 0.24)):
        x = -1.46 + 0.1 * k
        strokes.append(
            Stroke(curve([(x, 1.16), (x + 0.06, 1.16 + 0.6 * lift), (x + 0.24, 1.2 + lift)]), colour=RED, detail=110)
        )
    strokes.append(Stroke(np.array([[-1.5, 1.06]]), colour=WHITE, detail=80))
    for k in range(2):
        x = -0.5 + 0.22 * k
        leg = [(x, -0.06), (x + 0.2, -0.34), (x + 0.5, -0.44)]
        strokes.append(Stroke(curve(leg), colour=GOLD, detail=220))
    return Sketch(tuple(strokes))


def fish_sketch() -> Sketch:
    """A carp that leaps to the left: bent body, forked tail, fins, gill, scales."""
    top = curve([(-1.3, 0.12), (-0.95, 0.42), (-0.35, 0.58), (0.3, 0.46), (0.8, 0.2), (1.12, 0.06)])
    belly = curve([(-1.3, 0.12), (-1.0, -0.14), (-0.4, -0.32), (0.25, -0.26), (0.75, -0.08), (1.12, 0.02)])
    strokes = [Stroke(top, colour=ORANGE), Stroke(belly, colour=ORANGE)]
    tail = [
        (1.12, 0.05),
        (1.45, 0.34),
        (1.95, 0.66),
        (1.72, 0.22),
        (1.62, 0.02),
        (1.8, -0.24),
        (1.98, -0.62),
        (1.44, -0.28),
    ]
    strokes.append(Stroke(curve(tail, closed=True), True, RED))
    dorsal = curve([(-0.6, 0.56), (-0.35, 0.86), (0.05, 0.92), (0.32, 0.74), (0.5, 0.38)])
    strokes.append(Stroke(dorsal, colour=RED, detail=50))
    strokes.append(Stroke(curve([(-0.45, -0.3), (-0.2, -0.62), (0.12, -0.66), (0.0, -0.32)]), colour=RED, detail=60))
    strokes.append(Stroke(curve([(0.45, -0.2), (0.66, -0.42), (0.88, -0.4), (0.78, -0.1)]), colour=RED, detail=90))
    strokes.append(Stroke(arc(-0.98, 0.18, 0.08, 0.08), True, WHITE, 60))
    strokes.append(Stroke(curve([(-0.78, 0.46), (-0.64, 0.14), (-0.78, -0.2)]), colour=GOLD, detail=80))
    strokes.append(Stroke(curve([(-1.28, 0.06), (-1.44, -0.08), (-1.42, -0.26)]), colour=GOLD, detail=100))
    for column in range(5):
        for row in range(3):
            x = -0.42 + 0.26 * column + 0.13 * (row % 2)
            z = 0.26 - 0.2 * row + 0.03 * column - 0.02 * column * row
            if x < 0.62:
                strokes.append(Stroke(arc(x, z, 0.11, 0.1, -80.0, 80.0), colour=GOLD, detail=160))
    for k in range(3):
        x = 1.32 + 0.06 * k
        strokes.append(
            Stroke(
                curve([(1.2, 0.05), (x, 0.05 + 0.14 * (k - 1)), (x + 0.3, 0.05 + 0.34 * (k - 1))]),
                colour=GOLD,
                detail=200,
            )
        )
    return Sketch(tuple(strokes))
