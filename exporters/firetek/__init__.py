"""fireTEK 7.x `script.csv`, out and in.

Columns and ranges from the fireTEK help articles 67000400301 and 67000373201: module 1 to 99, time in milliseconds,
sequence 0 for the main script. Channels above 100 are DMX in the vendor's sample. Rows are sorted by time, as there.
"""

from collections.abc import Sequence

from exporters.controller import ControllerFormat
from exporters.entries import Entry, Reading
from exporters.rows import Bounds, Row
from exporters.texts import LATEST_US, cells_of, head_lines, joined, lines_of, plain, whole_of
from showeditor.model.errors import BadFile
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan

COLUMNS = (
    "Module ID,Rail,Channel,Time,Sequence,DMX Value,RampX,Duration or Rate,Position,SafetyZone,Channel Name,"
    "Sequence Name"
)
CHANNEL_HI = 100
_KEPT = frozenset(("Module ID", "Channel", "Time", "Sequence", "Position", "Channel Name", "Sequence Name"))
BOUNDS = Bounds(1, 99, 1, CHANNEL_HI, 1000, pin_word="channel")
_WIDTH = COLUMNS.count(",") + 1


def write_rows(plan: Plan, rows: Sequence[Row]) -> bytes:
    """The script of one controller: project line, column line, then rows by time."""
    firing = plan.firing
    places = {name: k for k, name in enumerate(sorted(set(firing.position)), 1)}
    lines = ["##" + plain(plan.title) + "," * (_WIDTH - 1), COLUMNS]
    for row in rows:
        name = joined(plain(firing.effect[i]) for i in row.cues)
        ms, place = row.ignition_us // 1000, places[firing.position[row.first]]
        lines.append(f"{row.module},1,{row.pin},{ms},0,0,0,0,{place},1,{name},Show")
    return "".join(line + "\r\n" for line in lines).encode("ascii")


def read_rows(data: bytes, file: str) -> Reading:
    """The rows of a script; sub-scripts of their own trigger begin a second after the one before them."""
    lines = lines_of(data, file)
    if len(lines) < 2 or not lines[0].startswith("##") or not _is_header(lines[1]):
        raise BadFile(file, "line 1", "a project line ## and the columns Module ID, Rail, Channel, ... were expected")
    out = Reading(title=lines[0][2:].rstrip(",").strip().strip('"'))
    dmx = 0
    more: list[dict[str, str]] = []
    tracks: dict[int, list[Entry]] = {}
    for number, line in enumerate(lines[2:], 3):
        if not line.strip(", "):
            continue
        cells = cells_of(line, ",")
        if len(cells) < 8:
            raise BadFile(file, f"line {number}", f"at least 8 columns were expected, found {len(cells)}")
        values = [whole_of(c) for c in (cells[0], cells[2], cells[4] or "0")]
        module, channel, sequence = values
        if module is None or channel is None or sequence is None:
            raise BadFile(file, f"line {number}", "whole numbers for module, channel and sequence were expected")
        if channel > CHANNEL_HI:
            dmx += 1
            continue
        t_us = _ms(cells[3], file, number)
        named = zip(COLUMNS.split(","), cells, strict=False)
        # rail 1 and safety zone 1 are what is written where nobody says otherwise
        more.append({n: "" if n in ("Rail", "SafetyZone") and c == "1" else c for n, c in named})
        text = cells[10] if len(cells) > 10 else ""
        place = cells[8] if len(cells) > 8 else ""
        tracks.setdefault(sequence, []).append(Entry(f"line {number}", text, module, channel, t_us, position=place))
    if not tracks and not dmx:
        raise BadFile(file, "", "rows were expected after the columns")
    _lay(tracks, out)
    out.leave_out(dmx, "DMX rows", " DMX 行")
    out.leave_columns(more, _KEPT)
    return out


def _is_header(line: str) -> bool:
    return [c.lower() for c in cells_of(line, ",")[:4]] == ["module id", "rail", "channel", "time"]


def _ms(cell: str, file: str, number: int) -> int:
    text = cell.strip()
    if not text.isascii() or not text.removeprefix("-").isdigit() or len(text) > 12:
        raise BadFile(file, f"line {number}", f"a time in whole milliseconds was expected, found {text[:40]!r}")
    t_us = int(text) * 1000
    if abs(t_us) >= LATEST_US:
        raise BadFile(file, f"line {number}", "a time within 100 hours was expected")
    return t_us


def _lay(tracks: dict[int, list[Entry]], out: Reading) -> None:
    base = 0
    for sequence in sorted(tracks):
        rows = tracks[sequence]
        if sequence:
            en = f"sequence {sequence} has a clock of its own; shown from {base / 1e6:g} s"
            zh = f"序列 {sequence} 有自己的时钟，此处显示为 {base / 1e6:g} 秒起"
            out.problems.append(Finding("FIRETEK-CLOCK", "note", en, zh, base, base))
        for e in rows:
            out.entries.append(
                Entry(e.name, e.effect, e.module, e.pin, base + e.ignition_us if sequence else e.ignition_us,
                      position=e.position)
            )  # fmt: skip
        base = max(e.ignition_us for e in out.entries) + 1_000_000


def _tells(name: str, head: bytes) -> bool:
    lines = head_lines(head)[:2]
    return name.lower().endswith((".csv", ".txt")) and len(lines) == 2 and lines[0][:2] == "##" and _is_header(lines[1])


FIRETEK = ControllerFormat(
    id="firetek",
    title="fireTEK script, firmware 7.x",
    title_zh="fireTEK 点火脚本，固件 7.x",
    status="proven",
    make="firetek",
    bounds=BOUNDS,
    suffix=".csv",
    encoding="ASCII",
    source="fireTEK help, articles 67000400301 and 67000373201",
    writing=write_rows,
    reading=read_rows,
    telling=_tells,
    stem="script",
    unproven=(
        (
            "whether rows must be sorted by module first (they are sorted by time, as in the vendor's sample)",
            "行是否须先按模块排序（此处与厂家样例一致，按时间排序）",
        ),
    ),
)
