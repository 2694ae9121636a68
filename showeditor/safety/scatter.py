"""Where things come down when everything scatters: landing density by Monte-Carlo, and its contours.

Every trial draws one wind for the whole show. Every shell draws the error of its tube, its lift and its fuse, and comes
down as a dud; from its break, paper debris sinks with the wind. Every drone draws a moment at which its power is cut,
with the errors of its place and its clock. The same seed gives the same result at any number of workers: trials are cut
into chunks of fixed size, each with a random stream of its own (numpy SeedSequence), and counts are added as integers;
chunks run on threads here or on the workers of a Dask cluster (see scatter_cluster).

Sources of the default spreads (safety-and-physics): tube 2 degrees one sigma (2.5), burst time 5.1 % as measured for
stars (2.3, 5.3), GPS 1.3 m per axis (4.3, M), clock 0.1 s (4.3), paper sinks at 3 to 8 m/s (2.2, M). Lift: 3 % of the
muzzle speed (own assumption, M). Wind: standard deviation 25 % of the mean plus 0.5 m/s, direction 15 degrees (M).
"""

import math
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from shapely import box, intersects, union_all
from shapely.geometry import MultiPolygon, Polygon

from showeditor.kernels.ballistics import GRAVITY_MPS2, drag_per_m
from showeditor.kernels.descent import landings
from showeditor.kernels.paths import Paths
from showeditor.kernels.whereabouts import places
from showeditor.model.arrays import Flags, Floats, Longs
from showeditor.model.births import not_negative, positive
from showeditor.model.plan import Drones, Plan, ShotKind, Shots
from showeditor.model.venue import Wind
from showeditor.safety.failures import BODIES

LEVELS = (0.5, 0.95, 0.999)
PAPER_MPS = (3.0, 8.0)
CHUNK = 16
"""Trials of one random stream; part of what a seed means."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One standard deviation of everything that scatters, and the share of shells that fail to break.

    `dud_share` None: every shell is followed as a dud (where one would come down, whatever their number).
    """

    tube_deg: float = 2.0
    lift_share: float = 0.03
    burst_share: float = 0.051
    wind_share: float = 0.25
    wind_mps: float = 0.5
    wind_deg: float = 15.0
    gps_m: float = 1.3
    clock_s: float = 0.1
    dud_share: float | None = None

    def __post_init__(self) -> None:
        not_negative("tube_deg", self.tube_deg)
        not_negative("lift_share", self.lift_share)
        not_negative("burst_share", self.burst_share)
        not_negative("wind", self.wind_share, self.wind_mps, self.wind_deg)
        not_negative("gps_m", self.gps_m)
        not_negative("clock_s", self.clock_s)
        if self.dud_share is not None and not 0.0 <= self.dud_share <= 1.0:
            raise ValueError(f"dud_share must lie between 0 and 1, got {self.dud_share}")


@dataclass(frozen=True, slots=True)
class Density:
    """How many landings fell into each cell: counts (rows, columns), south-west corner, size of a cell.

    `origin_m` is the corner of the cell [0, 0]; a row goes east, rows go north.
    """

    counts: Longs
    origin_m: tuple[float, float]
    cell_m: float

    def level(self, share: float) -> int:
        """The least count of the fullest cells that together hold this share of all landings; 0 without landings."""
        filled = np.sort(self.counts[self.counts > 0])[::-1]
        if not len(filled):
            return 0
        held = np.cumsum(filled)
        return int(filled[min(len(filled) - 1, int(np.searchsorted(held, math.ceil(share * held[-1]))))])

    @property
    def landings(self) -> int:
        """All landings."""
        return int(self.counts.sum())

    def share_in(self, areas: Sequence[Polygon]) -> float:
        """The share of landings in cells that touch any of these areas; 0 without landings."""
        rows, columns = np.nonzero(self.counts)
        if not len(rows) or not areas:
            return 0.0
        x, y = self.origin_m
        west, south = x + columns * self.cell_m, y + rows * self.cell_m
        cells = box(west, south, west + self.cell_m, south + self.cell_m)
        touched = intersects(cells, union_all(list(areas)))
        return float(self.counts[rows[touched], columns[touched]].sum() / self.landings)

    def contour(self, share: float) -> tuple[Polygon, ...]:
        """The area of the fullest cells that together hold this share, as polygons in the venue's frame."""
        least = self.level(share)
        if least == 0:
            return ()
        x, y = self.origin_m
        rows, columns = np.nonzero(self.counts >= least)
        west, south = x + columns * self.cell_m, y + rows * self.cell_m
        area = union_all(box(west, south, west + self.cell_m, south + self.cell_m))
        parts = area.geoms if isinstance(area, MultiPolygon) else [area]
        return tuple(part for part in parts if isinstance(part, Polygon))


