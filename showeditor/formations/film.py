"""Pictures and sequences of pictures as small films for the light of a formation."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from showeditor.formations.png import read_picture
from showeditor.model.arrays import Bytes, Floats
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.film import Film, film_of

SIDE = 96
"""Pixels of the longer side that a film is reduced to: finer than any formation shows."""

LARGEST_FRAME_BYTES = 64 << 20
_KINDS = (".png", ".ppm")


def film_from(path: Path, frames_per_s: float = 12.0, side: int = SIDE) -> Film:
    """The film of one picture (PNG, PPM), or of a folder of them in the order of the numbers in their names.

    Raises BadFile naming the picture that cannot be read, BadInput for a folder without any or pictures of two sizes.
    """
    if not path.is_dir():
        return film_of_pictures([(path.name, _bytes(path))], frames_per_s, side)
    found = sorted((p for p in path.iterdir() if p.suffix.lower() in _KINDS), key=_number)
    if not found:
        raise BadInput(f"{path.name} holds no pictures (PNG or PPM)")
    return film_of_pictures([(p.name, _bytes(p)) for p in found], frames_per_s, side)


def film_of_pictures(pictures: Sequence[tuple[str, bytes]], frames_per_s: float = 12.0, side: int = SIDE) -> Film:
    """The film of picture files given as name and content, all of one size."""
    frames: list[Bytes] = []
    size: tuple[int, ...] = ()
    for name, data in pictures:
        pixels = read_picture(data, name)
        if size and pixels.shape != size:
            raise BadInput(f"{name} has {pixels.shape[1]} x {pixels.shape[0]} pixels, the others {size[1]} x {size[0]}")
        size = pixels.shape
        frames.append(reduced(pixels, side))
    if not frames:
        raise BadInput("a film needs at least one picture")
    height, width = frames[0].shape[:2]
    try:
        return film_of(np.stack(frames).tobytes(), width, height, len(frames), frames_per_s)
    except ValueError as error:
        raise BadInput(str(error)) from None


def reduced(pixels: Bytes, side: int) -> Bytes:
    """A picture (height, width, 4) with its longer side at most `side`: means over areas, weighted by what covers."""
    height, width = pixels.shape[:2]
    times = max(height, width) / side
    if times <= 1.0:
        return pixels
    rows, columns = max(1, round(height / times)), max(1, round(width / times))
    work = pixels.astype(np.float64)
    work[:, :, :3] *= work[:, :, 3:] / 255.0
    small = _means(np.swapaxes(_means(work, rows), 0, 1), columns)
    small = np.swapaxes(small, 0, 1)
    cover = np.maximum(small[:, :, 3:], 1e-9) / 255.0
    small = np.concatenate([np.minimum(255.0, small[:, :, :3] / cover), small[:, :, 3:]], axis=2)
    return np.ascontiguousarray(np.floor(small + 0.5).astype(np.uint8))


def _means(rows: Floats, count: int) -> Floats:
    """Means over `count` equal stretches of the first axis; rows that two stretches share count for both by part."""
    edges = np.linspace(0.0, len(rows), count + 1)
    total = np.concatenate([np.zeros((1, *rows.shape[1:])), np.cumsum(rows, axis=0)])
    at = np.minimum(np.floor(edges).astype(np.int64), len(rows) - 1)
    sums = total[at] + rows[at] * (edges - at)[:, None, None]
    return np.asarray(np.diff(sums, axis=0) / (len(rows) / count))


def _number(path: Path) -> tuple[int, str]:
    found = re.findall(r"\d+", path.stem)
    return (int(found[-1]) if found else -1, path.name)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FRAME_BYTES:
            raise BadFile(path.name, "", f"larger than {LARGEST_FRAME_BYTES} bytes")
        return path.read_bytes()
    except OSError as error:
        raise BadFile(path.name, "", f"cannot be read: {error.strerror}") from None
