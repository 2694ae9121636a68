"""One moment of a Plan as a picture, and a picture as a PNG file."""

import struct
import zlib
from pathlib import Path

import numpy as np

from showeditor.model.arrays import Bytes
from showeditor.model.plan import Plan
from showeditor.render.studio import Studio
from showeditor.stage.backdrop import NO_BACKDROP, Backdrop
from showeditor.stage.camera import Camera
from showeditor.stage.overlay import NOTHING, Overlay
from showeditor.stage.shutter import CLOSED, Shutter
from showeditor.storage.files import write_atomic


def render_picture(
    plan: Plan,
    t_us: int,
    size: tuple[int, int] = (1280, 720),
    quality: str = "standard",
    seat: str | None = None,
    *,
    camera: Camera | None = None,
    overlay: Overlay = NOTHING,
    projection: str = "flat",
    shutter: Shutter = CLOSED,
    backdrop: Backdrop = NO_BACKDROP,
    supersample: int = 1,
) -> Bytes:
    """The moment `t_us` of a plan, uint8 (height, width, 3), top row first; see `studio.Studio` for the rest."""
    with Studio(
        plan,
        size,
        quality,
        seat,
        camera=camera,
        projection=projection,
        shutter=shutter,
        backdrop=backdrop,
        supersample=supersample,
    ) as studio:
        return studio.picture(t_us, overlay)


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
