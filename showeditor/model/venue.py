"""The place: frame, audience, zones, geofence, seats, firing positions.

Frame: right-handed metres, x east, y north, z up, origin at the surveyed point.
"""

from typing import Literal

import msgspec

from showeditor.model.backdrop import Panorama, PlanImage, Terrain
from showeditor.model.births import finite, named, not_negative, positive, within

Vec3 = tuple[float, float, float]
Ring = tuple[tuple[float, float], ...]

ZoneKind = Literal["audience", "building", "special", "road", "dry_grass", "water", "no_fly"]
Sky = Literal["night", "dusk", "day"]


class Geodetic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the origin lies on the earth (WGS84 degrees, metres above sea level)."""

    latitude_deg: float
    longitude_deg: float
    altitude_m: float = 0.0

    def __post_init__(self) -> None:
        within("latitude_deg", self.latitude_deg, -90.0, 90.0)
        within("longitude_deg", self.longitude_deg, -180.0, 180.0)
        finite("altitude_m", self.altitude_m)


class Zone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A polygon on the ground with a meaning; the ring is open (the last corner joins the first).

    `height_m` is how high a building stands above the ground, or up to where a no-fly zone reaches, `floor_m` from
    where on it does; None: nobody has said (a building), without end (a no-fly zone).
    """

    id: str
    kind: ZoneKind
    ring: Ring
    name: str = ""
    height_m: float | None = None
    floor_m: float | None = None

    def __post_init__(self) -> None:
        named("zone id", self.id)
        if self.floor_m is not None:
            finite(f"floor of zone {self.id!r}", self.floor_m)
            if self.height_m is not None:
                positive(f"height of zone {self.id!r} above its floor", self.height_m - self.floor_m)
        if self.height_m is not None:
            positive(f"height of zone {self.id!r}", self.height_m)
        if len(self.ring) < 3:
            raise ValueError(f"zone {self.id!r} needs at least 3 corners, got {len(self.ring)}")
        for x, y in self.ring:
            finite(f"corner of zone {self.id!r}", x, y)


class Geofence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The air that drones may use: a polygon, a floor and a ceiling above the origin."""

    ring: Ring
    floor_m: float = 0.0
    ceiling_m: float = 120.0

    def __post_init__(self) -> None:
        if len(self.ring) < 3:
            raise ValueError(f"a geofence needs at least 3 corners, got {len(self.ring)}")
        for x, y in self.ring:
            finite("geofence corner", x, y)
        finite("geofence floor", self.floor_m)
        positive("geofence height", self.ceiling_m - self.floor_m)


class Seat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named place from which the show is seen, and where it looks."""

    id: str
    name: str
    eye_m: Vec3
    look_m: Vec3 = (0.0, 0.0, 80.0)

    def __post_init__(self) -> None:
        named("seat id", self.id)
        finite("seat", *self.eye_m, *self.look_m)


class Position(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A firing position: its place, the compass heading it faces and the lean of its racks.

    `heading_deg` is clockwise from north and gives the direction that the rack leans to by `tilt_deg`. `controller`
    is the firing system chosen for it (a controller's id; empty: any).
    """

    id: str
    name: str
    at_m: Vec3
    heading_deg: float = 0.0
    tilt_deg: float = 0.0
    controller: str = ""

    def __post_init__(self) -> None:
        named("position id", self.id)
        finite("position", *self.at_m, self.heading_deg)
        within("tilt_deg", self.tilt_deg, 0.0, 180.0)


class Wind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Wind as measured 10 m above the ground: speed and the compass direction it blows from.

    `exponent` is that of the power law by which it grows with height; 0 is a uniform wind, 0.15 is usual over open
    country (safety-and-physics 1.8), more over towns. model/air.py has the law.
    """

    speed_mps: float = 0.0
    from_deg: float = 0.0
    exponent: float = 0.0

    def __post_init__(self) -> None:
        not_negative("wind speed", self.speed_mps)
        within("exponent of the wind", self.exponent, 0.0, 0.6)
        finite("wind direction", self.from_deg)


class Venue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The site of a show.

    `heading_deg` (clockwise from north) is the way the audience faces; it turns the front view and
    billboards, never coordinates. `water_level_m` None means no water in the picture. `sky` is the light the show is
    seen in; `plan_image`, `terrain` and `panorama` are pictures of it, for the eye alone.
    `firework_ceiling_m` is how high fireworks may get above the origin by the permit, `least_lit_m` how high
    above the mortar burning stars of shells must be out (None: nobody has said).
    """

    name: str = "site"
    heading_deg: float = 0.0
    origin: Geodetic | None = None
    zones: tuple[Zone, ...] = ()
    geofence: Geofence | None = None
    seats: tuple[Seat, ...] = ()
    positions: tuple[Position, ...] = ()
    wind: Wind = Wind()
    water_level_m: float | None = None
    sky: Sky = "night"
    firework_ceiling_m: float | None = None
    least_lit_m: float | None = None
    plan_image: PlanImage | None = None
    terrain: Terrain | None = None
    panorama: Panorama | None = None

    def __post_init__(self) -> None:
        named("venue name", self.name)
        finite("venue heading", self.heading_deg)
        if self.firework_ceiling_m is not None:
            positive("firework_ceiling_m", self.firework_ceiling_m)
        if self.least_lit_m is not None:
            positive("least_lit_m", self.least_lit_m)
        if self.water_level_m is not None:
            finite("water_level_m", self.water_level_m)
