"""Headings of drones as formats count them; the program's own are degrees clockwise from north, not wrapped."""

import numpy as np

from showeditor.export.payload import heading_of, turning
from showeditor.model.arrays import Floats, Longs
from showeditor.model.plan import Drones


def heading_at(drones: Drones, i: int, t_us: Longs) -> Floats:
    """The heading of drone `i` at these moments, degrees clockwise from north; zeros where it has none."""
    t, deg = heading_of(drones, i)
    return np.interp(t_us, t, deg) if len(t) else np.zeros(len(t_us))


def stray_deg(drones: Drones, tick_us: int) -> float:
    """The most that straight lines between headings every `tick_us` from show zero leave the plan's."""
    worst = 0.0
    for i in turning(drones):
        t, deg = heading_of(drones, i)
        before = t // tick_us * tick_us
        low, high = heading_at(drones, i, before), heading_at(drones, i, before + tick_us)
        worst = max(worst, float(np.abs(low + (high - low) * (t - before) / tick_us - deg).max()))
    return worst


def in_milliseconds(t_us: Longs, deg: Floats) -> tuple[Longs, Floats]:
    """Heading keys on whole milliseconds, one for each; of keys on one millisecond the last stays."""
    t_ms = (2 * t_us + 1000) // 2000
    keep = np.append(np.diff(t_ms) > 0, True)
    return t_ms[keep], deg[keep]
