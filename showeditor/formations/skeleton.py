"""Centrelines: from filled contours to strokes along their middle.

The contours are rasterised and thinned; the skeleton's pixels become chains between ends and crossings; chains that go
on straight through a crossing are joined, short spurs are cut, ends are drawn out to where the stroke ends.
"""

import math
from dataclasses import dataclass

import numpy as np

from showeditor.formations.sketch import Stroke
from showeditor.kernels.thinning import filled, thinned
from showeditor.model.arrays import Floats, Longs

Pixel = tuple[int, int]

_AROUND = ((-1, 0), (0, 1), (1, 0), (0, -1), (-1, 1), (1, 1), (1, -1), (-1, -1))
_RING = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
_STRAIGHT_ON = math.cos(math.radians(50.0))
_TURNED_OFF = math.cos(math.radians(25.0))


@dataclass(slots=True)
class _Chain:
    """A run of pixels and the crossing (index, or -1) at each end."""

    line: list[Pixel]
    head: int
    tail: int

    @property
    def length(self) -> float:
        if len(self.line) < 2:
            return 0.0
        return float(np.hypot(*np.diff(np.array(self.line, np.float64), axis=0).T).sum())

    def turned(self) -> "_Chain":
        return _Chain(self.line[::-1], self.tail, self.head)


def _crossings(pixels: set[Pixel]) -> tuple[list[Pixel], dict[Pixel, int]]:
    """Centres of the places where three or more chains meet, and the crossing of each of their pixels."""
    many = set()
    for r, c in pixels:
        ring = [(r + dr, c + dc) in pixels for dr, dc in _RING]
        if sum(ring[k] and not ring[k - 1] for k in range(8)) >= 3:
            many.add((r, c))
    owner: dict[Pixel, int] = {}
    centres: list[Pixel] = []
    for start in sorted(many):
        if start in owner:
            continue
        group, front = [], [start]
        owner[start] = len(centres)
        while front:
            r, c = front.pop()
            group.append((r, c))
            for dr, dc in _AROUND:
                near = (r + dr, c + dc)
                if near in many and near not in owner:
                    owner[near] = len(centres)
                    front.append(near)
        # the neighbours belong to the crossing too, or a walk could slip past it on a diagonal
        for r, c in group:
            for dr, dc in _AROUND:
                if (r + dr, c + dc) in pixels:
                    owner.setdefault((r + dr, c + dc), len(centres))
        middle = np.mean(group, axis=0)
        centres.append(min(group, key=lambda p: ((p[0] - middle[0]) ** 2 + (p[1] - middle[1]) ** 2, p)))
    return centres, owner


def _chains(pixels: set[Pixel], centres: list[Pixel], owner: dict[Pixel, int]) -> list[_Chain]:
    left = pixels - owner.keys()

    def near(p: Pixel) -> list[Pixel]:
        return [(p[0] + dr, p[1] + dc) for dr, dc in _AROUND if (p[0] + dr, p[1] + dc) in left]

    def crossing(p: Pixel) -> int:
        found = [owner[(p[0] + dr, p[1] + dc)] for dr, dc in _AROUND if (p[0] + dr, p[1] + dc) in owner]
        return found[0] if found else -1

    chains: list[_Chain] = []
    ends = [p for p in sorted(left) if len(near(p)) <= 1]
    for start in [*ends, *sorted(left)]:
        if start not in left:
            continue
        line = [start]
        left.discard(start)
        while steps := near(line[-1]):
            line.append(steps[0])
            left.discard(steps[0])
        head, tail = crossing(line[0]), crossing(line[-1])
        if len(line) == 1 and head >= 0:
            touching = sorted(
                {owner[(start[0] + dr, start[1] + dc)] for dr, dc in _AROUND if (start[0] + dr, start[1] + dc) in owner}
            )
            head, tail = touching[0], touching[1] if len(touching) > 1 else -1
        full = ([centres[head]] if head >= 0 else []) + line + ([centres[tail]] if tail >= 0 else [])
        ring = (
            head < 0
            and tail < 0
            and len(line) > 3
            and max(abs(a - b) for a, b in zip(line[0], line[-1], strict=True)) <= 1
        )
        chains.append(_Chain([*full, line[0]] if ring else full, head, tail))
    return chains


def _hangs(chain: _Chain, chains: list[_Chain]) -> bool:
    """Whether one end of a chain is free and the other meets a crossing or another chain."""
    if chain.head >= 0 or chain.tail >= 0:
        return chain.head < 0 or chain.tail < 0
    near = {(r + dr, c + dc) for r, c in chain.line for dr, dc in _AROUND}
    return any(other is not chain and not near.isdisjoint(other.line) for other in chains)


def _heading(chain: _Chain, reach: int) -> Floats:
    """Direction in which a chain leaves its head."""
    here, there = np.array(chain.line[0], float), np.array(chain.line[min(reach, len(chain.line) - 1)], float)
    length = float(np.linalg.norm(there - here))
    return (there - here) / length if length > 0 else np.zeros(2)


