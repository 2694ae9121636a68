"""Plots: speed and acceleration of drones against their limits, and the nearest pair over the whole show."""

import math
import re
from typing import cast

import numpy as np
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from showeditor.model.arrays import Longs
from showeditor.model.errors import BadInput
from showeditor.model.plan import Plan
from showeditor.model.times import clock
from showeditor.safety.curves import GapCurve, MotionCurve, gap_curve, hardest, motion_curve
from showeditor.ui import theme
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded, reporter
from showeditor.ui.panels.curve_board import CurveBoard, Graph, Line

MOST_CURVES = 12
"""Drones whose curves are drawn at once."""

_WORST = 3
_COLOURS = ("#4f9fe0", "#e3b04b", "#c98bdb", "#57b98a", "#ff7a59", "#7fb0d6", "#d9dce1", "#4bb7b0")
_LATER_MS = 150
DISTANCE = 3
"""The graph of distances; those above it are of speeds and acceleration."""


class _Superseded(Exception):
    """The plan that a curve was computed for is no longer the newest."""


class PlotsPanel(QWidget):
    """Graphs of the newest Plan, computed beside the window; what is not seen is not computed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.gaps: tuple[Plan, GapCurve] | None = None
        self.curves: tuple[MotionCurve, ...] = ()
        self._asked: tuple[Plan, frozenset[str]] | None = None
        self._gap_asked: Plan | None = None
        self._share = 0.0
        self._who = QLineEdit(self)
        self._who.setClearButtonEnabled(True)
        self._worst = QPushButton(self)
        self._label, self._hint = QLabel(self), QLabel(self)
        for label in (self._label, self._hint):
            label.setProperty("role", "hint")
        self._label.setBuddy(self._who)
        self.board = CurveBoard(self)
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 12, 0)
        head.addWidget(self._label)
        head.addWidget(self._who, 1)
        head.addWidget(self._worst)
        head.addWidget(self._hint, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 4)
        box.addLayout(head)
        box.addWidget(self.board, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LATER_MS)
        self._timer.timeout.connect(self.refresh)
        self._who.returnPressed.connect(self._choose)
        self._worst.clicked.connect(self._show_worst)
        self.board.pointed.connect(self.point)
        desk.planChanged.connect(self._timer.start)
        desk.selectionChanged.connect(self._timer.start)
        desk.playheadChanged.connect(self.board.set_now)
        self.retranslate()

    def retranslate(self) -> None:
        """Sets the words in the current language."""
        self.setAccessibleName(self.tr("Plots"))
        self._label.setText(self.tr("Drones"))
        self._who.setAccessibleName(self.tr("Drones whose curves are drawn"))
        self._who.setPlaceholderText(self.tr("names or numbers, for example 1-3, 12; empty: the hardest"))
        self._worst.setText(self.tr("Hardest flown"))
        self._worst.setToolTip(self.tr("The drones that come nearest to their limits"))
        self.board.setAccessibleName(self.tr("Speed, acceleration and distance over time"))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Computes what was not needed while nobody looked."""
        super().showEvent(event)
        self._timer.start()

    # -- what is drawn ---------------------------------------------------------------------------------------------

    @guarded
    def refresh(self) -> None:
        """Asks for the curves of the newest plan and the selected drones."""
        plan = self.desk.session.plan
        if plan is None or not self.isVisible():
            return
        chosen = frozenset(self.desk.selection & frozenset(plan.drones.name))
        if self._asked is None or self._asked[0] is not plan or self._asked[1] != chosen:
            self._asked = (plan, chosen)
            self._ask_motion(plan, chosen)
        if self._gap_asked is not plan:
            self._gap_asked = plan
            self._share = 0.0
            self._ask_gaps(plan)
        self._draw()

    def _ask_motion(self, plan: Plan, chosen: frozenset[str]) -> None:
        def work() -> tuple[MotionCurve, ...]:
            rows = [k for k, name in enumerate(plan.drones.name) if name in chosen][:MOST_CURVES]
            return tuple(motion_curve(plan.drones, k) for k in rows or hardest(plan, _WORST))

        def done(curves: tuple[MotionCurve, ...]) -> None:
            # plans hold arrays: they are compared by identity
            if self._asked is not None and self._asked[0] is plan and self._asked[1] == chosen:
                self.curves = curves
                self._draw()

        # the quick answer must not wait behind the slow one
        self.desk.jobs.start(work, done, self._failed)

    def _ask_gaps(self, plan: Plan) -> None:
        def progress(share: float) -> None:
            if self._gap_asked is not plan:
                raise _Superseded
            self._share = share

        def done(curve: GapCurve) -> None:
            if self._gap_asked is plan:
                self.gaps = (plan, curve)
                self._draw()

        self.desk.analysis.start(lambda: gap_curve(plan, progress), done, self._failed)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, _Superseded):
            reporter.report(self, error)

    @guarded
    def _draw(self) -> None:
        plan = self.desk.plan
        curves = self.curves if self._asked is not None and self._asked[0] is plan else ()
        names = [plan.drones.name[c.drone] for c in curves]
        self._hint.setText(self._said(names))
        across = self.tr("Speed sideways, m/s")
        rise = self.tr("Speed upwards, m/s")
        accel = self.tr("Acceleration, m/s²")
        limits = plan.limits
        graphs = [
            Graph(across, "m/s", self._lines(curves, names, "across_mps"), (limits.max_speed_xy_mps,)),
            Graph(
                rise,
                "m/s",
                self._lines(curves, names, "rise_mps"),
                (limits.max_speed_up_mps, -limits.max_speed_down_mps),
            ),
            Graph(accel, "m/s²", self._lines(curves, names, "accel_mps2"), (limits.max_accel_mps2,)),
            self._gap_graph(plan),
        ]
        self.board.give(tuple(graphs), max(1, plan.duration_us))

    def _lines(self, curves: tuple[MotionCurve, ...], names: list[str], what: str) -> tuple[Line, ...]:
        return tuple(
            Line(curve.t_us, getattr(curve, what), _COLOURS[k % len(_COLOURS)], names[k])
            for k, curve in enumerate(curves)
        )

    def _gap_graph(self, plan: Plan) -> Graph:
        title = self.tr("Nearest pair of the show, m")
        limit = (plan.limits.min_gap_m,)
        if self.gaps is None or self.gaps[0] is not plan:
            return Graph(title, "m", (), limit, least=True, note=self.tr("is being computed…"))
        curve = self.gaps[1]
        if not np.isfinite(curve.gap_m).any():
            note = self.tr("nobody comes within {m} m").format(m=round(curve.ceiling_m, 1))
            return Graph(title, "m", (), limit, least=True, note=note)
        k = int(np.argmin(curve.gap_m))
        a, b = (plan.drones.name[i] for i in curve.pair[k].tolist())
        note = self.tr("least {m} m at {at}: {a} and {b}").format(
            m=round(float(curve.gap_m[k]), 2), at=clock(int(curve.at_us[k]), 1), a=a, b=b
        )
        # a window stands for its whole time: the curve is a stair
        moments = cast("Longs", curve.span_us.ravel())
        line = Line(moments, np.repeat(curve.gap_m, 2), theme.DRONE, self.tr("nearest pair"))
        return Graph(title, "m", (line,), limit, least=True, note=note)

    def _said(self, names: list[str]) -> str:
        if not names:
            return "" if len(self.desk.plan.drones) else self.tr("The show has no drones yet")
        return self.tr("Curves of {names}").format(names=", ".join(names[:6]) + ("…" if len(names) > 6 else ""))

    # -- acting ----------------------------------------------------------------------------------------------------

    @guarded
    def point(self, graph: int, t_us: int) -> None:
        """Jumps to a moment; on the graph of distances to the nearest pair there, which is selected."""
        plan = self.desk.plan
        if graph == DISTANCE and self.gaps is not None and self.gaps[0] is plan and len(self.gaps[1].gap_m):
            curve = self.gaps[1]
            k = int(np.searchsorted(curve.span_us[:, 0], t_us, side="right")) - 1
            if 0 <= k and math.isfinite(curve.gap_m[k]):
                self.desk.seek(int(curve.at_us[k]))
                self.desk.session.select([plan.drones.name[i] for i in curve.pair[k].tolist()])
                return
        self.desk.seek(t_us)

    @guarded
    def _choose(self) -> None:
        self.desk.session.select(drones_named(self._who.text(), self.desk.plan.drones.name))

    @guarded
    def _show_worst(self) -> None:
        plan = self.desk.plan
        self._who.clear()
        self.desk.jobs.start(
            lambda: [plan.drones.name[k] for k in hardest(plan, _WORST)], self.desk.session.select, self._failed
        )


def drones_named(text: str, names: tuple[str, ...]) -> list[str]:
    """The drones that a text means: names, numbers (1: the first) and spans of numbers; raises BadInput for others."""
    chosen: list[str] = []
    for word in re.split(r"[,，;；、\s]+", text.strip()):
        span = re.fullmatch(r"(\d+)[-–~](\d+)", word)
        if not word:
            continue
        if word in names:
            chosen.append(word)
        elif span and 1 <= int(span[1]) <= int(span[2]) <= len(names):
            chosen += names[int(span[1]) - 1 : int(span[2])]
        elif word.isdigit() and 1 <= int(word) <= len(names):
            chosen.append(names[int(word) - 1])
        else:
            raise BadInput(f"no drone is called {word!r}; there are {len(names)}")
    return list(dict.fromkeys(chosen))
