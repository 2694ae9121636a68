"""Jingduan (精锻) firing scripts, out and in.

Columns, order and ranges from Finale 3D's page on Jingduan: host, module 1 to 99, pin 1 to 32, milliseconds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exporters.controller import ControllerFormat
from exporters.entries import Entry, Reading, lean_of
from exporters.rows import Bounds, Row, for_make, merged, names_of
from exporters.texts import (
    calibre_of,
    calibre_text,
    cells_of,
    decimal_us,
    degrees_text,
    excel,
    head_lines,
    lines_of,
    seconds_text,
    time_of,
    whole_of,
)
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan
from showeditor.model.times import US

COLUMNS = (
    "Ignition Event Time,Prefire Delay,Host Address,Module Address,Pin Address,Effect Name,Caliber,Category,Angles,"
    "Position Name"
)
BOUNDS = Bounds(1, 99, 1, 32, 1000)
HOST_HI = 99
_HOST = re.compile(r"^host ([1-9][0-9]?)$")
_WIDTH = COLUMNS.count(",") + 1


def hosts_of(plan: Plan) -> dict[str, int]:
    """The host number of each controller: its own where all are called `host N`, else 1, 2, ... in order of names."""
    names = sorted({plan.firing.controller[i] for i in for_make(plan, "jingduan").firing})
    found = [_HOST.match(name) for name in names]
    if all(found):
        return {name: int(m[1]) for name, m in zip(names, found, strict=True) if m}
    if len(names) > HOST_HI:
        raise Unfit("jingduan", f"{len(names)} controllers", f"there are host addresses 1 to {HOST_HI}")
    return {name: k for k, name in enumerate(names, 1)}


def write_rows(plan: Plan, rows: Sequence[Row]) -> bytes:
    """One script: column line, then rows by ignition, host, module and pin."""
    firing, hosts = plan.firing, hosts_of(plan)
    placed = sorted((r.ignition_us, hosts[firing.controller[r.first]], r.module, r.pin, r) for r in rows)
    lines = [COLUMNS]
    for _, host, _, _, row in placed:
        angles = " ".join(degrees_text(lean_of(plan, i)) for i in row.cues)
        cells = (
            seconds_text(row.ignition_us),
            seconds_text(row.prefire_us),
            str(host),
            str(row.module),
            str(row.pin),
            names_of(plan, row),
            calibre_text(float(firing.calibre_mm[row.first])),
            firing.category[row.first],
            angles,
            firing.position[row.first],
        )
        lines.append(",".join(excel(cell) for cell in cells))
    return "".join(line + "\r\n" for line in lines).encode("utf-8")


def read_rows(data: bytes, file: str) -> Reading:
    """The rows of a script; times as seconds or as a clock."""
    lines = lines_of(data, file)
    if not lines or not _is_header(lines[0]):
        raise BadFile(file, "line 1", f"the columns {COLUMNS.split(',')[0]}, ... were expected")
    out = Reading()
    for number, line in enumerate(lines[1:], 2):
        if not line.strip(", "):
            continue
        cells = cells_of(line, ",")
        if len(cells) < _WIDTH:
            raise BadFile(file, f"line {number}", f"{_WIDTH} columns were expected, found {len(cells)}")
        t_us, prefire = time_of(cells[0]), decimal_us(cells[1] or "0", US)
        host, module, pin = (whole_of(c) for c in cells[2:5])
        if t_us is None or prefire is None or prefire < 0:
            raise BadFile(file, f"line {number}", "an ignition time and a prefire in seconds were expected")
        if host is None or module is None or pin is None:
            raise BadFile(file, f"line {number}", "whole numbers for host, module and pin were expected")
        lean = cells[8].split(" ")[0]
        out.entries.append(
            Entry(
                f"line {number}",
                cells[5],
                module,
                pin,
                t_us,
                bloom_us=t_us + prefire,
                controller=f"host {host}",
                calibre_mm=calibre_of(cells[6]),
                category=cells[7],
                position=cells[9],
                lean_deg=float(lean) if re.match(r"^-?[0-9]{1,2}$", lean) else 0.0,
            )
        )
    if not out.entries:
        raise BadFile(file, "", "rows were expected after the columns")
    out.expect_order()
    return out


def _is_header(line: str) -> bool:
    return [c.lower() for c in cells_of(line, ",")[:5]] == [c.lower() for c in COLUMNS.split(",")[:5]]


def _tells(name: str, head: bytes) -> bool:
    lines = head_lines(head)[:1]
    return name.lower().endswith((".csv", ".txt")) and bool(lines) and _is_header(lines[0])


@dataclass(frozen=True)
class Jingduan(ControllerFormat):
    """The format `jingduan`: controllers called `host N` go into one file, others into a file each."""

    def write(self, plan: Plan) -> dict[str, bytes]:
        """One script for hosts that carry their number, else one for each controller; raises Unfit naming the cue."""
        hosts = hosts_of(plan)
        if len(hosts) < 2 or not all(_HOST.match(name) for name in hosts):
            return super().write(plan)
        rows: list[Row] = []
        for name in hosts:
            own = [i for i in self.carried(plan).firing if plan.firing.controller[i] == name]
            rows += merged(self.id, plan, own, self.bounds)
        return {self.file_name(plan): write_rows(plan, rows)}

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        """Which controller is written as which host, and what is not proven."""
        hosts = hosts_of(plan)
        out = [f for f in super().remarks(plan) if f.code != "FORMAT-SPLIT" or not all(map(_HOST.match, hosts))]
        if not all(map(_HOST.match, hosts)):
            en = ", ".join(f"{name!r} as host {k}" for name, k in hosts.items())
            zh = "，".join(f"“{name}”写为主机 {k}" for name, k in hosts.items())
            out.append(Finding("FORMAT-USE", "note", f"jingduan: {en}", f"jingduan：{zh}", ids=tuple(hosts)))
        return tuple(out)


JINGDUAN = Jingduan(
    id="jingduan",
    title="Jingduan script",
    title_zh="精锻点火脚本",
    status="columns proven",
    make="jingduan",
    bounds=BOUNDS,
    suffix=".csv",
    encoding="UTF-8",
    source="Finale 3D documentation, page on Jingduan",
    writing=write_rows,
    reading=read_rows,
    telling=_tells,
    unproven=(("how times are written (seconds with three decimals are assumed)", "时间的写法（假定为三位小数的秒）"),),
    advice=(("older Jingduan boxes cannot read CSV", "旧款精锻主机不能读取 CSV"),),
    more_limits={"host_lo": 1, "host_hi": HOST_HI},
)
