"""From where a show is seen: orbit, straight views, seats; projection both ways. Plain numpy, angles in degrees.

Pixels run right and down from the top left corner of the picture, pixel centres at halves.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from showeditor.model.arrays import Floats
from showeditor.model.plan import Plan
from showeditor.model.venue import Seat, Vec3, Venue

NEAR_M, FAR_M = 1.0, 20_000.0
_STEEPEST = 89.9
_LOW_EYE_M = 14.0


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera that circles `target_m` at `distance_m`.

    `azimuth_deg` is the compass heading it looks along, `elevation_deg` its height above the target seen from there
    (negative: it looks up). `height_m` > 0 makes it orthographic with so many metres from bottom to top.
    """

    target_m: Vec3 = (0.0, 0.0, 100.0)
    distance_m: float = 450.0
    azimuth_deg: float = 0.0
    elevation_deg: float = 0.0
    fov_deg: float = 50.0
    height_m: float = 0.0

    @property
    def eye_m(self) -> Floats:
        """Where the camera stands, float64 (3,)."""
        return np.asarray(np.array(self.target_m) - self.axes()[2] * self.distance_m)

    def axes(self) -> tuple[Floats, Floats, Floats]:
        """Unit vectors to the right, up and forward."""
        a, e = np.radians(self.azimuth_deg), np.radians(self.elevation_deg)
        forward = np.array([np.sin(a) * np.cos(e), np.cos(a) * np.cos(e), -np.sin(e)])
        right = np.array([np.cos(a), -np.sin(a), 0.0])
        return right, np.cross(right, forward), forward

    def world_to_clip(self, size: tuple[int, int]) -> Floats:
        """The matrix (4, 4) that takes venue columns (x, y, z, 1) to clip space for a picture of (width, height)."""
        right, up, forward = self.axes()
        eye = self.eye_m
        view = np.eye(4)
        view[0, :3], view[1, :3], view[2, :3] = right, up, -forward
        view[:3, 3] = -view[:3, :3] @ eye
        aspect = size[0] / size[1]
        lens = np.zeros((4, 4))
        if self.height_m > 0.0:
            far = self.distance_m + FAR_M
            lens[0, 0], lens[1, 1] = 2.0 / (self.height_m * aspect), 2.0 / self.height_m
            lens[2, 2], lens[2, 3], lens[3, 3] = -2.0 / (far - NEAR_M), -(far + NEAR_M) / (far - NEAR_M), 1.0
        else:
            focal = 1.0 / np.tan(np.radians(self.fov_deg) / 2.0)
            lens[0, 0], lens[1, 1], lens[3, 2] = focal / aspect, focal, -1.0
            lens[2, 2], lens[2, 3] = (FAR_M + NEAR_M) / (NEAR_M - FAR_M), 2.0 * FAR_M * NEAR_M / (NEAR_M - FAR_M)
        return np.asarray(lens @ view)

    def metre_px(self, size: tuple[int, int]) -> float:
        """Pixels of one metre at clip w = 1 (divide by w: the distance, or 1 when orthographic)."""
        if self.height_m > 0.0:
            return size[1] / self.height_m
        return float(size[1] / (2.0 * np.tan(np.radians(self.fov_deg) / 2.0)))

    def project(self, places_m: ArrayLike, size: tuple[int, int]) -> Floats:
        """Pixels (n, 2) and clip w (n, 1) of places (n, 3), as float64 (n, 3); w <= 0 lies behind the camera."""
        places = np.atleast_2d(np.asarray(places_m, np.float64))
        clip = np.concatenate([places, np.ones((len(places), 1))], axis=1) @ self.world_to_clip(size).T
        w = clip[:, 3:]
        flat = clip[:, :2] / np.where(np.abs(w) < 1e-9, 1e-9, w)
        return np.concatenate([(flat * [0.5, -0.5] + 0.5) * np.array(size), w], axis=1)

    def pick_ray(self, x_px: float, y_px: float, size: tuple[int, int]) -> tuple[Floats, Floats]:
        """Origin (3,) and unit direction (3,) of the ray through a pixel."""
        right, up, forward = self.axes()
        x, y = 2.0 * x_px / size[0] - 1.0, 1.0 - 2.0 * y_px / size[1]
        aspect = size[0] / size[1]
        if self.height_m > 0.0:
            aside = (right * x * aspect + up * y) * self.height_m / 2.0
            return self.eye_m + aside, forward
        slope = np.tan(np.radians(self.fov_deg) / 2.0)
        ray = forward + (right * x * aspect + up * y) * slope
        return self.eye_m, ray / np.sqrt((ray**2).sum())

    def orbit(self, right_deg: float, up_deg: float) -> "Camera":
        """The camera carried around its target."""
        elevation = float(np.clip(self.elevation_deg + up_deg, -_STEEPEST, _STEEPEST))
        return replace(self, azimuth_deg=(self.azimuth_deg + right_deg) % 360.0, elevation_deg=elevation)

    def pan(self, dx_px: float, dy_px: float, size: tuple[int, int]) -> "Camera":
        """The camera moved so that the target's surroundings follow the pointer by these pixels."""
        right, up, _ = self.axes()
        scale = 1.0 if self.height_m > 0.0 else self.distance_m
        step = (-right * dx_px + up * dy_px) * scale / self.metre_px(size)
        x, y, z = np.array(self.target_m) + step
        return replace(self, target_m=(float(x), float(y), float(z)))

    def zoom(self, factor: float) -> "Camera":
        """Nearer by `factor` (2: half the distance)."""
        factor = max(1e-3, factor)
        if self.height_m > 0.0:
            return replace(self, height_m=float(np.clip(self.height_m / factor, 1.0, FAR_M)))
        return replace(self, distance_m=float(np.clip(self.distance_m / factor, 2.0, FAR_M / 2.0)))


