"""The GPU as this program uses it: programs, buffers, textures, targets. The only module that imports vispy.

Everything is drawn through vispy.gloo on its `gl2` backend. Instanced drawing and vertex arrays (which a core
profile demands) are missing there, so these entry points are taken from the GL library itself. gloo queues its
commands; every raw call below flushes first. Core and compatibility profiles both serve.
"""

import ctypes
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vispy import gloo as _gloo
from vispy.gloo import context as _context
from vispy.gloo import gl as _gl
from vispy.gloo.gl import gl2 as _gl2

# vispy carries no types
gloo: Any = _gloo
context: Any = _context
gl: Any = _gl
gl2: Any = _gl2

_ADD = (1, 1, 0, 1)
_OVER = (1, 0x0303, 1, 0x0303)
_GL_DEPTH_TEST, _GL_SCISSOR_TEST, _GL_DEPTH_BUFFER_BIT = 0x0B71, 0x0C11, 0x0100
_GL_BLEND = 0x0BE2
_GL_FRAMEBUFFER = 0x8D40
_GL_COLOR_BUFFER_BIT = 0x4000
_ATTRIBUTES = 4
_PENDING_ERRORS = 16


class GpuError(RuntimeError):
    """The graphics driver cannot do what the picture needs; the text names what is missing."""


def _teach_entry_points() -> None:
    if hasattr(gl2, "glDrawArraysInstanced"):
        return
    number, handle = ctypes.c_int, ctypes.c_void_p
    entry = gl2._get_gl_func
    arrays = entry("glDrawArraysInstanced", None, (number, number, number, number))
    elements = entry("glDrawElementsInstanced", None, (number, number, number, handle, number))
    divisor = entry("glVertexAttribDivisor", None, (ctypes.c_uint, ctypes.c_uint))
    added = {
        "glDrawArraysInstanced": arrays,
        "glDrawElementsInstanced": elements,
        "glVertexAttribDivisor": divisor,
        "glGenVertexArrays": entry("glGenVertexArrays", None, (number, handle)),
        "glBindVertexArray": entry("glBindVertexArray", None, (ctypes.c_uint,)),
    }
    for name, function in added.items():
        setattr(gl2, name, function)
        setattr(gl, name, function)


