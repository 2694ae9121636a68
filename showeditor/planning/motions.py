"""Motion within a scene as pieces of polynomials, within the limits of the drones and with their spacing proved.

PLAN-MOTION block: a motion within a scene is faster than drones may fly, or brings them too near one another. Remedy:
    make it slower or smaller.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from showeditor.kernels.assignment import pair_up
from showeditor.kernels.paths import Paths
from showeditor.kernels.separation import find_meetings
from showeditor.model.arrays import Floats, Longs
from showeditor.model.finding import Finding
from showeditor.model.limits import Limits
from showeditor.model.motions import Dance, Morph, Motion, Swell
from showeditor.model.swarm import Formation, Scene
from showeditor.model.times import clock
from showeditor.planning.memory import Memory, content
from showeditor.planning.motion_shapes import course
from showeditor.planning.pieces import Block, assemble, uniform
from showeditor.planning.placing import world_places

MOTION = "PLAN-MOTION"

_STEP_S = 0.4
_H_S = 1e-3
_MOST_PIECES = 1200
"""Pieces of one drone in one motion; longer motions are drawn in longer strokes."""
_SHARE = 0.98
"""What of the limits a motion uses."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A motion of m drones: knots (k + 1,) in microseconds from its beginning and quintic control points (m, k, 6, 3).

    `longer`: how many times longer it had to last for the limits to hold (1 or less: they hold). `gap_m`, `gap_us`,
    `pair`: the closest approach of two of them, in continuous time.
    """

    knots_us: Longs
    ctrl: Floats
    longer: float
    gap_m: float
    gap_us: int
    pair: tuple[int, int]

    @property
    def end_m(self) -> Floats:
        """Where they are afterwards (m, 3)."""
        return np.ascontiguousarray(self.ctrl[:, -1, -1])

    def blocks(self, begin_us: int) -> list[Block]:
        """The pieces, rows of slots 0..m-1."""
        m, k = self.ctrl.shape[:2]
        t0, t1 = begin_us + self.knots_us[:-1], begin_us + self.knots_us[1:]
        return [uniform(np.repeat(np.arange(m), k), np.tile(t0, m), np.tile(t1, m), self.ctrl.reshape(-1, 6, 3))]


_MOVED: Memory[Moved] = Memory(64)
_PAIRS: Memory[Longs] = Memory(64)


def _pairs(formation: Formation, target_m: Floats) -> Longs:
    return pair_up(formation.points.metres, target_m).target


def moved(
    scene: Scene, formation: Formation, point: Longs, limits: Limits, formations: Mapping[str, Formation]
) -> Moved:
    """The motion of a scene (which has one), remembered by content; `point` are the points that are flown."""
    motion = scene.motion
    assert motion is not None
    points = formation.points.metres[point]
    other = None
    if isinstance(motion, Morph):
        target = formations[motion.formation].points.metres
        # the pairing that a transition would have: flown straight and together it keeps its distance best
        other = target[
            _PAIRS.recall((content(formation.points.metres), content(target)), partial(_pairs, formation, target))
        ]
        other = other[point]
    key = (motion, content(points), content(point), content(other) if other is not None else b"", scene.place, limits)
    return _MOVED.recall(key, lambda: _planned(motion, points, point, other, scene, limits))


def _planned(motion: Motion, points: Floats, point: Longs, other: Floats | None, scene: Scene, limits: Limits) -> Moved:
    at = course(motion, points, point, other)
    length = motion.for_us * 1e-6
    step = min(_STEP_S, motion.period_us * 1e-6 / 10.0) if isinstance(motion, Swell) else _STEP_S
    step = min(step, 0.2) if isinstance(motion, Dance) else step
    if isinstance(motion, Swell):
        # a wave far beyond the limits is not worth drawing
        turn = 2.0 * math.pi / (motion.period_us * 1e-6)
        over = math.sqrt(motion.amplitude_m * scene.place.scale * turn * turn / limits.max_accel_mps2)
        if over > 1.2:
            still = np.repeat(world_places(points, scene.place)[:, None, None], 6, axis=2)
            return Moved(np.array([0, motion.for_us]), still, over, math.inf, 0, (0, 0))
    count = min(_MOST_PIECES, max(8, math.ceil(length / step)))
    knots = motion.for_us * np.arange(count + 1) // count
    span_s = np.diff(knots) * 1e-6

    def world(t_s: float) -> Floats:
        return world_places(at(t_s), scene.place)

    place = np.stack([world(t * 1e-6) for t in knots.tolist()], axis=1)
    speed, accel = np.zeros_like(place), np.zeros_like(place)
    for k in range(1, count):
        t = float(knots[k]) * 1e-6
        ahead, behind = world(t + _H_S), world(t - _H_S)
        speed[:, k] = (ahead - behind) / (2.0 * _H_S)
        accel[:, k] = (ahead - 2.0 * place[:, k] + behind) / _H_S**2
    h = span_s[None, :, None]
    a, b = place[:, :-1], place[:, 1:]
    ctrl = np.stack(
        [
            a,
            a + speed[:, :-1] * h / 5.0,
            a + speed[:, :-1] * (2.0 * h / 5.0) + accel[:, :-1] * h * h / 20.0,
            b - speed[:, 1:] * (2.0 * h / 5.0) + accel[:, 1:] * h * h / 20.0,
            b - speed[:, 1:] * h / 5.0,
            b,
        ],
        axis=2,
    )
    gap, when, pair = _nearest(knots, ctrl, limits)
    return Moved(knots, ctrl, _longer(ctrl, span_s, limits), gap, when, pair)


def _longer(ctrl: Floats, span_s: Floats, limits: Limits) -> float:
    """The factor on the duration that keeps speeds and accelerations; control points bound the derivatives."""
    h = span_s[None, :, None, None]
    speed = np.diff(ctrl, axis=2) * 5.0 / h
    accel = np.diff(speed, axis=2) * 4.0 / h
    across = float(np.hypot(speed[..., 0], speed[..., 1]).max(initial=0.0)) / limits.max_speed_xy_mps
    up = float(speed[..., 2].max(initial=0.0)) / limits.max_speed_up_mps
    down = -float(speed[..., 2].min(initial=0.0)) / limits.max_speed_down_mps
    bend = math.sqrt(float(np.sqrt((accel * accel).sum(axis=-1)).max(initial=0.0)) / limits.max_accel_mps2)
    return max(max(across, up, down) / _SHARE, bend / math.sqrt(_SHARE))


def _nearest(knots: Longs, ctrl: Floats, limits: Limits) -> tuple[float, int, tuple[int, int]]:
    m, count = ctrl.shape[:2]
    if m < 2:
        return math.inf, 0, (0, 0)
    block = uniform(
        np.repeat(np.arange(m), count), np.tile(knots[:-1], m), np.tile(knots[1:], m), ctrl.reshape(-1, 6, 3)
    )
    rows = assemble(m, [block])
    home = np.ascontiguousarray(ctrl[:, 0, 0])
    paths = Paths(rows.piece_start, rows.t0_us, rows.t1_us, rows.ctrl_start, rows.ctrl, home)
    end = int(knots[-1])
    # all fly all the time
    phases = np.tile(np.array([-2, -1, end + 1, end + 2], np.int64), (m, 1))
    found = find_meetings(paths, phases, limits.min_gap_m, limits.min_gap_m, begin_us=0, end_us=end, most=1000)
    return found.closest_m, found.closest_us, found.closest_pair


def refusal(
    scene: Scene, formation: Formation, formations: Mapping[str, Formation], arrive_us: int, now_us: int
) -> Finding | None:
    """Why a scene's motion cannot begin at all, as a Finding; None when it can."""
    motion = scene.motion
    assert motion is not None
    begin, end = arrive_us + motion.at_us, arrive_us + motion.at_us + motion.for_us
    if isinstance(motion, Morph):
        other = formations.get(motion.formation)
        if other is None:
            return _finding(
                scene, begin, end,
                f"scene {scene.id!r} turns into formation {motion.formation!r}, which the show does not have",
                f"画面 {scene.id!r} 要变形为队形 {motion.formation!r}，但节目中没有该队形",
            )  # fmt: skip
        have, need = len(formation.points), len(other.points)
        if have != need:
            return _finding(
                scene, begin, end,
                f"scene {scene.id!r} has {have} points and turns into formation {other.id!r} with {need}; "
                "both need as many",
                f"画面 {scene.id!r} 有 {have} 个点，目标队形 {other.id!r} 有 {need} 个点；两者点数须相同",
                float(have), float(need), "points",
            )  # fmt: skip
    if isinstance(motion, Dance) and len(motion.bones) != len(formation.points):
        return _finding(
            scene, begin, end,
            f"the figure of scene {scene.id!r} has {len(motion.bones)} points, its formation {len(formation.points)}",
            f"画面 {scene.id!r} 的人物动作有 {len(motion.bones)} 个点，队形有 {len(formation.points)} 个点",
        )  # fmt: skip
    if motion.at_us + motion.for_us > scene.hold_us:
        return _finding(
            scene, begin, end,
            f"the motion of scene {scene.id!r} ends {(motion.at_us + motion.for_us) / 1e6:.2f} s after arrival, "
            f"but the scene is held for {scene.hold_us / 1e6:.2f} s",
            f"画面 {scene.id!r} 的动作在到位后 {(motion.at_us + motion.for_us) / 1e6:.2f} 秒结束，但画面只保持 "
            f"{scene.hold_us / 1e6:.2f} 秒",
            (motion.at_us + motion.for_us) / 1e6, scene.hold_us / 1e6, "s",
        )  # fmt: skip
    if now_us > begin:
        return _finding(
            scene, begin, end,
            f"the motion of scene {scene.id!r} is to begin at {clock(begin)}, but the drones arrive at {clock(now_us)}",
            f"画面 {scene.id!r} 的动作应在 {clock(begin)} 开始，但无人机 {clock(now_us)} 才到位",
        )  # fmt: skip
    return None


