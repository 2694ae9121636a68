"""Benchmarks of the safety check at full size: 16,000 drones over ten minutes, against scipy's cKDTree at 10 Hz.

The peer is timed on a stated subset of the samples, spread evenly over the show, and scaled by their number: that
favours neither side, as its cost hardly differs between samples. Times on one thread are processor seconds, which
other programs on the machine disturb least; times on two threads are seconds on the clock. The best of several runs
counts, on both sides.
"""

import math
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from showeditor.bench.guard_scenes import acts, foreign, planned
from showeditor.kernels.bernstein import states
from showeditor.kernels.paths import Paths
from showeditor.kernels.separation import Nearness, find_meetings
from showeditor.model.arrays import Floats, Longs
from showeditor.model.times import US

Result = dict[str, Any]

COUNT, GAP_M, HZ = 16_000, 1.5, 10
SAMPLES = 60
"""Samples of the show on which the peer is timed."""

MOST = 4_000_000
BYTES_PER_SAMPLE = 2 * 72
"""Of a foreign show, with room to build it."""


def best_s(work: Callable[[], object], times: int, clock: Callable[[], float]) -> float:
    """The shortest of several runs."""
    spent = []
    for _ in range(times):
        start = clock()
        work()
        spent.append(clock() - start)
    return min(spent)


def flying(paths: Paths) -> Longs:
    """Phases of drones that are in the air all the time."""
    end = int(paths.t1.max())
    return np.tile(np.array([0, 0, end, end], dtype=np.int64), (len(paths.home), 1))


