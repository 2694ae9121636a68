"""Desk: what all widgets share; the Session, the Transport and the music, with Qt signals for what changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from showeditor.audio.pyramid import Pyramid, pyramid_of
from showeditor.audio.sound import Sound, load_sound
from showeditor.audio.transport import Transport
from showeditor.model.errors import ShowEditorError
from showeditor.model.finding import Finding
from showeditor.model.music import Music
from showeditor.model.plan import Plan
from showeditor.model.show import Show
from showeditor.session.session import Session
from showeditor.session.state import Change, State
from showeditor.timeline.picking import whole_groups
from showeditor.timeline.snap import Kind
from showeditor.ui.edge import guarded, reporter
from showeditor.ui.jobs import Jobs, Post

FRAME_MS = 16
"""Between two frames while playing."""

FRAME_US = 1_000_000 // 30
"""One step of the frame keys."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The sound that is loaded, and the part of the music it was loaded for."""

    key: tuple[str | None, str | None, Path | None]
    sound: Sound | None
    pyramid: Pyramid | None


class Desk(QObject):
    """The shared ground of the window.

    Widgets read `state` and listen to the signals; they change the show through `session` only.
    """

    changed = Signal(object)
    showChanged = Signal()
    planChanged = Signal()
    findingsChanged = Signal()
    selectionChanged = Signal()
    historyChanged = Signal()
    lightChanged = Signal()
    playheadChanged = Signal(int)
    loopChanged = Signal()
    playingChanged = Signal(bool)
    musicChanged = Signal()
    offendersChanged = Signal()
    snapChanged = Signal()
    rippleChanged = Signal()
    placeChanged = Signal()
    catalogueChanged = Signal()
    findingShown = Signal(object)
    said = Signal(str)

    def __init__(self, session: Session, transport: Transport, post: Post, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.transport = transport
        self.jobs = Jobs(post)
        self.analysis = Jobs(post)
        self.heard = Heard((None, None, None), None, None)
        self.offenders: frozenset[str] = frozenset()
        self.snapping = True
        self.rippling = False
        self.snap_kinds: frozenset[Kind] = frozenset(("beat", "bar", "marker", "cue"))
        self.place: str | None = None
        self.document = 0
        self._play_start_us = 0
        self._instead: Sound | None = None
        self._given: tuple[int, int, float] | None = None
        self._was_playing = False
        self._clock = QTimer(self)
        self._clock.setInterval(FRAME_MS)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._tick)
        self._unlisten = session.listen(self._on_change)
        self._follow_show()

    # -- reading ---------------------------------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """The session at this moment."""
        return self.session.state

    @property
    def show(self) -> Show:
        """The show that is seen."""
        return self.session.show

    @property
    def plan(self) -> Plan:
        """The newest Plan; an empty one before the first is compiled."""
        return self.session.plan or Plan(title=self.show.title, duration_us=self.show.duration_us)

    @property
    def selection(self) -> frozenset[str]:
        """Selected ids of any kind."""
        return self.session.selection

    @property
    def position(self) -> str | None:
        """The firing position new cues go to: the chosen one, else the first of the venue."""
        places = self.show.venue.positions
        if any(p.id == self.place for p in places):
            return self.place
        return places[0].id if places else None

    # -- changing --------------------------------------------------------------------------------------------------

    def open(self, show: Show, path: Path | None = None, *, saved: bool = True) -> None:
        """Begins another document."""
        self.transport.pause()
        self._follow_transport()
        self.document += 1
        self.offenders = frozenset()
        self.session.open(show, path=path, saved=saved)
        self.transport.seek(0)
        self.offendersChanged.emit()

    def apply(self, show: Show, label: str, select: Iterable[str] | None = None) -> None:
        """One undoable step."""
        self.session.apply(show, label, select)

    def choose_place(self, position: str) -> None:
        """Sets the firing position that new cues go to."""
        self.place = position
        self.placeChanged.emit()

    def set_snapping(self, on: bool) -> None:
        """Turns snapping on or off."""
        self.snapping = on
        self.snapChanged.emit()

    def set_rippling(self, on: bool) -> None:
        """Whether what follows moves along when something is moved or deleted."""
        self.rippling = on
        self.rippleChanged.emit()

    def together(self, ids: Iterable[str]) -> frozenset[str]:
        """The ids with all members of the groups that any of them belongs to."""
        wanted = frozenset(ids)
        grouped = [cue.id for cue in self.show.cues() if cue.group and cue.id in wanted]
        return wanted | whole_groups(self.show, grouped) if grouped else wanted

    def set_snap_kinds(self, kinds: frozenset[Kind]) -> None:
        """Chooses what cues snap to."""
        self.snap_kinds = kinds
        self.snapChanged.emit()

    def show_finding(self, finding: Finding | None) -> None:
        """Paints the offenders of a finding, jumps to its time and selects its ids; None paints nobody."""
        self.offenders = frozenset(finding.ids) if finding else frozenset()
        self.offendersChanged.emit()
        if finding is None:
            return
        self.seek(finding.t0_us)
        self.session.select(finding.ids)
        self.findingShown.emit(finding)

    # -- transport -------------------------------------------------------------------------------------------------

    def seek(self, t_us: int) -> None:
        """Moves the playhead (and the sound with it)."""
        t_us = min(max(0, t_us), self.show.duration_us)
        self.transport.seek(t_us)
        self.session.seek(t_us)

    def toggle_play(self) -> None:
        """Plays or pauses."""
        if not self.transport.playing:
            self._play_start_us = self.state.playhead_us
        self.transport.toggle()
        self._follow_transport()

    def play_again(self) -> None:
        """Plays from where playing last began."""
        self.seek(self._play_start_us)
        self.transport.play()
        self._follow_transport()

    def play_at(self, speed: float) -> None:
        """Plays at so many times the normal speed; 0 pauses."""
        self.transport.set_speed(speed)
        self._follow_transport()

    def shuttle(self, direction: int) -> None:
        """J, K and L."""
        self.transport.shuttle(direction)
        self._follow_transport()

    def set_loop(self, loop_us: tuple[int, int] | None) -> None:
        """Sets or clears the loop range."""
        self.session.set_loop(loop_us)

    def close(self) -> None:
        """Ends timers, threads and the sound card's use."""
        self._clock.stop()
        self._unlisten()
        self.transport.close()
        self.jobs.close()
        self.analysis.close()
        self.session.close()

    def _follow_transport(self) -> None:
        playing = self.transport.playing
        if playing and not self._clock.isActive():
            self._clock.start()
        elif not playing:
            self._clock.stop()
        if playing != self._was_playing:
            self._was_playing = playing
            self.playingChanged.emit(playing)

    @guarded
    def _tick(self) -> None:
        self.session.seek(self.transport.position_us())
        self._follow_transport()

    # -- following the session -------------------------------------------------------------------------------------

    def _on_change(self, change: Change) -> None:
        self.changed.emit(change)
        if change.touches("show"):
            self._follow_show()
            self.showChanged.emit()
        if change.touches("plan"):
            self.planChanged.emit()
        if change.touches("selection"):
            self.selectionChanged.emit()
        if change.touches("findings", "checked", "fresh"):
            self.findingsChanged.emit()
        if change.touches("light", "progress", "failure"):
            self.lightChanged.emit()
        if change.touches("undo_label", "redo_label", "dirty", "path"):
            self.historyChanged.emit()
        if change.touches("loop_us"):
            loop = self.state.loop_us
            self.transport.set_loop(*(loop or (None, None)))
            self.loopChanged.emit()
        if change.touches("playhead_us"):
            self.playheadChanged.emit(self.state.playhead_us)
        if change.touches("path"):
            self._follow_show()

    def _follow_show(self) -> None:
        self.transport.set_end(self.show.duration_us)
        music, path = self.show.music, self.state.path
        key = (music.file if music else None, music.score if music else None, path)
        if key != self.heard.key:
            self.heard = Heard(key, None, None)
            self.transport.set_sound(None)
            self.musicChanged.emit()
            self._load_music(key)
        elif music and self.heard.sound and not self.transport.playing:
            self._give_sound(music)

    def _load_music(self, key: tuple[str | None, str | None, Path | None]) -> None:
        file, score, path = key
        if path is None or (file is None and score is None):
            return
        folder = path.parent

        def load() -> tuple[Sound, Pyramid]:
            if file is not None:
                sound = load_sound(folder / file)
            else:
                from showeditor.audio.score import load_midi
                from showeditor.audio.synth import render

                sound = render(load_midi(folder / str(score)))
            return sound, pyramid_of(sound)

        def done(loaded: tuple[Sound, Pyramid]) -> None:
            if key == self.heard.key and self.show.music is not None:
                self.heard = Heard(key, *loaded)
                self._give_sound(self.show.music)
                self.musicChanged.emit()

        def failed(error: BaseException) -> None:
            if key != self.heard.key:
                return
            if isinstance(error, ShowEditorError):
                self.said.emit(str(error))
            else:
                reporter.report(None, error)

        self.jobs.start(load, done, failed)

    def hear_instead(self, sound: Sound | None) -> None:
        """Plays a sound that lies over the whole show in place of the music; None: the music again."""
        self._instead = sound
        self._given = None
        if sound is not None:
            self.transport.set_sound(sound, 0, 0.0)
        elif self.show.music is not None and self.heard.sound is not None:
            self._give_sound(self.show.music)
        else:
            self.transport.set_sound(None)

    def _give_sound(self, music: Music) -> None:
        if self._instead is not None:
            return
        wanted = (id(self.heard.sound), music.start_us, music.gain_db)
        if wanted != self._given:
            self._given = wanted
            self.transport.set_sound(self.heard.sound, music.start_us, music.gain_db)
