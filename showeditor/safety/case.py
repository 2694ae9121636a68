"""Case: one plan under one set of limits and one rule pack, with what several rules need computed once."""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from showeditor.kernels.extremes import extremes
from showeditor.kernels.grounding import leave_columns
from showeditor.kernels.paths import FOREVER, Paths
from showeditor.kernels.separation import Nearness, find_meetings, gap_of_points
from showeditor.kernels.whereabouts import places
from showeditor.model.arrays import Floats, Longs
from showeditor.model.limits import Limits
from showeditor.model.plan import Plan
from showeditor.model.venue import Vec3, Zone
from showeditor.safety.earlier import Earlier
from showeditor.safety.hazards import clouds
from showeditor.safety.packs import Pack

DRIFT_M = 0.25
"""A drone this far beside its pad is no longer taking off or landing."""

GROUND_M = 5.0
"""A path that begins (or ends) higher than this above the surveyed origin does not begin (end) on the ground."""


class Case:
    """What the rules judge.

    The ground exception (used by the spacing rules): a drone is in its take-off phase while it is less than
    `min_nav_altitude_m` above its first place and at most DRIFT_M beside it; likewise over its last place for landing.
    Two airborne drones of which at least one has left that phase are held to the full gap. All others are held to
    half the least distance between two take-off places (at most the gap), except that two drones standing on the
    ground owe each other nothing. A path that begins or ends in the air (above GROUND_M) has no such phase.
    """

    def __init__(
        self,
        plan: Plan,
        limits: Limits,
        pack: Pack,
        progress: Callable[[float], None] | None = None,
        earlier: Earlier | None = None,
    ) -> None:
        self.plan = plan
        self.limits = limits
        self.pack = pack
        self.progress = progress
        self.earlier = earlier

    @cached_property
    def paths(self) -> Paths:
        """The drones' paths as kernels take them."""
        d = self.plan.drones
        return Paths(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m)

    @cached_property
    def ends(self) -> tuple[Floats, Floats]:
        """First and last place of every path, (n, 3) each."""
        paths = self.paths
        first, last = paths.home.copy(), paths.home.copy()
        flown = paths.piece_start[1:] > paths.piece_start[:-1]
        first[flown] = paths.ctrl[paths.ctrl_start[paths.piece_start[:-1][flown]]]
        last[flown] = paths.ctrl[paths.ctrl_start[paths.piece_start[1:][flown]] - 1]
        return first, last

    @cached_property
    def pads(self) -> Floats:
        """The first place of every path (n, 3): where it takes off."""
        return self.ends[0]

    @cached_property
    def grounded(self) -> NDArray[np.bool_]:
        """Which paths begin on the ground (n,)."""
        return np.asarray(self.pads[:, 2] <= GROUND_M)

    @cached_property
    def pad_gap_m(self) -> float:
        """The least horizontal distance between two take-off places on the ground; infinite for fewer than two."""
        return gap_of_points(self.pads[self.grounded])

    @cached_property
    def low_gap_m(self) -> float:
        """What drones owe each other near the ground."""
        return min(self.limits.min_gap_m, 0.5 * self.pad_gap_m)

    @cached_property
    def phases(self) -> Longs:
        """When each drone leaves the ground, the take-off phase, enters the landing phase, the ground: (n, 4) us."""
        drones = self.plan.drones
        last = self.ends[1]
        columns = leave_columns(self.paths, self.limits.min_nav_altitude_m, DRIFT_M)
        phases = np.empty((len(drones), 4), np.int64)
        phases[:, 0], phases[:, 3] = drones.off_us, drones.on_us
        phases[:, 1] = np.maximum(columns[:, 0], drones.off_us)
        phases[:, 2] = np.minimum(columns[:, 1], drones.on_us)
        phases[~self.grounded, :2] = -FOREVER
        phases[last[:, 2] > GROUND_M, 2:] = FOREVER
        return phases

    @cached_property
    def extremes(self) -> tuple[Floats, Longs]:
        """The largest speeds, acceleration, height and jerk of every drone (n, 6), and when."""
        return extremes(self.paths)

    @cached_property
    def nearness(self) -> Nearness:
        """Spacing violations and the closest pair; from an earlier check where there is one to go on from."""
        if self.earlier:
            return self.earlier.nearness(
                self.paths, self.phases, self.limits.min_gap_m, self.low_gap_m, progress=self.progress
            )
        return find_meetings(
            self.paths, self.phases, self.limits.min_gap_m, self.low_gap_m, most=200_000, progress=self.progress
        )

    @cached_property
    def fallout_m(self) -> Floats:
        """How far to the side (shots,) each shot throws burning stars, m; -1 where its stars are not known."""
        plan = self.plan
        thrown = np.full(len(plan.shots), -1.0)
        if len(plan.bursts):
            for cloud in clouds(plan, plan.venue.wind):
                if len(cloud.shot):
                    across = np.linalg.norm(
                        (cloud.centre_m - plan.shots.origin_m[cloud.shot][:, None])[:, :, :2], axis=2
                    )
                    np.maximum.at(thrown, cloud.shot, (across + cloud.radius_m).max(axis=1))
        return thrown

    def place(self, drone: int, t_us: int) -> Vec3:
        """Where a drone is at a moment."""
        x, y, z = places(self.paths, np.array([drone]), np.array([t_us]))[0]
        return (float(x), float(y), float(z))

    def names(self, drones: Sequence[int]) -> tuple[str, ...]:
        """The drones' names."""
        return tuple(self.plan.drones.name[i] for i in drones)

    def zones(self, kind: str) -> list[Zone]:
        """The venue's zones of one kind."""
        return [zone for zone in self.plan.venue.zones if zone.kind == kind]


def ring_of(zone: Zone) -> Floats:
    """The corners of a zone (k, 2)."""
    return np.array(zone.ring, dtype=np.float64)
