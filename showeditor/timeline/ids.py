"""Ids: fresh ones that are the same for the same show, and clear refusals of unknown ones."""

import re
from collections.abc import Collection, Iterable

from showeditor.model.errors import BadInput
from showeditor.model.show import Show


def fresh_ids(taken: Iterable[str], prefix: str, count: int = 1, width: int = 2) -> tuple[str, ...]:
    """`count` ids such as c0161, c0162: the prefix and the numbers after the greatest one taken."""
    pattern = re.compile(re.escape(prefix) + r"(\d{1,15})")
    used = (found for found in map(pattern.fullmatch, taken) if found)
    first = max((int(found[1]) for found in used), default=0) + 1
    return tuple(f"{prefix}{number:0{width}d}" for number in range(first, first + count))


def fresh_cue_ids(show: Show, count: int = 1) -> tuple[str, ...]:
    """`count` cue ids that the show does not use: c0001, c0002, ..."""
    return fresh_ids((cue.id for cue in show.cues()), "c", count, width=4)


def require(kind: str, wanted: Iterable[str], known: Collection[str]) -> None:
    """Raises BadInput naming every wanted id that is not known."""
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        raise BadInput(f"unknown {kind}: {listed(unknown)}")


def listed(names: Collection[str], most: int = 8) -> str:
    """The names joined by commas, the tail counted when there are many."""
    shown = ", ".join(list(names)[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
