"""Recordings: the flown paths and lights of drones as another program's file holds them, kept whole inside a show."""

import base64
import binascii
import zlib
from dataclasses import fields
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from showeditor.model.arrays import frozen
from showeditor.model.births import finite, named, within
from showeditor.model.limits import Limits
from showeditor.model.music import LONGEST_US, AtTime, When
from showeditor.model.plan import Drones
from showeditor.model.venue import Vec3

LARGEST = 2_000_000_000
"""A recording unpacks to this many bytes at most."""

FARTHEST = 1e6
_COUNTS = {
    "piece_start": "piece_t0_us",
    "ctrl_start": "ctrl",
    "key_start": "key_t_us",
    "yaw_start": "yaw_t_us",
    "return_start": "return_t_us",
}


class Recording:
    """An immutable set of drones with their paths and lights, bit for bit as they were read.

    Written in a `.show` as one text: MessagePack of the columns, deflated, base64. The text a recording was read from
    is the text it is written as, so that a file keeps its bytes on every machine.
    """

    __slots__ = ("_text", "drones")

    drones: Drones
    _text: str

    def __init__(self, drones: Drones, text: str = "") -> None:
        if len(drones) == 0:
            raise ValueError("a recording holds at least one drone")
        object.__setattr__(self, "drones", drones)
        object.__setattr__(self, "_text", text)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Recording is immutable")

    def __len__(self) -> int:
        return len(self.drones)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Recording):
            return False
        return self is other or all(
            np.array_equal(getattr(self.drones, f.name), getattr(other.drones, f.name)) for f in fields(Drones)
        )

    def __hash__(self) -> int:
        return hash((self.drones.name, self.drones.ctrl.tobytes()))

    def __repr__(self) -> str:
        return f"Recording({len(self)} drones)"

    def text(self) -> str:
        """The text that a `.show` holds."""
        if not self._text:
            object.__setattr__(self, "_text", _packed(self.drones))
        return self._text

    @staticmethod
    def of_text(text: str) -> "Recording":
        """The recording that a text holds; raises ValueError for anything else."""
        return Recording(_unpacked(text), text)

    @property
    def starts_us(self) -> int:
        """The first moment of the recording's own clock at which a path or a light key stands."""
        d = self.drones
        return int(min(d.piece_t0_us.min(initial=LONGEST_US), d.key_t_us.min(initial=LONGEST_US), d.off_us.min()))

    @property
    def ends_us(self) -> int:
        """The last moment of the recording's own clock at which anything changes."""
        d = self.drones
        return int(max(d.piece_t1_us.max(initial=0), d.key_t_us.max(initial=0), d.on_us.max()))


def _packed(drones: Drones) -> str:
    columns: dict[str, object] = {}
    for column in fields(Drones):
        value = getattr(drones, column.name)
        if column.name.startswith("return_") and not len(drones.return_t_us):
            continue
        if isinstance(value, np.ndarray):
            # steps between neighbours repeat where times do, and so take little room
            flat = np.ascontiguousarray(value).ravel()
            steps = np.diff(flat, prepend=flat.dtype.type(0)) if flat.dtype == np.int64 else flat
            columns[column.name] = _shuffled(steps.astype(flat.dtype.newbyteorder("<")))
        else:
            columns[column.name] = list(value)
    return base64.b64encode(zlib.compress(msgspec.msgpack.encode(columns), 6)).decode("ascii")


def _shuffled(column: NDArray[Any]) -> bytes:
    """The bytes of a column, all first bytes first: numbers that are alike deflate better so."""
    wide = column.dtype.itemsize
    return np.ascontiguousarray(column.view(np.uint8).reshape(-1, wide).T).tobytes()


def _restored(name: str, data: bytes, like: NDArray[Any]) -> NDArray[Any]:
    """The column `name` from its bytes, with the type and width that the empty column `like` has."""
    wide, row = like.dtype.itemsize, like.dtype.itemsize * (like.shape[1] if like.ndim == 2 else 1)
    if len(data) % row:
        raise ValueError(f"the column {name} of the recording is torn")
    flat = np.ascontiguousarray(np.frombuffer(data, np.uint8).reshape(wide, -1).T).reshape(-1)
    if like.dtype == np.bool_:
        column: NDArray[Any] = flat != 0
    else:
        column = flat.view(like.dtype.newbyteorder("<"))
    if like.dtype == np.int64:
        column = np.cumsum(column)
    elif like.dtype.kind == "f" and not bool((np.abs(column) <= FARTHEST).all()):
        raise ValueError(f"the column {name} of the recording holds a number that is not finite or too large")
    return frozen(column.reshape(-1, *like.shape[1:]), like.dtype, (None, *like.shape[1:]), name)


def _unpacked(text: str) -> Drones:
    try:
        squeezed = base64.b64decode(text.encode("ascii"), validate=True)
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(squeezed, LARGEST)
        if not unpacker.eof:
            raise ValueError("the recording is torn or too large")
        columns = msgspec.msgpack.decode(data, type=dict[str, bytes | tuple[str, ...]])
    except (UnicodeEncodeError, binascii.Error, zlib.error, msgspec.DecodeError, RecursionError) as error:
        raise ValueError(f"a recording was expected ({error})") from None
    empty = Drones()
    made: dict[str, Any] = {}
    for name, value in columns.items():
        like = getattr(empty, name, None)
        if isinstance(like, tuple) and isinstance(value, tuple):
            made[name] = value
        elif isinstance(like, np.ndarray) and isinstance(value, bytes):
            made[name] = _restored(name, value, like)
        else:
            raise ValueError(f"a recording has no column {name[:40]!r} of this kind")
    drones = Drones(**made)
    for starts, owned in _COUNTS.items():
        _count(starts, getattr(drones, starts), len(getattr(drones, owned)))
    return drones


def _count(name: str, starts: NDArray[Any], rows: int) -> None:
    if not len(starts) or starts[0] != 0 or starts[-1] != rows or bool((np.diff(starts) < 0).any()):
        raise ValueError(f"the column {name} of the recording does not count its rows")


class RecordedFlight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A recording flown in the show.

    The part of the recording from `from_us` up to `to_us` (None: its end) of its own clock begins at `start`. It is
    turned by `heading_deg` (clockwise, about the recording's origin), then moved by `at_m`; with neither, and nothing
    cut, the plan holds the very numbers that were read. `prefix` goes before the names of its drones. `limits` are
    those that the file stated, `source` names the file and its fingerprint. `returns`: whether the return plans of the
    recording are flown with it.
    """

    id: str
    name: str
    recording: Recording
    start: When = AtTime(0)
    from_us: int = 0
    to_us: int | None = None
    at_m: Vec3 = (0.0, 0.0, 0.0)
    heading_deg: float = 0.0
    prefix: str = ""
    muted: bool = False
    limits: Limits | None = None
    source: str = ""
    returns: bool = True

    def __post_init__(self) -> None:
        named("recorded flight id", self.id)
        finite("place of a recorded flight", *self.at_m, self.heading_deg)
        within("cut of a recorded flight", self.from_us, 0, LONGEST_US)
        if self.to_us is not None:
            within("cut of a recorded flight", self.to_us, self.from_us + 1, LONGEST_US)

    @property
    def ends_us(self) -> int:
        """Where its part ends, on the recording's own clock."""
        return self.recording.ends_us if self.to_us is None else min(self.to_us, self.recording.ends_us)
