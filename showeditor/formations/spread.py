"""Even spacing: from a sketch to points that keep a stated distance, or to an exact number of points.

Along each stroke candidates lie close together; they are taken in order when they are far enough from all points taken
before. Then each stroke's points are spread evenly over the room they have, where that brings no two nearer.
"""

import math
from dataclasses import dataclass

import numpy as np

from showeditor.formations.drawing import Drawing
from showeditor.formations.sketch import Area, Sketch
from showeditor.kernels.sampling import keep_apart
from showeditor.kernels.thinning import filled
from showeditor.model.arrays import Floats, Longs
from showeditor.model.errors import BadInput
from showeditor.model.points import Points
from showeditor.model.swarm import Rgb

_ROUNDING_M = 0.0015
"""Points are rounded to the millimetre; this much more keeps two of them apart as stated."""

_STEPS = 32
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class _Line:
    """A stroke ready for walking: corners, arc length at each corner, whether it returns to its start."""

    corner: Floats
    arc: Floats
    closed: bool

    def at(self, arc: Floats) -> Floats:
        x, z = (np.interp(arc, self.arc, self.corner[:, axis]) for axis in (0, 1))
        return np.stack([x, z], axis=1)


@dataclass(frozen=True, slots=True)
class _Placed:
    """Points (n, 2), the stroke or (after the strokes) area of each, and where along it."""

    point: Floats
    owner: Longs
    arc: Floats


def _lines(sketch: Sketch) -> list[_Line]:
    lines: list[_Line] = []
    for stroke in sketch.strokes:
        corner = np.concatenate([stroke.line, stroke.line[:1]]) if stroke.closed else stroke.line
        step = np.hypot(*np.diff(corner, axis=0).T) if len(corner) > 1 else np.zeros(0)
        keep = np.concatenate([[True], step > 1e-12])
        corner = corner[keep]
        arc = np.concatenate([[0.0], np.cumsum(step[keep[1:]])])
        lines.append(_Line(corner, arc, stroke.closed and len(corner) > 2))
    return lines


