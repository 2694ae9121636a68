"""Large swarms to measure the safety check on: formations held, some turning, and transitions in step or delayed."""

import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from showeditor.kernels.assignment import pair_up
from showeditor.kernels.paths import Paths
from showeditor.model.arrays import Floats, Longs
from showeditor.model.times import US

SPACING_M, HOLD_S, FLY_S, TURN_DEG = 2.0, 20, 15, 60.0


@dataclass(frozen=True, slots=True)
class Act:
    """A hold (`there_m` as `here_m`), a turn about the middle, or a flight, by all drones from begin to end."""

    begin_us: int
    end_us: int
    here_m: Floats
    there_m: Floats
    turns: bool = False

    def places(self, rows: slice, t_us: Longs | Floats, late_us: Longs, delay_us: int) -> Floats:
        """Places (drones, times, 3) of some drones; a flight starts late by `late_us` and is shorter by `delay_us`."""
        here, there = self.here_m[rows], self.there_m[rows]
        if self.turns:
            middle = self.here_m.mean(axis=0)
            share = (t_us - self.begin_us) / (self.end_us - self.begin_us)
            angle = math.radians(TURN_DEG) * _ease(share)
            d = (here - middle)[:, None]
            cos, sin = np.cos(angle), np.sin(angle)
            x, y = d[..., 0] * cos - d[..., 1] * sin, d[..., 0] * sin + d[..., 1] * cos
            turned: Floats = np.stack([x, y, np.broadcast_to(d[..., 2], x.shape)], axis=2) + middle
            return turned
        length = self.end_us - self.begin_us - delay_us
        share = np.clip((t_us[None] - self.begin_us - late_us[rows, None]) / length, 0.0, 1.0)
        flown: Floats = here[:, None] + (there - here)[:, None] * _ease(share)[..., None]
        return flown


def _ease(u: Floats) -> Floats:
    """The minimum-jerk law."""
    return u * u * u * (10.0 + u * (6.0 * u - 15.0))


