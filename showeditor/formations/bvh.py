"""Recorded figures (BVH, Biovision Hierarchy): a skeleton of offsets and, frame by frame, its rotations.

Read by the format's public description: HIERARCHY with ROOT, JOINT, OFFSET, CHANNELS and End Site, then MOTION with
Frames, Frame Time and one line of channel values a frame. The rotations of a joint apply in the order of its channels.
BVH's axes (y up, z towards the viewer) become those of formations (x right, y away, z up).
"""

import math
import zlib
from dataclasses import dataclass

import numpy as np

from showeditor.model.arrays import Floats, frozen
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.motions import Poses

MOST_JOINTS = 2000
MOST_FRAMES = 200_000
_CHANNELS = {f"{axis}{kind}": (kind, "XYZ".index(axis)) for axis in "XYZ" for kind in ("position", "rotation")}


@dataclass(frozen=True, slots=True)
class Bvh:
    """A recording: `names` of joints (ends of limbs too), their `parents` (-1: none), places (frames, joints, 3)."""

    names: tuple[str, ...]
    parents: tuple[int, ...]
    frame_s: float
    places: Floats


@dataclass(frozen=True, slots=True)
class Figure:
    """Points hung evenly on the bones of a recording: places in the first pose, the poses, and where each hangs."""

    points_m: Floats
    poses: Poses
    bones: tuple[tuple[int, int, float], ...]


