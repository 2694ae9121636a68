"""Smoke that stars leave behind: puffs as functions of burst record and age, in a small target of their own."""

import numpy as np

from showeditor.model.arrays import Floats, Longs, Singles
from showeditor.stage.camera import Camera
from showeditor.stage.field import RECORD, Field, pieces
from showeditor.stage.gl import Device, Pipeline, Screen, Store, Target, index_buffer, vertex_buffer
from showeditor.stage.lights import burst_places
from showeditor.stage.looks import EFFECT_EDGE, SMOKE_S
from showeditor.stage.quality import Quality
from showeditor.stage.skies import Skylight

SMOKE_US = round(SMOKE_S * 1e6)
_PUFFS = 8
_RECORDS_A_ROW = 64


def _quads() -> tuple[Singles, np.ndarray[tuple[int], np.dtype[np.uint16]]]:
    puff = np.repeat(np.arange(_PUFFS), 4)
    corners = np.tile([[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]], (_PUFFS, 1))
    triangles = 4 * np.arange(_PUFFS)[:, None] + np.array([0, 1, 2, 2, 1, 3])
    return np.column_stack([puff, corners]).astype(np.float32), triangles.reshape(-1).astype(np.uint16)


def smoking(field: Field, t_us: int, *, grey: bool = True) -> Longs:
    """Numbers of the rows whose smoke may hang in the air at `t_us`, in order of birth; smoke effects alone or all."""
    hanging = field.live(t_us, SMOKE_US)
    made = field.looks[field.rows[hanging, 12].astype(np.int64), 9, 3] > EFFECT_EDGE
    return hanging if grey else hanging[made]


class Smoke:
    """Draws the smoke of one moment; `noise` is the surroundings' texture."""

    def __init__(self, device: Device, quality: Quality, size: tuple[int, int], noise: object) -> None:
        self.device, self.quality = device, quality
        part = quality.smoke_part
        self.target = Target(device, size[0] // part, size[1] // part)
        self._records = Store(_RECORDS_A_ROW * RECORD // 4)
        self._pipeline = Pipeline("smoke.vert.glsl", "smoke.frag.glsl")
        self._lay = Screen("copy.frag.glsl")
        quads, triangles = _quads()
        self._pieces = vertex_buffer(np.zeros((1, 2), np.float32), per_instance=True)
        self._triangles = index_buffer(triangles)
        self._pipeline.set(lane=vertex_buffer(quads), piece=self._pieces, noise=noise)
        self.count = 0
        self.shown = 1.0

    def put(self, field: Field, t_us: int, camera: Camera) -> None:
        """Send the records that smoke at a moment, far ones first."""
        rows = smoking(field, t_us, grey=self.quality.grey_smoke)
        self.count = 0
        if not len(rows):
            return
        away = burst_places(field, rows, t_us) @ camera.axes()[2]
        rows = rows[np.argsort(-away, kind="stable")]
        records = field.records(rows, t_us)
        padded = np.zeros((-(-len(records) // _RECORDS_A_ROW) * _RECORDS_A_ROW, RECORD), np.float32)
        padded[: len(records)] = records
        self._records.put(padded.reshape(-1, _RECORDS_A_ROW * RECORD // 4, 4))
        puffs = field.looks[records[:, 12].astype(np.int64), 8, 0]
        self.shown = min(1.0, self.quality.puffs / float(puffs.sum()))
        drawn = np.ceil(np.maximum(1.0, puffs * np.float32(self.shown))).astype(np.int64)
        found = pieces(drawn, _PUFFS)
        self.count = len(found)
        self._pieces.set_data(found, copy=True)

    def draw(self, camera: Camera, view: dict[str, object], stores: dict[str, object], sky: Skylight) -> None:
        """Draw the puffs into `target`, colour multiplied by opacity."""
        if not self.count:
            return
        right, up, forward = camera.axes()
        sun: Floats = np.array(sky.sun_way)
        self._pipeline.set(**view, **(stores | {"records": self._records}))
        self._pipeline.set(
            shown=self.shown,
            right=right.astype(np.float32),
            up=up.astype(np.float32),
            eye=camera.eye_m.astype(np.float32),
            ambient=sky.ambient,
            sunlight=sky.sunlight,
            sun=np.array([right @ sun, up @ sun, -forward @ sun], np.float32),
        )
        with self.target:
            self.device.clear()
            self.device.blend("over")
            self._pipeline.draw("triangles", self._triangles)

    def lay(self) -> None:
        """Put what `target` holds over the bound target."""
        if self.count:
            self.device.blend("over")
            self._lay.draw(picture=self.target)

    def delete(self) -> None:
        """Give the memory back."""
        self.target.delete()
