"""Format: one file format of a controller, a drone system or another program, as bytes in and bytes out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from showeditor.model.finding import Finding
from showeditor.model.plan import Plan

Status = Literal["proven", "columns proven", "beta", "profile"]
Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Resolution:
    """How far a file may lie from the Plan it was written from, through rounding alone.

    `tick_us` is the tick of the firing clock. `path_m` bounds the distance between a drone's path in the file and in
    the Plan at every moment; `speed_mps` and `accel_mps2` what rounding may add to a measured speed and acceleration.
    Lights may lie `light_us` early or late and differ by `light_levels` of 255; `white` says whether the file keeps the
    white channel (otherwise white is added to red, green and blue). `payload_us` is the tick of ignitions on drones,
    `yaw_deg` how far headings may differ.
    `keeps` names the fields of stage cues, captions and timecode that the file holds, beside their moments.
    """

    tick_us: int = 1000
    path_m: float = 0.0
    speed_mps: float = 0.0
    accel_mps2: float = 0.0
    light_us: int = 0
    light_levels: int = 0
    white: bool = False
    payload_us: int = 1000
    yaw_deg: float = 0.0
    keeps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """What of a Plan a format takes along: firing rows, drones, what they light and how they turn.

    `ignitions` are rows of `Plan.ignitions`, `headings` the drones whose headings the file holds, `returns`
    those whose return plans it holds. `stage`
    and `captions` are rows of the plan's; `timecode` and `soundtrack` say whether the file holds them.
    """

    firing: tuple[int, ...] = ()
    drones: tuple[int, ...] = ()
    ignitions: tuple[int, ...] = ()
    headings: tuple[int, ...] = ()
    returns: tuple[int, ...] = ()
    stage: tuple[int, ...] = ()
    captions: tuple[int, ...] = ()
    timecode: bool = False
    soundtrack: bool = False

    def __bool__(self) -> bool:
        return bool(self.firing or self.drones or self.stage or self.captions or self.timecode)


@runtime_checkable
class Format(Protocol):
    """What the gate asks of a format.

    A format is pure: it touches no file, socket or process and never sees a path. `limits` are the format's bounds as
    data (ticks, ranges, counts) for lists and dialogs.
    """

    @property
    def id(self) -> str:
        """The stable name used on the command line and in receipts."""

    @property
    def title(self) -> str:
        """The name shown to people, in English."""

    @property
    def title_zh(self) -> str:
        """The name shown to people, in Chinese."""

    @property
    def status(self) -> Status:
        """How far the format is proven."""

    @property
    def reads(self) -> bool:
        """Whether `read` is offered."""

    @property
    def writes(self) -> bool:
        """Whether `write` is offered."""

    @property
    def limits(self) -> Mapping[str, int | float | str]:
        """Bounds of the format by name, with units in the names."""

    def carried(self, plan: Plan) -> Carried:
        """The rows and drones that `write` takes from this plan; an empty answer means there is nothing to write."""

    def resolution(self, plan: Plan) -> Resolution:
        """How far the written files may lie from this plan through rounding alone."""

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        """What people must know about the files of this plan: what is left out, split or changed."""

    def write(self, plan: Plan) -> dict[str, bytes]:
        """File names (relative, `/` between folders) and their bytes; raises Unfit when the plan does not fit."""

    def read(self, files: Files, name: str) -> Plan:
        """The plan part that the files hold; `name` names them in errors. Raises BadFile."""

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether a file of this name beginning with `head` (up to 4096 bytes) is of this format."""


@runtime_checkable
class Tunable(Protocol):
    """What a format offers besides where programs disagree about what a file means."""

    @property
    def options(self) -> Mapping[str, tuple[str, ...]]:
        """The values that each option may take, by name; the first one is the default."""

    def tuned(self, choices: Mapping[str, str]) -> Format:
        """The same format (and id) with these options chosen; names and values are those of `options`."""


def options_of(one: Format) -> Mapping[str, tuple[str, ...]]:
    """The options of a format by name; empty for one that has none."""
    return one.options if isinstance(one, Tunable) else {}
