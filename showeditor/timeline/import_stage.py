"""Stage cues, captions and timecode of a foreign file in a show.

IMPORT-TIMECODE note: the timecode of a file is not taken. Remedy: set it in the show.
"""

from collections.abc import Iterable, Sequence

from showeditor.model.music import AtTime
from showeditor.model.plan import Plan
from showeditor.model.show import Show
from showeditor.model.stage import Caption, StageCue, StageTrack
from showeditor.model.timecode import Timecode
from showeditor.timeline.births import born, changed
from showeditor.timeline.ids import fresh_ids
from showeditor.timeline.import_cues import Report


def with_stage(show: Show, plan: Plan, offset_us: int, report: Report) -> Show:
    """The show with stage cues and captions `offset_us` later, and the timecode where neither side says another.

    Each department's cues go to the track of that name, or to a new one. Ids are kept where they are free.
    """
    show = _with_captions(_with_cues(show, plan, offset_us, report.source), plan, offset_us)
    return _with_timecode(show, plan, offset_us, report)


def end_of_stage(plan: Plan, offset_us: int) -> int:
    """Where the last stage cue or caption ends, `offset_us` later; 0 where there is none."""
    ends = [event.t_us for event in plan.stage] + [span.t1_us for span in plan.captions]
    return max(ends) + offset_us if ends else 0


def _with_cues(show: Show, plan: Plan, offset_us: int, source: str) -> Show:
    if not plan.stage:
        return show
    taken = [cue.id for track in show.stage for cue in track.cues]
    ids = _ids([event.id for event in plan.stage], taken, "q")
    coming: dict[str, list[StageCue]] = {}
    for event, name in zip(plan.stage, ids, strict=True):
        cue = born(
            StageCue,
            id=name,
            name=_readable(event.name) or name,
            when=AtTime(max(0, event.t_us + offset_us)),
            action=event.action,
            note=event.note,
        )
        coming.setdefault(_readable(event.department) or _readable(source), []).append(cue)
    tracks = [
        changed(track, cues=(*track.cues, *coming.pop(track.name))) if track.name in coming else track
        for track in show.stage
    ]
    fresh = fresh_ids((track.id for track in show.stage), "s", len(coming))
    made = [
        born(StageTrack, id=own, name=name, cues=tuple(coming[name])) for own, name in zip(fresh, coming, strict=True)
    ]
    return changed(show, stage=(*tracks, *made))


def _with_captions(show: Show, plan: Plan, offset_us: int) -> Show:
    if not plan.captions:
        return show
    ids = _ids([span.id for span in plan.captions], [caption.id for caption in show.captions], "n")
    made = [
        born(
            Caption,
            id=name,
            when=AtTime(max(0, span.t0_us + offset_us)),
            duration_us=max(1, span.t1_us - span.t0_us),
            zh=_lines(span.zh),
            en=_lines(span.en),
            speaker=_readable("".join(c for c in span.speaker if c not in "<>")),
        )
        for span, name in zip(plan.captions, ids, strict=True)
    ]
    return changed(show, captions=(*show.captions, *made))


def _with_timecode(show: Show, plan: Plan, offset_us: int, report: Report) -> Show:
    bare = Timecode()
    if plan.timecode in (bare, show.timecode):
        return show
    if show.timecode == bare and offset_us == 0:
        return changed(show, timecode=plan.timecode)
    why, zh = (
        ("the show has one", "节目已有设定") if offset_us == 0 else ("its cues begin later here", "其提示点已推迟")
    )
    report.tell("IMPORT-TIMECODE", "note", f"the timecode of the file ({plan.timecode.rate} frames a second, "
                f"{plan.timecode.zero} at zero) is not taken: {why}",
                f"未采用文件中的时间码（{plan.timecode.rate} 帧/秒，零点为 {plan.timecode.zero}）：{zh}")  # fmt: skip
    return show


def _ids(wanted: Sequence[str], taken: Iterable[str], prefix: str) -> list[str]:
    """The wanted ids where they are free and can be shown, fresh ones for the others."""
    used = set(taken)
    out: list[str] = []
    for name in map(_readable, wanted):
        out.append("" if name in used else name)
        used.add(name)
    fresh = iter(fresh_ids(used, prefix, out.count("")))
    return [name or next(fresh) for name in out]


def _readable(text: str) -> str:
    return "".join(c if ord(c) >= 32 else " " for c in text).strip()


def _lines(text: str) -> str:
    """The lines of a caption that hold anything."""
    return "\n".join(line for line in map(_readable, text.split("\n")) if line)
