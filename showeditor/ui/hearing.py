"""The sound of the fireworks while playing: made off the window's thread whenever the plan has come to rest."""

import math

from PySide6.QtCore import QObject, QTimer

from showeditor.audio.reports import heard, mixed, reports_of
from showeditor.audio.sound import Sound
from showeditor.model.plan import Plan
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded, reporter

REST_MS = 700
"""A plan that changes faster (a drag) is not made audible."""

_RATE = 48_000
_HEAD_M = 1.7


class Hearing(QObject):
    """Mixes the reports of the plan, as the first seat hears them, under the music; off until it is asked for."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.on = False
        self._key: object = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._make)
        for signal in (desk.planChanged, desk.musicChanged, desk.showChanged, desk.playingChanged):
            signal.connect(self._later)

    def set_on(self, on: bool) -> None:
        """Turns the sound of the fireworks on or off."""
        self.on = on
        if on:
            self._later()
        else:
            self._key = None
            self.desk.hear_instead(None)

    @guarded
    def _later(self) -> None:
        if self.on:
            self._rest.start()

    @guarded
    def _make(self) -> None:
        desk = self.desk
        if not self.on or desk.transport.playing:
            return
        plan, music, sound = desk.plan, desk.show.music, desk.heard.sound
        ear, facing = _ear(plan)
        start_us, gain_db = (music.start_us, music.gain_db) if music is not None else (0, 0.0)
        key = (id(plan.shots), id(plan.bursts), id(sound), start_us, gain_db, ear, facing, plan.duration_us)
        if key == self._key:
            return
        self._key = key
        rate = sound.rate if sound is not None else _RATE

        def work() -> Sound:
            return mixed(
                sound, start_us, gain_db, heard(reports_of(plan), ear, facing, plan.duration_us, rate), rate
            )  # fmt: skip

        def done(both: Sound) -> None:
            if self.on and key == self._key:
                desk.hear_instead(both)

        desk.jobs.start(work, done, lambda error: reporter.report(None, error))


def _ear(plan: Plan) -> tuple[tuple[float, float, float], float]:
    """Where the show is heard from, and the heading the listener looks along: the first seat, else the origin."""
    for seat in plan.venue.seats:
        east, north = seat.look_m[0] - seat.eye_m[0], seat.look_m[1] - seat.eye_m[1]
        return seat.eye_m, math.degrees(math.atan2(east, north)) if (east, north) != (0.0, 0.0) else 0.0
    return (0.0, 0.0, _HEAD_M), plan.venue.heading_deg
