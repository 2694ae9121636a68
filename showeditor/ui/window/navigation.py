"""Transport commands: playing, stepping from cue to cue and marker to marker, loop, markers."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QMainWindow

from showeditor.model.music import moment_us
from showeditor.timeline import parts
from showeditor.ui.desk import FRAME_US, Desk
from showeditor.ui.edge import guarded
from showeditor.ui.hearing import Hearing
from showeditor.ui.icons import icon
from showeditor.ui.language import word
from showeditor.ui.timeline.drop import here
from showeditor.ui.window.commands import Commands

NUDGE_US = 1_000
"""One step of the finest keys."""


class Navigation(QObject):
    """Where the show is looked at, and what is heard."""

    def __init__(self, desk: Desk, commands: Commands, window: QMainWindow) -> None:
        super().__init__(window)
        self.desk = desk
        self.commands = commands
        self.window = window
        handlers: dict[str, Callable[[], None]] = {
            "play": self.play,
            "play_again": self.play_again,
            "shuttle_back": self.shuttle_back,
            "shuttle_stop": self.shuttle_stop,
            "shuttle_forward": self.shuttle_forward,
            "previous_cue": self.previous_cue,
            "next_cue": self.next_cue,
            "nudge_back": self.nudge_back,
            "nudge_forward": self.nudge_forward,
            "frame_back": self.frame_back,
            "frame_forward": self.frame_forward,
            "home": self.home,
            "end": self.end,
            "loop_in": self.loop_in,
            "loop_out": self.loop_out,
            "loop_clear": self.loop_clear,
            "loop": self.loop,
            "marker": self.marker,
            "named_marker": self.named_marker,
            "previous_marker": self.previous_marker,
            "next_marker": self.next_marker,
        }
        for name, handler in handlers.items():
            commands.do(name, handler)
        self.hearing = Hearing(desk, self)
        commands["hear_bursts"].toggled.connect(self.hearing.set_on)
        desk.playingChanged.connect(self._on_playing)
        desk.loopChanged.connect(self._on_loop)

    @guarded
    def _on_playing(self, playing: bool) -> None:
        self.commands["play"].setIcon(icon("pause" if playing else "play"))

    @guarded
    def _on_loop(self) -> None:
        self.commands["loop"].setChecked(self.desk.state.loop_us is not None)

    @guarded
    def play(self) -> None:
        """Plays or pauses."""
        self.desk.toggle_play()

    @guarded
    def play_again(self) -> None:
        """Plays from where it was begun last."""
        self.desk.play_again()

    @guarded
    def shuttle_back(self) -> None:
        """J."""
        self.desk.shuttle(-1)

    @guarded
    def shuttle_stop(self) -> None:
        """K."""
        self.desk.shuttle(0)

    @guarded
    def shuttle_forward(self) -> None:
        """L."""
        self.desk.shuttle(1)

    @guarded
    def previous_cue(self) -> None:
        """The cue or scene before the playhead."""
        self._step(-1)

    @guarded
    def next_cue(self) -> None:
        """The cue or scene after the playhead."""
        self._step(1)

    def _step(self, direction: int) -> None:
        plan, show = self.desk.plan, self.desk.show
        moments = list(zip(plan.firing.bloom_us.tolist(), plan.firing.cue, strict=True))
        moments += [(moment_us(s.arrive, show.music), s.id) for f in show.flights for s in f.scenes]
        moments.sort()
        times = [t for t, _ in moments]
        now = self.desk.state.playhead_us
        i = bisect_right(times, now) if direction > 0 else bisect_left(times, now) - 1
        if 0 <= i < len(moments):
            t = times[i]
            self.desk.seek(t)
            self.desk.session.select([name for at, name in moments if at == t])

    @guarded
    def nudge_back(self) -> None:
        """One millisecond back."""
        self.desk.seek(self.desk.state.playhead_us - NUDGE_US)

    @guarded
    def nudge_forward(self) -> None:
        """One millisecond forward."""
        self.desk.seek(self.desk.state.playhead_us + NUDGE_US)

    @guarded
    def frame_back(self) -> None:
        """One thirtieth of a second back."""
        self.desk.seek(self.desk.state.playhead_us - FRAME_US)

    @guarded
    def frame_forward(self) -> None:
        """One thirtieth of a second forward."""
        self.desk.seek(self.desk.state.playhead_us + FRAME_US)

    @guarded
    def home(self) -> None:
        """To the start."""
        self.desk.seek(0)

    @guarded
    def end(self) -> None:
        """To the end."""
        self.desk.seek(self.desk.show.duration_us)

    @guarded
    def loop_in(self) -> None:
        """The loop starts at the playhead."""
        now = self.desk.state.playhead_us
        end = (self.desk.state.loop_us or (0, self.desk.show.duration_us))[1]
        if now < (end if end > now else self.desk.show.duration_us):
            self.desk.set_loop((now, end if end > now else self.desk.show.duration_us))

    @guarded
    def loop_out(self) -> None:
        """The loop ends at the playhead."""
        now = self.desk.state.playhead_us
        start = (self.desk.state.loop_us or (0, 0))[0]
        if now > 0:
            self.desk.set_loop((start if start < now else 0, now))

    @guarded
    def loop_clear(self) -> None:
        """No loop."""
        self.desk.set_loop(None)

    @guarded
    def loop(self) -> None:
        """Loop on (the selection, else the whole show) or off."""
        if self.desk.state.loop_us is not None:
            self.desk.set_loop(None)
            return
        chosen = self.desk.selection
        firing = self.desk.plan.firing
        spans = [
            (int(firing.bloom_us[i]), int(firing.end_us[i])) for i, name in enumerate(firing.cue) if name in chosen
        ] + [(a.start_us, a.end_us) for a in self.desk.show.acts if a.id in chosen]
        low = max(0, min((s[0] for s in spans), default=0))
        high = max((s[1] for s in spans), default=self.desk.show.duration_us)
        self.desk.set_loop((low, max(high, low + 1000)))
        self._on_loop()

    @guarded
    def marker(self) -> None:
        """A marker at the playhead."""
        self._mark(word("Marker {n}").format(n=len(self.desk.show.markers) + 1))

    @guarded
    def named_marker(self) -> None:
        """A marker with a name that is asked for."""
        name, given = QInputDialog.getText(self.window, self.tr("Marker"), self.tr("Name of the marker"))
        if given and name.strip():
            self._mark(name.strip())

    def _mark(self, name: str) -> None:
        after, marker = parts.add_marker(self.desk.show, name, here(self.desk))
        self.desk.apply(after, word("Set a marker"), [marker])

    @guarded
    def previous_marker(self) -> None:
        """To the marker or act border before."""
        self._to_marker(-1)

    @guarded
    def next_marker(self) -> None:
        """To the marker or act border after."""
        self._to_marker(1)

    def _to_marker(self, direction: int) -> None:
        show = self.desk.show
        times = sorted(
            {moment_us(m.when, show.music) for m in show.markers}
            | {t for a in show.acts for t in (a.start_us, a.end_us)}
            | {0, show.duration_us}
        )
        now = self.desk.state.playhead_us
        i = bisect_right(times, now) if direction > 0 else bisect_left(times, now) - 1
        if 0 <= i < len(times):
            self.desk.seek(times[i])
