"""A plan's drones as rows of samples: where each is at every tick, what it shines, and how far straight lines stray."""

from dataclasses import dataclass

import numpy as np

from showeditor.export.assembly import end_of
from showeditor.export.curves import all_raised, cut, degrees
from showeditor.export.format import Resolution
from showeditor.export.lights import light_of
from showeditor.model.arrays import Bytes, Floats, Longs
from showeditor.model.errors import Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Drones, Plan

_CHUNK = 60_000
_PART_S = 0.5
_MOST_PARTS = 16
_CHOOSE = np.array([1.0, 7.0, 21.0, 35.0, 35.0, 21.0, 7.0, 1.0])


def ticks_until(end_us: int, tick_us: int) -> Longs:
    """The ticks from zero to the first one at or after `end_us`, at least two."""
    return np.arange(max(2, -(-end_us // tick_us) + 1), dtype=np.int64) * tick_us


def refuse_early(format_id: str, drones: Drones) -> None:
    """Raise Unfit when a drone flies before the show starts or two drones have one name."""
    if len(set(drones.name)) != len(drones):
        twice = next(n for k, n in enumerate(drones.name) if n in drones.name[:k])
        raise Unfit(format_id, f"drone {twice!r}", "two drones have this name")
    early = np.nonzero(drones.piece_t0_us < 0)[0]
    if len(early):
        who = int(np.searchsorted(drones.piece_start, early[0], side="right")) - 1
        raise Unfit(format_id, f"drone {drones.name[who]!r}", "flies before the show starts")


def refuse_far(format_id: str, drones: Drones, most_m: float) -> None:
    """Raise Unfit when a path leaves +-`most_m` on any axis."""
    if not len(drones.ctrl):
        return
    away = np.abs(drones.ctrl).max(axis=1)
    if away.max() > most_m:
        piece = int(np.searchsorted(drones.ctrl_start, int(np.argmax(away)), side="right")) - 1
        who = int(np.searchsorted(drones.piece_start, piece, side="right")) - 1
        raise Unfit(format_id, f"drone {drones.name[who]!r}", f"flies farther than {most_m:g} m from the origin")


def end_us(plan: Plan) -> int:
    """The moment up to which a file has to go: the last movement or light key of any drone."""
    return end_of(plan.drones)


@dataclass(frozen=True, slots=True)
class Sampler:
    """The paths of drones, ready to be asked for places."""

    drones: Drones
    whole: Floats

    @classmethod
    def of(cls, drones: Drones) -> "Sampler":
        """A sampler of these drones."""
        return cls(drones, all_raised(drones))

    def places(self, i: int, t_us: Longs) -> Floats:
        """Where drone `i` is at these moments, (n, 3)."""
        d = self.drones
        first, last = int(d.piece_start[i]), int(d.piece_start[i + 1])
        if first == last:
            return np.repeat(d.home_m[i : i + 1], len(t_us), axis=0)
        row = np.clip(np.searchsorted(d.piece_t1_us[first:last], t_us, side="left"), 0, last - first - 1) + first
        span = np.maximum(d.piece_t1_us[row] - d.piece_t0_us[row], 1)
        u = np.clip((t_us - d.piece_t0_us[row]) / span, 0.0, 1.0)
        out = np.empty((len(t_us), 3))
        j = np.arange(8)
        for a in range(0, len(t_us), _CHUNK):
            b = slice(a, a + _CHUNK)
            basis = _CHOOSE * u[b, None] ** j * (1.0 - u[b, None]) ** (7 - j)
            out[b] = np.einsum("nj,njk->nk", basis, self.whole[row[b]])
        return out


def colours(drones: Drones, i: int, t_us: Longs, *, white: bool) -> Bytes:
    """The colour of drone `i` at these moments, (n, 4); without `white` its white is added to red, green and blue."""
    shown = light_of(drones, i, white).at(t_us, before=False)
    out = np.zeros((len(t_us), 4), dtype=np.uint8)
    out[:, : shown.shape[1]] = np.floor(shown + 0.5)
    return out


def changes(rows: Bytes) -> Longs:
    """The numbers of the rows (n, k) that differ from the row before; row 0 is always one of them."""
    differs = np.ones(len(rows), dtype=np.bool_)
    differs[1:] = (rows[1:] != rows[:-1]).any(axis=1)
    return np.nonzero(differs)[0]


@dataclass(frozen=True, slots=True)
class Straying:
    """How hard paths bend: the largest acceleration inside a piece and the largest velocity jumps within one tick."""

    accel_mps2: float
    jump_mps: float
    gap_m: float
    tick_s: float

    @property
    def distance_m(self) -> float:
        """The most that straight lines between samples leave the path: a proven upper bound.

        Inside a piece the error of linear interpolation over an interval T is at most T2/8 times the largest second
        derivative; a jump of velocity adds at most T/4 times the jump, a jump of place at most itself.
        """
        return self.accel_mps2 * self.tick_s**2 / 8 + self.jump_mps * self.tick_s / 4 + self.gap_m


def straying(drones: Drones, tick_us: int) -> Straying:
    """The bends of all paths against a tick; bounds by Bernstein coefficients, nothing is sampled."""
    tick_s = tick_us * 1e-6
    if not len(drones.piece_t0_us):
        return Straying(0.0, 0.0, 0.0, tick_s)
    whole = all_raised(drones)
    span = np.maximum(drones.piece_t1_us - drones.piece_t0_us, 1) * 1e-6
    bends = np.nonzero(degrees(drones) > 1)[0]
    count = np.clip(np.ceil(span[bends] / _PART_S), 1, _MOST_PARTS).astype(np.int64)
    accel = 0.0
    for a in range(0, len(bends), _CHUNK // 8):
        rows = bends[a : a + _CHUNK // 8]
        n = count[a : a + _CHUNK // 8]
        owner = np.repeat(np.arange(len(rows)), n)
        k = np.arange(len(owner)) - np.repeat(np.cumsum(n) - n, n)
        part = cut(whole[rows[owner]], k / n[owner], (k + 1) / n[owner])
        bend = part[:, 2:] - 2 * part[:, 1:-1] + part[:, :-2]
        size = np.sqrt((bend**2).sum(axis=2)).max(axis=1) * 42 / (span[rows] / n)[owner] ** 2
        accel = max(accel, float(size.max(initial=0.0)))
    jump, gap = _jumps(drones, whole, span, tick_us)
    return Straying(accel, jump, gap, tick_s)


def _jumps(drones: Drones, whole: Floats, span: Floats, tick_us: int) -> tuple[float, float]:
    """The largest sum of velocity jumps and of place jumps of one drone within one tick."""
    first = (whole[:, 1] - whole[:, 0]) * (7 / span)[:, None]
    last = (whole[:, 7] - whole[:, 6]) * (7 / span)[:, None]
    flying = np.nonzero(np.diff(drones.piece_start))[0]
    begins, ends = drones.piece_start[flying], drones.piece_start[flying + 1] - 1
    inner = np.ones(len(span), dtype=np.bool_)
    inner[begins] = False
    into = np.nonzero(inner)[0]
    t = np.concatenate([drones.piece_t0_us[begins], drones.piece_t0_us[into], drones.piece_t1_us[ends]])
    size = np.concatenate([_length(first[begins]), _length(first[into] - last[into - 1]), _length(last[ends])])
    owner = np.repeat(np.arange(len(drones)), np.diff(drones.piece_start))
    who = np.concatenate([owner[begins], owner[into], owner[ends]])
    gaps = _length(whole[into, 0] - whole[into - 1, 7])
    low, high = int(t.min()), int(t.max())
    key = who * (high - low + 2 * tick_us) + (t - low)
    order = np.argsort(key, kind="stable")
    key, total = key[order], np.concatenate([[0.0], np.cumsum(np.where(size > 1e-10, size, 0.0)[order])])
    within = total[np.searchsorted(key, key + tick_us, side="right")] - total[:-1]
    return float(within.max(initial=0.0)), float(gaps.max(initial=0.0))


def _length(vectors: Floats) -> Floats:
    out: Floats = np.sqrt((vectors**2).sum(axis=-1))
    return out


MOST_STRAY_M = 0.10
"""The most that straight lines between samples may leave a path before a sampled format refuses it."""

_READ_M = 0.001


def resolution_of(plan: Plan, tick_us: int, step_m: float, light_us: int, light_levels: int = 2) -> Resolution:
    """How far samples every `tick_us`, rounded to `step_m`, may lie from a plan, read in straight lines or smoothly."""
    bends = straying(plan.drones, tick_us)
    step = step_m * 3**0.5
    return Resolution(
        tick_us=1000,
        path_m=bends.distance_m + step + _READ_M,
        speed_mps=2 * step / bends.tick_s + 0.05,
        accel_mps2=4 * step / bends.tick_s**2 + 0.1,
        light_us=light_us,
        light_levels=light_levels,
    )


def refuse_fast(format_id: str, plan: Plan, tick_us: int) -> None:
    """Raise Unfit when a show turns too sharply for a position every `tick_us`."""
    stray = straying(plan.drones, tick_us).distance_m
    if stray > MOST_STRAY_M:
        raise Unfit(
            format_id,
            "the drones",
            f"turn too sharply for a position every {tick_us / 1000:g} ms: straight lines between them could leave the "
            f"paths by {stray:.2f} m, the most is {MOST_STRAY_M:g} m",
        )


def sampled_remarks(format_id: str, plan: Plan, tick_us: int) -> tuple[Finding, ...]:
    """That the file holds samples, how far straight lines between them leave the paths, and that white is folded in."""
    stray = straying(plan.drones, tick_us).distance_m
    out = [
        Finding(
            "FORMAT-SAMPLED",
            "note",
            f"{format_id}: a position every {tick_us / 1000:g} ms; straight lines between them leave the paths by at "
            f"most {stray:.3f} m",
            f"{format_id}：每 {tick_us / 1000:g} 毫秒一个位置；其间直线偏离航迹最多 {stray:.3f} 米",
            measured=stray,
            limit=MOST_STRAY_M,
            unit="m",
        )
    ]
    if plan.drones.key_rgbw[:, 3].any():
        en, zh = f"{format_id}: white light is added to red, green and blue", f"{format_id}：白光并入红、绿、蓝"
        out.append(Finding("FORMAT-WHITE", "note", en, zh))
    return tuple(out)
