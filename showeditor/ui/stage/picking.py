"""Which drone lies under the pointer in the 3D picture."""

import numpy as np

from showeditor.model.plan import Drones
from showeditor.stage.camera import Camera
from showeditor.stage.lights import drone_places

REACH_PX = 11.0


def drone_under(
    drones: Drones, t_us: int, camera: Camera, size: tuple[int, int], x_px: float, y_px: float
) -> int | None:
    """The row of the drone that is seen nearest to a pixel at a moment, the nearer one of two; None where none is."""
    if not len(drones):
        return None
    seen = camera.project(drone_places(drones, t_us), size)
    away = np.hypot(seen[:, 0] - x_px, seen[:, 1] - y_px)
    near = np.flatnonzero((away <= REACH_PX) & (seen[:, 2] > 0.0))
    if not len(near):
        return None
    return int(near[np.lexsort((seen[near, 2], np.round(away[near] / 3.0)))[0]])
