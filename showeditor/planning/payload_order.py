"""Trigger patterns: in which order, and when, the carriers of a scene fire."""

import numpy as np

from showeditor.model.arrays import Floats, Longs
from showeditor.model.payload import Trigger
from showeditor.model.swarm import Formation
from showeditor.planning.light_shapes import chances


def _way(trigger: Trigger, formation: Formation, point: Longs) -> Floats:
    """Where points (m,) come in the order of a trigger: 0 first to 1 last; all 0 when they fire together."""
    if trigger.order == "all" or not len(point):
        return np.zeros(len(point))
    if trigger.order == "random":
        drawn = chances(trigger.seed, point, np.zeros_like(point))
        rank = np.empty(len(point))
        rank[np.lexsort((point, drawn))] = np.arange(len(point))
        return rank / max(1, len(point) - 1)
    metres = formation.points.metres[point]
    if trigger.order == "path":
        value = np.array(formation.path, np.float64)[point] if formation.path else np.zeros(len(point))
    elif trigger.order in ("out-in", "in-out"):
        away = metres - 0.5 * (metres.min(axis=0) + metres.max(axis=0))
        value = np.sqrt((away * away).sum(axis=1))
    else:
        value = metres[:, 0 if trigger.order in ("left-right", "right-left") else 2]
    low, high = float(value.min()), float(value.max())
    share = (value - low) / (high - low) if high > low else np.zeros(len(point))
    turned = trigger.order in ("right-left", "out-in", "top-bottom")
    return np.asarray(1.0 - share if turned and high > low else share)


def fired(trigger: Trigger, formation: Formation, point: Longs, rows: Longs, begin_us: int) -> list[tuple[int, int]]:
    """Rows (of `point`, out of `rows`) that fire, and when: the first at `begin_us`, the last after `span_us`.

    Those that stand equally far along the order fire together; `every` counts through the order, then by point.
    """
    way = _way(trigger, formation, point[rows])
    order = np.lexsort((point[rows], way))
    chosen = order[trigger.first :: trigger.every]
    if not len(chosen):
        return []
    share = way[chosen]
    low, high = float(share.min()), float(share.max())
    share = (share - low) / (high - low) if high > low else np.zeros(len(chosen))
    t_us = begin_us + np.floor(share * trigger.span_us + 0.5).astype(np.int64)
    return list(zip(rows[chosen].tolist(), t_us.tolist(), strict=True))
