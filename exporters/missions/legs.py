"""A drone's flight as the items of a mission, and a mission flown on paper back into a flight.

A mission has no clock. What it can say: wait so long, fly this leg at this speed, hold so long. Flown on paper, in
straight legs at exactly the stated speed and with no time lost at corners, that gives every moment, and so our own
files can be held against the plan; a real autopilot takes corners and vertical legs at its own settings and is late.
"""

from dataclasses import dataclass, field

import numpy as np

from exporters.missions.earth import from_earth, to_earth
from exporters.samples import Sampler
from exporters.smoothing import Flight
from showeditor.export.assembly import LONGEST_US
from showeditor.model.arrays import Floats
from showeditor.model.plan import Drones
from showeditor.model.venue import Geodetic

TAKEOFF, WAYPOINT, LAND, DELAY, SPEED, HOME, SPLINE = 22, 16, 21, 93, 178, 20, 82
ABSOLUTE, RELATIVE = 0, 3
STEP_US = 1_000_000
NEAR_M = 0.05
CLIMB_M = 2.5
SLOWEST_MPS = 0.3
MOST_ITEMS = 65_535
_DEGREES = 8
_METRES = 4
_PACE = 4
"""Decimals of degrees (1 mm), heights and speeds: the last bits of sines differ between processors, files must not."""

_USUAL_MPS = 5.0

Point = tuple[float, float, float]
"""Latitude and longitude in degrees, height above home in metres."""

Params = tuple[float | None, float | None, float | None, float | None, float | None, float | None, float | None]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a mission: command, frame and seven parameters (None: not given)."""

    command: int
    frame: int
    params: Params


@dataclass(frozen=True, slots=True)
class Mission:
    """The items of one drone and where its home lies."""

    name: str
    home: Geodetic
    items: list[Item] = field(default_factory=list)


def flies(drones: Drones, i: int) -> bool:
    """Whether drone `i` leaves its place at all."""
    rows = slice(int(drones.ctrl_start[drones.piece_start[i]]), int(drones.ctrl_start[drones.piece_start[i + 1]]))
    points = drones.ctrl[rows]
    return bool(len(points) and np.ptp(points, axis=0).max() > NEAR_M)


def mission_of(sampler: Sampler, i: int, origin: Geodetic) -> Mission:
    """The mission of drone `i`: wait, take off, a leg every second, holds, land."""
    drones = sampler.drones
    off, on = int(drones.off_us[i]), int(drones.on_us[i])
    grid = np.append(np.arange(off, max(on, off + STEP_US), STEP_US), max(on, off + STEP_US))
    places = sampler.places(i, grid)
    height = places[:, 2] - places[0, 2]
    high = np.nonzero(height >= min(CLIMB_M, 0.8 * float(height.max())))[0]
    up, down = int(max(1, high[0])), int(min(len(grid) - 2, high[-1])) if height.max() > 0 else len(grid) - 2
    down = max(up, down)
    home = to_earth(places[:1], origin)[0].tolist()
    mission = Mission(drones.name[i], Geodetic(round(home[0], _DEGREES), round(home[1], _DEGREES), round(home[2], 3)))
    points = _rounded(places, mission.home.altitude_m, origin)
    theres = from_earth(np.array(points) + np.array([0.0, 0.0, mission.home.altitude_m]), origin)
    desk = _Desk(mission, theres[0])
    desk.climb(points[up], theres[up], int(grid[up]), _pace(sampler, i, int(grid[up]), off))
    for k in range(up + 1, down + 1):
        desk.go(points[k], theres[k], int(grid[k]))
    desk.land(points[-1], _pace(sampler, i, int(grid[down]), int(grid[-1])), int(grid[down]))
    return mission


def _rounded(places: Floats, home_height_m: float, origin: Geodetic) -> list[Point]:
    """Latitude, longitude and height above home of places (n, 3), as many digits as a mission holds."""
    return [
        (round(lat, _DEGREES), round(lon, _DEGREES), round(height - home_height_m, _METRES))
        for lat, lon, height in to_earth(places, origin).tolist()
    ]


def _pace(sampler: Sampler, i: int, high_us: int, ground_us: int) -> float:
    """The mean speed over the upper half of the way between the ground and a height: one straight leg fits it best."""
    t = np.linspace(high_us, ground_us, 65).astype(np.int64)
    places = sampler.places(i, t)
    gone = np.linalg.norm(places - places[0], axis=1)
    half = int(np.argmax(2 * gone >= gone[-1]))
    return float(gone[half] / max(abs(int(t[half]) - high_us) * 1e-6, 0.01))


class _Desk:
    """Writes items and flies them on paper at once, so that rounded numbers never add up to a drift."""

    def __init__(self, mission: Mission, start: Floats) -> None:
        self.mission = mission
        self.t_s = 0.0
        self.at = start
        self.hold_from: int | None = None

    def _add(self, command: int, *params: float | None) -> None:
        p = (*params, *(0.0,) * (7 - len(params)))
        self.mission.items.append(Item(command, RELATIVE, (p[0], p[1], p[2], p[3], p[4], p[5], p[6])))

    def _speed(self, mps: float) -> float:
        mps = round(mps, _PACE)
        self._add(SPEED, 1.0, mps, -1.0)
        return mps

    def climb(self, point: Point, there: Floats, t_us: int, slope: float) -> None:
        """Wait on the ground, then reach `point`, which lies at `there`, at `t_us`."""
        far = float(np.linalg.norm(there - self.at))
        speed = round(max(slope, SLOWEST_MPS, far / max(t_us * 1e-6, 1e-3)), _PACE)
        wait = round(max(0.0, t_us * 1e-6 - far / speed), 3)
        if wait > 0:
            self._add(DELAY, wait, -1.0, -1.0, -1.0)
        self._speed(speed)
        self._add(TAKEOFF, 0.0, 0.0, 0.0, None, *point)
        self.t_s, self.at = wait + far / speed, there

    def go(self, point: Point, there: Floats, t_us: int) -> None:
        """Be at `point` at `t_us`, or hold where it is when that is less than NEAR_M away."""
        far = float(np.linalg.norm(there - self.at))
        if far < NEAR_M:
            self.hold_from = t_us - STEP_US if self.hold_from is None else self.hold_from
            return
        self._held(t_us - STEP_US)
        speed = self._speed(far / max(t_us * 1e-6 - self.t_s, 0.05))
        self._add(WAYPOINT, 0.0, 0.0, 0.0, None, *point)
        self.t_s, self.at = self.t_s + far / speed, there

    def _held(self, until_us: int) -> None:
        """Write a hold that has lasted until now into the item that reached the place."""
        if self.hold_from is None:
            return
        wait = round(until_us * 1e-6 - self.t_s, 3)
        self.hold_from = None
        if wait <= 0:
            return
        last = self.mission.items[-1]
        if last.command == WAYPOINT:
            self.mission.items[-1] = Item(WAYPOINT, last.frame, (wait, *last.params[1:]))
        else:
            self._add(DELAY, wait, -1.0, -1.0, -1.0)
        self.t_s += wait

    def land(self, ground: Point, slope: float, t_us: int) -> None:
        """Descend to `ground`."""
        self._held(t_us)
        self._speed(max(slope, SLOWEST_MPS))
        self._add(LAND, 0.0, 0.0, 0.0, None, *ground)


def place_of(point: Point, home_height_m: float, origin: Geodetic) -> Floats:
    """The venue's place of latitude, longitude and height above home."""
    out: Floats = from_earth(np.array([[point[0], point[1], point[2] + home_height_m]]), origin)[0]
    return out


