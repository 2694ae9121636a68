"""Meshes and point clouds from files: OBJ, STL (text and binary), PLY (text and little-endian), GLB."""

import math
import struct
from pathlib import Path

import numpy as np

from showeditor.formations.glb import read_glb
from showeditor.formations.ply import read_ply
from showeditor.formations.surface import MOST_CORNERS, MOST_TRIANGLES, Surface, fans, surface_of, upright
from showeditor.model.arrays import Longs
from showeditor.model.errors import BadFile


def read_mesh(data: bytes, file: str) -> Surface:
    """The surface or point cloud of a file, by the ending of its name; raises BadFile naming the place.

    OBJ and GLB have y up, STL and PLY have z up.
    """
    kind = Path(file).suffix.lower()
    if kind == ".obj":
        return read_obj(data, file)
    if kind == ".stl":
        return read_stl(data, file)
    if kind == ".ply":
        return read_ply(data, file)
    if kind == ".glb":
        return read_glb(data, file)
    raise BadFile(file, "", "expected a file that ends in .obj, .stl, .ply or .glb")


def read_obj(data: bytes, file: str) -> Surface:
    """Points, their colours where the file has them, and faces of a Wavefront OBJ; everything else is passed over."""
    corners: list[list[float]] = []
    colours: list[list[float]] = []
    faces: list[list[int]] = []
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        words = line.split()
        if not words:
            continue
        if words[0] == "v":
            values = [_number(file, number, word) for word in words[1:]]
            if len(values) < 3:
                raise BadFile(file, f"line {number}", "a point needs x, y and z")
            corners.append(values[:3])
            if len(values) >= 6:
                colours.append(values[-3:])
        elif words[0] == "f":
            faces.append([_corner(file, number, word, len(corners)) for word in words[1:]])
            if len(faces[-1]) < 3:
                raise BadFile(file, f"line {number}", "a face needs three corners")
        if len(corners) > MOST_CORNERS or len(faces) > MOST_TRIANGLES:
            raise BadFile(file, f"line {number}", f"more than {MOST_CORNERS} points or {MOST_TRIANGLES} faces")
    if not corners:
        raise BadFile(file, "", "the file holds no points")
    shades = None
    if len(colours) == len(corners):
        values_of = np.array(colours)
        scale = 255.0 if values_of.max() <= 1.0 else 1.0
        shades = np.clip(values_of * scale + 0.5, 0, 255).astype(np.uint8)
    return surface_of(upright(np.array(corners)), fans(faces), shades, file)


def _number(file: str, line: int, word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        raise BadFile(file, f"line {line}", f"{word!r} is not a number") from None
    if not math.isfinite(value):
        raise BadFile(file, f"line {line}", f"{word!r} is not a finite number")
    return value


def _corner(file: str, line: int, word: str, known: int) -> int:
    try:
        index = int(word.split("/", 1)[0])
    except ValueError:
        raise BadFile(file, f"line {line}", f"{word!r} is not the number of a point") from None
    index = index - 1 if index > 0 else known + index
    if not 0 <= index < known:
        raise BadFile(file, f"line {line}", f"{word!r} is not among the {known} points before it")
    return index


def read_stl(data: bytes, file: str) -> Surface:
    """The triangles of an STL, binary (by its length) or text."""
    count = struct.unpack("<I", data[80:84])[0] if len(data) >= 84 else -1
    if count >= 0 and len(data) == 84 + 50 * count:
        if count > MOST_TRIANGLES:
            raise BadFile(file, "byte 80", f"{count} triangles are too many, {MOST_TRIANGLES} at most")
        rows = np.frombuffer(data, np.uint8, offset=84).reshape(-1, 50)
        corners = np.ascontiguousarray(rows[:, 12:48]).view("<f4").reshape(-1, 3).astype(np.float64)
        return surface_of(corners, _in_turn(len(corners)), None, file)
    if data[:5] == b"solid" and b"facet" in data[:4096]:
        return _text_stl(data, file)
    if count >= 0 and data[:5] != b"solid":
        raise BadFile(file, "byte 80", f"{count} triangles need {84 + 50 * count} bytes, the file has {len(data)}")
    raise BadFile(file, "byte 0", "expected an STL file")


def _text_stl(data: bytes, file: str) -> Surface:
    corners: list[list[float]] = []
    closed = False
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        words = line.split()
        if words and words[0] == "vertex":
            if len(words) != 4:
                raise BadFile(file, f"line {number}", "a vertex needs x, y and z")
            corners.append([_number(file, number, word) for word in words[1:]])
            if len(corners) > 3 * MOST_TRIANGLES:
                raise BadFile(file, f"line {number}", f"more than {MOST_TRIANGLES} triangles")
        elif words and words[0] == "endfacet" and len(corners) % 3:
            raise BadFile(file, f"line {number}", "a facet needs three vertices")
        closed = closed or bool(words and words[0] == "endsolid")
    if not closed or len(corners) % 3:
        raise BadFile(file, "end", "the file ends before endsolid")
    return surface_of(np.array(corners).reshape(-1, 3), _in_turn(len(corners)), None, file)


def _in_turn(corners: int) -> Longs:
    return np.arange(corners).reshape(-1, 3)
