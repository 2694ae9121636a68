"""COBRA IGNITE rows to be pasted into its web designer, out and (so that they can be read back) in.

Fields from Finale 3D's page on IGNITE. Its event time is the moment of the effect, not of the ignition; the igniter is
lit earlier by the prefire. Six rails with colours, the first is red, 18 cues each.
"""

import re
from collections.abc import Sequence

from exporters.controller import ControllerFormat
from exporters.entries import Entry, Reading
from exporters.rows import Bounds, Row
from exporters.texts import (
    cells_of,
    clock_text,
    decimal_us,
    head_lines,
    joined,
    lines_of,
    plain,
    short_seconds,
    time_of,
    whole_of,
)
from showeditor.model.errors import BadFile
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan
from showeditor.model.times import US, round_half_up

BOUNDS = Bounds(1, 6, 1, 18, 10_000, most_rows=108, module_word="rail", pin_word="cue")
_NUMBERED = re.compile(r"^\(colour ([1-6])\)$")


def _colour(module: int) -> str:
    return "Red" if module == 1 else f"(colour {module})"


def write_rows(plan: Plan, rows: Sequence[Row]) -> bytes:
    """The rows by effect time, rail and cue."""
    firing = plan.firing
    lines: list[str] = []
    for row in sorted(rows, key=lambda r: (r.bloom_us, r.module, r.pin)):
        lasts = max(0, int(firing.end_us[row.first]) - int(firing.bloom_us[row.first]))
        cells = (
            clock_text(row.bloom_us, BOUNDS.tick_us),
            _colour(row.module),
            str(row.pin),
            joined(plain(firing.effect[i], "\t") for i in row.cues),
            short_seconds(round_half_up(lasts, BOUNDS.tick_us)),
            short_seconds(row.prefire_us),
        )
        lines.append("\t".join(cells))
    return "".join(line + "\r\n" for line in lines).encode("ascii")


def read_rows(data: bytes, file: str) -> Reading:
    """The rows, ignitions worked back from effect and prefire; unknown colours get the next rails in turn."""
    out = Reading()
    rails = {"red": 1}
    for number, line in enumerate(lines_of(data, file), 1):
        if not line.strip() or (number == 1 and line.lower().startswith("event time\t")):
            continue
        cells = cells_of(line, "\t")
        if len(cells) != 6:
            raise BadFile(file, f"line {number}", f"6 columns were expected, found {len(cells)}")
        bloom, pin = time_of(cells[0]), whole_of(cells[2])
        lasts, prefire = decimal_us(cells[4] or "0", US), decimal_us(cells[5] or "0", US)
        if bloom is None or pin is None or lasts is None or lasts < 0 or prefire is None or prefire < 0:
            raise BadFile(file, f"line {number}", "event time, cue, duration and prefire were expected")
        rail = _rail(cells[1], rails, file, number, out)
        out.entries.append(
            Entry(f"line {number}", cells[3], rail, pin, bloom - prefire, bloom_us=bloom, end_us=bloom + lasts)
        )
    if not out.entries:
        raise BadFile(file, "", "rows were expected")
    return out


def _rail(colour: str, rails: dict[str, int], file: str, number: int, out: Reading) -> int:
    found = _NUMBERED.match(colour.lower())
    if found:
        return int(found[1])
    known = rails.get(colour.lower())
    if known is not None:
        return known
    if len(rails) == BOUNDS.module_hi or not colour:
        raise BadFile(file, f"line {number}", f"one of six colours was expected, found {colour[:40]!r}")
    rail = rails[colour.lower()] = len(rails) + 1
    en, zh = f"colour {colour[:40]!r} is taken as rail {rail}", f"颜色“{colour[:40]}”视为第 {rail} 轨"
    out.problems.append(Finding("IGNITE-COLOUR", "warn", en, zh))
    return rail


def _tells(name: str, head: bytes) -> bool:
    if not name.lower().endswith((".txt", ".tsv")):
        return False
    for line in head_lines(head)[:2]:
        cells = line.split("\t")
        if len(cells) == 6 and time_of(cells[0]) is not None and whole_of(cells[2]) is not None:
            return True
    return False


IGNITE = ControllerFormat(
    id="ignite",
    title="COBRA IGNITE rows (paste into the web designer)",
    title_zh="COBRA IGNITE 行（粘贴到网页设计器）",
    status="columns proven",
    make="ignite",
    bounds=BOUNDS,
    suffix=".txt",
    encoding="ASCII",
    source="Finale 3D documentation, page on IGNITE",
    writing=write_rows,
    reading=read_rows,
    telling=_tells,
    unproven=(
        ("the order of the columns", "列的顺序"),
        (
            "the names of the colours after red: `(colour 2)` to `(colour 6)` stand for them and must be replaced",
            "红色之后的颜色名称：以“(colour 2)”至“(colour 6)”代替，须自行替换",
        ),
    ),
    advice=(("times are those of the effects, not of the ignitions", "所写为效果时间，而非点火时间"),),
    more_limits={"time": "effect"},
)
