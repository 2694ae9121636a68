"""One thread's walk through a run of windows: chords, blocks, pairs that may meet, and their meetings."""

import math

import numpy as np

from showeditor.kernels.boxtree import arrange, spread
from showeditor.kernels.chords import KNOTS, ORDER, trace
from showeditor.kernels.frames import FITTED, rank
from showeditor.kernels.framing import MOST_POINTS, kind_of_window, pieces_of
from showeditor.kernels.jit import (
    Floats,
    Longs,
    f8,
    f8_2,
    i8_1,
    i8_2,
    inlined,
    kernel,
    out_f8_1,
    out_f8_2,
    out_f8_3,
    out_i8_1,
    out_i8_2,
)
from showeditor.kernels.meeting import SLACK, always_fly, meet, meet_in_rank
from showeditor.kernels.neighbours import ROUNDING, SEATS, common_time, excess, group, seat
from showeditor.kernels.paths import Paths, cursor
from showeditor.kernels.ranks import march

RECENT_US = 2000
"""What was near this long before a moment counts as near at the moment, where it is looked at again."""

MANY = 4
"""Breaks in a window above which two drones' time near each other is narrowed before they are looked at."""


class Room:
    """Working space of one thread for runs of at most `windows` windows of n drones."""

    def __init__(self, n: int, windows: int) -> None:
        # an odd number of cache lines, so that the rows do not all fall into the same few
        self.lines = np.empty((windows, n + 1 - n % 2, 8))
        self.knots_us, self.knots = np.empty((windows, KNOTS), np.int64), np.empty((windows, KNOTS))
        self.longs, self.shorts = np.empty((0, 6), np.int64), np.empty(0)

    def records(self, most: int) -> tuple[Longs, Floats]:
        """Space for so many violations; pages that are never written cost nothing."""
        if len(self.shorts) < most:
            self.longs, self.shorts = np.empty((most, 6), np.int64), np.empty(most)
        return self.longs[:most], self.shorts[:most]


@inlined
def _idle(phases: Longs, i: int, a_us: int, b_us: int) -> bool:
    return bool(b_us <= phases[i, 0] or a_us >= phases[i, 3])


@inlined
def _reach(best: Floats, gap: float) -> float:
    return float(max(gap, best[0]) - SLACK)


@inlined
def _all_fly(phases: Longs, a_us: int, b_us: int) -> bool:
    """Whether every drone is held to the full gap against all others in the whole time."""
    for i in range(phases.shape[0]):
        if phases[i, 1] > a_us or phases[i, 2] < b_us or phases[i, 0] > a_us or phases[i, 3] < b_us:
            return False
    return True


@inlined
def _near_time(
    blocks: Floats, p: int, k: int, q: int, m: int, reach: float, table: Floats, knots: Floats, number: int
) -> tuple[int, int]:
    """Between which two knots the chords of two seats are near enough for their drones to come within `reach`.

    table[number]: see `chords.trace`; knots[number]: the clock at the knots.
    """
    x, y, z = blocks[q, 0, m] - blocks[p, 0, k], blocks[q, 1, m] - blocks[p, 1, k], blocks[q, 2, m] - blocks[p, 2, k]
    u = blocks[q, 3, m] - blocks[p, 3, k] - x
    v = blocks[q, 4, m] - blocks[p, 4, k] - y
    w = blocks[q, 5, m] - blocks[p, 5, k] - z
    around = reach + blocks[p, 6, k] + blocks[q, 6, m] + 1e-6
    square, cross = u * u + v * v + w * w, x * u + y * v + z * w
    rest = x * x + y * y + z * z - around * around
    first, last = 0, int(table[number, 2]) - 1
    if square > 1e-12:
        root = math.sqrt(max(0.0, cross * cross - square * rest)) + 1e-9 * square
        wide, slack = table[number, 1] - table[number, 0], table[number, 3]
        low = table[number, 0] + wide * ((-cross - root) / square) - slack
        high = table[number, 0] + wide * ((-cross + root) / square) + slack
        while first + 1 < last and (
            max(knots[number, first], knots[number, first + 1]) < low
            or min(knots[number, first], knots[number, first + 1]) > high
        ):
            first += 1
        while last - 1 > first and (
            max(knots[number, last], knots[number, last - 1]) < low
            or min(knots[number, last], knots[number, last - 1]) > high
        ):
            last -= 1
    return first, last


