"""Flight limits: what a drone model, a venue or a foreign file states."""

import msgspec

from showeditor.model.births import not_negative, positive

OPTIONAL = (
    "max_jerk_mps3",
    "max_yaw_rate_dps",
    "max_airtime_s",
    "downwash_radius_m",
    "downwash_height_m",
    "max_light_steps_hz",
    "max_return_s",
)
"""Limits that may be stated by nobody."""


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Flight limits that the checker holds a plan against; distances are centre to centre.

    The defaults are Skybrush's planning panel (safety-and-physics table 4.2: 3 m is its spacing; 2 m up and down,
    10 m/s across, 4 m/s2, 150 m), so a show without a drone model is judged no softer than a common tool would.
    The optional ones are None where neither the drone model nor the show states them: the check then says what it
    measured and that nobody set a limit. `max_airtime_s`: from take-off to landing, reserve taken off.
    `downwash_radius_m`, `downwash_height_m`: below a drone a cylinder in which no other may fly. `max_light_steps_hz`:
    how often a second the light can take a new colour. `max_return_s`: how long it may take until all are down.
    """

    min_gap_m: float = 3.0
    max_speed_xy_mps: float = 10.0
    max_speed_up_mps: float = 2.0
    max_speed_down_mps: float = 2.0
    max_accel_mps2: float = 4.0
    max_altitude_m: float = 150.0
    min_nav_altitude_m: float = 2.5
    max_jerk_mps3: float | None = None
    max_yaw_rate_dps: float | None = None
    max_airtime_s: float | None = None
    downwash_radius_m: float | None = None
    downwash_height_m: float | None = None
    max_light_steps_hz: float | None = None
    max_return_s: float | None = None

    def __post_init__(self) -> None:
        positive("min_gap_m", self.min_gap_m)
        positive("max_speed_xy_mps", self.max_speed_xy_mps)
        positive("max_speed_up_mps", self.max_speed_up_mps)
        positive("max_speed_down_mps", self.max_speed_down_mps)
        positive("max_accel_mps2", self.max_accel_mps2)
        positive("max_altitude_m", self.max_altitude_m)
        not_negative("min_nav_altitude_m", self.min_nav_altitude_m)
        for name in OPTIONAL:
            value = getattr(self, name)
            if value is not None:
                positive(name, value)
        if (self.downwash_radius_m is None) != (self.downwash_height_m is None):
            raise ValueError("the downwash needs both a radius and a height")

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
            max_jerk_mps3=_least(self.max_jerk_mps3, other.max_jerk_mps3),
            max_yaw_rate_dps=_least(self.max_yaw_rate_dps, other.max_yaw_rate_dps),
            max_airtime_s=_least(self.max_airtime_s, other.max_airtime_s),
            downwash_radius_m=_most(self.downwash_radius_m, other.downwash_radius_m),
            downwash_height_m=_most(self.downwash_height_m, other.downwash_height_m),
            max_light_steps_hz=_least(self.max_light_steps_hz, other.max_light_steps_hz),
            max_return_s=_least(self.max_return_s, other.max_return_s),
        )


def _least(a: float | None, b: float | None) -> float | None:
    return min((x for x in (a, b) if x is not None), default=None)


def _most(a: float | None, b: float | None) -> float | None:
    return max((x for x in (a, b) if x is not None), default=None)
