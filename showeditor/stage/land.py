"""Draws the terrain of a venue from its height map, with the plan image on it, lit by sky and bursts."""

import numpy as np

from showeditor.stage.backdrop import Backdrop
from showeditor.stage.gl import Device, Pipeline, picture_texture, vertex_buffer
from showeditor.stage.skies import Skylight

_BLANK = np.zeros((1, 1, 4), np.uint8)


class Land:
    """The mesh of one backdrop; it hides what lies behind it."""

    def __init__(self, device: Device, noise: object) -> None:
        self.device = device
        self._pipeline = Pipeline("land.vert.glsl", "land.frag.glsl")
        self._place = vertex_buffer(np.zeros((3, 3), np.float32))
        self._normal = vertex_buffer(np.zeros((3, 3), np.float32))
        self._pipeline.set(place=self._place, normal=self._normal, noise=noise)
        self.count = 0

    def load(self, backdrop: Backdrop) -> None:
        """Take the terrain of a backdrop."""
        mesh = backdrop.terrain
        self.count = 0 if mesh is None else len(mesh)
        if mesh is not None and self.count:
            self._place.set_data(np.ascontiguousarray(mesh[:, :3]), copy=True)
            self._normal.set_data(np.ascontiguousarray(mesh[:, 3:]), copy=True)
        box, turn = backdrop.chart() if backdrop.plan is not None else ((0.0, 0.0, 0.0, 0.0), (1.0, 0.0))
        pixels = backdrop.plan if backdrop.plan is not None else _BLANK
        self._chart = picture_texture(pixels, repeat=False)
        self._pipeline.set(
            chart=self._chart, chart_box=box, chart_turn=turn, has_chart=float(backdrop.plan is not None)
        )

    def draw(self, view: dict[str, object], sky: Skylight) -> None:
        """Cover the bound target where there is land above the water; its depth must be clear."""
        if not self.count:
            return
        self._pipeline.set(**view, ambient=sky.ambient, sunlight=sky.sunlight, sun=sky.sun_way, land_own=sky.land)
        self.device.blend("none", "write")
        self._pipeline.draw("triangles")
        self.device.flush()
