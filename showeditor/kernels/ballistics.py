"""Flight under quadratic drag in wind: muzzle speed, path from lift to break, fall to the ground.

One equation for all: v' = g - k(h) |v - w| (v - w), with k(h) = k0 exp(-h / 10400 m), k0 = rho0 Cd A / (2 m) at the
mortar's level (rho0 = 1.225 kg/m3) and h the height above it; classical Runge-Kutta. Model and constants:
safety-and-physics sections 2.1 and 2.5.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from showeditor.kernels.jit import Floats, f8, f8_1, f8_2, inlined, kernel, out_f8_1, out_f8_2, out_f8_3

GRAVITY_MPS2 = 9.81
AIR_KGPM3 = 1.225
AIR_SCALE_M = 10_400.0
TERMS = 7
FASTEST_MPS = 400.0

_NODES = 24
_STEP_S = 0.04
_FALL_STEP_S = 0.02
_LONGEST_FALL_S = 300.0
_LONGEST_RISE_S = 120.0

State = tuple[float, float, float, float, float, float]


_GAUGE_M, _LOWEST_M = 10.0, 1.0
"""Where wind is measured, and the height below which the power law is not followed (as model/air.py)."""


@inlined
def _pull(z: float, vx: float, vy: float, vz: float, k0: float, wx: float, wy: float, wz: float) -> State:
    ax, ay, az = vx - wx, vy - wy, vz - wz
    drag = k0 * math.exp(-z / AIR_SCALE_M) * math.sqrt(ax * ax + ay * ay + az * az)
    return vx, vy, vz, -drag * ax, -drag * ay, -GRAVITY_MPS2 - drag * az


@inlined
def _stepped(s: State, k0: float, wx: float, wy: float, wz: float, h: float) -> State:
    x, y, z, vx, vy, vz = s
    a = _pull(z, vx, vy, vz, k0, wx, wy, wz)
    q = 0.5 * h
    b = _pull(z + q * a[2], vx + q * a[3], vy + q * a[4], vz + q * a[5], k0, wx, wy, wz)
    c = _pull(z + q * b[2], vx + q * b[3], vy + q * b[4], vz + q * b[5], k0, wx, wy, wz)
    d = _pull(z + h * c[2], vx + h * c[3], vy + h * c[4], vz + h * c[5], k0, wx, wy, wz)
    w = h / 6.0
    return (
        x + w * (a[0] + 2.0 * (b[0] + c[0]) + d[0]),
        y + w * (a[1] + 2.0 * (b[1] + c[1]) + d[1]),
        z + w * (a[2] + 2.0 * (b[2] + c[2]) + d[2]),
        vx + w * (a[3] + 2.0 * (b[3] + c[3]) + d[3]),
        vy + w * (a[4] + 2.0 * (b[4] + c[4]) + d[4]),
        vz + w * (a[5] + 2.0 * (b[5] + c[5]) + d[5]),
    )


@inlined
def _flown(s: State, k0: float, wx: float, wy: float, wz: float, span: float) -> State:
    count = max(1, math.ceil(span / _STEP_S))
    h = span / count
    for _ in range(count):
        s = _stepped(s, k0, wx, wy, wz, h)
    return s


@inlined
def _apex(speed: float, k0: float) -> tuple[float, float]:
    # height and time of the apex of a vertical shot in still air
    s = (0.0, 0.0, 0.0, 0.0, 0.0, speed)
    t = 0.0
    # bodies too light for the step give no number; they must not keep the loop going either
    while t < _LONGEST_RISE_S:
        after = _stepped(s, k0, 0.0, 0.0, 0.0, _STEP_S)
        if after[5] <= 0.0:
            break
        s = after
        t += _STEP_S
    # the last part of a step: Newton on the vertical speed, which is almost linear there
    h = s[5] / GRAVITY_MPS2
    for _ in range(3):
        after = _stepped(s, k0, 0.0, 0.0, 0.0, h)
        h += after[5] / GRAVITY_MPS2
    after = _stepped(s, k0, 0.0, 0.0, 0.0, h)
    return after[2], t + h


@kernel(f8_1, f8_1, f8_1, out_f8_1, out_f8_1)
def _charges(height: Floats, drag: Floats, fuse: Floats, speed: Floats, time: Floats) -> None:
    for i in range(height.shape[0]):
        low, high = 0.0, FASTEST_MPS
        for _ in range(60):
            middle = 0.5 * (low + high)
            if fuse[i] > 0.0:
                reached = _flown((0.0, 0.0, 0.0, 0.0, 0.0, middle), drag[i], 0.0, 0.0, 0.0, fuse[i])[2]
            else:
                reached = _apex(middle, drag[i])[0]
            if reached < height[i]:
                low = middle
            else:
                high = middle
        speed[i] = high if high < FASTEST_MPS else np.nan
        time[i] = fuse[i] if fuse[i] > 0.0 else _apex(high, drag[i])[1]


@inlined
def _risen(s: State, k0: float, wx: float, wy: float, wz: float, span: float, base: float, exponent: float) -> State:
    # as `_flown`, in a wind that grows with height; it changes little within a step
    count = max(1, math.ceil(span / _STEP_S))
    h = span / count
    for _ in range(count):
        middle = s[2] + 0.5 * h * s[5]
        grown = (max(_LOWEST_M, base + middle) / _GAUGE_M) ** exponent
        s = _stepped(s, k0, grown * wx, grown * wy, grown * wz, h)
    return s


@kernel(f8_2, f8_1, f8_1, f8_1, f8_1, f8, f8_2, out_f8_3, out_f8_2, out_f8_2)
def _rises(
    muzzle: Floats,
    drag: Floats,
    fuse: Floats,
    wind: Floats,
    base: Floats,
    exponent: float,
    basis: Floats,
    rise: Floats,
    place: Floats,
    speed: Floats,
) -> None:
    wx, wy, wz = wind[0], wind[1], wind[2]
    for i in range(muzzle.shape[0]):
        for axis in range(3):
            for j in range(TERMS):
                rise[i, axis, j] = 0.0
        s = (0.0, 0.0, 0.0, muzzle[i, 0], muzzle[i, 1], muzzle[i, 2])
        now = 0.0
        for n in range(_NODES):
            then = 0.5 * fuse[i] * (1.0 - math.cos(math.pi * (n + 0.5) / _NODES))
            if exponent == 0.0:
                s = _flown(s, drag[i], wx, wy, wz, then - now)
            else:
                s = _risen(s, drag[i], wx, wy, wz, then - now, base[i], exponent)
            now = then
            for axis in range(3):
                for j in range(TERMS):
                    rise[i, axis, j] += s[axis] * basis[n, j]
        if exponent == 0.0:
            s = _flown(s, drag[i], wx, wy, wz, fuse[i] - now)
        else:
            s = _risen(s, drag[i], wx, wy, wz, fuse[i] - now, base[i], exponent)
        for axis in range(3):
            place[i, axis] = s[axis]
            speed[i, axis] = s[axis + 3]


@kernel(f8_2, f8_2, f8_1, f8_2, f8_1, f8, out_f8_2, out_f8_2, out_f8_1)
def _falls(
    start: Floats,
    launch: Floats,
    drag: Floats,
    wind: Floats,
    ground: Floats,
    step: float,
    place: Floats,
    speed: Floats,
    time: Floats,
) -> None:
    for i in range(start.shape[0]):
        wx, wy, wz = wind[i, 0], wind[i, 1], wind[i, 2]
        s = (start[i, 0], start[i, 1], start[i, 2] - ground[i], launch[i, 0], launch[i, 1], launch[i, 2])
        t = 0.0
        before = s
        while (s[2] > 0.0 or s[5] > 0.0) and t < _LONGEST_FALL_S:
            before = s
            s = _stepped(s, drag[i], wx, wy, wz, step)
            t += step
        if s[2] < 0.0 and t > 0.0:
            # bisect inside the last step for the moment of touching the ground
            low, high = 0.0, step
            for _ in range(40):
                middle = 0.5 * (low + high)
                after = _stepped(before, drag[i], wx, wy, wz, middle)
                if after[2] > 0.0:
                    low = middle
                else:
                    high = middle
            s = _stepped(before, drag[i], wx, wy, wz, high)
            t += high - step
        for axis in range(3):
            place[i, axis] = s[axis]
            speed[i, axis] = s[axis + 3]
        place[i, 2] += ground[i]
        time[i] = t


def _basis() -> Floats:
    # projection on Chebyshev polynomials at the nodes (discrete orthogonality = least squares at the nodes);
    # node n is visited in order of time, so its abscissa is -cos(pi (n + 1/2) / N)
    x = -np.cos(np.pi * (np.arange(_NODES) + 0.5) / _NODES)
    basis = np.empty((_NODES, TERMS))
    for j in range(TERMS):
        basis[:, j] = np.cos(j * np.arccos(x)) * (1.0 if j == 0 else 2.0) / _NODES
    return basis


_BASIS = _basis()


def drag_per_m(mass_kg: ArrayLike, diameter_m: ArrayLike, drag: ArrayLike) -> Floats:
    """k0 = rho0 Cd A / (2 m) in 1/m at the mortar's level, for a body of that mass, diameter and drag coefficient."""
    mass, diameter, cd = (np.asarray(v, dtype=np.float64) for v in (mass_kg, diameter_m, drag))
    return np.asarray(AIR_KGPM3 * cd * np.pi * diameter**2 / (8.0 * mass), dtype=np.float64)


