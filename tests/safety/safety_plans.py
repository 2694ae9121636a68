"""Minimal plans: a quiet one that trips nothing, to which every test does one wrong thing."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike
from showeditor.kernels.ballistics import drag_per_m, rises
from showeditor.model.arrays import frozen
from showeditor.model.limits import Limits
from showeditor.model.plan import ControllerSpec, Drones, Firing, Plan, ShotKind, Shots
from showeditor.model.venue import Venue, Zone

S = 1_000_000
LIMITS = Limits(min_gap_m=2.0, max_speed_xy_mps=8.0, max_speed_up_mps=3.0, max_speed_down_mps=2.0, max_accel_mps2=3.0)
AUDIENCE = Zone("seats", "audience", ((-100.0, -300.0), (100.0, -300.0), (100.0, -400.0), (-100.0, -400.0)))
CONTROLLER = ControllerSpec("main", "cobra-6", "COBRA", 0, 199, 1, 18, 10_000, "test")

MORTAR = (400.0, 0.0, 0.0)
"""Far enough from the drones of every plan."""
FUSE_S = 4.0

Piece = tuple[float, float, ArrayLike]


def smooth(a: ArrayLike, b: ArrayLike) -> np.ndarray:
    """Control points of the least-jerk way from a to b."""
    return np.repeat(np.array([a, b], dtype=np.float64), 3, axis=0)


def night(x: float, y: float, *way: Piece, top: float = 30.0) -> list[Piece]:
    """Up from the pad at (x, y) in 30 s, the way given, and down from its end in 60 s."""
    rise: Piece = (0.0, 30.0, smooth((x, y, 0), (x, y, top)))
    last = np.asarray(way[-1][2] if way else rise[2])[-1]
    t = way[-1][1] if way else 30.0
    return [rise, *way, (t, t + 60.0, smooth(last, (last[0], last[1], 0.0)))]


def drones_of(*flights: list[Piece], off: float = 0.0, names: tuple[str, ...] = ()) -> Drones:
    """Drones that fly these pieces (begin s, end s, control points)."""
    pieces = [piece for flight in flights for piece in flight]
    rows = [np.asarray(points, dtype=np.float64) for _, _, points in pieces]
    n = len(flights)
    return Drones(
        name=names or tuple(f"D{i + 1}" for i in range(n)),
        fleet=("a",) * n,
        home_m=frozen([np.asarray(f[0][2])[0] for f in flights], np.float64, (None, 3)),
        off_us=frozen(np.full(n, off * S), np.int64, (None,)),
        on_us=frozen([f[-1][1] * S for f in flights], np.int64, (None,)),
        piece_start=frozen(np.cumsum([0, *(len(f) for f in flights)]), np.int64, (None,)),
        piece_t0_us=frozen([p[0] * S for p in pieces], np.int64, (None,)),
        piece_t1_us=frozen([p[1] * S for p in pieces], np.int64, (None,)),
        ctrl_start=frozen(np.cumsum([0, *(len(r) for r in rows)]), np.int64, (None,)),
        ctrl=frozen(np.concatenate(rows), np.float64, (None, 3)),
        key_start=frozen(np.zeros(n + 1), np.int64, (None,)),
    )


def cue(
    name: str,
    *,
    t: float = 10.0,
    at: tuple[float, float, float] = MORTAR,
    calibre: float = 75.0,
    kind: ShotKind = ShotKind.SHELL,
    height: float = 110.0,
    azimuth: float = 0.0,
    tilt: float = 0.0,
    address: tuple[str, int, int] = ("main", 0, 1),
    position: str = "P1",
) -> dict[str, object]:
    """One cue that fires one shot."""
    return dict(
        name=name, t=t, at=at, calibre=calibre, kind=kind, height=height, azimuth=azimuth, tilt=tilt, address=address,
        position=position,
    )  # fmt: skip


def fireworks(*cues: dict[str, object]) -> dict[str, object]:
    """Firing table and shots of the cues, as fields of a Plan."""
    n = len(cues)

    def column(key: str) -> list[object]:
        return [c[key] for c in cues]

    t = np.array(column("t"), dtype=np.float64)
    azimuth, tilt = np.radians(column("azimuth")), np.radians(column("tilt"))
    muzzle = 70.0 * np.stack([np.sin(tilt) * np.sin(azimuth), np.sin(tilt) * np.cos(azimuth), np.cos(tilt)], axis=1)
    firing = Firing(
        cue=tuple(map(str, column("name"))),
        effect=("shell",) * n,
        category=("Shells",) * n,
        position=tuple(map(str, column("position"))),
        controller=tuple(c["address"][0] for c in cues),
        module=frozen([c["address"][1] for c in cues], np.int32, (None,)),
        pin=frozen([c["address"][2] for c in cues], np.int32, (None,)),
        ignition_us=frozen(t * S, np.int64, (None,)),
        bloom_us=frozen((t + 4) * S, np.int64, (None,)),
        end_us=frozen((t + 6) * S, np.int64, (None,)),
        calibre_mm=frozen(column("calibre"), np.float32, (None,)),
        azimuth_deg=frozen(column("azimuth"), np.float32, (None,)),
        tilt_deg=frozen(column("tilt"), np.float32, (None,)),
        place_m=frozen(column("at"), np.float64, (None, 3)),
    )
    calibre = np.array(column("calibre"), dtype=np.float64)
    mass, diameter, drag = 1.1 * (calibre / 150) ** 3, 0.94e-3 * calibre, np.full(n, 0.4)
    origin = np.array(column("at"), dtype=np.float64)
    rise, place, speed = rises(muzzle, drag_per_m(mass, diameter, drag), np.full(n, FUSE_S), np.zeros(3))
    rise[:, :, 0] += origin
    table = Shots(
        cue=frozen(np.arange(n), np.int32, (None,)),
        kind=frozen(column("kind"), np.uint8, (None,)),
        calibre_mm=frozen(calibre, np.float32, (None,)),
        ignition_us=frozen(t * S, np.int64, (None,)),
        lift_us=frozen(t * S, np.int64, (None,)),
        break_us=frozen((t + 4) * S, np.int64, (None,)),
        end_us=frozen((t + 6) * S, np.int64, (None,)),
        origin_m=frozen(column("at"), np.float64, (None, 3)),
        muzzle_mps=frozen(muzzle, np.float64, (None, 3)),
        break_m=frozen(origin + place, np.float64, (None, 3)),
        break_mps=frozen(speed, np.float64, (None, 3)),
        height_m=frozen(column("height"), np.float32, (None,)),
        mass_kg=frozen(mass, np.float32, (None,)),
        diameter_m=frozen(diameter, np.float32, (None,)),
        drag=frozen(drag, np.float32, (None,)),
        rise=frozen(rise, np.float64, (None, 3, 7)),
    )
    return {"firing": firing, "shots": table}


def quiet() -> Plan:
    """Two drones that go up and down, one shell far from the audience: nothing but notes."""
    plan = Plan(
        "quiet",
        200 * S,
        venue=Venue(zones=(AUDIENCE,)),
        drones=drones_of(night(0, 0), night(5, 0)),
        limits=LIMITS,
        controllers=(CONTROLLER,),
    )
    return replace(plan, **fireworks(cue("c1")))
