"""The safety layers of the 3D view: what the rules measure with, drawn over the picture; made off the window's thread.

A figure that takes long belongs to the plan it was made of; while the next one is made, the last one stays.
"""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from showeditor.model.arrays import Singles
from showeditor.model.errors import ShowEditorError
from showeditor.model.finding import Finding
from showeditor.safety.figures_plan import (
    KeepOuts,
    distance_circles,
    dud_outlines,
    keep_outs,
    landing_edges,
    shots_of,
    spark_cones,
)
from showeditor.safety.hazards import Part
from showeditor.safety.scatter import Scatter
from showeditor.stage.overlay_strokes import Paint, stroke, strokes
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded, reporter
from showeditor.ui.jobs import Jobs, Post
from showeditor.ui.panels.scatter_run import ScatterRun

MOST_SHOTS = 40
"""Selected shots whose keep-outs are drawn; more would hide the picture."""

_DISTANCE: Paint = (1.0, 0.78, 0.25, 0.6)
_DUD: Paint = (0.95, 0.45, 0.85, 0.6)
_SPARK: Paint = (1.0, 0.6, 0.15, 0.8)
_PARTS: Mapping[Part, tuple[float, float, float]] = {
    Part.RISE: (0.4, 0.8, 1.0),
    Part.BURST: (1.0, 0.45, 0.2),
    Part.FALL: (1.0, 0.8, 0.25),
    Part.DUD: (0.95, 0.45, 0.85),
}
_WHOLE, _HOLDING = 0.16, 0.75
_LANDINGS = {"duds": (1.0, 0.35, 0.3), "debris": (0.75, 0.75, 0.8), "drones": (0.35, 0.8, 1.0)}
_SHARES = {0.5: 0.95, 0.95: 0.65, 0.999: 0.4}

_MEASURED_WITH: tuple[tuple[str, frozenset[str]], ...] = (
    ("FWK-003", frozenset(("duds", "zones"))),
    ("FWK-010", frozenset(("duds", "zones"))),
    ("FWK-013", frozenset(("distances", "duds", "zones"))),
    ("FWK-011", frozenset(("zones",))),
    ("FWK-012", frozenset(("zones",))),
    ("FWK-019", frozenset(("zones",))),
    ("FWK-025", frozenset(("zones",))),
    ("FWK-", frozenset(("distances", "zones"))),
    ("MIX-", frozenset(("keepouts",))),
    ("PYR-", frozenset(("sparks", "zones"))),
    ("DRN-007", frozenset(("geofence",))),
    ("DRN-022", frozenset(("geofence", "zones"))),
    ("DRN-023", frozenset(("geofence", "zones"))),
    ("DRN-011", frozenset(("zones",))),
    ("DRN-012", frozenset(("zones",))),
    ("DRN-015", frozenset(("zones",))),
    ("DRN-039", frozenset(("zones",))),
    ("DRN-040", frozenset(("zones",))),
    ("VEN-", frozenset(("geofence", "zones"))),
)


def measured_with(code: str) -> frozenset[str]:
    """The layers that show what a finding of this code is measured with."""
    return next((layers for begin, layers in _MEASURED_WITH if code.startswith(begin)), frozenset())


Key = tuple[object, ...]
"""The parts of a plan that a figure is made of; compared by identity, as plans share what has not changed."""