def charges(height_m: ArrayLike, k0_per_m: ArrayLike, fuse_s: ArrayLike) -> tuple[Floats, Floats]:
    """Muzzle speeds (m/s) and fuse times (s) of vertical shots in still air; arrays of one length.

    With `fuse_s` 0 the shot's apex lies at `height_m` and the fuse burns till then; with a fuse time the shot is at
    that height when it ends. NaN where no speed below 400 m/s does it.
    """
    height, drag, fuse = (np.atleast_1d(np.asarray(v, dtype=np.float64)) for v in (height_m, k0_per_m, fuse_s))
    speed, time = np.empty(len(height)), np.empty(len(height))
    _charges(height, drag, fuse, speed, time)
    return speed, time


def rises(
    muzzle_mps: Floats,
    k0_per_m: Floats,
    fuse_s: Floats,
    wind_mps: Floats,
    base_m: ArrayLike = 0.0,
    exponent: float = 0.0,
) -> tuple[Floats, Floats, Floats]:
    """Paths from the muzzle to the end of the fuse, relative to the muzzle.

    `muzzle_mps` (n, 3), `k0_per_m` and `fuse_s` (n,), one wind (3,) as it blows 10 m up; with an exponent above 0 it
    grows with the height by a power law, `base_m` (n,) being the muzzles' heights. Returns Chebyshev coefficients
    (n, 3, 7) over [0, fuse] mapped to [-1, 1] (degree 6, least squares at 24 Chebyshev nodes), the end place (n, 3) and
    velocity. The fit stays within 2 cm for shells from 38 mm and comets, within 6 cm for lighter bombettes and mine
    stars.
    """
    n = len(fuse_s)
    rise, place, speed = np.empty((n, 3, TERMS)), np.empty((n, 3)), np.empty((n, 3))
    _rises(
        np.ascontiguousarray(muzzle_mps, dtype=np.float64),
        np.ascontiguousarray(k0_per_m, dtype=np.float64),
        np.ascontiguousarray(fuse_s, dtype=np.float64),
        np.ascontiguousarray(wind_mps, dtype=np.float64),
        np.ascontiguousarray(np.broadcast_to(np.asarray(base_m, dtype=np.float64), (n,))),
        float(exponent),
        _BASIS,
        rise,
        place,
        speed,
    )
    return rise, place, speed


