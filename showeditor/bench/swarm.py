"""The planner's figures: pairings, ways that keep apart, whole drone shows, and edits of them."""

import resource
import time
import tracemalloc
from typing import Any

import msgspec
import numpy as np

from showeditor.bench.swarm_scenes import body, swarm_show
from showeditor.model.arrays import Floats
from showeditor.model.limits import Limits
from showeditor.model.show import Show
from showeditor.model.swarm import Placement

Result = dict[str, Any]

GAP_M = 1.5
_LIMITS = Limits(
    min_gap_m=GAP_M, max_speed_xy_mps=8.0, max_speed_up_mps=3.0, max_speed_down_mps=2.0, max_accel_mps2=3.0
)
_WIDE = Limits(min_gap_m=GAP_M, max_speed_xy_mps=30.0, max_speed_up_mps=30.0, max_speed_down_mps=30.0,
               max_accel_mps2=30.0)  # fmt: skip


def _two(count: int, spacing_m: float) -> tuple[Floats, Floats]:
    a, b = body(0, count, spacing_m), body(2, count, spacing_m)
    return a + np.array([0.0, 0.0, 80.0]), b + np.array([20.0, 10.0, 80.0])


def swarm_pairing() -> Result:
    """16,000 to 16,000: time and memory beyond the points; a lattice turned onto itself and 15,000 moved points, too.

    Peer: the ordinary case of the same run. `moved_ms`: one moved point mended exactly, worst of 12.
    """
    from showeditor.kernels.assignment import pair_up, repaired, settle

    n = 16_000
    a, b = _two(n, 2.0)
    pair_up(a[:64], b[:64])
    tracemalloc.start()
    begin = time.perf_counter()
    found = pair_up(a, b)
    ours_s = time.perf_counter() - begin
    peak_mb = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    side = 126
    k = np.arange(side * side, dtype=np.float64)
    flat = np.stack([k % side, k // side, np.zeros(len(k))], axis=1) * 2.0
    begin = time.perf_counter()
    pair_up(flat, np.ascontiguousarray(flat[:, [1, 0, 2]] * [1.0, -1.0, 1.0]))
    lattice_s = time.perf_counter() - begin
    begin = time.perf_counter()
    settled = settle(a, b)
    exact_s = time.perf_counter() - begin
    rng = np.random.default_rng(20_26)
    spent: list[float] = []
    repaired(settled, a, b)
    for _ in range(12):
        moved = b.copy()
        moved[rng.integers(n)] += rng.normal(size=3)
        begin = time.perf_counter()
        repaired(settled, a, moved)
        spent.append(time.perf_counter() - begin)
    return {
        "name": "swarm-pairing",
        "peer": "the same pairing from scratch",
        "ours_s": ours_s,
        "proven_gap": found.gap,
        "peak_mb": peak_mb,
        "exact_s": exact_s,
        "lattice_ratio": lattice_s / ours_s,
        "moved_ms": max(spent) * 1e3,
        "moved_typical_ms": float(np.median(spent)) * 1e3,
        "ratio": exact_s / max(spent),
        "summary": f"{n} in {ours_s:.2f} s on one core with {peak_mb:.1f} MB, proven within {found.gap:.3%}; exact in "
        f"{exact_s:.1f} s; a lattice turned onto itself {lattice_s / ours_s:.1f} times as long; one moved point "
        f"exact in {np.median(spent) * 1e3:.0f} ms, {max(spent) * 1e3:.0f} ms at worst of 12",
    }


def swarm_way() -> Result:
    """Violations left at 16,000 at 1.07 times the limit, after the pairing, in step.

    Peer: one exhaustive look at all pairs of straight flights, which proves nothing more than that.
    """
    from showeditor.kernels.assignment import pair_up
    from showeditor.kernels.clearance import near_pairs
    from showeditor.planning.transition import plan_transition

    n = 16_000
    a, b = _two(n, 1.07 * GAP_M)
    pairing = pair_up(a, b)
    plan_transition(a[:64], b[:64], _LIMITS)
    begin = time.perf_counter()
    straight, _, _, _ = near_pairs(a, np.ascontiguousarray(b[pairing.target]), GAP_M)
    look_s = time.perf_counter() - begin
    begin = time.perf_counter()
    way = plan_transition(a, b, _LIMITS, pairing=pairing)
    ours_s = time.perf_counter() - begin
    return {
        "name": "swarm-way",
        "peer": "one look at all pairs",
        "ours_s": ours_s,
        "peer_s": look_s,
        "ratio": ours_s / look_s,
        "straight_violations": len(straight),
        "violations": len(way.tight),
        "gap_m": way.gap_m,
        "summary": f"{n} drones spaced 1.07 limits, {len(straight)} pairs too near on straight ways, {len(way.tight)} "
        f"left after {ours_s:.2f} s ({ours_s / look_s:.0f} looks at all pairs), closest {way.gap_m:.3f} m",
    }


def swarm_delays() -> Result:
    """Violations left with start delays of 0-3 s at 1.17 times the limit: a wave, 4,000 drones."""
    from showeditor.kernels.assignment import pair_up
    from showeditor.model.passage import Passage
    from showeditor.planning.staggered import delays_us, plan_staggered

    n, length_us = 4_000, 15_000_000
    a, b = _two(n, 1.17 * GAP_M)
    target = pair_up(a, b).target
    delay = delays_us(Passage("left-right", 3_000_000), a, b[target])
    plan_staggered(a[:64], b[:64], _WIDE, delay[:64], length_us)
    begin = time.perf_counter()
    way = plan_staggered(a, b, _WIDE, delay, length_us, target=target)
    ours_s = time.perf_counter() - begin
    aside = 0.0 if way.bend_m is None else float(np.sqrt((way.bend_m**2).sum(axis=2)).max())
    return {
        "name": "swarm-delays",
        "peer": "none",
        "ours_s": ours_s,
        "ratio": 1.0,
        "violations": len(way.tight),
        "gap_m": way.gap_m,
        "aside_m": aside,
        "need_s": way.shortest_us / 1e6,
        "summary": f"{n} drones spaced 1.17 limits, a wave of 3 s: {len(way.tight)} violations left after "
        f"{ours_s:.1f} s, closest {way.gap_m:.3f} m, bends up to {aside:.1f} m",
    }


def _edited(show: Show, index: int, turn: int) -> Show:
    flight = show.flights[0]
    scenes = list(flight.scenes)
    place = Placement((0.5 + turn, 0.0, 60.0), heading_deg=scenes[index].place.heading_deg)
    scenes[index] = msgspec.structs.replace(scenes[index], place=place)
    return msgspec.structs.replace(show, flights=(msgspec.structs.replace(flight, scenes=tuple(scenes)),))


def _whole(name: str, count: int, formations: int, edits: int) -> Result:
    from showeditor.kernels.paths import Paths
    from showeditor.kernels.separation import find_meetings
    from showeditor.planning.compile import compile_show

    compile_show(swarm_show(40, 2, 6.0, 2.2))
    show = swarm_show(count, formations, 12.0, 1.15 * GAP_M)
    begin, used = time.perf_counter(), time.process_time()
    plan = compile_show(show)
    ours_s, cpu_s = time.perf_counter() - begin, time.process_time() - used
    problems = sum(f.severity == "block" for f in plan.problems)
    begin = time.perf_counter()
    d = plan.drones
    paths = Paths(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m)
    near = len(find_meetings(paths, np.stack([d.off_us, d.off_us, d.on_us, d.on_us], axis=1), GAP_M, GAP_M).gap_m)
    check_s = time.perf_counter() - begin
    spent: list[float] = []
    cpu: list[float] = []
    for turn in range(edits):
        changed = _edited(show, formations // 2, turn)
        begin, used = time.perf_counter(), time.process_time()
        plan = compile_show(changed, plan)
        spent.append(time.perf_counter() - begin)
        cpu.append(time.process_time() - used)
    memory_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {
        "name": name,
        "peer": "planning the whole show anew",
        "ours_s": ours_s,
        "cpu_s": cpu_s,
        "check_s": check_s,
        "edit_s": max(spent),
        "edit_cpu_s": max(cpu),
        "ratio": ours_s / max(spent),
        "blocks": problems,
        "violations": near,
        "memory_gb": memory_gb,
        "summary": f"{count} drones, {formations} formations, 12 min planned in {ours_s:.1f} s ({cpu_s:.1f} s of "
        f"all cores) with {memory_gb:.1f} GB, {near} violations found by the checker's search ({check_s:.1f} s), "
        f"an edit heals in {max(spent):.2f} s ({max(cpu):.2f} s of all cores)",
    }


def swarm_show_1000() -> Result:
    """A whole show of 1,000 drones and 15 formations, and an edit of one formation."""
    return _whole("swarm-1000", 1_000, 15, 3)


def swarm_show_16000() -> Result:
    """A whole show of 16,000 drones and 20 formations, and an edit of one formation."""
    return _whole("swarm-16000", 16_000, 20, 1)


SWARM_BENCHES = {
    "swarm-pairing": swarm_pairing,
    "swarm-way": swarm_way,
    "swarm-delays": swarm_delays,
    "swarm-1000": swarm_show_1000,
    "swarm-16000": swarm_show_16000,
}
