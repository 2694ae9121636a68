"""Finale 3D `.fin`: a zip whose member `show_tables.txt` holds stacked tables, as a public program reads them.

`##partsHeader` names the columns of the `##partsRow` lines, `##scriptHeader` those of `##scriptRow`. No zip inside the
zip is ever opened.
"""

from exporters.entries import Entry, Reading
from exporters.finale.generic import address, controller_name
from exporters.skyc.archive import Archive
from exporters.texts import BIGGEST, calibre_of, decimal_us, lines_of, time_of
from showeditor.export.switches import Switches
from showeditor.model.errors import BadFile

MEMBER = "show_tables.txt"
_KEPT = frozenset(("actiontime", "partnumber", "duration", "railaddress", "pinaddress", "position"))
_NEEDED = ("actiontime", "partnumber", "railaddress", "pinaddress")


def _tables(lines: list[str], place: str, file: str) -> dict[str, list[tuple[int, dict[str, str]]]]:
    """The rows of each table by its name, each with its line."""
    headers: dict[str, list[str]] = {}
    out: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for number, line in enumerate(lines, 1):
        if not line.startswith("##"):
            continue
        word, *cells = line.split("\t")
        if word.endswith("Header"):
            headers[word[2:-6]] = [c.strip().lower() for c in cells]
        elif word.endswith("Row"):
            names = headers.get(word[2:-3])
            if names is None:
                raise BadFile(file, f"{place} line {number}", f"##{word[2:-3]}Header was expected before its rows")
            if len(cells) > len(names):
                raise BadFile(file, f"{place} line {number}", f"{len(names)} cells were expected, found {len(cells)}")
            out.setdefault(word[2:-3], []).append((number, dict(zip(names, map(str.strip, cells), strict=False))))
    if "script" not in headers:
        raise BadFile(file, place, "a table ##scriptHeader was expected")
    missing = [c for c in _NEEDED if c not in headers["script"]]
    if missing:
        raise BadFile(file, place, f"the column {missing[0]!r} of ##scriptHeader is missing")
    return out


def read_fin(data: bytes, file: str, switches: Switches) -> Reading:
    """The rows of the script; those without a pin drive no igniter and are told."""
    if len(data) > BIGGEST:
        raise BadFile(file, "", f"at most {BIGGEST // 1_000_000} MB were expected")
    archive = Archive(data, file)
    if MEMBER not in archive:
        raise BadFile(file, MEMBER, "this member was expected, it is missing")
    tables = _tables(lines_of(archive.content(MEMBER), file), MEMBER, file)
    parts = {row.get("partnumber", ""): row for _, row in tables.get("parts", [])}
    out = Reading()
    left = 0
    for number, row in tables.get("script", []):
        if not row.get("railaddress") and not row.get("pinaddress"):
            left += 1
            continue
        out.entries.append(_entry(row, parts.get(row.get("partnumber", ""), {}), file, f"line {number}", switches))
    if not out.entries and not left:
        raise BadFile(file, MEMBER, "rows ##scriptRow were expected")
    out.leave_columns((row for _, row in tables.get("script", [])), _KEPT)
    out.leave_out(left, "rows without an address (DMX?)", "没有地址的行（DMX？）")
    return out


def _entry(row: dict[str, str], part: dict[str, str], file: str, at: str, switches: Switches) -> Entry:
    t_us = time_of(row.get("actiontime", ""))
    prefire = decimal_us(part.get("internaldelay") or "0", switches.prefire_us)
    lasts = decimal_us(row.get("duration") or part.get("duration") or "0", switches.duration_us)
    if t_us is None or prefire is None or lasts is None or min(prefire, lasts) < 0:
        raise BadFile(file, f"{MEMBER} {at}", "actionTime as MM:SS.mmm, delay and duration in seconds were expected")
    ignition = t_us if switches.action_time == "ignition" else t_us - prefire
    module = address(row["railaddress"], "railAddress", file, f"{MEMBER} {at}")
    pin = address(row.get("pinaddress", ""), "pinAddress", file, f"{MEMBER} {at}")
    return Entry(
        at,
        part.get("description") or row.get("partnumber", ""),
        module,
        pin,
        ignition,
        bloom_us=ignition + prefire,
        end_us=ignition + prefire + lasts,
        controller=controller_name("", module),
        calibre_mm=calibre_of(part.get("size", "")),
        category=part.get("parttype", ""),
        position=row.get("position", ""),
    )
