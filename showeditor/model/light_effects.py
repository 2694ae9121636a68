"""Layers of light over a scene: data that the planner turns into light keys, each blended with what it covers."""

from typing import Literal

import msgspec

from showeditor.model.births import finite, positive, within
from showeditor.model.music import LONGEST_US

Rgb = tuple[int, int, int]
Along = Literal["x", "y", "z", "radius", "path"]
"""What a light runs along: right, away or up in the formation, outwards from its middle, or along its strokes."""

Blend = Literal["over", "add", "multiply", "brightest"]


class _Layer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """From `at_us` after arrival for `for_us`; `points` names the formation's points it lights (empty: all).

    `blend` says how its colour meets the layers below: instead of them, added, multiplied, or the brighter of both.
    """

    at_us: int
    for_us: int
    colour: Rgb
    blend: Blend = "over"
    points: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        within("start of a light effect", self.at_us, -LONGEST_US, LONGEST_US)
        within("length of a light effect", self.for_us, 1, LONGEST_US)
        for part in self.colour:
            within("light colour", part, 0, 255)
        for point in self.points:
            within("point of a light effect", point, 0, 100_000)


class Gradient(_Layer, frozen=True, forbid_unknown_fields=True, tag="gradient"):
    """From `colour` to `end` along a direction."""

    end: Rgb = (255, 255, 255)
    along: Along = "x"

    def __post_init__(self) -> None:
        _Layer.__post_init__(self)
        for part in self.end:
            within("light colour", part, 0, 255)


class Twinkle(_Layer, frozen=True, forbid_unknown_fields=True, tag="twinkle"):
    """Single drones flash in `colour`: each every `period_us` or so, lit for `share` of it, by `seed`."""

    period_us: int = 1_000_000
    share: float = 0.3
    seed: int = 1

    def __post_init__(self) -> None:
        _Layer.__post_init__(self)
        within("period of a twinkle", self.period_us, 1000, LONGEST_US)
        within("share of a twinkle", self.share, 0.0, 1.0)
        within("seed of a twinkle", self.seed, 0, 2**32 - 1)


class Pulse(_Layer, frozen=True, forbid_unknown_fields=True, tag="pulse"):
    """All flash in `colour` every `period_us` (a beat) and fade to `low` of it before the next."""

    period_us: int = 500_000
    low: float = 0.0

    def __post_init__(self) -> None:
        _Layer.__post_init__(self)
        within("period of a pulse", self.period_us, 1000, LONGEST_US)
        within("low of a pulse", self.low, 0.0, 1.0)


class Wave(_Layer, frozen=True, forbid_unknown_fields=True, tag="wave"):
    """Crests of `colour` run along a direction: every `period_us`, `length` of the formation apart."""

    along: Along = "x"
    period_us: int = 2_000_000
    length: float = 1.0

    def __post_init__(self) -> None:
        _Layer.__post_init__(self)
        within("period of a wave", self.period_us, 1000, LONGEST_US)
        finite("length of a wave", self.length)
        positive("length of a wave", self.length)


class Wipe(_Layer, frozen=True, forbid_unknown_fields=True, tag="wipe"):
    """`colour` sweeps over the formation along a direction once, with an edge `soft` of it wide (变脸)."""

    along: Along = "x"
    soft: float = 0.05
    backwards: bool = False

    def __post_init__(self) -> None:
        _Layer.__post_init__(self)
        within("edge of a wipe", self.soft, 0.0, 1.0)


LightEffect = Gradient | Twinkle | Pulse | Wave | Wipe
