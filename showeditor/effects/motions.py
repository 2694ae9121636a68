"""What stars do besides flying: split, break again, flutter, dart, hang, draw a figure.

Each function turns one layer of a break or a mine into layers whose stars are bursts of their own (device.Layer), with
the stars that are born from them. All numbers are own choices; sources name no figures for these motions.
"""

import math
from dataclasses import replace
from functools import cache

from showeditor.effects.device import Axis, Layer, Vector
from showeditor.effects.outlines import outline
from showeditor.kernels.ballistics_stars import STANDARD_GRAVITY_MPS2
from showeditor.model.look import Look, Template

STYLE_MOTIONS = {
    "Splitting": "split", "Bursting": "shells", "Reporting": "reports", "Drifting": "leaves", "Serpentine": "serpent",
    "Humming": "serpent", "Self-Propelled": "go", "Screaming": "go", "Parachuting": "parachute", "Spinning": "spiral",
    "Heart-Shaped": "heart", "Star-Shaped": "star", "Smiling": "smile", "Butterfly-Shaped": "butterfly",
}  # fmt: skip
FIGURES = frozenset(("heart", "star", "smile", "butterfly"))
_MOST = {
    "split": 24, "shells": 12, "reports": 14, "leaves": 26, "serpent": 16, "go": 14, "parachute": 5, "spiral": 12,
}  # fmt: skip
_LEAST = {"parachute": 3}
_WHITE_HOT = (1.0, 0.95, 0.9)


@cache
def even_directions(count: int, cap_deg: float) -> tuple[Vector, ...]:
    """`count` unit vectors evenly over the cap of `cap_deg` about +z (180: the whole sphere): a golden spiral."""
    out: list[Vector] = []
    for i in range(count):
        z = 1.0 - (i + 0.5) / count * (1.0 - math.cos(math.radians(cap_deg)))
        h = math.sqrt(max(0.0, 1.0 - z * z))
        turn = math.pi * (3.0 - math.sqrt(5.0)) * i
        out.append((h * math.cos(turn), h * math.sin(turn), z))
    return tuple(out)


@cache
def turning(steps: int) -> tuple[Vector, ...]:
    """`steps` unit vectors once round in the plane across z."""
    turn = [2.0 * math.pi * n / steps for n in range(steps)]
    return tuple((math.cos(a), math.sin(a), 0.0) for a in turn)


def reach_m(look: Look) -> float:
    """How far a star of the look flies in its life without gravity: ln(1 + k v t) / k with k = g / terminal^2."""
    k = STANDARD_GRAVITY_MPS2 / look.terminal_mps**2
    return math.log1p(k * look.speed_mps * look.life_s) / k


def _speed_for(radius_m: float, life_s: float, terminal_mps: float) -> float:
    k = STANDARD_GRAVITY_MPS2 / terminal_mps**2
    return round(math.expm1(k * radius_m) / (k * life_s), 6)


def _alone(look: Look, life_s: float, sharers: int) -> Look:
    """The look of one star that flies as a burst of its own and ends after exactly `life_s`."""
    return replace(
        look, template=Template.SINGLE, stars=1, life_s=round(life_s, 6), life_jitter=0.0, speed_jitter=0.0,
        cone_deg=0.0, flash=look.flash / sharers, fade_s=0.03,
    )  # fmt: skip