@inlined
def _follow(
    paths: Paths, windows: Longs, sample: Longs, deviation_m: float, clocks: Floats, lines: Floats, knots_us: Longs,
    knots: Floats, table: Floats, kinds: Longs, pieces: Longs,
) -> None:  # fmt: skip
    """Chords and bounds of all windows: those in rank (kinds > 0, with their pieces of sample[0]), and the others."""
    runs = windows.shape[0]
    starts = np.empty(FITTED, np.int64)
    guess = paths.piece_start[sample[0]]
    for w in range(runs):
        r0, r1 = pieces_of(paths, sample[0], windows[w, 0], windows[w, 1], guess)
        guess = r1 if r1 > r0 else guess
        points = paths.ctrl_start[r1] - paths.ctrl_start[r0]
        if r1 > r0 and r1 - r0 < knots.shape[1] and points <= MOST_POINTS:
            used = rank(paths, sample, r0, r1, starts)
            if 4 * used >= 3 * min(FITTED, sample.shape[0]):
                kinds[w] = kind_of_window(paths, starts[:used], points, deviation_m)
                pieces[w, 0], pieces[w, 1] = r0, r1
    w = 0
    while w < runs:
        end = w + 1
        while end < runs and windows[end, 0] == windows[end - 1, 1] and (kinds[end] > 0) == (kinds[w] > 0):
            if kinds[w] > 0 and pieces[end, 0] != pieces[end - 1, 1]:
                break
            end += 1
        if kinds[w] > 0:
            march(paths, sample, pieces[w:end], kinds[w:end], lines[w:end], knots_us[w:end], knots[w:end], table[w:end])
        else:
            trace(
                paths, windows[w:end], sample, clocks[w:end], lines[w:end], knots_us[w:end], knots[w:end], table[w:end]
            )
            # whether drones stand where the window before has left them is not known here
            table[w, 4] = np.inf
        w = end


