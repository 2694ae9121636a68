"""The switches that tools ask for on import, because files do not say what their numbers mean."""

from dataclasses import dataclass
from typing import Literal

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
