"""Script tables whose columns are known by name: Finale's firing system CSV and tables that people make themselves."""

import re
from collections.abc import Sequence

from exporters.entries import Entry, Reading
from exporters.finale.devices import first_lean, ignitions_of
from exporters.finale.generic import address, controller_name
from exporters.texts import MOST_COLUMNS, calibre_of, cells_of, decimal_us, lines_of, time_of
from showeditor.export.switches import Switches
from showeditor.model.errors import BadFile

_SAME = {
    **{"rail address": "module", "rail": "module", "module address": "module"},
    **{"pin address": "pin", "effect name": "description", "size": "calibre", "caliber": "calibre"},
    **{"type": "category", "position name": "position", "tilt": "angle", "angles": "angle"},
    **{"chain identifier": "chain", "prefire delay": "prefire"},
}
_KEPT = frozenset(
    {"cue", "event time", "effect time", "prefire", "duration", "description", "vdl", "module", "pin", "position"}
    | {"angle", "calibre", "category", "chain"}
)
_PLACES = {0: "cue", 1: "event time", 4: "duration", 6: "description", 12: "module", 13: "pin"}
"""Columns of the firing system CSV that are known by their place, for headers that leave names out."""


def _columns(line: str) -> tuple[str, list[str]]:
    delimiter = "\t" if "\t" in line else ";" if line.count(";") > line.count(",") else ","
    names = [_SAME.get(c.lower(), c.lower()) for c in cells_of(line, delimiter)]
    if delimiter == "\t" and names[0] == "cue" and len(names) == 14:
        names = [name or _PLACES.get(k, "") for k, name in enumerate(names)]
    return delimiter, names


def is_table(lines: Sequence[str]) -> bool:
    """Whether the first line names a time and a place or pin."""
    if not lines:
        return False
    names = set(_columns(lines[0])[1])
    return bool(names & {"event time", "effect time"}) and bool(names & {"module", "pin", "position"})


def read_table(data: bytes, file: str, switches: Switches) -> Reading:
    """The rows of a table; those that have neither a module nor a position are told and left out."""
    lines = lines_of(data, file)
    if not is_table(lines):
        raise BadFile(file, "line 1", "column names were expected, Event Time and Position or Pin among them")
    delimiter, names = _columns(lines[0])
    if len(names) > MOST_COLUMNS:
        raise BadFile(file, "line 1", f"at most {MOST_COLUMNS} columns were expected, found {len(names)}")
    out = Reading()
    rows: list[tuple[str, Entry]] = []
    seen: list[dict[str, str]] = []
    left = 0
    for number, line in enumerate(lines[1:], 2):
        if not line.strip(delimiter + " "):
            continue
        cells = cells_of(line, delimiter)
        if len(cells) != len(names):
            raise BadFile(file, f"line {number}", f"{len(names)} columns were expected, found {len(cells)}")
        row = dict(zip(names, cells, strict=True))
        seen.append(row)
        if not row.get("module") and not row.get("pin") and not row.get("position"):
            left += 1
            continue
        chain = row.get("chain", "") if switches.chains == "merge" else ""
        rows.append((chain, _entry(row, file, f"line {number}", switches)))
    if not rows and not left:
        raise BadFile(file, "", "rows were expected after the column names")
    out.entries = ignitions_of(rows)
    out.leave_columns(seen, _KEPT)
    out.leave_out(left, "rows without pin and position (DMX?)", "没有点位和位置的行（DMX？）")
    return out


def _entry(row: dict[str, str], file: str, at: str, switches: Switches) -> Entry:
    prefire = decimal_us(row.get("prefire") or "0", switches.prefire_us)
    lasts = decimal_us(row.get("duration") or "0", switches.duration_us)
    ignition = time_of(row["event time"]) if row.get("event time") else None
    bloom = time_of(row["effect time"]) if row.get("effect time") else None
    if prefire is None or lasts is None or prefire < 0 or lasts < 0:
        raise BadFile(file, at, "prefire and duration as numbers were expected")
    if ignition is None and bloom is not None:
        ignition = bloom - prefire
    if ignition is None:
        raise BadFile(file, at, "a time such as 00:01:02.500 was expected")
    bloom = max(ignition, ignition + prefire if bloom is None else bloom)
    module, pin = (address(row.get(c, ""), c, file, at) for c in ("module", "pin"))
    counted = re.match(r"^\(([0-9]{1,4})\) +(.*)$", row.get("description", ""))
    text = row.get("vdl") or (f"{counted[1]} x {counted[2]}" if counted else row.get("description", ""))
    lean = first_lean(row.get("angle", ""))
    return Entry(
        at,
        text,
        module,
        pin,
        ignition,
        bloom_us=bloom,
        end_us=bloom + lasts,
        controller=controller_name("", module),
        calibre_mm=calibre_of(row.get("calibre", "")),
        category=row.get("category", ""),
        position=row.get("position", ""),
        lean_deg=0.0 if lean is None else switches.lean_deg(lean),
    )
