"""A supplier's table -> catalogue entries: columns by mapping, units demanded, problems named by row and column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from showeditor.effects.calibres import trade_mm
from showeditor.effects.catalogue import Entry, category_of
from showeditor.effects.reading import read
from showeditor.effects.sheets import Rows, read_sheet
from showeditor.model.errors import BadFile, BadInput

FIELDS = ("id", "vdl", "title_en", "title_zh", "category", "calibre", "height", "lift", "duration")
NEEDED = ("id", "vdl")

_HEADERS = {
    "id": "id|part number|part no|part|number|item|item no|sku|编号|货号|品号|料号",
    "vdl": "vdl|description|effect|effect description|描述|效果|效果描述",
    "title_en": "title|name|english name|product|名称(英)|英文名",
    "title_zh": "chinese name|中文名|名称|品名",
    "category": "category|type|part type|类别|种类",
    "calibre": "calibre|caliber|size|diameter|口径|规格",
    "height": "height|effect height|altitude|高度|燃放高度",
    "lift": "lift|lift time|prefire|pre-fire|pft|rise|rise time|提前量|升空时间",
    "duration": "duration|effect duration|dur|持续时间|时长|燃放时间",
}
_MM: Mapping[str, float] = {"mm": 1.0, "毫米": 1.0, "cm": 10.0, "厘米": 10.0}
_M: Mapping[str, float] = {
    "m": 1.0,
    "米": 1.0,
    "metres": 1.0,
    "meters": 1.0,
    "ft": 0.3048,
    "feet": 0.3048,
    "英尺": 0.3048,
}
_S: Mapping[str, float] = {"s": 1.0, "sec": 1.0, "seconds": 1.0, "秒": 1.0, "ms": 0.001, "毫秒": 0.001}
_INCHES = frozenset(("in", "inch", "inches", '"', "″", "寸", "号", "英寸"))
_UNITS = {"calibre": _MM, "height": _M, "lift": _S, "duration": _S}
_RANGE = {"calibre": (5.0, 1200.0), "height": (0.2, 1000.0), "lift": (0.0, 60.0), "duration": (0.0, 600.0)}
_NUMBER = re.compile(r"^([+-]?\d{1,9}(?:[.,]\d{1,6})?)\s*(\D*)$")
_IN_HEADER = re.compile(r"[(\[（]\s*([^)\]）]{1,12})\s*[)\]）]\s*$|[_\s](mm|cm|in|inch|inches|m|ft|s|sec|ms)$")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row: its number in the table (the header is row 1), the column's header, and why.

    `refused`: the row was left out; else it was taken without that cell.
    """

    row: int
    column: str
    message: str
    refused: bool = True

    def __str__(self) -> str:
        return (
            f"row {self.row}, column {self.column}: {self.message}"
            if self.column
            else f"row {self.row}: {self.message}"
        )