@dataclass(slots=True)
class Flown:
    """A mission flown on paper: the flight, items not understood, and whether a speed had to be assumed."""

    flight: Flight
    skipped: int = 0
    assumed: bool = False


def flown(mission: Mission, origin: Geodetic, speed_mps: float | None = None) -> Flown:
    """The flight of a mission; raises ValueError naming the item."""
    home = mission.home
    at = place_of((home.latitude_deg, home.longitude_deg, 0.0), home.altitude_m, origin)
    t, speed, out_t, out_p = 0.0, speed_mps, [0.0], [at]
    result = Flown(Flight(mission.name, np.zeros(0, np.int64), np.zeros((0, 3))))

    def stay(seconds: float) -> None:
        nonlocal t
        begin, whole = t, int(min(seconds, 1e6))
        for k in range(1, whole + 1):
            if begin + k < begin + seconds - 0.25 and whole < 5000:
                out_t.append(begin + k)
                out_p.append(at)
        t = begin + seconds
        if seconds > 0:
            out_t.append(t)
            out_p.append(at)

    for number, item in enumerate(mission.items, 1):
        p = item.params
        if item.command == DELAY and (p[0] or 0) > 0:
            stay(_number(p[0], number, 1e6))
        elif item.command == SPEED and (p[1] or 0) > 0:
            speed = _number(p[1], number, 1e4)
        elif item.command in (TAKEOFF, WAYPOINT, SPLINE, LAND):
            there = _target(item, number, home, origin, at)
            far = float(np.linalg.norm(there - at))
            if speed is None:
                speed, result.assumed = _USUAL_MPS, True
            if far > 1e-6:
                t += max(far / speed, 1e-5)
                out_t.append(t)
                out_p.append(there)
            at = there
            if item.command in (WAYPOINT, SPLINE) and (p[0] or 0) > 0:
                stay(_number(p[0], number, 1e6))
        elif item.command not in (DELAY, SPEED):
            result.skipped += 1
        if t * 1e6 > LONGEST_US:
            raise ValueError(f"item {number}: the mission lasts longer than 48 hours")
    t_us = np.floor(np.array(out_t) * 1e6 + 0.5).astype(np.int64)
    kept = np.concatenate([[True], np.diff(t_us) > 0])
    result.flight = Flight(mission.name, t_us[kept], np.array(out_p)[kept])
    return result


def _number(value: float | None, number: int, most: float) -> float:
    if value is None or not 0 <= value <= most:
        raise ValueError(f"item {number}: a number of 0 to {most:g} was expected, found {value}")
    return value


def _target(item: Item, number: int, home: Geodetic, origin: Geodetic, at: Floats) -> Floats:
    lat, lon, height = item.params[4], item.params[5], item.params[6]
    if item.frame not in (ABSOLUTE, RELATIVE, 6, 5):
        raise ValueError(f"item {number}: frame 0, 3, 5 or 6 was expected, found {item.frame}")
    height = 0.0 if height is None else height
    if item.frame in (ABSOLUTE, 5):
        height -= home.altitude_m
    if not lat and not lon:  # as autopilots take it: where the vehicle is
        up = place_of((home.latitude_deg, home.longitude_deg, height), home.altitude_m, origin)[2]
        return np.array([at[0], at[1], up])
    if lat is None or lon is None or not (abs(lat) <= 90 and abs(lon) <= 180 and abs(height) < 1e5):
        raise ValueError(f"item {number}: a latitude, a longitude and a height were expected")
    return place_of((lat, lon, height), home.altitude_m, origin)
