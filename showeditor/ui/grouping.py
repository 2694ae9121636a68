"""Groups of cues when cues are copied."""

from collections.abc import Collection

from showeditor.model.show import Show
from showeditor.timeline import edits
from showeditor.timeline.ids import fresh_ids


def own_groups(show: Show, ids: Collection[str]) -> Show:
    """The show with the named cues in fresh groups where they share one with others, so that copies are apart."""
    copies = edits.cues_of(show, ids)
    names = {cue.id for cue in copies}
    outside = {cue.group for cue in show.cues() if cue.group and cue.id not in names}
    shared = sorted({cue.group for cue in copies} & outside)
    fresh = fresh_ids((cue.group for cue in show.cues()), "g", len(shared))
    for old, new in zip(shared, fresh, strict=True):
        show = edits.set_group(show, [cue.id for cue in copies if cue.group == old], new)
    return show
