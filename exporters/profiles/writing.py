"""Files written as a profile describes them."""

from collections.abc import Callable, Sequence

from exporters.entries import lean_of
from exporters.profiles.profile import PLACES, TIMES, Column, Profile
from exporters.rows import Row
from exporters.texts import calibre_text, clock_text, degrees_text, excel, joined, one_line, plain
from showeditor.export.names import ascii_text
from showeditor.model.errors import Unfit
from showeditor.model.plan import Plan
from showeditor.model.times import US, round_half_up

Writing = Callable[[Plan, Sequence[Row]], bytes]
_BOMS = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe"}


def writer(profile: Profile) -> Writing:
    """The function that writes files of this profile."""
    return lambda plan, rows: _bytes(profile, plan, rows)


def _bytes(profile: Profile, plan: Plan, rows: Sequence[Row]) -> bytes:
    keys: dict[str, Callable[[Row], int]] = {
        "ignition": lambda r: r.ignition_us,
        "effect": lambda r: r.bloom_us,
        "module": lambda r: r.module,
        "pin": lambda r: r.pin,
        "act": lambda r: _act(plan, r)[0],
    }
    rows = sorted(rows, key=lambda r: tuple(keys[k](r) for k in profile.sort))
    lines = [_line(h, profile, plan, len(rows)) for h in profile.head]
    if profile.column_names:
        lines.append(profile.delimiter.join(_cell(c.name, profile) for c in profile.columns))
    for number, row in enumerate(rows, 1):
        cells = (_cell(_value(c, profile, plan, row, number), profile) for c in profile.columns)
        lines.append(profile.delimiter.join(cells))
    lines += [_line(t, profile, plan, len(rows)) for t in profile.tail]
    body = "".join(line + profile.line_end for line in lines)
    try:
        data = body.encode(profile.encoding)
    except UnicodeEncodeError as error:
        sign = body[error.start]
        raise Unfit(
            f"profile:{profile.id}", f"the sign {sign!r}", f"cannot be written in {profile.encoding}"
        ) from error
    return (_BOMS.get(profile.encoding, b"") if profile.bom else b"") + data


def _line(text: str, profile: Profile, plan: Plan, rows: int) -> str:
    return text.replace("{title}", _name(plan.title, profile)).replace("{rows}", str(rows))


def _name(text: str, profile: Profile) -> str:
    """A name in the signs that the format allows: pinyin where it holds ASCII or Western letters only."""
    kept = one_line(text)
    if profile.quoting == "none":
        kept = plain(kept, "") if profile.encoding == "ascii" else kept.replace(profile.delimiter, " ")
        kept = kept.replace(profile.delimiter, " ")
    if profile.encoding in ("ascii", "cp1252"):
        kept = "".join(
            c if _holds(c, profile.encoding) else f" {ascii_text(c)} " for c in _runs(kept, profile.encoding)
        )
    for sign in profile.forbidden:
        kept = kept.replace(sign, " ")
    return " ".join(kept.split())


def _runs(text: str, encoding: str) -> list[str]:
    """The text in pieces that the encoding holds, sign by sign, and pieces that it does not, as long as they go."""
    out: list[str] = []
    for c in text:
        if out and not _holds(c, encoding) and not _holds(out[-1], encoding):
            out[-1] += c
        else:
            out.append(c)
    return out


def _holds(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _cell(text: str, profile: Profile) -> str:
    if profile.quoting == "all":
        return '"' + one_line(text).replace('"', '""') + '"'
    return excel(text, profile.delimiter) if profile.quoting == "excel" else text


def _value(column: Column, profile: Profile, plan: Plan, row: Row, number: int) -> str:
    firing, first = plan.firing, row.first
    if column.field in TIMES:
        lasts = max(0, int(firing.end_us[first] - firing.bloom_us[first]))
        t_us = {
            "ignition": row.ignition_us,
            "effect": row.bloom_us,
            "prefire": row.prefire_us,
            "duration": round_half_up(lasts, profile.tick_us),
        }[column.field]
        return _time(t_us, column, profile)
    act_number, act = _act(plan, row)
    counts = {
        "module": row.module,
        "pin": row.pin,
        "number": number,
        "devices": len(row.cues),
        "act-number": act_number,
    }
    if column.field in counts:
        return _whole(counts[column.field], column)
    if column.field == "pattern":
        return PLACES.sub(lambda found: f"{counts[found[1]]:0{int(found[2] or 0)}d}", column.text)
    words = {
        "name": joined((_name(firing.effect[i], profile) for i in row.cues), profile.longest_name),
        "calibre": calibre_text(float(firing.calibre_mm[first])),
        "category": _name(firing.category[first], profile),
        "position": _name(firing.position[first], profile),
        "angle": degrees_text(lean_of(plan, first)),
        "controller": _name(firing.controller[first], profile),
        "act": _name(act, profile),
        "text": one_line(column.text),
    }
    return words[column.field]


def _act(plan: Plan, row: Row) -> tuple[int, str]:
    """Number (from 1) and name of the act in which the effect is seen; 0 and "" before the first one."""
    acts = [mark for mark in plan.marks if mark.act]
    begun = [(k, mark.name) for k, mark in enumerate(acts, 1) if mark.t_us <= row.bloom_us]
    return begun[-1] if begun else (0, "")


def _whole(count: int, column: Column) -> str:
    return f"{count:0{column.pad}X}" if column.base == 16 else f"{count:0{column.pad}d}"


def _time(t_us: int, column: Column, profile: Profile) -> str:
    if column.as_ == "clock":
        return clock_text(t_us, profile.tick_us)
    if column.as_ == "seconds":
        tick = str(profile.tick_us)
        decimals = 6 - (len(tick) - len(tick.rstrip("0")))
        whole, part = divmod(t_us, US)
        return f"{whole}.{part:06d}"[: decimals - 6 or None] if decimals else str(whole)
    return _whole(t_us // profile.unit_us(column), column)