def too_fast(scene: Scene, way: Moved, begin_us: int) -> Finding:
    """A motion that the drones cannot fly in its time, and the time that would do."""
    assert scene.motion is not None
    motion = scene.motion
    have = motion.for_us * 1e-6
    need = math.ceil(have * way.longer * 10.0) / 10.0
    if isinstance(motion, Swell):
        have, need = motion.period_us * 1e-6, math.ceil(motion.period_us * 1e-5 * way.longer) / 10.0
        return _finding(
            scene, begin_us, begin_us + motion.for_us,
            f"the wave of scene {scene.id!r} is too fast for its drones with a period of {have:.1f} s; {need:.1f} s "
            "would do, or less amplitude. They hold still instead",
            f"画面 {scene.id!r} 的波浪周期 {have:.1f} 秒超出无人机限值；{need:.1f} 秒或减小幅度即可。现保持静止",
            have, need, "s",
        )  # fmt: skip
    return _finding(
        scene, begin_us, begin_us + motion.for_us,
        f"the motion of scene {scene.id!r} is too fast for its drones in {have:.1f} s; {need:.1f} s would do. "
        "They hold still instead",
        f"画面 {scene.id!r} 的动作在 {have:.1f} 秒内完成超出无人机限值；{need:.1f} 秒即可。现保持静止",
        have, need, "s",
    )  # fmt: skip


def too_near(scene: Scene, way: Moved, limit_m: float, begin_us: int, names: tuple[str, str]) -> Finding:
    """A motion that brings two drones too near each other."""
    return _finding(
        scene, begin_us + way.gap_us, begin_us + way.gap_us,
        f"the motion of scene {scene.id!r} brings drones {names[0]} and {names[1]} within {way.gap_m:.2f} m, they must "
        f"keep {limit_m:.2f} m; enlarge the formation {limit_m / max(way.gap_m, 1e-3):.2f} times. "
        "They hold still instead",
        f"画面 {scene.id!r} 的动作使 {names[0]} 与 {names[1]} 相距仅 {way.gap_m:.2f} 米，须保持 {limit_m:.2f} 米；"
        f"请将队形放大 {limit_m / max(way.gap_m, 1e-3):.2f} 倍。现保持静止",
        way.gap_m, limit_m, "m", names,
    )  # fmt: skip


def _finding(
    scene: Scene,
    t0_us: int,
    t1_us: int,
    message: str,
    message_zh: str,
    measured: float | None = None,
    limit: float | None = None,
    unit: str = "",
    more: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        MOTION, "block", message, message_zh, t0_us, t1_us, (scene.id, *more), measured, limit, unit
    )  # fmt: skip
