"""Plan: what will physically happen, as read-only arrays. Picture, check, exporters and clock read nothing else.

All times are microseconds from show zero, all places metres in the venue's frame (x east, y north, z up).
Rows that belong to one owner lie together and are found through `..._start` arrays of length owners + 1.
"""

from collections.abc import Sized
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

from showeditor.model.arrays import Bytes, Flags, Floats, Ints, Longs, Shorts, Singles, frozen
from showeditor.model.carried import Carriers, Ignitions
from showeditor.model.control import Licence
from showeditor.model.cue import Controller
from showeditor.model.finding import Finding
from showeditor.model.limits import Limits
from showeditor.model.look import Look
from showeditor.model.music import Music
from showeditor.model.stage import CaptionSpan, StageEvent
from showeditor.model.timecode import Timecode
from showeditor.model.venue import Venue
from showeditor.model.waiver import Waiver

RISE_TERMS = 7
"""Chebyshev coefficients per axis of a shot's path from lift to break (degree 6)."""


class ShotKind(IntEnum):
    """What leaves the tube; safety distances differ by it."""

    SHELL = 0
    COMET = 1
    MINE = 2
    OTHER = 3


def _check_same_length(what: str, n: int, **columns: Sized) -> None:
    for name, column in columns.items():
        have = len(column)
        if have != n:
            raise ValueError(f"{what}: column {name} has {have} rows, expected {n}")


@dataclass(frozen=True, slots=True)
class Firing:
    """The firing table, one row per ignition (cue), in the show's cue order.

    `module` and `pin` are -1 where a cue has no address yet. `azimuth_deg` (clockwise from north) and `tilt_deg`
    (from the vertical) give the direction of the first shot. `category`: Shells, Comets, Mines, Cakes, Candles,
    Single shots, Fountains, Flames, Set pieces, Smoke, Lanterns, Stage. `rack` and `hazard` (group) are empty where
    no cue has one.
    """

    cue: tuple[str, ...] = ()
    effect: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    controller: tuple[str, ...] = ()
    module: Ints = field(default_factory=lambda: frozen([], np.int32, (None,)))
    pin: Ints = field(default_factory=lambda: frozen([], np.int32, (None,)))
    ignition_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    bloom_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    end_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    calibre_mm: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    azimuth_deg: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    tilt_deg: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    place_m: Floats = field(default_factory=lambda: frozen([], np.float64, (None, 3)))
    rack: tuple[str, ...] = ()
    hazard: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.cue)

    def __post_init__(self) -> None:
        _check_same_length(
            "firing table",
            len(self.cue),
            effect=self.effect,
            category=self.category,
            position=self.position,
            controller=self.controller,
            module=self.module,
            pin=self.pin,
            ignition_us=self.ignition_us,
            bloom_us=self.bloom_us,
            end_us=self.end_us,
            calibre_mm=self.calibre_mm,
            azimuth_deg=self.azimuth_deg,
            tilt_deg=self.tilt_deg,
            place_m=self.place_m,
            rack=self.rack or self.cue,
            hazard=self.hazard or self.cue,
        )


@dataclass(frozen=True, slots=True)
class Shots:
    """Everything that leaves a tube: one row per shell, comet, mine or cake shot.

    `cue` is the row in the firing table. `lift_us` is when it leaves the tube, `break_us` when it breaks (shell) or
    ends its lit flight (comet, mine: they bloom at lift). `height_m` is the catalogue's break height for a vertical
    shot. `rise` holds Chebyshev coefficients (n, 3, 7) of the path over [lift_us, break_us] mapped to [-1, 1].
    `muzzle_mps` is the velocity vector at the muzzle; mass, diameter and drag coefficient feed the dud footprints.
    """

    cue: Ints = field(default_factory=lambda: frozen([], np.int32, (None,)))
    kind: Bytes = field(default_factory=lambda: frozen([], np.uint8, (None,)))
    calibre_mm: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    ignition_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    lift_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    break_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    end_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    origin_m: Floats = field(default_factory=lambda: frozen([], np.float64, (None, 3)))
    muzzle_mps: Floats = field(default_factory=lambda: frozen([], np.float64, (None, 3)))
    break_m: Floats = field(default_factory=lambda: frozen([], np.float64, (None, 3)))
    break_mps: Floats = field(default_factory=lambda: frozen([], np.float64, (None, 3)))
    height_m: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    mass_kg: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    diameter_m: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    drag: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    rise: Floats = field(default_factory=lambda: frozen([], np.float64, (None, 3, RISE_TERMS)))

    def __len__(self) -> int:
        return len(self.cue)

    def __post_init__(self) -> None:
        _check_same_length("shots", len(self.cue), kind=self.kind, break_us=self.break_us, rise=self.rise)