def seat_view(seat: Seat, fov_deg: float = 62.0) -> Camera:
    """What somebody on this seat sees when looking at its `look_m`."""
    eye, look = np.array(seat.eye_m, np.float64), np.array(seat.look_m, np.float64)
    way = look - eye
    distance = max(1e-3, float(np.sqrt((way**2).sum())))
    return Camera(
        target_m=seat.look_m,
        distance_m=distance,
        azimuth_deg=float(np.degrees(np.arctan2(way[0], way[1]))) % 360.0,
        elevation_deg=float(-np.degrees(np.arcsin(np.clip(way[2] / distance, -1.0, 1.0)))),
        fov_deg=fov_deg,
    )


def reach_of(plan: Plan) -> tuple[Floats, Floats]:
    """The box (low (3,), high (3,)) in metres that holds what a plan shows, with room for open bursts."""
    parts: list[Floats] = [np.array([p.at_m for p in plan.venue.positions], np.float64).reshape(-1, 3)]
    if len(plan.bursts):
        looks = np.array([look.speed_mps * min(1.2, look.life_s) for look in plan.looks] or [0.0])
        room = np.minimum(90.0, 0.55 * looks[plan.bursts.look] * plan.bursts.scale)[:, None]
        end = plan.bursts.origin_m + plan.bursts.velocity_mps * 0.8
        parts += [plan.bursts.origin_m, plan.bursts.origin_m - room, plan.bursts.origin_m + room, end]
    if len(plan.drones):
        parts += [plan.drones.ctrl, plan.drones.home_m]
    every = np.concatenate([part for part in parts if len(part)] or [np.array([[-100.0, -100.0, 0.0]])])
    low, high = every.min(axis=0), every.max(axis=0)
    low[2] = 0.0
    return np.minimum(low, high - 40.0), np.maximum(high, [low[0] + 40.0, low[1] + 40.0, 120.0])


def _framed(plan: Plan, azimuth_deg: float, elevation_deg: float, fov_deg: float, aspect: float) -> Camera:
    low, high = reach_of(plan)
    camera = Camera((0.0, 0.0, 0.0), 1.0, azimuth_deg, elevation_deg, fov_deg)
    right, up, forward = camera.axes()
    corners = np.array([[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])
    middle = (low + high) / 2.0
    slope = np.tan(np.radians(fov_deg) / 2.0)
    local = corners - middle
    need = np.maximum(np.abs(local @ right) / aspect, np.abs(local @ up)) / slope - local @ forward
    x, y, z = middle
    return replace(camera, target_m=(float(x), float(y), float(z)), distance_m=float(need.max() * 1.06))


def _from_below(plan: Plan, azimuth_deg: float, aspect: float) -> Camera:
    level = _framed(plan, azimuth_deg, 0.0, 50.0, aspect)
    rise = np.arctan2(level.target_m[2] - _LOW_EYE_M, level.distance_m)
    return _framed(plan, azimuth_deg, -float(np.degrees(max(0.0, rise))), 50.0, aspect)


def front(plan: Plan, aspect: float = 16 / 9) -> Camera:
    """The whole show from the audience's side, along the venue's heading, from low above the ground."""
    return _from_below(plan, plan.venue.heading_deg, aspect)


def side(plan: Plan, aspect: float = 16 / 9) -> Camera:
    """The whole show from the right hand of the audience, at right angles to the venue's heading."""
    return _from_below(plan, (plan.venue.heading_deg - 90.0) % 360.0, aspect)


def top(plan: Plan, aspect: float = 16 / 9) -> Camera:
    """The whole show from above, orthographic, the audience at the bottom edge."""
    seen = _framed(plan, plan.venue.heading_deg, _STEEPEST, 50.0, aspect)
    height = 2.0 * seen.distance_m * float(np.tan(np.radians(25.0)))
    return replace(seen, height_m=height, distance_m=2_000.0)


def home_view(plan: Plan, aspect: float = 16 / 9) -> Camera:
    """The view a show opens with: its first seat, else from the front."""
    return seat_view(plan.venue.seats[0]) if plan.venue.seats else front(plan, aspect)


def seat_of(venue: Venue, name: str) -> Seat:
    """The seat with this id or name; raises KeyError naming the seats there are."""
    for seat in venue.seats:
        if name in (seat.id, seat.name):
            return seat
    raise KeyError(f"no seat {name!r}; the venue has {', '.join(s.id for s in venue.seats) or 'none'}")