def _frames(paths: Paths) -> tuple[list[Floats], int]:
    """Places at the timed samples, and how many samples the whole show has."""
    times = np.arange(0, int(paths.t1.max()), US // HZ)
    chosen = times[:: max(1, len(times) // SAMPLES)]
    return [np.ascontiguousarray(states(*paths, int(t))[0]) for t in chosen], len(times)


def peer_s(frames: list[Floats], samples: int) -> tuple[float, set[tuple[int, int]]]:
    """Processor seconds of cKDTree on all samples, scaled from those given, and the pairs it found in these."""
    from scipy.spatial import cKDTree

    found: set[tuple[int, int]] = set()
    spent = []
    for _ in range(2):
        start = time.process_time()
        for frame in frames:
            found |= cKDTree(frame).query_pairs(GAP_M)
        spent.append(time.process_time() - start)
    return min(spent) * samples / len(frames), found


def _measured(paths: Paths, times: int) -> Result:
    """Ours on one and two threads against the peer, with what each found."""
    phases = flying(paths)
    frames, samples = _frames(paths)
    theirs, seen = peer_s(frames, samples)

    def check(workers: int) -> Nearness:
        return find_meetings(paths, phases, GAP_M, GAP_M, most=MOST, workers=workers)

    found = check(1)
    ours = {(int(i), int(j)) for i, j in found.pair}
    one = best_s(lambda: check(1), times, time.process_time)
    two = best_s(lambda: check(2), times, time.perf_counter)
    return {
        "drones": len(paths.home),
        "samples_peer": samples,
        "samples_timed": len(frames),
        "peer_s": theirs,
        "ours_s": one,
        "ours_two_threads_s": two,
        "ratio": theirs / one,
        "ratio_two_threads": theirs / two,
        "pairs": len(ours),
        "complete": found.complete,
        "seen_by_peer_missed_by_us": len(seen - ours),
        "closest_m": found.closest_m,
    }


def guard() -> Result:
    """16,000 drones on polynomial paths: the whole check, one edited transition again, and the memory it takes."""
    paths = planned(acts(COUNT))
    whole = _measured(paths, 5)
    turning = _measured(planned(acts(COUNT, turning=True)), 3)
    edit = _edited(paths)
    memory_mb = _peak_mb()
    return {
        "name": "guard",
        "peer": _peer(whole),
        **whole,
        "turning": turning,
        "edit": edit,
        "memory_mb": memory_mb,
        "summary": f"{whole['ratio']:.0f} times as fast as cKDTree at 10 Hz on one thread ({whole['ours_s'] * 1e3:.0f} "
        f"ms against {whole['peer_s']:.1f} s, from {whole['samples_timed']} of {whole['samples_peer']} samples), "
        f"{whole['ratio_two_threads']:.0f} on two; with turning holds {turning['ratio']:.0f}; one edited transition "
        f"again in {edit['ours_s'] * 1e3:.0f} ms; {memory_mb:.0f} MB beyond the paths; "
        f"{whole['seen_by_peer_missed_by_us'] + turning['seen_by_peer_missed_by_us']} pairs missed",
    }


def _peer(figures: Result) -> str:
    return (
        f"scipy cKDTree(frame).query_pairs, 10 Hz, one thread, timed on {figures['samples_timed']} of "
        f"{figures['samples_peer']} samples and scaled"
    )


def _edited(paths: Paths) -> Result:
    """One flight of all drones bent a little: the check of the new paths from that of the old."""
    from showeditor.kernels.recheck import check_again, check_anew

    phases = flying(paths)
    before = check_anew(paths, phases, GAP_M, GAP_M, most=MOST)
    flights = np.flatnonzero(np.diff(paths.ctrl_start) == 6)
    begin = np.unique(paths.t0[flights])[8]
    ctrl = paths.ctrl.copy()
    rows = paths.ctrl_start[flights[paths.t0[flights] == begin]]
    bow = np.random.default_rng(1).normal(0.0, 0.02, (len(rows), 3))
    ctrl[rows + 2] += bow
    ctrl[rows + 3] += bow
    there = paths._replace(ctrl=ctrl)
    again = check_again(before, there, phases, most=MOST, workers=1)
    fresh = find_meetings(there, phases, GAP_M, GAP_M, most=MOST)
    return {
        "ours_s": best_s(lambda: check_again(before, there, phases, most=MOST, workers=1), 7, time.process_time),
        "two_threads_s": best_s(lambda: check_again(before, there, phases, most=MOST, workers=2), 7, time.perf_counter),
        "whole_s": best_s(lambda: find_meetings(there, phases, GAP_M, GAP_M, workers=1), 2, time.process_time),
        "same_violations": len(again.found.pair) == len(fresh.pair)
        and bool(np.abs(again.found.gap_m - fresh.gap_m).max(initial=0.0) < 2e-4),
        "closest_off_m": abs(again.found.closest_m - fresh.closest_m),
    }


_CHILD = """
import showeditor.bench.guard as guard
print(guard.growth_mb())
"""


def growth_mb() -> float:
    """By how much this process grows at most while it checks the planned show; NaN where that cannot be read."""
    paths = planned(acts(COUNT))
    phases = flying(paths)
    try:
        with open("/proc/self/clear_refs", "w", encoding="ascii") as reset:
            reset.write("5")
    except OSError:
        return math.nan
    before = _status_mb("VmRSS")
    find_meetings(paths, phases, GAP_M, GAP_M)
    return _status_mb("VmHWM") - before


def _status_mb(key: str) -> float:
    with open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith(key):
                return float(line.split()[1]) / 1024
    return math.nan


def _peak_mb() -> float:
    """`growth_mb` of a process of its own, whose peak nothing else has raised."""
    done = subprocess.run([sys.executable, "-c", _CHILD], capture_output=True, text=True, check=True, env=os.environ)
    return float(done.stdout)


def guard_dense() -> Result:
    """16,000 drones known by 6,001 places each, in step and with random start delays, some holds turning.

    On a machine without room for such a show (14 GB), 4,000 drones on both sides.
    """
    count = COUNT if _room_bytes() > COUNT * 6001 * BYTES_PER_SAMPLE else COUNT // 4
    show = acts(count, turning=True)
    paths = foreign(show)
    step = _measured(paths, 3)
    read = best_s(paths.ctrl.max, 3, time.process_time)
    del paths
    late = _measured(foreign(show, delay_s=3.0), 2)
    return {
        "name": "guard-dense",
        "peer": _peer(step),
        **step,
        "read_once_s": read,
        "times_reading": step["ours_s"] / read,
        "delayed": late,
        "summary": f"{count} drones, 6,001 places each: {step['ratio']:.0f} times as fast as cKDTree at 10 Hz on one "
        f"thread ({step['ours_s']:.2f} s against {step['peer_s']:.1f} s), {step['ratio_two_threads']:.0f} on two; "
        f"{step['ours_s'] / read:.1f} times reading the places once (numpy max); with start delays up to 3 s "
        f"{late['ratio']:.1f} and {late['ratio_two_threads']:.1f}, {late['pairs']} pairs; "
        f"{step['seen_by_peer_missed_by_us'] + late['seen_by_peer_missed_by_us']} pairs missed",
    }


def _room_bytes() -> int:
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return 0


def guard_shells() -> Result:
    """5,000 shells beside 16,000 drones: what the keep-outs of all their parts add to the spacing check."""
    from showeditor.bench.scenes import big_show
    from showeditor.kernels.intrusion import find_intrusions
    from showeditor.planning.compile import compile_show
    from showeditor.safety.hazards import hazards

    paths = planned(acts(COUNT))
    phases = flying(paths)
    spheres = hazards(compile_show(big_show(5_000, minutes=9))).spheres
    off, on = np.ascontiguousarray(phases[:, 0]), np.ascontiguousarray(phases[:, 3])
    spacing = best_s(lambda: find_meetings(paths, phases, GAP_M, GAP_M, workers=1), 3, time.process_time)
    rows: Result = {}
    for name, away_m in (("clear", 900.0), ("close", 780.0)):
        shift = np.array([0.0, away_m, 0.0])
        moved = spheres._replace(start=spheres.start + shift, end=spheres.end + shift)
        found = find_intrusions(paths, off, on, moved)
        spent = best_s(partial(find_intrusions, paths, off, on, moved), 3, time.process_time)
        rows[name] = {
            "ours_s": spent,
            "share": spent / spacing,
            "crossings": len(found.owner),
            "least_m": found.least_m if math.isfinite(found.least_m) else None,
        }
    return {
        "name": "guard-shells",
        "peer": "the spacing check of the same drones, one thread each",
        "spacing_s": spacing,
        "spheres": len(spheres.t0),
        **rows,
        "ratio": spacing / rows["clear"]["ours_s"],
        "summary": f"5,000 shells ({len(spheres.t0)} moving spheres) beside 16,000 drones add "
        f"{rows['clear']['share']:.0%} to the spacing check when they stay clear, {rows['close']['share']:.0%} when "
        f"they come within {rows['close']['least_m'] or math.nan:.0f} m",
    }
