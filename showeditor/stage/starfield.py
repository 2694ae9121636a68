"""Draws stars, trails, crackle and lamps: uploads the records of one moment, then a few instanced draws."""

import numpy as np

from showeditor.model.arrays import Floats, Longs, Singles
from showeditor.stage.field import RECORD, RIDE_TEXELS, RIDES_A_ROW, Field, pieces
from showeditor.stage.flight import T_STEPS, flight_tables, packed
from showeditor.stage.gl import Device, Pipeline, Store, index_buffer, vertex_buffer
from showeditor.stage.looks import LOOK_TEXELS, TEMPLATE_WIDTH
from showeditor.stage.quality import Quality

_STARS, _SPARKS, _POPS, _BANDS = 64, 256, 64, 4
_POPS_A_STAR = 8
_RECORDS_A_ROW = 64


def _ribbon_mesh(segments: int) -> tuple[Singles, np.ndarray[tuple[int], np.dtype[np.uint16]]]:
    """Vertices (star, place, side) and triangles of the ribbons of one piece."""
    along = np.arange(segments + 1) / segments
    star = np.repeat(np.arange(_BANDS), 2 * (segments + 1))
    place = np.tile(np.repeat(along, 2), _BANDS)
    side = np.tile([-1.0, 1.0], _BANDS * (segments + 1))
    corner = np.arange(_BANDS)[:, None] * 2 * (segments + 1) + 2 * np.arange(segments)
    triangles = corner[:, :, None] + np.array([0, 1, 2, 2, 1, 3])
    return np.stack([star, place, side], axis=1).astype(np.float32), triangles.reshape(-1).astype(np.uint16)


class _Swarm:
    """One instanced pipeline: fixed lanes, and the pieces that change from frame to frame."""

    def __init__(self, vertex: str, fragment: str, lanes: Singles, mode: str, indices: object = None) -> None:
        self.pipeline = Pipeline(vertex, fragment)
        self._mode, self._indices = mode, indices
        self._pieces = vertex_buffer(np.zeros((1, 2), np.float32), per_instance=True)
        self.count = 0
        self.pipeline.set(lane=vertex_buffer(lanes), piece=self._pieces)

    def put(self, rows: Singles) -> None:
        self.count = len(rows)
        if self.count:
            self._pieces.set_data(rows, copy=True)

    def draw(self) -> None:
        if self.count:
            self.pipeline.draw(self._mode, self._indices)


