"""Recorded flights of a show -> drones of its Plan: placed, moved in time and cut, never resampled.

PLAN-RECORDED-AIR block: a part begins or ends while drones are in the air. Remedy: cut it where all stand on the
ground.
PLAN-RECORDED-NAMES block: two drones of the plan have one name. Remedy: give a recorded flight a prefix.
PLAN-RECORDED-PART block: nothing is left of a recording in the part chosen. Remedy: choose an earlier part.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from showeditor.model.arrays import Floats, Longs, frozen
from showeditor.model.finding import Finding
from showeditor.model.music import moment_us
from showeditor.model.plan import Drones
from showeditor.model.recording import RecordedFlight
from showeditor.model.returns import with_return_plans
from showeditor.model.show import Show
from showeditor.planning.recorded_cut import cut
from showeditor.planning.swarm import Swarm

_STARTS = ("piece_start", "ctrl_start", "key_start", "yaw_start", "return_start")


@dataclass(frozen=True, slots=True)
class Flown:
    """The swarm with the recorded flights, and what both were made from."""

    swarm: Swarm
    planned: Swarm
    source: tuple[object, ...]


def with_recordings(show: Show, planned: Swarm, previous: Flown | None = None) -> Flown:
    """The planned swarm and, after it, the drones of the show's recorded flights; the same object for the same show.

    A recording that is neither cut nor placed nor shifted comes through with the numbers that were read.
    """
    source = (show.recorded, show.limits, (show.music.downbeat_us, show.music.tempo) if show.music else None)
    if previous is not None and previous.planned is planned and previous.source == source:
        return previous
    flying = [flight for flight in show.recorded if not flight.muted]
    if not flying:
        return Flown(planned, planned, source)
    problems = list(planned.problems)
    parts = [planned.drones] if len(planned.drones) else []
    for flight in flying:
        if flight.ends_us <= flight.from_us:
            problems.append(_nothing_left(flight))
            continue
        t_us = moment_us(flight.start, show.music)
        problems += _in_the_air(flight, t_us)
        part = cut(flight)
        part = part if flight.returns else with_return_plans(part, [()] * len(part))
        parts.append(_named(flight, _placed(flight, _moved(part, t_us - flight.from_us))))
    drones = joined(parts) if len(parts) > 1 else parts[0] if parts else planned.drones
    problems += _same_names(drones.name)
    limits, limits_source = planned.limits, planned.limits_source
    stated = [flight for flight in flying if flight.limits is not None]
    if stated and not len(planned.drones):
        # a show of recordings alone is held to what their files state, as those files by themselves would be
        limits = stated[0].limits or limits
        limits_source = "recording " + ", ".join(flight.name or flight.id for flight in stated)
        if show.limits is not None:
            limits, limits_source = limits.tightened(show.limits), f"{limits_source}, tightened by the show"
    for flight in stated:
        limits = limits.tightened(flight.limits) if flight.limits is not None else limits
    return Flown(replace(planned, drones=drones, limits=limits, limits_source=limits_source,
                         problems=tuple(problems)), planned, source)  # fmt: skip


def joined(parts: Sequence[Drones]) -> Drones:
    """The drones of all parts, one after the other."""
    made: dict[str, Any] = {}
    for column in fields(Drones):
        values = [getattr(part, column.name) for part in parts]
        if column.name in _STARTS:
            made[column.name] = _starts(parts, column.name, values)
        elif isinstance(values[0], tuple):
            made[column.name] = tuple(item for value in values for item in value)
        else:
            whole = np.concatenate(values)
            made[column.name] = frozen(whole, whole.dtype, (None, *whole.shape[1:]), column.name)
    return Drones(**made)


def _starts(parts: Sequence[Drones], name: str, values: list[NDArray[Any]]) -> Longs:
    if name in ("yaw_start", "return_start") and all(value[-1] == 0 for value in values):
        return values[0][:1]
    out, base = [np.zeros(1, np.int64)], 0
    for part, value in zip(parts, values, strict=True):
        owners = len(part.piece_t0_us) if name == "ctrl_start" else len(part)
        own = value[1:] if len(value) > 1 or owners == 0 else np.zeros(owners, np.int64)
        out.append(own + base)
        base += int(value[-1])
    return frozen(np.concatenate(out), np.int64, (None,))


def _moved(drones: Drones, dt_us: int) -> Drones:
    if dt_us == 0:
        return drones

    def later(times_us: Longs) -> Longs:
        return frozen(times_us + dt_us, np.int64, (None,))

    return replace(
        drones,
        off_us=later(drones.off_us),
        on_us=later(drones.on_us),
        piece_t0_us=later(drones.piece_t0_us),
        piece_t1_us=later(drones.piece_t1_us),
        key_t_us=later(drones.key_t_us),
        yaw_t_us=later(drones.yaw_t_us),
        return_t_us=later(drones.return_t_us),
    )


def _placed(flight: RecordedFlight, drones: Drones) -> Drones:
    if flight.heading_deg == 0.0 and flight.at_m == (0.0, 0.0, 0.0):
        return drones
    turn = math.radians(flight.heading_deg)
    # clockwise from above: what lay north lies to the east after a quarter turn
    matrix = np.array([[math.cos(turn), -math.sin(turn), 0], [math.sin(turn), math.cos(turn), 0], [0, 0, 1.0]])

    def there(points: Floats) -> Floats:
        turned = points @ matrix if flight.heading_deg else points
        return frozen(turned + np.array(flight.at_m), np.float64, (None, 3), "recorded places")

    yaw = frozen(drones.yaw_deg + flight.heading_deg, np.float64, (None,))
    arrival = drones.return_up_m + np.array([flight.at_m[2], 0.0])
    return replace(
        drones,
        home_m=there(drones.home_m),
        ctrl=there(drones.ctrl),
        yaw_deg=yaw,
        return_target_m=there(drones.return_target_m),
        return_up_m=frozen(arrival, np.float64, (None, 2)),
    )


def _named(flight: RecordedFlight, drones: Drones) -> Drones:
    return replace(drones, name=tuple(flight.prefix + name for name in drones.name)) if flight.prefix else drones


def _in_the_air(flight: RecordedFlight, t_us: int) -> list[Finding]:
    drones = flight.recording.drones
    out: list[Finding] = []
    ends = flight.ends_us
    for moment, at_us, word, zh in (
        (flight.from_us, t_us, "begins", "开始"),
        (ends, t_us + ends - flight.from_us, "ends", "结束"),
    ):
        up = np.flatnonzero((drones.off_us < moment) & (drones.on_us > moment))
        if len(up):
            names = [flight.prefix + drones.name[k] for k in up[:20].tolist()]
            out.append(
                Finding(
                    "PLAN-RECORDED-AIR",
                    "block",
                    f"recorded flight {flight.id!r} {word} while {len(up)} drones ({names[0]}, ...) are in the air; "
                    "cut it where they stand on the ground",
                    f"录制航段 {flight.id!r} 在 {len(up)} 架无人机（{names[0]} 等）仍在空中时{zh}；"
                    "请在无人机停在地面时裁切",
                    at_us,
                    at_us,
                    (flight.id, *names),
                    float(len(up)),
                    0.0,
                    "drones",
                )
            )
    return out


def _nothing_left(flight: RecordedFlight) -> Finding:
    return Finding(
        "PLAN-RECORDED-PART",
        "block",
        f"recorded flight {flight.id!r} holds nothing after {flight.from_us / 1e6:g} s; "
        f"its recording ends at {flight.recording.ends_us / 1e6:g} s",
        f"录制航段 {flight.id!r} 在 {flight.from_us / 1e6:g} 秒之后没有内容；"
        f"其录制在 {flight.recording.ends_us / 1e6:g} 秒结束",
        ids=(flight.id,),
    )


def _same_names(names: tuple[str, ...]) -> list[Finding]:
    if len(set(names)) == len(names):
        return []
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    return [
        Finding(
            "PLAN-RECORDED-NAMES",
            "block",
            f"{len(twice)} drone names stand twice, {twice[0]!r} among them; give a recorded flight a prefix",
            f"有 {len(twice)} 个无人机名称重复，例如 {twice[0]!r}；请为录制航段设置名称前缀",
            ids=tuple(twice[:20]),
            measured=float(len(twice)),
        )
    ]
