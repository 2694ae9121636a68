"""COBRA scripts written from plans."""

import re
from collections.abc import Iterable

from exporters.cobra.firmware import CUE_HI, CUE_LO, LONGEST_SCRIPT_NAME, LONGEST_TEXT, MOST_ROWS, Firmware
from showeditor.export.names import ascii_text
from showeditor.model.errors import Unfit
from showeditor.model.plan import Plan
from showeditor.model.times import US, round_half_up


def clock_text(t_us: int, firmware: Firmware) -> str:
    """`HH:MM:SS.s(s)s` for a time already on the firmware's tick."""
    minutes, rest = divmod(t_us, 60 * US)
    hours, minutes = divmod(minutes, 60)
    whole, part = divmod(rest, US)
    return f"{hours:02d}:{minutes:02d}:{whole:02d}.{part // firmware.tick_us:0{firmware.decimals}d}s"


def description(text: str) -> str:
    """An effect's name as one unquoted ASCII cell: commas become semicolons, inch marks `in`."""
    plain = re.sub(r'(?<=[0-9])\s*"', "in", ascii_text(text))
    return plain.replace('"', "'").replace(",", ";").strip()


def joined(names: Iterable[str]) -> str:
    """The names of one row, equal ones counted, cut to what the controller takes."""
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    text = " + ".join(f"{n} x {name}" if n > 1 else name for name, n in counts.items())
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 4].rstrip() + " ..."


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


def trigger_row(plan: Plan, firmware: Firmware) -> str:
    """The header row: channel 0, button 1, deadman and disable button where the firmware knows them."""
    audio = audio_name(plan, firmware)
    if firmware.major == 3:
        return f"0,1,,0,{audio}"
    name = description(plan.title).replace(";", " ")[:LONGEST_SCRIPT_NAME].rstrip()
    if firmware.major == 4:
        return f"0,1,,0,{audio},{name},,"
    row = f"0,1,deadman,0,{audio},{name},18,,"
    return row + ",," if firmware.major == 6 else row


def script_bytes(plan: Plan, rows: Iterable[int], firmware: Firmware) -> bytes:
    """One script file of these rows of the firing table; raises Unfit naming the cue that does not fit."""
    firing = plan.firing
    merged: dict[tuple[int, int, int], list[str]] = {}
    used: dict[tuple[int, int], tuple[int, str]] = {}
    for i in rows:
        cue, module, pin = firing.cue[i], int(firing.module[i]), int(firing.pin[i])
        _fits(firmware, cue, module, pin, int(firing.ignition_us[i]))
        exact = int(firing.ignition_us[i])
        tick = round_half_up(exact, firmware.tick_us)
        before = used.setdefault((module, pin), (exact, cue))
        if before[0] != exact:
            raise Unfit(
                firmware.id,
                f"channel {module} cue {pin}",
                f"is fired twice, by cue {before[1]!r} at {before[0] / US:g} s and cue {cue!r} at {exact / US:g} s; "
                "an igniter fires once",
            )
        merged.setdefault((tick, module, pin), []).append(description(firing.effect[i]))
    if len(merged) > MOST_ROWS:
        raise Unfit(firmware.id, f"{len(merged)} events", f"a script holds at most {MOST_ROWS}")
    lines = [firmware.header, trigger_row(plan, firmware), firmware.events]
    for (tick, module, pin), names in sorted(merged.items()):
        cells = [clock_text(tick, firmware), str(module), str(pin), joined(names)]
        lines.append(",".join(cells + [""] * (firmware.columns - 4)))
    lines.append("END")
    return "".join(line + "\r\n" for line in lines).encode("ascii")


def _fits(firmware: Firmware, cue: str, module: int, pin: int, t_us: int) -> None:
    if module < 0 or pin < 0:
        raise Unfit(firmware.id, f"cue {cue!r}", "has no channel and pin yet; give it an address")
    if module > firmware.channel_hi:
        raise Unfit(
            firmware.id, f"cue {cue!r}", f"channel {module} is outside 0 to {firmware.channel_hi} of this firmware"
        )
    if not CUE_LO <= pin <= CUE_HI:
        raise Unfit(firmware.id, f"cue {cue!r}", f"pin {pin} is outside {CUE_LO} to {CUE_HI}")
    if t_us < 0:
        raise Unfit(firmware.id, f"cue {cue!r}", f"ignites {-t_us / US:g} s before the show starts")
    if t_us >= 100 * 3600 * US:
        raise Unfit(firmware.id, f"cue {cue!r}", "ignites after 99 hours")