@dataclass(frozen=True, slots=True)
class Imported:
    """The entries that could be read, and every problem of those that could not."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    mapping: Mapping[str, str] = field(default_factory=dict)


def guess_mapping(headers: list[str]) -> dict[str, str]:
    """Field -> header, where a header is a common name of the field in English or Chinese (units in it ignored)."""
    return guess_headers(headers, _HEADERS)


def guess_headers(headers: list[str], names: Mapping[str, str]) -> dict[str, str]:
    """Field -> header for a table of names (field -> lower-case headers separated by bars); units ignored."""
    found: dict[str, str] = {}
    for header in headers:
        plain = _IN_HEADER.sub("", header.strip().casefold()).strip()
        for name, known in names.items():
            if plain in known.split("|") and name not in found:
                found[name] = header
    return found


def import_catalogue(data: bytes, name: str, mapping: Mapping[str, str] | None = None) -> Imported:
    """The effects of a CSV or XLSX table whose first row holds headers.

    `mapping`: field of FIELDS -> header (guessed without it; see `guess_mapping`). Sizes, heights and times need a unit
    in the cell (`75mm`) or in the header (`Height (m)`). A row with a problem is left out and named, the others are
    kept; of rows with one id the first is kept. Raises BadFile when the table or its headers cannot be used.
    """
    rows = read_sheet(data, name)
    first = next((n for n, row in enumerate(rows) if any(row)), None)
    if first is None:
        raise BadFile(name, "", "expected a table with a row of headers")
    headers = rows[first]
    chosen = dict(mapping) if mapping is not None else guess_mapping(headers)
    for wanted, header in chosen.items():
        if wanted not in FIELDS:
            raise BadFile(name, f"row {first + 1}", f"expected a field of {', '.join(FIELDS)}, found {wanted!r}")
        if headers.count(header) != 1:
            raise BadFile(name, f"row {first + 1}", f"expected one column {header!r}, found {headers.count(header)}")
    missing = [field for field in NEEDED if field not in chosen]
    if missing:
        raise BadFile(name, f"row {first + 1}", f"expected a column for {' and '.join(missing)}")
    return _entries(rows, first, name, chosen)


def _entries(rows: Rows, first: int, name: str, mapping: dict[str, str]) -> Imported:
    headers = rows[first]
    column = {field: headers.index(header) for field, header in mapping.items()}
    found: dict[str, Entry] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for number, cells in enumerate(rows[first + 1 :], first + 2):
        if not any(cells):
            continue

        def cell(field: str, cells: list[str] = cells) -> str:
            at = column.get(field, -1)
            return cells[at] if 0 <= at < len(cells) else ""

        try:
            entry = _entry(cell, mapping, f"{name}, row {number}")
        except Refused as error:
            problems.append(Problem(number, error.column, str(error)))
            continue
        if entry.id in found:
            why = f"{entry.id} stands in row {lines[entry.id]} already; that row is kept"
            problems.append(Problem(number, mapping["id"], why))
            continue
        found[entry.id], lines[entry.id] = entry, number
        unknown = read(entry.vdl).unknown
        if unknown:
            problems.append(
                Problem(number, mapping["vdl"], f"not understood: {', '.join(unknown)[:200]}", refused=False)
            )
    return Imported(tuple(found.values()), tuple(problems), mapping)


class Refused(Exception):
    """Why a cell cannot be used, and in which column it stands."""

    def __init__(self, column: str, why: str) -> None:
        self.column = column
        super().__init__(why)


def _entry(cell: Callable[[str], str], mapping: Mapping[str, str], source: str) -> Entry:
    for needed in NEEDED:
        if not cell(needed):
            raise Refused(mapping[needed], "expected a text, found an empty cell")
    figures = {field: figure_of(field, cell(field), mapping[field]) for field in _UNITS if cell(field)}
    vdl = cell("vdl")
    try:
        device = read(vdl)
        if figures.get("calibre") is not None and not _states_size(vdl):
            # the size column speaks where the description is silent
            vdl = f"{figures['calibre']:g}mm {vdl}"
            device = read(vdl)
    except BadInput as error:
        raise Refused(mapping["vdl"], str(error)) from None
    category = category_of(cell("category")) or device.category
    title = cell("title_en") or cell("title_zh") or vdl
    try:
        return Entry(
            id=cell("id"), category=category, title_en=title, title_zh=cell("title_zh") or title, vdl=vdl,
            calibre_mm=figures.get("calibre", device.calibre_mm), height_m=figures.get("height"),
            lift_s=figures.get("lift"), duration_s=figures.get("duration"), source=source[:200], confidence="S",
        )  # fmt: skip
    except ValueError as error:
        raise Refused(mapping["id"], str(error)) from None


def _states_size(vdl: str) -> bool:
    return re.search(r'\d\s*(mm|毫米|in\b|inch|"|″|寸|号)', vdl, re.IGNORECASE) is not None


def figure_of(field: str, text: str, header: str) -> float:
    """A calibre (mm), height (m), lift or duration (s) from a cell, its unit there or in the header; raises Refused."""
    found = _NUMBER.match(text)
    if not found:
        raise Refused(header, f"expected a number with a unit, found {text[:40]!r}")
    unit = found[2].strip().casefold()
    if not unit:
        stated = _IN_HEADER.search(header.strip().casefold())
        unit = next((part for part in stated.groups() if part), "").strip() if stated else ""
    if not unit:
        raise Refused(header, f"{text[:40]!r} has no unit, and neither has its header")
    value = float(found[1].replace(",", "."))
    units = _UNITS[field]
    if field == "calibre" and unit in _INCHES:
        value = trade_mm(value)
    elif unit in units:
        value *= units[unit]
    else:
        raise Refused(header, f"expected a unit of {', '.join(units)}, found {unit!r}")
    low, high = _RANGE[field]
    if not low <= value <= high:
        raise Refused(header, f"{text[:40]!r} lies outside {low:g} to {high:g}")
    return round(value, 6)
