"""A `.skyc` as a plan."""

import base64
import binascii
from dataclasses import dataclass, field
from typing import Any

import msgspec
import numpy as np

from exporters.lightcode import Allowance, run
from exporters.payload import Fire
from exporters.skyc.archive import Archive
from exporters.skyc.burdens import fires_in, yaw_of
from exporters.skyc.frame import ORIENTATION_DEG, to_venue
from exporters.skyc.place import At, real, snake
from exporters.skyc.returning import returns_in
from exporters.skyc.writing import MOST_DRONES
from showeditor.export.assembly import Key, Keys, Path
from showeditor.model.arrays import Floats
from showeditor.model.errors import BadFile
from showeditor.model.limits import Limits
from showeditor.model.plan import Mark
from showeditor.model.venue import Geodetic, Geofence, Ring, Venue, Zone

Place = tuple[float, float, float]
_Point = tuple[float, Place, list[Place]]
_LONGEST_S = 48 * 3600.0


class _Trajectory(msgspec.Struct):
    points: list[_Point]
    version: int = 1
    takeoffTime: float | None = None
    takeoff_time: float | None = None
    landingTime: float | None = None
    landing_time: float | None = None


class _Bare(msgspec.Struct):
    points: list[list[float]] | str
    version: int = 0
    takeoffTime: float | None = None
    takeoff_time: float | None = None