class Device:
    """The GL context that is current while this object is made; make it current again before every use.

    Raises GpuError when the driver offers less than OpenGL 3.3.
    """

    def __init__(self) -> None:
        if gl.current_backend is not gl2:
            gl.use_gl("gl2")
        try:
            _teach_entry_points()
            version = str(gl2.glGetParameter(0x1F02))
        except RuntimeError as error:
            raise GpuError(f"the graphics driver lacks a function: {error}") from error
        numbers = version.split()[0].split(".") if version else ["0", "0"]
        if "ES" in version or (int(numbers[0]), int(numbers[1])) < (3, 3):
            raise GpuError(f"the picture needs OpenGL 3.3, this driver offers {version or 'none'}")
        self.version = version
        self._bound = 0
        array = ctypes.c_uint()
        gl2.glGenVertexArrays(1, ctypes.byref(array))
        self._array = array.value
        self._canvas = context.FakeCanvas()
        # gloo asks the canvas's backend which framebuffer stands for the window
        self._canvas._backend = self

    def _vispy_get_fb_bind_location(self) -> int:
        return self._bound

    def begin(self, target: int = 0) -> None:
        """Take this device for the gloo objects used from here on; `target` is the framebuffer of the window."""
        self._bound = int(target)
        context.set_current_canvas(self._canvas)
        self._canvas.context._do_CURRENT_command = True
        self.flush()
        gl2.glBindVertexArray(self._array)
        # gloo switches point sprites on, which a core profile calls an error because they always are
        for _ in range(_PENDING_ERRORS):
            if not gl2.glGetError():
                break

    def flush(self) -> None:
        """Send every queued command to the driver."""
        self._canvas.flush()

    def finish(self) -> None:
        """Wait until the driver has drawn everything."""
        self.flush()
        gl2.glFinish()

    def viewport(self, width: int, height: int) -> None:
        """Draw to this many pixels of the bound target."""
        self.flush()
        gl2.glViewport(0, 0, width, height)

    def blend(self, mode: str, depth: str = "off") -> None:
        """How new colour meets old: `none`, `add` (light; opacity stays) or `over` (premultiplied alpha).

        `depth`: `off`; `test` draws only what nothing nearer hides; `write` does, and hides what comes behind later.
        """
        self.flush()
        gl2.glDisable(_GL_SCISSOR_TEST)
        if depth == "off":
            gl2.glDisable(_GL_DEPTH_TEST)
        else:
            gl2.glEnable(_GL_DEPTH_TEST)
            gl2.glDepthMask(depth == "write")
        if mode == "none":
            gl2.glDisable(_GL_BLEND)
            return
        gl2.glEnable(_GL_BLEND)
        gl2.glBlendFuncSeparate(*(_ADD if mode == "add" else _OVER))

    def clear(self) -> None:
        """Set the bound target to black, nothing before it."""
        self.flush()
        gl2.glClearColor(0.0, 0.0, 0.0, 0.0)
        gl2.glDepthMask(True)
        gl2.glClear(_GL_COLOR_BUFFER_BIT | _GL_DEPTH_BUFFER_BIT)

    def end(self) -> None:
        """Leave the context as Qt expects to find it: no blending, no program, plain attributes."""
        self.blend("none")
        gl2.glDepthMask(True)
        for attribute in range(_ATTRIBUTES):
            gl2.glVertexAttribDivisor(attribute, 0)
            gl2.glDisableVertexAttribArray(attribute)
        gl2.glBindVertexArray(0)
        gl2.glUseProgram(0)
        gl2.glActiveTexture(0x84C0)
        gl2.glBindTexture(0x0DE1, 0)
        gl2.glBindBuffer(0x8892, 0)
        gl2.glBindFramebuffer(_GL_FRAMEBUFFER, self._bound)

    def close(self) -> None:
        """Forget the context; its objects die with it."""
        context.forget_canvas(self._canvas)


class Target:
    """A texture that can be drawn into: RGBA16F (linear filter), RGBA32F (exact) or RGBA8; with depth if asked for."""

    def __init__(self, device: Device, width: int, height: int, form: str = "rgba16f", *, depth: bool = False) -> None:
        self.device = device
        self.width, self.height = max(1, int(width)), max(1, int(height))
        self.form = form
        self.texture = gloo.Texture2D(
            (self.height, self.width, 4),
            internalformat=form,
            interpolation="nearest" if form == "rgba32f" else "linear",
            wrapping="clamp_to_edge",
        )
        self._depth = gloo.RenderBuffer((self.height, self.width), "depth") if depth else None
        self._frame = gloo.FrameBuffer(self.texture, self._depth)

    def __enter__(self) -> "Target":
        self._frame.activate()
        self.device.viewport(self.width, self.height)
        return self

    def __exit__(self, *_: object) -> None:
        self._frame.deactivate()
        self.device.flush()

    def handle(self) -> int:
        """The driver's number of the framebuffer object, for drawing into it as if it were a window."""
        with self:
            pass
        return int(self.device._canvas.context.shared.parser.get_object(self._frame.id).handle)

    def read(self) -> NDArray[Any]:
        """Pixels from the top row down: float32 (h, w, 4), or uint8 for an RGBA8 target."""
        exact = self.form != "rgba8"
        self._frame.activate()
        self.device.flush()
        got = gloo.read_pixels(
            (0, 0, self.width, self.height), alpha=True, out_type="float" if exact else "unsigned_byte"
        )
        self._frame.deactivate()
        self.device.flush()
        return np.asarray(got)

    def delete(self) -> None:
        """Give the memory back."""
        self._frame.delete()
        self.texture.delete()
        if self._depth is not None:
            self._depth.delete()


