"""Wind and fire: the wind fireworks are fired in, and where burning stars come down.

FWK-009 block: the venue's wind is stronger than the rule pack allows fireworks to be fired in (10 m/s where it does not
    say). Remedy: wait, or plan for another wind.
FWK-011 block: burning stars reach the ground over dry grass, or within 3 m of the audience, as the show is planned.
    Remedy: fire higher or a shorter-burning effect, or move the position.
FWK-012 warn: burning stars reach dry grass when a shell breaks at 30 % of its height, or when the wind is as strong as
    fireworks may be fired in, from any side. Remedy: keep the position farther away, wet or cut the grass, post
    a watch.
FWK-019 block: burning stars come within 3 m of the audience when a shell breaks at 30 % of its height, or when the wind
    is as strong as fireworks may be fired in. Remedy: as for FWK-011.
FWK-023 block: stars of shells burn lower above their mortar than the venue allows. Remedy: fire higher or a
    shorter-burning effect.
FWK-021 note: the lowest height at which stars of shells still burn.

A layer of stars is a ball around its middle, as in `hazards` but without the margins for drones: radius the way of a
star, sinking and drifting. Near the ground it covers a disc. The distance of 3.05 m (10 ft) between glowing particles
and the audience is NFPA 1126 as in New York City's fire code (up.codes, pyrotechnic-material-separation-distances).
Ground devices (fountains) throw sparks at the ground by nature and are left to the distances.
"""

import math
from collections.abc import Iterator

import numpy as np

from showeditor.kernels.fence import distances
from showeditor.model.arrays import Floats, Longs
from showeditor.model.finding import Finding
from showeditor.model.plan import ShotKind
from showeditor.model.venue import Zone
from showeditor.safety.case import Case, ring_of
from showeditor.safety.duds import LIMIT_MPS, wind_limit
from showeditor.safety.hazards import Cloud, clouds
from showeditor.safety.wording import counted, listed

AUDIENCE_M = 3.05
LOW_BREAK = 0.3


def judge_fallout(case: Case) -> Iterator[Finding]:
    """The wind; then findings per zone; then the lowest stars."""
    plan = case.plan
    if not len(plan.shots):
        return
    wind = plan.venue.wind.speed_mps
    most = case.pack.wind_limit_mps()
    if wind > (LIMIT_MPS if most is None else most):
        yield _windy(case, wind, LIMIT_MPS if most is None else most)
    if not len(plan.bursts):
        return
    layers = [cloud for cloud in clouds(plan, plan.venue.wind) if len(cloud.shot)]
    limit = max(wind_limit(case), wind)
    for zone in (*case.zones("dry_grass"), *case.zones("audience")):
        gap = AUDIENCE_M if zone.kind == "audience" else 0.0
        planned = _reaching(case, layers, zone, gap, 0.0, low_break=False)
        if len(planned):
            yield _burning(case, zone, planned)
        windy = np.setdiff1d(_reaching(case, layers, zone, gap, limit, low_break=False), planned)
        low = np.setdiff1d(_reaching(case, layers, zone, gap, 0.0, low_break=True), planned)
        if len(windy) or len(low):
            yield _could(case, zone, np.union1d(windy, low), limit, len(low))
    yield from _lowest(case, layers)


def _reaching(case: Case, layers: list[Cloud], zone: Zone, gap_m: float, gust_mps: float, *, low_break: bool) -> Longs:
    """Shots of which burning stars reach the ground over a zone, or that near."""
    shots = case.plan.shots
    found: list[Longs] = []
    for cloud in layers:
        shell = np.asarray(shots.kind)[cloud.shot] == ShotKind.SHELL
        flies = np.asarray(shots.kind)[cloud.shot] != ShotKind.OTHER
        rows = np.flatnonzero(shell & cloud.late if low_break else flies)
        if not len(rows):
            continue
        centre = cloud.centre_m[rows]
        shot = cloud.shot[rows]
        if low_break:
            drop = (LOW_BREAK - 1.0) * (shots.break_m[shot] - shots.origin_m[shot])
            centre = centre + drop[:, None]
        height = centre[:, :, 2] - shots.origin_m[shot, 2][:, None]
        square = cloud.radius_m**2 - np.maximum(height, 0.0) ** 2
        reach = np.sqrt(np.maximum(square, 0.0)) + gust_mps * cloud.age_s
        away = distances(centre.reshape(-1, 3), ring_of(zone)).reshape(height.shape)
        found.append(shot[((square > 0.0) & (away - reach < gap_m)).any(axis=1)])
    return np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)


def _cues(case: Case, shots: Longs) -> tuple[str, ...]:
    firing = case.plan.firing
    return tuple(dict.fromkeys(firing.cue[int(case.plan.shots.cue[k])] for k in shots))


