"""Drotek IOStar JSON: a show as families of drones with their dances, out (version 3) and in (versions 1 to 3).

Source: Drotek's public loader, as laid down in the project's format notes (3.7). Every drone is written as a family of
its own; its name stands in an own field `name` beside the dance, which Drotek's programs pass over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from exporters.content import clean_name, json_of, not_read, only, title_from
from exporters.drotek.dance import (
    FIRE_CHANNELS,
    HZ,
    LAST_FRAME,
    MOST_BYTES,
    MOST_SCALE,
    decoded,
    encoded,
    scale_of,
    us_of_frames,
)
from exporters.payload import Fire, fires_of, payload_of, whole
from exporters.samples import (
    Sampler,
    changes,
    colours,
    end_us,
    refuse_early,
    refuse_fast,
    resolution_of,
    sampled_remarks,
)
from exporters.smoothing import Flight, drones_of_flights
from showeditor.export.assembly import end_of
from showeditor.export.format import Carried, Files, Resolution, Status
from showeditor.export.names import file_stem
from showeditor.model.arrays import Floats, Longs
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import Finding
from showeditor.model.limits import Limits
from showeditor.model.plan import Drones, Plan

STRIDE = 6
TICK_US = 1_000_000 * STRIDE // HZ
_ID = "drotek"


class _Drone(msgspec.Struct):
    dance: list[int]
    name: str = ""


class _Family(msgspec.Struct):
    drones: list[_Drone]


class _Show(msgspec.Struct):
    families: list[_Family]


class _Physics(msgspec.Struct):
    horizontal_velocity_max: float | None = None
    acceleration_max: float | None = None
    velocity_up_max: float | None = None
    velocity_down_max: float | None = None
    minimum_distance: float | None = None


class _File(msgspec.Struct):
    show: _Show
    physic_parameters: _Physics | None = None


def hull(points: Floats) -> list[list[float]]:
    """The convex hull of points (n, 2), counter-clockwise (Andrew's monotone chain)."""
    rows = sorted({(float(x), float(y)) for x, y in points})
    if len(rows) < 3:
        return [list(r) for r in rows]

    def half(ordered: list[tuple[float, float]]) -> list[tuple[float, float]]:
        out: list[tuple[float, float]] = []
        for p in ordered:
            while len(out) > 1:
                (ax, ay), (bx, by) = out[-2], out[-1]
                if (bx - ax) * (p[1] - ay) - (by - ay) * (p[0] - ax) > 0:
                    break
                out.pop()
            out.append(p)
        return out

    return [list(p) for p in half(rows)[:-1] + half(rows[::-1])[:-1]]


def _closest_cm(homes: Floats) -> int:
    """The smallest distance between two homes on the ground in centimetres, 0 for a single drone."""
    best = np.inf
    for k in range(1, len(homes)):
        best = min(best, float(np.hypot(*(homes[k:, :2] - homes[k - 1, :2]).T).min()))
    return round(best * 100) if np.isfinite(best) else 0


def _farthest(drones: Drones) -> float:
    return float(np.abs(np.concatenate([drones.ctrl, drones.home_m])).max(initial=0.0))


def _colour_frames(drones: Drones, i: int, last: int) -> Longs:
    """Frames at which colours are taken: every key, and every STRIDE frames along a ramp."""
    rows = slice(int(drones.key_start[i]), int(drones.key_start[i + 1]))
    at = np.clip(-(-drones.key_t_us[rows] * HZ // 1_000_000), 0, last)
    fade = drones.key_fade[rows]
    parts = [np.zeros(1, np.int64), at]
    parts += [np.arange(at[k - 1], at[k], STRIDE) for k in range(1, len(at)) if fade[k]]
    return np.unique(np.concatenate(parts))


@dataclass(frozen=True)
class Drotek:
    """The format `drotek`: `TITLE.json` with version 3 dances, four positions a second."""

    id: str = _ID
    title: str = "Drotek IOStar JSON (dance version 3)"
    title_zh: str = "Drotek IOStar JSON（dance 第 3 版）"
    status: Status = "columns proven"
    reads: bool = True
    writes: bool = True

    @property
    def limits(self) -> Mapping[str, int | float | str]:
        """Bytes, range, clock and step."""
        return {
            "max_dance_bytes": MOST_BYTES,
            "max_coordinate_m": MOST_SCALE * 327.67,
            "frames_per_second": HZ,
            "position_tick_us": TICK_US,
            "max_duration_s": LAST_FRAME // HZ,
            "step_m": 0.01,
            "payload_channels": FIRE_CHANNELS,
            "payload_tick_us": -(-1_000_000 // HZ),
            "not_proven": "which ramp the mark of a colour begins; what the autopilot makes of take-off and landing; "
            "yaw events, which belong to version 4, are not written",
        }

    def carried(self, plan: Plan) -> Carried:
        """All drones and their fireworks."""
        return Carried((), tuple(range(len(plan.drones))), whole(plan))

    def resolution(self, plan: Plan) -> Resolution:
        """What straight lines between four places a second leave out, and whole centimetres (times the scale)."""
        step = 0.01 * max(1, scale_of(_farthest(plan.drones)))
        return replace(resolution_of(plan, TICK_US, step, TICK_US), payload_us=-(-1_000_000 // HZ))

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        """What samples leave out; that take-off and landing are the autopilot's own there."""
        own = Finding(
            "DROTEK-TAKEOFF",
            "note",
            f"{_ID}: these drones take off and land by themselves; have Drotek's loader check the first and last "
            "seconds before a flight",
            f"{_ID}：此类无人机自行起飞和降落；飞行前请用 Drotek Loader 检查开头与结尾",
        )
        return (own, *sampled_remarks(self.id, plan, TICK_US))

    def write(self, plan: Plan) -> dict[str, bytes]:
        """`TITLE.json`; raises Unfit naming the drone."""
        drones = plan.drones
        refuse_early(self.id, drones)
        scale = scale_of(_farthest(drones))
        if scale == 0:
            raise Unfit(self.id, "the show", f"reaches farther than {MOST_SCALE * 327.67:g} m from the origin")
        refuse_fast(self.id, plan, TICK_US)
        last = -(-end_us(plan) * HZ // 1_000_000)
        frames = np.arange(max(2, -(-last // STRIDE) + 1), dtype=np.int64) * STRIDE
        if frames[-1] > LAST_FRAME:
            raise Unfit(self.id, "the show", f"lasts longer than {LAST_FRAME // HZ} s")
        t_us = us_of_frames(frames)
        sampler = Sampler.of(drones)
        families: list[object] = []
        low, high = np.full(3, np.inf), np.full(3, -np.inf)
        ground: list[Floats] = []
        fires = fires_of(plan)
        for i, name in enumerate(drones.name):
            places = sampler.places(i, t_us)
            low, high = np.minimum(low, places.min(axis=0)), np.maximum(high, places.max(axis=0))
            ground.append(np.array(hull(np.round(places[:, :2] * 100))))
            at = _colour_frames(drones, i, int(frames[-1]))
            rgb = colours(drones, i, us_of_frames(at), white=False)[:, :3]
            keep = changes(rgb)
            try:
                lit = [((2 * f.t_us * HZ + 1_000_000) // 2_000_000, f.channel - 1) for f in fires.get(i, ())]
                dance = encoded(frames, places, at[keep], rgb[keep], scale, lit)
            except ValueError as error:
                raise Unfit(self.id, f"drone {name!r}", str(error)) from error
            x, y, z = np.floor(places[0] * 100 + 0.5).astype(int).tolist()
            families.append({"drones": [{"dance": list(dance), "name": name}], "x": y, "y": x, "z": -z})
        step = _closest_cm(drones.home_m)
        show = {
            "show": {
                "families": families,
                "nb_x": len(drones),
                "nb_y": 1,
                "step_x": step,
                "step_y": step,
                "angle_takeoff": 0,
                "duration": int(t_us[-1]) // 1000,
                "hull": [[int(y), int(x)] for x, y in hull(np.concatenate(ground))],
                "altitude_range": [-round(float(high[2]) * 100), -round(float(low[2]) * 100)],
                "scale": scale,
                "land_type": "Land",
            },
            "physic_parameters": {
                "horizontal_velocity_max": plan.limits.max_speed_xy_mps,
                "acceleration_max": plan.limits.max_accel_mps2,
                "velocity_up_max": plan.limits.max_speed_up_mps,
                "velocity_down_max": plan.limits.max_speed_down_mps,
                "minimum_distance": plan.limits.min_gap_m,
            },
            "metadata": {"loader_version": "showeditor", "lightshow_creator_version": None, "blender_version": None},
        }
        return {f"{file_stem(plan.title)}.json": msgspec.json.encode(show)}

    def read(self, files: Files, name: str) -> Plan:
        """The drones of a show and the limits it states; raises BadFile with drone and byte."""
        _, data = only(files, name, ".json")
        file = json_of(data, _File, name)
        flights: list[Flight] = []
        step = 1.0
        left: dict[tuple[str, str], list[str]] = {}
        fires: list[list[Fire]] = []
        dances = [d for family in file.show.families for d in family.drones]
        if not dances:
            raise BadFile(name, "show.families", "at least one drone was expected")
        for number, one in enumerate(dances, 1):
            who = clean_name(one.name, f"Drone {number}")
            if len(one.dance) > 4 * MOST_BYTES:
                raise BadFile(name, who, f"a dance of at most {4 * MOST_BYTES} bytes was expected")
            try:
                dance = decoded(bytes(one.dance))
            except ValueError as error:
                raise BadFile(name, f"{who}: dance", str(error)) from error
            if (np.diff(dance.key_t_us) < 0).any():
                raise BadFile(name, f"{who}: dance", "colours in the order of their frames were expected")
            shown = np.append(np.diff(dance.key_t_us) > 0, True)[: len(dance.key_t_us)]
            fade = np.concatenate([[False], dance.ramps[:-1]])[: len(dance.ramps)]
            flights.append(
                Flight(who, dance.t_us, dance.places, None, dance.key_t_us[shown], dance.key_rgbw[shown], fade[shown])
            )
            step = min(step, dance.step_m)
            fires.append([Fire(t, channel + 1, burn_us=ms * 1000) for t, channel, ms in dance.fires])
            if dance.yaws:
                left.setdefault(("yaw events", "偏航事件"), []).append(who)
        if len({f.name for f in flights}) != len(flights):
            raise BadFile(name, "show.families", "two drones have the same name")
        try:
            drones = drones_of_flights(flights, step)
        except ValueError as error:
            raise BadFile(name, "", str(error)) from error
        limits, stated = _limits(file.physic_parameters)
        ignitions, carriers = payload_of(drones, fires)
        return Plan(
            title=title_from(name, ".json"),
            duration_us=max(1, end_of(drones)),
            drones=drones,
            ignitions=ignitions,
            carriers=carriers,
            limits=limits,
            limits_source=f"stated by {name}" if stated else "program default",
            problems=tuple(not_read(_ID, en, zh, tuple(ids)) for (en, zh), ids in sorted(left.items())),
        )

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether it is JSON that begins with a show of families."""
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200]
        return start[:1] == b"{" and b'"show"' in start and b'"families"' in start


def _limits(stated: _Physics | None) -> tuple[Limits, bool]:
    """The limits that a file states, over the defaults; senseless ones are passed over."""
    if stated is None:
        return Limits(), False
    values = {
        "max_speed_xy_mps": stated.horizontal_velocity_max,
        "max_accel_mps2": stated.acceleration_max,
        "max_speed_up_mps": stated.velocity_up_max,
        "max_speed_down_mps": stated.velocity_down_max,
        "min_gap_m": stated.minimum_distance,
    }
    known = {k: v for k, v in values.items() if v is not None and v > 0}
    return msgspec.structs.replace(Limits(), **known), bool(known)


DROTEK = Drotek()
