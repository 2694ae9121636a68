"""The status bar: time, bar and beat, tempo, counts, clock, and the check's light."""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar, QWidget

from showeditor.model.times import clock
from showeditor.ui import theme
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.timeline.axis import musical

_LIGHTS = {
    "idle": theme.FAINT,
    "checking": theme.ACCENT,
    "failed": theme.BLOCK,
    "blocked": theme.BLOCK,
    "warned": theme.WARN,
    "clear": theme.GOOD,
}


def _lamp(colour: str) -> QIcon:
    pixmap = QPixmap(24, 24)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(3, 3, 18, 18)
    painter.end()
    return QIcon(pixmap)


class StatusBar(QStatusBar):
    """What a glance at the bottom of the window tells."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setSizeGripEnabled(False)
        self._time, self._beat, self._tempo = QLabel(self), QLabel(self), QLabel(self)
        self._counts, self._clock = QLabel(self), QLabel(self)
        self.check = QPushButton(self)
        self.check.setFlat(True)
        self.check.setObjectName("check")
        self._time.setProperty("role", "time")
        self._time.setMinimumWidth(104)
        self._beat.setMinimumWidth(92)
        self._tempo.setMinimumWidth(82)
        for label in (self._time, self._beat, self._tempo):
            self.addWidget(label)
        # the bar's own messages would cover the time
        self._message = QLabel(self)
        self._message.setProperty("role", "hint")
        self.addWidget(self._message, 1)
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(8000)
        self._fade.timeout.connect(self._message.clear)
        self.addPermanentWidget(self._counts)
        self.addPermanentWidget(self._clock)
        self.addPermanentWidget(self.check)
        desk.playheadChanged.connect(self._say_time)
        desk.showChanged.connect(self._say_counts)
        desk.selectionChanged.connect(self._say_counts)
        desk.musicChanged.connect(self._say_clock)
        desk.lightChanged.connect(self._say_check)
        desk.findingsChanged.connect(self._say_check)
        desk.said.connect(self._say)
        self.retranslate()

    def retranslate(self) -> None:
        """Sets the words in the current language."""
        self.setAccessibleName(self.tr("Status"))
        self._time.setToolTip(self.tr("Show time"))
        self._beat.setToolTip(self.tr("Bar, beat and tick"))
        self._tempo.setToolTip(self.tr("Tempo"))
        self.check.setToolTip(self.tr("The safety check; a click shows the findings"))
        self._say_time(self.desk.state.playhead_us)
        self._say_counts()
        self._say_clock()
        self._say_check()

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @guarded
    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.setAccessibleName(text)
        self._fade.start()

    @guarded
    def _say_time(self, t_us: int) -> None:
        music = self.desk.show.music
        self._time.setText(clock(t_us))
        self._time.setAccessibleName(self.tr("Show time {t}").format(t=clock(t_us)))
        if music is None:
            self._beat.setText("")
            self._tempo.setText("")
            self._beat.setAccessibleName(self.tr("No musical time"))
            self._tempo.setAccessibleName(self.tr("No tempo"))
            return
        at = musical(t_us, music)
        tick = max(0, music.tempo.tick_of_us(t_us - music.downbeat_us))
        mark = [m for m in music.tempo.tempos if m.tick <= tick][-1]
        bpm = 60_000_000 / mark.us_per_quarter
        self._beat.setText(at)
        self._beat.setAccessibleName(self.tr("Bar and beat {t}").format(t=at))
        self._tempo.setText(self.tr("{n} BPM").format(n=f"{bpm:.1f}".rstrip("0").rstrip(".")))
        self._tempo.setAccessibleName(self._tempo.text())

    @guarded
    def _say_counts(self) -> None:
        show = self.desk.show
        self._say_time(self.desk.state.playhead_us)
        cues = sum(len(t.cues) for t in show.tracks)
        drones = sum(f.count for f in show.fleets) + sum(len(r.recording) for r in show.recorded if not r.muted)
        text = self.tr("{cues} cues · {drones} drones").format(cues=cues, drones=drones)
        if self.desk.selection:
            text = self.tr("{n} selected · {rest}").format(n=len(self.desk.selection), rest=text)
        self._counts.setText(text)
        self._counts.setAccessibleName(text)

    @guarded
    def _say_clock(self) -> None:
        virtual = "virtual" in self.desk.transport.clock_name
        text = self.tr("Virtual clock (no sound card)") if virtual else self.tr("Clock: sound card")
        self._clock.setToolTip(self.desk.transport.clock_name)
        self._clock.setText(text)
        self._clock.setAccessibleName(text)

    @guarded
    def _say_check(self) -> None:
        state = self.desk.state
        blocks = sum(f.severity == "block" for f in state.findings)
        warns = sum(f.severity == "warn" for f in state.findings)
        text = {
            "idle": self.tr("not checked"),
            "checking": self.tr("checking…"),
            "failed": self.tr("check failed"),
            "blocked": self.tr("stops: {n}").format(n=blocks),
            "warned": self.tr("warnings: {n}").format(n=warns),
            "clear": self.tr("clear"),
        }[state.light]
        self.check.setIcon(_lamp(_LIGHTS[state.light]))
        self.check.setText(text)
        self.check.setAccessibleName(self.tr("Safety check: {state}").format(state=text))
