"""A conflict in slow motion: the loop around it at an eighth of the speed, the camera on it, the distance said live."""

from dataclasses import dataclass, replace
from math import asin, degrees, radians, tan

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from showeditor.model.arrays import Floats, Singles
from showeditor.model.errors import ShowEditorError
from showeditor.model.finding import Finding
from showeditor.model.times import clock
from showeditor.model.venue import Vec3
from showeditor.safety.figures_conflict import Conflict, conflict_of
from showeditor.stage.camera import Camera
from showeditor.stage.overlay_strokes import stroke
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded, reporter
from showeditor.ui.jobs import Jobs, Post

SPEED = 0.125
EYE_M = 2.0
LOW_M, LOOK_DOWN_DEG = 8.0, 15.0
LOOKS = 24
"""Moments of the span at which is looked where the two are nearest."""

_BETWEEN = (1.0, 0.25, 0.2, 0.95)


@dataclass(frozen=True, slots=True)
class Before:
    """What is put back at the end."""

    camera: Camera
    loop_us: tuple[int, int] | None
    playhead_us: int
    playing: bool


class SlowMotion(QWidget):
    """A bar over the 3D picture while a conflict is shown; it steers transport and camera."""

    cameraWanted = Signal(object)
    targetWanted = Signal(object)
    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.conflict: Conflict | None = None
        self._before: Before | None = None
        self._asked = 0
        self._post = Post(self)
        self._jobs = Jobs(self._post)
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.end_button = QToolButton(self)
        self.end_button.clicked.connect(self.end)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 8, 2)
        row.addWidget(self.label, 1)
        row.addWidget(self.end_button)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setContext(Qt.ShortcutContext.WindowShortcut)
        self._escape.activated.connect(self.end)
        self._escape.setEnabled(False)
        desk.playheadChanged.connect(self._follow)
        desk.planChanged.connect(self._on_plan)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Sets the words in the current language."""
        self.setAccessibleName(self.tr("Conflict in slow motion"))
        self.end_button.setText(self.tr("End (Esc)"))
        self.end_button.setToolTip(self.tr("Back to where the playhead, the loop and the camera were"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def begin(self, finding: Finding, camera: Camera) -> None:
        """Shows the conflict of a finding as soon as it is worked out; what is shown already is ended."""
        self.end()
        self._asked += 1
        asked, plan = self._asked, self.desk.plan

        def prepared() -> tuple[Conflict, float]:
            conflict = conflict_of(plan, finding)
            return conflict, _radius(conflict)

        def done(found: tuple[Conflict, float]) -> None:
            if asked == self._asked and plan is self.desk.plan:
                self._start(*found, camera)

        def failed(error: BaseException) -> None:
            if isinstance(error, (ShowEditorError, ValueError)):
                self.desk.said.emit(str(error))
            else:
                reporter.report(self, error)

        self._jobs.start(prepared, done, failed)

    def _start(self, conflict: Conflict, radius_m: float, camera: Camera) -> None:
        state = self.desk.state
        self._before = Before(camera, state.loop_us, state.playhead_us, self.desk.transport.playing)
        self.conflict = conflict
        self._escape.setEnabled(True)
        self.show()
        low, high = conflict.span_us
        self.desk.set_loop((low, high))
        self.desk.seek(low)
        self.desk.play_at(SPEED)
        seen = conflict.view(low)
        if seen is not None:
            self.cameraWanted.emit(framed(camera, _vec(seen[0]), radius_m))
        self._say()

    @guarded
    def end(self) -> None:
        """Puts everything back."""
        self._asked += 1
        before, self.conflict, self._before = self._before, None, None
        self._escape.setEnabled(False)
        self.hide()
        if before is None:
            return
        self.desk.play_at(0.0)
        self.desk.set_loop(before.loop_us)
        self.desk.seek(before.playhead_us)
        self.cameraWanted.emit(before.camera)
        if before.playing:
            self.desk.play_at(1.0)
        self.changed.emit()

    def line(self) -> Singles | None:
        """The line between the nearest two at the playhead."""
        near = self.conflict.nearest(self.desk.state.playhead_us) if self.conflict is not None else None
        return stroke(near.ends_m, _BETWEEN) if near is not None and near.other else None

    def shut(self) -> None:
        """Ends the thread."""
        self._post.close()
        self._jobs.close()

    @guarded
    def _on_plan(self) -> None:
        if self.conflict is not None and self.desk.plan is not self.conflict.plan:
            self.end()

    @guarded
    def _follow(self) -> None:
        if self.conflict is None:
            return
        seen = self.conflict.view(self.desk.state.playhead_us)
        if seen is not None:
            # only the place it looks at: the designer may turn and zoom meanwhile
            self.targetWanted.emit(_vec(seen[0]))
        self._say()

    @guarded
    def _say(self) -> None:
        if self.conflict is None:
            return
        now, finding = self.desk.state.playhead_us, self.conflict.finding
        near = self.conflict.nearest(now)
        if near is None:
            text = self.tr("nothing near at this moment")
        elif near.other:
            text = self.tr("{a} – {b}: {gap} m").format(a=near.one, b=near.other, gap=f"{near.gap_m:.2f}")
            if finding.limit is not None and finding.unit == "m":
                text += " " + self.tr("(at least {limit} m)").format(limit=f"{finding.limit:.2f}")
        elif near.gap_m < 0:
            text = self.tr("{a}: {depth} m inside the keep-out").format(a=near.one, depth=f"{-near.gap_m:.2f}")
        else:
            text = self.tr("{a}: {gap} m outside the keep-out").format(a=near.one, gap=f"{near.gap_m:.2f}")
        self.label.setText(f"{finding.code}   1/8 ×   {clock(now)}   {text}")
        self.label.setAccessibleName(self.label.text())


def _radius(conflict: Conflict) -> float:
    """What the camera must hold: four times the nearest approach around, for keep-outs the balls that hold."""
    low, high = conflict.span_us
    seen = [conflict.view(int(t)) for t in np.linspace(low, high, LOOKS)]
    least = min((view[1] for view in seen if view is not None), default=10.0)
    if conflict.keep is not None and len(conflict.keep.spheres.radius):
        return float(min(150.0, 2.0 * conflict.keep.spheres.radius.max()))
    return max(4.0, 1.6 * least)


def _vec(place: Floats) -> Vec3:
    x, y, z = (float(v) for v in place)
    return x, y, z


def framed(camera: Camera, target_m: Vec3, radius_m: float) -> Camera:
    """The camera turned to a place so that a ball of this radius fills three quarters of the picture's height."""
    if camera.height_m > 0.0:
        return replace(camera, target_m=target_m, height_m=2.0 * radius_m / 0.75)
    distance = radius_m / 0.75 / tan(radians(camera.fov_deg) / 2.0)
    return above_ground(replace(camera, target_m=target_m, distance_m=distance))


def above_ground(camera: Camera) -> Camera:
    """The camera raised where it would look from below the ground, or along it at something that stands there."""
    low = camera.target_m[2] < LOW_M
    if camera.eye_m[2] >= EYE_M and not (low and camera.elevation_deg < LOOK_DOWN_DEG):
        return camera
    rise = degrees(asin(max(-1.0, min(1.0, (EYE_M - camera.target_m[2]) / camera.distance_m))))
    return replace(camera, elevation_deg=max(rise, LOOK_DOWN_DEG) if low else rise)
