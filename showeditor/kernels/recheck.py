"""Spacing of a swarm that is being edited: only the windows that a change touches are searched again.

What a check found is kept part by part (a part is a window with motion and the motionless ones after it). Two versions
of the paths are compared piece by piece, bit by bit: a drone's path can differ only between the first and the last
piece that differ, so parts outside of all these times hold unchanged motion and keep their answer. Parts know below
which distance they looked for the closest pair; when a change moves the closest pair of the show beyond that, they
are searched again, too. The answer is that of a check from scratch.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from showeditor.kernels.jit import Floats, Longs, f8_2, i8_1, i8_2, inlined, kernel, out_i8_1
from showeditor.kernels.paths import FOREVER, Paths
from showeditor.kernels.separation import Nearness, Part, merged, search_windows, windows_of

_MARGIN = 1.1
"""How far beyond the closest pair of the show every part looks for its own, so that an edit seldom asks again."""

_SIZE = 2


@dataclass(frozen=True, slots=True)
class Checked:
    """A check that can be continued: what was asked, what was found, and the parts it is made of."""

    paths: Paths
    phases: Longs
    gap_m: float
    low_gap_m: float
    found: Nearness
    parts: tuple[Part, ...]


def check_anew(
    paths: Paths,
    phases: Longs,
    gap_m: float,
    low_gap_m: float,
    *,
    most: int = 200_000,
    workers: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> Checked:
    """`find_meetings` over the whole show, kept for `check_again`."""
    begin, end = _span(paths)
    parts: list[Part] = []
    if len(paths.home) > 1:
        parts = _searched(paths, phases, gap_m, low_gap_m, begin, end, math.inf, most, workers, progress)
    return _whole(paths, phases, gap_m, low_gap_m, parts, most, workers)


def check_again(
    before: Checked,
    paths: Paths,
    phases: Longs,
    *,
    most: int = 200_000,
    workers: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> Checked:
    """The same check after an edit of paths or phases; `before.found` must be complete, else all is searched anew.

    An exception raised by `progress` (shares 0..1 of what is searched at once) ends it.
    """
    old = before.paths
    gap, low_gap = before.gap_m, before.low_gap_m
    if len(old.home) != len(paths.home) or not before.parts or not before.found.complete:
        return check_anew(paths, phases, gap, low_gap, most=most, workers=workers, progress=progress)
    begin, end = _span(paths)
    ordered = sorted(before.parts, key=lambda part: int(part.windows[0, 0]))
    if begin != ordered[0].windows[0, 0] or end != ordered[-1].windows[-1, 1]:
        return check_anew(paths, phases, gap, low_gap, most=most, workers=workers, progress=progress)
    first, last = changed_between(old, paths, before.phases, phases)
    gone = [part for part in ordered if part.windows[-1, 1] > first and part.windows[0, 0] < last]
    kept = [part for part in ordered if part.windows[-1, 1] <= first or part.windows[0, 0] >= last]
    ceiling = min(part.ceiling_m for part in ordered)
    for a, b in _runs(gone):
        kept += _searched(paths, phases, gap, low_gap, a, b, ceiling, most, workers, progress)
    return _whole(paths, phases, gap, low_gap, kept, most, workers)


def _span(paths: Paths) -> tuple[int, int]:
    begin = int(paths.t0.min()) if len(paths.t0) else 0
    return begin, max(begin + 1, int(paths.t1.max())) if len(paths.t1) else begin + 1


def _runs(parts: list[Part]) -> list[tuple[int, int]]:
    """Begin and end of each run of parts that follow on each other."""
    runs: list[tuple[int, int]] = []
    for part in parts:
        a, b = int(part.windows[0, 0]), int(part.windows[-1, 1])
        if runs and runs[-1][1] == a:
            runs[-1] = (runs[-1][0], b)
        else:
            runs.append((a, b))
    return runs


def _searched(
    paths: Paths,
    phases: Longs,
    gap_m: float,
    low_gap_m: float,
    begin_us: int,
    end_us: int,
    ceiling_m: float,
    most: int,
    workers: int | None,
    progress: Callable[[float], None] | None = None,
) -> list[Part]:
    windows, motion = windows_of(paths, begin_us, end_us, gap_m)
    found: list[Part] = []
    done = 0
    for part in search_windows(
        paths, phases, gap_m, low_gap_m, windows, motion, most, workers, ceiling_m, margin=_MARGIN, size=_SIZE
    ):
        found.append(part)
        done += len(part.windows)
        if progress:
            progress(done / len(windows))
    return found


def _whole(
    paths: Paths, phases: Longs, gap_m: float, low_gap_m: float, parts: list[Part], most: int, workers: int | None
) -> Checked:
    """The parts as one check, after those have been searched again that did not look far enough."""
    best = min((float(part.closest[:, 0].min()) for part in parts), default=math.inf)
    near = [part for part in parts if part.ceiling_m < best]
    if near:
        parts = [part for part in parts if part.ceiling_m >= best]
        for a, b in _runs(sorted(near, key=lambda part: int(part.windows[0, 0]))):
            parts += _searched(paths, phases, gap_m, low_gap_m, a, b, _MARGIN * best, most, workers)
    complete = not any(part.full for part in parts) and sum(len(part.shorts) for part in parts) <= most
    parts.sort(key=lambda part: int(part.windows[0, 0]))
    return Checked(paths, phases, gap_m, low_gap_m, merged(parts, most, complete), tuple(parts))


@inlined
def _alike(old: Paths, p: int, new: Paths, q: int) -> bool:
    """Whether two pieces are the same motion at the same time."""
    a, b = old.ctrl_start[p], new.ctrl_start[q]
    count = old.ctrl_start[p + 1] - a
    if old.t0[p] != new.t0[q] or old.t1[p] != new.t1[q] or count != new.ctrl_start[q + 1] - b:
        return False
    for k in range(count):
        for axis in range(3):
            if old.ctrl[a + k, axis] != new.ctrl[b + k, axis]:
                return False
    return True


@kernel(
    i8_1, i8_1, i8_1, i8_1, f8_2, f8_2, i8_1, i8_1, i8_1, i8_1, f8_2, f8_2, i8_2, i8_2, out_i8_1
)  # fmt: skip
def _changes(
    piece_start: Longs,
    t0: Longs,
    t1: Longs,
    ctrl_start: Longs,
    ctrl: Floats,
    home: Floats,
    new_piece_start: Longs,
    new_t0: Longs,
    new_t1: Longs,
    new_ctrl_start: Longs,
    new_ctrl: Floats,
    new_home: Floats,
    phases: Longs,
    new_phases: Longs,
    span: Longs,
) -> None:
    old = Paths(piece_start, t0, t1, ctrl_start, ctrl, home)
    new = Paths(new_piece_start, new_t0, new_t1, new_ctrl_start, new_ctrl, new_home)
    for i in range(home.shape[0]):
        for k in range(4):
            if phases[i, k] != new_phases[i, k]:
                span[0] = min(span[0], min(phases[i, k], new_phases[i, k]))
                span[1] = max(span[1], max(phases[i, k], new_phases[i, k]))
        a, b = piece_start[i], new_piece_start[i]
        m, n = piece_start[i + 1] - a, new_piece_start[i + 1] - b
        same = 0
        while same < min(m, n) and _alike(old, a + same, new, b + same):
            same += 1
        if same == m and same == n:
            if m == 0:
                for axis in range(3):
                    if home[i, axis] != new_home[i, axis]:
                        span[0], span[1] = -FOREVER, FOREVER
            continue
        after = 0
        while after < min(m, n) - same and _alike(old, a + m - 1 - after, new, b + n - 1 - after):
            after += 1
        begin, end = -FOREVER, FOREVER
        if same > 0:
            begin = min(t0[a + same] if same < m else FOREVER, new_t0[b + same] if same < n else FOREVER)
        if after > 0:
            end = t0[a + m - after]
        span[0], span[1] = min(span[0], begin), max(span[1], end)


def changed_between(old: Paths, new: Paths, old_phases: Longs, new_phases: Longs) -> tuple[int, int]:
    """From when to when (us) two versions of the same number of paths differ; begin after end when they do not."""
    span = np.array([FOREVER, -FOREVER])
    _changes(*old, *new, old_phases, new_phases, span)
    return int(span[0]), int(span[1])