@dataclass(frozen=True, slots=True)
class Bursts:
    """What is seen: one row per layer of stars born together (a break, a mine, a comet, a shell's rising tail).

    `look` is a row of `Plan.looks`, `shot` the row in Shots. Stars are born at `birth_us` at `origin_m` moving with
    `velocity_mps` (added to each star's own velocity); `axis` is the unit axis of the template; `scale` multiplies the
    look's speed; `life_us` bounds the longest star with its trail. A rising tail (`rides` True) follows its shot's
    `rise` path instead of the star equation.
    """

    look: Ints = field(default_factory=lambda: frozen([], np.int32, (None,)))
    shot: Ints = field(default_factory=lambda: frozen([], np.int32, (None,)))
    birth_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    life_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    origin_m: Floats = field(default_factory=lambda: frozen([], np.float64, (None, 3)))
    velocity_mps: Floats = field(default_factory=lambda: frozen([], np.float64, (None, 3)))
    axis: Floats = field(default_factory=lambda: frozen([], np.float64, (None, 3)))
    scale: Singles = field(default_factory=lambda: frozen([], np.float32, (None,)))
    seed: Ints = field(default_factory=lambda: frozen([], np.int32, (None,)))
    rides: Flags = field(default_factory=lambda: frozen([], np.bool_, (None,)))

    def __len__(self) -> int:
        return len(self.look)


@dataclass(frozen=True, slots=True)
class Drones:
    """Drone paths as pieces of Bernstein polynomials, and light keys.

    Drone i flies pieces `piece_start[i]:piece_start[i+1]`; they join in time. Piece p runs over
    [`piece_t0_us[p]`, `piece_t1_us[p]`] with control points `ctrl[ctrl_start[p]:ctrl_start[p+1]]` (2 to 8 rows: degree
    1 to 7; one row: stands still). Before its first and after its last piece a drone stands at that end.
    Light: keys `key_start[i]:key_start[i+1]`; from `key_t_us` on the drone shows `key_rgbw`, reached by a ramp from the
    key before where `key_fade` is set; dark before the first key. `off_us`/`on_us`: leaves and reaches the ground.
    Heading: keys `yaw_start[i]:yaw_start[i+1]`, turning evenly from one to the next (degrees clockwise from north, not
    wrapped); `yaw_start` is [0] where nobody turns.
    Return plans: rows `return_start[i]:return_start[i+1]` ([0] where nobody has one). Called home at or before
    `return_t_us` (and after the row before), the drone flies on to that moment and then does `return_action` (0: lands
    where it is, 1: goes above its target at its own height, 2: goes there at another height), at last it comes down on
    `return_target_m`. `return_up_m`: height at arrival, and how far it rises first; `return_wait_us`: waits, rises,
    goes, waits; `return_pace`: most acceleration (m/s2) and landing speed (m/s), 0 where the file states none.
    """

    name: tuple[str, ...] = ()
    fleet: tuple[str, ...] = ()
    home_m: Floats = field(default_factory=lambda: frozen([], np.float64, (None, 3)))
    off_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    on_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    yaw_start: Longs = field(default_factory=lambda: frozen([0], np.int64, (None,)))
    yaw_t_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    yaw_deg: Floats = field(default_factory=lambda: frozen([], np.float64, (None,)))
    piece_start: Longs = field(default_factory=lambda: frozen([0], np.int64, (None,)))
    piece_t0_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    piece_t1_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    ctrl_start: Longs = field(default_factory=lambda: frozen([0], np.int64, (None,)))
    ctrl: Floats = field(default_factory=lambda: frozen([], np.float64, (None, 3)))
    key_start: Longs = field(default_factory=lambda: frozen([0], np.int64, (None,)))
    key_t_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    key_rgbw: Bytes = field(default_factory=lambda: frozen([], np.uint8, (None, 4)))
    key_fade: Flags = field(default_factory=lambda: frozen([], np.bool_, (None,)))
    return_start: Longs = field(default_factory=lambda: frozen([0], np.int64, (None,)))
    return_t_us: Longs = field(default_factory=lambda: frozen([], np.int64, (None,)))
    return_action: Bytes = field(default_factory=lambda: frozen([], np.uint8, (None,)))
    return_target_m: Floats = field(default_factory=lambda: frozen(np.zeros((0, 3)), np.float64, (None, 3)))
    return_up_m: Floats = field(default_factory=lambda: frozen(np.zeros((0, 2)), np.float64, (None, 2)))
    return_wait_us: Longs = field(default_factory=lambda: frozen(np.zeros((0, 4)), np.int64, (None, 4)))
    return_pace: Floats = field(default_factory=lambda: frozen(np.zeros((0, 2)), np.float64, (None, 2)))

    def __len__(self) -> int:
        return len(self.name)

    def __post_init__(self) -> None:
        n, m = len(self.name), len(self.piece_t0_us)
        _check_same_length("drones", n, fleet=self.fleet, home_m=self.home_m, off_us=self.off_us, on_us=self.on_us)
        _check_same_length("drones", n + 1, piece_start=self.piece_start, key_start=self.key_start if n else [0])
        _check_same_length("drone pieces", m, piece_t1_us=self.piece_t1_us)
        _check_same_length("drone pieces", m + 1, ctrl_start=self.ctrl_start)
        if len(self.yaw_t_us):
            _check_same_length("drones", n + 1, yaw_start=self.yaw_start)
        _check_same_length("yaw keys", len(self.yaw_t_us), yaw_deg=self.yaw_deg)
        if len(self.return_t_us):
            _check_same_length("drones", n + 1, return_start=self.return_start)
        _check_same_length(
            "return plans",
            len(self.return_t_us),
            return_action=self.return_action,
            return_target_m=self.return_target_m,
            return_up_m=self.return_up_m,
            return_wait_us=self.return_wait_us,
            return_pace=self.return_pace,
        )
        _check_same_length("light keys", len(self.key_t_us), key_rgbw=self.key_rgbw, key_fade=self.key_fade)


