"""The path view: which drones' ways are drawn in the 3D picture, and over which span of time."""

from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from showeditor.model.arrays import Singles
from showeditor.model.music import moment_us
from showeditor.model.plan import Plan
from showeditor.model.show import Show
from showeditor.stage.ways import way_lines
from showeditor.ui.desk import Desk

Who = Literal["none", "chosen", "all"]
Span = Literal["near", "flight", "loop", "show"]

NEAR_US = 5_000_000
_STEP_US = 500_000


class Ways(QObject):
    """Lines of the ways, made anew when plan, selection or span change."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.who: Who = "none"
        self.span: Span = "flight"
        self._made: tuple[Plan, tuple[int, ...] | None, tuple[int, int]] | None = None
        self._lines: Singles | None = None
        desk.loopChanged.connect(self.changed)

    def now(self) -> Singles | None:
        """The lines for the playhead as it stands; None when none are wanted."""
        plan = self.desk.plan
        if self.who == "none" or not len(plan.drones):
            return None
        rows: tuple[int, ...] | None = None
        if self.who == "chosen":
            rows = tuple(k for k, name in enumerate(plan.drones.name) if name in self.desk.selection)
        key = (plan, rows, self._times())
        if self._made is None or self._made[0] is not plan or self._made[1:] != key[1:]:
            self._made = key
            self._lines = way_lines(plan.drones, rows, *key[2])
        return self._lines

    def _times(self) -> tuple[int, int]:
        show, now = self.desk.show, self.desk.state.playhead_us
        if self.span == "show":
            return 0, show.duration_us
        if self.span == "loop" and self.desk.state.loop_us is not None:
            return self.desk.state.loop_us
        if self.span == "flight":
            return flight_around(show, now)
        # in steps, so that playing does not ask for new lines in every frame
        begin = now // _STEP_US * _STEP_US
        return max(0, begin - NEAR_US), begin + NEAR_US

    def set_who(self, who: Who) -> None:
        """Whose ways are drawn."""
        self.who = who
        self.changed.emit()

    def set_span(self, span: Span) -> None:
        """Over which time."""
        self.span = span
        if self.who == "none":
            self.who = "all"
        self.changed.emit()

    def fill(self, menu: QMenu) -> None:
        """Puts the choices into a menu."""
        people: tuple[tuple[Who, str], ...] = (
            ("none", self.tr("No paths")),
            ("chosen", self.tr("Paths of the selected drones")),
            ("all", self.tr("Paths of all drones")),
        )
        group = QActionGroup(menu)
        for who, text in people:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(who == self.who)
            group.addAction(action)
            action.triggered.connect(lambda _on=False, w=who: self.set_who(w))
        menu.addSeparator()
        spans: tuple[tuple[Span, str], ...] = (
            ("flight", self.tr("From scene to scene at the playhead")),
            ("near", self.tr("5 s before and after the playhead")),
            ("loop", self.tr("In the loop range")),
            ("show", self.tr("In the whole show")),
        )
        more = QActionGroup(menu)
        for span, text in spans:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(span == self.span)
            more.addAction(action)
            action.triggered.connect(lambda _on=False, s=span: self.set_span(s))


def flight_around(show: Show, t_us: int) -> tuple[int, int]:
    """From when the scene before a moment is left until the scene after it stands, over all flights.

    During a scene: the way there. After the last one: until the end of the show.
    """
    begin, end = 0, show.duration_us
    for flight in show.flights:
        at = moment_us(flight.takeoff, show.music)
        for scene in sorted(flight.scenes, key=lambda s: moment_us(s.arrive, show.music)):
            arrive = moment_us(scene.arrive, show.music)
            if at <= t_us < arrive + scene.hold_us:
                begin, end = max(begin, at), min(end, arrive)
            at = arrive + scene.hold_us
        if at <= t_us:
            begin = max(begin, at)
    return (begin, end) if end > begin else (max(0, t_us - NEAR_US), t_us + NEAR_US)