def _joined(chains: list[_Chain], crossings: int, reach: int) -> list[_Chain]:
    """Chains that go straight on through a crossing become one; so do the two that are left where a spur was cut."""
    for node in range(crossings):
        while True:
            here = [(k, False) for k, c in enumerate(chains) if c.head == node]
            here += [(k, True) for k, c in enumerate(chains) if c.tail == node]
            best: tuple[float, int, bool, int, bool] | None = None
            for a, (i, i_turned) in enumerate(here):
                for j, j_turned in here[a + 1 :]:
                    if i == j:
                        continue
                    from_one = _heading(chains[i].turned() if i_turned else chains[i], reach)
                    from_two = _heading(chains[j].turned() if j_turned else chains[j], reach)
                    straight = -float(from_one @ from_two)
                    if best is None or straight > best[0] + 1e-9:
                        best = (straight, i, i_turned, j, j_turned)
            if best is None or (best[0] < _STRAIGHT_ON and len(here) != 2):
                break
            _, i, i_turned, j, j_turned = best
            one = chains[i] if i_turned else chains[i].turned()
            two = chains[j].turned() if j_turned else chains[j]
            whole = _Chain(one.line + two.line[1:], one.head, two.tail)
            chains = [c for k, c in enumerate(chains) if k not in (i, j)] + [whole]
    return chains


def _unit(way: Floats) -> Floats:
    length = float(np.linalg.norm(way))
    return way / length if length > 0.0 else way


def _drawn_out(line: Floats, image: Longs, width: float) -> Floats:
    """The line with its last end moved on towards the edge of the shape: a skeleton stops half a stroke too early.

    At a blunt end the skeleton turns into one of the corners: then that turn is cut off first.
    """
    half, whole = max(3, round(0.5 * width)), max(6, round(width))
    tail = _unit(line[-1] - line[max(0, len(line) - 1 - half)])
    reach = 0.5 * width
    if len(line) > half + 2 * whole:
        before = line[-1 - half] - line[-1 - half - whole]
        walked = float(np.hypot(*np.diff(line[-1 - half - whole : len(line) - half], axis=0).T).sum())
        straight = float(np.linalg.norm(before)) > 0.95 * walked
        if straight and float(_unit(before) @ tail) < _TURNED_OFF:
            line, tail, reach = line[: len(line) - half], _unit(before), 1.2 * width
    end = line[-1]
    for _ in range(round(reach)):
        ahead = end + tail
        r, c = int(ahead[0]), int(ahead[1])
        if not (0 <= r < image.shape[0] and 0 <= c < image.shape[1]) or image[r, c] == 0:
            break
        end = ahead
    # not quite to the edge: a light has a size of its own
    return np.concatenate([line, [line[-1] + 0.7 * (end - line[-1])]])


def _smooth(line: Floats, window: int, closed: bool) -> Floats:
    if len(line) < 2 * window + 3:
        return line
    if closed:
        body = line[:-1]
        padded = np.concatenate([body[-window:], body, body[:window]])
    else:
        padded = np.concatenate([np.repeat(line[:1], window, axis=0), line, np.repeat(line[-1:], window, axis=0)])
    kernel = np.full(2 * window + 1, 1.0 / (2 * window + 1))
    even = np.stack([np.convolve(padded[:, axis], kernel, mode="valid") for axis in (0, 1)], axis=1)
    if closed:
        return np.concatenate([even, even[:1]])
    even[0], even[-1] = line[0], line[-1]
    return even


def centrelines(contours: list[Floats], unit: float, pixels: int = 320) -> list[Stroke]:
    """Strokes along the middle of a filled shape, in reading order (top to bottom, left to right).

    `contours` ((k, 2) x right, y up) use `unit` as their em; `pixels` is its raster size. A shape without
    length (a full stop) becomes a stroke of one point.
    """
    everything = np.concatenate(contours)
    low = everything.min(axis=0)
    scale = pixels / unit
    size = np.ceil((everything.max(axis=0) - low) * scale).astype(int) + 6
    image = filled([(c - low) * scale + 3.0 for c in contours], int(size[1]), int(size[0]))
    skeleton = thinned(image)
    spots: set[Pixel] = {(int(r), int(c)) for r, c in zip(*np.nonzero(skeleton), strict=True)}
    if not spots:
        return []
    width = float(image.sum()) / max(1, len(spots))
    centres, owner = _crossings(spots)
    chains = _chains(spots, centres, owner)
    reach = max(4, round(width))
    spur = 0.95 * width
    chains = [c for c in chains if c.length >= spur or not _hangs(c, chains)] or chains
    chains = _joined(chains, len(centres), reach)
    if any(c.length >= spur for c in chains):
        # crumbs between crossings that nothing joined; a dot on its own stays
        chains = [c for c in chains if c.length >= 0.5 * width or (c.head < 0 and c.tail < 0)]
    strokes: list[Stroke] = []
    for chain in chains:
        line = np.array(chain.line, np.float64) + 0.5
        closed = len(chain.line) > 3 and chain.line[0] == chain.line[-1]
        line = _smooth(line, max(2, round(width / 4)), closed)
        if not closed and len(line) > 2:
            if chain.tail < 0:
                line = _drawn_out(line, image, width)
            if chain.head < 0:
                line = _drawn_out(line[::-1], image, width)[::-1]
        points = np.stack([line[:, 1], line[:, 0]], axis=1)
        points = (points - 3.0) / scale + low
        strokes.append(_begun_well(points, closed))
    strokes.sort(key=_reading)
    return strokes


def _begun_well(points: Floats, closed: bool) -> Stroke:
    """The stroke as a hand would begin it: at its upper left end."""
    if closed:
        ring = points[:-1]
        first = int(np.argmax(ring[:, 1] - ring[:, 0]))
        return Stroke(np.roll(ring, -first, axis=0), closed=True)
    if points[-1, 0] - points[-1, 1] < points[0, 0] - points[0, 1]:
        points = points[::-1]
    return Stroke(np.ascontiguousarray(points))


def _reading(stroke: Stroke) -> tuple[float, float]:
    middle = stroke.line.mean(axis=0)
    return (-round(float(middle[1]), 3), float(middle[0]))
