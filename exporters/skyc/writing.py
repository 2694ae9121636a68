"""A plan's drones as the members of a `.skyc`."""

import base64
from collections.abc import Iterator, Mapping, Sequence

import msgspec
import numpy as np

from exporters.headings import in_milliseconds
from exporters.lightcode import program_of
from exporters.payload import Fire, fires_of
from exporters.pieces import Pieces, on_milliseconds, still
from exporters.skyc.archive import zipped
from exporters.skyc.cubics import as_cubics
from exporters.skyc.frame import ORIENTATION_DEG
from exporters.skyc.returning import can_hold, rth_plan
from showeditor.export.assembly import some
from showeditor.export.payload import heading_of
from showeditor.kernels.paths import Paths
from showeditor.kernels.whereabouts import places
from showeditor.model.arrays import Floats, Longs
from showeditor.model.plan import Drones, Plan
from showeditor.model.returns import homing, return_plan
from showeditor.model.venue import Ring

DECIMALS = 5
MOST_DRONES = 5000
MOST_GROUPS = 256
_CHUNK = 500


def _numbers(values: Floats) -> list[object]:
    rounded: list[object] = (np.round(values, DECIMALS) + 0.0).tolist()
    return rounded


def trajectory(pieces: Pieces, home: Floats) -> dict[str, object]:
    """The trajectory object; times count from the take-off, which is the start of the first piece that moves."""
    moves = [k for k, points in enumerate(pieces.ctrl) if len(points) > 1 and not still(points)]
    if not moves:
        place = pieces.ctrl[0][0] if pieces.ctrl else home
        return {"version": 1, "takeoffTime": 0, "points": [[0, _numbers(place), []]]}
    first, last = moves[0], moves[-1]
    start = pieces.t0_ms[first]
    moving = set(moves)
    rows = _numbers(np.concatenate(pieces.ctrl[first : last + 1]))
    points: list[object] = [[0, rows[0], []]]
    at = 0
    for k in range(first, last + 1):
        end = at + len(pieces.ctrl[k])
        between = rows[at + 1 : end - 1] if k in moving else []
        points.append([(pieces.t1_ms[k] - start) / 1000, rows[end - 1], between])
        at = end
    return {
        "version": 1,
        "takeoffTime": start / 1000,
        "landingTime": pieces.t1_ms[last] / 1000,
        "points": points,
    }


def _polygon(ring: Ring, inside: bool) -> dict[str, object]:
    return {"isInclusion": inside, "points": [[round(x, 3), round(y, 3), 0] for x, y in ring]}


def environment(plan: Plan) -> dict[str, object]:
    """The place: only stated when the venue knows where on earth it lies."""
    out: dict[str, object] = {"type": "outdoor"}
    origin = plan.venue.origin
    if origin is not None:
        place = [round(origin.latitude_deg * 1e7), round(origin.longitude_deg * 1e7), round(origin.altitude_m * 1e3)]
        out["location"] = {"origin": place, "orientation": ORIENTATION_DEG}
    return out


def settings(plan: Plan) -> dict[str, object]:
    """Limits, geofence and cues as the file states them."""
    limits, fence = plan.limits, plan.venue.geofence
    ceiling = limits.max_altitude_m if fence is None else min(limits.max_altitude_m, fence.ceiling_m)
    out: dict[str, object] = {
        "validation": {
            "maxAltitude": ceiling,
            "maxVelocityXY": limits.max_speed_xy_mps,
            "maxVelocityZ": limits.max_speed_down_mps,
            "maxVelocityZUp": limits.max_speed_up_mps,
            "maxAccelerationXY": limits.max_accel_mps2,
            "maxAccelerationZ": limits.max_accel_mps2,
            "minDistance": limits.min_gap_m,
            "minNavAltitude": limits.min_nav_altitude_m,
        }
    }
    polygons = [] if fence is None else [_polygon(fence.ring, True)]
    polygons += [_polygon(z.ring, False) for z in plan.venue.zones if z.kind == "no_fly"]
    if polygons:
        out["geofence"] = {"version": 1, "polygons": polygons, "action": "report"}
    if plan.marks:
        out["cues"] = {"version": 1, "items": [{"name": m.name, "time": m.t_us / 1e6} for m in plan.marks]}
    return out


def yaw_control(t_us: Longs, deg: Floats) -> dict[str, object]:
    """The yaw control of heading keys: clockwise degrees from the show's X axis at moments of the show."""
    t_ms, deg = in_milliseconds(t_us, deg)
    turned = np.round(deg - ORIENTATION_DEG, DECIMALS) + 0.0
    return {"version": 1, "setpoints": [[t / 1000, d] for t, d in zip(t_ms.tolist(), turned.tolist(), strict=True)]}


