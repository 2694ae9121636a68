"""COBRA scripts written from plans."""

import re
from collections.abc import Iterable

from exporters.cobra.firmware import (
    CUE_HI,
    CUE_LO,
    LONGEST_GROUP,
    LONGEST_SCRIPT_NAME,
    LONGEST_TEXT,
    MOST_GROUPS,
    Firmware,
)
from exporters.rows import Bounds, merged
from exporters.texts import clock_text, joined, plain
from showeditor.export.names import ascii_text
from showeditor.model.errors import Unfit
from showeditor.model.plan import Plan


def audio_name(plan: Plan, firmware: Firmware) -> str:
    """The AudioBox file name: empty without music or where the music does not begin with the show."""
    if plan.music is None or plan.music.file is None or plan.music.start_us != 0:
        return ""
    if firmware.audio_longest == 0:
        return "audiobox"
    base = plan.music.file.replace("\\", "/").rpartition("/")[2]
    stem = base.rpartition(".")[0] or base
    letters = re.sub(r"[^0-9A-Za-z -]+", "-", ascii_text(stem)).strip(" -")
    return (letters[: firmware.audio_longest - 4].rstrip(" -") or "audio") + ".mp3"


def chases_timecode(plan: Plan, rows: Iterable[int]) -> bool:
    """Whether the show says that the controller of these rows is set going by timecode."""
    names = {plan.firing.controller[i] for i in rows}
    return any(c.id in names and c.site is not None and c.site.follows == "timecode" for c in plan.controllers)


def trigger_row(plan: Plan, firmware: Firmware, chases: bool = False) -> str:
    """The header row: channel 0, button 1, deadman and disable button where the firmware knows them.

    `chases`: the script follows SMPTE timecode (column J, `timecode1`), which firmware 6 and later know.
    """
    audio = audio_name(plan, firmware)
    if firmware.major == 3:
        return f"0,1,,0,{audio}"
    name = plain(plan.title).replace(";", " ")[:LONGEST_SCRIPT_NAME].rstrip()
    if firmware.major == 4:
        return f"0,1,,0,{audio},{name},,"
    row = f"0,1,deadman,0,{audio},{name},18,,"
    return row + f",{'timecode1' if chases else ''}," if firmware.major >= 6 else row


def script_bytes(plan: Plan, rows: Iterable[int], firmware: Firmware) -> bytes:
    """One script file of these rows of the firing table; raises Unfit naming the cue that does not fit."""
    rows = tuple(rows)
    bounds = Bounds(0, firmware.channel_hi, CUE_LO, CUE_HI, firmware.tick_us, firmware.most_rows, "channel")
    named: set[str] = set()
    impulses = merged(firmware.id, plan, rows, bounds)
    lines = [firmware.marker] if firmware.marker else []
    lines += [firmware.header, trigger_row(plan, firmware, chases_timecode(plan, rows)), firmware.events]
    for row in impulses:
        text = joined((plain(plan.firing.effect[i]) for i in row.cues), LONGEST_TEXT)
        cells = [clock_text(row.ignition_us, firmware.tick_us) + "s", str(row.module), str(row.pin), text]
        if firmware.groups:
            cells.append(_group(plan, row.cues, firmware, named))
        lines.append(",".join(cells + [""] * (firmware.columns - len(cells))))
    lines.append("END")
    return "".join(line + "\r\n" for line in lines).encode("ascii")


def _group(plan: Plan, cues: Iterable[int], firmware: Firmware, named: set[str]) -> str:
    """The disable group of one impulse, as the file writes it; `named` gathers those of the script."""
    own = {plan.firing.hazard[i] for i in cues} if plan.firing.hazard else {""}
    if len(own) > 1:
        first = plan.firing.cue[min(cues)]
        raise Unfit(
            firmware.id, f"cue {first}", "cues of one pin are in different hazard groups; one group goes in a row"
        )
    (group,) = own
    text = plain(group).replace(";", " ").strip()
    if len(text) > LONGEST_GROUP:
        raise Unfit(
            firmware.id, f"hazard group {group!r}", f"the name has {len(text)} letters, {LONGEST_GROUP} at most"
        )
    named.add(text)
    if len(named - {""}) > MOST_GROUPS:
        raise Unfit(firmware.id, f"hazard group {group!r}", f"a script holds {MOST_GROUPS} disable groups at most")
    return text
