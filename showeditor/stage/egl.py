"""A GL context without window or display (EGL, by ctypes): for pictures on servers, in tests, beside offscreen Qt.

The surfaceless platform is asked for by name (EGL_MESA_platform_surfaceless), then the first device
(EGL_EXT_platform_device), then whatever EGL_PLATFORM says, so that no environment variable has to be set and
a window of the same process keeps its own platform.
"""

import ctypes
import ctypes.util
from collections.abc import Callable
from typing import Any

from showeditor.stage.gl import GpuError

_SURFACELESS, _DEVICE = 0x31DD, 0x313F
_CONFIG = (0x3033, 0x0001, 0x3040, 0x0008, 0x3024, 8, 0x3023, 8, 0x3022, 8, 0x3038)
_PBUFFER = (0x3057, 16, 0x3056, 16, 0x3038)
_OPENGL_API = 0x30A2


def _library() -> Any:
    name = ctypes.util.find_library("EGL") or "libEGL.so.1"
    try:
        library = ctypes.CDLL(name)
    except OSError as error:
        raise GpuError("EGL is not installed (Debian: libegl1 libgl1 libgl1-mesa-dri)") from error
    handle = ctypes.c_void_p
    for function, result, arguments in (
        ("eglGetDisplay", handle, (handle,)),
        ("eglGetProcAddress", handle, (ctypes.c_char_p,)),
        ("eglInitialize", ctypes.c_uint, (handle, handle, handle)),
        ("eglBindAPI", ctypes.c_uint, (ctypes.c_uint,)),
        ("eglChooseConfig", ctypes.c_uint, (handle, handle, handle, ctypes.c_int, handle)),
        ("eglCreatePbufferSurface", handle, (handle, handle, handle)),
        ("eglCreateContext", handle, (handle, handle, handle, handle)),
        ("eglMakeCurrent", ctypes.c_uint, (handle, handle, handle, handle)),
        ("eglDestroyContext", ctypes.c_uint, (handle, handle)),
        ("eglDestroySurface", ctypes.c_uint, (handle, handle)),
        ("eglGetError", ctypes.c_int, ()),
    ):
        getattr(library, function).restype = result
        getattr(library, function).argtypes = arguments
    return library


class Surface:
    """One offscreen GL context; `enter` makes it current in this thread, `leave` frees the thread again."""

    def __init__(self) -> None:
        self._egl = _library()
        self._display = self._open_display()
        if not self._egl.eglBindAPI(_OPENGL_API):
            raise GpuError("EGL offers no desktop OpenGL")
        config = ctypes.c_void_p()
        count = ctypes.c_int()
        wanted = (ctypes.c_int * len(_CONFIG))(*_CONFIG)
        self._egl.eglChooseConfig(self._display, wanted, ctypes.byref(config), 1, ctypes.byref(count))
        if not count.value:
            raise GpuError("EGL offers no surface with 8 bits a colour")
        size = (ctypes.c_int * len(_PBUFFER))(*_PBUFFER)
        self._surface = ctypes.c_void_p(self._egl.eglCreatePbufferSurface(self._display, config, size))
        self._context = ctypes.c_void_p(self._egl.eglCreateContext(self._display, config, None, None))
        if not self._context:
            raise GpuError(f"EGL gives no context (error {self._egl.eglGetError():#x})")

    def _open_display(self) -> ctypes.c_void_p:
        by_platform = self._egl.eglGetProcAddress(b"eglGetPlatformDisplayEXT")
        displays: list[Callable[[], Any]] = []
        if by_platform:
            ask: Any = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p)(by_platform)
            displays.append(lambda: ask(_SURFACELESS, None, None))
            displays.append(lambda: ask(_DEVICE, self._first_device(), None))
        displays.append(lambda: self._egl.eglGetDisplay(None))
        for display in displays:
            handle = display()
            if handle and self._egl.eglInitialize(ctypes.c_void_p(handle), None, None):
                return ctypes.c_void_p(handle)
        raise GpuError("EGL finds no display to draw on without a window (Mesa needs libgl1-mesa-dri)")

    def _first_device(self) -> ctypes.c_void_p | None:
        query = self._egl.eglGetProcAddress(b"eglQueryDevicesEXT")
        if not query:
            return None
        ask = ctypes.CFUNCTYPE(ctypes.c_uint, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(query)
        device, count = ctypes.c_void_p(), ctypes.c_int()
        ask(1, ctypes.byref(device), ctypes.byref(count))
        return device if count.value else None

    def enter(self) -> None:
        """Make the context current in this thread; raises GpuError when another API holds the thread."""
        self._egl.eglBindAPI(_OPENGL_API)
        if not self._egl.eglMakeCurrent(self._display, self._surface, self._surface, self._context):
            raise GpuError(f"EGL cannot draw in this thread (error {self._egl.eglGetError():#x})")

    def leave(self) -> None:
        """Let the thread go."""
        self._egl.eglMakeCurrent(self._display, None, None, None)

    def close(self) -> None:
        """Give the context back to the driver."""
        self.leave()
        self._egl.eglDestroyContext(self._display, self._context)
        self._egl.eglDestroySurface(self._display, self._surface)
