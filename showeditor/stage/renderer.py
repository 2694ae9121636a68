"""The picture of a Plan at one moment, drawn into a framebuffer of the GL context that is current.

Hosting it in a window (the one widget that does so lives in ui/):

    class StageView(QOpenGLWidget):                    # OpenGL 3.3 or later, any profile
        def initializeGL(self): self.renderer = Renderer("draft")
        def paintGL(self):
            ratio = self.devicePixelRatioF()
            size = (round(self.width() * ratio), round(self.height() * ratio))
            self.renderer.draw(t_us, camera, size, target_fbo=self.defaultFramebufferObject(), overlay=overlay)

and `renderer.load(plan)` at any time: it touches no GL, what differs is sent by the next `draw`. Before the
context dies, make it current and call `close`. Without a context (QT_QPA_PLATFORM=offscreen) use
`stage.offscreen.Offscreen` and paint its array.

A frame depends on plan, moment, camera, size and quality alone: scrubbing gives the bits that playing gives.
"""

import numpy as np

from showeditor.model.plan import Plan
from showeditor.model.venue import Venue
from showeditor.stage.backdrop import NO_BACKDROP, Backdrop
from showeditor.stage.buildings import Buildings
from showeditor.stage.camera import Camera
from showeditor.stage.field import Field, field_of
from showeditor.stage.gl import Device, Pipeline, Screen, Target, vertex_buffer
from showeditor.stage.halo import Halo
from showeditor.stage.land import Land
from showeditor.stage.lights import drone_lamps, flashes, stopped_down, strongest
from showeditor.stage.overlay import NOTHING, Overlay, overlay_lines
from showeditor.stage.quality import Quality, quality_named
from showeditor.stage.scenery import ground_level
from showeditor.stage.shutter import CLOSED, Shutter
from showeditor.stage.smoke import Smoke
from showeditor.stage.starfield import Starfield
from showeditor.stage.surroundings import Surroundings

_HALO_GAIN = 0.075


