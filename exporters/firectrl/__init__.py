"""FireCtrl XML cue lists, out and in.

Attributes from the vendor's example as published with Finale's exporter: FM 0 to 999, OUT 1 to 16, TIME in ms.
"""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from exporters.controller import ControllerFormat
from exporters.entries import Entry, Reading
from exporters.rows import Bounds, Row, names_of
from exporters.texts import LATEST_US, LONGEST_LINE, MOST_LINES, one_line, text_of, whole_of
from showeditor.model.errors import BadFile
from showeditor.model.plan import Plan

BOUNDS = Bounds(0, 999, 1, 16, 1000, pin_word="output")
_HEAD = '<?xml version="1.0" encoding="utf-8" ?>'
# a bare inch mark inside a value, as the published example has it, ends nothing: only a mark before the next name does
_VALUE = re.compile(r'\s*([A-Z]+)\s*=\s*"(.*?)"(?=\s+[A-Z]+\s*=\s*"|\s*$)', re.DOTALL)
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def _attribute(text: str) -> str:
    flat = one_line(text).replace("\ufffe", " ").replace("\uffff", " ")  # XML knows no such signs
    return escape(" ".join(flat.split()), {'"': "&quot;"})


def write_rows(plan: Plan, rows: Sequence[Row]) -> bytes:
    """The cue list of one controller, by time; it tells no date, so that the same show gives the same bytes."""
    lines = [
        _HEAD,
        f'<CUELIST VERSION="1.0" CUES="{len(rows)}" NAME="{_attribute(plan.title)}" MODIFIED="0" FPS="25" MODE="SEMI" '
        'TIMER="INTERNAL" COALESCE="false">',
    ]
    for k, row in enumerate(rows):
        note = _attribute(names_of(plan, row))
        lines.append(
            f'<CUE IDX="{k}" TIME="{row.ignition_us // 1000}" NOTE="{note}" FM="{row.module}" OUT="{row.pin}" '
            'PART="1" MODE="A" />'
        )
    lines.append("</CUELIST>")
    return "".join(line + "\r\n" for line in lines).encode("utf-8")


def _plain(value: str) -> str:
    def sign(found: re.Match[str]) -> str:
        code = found[1]
        if not code.startswith("#"):
            return _NAMED[code]
        number = int(code[2:], 16) if code[1] == "x" else int(code[1:])
        return chr(number) if 31 < number < 0xD800 or 0xDFFF < number < 0x110000 else " "

    return " ".join(_ENTITY.sub(sign, value).split())


def _attributes(element: str, file: str, number: int) -> dict[str, str]:
    out: dict[str, str] = {}
    at = 0
    while at < len(element):
        found = _VALUE.match(element, at)
        if found is None:
            raise BadFile(file, f"line {number}", f'NAME="value" was expected, found {element[at : at + 40]!r}')
        out[found[1]] = _plain(found[2])
        at = found.end()
    return out


def _elements(text: str, start: int, file: str) -> list[tuple[int, str]]:
    """Line and inside of every CUE; no parser of a general kind, so no entities of a hostile file are ever expanded."""
    out: list[tuple[int, str]] = []
    at, line, counted = text.find("<CUE ", start), 1, 0
    while at >= 0:
        line += text.count("\n", counted, at)
        counted = at
        end = text.find("/>", at, at + LONGEST_LINE)
        if end < 0:
            raise BadFile(file, f"line {line}", "an element <CUE ... /> was expected to end")
        out.append((line, text[at + 5 : end].strip()))
        if len(out) > MOST_LINES:
            raise BadFile(file, "", f"at most {MOST_LINES} cues were expected")
        at = text.find("<CUE ", end)
    return out


def read_rows(data: bytes, file: str) -> Reading:
    """The cues of a list; raises BadFile for a torn list, or one whose count differs from what it states."""
    text = text_of(data, file)
    start = text.find("<CUELIST ")
    if "<!" in text[: max(0, start)] or start < 0:
        raise BadFile(file, "", "a FireCtrl list <CUELIST ...> was expected")
    if not text.rstrip().endswith("</CUELIST>"):
        raise BadFile(file, "", "the end </CUELIST> is missing (torn file?)")
    close = text.find(">", start, start + LONGEST_LINE)
    if close < 0:
        raise BadFile(file, "", "the element <CUELIST ...> was expected to end")
    head = _attributes(text[start + 9 : close].strip(), file, 1 + text.count("\n", 0, start))
    out = Reading(title=head.get("NAME", ""))
    for number, element in _elements(text, start, file):
        found = _attributes(element, file, number)
        t_ms, module, output = (found.get(key, "") for key in ("TIME", "FM", "OUT"))
        if not re.match(r"^-?[0-9]{1,12}$", t_ms) or abs(int(t_ms)) * 1000 >= LATEST_US:
            raise BadFile(file, f"line {number}", f"TIME in whole milliseconds was expected, found {t_ms[:40]!r}")
        fm, pin = whole_of(module), whole_of(output)
        if fm is None or pin is None:
            raise BadFile(file, f"line {number}", "whole numbers in FM and OUT were expected")
        out.entries.append(Entry(f"line {number}", found.get("NOTE", ""), fm, pin, int(t_ms) * 1000))
    stated = head.get("CUES", str(len(out.entries)))
    if stated != str(len(out.entries)):
        raise BadFile(file, "CUES", f"{stated[:12]} cues were stated, found {len(out.entries)}")
    out.expect_order()
    return out


def _tells(name: str, head: bytes) -> bool:
    return name.lower().endswith(".xml") and b"<CUELIST " in head and b"\0" not in head


FIRECTRL = ControllerFormat(
    id="firectrl",
    title="FireCtrl cue list (XML)",
    title_zh="FireCtrl 点火清单（XML）",
    status="proven",
    make="firectrl",
    bounds=BOUNDS,
    suffix=".xml",
    encoding="UTF-8",
    source="Finale Business feature page exporttofirectrl (vendor example of 2011)",
    writing=write_rows,
    reading=read_rows,
    telling=_tells,
)
