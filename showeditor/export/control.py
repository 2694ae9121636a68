"""Timecode, stage cues and captions in a file against those of the plan.

EXP-TIMECODE block: the file's timecode runs otherwise. Remedy: a fault of the format; report it with the show.
EXP-STAGE block: a stage cue is lost, added, moved or changed in the file. Remedy: as for EXP-TIMECODE.
EXP-CAPTION block: a caption is lost, added, moved or changed in the file. Remedy: as for EXP-TIMECODE.
EXP-SOUND block: the music in the file is not that of the plan. Remedy: load the show's music anew.
"""

import math
from collections.abc import Hashable, Iterable, Sequence
from typing import Any
from unicodedata import category

import numpy as np

from showeditor.export.format import Carried, Resolution
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan, Soundtrack
from showeditor.model.stage import Action, CaptionSpan, Osc, StageEvent, Value
from showeditor.model.times import US, clock, round_half_up

SLACK_US = 1000


def compared_control(
    plan: Plan, carried: Carried, read: Plan, resolution: Resolution, format_id: str
) -> tuple[Finding, ...]:
    """What does not agree; empty when all does, or when the format carries none of it."""
    found: list[Finding] = []
    if carried.timecode:
        found += _timecode(plan, read, resolution, format_id)
    if carried.soundtrack:
        found += _sound(plan.soundtrack, read.soundtrack, format_id)
    if carried.stage:
        events = [plan.stage[i] for i in carried.stage]
        found += _matched("EXP-STAGE", events, read.stage, resolution, format_id)
    if carried.captions:
        spans = [plan.captions[i] for i in carried.captions]
        found += _matched("EXP-CAPTION", spans, read.captions, resolution, format_id)
    return tuple(found)


def _timecode(plan: Plan, read: Plan, resolution: Resolution, format_id: str) -> list[Finding]:
    want, have = plan.timecode, read.timecode
    out = [f for f in read.problems if f.severity == "block"]
    rate = want.clock
    differ = [
        (f"{have.rate} frames a second", f"每秒 {have.rate} 帧") if have.rate != want.rate else None,
        (f"show zero at {have.zero}", f"零点为 {have.zero}")
        if (have.zero_frame - want.zero_frame) % rate.day_frames
        else None,
        (f"a pre-roll of {have.pre_roll_us / US:g} s", f"预卷 {have.pre_roll_us / US:g} 秒")
        if have.pre_roll_frames != want.pre_roll_frames
        else None,
        (f"the date {have.date or 'missing'}", f"日期 {have.date or '缺失'}")
        if "date" in resolution.keeps and (have.date, have.zone_h) != (want.date, want.zone_h)
        else None,
        (f"an end at {clock(read.duration_us, 3)}", f"结束于 {clock(read.duration_us, 3)}")
        if abs(read.duration_us - plan.duration_us) > rate.us_of_frame(1) + resolution.tick_us
        else None,
    ]
    said = [pair for pair in differ if pair is not None]
    if said:
        en = f"{format_id}: the timecode in the file has {', '.join(en for en, _ in said)}"
        zh = f"{format_id}：文件中的时码{'、'.join(zh for _, zh in said)}"
        out.append(Finding("EXP-TIMECODE", "block", en, zh))
    return out


def _sound(want: Soundtrack | None, have: Soundtrack | None, format_id: str) -> list[Finding]:
    if want is not None and have is not None and want.rate == have.rate:
        shift = ((want.start_us - have.start_us) * want.rate * 2 + US) // (2 * US)
        expected = np.zeros(len(have.samples), dtype=np.int16)
        begin, end = max(0, shift), min(len(expected), shift + len(want.samples))
        if begin < end:
            expected[begin:end] = want.samples[begin - shift : end - shift]
        if np.array_equal(expected, have.samples):
            return []
    en, zh = f"{format_id}: the music in the file is not that of the show", f"{format_id}：文件中的音乐与节目不符"
    return [Finding("EXP-SOUND", "block", en, zh)]


def same_action(a: Action, b: Action) -> bool:
    """Whether two actions are the same message; OSC holds numbers in 32 bits, which is all that may differ."""
    if not (isinstance(a, Osc) and isinstance(b, Osc)):
        return a == b
    same_shape = a.address == b.address and len(a.values) == len(b.values)
    return same_shape and all(_same_value(x, y) for x, y in zip(a.values, b.values, strict=True))


