"""Where fireworks keep drones out, and when: shots and their stars as moving spheres (safety-and-physics section 4.6).

Rise: along the shot's own path, radius 3 m + tan 3 degrees times the way flown, from 0.1 s before ignition to 0.5 s
after the break. Burst: around the break, 1.2 times the reach of its stars + 10 m + 15 m for the error of its place,
from 0.7 of the rise to 1 s after the last star. Fall: around every layer of lit stars as it spreads, sinks and drifts.
Dud: on from the break to the ground, as the rise. The constants are the project's own; no published rule is known.

Stars are led by their look: quadratic drag k = g / terminal^2 gives them ln(1 + k v t) / k of way; their middle sinks
as that of a star thrown up and one thrown down (section 3.3). Within a cone: the sphere around that sector.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numpy as np
from numpy.polynomial import chebyshev

from showeditor.effects.calibres import shell
from showeditor.kernels.ballistics import GRAVITY_MPS2, drag_per_m
from showeditor.kernels.descent import descents
from showeditor.kernels.intrusion import Spheres
from showeditor.model.air import wind_at
from showeditor.model.arrays import Flags, Floats, Longs
from showeditor.model.errors import BadInput
from showeditor.model.look import Look, Template
from showeditor.model.plan import RISE_TERMS, Plan, ShotKind
from showeditor.model.venue import Wind

TUBE_M = 3.0
TUBE_SLOPE = math.tan(math.radians(3.0))
BEFORE_US, AFTER_US = 100_000, 500_000
BURST_FACTOR, BURST_M, ERROR_M = 1.2, 10.0, 15.0
BURST_FROM, BURST_AFTER_US = 0.7, 1_000_000
RISE_PARTS = 12
FALL_STEP_S = 0.5
DUD_STEP_S = 0.5


class Part(IntEnum):
    """What of a shot a drone meets."""

    RISE = 0
    BURST = 1
    FALL = 2
    DUD = 3


@dataclass(frozen=True, slots=True)
class Hazards:
    """Spheres whose owner is 4 x shot + part; `reach_m` (shots,): how far the stars of each shot's break get."""

    spheres: Spheres
    reach_m: Floats


def hazards(plan: Plan) -> Hazards:
    """The keep-outs of every shot of a plan; raises ValueError for shots that cannot be followed to the ground."""
    reach = reaches(plan)
    parts = [_rises(plan), _bursts(plan, reach), _falls(plan), _duds(plan)]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Hazards(Spheres(*columns), reach)


def reaches(plan: Plan) -> Floats:
    """How far the stars born at each shot's break get from it (shots,), m.

    A shell whose stars are not known counts with the calibre table's burst; beyond the table 0.7 m per mm.
    """
    shots, bursts = plan.shots, plan.bursts
    reach = np.full(len(shots), -1.0)
    if len(bursts):
        lit = _lit(plan)
        vigour = np.array([_way(look, math.inf, 1.0) for look in plan.looks])
        rows = lit[bursts.birth_us[lit] >= shots.break_us[bursts.shot[lit]]]
        speeds = np.asarray(bursts.scale, dtype=np.float64)
        for k in np.unique(bursts.look[rows]):
            mine = rows[bursts.look[rows] == k]
            way = vigour[k] if (speeds[mine] == 1.0).all() else _way(plan.looks[k], math.inf, float(speeds[mine].max()))
            np.maximum.at(reach, bursts.shot[mine], way)
    for n in np.flatnonzero((np.asarray(shots.kind) == ShotKind.SHELL) & (reach < 0.0)):
        reach[n] = _table_reach(round(float(shots.calibre_mm[n]), 1))
    known: Floats = np.maximum(reach, 0.0)
    return known


@cache
def _table_reach(calibre_mm: float) -> float:
    try:
        return 0.5 * shell(calibre_mm).burst_m
    except BadInput:
        return 0.35 * calibre_mm


def _lit(plan: Plan) -> Longs:
    """Rows of burst layers that are stars of their own: not tails, not smoke or paper."""
    bursts = plan.bursts
    burning = np.array([look.smoke <= 0.0 for look in plan.looks], dtype=np.bool_)
    return np.flatnonzero(~np.asarray(bursts.rides) & burning[bursts.look])


def _way(look: Look, age_s: float, scale: float) -> float:
    """How far a star gets from its birth by then (or by its end), at most."""
    longest = look.life_s * (1.0 + 3.0 * look.life_jitter)
    k = GRAVITY_MPS2 / max(0.1, look.terminal_mps) ** 2
    speed = look.speed_mps * scale * (1.0 + 3.0 * look.speed_jitter)
    return math.log1p(k * speed * min(age_s, longest)) / k


def _ln_cosh(x: float) -> float:
    return abs(x) + math.log1p(math.exp(-2.0 * abs(x))) - math.log(2.0)