@dataclass(frozen=True, slots=True)
class Scatter:
    """Landing densities of duds, of the debris of breaks and of drones without power, of so many trials."""

    duds: Density
    debris: Density
    drones: Density
    trials: int


@dataclass(frozen=True, slots=True)
class Scene:
    """What a chunk of trials needs, small enough to be sent to another machine."""

    shots: Shots
    drones: Drones
    wind: Wind
    spread: Spread
    shells: Longs
    k0: Floats
    paths: Paths
    corner: Floats
    shape: tuple[int, int]
    cell_m: float

    def counted(self, spots: Floats) -> Longs:
        """Counts per cell; what lies beyond the edge counts at the edge, so that nothing gets lost."""
        cell = np.floor((spots - self.corner) / self.cell_m).astype(np.int64)
        column = np.clip(cell[:, 0], 0, self.shape[1] - 1)
        row = np.clip(cell[:, 1], 0, self.shape[0] - 1)
        flat = np.bincount(row * self.shape[1] + column, minlength=self.shape[0] * self.shape[1])
        return flat.astype(np.int64)


def scatter(
    plan: Plan,
    *,
    seed: int,
    trials: int = 200,
    spread: Spread = Spread(),
    cell_m: float = 5.0,
    workers: int = 1,
    cluster: str = "",
    progress: Callable[[float], None] | None = None,
) -> Scatter:
    """Landing densities of a plan's duds, of its debris and of its drones' power cuts.

    Each trial lets every shell (or `dud_share` of them) fall as a dud, and cuts the power of every drone once, at a
    moment drawn evenly over its flight. The seed alone decides the result, not `workers` (threads) nor `cluster` (the
    address of a Dask scheduler, used instead of them). An exception that `progress` (shares 0..1) raises ends the work.
    Raises ValueError for shells without mass or diameter and for numbers out of range, BadInput for a cluster that
    cannot be used.
    """
    positive("trials", trials)
    positive("cell_m", cell_m)
    positive("workers", workers)
    scene = _scene(plan, spread, cell_m)
    spans = [min(CHUNK, trials - k) for k in range(0, trials, CHUNK)]
    streams = np.random.SeedSequence(seed).spawn(len(spans))
    size = scene.shape[0] * scene.shape[1]
    counts = np.zeros((3, size), np.int64)
    if cluster:
        from showeditor.safety.scatter_cluster import on_cluster

        parts = on_cluster(cluster, scene, streams, spans)
    else:
        parts = _on_threads(workers, scene, streams, spans)
    with closing(parts):
        # sums of integers: the order in which chunks arrive does not matter
        for done, part in enumerate(parts, 1):
            counts += part
            if progress:
                progress(done / len(spans))
    corner = (float(scene.corner[0]), float(scene.corner[1]))
    duds, debris, drones = (Density(row.reshape(scene.shape), corner, cell_m) for row in counts)
    return Scatter(duds, debris, drones, trials)


def _on_threads(
    workers: int, scene: Scene, streams: Sequence[np.random.SeedSequence], spans: Sequence[int]
) -> Generator[Longs, None, None]:
    pool = ThreadPoolExecutor(workers)
    try:
        jobs = [pool.submit(chunk, scene, stream, n) for stream, n in zip(streams, spans, strict=True)]
        for job in jobs:
            yield job.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _scene(plan: Plan, spread: Spread, cell_m: float) -> Scene:
    shots, drones = plan.shots, plan.drones
    shells = np.flatnonzero(np.asarray(shots.kind) == ShotKind.SHELL)
    k0 = drag_per_m(shots.mass_kg[shells], shots.diameter_m[shells], shots.drag[shells])
    if not np.isfinite(k0).all():
        raise ValueError("a shell without mass or diameter: its dud cannot be followed")
    paths = Paths(
        drones.piece_start, drones.piece_t0_us, drones.piece_t1_us, drones.ctrl_start, drones.ctrl, drones.home_m
    )
    spots = np.concatenate([shots.origin_m[shells, :2], drones.ctrl[:, :2], drones.home_m[:, :2], np.zeros((1, 2))])
    # paper from the break drifts farthest
    highest = max(float(shots.break_m[shells, 2].max(initial=0.0)), float(shots.height_m[shells].max(initial=0.0)))
    wind = plan.venue.wind.speed_mps
    strong = wind + 3.0 * (spread.wind_share * wind + spread.wind_mps)
    margin = max(100.0, 3.0 * highest + strong * highest / PAPER_MPS[0])
    corner = np.floor((spots.min(axis=0) - margin) / cell_m) * cell_m
    extent = np.ceil((spots.max(axis=0) + margin - corner) / cell_m).astype(np.int64)
    return Scene(
        shots, drones, plan.venue.wind, spread, shells, k0, paths, corner, (int(extent[1]), int(extent[0])), cell_m
    )


