"""COBRA scripts as lines: what a script file says, before it becomes a plan."""

import csv
import re
from dataclasses import dataclass, field

from exporters.cobra.firmware import FIRMWARES, Firmware
from exporters.texts import LONGEST_LINE, MOST_LINES, text_of, time_of
from showeditor.model.errors import BadFile

_WORDS = ("STEP", "ALTERNATE", "ALTERNATE2")
_HEADER = (
    "trigger channel",
    "trigger button",
    "deadman button",
    "return channel",
    "audio box file",
    "script name",
    "disable firing button",
    "alternate 1",
    "alternate 2",
    "SMPTE timecode",
    "script timeout",
)
_MORE = ("disable groups", "fire time", "AUX value", "DMX universe", "DMX channel", "DMX value", "DMX duration")
_NUMBER = re.compile(r"^[0-9]{1,4}$")
_BUTTON = re.compile(r"^(?:[0-9]{1,4}|STEP|AUTO-?FIRE)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Event:
    """One event row: line, time on the clock of its part (None in a list of alternates), address and text."""

    line: int
    t_us: int | None
    channel: int
    cue: int
    text: str
    group: str = ""


@dataclass(slots=True)
class Part:
    """Events that share one clock: from the trigger, from a STEP, or a list of alternates."""

    line: int
    kind: str
    events: list[Event] = field(default_factory=list)


@dataclass(slots=True)
class Script:
    """One header row with the parts that follow it.

    `header` holds the cells of the header row by name, `unkept` how many event rows fill a column that no plan holds.
    """

    line: int
    channel: int
    button: str
    name: str
    parts: list[Part]
    passed_over: int = 0
    header: dict[str, str] = field(default_factory=dict)
    unkept: dict[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Event rows in all parts."""
        return sum(len(p.events) for p in self.parts)


@dataclass(slots=True)
class ScriptFile:
    """A whole file; `firmware` is what its marker, header lines or rows point to."""

    scripts: list[Script]
    firmware: Firmware


def firmware_of(text: str) -> Firmware | None:
    """The generation that a script's text points to; None when it does not look like a COBRA script."""
    by_major = {f.major: f for f in FIRMWARES}
    lines = [line.strip() for line in re.split(r"\r\n|\r|\n", text)[:60]]
    for line in lines:
        marked = re.match(r"^#@firmware\s*(\d)", line, re.IGNORECASE)
        if marked:
            return by_major.get(min(int(marked[1]), max(by_major)))
    comments = "\n".join(line.lower() for line in lines if line.startswith("#"))
    if "#event time" in comments and "#dmx" in comments:
        return by_major[6]
    if "#trigger channel" in comments:
        for word, major in (("#confirmation", 3), ("#alternate 2", 5), ("#smpte", 5), ("#alternate firing", 4)):
            if word in comments:
                return by_major[major]
    return _firmware_of_rows(lines, by_major)


def _firmware_of_rows(lines: list[str], by_major: dict[int, Firmware]) -> Firmware | None:
    rows = [line.split(",") for line in lines if line and not line.startswith("#")]
    if not rows or not _is_header(rows[0]):
        return None
    events = [r for r in rows[1:] if len(r) >= 3 and (r[0].strip().upper() in _WORDS or _time(r[0]) is not None)]
    if not events:
        return None
    timed = [r[0].strip().rstrip("s") for r in events if _time(r[0]) is not None]
    if any(len(r) > 4 for r in events) or any(_NUMBER.match(r[1].strip()) and int(r[1]) > 99 for r in events):
        return by_major[6]
    return by_major[4] if timed and all(len(t.rpartition(".")[2]) == 1 for t in timed) else by_major[5]


def _is_header(cells: list[str]) -> bool:
    if len(cells) < 2:
        return False
    first, button = cells[0].strip(), cells[1].strip()
    return (first == "" or bool(_NUMBER.match(first))) and bool(_BUTTON.match(button))


def _time(cell: str) -> int | None:
    return time_of(cell) if "." in cell else None


def parse(data: bytes, file: str, fallback: Firmware) -> ScriptFile:
    """The scripts of a file; raises BadFile with the line for everything that a controller could not load.

    Times out of order and addresses out of range are kept: they are for the check to judge.
    """
    text = text_of(data, file)
    scripts: list[Script] = []
    ended = False
    lines = re.split(r"\r\n|\r|\n", text)
    if len(lines) > MOST_LINES:
        raise BadFile(file, "", f"at most {MOST_LINES} lines were expected, found {len(lines)}")
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if len(line) > LONGEST_LINE:
            raise BadFile(file, f"line {number}", f"at most {LONGEST_LINE} characters were expected")
        if not line or line.startswith("#") or set(line) == {","}:
            continue
        if ended:
            raise BadFile(file, f"line {number}", "nothing was expected after END")
        cells = [c.strip() for c in next(csv.reader([line]))]
        if cells[0].upper() == "END":
            ended = True
        elif _is_header(cells):
            scripts.append(_script(cells, number, scripts, file))
        elif not scripts:
            raise BadFile(
                file, f"line {number}", "a header row (channel, trigger button, ...) was expected before events"
            )
        else:
            _row(cells, number, scripts[-1], file)
    if not scripts:
        raise BadFile(file, "", "a COBRA script was expected, found no header row")
    if not ended:
        raise BadFile(file, "", "the last line END is missing (torn file?)")
    if scripts[-1].rows + scripts[-1].passed_over == 0:
        raise BadFile(file, f"line {scripts[-1].line}", "events were expected after this header row")
    return ScriptFile(scripts, firmware_of(text) or fallback)


def _script(cells: list[str], number: int, before: list[Script], file: str) -> Script:
    if before and before[-1].rows + before[-1].passed_over == 0:
        raise BadFile(file, f"line {before[-1].line}", "events were expected after this header row")
    name = cells[5] if len(cells) > 5 else ""
    kind = "STEP" if cells[1].upper() == "STEP" else "TRIGGER"
    header = {name: cell for name, cell in zip(_HEADER, cells, strict=False) if cell}
    return Script(number, int(cells[0] or 0), cells[1], name, [Part(number, kind)], header=header)


def _row(cells: list[str], number: int, script: Script, file: str) -> None:
    word = cells[0].upper()
    channel, cue = (cells[1] if len(cells) > 1 else ""), (cells[2] if len(cells) > 2 else "")
    t_us: int | None = None
    if word == "STEP":
        script.parts.append(Part(number, "STEP"))
        if not channel and not cue:
            return
        t_us = 0
    elif word in _WORDS:
        if script.parts[-1].kind != word:
            script.parts.append(Part(number, word))
    else:
        t_us = _time(cells[0])
        if t_us is None:
            raise BadFile(
                file,
                f"line {number}",
                f"a time such as 00:01:02.50s, STEP or ALTERNATE was expected, found {cells[0]!r}",
            )
        if t_us < 0:
            raise BadFile(file, f"line {number}", "a time must not be negative")
    if len(cells) > 7 and cells[7] and cue in ("", "0"):
        script.passed_over += 1  # a DMX row without a firing cue
        return
    if channel and not _NUMBER.match(channel):
        raise BadFile(file, f"line {number}", f"a channel number was expected, found {channel!r}")
    if not _NUMBER.match(cue):
        raise BadFile(file, f"line {number}", f"a cue number was expected, found {cue!r}")
    text = cells[3] if len(cells) > 3 else ""
    for name, cell in zip(_MORE, cells[4:], strict=False):
        if cell and name != "disable groups":
            script.unkept[name] = script.unkept.get(name, 0) + 1
    at = int(channel) if channel else script.channel
    group = cells[4] if len(cells) > 4 else ""
    script.parts[-1].events.append(Event(number, t_us, at, int(cue), text, group))
