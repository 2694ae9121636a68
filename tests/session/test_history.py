"""History against a plain list of shows, by identity."""

from hypothesis import given
from hypothesis import strategies as st
from showeditor.model.cue import Cue, Track
from showeditor.model.music import AtTime
from showeditor.model.show import Show
from showeditor.session.session import Session
from showeditor.timeline.edits import delete_cues, duplicate_cues, move_cues

BASE = Show(
    "t", 10**9, tracks=(Track("t", "", (Cue("c0001", "x", "p", AtTime(500)), Cue("c0002", "x", "p", AtTime(0)))),)
)

steps = st.lists(
    st.tuples(st.sampled_from(["apply", "preview", "commit", "cancel", "undo", "redo"]), st.integers(-300, 300)),
    max_size=40,
)


def edited(show: Show, amount: int) -> Show:
    ids = [cue.id for cue in show.cues()]
    if amount % 3 == 0:
        return duplicate_cues(show, ids[:1], amount)[0]
    return delete_cues(show, ids[1:2]) if amount % 7 == 0 else move_cues(show, ids[:1], amount)


@given(steps)
def test_any_series_of_steps_walks_the_same_objects_as_a_list(series: list[tuple[str, int]]) -> None:
    session = Session(BASE)
    shows, at, seen = [BASE], 0, BASE

    def enter(show: Show) -> None:
        nonlocal at
        if show is not shows[at]:
            del shows[at + 1 :]
            shows.append(show)
            at += 1

    for name, amount in series:
        if name == "apply":
            seen = edited(shows[at], amount)
            session.apply(seen, name)
            enter(seen)
        elif name == "preview":
            seen = edited(shows[at], amount)
            session.preview(seen)
        elif name == "commit":
            session.commit(name)
            enter(seen)
        elif name == "cancel":
            session.cancel()
            seen = shows[at]
        elif name == "undo":
            if not session.state.previewing:
                at = max(0, at - 1)
            session.undo()
            seen = shows[at]
        elif not session.state.previewing:
            session.redo()
            at = min(len(shows) - 1, at + 1)
            seen = shows[at]
        assert session.show is seen
        assert session.committed is shows[at]
        assert session.dirty == (shows[at] is not BASE)
        assert len(session.undo_labels) == at
        assert len(session.redo_labels) == len(shows) - 1 - at
