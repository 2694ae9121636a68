"""One transition: who flies where, on one common clock, how long it takes at least, and what is bent to stay apart.

All drones leave and arrive together and share one law of motion, twice differentiable and at rest at both ends: minimum
jerk (one quintic per drone), or smooth ramps with a cruise between, which needs less time on long ways. The pairing
minimises squared distance and is stable under swaps, so that two formations with spacings s1, s2 never come nearer than
s1 s2 / sqrt(s1^2 + s2^2) (planning-and-separation, section A). Where that is less than the allowed gap, pairs that come
too near are found in continuous time and pushed apart by smooth bends.
"""

import math
from dataclasses import dataclass

import numpy as np

from showeditor.kernels.assignment import Pairing, pair_up
from showeditor.kernels.clearance import BENDS, SPANS, bend_weights, bent_controls, bent_gaps, clock, near_pairs
from showeditor.model.arrays import Floats, Longs
from showeditor.model.limits import Limits
from showeditor.planning.pieces import Block, uniform

MIN_JERK = 0
"""The law of motion without a cruise; any other law is the number of ramp spans (of SPANS) at each end."""

CRUISES = (1, 2, 3, 4, 5, 6, 7)

LAWS = {0: (1.875, 10.0 / math.sqrt(3.0), 60.0)} | {
    r: (
        1.0 / (1.0 - r / SPANS),
        1.5 / (r / SPANS * (1.0 - r / SPANS)),
        6.0 / ((r / SPANS) ** 2 * (1.0 - r / SPANS)),
    )
    for r in CRUISES
}
"""Largest first, second and third derivative of each law (minimum jerk: at half time, at u = (1 - 1/sqrt 3) / 2, at
the ends)."""

RAMP = np.array([0.0, 0.0, 0.0, 0.25, 0.5])
"""Bernstein coefficients of x^3 - x^4 / 2: the way while the speed rises as 3x^2 - 2x^3 from 0 to 1."""

TICK_US = 1000 * SPANS
"""Durations are multiples of this, so that every knot of a bent flight is a whole millisecond."""

MARGIN_M = 0.01
_ROUNDS = 120
_PATIENCE = 12
SPEED_SHARE = 0.99
ACCEL_SHARE = 0.95
JERK_SHARE = 0.95
"""What of the limits a plan uses: formats write paths in coarser pieces, which may bend a little more than the plan."""


