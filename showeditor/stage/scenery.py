"""What surrounds a show: noise, hills and the map of water and land as small textures, and a few stars."""

import numpy as np

from showeditor.model.arrays import Bytes, Flags, Floats
from showeditor.model.plan import Plan
from showeditor.model.venue import Ring, Venue
from showeditor.stage.stars import chance, mix32

NOISE = 256
RIDGE = 2048
SITE = 384
STARS = 420
TOWN_LAMPS = 132


def _lattice(cells: int, salt: int) -> Floats:
    at = np.arange(cells, dtype=np.uint32)
    return chance(mix32(at[:, None] * np.uint32(0x9E3779B9) ^ mix32(at[None, :] + np.uint32(salt))), salt)


def _smooth(size: int, cells: int, salt: int) -> Floats:
    """Value noise (size, size) that repeats, from a lattice of random numbers."""
    grid = _lattice(cells, salt)
    at = np.arange(size) * cells / size
    low = at.astype(np.int64)
    part = at - low
    part = part * part * (3.0 - 2.0 * part)
    high = (low + 1) % cells
    rows = grid[low] * (1 - part)[:, None] + grid[high] * part[:, None]
    return np.asarray(rows[:, low] * (1 - part) + rows[:, high] * part)


def noise_picture() -> Bytes:
    """Height, slope across, slope along and fine grain, uint8 (256, 256, 4), without seams."""
    height = sum(
        _smooth(NOISE, cells, salt) * gain for cells, salt, gain in ((8, 3, 0.45), (19, 5, 0.3), (43, 7, 0.25))
    )
    height = np.asarray(height)
    across = (np.roll(height, -1, 1) - np.roll(height, 1, 1)) / 2.0
    along = (np.roll(height, -1, 0) - np.roll(height, 1, 0)) / 2.0
    slopes = np.stack([across, along], axis=2)
    slopes = 0.5 + slopes * (0.17 / slopes.std())
    grain = _smooth(NOISE, 128, 11)
    level = (height - height.min()) / np.ptp(height)
    return np.asarray(np.clip(np.dstack([level, slopes, grain]) * 255.0 + 0.5, 0, 255), np.uint8)


def ridge_picture() -> Bytes:
    """Far hills (red), nearer trees (green) and the glow of towns (blue) around the compass, uint8 (1, 2048, 4)."""
    turn = np.arange(RIDGE) / RIDGE

    def wave(cells: int, salt: int) -> Floats:
        lattice = chance(np.arange(cells, dtype=np.uint32), salt)
        at = turn * cells
        low = at.astype(np.int64)
        part = at - low
        part = part * part * (3.0 - 2.0 * part)
        return np.asarray(lattice[low] * (1 - part) + lattice[(low + 1) % cells] * part)

    hills = 0.52 * wave(9, 31) + 0.27 * wave(23, 32) + 0.12 * wave(61, 33) + 0.06 * wave(180, 34) + 0.05
    trees = 0.25 + 0.35 * wave(37, 35) + 0.22 * wave(290, 36) + 0.16 * wave(900, 37)
    towns = np.clip(1.7 * wave(11, 38) - 0.75, 0.0, 1.0) * (0.7 + 0.3 * wave(67, 39))
    picture = np.zeros((1, RIDGE, 4))
    picture[0, :, 2] = towns
    picture[0, :, 0], picture[0, :, 1], picture[0, :, 3] = hills, trees, 1.0
    return np.asarray(np.clip(picture * 255.0 + 0.5, 0, 255), np.uint8)


def inside(ring: Ring, x: Floats, y: Floats) -> Flags:
    """Which points lie in the polygon (even-odd rule)."""
    found = np.zeros(np.broadcast(x, y).shape, bool)
    corners = np.array(ring, np.float64)
    for (x0, y0), (x1, y1) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y0 == y1:
            continue
        crossing = (y0 > y) != (y1 > y)
        found ^= crossing & (x < (x1 - x0) * (y - y0) / (y1 - y0) + x0)
    return found


def audience_ahead(venue: Venue) -> tuple[float, float]:
    """The unit vector (x, y) along which the audience looks."""
    heading = np.radians(venue.heading_deg)
    return float(np.sin(heading)), float(np.cos(heading))


