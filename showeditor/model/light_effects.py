"""Layers of light over a scene: data that the planner turns into light keys, each blended with what it covers."""

from typing import Literal

import msgspec

from showeditor.model.births import finite, positive, within
from showeditor.model.film import Film, film_of
from showeditor.model.light_masks import LightMask
from showeditor.model.music import LONGEST_US
from showeditor.model.venue import Vec3

Rgb = tuple[int, int, int]
Along = Literal["x", "y", "z", "radius", "path"]
"""What a light runs along: right, away or up in the formation, outwards from its middle, or along its strokes."""

Blend = Literal["over", "add", "multiply", "brightest", "screen"]


STILL = film_of(b"\xff\xff\xff\xff", 1, 1)
"""One white pixel."""


class _Layer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """From `at_us` after arrival for `for_us`; `points` names the formation's points it lights (empty: all).

    `blend` says how its colour meets the layers below: instead of them, added, multiplied, the brighter of both, or
    screened (added so that nothing grows too bright). `opacity` weakens the layer, `mask` confines it to a region;
    with both points and a mask only points in the region are lit.
    """

    at_us: int
    for_us: int
    colour: Rgb
    blend: Blend = "over"
    points: tuple[int, ...] = ()
    opacity: float = 1.0
    mask: LightMask | None = None

    def __post_init__(self) -> None:
        within("opacity of a light effect", self.opacity, 0.0, 1.0)
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
    """All flash in `colour` every `period_us` and fade to `low` of it before the next.

    `beats` above 0: instead every so many quarter notes of the show's tempo map, counted from the downbeat.
    """

    period_us: int = 500_000
    low: float = 0.0
    beats: float = 0.0

    def __post_init__(self) -> None:
        _Layer.__post_init__(self)
        within("period of a pulse", self.period_us, 1000, LONGEST_US)
        within("low of a pulse", self.low, 0.0, 1.0)
        within("beats of a pulse", self.beats, 0.0, 1000.0)
        if 0.0 < self.beats < 1.0 / 16.0:
            raise ValueError(f"a pulse may come 16 times a beat at most, got every {self.beats} beats")


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


class Solid(_Layer, frozen=True, forbid_unknown_fields=True, tag="solid"):
    """One colour."""


class Picture(_Layer, frozen=True, forbid_unknown_fields=True, tag="picture"):
    """A picture or film thrown on the formation; transparent where it is. `colour` tints it (white: as it is).

    Seen from `eye_m` in the venue (None: straight along the formation's depth); it fills the outline that the points
    have from there, `stretch`ed to it or `cover`ing it in its own shape. A film begins with the effect and repeats.
    """

    film: Film = STILL
    eye_m: Vec3 | None = None
    fit: Literal["stretch", "cover"] = "cover"

    def __post_init__(self) -> None:
        _Layer.__post_init__(self)
        if self.eye_m is not None:
            finite("eye of a picture", *self.eye_m)


class Sounding(_Layer, frozen=True, forbid_unknown_fields=True, tag="sounding"):
    """`colour` as loud as the music: between `low` of it in silence and all of it at level 255.

    `levels` are taken from the music when the layer is made, so that a show needs no sound to be planned: one a
    `step_us`, the first at the first sample of the sound or, with `by` score, at the downbeat. `heard` says of what.
    """

    levels: bytes = b""
    step_us: int = 50_000
    by: Literal["sound", "score"] = "sound"
    low: float = 0.0
    heard: str = ""

    def __post_init__(self) -> None:
        _Layer.__post_init__(self)
        within("step of levels", self.step_us, 1000, LONGEST_US)
        within("low of levels", self.low, 0.0, 1.0)
        within("number of levels", len(self.levels), 0, 1_000_000)


LightEffect = Gradient | Twinkle | Pulse | Wave | Wipe | Solid | Picture | Sounding