class _Words:
    """The words of the file with their lines."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self._words = [(word, n) for n, line in enumerate(text.splitlines(), 1) for word in line.split()]
        self._at = 0

    @property
    def line(self) -> int:
        """The line of the next word."""
        last = self._words[min(self._at, len(self._words) - 1)][1] if self._words else 1
        return last

    def bad(self, expected: str) -> BadFile:
        return BadFile(self.file, f"line {self.line}", f"expected {expected}")

    def next(self, expected: str) -> str:
        if self._at >= len(self._words):
            raise self.bad(expected)
        self._at += 1
        return self._words[self._at - 1][0]

    def need(self, word: str) -> None:
        if self.next(word).upper() != word.upper():
            self._at -= 1
            raise self.bad(word)

    def number(self, what: str) -> float:
        word = self.next(what)
        try:
            value = float(word)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self._at -= 1
            raise self.bad(f"{what}, a number, got {word!r}")
        return value

    def rest(self, count: int, what: str) -> Floats:
        words = self._words[self._at : self._at + count]
        if len(words) < count:
            self._at = len(self._words)
            raise self.bad(f"{count} {what}, got {len(words)}")
        try:
            values = np.array([word for word, _ in words], np.float64)
        except ValueError:
            values = np.array([math.nan])
        if not np.isfinite(values).all():
            for word, line in words:
                try:
                    finite = math.isfinite(float(word))
                except ValueError:
                    finite = False
                if not finite:
                    raise BadFile(self.file, f"line {line}", f"expected a number, got {word!r}")
        self._at += count
        return values


@dataclass(slots=True)
class _Skeleton:
    names: list[str]
    parents: list[int]
    offsets: list[list[float]]
    channels: list[list[str]]


def read_bvh(data: bytes, file: str) -> Bvh:
    """The recording in a BVH file; raises BadFile with the line and what was expected."""
    words = _Words(data.decode("utf-8", "replace").removeprefix("\ufeff"), file)
    words.need("HIERARCHY")
    words.need("ROOT")
    bones = _skeleton(words)
    words.need("MOTION")
    words.need("Frames:")
    frames = words.number("the number of frames")
    if not 2 <= frames <= MOST_FRAMES or frames != int(frames):
        raise words.bad(f"2 to {MOST_FRAMES} frames, got {frames:g}")
    words.need("Frame")
    words.need("Time:")
    frame_s = words.number("the frame time")
    if not 1e-4 <= frame_s <= 10.0:
        raise words.bad(f"a frame time between 0.0001 and 10 s, got {frame_s:g}")
    width = sum(len(channels) for channels in bones.channels)
    values = words.rest(int(frames) * width, "channel values").reshape(int(frames), width)
    places = _placed(bones, values)
    turned = np.stack([places[..., 0], -places[..., 2], places[..., 1]], axis=-1)
    return Bvh(tuple(bones.names), tuple(bones.parents), frame_s, frozen(turned, np.float64, (None, None, 3)))


def _skeleton(words: _Words) -> _Skeleton:
    bones = _Skeleton([], [], [], [])
    above: list[int] = []
    name = words.next("the name of the root")
    while True:
        words.need("{")
        if len(bones.names) >= MOST_JOINTS:
            raise words.bad(f"{MOST_JOINTS} joints at most")
        bones.names.append(name)
        bones.parents.append(above[-1] if above else -1)
        bones.offsets.append([])
        bones.channels.append([])
        above.append(len(bones.names) - 1)
        while True:
            word = words.next("OFFSET, CHANNELS, JOINT, End Site or }")
            kind = word.upper()
            if kind == "OFFSET":
                bones.offsets[above[-1]] = [words.number("an offset") for _ in range(3)]
            elif kind == "CHANNELS":
                count = words.number("the number of channels")
                names = [words.next("the name of a channel") for _ in range(int(min(max(count, 0.0), 6.0)))]
                if any(channel not in _CHANNELS for channel in names):
                    raise words.bad("channels such as Xposition or Zrotation")
                bones.channels[above[-1]] = names
            elif kind in ("JOINT", "END"):
                name = words.next("a name")
                name = f"{bones.names[above[-1]]} end" if kind == "END" else name
                break
            elif kind == "}":
                if not bones.offsets[above[-1]]:
                    raise words.bad(f"an OFFSET of {bones.names[above[-1]]!r} before its end")
                above.pop()
                if not above:
                    return bones
            else:
                raise words.bad(f"OFFSET, CHANNELS, JOINT, End Site or }}, got {word!r}")


def _placed(bones: _Skeleton, values: Floats) -> Floats:
    """Places (frames, joints, 3) by forward kinematics: each joint turns what hangs on it."""
    frames = len(values)
    places = np.zeros((frames, len(bones.names), 3))
    turns = np.zeros((frames, len(bones.names), 3, 3))
    column = 0
    for joint, channels in enumerate(bones.channels):
        shift = np.tile(np.array(bones.offsets[joint], np.float64), (frames, 1))
        turn = np.tile(np.eye(3), (frames, 1, 1))
        for channel in channels:
            kind, axis = _CHANNELS[channel]
            value = values[:, column]
            column += 1
            if kind == "position":
                # a position channel stands in place of the offset
                shift[:, axis] = value
            else:
                turn = turn @ _about(axis, np.radians(value))
        parent = bones.parents[joint]
        if parent >= 0:
            places[:, joint] = places[:, parent] + np.einsum("fij,fj->fi", turns[:, parent], shift)
            turns[:, joint] = turns[:, parent] @ turn
        else:
            places[:, joint], turns[:, joint] = shift, turn
    return places


def _about(axis: int, angle: Floats) -> Floats:
    c, s = np.cos(angle), np.sin(angle)
    out = np.zeros((len(angle), 3, 3))
    a, b = (axis + 1) % 3, (axis + 2) % 3
    out[:, axis, axis] = 1.0
    out[:, a, a] = out[:, b, b] = c
    out[:, a, b], out[:, b, a] = -s, s
    return out


def figure_of(bvh: Bvh, height_m: float, spacing_m: float, frames_per_s: float = 10.0) -> Figure:
    """A figure of a given height with points `spacing_m` apart along its bones, standing on the ground at its start.

    Raises BadInput for a figure without height. Points that would stand nearer than the spacing (where bones meet) are
    left out.
    """
    first = bvh.places[0]
    tall = float(first[:, 2].max() - first[:, 2].min())
    if not tall > 1e-9:
        raise BadInput("the first pose of the figure has no height")
    middle = 0.5 * (first.min(axis=0) + first.max(axis=0))
    base = np.array([middle[0], middle[1], first[:, 2].min()])
    places = (bvh.places - base) * (height_m / tall)
    length_s = (len(places) - 1) * bvh.frame_s
    count = max(2, round(length_s * frames_per_s) + 1)
    at = np.linspace(0.0, len(places) - 1.0, count)
    low = np.minimum(at.astype(np.int64), len(places) - 2)
    part = (at - low)[:, None, None]
    kept = np.floor((places[low] * (1.0 - part) + places[low + 1] * part) * 1000.0 + 0.5).astype("<i4")
    poses = Poses(places.shape[1], count, (count - 1) / length_s, zlib.compress(kept.tobytes(), 9))
    bones = _hung(kept[0] / 1000.0, bvh.parents, spacing_m)
    share = np.array([bone[2] for bone in bones])[:, None]
    a, b = (kept[0, [bone[k] for bone in bones]] / 1000.0 for k in (0, 1))
    return Figure(frozen(a * (1.0 - share) + b * share, np.float64, (None, 3)), poses, bones)


def _hung(joints_m: Floats, parents: tuple[int, ...], spacing_m: float) -> tuple[tuple[int, int, float], ...]:
    out: list[tuple[int, int, float]] = []
    taken: list[Floats] = []
    for joint, parent in enumerate(parents):
        if parent < 0:
            continue
        a, b = joints_m[parent], joints_m[joint]
        steps = max(1, math.floor(float(np.linalg.norm(b - a)) / spacing_m))
        for k in range(steps + 1):
            share = k / steps
            place = a + (b - a) * share
            if all(float(np.linalg.norm(place - other)) >= 0.999 * spacing_m for other in taken):
                taken.append(place)
                out.append((parent, joint, round(share, 6)))
    return tuple(out)
