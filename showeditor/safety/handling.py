"""What a drone can do beside flying a path: turn, stay up, change its light; and what nobody has stated about it.

DRN-031 block: a drone turns about its vertical faster than its model may. Remedy: give the turn more time.
DRN-032 block: a drone is in the air longer than its model may be with the reserve kept. Remedy: shorten the flight or
    change batteries in an interval.
DRN-034 warn: the light of a drone is to change faster than it can. Remedy: fewer light keys, or longer steps.
DRN-035 note: limits that neither the drone model nor the show states, with what was measured; they were not judged.
    State them in the show's limits.
"""

from collections.abc import Iterator

import numpy as np

from showeditor.kernels.extremes import JERK
from showeditor.model.arrays import Floats, Longs
from showeditor.model.finding import Finding
from showeditor.model.times import clock
from showeditor.safety.case import Case
from showeditor.safety.wording import listed, named

ROUNDING_US = 2000
"""Light keys of files are whole milliseconds."""

ROUNDING_DPS = 0.05


def judge_handling(case: Case) -> Iterator[Finding]:
    """At most one finding of each kind."""
    drones = case.plan.drones
    if not len(drones):
        return
    unstated: list[tuple[str, str]] = []
    jerk = float(case.extremes[0][:, JERK].max())
    if case.limits.max_jerk_mps3 is None:
        unstated.append((f"jerk (at most {jerk:.1f} m/s3)", f"加加速度（最大 {jerk:.1f} 米/秒³）"))
    if len(drones.yaw_t_us):
        yield from _yaw(case, unstated)
    yield from _airtime(case, unstated)
    if len(drones.key_t_us) > 1:
        yield from _lights(case, unstated)
    if case.limits.downwash_radius_m is None and len(drones) > 1:
        unstated.append(("downwash", "下洗气流"))
    if unstated:
        yield Finding(
            "DRN-035",
            "note",
            f"Nobody states a limit for {', '.join(en for en, _ in unstated)}: not judged.",
            f"未给出以下限值，因此未作判断：{'、'.join(zh for _, zh in unstated)}。",
        )


def _owners(start: Longs, count: int) -> Longs:
    return np.repeat(np.arange(count), np.diff(start))


def _yaw(case: Case, unstated: list[tuple[str, str]]) -> Iterator[Finding]:
    drones, limit = case.plan.drones, case.limits.max_yaw_rate_dps
    owner = _owners(drones.yaw_start, len(drones))
    same = owner[1:] == owner[:-1]
    turn, lasts = np.abs(np.diff(drones.yaw_deg)), np.diff(drones.yaw_t_us) * 1e-6
    if (lasts[same] < 0.0).any() or not np.isfinite(drones.yaw_deg).all():
        raise ValueError("yaw keys out of order")
    # a turn in no time is infinitely fast; no turn in no time is none
    rate: Floats = np.where(same & (turn > 0.0), turn / np.maximum(lasts, 1e-9), 0.0)
    if limit is None:
        worst = float(rate.max(initial=0.0))
        unstated.append((f"yaw rate (at most {worst:.0f} degrees/s)", f"偏航角速度（最大 {worst:.0f} 度/秒）"))
        return
    over = np.flatnonzero(rate > limit + ROUNDING_DPS)
    if not len(over):
        return
    over = over[np.argsort(-rate[over], kind="stable")]
    first = int(over[0])
    names = case.names(list(dict.fromkeys(int(owner[k]) for k in over)))
    at = int(drones.yaw_t_us[first])
    yield Finding(
        "DRN-031",
        "block",
        f"Turning {named(names, 'drone')} takes up to {rate[first]:.1f} degrees/s at {clock(at, 1)}; the limit "
        f"is {limit:g}.",
        f"{len(names)} 架无人机（{listed(names)}）在 {clock(at, 1)} 偏航角速度达 {rate[first]:.1f} 度/秒，"
        f"限值为 {limit:g}。",
        int(drones.yaw_t_us[over].min()),
        int(drones.yaw_t_us[over + 1].max()),
        names,
        float(rate[first]),
        limit,
        "deg/s",
        case.place(int(owner[first]), at),
    )


def _airtime(case: Case, unstated: list[tuple[str, str]]) -> Iterator[Finding]:
    drones, limit = case.plan.drones, case.limits.max_airtime_s
    flown = np.diff(drones.piece_start) > 0
    airtime = np.where(flown, (drones.on_us - drones.off_us) * 1e-6, 0.0)
    longest = int(airtime.argmax())
    if limit is None:
        shown = clock(int(airtime[longest] * 1e6))
        unstated.append((f"endurance (in the air for {shown} at most)", f"续航（滞空最长 {shown}）"))
        return
    over = np.flatnonzero(airtime > limit)
    if not len(over):
        return
    over = over[np.argsort(-airtime[over], kind="stable")]
    names = case.names([int(i) for i in over])
    yield Finding(
        "DRN-032",
        "block",
        f"The flight of {named(names, 'drone')} takes up to {airtime[longest]:.0f} s; the limit with "
        f"reserve is {limit:g} s.",
        f"{len(names)} 架无人机（{listed(names)}）滞空达 {airtime[longest]:.0f} 秒；扣除余量后的限值为 {limit:g} 秒。",
        int(drones.off_us[over].min()),
        int(drones.on_us[over].max()),
        names,
        float(airtime[longest]),
        limit,
        "s",
    )


def _lights(case: Case, unstated: list[tuple[str, str]]) -> Iterator[Finding]:
    drones, limit = case.plan.drones, case.limits.max_light_steps_hz
    owner = _owners(drones.key_start, len(drones))
    step = np.diff(drones.key_t_us)
    changes = (owner[1:] == owner[:-1]) & (np.diff(drones.key_rgbw.astype(np.int16), axis=0) != 0).any(axis=1)
    if not changes.any():
        return
    shortest = int(step[changes].min())
    if limit is None:
        unstated.append(
            (f"light (steps of {shortest / 1000:.0f} ms)", f"灯光变化频率（最短 {shortest / 1000:.0f} 毫秒）")
        )
        return
    fast = np.flatnonzero(changes & (step + ROUNDING_US < 1e6 / limit))
    if not len(fast):
        return
    worst = int(fast[step[fast].argmin()])
    names = case.names(list(dict.fromkeys(int(owner[k]) for k in fast)))
    at = int(drones.key_t_us[worst])
    yield Finding(
        "DRN-034",
        "warn",
        f"The light of {named(names, 'drone')} is to change after {step[worst] / 1000:.0f} ms at "
        f"{clock(at, 1)}; it can take {limit:g} colours a second.",
        f"{len(names)} 架无人机（{listed(names)}）的灯光在 {clock(at, 1)} 间隔 {step[worst] / 1000:.0f} 毫秒即变化，"
        f"每秒只能变化 {limit:g} 次。",
        int(drones.key_t_us[fast].min()),
        int(drones.key_t_us[fast + 1].max()),
        names,
        1e6 / max(1.0, float(step[worst])),
        limit,
        "Hz",
    )
