"""Who flies where: pairing of two equally large sets of points with a minimal sum of squared distances.

An auction pairs them (auction.py); all costs are computed when needed, so memory stays linear. Nearly equal sets (a
lattice turned onto itself) and repairs go by shortest augmenting paths instead (augmenting.py).
"""

from dataclasses import dataclass

import numpy as np

from showeditor.kernels.auction import auction, slopes, untangle, value_of
from showeditor.kernels.augmenting import augment, begin
from showeditor.kernels.blocks import BLOCK, FAR, PAD, blocked, boxes, kd_order
from showeditor.kernels.jit import Floats, Longs

_FLOOR_M2 = 1e-6
_EXACT_M2 = 0.9e-4
"""Less than 1 cm2 for all together: what "exact" leaves open."""

_FEW = 50
"""One point in so many is few: then shortest paths for these few are quicker than an auction for all."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """`target[i]` is the point that point i goes to.

    `cost_m2` is the sum of squared distances after removing the common translation, `bound_m2` a proven lower bound
    of it (dual value), `swaps` how many pairs the last step exchanged.
    """

    target: Longs
    cost_m2: float
    bound_m2: float
    swaps: int

    @property
    def gap(self) -> float:
        """Proven relative distance to the optimum (0 = optimal)."""
        return max(0.0, self.cost_m2 - self.bound_m2) / self.cost_m2 if self.cost_m2 > 0.0 else 0.0


@dataclass(frozen=True, slots=True)
class Settled:
    """An exact pairing with the prices that prove it, so that a moved point can be mended without starting anew.

    `a_m` and `b_m` (n, 3) are the points, `middles` (2, 3) what costs are counted about, `order_a` and `order_b` the kd
    orders in which `found` and `price` stand.
    """

    a_m: Floats
    b_m: Floats
    middles: Floats
    order_a: Longs
    order_b: Longs
    found: Longs
    price: Floats
    pairing: Pairing


@dataclass(frozen=True, slots=True)
class _Market:
    """Points in kd order, and targets in kd order and in blocks."""

    p: Floats
    q: Floats
    blocks: Floats
    box: Floats

    @staticmethod
    def of(p: Floats, q: Floats) -> "_Market":
        q = np.ascontiguousarray(q)
        return _Market(np.ascontiguousarray(p), q, blocked(q, PAD), np.ascontiguousarray(boxes(q)))

    def prices(self) -> Floats:
        price = np.zeros((self.blocks.shape[0], BLOCK))
        price.reshape(-1)[len(self.p) :] = FAR
        return price

    def value(self, price: Floats, model: Floats, found: Longs) -> tuple[float, float]:
        value = np.empty(2)
        value_of(self.p, self.blocks, self.box, price, model, found, value)
        return float(value[0]), float(value[1])


def _nearly_same(market: _Market) -> tuple[Longs, Floats, float] | None:
    """The exact pairing, its prices and gap in m2 where nearly every point has a nearest target of its own, else None.

    The sets are shifted a little against each other: that adds the same to every pairing, but decides between the
    neighbours of a lattice turned onto itself in the same way everywhere.
    """
    n = len(market.p)
    size = float(np.linalg.norm(market.box[3:] - market.box[:3], axis=0).mean())
    shift = np.array([0.017, 0.011, 0.007]) * size
    moved = _Market.of(market.p, market.q + shift)
    found, owner = np.full(n, -1), np.full(n, -1)
    most = n // _FEW
    if int(begin(moved.p, moved.blocks, moved.box, 1e-12 * size * size, most, found, owner)) > most:
        return None
    price, model = moved.prices(), np.zeros((4, len(moved.blocks)))
    augment(moved.p, moved.blocks, moved.box, price, model, found, owner, np.nonzero(found < 0)[0])
    primal, dual = moved.value(price, model, found)
    # the same prices about the unshifted targets: each pays for its own part of the shift
    price.reshape(-1)[:n] += 2.0 * market.q @ shift
    return found, price, primal - dual


def pair_up(a_m: Floats, b_m: Floats, gap: float = 1e-3, *, exact: bool = False) -> Pairing:
    """Which of `b_m` (n, 3) each of `a_m` (n, 3) goes to: sum of squares within `gap` of the optimum, proven.

    With `exact` within 1 cm2 of it in all, which is the optimum itself for places in whole centimetres. The result is
    also stable under swapping any two targets, which keeps synchronised straight flights apart
    (planning-and-separation, section A). Deterministic. Raises ValueError for different or zero counts or NaN.
    """
    return _settle(a_m, b_m, 0.0 if exact else gap, exact=exact).pairing


def settle(a_m: Floats, b_m: Floats) -> Settled:
    """The exact pairing (as `pair_up`) together with its prices, for `repaired`."""
    return _settle(a_m, b_m, 0.0, exact=True)


def _settle(a_m: Floats, b_m: Floats, gap: float, *, exact: bool) -> Settled:
    n = len(a_m)
    if n == 0 or len(b_m) != n:
        raise ValueError(f"a pairing needs two equally large sets of points, got {n} and {len(b_m)}")
    if not (np.isfinite(a_m).all() and np.isfinite(b_m).all()):
        raise ValueError("a pairing needs finite points")
    middles = np.stack([a_m.mean(axis=0), b_m.mean(axis=0)])
    p, q = a_m - middles[0], b_m - middles[1]
    order_p, order_q = kd_order(p), kd_order(q)
    market = _Market.of(p[order_p], q[order_q])
    p, q = market.p, market.q
    scale = float((p * p).sum() + (q * q).sum()) / n
    same = _nearly_same(market)
    if same is not None:
        found, price, off = same
        bound = float(((p - q[found]) ** 2).sum()) - off
    else:
        floor = _EXACT_M2 / n if exact else _FLOOR_M2
        price, found, value = market.prices(), np.empty(n, np.int64), np.empty(2)
        auction(p, market.blocks, market.box, max(scale / 8.0, 1e-9), gap, floor, price, found, value)
        bound = float(value[1])
    swaps = int(untangle(blocked(p, PAD), blocked(q[found], PAD), n, 1e-9 * max(scale, 1.0), found))
    target = np.empty(n, np.int64)
    target[order_p] = order_q[found]
    cost = float(((p - q[found]) ** 2).sum())
    pairing = Pairing(target, cost, min(bound, cost), swaps)
    return Settled(a_m, b_m, middles, order_p, order_q, found, price.reshape(-1)[:n].copy(), pairing)


def repaired(settled: Settled, a_m: Floats, b_m: Floats) -> Settled:
    """The exact pairing of points of which a few have moved since `settled`, by one shortest path for each.

    The same cost as pairing them anew. Raises ValueError for other counts or NaN.
    """
    n = len(settled.found)
    if len(a_m) != n or len(b_m) != n:
        raise ValueError(f"a repair needs {n} points on both sides, got {len(a_m)} and {len(b_m)}")
    if not (np.isfinite(a_m).all() and np.isfinite(b_m).all()):
        raise ValueError("a pairing needs finite points")
    gone_a = (a_m != settled.a_m).any(axis=1)[settled.order_a]
    gone_b = (b_m != settled.b_m).any(axis=1)[settled.order_b]
    if max(int(gone_a.sum()), int(gone_b.sum())) * _FEW > n:
        return settle(a_m, b_m)
    # about the old middles: a shift of all points does not change who goes where, and the prices stay right
    p = (a_m - settled.middles[0])[settled.order_a]
    market = _Market.of(p, (b_m - settled.middles[1])[settled.order_b])
    p, q = market.p, market.q
    price = market.prices()
    flat = price.reshape(-1)
    flat[:n] = settled.price
    found = settled.found.copy()
    owner = np.empty(n, np.int64)
    owner[found] = np.arange(n)
    free = gone_a | gone_b[found]
    pays = ((p - q[found]) ** 2).sum(axis=1) + flat[found]
    stay = np.nonzero(~free)[0]
    for j in np.nonzero(gone_b)[0]:
        # so dear that nobody who stays would rather have it
        flat[j] = float((pays[stay] - ((p[stay] - q[j]) ** 2).sum(axis=1)).max(initial=0.0))
    owner[found[free]] = -1
    found[free] = -1
    model = slopes(market.blocks, price, n)
    augment(p, market.blocks, market.box, price, model, found, owner, np.nonzero(free)[0])
    # dearer targets make nobody else's choice worse: only who pays another price now can be off by more than before
    paid = np.nonzero(flat[found] != settled.price[found])[0]
    some = _Market(np.ascontiguousarray(p[paid]), q, market.blocks, market.box)
    primal, dual = some.value(price, model, found[paid])
    open_m2 = settled.pairing.cost_m2 - settled.pairing.bound_m2 + max(0.0, primal - dual)
    way = p - q[found]
    cost = float((way * way).sum() - n * (way.mean(axis=0) ** 2).sum())
    target = np.empty(n, np.int64)
    target[settled.order_a] = settled.order_b[found]
    pairing = Pairing(target, cost, cost - open_m2, 0)
    return Settled(a_m, b_m, settled.middles, settled.order_a, settled.order_b, found, flat[:n].copy(), pairing)
