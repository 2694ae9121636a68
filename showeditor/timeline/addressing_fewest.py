"""How few firing modules serve cues at several positions, and how few there must be at least.

Every position needs a number of pins; a module has `size` of them, stands at one of the positions and serves those that
its cables reach. Where the reaches are intervals along a line (positions in a row and one cable length) the sweep from
one end is exact: the first position that is still in need has to be served, no place does more for it than the farthest
one that reaches it, and whatever can be served from there soonest runs out of other places. Elsewhere several sweeps
are tried and what they leave half empty is pulled out again; the bound says how much better any answer could be.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from showeditor.model.arrays import Floats, Longs

Near = NDArray[np.bool_]
"""Near[q, p]: a module at position q reaches position p; symmetric, and true on the diagonal."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Modules by the position they stand at and the pins they give to each position, and the least number possible."""

    modules: tuple[tuple[int, dict[int, int]], ...]
    bound: int


def fewest_modules(need: Longs, near: Near, along: Floats, size: int) -> Placing:
    """Modules for the pins that each position needs (p,); `along` (p,) orders the positions for the sweeps.

    The number of modules is the least possible where the reaches are intervals along the order, else no more than the
    best sweep finds; `bound` is proven either way. Deterministic.
    """
    order = np.argsort(along, kind="stable")
    row = near[np.ix_(order, order)]
    wanted = need[order].astype(np.int64)
    exact = _intervals(row)
    runs = [_swept(wanted, row, size, _farthest)]
    if not exact:
        back = row[::-1, ::-1]
        runs.append(_turned(_swept(wanted[::-1], back, size, _farthest), len(order)))
        runs.append(_swept(wanted, row, size, _fullest))
        runs.append(_turned(_swept(wanted[::-1], back, size, _fullest), len(order)))
        runs = [_pruned(run, row, size) for run in runs]
    best = min(runs, key=len)
    bound = len(best) if exact else least_modules(wanted, row, size)
    placed = [_homed(serves, row, along[order]) for _, serves in best]
    named = [(int(order[q]), {int(order[p]): n for p, n in sorted(serves.items())}) for q, serves in placed]
    named.sort(key=lambda one: one[0])
    return Placing(tuple(named), bound)


def least_modules(need: Longs, near: Near, size: int) -> int:
    """A number of modules that no placing can beat.

    Positions that no chain of reaches joins need modules of their own; those of one chain as many as hold their pins,
    and as many as positions that share no place need each for itself.
    """
    return sum(
        max(_alone(need[chain], near[np.ix_(chain, chain)], size), -(-int(need[chain].sum()) // size))
        for chain in _chains(near)
    )


def _chains(near: Near) -> list[NDArray[np.intp]]:
    out: list[NDArray[np.intp]] = []
    left = np.ones(len(near), dtype=bool)
    for p in range(len(near)):
        if not left[p]:
            continue
        chain = np.zeros(len(near), dtype=bool)
        edge = np.zeros(len(near), dtype=bool)
        edge[p] = True
        while edge.any():
            chain |= edge
            edge = near[edge].any(axis=0) & ~chain
        left &= ~chain
        out.append(np.flatnonzero(chain))
    return out


def _alone(need: Longs, near: Near, size: int) -> int:
    total = 0
    left = np.ones(len(need), dtype=bool)
    reach = near.astype(np.int64)
    for p in range(len(need)):
        if need[p] and left[p]:
            sites = near[:, p]
            # whoever can be served from these places only, which nobody counted so far can use
            inside = left & ~(reach[~sites].sum(axis=0) > 0)
            total += -(-int(need[inside].sum()) // size)
            left &= ~near[sites].any(axis=0)
    return total


def _intervals(near: Near) -> bool:
    """Whether every reach is an unbroken run, and the runs follow each other with the places."""
    n = len(near)
    if n < 2:
        return True
    first = near.argmax(axis=1)
    last = n - 1 - near[:, ::-1].argmax(axis=1)
    whole = near.sum(axis=1) == last - first + 1
    return bool(whole.all() and (np.diff(first) >= 0).all() and (np.diff(last) >= 0).all())


Choice = Callable[[Longs, Near, int, int], int]


def _farthest(left: Longs, near: Near, p: int, size: int) -> int:
    return int(np.flatnonzero(near[:, p])[-1])


def _fullest(left: Longs, near: Near, p: int, size: int) -> int:
    sites = np.flatnonzero(near[:, p])
    served = np.minimum(near[sites] @ left, size)
    return int(sites[len(sites) - 1 - int(served[::-1].argmax())])


def _swept(need: Longs, near: Near, size: int, choose: Choice) -> list[tuple[int, dict[int, int]]]:
    left = need.copy()
    out: list[tuple[int, dict[int, int]]] = []
    p = 0
    while p < len(left):
        if left[p] == 0:
            p += 1
            continue
        q = choose(left, near, p, size)
        serves: dict[int, int] = {}
        room = size
        for other in np.flatnonzero(near[q] & (left > 0)).tolist():
            take = min(room, int(left[other]))
            serves[other] = take
            left[other] -= take
            room -= take
            if not room:
                break
        out.append((q, serves))
    return out


def _turned(run: list[tuple[int, dict[int, int]]], n: int) -> list[tuple[int, dict[int, int]]]:
    return [(n - 1 - q, {n - 1 - p: count for p, count in serves.items()}) for q, serves in run]


def _pruned(run: list[tuple[int, dict[int, int]]], near: Near, size: int) -> list[tuple[int, dict[int, int]]]:
    """The emptiest modules, whose cues find room on others, are taken away."""
    kept = [(q, dict(serves)) for q, serves in run]
    for victim in sorted(kept, key=lambda one: sum(one[1].values())):
        rest = [one for one in kept if one is not victim]
        room = [size - sum(serves.values()) for _, serves in rest]
        moves: list[tuple[int, int, int]] = []
        for p, count in victim[1].items():
            for k, (q, _) in enumerate(rest):
                take = min(count, room[k]) if near[q, p] else 0
                if take:
                    moves.append((k, p, take))
                    room[k] -= take
                    count -= take
            if count:
                break
        else:
            for k, p, take in moves:
                rest[k][1][p] = rest[k][1].get(p, 0) + take
            kept = rest
    return kept


def _homed(serves: dict[int, int], near: Near, along: Floats) -> tuple[int, dict[int, int]]:
    """The place among those that reach all it serves from which the cables are shortest along the order."""
    mine = np.array(sorted(serves))
    weight = np.array([serves[p] for p in sorted(serves)])
    sites = np.flatnonzero(near[:, mine].all(axis=1))
    length = np.abs(along[sites][:, None] - along[mine][None, :]) @ weight
    return int(sites[int(length.argmin())]), serves
