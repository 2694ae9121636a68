"""The switches that people need on import, because files do not say what their numbers mean.

FINALE-READ note: how a file was understood.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, get_args, runtime_checkable

from showeditor.export.format import Files, Format
from showeditor.model.errors import BadInput
from showeditor.model.finding import Finding
from showeditor.model.times import US

Unit = Literal["s", "ms"]
Angles = Literal["up-0", "left-0"]
Chains = Literal["merge", "apart"]
ActionTime = Literal["ignition", "effect"]


@dataclass(frozen=True, slots=True)
class Switches:
    """How a file is to be understood.

    `angles`: `up-0` counts from the vertical, to the right positive; `left-0` from the left horizon over 90 upwards.
    `prefire` and `duration` name units. `chains`: `merge` makes the rows of one chain on one pin one ignition, `apart`
    leaves a row each. `action_time` says what `.fin` times are. `columns` says what the columns of a table hold, as
    pairs of a column's name and a field; empty: as their names suggest.
    """

    angles: Angles = "up-0"
    prefire: Unit = "s"
    duration: Unit = "s"
    chains: Chains = "merge"
    action_time: ActionTime = "ignition"
    columns: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for name, kind in _WORDS.items():
            value = getattr(self, name)
            if value not in get_args(kind):
                raise BadInput(f"{name.replace('_', ' ')}: {' or '.join(get_args(kind))} was expected, got {value!r}")

    def lean_deg(self, angle_deg: float) -> float:
        """The lean to the right that an angle of the file means."""
        return angle_deg - 90.0 if self.angles == "left-0" else angle_deg

    @property
    def prefire_us(self) -> int:
        """Microseconds in the unit of prefires."""
        return US if self.prefire == "s" else 1000

    @property
    def duration_us(self) -> int:
        """Microseconds in the unit of durations."""
        return US if self.duration == "s" else 1000

    def said(self, format_id: str) -> Finding:
        """The note by which people see how a file was understood."""
        angles = "from the vertical" if self.angles == "up-0" else "from the left horizon"
        chains = "one ignition" if self.chains == "merge" else "a row for each shell"
        angles_zh = "自竖直起" if self.angles == "up-0" else "自左侧水平起"
        chains_zh = "合为一次点火" if self.chains == "merge" else "每枚一行"
        return Finding(
            "FINALE-READ",
            "note",
            f"{format_id}: read with angles {angles}, prefire in {self.prefire}, durations in {self.duration}, a chain "
            f"as {chains}",
            f"{format_id}：角度{angles_zh}，提前量以 {self.prefire} 计，时长以 {self.duration} 计，连发{chains_zh}",
        )

    def turned(self) -> tuple[str, ...]:
        """The names of the switches that do not stand as they do by themselves."""
        return tuple(name for name in (*_WORDS, "columns") if getattr(self, name) != getattr(_BARE, name))


_WORDS: Mapping[str, object] = {
    "angles": Angles,
    "prefire": Unit,
    "duration": Unit,
    "chains": Chains,
    "action_time": ActionTime,
}
_BARE = Switches()


@runtime_checkable
class Adjustable(Protocol):
    """A format whose files leave open what the switches say."""

    @property
    def takes(self) -> frozenset[str]:
        """The names of the switches that mean something to this format."""

    def adjusted(self, switches: Switches) -> Format:
        """The format that reads with these switches."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The top of a table: names of its columns, what each is taken to hold ("" nothing), and its first rows."""

    columns: tuple[str, ...]
    fields: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int


@runtime_checkable
class Tabular(Protocol):
    """A format whose columns people may say themselves."""

    @property
    def fields(self) -> Mapping[str, tuple[str, str]]:
        """What a column can hold, with its name in English and Chinese."""

    def preview(self, files: Files, name: str, most: int = 20) -> Preview:
        """The top of a table; raises BadFile."""