def _span(case: Case, shots: Longs) -> tuple[int, int]:
    return int(case.plan.shots.break_us[shots].min()), int(case.plan.shots.end_us[shots].max())


def _middle(zone: Zone) -> tuple[float, float, float]:
    x, y = ring_of(zone).mean(axis=0)
    return float(x), float(y), 0.0


def _windy(case: Case, wind: float, limit: float) -> Finding:
    return Finding(
        "FWK-009",
        "block",
        f"The show is planned for a wind of {wind:g} m/s; {case.pack.title_en} allows fireworks up to {limit:g} m/s.",
        f"演出按风速 {wind:g} 米/秒设计，“{case.pack.title_zh}”只允许在 {limit:g} 米/秒以下燃放。",
        measured=wind,
        limit=limit,
        unit="m/s",
    )


def _burning(case: Case, zone: Zone, shots: Longs) -> Finding:
    ids, name = _cues(case, shots), zone.name or zone.id
    what, what_zh = ("the dry grass", "干草地") if zone.kind == "dry_grass" else ("the audience", "观众区")
    t0, t1 = _span(case, shots)
    return Finding(
        "FWK-011",
        "block",
        f"Burning stars of {counted(len(ids), 'cue')} reach the ground at {what} ({name}): {listed(ids)}.",
        f"{len(ids)} 个点火的燃烧星体会落到{what_zh}（{name}）：{listed(ids)}。",
        t0,
        t1,
        (*ids, zone.id),
        place_m=_middle(zone),
    )


def _could(case: Case, zone: Zone, shots: Longs, wind: float, low: int) -> Finding:
    ids, name = _cues(case, shots), zone.name or zone.id
    t0, t1 = _span(case, shots)
    when = f"when a shell breaks low or the wind reaches {wind:g} m/s" if low else f"when the wind reaches {wind:g} m/s"
    when_zh = f"若低炸或风速达 {wind:g} 米/秒" if low else f"若风速达 {wind:g} 米/秒"
    grass = zone.kind == "dry_grass"
    what, what_zh = ("the dry grass", "干草地") if grass else ("the audience", "观众区")
    return Finding(
        "FWK-012" if grass else "FWK-019",
        "warn" if grass else "block",
        f"Burning stars of {counted(len(ids), 'cue')} can reach {what} ({name}) {when}: {listed(ids)}.",
        f"{when_zh}，{len(ids)} 个点火的燃烧星体可能落到{what_zh}（{name}）：{listed(ids)}。",
        t0,
        t1,
        (*ids, zone.id),
        place_m=_middle(zone),
    )


def _lowest(case: Case, layers: list[Cloud]) -> Iterator[Finding]:
    shots = case.plan.shots
    least, shot, at = math.inf, -1, 0
    allowed = case.plan.venue.least_lit_m
    too_low: set[int] = set()
    for cloud in layers:
        rows = np.flatnonzero((np.asarray(shots.kind)[cloud.shot] == ShotKind.SHELL) & cloud.late)
        if not len(rows):
            continue
        ground: Floats = shots.origin_m[cloud.shot[rows], 2]
        low = cloud.centre_m[rows, :, 2] - cloud.radius_m - ground[:, None]
        if allowed is not None:
            too_low |= {int(k) for k in cloud.shot[rows[low.min(axis=1) < allowed]]}
        k, n = divmod(int(low.argmin()), low.shape[1])
        if low[k, n] < least:
            least, shot = float(low[k, n]), int(cloud.shot[rows[k]])
            at = int(cloud.birth_us[rows[k]] + 1e6 * cloud.age_s[n])
    if shot < 0:
        return
    cue = case.plan.firing.cue[int(shots.cue[shot])]
    x, y, _ = (float(v) for v in shots.break_m[shot])
    shown = max(0.0, least)
    if allowed is not None and too_low:
        ids = _cues(case, np.array(sorted(too_low)))
        yield Finding(
            "FWK-023",
            "block",
            f"Stars of {counted(len(ids), 'cue')} burn down to {shown:.1f} m above their mortar; they must be out at "
            f"{allowed:g} m: {listed(ids)}.",
            f"{len(ids)} 个点火的星体燃烧到发射筒以上 {shown:.1f} 米，应在 {allowed:g} 米以上熄灭：{listed(ids)}。",
            *_span(case, np.array(sorted(too_low))),
            ids,
            shown,
            allowed,
            "m",
            (x, y, shown),
        )
    yield Finding(
        "FWK-021",
        "note",
        f"Stars of shells burn down to {shown:.0f} m above their mortar at the lowest, cue {cue}.",
        f"礼花弹的星体最低燃烧到发射筒以上 {shown:.0f} 米，点火 {cue}。",
        at,
        at,
        (cue,),
        shown,
        0.0,
        "m",
        (x, y, shown),
    )
