"""A place to take pictures of one plan from: size, tier, seat, projection and shutter chosen once."""

from types import TracebackType

from showeditor.model.arrays import Bytes
from showeditor.model.errors import BadInput
from showeditor.model.plan import Plan
from showeditor.render.projection import assembled, check_shape, face_side
from showeditor.stage.backdrop import NO_BACKDROP, Backdrop
from showeditor.stage.camera import Camera, home_view, seat_of, seat_view
from showeditor.stage.offscreen import Offscreen
from showeditor.stage.overlay import NOTHING, Overlay
from showeditor.stage.quality import TIERS
from showeditor.stage.shutter import CLOSED, Shutter

MAX_SIDE = 8192


class Studio:
    """Takes pictures of a plan; a context manager, because it holds a GL context.

    Seen from `camera`, else from the seat with the id or name `seat`, else from the plan's first seat, else from the
    front. `projection`: `flat`; `equirect`, the whole sphere in a 2:1 picture; `dome`, the sky above in a square one.
    Raises BadInput for an unknown quality, seat or projection, or a size outside 16 to 8192 pixels or of the wrong
    shape; GpuError without OpenGL.
    """

    def __init__(
        self,
        plan: Plan,
        size: tuple[int, int] = (1280, 720),
        quality: str = "standard",
        seat: str | None = None,
        *,
        camera: Camera | None = None,
        projection: str = "flat",
        shutter: Shutter = CLOSED,
        backdrop: Backdrop = NO_BACKDROP,
        supersample: int = 1,
    ) -> None:
        if quality not in TIERS:
            raise BadInput(f"quality must be one of {', '.join(TIERS)}, not {quality!r}")
        if not all(16 <= side <= MAX_SIDE for side in size):
            raise BadInput(f"a picture must be 16 to {MAX_SIDE} pixels wide and high, not {size[0]}x{size[1]}")
        check_shape(projection, size)
        if supersample not in (1, 2) or supersample * max(size) > MAX_SIDE:
            raise BadInput(f"a picture of {size[0]}x{size[1]} cannot be supersampled {supersample} times")
        if camera is None:
            camera = home_view(plan, size[0] / size[1])
            if seat is not None:
                try:
                    camera = seat_view(seat_of(plan.venue, seat))
                except KeyError as error:
                    raise BadInput(str(error.args[0])) from None
        self.plan, self.size, self.camera = plan, size, camera
        self.projection, self.shutter = projection, shutter
        side = face_side(projection, size)
        self._offscreen = Offscreen(size if projection == "flat" else (side, side), quality, supersample)
        self._offscreen.renderer.show_backdrop(backdrop)

    def picture(self, t_us: int, overlay: Overlay = NOTHING) -> Bytes:
        """The moment `t_us`, uint8 (height, width, 3), top row first."""

        def taken(camera: Camera) -> Bytes:
            return self._offscreen.picture(self.plan, t_us, camera, overlay, self.shutter)

        if self.projection == "flat":
            return taken(self.camera)
        return assembled(self.projection, self.size, self.camera, taken)

    def close(self) -> None:
        """Give the context back."""
        self._offscreen.close()

    def __enter__(self) -> "Studio":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