class Store:
    """A float texture of four-number rows (RGBA32F, nearest) that shaders read with texelFetch."""

    def __init__(self, width: int, rows: int = 1) -> None:
        self.width, self.rows = width, rows
        self.texture = gloo.Texture2D((rows, width, 4), internalformat="rgba32f", interpolation="nearest")

    def put(self, values: NDArray[np.float32], row: int = 0) -> None:
        """Write whole rows (n, width, 4) from `row` on; the store grows (and forgets) when they do not fit."""
        need = row + values.shape[0]
        if need > self.rows:
            self.rows = max(need, 2 * self.rows)
            self.texture.resize((self.rows, self.width, 4))
        if values.shape[0]:
            self.texture.set_data(np.ascontiguousarray(values, np.float32), offset=(row, 0), copy=True)


def picture_texture(values: NDArray[np.uint8], *, repeat: bool, linear: bool = True) -> Any:
    """A uint8 texture (h, w, 4) that never changes."""
    return gloo.Texture2D(
        np.ascontiguousarray(values, np.uint8),
        internalformat="rgba8",
        interpolation="linear" if linear else "nearest",
        wrapping="repeat" if repeat else "clamp_to_edge",
    )


def vertex_buffer(values: NDArray[np.float32], *, per_instance: bool = False) -> Any:
    """A buffer of one attribute; `per_instance` steps once per instance instead of once per vertex."""
    return gloo.VertexBuffer(np.ascontiguousarray(values, np.float32), divisor=1 if per_instance else None)


def index_buffer(values: NDArray[np.uint16]) -> Any:
    """A buffer of vertex numbers."""
    return gloo.IndexBuffer(np.ascontiguousarray(values, np.uint16))


def shader_text(name: str, parts: tuple[str, ...] = ()) -> str:
    """The GLSL of shaders/`name` with its `#include "file"` lines replaced by those files.

    `parts` are names defined behind its first line (`#version`): software GL runs what it skips, so a variant is built.
    """
    folder = resources.files("showeditor.stage").joinpath("shaders")
    lines = []
    for line in folder.joinpath(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#include"):
            lines.append(shader_text(line.split('"')[1]))
        else:
            lines.append(line)
    lines[1:1] = [f"#define {part}" for part in parts]
    return "\n".join(lines)


class Pipeline:
    """A vertex and a fragment shader with their inputs; set uniforms, textures and buffers by name, then draw."""

    def __init__(self, vertex: str, fragment: str, parts: tuple[str, ...] = ()) -> None:
        self._program = gloo.Program(shader_text(vertex), shader_text(fragment, parts))
        self._names = {name for _, _, name in self._program.variables}

    def set(self, **values: Any) -> None:
        """Give inputs by name; a name that the shaders do not have is passed over."""
        for name, value in values.items():
            if name in self._names:
                if isinstance(value, (Target, Store)):
                    value = value.texture
                self._program[name] = value

    def draw(self, mode: str, indices: Any = None) -> None:
        """Draw all vertices as `points`, `lines`, `triangles` or `triangle_strip`."""
        self._program.draw(mode, indices)


class Screen:
    """A pipeline over the whole target: shaders/screen.vert and one fragment shader."""

    def __init__(self, fragment: str, vertex: str = "screen.vert.glsl", parts: tuple[str, ...] = ()) -> None:
        self.pipeline = Pipeline(vertex, fragment, parts)
        corners = np.array([[-1, -1], [1, -1], [-1, 1], [1, 1]], np.float32)
        self.pipeline.set(corner=vertex_buffer(corners))

    def draw(self, **values: Any) -> None:
        """Set the inputs and cover the target."""
        self.pipeline.set(**values)
        self.pipeline.draw("triangle_strip")
