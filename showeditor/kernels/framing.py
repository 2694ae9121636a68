"""Long windows where drones share their pieces: as far as one clock, or one moving frame, follows a sample of them.

Windows decide only how quick a search is: how far every drone leaves the model is bounded afterwards (`ranks`).
"""

import numpy as np

from showeditor.kernels.frames import CLOCK, FITTED, FRAME, fits_clock, fits_frame, rank
from showeditor.kernels.jit import Floats, Longs, inlined
from showeditor.kernels.paths import Paths, cursor_near

LOOKS = 24
"""Control points of a window that are looked at to choose it."""

TIGHT, MOSTLY = 0.05, 0.6
"""A window is cut short to this share of its length at least if that brings deviations down to this share."""

MOST_POINTS = 4000
LONGEST_US = 40_000_000


@inlined
def shared_pieces(paths: Paths, sample: Longs, flags: Longs) -> None:
    """Raise flags (pieces of sample[0],) where all of the sample fly a piece of the same times and degree."""
    first, last = paths.piece_start[sample[0]], paths.piece_start[sample[0] + 1]
    flags[:] = 1
    for j in range(1, sample.shape[0]):
        q, end = paths.piece_start[sample[j]], paths.piece_start[sample[j] + 1]
        for p in range(first, last):
            while q < end and paths.t0[q] < paths.t0[p]:
                q += 1
            if (
                q >= end
                or paths.t0[q] != paths.t0[p]
                or paths.t1[q] != paths.t1[p]
                or paths.ctrl_start[q + 1] - paths.ctrl_start[q] != paths.ctrl_start[p + 1] - paths.ctrl_start[p]
                or (q + 1 < end and paths.t0[q + 1] < paths.t1[q])
            ):
                flags[p - first] = 0
    for p in range(first, last):
        if p + 1 < last and paths.t0[p + 1] < paths.t1[p]:
            flags[p - first] = 0


@inlined
def kind_of_window(paths: Paths, starts: Longs, points: int, deviation_m: float) -> int:
    """CLOCK or FRAME: which follows the drones of a window within a mean deviation; 0 where neither does."""
    step = max(1, points // LOOKS)
    if fits_clock(paths, starts, points, step) <= deviation_m:
        return CLOCK
    if fits_frame(paths, starts, points, max(1, points // 8), deviation_m) <= deviation_m:
        return FRAME
    return 0


@inlined
def _fits(paths: Paths, starts: Longs, r0: int, r1: int, kind: int, deviation_m: float) -> bool:
    points = paths.ctrl_start[r1] - paths.ctrl_start[r0]
    if points > MOST_POINTS or paths.t1[r1 - 1] - paths.t0[r0] > LONGEST_US:
        return False
    if kind == CLOCK:
        return bool(fits_clock(paths, starts, points, max(1, points // LOOKS)) <= deviation_m)
    return bool(fits_frame(paths, starts, points, max(1, points // 8), deviation_m) <= deviation_m)


@inlined
def _farthest(paths: Paths, starts: Longs, r0: int, end: int, kind: int, deviation_m: float) -> int:
    """The piece up to which one window of a kind may run from piece r0 on (r0 where not even one piece fits)."""
    good, step = r0, 1
    while good + step <= end and _fits(paths, starts, r0, good + step, kind, deviation_m):
        good += step
        step *= 2
    # between what fits and what no longer does
    while step > 0:
        if good + step <= end and _fits(paths, starts, r0, good + step, kind, deviation_m):
            good += step
        step //= 2
    return good


@inlined
def stride(
    paths: Paths, sample: Longs, r0: int, end: int, deviation_m: float, windows: Longs, motion: Floats
) -> int:  # fmt: skip
    """Write windows from piece r0 of sample[0] on, which all of the sample share up to `end`, and the mean way in each.

    Returns how many windows. One with motion -1 is a piece that is to be cut further.
    """
    starts = np.empty(FITTED, np.int64)
    count = 0
    n = rank(paths, sample, r0, end, starts)
    while r0 < end and count < windows.shape[0]:
        mine = starts[:n]
        last = _farthest(paths, mine, r0, end, CLOCK, deviation_m)
        kind = CLOCK
        if last < end:
            turned = _farthest(paths, mine, r0, end, FRAME, deviation_m)
            if turned > last:
                kind, last = FRAME, turned
        # a window that is cut where the motion changes, not a little later, is followed far more closely
        near = _farthest(paths, mine, r0, last, kind, TIGHT * deviation_m)
        if near - r0 > MOSTLY * (last - r0):
            last = near
        windows[count, 0] = paths.t0[r0]
        motion[count] = 0.0
        if last == r0:
            motion[count] = -1.0
            last += 1
        points = paths.ctrl_start[last] - paths.ctrl_start[r0]
        windows[count, 1] = paths.t1[last - 1]
        for j in range(n):
            square = 0.0
            for axis in range(3):
                square += (paths.ctrl[mine[j] + points - 1, axis] - paths.ctrl[mine[j], axis]) ** 2
            if motion[count] >= 0.0:
                motion[count] += np.sqrt(square) / n
            starts[j] += points
        count += 1
        r0 = last
    return count


@inlined
def pieces_of(paths: Paths, i: int, a_us: int, b_us: int, guess: int) -> tuple[int, int]:
    """The pieces of drone i that together fill a window without a gap; (0, 0) where they do not."""
    p = cursor_near(paths, i, a_us, guess)
    last = paths.piece_start[i + 1]
    if p < paths.piece_start[i] or paths.t0[p] != a_us:
        return 0, 0
    q = p
    while q < last and paths.t1[q] < b_us:
        if q + 1 >= last or paths.t0[q + 1] != paths.t1[q]:
            return 0, 0
        q += 1
    if q >= last or paths.t1[q] != b_us or (q > p and paths.t0[q] == paths.t0[q - 1]):
        return 0, 0
    return int(p), int(q + 1)