class SafetyLayers(QObject):
    """Which safety layers are shown, and their lines at a moment."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.finding: Finding | None = None
        self.landing: Scatter | None = None
        self._on: set[str] = {"landing"}
        self._figures: dict[str, tuple[Key, object]] = {}
        self._landing: list[Singles] = []
        self._busy = False
        self._post = Post(self)
        self._jobs = Jobs(self._post)
        desk.planChanged.connect(self.refresh)
        desk.selectionChanged.connect(self.refresh)
        desk.findingShown.connect(self._on_finding)
        desk.offendersChanged.connect(self._on_offenders)
        desk.changed.connect(self._on_change)
        self.falling = ScatterRun(self)
        self._document = desk.document

    # -- what is shown ---------------------------------------------------------------------------------------------

    def wanted(self) -> frozenset[str]:
        """The layers that are switched on, and those that the finding being looked at is measured with."""
        return frozenset(self._on) | (measured_with(self.finding.code) if self.finding else frozenset())

    def switch(self, layer: str, on: bool) -> None:
        """Switches a layer on or off."""
        (self._on.add if on else self._on.discard)(layer)
        self.refresh()
        self.changed.emit()

    def fill(self, menu: QMenu) -> None:
        """Adds the switches to a menu."""
        menu.addSeparator()
        for name, text in (
            ("distances", self.tr("Safety distances")),
            ("duds", self.tr("Where duds can land")),
            ("keepouts", self.tr("Keep-outs of the selection")),
            ("sparks", self.tr("Sparks under drones")),
            ("landing", self.tr("Landing scatter")),
        ):
            action = menu.addAction(text)
            action.setObjectName(f"layer_{name}")
            action.setCheckable(True)
            action.setChecked(name in self._on)
            action.toggled.connect(partial(self.switch, name))
        clear = menu.addAction(self.tr("Clear the landing scatter"))
        clear.triggered.connect(lambda _on=False: self.show_landing(None))
        menu.aboutToShow.connect(lambda: clear.setEnabled(self.landing is not None))

    def show_landing(self, found: Scatter | None) -> None:
        """Draws where things come down until it is cleared (None)."""
        self.landing, self._landing = found, []
        if found is None:
            self.changed.emit()
            return
        self._on.add("landing")

        def drawn() -> list[Singles]:
            rows = landing_edges(found).items()
            return [stroke(ends, (*_LANDINGS[kind], _SHARES[share])) for (kind, share), ends in rows]

        def done(lines: list[Singles]) -> None:
            if self.landing is found:
                self._landing = lines
                self.changed.emit()

        self._jobs.start(drawn, done, partial(reporter.report, None))

    def strokes(self, t_us: int) -> Singles | None:
        """All lines at a moment, float32 (2 n, 7); None when there are none. Quick: what takes long is ready."""
        wanted = self.wanted()
        made = [self._made(layer) for layer in ("distances", "duds") if layer in wanted]
        parts = [lines for lines in made if isinstance(lines, np.ndarray)]
        keep = self._made("keepouts")
        if "keepouts" in wanted and isinstance(keep, KeepOuts) and self._current("keepouts"):
            parts += [stroke(ends, (*_PARTS[kind], _WHOLE)) for kind, ends in keep.whole.items()]
            parts += [stroke(ends, (*_PARTS[kind], _HOLDING)) for kind, ends in keep.holding(t_us).items()]
        if "sparks" in wanted and len(self.desk.plan.ignitions):
            parts.append(stroke(spark_cones(self.desk.plan, t_us), _SPARK))
        if "landing" in wanted:
            parts.extend(self._landing)
        return strokes(parts)

    @property
    def busy(self) -> bool:
        """Whether a figure is being made."""
        return self._busy

    def shut(self) -> None:
        """Ends the threads."""
        self.falling.shut()
        self._post.close()
        self._jobs.close()

    # -- making figures --------------------------------------------------------------------------------------------

    def _key(self, layer: str) -> Key:
        plan = self.desk.plan
        key: Key = (plan.shots, plan.bursts, plan.venue, plan.rules)
        return (*key, self.desk.selection) if layer == "keepouts" else key

    def _made(self, layer: str) -> object:
        return self._figures[layer][1] if layer in self._figures else None

    def _current(self, layer: str) -> bool:
        key = self._key(layer)
        return layer in self._figures and all(a is b for a, b in zip(key, self._figures[layer][0], strict=True))

    @guarded
    def refresh(self) -> None:
        """Begins to make a figure that is wanted and not of this plan; one at a time."""
        if self._busy:
            return
        plan, chosen = self.desk.plan, self.desk.selection
        makers: dict[str, Callable[[], object]] = {
            "distances": lambda: stroke(distance_circles(plan), _DISTANCE),
            "duds": lambda: stroke(dud_outlines(plan), _DUD),
            "keepouts": lambda: keep_outs(plan, shots_of(plan, chosen, MOST_SHOTS)),
        }
        for layer, make in makers.items():
            if layer in self.wanted() and not self._current(layer):
                self._busy = True
                key = self._key(layer)
                self._jobs.start(make, partial(self._take, layer, key), partial(self._failed, layer, key))
                return

    def _take(self, layer: str, key: Key, figure: object) -> None:
        self._busy = False
        self._figures[layer] = (key, figure)
        self.changed.emit()
        self.refresh()

    def _failed(self, layer: str, key: Key, error: BaseException) -> None:
        if isinstance(error, (ShowEditorError, ValueError)):
            self.desk.said.emit(str(error))
        else:
            reporter.report(None, error)
        self._take(layer, key, None)

    # -- following the desk ----------------------------------------------------------------------------------------

    @guarded
    def _on_finding(self, finding: Finding) -> None:
        self.finding = finding
        self.refresh()
        self.changed.emit()

    @guarded
    def _on_offenders(self) -> None:
        # before another finding is shown, and when all marks are taken off
        self.finding = None
        self.changed.emit()

    @guarded
    def _on_change(self, _change: object) -> None:
        if self.desk.document != self._document:
            self._document = self.desk.document
            self.finding = None
            self.falling.cancel()
            self.show_landing(None)
