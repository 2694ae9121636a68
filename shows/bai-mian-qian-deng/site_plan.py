"""The place of 《百面千灯》: the river bend seen wide; a thousand drones on the near bank, five barges, a hill."""

import faces

from showeditor.model.light_effects import Gradient, Pulse, Twinkle, Wave, Wipe
from showeditor.model.music import PPQ, AtBeat
from showeditor.model.payload import Charge, Handling, Load, Sheet, Trigger
from showeditor.model.swarm import Fleet, Flight, Grid, LightKey, Placement, Rgb, Scene
from showeditor.model.times import us
from showeditor.model.venue import Geodetic, Geofence, Position, Seat, Venue, Wind, Zone

BAR_S = 2.0
"""One bar of four quarters at 120 a minute."""

STAGE_Y_M = 112.0
"""The plane of the drone pictures."""

BANK_Y_M, REAR_Y_M, BARGE_Y_M = 262.0, 300.0, 204.0
STEP_M = 16.0
FRONT = tuple(f"A{k}" for k in range(1, 15))
REAR = tuple(f"B{k}" for k in range(1, 15))
BARGES = tuple(f"S{k}" for k in range(1, 6))


def positions() -> tuple[Position, ...]:
    """Fourteen positions on the far bank, fourteen behind them for the larger calibres, five barges on the river."""
    row = [Position(p, f"前岸 bank {p}", ((k - 6.5) * STEP_M, BANK_Y_M, 1.0)) for k, p in enumerate(FRONT)]
    row += [Position(p, f"后岸 rear {p}", ((k - 6.5) * STEP_M, REAR_Y_M, 1.0)) for k, p in enumerate(REAR)]
    row += [Position(p, f"船 barge {p}", ((k - 2) * 46.0, BARGE_Y_M, 0.0)) for k, p in enumerate(BARGES)]
    return tuple(row)


def venue() -> Venue:
    """河湾剧场, a place that does not exist."""
    river = (
        (-420.0, 96.0), (420.0, 96.0), (420.0, 236.0), (-420.0, 236.0),
    )  # fmt: skip
    return Venue(
        name="河湾剧场 River Bend Theatre, wide",
        heading_deg=0.0,
        origin=Geodetic(latitude_deg=28.2, longitude_deg=113.6, altitude_m=42.0),
        zones=(
            Zone("river", "water", river, "河 the river"),
            Zone(
                "stand",
                "audience",
                ((-120.0, -170.0), (120.0, -170.0), (110.0, -105.0), (-110.0, -105.0)),
                "看台 stand",
            ),
            Zone(
                "terrace",
                "audience",
                ((345.0, 250.0), (400.0, 250.0), (400.0, 350.0), (345.0, 350.0)),
                "东台 east terrace",
            ),
            Zone(
                "hill",
                "no_fly",
                ((-300.0, 480.0), (300.0, 480.0), (220.0, 640.0), (-220.0, 640.0)),
                "山 hill",
            ),
        ),
        geofence=Geofence(ring=((-128.0, -6.0), (128.0, -6.0), (128.0, 148.0), (-128.0, 148.0)), ceiling_m=119.0),
        seats=(
            Seat("vip", "贵宾席 VIP", (0.0, -116.0, 9.0), (0.0, 112.0, 62.0)),
            Seat("left", "左看台 left stand", (-90.0, -120.0, 9.0), (0.0, 112.0, 60.0)),
            Seat("right", "右看台 right stand", (90.0, -120.0, 9.0), (0.0, 112.0, 60.0)),
        ),
        positions=positions(),
        wind=Wind(speed_mps=1.5, from_deg=200.0),
        water_level_m=-1.5,
    )


def fleet(carriers: tuple[int, ...] = ()) -> Fleet:
    """A thousand drones on the near bank; the few that a picture does not need hover dark behind it."""
    return Fleet(
        id="D",
        model="rtk-dense",
        count=faces.DRONES,
        name="千灯 lantern fleet",
        grid=Grid(origin_m=(-73.5, 4.0, 0.0), columns=50, spacing_m=3.0),
        park=Grid(origin_m=(-73.5, STAGE_Y_M + 18.0, 30.0), columns=50, spacing_m=3.0),
        loads=(tassels(carriers),) if carriers else (),
    )