def site_picture(venue: Venue) -> tuple[Bytes, tuple[float, float, float, float]]:
    """Where the water is, uint8 (384, 384, 4), and its box (low x, low y, 1 / width, 1 / depth).

    Zones of kind `water` say it; without any, the water reaches from the audience to just before the firing positions
    that stand above it, or to 150 m behind positions that float on it.
    """
    places = [p.at_m for p in venue.positions] + [s.eye_m for s in venue.seats] + [(0.0, 0.0, 0.0)]
    flat = np.array([(x, y) for x, y, *_ in places] + [c for z in venue.zones for c in z.ring], np.float64)
    middle = (flat.min(axis=0) + flat.max(axis=0)) / 2.0
    reach = max(600.0, float(np.ptp(flat, axis=0).max()) * 0.75)
    steps = middle[:, None] - reach + (np.arange(SITE) + 0.5) / SITE * 2.0 * reach
    x, y = np.meshgrid(steps[0], steps[1])
    rings = [z.ring for z in venue.zones if z.kind == "water"]
    wet = np.zeros((SITE, SITE), bool)
    if rings:
        for ring in rings:
            wet |= inside(ring, x, y)
    else:
        ahead = np.array(audience_ahead(venue))
        level = venue.water_level_m or 0.0
        dry = [p.at_m for p in venue.positions if p.at_m[2] > level + 0.2]
        floating = [p.at_m for p in venue.positions if p.at_m[2] <= level + 0.2]
        edge = 0.0
        if floating:
            edge = max(float(np.dot(ahead, p[:2])) for p in floating) + 150.0
        elif dry:
            edge = min(float(np.dot(ahead, p[:2])) for p in dry) - 14.0
        forward = x * ahead[0] + y * ahead[1]
        bend = 7.0 * np.sin((x * ahead[1] - y * ahead[0]) / 83.0) + 3.0 * np.sin((x * ahead[1] - y * ahead[0]) / 31.0)
        wet = forward < edge + bend
        near = [float(np.dot(ahead, c)) for z in venue.zones if z.kind == "audience" for c in z.ring]
        if near:
            wet &= forward > max(near) + 4.0
    picture = np.zeros((SITE, SITE, 4), np.uint8)
    soft = wet.astype(np.float64)
    for axis in (0, 1):
        soft = (np.roll(soft, 1, axis) + 2.0 * soft + np.roll(soft, -1, axis)) / 4.0 * 1.0
    soft[[0, -1]], soft[:, [0, -1]] = wet[[0, -1]], wet[:, [0, -1]]
    picture[..., 0] = soft * 255.0 + 0.5
    low = middle - reach
    return picture, (float(low[0]), float(low[1]), 0.5 / reach, 0.5 / reach)


def night_stars() -> tuple[Floats, Floats]:
    """Directions (n, 3) and lights (n, 3) of a few faint stars above the hills."""
    number = np.arange(STARS, dtype=np.uint32)
    up = 0.10 + 0.88 * chance(number, 41)
    turn = 2.0 * np.pi * chance(number, 42)
    level = np.sqrt(1.0 - up * up)
    direction = np.stack([level * np.sin(turn), level * np.cos(turn), up], axis=1)
    bright = 0.02 + 0.30 * chance(number, 43) ** 5
    tint = chance(number, 44)[:, None]
    light = (np.array([1.0, 0.86, 0.72]) * tint + np.array([0.74, 0.85, 1.0]) * (1.0 - tint)) * bright[:, None]
    return direction, light * np.minimum(1.0, up * 4.0)[:, None]


def town_lights(venue: Venue) -> tuple[Floats, Floats]:
    """Places (n, 3) and lights (n, 3) of far lamps in clusters around the site, one to two kilometres away."""
    number = np.arange(TOWN_LAMPS, dtype=np.uint32)
    cluster = mix32(number // np.uint32(11) + np.uint32(77))
    turn = 2.0 * np.pi * (chance(cluster, 51) + 0.045 * (chance(number, 52) - 0.5))
    away = 1_050.0 + 900.0 * chance(cluster, 53) + 160.0 * chance(number, 54)
    level = venue.water_level_m or 0.0
    up = level + 3.0 + 16.0 * chance(number, 55) ** 2
    places = np.stack([away * np.sin(turn), away * np.cos(turn), up], axis=1)
    warm = chance(number, 56)[:, None]
    light = np.array([1.0, 0.62, 0.28]) * warm + np.array([0.95, 0.90, 0.82]) * (1.0 - warm)
    return places, light * (0.10 + 0.75 * chance(number, 57) ** 3)[:, None]


def ground_level(plan: Plan) -> float:
    """The height of water or land that the picture stands on, m."""
    return plan.venue.water_level_m if plan.venue.water_level_m is not None else 0.0
