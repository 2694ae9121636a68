"""Stage cues and captions of a show at their show times."""

from showeditor.model.music import moment_us
from showeditor.model.show import Show
from showeditor.model.stage import CaptionSpan, StageEvent


def compile_stage(show: Show) -> tuple[StageEvent, ...]:
    """The stage cues of all tracks that are not muted, by time, then by id."""
    events = [
        StageEvent(cue.id, moment_us(cue.when, show.music), cue.name, track.name, cue.action, cue.note)
        for track in show.stage
        if not track.muted
        for cue in track.cues
    ]
    return tuple(sorted(events, key=lambda event: (event.t_us, event.id)))


def compile_captions(show: Show) -> tuple[CaptionSpan, ...]:
    """The captions by time, then by id."""
    spans = []
    for caption in show.captions:
        start = moment_us(caption.when, show.music)
        spans.append(
            CaptionSpan(caption.id, start, start + caption.duration_us, caption.zh, caption.en, caption.speaker)
        )
    return tuple(sorted(spans, key=lambda span: (span.t0_us, span.id)))
