"""State: what a session is at one moment, as a frozen value, so that listeners compare before and after by identity."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from showeditor.model.finding import Finding, blocks
from showeditor.model.plan import Plan
from showeditor.model.show import Show

Light = Literal["idle", "checking", "failed", "blocked", "warned", "clear"]
"""What may be told about the show: only an answer about this very show and plan is blocked, warned or clear."""


@dataclass(frozen=True, slots=True)
class State:
    """A session at one moment.

    `show` is what is seen (during a drag the preview). `plan` is the newest compiled Plan and `planned` the show
    it came from; `findings` are the newest answers and `checked` the plan they are about. They belong to what is
    seen only where `fresh` says so. `working` tells that an answer is on its way, `progress` (0 to 1) how far the
    check is. `failure` is what a compiler or checker raised for the current show; then nothing may be published.
    """

    show: Show
    path: Path | None = None
    plan: Plan | None = None
    planned: Show | None = None
    findings: tuple[Finding, ...] = ()
    checked: Plan | None = None
    working: bool = False
    progress: float = 0.0
    failure: BaseException | None = None
    selection: frozenset[str] = frozenset()
    playhead_us: int = 0
    loop_us: tuple[int, int] | None = None
    previewing: bool = False
    dirty: bool = False
    undo_label: str | None = None
    redo_label: str | None = None

    @property
    def fresh(self) -> bool:
        """Whether the findings are about the plan of the show that is seen."""
        return self.plan is not None and self.planned is self.show and self.checked is self.plan and not self.failure

    @property
    def checking(self) -> bool:
        """Whether the findings are waiting for an answer about what is seen."""
        return self.light == "checking"

    @property
    def light(self) -> Light:
        """The one word for a status display; never `clear` for a plan that has not been checked."""
        if self.failure is not None:
            return "failed"
        if not self.fresh:
            return "checking" if self.working else "idle"
        if blocks(self.findings):
            return "blocked"
        return "warned" if any(f.severity == "warn" for f in self.findings) else "clear"


@dataclass(frozen=True, slots=True)
class Change:
    """One step of a session; compare the parts of `before` and `after` by identity."""

    before: State
    after: State

    def touches(self, *names: str) -> bool:
        """Whether any of the named fields (or properties) of State is another object or value now."""
        for name in names:
            old, new = getattr(self.before, name), getattr(self.after, name)
            if old is not new and (not isinstance(new, (int, float, str, bool)) or old != new):
                return True
        return False
