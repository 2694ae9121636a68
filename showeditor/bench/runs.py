"""The benchmarks by name; each answers with its figures, the peer and one sentence."""

import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np

from showeditor.bench.files import fleet_files, fleet_split
from showeditor.bench.guard import guard, guard_dense, guard_shells
from showeditor.bench.swarm import SWARM_BENCHES
from showeditor.model.errors import BadInput
from showeditor.model.times import US

Result = dict[str, Any]


def _median_s(work: Callable[[], object], times: int) -> float:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return float(np.median(spent))


def spacing() -> Result:
    """Spacing check of 1,000 drones over 10 minutes in continuous time, against scipy's cKDTree at 10 Hz.

    The ratio is that of the show in step; a second one with start delays up to 3 s, where paths cross, shows what
    samples miss.
    """
    step = _spacing_of(0)
    crossing = _spacing_of(3)
    return {
        "name": "spacing",
        "peer": "scipy cKDTree(frame).query_pairs, 10 Hz, one thread each",
        **step,
        "crossing": crossing,
        "summary": f"{step['ratio']:.0f} times as fast as cKDTree at 10 Hz ({step['ours_s'] * 1e3:.0f} ms against "
        f"{step['peer_s']:.2f} s), {step['pairs_ours']} pairs, {step['missed_by_us']} missed; with paths crossing "
        f"{crossing['ratio']:.1f} times, {crossing['pairs_ours']} pairs, {crossing['missed_by_us']} missed, "
        f"{crossing['between_samples']} of them between the samples",
    }


