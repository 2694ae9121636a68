"""StarFire scripts, out and in.

Column order from Finale Business's exporttostarfire page: Mod, Cue, FT, DT, Qty, PN, Desc, Type, Size, Disable Type,
tab-separated without quoting; module 1 to 255, cue 1 to 32.
"""

from collections.abc import Sequence

from exporters.controller import ControllerFormat
from exporters.entries import Entry, Reading
from exporters.rows import Bounds, Row
from exporters.texts import (
    calibre_of,
    calibre_text,
    cells_of,
    clock_text,
    head_lines,
    lines_of,
    plain,
    time_of,
    whole_of,
)
from showeditor.model.errors import BadFile
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan

BOUNDS = Bounds(1, 255, 1, 32, 10_000, pin_word="cue")
_WIDTH = 10


def write_rows(plan: Plan, rows: Sequence[Row]) -> bytes:
    """One script: rows by time; description, type and size are those of the first device on the pin."""
    firing = plan.firing
    lines: list[str] = []
    for row in rows:
        cells = (
            str(row.module),
            str(row.pin),
            clock_text(row.ignition_us, BOUNDS.tick_us),
            "0",
            str(len(row.cues)),
            "",
            plain(firing.effect[row.first], "\t"),
            plain(firing.category[row.first], "\t"),
            calibre_text(float(firing.calibre_mm[row.first])),
            "",
        )
        lines.append("\t".join(cells))
    return "".join(line + "\r\n" for line in lines).encode("ascii")


def read_rows(data: bytes, file: str) -> Reading:
    """The rows of a script; a line of column names before them is passed over."""
    out = Reading()
    more_columns: list[dict[str, str]] = []
    for number, line in enumerate(lines_of(data, file), 1):
        if not line.strip() or (number == 1 and line.lower().startswith("mod\t")):
            continue
        cells = cells_of(line, "\t")
        if len(cells) < 7:
            raise BadFile(file, f"line {number}", f"{_WIDTH} columns were expected, found {len(cells)}")
        module, pin, t_us = whole_of(cells[0]), whole_of(cells[1]), time_of(cells[2])
        wait = time_of(cells[3] or "0")
        if module is None or pin is None:
            raise BadFile(file, f"line {number}", "whole numbers for module and cue were expected")
        if t_us is None or wait is None or wait < 0:
            raise BadFile(file, f"line {number}", "a fire time and a delay time were expected")
        more = cells[7:] + [""] * 2
        out.entries.append(
            Entry(f"line {number}", cells[6], module, pin, t_us, category=more[0], calibre_mm=calibre_of(more[1]))
        )
        out.problems += _delayed(number, wait)
        disable = cells[9] if len(cells) > 9 else ""
        more_columns.append({"Qty": "" if cells[4] in ("", "1") else cells[4], "PN": cells[5], "Disable Type": disable})
    if not out.entries:
        raise BadFile(file, "", "rows were expected")
    out.leave_columns(more_columns, ())
    out.expect_order()
    return out


def _delayed(number: int, wait_us: int) -> list[Finding]:
    if not wait_us:
        return []
    en = f"line {number}: a delay of {wait_us / 1e6:g} s is not understood; the fire time is taken as the ignition"
    zh = f"第 {number} 行：{wait_us / 1e6:g} 秒的延时含义不明，以点火时间为准"
    return [Finding("STARFIRE-DELAY", "warn", en, zh, ids=(f"line {number}",))]


def _tells(name: str, head: bytes) -> bool:
    if not name.lower().endswith((".txt", ".tsv")):
        return False
    for line in head_lines(head)[:2]:
        cells = line.split("\t")
        if len(cells) in (_WIDTH - 1, _WIDTH) and whole_of(cells[0]) is not None and whole_of(cells[1]) is not None:
            return time_of(cells[2]) is not None
    return False


STARFIRE = ControllerFormat(
    id="starfire",
    title="StarFire script",
    title_zh="StarFire 点火脚本",
    status="columns proven",
    make="starfire",
    bounds=BOUNDS,
    suffix=".txt",
    encoding="ASCII",
    source="Finale Business feature page exporttostarfire",
    writing=write_rows,
    reading=read_rows,
    telling=_tells,
    unproven=(
        ("how times are written (HH:MM:SS.ss is assumed)", "时间的写法（假定为 HH:MM:SS.ss）"),
        ("whether a line of column names is wanted (none is written)", "是否需要列名行（此处不写）"),
        ("that FT is the fire time and DT a delay (0 is written)", "FT 为点火时间、DT 为延时（写 0）"),
    ),
)
