"""Ways of drones as lines: where they fly in a span of time, each in its own colour, light at the end of the way."""

import colorsys
from collections.abc import Sequence

import numpy as np

from showeditor.model.arrays import Longs, Singles
from showeditor.model.plan import Drones
from showeditor.stage.lights import drone_places

MOST_LINES = 150_000
"""Line pieces of one picture; with more drones the ways get coarser, then only every so many a drone is drawn."""

_FINEST_US, _FEWEST, _MOST_STEPS = 100_000, 12, 240
_DIM, _BRIGHT = 0.22, 0.8


def way_lines(drones: Drones, who: Sequence[int] | None, t0_us: int, t1_us: int) -> Singles:
    """The ways of drones (rows; None: all) from t0 to t1 as line ends, float32 (2 n, 7): place, colour, opacity.

    Where a drone stands still there is no line. Empty for an empty span.
    """
    rows = np.arange(len(drones)) if who is None else np.array(sorted(set(who)), np.int64)
    if not len(rows) or t1_us <= t0_us:
        return np.zeros((0, 7), np.float32)
    steps = int(np.clip((t1_us - t0_us) // _FINEST_US, _FEWEST, _MOST_STEPS))
    steps = max(_FEWEST, min(steps, MOST_LINES // len(rows)))
    # a swarm too large for the picture is shown in part, evenly taken
    rows = rows[:: -(-len(rows) * steps // MOST_LINES)]
    times = np.linspace(t0_us, t1_us, steps + 1).astype(np.int64)
    places = np.stack([drone_places(drones, int(t))[rows] for t in times])
    share = np.linspace(_DIM, _BRIGHT, steps + 1)
    ends = np.empty((steps, 2, len(rows), 7), np.float32)
    ends[:, 0, :, :3], ends[:, 1, :, :3] = places[:-1], places[1:]
    ends[..., 3:6] = _colours(rows)
    ends[:, 0, :, 6], ends[:, 1, :, 6] = share[:-1, None], share[1:, None]
    moved = np.abs(places[1:] - places[:-1]).max(axis=2) > 1e-3
    return np.ascontiguousarray(ends.transpose(0, 2, 1, 3)[moved].reshape(-1, 7))


def _colours(rows: Longs) -> Singles:
    """A colour for each drone that tells it from its neighbours: hues a golden angle apart."""
    hues = (rows * 0.618033988749895) % 1.0
    return np.array([colorsys.hsv_to_rgb(float(h), 0.55, 1.0) for h in hues], np.float32).reshape(-1, 3)
