"""What the shaders compute, read back: places of stars and sparks as the GPU sees them."""

import numpy as np

from showeditor.model.arrays import Floats, Longs, Singles
from showeditor.stage.field import Field
from showeditor.stage.gl import Device, Pipeline, Target, vertex_buffer
from showeditor.stage.quality import DRAFT
from showeditor.stage.starfield import Starfield

_SIDE = 128


def gpu_places(field: Field, records: Singles, record: Longs, star: Longs, old_s: float = 0.0) -> Floats:
    """Places and lives (n, 4) of these stars of these records as the shaders compute them, float64 from float32.

    With `old_s` > 0: of a spark that each star shed so long ago. Draws one pixel a star into RGBA32F targets with the
    GL context that is current.
    """
    device = Device()
    device.begin()
    stars = Starfield(device, DRAFT)
    stars.load(field)
    stars.put_records(records)
    target = Target(device, _SIDE, _SIDE, "rgba32f")
    pipeline = Pipeline("probe.vert.glsl", "probe.frag.glsl")
    out = np.empty((len(record), 4))
    for first in range(0, len(record), _SIDE * _SIDE):
        part = slice(first, min(len(record), first + _SIDE * _SIDE))
        n = np.arange(part.stop - part.start)
        pixel = (np.stack([n % _SIDE, n // _SIDE], axis=1) + 0.5) / _SIDE * 2.0 - 1.0
        lanes = np.concatenate([np.stack([record[part], star[part]], axis=1), pixel], axis=1)
        pipeline.set(**stars.motion_inputs(), lane=vertex_buffer(lanes.astype(np.float32)), old=old_s)
        with target:
            device.clear()
            device.blend("none")
            pipeline.draw("points")
        out[part] = target.read()[::-1].reshape(-1, 4)[: len(n)]
    target.delete()
    device.end()
    device.close()
    return out
