"""PLY: points with colours, and faces (Turk 1994), as text or little-endian."""

from dataclasses import dataclass, field

import numpy as np

from showeditor.formations.surface import MOST_CORNERS, MOST_TRIANGLES, Surface, fans, surface_of
from showeditor.model.arrays import Bytes, Longs
from showeditor.model.errors import BadFile

_TYPES = {"char": "i1", "uchar": "u1", "short": "i2", "ushort": "u2", "int": "i4", "uint": "u4", "float": "f4"}
_TYPES |= {"double": "f8", "int8": "i1", "uint8": "u1", "int16": "i2", "uint16": "u2", "int32": "i4", "uint32": "u4"}
_TYPES |= {"float32": "f4", "float64": "f8"}
_AXES = ("x", "y", "z")
_SHADES = ("red", "green", "blue")


@dataclass(slots=True)
class _Element:
    """A table of the file: rows, scalar columns (name, type), list columns (name, type of length, type)."""

    name: str
    rows: int
    columns: list[tuple[str, str]] = field(default_factory=list)
    lists: list[tuple[str, str, str]] = field(default_factory=list)


def read_ply(data: bytes, file: str) -> Surface:
    """The points, colours and faces of a PLY; raises BadFile naming the line or byte."""
    end = data.find(b"end_header")
    body = data.find(b"\n", end) + 1
    if not data.startswith(b"ply") or end < 0 or body == 0:
        raise BadFile(file, "head", "expected ply ... end_header")
    kind, elements = _head(data[:end].decode("ascii", "replace"), file)
    points: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]] = {}
    triangles: Longs = np.zeros((0, 3), np.int64)
    source = _Text(data[body:], file) if kind == "ascii" else _Binary(data, body, file)
    for element in elements:
        if element.name == "vertex":
            points = source.columns(element)
        elif element.name == "face" and element.lists:
            triangles = source.faces(element)
        else:
            source.skip(element)
    if not all(axis in points for axis in _AXES):
        raise BadFile(file, "head", "the points need the properties x, y and z")
    colours: Bytes | None = None
    if all(shade in points for shade in _SHADES):
        stacked = np.stack([points[shade] for shade in _SHADES], axis=1)
        scale = 255.0 if len(stacked) and stacked.max() <= 1.0 else 1.0
        colours = np.clip(np.nan_to_num(stacked) * scale + 0.5, 0, 255).astype(np.uint8)
    return surface_of(np.stack([points[axis] for axis in _AXES], axis=1), triangles, colours, file)


def _head(text: str, file: str) -> tuple[str, list[_Element]]:
    kind, elements = "", list[_Element]()
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        place = f"line {number}"
        if words[:1] == ["format"]:
            kind = words[1] if len(words) > 1 else ""
            if kind not in ("ascii", "binary_little_endian"):
                raise BadFile(file, place, f"the format {kind!r} cannot be read; save it as text or little-endian")
        elif words[:1] == ["element"]:
            if len(words) != 3 or not words[2].isdigit():
                raise BadFile(file, place, "expected element NAME COUNT")
            elements.append(_Element(words[1], int(words[2])))
            if elements[-1].rows > MOST_TRIANGLES:
                raise BadFile(file, place, f"{words[2]} rows are too many, {MOST_TRIANGLES} at most")
            if words[1] == "vertex" and elements[-1].rows > MOST_CORNERS:
                raise BadFile(file, place, f"{words[2]} points are too many, {MOST_CORNERS} at most")
        elif words[:1] == ["property"]:
            if not elements or any(word not in _TYPES for word in (words[2:4] if "list" in words else words[1:2])):
                raise BadFile(file, place, "expected property TYPE NAME after an element")
            if words[1] == "list" and len(words) == 5:
                elements[-1].lists.append((words[4], _TYPES[words[2]], _TYPES[words[3]]))
            elif words[1] != "list" and len(words) == 3 and not elements[-1].lists:
                elements[-1].columns.append((words[2], _TYPES[words[1]]))
            else:
                raise BadFile(file, place, "expected single values first, then lists")
    if not kind:
        raise BadFile(file, "head", "expected the line format ascii 1.0 or format binary_little_endian 1.0")
    return kind, elements


