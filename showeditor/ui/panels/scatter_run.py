"""A Monte-Carlo of landings beside the window's thread: begun, watched, cancelled; only the newest run answers."""

import os
from threading import Event

from PySide6.QtCore import QObject, Signal
from shapely import union_all
from shapely.geometry import Polygon

from showeditor.model.plan import Plan
from showeditor.safety.figures_plan import KINDS
from showeditor.safety.scatter import LEVELS, Scatter, scatter
from showeditor.ui.jobs import Jobs, Post

Rows = list[tuple[str, int, float, float]]
"""Of each kind: landings, the area (m2) that holds 95 % of them, and the share that comes down at the audience."""


class _Cancelled(Exception):
    """Ends a run whose answer nobody waits for."""


class ScatterRun(QObject):
    """Signals: `progressed` (0 to 1000), `found` (the Scatter and its rows), `failed` (an exception), `ended`."""

    progressed = Signal(int)
    found = Signal(object, object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._post = Post(self)
        self._jobs = Jobs(self._post)
        self._stop: Event | None = None

    @property
    def running(self) -> bool:
        """Whether an answer is waited for."""
        return self._stop is not None

    def start(self, plan: Plan, *, seed: int, runs: int, cluster: str = "") -> None:
        """Begins; what runs already is cancelled."""
        self.cancel()
        self._stop = stop = Event()

        def progress(share: float) -> None:
            if stop.is_set():
                raise _Cancelled
            self._post(lambda: self.progressed.emit(round(1000 * share)))

        def work() -> tuple[Scatter, Rows]:
            progress(0.0)
            workers = os.cpu_count() or 1
            made = scatter(plan, seed=seed, trials=runs, workers=workers, cluster=cluster, progress=progress)
            return made, described(made, plan)

        def done(answer: tuple[Scatter, Rows]) -> None:
            if not stop.is_set():
                self._stop = None
                self.found.emit(*answer)
                self.ended.emit()

        def failed(error: BaseException) -> None:
            if not stop.is_set():
                self._stop = None
                self.failed.emit(error)
                self.ended.emit()

        self._jobs.start(work, done, failed)

    def cancel(self) -> None:
        """Nobody waits for an answer any more; the work under way ends with its next step."""
        if self._stop is not None:
            self._stop.set()
            self._stop = None
            self.ended.emit()

    def shut(self) -> None:
        """Cancels, and ends the thread."""
        self.cancel()
        self._post.close()
        self._jobs.close()


def described(found: Scatter, plan: Plan) -> Rows:
    """Of each kind: landings, the area (m2) that holds 95 % of them, and the share that comes down at the audience."""
    areas = [Polygon(zone.ring) for zone in plan.venue.zones if zone.kind == "audience"]
    sound = [area for area in areas if area.is_valid]
    rows = []
    for kind in KINDS:
        density = getattr(found, kind)
        parts = density.contour(LEVELS[1])
        held = float(union_all(parts).area) if parts else 0.0
        rows.append((kind, density.landings, held, density.share_in(sound)))
    return rows
