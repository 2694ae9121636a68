"""What one painting of the timeline needs to know, gathered once."""

from collections.abc import Callable
from dataclasses import dataclass, field

from showeditor.audio.pyramid import Pyramid
from showeditor.model.plan import Plan
from showeditor.model.show import Show
from showeditor.ui.timeline.axis import Axis
from showeditor.ui.timeline.lanes import HEADER_PX, Lanes
from showeditor.ui.timeline.rows import CueRows


@dataclass(slots=True)
class View:
    """Axis, lanes, data and texts for the painters; x is counted from the right edge of the headers."""

    show: Show
    plan: Plan
    axis: Axis
    lanes: Lanes
    rows: CueRows
    width: int
    height: int
    selection: frozenset[str] = frozenset()
    offenders: frozenset[str] = frozenset()
    pyramid: Pyramid | None = None
    rippling: bool = False
    words: dict[str, str] = field(default_factory=dict)

    def x(self, t_us: float) -> float:
        """Widget pixels of a time."""
        return HEADER_PX + self.axis.x(t_us)

    def span(self) -> tuple[int, int]:
        """The time at the left and right edge of the lanes."""
        return self.axis.t(0), self.axis.t(self.width - HEADER_PX)


Words = Callable[[], dict[str, str]]