def _same_value(x: Value, y: Value) -> bool:
    if isinstance(x, float) and isinstance(y, float):
        return math.isclose(x, y, rel_tol=1e-6, abs_tol=1e-30)
    return type(x) is type(y) and x == y


def _kept(part: StageEvent | CaptionSpan, keeps: Iterable[str]) -> tuple[Hashable, ...]:
    values: list[Any] = [getattr(part, name) for name in keeps if hasattr(part, name)]
    values = [_flat(v) if isinstance(v, str) else v for v in values]
    # an OSC message is matched by its address first, its numbers are compared with their rounding
    return tuple((v.address, len(v.values)) if isinstance(v, Osc) else v for v in values)


def _flat(text: str) -> str:
    # line breaks and control signs are spaces in files that hold one line for each part
    return " ".join("".join(" " if category(c) in ("Cc", "Cs", "Zl", "Zp") else c for c in text).split())


def _times(part: StageEvent | CaptionSpan) -> tuple[int, ...]:
    return (part.t_us,) if isinstance(part, StageEvent) else (part.t0_us, part.t1_us)


def _matched(
    code: str,
    planned: Sequence[StageEvent] | Sequence[CaptionSpan],
    read: Sequence[StageEvent] | Sequence[CaptionSpan],
    resolution: Resolution,
    format_id: str,
) -> list[Finding]:
    def on_ticks(part: StageEvent | CaptionSpan) -> tuple[int, ...]:
        # moments that fall into one tick stand in the order of their ends, on both sides
        return tuple(round_half_up(t, resolution.tick_us) for t in _times(part))

    waiting: dict[tuple[Hashable, ...], list[StageEvent | CaptionSpan]] = {}
    for part in sorted(read, key=on_ticks, reverse=True):
        waiting.setdefault(_kept(part, resolution.keeps), []).append(part)
    out: list[Finding] = []
    for part in sorted(planned, key=on_ticks):
        t_us = _times(part)[0]
        there = waiting.get(_kept(part, resolution.keeps), [])
        if not there:
            en, zh = (
                f"{part.id} at {clock(t_us, 3)} is not in the file as it is",
                f"{clock(t_us, 3)} 的 {part.id} 不符或缺失",
            )
        else:
            one = there.pop()
            apart = max(abs(a - b) for a, b in zip(_times(part), _times(one), strict=True))
            if 2 * apart <= resolution.tick_us + 2 * SLACK_US and _same(part, one, resolution):
                continue
            en = f"{part.id} is at {clock(t_us, 3)}, the file says {clock(_times(one)[0], 3)} or something else"
            zh = f"{part.id} 应在 {clock(t_us, 3)}，文件中为 {clock(_times(one)[0], 3)} 或内容不符"
        out.append(Finding(code, "block", f"{format_id}: {en}", f"{format_id}：{zh}", t_us, t_us, (part.id,)))
    for extra in (part for parts in waiting.values() for part in parts):
        t_us = _times(extra)[0]
        en, zh = (
            f"the file has {extra.id} at {clock(t_us, 3)}, the plan has not",
            f"文件多出 {clock(t_us, 3)} 的 {extra.id}",
        )
        out.append(Finding(code, "block", f"{format_id}: {en}", f"{format_id}：{zh}", t_us, t_us, (extra.id,)))
    return out


def _same(a: StageEvent | CaptionSpan, b: StageEvent | CaptionSpan, resolution: Resolution) -> bool:
    if isinstance(a, StageEvent) and isinstance(b, StageEvent) and "action" in resolution.keeps:
        return same_action(a.action, b.action)
    return True


def left_out_of_control(plan: Plan, taken: Sequence[Carried]) -> tuple[Finding, ...]:
    """Stage cues and captions that none of the files hold, told so that nobody believes they were exported."""
    out: list[Finding] = []
    for count, en, zh in (
        (len(set(range(len(plan.stage))) - {i for c in taken for i in c.stage}), "stage cues", "个舞台提示"),
        (len(set(range(len(plan.captions))) - {i for c in taken for i in c.captions}), "captions", "条字幕"),
    ):
        if count:
            text, text_zh = f"{count} {en} are in none of the files", f"{count} {zh}不在任何文件中"
            out.append(Finding("EXP-LEFT-OUT", "note", text, text_zh, measured=float(count)))
    return tuple(out)
