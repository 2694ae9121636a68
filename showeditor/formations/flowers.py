"""Motifs of plants: lotus 莲, peony 牡丹, tree of fire 火树银花."""

import math

import numpy as np

from showeditor.formations.brush import GOLD, GREEN, JADE, ORANGE, PINK, RED, ROSE, WHITE, arc, curl, curve, pair, petal
from showeditor.formations.sketch import Sketch, Stroke
from showeditor.model.arrays import Floats


def lotus_sketch() -> Sketch:
    """A lotus on the water: nine petals, seed head, two leaves and ripples."""
    lift = np.array([0.0, 0.1])
    strokes = [Stroke(petal(90.0, 0.1, 1.4, 0.3) + lift, colour=PINK)]
    for angle, outer, width, detail in ((62.0, 1.38, 0.27, 0), (36.0, 1.42, 0.24, 0), (12.0, 1.5, 0.17, 70)):
        strokes += pair(petal(angle, 0.1, outer, width, tip=0.16) + lift, ROSE if angle < 50 else PINK, detail)
    for angle in (76.0, 49.0):
        strokes += pair(petal(angle, 0.4, 1.02, 0.08) + lift, WHITE, 320)
    strokes.append(Stroke(arc(0.0, 0.3, 0.26, 0.09), True, GOLD, 130))
    strokes += pair(curve([(0.12, 0.02), (0.7, -0.14), (1.5, -0.06), (1.95, 0.08)]), GREEN, 50)
    strokes += pair(curve([(1.95, 0.08), (1.5, -0.3), (0.7, -0.36), (0.12, -0.18)]), GREEN, 90)
    strokes.append(Stroke(curve([(0.0, 0.02), (0.03, -0.3), (-0.03, -0.62)]), colour=GREEN, detail=60))
    for k in range(2):
        x = np.linspace(-1.5 + 0.3 * k, 1.5 - 0.3 * k, 60)
        ripple = np.stack([x, -0.66 - 0.2 * k + 0.035 * np.sin(x * 7.0)], axis=1)
        strokes.append(Stroke(ripple, colour=JADE, detail=150 + 80 * k))
    return Sketch(tuple(strokes))


def _scalloped(radius: float, lobes: int, depth: float, turn_deg: float, squash: float = 0.94) -> Floats:
    angle = np.linspace(0.0, 2.0 * math.pi, 40 * lobes, endpoint=False)
    # rounded lobes that meet in cusps
    reach = radius * (1.0 - depth + depth * np.abs(np.cos(0.5 * lobes * (angle - math.radians(turn_deg)))) ** 0.7)
    return np.stack([reach * np.cos(angle), squash * reach * np.sin(angle)], axis=1)


def peony_sketch() -> Sketch:
    """A peony from the front: rings of petals around a curl, stamens, three leaves."""
    strokes = [
        Stroke(_scalloped(1.2, 8, 0.24, 90.0), True, ROSE),
        Stroke(_scalloped(0.86, 6, 0.26, 60.0), True, RED),
        Stroke(_scalloped(0.54, 5, 0.28, 90.0), True, ROSE, 60),
        Stroke(curl(0.0, 0.0, 0.26, 1.3, 90.0), colour=GOLD, detail=40),
    ]
    for k in range(8):
        angle = 360.0 / 8 * (k + 0.5) + 90.0
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        strokes.append(Stroke(np.array([[0.72 * c, 0.68 * s], [0.9 * c, 0.85 * s]]), colour=PINK, detail=320))
    for angle in (-150.0, -30.0, 158.0):
        leaf = petal(angle, 1.1, 2.05, 0.24, tip=0.1)
        strokes.append(Stroke(leaf, colour=GREEN, detail=90))
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        strokes.append(Stroke(np.array([[1.2 * c, 1.2 * s], [1.82 * c, 1.82 * s]]), colour=JADE, detail=240))
    return Sketch(tuple(strokes))


def fire_tree_sketch() -> Sketch:
    """A tree of fire: a trunk, boughs that rise and droop like willow stars, sparks at their ends."""
    strokes = [Stroke(curve([(-0.1, -1.3), (0.02, -0.7), (-0.03, -0.1), (0.0, 0.3)]), colour=ORANGE)]
    boughs = ((0.0, 0.3, 1.45, 0.0), (0.45, 0.3, 1.3, 0.1), (0.95, 0.2, 0.98, 0.3), (1.35, 0.0, 0.55, 0.62))
    for k, (reach, start, rise, droop) in enumerate(boughs):
        if reach == 0.0:
            strokes.append(Stroke(curve([(0.0, start), (0.02, 0.8), (0.0, rise)]), colour=GOLD))
            strokes.append(Stroke(_spark(0.0, rise + 0.16, 0.13), colour=WHITE, detail=150))
            continue
        line = [
            (0.0, start),
            (0.45 * reach, 0.35 * start + 0.72 * rise),
            (0.82 * reach, rise),
            (1.15 * reach, rise - droop),
        ]
        strokes += pair(curve(line), GOLD)
        strokes += pair(_spark(1.15 * reach, rise - droop - 0.14, 0.12), WHITE, 150 + 10 * k)
        fork = [(0.5 * reach, 0.3 * start + 0.76 * rise), (0.72 * reach, rise + 0.2), (0.98 * reach, rise + 0.22)]
        strokes += pair(curve(fork), RED, 90)
        fall = [(0.82 * reach, rise), (0.86 * reach, rise - 0.3), (0.8 * reach, rise - 0.62)]
        strokes += pair(curve(fall), ORANGE, 120)
    strokes += pair(curve([(0.0, -0.2), (0.6, 0.0), (1.1, -0.12), (1.4, -0.52)]), GOLD, 60)
    strokes += pair(curve([(0.02, -1.2), (0.28, -1.38), (0.6, -1.4)]), ORANGE, 70)
    return Sketch(tuple(strokes))


def _spark(x: float, z: float, size: float) -> Floats:
    """A little star in one stroke."""
    angle = np.radians(np.array([90.0, 234.0, 18.0, 162.0, 306.0, 90.0]))
    return np.stack([x + size * np.cos(angle), z + size * np.sin(angle)], axis=1)
