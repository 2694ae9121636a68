"""Files that formations are drawn from, read off the window's thread; pictures of any kind that Qt knows as PNG."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from showeditor.formations.request import MESHES, PICTURES, Request, opened
from showeditor.model.errors import BadFile

_LARGEST = 64_000_000
_SIDE = 1600
"""Pictures are brought to this many pixels on their longer side: more than a swarm can show."""


def qt_pictures() -> tuple[str, ...]:
    """The endings of pictures that Qt reads on this machine, those with a reader of our own left out."""
    own = {*PICTURES, ".svg", ".svgz", ".pdf"}
    return tuple(
        sorted(f".{bytes(kind.data()).decode()}" for kind in QImageReader.supportedImageFormats()
               if f".{bytes(kind.data()).decode()}" not in own)
    )  # fmt: skip


def all_endings() -> tuple[str, ...]:
    """Every ending that a formation can be drawn from."""
    return (".svg", ".csv", *PICTURES, *qt_pictures(), *MESHES)


def read_request(path: Path) -> Request:
    """A file as a request; raises BadFile naming the file and what is wrong with it. Touches no widget."""
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            raise BadFile(path.name, "", f"the file is larger than {_LARGEST // 1_000_000} MB")
        if path.suffix.lower() in qt_pictures() or path.suffix.lower() == ".png":
            return opened(Path(path.name).with_suffix(".png").name, _as_png(path))
        return opened(path.name, path.read_bytes())
    except OSError as error:
        raise BadFile(path.name, "", error.strerror or str(error)) from None


def _as_png(path: Path) -> bytes:
    """A picture as a plain PNG of a size that is of use; interlaced and 16-bit ones too."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _SIDE:
        factor = _SIDE / max(size.width(), size.height())
        reader.setScaledSize(QSize(max(1, round(size.width() * factor)), max(1, round(size.height() * factor))))
    image = reader.read()
    if image.isNull():
        raise BadFile(path.name, "", f"the picture cannot be read: {reader.errorString()}")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image.convertToFormat(QImage.Format.Format_RGBA8888))
    return bytes(buffer.data().data())
