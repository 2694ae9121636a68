"""Pictures without a window: an EGL surface of its own, with no display and beside Qt's offscreen platform."""

import threading
from types import TracebackType

import numpy as np

from showeditor.model.arrays import Bytes
from showeditor.model.plan import Plan
from showeditor.stage.camera import Camera
from showeditor.stage.egl import Surface
from showeditor.stage.gl import Target
from showeditor.stage.overlay import NOTHING, Overlay
from showeditor.stage.renderer import Renderer
from showeditor.stage.shutter import CLOSED, Shutter


class Offscreen:
    """Draws plans into arrays. The GL context is held only while a picture is drawn.

    Raises GpuError when no EGL with desktop OpenGL 3.3 is installed. One thread at a time may draw, this class and
    every Renderer counted together (gloo knows one current canvas); a window's context in the same thread must be
    released first (`doneCurrent`).
    """

    def __init__(self, size: tuple[int, int] = (1280, 720), quality: str = "standard", supersample: int = 1) -> None:
        self.size = (max(1, int(size[0])), max(1, int(size[1])))
        self._lock = threading.Lock()
        self._surface = Surface()
        self._surface.enter()
        self.renderer = Renderer(quality, supersample)
        self._target = Target(self.renderer.device, *self.size, "rgba8")
        self._surface.leave()
        self._plan: Plan | None = None

    def resize(self, size: tuple[int, int]) -> None:
        """Give pictures of another size from here on; much cheaper than a new Offscreen."""
        size = (max(1, int(size[0])), max(1, int(size[1])))
        if size == self.size:
            return
        with self._lock:
            self._surface.enter()
            self.renderer.device.begin()
            self._target.delete()
            self._target = Target(self.renderer.device, *size, "rgba8")
            self.renderer.device.end()
            self._surface.leave()
            self.size = size

    def picture(
        self, plan: Plan, t_us: int, camera: Camera, overlay: Overlay = NOTHING, shutter: Shutter = CLOSED
    ) -> Bytes:
        """The moment `t_us` of a plan, uint8 (height, width, 3), top row first."""
        with self._lock:
            self._surface.enter()
            try:
                if plan is not self._plan:
                    self.renderer.load(plan)
                    self._plan = plan
                self.renderer.device.begin()
                self.renderer.draw(t_us, camera, self.size, self._target.handle(), overlay, shutter)
                self.renderer.device.begin()
                pixels = self._target.read()
                self.renderer.device.end()
            finally:
                self._surface.leave()
        return np.ascontiguousarray(pixels[:, :, :3], np.uint8)

    def close(self) -> None:
        """Give the context back."""
        with self._lock:
            self._surface.enter()
            self.renderer.close()
            self._surface.close()

    def __enter__(self) -> "Offscreen":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
