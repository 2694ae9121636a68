"""Two hosts of the renderer: a GL widget where windows have GL, an EGL picture where they have not."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPaintEvent, QSurfaceFormat
from PySide6.QtOpenGLWidgets import QOpenGLWidget
from PySide6.QtWidgets import QWidget

from showeditor.model.errors import ShowEditorError
from showeditor.model.plan import Plan
from showeditor.ui import theme
from showeditor.ui.edge import guarded


@dataclass(frozen=True, slots=True)
class Frame:
    """What a canvas is asked to draw."""

    plan: Plan
    t_us: int
    camera: Any
    overlay: Any
    backdrop: Any = None


Wanted = Callable[[], Frame | None]


def has_window_gl() -> bool:
    """Whether windows of this platform can hold a GL context."""
    return QGuiApplication.platformName() in ("xcb", "wayland", "windows", "cocoa")


def ask_for_desktop_gl() -> None:
    """Asks Qt for a desktop GL context before the first window is made (Wayland would give GLES)."""
    wanted = QSurfaceFormat()
    wanted.setRenderableType(QSurfaceFormat.RenderableType.OpenGL)
    wanted.setVersion(3, 3)
    wanted.setProfile(QSurfaceFormat.OpenGLContextProfile.CompatibilityProfile)
    wanted.setSwapInterval(1)
    QSurfaceFormat.setDefaultFormat(wanted)


class GlCanvas(QOpenGLWidget):
    """Draws straight into the window."""

    def __init__(self, wanted: Wanted, parent: QWidget) -> None:
        super().__init__(parent)
        self._wanted = wanted
        self._renderer: Any = None
        self._loaded: Plan | None = None
        self.quality = "draft"
        self.cost_s = 0.0
        self.trouble = ""

    @guarded
    def initializeGL(self) -> None:
        """Makes the renderer in the widget's own context."""
        self._make()
        self.context().aboutToBeDestroyed.connect(self.shut)

    def _make(self) -> None:
        from showeditor.stage.gl import GpuError
        from showeditor.stage.renderer import Renderer

        try:
            self._renderer = Renderer(self.quality)
        except GpuError as error:
            self.trouble = str(error)
        self._loaded = None

    def set_quality(self, quality: str) -> None:
        """Changes the tier of the picture."""
        if quality == self.quality:
            return
        self.quality = quality
        if self._renderer is not None:
            self.makeCurrent()
            self._renderer.close()
            self._make()
            self.doneCurrent()
        self.update()

    @guarded
    def paintGL(self) -> None:
        """The frame that is wanted now."""
        frame = self._wanted()
        if self._renderer is None or frame is None:
            painter = QPainter(self)
            _say(painter, QRectF(self.rect()), self.trouble)
            painter.end()
            return
        begun = perf_counter()
        if frame.plan is not self._loaded:
            self._renderer.load(frame.plan)
            self._loaded = frame.plan
        if frame.backdrop is not None:
            self._renderer.show_backdrop(frame.backdrop)
        ratio = self.devicePixelRatioF()
        size = (max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        self._renderer.draw(
            frame.t_us, frame.camera, size, target_fbo=self.defaultFramebufferObject(), overlay=frame.overlay
        )
        self._renderer.device.finish()
        self.cost_s = perf_counter() - begun

    def shut(self) -> None:
        """Gives the GPU memory back."""
        if self._renderer is not None:
            self.makeCurrent()
            self._renderer.close()
            self.doneCurrent()
            self._renderer = None


class PictureCanvas(QWidget):
    """Paints pictures that EGL drew beside Qt; for offscreen tests and remote desktops."""

    def __init__(self, wanted: Wanted, parent: QWidget) -> None:
        super().__init__(parent)
        self._wanted = wanted
        self._offscreen: Any = None
        self.quality = "draft"
        self.cost_s = 0.0
        self.trouble = ""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_quality(self, quality: str) -> None:
        """Changes the tier of the picture."""
        if quality != self.quality:
            self.shut()
            self.quality = quality
            self.update()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame that is wanted now."""
        painter = QPainter(self)
        frame = self._wanted()
        picture = None if frame is None else self._picture(frame)
        if picture is None:
            _say(painter, QRectF(self.rect()), self.trouble)
        else:
            height, width = picture.shape[:2]
            painter.drawImage(self.rect(), QImage(picture.data, width, height, 3 * width, QImage.Format.Format_RGB888))
        painter.end()

    def _picture(self, frame: Frame) -> Any:
        from showeditor.stage.gl import GpuError
        from showeditor.stage.offscreen import Offscreen

        ratio = self.devicePixelRatioF()
        size = (max(16, round(self.width() * ratio)), max(16, round(self.height() * ratio)))
        if self.trouble:
            return None
        begun = perf_counter()
        try:
            if self._offscreen is None or self._offscreen.size != size:
                self.shut()
                self._offscreen = Offscreen(size, self.quality)
            if frame.backdrop is not None:
                self._offscreen.renderer.show_backdrop(frame.backdrop)
            picture = self._offscreen.picture(frame.plan, frame.t_us, frame.camera, frame.overlay)
        except (GpuError, ShowEditorError) as error:
            self.trouble = str(error)
            return None
        self.cost_s = perf_counter() - begun
        return picture

    def shut(self) -> None:
        """Gives the context back."""
        if self._offscreen is not None:
            self._offscreen.close()
            self._offscreen = None


def _say(painter: QPainter, box: QRectF, text: str) -> None:
    painter.fillRect(box, QColor("#0b0e14"))
    if text:
        painter.setPen(QColor(theme.MUTED))
        painter.drawText(
            box.adjusted(30, 0, -30, 0), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap.value, text
        )
