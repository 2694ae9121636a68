"""How far light in a file lies from that of the plan, within an allowance of time and of levels."""

from dataclasses import dataclass

import numpy as np

from showeditor.model.arrays import Floats, Longs
from showeditor.model.plan import Drones


@dataclass(frozen=True, slots=True)
class Light:
    """The light of one drone: keys at `t_us`, colours (n, channels), ramps."""

    t_us: Longs
    colour: Floats
    fade: np.ndarray[tuple[int], np.dtype[np.bool_]]

    def at(self, t_us: Longs, before: bool) -> Floats:
        """Colours (m, channels) at these moments; `before` gives the value just before a step at that moment."""
        n = len(self.t_us)
        out = np.zeros((len(t_us), self.colour.shape[1]))
        if n == 0:
            return out
        k = np.searchsorted(self.t_us, t_us, side="left" if before else "right") - 1
        lit = k >= 0
        k = np.maximum(k, 0)
        nxt = np.minimum(k + 1, n - 1)
        span = np.maximum(self.t_us[nxt] - self.t_us[k], 1)
        share = np.where(self.fade[nxt] & (nxt > k), (t_us - self.t_us[k]) / span, 0.0)[:, None]
        out[lit] = (self.colour[k] + (self.colour[nxt] - self.colour[k]) * np.clip(share, 0.0, 1.0))[lit]
        return out


def light_of(drones: Drones, i: int, white: bool) -> Light:
    """The light of drone `i`; without `white` its white channel is added to the others."""
    rows = slice(int(drones.key_start[i]), int(drones.key_start[i + 1]))
    colour = drones.key_rgbw[rows].astype(np.float64)
    if not white:
        colour = np.minimum(255.0, colour[:, :3] + colour[:, 3:])
    fade = drones.key_fade[rows].copy()
    if len(fade):
        fade[0] = False
    return Light(np.maximum(drones.key_t_us[rows], 0), colour, fade)


def off_by(planned: Light, read: Light, late_us: int) -> tuple[float, int]:
    """The levels by which `read` leaves what `planned` shows within `late_us` around the same moment, and when.

    Tested just before and after every key of both, in the middle between, and at the ends of the allowance around the
    plan's keys; between those moments all curves concerned are straight.
    """
    marks = np.unique(np.concatenate([planned.t_us, read.t_us, planned.t_us - late_us, planned.t_us + late_us]))
    if len(marks) == 0:
        return 0.0, 0
    t = np.unique(np.concatenate([marks, (marks[:-1] + marks[1:]) // 2]))
    low, high = _window(planned, t, late_us)
    worst, when = 0.0, 0
    for before in (True, False):
        shown = read.at(t, before)
        excess = np.maximum(low - shown, shown - high).max(axis=1)
        k = int(np.argmax(excess))
        if excess[k] > worst:
            worst, when = float(excess[k]), int(t[k])
    return worst, when


def _window(planned: Light, t: Longs, late_us: int) -> tuple[Floats, Floats]:
    values = [planned.at(t + shift, before) for shift in (-late_us, late_us) for before in (True, False)]
    low, high = np.minimum.reduce(values), np.maximum.reduce(values)
    first = np.searchsorted(planned.t_us, t - late_us, side="left")
    last = np.searchsorted(planned.t_us, t + late_us, side="right")
    if len(planned.t_us):
        before, after = planned.at(planned.t_us, True), planned.at(planned.t_us, False)
        for k in range(int((last - first).max(initial=0))):
            row = np.minimum(first + k, len(planned.t_us) - 1)
            inside = (first + k < last)[:, None]
            for side in (before, after):
                low = np.where(inside, np.minimum(low, side[row]), low)
                high = np.where(inside, np.maximum(high, side[row]), high)
    return low, high
