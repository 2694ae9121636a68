"""Where the lanes of the timeline stand, one under the other: fixed lanes on top, scrolling rows below."""

from dataclasses import dataclass
from typing import Literal

from showeditor.model.show import Show

Kind = Literal["ruler", "acts", "emotion", "wave", "flight", "recorded", "track"]

HEADER_PX = 148
OVERVIEW_PX = 14
_FIXED: tuple[tuple[Kind, int], ...] = (("ruler", 36), ("acts", 20), ("emotion", 30), ("wave", 50))
FLIGHT_PX = 46
TRACK_PX = 38


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: what it shows, the number of its flight or track, and its place before scrolling."""

    kind: Kind
    index: int
    y: int
    height: int

    @property
    def bottom(self) -> int:
        """The first pixel below."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Lanes:
    """All lanes of a show; `scroll` moves those below `fixed_px` up."""

    fixed: tuple[Lane, ...]
    rows: tuple[Lane, ...]
    fixed_px: int
    rows_px: int
    scroll: int = 0

    def y(self, lane: Lane) -> int:
        """Where a lane stands now."""
        return lane.y if lane.kind in ("ruler", "acts", "emotion", "wave") else lane.y - self.scroll

    def at(self, y: float) -> Lane | None:
        """The lane under a pixel row, None below the last."""
        if y < self.fixed_px:
            return next((lane for lane in self.fixed if lane.y <= y < lane.bottom), None)
        return next((lane for lane in self.rows if lane.y <= y + self.scroll < lane.bottom), None)

    def between(self, y0: float, y1: float) -> tuple[Lane, ...]:
        """Scrolling lanes that a vertical stretch touches."""
        low, high = y0 + self.scroll, y1 + self.scroll
        return tuple(lane for lane in self.rows if lane.bottom > low and lane.y < high)

    def row(self, kind: Kind, index: int) -> Lane | None:
        """A scrolling lane by kind and number."""
        return next((lane for lane in self.rows if lane.kind == kind and lane.index == index), None)

    def one(self, kind: Kind) -> Lane:
        """A fixed lane."""
        return next(lane for lane in self.fixed if lane.kind == kind)


def lay_out(show: Show, scroll: int = 0) -> Lanes:
    """Lanes of a show: ruler, acts, emotion, music; then its flights, its recorded flights and its tracks."""
    y = 0
    fixed: list[Lane] = []
    for kind, height in _FIXED:
        fixed.append(Lane(kind, 0, y, height))
        y += height
    top = y
    rows: list[Lane] = []
    for i in range(len(show.flights)):
        rows.append(Lane("flight", i, y, FLIGHT_PX))
        y += FLIGHT_PX
    for i in range(len(show.recorded)):
        rows.append(Lane("recorded", i, y, TRACK_PX))
        y += TRACK_PX
    for i in range(len(show.tracks)):
        rows.append(Lane("track", i, y, TRACK_PX))
        y += TRACK_PX
    return Lanes(tuple(fixed), tuple(rows), top, y - top, scroll)