TASSELS = (1, 3, 5, 496, 500, 502, 504, 506)
"""Points at the feet of 剧院 under which nobody flies."""


def tassels(drones: tuple[int, ...]) -> Load:
    """流苏: eight small gold falls, over the water, under these drones; the figures are examples of a test firing."""
    source = "example of this show: what its crew would measure"
    sheet = Sheet(source, cone_deg=8.0, reach_m=9.0, fall_m=8.0, fall_s=1.5, recoil_ns=0.1)
    handling = Handling(0.1, 8.0, 3.0, 2.0, 3.0, source)
    charge = Charge(1, "10s Gold Waterfall", mass_kg=0.06, sheet=sheet)
    return Load("tassels", (charge,), drones, "流苏 tassels", (handling,))


def at(bar: int, beat: float = 1.0) -> AtBeat:
    """The moment of a bar and beat, counted from 1."""
    return AtBeat(round(((bar - 1) * 4 + beat - 1.0) * PPQ))


def _level(at_s: float, level: int, *, fade: bool = True) -> LightKey:
    return LightKey(us(at_s), (level, level, level), fade=fade, own=True)


def _scene(
    id_: str,
    name: str,
    bar: int,
    bars: int,
    z: float,
    effects: tuple = (),
    *,
    y: float = 0.0,
    glow: int = 0,
    triggers: tuple[Trigger, ...] = (),
) -> Scene:
    """A picture that stands from a bar for so many bars; it lights up as it arrives and goes dark after."""
    hold = bars * BAR_S
    return Scene(
        id=id_,
        formation=id_,
        arrive=at(bar),
        hold_us=us(hold),
        place=Placement((0.0, STAGE_Y_M + y, z)),
        name=name,
        lights=(
            _level(-2.0, glow, fade=False),
            _level(0.0, 255),
            _level(hold, 255),
            _level(hold + 3.0, glow),
        ),
        effects=effects,
        triggers=triggers,
    )


def _changes(face: tuple[int, ...], hold_s: float) -> tuple[Wipe | Gradient, ...]:
    """变脸: a wipe brings the next colour role, which then stays up to the next wipe; nobody moves."""
    out: list[Wipe | Gradient] = []
    roles: tuple[tuple[str, float, str, bool], ...] = (
        ("white", 22.0, "x", False), ("black", 44.0, "z", True), ("red", 58.0, "radius", False),
        ("gold", 72.0, "z", False),
    )  # fmt: skip
    for k, (role, start, along, backwards) in enumerate(roles):
        colour: Rgb = faces.ROLES[role]
        end = roles[k + 1][1] if k + 1 < len(roles) else hold_s
        out.append(Wipe(us(start), us(1.0), colour, points=face, along=along, backwards=backwards))
        stays = us(end + (1.0 if k + 1 < len(roles) else 0.0) - start - 1.0)
        out.append(Gradient(us(start + 1.0), stays, colour, points=face, end=colour))
    # a later wipe lies over the colour that stays
    return tuple(out)


def flight(face: tuple[int, ...]) -> Flight:
    """Lanterns, the dragon among them, the mask and its four faces, fret and seal, 剧院, and dark home."""
    return Flight(
        id="night",
        fleet="D",
        name="百面千灯",
        takeoff=AtBeat(0),
        scenes=(
            _scene(
                "lanterns", "千灯", 36, 14, 20.0, (Twinkle(us(2.0), us(24.0), faces.GOLD, period_us=us(2.5)),), y=-24.0
            ),
            _scene(
                "dragon",
                "灯中龙",
                68,
                18,
                14.0,
                (Wave(us(1.0), us(34.0), faces.GOLD, "brightest", along="x", period_us=us(4.0)),),
            ),
            _scene("mask", "脸谱 变脸", 106, 45, 16.0, _changes(face, 90.0)),
            _scene(
                "seal",
                "回纹与印",
                172,
                15,
                16.0,
                (Pulse(us(0.5), us(28.0), (255, 255, 255), "multiply", period_us=us(2.0), low=0.6),),
            ),
            _scene("theatre", "剧院", 206, 20, 24.0, triggers=(Trigger("tassels", us(12.0), 1, points=TASSELS),)),
        ),
    )