def formation(kind: int, count: int) -> Floats:
    """An upright grid, a sphere, a helix or a loose block of about SPACING_M, in the air around (0, 0, 100)."""
    k = np.arange(count)
    rng = np.random.default_rng(kind)
    if kind == 0:
        columns = math.ceil(math.sqrt(2 * count))
        points = np.stack([k % columns, 0.0 * k, k // columns], axis=1) * SPACING_M
    elif kind == 1:
        turn, z = k * math.pi * (3.0 - math.sqrt(5.0)), 1.0 - 2.0 * (k + 0.5) / count
        across = np.sqrt(1.0 - z * z)
        points = (
            SPACING_M * math.sqrt(count / 10.5) * np.stack([across * np.cos(turn), across * np.sin(turn), z], axis=1)
        )
    elif kind == 2:
        rows = 8
        radius, turn = SPACING_M * count / rows / (2 * math.pi) * 1.05, 2 * math.pi * (k // rows) / (count / rows)
        points = np.stack([radius * np.cos(turn), radius * np.sin(turn), SPACING_M * 1.05 * (k % rows)], axis=1)
    else:
        side = math.ceil(count ** (1 / 3))
        points = np.stack([k % side, k // side % side, k // side**2], axis=1) * SPACING_M * 1.3
        points = points + rng.uniform(-0.14, 0.14, points.shape) * SPACING_M
    placed: Floats = points - points.mean(axis=0) + (0.0, 0.0, 100.0)
    return placed


@cache
def acts(count: int, minutes: int = 10, turning: bool = False) -> tuple[Act, ...]:
    """Four formations in turn, held for 20 s (every second one turning by 60 degrees if asked), flown to in 15 s.

    Drones and places are matched by the planner's own assignment.
    """
    shapes = [formation(kind, count) for kind in range(4)]
    targets = [pair_up(shapes[kind], shapes[(kind + 1) % 4]).target for kind in range(4)]
    found: list[Act] = []
    here, seats, kind, angle, t = shapes[0], np.arange(count), 0, 0.0, 0
    while t < minutes * 60:
        hold = min(HOLD_S, minutes * 60 - t)
        turns = turning and len(found) // 2 % 2 == 1
        there = here
        if turns:
            angle += math.radians(TURN_DEG)
            there = _turned(here, math.radians(TURN_DEG))
        found.append(Act(t * US, (t + hold) * US, here, there, turns))
        t, here = t + hold, there
        fly = min(FLY_S, minutes * 60 - t)
        if fly:
            seats = targets[kind][seats]
            kind = (kind + 1) % 4
            there = _turned(shapes[kind], angle)[seats]
            found.append(Act(t * US, (t + fly) * US, here, there))
            t, here = t + fly, there
    return tuple(found)


def _turned(points: Floats, angle: float) -> Floats:
    middle = points.mean(axis=0)
    d = points - middle
    cos, sin = math.cos(angle), math.sin(angle)
    turned: Floats = np.stack([d[:, 0] * cos - d[:, 1] * sin, d[:, 0] * sin + d[:, 1] * cos, d[:, 2]], axis=1) + middle
    return turned


def planned(show: tuple[Act, ...]) -> Paths:
    """The show as the planner writes it: one piece of degree 5 per flight, 0 per hold; turns in 2 s of degree 7."""
    count = len(show[0].here_m)
    blocks: list[tuple[int, int, Floats]] = []
    nodes = 0.5 - 0.5 * np.cos(np.pi * np.arange(8) / 7)
    basis = np.array([[math.comb(7, k) * u**k * (1 - u) ** (7 - k) for k in range(8)] for u in nodes])
    solve, never = np.linalg.inv(basis), np.zeros(count, np.int64)
    for act in show:
        if act.turns:
            steps = max(1, (act.end_us - act.begin_us) // (2 * US))
            edges = [act.begin_us + (act.end_us - act.begin_us) * k // steps for k in range(steps + 1)]
            for a, b in pairwise(edges):
                at = act.places(slice(None), a + (b - a) * nodes, never, 0)
                blocks.append((a, b, np.einsum("kj,njc->nkc", solve, at)))
        elif act.here_m is act.there_m:
            blocks.append((act.begin_us, act.end_us, act.here_m[:, None]))
        else:
            blocks.append((act.begin_us, act.end_us, np.stack([act.here_m] * 3 + [act.there_m] * 3, axis=1)))
    sizes = np.tile([block.shape[1] for _, _, block in blocks], count)
    return Paths(
        np.arange(count + 1, dtype=np.int64) * len(blocks),
        np.tile(np.array([a for a, _, _ in blocks], dtype=np.int64), count),
        np.tile(np.array([b for _, b, _ in blocks], dtype=np.int64), count),
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        np.ascontiguousarray(np.concatenate([block for _, _, block in blocks], axis=1).reshape(-1, 3)),
        np.ascontiguousarray(show[0].here_m),
    )


def foreign(show: tuple[Act, ...], hz: int = 10, delay_s: float = 0.0) -> Paths:
    """The show as another program's file holds it: places `hz` times a second, straight in between.

    With `delay_s` every flight of every drone starts late by up to that much, which breaks the common clock.
    """
    count = len(show[0].here_m)
    times = np.arange(0, show[-1].end_us + 1, US // hz, dtype=np.int64)
    steps, delay_us = len(times) - 1, int(delay_s * US)
    late = np.random.default_rng(7).integers(0, delay_us + 1, (len(show), count))
    ctrl = np.empty((count, steps, 2, 3))
    for first in range(0, count, 256):
        rows = slice(first, min(count, first + 256))
        at = np.concatenate(
            [
                act.places(rows, times[(times >= act.begin_us) & (times < act.end_us)], late[k], delay_us)
                for k, act in enumerate(show)
            ]
            + [show[-1].there_m[rows][:, None]],
            axis=1,
        )
        ctrl[rows, :, 0], ctrl[rows, :, 1] = at[:, :-1], at[:, 1:]
    return Paths(
        np.arange(count + 1, dtype=np.int64) * steps,
        np.tile(times[:-1], count),
        np.tile(times[1:], count),
        np.arange(count * steps + 1, dtype=np.int64) * 2,
        ctrl.reshape(-1, 3),
        np.ascontiguousarray(show[0].here_m),
    )