def _inside(area: Area, spacing: float) -> Floats:
    """Places of the hexagonal lattice inside an area, in the phase that holds most of them."""
    points = np.concatenate(area.contours)
    low, high = points.min(axis=0), points.max(axis=0)
    fine = max(spacing / 12.0, float((high - low).max()) / 3000.0)
    columns, rows = (int(v) + 3 for v in (high - low) / fine)
    image = filled([(c - low) / fine + 1.0 for c in area.contours], rows, columns, even_odd=area.even_odd)
    best = np.zeros((0, 2))
    # a hair wider, or rounding would make neighbours too near for each other
    spacing *= 1.0 + 1e-9
    rise = spacing * math.sqrt(0.75)
    across = np.arange(math.ceil((high[0] - low[0]) / spacing) + 2)
    up = np.arange(math.ceil((high[1] - low[1]) / rise) + 2)
    for phase in range(16):
        shift = np.array([phase % 4 / 4.0 * spacing, phase // 4 / 4.0 * rise])
        x = (across[None, :] + 0.5 * (up[:, None] % 2)) * spacing - shift[0]
        z = np.broadcast_to(up[:, None] * rise - shift[1], x.shape)
        place = np.stack([x.ravel(), z.ravel()], axis=1)
        pixel = np.floor(place / fine + 1.0).astype(np.int64)
        ok = (pixel >= 0).all(axis=1) & (pixel[:, 0] < columns) & (pixel[:, 1] < rows)
        ok[ok] = image[pixel[ok, 1], pixel[ok, 0]] == 1
        if ok.sum() > len(best):
            best = place[ok] + low
    return best


def _place(sketch: Sketch, lines: list[_Line], spacing: float) -> _Placed:
    points: list[Floats] = []
    owners: list[Longs] = []
    arcs: list[Floats] = []
    for k, line in enumerate(lines):
        count = max(1, math.ceil(line.arc[-1] / spacing * _STEPS))
        arc = np.linspace(0.0, line.arc[-1], count + 1)[: -1 if line.closed else None]
        points.append(line.at(arc))
        owners.append(np.full(len(arc), k))
        arcs.append(arc)
    for k, area in enumerate(sketch.areas):
        inside = _inside(area, spacing)
        points.append(inside)
        owners.append(np.full(len(inside), len(lines) + k))
        arcs.append(inside[:, 0])
    point, owner, arc = np.concatenate(points), np.concatenate(owners), np.concatenate(arcs)
    kept = keep_apart(point, spacing)
    return _Placed(point[kept], owner[kept], arc[kept])


def _evened(placed: _Placed, lines: list[_Line], spacing: float) -> _Placed:
    """Each stroke's points spread over the room they have; a stroke stays as it was where that is not possible."""
    point, arc = placed.point.copy(), placed.arc.copy()
    for k, line in enumerate(lines):
        rows = np.nonzero(placed.owner == k)[0]
        if len(rows) < 2:
            continue
        others = np.delete(point, rows, axis=0)
        first, total = float(arc[rows[0]]), float(line.arc[-1])
        if line.closed:
            ends = [first + total * (len(rows) - 1) / len(rows)]
        else:
            # the far end itself, or as near to it as another stroke's points allow
            span = np.linspace(total, float(arc[rows[-1]]), 9)
            ends = [float(v) for v in span]
        for end in ends:
            trial = np.linspace(first, end, len(rows))
            moved = line.at(trial % total if line.closed else trial)
            if bool(keep_apart(np.concatenate([others, moved]), spacing, len(others))[len(others) :].all()):
                point[rows], arc[rows] = moved, trial
                break
    return _Placed(point, placed.owner, arc)


def _without(placed: _Placed, excess: int, strokes: int, apart: float) -> _Placed:
    """Without `excess` points: first of areas, then of strokes.

    An area loses those with the fewest neighbours, evenly among equals (a lattice frays at its rim), a stroke those
    that are nearest to their neighbours.
    """
    alive = np.ones(len(placed.point), np.bool_)
    inner = np.nonzero(placed.owner >= strokes)[0]
    if excess > 0 and len(inner):
        company = _near(placed.point[inner], 1.3 * apart)[0]
        for level in np.unique(company):
            equals = inner[company == level]
            take = min(excess, len(equals))
            alive[equals[np.arange(take) * len(equals) // max(1, take)]] = False
            excess -= take
    while excess > 0:
        rows = np.nonzero(alive)[0]
        crowded = np.argsort(_near(placed.point[rows], apart)[1], kind="stable")
        alive[rows[crowded[: 1 + excess // 8]]] = False
        excess -= min(excess, 1 + excess // 8)
    return _Placed(placed.point[alive], placed.owner[alive], placed.arc[alive])


def _near(points: Floats, reach: float) -> tuple[Longs, Floats]:
    """How many others each of `points` (n, 2) has within `reach`, and how far its two nearest are together."""
    n = len(points)
    count, two = np.zeros(n, np.int64), np.zeros(n)
    for k in range(0, n, 256):
        part = points[k : k + 256, None] - points[None]
        square = (part * part).sum(axis=2)
        square[np.arange(len(part)), np.arange(k, k + len(part))] = np.inf
        count[k : k + 256] = (square < reach * reach).sum(axis=1)
        if n > 2:
            two[k : k + 256] = np.sqrt(np.partition(square, 1, axis=1)[:, :2]).sum(axis=1)
    return count, two


def _widest(sketch: Sketch, lines: list[_Line], count: int, least: float) -> float:
    """The largest spacing found that leaves room for `count` points; `least` when even that is too much."""
    low, high = least, least
    while len(_place(sketch, lines, high).point) >= count and high < 1e7:
        low, high = high, high * 1.5
    for _ in range(40):
        middle = 0.5 * (low + high)
        if len(_place(sketch, lines, middle).point) >= count:
            low = middle
        else:
            high = middle
        if high - low < 1e-4 * low:
            break
    return low


def spread(
    sketch: Sketch, *, spacing_m: float, count: int | None = None, height_m: float | None = None, unit_m: float = 1.0
) -> Drawing:
    """The drawing as points at least `spacing_m` apart (to the millimetre).

    `unit_m` is what counts as the height of the sketch: the drawing becomes `height_m / unit_m` times as large. With
    `count` exactly so many points, as far apart as they will go; without `height_m` then also the smallest drawing that
    holds so many. Raises BadInput when the points do not fit, and for a drawing of more than 100,000.
    """
    if not (math.isfinite(spacing_m) and spacing_m > 0.0):
        raise BadInput(f"the spacing must be greater than 0 m, not {spacing_m}")
    if height_m is not None and not (math.isfinite(height_m) and height_m > 0.0):
        raise BadInput(f"the height must be greater than 0 m, not {height_m}")
    if count is not None and not 1 <= count <= _MOST:
        raise BadInput(f"the number of points must lie between 1 and {_MOST}, not {count}")
    apart = spacing_m + _ROUNDING_M
    try:
        if count is None or height_m is not None:
            height = 40.0 if height_m is None else height_m
            sized = sketch.scaled(height / unit_m)
            lines = _checked(sized, apart)
            if count is not None:
                fits = len(_place(sized, lines, apart).point)
                if fits < count:
                    raise BadInput(
                        f"{count} points do not fit: {fits} fit at {height:g} m height, {spacing_m:g} m apart"
                    )
            placed = _counted(sized, lines, apart, count)
        else:
            factor, placed = _smallest(sketch, count, apart)
            height = unit_m * factor
            sized = sketch.scaled(factor)
            lines = _lines(sized)
    except ValueError as error:
        raise BadInput(str(error)) from None
    return _drawing(sized, lines, placed, height)


def _checked(sketch: Sketch, apart: float) -> list[_Line]:
    """The strokes ready for walking; BadInput when the drawing plainly needs more points than a formation may have."""
    lines = _lines(sketch)
    need = sum(float(line.arc[-1]) for line in lines) / apart
    for area in sketch.areas:
        size = np.ptp(np.concatenate(area.contours), axis=0)
        # an area may fill a small part of its box, but trying its lattice costs as much as the box
        need += float(size[0] * size[1]) / (apart * apart) / 10.0
    if need > _MOST:
        raise BadInput(f"the drawing needs more than {_MOST} points at this spacing")
    return lines


def _counted(sketch: Sketch, lines: list[_Line], apart: float, count: int | None) -> _Placed:
    """The points at spacing `apart`, or exactly `count` as far apart as they will go."""
    if count is not None:
        apart = _widest(sketch, lines, count, apart)
    placed = _place(sketch, lines, apart)
    if len(placed.point) > _MOST:
        raise BadInput(f"the drawing needs {len(placed.point)} points, more than {_MOST}")
    if count is not None:
        placed = _without(placed, len(placed.point) - count, len(lines), apart)
    return _evened(placed, lines, apart)


def _smallest(sketch: Sketch, count: int, apart: float) -> tuple[float, _Placed]:
    """The factor of the smallest drawing that holds `count` points, and those: spread at unit size, then scaled."""
    x0, z0, x1, z1 = sketch.box
    size = max(x1 - x0, z1 - z0) or 1.0
    unit = sketch.scaled(1.0 / size)
    lines = _lines(unit)
    start = 1.0
    while len(_place(unit, lines, start).point) < count:
        start *= 0.7
        if start < 1e-5:
            raise BadInput(f"{count} points do not fit into this drawing at any size")
    placed = _counted(unit, lines, start, count)
    have = nearest(np.column_stack([placed.point, np.zeros(len(placed.point))]))
    factor = apart / have if have > 0.0 else apart
    return factor / size, _Placed(placed.point * factor, placed.owner, placed.arc * factor)


def _drawing(sketch: Sketch, lines: list[_Line], placed: _Placed, height_m: float) -> Drawing:
    n = len(placed.point)
    lengths = [float(line.arc[-1]) for line in lines]
    along = np.zeros(n)
    begin = 0.0
    for k in range(len(lines) + len(sketch.areas)):
        rows = np.nonzero(placed.owner == k)[0]
        if k < len(lines):
            along[rows] = begin + placed.arc[rows]
            begin += lengths[k]
        elif len(rows):
            # an area lights from left to right, as long as a stroke of its points
            x = placed.arc[rows] - placed.arc[rows].min()
            width = max(float(x.max()), 1e-9)
            along[rows] = begin + x / width * len(rows)
            begin += len(rows)
    low, high = float(along.min(initial=math.inf)), float(along.max(initial=-math.inf))
    path = (along - low) / (high - low) if high > low else np.zeros(n)
    colours = [s.colour for s in sketch.strokes] + [a.colour for a in sketch.areas]
    chosen: tuple[Rgb, ...] = ()
    if any(colour is not None for colour in colours):
        chosen = tuple(colours[int(k)] or (255, 255, 255) for k in placed.owner)
    points = Points(np.stack([placed.point[:, 0], np.zeros(n), placed.point[:, 1]], axis=1))
    return Drawing(points, chosen, tuple(round(float(v), 6) for v in path), nearest(points.metres), height_m)


def nearest(points_m: Floats) -> float:
    """The smallest distance between two of the points (n, 3); 0 when there are fewer than two."""
    if len(points_m) < 2:
        return 0.0
    best = math.inf
    for k in range(0, len(points_m), 512):
        part = points_m[k : k + 512, None] - points_m[None]
        square = (part * part).sum(axis=2)
        square[np.arange(len(part)), np.arange(k, k + len(part))] = math.inf
        best = min(best, float(square.min()))
    return math.sqrt(best)
