"""The switches that tools ask for on import, because files do not say what their numbers mean.

FINALE-READ note: how a file was understood.
"""

from dataclasses import dataclass
from typing import Literal

from showeditor.model.finding import Finding
from showeditor.model.times import US

Unit = Literal["s", "ms"]


@dataclass(frozen=True, slots=True)
class Switches:
    """How a file is to be understood.

    `angles`: `up-0` counts from the vertical, to the right positive; `left-0` from the left horizon over 90 upwards.
    `prefire` and `duration` name units. `chains`: `merge` makes the rows of one chain on one pin one ignition, `apart`
    leaves a row each. `action_time` says what `.fin` times are.
    """

    angles: Literal["up-0", "left-0"] = "up-0"
    prefire: Unit = "s"
    duration: Unit = "s"
    chains: Literal["merge", "apart"] = "merge"
    action_time: Literal["ignition", "effect"] = "ignition"

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