@dataclass(frozen=True, slots=True)
class ControllerSpec:
    """A firing controller: address ranges (inclusive) and clock tick as its maker states them, and how it stands here.

    Figures that nobody has stated are None. `igniters_per_pin`: how many in series a pin fires. `refires`: whether a
    pin may fire again (flames and relays only), `refire_gap_us` how soon. `module_gap_us`: least time between two
    impulses of one module. `most_cues`, `most_cues_per_module`: what a script holds. `hazard_groups`: how many the
    crew can disable. `idle_off_us`: after this long without a cue a module switches itself off. `timecode`: the kinds
    it follows. `ranges_known` False: the ranges are no more than what the format can write. `site`: the show's own
    entry.
    """

    id: str
    model: str
    title: str
    module_lo: int
    module_hi: int
    pin_lo: int
    pin_hi: int
    tick_us: int
    source: str
    slat_pins: int | None = None
    rails: int | None = None
    hosts: int | None = None
    igniters_per_pin: int | None = None
    refires: bool | None = None
    refire_gap_us: int | None = None
    module_gap_us: int | None = None
    most_cues: int | None = None
    most_cues_per_module: int | None = None
    hazard_groups: int | None = None
    idle_off_us: int | None = None
    timecode: tuple[str, ...] | None = None
    ranges_known: bool = True
    site: Controller | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A named moment of the plan: a marker, or where an `act` begins."""

    name: str
    t_us: int
    act: bool = False


@dataclass(frozen=True, slots=True)
class Calm:
    """A part of the show that is given only up to a wind."""

    name: str
    t0_us: int
    t1_us: int
    max_wind_mps: float


@dataclass(frozen=True, slots=True)
class Soundtrack:
    """The music as one channel of 16-bit samples (n,), the first of them at show time `start_us`.

    Put in by whoever publishes sound: a Plan is otherwise free of media.
    """

    rate: int
    start_us: int
    samples: Shorts

    def __post_init__(self) -> None:
        if not 8000 <= self.rate <= 192_000:
            raise ValueError(f"sample rate must lie between 8000 and 192000, got {self.rate}")
        if self.samples.ndim != 1 or self.samples.dtype != np.int16 or self.samples.flags.writeable:
            raise ValueError("a soundtrack must be a read-only array of 16-bit samples")


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Plan:
    """Everything that will happen, compiled from a Show or read from somebody else's file.

    `problems` are Findings met while compiling or reading (an unknown position, a formation larger than its fleet);
    the check repeats them. `date` is the day of the show (YYYY-MM-DD, empty: unknown). `limits` are the
    effective flight limits, `limits_source` says whose they are. `calms` are the parts of the night with a wind limit.
    `carriers`, `ignitions`: fireworks on drones (model/carried.py); `payload_bursts` are their pictures: `shot` is a
    row of `ignitions`, `look` one of `looks`, and none of them rides. `read_as` is the format of a file from
    elsewhere, empty for a plan that was compiled from a show.
    """

    title: str
    duration_us: int
    venue: Venue = Venue()
    firing: Firing = Firing()
    shots: Shots = Shots()
    bursts: Bursts = Bursts()
    looks: tuple[Look, ...] = ()
    drones: Drones = Drones()
    limits: Limits = Limits()
    limits_source: str = "program default"
    rules: str = "design-envelope"
    controllers: tuple[ControllerSpec, ...] = ()
    music: Music | None = None
    marks: tuple[Mark, ...] = ()
    problems: tuple[Finding, ...] = ()
    calms: tuple[Calm, ...] = ()
    date: str = ""
    waivers: tuple[Waiver, ...] = ()
    licences: tuple[Licence, ...] = ()
    timecode: Timecode = Timecode()
    stage: tuple[StageEvent, ...] = ()
    captions: tuple[CaptionSpan, ...] = ()
    soundtrack: Soundtrack | None = None
    carriers: Carriers = field(default_factory=Carriers)
    ignitions: Ignitions = field(default_factory=Ignitions)
    payload_bursts: Bursts = Bursts()
    read_as: str = ""
