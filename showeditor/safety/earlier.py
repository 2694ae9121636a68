"""Earlier: what the spacing check of a show being edited keeps, so that the next check searches what has changed."""

from collections.abc import Callable
from threading import Lock

from showeditor.kernels.paths import Paths
from showeditor.kernels.recheck import Checked, check_again, check_anew
from showeditor.kernels.separation import Nearness
from showeditor.model.arrays import Longs


class Earlier:
    """The newest spacing check of a show. Checks that go on from it find what a check from scratch finds.

    Of pairs equally close to 0.1 mm another may be named the closest.
    """

    def __init__(self) -> None:
        self._newest: Checked | None = None
        self._lock = Lock()

    def nearness(
        self,
        paths: Paths,
        phases: Longs,
        gap_m: float,
        low_gap_m: float,
        *,
        progress: Callable[[float], None] | None = None,
    ) -> Nearness:
        """`kernels.separation.find_meetings`, of which only the times are searched that differ from the newest check.

        Another number of drones or other gaps are searched from scratch. A check that `progress` ends by raising is
        not kept.
        """
        with self._lock:
            newest = self._newest
        if newest is not None and (newest.gap_m, newest.low_gap_m) == (gap_m, low_gap_m):
            checked = check_again(newest, paths, phases, progress=progress)
        else:
            checked = check_anew(paths, phases, gap_m, low_gap_m, progress=progress)
        with self._lock:
            self._newest = checked
        return checked.found
