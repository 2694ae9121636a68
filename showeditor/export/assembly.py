"""Drones put together from single paths, as readers of files find them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from showeditor.model.arrays import Bytes, Flags, Floats, Longs, frozen
from showeditor.model.plan import Drones
from showeditor.model.returns import Return, with_return_plans
from showeditor.model.venue import Vec3

FARTHEST_M = 100_000.0
LONGEST_US = 48 * 3600 * 1_000_000


@dataclass(frozen=True, slots=True)
class Key:
    """One light key: from `t_us` on this colour, reached by a ramp from the key before where `fade` is set."""

    t_us: int
    rgbw: tuple[int, int, int, int]
    fade: bool = False


@dataclass(frozen=True, slots=True)
class Keys:
    """Light keys as columns: moments (n,), colours (n, 4), ramps (n,); an object each would fill the memory."""

    t_us: Longs
    rgbw: Bytes
    fade: Flags

    @classmethod
    def of(cls, keys: Sequence[Key]) -> "Keys":
        """The columns of these keys."""
        return cls(
            np.array([k.t_us for k in keys], dtype=np.int64),
            np.array([k.rgbw for k in keys], dtype=np.uint8).reshape(-1, 4),
            np.array([k.fade for k in keys], dtype=np.bool_),
        )

    def __len__(self) -> int:
        return len(self.t_us)


@dataclass(slots=True)
class Path:
    """One drone: pieces end to end from `start_us`, each given by its end time and control points (n, 3).

    `yaw`: moments and headings, degrees clockwise from north. `returns`: its return plan.
    """

    name: str
    home_m: Vec3
    fleet: str = ""
    start_us: int = 0
    ends_us: list[int] = field(default_factory=list)
    ctrl: list[Floats] = field(default_factory=list)
    keys: Sequence[Key] | Keys = ()
    yaw: Sequence[tuple[int, float]] = ()
    off_us: int | None = None
    on_us: int | None = None
    returns: Sequence[Return] = ()

    def add(self, end_us: int, ctrl: Floats) -> None:
        """Append a piece that ends at `end_us`."""
        self.ends_us.append(end_us)
        self.ctrl.append(ctrl)


def drones_of(paths: Sequence[Path]) -> Drones:
    """The Drones of these paths.

    Where a path does not say when it leaves and reaches the ground, its first and last moving pieces do. Raises
    ValueError for numbers that are not finite, farther than 100 km or later than 48 h, or times that do not increase.
    """
    counts = [len(p.ends_us) for p in paths]
    t0: list[int] = []
    t1: list[int] = []
    off: list[int] = []
    on: list[int] = []
    for path in paths:
        starts = [path.start_us, *path.ends_us[:-1]] if path.ends_us else []
        if any(b <= a for a, b in zip(starts, path.ends_us, strict=True)):
            raise ValueError(f"the times of {path.name} do not increase")
        if path.ends_us and (path.ends_us[-1] > LONGEST_US or path.start_us < -LONGEST_US):
            raise ValueError(f"{path.name} flies longer than 48 hours")
        t0 += starts
        t1 += path.ends_us
        moves = [k for k, c in enumerate(path.ctrl) if np.abs(c - c[0]).max() > 1e-6]
        off.append(path.off_us if path.off_us is not None else (starts[moves[0]] if moves else path.start_us))
        last = path.ends_us[moves[-1]] if moves else path.start_us
        on.append(path.on_us if path.on_us is not None else max(last, off[-1]))
    pieces = [c for p in paths for c in p.ctrl]
    ctrl = np.concatenate(pieces) if pieces else np.zeros((0, 3))
    if ctrl.size and not np.abs(ctrl).max() <= FARTHEST_M:
        raise ValueError("a position lies farther than 100 km from the origin or is not a number")
    keys = [p.keys if isinstance(p.keys, Keys) else Keys.of(p.keys) for p in paths] or [Keys.of(())]
    yaw = [y for p in paths for y in p.yaw]
    drones = Drones(
        name=tuple(p.name for p in paths),
        fleet=tuple(p.fleet for p in paths),
        home_m=frozen([p.home_m for p in paths], np.float64, (None, 3), "home"),
        off_us=frozen(off, np.int64, (None,)),
        on_us=frozen(on, np.int64, (None,)),
        yaw_start=yaw_starts([len(p.yaw) for p in paths]),
        yaw_t_us=frozen([t for t, _ in yaw], np.int64, (None,)),
        yaw_deg=frozen([deg for _, deg in yaw], np.float64, (None,), "heading"),
        piece_start=frozen(np.concatenate([[0], np.cumsum(counts)]), np.int64, (None,)),
        piece_t0_us=frozen(t0, np.int64, (None,)),
        piece_t1_us=frozen(t1, np.int64, (None,)),
        ctrl_start=frozen(np.concatenate([[0], np.cumsum([len(c) for c in pieces])]), np.int64, (None,)),
        ctrl=frozen(ctrl, np.float64, (None, 3), "path"),
        key_start=frozen(np.concatenate([[0], np.cumsum([len(p.keys) for p in paths])]), np.int64, (None,)),
        key_t_us=frozen(np.concatenate([k.t_us for k in keys]), np.int64, (None,)),
        key_rgbw=frozen(np.concatenate([k.rgbw for k in keys]), np.uint8, (None, 4)),
        key_fade=frozen(np.concatenate([k.fade for k in keys]), np.bool_, (None,)),
    )
    return with_return_plans(drones, [p.returns for p in paths]) if any(p.returns for p in paths) else drones


def some(drones: Drones, rows: Sequence[int]) -> Drones:
    """These drones alone, in this order: paths and light, without headings and return plans."""
    row = np.asarray(rows, dtype=np.int64)
    pieces = _ranges(drones.piece_start, row)
    points = _ranges(drones.ctrl_start, pieces)
    keys = _ranges(drones.key_start, row)

    def starts(whole: Longs, chosen: Longs) -> Longs:
        return frozen(np.concatenate([[0], np.cumsum(np.diff(whole)[chosen])]), np.int64, (None,))

    return Drones(
        name=tuple(drones.name[i] for i in row.tolist()),
        fleet=tuple(drones.fleet[i] for i in row.tolist()),
        home_m=frozen(drones.home_m[row], np.float64, (None, 3)),
        off_us=frozen(drones.off_us[row], np.int64, (None,)),
        on_us=frozen(drones.on_us[row], np.int64, (None,)),
        piece_start=starts(drones.piece_start, row),
        piece_t0_us=frozen(drones.piece_t0_us[pieces], np.int64, (None,)),
        piece_t1_us=frozen(drones.piece_t1_us[pieces], np.int64, (None,)),
        ctrl_start=starts(drones.ctrl_start, pieces),
        ctrl=frozen(drones.ctrl[points], np.float64, (None, 3)),
        key_start=starts(drones.key_start, row),
        key_t_us=frozen(drones.key_t_us[keys], np.int64, (None,)),
        key_rgbw=frozen(drones.key_rgbw[keys], np.uint8, (None, 4)),
        key_fade=frozen(drones.key_fade[keys], np.bool_, (None,)),
    )


def _ranges(starts: Longs, rows: Longs) -> Longs:
    """The numbers from starts[r] up to starts[r + 1] for each r of rows, one after the other."""
    first, count = starts[rows], starts[rows + 1] - starts[rows]
    before = np.cumsum(count) - count
    return np.asarray(np.arange(int(count.sum())) + np.repeat(first - before, count))


def yaw_starts(counts: Sequence[int]) -> Longs:
    """Where the heading keys of each drone begin; [0] where nobody turns."""
    return frozen(np.concatenate([[0], np.cumsum(counts)]) if any(counts) else [0], np.int64, (None,))


def end_of(drones: Drones) -> int:
    """The moment after which nothing of these drones changes, in microseconds."""
    return max(
        int(drones.piece_t1_us.max(initial=0)),
        int(drones.key_t_us.max(initial=0)),
        int(drones.on_us.max(initial=0)),
        int(drones.yaw_t_us.max(initial=0)),
    )
