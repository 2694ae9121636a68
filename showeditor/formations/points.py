"""Formations from lists of points: CSV with Name,x_m,y_m,z_m and, where it has colours, Red,Green,Blue."""

import csv
import io
import math
from dataclasses import dataclass

import numpy as np

from showeditor.formations.drawing import Drawing
from showeditor.formations.spread import nearest
from showeditor.model.arrays import Floats
from showeditor.model.errors import BadFile
from showeditor.model.points import Points
from showeditor.model.swarm import Rgb

_PLACE = ("x_m", "y_m", "z_m")
_COLOUR = ("red", "green", "blue")
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Named:
    """Named places (n, 3) in metres and their colours (empty: none stated)."""

    names: tuple[str, ...]
    places_m: Floats
    colours: tuple[Rgb, ...]


def read_places(text: str, file: str = "points") -> Named:
    """The rows of a CSV with a head line Name,x_m,y_m,z_m[,Red,Green,Blue] (any order and case, others ignored).

    Raises BadFile naming the line for a missing column, a number that is none, a name that stands twice, an empty list.
    """
    text = text.removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text))
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise BadFile(file, f"line {reader.line_num}", str(error)) from None
    if not rows:
        raise BadFile(file, "", "the list is empty, expected the head line Name,x_m,y_m,z_m")
    head = [cell.strip().lower() for cell in rows[0][1]]
    for column in ("name", *_PLACE):
        if column not in head:
            raise BadFile(file, f"line {rows[0][0]}", f"no column {column!r}, expected Name,x_m,y_m,z_m")
    coloured = all(column in head for column in _COLOUR)
    if len(rows) - 1 > _MOST:
        raise BadFile(file, "", f"{len(rows) - 1} points are too many, {_MOST} at most")
    names: dict[str, int] = {}
    places: list[list[float]] = []
    colours: list[Rgb] = []
    for line, row in rows[1:]:
        if len(row) < len(head):
            raise BadFile(file, f"line {line}", f"{len(row)} cells, expected {len(head)}")
        cells = dict(zip(head, (cell.strip() for cell in row), strict=False))
        name = cells["name"]
        if not name:
            raise BadFile(file, f"line {line}", "the name is empty")
        if name in names:
            raise BadFile(file, f"line {line}", f"the name {name!r} stands in line {names[name]} already")
        names[name] = line
        places.append([_number(file, line, column, cells[column]) for column in _PLACE])
        if coloured:
            r, g, b = (_shade(file, line, column, cells[column]) for column in _COLOUR)
            colours.append((r, g, b))
    if not places:
        raise BadFile(file, "", "the list has a head line but no points")
    return Named(tuple(names), np.array(places), tuple(colours))


def draw_csv(text: str, file: str = "points") -> Drawing:
    """A formation from a CSV of points, as they stand (not centred); the path runs in the order of the rows."""
    named = read_places(text, file)
    n = len(named.names)
    path = tuple(k / (n - 1) for k in range(n)) if n > 1 else (0.0,)
    points = Points(named.places_m)
    height = float(np.ptp(points.metres[:, 2]))
    return Drawing(points, named.colours, path, nearest(points.metres), height)


def _number(file: str, line: int, column: str, cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise BadFile(file, f"line {line}", f"{column} is {cell!r}, expected a number of metres") from None
    if not math.isfinite(value) or abs(value) > 1e5:
        raise BadFile(file, f"line {line}", f"{column} is {cell!r}, expected a finite number within 100 km")
    return value


def _shade(file: str, line: int, column: str, cell: str) -> int:
    try:
        value = int(cell)
    except ValueError:
        value = -1
    if not 0 <= value <= 255:
        raise BadFile(file, f"line {line}", f"{column} is {cell!r}, expected a whole number from 0 to 255")
    return value
