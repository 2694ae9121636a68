"""Finale Generic CSV: one header row, then one row for each device.

The 29 columns agree in two independent public programs that write them; the container is described by Finale 3D.
"""

import re
from collections.abc import Iterable, Sequence

from exporters.entries import Entry, Reading, lean_of
from exporters.finale.devices import devices_of, first_lean, ignitions_of
from exporters.texts import (
    LATEST_US,
    MOST_COLUMNS,
    calibre_of,
    calibre_text,
    cells_of,
    decimal_us,
    degrees_text,
    excel,
    lines_of,
    seconds_text,
    short_seconds,
    time_of,
    whole_of,
)
from showeditor.export.names import file_stem
from showeditor.export.switches import Switches
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.plan import ControllerSpec, Plan
from showeditor.model.times import US, round_half_up
from showeditor.model.venue import Vec3

HEADER, ROW = "FIRING_HEADER_ROW", "FIRING_DATA_ROW"
COLUMNS = (
    f"{HEADER},Time Cue Number,Ignition Event Time,Number Of Devices,Duration,Coordinates,Chain Identifier,"
    "Lockout Identifier,Device Delay,Prefire Delay,Effect Name,Caliber,Category,Angles,Position Name,"
    "Animation Description,Module Description,Module Address,Slat Address,Pin Address,Firing Notes,Product ID,"
    "Manufacturer Product ID,Animation ID,Location Primary,Location Secondary,Price Per Device,Mortar Caliber,"
    "Track Identifier"
)
TICK_US = 1000
NO_RANGE = (0, 999_999)
_NEEDED = ("ignition event time", "module address", "pin address")
_KEPT = frozenset(
    "firing_header_row|ignition event time|number of devices|duration|coordinates|chain identifier|device delay|"
    "prefire delay|effect name|caliber|category|angles|position name|animation description|module description|"
    "module address|slat address|pin address".split("|")
)
_FARTHEST_M = 100_000.0
_METRES = re.compile(r"^-?[0-9]{1,9}(?:\.[0-9]{0,12})?$")


def write_generic(plan: Plan, format_id: str) -> bytes:
    """The file of a whole plan: UTF-8, comma, CRLF, Excel quoting, rows by time in the show's order."""
    firing = plan.firing
    lines = [COLUMNS]
    chains = 0
    for i in sorted(range(len(firing)), key=lambda k: (int(firing.ignition_us[k]), k)):
        exact = int(firing.ignition_us[i])
        if not 0 <= exact < LATEST_US - US:
            raise Unfit(format_id, f"cue {firing.cue[i]!r}", f"ignites at {exact / US:g} s, outside 0 to 99 hours")
        t_us = round_half_up(exact, TICK_US)
        x, y, z = (float(v) for v in firing.place_m[i])
        place = " ".join(f"{v + 0.0:.6f}" for v in (x, z, -y, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0))
        module, pin = int(firing.module[i]), int(firing.pin[i])
        devices = devices_of(plan, i)
        chains += len(devices) > 1
        for device in devices:
            delay = round_half_up(exact + device.delay_us, TICK_US) - t_us
            prefire = round_half_up(exact + device.delay_us + device.prefire_us, TICK_US) - t_us - delay
            cells = (
                ROW,
                "",
                seconds_text(t_us),
                "1",
                short_seconds(round_half_up(device.lasts_us, TICK_US)),
                place,
                str(chains) if len(devices) > 1 else "",
                "",
                short_seconds(max(0, delay)),
                short_seconds(max(0, prefire)),
                device.text,
                calibre_text(float(firing.calibre_mm[i])),
                firing.category[i],
                degrees_text(lean_of(plan, i)),
                firing.position[i],
                device.text,
                file_stem(firing.controller[i]) if firing.controller[i] else "",
                f"{module:02d}" if module >= 0 else "",
                "1" if module >= 0 else "",
                f"{pin:02d}" if pin >= 0 else "",
                *[""] * 9,
            )
            lines.append(",".join(excel(cell) for cell in cells))
    return "".join(line + "\r\n" for line in lines).encode("utf-8")


def is_generic(lines: Sequence[str]) -> bool:
    """Whether the first line is the header row of a Generic CSV."""
    return bool(lines) and lines[0].lstrip('"').startswith(HEADER)


