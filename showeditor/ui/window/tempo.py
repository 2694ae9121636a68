"""Tapping the tempo: the beat of a hand becomes the tempo map from the playhead's bar on."""

from collections.abc import Callable
from itertools import pairwise
from statistics import median
from time import monotonic_ns

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMainWindow

from showeditor.model.music import PPQ, Music, TempoMark
from showeditor.model.show import Show
from showeditor.timeline.births import changed
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.language import word
from showeditor.ui.window.commands import Commands

LEAST_TAPS = 4
"""Fewer taps say too little about a tempo."""

PAUSE_US = 2_000_000
"""After so long without a tap the tempo is entered, and the next tap begins anew."""

KEPT = 16
"""Only the last taps count, so that a hand can settle into the beat."""

DOWNBEAT_US = 10_000
"""One step of the downbeat's keys."""


class Tapping(QObject):
    """Collects taps; when they end, the tempo is one step of the history."""

    def __init__(self, desk: Desk, commands: Commands, window: QMainWindow) -> None:
        super().__init__(window)
        self.desk = desk
        self.clock_us: Callable[[], int] = lambda: monotonic_ns() // 1000
        self._taps: list[int] = []
        self._from_us = 0
        self._document = desk.document
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(PAUSE_US // 1000)
        self._end.timeout.connect(self.finish)
        commands["tap"].setAutoRepeat(False)
        commands.do("tap", self.tap)
        commands.do("downbeat_back", self.downbeat_back)
        commands.do("downbeat_forward", self.downbeat_forward)

    @guarded
    def downbeat_back(self) -> None:
        """The grid, and all that is held by it, a little earlier."""
        self._nudge(-DOWNBEAT_US)

    @guarded
    def downbeat_forward(self) -> None:
        """The grid, and all that is held by it, a little later."""
        self._nudge(DOWNBEAT_US)

    def _nudge(self, dt_us: int) -> None:
        show = self.desk.show
        music = show.music or Music()
        music = changed(music, downbeat_us=music.downbeat_us + dt_us)
        self.desk.apply(changed(show, music=music), word("Nudge the downbeat"))

    @guarded
    def tap(self) -> None:
        """One beat of the hand; the first one says from which bar on the tempo counts."""
        now = self.clock_us()
        if not self._taps or self._document != self.desk.document:
            self._taps = []
            self._from_us = self.desk.state.playhead_us
            self._document = self.desk.document
        self._taps = [*self._taps, now][-KEPT:]
        if len(self._taps) < LEAST_TAPS:
            self.desk.said.emit(self.tr("Tap {n}; at least {least}").format(n=len(self._taps), least=LEAST_TAPS))
        else:
            self.desk.said.emit(self.tr("{n} beats a minute").format(n=f"{60e6 / beat_us(self._taps):.1f}"))
        self._end.start()

    @guarded
    def finish(self) -> None:
        """Enters the tempo that was tapped, if there were enough taps."""
        taps, self._taps = self._taps, []
        self._end.stop()
        if len(taps) >= LEAST_TAPS and self._document == self.desk.document:
            self.desk.apply(with_beat(self.desk.show, self._from_us, beat_us(taps)), word("Tap the tempo"))


def beat_us(taps_us: list[int]) -> int:
    """The length of a beat from at least two taps: the median of the gaps, so that one slip changes nothing."""
    return max(1, round(median(b - a for a, b in pairwise(taps_us))))


def with_beat(show: Show, t_us: int, beat: int) -> Show:
    """The show whose beats last `beat` microseconds from the bar at a time on, until its end."""
    music = show.music or Music()
    tempo = music.tempo
    tick = max(0, tempo.tick_of_us(t_us - music.downbeat_us))
    bar = tempo.tick_of_bar(tempo.bar_beat(tick)[0])
    quarter = max(1, round(beat * PPQ / tempo.signature_at(bar).beat_ticks))
    kept = tuple(mark for mark in tempo.tempos if mark.tick < bar)
    new = changed(tempo, tempos=(*kept, TempoMark(bar, quarter)))
    return show if new is tempo and show.music else changed(show, music=changed(music, tempo=new))