def set_in_motion(layer: Layer, motion: str, part: int = 0, of: int = 1) -> Layer:
    """The layer with its stars moved as `motion` says: split, shells, reports, leaves, serpent, go, ... or a figure.

    Of `of` layers that share one break, number `part` takes its share of the directions.
    """
    look = layer.look
    if motion in FIGURES:
        return _figure(layer, motion, part, of)
    most = _MOST[motion]
    count = max(_LEAST.get(motion, 4), of, min(most, look.stars * of))
    cone = layer.axis is Axis.FLIGHT
    directions = even_directions(count, look.cone_deg if cone else 180.0)[part::of]
    life, reach = look.life_s, reach_m(look)
    if motion == "split":
        star = _alone(look, 0.5 * life, count)
        child = replace(
            look, template=Template.RING, stars=4, life_s=round(0.5 * life, 6), flash=0.15, speed_jitter=0.03,
            speed_mps=_speed_for(0.3 * reach, 0.5 * life, look.terminal_mps),
        )  # fmt: skip
        return _parted(layer, star, directions, (_born(layer, child, star, Axis.FLIGHT),))
    if motion in ("shells", "reports"):
        return _breaking(layer, motion, directions, reach)
    if motion == "parachute":
        star = replace(_alone(look, 0.6, count), trail_s=0.0, brightness=0.3 * look.brightness)
        hung = max(8.0, life)
        child = replace(_alone(look, hung, 1), terminal_mps=2.4, speed_mps=0.0, fade_s=0.6, trail_s=0.0, flash=0.0)
        return _parted(layer, star, directions, (replace(_born(layer, child, star, Axis.UP), keeps=0.2),))
    legs, pace, terminal, keeps, axis = {
        "leaves": (6, 4.0, 3.4, 0.3, Axis.RANDOM),
        "serpent": (5, 16.0, 15.0, 0.4, Axis.RANDOM),
        "spiral": (8, 9.0, 14.0, 0.7, Axis.RANDOM),
        "go": (3, 16.0, 18.0, 0.7, Axis.FLIGHT),
    }[motion]
    first = life / (legs + 1)
    # the break reaches as far as its family says in the first part already; then the stars go their own ways
    star = replace(_alone(look, first, count), speed_mps=_speed_for(reach, first, look.terminal_mps))
    leg = replace(star, speed_mps=pace, terminal_mps=terminal, flash=0.0)
    chain: tuple[Layer, ...] = ()
    for n in range(legs):
        last = replace(leg, fade_s=look.fade_s) if n == 0 else leg
        chain = (replace(_born(layer, last, star, axis), keeps=keeps, children=chain),)
    return _parted(layer, star, directions, chain)


def _parted(layer: Layer, star: Look, directions: tuple[Vector, ...], children: tuple[Layer, ...]) -> Layer:
    axis = Axis.FLIGHT if layer.axis is Axis.FLIGHT else Axis.UP
    return replace(
        layer, look=star, directions=directions, scatter=min(0.3, layer.look.speed_jitter + 0.02), axis=axis,
        children=children,
    )  # fmt: skip


def _born(layer: Layer, look: Look, star: Look, axis: Axis) -> Layer:
    return Layer(
        layer.effect, "born", layer.colours, look, at_break=layer.at_break, axis=axis,
        after_us=round(star.life_s * 1e6),
    )  # fmt: skip


def _breaking(layer: Layer, motion: str, directions: tuple[Vector, ...], reach: float) -> Layer:
    look = layer.look
    count = len(directions)
    # the little shells fly dark, with an ember, and spend the light where they break
    wait = min(1.6, max(0.5, 0.5 * look.life_s)) if layer.at_break else 0.8 * look.life_s
    ember = replace(
        _alone(look, wait, count), brightness=1.0, size_m=round(look.size_m * 0.5, 4), trail_s=0.3,
        trail_colour=(1.0, 0.3, 0.05), trail_brightness=1.0, sparks_per_s=30.0, strobe_hz=0.0, glitter=0.0, crackle=0.0,
        via=(),
    )  # fmt: skip
    if motion == "reports":
        flash = replace(
            look, template=Template.SPHERE, stars=12, life_s=0.18, speed_mps=30.0, speed_jitter=0.3, flash=2.5,
            colour=_WHITE_HOT, colour_to=_WHITE_HOT, via=(), change_at=2.0, cone_deg=180.0,
        )  # fmt: skip
    else:
        life = max(0.6, 0.65 * look.life_s)
        flash = replace(
            look, template=Template.SPHERE if look.template is Template.CONE else look.template,
            stars=48 if look.stars < 60 else min(60, look.stars // 5), life_s=round(life, 6), cone_deg=180.0,
            speed_jitter=0.04,
            speed_mps=_speed_for(0.42 * reach, life, look.terminal_mps), flash=look.flash / 2.0,
        )  # fmt: skip
    return _parted(layer, ember, directions, (replace(_born(layer, flash, ember, Axis.RANDOM), keeps=0.5),))


def _figure(layer: Layer, motion: str, part: int, of: int) -> Layer:
    points = outline(motion, max(24, min(72, layer.look.stars * of)))[part::of]
    look = replace(_alone(layer.look, layer.look.life_s, len(points)), fade_s=layer.look.fade_s)
    return replace(
        layer, look=look, axis=Axis.DEVICE, directions=tuple((x, 0.0, y) for x, y in points), scatter=0.0, children=(),
    )  # fmt: skip
