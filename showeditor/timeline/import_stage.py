"""Stage cues and captions of a foreign file -> a track for each department and captions of a show."""

from showeditor.model.music import AtTime
from showeditor.model.plan import Plan
from showeditor.model.show import Show
from showeditor.model.stage import Caption, StageCue, StageTrack
from showeditor.timeline.births import born, changed
from showeditor.timeline.ids import fresh_ids
from showeditor.timeline.import_cues import Report


def with_stage(show: Show, plan: Plan, offset_us: int, report: Report) -> Show:
    """The show with stage cues and captions `offset_us` later, each department on a track; both get fresh ids."""
    return _with_captions(_with_cues(show, plan, offset_us, report.source), plan, offset_us)


def end_of_stage(plan: Plan, offset_us: int) -> int:
    """Where the last stage cue or caption ends, `offset_us` later; 0 where there is none."""
    ends = [event.t_us for event in plan.stage] + [span.t1_us for span in plan.captions]
    return max(ends) + offset_us if ends else 0


def _with_cues(show: Show, plan: Plan, offset_us: int, source: str) -> Show:
    if not plan.stage:
        return show
    departments = list(dict.fromkeys(event.department for event in plan.stage))
    tracks = fresh_ids((track.id for track in show.stage), "s", len(departments))
    taken = (cue.id for track in show.stage for cue in track.cues)
    names = fresh_ids(taken, "q", len(plan.stage), width=4)
    cues = [
        (
            event.department,
            born(
                StageCue,
                id=name,
                name=event.name,
                when=AtTime(max(0, event.t_us + offset_us)),
                action=event.action,
                note=event.note,
            ),
        )
        for event, name in zip(plan.stage, names, strict=True)
    ]
    made = [
        born(StageTrack, id=own, name=department or source, cues=tuple(cue for d, cue in cues if d == department))
        for own, department in zip(tracks, departments, strict=True)
    ]
    return changed(show, stage=(*show.stage, *made))


def _with_captions(show: Show, plan: Plan, offset_us: int) -> Show:
    if not plan.captions:
        return show
    names = fresh_ids((caption.id for caption in show.captions), "w", len(plan.captions), width=4)
    made = [
        born(
            Caption,
            id=name,
            when=AtTime(max(0, span.t0_us + offset_us)),
            duration_us=max(1, span.t1_us - span.t0_us),
            zh=span.zh,
            en=span.en,
            speaker=span.speaker,
        )
        for span, name in zip(plan.captions, names, strict=True)
    ]
    return changed(show, captions=(*show.captions, *made))