class Starfield:
    """The bursts and lamps of a plan on the GPU. `put` one moment, then `draw` it from any number of sides."""

    def __init__(self, device: Device, quality: Quality) -> None:
        self.device, self.quality = device, quality
        self._flights, self._paces = Store(T_STEPS), Store(T_STEPS)
        for store, table in zip((self._flights, self._paces), flight_tables(), strict=True):
            store.put(packed(table))
        self._records = Store(_RECORDS_A_ROW * RECORD // 4)
        self._looks, self._templates = Store(LOOK_TEXELS), Store(TEMPLATE_WIDTH)
        self._rides = Store(RIDES_A_ROW * RIDE_TEXELS)
        self._held: Singles = np.zeros((0, RIDES_A_ROW * RIDE_TEXELS, 4), np.float32)
        lanes = np.arange(_SPARKS, dtype=np.float32)
        band, triangles = _ribbon_mesh(quality.segments)
        self._stars = _Swarm("star.vert.glsl", "point.frag.glsl", lanes[:_STARS], "points")
        self._sparks = _Swarm("spark.vert.glsl", "point.frag.glsl", lanes, "points")
        self._pops = _Swarm("crackle.vert.glsl", "point.frag.glsl", lanes[:_POPS], "points")
        self._bands = _Swarm("ribbon.vert.glsl", "ribbon.frag.glsl", band, "triangles", index_buffer(triangles))
        self._lamps = Pipeline("lamp.vert.glsl", "point.frag.glsl")
        self._lamp_place = vertex_buffer(np.zeros((1, 4), np.float32))
        self._lamp_light = vertex_buffer(np.zeros((1, 4), np.float32))
        self._lamp_count = 0
        self._lamps.set(lamp_place=self._lamp_place, lamp_light=self._lamp_light)
        self._field: Field | None = None
        self.shown = 1.0
        self.live_stars = 0
        self._stores = {
            "flights": self._flights,
            "paces": self._paces,
            "records": self._records,
            "looks": self._looks,
            "templates": self._templates,
            "rides": self._rides,
        }

    def load(self, field: Field) -> None:
        """Take the bursts of a plan; only the rows of looks and rides that differ are sent."""
        before, self._field = self._field, field
        if before is None or not np.array_equal(before.looks, field.looks):
            if len(field.looks):
                self._looks.put(field.looks)
                self._templates.put(field.templates)
        if self._held.shape != field.rides.shape:
            self._rides.put(field.rides)
        else:
            changed = np.flatnonzero((self._held != field.rides).any(axis=(1, 2)))
            if len(changed):
                self._rides.put(field.rides[changed[0] : changed[-1] + 1], int(changed[0]))
        self._held = field.rides

    def put(self, rows: Longs, t_us: int, lamps: Singles) -> None:
        """Send the records of these rows at a moment, and the lamps (n, 8)."""
        field = self._field
        assert field is not None
        records = field.records(rows, t_us)
        self.put_records(records)
        self.put_lamps(lamps)

    def put_lamps(self, lamps: Singles) -> None:
        """Send lamp rows (n, 8)."""
        self._lamp_count = len(lamps)
        if len(lamps):
            self._lamp_place.set_data(np.ascontiguousarray(lamps[:, :4]), copy=True)
            self._lamp_light.set_data(np.ascontiguousarray(lamps[:, 4:]), copy=True)

    def put_records(self, records: Singles) -> None:
        """Send records (n, 16) and plan their draws."""
        assert self._field is not None
        padded = np.zeros((-(-len(records) // _RECORDS_A_ROW) * _RECORDS_A_ROW, RECORD), np.float32)
        padded[: len(records)] = records
        self._records.put(padded.reshape(-1, _RECORDS_A_ROW * RECORD // 4, 4))
        look = self._field.looks[records[:, 12].astype(np.int64)]
        age = records[:, 3]
        stars = look[:, 0, 1].astype(np.int64)
        longest = np.minimum(look[:, 1, 0] * (1.0 + look[:, 1, 2]), records[:, 15])
        burning = np.where(age <= longest, stars, 0)
        trailing = np.where((look[:, 5, 3] > 0.0) & (age <= longest + look[:, 5, 3]), stars, 0)
        slots = look[:, 6, 0].astype(np.int64)
        total = int((trailing * slots).sum())
        self.shown = min(1.0, self.quality.sparks / total) if total else 1.0
        drawn = np.maximum(1, np.ceil(look[:, 6, 0] * np.float32(self.shown))).astype(np.int64)
        self._stars.put(pieces(burning, _STARS))
        self._bands.put(pieces(trailing, _BANDS))
        self._sparks.put(pieces(np.where(slots > 0, trailing * drawn, 0), _SPARKS))
        self._pops.put(pieces(np.where(look[:, 6, 2] > 0.0, burning * _POPS_A_STAR, 0), _POPS))
        self.live_stars = int(burning.sum())

    def draw(
        self,
        world_to_clip: Floats,
        metre_px: float,
        size: tuple[int, int],
        *,
        water_m: float,
        mirror: bool = False,
        sparks: bool = True,
        exposure: float = 1.0,
        depth: str = "off",
    ) -> None:
        """Add the stars to the bound target; `depth` as `Device.blend` takes it."""
        assert self._field is not None
        view = {
            "world_to_clip": np.ascontiguousarray(world_to_clip.T, np.float32),
            "metre_px": metre_px,
            "mirror": float(mirror),
            "water": water_m,
            "exposure_of_points": exposure,
        }
        motion = self.motion_inputs()
        self.device.blend("add", depth)
        for swarm, wanted in ((self._bands, True), (self._sparks, sparks), (self._stars, True), (self._pops, True)):
            if wanted and swarm.count:
                swarm.pipeline.set(**view, **motion, shown=self.shown, half_px=(size[0] / 2.0, size[1] / 2.0))
                swarm.draw()
        self._lamps.set(**view)
        self.draw_lamps(exposure)

    def draw_lamps(self, exposure: float = 1.0) -> None:
        """Add the lamps as the newest `draw` saw them."""
        if self._lamp_count:
            self._lamps.set(exposure_of_points=exposure)
            self._lamps.draw("points")
        self.device.flush()

    def motion_inputs(self) -> dict[str, object]:
        """The inputs that shaders/stars.glsl needs."""
        assert self._field is not None
        wind = self._field.wind_mps.astype(np.float32)
        return {**self._stores, "wind": wind, "wind_exponent": float(self._field.wind.exponent)}
