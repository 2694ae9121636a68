"""Test-firing logs: a CSV or XLSX table of measured shots -> TestFirings, problems named by row and column."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from showeditor.effects.catalogue_import import Problem, Refused, figure_of, guess_headers
from showeditor.effects.firing_log import TestFiring
from showeditor.effects.sheets import read_sheet
from showeditor.model.errors import BadFile

FIRING_FIELDS = ("effect", "rise", "height")
FIRING_NEEDED = ("effect",)

_HEADERS = {
    "effect": "effect|id|part number|part|sku|编号|货号|效果",
    "rise": "rise|rise time|lift|lift time|flight time|升空时间|上升时间",
    "height": "height|break height|burst height|altitude|高度|爆高",
}


@dataclass(frozen=True, slots=True)
class ImportedFirings:
    """The measured shots that could be read, and every problem of those that could not."""

    firings: tuple[TestFiring, ...]
    problems: tuple[Problem, ...]
    mapping: Mapping[str, str] = field(default_factory=dict)


def guess_firing_mapping(headers: list[str]) -> dict[str, str]:
    """Field -> header, where a header is a common name of the field in English or Chinese (units in it ignored)."""
    return guess_headers(headers, _HEADERS)


def import_firings(data: bytes, name: str, mapping: Mapping[str, str] | None = None) -> ImportedFirings:
    """The shots of a CSV or XLSX table whose first row holds headers: part number, rise time, break height.

    Times and heights need a unit in the cell or in the header. A row with a problem is left out and named; a cell that
    is empty was not measured. Raises BadFile when the table or its headers cannot be used.
    """
    rows = read_sheet(data, name)
    first = next((n for n, row in enumerate(rows) if any(row)), None)
    if first is None:
        raise BadFile(name, "", "expected a table with a row of headers")
    headers = rows[first]
    chosen = dict(mapping) if mapping is not None else guess_firing_mapping(headers)
    for wanted, header in chosen.items():
        if wanted not in FIRING_FIELDS:
            raise BadFile(name, f"row {first + 1}", f"expected a field of {', '.join(FIRING_FIELDS)}, found {wanted!r}")
        if headers.count(header) != 1:
            raise BadFile(name, f"row {first + 1}", f"expected one column {header!r}, found {headers.count(header)}")
    if "effect" not in chosen or len(chosen) < 2:
        raise BadFile(name, f"row {first + 1}", "expected a column for effect and one for rise or height")
    column = {field: headers.index(header) for field, header in chosen.items()}
    firings: list[TestFiring] = []
    problems: list[Problem] = []
    for number, cells in enumerate(rows[first + 1 :], first + 2):
        if not any(cells):
            continue
        text = {field: cells[at] if at < len(cells) else "" for field, at in column.items()}
        try:
            if not text["effect"]:
                raise Refused(chosen["effect"], "expected a text, found an empty cell")
            figures = {
                field: figure_of({"rise": "lift"}.get(field, field), text[field], chosen[field])
                for field in ("rise", "height")
                if text.get(field)
            }
            if not figures:
                raise Refused("", f"nothing was measured of {text['effect'][:40]}")
            firings.append(TestFiring(text["effect"], figures.get("rise"), figures.get("height")))
        except Refused as error:
            problems.append(Problem(number, error.column, str(error)))
        except ValueError as error:
            problems.append(Problem(number, "", str(error)))
    return ImportedFirings(tuple(firings), tuple(problems), chosen)
