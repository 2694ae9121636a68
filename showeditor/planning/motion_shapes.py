"""Where the points of a moving formation are at a moment of its motion."""

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from showeditor.model.arrays import Floats, Longs
from showeditor.model.motions import Dance, Follow, Morph, Motion, Poses, Scatter, Swell, Turn
from showeditor.planning.light_shapes import chances

Course = Callable[[float], Floats]
"""Places (n, 3) of all points at a time in seconds since the motion began."""

_AXES = {"x": 0, "y": 1, "z": 2}


def eased(share: float) -> float:
    """Minimum jerk from 0 to 1: at rest at both ends."""
    s = min(1.0, max(0.0, share))
    return s * s * s * (10.0 + s * (6.0 * s - 15.0))


def course(motion: Motion, points_m: Floats, point: Longs, other_m: Floats | None) -> Course:
    """The course of the points (n, 3), which are those numbered `point` of their formation.

    `other_m`: the places (n, 3) that a morph flies to.
    """
    length = motion.for_us * 1e-6
    middle = 0.5 * (points_m.min(axis=0) + points_m.max(axis=0))
    if isinstance(motion, Turn):
        return lambda t: middle + (points_m - middle) @ _turned(motion, eased(t / length))
    if isinstance(motion, Swell):
        return _swell(motion, points_m, length)
    if isinstance(motion, Morph):
        end = points_m if other_m is None else other_m
        return lambda t: points_m + (end - points_m) * eased(t / length)
    if isinstance(motion, Scatter):
        drawn = [chances(motion.seed, point, np.full_like(point, k)) for k in range(3)]
        stray = (2.0 * np.stack(drawn, axis=1) - 1.0) * motion.stray_m
        away = (points_m - middle) * (motion.factor - 1.0) + stray
        return lambda t: points_m + away * (eased(2.0 * t / length) * eased(2.0 - 2.0 * t / length))
    if isinstance(motion, Follow):
        curve = _curve(np.concatenate([np.zeros((1, 3)), np.array(motion.through_m)]))
        return lambda t: points_m + curve(eased(t / length))
    return _dance(motion, points_m, point)


def _turned(motion: Turn, share: float) -> Floats:
    """A matrix for rows: the turn about one axis."""
    angle = math.radians(motion.degrees) * share
    c, s = math.cos(angle), math.sin(angle)
    if motion.axis == "z":
        return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    if motion.axis == "y":
        return np.array([[c, 0.0, -s], [0.0, 1.0, 0.0], [s, 0.0, c]])
    return np.array([[1.0, 0.0, 0.0], [0.0, c, s], [0.0, -s, c]])


def _swell(motion: Swell, points_m: Floats, length: float) -> Course:
    along = points_m[:, _AXES[motion.along]]
    phase = 2.0 * math.pi * (along - along.min()) / motion.length_m
    period = motion.period_us * 1e-6
    rise = min(0.5 * length, period)
    towards = np.zeros(3)
    towards[_AXES[motion.towards]] = motion.amplitude_m

    def at(t: float) -> Floats:
        envelope = eased(t / rise) * eased((length - t) / rise)
        return np.asarray(
            points_m + (envelope * np.sin(2.0 * math.pi * t / period - phase))[:, None] * towards, np.float64
        )

    return at


def _curve(stations: Floats) -> Callable[[float], Floats]:
    """A Catmull-Rom curve through stations (k, 3) by a share of its chords' length."""
    lengths = np.maximum(np.sqrt((np.diff(stations, axis=0) ** 2).sum(axis=1)), 1e-9)
    at = np.concatenate([[0.0], np.cumsum(lengths)]) / lengths.sum()
    slope = np.empty_like(stations)
    slope[0] = (stations[1] - stations[0]) / (at[1] - at[0])
    slope[-1] = (stations[-1] - stations[-2]) / (at[-1] - at[-2])
    for k in range(1, len(stations) - 1):
        slope[k] = (stations[k + 1] - stations[k - 1]) / (at[k + 1] - at[k - 1])

    def place(share: float) -> Floats:
        k = min(len(lengths) - 1, max(0, int(np.searchsorted(at, share, "right")) - 1))
        return _hermite(stations[k], stations[k + 1], slope[k], slope[k + 1], at[k + 1] - at[k], share - at[k])

    return place


def _hermite(a: Floats, b: Floats, slope_a: Floats, slope_b: Floats, span: float, since: float) -> Floats:
    u = since / span
    out: Floats = (
        a * (1.0 - u * u * (3.0 - 2.0 * u))
        + b * (u * u * (3.0 - 2.0 * u))
        + slope_a * (span * u * (1.0 - u) ** 2)
        - slope_b * (span * u * u * (1.0 - u))
    )
    return out


@lru_cache(maxsize=8)
def joint_places(poses: Poses) -> Floats:
    """Places (poses, joints, 3) in metres."""
    values = np.frombuffer(poses.unpacked(), "<i4").reshape(poses.count, poses.joints, 3)
    return values / 1000.0


def hung(joints_m: Floats, bones: tuple[tuple[int, int, float], ...]) -> Floats:
    """Places of points on bones, for joints (..., joints, 3)."""
    a, b = np.array([bone[0] for bone in bones]), np.array([bone[1] for bone in bones])
    share = np.array([bone[2] for bone in bones])[:, None]
    return np.asarray(joints_m[..., a, :] * (1.0 - share) + joints_m[..., b, :] * share)


def _dance(motion: Dance, points_m: Floats, point: Longs) -> Course:
    bones = tuple(motion.bones[int(k)] for k in point)
    places = hung(joint_places(motion.poses), bones)
    # the figure begins where its formation stands
    places = places + (points_m - places[0])
    length, ease = motion.for_us * 1e-6, motion.ease_us * 1e-6
    last = len(places) - 1

    def at(t: float) -> Floats:
        frame = min(float(last), last * _played(t, length, ease))
        k = min(last - 1, int(frame))
        before, after = max(0, k - 1), min(last, k + 2)
        slope_a = (places[k + 1] - places[before]) / (k + 1 - before)
        slope_b = (places[after] - places[k]) / (after - k)
        return _hermite(places[k], places[k + 1], slope_a, slope_b, 1.0, frame - k)

    return at


def _played(t: float, length: float, ease: float) -> float:
    """The share of a recording played by t: an even pace that comes on and goes off smoothly within `ease`."""

    def ramp(x: float) -> float:
        # the way under a speed that rises as 3x^2 - 2x^3
        return ease * (x**3 - 0.5 * x**4)

    t = min(length, max(0.0, t))
    whole = length - ease
    if t < ease:
        way = ramp(t / ease)
    elif t > length - ease:
        way = whole - ramp((length - t) / ease)
    else:
        way = t - 0.5 * ease
    return way / whole