@dataclass(frozen=True, slots=True)
class Tight:
    """A pair (start indices) that comes too near in spite of everything, how near, and at which share of the way."""

    a: int
    b: int
    gap_m: float
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class Transition:
    """A planned flight of n drones between two sets of places, independent of when it happens.

    `law` is the law of motion. `target[i]` is the place that the drone at start i goes to, `end_m` (n, 3) that place.
    `bend_m` (n, BENDS, 3) is None when all fly straight. `delay_us` (n,) is how long after the first each leaves (None:
    together); all need the same time, and `spread_us` is kept for the delays. `shortest_us` (spread included)
    keeps all speeds, accelerations and jerks within the limits. `gap_m` is the closest approach of any pair in
    continuous time (for bent flights exact where it is below 1.5 allowed gaps) and `pair` that pair; `proven_m` is the
    distance that the theorem promises for straight flights.
    """

    law: int
    start_m: Floats
    target: Longs
    end_m: Floats
    bend_m: Floats | None
    shortest_us: int
    gap_m: float
    pair: tuple[int, int]
    tight: tuple[Tight, ...]
    proven_m: float
    delay_us: Longs | None = None
    spread_us: int = 0

    def blocks(self, depart_us: int, arrive_us: int) -> list[Block]:
        """The pieces of all drones: a quintic, or ramp, cruise and ramp, for a straight flight; more for a bent one."""
        n = len(self.start_m)
        bent = np.zeros(n, np.bool_) if self.bend_m is None else np.abs(self.bend_m).max(axis=(1, 2)) > 0.0
        straight = np.nonzero(~bent)[0]
        length_us = arrive_us - depart_us - self.spread_us
        if self.delay_us is not None:
            # delays and length belong together: the proof holds for whole ticks
            length_us = length_us // TICK_US * TICK_US
        begin_us = depart_us + (np.zeros(n, np.int64) if self.delay_us is None else self.delay_us)
        out = _stands(self.start_m, np.full(n, depart_us), begin_us)
        if len(straight):
            out += self._straight(straight, begin_us[straight], length_us)
        rows = np.nonzero(bent)[0]
        if self.bend_m is not None and len(rows):
            ctrl = bent_controls(self.start_m[rows], self.end_m[rows], self.bend_m[rows], clock(self.law))
            knots = begin_us[rows, None] + length_us * np.arange(SPANS + 1) // SPANS
            t0, t1 = knots[:, :-1].ravel(), knots[:, 1:].ravel()
            out.append(uniform(np.repeat(rows, SPANS), t0, t1, ctrl.reshape(-1, 6, 3)))
        return out + _stands(self.end_m, begin_us + length_us, np.full(n, arrive_us))

    def _straight(self, rows: Longs, begin_us: Longs, length_us: int) -> list[Block]:
        a, way = self.start_m[rows, None, :], (self.end_m - self.start_m)[rows, None, :]
        if self.law == MIN_JERK:
            rise = np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0])
            return [uniform(rows, begin_us, begin_us + length_us, a + way * rise[:, None])]
        f = self.law / SPANS
        ramp = RAMP * f / (1.0 - f)
        first, last = length_us * self.law // SPANS, length_us * (SPANS - self.law) // SPANS
        parts = (
            (ramp, 0, first),
            (np.array([ramp[-1], 1.0 - ramp[-1]]), first, last),
            (1.0 - ramp[::-1], last, length_us),
        )
        return [uniform(rows, begin_us + t0, begin_us + t1, a + way * share[:, None]) for share, t0, t1 in parts]


def _stands(place_m: Floats, t0_us: Longs, t1_us: Longs) -> list[Block]:
    rows = np.nonzero(t1_us > t0_us)[0]
    if not len(rows):
        return []
    return [Block(rows, t0_us[rows], t1_us[rows], np.ones(len(rows), np.int64), place_m[rows])]


def proven_gap(spacing_a_m: float, spacing_b_m: float) -> float:
    """The distance that swap-stable synchronised flights between formations of these spacings never undercut."""
    if math.isinf(spacing_a_m) or math.isinf(spacing_b_m):
        return min(spacing_a_m, spacing_b_m)
    product = spacing_a_m * spacing_b_m
    return product / math.hypot(spacing_a_m, spacing_b_m) if product > 0.0 else 0.0


def spacing(points_m: Floats) -> tuple[float, tuple[int, int]]:
    """Smallest distance between two points (n, 3) and that pair; infinite for a single point."""
    _, _, gap, pair = near_pairs(points_m, points_m, 0.0)
    return gap, (int(pair[0]), int(pair[1]))


def whole_ticks(seconds: float) -> int:
    """The shortest duration in whole ticks that is not less than `seconds`."""
    return max(1, math.ceil(seconds * 1e6 / TICK_US)) * TICK_US


def _shortest_s(speed: Floats, accel: Floats, jerk: Floats, limits: Limits) -> float:
    """Time that keeps velocities, accelerations and jerks (m, 3), given per unit of the clock, within the limits."""
    across = float(np.hypot(speed[:, 0], speed[:, 1]).max(initial=0.0)) / limits.max_speed_xy_mps
    up = max(0.0, float(speed[:, 2].max(initial=0.0))) / limits.max_speed_up_mps
    down = max(0.0, -float(speed[:, 2].min(initial=0.0))) / limits.max_speed_down_mps
    bend = math.sqrt(_longest(accel) / limits.max_accel_mps2)
    jolt = 0.0 if limits.max_jerk_mps3 is None else (_longest(jerk) / limits.max_jerk_mps3 / JERK_SHARE) ** (1.0 / 3.0)
    return max(max(across, up, down) / SPEED_SHARE, bend / math.sqrt(ACCEL_SHARE), jolt)


