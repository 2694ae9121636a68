"""The place of 《云起河湾》, a river bend: stand in the south, firing line on the far bank, a hill; and its drones."""

from fire import positions

from showeditor.model.music import PPQ, AtBeat
from showeditor.model.swarm import Fleet, Flight, Grid, LightKey, Placement, Rgb, Scene, Stitch
from showeditor.model.times import us
from showeditor.model.venue import Geodetic, Geofence, Seat, Venue, Wind, Zone

STAGE_Y_M = 76.0
"""The plane of the drone pictures: over the river, 74 m before the firing line, 100 m before the front row."""

DRONES = 120


def venue() -> Venue:
    """河湾剧场, a place that does not exist; its origin stands for a survey mark on the near bank."""
    return Venue(
        name="河湾剧场 River Bend Theatre",
        heading_deg=0.0,
        origin=Geodetic(latitude_deg=28.2, longitude_deg=113.6, altitude_m=42.0),
        zones=(
            Zone("river", "water", _river(), "河 the bend"),
            Zone("stand", "audience", ((-85.0, -78.0), (85.0, -78.0), (76.0, -24.0), (-76.0, -24.0)), "看台 stand"),
            Zone(
                "lawn",
                "audience",
                ((-170.0, -60.0), (-110.0, -72.0), (-104.0, -30.0), (-150.0, -20.0)),
                "草坪 west lawn",
            ),
            Zone(
                "terrace",
                "audience",
                ((-45.0, 330.0), (45.0, 330.0), (40.0, 362.0), (-40.0, 362.0)),
                "对岸台 far terrace",
            ),
            Zone(
                "boathouse",
                "building",
                ((150.0, -30.0), (190.0, -30.0), (190.0, -5.0), (150.0, -5.0)),
                "船坞 boathouse",
            ),
            Zone(
                "hill",
                "no_fly",
                ((-220.0, 235.0), (-70.0, 215.0), (110.0, 220.0), (240.0, 260.0), (90.0, 420.0), (-120.0, 410.0)),
                "山 hill",
            ),
        ),
        geofence=Geofence(ring=((-112.0, -6.0), (112.0, -6.0), (112.0, 112.0), (-112.0, 112.0)), ceiling_m=118.0),
        seats=(
            Seat("vip", "贵宾席 VIP", (0.0, -38.0, 8.0), (0.0, 90.0, 58.0)),
            Seat("left", "左看台 left stand", (-66.0, -44.0, 8.0), (0.0, 90.0, 56.0)),
            Seat("right", "右看台 right stand", (66.0, -44.0, 8.0), (0.0, 90.0, 56.0)),
            Seat("far", "对岸 far bank", (0.0, 345.0, 38.0), (0.0, 90.0, 60.0)),
        ),
        positions=positions(),
        wind=Wind(speed_mps=1.5, from_deg=255.0),
        water_level_m=-1.5,
    )


def _river() -> tuple[tuple[float, float], ...]:
    south = ((-320.0, -40.0), (-240.0, 8.0), (-130.0, 26.0), (0.0, 30.0), (130.0, 26.0), (240.0, 2.0), (320.0, -60.0))
    north = (
        (320.0, 50.0),
        (240.0, 104.0),
        (130.0, 128.0),
        (0.0, 134.0),
        (-130.0, 128.0),
        (-240.0, 108.0),
        (-320.0, 64.0),
    )
    return south + north


def fleet() -> Fleet:
    """120 drones on the near bank; spare ones hover dark behind the pictures."""
    return Fleet(
        id="D",
        model="rtk-dense",
        count=DRONES,
        name="云 cloud fleet",
        grid=Grid(origin_m=(-43.5, 6.0, 0.0), columns=30, spacing_m=3.0),
        park=Grid(origin_m=(-40.5, STAGE_Y_M + 16.0, 54.0), columns=28, spacing_m=3.0),
    )


def at(bar: int, beat: float = 1.0) -> AtBeat:
    """The moment of a bar and beat, counted from 1."""
    return AtBeat(round(((bar - 1) * 4 + beat - 1.0) * PPQ))


def _key(at_s: float, level: int, *, fade: bool = True, own: bool = True, tint: Rgb | None = None) -> LightKey:
    return LightKey(us(at_s), tint or (level, level, level), fade=fade, own=own)


def _breath(hold_s: float, beat_s: float, low: int, first_s: float = 0.0) -> list[LightKey]:
    """Full light on every beat, sinking to `low` before the next."""
    keys: list[LightKey] = []
    t = first_s
    while t + beat_s < hold_s:
        keys += [_key(t, 255, fade=False), _key(t + beat_s * 0.92, low)]
        t += beat_s
    return keys


def flight() -> Flight:
    """Mist on the water, the curl cloud drawn by light, two clouds, the ridge, 云 and 火, and dark home."""
    centre = (0.0, STAGE_Y_M)
    return Flight(
        id="night",
        fleet="D",
        name="云起河湾",
        takeoff=AtBeat(0),
        scenes=(
            Scene(
                "mist",
                "mist",
                at(6, 4),
                us(0.4),
                Placement((0.0, 30.0, 18.0)),
                name="起雾 mist",
                lights=(_key(-6.5, 0, fade=False), _key(-0.6, 170), _key(1.5, 130), _key(7.0, 70), _key(9.5, 0)),
            ),
            Scene(
                "cloud",
                "cloud",
                at(12),
                us(11.25),
                Placement((*centre, 22.0)),
                name="卷云 one cloud",
                stitch=Stitch(0, us(7.5)),
                lights=(
                    _key(0.0, 255, fade=False),
                    _key(7.5, 255),
                    _key(8.7, 190),
                    _key(10.0, 255),
                    _key(11.25, 255),
                    _key(15.0, 120),
                    _key(17.0, 120),
                ),
            ),
            Scene(
                "clouds",
                "clouds",
                at(21),
                us(28.0),
                Placement((*centre, 30.0)),
                name="双云 two clouds",
                lights=(_key(-5.0, 120), _key(0.0, 255), *_breath(27.0, 2.5, 120, 2.5), _key(28.0, 130)),
            ),
            Scene(
                "ridge",
                "ridge",
                at(37),
                us(16.75),
                Placement((*centre, 27.0)),
                name="山 ridge",
                lights=(_key(-6.0, 90), _key(-0.1, 90), *_breath(17.6, 1.25, 110), _key(18.0, 140), _key(20.0, 0)),
            ),
            Scene(
                "yun",
                "yun",
                at(49),
                us(6.25),
                Placement((*centre, 62.0)),
                name="云",
                lights=(_key(-0.05, 0), _key(0.0, 255, fade=False), _key(6.0, 255), _key(7.5, 150), _key(9.0, 0)),
            ),
            Scene(
                "huo",
                "huo",
                at(57),
                us(16.0),
                Placement((*centre, 61.0)),
                name="火",
                lights=(
                    _key(-0.05, 0),
                    _key(0.0, 255, fade=False),
                    *_breath(9.9, 0.625, 175, 1.25),
                    _key(10.0, 255),
                    _key(12.5, 120),
                    _key(15.5, 0),
                ),
            ),
        ),
    )