def _spacing_of(delay_s: int) -> Result:
    from scipy.spatial import cKDTree

    from showeditor.bench.scenes import swarm
    from showeditor.kernels.bernstein import states
    from showeditor.kernels.paths import Paths
    from showeditor.kernels.separation import find_meetings

    drones = swarm(1_000, 10, delay_s=delay_s)
    gap_m = 1.5
    paths = Paths(
        drones.piece_start, drones.piece_t0_us, drones.piece_t1_us, drones.ctrl_start, drones.ctrl, drones.home_m
    )
    last = int(drones.piece_t1_us.max())
    phases = np.tile(np.array([0, 0, last, last], dtype=np.int64), (len(drones), 1))
    frames = [states(*paths, t)[0] for t in range(0, last, US // 10)]

    def sampled() -> set[tuple[int, int]]:
        pairs: set[tuple[int, int]] = set()
        for frame in frames:
            pairs |= cKDTree(frame).query_pairs(gap_m)
        return pairs

    def continuous() -> set[tuple[int, int]]:
        found = find_meetings(paths, phases, gap_m, gap_m)
        return {(int(min(i, j)), int(max(i, j))) for i, j in found.pair}

    ours, theirs = continuous(), sampled()
    ours_s, theirs_s = _median_s(continuous, 5), _median_s(sampled, 3)
    return {
        "ours_s": ours_s,
        "peer_s": theirs_s,
        "ratio": theirs_s / ours_s,
        "pairs_ours": len(ours),
        "pairs_peer": len(theirs),
        "missed_by_us": len(theirs - ours),
        "between_samples": len(ours - theirs),
    }


def pairing() -> Result:
    """Assignment on squared distance, 4,000 to 4,000, against scipy's linear_sum_assignment."""
    from scipy.optimize import linear_sum_assignment

    from showeditor.bench.scenes import formation
    from showeditor.kernels.assignment import pair_up

    count = 4_000
    a, b = formation(1, count, 2.0), formation(2, count, 2.0)
    pair_up(a[:64], b[:64])
    ours_s = _median_s(lambda: pair_up(a, b), 3)
    start = time.perf_counter()
    cost = ((a[:, None] - b[None]) ** 2).sum(axis=2)
    linear_sum_assignment(cost)
    theirs_s = time.perf_counter() - start
    found = pair_up(a, b)
    return {
        "name": "pairing",
        "peer": "scipy linear_sum_assignment",
        "ours_s": ours_s,
        "peer_s": theirs_s,
        "ratio": theirs_s / ours_s,
        "proven_gap": found.gap,
        "summary": f"{theirs_s / ours_s:.0f} times as fast as scipy at {count} ({ours_s:.2f} s, {theirs_s:.1f} s),"
        f" proven within {found.gap:.3%} of the optimum",
    }


def edit() -> Result:
    """A drag of 3 cues in 10,000 to a new Plan, against compiling the show anew."""
    from showeditor.bench.scenes import big_show
    from showeditor.planning.compile import compile_show
    from showeditor.timeline.edits import move_cues

    show = big_show()
    plan = compile_show(show)
    chosen = frozenset(cue.id for cue in list(show.cues())[1200:9000:3000])
    steps = [0]

    def drag() -> None:
        steps[0] += 1
        compile_show(move_cues(show, chosen, steps[0] * 10_000), plan)

    drag()
    ours_s = _median_s(drag, 15)
    whole_s = _median_s(lambda: compile_show(show), 2)
    return {
        "name": "edit",
        "peer": "compiling all 10,000 cues anew",
        "ours_s": ours_s,
        "peer_s": whole_s,
        "ratio": whole_s / ours_s,
        "frames_of_60": ours_s * 60,
        "summary": f"{ours_s * 1e3:.1f} ms from drag to plan, {ours_s * 60:.2f} of a 60 Hz frame, "
        f"{whole_s / ours_s:.0f} times as fast as compiling anew",
    }


def undo() -> Result:
    """Memory of 2,000 undo steps in a show of 10,000 cues, against 2,000 deep copies of its text."""
    from showeditor.bench.scenes import big_show
    from showeditor.session.session import Session
    from showeditor.storage.text import show_to_text
    from showeditor.timeline.edits import move_cues

    show = big_show()
    ids = [cue.id for cue in show.cues()]
    session = Session(show)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for i in range(2_000):
        chosen = frozenset(ids[(i * 7 + k * 3001) % len(ids)] for k in range(3))
        session.preview(move_cues(session.show, chosen, 1_000))
        session.commit(f"Move {i}")
    held_mb = (tracemalloc.get_traced_memory()[0] - before) / 1e6
    tracemalloc.stop()
    session.close()
    copies_mb = 2_000 * len(show_to_text(show).encode()) / 1e6
    return {
        "name": "undo",
        "peer": "keeping the text of every state",
        "ours_mb": held_mb,
        "peer_mb": copies_mb,
        "ratio": copies_mb / held_mb,
        "summary": f"2,000 undo steps of 10,000 cues hold {held_mb:.1f} MB, {copies_mb / held_mb:.0f} times less than "
        "keeping each state's text",
    }


def stars() -> Result:
    """10,000 live stars at 720p draft on this machine's GL, against the same stars moved by numpy and uploaded."""
    from showeditor.stage.bench_stars import measure

    got: Result = dict(measure())
    return {
        "name": "stars",
        "peer": "the same stars moved by numpy and uploaded, same GL",
        **got,
        "summary": f"10,000 stars in {got['stateless_ms']:.1f} ms against {got['numpy_ms']:.1f} ms "
        f"({got['ratio']:.1f} times as fast, {got['stateless_bytes'] / 1000:.1f} kB sent against "
        f"{got['numpy_bytes'] / 1000:.0f} kB); whole draft frame {got['frame_ms']:.0f} ms; GL {got['driver']}",
    }


BENCHES: dict[str, Callable[[], Result]] = {
    "spacing": spacing,
    "pairing": pairing,
    "edit": edit,
    "undo": undo,
    "stars": stars,
    "guard": guard,
    "guard-dense": guard_dense,
    "guard-shells": guard_shells,
    "fleet-files": fleet_files,
    "fleet-split": fleet_split,
    **SWARM_BENCHES,
}


def run_bench(name: str) -> Result:
    """The figures of one benchmark; raises BadInput when its peer is not installed."""
    try:
        return BENCHES[name]()
    except ModuleNotFoundError as error:
        if error.name != "scipy":
            raise
        raise BadInput(f"benchmark {name} compares with scipy: install the extra 'bench'") from None
