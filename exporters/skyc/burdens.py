"""Yaw control and pyro programs of a `.skyc`, read within bounds."""

from typing import Any

from exporters.payload import Fire
from exporters.skyc.place import At, real

MOST_EVENTS = 10_000
MOST_TURNS = 100_000
LONGEST_S = 48 * 3600.0


def yaw_of(at: At, control: dict[str, Any], orientation_deg: float) -> list[tuple[int, float]] | None:
    """Moments and headings of a yaw control; None where the nose follows the flight. Raises BadFile."""
    if control.get("version", 1) != 1:
        raise at.bad("yawControl.version", "1 was expected")
    if control.get("autoYaw", False):
        return None
    points = at.items(control, "setpoints")
    out: list[tuple[int, float]] = []
    for k, point in enumerate(points[: MOST_TURNS + 1], 1):
        known = isinstance(point, list) and len(point) == 2 and all(real(v) for v in point)
        if not known or abs(point[0]) > LONGEST_S or abs(point[1]) > 1e6 or k > MOST_TURNS:
            raise at.bad(f"yawControl.setpoints[{k}]", "a time in seconds and an angle in degrees were expected")
        t_us = round(point[0] * 1e6)
        if out and t_us < out[-1][0]:
            raise at.bad(f"yawControl.setpoints[{k}]", "a later time than that of the set-point before was expected")
        if out and t_us == out[-1][0]:
            out.pop()
        out.append((t_us, float(point[1]) + orientation_deg))
    return out


def fires_in(at: At, program: dict[str, Any]) -> list[Fire]:
    """The ignitions of a pyro program, in order of time; raises BadFile naming the event."""
    if program.get("version", 1) != 1:
        raise at.bad("pyro.version", "1 was expected")
    payloads = at.object(program, "payloads")
    out: list[Fire] = []
    for k, event in enumerate(at.items(program, "events"), 1):
        known = isinstance(event, list) and len(event) == 3 and real(event[0]) and isinstance(event[1], int)
        if not known or abs(event[0]) > LONGEST_S or not 0 <= event[1] < 1000 or k > MOST_EVENTS:
            raise at.bad(f"pyro.events[{k}]", "a time in seconds, a channel and a payload were expected")
        charge = payloads.get(str(event[2]), {})
        charge = charge if isinstance(charge, dict) else {}
        burn, pitch, yaw = (
            float(charge[name]) if real(charge.get(name)) else usual
            for name, usual in (("duration", 0.0), ("pitch", -90.0), ("yaw", 0.0))
        )
        effect = "".join(c for c in str(charge.get("name", "")) if c.isprintable())[:500]
        burn_us = round(min(max(burn, 0.0), LONGEST_S) * 1e6)
        pitch, yaw = min(max(pitch, -90.0), 90.0), yaw % 360.0 if abs(yaw) > 360.0 else yaw
        out.append(Fire(round(event[0] * 1e6), event[1] + 1, effect, pitch, yaw, burn_us))
    return sorted(out, key=lambda fire: fire.t_us)