def _sag(look: Look, age_s: float, scale: float) -> float:
    """How far the middle between a star thrown straight up and one thrown straight down has sunk (exact, 1-D)."""
    vt = max(0.1, look.terminal_mps)
    speed, x, unit = look.speed_mps * scale, GRAVITY_MPS2 * age_s / vt, vt * vt / GRAVITY_MPS2
    angle = math.atan(speed / vt)
    if x < angle:
        up = unit * math.log(math.cos(angle - x) / math.cos(angle))
    else:
        up = -unit * math.log(math.cos(angle)) - unit * _ln_cosh(x - angle)
    # downwards: v' = g - g (v / vt)^2 from v, in a form that holds above and below vt
    down = unit * (x + math.log(0.5 * (1.0 + math.exp(-2.0 * x) + speed / vt * (1.0 - math.exp(-2.0 * x)))))
    return 0.5 * (down - up)


def _sector(look: Look) -> tuple[float, float]:
    """Centre along the axis and radius, both per metre of way, of the sphere around a look's directions."""
    angle = math.radians(look.cone_deg)
    if look.template == Template.SINGLE:
        return 0.5, 0.5
    if look.template not in (Template.CONE, Template.PALM) and look.cone_deg >= 180.0:
        return 0.0, 1.0
    if look.template == Template.RING or angle >= math.pi / 2:
        return 0.0, 1.0
    if angle <= math.pi / 4:
        return 0.5 / math.cos(angle), 0.5 / math.cos(angle)
    return math.cos(angle), math.sin(angle)


Columns = tuple[Longs, Longs, Longs, Floats, Floats, Floats]


def _columns(owner: Longs, t0: Floats | Longs, t1: Floats | Longs, a: Floats, b: Floats, radius: Floats) -> Columns:
    begin = np.floor(np.ravel(t0)).astype(np.int64)
    end = np.maximum(np.ceil(np.ravel(t1)).astype(np.int64), begin + 1)
    return np.ravel(owner).astype(np.int64), begin, end, a.reshape(-1, 3), b.reshape(-1, 3), np.ravel(radius)


@cache
def _cuts() -> Floats:
    """(parts, 7, 7): control points, on each part of the rise, of every Chebyshev polynomial."""
    degree = RISE_TERMS - 1
    at = np.linspace(0.0, 1.0, RISE_TERMS)
    basis = np.array([[math.comb(degree, j) * u**j * (1 - u) ** (degree - j) for j in range(RISE_TERMS)] for u in at])
    inverse = np.linalg.inv(basis)
    rows = []
    for k in range(RISE_PARTS):
        x = -1.0 + 2.0 * (k + at) / RISE_PARTS
        rows.append(inverse @ chebyshev.chebvander(x, degree))
    return np.array(rows)


def _rises(plan: Plan) -> Columns:
    shots = plan.shots
    n = len(shots)
    ctrl = np.einsum("kjc,nac->nkja", _cuts(), shots.rise)
    first, last = ctrl[:, :, 0], ctrl[:, :, -1]
    share = np.linspace(0.0, 1.0, RISE_TERMS)[None, None, :, None]
    # a curve leaves its chord by no more than its control points leave the evenly spaced points of the chord
    bend = np.linalg.norm(ctrl - (first[:, :, None] + share * (last - first)[:, :, None]), axis=3).max(axis=2)
    way = np.cumsum(np.linalg.norm(np.diff(ctrl, axis=2), axis=3).sum(axis=2), axis=1)
    radius = TUBE_M + TUBE_SLOPE * way + bend
    lift, burst = shots.lift_us.astype(np.float64)[:, None], shots.break_us.astype(np.float64)[:, None]
    edges = lift + (burst - lift) * np.arange(RISE_PARTS + 1) / RISE_PARTS
    early = np.minimum(shots.ignition_us, shots.lift_us)[:, None] - BEFORE_US
    after = shots.break_m + shots.break_mps * AFTER_US * 1e-6
    begins = np.concatenate([early, edges[:, :-1], burst], axis=1)
    ends = np.concatenate([lift, edges[:, 1:], burst + AFTER_US], axis=1)
    starts = np.concatenate([first[:, :1], first, last[:, -1:]], axis=1)
    stops = np.concatenate([first[:, :1], last, after[:, None]], axis=1)
    radii = np.concatenate([np.full((n, 1), TUBE_M), radius, radius[:, -1:] + 0.125 * GRAVITY_MPS2], axis=1)
    owner = np.repeat(4 * np.arange(n) + Part.RISE, RISE_PARTS + 2)
    return _columns(owner, begins, ends, starts, stops, radii)


def _bursts(plan: Plan, reach: Floats) -> Columns:
    shots = plan.shots
    rows = np.flatnonzero((np.asarray(shots.kind) == ShotKind.SHELL) & (reach > 0.0))
    life = np.maximum(shots.end_us[rows], shots.break_us[rows])
    begin = shots.lift_us[rows] + BURST_FROM * (shots.break_us[rows] - shots.lift_us[rows])
    radius = BURST_FACTOR * reach[rows] + BURST_M + ERROR_M
    place = shots.break_m[rows]
    return _columns(4 * rows + Part.BURST, begin, life + BURST_AFTER_US, place, place, radius)