@dataclass(slots=True)
class Contents:
    """What the files of one set hold, collected file by file."""

    paths: list[Path] = field(default_factory=list)
    fires: list[list[Fire]] = field(default_factory=list)
    title: str = ""
    stated: dict[str, float] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    venue: Venue = field(default_factory=Venue)
    placed: bool = False
    left_out: dict[str, list[str]] = field(default_factory=dict)
    allowance: Allowance = field(default_factory=Allowance)

    def take(self, archive: Archive) -> None:
        """Add one file; raises BadFile with the member and field."""
        show = archive.json("show.json")
        if not isinstance(show, dict):
            raise BadFile(archive.file, "show.json", "an object was expected")
        if show.get("version") != 1 or isinstance(show["version"], bool):
            raise BadFile(archive.file, "show.json: version", f"1 was expected, found {show.get('version')!r:.40}")
        at = At(archive, "show.json")
        orientation = self._environment(at, show)
        self._settings(at, show, orientation)
        meta = at.object(show, "meta")
        self.title = self.title or str(meta.get("title", ""))[:200]
        drones = at.object(show, "swarm").get("drones")
        if not isinstance(drones, list) or not drones:
            raise BadFile(archive.file, "show.json: swarm.drones", "a list of at least one drone was expected")
        if len(drones) > MOST_DRONES:
            raise BadFile(
                archive.file,
                "show.json: swarm.drones",
                f"at most {MOST_DRONES} drones were expected, found {len(drones)}",
            )
        for number, entry in enumerate(drones, 1):
            self._drone(at, entry, number, orientation)

    def _environment(self, at: At, show: dict[str, Any]) -> float:
        location = at.object(at.object(show, "environment"), "location")
        if not location:
            return ORIENTATION_DEG
        self.placed = True
        orientation = at.number(location, "orientation", 0.0)
        origin = location.get("origin")
        if isinstance(origin, list) and len(origin) >= 2 and all(real(v) for v in origin):
            altitude = origin[2] / 1e3 if len(origin) > 2 else 0.0
            try:
                place = Geodetic(origin[0] / 1e7, origin[1] / 1e7, altitude)
            except ValueError as error:
                raise at.bad("environment.location.origin", str(error)) from error
            self.venue = msgspec.structs.replace(self.venue, origin=place)
        return orientation

    def _settings(self, at: At, show: dict[str, Any], orientation: float) -> None:
        settings = at.object(show, "settings")
        validation = at.object(settings, "validation")
        for key in validation:
            value = validation[key]
            if real(value):
                self.stated.setdefault(_camel(key), float(value))
        for item in at.items(at.object(settings, "cues"), "items"):
            if isinstance(item, dict) and real(item.get("time")) and abs(item["time"]) < _LONGEST_S:
                self.marks.append(Mark(str(item.get("name", ""))[:200], round(item["time"] * 1e6)))
        ceiling = self.stated.get("maxAltitude", Limits().max_altitude_m)
        for number, polygon in enumerate(at.items(at.object(settings, "geofence"), "polygons"), 1):
            self._polygon(at, polygon, number, orientation, ceiling)

    def _polygon(self, at: At, polygon: object, number: int, orientation: float, ceiling: float) -> None:
        where = f"settings.geofence.polygons[{number}]"
        points = polygon.get("points") if isinstance(polygon, dict) else None
        if not isinstance(polygon, dict) or not isinstance(points, list) or not 3 <= len(points) <= 10_000:
            raise at.bad(where, "an object with at least 3 points was expected")
        if not all(isinstance(p, list) and len(p) >= 2 and real(p[0]) and real(p[1]) for p in points):
            raise at.bad(where, "points of two or three numbers were expected")
        flat = to_venue(np.array([[p[0], p[1], 0.0] for p in points], dtype=np.float64), orientation)
        ring: Ring = tuple((float(x), float(y)) for x, y, _ in flat)
        try:
            if polygon.get("isInclusion", polygon.get("is_inclusion", True)):
                if self.venue.geofence is None:
                    self.venue = msgspec.structs.replace(self.venue, geofence=Geofence(ring, 0.0, ceiling))
                else:
                    self.left_out.setdefault("second geofence", []).append(where)
            else:
                zone = Zone(f"no-fly {len(self.venue.zones) + 1}", "no_fly", ring)
                self.venue = msgspec.structs.replace(self.venue, zones=(*self.venue.zones, zone))
        except ValueError as error:
            raise at.bad(where, str(error)) from error

    def _drone(self, at: At, entry: object, number: int, orientation: float) -> None:
        where = f"swarm.drones[{number}]"
        settings, base = at.archive.follow(entry.get("settings") if isinstance(entry, dict) else None, at.member)
        if not isinstance(settings, dict):
            raise at.bad(where, "an object with settings was expected")
        name = settings.get("name")
        name = name if isinstance(name, str) and name.strip() else f"Drone {number}"
        clean = "".join(c for c in name if c.isprintable())[:100]
        here = At(at.archive, base, clean)
        path = Path(clean, (0.0, 0.0, 0.0), fleet=_group(settings))
        _fly(here, settings, path, orientation)
        home = settings.get("home")
        if isinstance(home, list) and len(home) == 3 and all(real(v) for v in home):
            x, y, z = to_venue(np.array(home, dtype=np.float64), orientation).tolist()
            path.home_m = (x, y, z)
        lights, member = at.archive.follow(settings.get("lights"), base)
        if lights is None:  # Skybrush shows such a drone white
            path.keys = [Key(0, (255, 255, 255, 0))]
        elif isinstance(lights, dict):
            self._light(At(at.archive, member, clean), lights, path)
        yaw, member = at.archive.follow(settings.get("yawControl", settings.get("yaw_control")), base)
        if isinstance(yaw, dict):
            turns = yaw_of(At(at.archive, member, clean), yaw, orientation)
            if turns is None:
                self.left_out.setdefault("yaw that follows the flight", []).append(clean)
            path.yaw = turns or ()
        pyro, member = at.archive.follow(settings.get("pyro"), base)
        self.fires.append(fires_in(At(at.archive, member, clean), pyro) if isinstance(pyro, dict) else [])
        homing, member = at.archive.follow(settings.get("rthPlan", settings.get("rth_plan")), base)
        if isinstance(homing, dict):
            rows = returns_in(At(at.archive, member, clean), homing, orientation)
            if rows is None:
                self.left_out.setdefault("return plan", []).append(clean)
            path.returns = rows or ()
        self.paths.append(path)

    def _light(self, at: At, lights: dict[str, Any], path: Path) -> None:
        data = lights.get("data", "")
        if lights.get("version", 1) != 1 or not isinstance(data, str):
            raise at.bad("lights", "version 1 with base64 data was expected")
        try:
            code = base64.b64decode(data, validate=True)
            outcome = run(code, path.ends_us[-1] if path.ends_us else 0, self.allowance)
        except (binascii.Error, ValueError) as error:
            raise at.bad("lights", str(error)) from error
        path.keys = Keys.of(outcome.keys)
        if outcome.pyro:
            self.left_out.setdefault("pyro commands of light programs", []).append(path.name)
        if outcome.unknowable:
            self.left_out.setdefault("remote-controlled colours", []).append(path.name)


_CAMEL = {
    snake(k): k
    for k in (
        "maxAltitude", "maxVelocityXY", "maxVelocityZ", "maxVelocityZUp", "maxAccelerationXY", "maxAccelerationZ",
        "minDistance", "minNavAltitude",
    )
}  # fmt: skip
_CAMEL |= {
    "max_velocity_xy": "maxVelocityXY",
    "max_velocity_z_up": "maxVelocityZUp",
    "max_acceleration_xy": "maxAccelerationXY",
}


def _camel(name: str) -> str:
    return _CAMEL.get(name, name)


def _group(settings: dict[str, Any]) -> str:
    group = settings.get("group")
    return f"group {group}" if isinstance(group, int) and not isinstance(group, bool) and 0 <= group <= 255 else ""


