"""Session: the one mutable object, holding the document, its history and the newest answers about it.

Decision on drags: every compile runs on a worker thread, and the thread that made the edit waits for it `PATIENCE_S` at
most. A plan that is ready by then arrives in the same Change as the show (a drag of cues: one frame, no flicker);
a slower one (a scene whose transitions must be planned) arrives in a later Change and the edit is never held up; while
a drag goes on, plans of shows it has left behind are shown as they come, and never count as the plan of what is seen.
After a slow compile no edit waits until one has been quick again. Checks always come later, and only the newest counts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Condition, RLock
from time import monotonic, sleep
from typing import Any

from showeditor.model.cue import Cue
from showeditor.model.errors import BadInput
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan
from showeditor.model.show import Show
from showeditor.session.history import History, Step
from showeditor.session.listeners import Listener, Listeners
from showeditor.session.selection import still_there
from showeditor.session.state import Change, State
from showeditor.session.worker import Post, Superseded, Worker

PATIENCE_S = 0.010
"""Longest time an edit waits for its plan; well under one frame of 1/60 s."""

PAUSE_S = 0.08
"""A plan seen during a drag is checked once the drag has paused this long: a check takes time from the picture."""

Compile = Callable[[Show, Plan | None], Plan]
Progress = Callable[[float], None]
Check = Callable[[Plan, Progress], Sequence[Finding]]


class _Overtaken(Exception):
    """Ends a check whose answer nobody waits for."""


def _call(callback: Callable[[], None]) -> None:
    callback()


class Session:
    """A document being edited.

    `compile_plan(show, previous)` and `check_plan(plan, progress)` run on worker threads; without them the session
    has no plans or findings. `post` hands answers to the owner's thread (a window sets it to its event loop; by
    default they are taken on the worker's thread). Listeners are called one Change at a time, in order.
    """

    def __init__(
        self,
        show: Show,
        *,
        path: Path | None = None,
        saved: bool = True,
        compile_plan: Compile | None = None,
        check_plan: Check | None = None,
        post: Post = _call,
    ) -> None:
        self._compile_plan = compile_plan
        self._check_plan = check_plan
        self._post = post
        self._lock = RLock()
        self._planner: Worker[Plan] = Worker("planner", post, self._lock, eager=False)
        self._checker: Worker[tuple[Finding, ...]] = Worker("checker", post, self._lock, eager=True)
        self._settled = Condition(self._lock)
        self._listeners = Listeners()
        self._depth = 0
        self._patient = True
        self._made: Plan | None = None
        self._closed = False
        self._under_check: Plan | None = None
        self._history = History(show)
        self._saved = show if saved else None
        self._state = State(show, path=path, dirty=not saved)
        with self._step():
            self._plan_show()

    # -- reading ---------------------------------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """Everything at this moment, as one frozen value."""
        return self._state

    @property
    def show(self) -> Show:
        """The show that is seen: the preview during a drag, else the committed one."""
        return self._state.show

    @property
    def committed(self) -> Show:
        """The show of the newest history entry; what saving saves."""
        return self._history.show

    @property
    def plan(self) -> Plan | None:
        """The newest compiled Plan; `state.planned` is the show it came from."""
        return self._state.plan

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The newest findings; about what is seen only where `state.fresh`."""
        return self._state.findings

    @property
    def checking(self) -> bool:
        """Whether the findings are waiting for an answer about what is seen."""
        return self._state.checking

    @property
    def selection(self) -> frozenset[str]:
        """Selected ids of any kind."""
        return self._state.selection

    @property
    def playhead_us(self) -> int:
        """The moment that is looked at."""
        return self._state.playhead_us

    @property
    def dirty(self) -> bool:
        """Whether the committed show differs from the saved one."""
        return self._state.dirty

    @property
    def undo_labels(self) -> tuple[str, ...]:
        """Names of the steps that can be undone, oldest first."""
        return self._history.done

    @property
    def redo_labels(self) -> tuple[str, ...]:
        """Names of the steps that can be redone, the next one last."""
        return self._history.undone

    def selected_cues(self) -> tuple[Cue, ...]:
        """The selected cues of the show that is seen, in its order."""
        chosen = self._state.selection
        return tuple(cue for cue in self._state.show.cues() if cue.id in chosen) if chosen else ()

    # -- editing ---------------------------------------------------------------------------------------------------

    def preview(self, show: Show) -> None:
        """Shows an edit without entering it into the history; make each one from `committed`, not from the last."""
        with self._step():
            self._see(show, previewing=True)

    def commit(self, label: str) -> bool:
        """Enters the previewed show into the history under a name; False when it is the committed one."""
        return self.apply(self._state.show, label)

    def cancel(self) -> None:
        """Drops the preview; the committed show, the same object, is seen again."""
        with self._step():
            self._see(self._history.show)

    def apply(self, show: Show, label: str, select: Iterable[str] | None = None) -> bool:
        """Enters an edited show into the history and selects ids; False when nothing changed (a preview ends then)."""
        with self._step():
            if show is self._history.show:
                self._see(show)
                return False
            before = self._state.selection
            after = still_there(before if select is None else frozenset(select), show)
            self._history.push(Step(label, show, before, after))
            self._see(show, selection=after)
            return True

    def undo(self) -> bool:
        """Takes back the newest step (during a preview: the preview); False when there is none."""
        with self._step():
            if self._state.previewing:
                self.cancel()
                return True
            step = self._history.undo()
            if step is None:
                return False
            self._see(self._history.show, selection=still_there(step.selected_before, self._history.show))
            return True

    def redo(self) -> bool:
        """Brings back the step undone last; False when there is none or a preview is open."""
        with self._step():
            step = None if self._state.previewing else self._history.redo()
            if step is None:
                return False
            self._see(step.show, selection=still_there(step.selected_after, step.show))
            return True

    # -- looking ---------------------------------------------------------------------------------------------------

    def select(self, ids: Iterable[str]) -> None:
        """Selects exactly these ids."""
        chosen = frozenset(ids)
        with self._step():
            if chosen != self._state.selection:
                self._set(selection=chosen)

    def toggle(self, ids: Iterable[str]) -> None:
        """Selects those of the ids that are not selected and deselects the others."""
        with self._step():
            self.select(self._state.selection ^ frozenset(ids))

    def seek(self, t_us: int) -> None:
        """Moves the playhead; before zero becomes zero."""
        with self._step():
            if max(0, t_us) != self._state.playhead_us:
                self._set(playhead_us=max(0, t_us))

    def set_loop(self, loop_us: tuple[int, int] | None) -> None:
        """Sets or clears the loop range; raises BadInput when it is empty or begins before zero."""
        if loop_us is not None and not 0 <= loop_us[0] < loop_us[1]:
            raise BadInput(f"a loop needs an end after its start, got {loop_us[0]} to {loop_us[1]} microseconds")
        with self._step():
            if loop_us != self._state.loop_us:
                self._set(loop_us=loop_us)

    # -- the document ----------------------------------------------------------------------------------------------

    def open(self, show: Show, *, path: Path | None = None, saved: bool = True) -> None:
        """Begins another document: new history, nothing selected, playhead at zero."""
        with self._step():
            self._planner.drop()
            self._checker.drop()
            self._under_check = None
            self._patient = True
            self._history = History(show)
            self._saved = show if saved else None
            self._state = State(show, path=path, dirty=not saved)
            self._plan_show()

    def mark_saved(self, show: Show, path: Path) -> None:
        """Notes that a show (usually `committed`) has been written to a file."""
        with self._step():
            self._saved = show
            self._set(path=path, dirty=self._history.show is not show)

    def listen(self, callback: Listener) -> Callable[[], None]:
        """Calls back at every Change from now on; returns the function that ends it."""
        return self._listeners.add(callback)

    def settle(self, timeout_s: float = 60.0) -> bool:
        """Waits until the plan and findings of what is seen have come; False when time runs out.

        For programs without an event loop: where `post` goes through one, run that instead.
        """
        with self._settled:
            return self._settled.wait_for(lambda: not self._state.working, timeout_s)

    def close(self) -> None:
        """Ends the background work and its threads; later edits are neither compiled nor checked."""
        with self._lock:
            self._closed = True
            self._planner.drop()
            self._checker.drop()
        self._planner.close()
        self._checker.close()
        with self._step():
            self._set(working=False)

    # -- inside ----------------------------------------------------------------------------------------------------

    @contextmanager
    def _step(self) -> Iterator[None]:
        # all that happens inside the outermost step is told as one Change, after the lock has been released
        with self._lock:
            before = self._state
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0 and self._state is not before:
                    self._listeners.queue(Change(before, self._state))
                    self._settled.notify_all()
        if self._depth == 0:
            self._listeners.tell()

    def _set(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)

    def _see(self, show: Show, *, previewing: bool = False, selection: frozenset[str] | None = None) -> None:
        changed = show is not self._state.show
        self._set(
            show=show,
            previewing=previewing,
            selection=self._state.selection if selection is None else selection,
            dirty=self._history.show is not self._saved,
            undo_label=self._history.undo_label,
            redo_label=self._history.redo_label,
        )
        if changed:
            self._plan_show()

    def _plan_show(self) -> None:
        compile_plan, show, plan_now = self._compile_plan, self._state.show, self._state.plan
        if compile_plan is None or self._closed:
            return
        if plan_now is not None and self._state.planned is show:  # back at the show that the plan is of
            self._planner.drop()
            self._set(failure=None)
            self._check(plan_now)
            return

        def job(_: Superseded) -> Plan:
            begun = monotonic()
            plan = compile_plan(show, self._made)
            self._made, self._patient = plan, monotonic() - begun < PATIENCE_S
            return plan

        def done(plan: Plan) -> None:
            with self._step():
                self._set(plan=plan, planned=show)
                if show is self._state.show:
                    self._set(working=False)
                    self._check(plan)

        def failed(error: BaseException) -> None:
            with self._step():
                if show is self._state.show:
                    self._set(failure=error, working=False)

        self._set(failure=None, working=True)
        ticket = self._planner.submit(job, done, failed)
        if self._patient:
            self._patient = ticket.arrives_within(PATIENCE_S)

    def _check(self, plan: Plan) -> None:
        check_plan = self._check_plan
        if check_plan is None or self._closed:
            return
        if self._state.checked is plan:
            self._checker.drop()
            self._under_check = None
            self._set(working=False)
            return
        self._set(working=True)
        if self._under_check is plan:
            return

        dragging = self._state.previewing

        def job(superseded: Superseded) -> tuple[Finding, ...]:
            told = 0.0

            def progress(share: float) -> None:
                nonlocal told
                if superseded():
                    raise _Overtaken
                if share - told >= 0.01:
                    told = share
                    self._post(lambda: self._progress(plan, share))

            pause_ends = monotonic() + PAUSE_S if dragging else 0.0
            while monotonic() < pause_ends and not superseded():
                sleep(0.005)
            progress(0.0)
            return tuple(check_plan(plan, progress))

        def done(findings: tuple[Finding, ...]) -> None:
            with self._step():
                self._under_check = None
                # a compile that is still under way keeps the session working
                working = self._state.working and self._state.planned is not self._state.show
                self._set(findings=findings, checked=plan, progress=1.0, working=working)

        def failed(error: BaseException) -> None:
            with self._step():
                self._under_check = None
                if self._state.planned is self._state.show:
                    self._set(failure=error, working=False)

        self._under_check = plan
        self._set(progress=0.0)
        self._checker.submit(job, done, failed)

    def _progress(self, plan: Plan, share: float) -> None:
        with self._step():
            if self._under_check is plan:
                self._set(progress=share)