class _Text:
    """Rows of words."""

    def __init__(self, body: bytes, file: str) -> None:
        self.lines = [line.split() for line in body.decode("ascii", "replace").splitlines() if line.strip()]
        self.next, self.file = 0, file

    def rows(self, element: _Element) -> list[list[str]]:
        rows = self.lines[self.next : self.next + element.rows]
        if len(rows) < element.rows:
            raise BadFile(self.file, "end", f"{len(rows)} of {element.rows} rows of {element.name!r} are there")
        self.next += element.rows
        return rows

    def skip(self, element: _Element) -> None:
        self.rows(element)

    def columns(self, element: _Element) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
        wide = len(element.columns)
        table = [self.numbers(row[:wide], wide, element, k) for k, row in enumerate(self.rows(element))]
        values = np.array(table, np.float64).reshape(-1, wide)
        return {name: values[:, k] for k, (name, _) in enumerate(element.columns)}

    def faces(self, element: _Element) -> Longs:
        first = len(element.columns)
        faces: list[list[int]] = []
        for k, row in enumerate(self.rows(element)):
            count = int(self.numbers(row[first : first + 1], 1, element, k)[0])
            corners = self.numbers(row[first + 1 : first + 1 + max(0, count)], count, element, k)
            faces.append([int(v) for v in corners])
        return fans(faces)

    def numbers(self, words: list[str], count: int, element: _Element, row: int) -> list[float]:
        try:
            values = [float(word) for word in words]
        except ValueError:
            values = []
        if len(values) != count or not count:
            raise BadFile(self.file, f"{element.name} {row + 1}", f"expected {count} numbers, got {' '.join(words)!r}")
        if not np.isfinite(values).all():
            raise BadFile(self.file, f"{element.name} {row + 1}", "a number is not finite")
        return values


class _Binary:
    """Rows of bytes."""

    def __init__(self, data: bytes, body: int, file: str) -> None:
        self.data, self.at, self.file = data, body, file

    def take(self, count: int, element: _Element) -> memoryview:
        if self.at + count > len(self.data):
            raise BadFile(self.file, f"byte {self.at}", f"the file ends inside the rows of {element.name!r}")
        self.at += count
        return memoryview(self.data)[self.at - count : self.at]

    def skip(self, element: _Element) -> None:
        if element.lists:
            for _ in range(element.rows):
                self.polygon(element)
        else:
            self.take(self.row_type(element).itemsize * element.rows, element)

    def row_type(self, element: _Element) -> np.dtype[np.void]:
        return np.dtype([(f"{k} {name}", "<" + code) for k, (name, code) in enumerate(element.columns)])

    def columns(self, element: _Element) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
        kind = self.row_type(element)
        if element.lists or not element.columns:
            raise BadFile(self.file, "head", "the points need single values only")
        table = np.frombuffer(self.take(kind.itemsize * element.rows, element), kind)
        return {name: table[f"{k} {name}"].astype(np.float64) for k, (name, _) in enumerate(element.columns)}

    def polygon(self, element: _Element) -> list[int]:
        self.take(sum(np.dtype(code).itemsize for _, code in element.columns), element)
        corners: list[int] = []
        for k, (_, length, code) in enumerate(element.lists):
            count = int(np.frombuffer(self.take(np.dtype(length).itemsize, element), "<" + length)[0])
            room = self.take(max(0, count) * np.dtype(code).itemsize, element)
            if k == 0:
                corners = [int(v) for v in np.frombuffer(room, "<" + code)]
        return corners

    def faces(self, element: _Element) -> Longs:
        name, length, code = element.lists[0]
        columns = [(f"{k} {n}", "<" + c) for k, (n, c) in enumerate(element.columns)]
        flat = np.dtype([*columns, ("many", "<" + length), (name, "<" + code, (3,))])
        size = flat.itemsize * element.rows
        if len(element.lists) == 1 and self.at + size <= len(self.data):
            table = np.frombuffer(memoryview(self.data)[self.at : self.at + size], flat)
            if (table["many"] == 3).all():
                self.at += size
                return table[name].astype(np.int64)
        return fans([self.polygon(element) for _ in range(element.rows)])
