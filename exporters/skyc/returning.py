"""The return plan (rthPlan) of a drone in a `.skyc`.

Source: the validators of Skybrush Live, as laid down in the format notes (3.1). The name of the field that holds how
far a drone rises first is not known: a plan with one is neither written nor read.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from exporters.skyc.frame import to_venue
from exporters.skyc.place import At, real
from showeditor.model.arrays import Floats
from showeditor.model.returns import Homing, Return

MOST_ROWS = 10_000
_LONGEST_S = 48 * 3600
_NAMES = {Homing.LAND: "land", Homing.ABOVE: "goToKeepAlt", Homing.STRAIGHT: "goToStraight"}
_ACTIONS = {name: action for action, name in _NAMES.items()}
_PLAN = {"version", "entries", "landingSpeed", "landingAltitude"}
_ROW = {"time", "action", "target", "duration", "preDelay", "postDelay", "preNeckDuration", "landingAltitude"}


def can_hold(plan: Sequence[Return]) -> bool:
    """Whether the file can say all of a return plan: whole seconds, no rise before the way, one landing speed."""
    goes = [row for row in plan if row.action != Homing.LAND]
    spans = [us for r in plan for us in (r.t_us, r.before_us, r.neck_us, r.way_us, r.after_us)]
    speeds = {r.landing_mps for r in goes}
    return (
        all(us % 1_000_000 == 0 and us >= 0 for us in spans)
        and all(r.neck_m == 0.0 and r.neck_us == 0 and r.accel_mps2 == 0.0 for r in goes)
        and len(speeds) == 1
        and min(speeds) > 0.0
    )


def rth_plan(plan: Sequence[Return], heights: Floats) -> dict[str, object]:
    """The object of a return plan that `can_hold` agreed to; `heights` (n,): how high the drone is at each row."""
    entries: list[object] = []
    for row, height in zip(plan, heights.tolist(), strict=True):
        entry: dict[str, object] = {"time": row.t_us // 1_000_000, "action": _NAMES[row.action]}
        x, y, ground = row.target_m
        arrival = row.arrival_m if row.action == Homing.STRAIGHT else height
        entry["target"] = [round(x, 5), round(y, 5), round(arrival, 5)]
        entry["duration"] = row.way_us // 1_000_000
        entry["landingAltitude"] = round(ground, 5)
        for name, us in (("preDelay", row.before_us), ("postDelay", row.after_us)):
            if us:
                entry[name] = us // 1_000_000
        entries.append(entry)
    speed = max(row.landing_mps for row in plan)
    return {"version": 1, "entries": entries, "landingSpeed": speed, "landingAltitude": 0}


def returns_in(at: At, plan: dict[str, Any], orientation_deg: float) -> list[Return] | None:
    """The rows of a return plan; None where it says something whose meaning is not known. Raises BadFile."""
    entries = at.items(plan, "entries")
    if plan.get("version", 1) != 1 or set(plan) - _PLAN:
        return None
    speed = at.number(plan, "landingSpeed", 0.0)
    ground = at.number(plan, "landingAltitude", 0.0)
    if not 0.0 <= speed < 1000.0 or len(entries) > MOST_ROWS:
        raise at.bad("rthPlan", f"a landing speed in m/s and at most {MOST_ROWS} entries were expected")
    out: list[Return] = []
    for number, entry in enumerate(entries, 1):
        where = f"rthPlan.entries[{number}]"
        if not isinstance(entry, dict):
            raise at.bad(where, "an object was expected")
        if set(entry) - _ROW or entry.get("action") not in _ACTIONS or entry.get("preNeckDuration"):
            return None
        out.append(_row(at, where, entry, speed, ground, orientation_deg))
        if len(out) > 1 and out[-1].t_us <= out[-2].t_us:
            raise at.bad(where, "a later time than that of the entry before was expected")
    return out


def _row(at: At, where: str, entry: dict[str, Any], speed: float, ground: float, orientation_deg: float) -> Return:
    def microseconds(name: str) -> int:
        value = entry.get(name, 0)
        if not real(value) or not 0 <= value <= _LONGEST_S:
            raise at.bad(f"{where}.{name}", "seconds were expected")
        return round(float(value) * 1e6)

    action = _ACTIONS[entry["action"]]
    before, t_us = microseconds("preDelay"), microseconds("time")
    if action == Homing.LAND:
        return Return(t_us, before_us=before)
    target = entry.get("target")
    if not isinstance(target, list) or len(target) not in (2, 3) or not all(real(v) and abs(v) < 1e5 for v in target):
        raise at.bad(f"{where}.target", "two or three coordinates in metres were expected")
    if action == Homing.STRAIGHT and len(target) != 3:
        raise at.bad(f"{where}.target", "three coordinates in metres were expected")
    down = at.number(entry, "landingAltitude", ground)
    if not abs(down) < 1e5:
        raise at.bad(f"{where}.landingAltitude", "a height in metres was expected")
    x, y, z = to_venue(np.array([target[0], target[1], down], dtype=np.float64), orientation_deg).tolist()
    return Return(
        t_us,
        action,
        (x, y, z),
        float(target[2]) if action == Homing.STRAIGHT else 0.0,
        0.0,
        before,
        0,
        microseconds("duration"),
        microseconds("postDelay"),
        0.0,
        speed,
    )