@dataclass(frozen=True, slots=True)
class Cloud:
    """Layers of one look: the middle (n, m, 3) of each at the ages (m,) s after birth, and its radius (m,).

    `late` (n,): born at the break of the shot or after it.
    """

    shot: Longs
    birth_us: Longs
    late: Flags
    age_s: Floats
    centre_m: Floats
    radius_m: Floats


def clouds(plan: Plan, wind: Wind) -> Iterator[Cloud]:
    """The spreading stars of a plan in a wind, look by look."""
    bursts = plan.bursts
    lit = _lit(plan) if len(bursts) else np.empty(0, np.int64)
    scales = np.asarray(bursts.scale, dtype=np.float64)
    for k in np.unique(bursts.look[lit]):
        look = plan.looks[k]
        rows = lit[bursts.look[lit] == k]
        drag = GRAVITY_MPS2 / max(0.1, look.terminal_mps) ** 2
        air = wind_at(wind, bursts.origin_m[rows, 2])
        thrown = bursts.velocity_mps[rows] - air
        speed = np.linalg.norm(thrown, axis=1)
        heading = thrown / np.maximum(speed, 1e-9)[:, None]
        longest = look.life_s * (1.0 + 3.0 * look.life_jitter)
        steps = max(1, math.ceil(longest / FALL_STEP_S))
        along, around = _sector(look)
        top = float(scales[rows].max())
        age = np.linspace(0.0, longest, steps + 1)
        ways = np.array([_way(look, float(a), top) for a in age])
        sags = np.array([_sag(look, float(a), top) for a in age])
        # a fast star soon loses what the shell gave it
        fast = np.maximum(speed, max(0.1, look.speed_mps * top))[:, None]
        carried = speed[:, None] * np.log1p(drag * fast * age) / (drag * fast)
        centre = bursts.origin_m[rows][:, None] + heading[:, None] * carried[:, :, None] + air[:, None] * age[:, None]
        centre = centre + bursts.axis[rows][:, None] * (along * ways)[:, None]
        centre[:, :, 2] -= sags
        shot = bursts.shot[rows].astype(np.int64)
        late = bursts.birth_us[rows] >= plan.shots.break_us[shot]
        yield Cloud(shot, bursts.birth_us[rows], late, age, centre, around * ways)


def _falls(plan: Plan) -> Columns:
    none = np.empty(0)
    parts = [_columns(np.empty(0, np.int64), none, none, none, none, none)]
    for cloud in clouds(plan, plan.venue.wind):
        n, steps = len(cloud.shot), len(cloud.age_s) - 1
        radius = np.broadcast_to(BURST_FACTOR * cloud.radius_m[1:] + BURST_M, (n, steps))
        born = cloud.birth_us[:, None] + 1e6 * cloud.age_s
        owner = np.repeat(4 * cloud.shot + Part.FALL, steps)
        centre = cloud.centre_m
        parts.append(_columns(owner, born[:, :-1], born[:, 1:], centre[:, :-1], centre[:, 1:], radius))
    owners, t0, t1, a, b, r = (np.concatenate(column) for column in zip(*parts, strict=True))
    return owners, t0, t1, a, b, r


def _duds(plan: Plan) -> Columns:
    shots = plan.shots
    rows = np.flatnonzero(np.asarray(shots.kind) == ShotKind.SHELL)
    k0 = drag_per_m(shots.mass_kg[rows], shots.diameter_m[rows], shots.drag[rows])
    if not np.isfinite(k0).all():
        raise ValueError("a shell without mass or diameter: its dud cannot be followed")
    ground = np.minimum(shots.origin_m[rows, 2], shots.break_m[rows, 2])
    # the strongest wind on its way: that of the break
    air = wind_at(plan.venue.wind, shots.break_m[rows, 2])
    place, bend, time = descents(shots.break_m[rows], shots.break_mps[rows], k0, air, ground, step_s=DUD_STEP_S)
    if not np.isfinite(time).all():
        raise ValueError("the fall of a dud could not be followed to the ground")
    steps = bend.shape[1]
    flown = np.linalg.norm(shots.break_m[rows] - shots.origin_m[rows], axis=1)
    way = flown[:, None] + np.cumsum(np.linalg.norm(np.diff(place, axis=1), axis=2), axis=1)
    age = DUD_STEP_S * np.arange(steps + 1)
    used = age[None, :-1] < time[:, None]
    moment = shots.break_us[rows][:, None] + 1e6 * age
    owner = np.broadcast_to((4 * rows + Part.DUD)[:, None], used.shape)
    radius = TUBE_M + TUBE_SLOPE * way + bend
    return _columns(
        owner[used], moment[:, :-1][used], moment[:, 1:][used], place[:, :-1][used], place[:, 1:][used], radius[used]
    )
