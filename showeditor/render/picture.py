"""One moment of a Plan as a picture, and a picture as a PNG file."""

import struct
import zlib
from pathlib import Path

import numpy as np

from showeditor.model.arrays import Bytes
from showeditor.model.errors import BadInput
from showeditor.model.plan import Plan
from showeditor.stage.camera import Camera, home_view, seat_of, seat_view
from showeditor.stage.offscreen import Offscreen
from showeditor.stage.overlay import NOTHING, Overlay
from showeditor.stage.quality import TIERS
from showeditor.storage.files import write_atomic

MAX_SIDE = 8192


def render_picture(
    plan: Plan,
    t_us: int,
    size: tuple[int, int] = (1280, 720),
    quality: str = "standard",
    seat: str | None = None,
    *,
    camera: Camera | None = None,
    overlay: Overlay = NOTHING,
) -> Bytes:
    """The moment `t_us` of a plan, uint8 (height, width, 3), top row first.

    Seen from `camera`, else from the seat with the id or name `seat`, else from the plan's first seat, else from the
    front. Raises BadInput for an unknown quality or seat or a size outside 16 to 8192 pixels, GpuError without OpenGL.
    """
    if quality not in TIERS:
        raise BadInput(f"quality must be one of {', '.join(TIERS)}, not {quality!r}")
    if not all(16 <= side <= MAX_SIDE for side in size):
        raise BadInput(f"a picture must be 16 to {MAX_SIDE} pixels wide and high, not {size[0]}x{size[1]}")
    if camera is None:
        camera = home_view(plan, size[0] / size[1])
        if seat is not None:
            try:
                camera = seat_view(seat_of(plan.venue, seat))
            except KeyError as error:
                raise BadInput(str(error.args[0])) from None
    with Offscreen(size, quality) as offscreen:
        return offscreen.picture(plan, t_us, camera, overlay)


def png_bytes(picture: Bytes) -> bytes:
    """A picture uint8 (h, w, 3) as a PNG file (ISO/IEC 15948), 8 bits a colour, sRGB.

    Rows are stored as differences from the row above; raises ValueError for another shape or type.
    """
    if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] != 3 or not picture.size:
        raise ValueError(f"a picture must be uint8 (h, w, 3), got {picture.dtype} {picture.shape}")
    height, width, _ = picture.shape
    flat = picture.reshape(height, width * 3)
    above = np.concatenate([np.zeros((1, width * 3), np.uint8), flat[:-1]])
    rows = np.concatenate([np.full((height, 1), 2, np.uint8), flat - above], axis=1)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", head),
            chunk(b"sRGB", b"\0"),
            chunk(b"IDAT", zlib.compress(rows.tobytes(), 6)),
            chunk(b"IEND", b""),
        ]
    )


def write_png(path: Path, picture: Bytes) -> None:
    """Save a picture; the file appears whole or not at all. Raises BadInput naming the file when it cannot be."""
    write_atomic(path, png_bytes(picture))
