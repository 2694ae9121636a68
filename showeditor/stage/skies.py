"""What each sky gives: its colours, the light it throws on things, and how burning stars look against it."""

from dataclasses import dataclass

import numpy as np

from showeditor.model.arrays import Floats
from showeditor.model.venue import Sky, Vec3, Venue

Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Skylight:
    """One sky over one venue, in linear light as the exposure of that hour sees it.

    `sun_way` and `moon_way` are unit vectors in the venue; `points` is how bright burning things look, `stars` how much
    of the night's stars is seen, `moon` the moon's brightness (0: none), `towns` that of far lamps.
    """

    zenith: Rgb
    horizon: Rgb
    town: Rgb
    hill: Rgb
    tree: Rgb
    land: Rgb
    sea: Rgb
    ambient: Rgb
    sunlight: Rgb
    sun_way: Vec3
    moon_way: Vec3
    points: float
    stars: float
    moon: float
    towns: float


_SUN = {"night": (40.0, 28.0), "dusk": (62.0, 6.0), "day": (145.0, 42.0)}
_MOON = (-37.0, 37.0)
_COLOURS: dict[Sky, dict[str, Rgb]] = {
    "night": {
        "zenith": (0.0011, 0.0016, 0.0052),
        "horizon": (0.0062, 0.0088, 0.0185),
        "town": (0.020, 0.0125, 0.0075),
        "hill": (0.0026, 0.0036, 0.0066),
        "tree": (0.0011, 0.0014, 0.0022),
        "land": (0.0027, 0.0031, 0.0036),
        "sea": (0.0007, 0.0015, 0.0030),
        "ambient": (0.0050, 0.0056, 0.0085),
        "sunlight": (0.0016, 0.0019, 0.0026),
    },
    "dusk": {
        "zenith": (0.010, 0.020, 0.062),
        "horizon": (0.070, 0.082, 0.130),
        "town": (0.200, 0.085, 0.032),
        "hill": (0.014, 0.018, 0.030),
        "tree": (0.006, 0.007, 0.010),
        "land": (0.014, 0.016, 0.017),
        "sea": (0.003, 0.006, 0.012),
        "ambient": (0.050, 0.058, 0.090),
        "sunlight": (0.060, 0.028, 0.014),
    },
    "day": {
        "zenith": (0.145, 0.310, 0.760),
        "horizon": (0.620, 0.780, 1.000),
        "town": (0.100, 0.090, 0.060),
        "hill": (0.150, 0.215, 0.270),
        "tree": (0.040, 0.066, 0.034),
        "land": (0.150, 0.190, 0.085),
        "sea": (0.020, 0.040, 0.050),
        "ambient": (0.300, 0.350, 0.450),
        "sunlight": (0.950, 0.880, 0.740),
    },
}
_LEVELS: dict[Sky, tuple[float, float, float, float]] = {
    "night": (1.0, 1.0, 1.0, 1.0),
    "dusk": (0.75, 0.25, 0.6, 0.9),
    "day": (0.22, 0.0, 0.0, 0.0),
}
"""Burning things, stars, moon, far lamps."""


def _way(venue: Venue, aside_deg: float, up_deg: float) -> Vec3:
    turn, up = np.radians(venue.heading_deg + aside_deg), np.radians(up_deg)
    return float(np.sin(turn) * np.cos(up)), float(np.cos(turn) * np.cos(up)), float(np.sin(up))


def skylight(venue: Venue) -> Skylight:
    """The light over a venue. By day the sun stands behind the audience, at dusk it has set to the right of the show.

    Colours and levels are chosen by eye for one exposure each, not measured.
    """
    sky = venue.sky
    points, stars, moon, towns = _LEVELS[sky]
    return Skylight(
        **_COLOURS[sky],
        sun_way=_way(venue, *_SUN[sky]),
        moon_way=_way(venue, *_MOON),
        points=points,
        stars=stars,
        moon=moon,
        towns=towns,
    )


def sunward(sky: Skylight) -> Floats:
    """The level unit vector (x, y) towards the sun, set or not."""
    way = np.array(sky.sun_way[:2])
    return np.asarray(way / max(1e-9, float(np.hypot(*way))))
