"""What formats need beside the plan: the music, for files that hold sound and timecode together."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from showeditor.audio.soundtrack import soundtrack_of
from showeditor.export.registry import format_named
from showeditor.model.plan import Plan


def with_media(plan: Plan, format_ids: Iterable[str], folder: Path) -> Plan:
    """The plan with its music loaded from `folder` where one of the formats holds it; else the plan as it is.

    Raises BadFile when the music file is missing or cannot be read, BadInput for an unknown format.
    """
    if plan.soundtrack is not None or all(format_named(name).limits.get("needs") != "music" for name in format_ids):
        return plan
    sound = soundtrack_of(plan.music, folder)
    return plan if sound is None else replace(plan, soundtrack=sound)
