"""Look: how one layer of stars appears and flies, as plain numbers that renderer, planner and tests share."""

from dataclasses import dataclass
from enum import IntEnum

Linear = tuple[float, float, float]
"""Linear, scene-referred RGB; values above 1 are meant."""


class Template(IntEnum):
    """The set of unit directions that stars leave the burst point along."""

    SINGLE = 0
    """One star along the burst's axis (comets, tails)."""
    SPHERE = 1
    """Evenly over the whole sphere (peony, chrysanthemum, willow, kamuro)."""
    RING = 2
    """Evenly on the circle across the axis."""
    CONE = 3
    """Inside a cone about the axis (mines, fountains)."""
    PALM = 4
    """A few thick branches in the upper half, evenly in azimuth."""


@dataclass(frozen=True, slots=True)
class Look:
    """One layer of stars; equal looks share one template on the GPU.

    `speed_mps` is the stars' speed at birth relative to the burst, `terminal_mps` their terminal fall speed (quadratic
    drag: k = g / terminal^2), jitters are relative standard deviations or half widths as named. Colour goes from
    `colour` to `colour_to` at `change_at` (fraction of life) over `change_over`. `cone_deg` is the angle between the
    axis and the edge of a CONE or PALM (180: the whole sphere). `via`: colours between the
    first and the last; then all of them follow one another in equal parts of the life, and `change_at` is for hands
    that know two colours only. `smoke` above 0: a cloud of coloured smoke or paper that is lit and does not glow.
    """

    template: Template
    stars: int
    speed_mps: float
    terminal_mps: float
    life_s: float
    colour: Linear
    colour_to: Linear
    speed_jitter: float = 0.03
    life_jitter: float = 0.05
    cone_deg: float = 180.0
    change_at: float = 2.0
    change_over: float = 0.05
    brightness: float = 1.0
    size_m: float = 0.35
    trail_s: float = 0.0
    trail_colour: Linear = (0.0, 0.0, 0.0)
    trail_brightness: float = 0.0
    sparks_per_s: float = 0.0
    strobe_hz: float = 0.0
    glitter: float = 0.0
    crackle: float = 0.0
    flash: float = 0.0
    fade_s: float = 0.1
    via: tuple[Linear, ...] = ()
    smoke: float = 0.0