def _longest(vectors: Floats) -> float:
    return math.sqrt(float((vectors * vectors).sum(axis=1).max(initial=0.0)))


def shortest_us(start_m: Floats, end_m: Floats, bend_m: Floats | None, limits: Limits, law: int = MIN_JERK) -> int:
    """The shortest duration within speed (across, up, down), acceleration and jerk (vector norms), in whole ticks.

    Exact for straight flights; for bent ones the control points of the derivatives bound them from above.
    """
    move = end_m - start_m
    speed_peak, accel_peak, jerk_peak = LAWS[law]
    seconds = _shortest_s(move * speed_peak, move * accel_peak, move * jerk_peak, limits)
    if bend_m is not None:
        rows = np.nonzero(np.abs(bend_m).max(axis=(1, 2)) > 0.0)[0]
        for part in np.array_split(rows, max(1, len(rows) // 1024)):
            ctrl = bent_controls(start_m[part], end_m[part], bend_m[part], clock(law))
            speed = np.diff(ctrl, axis=2) * (5.0 * SPANS)
            accel = np.diff(speed, axis=2) * (4.0 * SPANS)
            jerk = np.diff(accel, axis=2) * (3.0 * SPANS)
            seconds = max(seconds, _shortest_s(speed.reshape(-1, 3), accel.reshape(-1, 3), jerk.reshape(-1, 3), limits))
    return whole_ticks(seconds)


def quickest_law(start_m: Floats, end_m: Floats, limits: Limits) -> int:
    """The law of motion that needs the least time for straight flights between these places (n, 3)."""
    return min(LAWS, key=lambda law: (shortest_us(start_m, end_m, None, limits, law), law))


def _bend_apart(a: Floats, b: Floats, gap_m: float, law: int) -> tuple[Floats, list[Tight]]:
    """Bends (n, BENDS, 3) that keep all pairs `gap_m` apart, and the pairs that they could not."""
    n = len(a)
    bend = np.zeros((n, BENDS, 3))
    rows = clock(law)
    slack = 0.3
    listed = np.full(n, -1.0)
    stale = np.ones(n, np.bool_)
    pairs, straight = np.zeros((0, 2), np.int64), np.empty(0)
    left, short, at = pairs, straight, straight
    fewest, better = 1 << 60, 0
    for turn in range(_ROUNDS):
        reach = np.sqrt((bend * bend).sum(axis=2)).max(axis=1)
        if (reach > listed).any():
            # B-splines sum to one at most, so no drone leaves its line by more than its largest coefficient
            listed = reach + slack
            slack *= 2.0
            pairs, straight, _, _ = near_pairs(a, b, gap_m, listed)
            i, j = pairs[:, 0], pairs[:, 1]
            # the ends are fixed: a pair can be held no further apart than it starts or ends
            ends = np.minimum(np.linalg.norm(a[i] - a[j], axis=1), np.linalg.norm(b[i] - b[j], axis=1))
            wanted = np.minimum(gap_m + MARGIN_M, ends - 1e-4)
            distance, when, apart = np.full(len(pairs), 1e9), np.empty(len(pairs)), np.empty((len(pairs), 3))
            stale[:] = True
        # only who could have come near since: flying straight, less what both leave their lines by
        close = straight - reach[pairs[:, 0]] - reach[pairs[:, 1]] < gap_m + MARGIN_M
        fresh = np.nonzero((stale[pairs[:, 0]] | stale[pairs[:, 1]]) & close)[0]
        distance[fresh], when[fresh], apart[fresh] = bent_gaps(pairs[fresh], a, b, bend, rows, gap_m + MARGIN_M)
        bad = np.nonzero(distance < np.minimum(wanted, gap_m + 0.2 * MARGIN_M))[0]
        if not len(bad):
            return bend, []
        left, short, at = pairs[bad], distance[bad], when[bad]
        if len(bad) < fewest:
            fewest, better = len(bad), turn
        elif turn - better > _PATIENCE:
            break
        length = np.maximum(distance[bad], 1e-9)[:, None]
        # two drones that meet exactly have no direction to part along: each gives way to its right
        toward = (b - a)[pairs[bad, 1]] - (b - a)[pairs[bad, 0]]
        upright = np.hypot(toward[:, 0], toward[:, 1]) < 1e-6
        spare = np.stack([-toward[:, 1], toward[:, 0] + upright, np.zeros(len(bad))], axis=1)
        spare /= np.linalg.norm(spare, axis=1, keepdims=True)
        along = np.where(length > 1e-3, apart[bad] / length, spare)
        push = 0.5 * (np.minimum(wanted[bad], gap_m + MARGIN_M) - distance[bad] + MARGIN_M)
        move = bend_weights(when[bad])[:, :, None] * (along * push[:, None])[:, None, :]
        np.add.at(bend, pairs[bad, 0], -move)
        np.add.at(bend, pairs[bad, 1], move)
        stale[:] = False
        stale[pairs[bad].ravel()] = True
    tight = [Tight(int(i), int(j), float(d), float(u)) for (i, j), d, u in zip(left, short, at, strict=True)]
    return bend, sorted(tight, key=lambda t: (t.gap_m, t.a, t.b))


def plan_transition(
    a_m: Floats,
    b_m: Floats,
    limits: Limits,
    *,
    free: bool = True,
    quick: bool = False,
    pairing: Pairing | None = None,
    spaced_m: tuple[float, float] | None = None,
) -> Transition:
    """The transition of n drones from `a_m` to `b_m` (n, 3), at rest at both ends.

    With `free` each drone may take any place (`pairing`: what `pair_up` says of these places, when that is known), else
    drone i goes to place i. `spaced_m`: the spacings of both sets of places, when they are known. With `quick` the law
    of motion is the one that needs the least time, else minimum jerk. Deterministic. Raises ValueError for different
    counts. Pairs that stay nearer than `limits.min_gap_m` are listed in `tight`, worst first.
    """
    a, b = np.ascontiguousarray(a_m, np.float64), np.ascontiguousarray(b_m, np.float64)
    if len(a) != len(b) or not len(a):
        raise ValueError(f"a transition needs as many places as drones, got {len(b)} and {len(a)}")
    target = (pairing or pair_up(a, b)).target if free else np.arange(len(a))
    end = np.ascontiguousarray(b[target])
    law = quickest_law(a, end, limits) if quick else MIN_JERK
    gap = limits.min_gap_m
    pairs, distance, nearest, pair = near_pairs(a, end, gap)
    who = (int(pair[0]), int(pair[1]))
    bend: Floats | None = None
    tight: list[Tight] = []
    spaced = spaced_m or (spacing(a)[0], spacing(b)[0])
    # where the places themselves are too near nothing on the way can mend it
    if len(pairs) and min(spaced) >= gap - 1e-6:
        bend, tight = _bend_apart(a, end, gap, law)
        reach = np.sqrt((bend * bend).sum(axis=2)).max(axis=1)
        listed, _, _, _ = near_pairs(a, end, 1.5 * gap, reach)
        exact, _, _ = bent_gaps(listed, a, end, bend, clock(law), 1.5 * gap, least=True)
        worst = int(np.argmin(exact))
        nearest, who = float(exact[worst]), (int(listed[worst, 0]), int(listed[worst, 1]))
    else:
        order = np.argsort(distance, kind="stable")
        tight = [Tight(int(pairs[r, 0]), int(pairs[r, 1]), float(distance[r])) for r in order]
    proven = proven_gap(*spaced) if free else 0.0
    need = shortest_us(a, end, bend, limits, law)
    return Transition(law, a, target, end, bend, need, nearest, who, tuple(t for t in tight if t.gap_m < gap), proven)
