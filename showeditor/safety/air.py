"""The air above: height, wind by act, debris that drifts, smoke that stays.

FWK-022 block: fireworks get higher than the permit of the venue allows. Remedy: a smaller calibre, or a lower break.
FWK-024 block: the wind is stronger than an act is given in. Remedy: leave the act out, or plan it for this wind.
FWK-025 warn: paper and casings of shells drift over dry grass or a special hazard in the venue's wind. Remedy: move the
    position up the wind, wet or cut the grass, post a watch.
FWK-026 note: how much air the smoke of the busiest minute has, and how fast the wind renews it.

Debris falls from the break at 3 to 8 m/s (safety-and-physics section 2.2, general knowledge) and drifts with the wind;
it begins anywhere in the burst. Smoke: the box around breaks and positions, one width of it renewed per width / wind.
"""

from collections.abc import Iterator

import numpy as np
from shapely.geometry import LineString, Polygon

from showeditor.kernels.fence import distances
from showeditor.model.air import wind_at, wind_vector
from showeditor.model.arrays import Floats, Longs
from showeditor.model.finding import Finding
from showeditor.model.plan import ShotKind
from showeditor.model.times import clock
from showeditor.safety.case import Case, ring_of
from showeditor.safety.hazards import reaches
from showeditor.safety.wording import counted, listed

SLOWEST_MPS, FASTEST_MPS = 3.0, 8.0
CALM_MPS = 0.5
MINUTE_US = 60_000_000


def judge_air(case: Case) -> Iterator[Finding]:
    """Height, wind by act, debris per zone, smoke."""
    yield from _acts(case)
    shots = case.plan.shots
    if not len(shots):
        return
    reach = reaches(case.plan)
    top = np.maximum(shots.break_m[:, 2], shots.origin_m[:, 2] + np.asarray(shots.height_m, np.float64)) + reach
    ceiling = case.plan.venue.firework_ceiling_m
    if ceiling is not None:
        yield from _too_high(case, top, ceiling)
    yield from _debris(case, reach)
    yield _smoke(case, top)


def _ids(case: Case, shots: Longs) -> tuple[str, ...]:
    return tuple(dict.fromkeys(case.plan.firing.cue[int(case.plan.shots.cue[k])] for k in shots))


def _acts(case: Case) -> Iterator[Finding]:
    wind = case.plan.venue.wind.speed_mps
    for calm in case.plan.calms:
        if wind > calm.max_wind_mps:
            yield Finding(
                "FWK-024",
                "block",
                f"The show is planned for a wind of {wind:g} m/s; the act {calm.name} is given up to "
                f"{calm.max_wind_mps:g} m/s.",
                f"演出按风速 {wind:g} 米/秒设计，篇章“{calm.name}”只在 {calm.max_wind_mps:g} 米/秒以下进行。",
                calm.t0_us,
                calm.t1_us,
                (calm.name,),
                wind,
                calm.max_wind_mps,
                "m/s",
            )


def _too_high(case: Case, top: Floats, ceiling: float) -> Iterator[Finding]:
    over = np.flatnonzero(~(top <= ceiling))
    if not len(over):
        return
    shots = case.plan.shots
    worst = int(over[top[over].argmax()])
    ids = _ids(case, over)
    x, y, _ = (float(v) for v in shots.break_m[worst])
    yield Finding(
        "FWK-022",
        "block",
        f"Fireworks of {counted(len(ids), 'cue')} get up to {top[worst]:.0f} m high; the permit of the venue ends at "
        f"{ceiling:g} m: {listed(ids)}.",
        f"{len(ids)} 个点火的烟花高度达 {top[worst]:.0f} 米，场地许可为 {ceiling:g} 米：{listed(ids)}。",
        int(shots.lift_us[over].min()),
        int(shots.end_us[over].max()),
        ids,
        float(top[worst]),
        ceiling,
        "m",
        (x, y, float(top[worst])),
    )


def _debris(case: Case, reach: Floats) -> Iterator[Finding]:
    shots = case.plan.shots
    shells = np.flatnonzero(np.asarray(shots.kind) == ShotKind.SHELL)
    zones = (*case.zones("dry_grass"), *case.zones("special"))
    if not len(shells) or not zones:
        return
    # the strongest wind on its way: that of the break
    wind = wind_at(case.plan.venue.wind, shots.break_m[shells, 2])[:, :2]
    place = shots.break_m[shells, :2]
    height = np.maximum(0.0, shots.break_m[shells, 2] - shots.origin_m[shells, 2])[:, None]
    near, far = place + wind * height / FASTEST_MPS, place + wind * height / SLOWEST_MPS
    for zone in zones:
        area, ring = Polygon(zone.ring), ring_of(zone)
        drift = 0.5 * np.linalg.norm(far - near, axis=1)
        close = np.flatnonzero(distances(0.5 * (near + far), ring) <= drift + reach[shells])
        hit = [k for k in close if LineString([near[k], far[k]]).distance(area) <= reach[shells[k]]]
        if hit:
            ids = _ids(case, shells[hit])
            name = zone.name or zone.id
            grass = zone.kind == "dry_grass"
            x, y = ring.mean(axis=0)
            yield Finding(
                "FWK-025",
                "warn",
                f"Paper and casings of {counted(len(ids), 'cue')} come down on "
                f"{'the dry grass' if grass else 'the special hazard'} ({name}): {listed(ids)}.",
                f"{len(ids)} 个点火的纸屑与壳体会落到{'干草地' if grass else '特殊危险源'}（{name}）：{listed(ids)}。",
                int(shots.break_us[shells[hit]].min()),
                int(shots.end_us[shells[hit]].max()),
                (*ids, zone.id),
                place_m=(float(x), float(y), 0.0),
            )


def _smoke(case: Case, top: Floats) -> Finding:
    shots = case.plan.shots
    when = np.sort(shots.lift_us)
    within = np.searchsorted(when, when + MINUTE_US, side="left") - np.arange(len(when))
    busiest = int(within.argmax())
    begin, count = int(when[busiest]), int(within[busiest])
    rows = np.flatnonzero((shots.lift_us >= begin) & (shots.lift_us < begin + MINUTE_US))
    places = np.concatenate([shots.origin_m[rows, :2], shots.break_m[rows, :2]])
    wide = np.maximum(20.0, np.ptp(places, axis=0))
    high = max(20.0, float(top[rows].max() - shots.origin_m[rows, 2].min()))
    volume = float(wide[0] * wide[1] * high)
    speed = case.plan.venue.wind.speed_mps
    if speed < CALM_MPS:
        said, said_zh = "without wind their smoke stays in it", "无风时烟雾不散"
        renewed = None
    else:
        blows = np.abs(wind_vector(case.plan.venue.wind)[:2]) / speed
        renewed = float(wide @ blows) / speed
        said = f"a wind of {speed:g} m/s renews it in {renewed:.0f} s"
        said_zh = f"风速 {speed:g} 米/秒时 {renewed:.0f} 秒换气一次"
    return Finding(
        "FWK-026",
        "note",
        f"In the busiest minute, from {clock(begin)}, {count} shots burn in {volume / 1e6:.2f} million cubic metres of "
        f"air; {said}.",
        f"最密集的一分钟自 {clock(begin)} 起，{count} 发烟花处于 {volume / 1e6:.2f} 百万立方米空气中；{said_zh}。",
        begin,
        begin + MINUTE_US,
        measured=renewed,
        unit="s" if renewed is not None else "",
    )
