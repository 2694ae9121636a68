"""Curves for the eye: how fast each drone flies and how near the nearest two are, over the whole show.

They come from the same polynomials and the same search as the rules, so that a curve crosses its limit line exactly
where a rule finds fault.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from showeditor.kernels.extremes import ACCEL, SPEED_DOWN, SPEED_UP, SPEED_XY, extremes
from showeditor.kernels.paths import BINOMIAL, Paths
from showeditor.kernels.separation import Part, search_windows, windows_of
from showeditor.model.arrays import Floats, Longs
from showeditor.model.plan import Drones, Plan
from showeditor.safety.case import Case
from showeditor.safety.packs import load_pack

CEILING_GAPS = 4.0
"""The distance curve looks this many least gaps far; beyond it the swarm counts as wide apart."""

_MOST = 200_000

_NODES = 13
"""Places along one polynomial at which a curve is drawn; both ends are among them."""


@dataclass(frozen=True, slots=True)
class GapCurve:
    """The nearest flying pair in every window of time, windows in order without a pause.

    `span_us` (k, 2); `gap_m` (k,): infinite where no two came nearer than `ceiling_m`; `at_us` (k,) and `pair` (k, 2):
    when and who (rows of the plan's drones; -1 where nobody). Distances are exact to 0.1 mm in continuous time.
    """

    span_us: Longs
    gap_m: Floats
    at_us: Longs
    pair: Longs
    ceiling_m: float
    limit_m: float


@dataclass(frozen=True, slots=True)
class MotionCurve:
    """Speeds and acceleration of one drone: moments (k,) us, sideways and upward m/s, acceleration m/s2.

    Every polynomial gives its ends, so a jump where two meet shows as two values at one moment.
    """

    drone: int
    t_us: Longs
    across_mps: Floats
    rise_mps: Floats
    accel_mps2: Floats


def paths_of(drones: Drones) -> Paths:
    """The drones' paths as kernels take them."""
    return Paths(
        drones.piece_start, drones.piece_t0_us, drones.piece_t1_us, drones.ctrl_start, drones.ctrl, drones.home_m
    )


def gap_curve(plan: Plan, progress: Callable[[float], None] | None = None) -> GapCurve:
    """The distance of the nearest flying pair over the whole show; empty for fewer than two drones.

    An exception raised by `progress` (shares 0..1) ends the work.
    """
    limit = plan.limits.min_gap_m
    ceiling = CEILING_GAPS * limit
    nothing = GapCurve(
        np.empty((0, 2), np.int64), np.empty(0), np.empty(0, np.int64), np.empty((0, 2), np.int64), ceiling, limit
    )
    drones = plan.drones
    if len(drones) < 2 or not len(drones.piece_t0_us):
        return nothing
    # no rule pack is asked: the phases of take-off and landing follow from the limits alone
    case = Case(plan, plan.limits, load_pack("design-envelope"))
    begin, end = int(drones.piece_t0_us.min()), int(drones.piece_t1_us.max())
    windows, motion = windows_of(case.paths, begin, max(begin + 1, end), limit)
    # the margin keeps the ceiling where it is: a curve wants every window's nearest pair, not only the show's
    found = search_windows(
        case.paths, case.phases, limit, case.low_gap_m, windows, motion, _MOST, ceiling_m=ceiling, margin=1e9
    )
    parts: list[Part] = []
    done = 0
    for part in found:
        parts.append(part)
        done += len(part.windows)
        if progress:
            progress(min(1.0, done / len(windows)))
    spans = np.concatenate([part.windows for part in parts])
    nearest = np.concatenate([part.closest for part in parts])
    order = np.argsort(spans[:, 0], kind="stable")
    spans, nearest = spans[order], nearest[order]
    gap = nearest[:, 0]
    near = np.isfinite(gap) & (gap < ceiling)
    return GapCurve(
        spans,
        np.where(near, gap, math.inf),
        np.where(near, nearest[:, 1], spans[:, 0]).astype(np.int64),
        np.where(near[:, None], nearest[:, 2:4], -1).astype(np.int64),
        ceiling,
        limit,
    )


def hardest(plan: Plan, count: int) -> tuple[int, ...]:
    """The rows of the drones that come nearest to (or furthest over) a limit of speed or acceleration, worst first."""
    if not len(plan.drones):
        return ()
    worst, _ = extremes(paths_of(plan.drones))
    limits = plan.limits
    share = np.stack(
        [
            worst[:, SPEED_XY] / limits.max_speed_xy_mps,
            worst[:, SPEED_UP] / limits.max_speed_up_mps,
            worst[:, SPEED_DOWN] / limits.max_speed_down_mps,
            worst[:, ACCEL] / limits.max_accel_mps2,
        ]
    ).max(axis=0)
    return tuple(int(k) for k in np.argsort(-share, kind="stable")[:count])


def motion_curve(drones: Drones, drone: int) -> MotionCurve:
    """Speeds and acceleration of a drone over all its pieces, from the derivatives of its polynomials."""
    first, last = int(drones.piece_start[drone]), int(drones.piece_start[drone + 1])
    moments: list[Longs] = []
    rows: list[Floats] = []
    u = np.linspace(0.0, 1.0, _NODES)
    end = None
    for piece in range(first, last):
        t0, t1 = int(drones.piece_t0_us[piece]), int(drones.piece_t1_us[piece])
        ctrl = drones.ctrl[drones.ctrl_start[piece] : drones.ctrl_start[piece + 1]]
        if t1 <= t0:
            continue
        if end is not None and t0 > end:
            moments.append(np.array([end, t0]))
            rows.append(np.zeros((2, 3)))
        end = t1
        span_s = (t1 - t0) * 1e-6
        speed = _values(_derived(ctrl, span_s), u)
        accel = _values(_derived(_derived(ctrl, span_s), span_s), u)
        moments.append(np.round(t0 + u * (t1 - t0)).astype(np.int64))
        rows.append(np.stack([np.hypot(speed[:, 0], speed[:, 1]), speed[:, 2], np.sqrt((accel**2).sum(axis=1))], 1))
    if not rows:
        return MotionCurve(drone, np.empty(0, np.int64), np.empty(0), np.empty(0), np.empty(0))
    every = np.concatenate(rows)
    return MotionCurve(drone, np.concatenate(moments), every[:, 0], every[:, 1], every[:, 2])


def _derived(ctrl: Floats, span_s: float) -> Floats:
    """Control points of the derivative of a polynomial over `span_s` seconds; a single zero for a constant."""
    if len(ctrl) < 2:
        return np.zeros((1, 3))
    return np.asarray(np.diff(ctrl, axis=0) * ((len(ctrl) - 1) / span_s))


def _values(ctrl: Floats, u: Floats) -> Floats:
    degree = len(ctrl) - 1
    k = np.arange(degree + 1)
    basis = BINOMIAL[degree, : degree + 1] * u[:, None] ** k * (1.0 - u[:, None]) ** (degree - k)
    return np.asarray(basis @ ctrl)