def chunk(scene: Scene, stream: np.random.SeedSequence, trials: int) -> Longs:
    """Counts (3, cells) of so many trials: duds, debris, drones; the same wherever it runs."""
    rng = np.random.default_rng(stream)
    counts = np.zeros((3, scene.shape[0] * scene.shape[1]), np.int64)
    for air in _winds(scene, rng, trials):
        launch, fails = _launched(scene, rng)
        origin = scene.shots.origin_m[scene.shells]
        counts[0] += scene.counted(landings(origin[fails], launch[fails], scene.k0[fails], air, origin[fails, 2]))
        counts[1] += scene.counted(_fallen_debris(scene, rng, launch, air))
        counts[2] += scene.counted(_fallen_drones(scene, rng, air))
    return counts


def _winds(scene: Scene, rng: np.random.Generator, trials: int) -> Iterator[Floats]:
    wind, spread = scene.wind, scene.spread
    for _ in range(trials):
        speed = max(0.0, rng.normal(wind.speed_mps, spread.wind_share * wind.speed_mps + spread.wind_mps))
        a = math.radians(rng.normal(wind.from_deg, spread.wind_deg))
        yield np.array([-speed * math.sin(a), -speed * math.cos(a), 0.0])


def _launched(scene: Scene, rng: np.random.Generator) -> tuple[Floats, Flags]:
    """Muzzle velocities (n, 3) of this trial, and which shells fail to break."""
    spread = scene.spread
    n = len(scene.shells)
    muzzle = scene.shots.muzzle_mps[scene.shells]
    speed = np.linalg.norm(muzzle, axis=1)
    # a tube error of so many degrees on two axes across the shot is a small vector added to its direction
    stray = rng.normal(0.0, math.tan(math.radians(spread.tube_deg)), (n, 3)) * speed[:, None]
    launch = muzzle + stray
    launch *= (speed * (1.0 + rng.normal(0.0, spread.lift_share, n)) / np.linalg.norm(launch, axis=1))[:, None]
    fails = rng.random(n) < (1.0 if spread.dud_share is None else spread.dud_share)
    return launch, fails


def _fallen_debris(scene: Scene, rng: np.random.Generator, launch: Floats, air: Floats) -> Floats:
    """Where a piece of paper of every shell comes down (n, 2)."""
    shots = scene.shots
    rows = scene.shells
    origin, muzzle = shots.origin_m[rows], shots.muzzle_mps[rows]
    way = shots.break_m[rows] - origin
    # to first order the way turns and grows as the launch does
    far = np.linalg.norm(way, axis=1) / np.linalg.norm(muzzle, axis=1)
    fuse = (shots.break_us[rows] - shots.lift_us[rows]) * 1e-6
    late = fuse * rng.normal(0.0, scene.spread.burst_share, len(rows))
    spot = origin + way + far[:, None] * (launch - muzzle) + late[:, None] * shots.break_mps[rows]
    spot[:, 2] -= 0.5 * GRAVITY_MPS2 * late**2
    sinks = rng.uniform(*PAPER_MPS, len(rows))
    seconds = np.maximum(spot[:, 2] - origin[:, 2], 0.0) / sinks
    return np.asarray(spot[:, :2] + air[:2] * seconds[:, None])


def _fallen_drones(scene: Scene, rng: np.random.Generator, air: Floats) -> Floats:
    drones, spread = scene.drones, scene.spread
    n = len(drones)
    off, on = drones.off_us.astype(np.float64), drones.on_us.astype(np.float64)
    when = off + (on - off) * rng.random(n) + 1e6 * rng.normal(0.0, spread.clock_s, n)
    moment = np.round(when).astype(np.int64)
    who = np.arange(n)
    here = places(scene.paths, who, moment)
    velocity = (places(scene.paths, who, moment + 10_000) - here) / 0.01
    here = here + rng.normal(0.0, spread.gps_m, (n, 3))
    body = np.array(BODIES)[rng.integers(0, len(BODIES), n)]
    return landings(here, velocity, body, air, np.minimum(drones.home_m[:, 2], here[:, 2]))
