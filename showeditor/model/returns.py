"""Return plans: what each drone does when it is called home during its flight, row by row, and columns from rows.

The meaning is that of Skybrush's collective return to home (libskybrush rth_plan.c): the rows of a drone ascend in
time, a call is answered by the first row at or after it, and after the last row the drone lands where it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from showeditor.model.arrays import frozen
from showeditor.model.plan import Drones
from showeditor.model.venue import Vec3


class Homing(IntEnum):
    """What a drone does when it is called home."""

    LAND = 0
    ABOVE = 1
    STRAIGHT = 2


@dataclass(frozen=True, slots=True)
class Return:
    """One row of a drone's return plan; see `Drones` for the meaning of its fields."""

    t_us: int
    action: Homing = Homing.LAND
    target_m: Vec3 = (0.0, 0.0, 0.0)
    arrival_m: float = 0.0
    neck_m: float = 0.0
    before_us: int = 0
    neck_us: int = 0
    way_us: int = 0
    after_us: int = 0
    accel_mps2: float = 0.0
    landing_mps: float = 0.0


def return_plan(drones: Drones, i: int) -> tuple[Return, ...]:
    """The return plan of drone `i`, in order of time; empty where it has none."""
    if not len(drones.return_t_us):
        return ()
    out = []
    for k in range(int(drones.return_start[i]), int(drones.return_start[i + 1])):
        x, y, z = drones.return_target_m[k].tolist()
        arrival, neck = drones.return_up_m[k].tolist()
        before, rising, way, after = drones.return_wait_us[k].tolist()
        accel, landing = drones.return_pace[k].tolist()
        action = Homing(int(drones.return_action[k]))
        t_us = int(drones.return_t_us[k])
        out.append(Return(t_us, action, (x, y, z), arrival, neck, before, rising, way, after, accel, landing))
    return tuple(out)


def with_return_plans(drones: Drones, plans: Sequence[Sequence[Return]]) -> Drones:
    """The drones with these return plans, one for each (empty: none); raises ValueError for moments out of order."""
    rows = [row for plan in plans for row in plan]
    if any(b.t_us <= a.t_us for plan in plans for a, b in pairwise(plan)):
        raise ValueError("the moments of a return plan do not increase")
    counts = [len(plan) for plan in plans]
    return replace(
        drones,
        return_start=frozen(np.concatenate([[0], np.cumsum(counts)]) if rows else [0], np.int64, (None,)),
        return_t_us=frozen([r.t_us for r in rows], np.int64, (None,)),
        return_action=frozen([int(r.action) for r in rows], np.uint8, (None,)),
        return_target_m=frozen(np.array([r.target_m for r in rows]).reshape(-1, 3), np.float64, (None, 3), "target"),
        return_up_m=frozen(np.array([[r.arrival_m, r.neck_m] for r in rows]).reshape(-1, 2), np.float64, (None, 2)),
        return_wait_us=frozen(
            np.array([[r.before_us, r.neck_us, r.way_us, r.after_us] for r in rows], np.int64).reshape(-1, 4),
            np.int64,
            (None, 4),
        ),
        return_pace=frozen(
            np.array([[r.accel_mps2, r.landing_mps] for r in rows]).reshape(-1, 2), np.float64, (None, 2)
        ),
    )


def homing(drones: Drones) -> tuple[int, ...]:
    """The drones that have a return plan."""
    if not len(drones.return_t_us):
        return ()
    return tuple(np.nonzero(np.diff(drones.return_start))[0].tolist())


def returns_of(drones: Drones, rows: Sequence[int], kept: NDArray[np.bool_]) -> Drones:
    """The drones with those rows of their return plans that are `kept`, for the drones of `rows` in their order."""
    if not len(drones.return_t_us) or (kept.all() and list(rows) == list(range(len(drones)))):
        return drones
    plans = []
    for i in rows:
        first = int(drones.return_start[i])
        plans.append([row for k, row in enumerate(return_plan(drones, i), first) if kept[k]])
    return with_return_plans(drones, plans)
