"""Pictures as arrays: PNG with 8 bits a channel, not interlaced, and binary PPM."""

import re
import struct
import zlib

import numpy as np

from showeditor.kernels.pixels import unfilter
from showeditor.model.arrays import Bytes, Floats
from showeditor.model.errors import BadFile

_SIGN = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_MOST = 40_000_000
_SIDE = 20_000


def read_picture(data: bytes, file: str) -> Bytes:
    """The pixels (height, width, 4) of a PNG or PPM: red, green, blue, alpha. Raises BadFile naming the place."""
    if data.startswith(_SIGN):
        return _png(data, file)
    if data.startswith(b"P6"):
        return _ppm(data, file)
    raise BadFile(file, "byte 0", "expected a PNG or a binary PPM (P6) picture")


def read_heights(data: bytes, file: str) -> Floats:
    """A grey picture as numbers (height, width) from 0 (black) to 1 (white): PNG with 8 or 16 bits, or PPM (its green).

    Raises BadFile naming the place.
    """
    if not data.startswith(_SIGN):
        return np.asarray(read_picture(data, file)[:, :, 1] / 255.0)
    width, height, depth, colour, pixels, chunks = _unpacked(data, file, (8, 16))
    if depth == 16:
        step = _CHANNELS[colour]
        wide = pixels.reshape(height, width, step, 2).astype(np.float64)
        return np.asarray((wide[:, :, min(1, step - 1), 0] * 256.0 + wide[:, :, min(1, step - 1), 1]) / 65535.0)
    return np.asarray(_coloured(pixels, colour, chunks, file)[:, :, 1] / 255.0)


def _size(file: str, place: str, width: int, height: int) -> None:
    if not (0 < width <= _SIDE and 0 < height <= _SIDE and width * height <= _MOST):
        raise BadFile(file, place, f"a picture of {width} x {height} pixels cannot be used, {_MOST} pixels at most")


def _ppm(data: bytes, file: str) -> Bytes:
    head = re.match(rb"P6(?:\s+|#[^\n]*\n)+(\d+)(?:\s+|#[^\n]*\n)+(\d+)(?:\s+|#[^\n]*\n)+(\d+)\s", data)
    if head is None or head.group(3) != b"255":
        raise BadFile(file, "head", "expected P6, width, height and 255")
    width, height = int(head.group(1)), int(head.group(2))
    _size(file, "head", width, height)
    body = data[head.end() : head.end() + width * height * 3]
    if len(body) < width * height * 3:
        raise BadFile(file, f"byte {len(data)}", "the picture ends before its last pixel")
    out = np.full((height, width, 4), 255, np.uint8)
    out[:, :, :3] = np.frombuffer(body, np.uint8).reshape(height, width, 3)
    return out


def _chunks(data: bytes, file: str) -> list[tuple[bytes, bytes]]:
    place, found = len(_SIGN), []
    while place < len(data):
        if place + 12 > len(data):
            raise BadFile(file, f"byte {place}", "the file ends inside a chunk")
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        end = place + 8 + length
        if end + 4 > len(data):
            raise BadFile(file, f"byte {place}", f"the file ends inside chunk {kind.decode('latin-1')}")
        body = data[place + 8 : end]
        if zlib.crc32(kind + body) != struct.unpack(">I", data[end : end + 4])[0]:
            raise BadFile(file, f"byte {place}", f"chunk {kind.decode('latin-1')} is damaged, its checksum differs")
        found.append((kind, body))
        place = end + 4
        if kind == b"IEND":
            return found
    raise BadFile(file, f"byte {place}", "the file ends before IEND")


def _png(data: bytes, file: str) -> Bytes:
    _, _, _, colour, pixels, chunks = _unpacked(data, file, (8,))
    return _coloured(pixels, colour, chunks, file)


def _unpacked(data: bytes, file: str, depths: tuple[int, ...]) -> tuple[int, int, int, int, Bytes, dict[bytes, bytes]]:
    """Width, height, bits a channel, colour type, the bytes (height, width, bytes a pixel) and the chunks."""
    chunks = _chunks(data, file)
    if chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13:
        raise BadFile(file, "byte 8", "expected the chunk IHDR")
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    _size(file, "IHDR", width, height)
    if depth not in depths or (depth == 16 and colour == 3) or colour not in _CHANNELS or interlaced:
        raise BadFile(file, "IHDR", "only PNG with 8 bits a channel, not interlaced, can be read; save it as such")
    step = _CHANNELS[colour] * depth // 8
    want = height * (width * step + 1)
    try:
        # a small file may unpack to gigabytes: no more than the picture needs is unpacked
        raw = zlib.decompressobj().decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"), want)
    except zlib.error as error:
        raise BadFile(file, "IDAT", f"the pixels cannot be unpacked: {error}") from None
    if len(raw) < want:
        raise BadFile(file, "IDAT", f"{len(raw)} bytes of pixels, expected {want}")
    flat = np.zeros((height, width * step), np.uint8)
    bad = int(unfilter(np.frombuffer(raw, np.uint8).reshape(height, -1), step, flat))
    if bad >= 0:
        raise BadFile(file, f"row {bad}", "an unknown row filter")
    return width, height, depth, colour, flat.reshape(height, width, step), dict(chunks)


def _coloured(pixels: Bytes, colour: int, chunks: dict[bytes, bytes], file: str) -> Bytes:
    out = np.full((*pixels.shape[:2], 4), 255, np.uint8)
    if colour == 3:
        palette = chunks.get(b"PLTE", b"")
        if not palette or len(palette) % 3 or pixels.max() >= len(palette) // 3:
            raise BadFile(file, "PLTE", "the palette does not hold the colours of the pixels")
        out[:, :, :3] = np.frombuffer(palette, np.uint8).reshape(-1, 3)[pixels[:, :, 0]]
        alpha = np.full(256, 255, np.uint8)
        clear = np.frombuffer(chunks.get(b"tRNS", b"")[:256], np.uint8)
        alpha[: len(clear)] = clear
        out[:, :, 3] = alpha[pixels[:, :, 0]]
    elif colour in (0, 4):
        out[:, :, :3] = pixels[:, :, :1]
    else:
        out[:, :, :3] = pixels[:, :, :3]
    if colour in (4, 6):
        out[:, :, 3] = pixels[:, :, -1]
    return out
