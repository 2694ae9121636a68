"""The bursts of a Plan as records for the GPU: 64 bytes each, and only those alight at the asked moment."""

from dataclasses import dataclass, fields

import numpy as np

from showeditor.model.air import wind_at, wind_vector
from showeditor.model.arrays import Floats, Ints, Longs, Singles
from showeditor.model.plan import RISE_TERMS, Bursts, Plan
from showeditor.model.venue import Wind
from showeditor.stage.looks import pack_looks
from showeditor.stage.stars import mix32

RECORD = 16
"""Numbers in a record: origin, age | velocity in the air, speed scale | turn (quaternion) | look, key, ride, life."""
RIDE_TEXELS = 6
"""A ride: 21 Chebyshev coefficients, the change of their argument per second of age, that at age 0, spare."""
RIDES_A_ROW = 64


def _turns(axis: Floats, spin: Floats) -> Floats:
    """Quaternions (x, y, z, w) that take +z to `axis` after turning about it by `spin`."""
    length = np.sqrt((axis**2).sum(axis=1))
    up = np.where((length > 1e-9)[:, None], axis / np.maximum(length, 1e-9)[:, None], np.array([0.0, 0.0, 1.0]))
    w = np.sqrt(np.maximum(0.0, (1.0 + up[:, 2]) / 2.0))
    down = w < 1e-6
    half = np.where(down, 1.0, 2.0 * np.maximum(w, 1e-6))
    lean = np.stack([np.where(down, 1.0, -up[:, 1] / half), np.where(down, 0.0, up[:, 0] / half), 0 * w, w], axis=1)
    s, c = np.sin(spin / 2.0), np.cos(spin / 2.0)
    x, y, z, w = lean.T
    return np.stack([x * c + y * s, y * c - x * s, z * c + w * s, w * c - z * s], axis=1)


LIVES_US = (1_500_000, 3_000_000, 6_000_000, 12_000_000, 30_000_000)
"""Bursts of like life are searched together: a waterfall of a minute must not widen the search for comets."""


@dataclass(frozen=True, slots=True)
class LifeClass:
    """Numbers of the rows of one class of life, in order of birth."""

    rows: Longs
    birth_us: Longs
    end_us: Longs
    longest_us: int

    def live(self, t_us: int, after_us: int = 0) -> Longs:
        """Those alight at `t_us`, or out for less than `after_us`."""
        first = int(np.searchsorted(self.birth_us, t_us - after_us - self.longest_us, "left"))
        last = int(np.searchsorted(self.birth_us, t_us, "right"))
        return self.rows[first:last][self.end_us[first:last] > t_us - after_us]


def life_classes(birth_us: Longs, end_us: Longs) -> tuple[LifeClass, ...]:
    """The classes of rows that are in order of birth; empty classes are left out."""
    life = end_us - birth_us
    number = np.searchsorted(LIVES_US, life)
    made = []
    for k in range(len(LIVES_US) + 1):
        rows = np.flatnonzero(number == k)
        if len(rows):
            made.append(LifeClass(rows, birth_us[rows], end_us[rows], int(life[rows].max())))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Field:
    """All bursts of a plan, ordered by birth. `rows` float32 (n, 16) with the age left open.

    The air that carries a burst's stars is that of its birth height: `wind_mps` grown by the power law of `wind`.
    """

    rows: Singles
    birth_us: Longs
    end_us: Longs
    classes: tuple[LifeClass, ...]
    order: Longs
    looks: Singles
    templates: Singles
    rides: Singles
    wind_mps: Floats
    wind: Wind

    def live(self, t_us: int, after_us: int = 0) -> Longs:
        """Numbers of the rows alight at `t_us`, or out for less than `after_us`, in order of birth."""
        found = [one.live(t_us, after_us) for one in self.classes]
        return np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)

    def records(self, rows: Longs, t_us: int) -> Singles:
        """The records of these rows at `t_us`, float32 (m, 16); ages are taken in float64 first."""
        out: Singles = self.rows[rows]
        out[:, 3] = (t_us - self.birth_us[rows]) * 1e-6
        return out


def _rides(plan: Plan) -> tuple[Singles, Ints, Floats]:
    bursts, shots = all_bursts(plan), plan.shots
    riding = np.flatnonzero(bursts.rides)
    numbers = np.full(len(bursts), -1, np.int32)
    numbers[riding] = np.arange(len(riding))
    shot = bursts.shot[riding]
    height = max(1, -(-len(riding) // RIDES_A_ROW))
    out = np.zeros((height * RIDES_A_ROW, RIDE_TEXELS * 4), np.float32)
    mine = out[: len(riding)]
    span = np.maximum(1, shots.break_us[shot] - shots.lift_us[shot]) * 1e-6
    mine[:, : 3 * RISE_TERMS] = shots.rise[shot].reshape(len(riding), 3 * RISE_TERMS)
    mine[:, 21] = 2.0 / span
    mine[:, 22] = (bursts.birth_us[riding] - shots.lift_us[shot]) * 1e-6 * 2.0 / span - 1.0
    longest = np.full(len(bursts), 1e6)
    longest[riding] = (shots.break_us[shot] - bursts.birth_us[riding]) * 1e-6
    return out.reshape(height, RIDES_A_ROW * RIDE_TEXELS, 4), numbers, longest


def all_bursts(plan: Plan) -> Bursts:
    """The bursts of fireworks from the ground and from drones; only the former ride, so `shot` is theirs."""
    if not len(plan.payload_bursts):
        return plan.bursts
    both = (plan.bursts, plan.payload_bursts)
    return Bursts(**{c.name: np.concatenate([getattr(part, c.name) for part in both]) for c in fields(Bursts)})


def field_of(plan: Plan) -> Field:
    """The field of a plan; costs a few milliseconds for 10,000 cues."""
    bursts = all_bursts(plan)
    order = np.argsort(bursts.birth_us, kind="stable")
    rides, numbers, longest = _rides(plan)
    looks, templates = pack_looks(plan.looks)
    key = mix32(bursts.seed.astype(np.int64).astype(np.uint32) + np.uint32(0x9E3779B9))
    rows = np.zeros((len(bursts), RECORD), np.float32)
    rows[:, 0:3] = bursts.origin_m
    rows[:, 4:7] = bursts.velocity_mps - wind_at(plan.venue.wind, rows[:, 2])
    rows[:, 7] = bursts.scale
    rows[:, 8:12] = _turns(bursts.axis, (key >> np.uint32(8)).astype(np.float64) * (2.0 * np.pi / 2**24))
    rows[:, 12] = bursts.look
    rows[:, 13] = key >> np.uint32(8)
    rows[:, 14] = numbers
    rows[:, 15] = longest
    end = (bursts.birth_us + bursts.life_us)[order]
    return Field(
        rows=rows[order],
        birth_us=bursts.birth_us[order],
        end_us=end,
        classes=life_classes(bursts.birth_us[order], end),
        order=order,
        looks=looks,
        templates=templates,
        rides=rides,
        wind_mps=wind_vector(plan.venue.wind),
        wind=plan.venue.wind,
    )


def pieces(lanes: Longs, size: int) -> Singles:
    """Instances that cover `lanes[r]` lanes of each record r in steps of `size`: float32 (k, 2), record and first."""
    counts = -(-lanes // size)
    record = np.repeat(np.arange(len(lanes)), counts)
    start = np.cumsum(counts) - counts
    first = (np.arange(len(record)) - start[record]) * size
    return np.stack([record, first], axis=1).astype(np.float32)
