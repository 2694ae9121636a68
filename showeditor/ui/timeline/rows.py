"""What the timeline draws of the cues: one contiguous slice of the Plan's firing table per track."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from showeditor.model.arrays import Flags, Floats, Ints, Longs
from showeditor.model.cue import Track
from showeditor.model.plan import Plan
from showeditor.model.show import Show

Rgb8 = tuple[int, int, int]
PLAIN: Rgb8 = (150, 156, 166)


@dataclass(frozen=True, slots=True)
class TrackRows:
    """The cues of one track: ids, the three times (n,), the height 0..1 by calibre and a row of `colours` each."""

    track: Track
    ids: tuple[str, ...]
    ignition_us: Longs
    bloom_us: Longs
    end_us: Longs
    height: Floats
    colour: Ints

    def visible(self, t0_us: int, t1_us: int) -> Ints:
        """Rows that reach into [t0, t1]."""
        return np.flatnonzero((self.end_us >= t0_us) & (self.ignition_us <= t1_us)).astype(np.int32)


class CueRows:
    """Rows of every track; rebuilt per Plan, with ids of unchanged tracks kept."""

    def __init__(self) -> None:
        self.tracks: tuple[TrackRows, ...] = ()
        self.colours: list[Rgb8] = [PLAIN]
        self._colour_of: dict[str, int] = {}
        self._ids: dict[int, tuple[Track, tuple[str, ...]]] = {}
        self._where: dict[str, tuple[int, int]] | None = None

    def update(self, show: Show, plan: Plan) -> None:
        """Reads the rows of `plan`, which was compiled from `show`."""
        firing = plan.firing
        self._learn_colours(plan)
        colour = np.fromiter((self._colour_of.get(e, 0) for e in firing.effect), np.int32, len(firing))
        height = np.clip(np.sqrt(np.asarray(firing.calibre_mm, np.float64) / 200.0), 0.32, 1.0)
        kept = {id(t): self._ids[id(t)] for t in show.tracks if id(t) in self._ids and self._ids[id(t)][0] is t}
        self._ids = {id(t): kept.get(id(t)) or (t, tuple(c.id for c in t.cues)) for t in show.tracks}
        tracks: list[TrackRows] = []
        at = 0
        row_of: Mapping[str, int] | None = None
        for track in show.tracks:
            ids = self._ids[id(track)][1]
            n = len(ids)
            if firing.cue[at : at + n] == ids:
                rows: slice | Ints = slice(at, at + n)
                at += n
            else:
                # some cue has no row (its place or effect is unknown): find the others by name
                if row_of is None:
                    row_of = {name: i for i, name in enumerate(firing.cue)}
                found = [row_of[name] for name in ids if name in row_of]
                ids = tuple(name for name in ids if name in row_of)
                rows = np.array(found, np.int32)
                at = (found[-1] + 1) if found else at
            tracks.append(
                TrackRows(
                    track,
                    ids,
                    firing.ignition_us[rows],
                    firing.bloom_us[rows],
                    firing.end_us[rows],
                    height[rows],
                    colour[rows],
                )
            )
        self.tracks = tuple(tracks)
        self._where = None

    def _learn_colours(self, plan: Plan) -> None:
        unknown = {e for e in plan.firing.effect if e not in self._colour_of}
        if not unknown:
            return
        bursts = plan.bursts
        # the first break of a cue gives its colour; a comet has none and shows that of its tail
        order = np.argsort(np.asarray(bursts.rides), kind="stable") if len(bursts) else np.zeros(0, np.int64)
        rows, first = np.unique(plan.shots.cue[bursts.shot[order]], return_index=True)
        look_of_row = dict(zip(rows.tolist(), bursts.look[order][first].tolist(), strict=True))
        for row, effect in enumerate(plan.firing.effect):
            if effect in self._colour_of:
                continue
            look = look_of_row.get(row)
            if look is None:
                self._colour_of[effect] = 0
                continue
            self.colours.append(display_colour(plan.looks[look].colour))
            self._colour_of[effect] = len(self.colours) - 1

    def where(self, cue: str) -> tuple[int, int] | None:
        """Track index and row of a cue, or None."""
        if self._where is None:
            self._where = {name: (t, i) for t, rows in enumerate(self.tracks) for i, name in enumerate(rows.ids)}
        return self._where.get(cue)

    def chosen(self, rows: TrackRows, selection: frozenset[str]) -> Flags:
        """Which rows of a track are selected (n,)."""
        if not selection:
            return np.zeros(len(rows.ids), np.bool_)
        return np.fromiter((name in selection for name in rows.ids), np.bool_, len(rows.ids))

    def bloom_of(self, cue: str) -> int | None:
        """Bloom time of a cue, or None when it has no row."""
        place = self.where(cue)
        return None if place is None else int(self.tracks[place[0]].bloom_us[place[1]])


def display_colour(linear: tuple[float, float, float]) -> Rgb8:
    """A light's hue as a screen colour of good brightness: linear RGB scaled to its peak, then sRGB."""
    peak = max(*linear, 1e-6)
    parts = []
    for value in linear:
        v = min(max(value / peak, 0.0), 1.0)
        s = 12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055
        parts.append(round(40 + 205 * s))
    return parts[0], parts[1], parts[2]
