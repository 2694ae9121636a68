"""Another effect in the place of one: the bloom stays on its beat, whatever the cue holds."""

from collections.abc import Collection

from showeditor.effects.reading import read
from showeditor.model.cue import Cue
from showeditor.model.show import Show
from showeditor.timeline.births import changed
from showeditor.timeline.edits import each_cue
from showeditor.timeline.moments import at_us, cue_us


def substitute_effect(show: Show, ids: Collection[str], effect: str) -> Show:
    """The named cues with another effect that blooms when the old one did.

    A cue held by its bloom keeps its moment; one held by its ignition is ignited earlier or later by what the rises
    differ, yet not before show zero. Raises BadInput for an effect that cannot be read.
    """
    after_us = read(effect).prefire_us

    def other(cue: Cue) -> Cue:
        if cue.holds == "bloom" or cue.effect == effect:
            return changed(cue, effect=effect)
        t_us = max(0, cue_us(show, cue) + read(cue.effect).prefire_us - after_us)
        return changed(cue, effect=effect, when=at_us(cue.when, show.music, t_us))

    return each_cue(show, ids, other)
