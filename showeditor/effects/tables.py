"""CSV tables of assets/: rows with numbers, each with a source and a confidence."""

import csv
import math
from collections.abc import Mapping
from pathlib import Path

from showeditor.model.assets import asset
from showeditor.model.errors import BadFile

CONFIDENCES = frozenset("SCIM")
"""Published source, computed, inferred, general knowledge (docs/sources.md)."""

Row = Mapping[str, str]


def read_table(*parts: str, sourced: bool = True) -> tuple[Row, ...]:
    """The rows of an assets table; raises BadFile for a row without source or confidence, or of a wrong width."""
    return read_rows(asset(*parts), sourced=sourced)


def read_rows(path: Path, *, sourced: bool = True) -> tuple[Row, ...]:
    """The rows of one CSV file in UTF-8; raises BadFile naming the line."""
    rows: list[Row] = []
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            for row in reader:
                place = f"line {reader.line_num}"
                if None in row or None in row.values():
                    raise BadFile(path.name, place, "expected as many cells as the header has")
                if sourced and not row.get("source", "").strip():
                    raise BadFile(path.name, place, "expected a source")
                if sourced and row.get("confidence", "").strip() not in CONFIDENCES:
                    raise BadFile(path.name, place, "expected a confidence: S, C, I or M")
                rows.append(row)
    except (csv.Error, UnicodeDecodeError) as error:
        raise BadFile(path.name, "", f"expected CSV in UTF-8 ({error})") from None
    if not rows:
        raise BadFile(path.name, "", "expected at least one row")
    return tuple(rows)


def number(row: Row, name: str, file: str) -> float:
    """A finite number of a row; raises BadFile naming column and value."""
    text = row.get(name, "")
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadFile(file, f"column {name}", f"expected a number, found {text!r}")
    return value
