"""Messages to other systems with their moments: OSC bundles and a MIDI file of show control messages."""

import re
import struct

from exporters.content import title_from
from exporters.control import not_before_zero
from exporters.stage.midi import SYSEX, TRACK_NAME, Event, events_of, file_bytes, tells_midi
from exporters.texts import LATEST_US
from showeditor.export.format import Carried
from showeditor.export.wire import msc_bytes, msc_of, osc_bundle, osc_bundle_of
from showeditor.model.errors import BadFile
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan
from showeditor.model.stage import Msc, Osc, StageEvent

_BIGGEST = 32_000_000
_MSC = re.compile(rb"\xf0[\x06-\x7f]\x7f[\x00-\x7f]\x02")


def with_osc(plan: Plan) -> Carried:
    """The cues that send OSC."""
    return Carried(stage=tuple(i for i, e in enumerate(plan.stage) if isinstance(e.action, Osc)))


def with_msc(plan: Plan) -> Carried:
    """The cues that send MIDI Show Control."""
    return Carried(stage=tuple(i for i, e in enumerate(plan.stage) if isinstance(e.action, Msc)))


def write_osc(plan: Plan, carried: Carried) -> dict[str, bytes]:
    """One bundle for each cue, its length before it, its time tag counted from show zero."""
    out = []
    for row in carried.stage:
        event = plan.stage[row]
        not_before_zero("osc-cues", f"cue {event.id}", event.t_us)
        if isinstance(event.action, Osc):
            bundle = osc_bundle(event.t_us, (event.action,))
            out.append(struct.pack(">i", len(bundle)) + bundle)
    return {".osc": b"".join(out)}


def read_osc(data: bytes, file: str) -> Plan:
    """The messages of a file of bundles, by time; raises BadFile with the byte."""
    if len(data) > _BIGGEST:
        raise BadFile(file, "", f"at most {_BIGGEST // 1_000_000} MB were expected")
    events: list[StageEvent] = []
    at = 0
    while at < len(data):
        size = struct.unpack_from(">i", data, at)[0] if at + 4 <= len(data) else -1
        if size < 16 or at + 4 + size > len(data):
            raise BadFile(file, f"byte {at}", "the length of a bundle was expected (torn file?)")
        try:
            t_us, messages = osc_bundle_of(data[at + 4 : at + 4 + size])
        except (ValueError, IndexError) as error:
            raise BadFile(file, f"byte {at + 4}", f"an OSC bundle was expected ({error})") from None
        if t_us > LATEST_US:
            raise BadFile(file, f"byte {at + 12}", "a moment within 100 hours was expected")
        events += [
            StageEvent(f"message {len(events) + k}", t_us, m.address, action=m) for k, m in enumerate(messages, 1)
        ]
        at += 4 + size
    if not events:
        raise BadFile(file, "", "OSC bundles were expected")
    return _plan(title_from(file, ".osc"), events)


def _plan(title: str, events: list[StageEvent], problems: tuple[Finding, ...] = ()) -> Plan:
    last = max(e.t_us for e in events)
    return Plan(title, last + 1_000_000, stage=tuple(sorted(events, key=lambda e: e.t_us)), problems=problems)


def tells_osc(name: str, head: bytes) -> bool:
    """Whether the file begins with the length of a bundle and the bundle."""
    return name.lower().endswith(".osc") and head[4:12] == b"#bundle\0"


def write_msc(plan: Plan, carried: Carried) -> dict[str, bytes]:
    """One system exclusive message for each cue."""
    events = [Event(0, TRACK_NAME, b"MIDI Show Control")]
    for row in carried.stage:
        event = plan.stage[row]
        not_before_zero("msc-cues", f"cue {event.id}", event.t_us)
        if isinstance(event.action, Msc):
            events.append(Event(event.t_us, SYSEX, msc_bytes(event.action)))
    return {"-MSC.mid": file_bytes(sorted(events, key=lambda e: e.t_us))}


def read_msc(data: bytes, file: str) -> Plan:
    """The show control messages of a MIDI file; others, and those that could fire, are told and left out."""
    events: list[StageEvent] = []
    left: list[str] = []
    for event in events_of(data, file):
        if event.kind != SYSEX:
            continue
        try:
            action = msc_of(event.data)
        except ValueError as error:
            left.append(str(error))
            continue
        name = f"{action.command} {action.number}".strip()
        events.append(StageEvent(f"message {len(events) + 1}", event.t_us, name, action=action))
    if not events:
        raise BadFile(file, "", f"MIDI Show Control messages were expected{f' ({left[0]})' if left else ''}")
    en, zh = f"{len(left)} messages are not read", f"未读取 {len(left)} 条消息"
    note = (Finding("FORMAT-LEFT-OUT", "note", en, zh, measured=float(len(left))),) if left else ()
    return _plan(title_from(file, "-MSC.mid"), events, note)


def tells_msc(name: str, head: bytes) -> bool:
    """Whether a MIDI file begins with show control messages."""
    return tells_midi(name, head) and _MSC.search(head) is not None
