"""Calling the drones home at any moment, and a drone that stops.

DRN-036 block: called home at the worst moment, the drones are down later than the show or the drone model allows.
    Remedy: shorten the flight, or divide it into two.
DRN-037 note: how long it takes at worst until all drones are down.
DRN-038 note: how near others come to a drone that stops and hovers, in the seconds after it stops.

The way home: all drones together, on one clock, either turn back along the way they came (as ArduPilot's Smart RTL
does, https://ardupilot.org/copter/docs/smartrtl-mode.html: it retraces a safe path home) or fly their plan to its end,
whichever is shorter; nothing more is fired. So every place of the return, at every moment, is one that the plan itself
passes with all drones in the same places to one another: distances, geofence and zones are judged with the plan, in
continuous time, and nothing is sampled. The clock turns over in the time that the fastest drone needs to brake, and
runs back slower than it ran forward where drones rose faster than they may sink, or sank faster than they may rise.
Shells already in the air when the drones turn back are MIX-008. Return plans that the drones themselves carry are flown
through by DRN-042 to DRN-044.

A drone that stops is tried at 8 to 32 moments of the show (the fewer, the more drones), every drone of them in its
place, against the planned ways of all others for the next LATER_US, in continuous time.
"""

from collections.abc import Iterator

import numpy as np

from showeditor.kernels.extremes import SPEED_DOWN, SPEED_UP, SPEED_XY
from showeditor.kernels.separation import FLYING, find_meetings
from showeditor.kernels.whereabouts import places
from showeditor.model.finding import Finding
from showeditor.model.times import clock
from showeditor.safety.case import Case

STOPS = (8, 32)
"""Moments at which drones are stopped: few for great fleets, many for small ones."""
STOPPED = 32_000
"""Of about so many stops in all."""
LATER_US = 30_000_000


def judge_homeward(case: Case) -> Iterator[Finding]:
    """The longest way home, and stopped drones."""
    drones = case.plan.drones
    flown = np.flatnonzero(np.diff(drones.piece_start) > 0)
    if not len(flown):
        return
    begin, end = int(drones.off_us[flown].min()), int(drones.on_us[flown].max())
    if end > begin:
        yield _home(case, begin, end)
        if len(drones) > 1:
            yield from _stopped(case, begin, end)


def back_rate(case: Case) -> float:
    """How fast the clock of the show may run back: 1 where nothing rose faster than it may sink."""
    up, down = (float(case.extremes[0][:, k].max()) for k in (SPEED_UP, SPEED_DOWN))
    limits = case.limits
    return min(1.0, limits.max_speed_down_mps / max(up, 1e-9), limits.max_speed_up_mps / max(down, 1e-9))


def turn_s(case: Case, rate: float) -> float:
    """How long the clock takes to turn over so that the fastest drone does not brake harder than it may."""
    return (1.0 + rate) * float(case.extremes[0][:, SPEED_XY].max()) / case.limits.max_accel_mps2


def _home(case: Case, begin: int, end: int) -> Finding:
    rate = back_rate(case)
    turn = turn_s(case, rate)
    lasts = (end - begin) * 1e-6
    # back takes turn + t / rate, on takes lasts - t: equally long at the worst moment
    worst = max(0.0, (lasts - turn) * rate / (1.0 + rate))
    longest = lasts - worst
    at = begin + int(1e6 * worst)
    limit = case.limits.max_return_s
    late = limit is not None and longest > limit
    said = f"; the limit is {limit:g} s" if limit is not None else "; nobody states how long it may take"
    said_zh = f"，限值为 {limit:g} 秒" if limit is not None else "，未给出限值"
    return Finding(
        "DRN-036" if late else "DRN-037",
        "block" if late else "note",
        f"Called home at the worst moment ({clock(at)}), all drones are down after {longest:.0f} s{said}.",
        f"在最不利时刻（{clock(at)}）召回，全部落地需要 {longest:.0f} 秒{said_zh}。",
        at,
        at + int(1e6 * longest),
        measured=longest,
        limit=limit if late else None,
        unit="s",
    )


def _stopped(case: Case, begin: int, end: int) -> Iterator[Finding]:
    """Every drone has a double that stands where the drone is at the moment; a double meets all others but its own."""
    paths, n = case.paths, len(case.paths.home)
    starts = np.concatenate([paths.piece_start, np.full(n, paths.piece_start[-1])])
    gap, hit, tried = case.limits.min_gap_m, 0, 0
    nearest, pair, when = np.inf, (0, 0), begin
    stops = max(STOPS[0], min(STOPS[1], STOPPED // n))
    for stop in np.linspace(begin, end, stops + 2)[1:-1].astype(np.int64):
        stop_us = int(stop)
        there = places(paths, np.arange(n), np.full(n, stop_us))
        flying = (case.phases[:, 1] < stop_us) & (stop_us < case.phases[:, 2])
        tried += int(flying.sum())
        if not flying.any():
            continue
        doubles = paths._replace(piece_start=starts, home=np.concatenate([paths.home, there]))
        still = np.zeros((n, 4), np.int64)
        still[flying] = (stop_us - 1, stop_us - 1, stop_us + LATER_US, stop_us + LATER_US)
        phases = np.ascontiguousarray(np.concatenate([case.phases, still]))
        near = find_meetings(
            doubles, phases, gap, 1e-9, begin_us=stop_us, end_us=min(end, stop_us + LATER_US), most=8 * n + 1000
        )
        other = (near.pair[:, 0] < n) & (near.pair[:, 1] >= n) & (near.pair[:, 1] - n != near.pair[:, 0])
        rows = np.flatnonzero(other & (near.kind == FLYING))
        hit += len(np.unique(near.pair[rows, 1]))
        if len(rows):
            k = int(rows[near.gap_m[rows].argmin()])
            if near.gap_m[k] < nearest:
                nearest, when = float(near.gap_m[k]), int(near.nearest_us[k])
                pair = (int(near.pair[k, 1]) - n, int(near.pair[k, 0]))
    if not tried:
        return
    seconds = LATER_US // 1_000_000
    if not hit:
        yield Finding(
            "DRN-038",
            "note",
            f"A drone that stops and hovers is kept clear of for {seconds} s ({tried} stops tried).",
            f"无人机停止悬停后 {seconds} 秒内，其他无人机均保持间距（试算 {tried} 次）。",
            limit=gap,
            unit="m",
        )
        return
    a, b = case.names(pair)
    yield Finding(
        "DRN-038",
        "note",
        f"Of {tried} stops tried, {hit} bring others within {gap:g} m of the stopped drone in {seconds} s, at worst "
        f"drone {b} to {nearest:.2f} m of drone {a} at {clock(when, 1)}.",
        f"试算 {tried} 次停止悬停，其中 {hit} 次在 {seconds} 秒内有其他无人机进入 {gap:g} 米；"
        f"最近为 {clock(when, 1)} 时 {b} 距 {a} {nearest:.2f} 米。",
        when,
        when,
        (a, b),
        nearest,
        gap,
        "m",
        case.place(pair[1], when),
    )