class Renderer:
    """Draws a Plan at any moment. Make it and use it with the same GL context current.

    `quality` is `draft`, `standard` or `film`; raises ValueError for another, GpuError for a driver below OpenGL 3.3.
    """

    def __init__(self, quality: str = "standard", supersample: int = 1) -> None:
        self.quality: Quality = quality_named(quality, supersample)
        self.device = Device()
        self.device.begin()
        self._stars = Starfield(self.device, self.quality)
        self._buildings = Buildings(self.device)
        self._tone = Screen("tone.frag.glsl")
        self._lines = Pipeline("line.vert.glsl", "line.frag.glsl")
        self._line_place = vertex_buffer(np.zeros((2, 3), np.float32))
        self._line_paint = vertex_buffer(np.zeros((2, 4), np.float32))
        self._lines.set(place=self._line_place, paint=self._line_paint)
        self._plan: Plan | None = None
        self._field: Field | None = None
        self._sent: Field | None = None
        self._built: Venue | None = None
        self._backdrop = NO_BACKDROP
        self._laid: Backdrop | None = None
        self._size = (0, 0)
        self._exposure = 1.0

    @property
    def live_stars(self) -> int:
        """Stars alight in the newest frame."""
        return self._stars.live_stars

    def load(self, plan: Plan, previous: Plan | None = None) -> None:
        """Take a plan. Parts shared with the plan held before are not prepared again; no GL is touched."""
        held = self._plan if previous is None else previous
        same = (
            held is not None
            and self._field is not None
            and held is self._plan
            and held.bursts is plan.bursts
            and held.shots is plan.shots
            and held.payload_bursts is plan.payload_bursts
            and held.looks is plan.looks
            and held.venue.wind == plan.venue.wind
        )
        if not same:
            self._field = field_of(plan)
        self._plan = plan

    def show_backdrop(self, backdrop: Backdrop) -> None:
        """Take the pictures of the site; no GL is touched."""
        self._backdrop = backdrop

    def _resize(self, size: tuple[int, int]) -> None:
        if size == self._size:
            return
        if self._size != (0, 0):
            self._forget_targets()
        self._size = size
        self._full = (size[0] * self.quality.supersample, size[1] * self.quality.supersample)
        self._surroundings = Surroundings(self.device, self.quality, self._full)
        self._halo = Halo(self.device, self.quality, self._full)
        self._smoke = Smoke(self.device, self.quality, self._full, self._surroundings.noise)
        self._land = Land(self.device, self._surroundings.noise)
        self._laid = None
        self._picture = Target(self.device, *self._full, depth=True)

    def _forget_targets(self) -> None:
        self._surroundings.delete()
        self._halo.delete()
        self._smoke.delete()
        self._picture.delete()

    def draw(
        self,
        t_us: int,
        camera: Camera,
        size: tuple[int, int],
        target_fbo: int = 0,
        overlay: Overlay = NOTHING,
        shutter: Shutter = CLOSED,
    ) -> None:
        """Draw the moment into `size` pixels of the framebuffer object `target_fbo` (0: the window itself).

        Light of burning things is the mean over the shutter's moments; scenery and smoke are those of `t_us`.

        Raises RuntimeError before the first `load`.
        """
        plan, field = self._plan, self._field
        if plan is None or field is None:
            raise RuntimeError("no plan was loaded")
        size = (max(1, size[0]), max(1, size[1]))
        self.device.begin(target_fbo)
        self._resize(size)
        if self._sent is not field:
            self._stars.load(field)
            self._sent = field
        self._surroundings.load(plan.venue, self._backdrop)
        if self._laid is not self._backdrop:
            self._land.load(self._backdrop)
            self._laid = self._backdrop
        if self._built != plan.venue:
            self._buildings.load(plan.venue, ground_level(plan))
            self._built = plan.venue
        self._light(plan, field, int(t_us), camera, shutter)
        self._finish(plan, int(t_us), camera, size, overlay)
        self.device.end()

    def _light(self, plan: Plan, field: Field, t_us: int, camera: Camera, shutter: Shutter) -> None:
        around, sky = self._surroundings, self._surroundings.sky
        lights = strongest(field, plan.looks, field.live(t_us), t_us)
        lights[:, 4:7] *= sky.points
        lit = around.put_lights(lights)
        self._exposure = stopped_down(lights)
        clip, metre = camera.world_to_clip(self._full), camera.metre_px(self._full)
        water, mirrored = ground_level(plan), around.mirrored
        times = shutter.times(t_us)
        exposure = sky.points / len(times)
        depth = "test" if self._land.count else self._buildings.depth
        self._smoke.put(field, t_us, camera)
        seen = {"world_to_clip": np.ascontiguousarray(clip.T, np.float32), "water": water, **lit}
        stores = self._stars.motion_inputs()
        put_us = -1
        if plan.venue.water_level_m is not None:
            part = mirrored.height / self._full[1]
            # at night the water shows nothing of dark smoke
            hanging = plan.venue.sky != "night"
            if hanging:
                self._smoke.draw(camera, {**seen, "mirror": 1.0}, stores, sky)
            with mirrored:
                self.device.clear()
                if hanging:
                    self._smoke.lay()
                self._land.draw({**seen, "mirror": 1.0}, sky)
                self._buildings.draw({**seen, "mirror": 1.0}, sky)
            for put_us in times:
                self._put(plan, field, put_us, camera)
                with mirrored:
                    self._stars.draw(
                        clip,
                        metre * part,
                        (mirrored.width, mirrored.height),
                        water_m=water,
                        mirror=True,
                        sparks=self.quality.reflected_sparks,
                        exposure=exposure,
                        depth=depth,
                    )
        self._smoke.draw(camera, {**seen, "mirror": 0.0}, stores, sky)
        with self._picture:
            self.device.clear()
        around.draw(plan, t_us, camera, lit, self._picture)
        with self._picture:
            self._smoke.lay()
            self._land.draw({**seen, "mirror": 0.0}, sky)
            self._buildings.draw({**seen, "mirror": 0.0}, sky)
        for moment in times:
            if moment != put_us:
                self._put(plan, field, moment, camera)
            with self._picture:
                self._stars.draw(clip, metre, self._full, water_m=water, exposure=exposure, depth=depth)
        with self._picture:
            self._stars.put_lamps(around.star_lamps(camera))
            self.device.blend("add", depth)
            self._stars.draw_lamps()

    def _put(self, plan: Plan, field: Field, t_us: int, camera: Camera) -> None:
        rows = field.live(t_us)
        lamps = (flashes(field, rows, t_us), drone_lamps(plan.drones, t_us), self._surroundings.town_lamps(camera))
        self._stars.put(rows, t_us, np.concatenate(lamps))

    def _finish(self, plan: Plan, t_us: int, camera: Camera, size: tuple[int, int], overlay: Overlay) -> None:
        halo = self._halo.make(self._picture)
        self.device.blend("none")
        self.device.viewport(*size)
        self._tone.draw(picture=self._picture, halo=halo, exposure=self._exposure, halo_gain=_HALO_GAIN)
        lines = overlay_lines(plan, overlay, t_us, camera, size) if overlay.any() else None
        if lines is not None and len(lines):
            self.device.blend("over")
            self._line_place.set_data(np.ascontiguousarray(lines[:, :3]), copy=True)
            self._line_paint.set_data(np.ascontiguousarray(lines[:, 3:]), copy=True)
            self._lines.set(world_to_clip=np.ascontiguousarray(camera.world_to_clip(size).T, np.float32))
            self._lines.draw("lines")
        self.device.flush()

    def close(self) -> None:
        """Give the GPU memory back; the context must be current."""
        self.device.begin()
        if self._size != (0, 0):
            self._forget_targets()
            self._size = (0, 0)
        self.device.flush()
        self.device.close()
