"""Motion of a formation while its scene is held, in the formation's own metres (x right, y away, z up)."""

import zlib
from typing import Literal

import msgspec

from showeditor.model.births import finite, named, not_negative, positive, within
from showeditor.model.music import LONGEST_US
from showeditor.model.venue import Vec3

Axis = Literal["x", "y", "z"]

MOST_POSE_BYTES = 1 << 26


class _Motion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="moves"):
    """From `at_us` after arrival for `for_us`, within the scene's hold; at rest before and after."""

    at_us: int
    for_us: int

    def __post_init__(self) -> None:
        within("start of a motion", self.at_us, 0, LONGEST_US)
        within("length of a motion", self.for_us, 1, LONGEST_US)


class Turn(_Motion, frozen=True, forbid_unknown_fields=True, tag="turn"):
    """Turns about an axis through the formation's middle; positive: clockwise seen from above, the front, the right."""

    axis: Axis = "z"
    degrees: float = 360.0

    def __post_init__(self) -> None:
        _Motion.__post_init__(self)
        within("degrees of a turn", self.degrees, -36_000.0, 36_000.0)


class Swell(_Motion, frozen=True, forbid_unknown_fields=True, tag="swell"):
    """A wave runs through along one axis and moves the drones along another, by `amplitude_m` to either side."""

    along: Axis = "x"
    towards: Axis = "y"
    amplitude_m: float = 3.0
    length_m: float = 40.0
    period_us: int = 4_000_000

    def __post_init__(self) -> None:
        _Motion.__post_init__(self)
        not_negative("amplitude of a wave", self.amplitude_m)
        positive("length of a wave", self.length_m)
        within("period of a wave", self.period_us, 100_000, LONGEST_US)


class Morph(_Motion, frozen=True, forbid_unknown_fields=True, tag="morph"):
    """The drones fly straight to their places in another formation of as many points, and stay there."""

    formation: str

    def __post_init__(self) -> None:
        _Motion.__post_init__(self)
        named("formation of a morph", self.formation)


class Scatter(_Motion, frozen=True, forbid_unknown_fields=True, tag="scatter"):
    """Apart and together again: everything grows to `factor` times its size, each drone strayed by up to `stray_m`."""

    factor: float = 2.0
    stray_m: float = 0.0
    seed: int = 1

    def __post_init__(self) -> None:
        _Motion.__post_init__(self)
        within("factor of a scatter", self.factor, 0.1, 100.0)
        not_negative("stray of a scatter", self.stray_m)
        within("seed of a scatter", self.seed, 0, 2**32 - 1)


class Follow(_Motion, frozen=True, forbid_unknown_fields=True, tag="follow"):
    """The whole formation is carried along a smooth curve through points, given from where it stands."""

    through_m: tuple[Vec3, ...]

    def __post_init__(self) -> None:
        _Motion.__post_init__(self)
        if not self.through_m:
            raise ValueError("a path to follow needs at least one point")
        for point in self.through_m:
            finite("point of a path to follow", *point)


class Poses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Recorded places of `joints` joints: `count` poses, `frames_per_s` a second.

    `data` is zlib over little-endian 32-bit whole millimetres, pose after pose, x, y, z of each joint.
    """

    joints: int
    count: int
    frames_per_s: float
    data: bytes

    def __post_init__(self) -> None:
        within("joints of a figure", self.joints, 1, 10_000)
        within("poses of a figure", self.count, 2, 1_000_000)
        positive("poses a second of a figure", self.frames_per_s)
        if self.size > MOST_POSE_BYTES:
            raise ValueError(f"a figure may hold {MOST_POSE_BYTES} bytes at most, this one has {self.size}")
        self.unpacked()

    @property
    def size(self) -> int:
        """Bytes of all places."""
        return self.joints * self.count * 12

    @property
    def length_us(self) -> int:
        """From the first pose to the last as recorded."""
        return round((self.count - 1) * 1e6 / self.frames_per_s)

    def unpacked(self) -> bytes:
        """All places; never unpacks more than their stated number."""
        unpacker = zlib.decompressobj()
        try:
            out = unpacker.decompress(self.data, self.size + 1)
        except zlib.error as error:
            raise ValueError(f"the poses of a figure are damaged: {error}") from None
        if len(out) != self.size:
            raise ValueError(f"a figure of {self.size} bytes is stated, {len(out)} are there")
        return out


class Dance(_Motion, frozen=True, forbid_unknown_fields=True, tag="dance"):
    """A recorded figure: point k hangs on the bone from joint `bones[k][0]` to `bones[k][1]`, `bones[k][2]` along it.

    It is played once in `for_us`, evenly but for a soft beginning and end; `pace` says how much faster than recorded.
    """

    poses: Poses
    bones: tuple[tuple[int, int, float], ...]

    def __post_init__(self) -> None:
        _Motion.__post_init__(self)
        for a, b, share in self.bones:
            within("joint of a bone", a, 0, self.poses.joints - 1)
            within("joint of a bone", b, 0, self.poses.joints - 1)
            within("place on a bone", share, 0.0, 1.0)

    @property
    def pace(self) -> float:
        """How many times as fast as it was recorded."""
        return self.poses.length_us / (self.for_us - self.ease_us)

    @property
    def ease_us(self) -> int:
        """How long beginning and end are drawn out."""
        return min(1_000_000, self.for_us // 2)


Motion = Turn | Swell | Morph | Scatter | Follow | Dance
