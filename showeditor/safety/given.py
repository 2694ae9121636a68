"""Whether what a plan gives can be judged at all.

VEN-001 block: a zone or the geofence crosses itself or encloses nothing, so nothing can be measured from it. Remedy:
    draw it anew.
FWK-028 block: of a shot it is not known when it leaves the tube, when it breaks, how high, or of what calibre. Remedy:
    give the effect its lift time, height and calibre.

Audience areas of shows with fireworks are FWK-005.
"""

from collections.abc import Iterator

import numpy as np
from shapely.geometry import Polygon

from showeditor.model.finding import Finding
from showeditor.model.plan import ShotKind
from showeditor.safety.case import Case
from showeditor.safety.wording import counted, listed


def judge_given(case: Case) -> Iterator[Finding]:
    """One finding per area, and one for all shots."""
    venue = case.plan.venue
    fired = len(case.plan.firing) > 0
    for zone in venue.zones:
        if not (fired and zone.kind == "audience") and not _sound(zone.ring):
            yield _crossed(zone.name or zone.id, zone.id)
    if venue.geofence is not None and not _sound(venue.geofence.ring):
        yield _crossed("geofence", "geofence")
    yield from _shots(case)


def _sound(ring: tuple[tuple[float, float], ...]) -> bool:
    area = Polygon(ring)
    return bool(area.is_valid and area.area > 0.0)


def _crossed(name: str, ident: str) -> Finding:
    return Finding(
        "VEN-001",
        "block",
        f"The area {name} crosses itself or encloses nothing: nothing can be measured from it. Draw it anew.",
        f"区域“{name}”的边界自相交或没有面积，无法据此判断。请重新绘制。",
        ids=(ident,),
    )


def _shots(case: Case) -> Iterator[Finding]:
    shots = case.plan.shots
    if not len(shots):
        return
    kind = np.asarray(shots.kind)
    shell = kind == ShotKind.SHELL
    timeless = shots.lift_us < shots.ignition_us
    timeless |= np.where(shell, shots.break_us <= shots.lift_us, shots.break_us < shots.lift_us)
    vague = shell & ~(np.asarray(shots.height_m) > 0.0)
    vague |= np.isin(kind, (ShotKind.SHELL, ShotKind.MINE)) & ~(np.asarray(shots.calibre_mm) > 0.0)
    bad = np.flatnonzero(timeless | vague)
    if len(bad):
        ids = tuple(dict.fromkeys(case.plan.firing.cue[int(k)] for k in shots.cue[bad]))
        x, y, z = (float(v) for v in shots.origin_m[bad[0]])
        yield Finding(
            "FWK-028",
            "block",
            f"Of {counted(len(ids), 'cue')} ({listed(ids)}) the lift time, the height or the calibre is not known: "
            f"they cannot be judged.",
            f"{len(ids)} 个点火（{listed(ids)}）的升空时间、高度或口径未知，无法判断。",
            int(shots.ignition_us[bad].min()),
            int(shots.end_us[bad].max()),
            ids,
            place_m=(x, y, z),
        )