def _fly(at: At, settings: dict[str, Any], path: Path, orientation: float) -> None:
    value = settings.get("trajectory")
    name = at.archive.target(value, at.member)
    member, text = (name, at.archive.content(name)) if name is not None else (at.member, msgspec.json.encode(value))
    here = At(at.archive, member, at.drone)
    place = f"{member}: {at.drone}: trajectory"
    head = here.archive.decoded(text, place, _Head)
    if head.version == 1:
        read = here.archive.decoded(text, place, _Trajectory)
        points = read.points
        landing = read.landingTime if read.landingTime is not None else read.landing_time
    elif head.version in (0, 2):
        points, landing = _bare(here, text), None
    else:
        raise here.bad("trajectory.version", f"0, 1 or 2 was expected, found {head.version}")
    takeoff = head.takeoffTime if head.takeoffTime is not None else head.takeoff_time
    if not points:
        raise here.bad("trajectory.points", "at least one point was expected")
    _pieces(here, points, takeoff or 0.0, path, orientation)
    last = path.ends_us[-1] if path.ends_us else path.start_us
    path.off_us = path.start_us if takeoff is None else _us(here, takeoff)
    path.on_us = max(path.off_us, last if landing is None else _us(here, landing))


class _Head(msgspec.Struct):
    version: int = 1
    takeoffTime: float | None = None
    takeoff_time: float | None = None


def _us(at: At, seconds: float) -> int:
    if not abs(seconds) < _LONGEST_S:
        raise at.bad("trajectory", f"a time within 48 hours was expected, found {seconds:g}")
    return round(seconds * 1e6)


def _bare(at: At, text: bytes) -> list[_Point]:
    """Points of the upload-only versions: lists of t, x, y, z (0) or the same as packed 32-bit floats (2)."""
    points = at.archive.decoded(text, at.member, _Bare).points
    if isinstance(points, str):
        try:
            packed = base64.b64decode(points, validate=True)
        except (binascii.Error, ValueError) as error:
            raise at.bad("trajectory.points", str(error)) from error
        if len(packed) % 16:
            raise at.bad("trajectory.points", "groups of four 32-bit numbers were expected")
        points = np.frombuffer(packed, dtype="<f4").astype(np.float64).reshape(-1, 4).tolist()
    if not all(len(p) == 4 for p in points):
        raise at.bad("trajectory.points", "lists of four numbers were expected")
    return [(p[0], (p[1], p[2], p[3]), []) for p in points]


def _pieces(at: At, points: list[_Point], takeoff: float, path: Path, orientation: float) -> None:
    if points[0][2]:
        raise at.bad("trajectory.points[1]", "no control points were expected at the first point")
    if any(len(p[2]) > 2 for p in points):
        raise at.bad("trajectory.points", "at most two control points were expected")
    flat = np.array([v for p in points for v in (*p[2], p[1])], dtype=np.float64)
    if not (np.abs(flat) < 1e6).all():  # also catches what is not a number
        raise at.bad("trajectory.points", "positions within 1000 km were expected")
    turned: Floats = to_venue(flat, orientation)
    times = [_us(at, takeoff + p[0]) for p in points]
    path.start_us = times[0]
    x, y, z = turned[0].tolist()
    path.home_m = (x, y, z)
    row = 0
    for k in range(1, len(points)):
        count = len(points[k][2]) + 1
        if times[k] <= times[k - 1]:
            raise at.bad(f"trajectory.points[{k + 1}]", "a later time than that of the point before was expected")
        ctrl = turned[row : row + count + 1]
        path.add(times[k], ctrl[:1] if (ctrl == ctrl[0]).all() else ctrl)
        row += count
    if len(points) == 1:
        path.add(path.start_us + 1000, turned[:1])


def limits_of(stated: dict[str, float]) -> tuple[Limits, bool]:
    """The limits that a file states, over the defaults, and whether it states any; senseless ones are passed over."""
    base = Limits()
    accel = [stated[k] for k in ("maxAccelerationXY", "maxAccelerationZ") if k in stated]
    down = stated.get("maxVelocityZ")
    values = {
        "min_gap_m": stated.get("minDistance"),
        "max_speed_xy_mps": stated.get("maxVelocityXY"),
        "max_speed_up_mps": stated.get("maxVelocityZUp", down),
        "max_speed_down_mps": down,
        "max_accel_mps2": min(accel) if accel else None,
        "max_altitude_m": stated.get("maxAltitude"),
        "min_nav_altitude_m": stated.get("minNavAltitude"),
    }
    known = {k: v for k, v in values.items() if v is not None and (v > 0 or k == "min_nav_altitude_m")}
    known = {k: v for k, v in known.items() if v >= 0}
    return msgspec.structs.replace(base, **known), bool(known)
