"""The session: history, previews, background answers, and no green light for what has not been checked."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from showeditor.model.cue import Cue, Track
from showeditor.model.errors import BadInput
from showeditor.model.finding import Finding
from showeditor.model.music import AtTime
from showeditor.model.plan import Plan
from showeditor.model.show import Show
from showeditor.session.session import Session
from showeditor.session.state import Change
from showeditor.timeline.edits import delete_cues, move_cues

BLOCK = Finding("x.block", "block", "no", "不")


def show_of(count: int = 6, per_track: int = 3) -> Show:
    cues = [Cue(f"c{i:05d}", "75mm red peony", "p1", AtTime(i * 100_000 + 1_000_000)) for i in range(count)]
    tracks = tuple(
        Track(f"t{k}", f"row {k}", tuple(cues[k * per_track : (k + 1) * per_track]))
        for k in range(-(-count // per_track))
    )
    return Show("test", 600_000_000, tracks=tracks)


class Bench:
    """A compiler and a checker that can be held back and made to fail, with a queue in place of an event loop."""

    def __init__(self) -> None:
        self.compile_gate = threading.Event()
        self.check_gate = threading.Event()
        self.compile_gate.set()
        self.check_gate.set()
        self.compiled: list[Show] = []
        self.previous: list[Plan | None] = []
        self.checked: list[Plan] = []
        self.findings: tuple[Finding, ...] = ()
        self.compile_error: Exception | None = None
        self.check_error: Exception | None = None
        self.posted: list[Callable[[], None]] = []
        self.sessions: list[Session] = []

    def compile(self, show: Show, previous: Plan | None) -> Plan:
        self.compiled.append(show)
        self.previous.append(previous)
        assert self.compile_gate.wait(10)
        if self.compile_error:
            raise self.compile_error
        return Plan(show.title, show.duration_us)

    def check(self, plan: Plan, progress: Callable[[float], None]) -> tuple[Finding, ...]:
        self.checked.append(plan)
        while not self.check_gate.wait(0.002):
            progress(0.5)
        progress(0.9)
        if self.check_error:
            raise self.check_error
        return self.findings

    def session(self, show: Show, **more: Any) -> Session:
        made = Session(show, compile_plan=self.compile, check_plan=self.check, post=self.posted.append, **more)
        self.sessions.append(made)
        return made

    def pump(self, until: Callable[[], bool]) -> None:
        end = time.monotonic() + 10
        while not until():
            assert time.monotonic() < end, "the answer did not come"
            if self.posted:
                self.posted.pop(0)()
            else:
                time.sleep(0.001)

    def drain(self, session: Session) -> None:
        self.pump(lambda: not session.state.working)


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    before = threading.active_count()
    yield made
    made.compile_gate.set()
    made.check_gate.set()
    for session in made.sessions:
        session.close()
    assert threading.active_count() == before, "close left a thread behind"


def test_a_drag_is_one_step_and_undo_returns_the_same_object() -> None:
    base = show_of()
    session = Session(base)
    for dt in (10, 20, 30):
        session.preview(move_cues(session.committed, ["c00001"], dt))
    assert session.state.previewing
    assert session.committed is base
    moved = session.show
    assert session.commit("Move 1 cue")
    assert session.undo_labels == ("Move 1 cue",)
    assert session.state.undo_label == "Move 1 cue"
    assert session.undo()
    assert session.show is base
    assert session.redo()
    assert session.show is moved
    assert not session.redo()


def test_cancel_and_undo_of_a_preview_return_the_base_object() -> None:
    base = show_of()
    session = Session(base)
    session.preview(move_cues(base, ["c00001"], 10))
    session.cancel()
    assert session.show is base
    session.preview(move_cues(base, ["c00001"], 10))
    assert session.undo()
    assert session.show is base
    assert session.undo_labels == ()


def test_an_edit_that_changes_nothing_leaves_no_step() -> None:
    session = Session(show_of())
    assert not session.apply(move_cues(session.committed, ["c00001"], 0), "Move 1 cue")
    assert not session.state.previewing
    assert not session.undo()


def test_a_new_step_forgets_what_was_undone() -> None:
    session = Session(show_of())
    session.apply(move_cues(session.show, ["c00001"], 10), "A")
    session.undo()
    session.apply(move_cues(session.show, ["c00002"], 10), "B")
    assert session.redo_labels == ()
    assert session.undo_labels == ("B",)


def test_dirty_follows_the_saved_object(tmp_path: Path) -> None:
    session = Session(show_of())
    assert not session.dirty
    session.apply(move_cues(session.show, ["c00001"], 10), "A")
    assert session.dirty
    session.mark_saved(session.committed, tmp_path / "a.show")
    assert not session.dirty
    session.undo()
    assert session.dirty
    session.redo()
    assert not session.dirty
    assert session.state.path == tmp_path / "a.show"
    assert Session(show_of(), saved=False).dirty


def test_selection_drops_deleted_ids_and_comes_back_with_undo() -> None:
    session = Session(show_of())
    session.select(["c00001", "c00002"])
    session.apply(delete_cues(session.show, ["c00001"]), "Delete")
    assert session.selection == {"c00002"}
    session.undo()
    assert session.selection == {"c00001", "c00002"}
    assert [cue.id for cue in session.selected_cues()] == ["c00001", "c00002"]
    session.toggle(["c00002", "c00003"])
    assert session.selection == {"c00001", "c00003"}


def test_listeners_get_one_change_per_step_in_order_even_from_inside_a_listener() -> None:
    session = Session(show_of())
    first: list[Change] = []
    second: list[Change] = []

    def reacting(change: Change) -> None:
        first.append(change)
        if change.touches("show"):
            session.seek(5)

    session.listen(reacting)
    unlisten = session.listen(second.append)
    session.apply(move_cues(session.show, ["c00001"], 10), "A", select=["c00001"])
    assert [c.touches("show") for c in second] == [True, False]
    assert first == second
    assert second[0].after is second[1].before
    assert second[0].after.selection == {"c00001"}
    unlisten()
    session.seek(6)
    assert len(second) == 2


def test_seek_and_loop_refuse_nonsense() -> None:
    session = Session(show_of())
    session.seek(-5)
    assert session.playhead_us == 0
    session.set_loop((10, 20))
    assert session.state.loop_us == (10, 20)
    with pytest.raises(BadInput, match="loop"):
        session.set_loop((20, 20))


def test_a_quick_plan_arrives_in_the_same_change(bench: Bench) -> None:
    session = bench.session(show_of())
    bench.drain(session)
    told: list[Change] = []
    session.listen(told.append)
    session.preview(move_cues(session.committed, ["c00001"], 10))
    assert len(told) == 1
    assert told[0].touches("show", "plan")
    assert session.state.planned is session.show
    assert bench.previous[-1] is told[0].before.plan


def test_never_a_green_light_for_an_unchecked_plan(bench: Bench) -> None:
    session = bench.session(show_of())
    bench.drain(session)
    assert session.state.light == "clear"
    bench.check_gate.clear()
    session.preview(move_cues(session.committed, ["c00001"], 10))
    assert session.state.light == "checking"
    session.commit("Move")
    assert session.checking
    bench.findings = (BLOCK,)
    bench.check_gate.set()
    bench.drain(session)
    assert session.state.light == "blocked"
    bench.compile_gate.clear()
    session.undo()
    assert session.state.light == "checking"
    assert session.findings == (BLOCK,)
    bench.compile_gate.set()
    bench.drain(session)
    assert session.state.checked is session.plan


def test_a_slow_compile_holds_no_edit_up_and_the_newest_wins(bench: Bench) -> None:
    session = bench.session(show_of())
    bench.drain(session)
    bench.compile_gate.clear()
    begun = time.monotonic()
    for dt in range(1, 60):
        session.preview(move_cues(session.committed, ["c00001"], dt))
    assert time.monotonic() - begun < 0.3
    bench.compile_gate.set()
    bench.drain(session)
    assert session.state.planned is session.show
    assert len(bench.compiled) < 10
    assert session.state.light == "clear"


def test_plans_keep_coming_during_a_drag_that_outruns_the_compiler(bench: Bench) -> None:
    session = bench.session(show_of())
    bench.drain(session)
    bench.compile_gate.clear()
    session.preview(move_cues(session.committed, ["c00001"], 1))
    first = session.show
    session.preview(move_cues(session.committed, ["c00001"], 2))
    session.preview(move_cues(session.committed, ["c00001"], 3))
    bench.pump(lambda: bench.compiled[-1] is first)
    bench.compile_gate.set()
    bench.pump(lambda: session.state.planned is first)
    assert session.state.light == "checking"
    bench.drain(session)
    assert session.state.planned is session.show
    assert [show is first or show is session.show for show in bench.compiled[-2:]] == [True, True]
    assert session.state.light == "clear"


def test_stale_answers_are_dropped_even_when_already_posted(bench: Bench) -> None:
    session = bench.session(show_of())
    bench.drain(session)
    bench.findings = (BLOCK,)
    session.apply(move_cues(session.committed, ["c00001"], 10), "A")
    bench.pump(lambda: len(bench.checked) == 2 and bool(bench.posted))
    time.sleep(0.02)
    bench.findings = ()
    session.apply(move_cues(session.committed, ["c00001"], 10), "B")
    seen: list[tuple[Finding, ...]] = []
    session.listen(lambda change: seen.append(change.after.findings))
    bench.drain(session)
    assert (BLOCK,) not in seen
    assert session.state.light == "clear"


def test_cancel_goes_back_to_the_checked_plan_without_a_new_compile(bench: Bench) -> None:
    session = bench.session(show_of())
    bench.drain(session)
    bench.compile_gate.clear()
    session.preview(move_cues(session.committed, ["c00001"], 10))
    session.cancel()
    assert session.state.light == "clear"
    bench.compile_gate.set()
    time.sleep(0.05)
    while bench.posted:
        bench.posted.pop(0)()
    assert session.state.planned is session.show
    assert session.state.light == "clear"


@pytest.mark.parametrize("where", ["compile_error", "check_error"])
def test_an_exception_is_a_failed_state_until_an_edit_succeeds(bench: Bench, where: str) -> None:
    session = bench.session(show_of())
    bench.drain(session)
    setattr(bench, where, RuntimeError("broken rule"))
    session.apply(move_cues(session.committed, ["c00001"], 10), "A")
    bench.drain(session)
    assert session.state.light == "failed"
    assert str(session.state.failure) == "broken rule"
    setattr(bench, where, None)
    session.apply(move_cues(session.committed, ["c00001"], 10), "B")
    bench.drain(session)
    assert session.state.light == "clear"


def test_without_an_event_loop_answers_come_by_themselves(bench: Bench) -> None:
    session = Session(show_of(), compile_plan=bench.compile, check_plan=bench.check)
    bench.sessions.append(session)
    assert session.settle(10)
    assert session.state.light == "clear"
    bench.check_gate.clear()
    session.apply(move_cues(session.show, ["c00001"], 10), "A")
    assert not session.settle(0.02)
    bench.check_gate.set()
    assert session.settle(10)
    assert session.state.light == "clear"


def test_opening_another_show_begins_afresh(bench: Bench) -> None:
    session = bench.session(show_of())
    session.apply(move_cues(session.show, ["c00001"], 10), "A", select=["c00001"])
    other = show_of(3)
    session.open(other, path=Path("b.show"))
    bench.drain(session)
    assert session.show is other
    assert session.undo_labels == ()
    assert session.selection == frozenset()
    assert session.state.planned is other
    assert not session.dirty


def test_edits_after_close_work_without_answers(bench: Bench) -> None:
    session = bench.session(show_of())
    session.close()
    assert session.apply(move_cues(session.show, ["c00001"], 10), "A")
    assert session.state.light == "idle"


def test_changes_form_an_unbroken_chain_while_answers_come_from_other_threads(bench: Bench) -> None:
    session = Session(show_of(), compile_plan=bench.compile, check_plan=bench.check)
    bench.sessions.append(session)
    told: list[Change] = []
    start = session.state
    session.listen(told.append)
    for dt in range(1, 200):
        session.preview(move_cues(session.committed, ["c00001"], dt))
        if dt % 20 == 0:
            session.commit("Move")
        if dt % 50 == 0:
            session.undo()
    assert session.settle(10)
    before = [start, *(change.after for change in told)]
    assert all(change.before is last for change, last in zip(told, before, strict=False))
    assert told[-1].after.light == "clear"
    assert told[-1].after is session.state


def test_a_listener_that_raises_does_not_stop_the_others_for_good() -> None:
    session = Session(show_of())
    told: list[Change] = []

    def broken(change: Change) -> None:
        if change.after.playhead_us == 1:
            raise RuntimeError("broken view")

    session.listen(broken)
    session.listen(told.append)
    with pytest.raises(RuntimeError, match="broken view"):
        session.seek(1)
    session.seek(2)
    assert [change.after.playhead_us for change in told] == [2]
    assert session.playhead_us == 2