@kernel(
    i8_1, i8_1, i8_1, i8_1, f8_2, f8_2, i8_2, i8_2, i8_1, f8, f8, f8, out_f8_3, out_i8_2, out_f8_2, out_f8_2,
    out_i8_2, out_f8_1, out_i8_1,
)  # fmt: skip
def _search(
    piece_start: Longs,
    t0: Longs,
    t1: Longs,
    ctrl_start: Longs,
    ctrl: Floats,
    home: Floats,
    phases: Longs,
    windows: Longs,
    sample: Longs,
    gap: float,
    low_gap: float,
    ceiling: float,
    lines: Floats,
    knots_us: Longs,
    knots: Floats,
    closest: Floats,
    longs: Longs,
    shorts: Floats,
    order: Longs,
) -> int:
    paths = Paths(piece_start, t0, t1, ctrl_start, ctrl, home)
    n, runs = home.shape[0], windows.shape[0]
    count = (n + SEATS - 1) // SEATS
    groups = (count + SEATS - 1) // SEATS
    tops = (groups + SEATS - 1) // SEATS
    here, bound = np.empty((6, n)), np.empty(n)
    blocks = np.empty((count, 7, SEATS))
    begin, end = np.empty((count, 6), np.float32), np.empty((count, 6), np.float32)
    spots = np.empty((count, 7, SEATS), np.float32)
    low, high = np.empty((groups, 6, SEATS), np.float32), np.empty((groups, 6, SEATS), np.float32)
    top_low, top_high = np.empty((tops, 6, SEATS), np.float32), np.empty((tops, 6, SEATS), np.float32)
    near_group, near_block = np.empty(SEATS, np.float32), np.empty(SEATS, np.float32)
    near_seat, reach = np.empty(SEATS, np.float32), np.empty(SEATS, np.float32)
    widened, off = np.empty(SEATS, np.float32), np.empty(SEATS)
    signed = off.view(np.int64)
    clocks, table = np.empty((runs, ORDER, 3)), np.empty((runs, 5))
    best, work = np.empty(5), np.empty((5, 16, 3))
    best[4] = 0.0
    one, many = np.empty((8, 3)), np.empty((8, 3))
    row, spans = np.empty(16), np.empty((16, 2))
    compact = 0.0
    before, rows = 0, 0
    kinds, pieces = np.zeros(runs, np.int64), np.zeros((runs, 2), np.int64)
    _follow(paths, windows, sample, max(0.02, 0.15 * gap), clocks, lines, knots_us, knots, table, kinds, pieces)
    for number in range(runs):
        a, b = windows[number, 0], windows[number, 1]
        used = int(table[number, 2])
        hint = cursor(paths, sample[0], a) - piece_start[sample[0]]
        best[0], best[1], best[2], best[3] = ceiling, 0.0, -1.0, -1.0
        before, rows = rows, int(best[4])
        if number > 0 and windows[number - 1, 1] == a and table[number, 4] == 0.0:
            if _all_fly(phases, windows[number - 1, 0], b):
                # all stand where the window before has left them, and who is near there was near at its end
                for at in range(before, rows):
                    if longs[at, 3] < a - RECENT_US:
                        continue
                    if not meet(paths, phases, longs[at, 0], longs[at, 1], a, b, hint, gap, low_gap, best, longs,
                                shorts, work):  # fmt: skip
                        return -1
                continue
        flying = _all_fly(phases, a, b)
        largest = gap
        for i in range(n):
            line = lines[number, i]
            for d in range(6):
                here[d, i] = line[d]
                largest = max(largest, abs(line[d]))
            bound[i] = line[6]
            largest = max(largest, line[6])
        if compact <= 0.0 or spread(here, order) > 1.2 * compact:
            arrange(here, order)
            compact = spread(here, order) + 1e-9
        seat(here, bound, 1e-12 * largest, order, blocks, spots, begin, end)
        coarse = np.float32(1e-6 * largest)
        group(begin, end, low, high, top_low, top_high)
        # blocks with themselves first: the nearest pair of all is then known, nearly, before blocks are compared
        for turn in range(2):
            for p in range(count):
                for top in range(p // (SEATS * SEATS), tops):
                    if turn == 0 and top > p // (SEATS * SEATS):
                        break
                    if turn == 1:
                        reach[:] = np.float32(_reach(best, gap)) + coarse
                        common_time(begin, end, p, top_low, top_high, top, reach, near_group)
                    for slot in range(SEATS):
                        g = top * SEATS + slot
                        if g < p // SEATS or g >= groups:
                            continue
                        if turn == 0 and g > p // SEATS:
                            break
                        if turn == 1:
                            if near_group[slot] < -ROUNDING:
                                continue
                            common_time(begin, end, p, low, high, g, reach, near_block)
                        for member in range(SEATS):
                            q = g * SEATS + member
                            if (turn == 0) != (q == p) or q < p or q >= count:
                                continue
                            if turn == 1:
                                if near_block[member] < -ROUNDING:
                                    continue
                                for k in range(SEATS):
                                    widened[k] = reach[k] + spots[p, 6, k]
                                common_time(begin, end, q, spots, spots, p, widened, near_seat)
                            for k in range(min(SEATS, n - p * SEATS)):
                                if turn == 1 and near_seat[k] < -ROUNDING:
                                    continue
                                excess(blocks, p, k, q, _reach(best, gap) + blocks[p, 6, k], off)
                                # signs gathered as whole numbers: SIMD, unlike a least value
                                signs = 0
                                for m in range(signed.shape[0]):
                                    signs |= signed[m]
                                if signs >= 0:
                                    continue
                                i = order[p * SEATS + k]
                                for m in range(k + 1 if turn == 0 else 0, min(SEATS, n - q * SEATS)):
                                    if off[m] >= 0.0:
                                        continue
                                    j = order[q * SEATS + m]
                                    if not flying and _idle(phases, i, a, b) and _idle(phases, j, a, b):
                                        continue
                                    s, e, piece = a, b, hint
                                    if used > MANY:
                                        first, last = _near_time(
                                            blocks, p, k, q, m, _reach(best, gap), table, knots, number
                                        )
                                        s, e = knots_us[number, first], knots_us[number, last]
                                        piece += first
                                    if kinds[number] > 0:
                                        at_i, at_j = int(lines[number, i, 7]), int(lines[number, j, 7])
                                        if (
                                            at_i >= 0
                                            and at_j >= 0
                                            and (flying or always_fly(phases, i, s, e))
                                            and (flying or always_fly(phases, j, s, e))
                                        ):
                                            r0, r1 = pieces[number, 0], pieces[number, 1]
                                            if used > MANY:
                                                r0, r1 = r0 + first, r0 + last
                                            lead = ctrl_start[r0] - ctrl_start[pieces[number, 0]]
                                            if not meet_in_rank(
                                                paths, r0, r1, at_i + lead, at_j + lead, i, j, gap, best, longs,
                                                shorts, one, many, row, spans,
                                            ):  # fmt: skip
                                                return -1
                                            continue
                                    if not meet(
                                        paths, phases, i, j, s, e, piece, gap, low_gap, best, longs, shorts, work
                                    ):
                                        return -1
        for k in range(4):
            closest[number, k] = best[k]
        if best[2] < 0.0:
            closest[number, 0] = np.inf
    return int(best[4])


def search(
    paths: Paths,
    phases: Longs,
    windows: Longs,
    sample: Longs,
    gap_m: float,
    low_gap_m: float,
    ceiling_m: float,
    most: int,
    room: Room,
) -> tuple[Longs, Floats, Floats, bool]:
    """The violations in a run of windows and each window's closest pair nearer than the ceiling.

    Rows (k, 6) of two drones, begin, end, nearest moment and kind, their distances (k,), closest (windows, 4) of
    distance, time and two drones, and whether there were more than `most` rows.
    """
    longs, shorts = room.records(most)
    closest = np.empty((len(windows), 4))
    closest[:] = (math.inf, 0.0, -1.0, -1.0)
    order = np.arange(len(paths.home))
    m = len(windows)
    used = _search(
        *paths, phases, np.ascontiguousarray(windows), sample, gap_m, low_gap_m, ceiling_m, room.lines[:m],
         room.knots_us[:m], room.knots[:m], closest, longs, shorts, order,
    )  # fmt: skip
    rows = most if used < 0 else used
    return longs[:rows].copy(), shorts[:rows].copy(), closest, used < 0
