"""Merlin scripts, out and in.

Columns and order from Finale 3D's merlin-script-file-format page and Finale Business's exporttomerlin.
"""

from collections.abc import Sequence

from exporters.controller import ControllerFormat
from exporters.entries import Entry, Reading, lean_of
from exporters.rows import Bounds, Row
from exporters.texts import (
    MOST_COLUMNS,
    calibre_of,
    calibre_text,
    cells_of,
    clock_text,
    excel,
    head_lines,
    joined,
    lines_of,
    plain,
    time_of,
    whole_of,
)
from showeditor.model.errors import BadFile
from showeditor.model.plan import Plan

COLUMNS = (
    "Shot Number,Shot Time,Break Time,Number Of Devices,Devices Per Piece,Number Of Pieces,Product ID,Mfg And Mfg ID,"
    "Item Name,Caliber,Angles,Position Name,Module Type,Module Address,Slat Address,Pin Number,Notes"
)
BOUNDS = Bounds(0, 9999, 0, 9999, 10_000)
_KEPT = frozenset(
    ("shot number", "shot time", "break time", "item name", "caliber", "position name", "module address", "pin number")
)
_COUNTS = ("number of devices", "devices per piece", "number of pieces")
_WIDTH = COLUMNS.count(",") + 1
_OLD = {"productid": "product id", "vendorid": "mfg and mfg id"}


def _leaning(lean_deg: float) -> str:
    return "|" if abs(lean_deg) < 0.5 else "/" if lean_deg > 0 else "\\"


def write_rows(plan: Plan, rows: Sequence[Row]) -> bytes:
    """One script: column line, then rows by time, module and pin."""
    firing = plan.firing
    lines = [COLUMNS]
    for k, row in enumerate(rows, 1):
        cells = (
            str(k),
            clock_text(row.ignition_us, BOUNDS.tick_us),
            clock_text(row.bloom_us, BOUNDS.tick_us),
            str(len(row.cues)),
            "1",
            str(len(row.cues)),
            "",
            "",
            joined(plain(firing.effect[i], "") for i in row.cues),
            calibre_text(float(firing.calibre_mm[row.first])),
            "".join(_leaning(lean_of(plan, i)) for i in row.cues),
            plain(firing.position[row.first], ""),
            "",
            str(row.module),
            "",
            str(row.pin),
            "",
        )
        lines.append(",".join(excel(cell) for cell in cells))
    return "".join(line + "\r\n" for line in lines).encode("ascii")


def read_rows(data: bytes, file: str) -> Reading:
    """The rows of a script of the new or the old edition, columns found by their names."""
    lines = lines_of(data, file)
    names = _header(lines[0]) if lines else []
    if len(names) > MOST_COLUMNS:
        raise BadFile(file, "line 1", f"at most {MOST_COLUMNS} columns were expected, found {len(names)}")
    missing = [c for c in ("shot time", "module address", "pin number") if c not in names]
    if missing:
        raise BadFile(file, "line 1", f"the columns of a Merlin script were expected, {missing[0]!r} is missing")
    out = Reading()
    seen: list[dict[str, str]] = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip(", "):
            continue
        cells = cells_of(line, ",")
        if len(cells) != len(names):
            raise BadFile(file, f"line {number}", f"{len(names)} columns were expected, found {len(cells)}")
        row = dict(zip(names, cells, strict=True))
        seen.append({name: "" if _plain_cell(name, cell) else cell for name, cell in row.items()})
        t_us, module, pin = time_of(row["shot time"]), whole_of(row["module address"]), whole_of(row["pin number"])
        bloom = time_of(row["break time"]) if row.get("break time") else t_us
        if t_us is None or bloom is None:
            raise BadFile(file, f"line {number}", "shot and break time as HH:MM:SS.ss were expected")
        if module is None or pin is None:
            raise BadFile(file, f"line {number}", "whole numbers for module and pin were expected")
        out.entries.append(
            Entry(
                f"line {number}",
                row.get("item name", ""),
                module,
                pin,
                t_us,
                bloom_us=bloom,
                calibre_mm=calibre_of(row.get("caliber", "")),
                position=row.get("position name", ""),
            )
        )
    if not out.entries:
        raise BadFile(file, "", "rows were expected after the columns")
    out.leave_columns(seen, _KEPT)
    out.expect_order()
    return out


def _plain_cell(name: str, cell: str) -> bool:
    """Whether a cell says no more than that one device stands upright."""
    return (name == "angles" and not cell.strip("|")) or (name in _COUNTS and cell == "1")


def _header(line: str) -> list[str]:
    return [_OLD.get(c.lower(), c.lower()) for c in cells_of(line, ",")]


def _tells(name: str, head: bytes) -> bool:
    lines = head_lines(head)[:1]
    return (
        name.lower().endswith((".csv", ".txt"))
        and bool(lines)
        and _header(lines[0])[:2] == ["shot number", "shot time"]
    )


MERLIN = ControllerFormat(
    id="merlin",
    title="Merlin script",
    title_zh="Merlin 点火脚本",
    status="columns proven",
    make="merlin",
    bounds=BOUNDS,
    suffix=".csv",
    encoding="ASCII",
    source="Finale 3D documentation, merlin-script-file-format",
    writing=write_rows,
    reading=read_rows,
    telling=_tells,
    unproven=(
        ("how times are written (HH:MM:SS.ss is assumed)", "时间的写法（假定为 HH:MM:SS.ss）"),
        ("which modules and pins exist (no range is checked)", "模块与点位的范围（不做范围检查）"),
    ),
)