def pyro(fires: Sequence[Fire]) -> dict[str, object]:
    """The pyro program of ignitions; channels count from 0 there, and every ignition has a payload of its own."""
    events: list[object] = []
    payloads: dict[str, object] = {}
    for number, fire in enumerate(fires, 1):
        events.append([(2 * fire.t_us + 1000) // 2000 / 1000, fire.channel - 1, str(number)])
        payloads[str(number)] = {
            "name": fire.effect,
            "duration": fire.burn_us / 1e6,
            "prefireTime": 0,
            "yaw": fire.yaw_deg,
            "pitch": fire.pitch_deg,
        }
    return {"version": 1, "events": events, "payloads": payloads}


def parts(drones: Drones) -> list[list[int]]:
    """The drones of each file: all in one up to 5,000, else whole fleets together as far as they fit."""
    n = len(drones)
    if n <= MOST_DRONES:
        return [list(range(n))] if n else []
    out: list[list[int]] = [[]]
    for name in dict.fromkeys(drones.fleet):
        own = [i for i in range(n) if drones.fleet[i] == name]
        if out[-1] and len(out[-1]) + len(own) > MOST_DRONES:
            out.append([])
        while own:
            room = MOST_DRONES - len(out[-1])
            out[-1] += own[:room]
            own = own[room:]
            if own:
                out.append([])
    return out


def _cubics(drones: Drones, rows: Sequence[int]) -> Iterator[tuple[int, Pieces]]:
    """Each of these drones with its cubic pieces; a few hundred at a time, since pieces are many small arrays."""
    for first in range(0, len(rows), _CHUNK):
        chunk = rows[first : first + _CHUNK]
        yield from zip(chunk, as_cubics(on_milliseconds(some(drones, chunk))), strict=True)


def holdable(drones: Drones) -> tuple[int, ...]:
    """The drones whose return plans the file can hold."""
    return tuple(i for i in homing(drones) if can_hold(return_plan(drones, i)))


def _heights(d: Drones, i: int) -> Floats:
    """How high drone `i` is at the moments of its return plan."""
    when = d.return_t_us[d.return_start[i] : d.return_start[i + 1]]
    paths = Paths(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m)
    return places(paths, np.full(len(when), i), when)[:, 2]


def file_of(plan: Plan, rows: Sequence[int], part: str) -> bytes:
    """One `.skyc` of these drones; `part` is added to the title when there are several."""
    members: dict[str, bytes] = {}
    entries: list[Mapping[str, object]] = []
    groups = {name: k for k, name in enumerate(dict.fromkeys(plan.drones.fleet))}
    fires = fires_of(plan)
    homes = {i: return_plan(plan.drones, i) for i in holdable(plan.drones)}
    for number, (i, pieces) in enumerate(_cubics(plan.drones, rows), 1):
        home = plan.drones.home_m[i]
        folder = f"drones/{number:05d}"
        members[f"{folder}/trajectory.json"] = msgspec.json.encode(trajectory(pieces, home))
        end = pieces.ctrl[-1][-1] if pieces.ctrl else home
        own: dict[str, object] = {
            "name": plan.drones.name[i],
            "home": _numbers(home),
            "landAt": _numbers(np.array([end[0], end[1], home[2]])),
            "trajectory": {"$ref": f"./{folder}/trajectory.json#"},
        }
        if len(groups) > 1:
            own["group"] = groups[plan.drones.fleet[i]] % MOST_GROUPS
        code = program_of(plan.drones, i)
        lights = {"version": 1, "data": base64.b64encode(code).decode("ascii")}
        members[f"{folder}/lights.json"] = msgspec.json.encode(lights)
        own["lights"] = {"$ref": f"./{folder}/lights.json#"}
        turns, deg = heading_of(plan.drones, i)
        if len(turns):
            own["yawControl"] = {"$ref": f"./{folder}/yaw_control.json#"}
            members[f"{folder}/yaw_control.json"] = msgspec.json.encode(yaw_control(turns, deg))
        if i in fires:
            own["pyro"] = {"$ref": f"./{folder}/pyro.json#"}
            members[f"{folder}/pyro.json"] = msgspec.json.encode(pyro(fires[i]))
        if i in homes:
            own["rthPlan"] = rth_plan(homes[i], _heights(plan.drones, i))
        entries.append({"type": "generic", "settings": own})
    show = {
        "version": 1,
        "environment": environment(plan),
        "settings": settings(plan),
        "swarm": {"drones": entries},
        "meta": {"title": plan.title + part},
    }
    members["show.json"] = msgspec.json.encode(show)
    return zipped(members)


def files_of(plan: Plan, stem: str) -> dict[str, bytes]:
    """`STEM.skyc`, or `STEM-1.skyc`, `STEM-2.skyc`, ... for more drones than one file may hold."""
    sets = parts(plan.drones)
    if len(sets) == 1:
        return {f"{stem}.skyc": file_of(plan, sets[0], "")}
    return {f"{stem}-{k}.skyc": file_of(plan, rows, f" ({k} of {len(sets)})") for k, rows in enumerate(sets, 1)}
