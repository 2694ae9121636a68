"""Flight limits: what a drone model, a venue or a foreign file states."""

import msgspec

from showeditor.model.births import not_negative, positive


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Flight limits that the checker holds a plan against; distances are centre to centre.

    The defaults are Skybrush's planning panel (safety-and-physics table 4.2: 3 m is its spacing; 2 m up and down,
    10 m/s across, 4 m/s2, 150 m), so a show without a drone model is judged no softer than a common tool would.
    """

    min_gap_m: float = 3.0
    max_speed_xy_mps: float = 10.0
    max_speed_up_mps: float = 2.0
    max_speed_down_mps: float = 2.0
    max_accel_mps2: float = 4.0
    max_altitude_m: float = 150.0
    min_nav_altitude_m: float = 2.5

    def __post_init__(self) -> None:
        positive("min_gap_m", self.min_gap_m)
        positive("max_speed_xy_mps", self.max_speed_xy_mps)
        positive("max_speed_up_mps", self.max_speed_up_mps)
        positive("max_speed_down_mps", self.max_speed_down_mps)
        positive("max_accel_mps2", self.max_accel_mps2)
        positive("max_altitude_m", self.max_altitude_m)
        not_negative("min_nav_altitude_m", self.min_nav_altitude_m)

    def tightened(self, other: "Limits") -> "Limits":
        """The stricter of both, value by value."""
        return Limits(
            min_gap_m=max(self.min_gap_m, other.min_gap_m),
            max_speed_xy_mps=min(self.max_speed_xy_mps, other.max_speed_xy_mps),
            max_speed_up_mps=min(self.max_speed_up_mps, other.max_speed_up_mps),
            max_speed_down_mps=min(self.max_speed_down_mps, other.max_speed_down_mps),
            max_accel_mps2=min(self.max_accel_mps2, other.max_accel_mps2),
            max_altitude_m=min(self.max_altitude_m, other.max_altitude_m),
            min_nav_altitude_m=max(self.min_nav_altitude_m, other.min_nav_altitude_m),
        )
