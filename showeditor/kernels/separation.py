"""Closest approach of a whole swarm in continuous time: every pair nearer than allowed, and the nearest pair of all.

The show is cut into windows in which all drones nearly follow straight chords on one common clock (`windows`). In each
window every drone gets its chord and a bound of how far its true path leaves it (`chords`); blocks of neighbouring
drones are compared as moving boxes (`neighbours`), the drones of blocks that may meet as moving points; pairs that are
left are decided on their difference polynomials (`meeting`). Nothing can be missed: bounds come from control points,
which enclose the curves, a box or pair is dropped only if even the sum of the bounds cannot bring it near, and the
windows cover the whole time without a sample in between.

Windows are searched independently of each other and of the number of threads: the same answer at any worker count.
Memory grows with the number of drones and of violations only.
"""

import math
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from queue import SimpleQueue

import numpy as np

from showeditor.kernels.jit import Floats, Longs, f8_2, kernel
from showeditor.kernels.meeting import FLYING, LOW, SLACK
from showeditor.kernels.paths import FOREVER, Paths
from showeditor.kernels.sweep import Room, search
from showeditor.kernels.windows import divide

__all__ = ["FLYING", "FOREVER", "LOW", "SLACK", "Nearness", "Paths", "find_meetings", "gap_of_points"]

_AHEAD = 2
"""Windows with the most motion, searched first: they usually hold the closest pair, and knowing it prunes the rest."""

_LONGEST = 48
"""Windows searched in one run: long runs read paths of many pieces in one go, several keep all threads busy."""

_FEW = 200_000
"""Drones times windows below which a second thread does not pay."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """What `find_meetings` found.

    `pair` (k, 2), `span_us` (k, 2), `nearest_us` (k,), `kind` (k,) FLYING or LOW and `gap_m` (k,): the violations, one
    row per pair and unbroken interval, nearest first. `closest_m`, `closest_us`, `closest_pair`: the nearest flying
    pair of the show (infinite, 0 and (-1, -1) when no two drones fly). `complete` is False when there were more
    violations than `most` and the search stopped.
    """

    pair: Longs
    span_us: Longs
    nearest_us: Longs
    kind: Longs
    gap_m: Floats
    closest_m: float
    closest_us: int
    closest_pair: tuple[int, int]
    complete: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What a run of windows holds: violations as rows, and for each window (k, 4) its closest pair below `ceiling_m`.

    `closest`: distance (infinite where no flying pair came nearer than the ceiling), time, two drones. `full`: there
    was no room for all rows.
    """

    windows: Longs
    longs: Longs
    shorts: Floats
    closest: Floats
    ceiling_m: float
    full: bool