def fall_to_ground(
    place_m: ArrayLike,
    velocity_mps: ArrayLike,
    k0_per_m: ArrayLike,
    wind_mps: ArrayLike,
    ground_m: ArrayLike = 0.0,
) -> tuple[Floats, Floats, Floats]:
    """Where bodies that never break come down: places (n, 3), velocities (n, 3) there, and flight times (n,).

    `place_m` and `velocity_mps` (n, 3) at the start (the muzzle for a dud), `k0_per_m` (n,), `wind_mps` (3,) or (n, 3),
    `ground_m` one height or (n,). A body that starts below the ground and sinks stays where it is.
    """
    start = np.ascontiguousarray(place_m, dtype=np.float64)
    n = len(start)
    launch = np.ascontiguousarray(velocity_mps, dtype=np.float64)
    drag = np.ascontiguousarray(np.broadcast_to(np.asarray(k0_per_m, dtype=np.float64), (n,)))
    wind = np.ascontiguousarray(np.broadcast_to(np.asarray(wind_mps, dtype=np.float64), (n, 3)))
    ground = np.ascontiguousarray(np.broadcast_to(np.asarray(ground_m, dtype=np.float64), (n,)))
    place, speed, time = np.empty((n, 3)), np.empty((n, 3)), np.empty(n)
    _falls(start, launch, drag, wind, ground, _FALL_STEP_S, place, speed, time)
    return place, speed, time


