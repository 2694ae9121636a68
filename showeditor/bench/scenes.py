"""Large deterministic shows and swarms to measure on."""

import math

import numpy as np

from showeditor.model.arrays import Floats, frozen
from showeditor.model.cue import Address, Controller, Cue, Track
from showeditor.model.music import AtTime
from showeditor.model.plan import Drones
from showeditor.model.show import Show
from showeditor.model.times import US
from showeditor.model.venue import Position, Venue

EFFECTS = (
    "75mm Red Peony",
    "75mm Gold Willow",
    "100mm Blue To Silver Chrysanthemum",
    "45mm Gold Comet",
    "50mm White Mine",
    "125mm Gold Kamuro",
)
MIN_JERK = (0.0, 0.0, 0.0, 1.0, 1.0, 1.0)
"""Bernstein coefficients of the minimum-jerk law 10 s^3 - 15 s^4 + 6 s^5."""


def big_show(cues: int = 10_000, tracks: int = 40, minutes: int = 20) -> Show:
    """A show with many cues of six effects over 33 positions, evenly spread in time and over the tracks."""
    positions = tuple(Position(f"p{i:02d}", f"P{i:02d}", (10.0 * (i - 16), 0.0, 0.0)) for i in range(33))
    step = minutes * 60 * US // (cues + 1)
    rows: list[list[Cue]] = [[] for _ in range(tracks)]
    for i in range(cues):
        rows[i % tracks].append(
            Cue(
                f"c{i:05d}",
                EFFECTS[i % len(EFFECTS)],
                positions[i % 33].id,
                AtTime(10 * US + i * step),
                pan_deg=90.0,
                tilt_deg=float(i % 31 - 15),
                address=Address("cobra", i // 18 % 200, i % 18 + 1),
            )
        )
    return Show(
        title="Ten thousand lights",
        duration_us=(minutes * 60 + 30) * US,
        venue=Venue(name="bench", positions=positions),
        tracks=tuple(Track(f"t{i:02d}", f"Track {i}", tuple(row)) for i, row in enumerate(rows)),
        controllers=(Controller("cobra", "cobra-6"),),
    )


def formation(kind: int, count: int, spacing_m: float) -> Floats:
    """One of three formations of `count` places at least `spacing_m` apart: wall, disc of rings, box."""
    if kind == 0:
        columns = math.ceil(math.sqrt(count * 1.6))
        i = np.arange(count)
        return np.stack([(i % columns) * spacing_m, np.zeros(count), 30.0 + (i // columns) * spacing_m], axis=1)
    if kind == 1:
        places = [(0.0, 0.0)]
        ring = 1
        while len(places) < count:
            around = int(2.0 * math.pi / (2.0 * math.asin(0.5 / ring)))
            places += [
                (
                    ring * spacing_m * math.cos(2 * math.pi * k / around),
                    ring * spacing_m * math.sin(2 * math.pi * k / around),
                )
                for k in range(around)
            ]
            ring += 1
        flat = np.array(places[:count])
        return np.stack([flat[:, 0], flat[:, 1] * 0.0 + 20.0, 70.0 + flat[:, 1]], axis=1)
    side = math.ceil(count ** (1 / 3))
    i = np.arange(count)
    box: Floats = np.stack([i % side, i // side % side, i // (side * side)], axis=1).astype(np.float64) * spacing_m
    box += (10.0, 0.0, 30.0)
    return box


def swarm(
    count: int = 1_000, minutes: int = 10, spacing_m: float = 2.0, hold_s: int = 20, fly_s: int = 15, delay_s: int = 0
) -> Drones:
    """Drones that hold a formation and fly on to the next in step, matched by the planner's own assignment.

    With `delay_s` every second transition has random start delays up to it, which breaks the common clock on purpose.
    """
    from showeditor.kernels.assignment import pair_up

    rng = np.random.default_rng(20_26)
    places = formation(0, count, spacing_m)
    stops = [places]
    while len(stops) * (hold_s + fly_s) < minutes * 60:
        target = formation(len(stops) % 3, count, spacing_m)
        stops.append(target[pair_up(stops[-1], target).target])
    pieces = 3 * (len(stops) - 1)
    t0 = np.empty((count, pieces), dtype=np.int64)
    t1 = np.empty_like(t0)
    ctrl: list[list[Floats]] = [[] for _ in range(count)]
    degree_rows = np.empty((count, pieces), dtype=np.int64)
    for leg in range(len(stops) - 1):
        start = leg * (hold_s + fly_s) * US
        delay = rng.integers(0, delay_s * US + 1, count) if leg % 2 else np.zeros(count, dtype=np.int64)
        leave = start + hold_s * US + delay
        arrive = start + (hold_s + fly_s) * US - (delay_s * US - delay if leg % 2 else 0)
        a, b = stops[leg], stops[leg + 1]
        t0[:, 3 * leg], t0[:, 3 * leg + 1], t0[:, 3 * leg + 2] = start, leave, arrive
        t1[:, 3 * leg], t1[:, 3 * leg + 1], t1[:, 3 * leg + 2] = leave, arrive, start + (hold_s + fly_s) * US
        for i in range(count):
            moving = np.array([a[i] + (b[i] - a[i]) * w for w in MIN_JERK])
            for k, block in enumerate((a[i : i + 1], moving, b[i : i + 1])):
                ctrl[i].append(block)
                degree_rows[i, 3 * leg + k] = len(block)
    real = (t1 > t0).ravel()
    rows = [block for one in ctrl for block in one]
    kept = [block for block, use in zip(rows, real, strict=True) if use]
    return Drones(
        name=tuple(f"D{i + 1}" for i in range(count)),
        fleet=("bench",) * count,
        home_m=frozen(stops[0] * np.array([1.0, 1.0, 0.0]), np.float64, (None, 3)),
        off_us=frozen(np.zeros(count), np.int64, (None,)),
        on_us=frozen(np.full(count, t1.max()), np.int64, (None,)),
        piece_start=frozen(np.concatenate([[0], np.cumsum((t1 > t0).sum(axis=1))]), np.int64, (None,)),
        piece_t0_us=frozen(t0.ravel()[real], np.int64, (None,)),
        piece_t1_us=frozen(t1.ravel()[real], np.int64, (None,)),
        ctrl_start=frozen(np.concatenate([[0], np.cumsum(degree_rows.ravel()[real])]), np.int64, (None,)),
        ctrl=frozen(np.concatenate(kept), np.float64, (None, 3)),
        key_start=frozen(np.zeros(count + 1), np.int64, (None,)),
    )