def find_meetings(
    paths: Paths,
    phases: Longs,
    gap_m: float,
    low_gap_m: float,
    *,
    begin_us: int | None = None,
    end_us: int | None = None,
    most: int = 200_000,
    workers: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> Nearness:
    """Every pair of drones nearer than allowed between two moments (default: the whole show), with intervals.

    `phases` (n, 4) us: when each drone leaves the ground, leaves its take-off phase, enters its landing phase, reaches
    the ground. Two airborne drones of which one is between the middle two are held to `gap_m`, all other pairs to
    `low_gap_m`, two standing drones to nothing. Distances are found to 0.1 mm; one short of its limit by less than
    0.01 mm counts as kept. `workers`: threads (default: one per core), which do not change the answer. An exception
    raised by `progress` (shares 0..1) ends the search.
    """
    first = int(paths.t0.min()) if len(paths.t0) else 0
    last = int(paths.t1.max()) if len(paths.t1) else first + 1
    begin = first if begin_us is None else begin_us
    end = max(begin + 1, last if end_us is None else end_us)
    windows, motion = np.empty((0, 2), np.int64), np.empty(0)
    if len(paths.home) > 1:
        windows, motion = windows_of(paths, begin, end, gap_m)
    parts: list[Part] = []
    rows = 0
    complete = True
    for part in search_windows(paths, phases, gap_m, low_gap_m, windows, motion, most, workers):
        parts.append(part)
        rows += len(part.shorts)
        if progress:
            progress(min(1.0, sum(len(p.windows) for p in parts) / len(windows)))
        if rows > most or part.full:
            complete = False
            break
    return merged(parts, most, complete)


def windows_of(paths: Paths, begin_us: int, end_us: int, gap_m: float) -> tuple[Longs, Floats]:
    """The windows (k, 2) us of a search between two moments and the mean way of a drone in each."""
    return divide(paths, begin_us, end_us, max(0.02, 0.1 * gap_m))


def search_windows(
    paths: Paths,
    phases: Longs,
    gap_m: float,
    low_gap_m: float,
    windows: Longs,
    motion: Floats,
    most: int,
    workers: int | None = None,
    ceiling_m: float = math.inf,
    margin: float = 1.0,
    size: int = 0,
) -> Iterator[Part]:
    """The parts of a search, in an order that does not depend on `workers`.

    Windows with the most motion come first; the closest pair of these, times `margin`, is the ceiling for the rest.
    `size`: windows of a part (0: what is quickest).
    """
    n = len(paths.home)
    sample = np.unique(np.linspace(0, n - 1, min(n, 48)).astype(np.int64)) if n else np.empty(0, np.int64)
    size = size or min(_LONGEST, max(4, -(-len(windows) // 6)))
    rooms: SimpleQueue[Room] = SimpleQueue()

    def searched(chosen: Longs, ceiling: float) -> Part:
        room = rooms.get()
        try:
            longs, shorts, closest, full = search(paths, phases, chosen, sample, gap_m, low_gap_m, ceiling, most, room)
        finally:
            rooms.put(room)
        return Part(chosen, longs, shorts, closest, ceiling, full)

    wanted = (os.cpu_count() or 1) if workers is None else workers
    threads = wanted if n * len(windows) > _FEW else 1
    for _ in range(threads):
        rooms.put(Room(n, _LONGEST))
    units = _units(windows, motion)
    heat = np.array([motion[first:last].max() for first, last in units])
    ahead = set(np.argsort(-heat, kind="stable")[:_AHEAD].tolist())
    for k in sorted(ahead):
        part = searched(windows[units[k][0] : units[k][1]], ceiling_m)
        ceiling_m = min(ceiling_m, margin * float(part.closest[:, 0].min(initial=math.inf)))
        yield part
    runs: list[Longs] = []
    for k, (first, last) in enumerate(units):
        if k in ahead:
            continue
        if runs and len(runs[-1]) + last - first <= size and runs[-1][-1, 1] == windows[first, 0]:
            runs[-1] = np.concatenate([runs[-1], windows[first:last]])
        else:
            runs.append(windows[first:last])
    if threads == 1:
        for run in runs:
            yield searched(run, ceiling_m)
        return
    pool = ThreadPoolExecutor(threads)
    waiting: list[Future[Part]] = [pool.submit(searched, run, ceiling_m) for run in runs]
    try:
        for future in waiting:
            yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _units(windows: Longs, motion: Floats) -> list[tuple[int, int]]:
    """Windows first to last that are best searched one after the other: one with motion and those without after it."""
    moving = np.flatnonzero((motion > 0.0) | (np.arange(len(windows)) == 0))
    cuts = [*moving.tolist(), len(windows)]
    return [(k, min(high, k + _LONGEST)) for low, high in pairwise(cuts) for k in range(low, high, _LONGEST)]


def merged(parts: list[Part], most: int, complete: bool) -> Nearness:
    """The parts of a search as one answer, at most `most` violations."""
    longs = np.concatenate([np.empty((0, 6), np.int64), *[part.longs for part in parts]])[:most]
    shorts = np.concatenate([np.empty(0), *[part.shorts for part in parts]])[:most]
    nearest = np.concatenate([np.array([[math.inf, 0.0, -1.0, -1.0]]), *[part.closest for part in parts]])
    found, gaps = _joined(longs, shorts)
    worst = np.argsort(gaps, kind="stable")
    found, gaps = found[worst], gaps[worst]
    best = nearest[np.lexsort((nearest[:, 1], nearest[:, 0]))[0]]
    pair = (int(min(best[2], best[3])), int(max(best[2], best[3])))
    at = int(best[1]) if math.isfinite(best[0]) else 0
    return Nearness(found[:, :2], found[:, 2:4], found[:, 4], found[:, 5], gaps, float(best[0]), at, pair, complete)


def _joined(longs: Longs, shorts: Floats) -> tuple[Longs, Floats]:
    """Records of one pair and kind that touch (windows cut them) made one."""
    order = np.lexsort((longs[:, 2], longs[:, 5], longs[:, 1], longs[:, 0]))
    longs, shorts = longs[order], shorts[order]
    if len(longs) < 2:
        return longs.copy(), shorts.copy()
    same = (longs[1:, [0, 1, 5]] == longs[:-1, [0, 1, 5]]).all(axis=1) & (longs[1:, 2] - longs[:-1, 3] <= 2000)
    starts = np.flatnonzero(np.concatenate([[True], ~same]))
    joined = longs[starts].copy()
    joined[:, 3] = np.maximum.reduceat(longs[:, 3], starts)
    gaps = np.minimum.reduceat(shorts, starts)
    group = np.cumsum(np.concatenate([[0], ~same]))
    nearest = np.lexsort((shorts, group))
    joined[:, 4] = longs[nearest[np.searchsorted(group[nearest], np.arange(len(starts)))], 4]
    return joined, gaps


@kernel(f8_2)
def _gap_of_sorted(points: Floats) -> float:
    least = np.inf
    for i in range(points.shape[0]):
        for j in range(i + 1, points.shape[0]):
            dx = points[j, 0] - points[i, 0]
            if dx >= least:
                break
            least = min(least, math.sqrt(dx * dx + (points[j, 1] - points[i, 1]) ** 2))
    return least


def gap_of_points(points_m: Floats) -> float:
    """The least horizontal distance between any two of the points (n, 3), m; infinite for fewer than two."""
    return float(_gap_of_sorted(np.ascontiguousarray(points_m[np.argsort(points_m[:, 0], kind="stable")])))