def read_generic(data: bytes, file: str, switches: Switches) -> Reading:
    """The rows of a Generic CSV with commas or tabs, columns found by their names; chains as the switches say."""
    lines = lines_of(data, file)
    tab = bool(lines) and "\t" in lines[0]
    delimiter = "\t" if tab else ","
    names = [c.lower() for c in cells_of(lines[0], delimiter)] if lines else []
    if len(names) > MOST_COLUMNS:
        raise BadFile(file, "line 1", f"at most {MOST_COLUMNS} columns were expected, found {len(names)}")
    missing = [c for c in _NEEDED if c not in names]
    if missing:
        raise BadFile(file, "line 1", f"the columns of a Generic CSV were expected, {missing[0]!r} is missing")
    out = Reading()
    rows: list[tuple[str, Entry]] = []
    seen: list[dict[str, str]] = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip(delimiter + " "):
            continue
        cells = cells_of(line, delimiter)
        if cells[0] != ROW or len(cells) != len(names):
            raise BadFile(file, f"line {number}", f"{ROW} and {len(names)} columns were expected, found {len(cells)}")
        row = dict(zip(names, cells, strict=True))
        seen.append(row)
        chain = row.get("chain identifier", "") if switches.chains == "merge" else ""
        rows.append((chain, _entry(row, file, number, switches)))
    if not rows:
        raise BadFile(file, "", "rows were expected after the header row")
    out.entries = ignitions_of(rows)
    out.leave_columns(seen, _KEPT)
    return out


def _entry(row: dict[str, str], file: str, number: int, switches: Switches) -> Entry:
    at = f"line {number}"
    t_us = time_of(row["ignition event time"])
    lasts = decimal_us(row.get("duration") or "0", switches.duration_us)
    delay = decimal_us(row.get("device delay") or "0", US)
    prefire = decimal_us(row.get("prefire delay") or "0", switches.prefire_us)
    if t_us is None or lasts is None or delay is None or prefire is None or min(lasts, delay, prefire) < 0:
        raise BadFile(file, at, "ignition time, duration, delay and prefire in seconds were expected")
    module, pin = (address(row[c], c, file, at) for c in ("module address", "pin address"))
    lean = first_lean(row.get("angles", ""))
    bloom = t_us + delay + prefire
    text = row.get("animation description") or row.get("effect name", "")
    count = row.get("number of devices", "")
    return Entry(
        at,
        f"{count} x {text}" if whole_of(count) not in (None, 0, 1) else text,
        module,
        pin,
        t_us,
        bloom_us=bloom,
        end_us=bloom + lasts,
        controller=controller_name(row.get("module description", ""), module),
        calibre_mm=calibre_of(row.get("caliber", "")),
        category=row.get("category", ""),
        position=row.get("position name", ""),
        place_m=_place(row.get("coordinates", ""), file, at),
        lean_deg=0.0 if lean is None else switches.lean_deg(lean),
    )


def address(cell: str, column: str, file: str, at: str) -> int:
    """A module or pin number; -1 where there is none."""
    number = -1 if not cell else whole_of(cell)
    if number is None:
        raise BadFile(file, at, f"a whole number was expected in {column!r}, found {cell[:40]!r}")
    return number


def controller_name(described: str, module: int) -> str:
    """The controller of a row: as the file describes its modules, `finale` where it does not, "" without a module."""
    return "" if module < 0 else described or "finale"


def _place(cell: str, file: str, at: str) -> Vec3:
    if not cell:
        return (0.0, 0.0, 0.0)
    parts = cell.split()[:3]
    if len(parts) < 3 or not all(map(_METRES.match, parts)):
        raise BadFile(file, at, f"coordinates X Y Z were expected, found {cell[:40]!r}")
    x, up, near = (float(p) for p in parts)
    if max(abs(x), abs(up), abs(near)) > _FARTHEST_M:
        raise BadFile(file, at, "coordinates within 100 km were expected")
    return (x, -near + 0.0, up)


def specs_of(entries: Iterable[Entry]) -> list[ControllerSpec]:
    """The controllers of an interchange file: of any make, their ranges are not known."""
    names = dict.fromkeys(e.controller for e in entries if e.controller)
    low, high = NO_RANGE
    title = "controller of an interchange file"
    return [ControllerSpec(n, "", title, low, high, low, high, TICK_US, "the file states no ranges") for n in names]
