"""Memory of the history: shows share what edits left alone."""

import sys

import msgspec
from showeditor.model.cue import Cue, Track
from showeditor.model.music import AtTime
from showeditor.model.show import Show
from showeditor.session.session import Session
from showeditor.timeline.edits import move_cues


def big_show() -> Show:
    """Ten thousand cues in tracks of a hundred."""
    cues = [Cue(f"c{i:05d}", "75mm red peony", "p1", AtTime(i * 100_000)) for i in range(10_000)]
    return Show(
        "big", 10**10, tracks=tuple(Track(f"t{k}", "", tuple(cues[k * 100 : k * 100 + 100])) for k in range(100))
    )


def _deep_size(root: object, seen: set[int]) -> int:
    total = 0
    stack = [root]
    while stack:
        item = stack.pop()
        if id(item) in seen or isinstance(item, type):
            continue
        seen.add(id(item))
        total += sys.getsizeof(item)
        if isinstance(item, msgspec.Struct):
            stack.extend(getattr(item, name) for name in item.__struct_fields__)
        elif isinstance(item, (tuple, list, frozenset, set)):
            stack.extend(item)
        elif isinstance(item, dict):
            stack.extend(item.values())
        elif hasattr(item, "__dict__"):
            stack.append(vars(item))
        elif hasattr(item, "__slots__"):
            stack.extend(getattr(item, name) for name in item.__slots__)
    return total


def test_two_thousand_undo_steps_of_ten_thousand_cues_stay_under_50_mb() -> None:
    session = Session(big_show())
    ids = [f"c{i:05d}" for i in (1, 5_000, 9_999)]
    session.select(ids)
    seen: set[int] = set()
    _deep_size(session.show, seen)
    for _ in range(2_000):
        session.apply(move_cues(session.committed, ids, 1_000), "Move 3 cues")
    assert len(session.undo_labels) == 2_000
    assert _deep_size(session._history, seen) < 50e6
