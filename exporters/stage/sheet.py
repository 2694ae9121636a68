"""Stage cue lists for people and for sequencers: a CSV sheet that holds everything, and MIDI markers."""

import json
from typing import Any

import msgspec

from exporters.content import clean_name, title_from
from exporters.control import not_before_zero
from exporters.stage.midi import MARKER, Event, events_of, file_bytes, tells_midi
from exporters.texts import cells_of, clock_text, excel, head_lines, lines_of, time_of
from showeditor.export.format import Carried
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.plan import Mark, Plan
from showeditor.model.stage import Action, StageEvent
from showeditor.model.timecode import Timecode
from showeditor.model.times import round_half_up

COLUMNS = ("Cue", "Department", "Time", "Timecode", "Name", "Kind", "Message", "Note")
_END = "END"
_ACTION: Any = Action


def every_cue(plan: Plan) -> Carried:
    """All stage cues."""
    return Carried(stage=tuple(range(len(plan.stage))))


def _time(t_us: int) -> str:
    rounded = round_half_up(t_us, 1000)
    return ("-" if rounded < 0 else "") + clock_text(abs(rounded), 1000)


def _message(action: Action | Timecode) -> str:
    fields = {k: v for k, v in msgspec.to_builtins(action).items() if k != "by"}
    # in ASCII, so that no sign of the text can be lost on the way through a spreadsheet
    return json.dumps(fields, separators=(",", ":")) if fields else ""


def _line(*cells: str) -> str:
    return ",".join(excel(cell) for cell in cells) + "\r\n"


def write_sheet(plan: Plan, carried: Carried) -> dict[str, bytes]:
    """One row for each cue; the last row holds the end of the show and its timecode settings."""
    timecode = plan.timecode
    lines = [_line(*COLUMNS)]
    for row in carried.stage:
        event = plan.stage[row]
        kind = str(msgspec.to_builtins(event.action)["by"])
        label = timecode.label_at(event.t_us)
        cells = (event.id, event.department, _time(event.t_us), label, event.name, kind)
        lines.append(_line(*cells, _message(event.action), event.note))
    end = timecode.label_at(plan.duration_us)
    lines.append(_line(_END, "", _time(plan.duration_us), end, "", "timecode", _message(timecode), ""))
    return {"-stage.csv": "".join(lines).encode("utf-8-sig", "replace")}


def _action(kind: str, message: str, place: str, file: str) -> Any:
    try:
        fields = json.loads(message) if message else {}
        if not isinstance(fields, dict):
            raise ValueError("an object was expected")
        if kind == "timecode":
            return msgspec.convert(fields, Timecode)
        return msgspec.convert({"by": kind, **fields}, _ACTION)
    except (ValueError, RecursionError) as error:
        raise BadFile(file, place, f"a message of the kind {kind!r} was expected ({error})") from None


def read_sheet(data: bytes, file: str) -> Plan:
    """The cues, the end and the timecode settings of a sheet; raises BadFile with the line."""
    lines = lines_of(data, file)
    if not lines or tuple(cells_of(lines[0].lstrip("\ufeff"), ",")) != COLUMNS:
        raise BadFile(file, "line 1", f"the columns {', '.join(COLUMNS)} were expected")
    events: list[StageEvent] = []
    for number, line in enumerate(lines[1:], 2):
        place = f"line {number}"
        cells = cells_of(line, ",")
        if len(cells) != len(COLUMNS):
            raise BadFile(file, place, f"{len(COLUMNS)} columns were expected, found {len(cells)}")
        cue, department, time, _, name, kind, message, note = cells
        t_us = time_of(time)
        if t_us is None:
            raise BadFile(file, place, f"a time was expected, found {time!r}")
        action = _action(kind, message, place, file)
        if isinstance(action, Timecode):
            if number != len(lines):
                raise BadFile(file, place, "nothing was expected after the row of the end")
            events.sort(key=lambda e: e.t_us)
            return Plan(title_from(file, "-stage.csv"), max(0, t_us), timecode=action, stage=tuple(events))
        events.append(StageEvent(cue, t_us, name, department, action, note))
    raise BadFile(file, f"line {len(lines) + 1}", "a row of the end was expected (torn file?)")


def tells_sheet(name: str, head: bytes) -> bool:
    """Whether the first line holds our columns."""
    lines = head_lines(head)
    return name.lower().endswith(".csv") and bool(lines) and tuple(cells_of(lines[0], ",")) == COLUMNS


def write_markers(plan: Plan, carried: Carried) -> dict[str, bytes]:
    """A marker `[department] name` for each cue, and one with its name for each act and marker of the show."""
    events = [Event(max(0, mark.t_us), MARKER, mark.name.encode()) for mark in plan.marks if mark.name.strip()]
    for row in carried.stage:
        event = plan.stage[row]
        not_before_zero("stage-midi", f"cue {event.id}", event.t_us)
        if "]" in event.department:
            raise Unfit("stage-midi", f"department {event.department!r}", "must not hold ]")
        events.append(Event(event.t_us, MARKER, f"[{event.department}] {event.name}".encode()))
    return {"-stage.mid": file_bytes(sorted(events, key=lambda e: e.t_us))}


def read_markers(data: bytes, file: str) -> Plan:
    """The markers of a MIDI file: those that begin with a department are stage cues, the others moments by name."""
    events: list[StageEvent] = []
    marks: list[Mark] = []
    found = [e for e in events_of(data, file) if e.kind == MARKER]
    for number, event in enumerate(found, 1):
        try:
            text = event.data.decode()
        except UnicodeDecodeError:
            text = event.data.decode("gb18030", "replace")
        department, bracket, name = text[1:].partition("] ")
        if text.startswith("[") and bracket and name.strip():
            events.append(StageEvent(f"marker {number}", event.t_us, name, department))
        else:
            marks.append(Mark(clean_name(text, f"marker {number}"), event.t_us))
    if not found:
        raise BadFile(file, "", "markers were expected")
    last = max(e.t_us for e in found)
    return Plan(title_from(file, "-stage.mid"), last + 1_000_000, stage=tuple(events), marks=tuple(marks))


def tells_markers(name: str, head: bytes) -> bool:
    """Whether a MIDI file begins with markers and holds neither timecode nor show control there."""
    return tells_midi(name, head) and b"\xff\x06" in head and b"\xf0" not in head