@kernel(f8_1, f8_1, f8_1, f8_1, f8_1, out_f8_2)
def _aims(heading: Floats, lean: Floats, pan: Floats, tilt: Floats, angle: Floats, out: Floats) -> None:
    for i in range(heading.shape[0]):
        # shot in the device's frame (lean to the right), then the cue's tilt towards pan, then the rack, then heading
        a = math.radians(angle[i])
        right, forward, up = math.sin(a), 0.0, math.cos(a)
        p, t = math.radians(pan[i]), math.radians(tilt[i])
        # rotation by t that carries up towards the horizontal direction (sin p, cos p)
        dx, dy = math.sin(p), math.cos(p)
        along = right * dx + forward * dy
        across = right * dy - forward * dx
        lifted = up * math.cos(t) - along * math.sin(t)
        along = along * math.cos(t) + up * math.sin(t)
        right, forward, up = along * dx + across * dy, along * dy - across * dx, lifted
        rack = math.radians(lean[i])
        forward, up = forward * math.cos(rack) + up * math.sin(rack), up * math.cos(rack) - forward * math.sin(rack)
        h = math.radians(heading[i])
        out[i, 0] = right * math.cos(h) + forward * math.sin(h)
        out[i, 1] = forward * math.cos(h) - right * math.sin(h)
        out[i, 2] = up


def aims(heading_deg: Floats, lean_deg: Floats, pan_deg: Floats, tilt_deg: Floats, angle_deg: Floats) -> Floats:
    """Unit directions (n, 3) of shots in the venue's frame (x east, y north, z up).

    In the device a shot leans `angle_deg` to the right; the cue tilts the device by `tilt_deg` towards `pan_deg`
    (clockwise from the heading); the rack leans by `lean_deg` towards `heading_deg` (clockwise from north).
    """
    out = np.empty((len(heading_deg), 3))
    heading, lean, pan, tilt, angle = (
        np.ascontiguousarray(v, dtype=np.float64) for v in (heading_deg, lean_deg, pan_deg, tilt_deg, angle_deg)
    )
    _aims(heading, lean, pan, tilt, angle, out)
    return out


@kernel(f8_2, out_f8_1, out_f8_1)
def _bearings(direction: Floats, azimuth: Floats, tilt: Floats) -> None:
    for i in range(direction.shape[0]):
        x, y, z = direction[i, 0], direction[i, 1], direction[i, 2]
        across = math.sqrt(x * x + y * y)
        tilt[i] = math.degrees(math.atan2(across, z))
        # rounding noise of a vertical shot has no azimuth
        azimuth[i] = math.degrees(math.atan2(x, y)) % 360.0 if across > 1e-9 else 0.0


def bearings(direction: Floats) -> tuple[Floats, Floats]:
    """Azimuths (degrees clockwise from north; 0 when vertical) and tilts from the vertical of directions (n, 3)."""
    azimuth, tilt = np.empty(len(direction)), np.empty(len(direction))
    _bearings(np.ascontiguousarray(direction, dtype=np.float64), azimuth, tilt)
    return azimuth, tilt
