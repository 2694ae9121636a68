"""Plans made by hand, small and asymmetric, for the tests of the gate and of formats."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from showeditor.export.assembly import Key, Path, drones_of
from showeditor.model.arrays import frozen
from showeditor.model.carried import UNKNOWN, Ignitions
from showeditor.model.limits import Limits
from showeditor.model.plan import Firing, Mark, Plan
from showeditor.model.venue import Geodetic, Geofence, Venue

Row = tuple[str, int, int, int]  # effect, module, pin, ignition_us

DEMO: tuple[Row, ...] = (
    ("Gold Comet w/ Red Mine", 1, 1, 10_000_000),
    ("Red Peony 3in", 1, 2, 11_200_000),
    ("Blue To Silver Chrysanthemum", 2, 1, 13_250_000),
    ("36 Shot Fan Cake", 2, 2, 20_000_000),
    ("Gold Kamuro 5in", 1, 3, 36_350_000),
)


def firing_of(rows: Sequence[Row], controllers: Sequence[str] | None = None, calibre_mm: float = 0.0) -> Firing:
    n = len(rows)
    t = frozen([r[3] for r in rows], np.int64, (None,))
    return Firing(
        cue=tuple(f"c{k}" for k in range(1, n + 1)),
        effect=tuple(r[0] for r in rows),
        category=("Shells",) * n,
        position=("P1",) * n,
        controller=tuple(controllers or ("main",) * n),
        module=frozen([r[1] for r in rows], np.int32, (None,)),
        pin=frozen([r[2] for r in rows], np.int32, (None,)),
        ignition_us=t,
        bloom_us=t,
        end_us=t,
        calibre_mm=frozen([calibre_mm] * n, np.float32, (None,)),
        azimuth_deg=frozen([0.0] * n, np.float32, (None,)),
        tilt_deg=frozen([0.0] * n, np.float32, (None,)),
        place_m=frozen([(0.0, 0.0, 0.0)] * n, np.float64, (None, 3)),
    )


def rest_to_rest(a: Sequence[float], b: Sequence[float]) -> np.ndarray:
    """Degree 7, still in velocity, acceleration and jerk at both ends."""
    return np.array([a] * 4 + [b] * 4, dtype=np.float64)


def climb_and_cross(name: str, x: float, y: float, *, off: int = 0) -> Path:
    """A path with no symmetry: up, then 12 m east and 5 m south, a hold, and down somewhere else."""
    path = Path(name, (x, y, 0.0), start_us=2_000_000 + off)
    t = path.start_us
    here = (x, y, 0.0)
    for seconds, there in (
        (16, (x, y, 12.0)),
        (16, (x + 12.0, y - 5.0, 20.0)),
        (5, None),
        (24, (x + 12.0, y - 5.0, 0.0)),
    ):
        t += seconds * 1_000_000
        if there is None:
            path.add(t, np.array([here]))
        else:
            path.add(t, rest_to_rest(here, there))
            here = there
    path.keys = [
        Key(1_000_000, (0, 0, 40, 0)),
        Key(11_000_000, (255, 180, 0, 0)),
        Key(18_500_000, (0, 20, 255, 0), True),
        Key(30_000_000, (0, 20, 255, 0)),
        Key(30_500_000, (255, 255, 255, 0), True),
        Key(44_000_000, (0, 0, 0, 0)),
    ]
    return path


def burdened(plan: Plan) -> Plan:
    """The plan with two drones that turn (one of them through north and twice round) and three fireworks on two."""
    drones = plan.drones
    counts = [3, 0, 4, *[0] * (len(drones) - 3)]
    drones = replace(
        drones,
        yaw_start=frozen(np.concatenate([[0], np.cumsum(counts)]), np.int64, (None,)),
        yaw_t_us=frozen([0, 20_000_000, 30_000_000, 5_000_000, 12_345_678, 90_000_000, 90_200_500], np.int64, (None,)),
        yaw_deg=frozen([90.0, 90.0, -30.5, 350.0, 370.25, -450.0, -450.0], np.float64, (None,)),
    )
    rows = [
        (1, 2, 21_000_123, "red comet", -90.0, 0.0),
        (2, 1, 22_000_000, "gerb", 30.0, -45.0),
        (1, 1, 36_000_000, "", 0, 9),
    ]
    n = len(rows)
    number = {name: frozen([r[k] for r in rows], np.float32, (None,)) for k, name in ((4, "pitch_deg"), (5, "yaw_deg"))}
    unknown = "cone_deg reach_m fall_m fall_s recoil_ns mass_kg".split()
    ignitions = Ignitions(
        drone=frozen([r[0] for r in rows], np.int32, (None,)),
        channel=frozen([r[1] for r in rows], np.int32, (None,)),
        trigger=tuple(f"scene/{k}" for k in range(n)),
        effect=tuple(r[3] for r in rows),
        ignition_us=frozen([r[2] for r in rows], np.int64, (None,)),
        burnt_us=frozen([r[2] + 4_000_000 for r in rows], np.int64, (None,)),
        dark_us=frozen([r[2] + 5_000_000 for r in rows], np.int64, (None,)),
        place_m=frozen(np.zeros((n, 3)), np.float64, (None, 3)),
        velocity_mps=frozen(np.zeros((n, 3)), np.float64, (None, 3)),
        direction=frozen(np.tile([0.0, 0.0, -1.0], (n, 1)), np.float64, (None, 3)),
        **number,
        **{name: frozen([UNKNOWN] * n, np.float32, (None,)) for name in unknown},
    )
    return replace(plan, drones=drones, ignitions=ignitions)


def small_swarm() -> Plan:
    """Five drones on asymmetric paths over a surveyed venue."""
    paths = [climb_and_cross(f"D{k:03d}", 4.0 * k, 7.0 * (k % 2), off=137 * k) for k in range(5)]
    return Plan(
        title="云起河湾",
        duration_us=70_000_000,
        venue=Venue(
            origin=Geodetic(28.1386, 113.6294, 45.0),
            geofence=Geofence(((-50.0, -40.0), (90.0, -40.0), (90.0, 60.0), (-50.0, 60.0)), 0.0, 60.0),
        ),
        drones=drones_of(paths),
        limits=Limits(min_gap_m=2.5, max_speed_xy_mps=6.0),
        marks=(Mark("第一幕", 0), Mark("Act 2", 11_000_000)),
    )
