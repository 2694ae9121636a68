"""Drones and fireworks in one sky: no drone path may cross where a shot is, bursts, falls or would come down unburst.

MIX-001 block: a drone crosses a shot on its way up. Remedy: move the formation or the position, or fire at another
    time.
MIX-002 block: a drone is inside the ball in which a shell bursts. Remedy: keep more distance, or fire at another time.
MIX-003 block: a drone is among burning stars that spread, sink and drift. Remedy: keep more distance, above all below
    and down the wind, or wait until they have burnt out.
MIX-004 block: a drone crosses the way on which a shell that fails to burst would come down. Remedy: as for MIX-001.
MIX-005 block: a shell that bursts low or in its tube reaches places where drones take off or land. Remedy: set the pads
    farther from the mortars.
MIX-006 warn: drones stand or fly nearer to a loaded mortar than half the distance of its calibre, or than 50 m.
    Remedy: set pads and formations farther away until the last shell there has been fired.
MIX-007 block: more crossings between drones and fireworks than are listed. Remedy: as for those listed, then check
    again.
MIX-020 note: the least clearance between drones and fireworks, even when all is clear, and how wrong the drones' origin
    or heading may be without using it up.

The keep-outs and when they hold are in `hazards`; what is measured is how deep a drone gets into them. Only flying
drones count, each (cue, kind of keep-out) is one finding. Return paths other than the planned one are not judged.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import numpy as np

from showeditor.effects.calibres import lit, span_mm
from showeditor.kernels.intrusion import FAR_M, Intrusions, Spheres, find_intrusions
from showeditor.model.arrays import Floats, Longs
from showeditor.model.finding import Finding
from showeditor.model.plan import ShotKind
from showeditor.model.times import clock
from showeditor.safety.case import GROUND_M, Case
from showeditor.safety.hazards import BURST_FACTOR, BURST_M, Part, hazards
from showeditor.safety.wording import listed

LISTED = 100
"""Findings that are listed, deepest first; the rest is counted in MIX-007."""

SHARE = 300
"""Contacts of one shot after which it is not searched further."""

MOST = 200_000
"""Contacts of all shots after which the search stops."""

PARTS = {
    Part.RISE: ("MIX-001", "cross the rise of", "穿过上升路径"),
    Part.BURST: ("MIX-002", "are inside the burst of", "进入爆炸范围"),
    Part.FALL: ("MIX-003", "are among the burning stars of", "进入燃烧星体的范围"),
    Part.DUD: ("MIX-004", "cross the way on which a dud would fall of", "穿过哑弹的下落路径"),
}
VERBS = {"cross": "crosses", "are": "is"}
LOW_BREAK = 0.3
FLOWERPOT = 1.5
ARMED_M, ARMED_PER_MM = 50.0, 0.42
ROUNDING_M = 0.01


def judge_together(case: Case) -> Iterator[Finding]:
    """Crossings per cue and kind of keep-out, deepest first; pads in reach; armed mortars; the least clearance."""
    plan = case.plan
    if not len(plan.drones) or not len(plan.shots):
        return
    keep_out = hazards(plan)
    off, on = np.ascontiguousarray(case.phases[:, 0]), np.ascontiguousarray(case.phases[:, 3])
    found = find_intrusions(case.paths, off, on, keep_out.spheres, share=SHARE, most=MOST, progress=case.progress)
    yield from _crossings(case, found)
    yield from _pads(case, keep_out.reach_m)
    yield from _armed(case)
    yield _least(case, found) if math.isfinite(found.least_m) else _far()


def _crossings(case: Case, found: Intrusions) -> Iterator[Finding]:
    if not len(found.owner):
        return
    cue = np.asarray(case.plan.shots.cue, dtype=np.int64)[found.owner // 4]
    key = 4 * cue + found.owner % 4
    order = np.lexsort((found.margin_m, key))
    groups = np.split(order, np.flatnonzero(np.diff(key[order])) + 1)
    groups.sort(key=lambda rows: (float(found.margin_m[rows[0]]), int(key[rows[0]])))
    for rows in groups[:LISTED]:
        yield _crossing(case, found, rows)
    if len(groups) > LISTED or not found.complete:
        yield _more(len(groups), found)


def _title(case: Case, shot: int) -> tuple[str, str]:
    """`cue 12 (75 mm shell at P4)` in both languages."""
    plan = case.plan
    row = int(plan.shots.cue[shot])
    calibre = float(plan.shots.calibre_mm[shot])
    kind, kind_zh = {
        ShotKind.SHELL: ("shell", "礼花弹"),
        ShotKind.COMET: ("comet", "彗星"),
        ShotKind.MINE: ("mine", "花束"),
    }.get(ShotKind(int(plan.shots.kind[shot])), ("device", "烟花"))
    name, where = plan.firing.cue[row], plan.firing.position[row]
    return f"cue {name} ({calibre:g} mm {kind} at {where})", f"点火 {name}（{where} 的 {calibre:g} 毫米{kind_zh}）"


def _crossing(case: Case, found: Intrusions, rows: Longs) -> Finding:
    deepest = int(rows[0])
    shot, part = divmod(int(found.owner[deepest]), 4)
    code, en, zh = PARTS[Part(part)]
    drones = list(dict.fromkeys(int(found.drone[k]) for k in rows))
    names = case.names(drones)
    first, last = int(found.span_us[rows, 0].min()), int(found.span_us[rows, 1].max())
    depth, at = -float(found.margin_m[deepest]), int(found.deepest_us[deepest])
    title, title_zh = _title(case, shot)
    least = " (or more)" if found.cut[found.owner[rows]].any() else ""
    if len(names) == 1:
        verb, _, rest = en.partition(" ")
        who = f"Drone {names[0]} {VERBS[verb]} {rest}"
    else:
        who = f"{len(names)} drones{least} ({listed(names)}) {en}"
    cue = case.plan.firing.cue[int(case.plan.shots.cue[shot])]
    return Finding(
        code,
        "block",
        f"{who} {title} from {clock(first, 1)} to {clock(last, 1)}, {depth:.1f} m inside the keep-out at "
        f"{clock(at, 1)}.",
        f"{len(names)} 架无人机（{listed(names)}）在 {clock(first, 1)} 至 {clock(last, 1)} {zh}：{title_zh}，"
        f"{clock(at, 1)} 深入禁入区 {depth:.1f} 米。",
        first,
        last,
        (cue, *names),
        depth,
        0.0,
        "m",
        case.place(int(found.drone[deepest]), at),
    )


def _more(total: int, found: Intrusions) -> Finding:
    rest = max(0, total - LISTED)
    en = f"{total} cues or parts of them are crossed by drones; {rest} of them are not listed."
    zh = f"共有 {total} 处烟花与无人机冲突，其中 {rest} 处未列出。"
    if not found.complete:
        en = f"More than {total} cues or parts of them are crossed by drones: later moments were not looked at."
        zh = f"烟花与无人机冲突超过 {total} 处：检查已停止，其余时刻未检查。"
    t0, t1 = int(found.span_us[:, 0].min()), int(found.span_us[:, 1].max())
    return Finding("MIX-007", "block", en, zh, t0, t1, measured=float(total), limit=0.0)


@cache
def flowerpot_m(calibre_mm: float) -> float:
    """How far a shell throws that bursts in its tube: 1.5 times the height of a mine of its calibre.

    Beyond the table of mines 0.67 m of height per mm, as it was extrapolated there.
    """
    low, high = span_mm("mine")
    height = lit("mine", max(low, calibre_mm)).height_m if calibre_mm <= high else 0.67 * calibre_mm
    return FLOWERPOT * height


def _tubes(case: Case, kinds: tuple[ShotKind, ...]) -> dict[tuple[float, float, float], list[int]]:
    """Shots of these kinds by the place they are fired from."""
    shots = case.plan.shots
    found: dict[tuple[float, float, float], list[int]] = defaultdict(list)
    for k in np.flatnonzero(np.isin(np.asarray(shots.kind), kinds)):
        x, y, z = (round(float(v), 2) for v in shots.origin_m[k])
        found[x, y, z].append(int(k))
    return found


def _ends(case: Case) -> Floats:
    """Where drones stand on the ground before and after their flight (k, 3)."""
    both = np.concatenate(case.ends)
    return np.asarray(both[both[:, 2] <= GROUND_M])


def _pads(case: Case, reach: Floats) -> Iterator[Finding]:
    pads = _ends(case)
    if not len(pads):
        return
    shots = case.plan.shots
    for place, rows in _tubes(case, (ShotKind.SHELL,)).items():
        worst: tuple[float, int, float] | None = None
        cues: list[int] = []
        across = np.linalg.norm(pads[:, :2] - place[:2], axis=1)
        for key in {(float(shots.calibre_mm[k]), round(float(reach[k]), 1)): k for k in rows}.items():
            (calibre, _), k = key
            pot = flowerpot_m(calibre) - float(across.min())
            low = shots.origin_m[k] + LOW_BREAK * (shots.break_m[k] - shots.origin_m[k])
            ball = BURST_FACTOR * float(reach[k]) + BURST_M - float(np.linalg.norm(pads - low, axis=1).min())
            depth = max(pot, ball)
            if depth > 0.0:
                cues.append(int(shots.cue[k]))
                if worst is None or depth > worst[0]:
                    worst = depth, k, flowerpot_m(calibre) if pot >= ball else BURST_FACTOR * float(reach[k]) + BURST_M
        if worst is not None:
            yield _pad(case, place, worst, float(across.min()), cues)


def _pad(
    case: Case, place: tuple[float, float, float], worst: tuple[float, int, float], across: float, cues: list[int]
) -> Finding:
    depth, shot, radius = worst
    title, title_zh = _title(case, shot)
    ids = tuple(dict.fromkeys(case.plan.firing.cue[k] for k in cues))
    shots = case.plan.shots
    return Finding(
        "MIX-005",
        "block",
        f"Pads of drones lie {across:.1f} m from the mortar of {title}: a burst low or in the tube reaches "
        f"{radius:.0f} m, {depth:.1f} m too far.",
        f"无人机起降点距{title_zh}的发射筒 {across:.1f} 米：低炸或炸筒可达 {radius:.0f} 米，超出 {depth:.1f} 米。",
        int(shots.lift_us[shot]),
        int(shots.break_us[shot]),
        ids,
        radius - depth,
        radius,
        "m",
        place,
    )


def _armed(case: Case) -> Iterator[Finding]:
    """Flat paths against discs around the mortars, and pads against them."""
    shots = case.plan.shots
    tubes = _tubes(case, (ShotKind.SHELL, ShotKind.MINE))
    if not tubes:
        return
    centre = np.array([(x, y, 0.0) for x, y, _ in tubes])
    needed = np.array([max(ARMED_M, ARMED_PER_MM * float(shots.calibre_mm[rows].max())) for rows in tubes.values()])
    last = np.array([int(shots.lift_us[rows].max()) for rows in tubes.values()], dtype=np.int64)
    flat = np.array([1.0, 1.0, 0.0])
    paths = case.paths._replace(ctrl=case.paths.ctrl * flat, home=case.paths.home * flat)
    off, on = np.ascontiguousarray(case.phases[:, 0]), np.ascontiguousarray(case.phases[:, 3])
    begin = np.minimum(last - 1, min(0, int(case.paths.t0.min(initial=0))))
    discs = Spheres(np.arange(len(needed)), begin, last, centre, centre, needed)
    found = find_intrusions(paths, off, on, discs, share=MOST, most=MOST)
    pads = case.pads[:, :2]
    for n, (place, rows) in enumerate(tubes.items()):
        flying = np.flatnonzero(found.owner == n)
        across = np.full(len(pads), np.inf)
        when = np.zeros(len(pads), np.int64)
        across[case.grounded] = np.linalg.norm(pads[case.grounded] - place[:2], axis=1)
        nearer = flying[found.margin_m[flying] + needed[n] < across[found.drone[flying]] - 1e-6]
        across[found.drone[nearer]] = found.margin_m[nearer] + needed[n]
        when[found.drone[nearer]] = found.deepest_us[nearer]
        near = np.flatnonzero(across < needed[n] - ROUNDING_M)
        if len(near):
            near = near[np.argsort(across[near], kind="stable")]
            first = int(near[0])
            yield _loaded(case, rows, near, float(across[first]), float(needed[n]), int(when[first]), int(last[n]))


def _loaded(case: Case, rows: list[int], near: Longs, distance: float, needed: float, at: int, last: int) -> Finding:
    names = case.names([int(k) for k in near])
    cues = np.asarray(case.plan.shots.cue, dtype=np.int64)[rows]
    ids = tuple(dict.fromkeys(case.plan.firing.cue[k] for k in cues))
    where = case.plan.firing.position[int(cues[0])]
    return Finding(
        "MIX-006",
        "warn",
        f"{len(names)} drones ({listed(names)}) come within {distance:.1f} m of the mortars at {where}, loaded "
        f"until {clock(last, 1)}; {needed:.0f} m should be kept.",
        f"{len(names)} 架无人机（{listed(names)}）距 {where} 的发射筒仅 {distance:.1f} 米，"
        f"该处到 {clock(last, 1)} 仍有装药，应保持 {needed:.0f} 米。",
        at,
        max(at, last),
        (*ids, *names),
        distance,
        needed,
        "m",
        case.place(int(near[0]), at),
    )


def _far() -> Finding:
    return Finding(
        "MIX-020",
        "note",
        f"No drone comes within {FAR_M:g} m of a keep-out of the fireworks.",
        f"没有无人机进入任何烟花禁入区周围 {FAR_M:g} 米以内。",
        measured=FAR_M,
        limit=0.0,
        unit="m",
    )


def _least(case: Case, found: Intrusions) -> Finding:
    shot = found.least_owner // 4
    title, title_zh = _title(case, shot)
    (name,) = case.names([found.least_drone])
    at, margin = found.least_us, found.least_m
    cue = case.plan.firing.cue[int(case.plan.shots.cue[shot])]
    degrees = turned_deg(case, margin)
    en, zh = "", ""
    if margin > 0.0:
        en = f" The drones' origin may be wrong by that much, or their heading by {degrees:.1f} degrees."
        zh = f"无人机原点误差在此余量以内、或朝向误差在 {degrees:.1f} 度以内均不会进入。"
    return Finding(
        "MIX-020",
        "note",
        f"Least clearance between drones and fireworks: {margin:.1f} m beyond the keep-out, drone {name} and {title}, "
        f"at {clock(at, 1)}.{en}",
        f"无人机与烟花的最小余量：{clock(at, 1)} 时无人机 {name} 距禁入区 {margin:.1f} 米，{title_zh}。{zh}",
        at,
        at,
        (cue, name),
        margin,
        0.0,
        "m",
        case.place(found.least_drone, at),
    )


def turned_deg(case: Case, margin_m: float) -> float:
    """By how many degrees the drones may be turned about the origin so that none is displaced by more than a margin.

    The farthest control point bounds every path; it moves by twice its radius times the sine of half the angle.
    """
    points = case.paths.ctrl if len(case.paths.ctrl) else case.paths.home
    radius = float(np.hypot(points[:, 0], points[:, 1]).max(initial=0.0))
    if margin_m >= 2.0 * radius:
        return 180.0
    return math.degrees(2.0 * math.asin(max(0.0, margin_m) / (2.0 * radius)))
