"""Places of the venue on the earth and back: east, north, up at the origin against WGS84 degrees and heights."""

from functools import lru_cache

import numpy as np

from showeditor.model.arrays import Floats, frozen
from showeditor.model.venue import Geodetic

_A = 6_378_137.0
_F = 1 / 298.257223563
_E2 = _F * (2 - _F)


def _ecef(lat: Floats, lon: Floats, height: Floats) -> Floats:
    n = _A / np.sqrt(1 - _E2 * np.sin(lat) ** 2)
    x, y = (n + height) * np.cos(lat) * np.cos(lon), (n + height) * np.cos(lat) * np.sin(lon)
    return np.stack([x, y, (n * (1 - _E2) + height) * np.sin(lat)], axis=-1)


@lru_cache(maxsize=8)
def _axes(origin: Geodetic) -> Floats:
    """East, north and up at the origin as rows, in earth-centred coordinates."""
    lat, lon = np.radians(origin.latitude_deg), np.radians(origin.longitude_deg)
    return frozen(
        [
            [-np.sin(lon), np.cos(lon), 0.0],
            [-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat)],
            [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)],
        ],
        np.float64,
        (3, 3),
    )


@lru_cache(maxsize=8)
def _centre(origin: Geodetic) -> Floats:
    lat, lon = np.radians(origin.latitude_deg), np.radians(origin.longitude_deg)
    return frozen(_ecef(np.asarray(lat), np.asarray(lon), np.asarray(origin.altitude_m)), np.float64, (3,))


def to_earth(places: Floats, origin: Geodetic) -> Floats:
    """Latitude and longitude in degrees and metres above sea level (n, 3) of places (n, 3) of the venue.

    Heights above sea level and above the ellipsoid are taken as one: only differences of height are flown. Latitude by
    fixed-point iteration (Bowring's start is not needed at these heights; it gains three digits a round).
    """
    p = places @ _axes(origin) + _centre(origin)
    flat = np.hypot(p[:, 0], p[:, 1])
    lat = np.arctan2(p[:, 2], flat * (1 - _E2))
    for _ in range(7):
        n = _A / np.sqrt(1 - _E2 * np.sin(lat) ** 2)
        lat = np.arctan2(p[:, 2] + _E2 * n * np.sin(lat), flat)
    n = _A / np.sqrt(1 - _E2 * np.sin(lat) ** 2)
    # the second form of the height is good at the poles, the first elsewhere
    steep = np.abs(lat) > 1.5
    height = np.where(
        steep, p[:, 2] / np.where(steep, np.sin(lat), 1.0) - n * (1 - _E2), flat / np.cos(np.where(steep, 0, lat)) - n
    )
    return np.stack([np.degrees(lat), np.degrees(np.arctan2(p[:, 1], p[:, 0])), height], axis=1)


def from_earth(points: Floats, origin: Geodetic) -> Floats:
    """The places (n, 3) of the venue at latitudes and longitudes in degrees and heights; inverse of `to_earth`."""
    p = _ecef(np.radians(points[:, 0]), np.radians(points[:, 1]), points[:, 2])
    out: Floats = (p - _centre(origin)) @ _axes(origin).T
    return out
