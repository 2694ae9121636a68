"""Swarms for tests and measurements: formations held for 20 s, 15 s smooth transitions, every second hold turning."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from showeditor.kernels.separation import FOREVER, Paths

Array = NDArray[np.float64]


def formation(kind: int, n: int, spacing: float, rng: np.random.Generator) -> Array:
    """n places about `spacing` apart: an upright grid, a sphere, a helix or a loose block."""
    k = np.arange(n)
    if kind == 0:
        columns = int(np.ceil(np.sqrt(2 * n)))
        points = np.stack([k % columns, 0.0 * k, k // columns], axis=1) * spacing
    elif kind == 1:
        turn = k * np.pi * (3 - np.sqrt(5))
        z = 1 - 2 * (k + 0.5) / n
        radius = spacing * np.sqrt(n / 10.5)
        points = radius * np.stack([np.sqrt(1 - z * z) * np.cos(turn), np.sqrt(1 - z * z) * np.sin(turn), z], axis=1)
    elif kind == 2:
        rows = 8
        radius = spacing * n / rows / (2 * np.pi) * 1.05
        turn = 2 * np.pi * (k // rows) / (n / rows)
        points = np.stack([radius * np.cos(turn), radius * np.sin(turn), spacing * 1.05 * (k % rows)], axis=1)
    else:
        side = int(np.ceil(n ** (1 / 3)))
        points = np.stack([k % side, k // side % side, k // side**2], axis=1) * spacing * 1.3
        points = points + rng.uniform(-0.14, 0.14, points.shape) * spacing
    return points - points.mean(axis=0) + (0.0, 0.0, 80.0)


def ease(u: Array | float) -> Array | float:
    """The least-jerk time law."""
    return u * u * u * (10 + u * (6 * u - 15))


def show(
    n: int,
    *,
    seconds: float = 600.0,
    spacing: float = 2.0,
    hz: int = 10,
    delay: float = 0.0,
    turning: bool = True,
    seed: int = 0,
    pair_up: Callable[[Array, Array], NDArray[np.int64]] | None = None,
) -> Paths:
    """Paths of n drones: transitions are single pieces of degree 5, turning holds linear pieces at `hz`.

    `delay` starts every drone up to that many seconds late (crossing paths); `pair_up` assigns places.
    """
    rng = np.random.default_rng(seed)
    pieces: list[list[tuple[int, int, Array]]] = [[] for _ in range(n)]
    here = formation(0, n, spacing, rng)[rng.permutation(n)]
    t, act = 0, 0
    end = int(seconds * 1e6)
    while t < end:
        hold = min(20_000_000, end - t)
        if turning and act % 2 == 1:
            steps = max(1, hold * hz // 1_000_000)
            share = np.asarray(ease(np.arange(steps + 1) / steps))
            angle = np.radians(60) * share
            centre = here.mean(axis=0)
            d = here - centre
            cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]
            at = np.stack([d[:, 0] * cos - d[:, 1] * sin, d[:, 0] * sin + d[:, 1] * cos, cos * 0 + d[:, 2]], axis=2)
            at += centre
            for i in range(n):
                for s in range(steps):
                    pieces[i].append((t + hold * s // steps, t + hold * (s + 1) // steps, at[s : s + 2, i]))
            here = at[-1]
        else:
            for i in range(n):
                pieces[i].append((t, t + hold, here[i : i + 1]))
        t += hold
        act += 1
        if t >= end:
            break
        there = formation(act % 4, n, spacing, rng)
        there = there[pair_up(here, there)] if pair_up else there[rng.permutation(n)]
        flight = min(15_000_000, end - t)
        for i in range(n):
            late = int(rng.uniform(0, delay) * 1e6) if delay else 0
            late = min(late, flight // 2)
            if late:
                pieces[i].append((t, t + late, here[i : i + 1]))
            spots = np.repeat([here[i], there[i]], 3, axis=0)
            pieces[i].append((t + late, t + flight - (int(delay * 1e6) - late if delay else 0), spots))
            if delay:
                pieces[i].append((pieces[i][-1][1], t + flight, there[i : i + 1]))
        here = there
        t += flight
    return bundle(pieces, here)


def bundle(pieces: list[list[tuple[int, int, Array]]], home: Array) -> Paths:
    """Paths from lists of (begin us, end us, control points) per drone."""
    flat = [piece for row in pieces for piece in row]
    return Paths(
        np.concatenate([[0], np.cumsum([len(row) for row in pieces])]).astype(np.int64),
        np.array([p[0] for p in flat], dtype=np.int64),
        np.array([p[1] for p in flat], dtype=np.int64),
        np.concatenate([[0], np.cumsum([len(p[2]) for p in flat])]).astype(np.int64),
        np.ascontiguousarray(np.concatenate([p[2] for p in flat]) if flat else np.empty((0, 3)), dtype=np.float64),
        np.ascontiguousarray(home, dtype=np.float64),
    )


def airborne(n: int) -> NDArray[np.int64]:
    """Phases of drones that fly all the time."""
    return np.tile(np.array([-FOREVER, -FOREVER, FOREVER, FOREVER], dtype=np.int64), (n, 1))


def sampled(paths: Paths, times_us: NDArray[np.int64]) -> Array:
    """Positions (n, t, 3) by the textbook Bernstein sum, independent of the kernels."""
    from math import comb

    n = len(paths.home)
    out = np.empty((n, len(times_us), 3))
    for i in range(n):
        first, last = paths.piece_start[i], paths.piece_start[i + 1]
        if first == last:
            out[i] = paths.home[i]
            continue
        p = np.clip(np.searchsorted(paths.t0[first:last], times_us, side="right") - 1, 0, None) + first
        for piece in np.unique(p):
            at = p == piece
            c = paths.ctrl[paths.ctrl_start[piece] : paths.ctrl_start[piece + 1]]
            m = len(c) - 1
            span = max(1, paths.t1[piece] - paths.t0[piece])
            u = np.clip((times_us[at] - paths.t0[piece]) / span, 0, 1)
            basis = np.stack([comb(m, k) * u**k * (1 - u) ** (m - k) for k in range(m + 1)], axis=1)
            out[i, at] = basis @ c
    return out
