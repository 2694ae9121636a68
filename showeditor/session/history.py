"""History: immutable shows with the names of the steps between them. Undo gives back the same object."""

from dataclasses import dataclass

from showeditor.model.show import Show


@dataclass(frozen=True, slots=True)
class Step:
    """One edit: its name, the show after it, and what was selected before and after."""

    label: str
    show: Show
    selected_before: frozenset[str]
    selected_after: frozenset[str]


class History:
    """All shows since the document was opened, without limit; shows share the parts that edits left alone."""

    def __init__(self, show: Show) -> None:
        self._first = show
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def show(self) -> Show:
        """The committed show."""
        return self._done[-1].show if self._done else self._first

    @property
    def done(self) -> tuple[str, ...]:
        """Names of the steps that can be undone, oldest first."""
        return tuple(step.label for step in self._done)

    @property
    def undone(self) -> tuple[str, ...]:
        """Names of the steps that can be redone, the next one last."""
        return tuple(step.label for step in self._undone)

    @property
    def undo_label(self) -> str | None:
        """The name of the step that undo takes back; None when there is none."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """The name of the step that redo brings back; None when there is none."""
        return self._undone[-1].label if self._undone else None

    def push(self, step: Step) -> None:
        """Adds a step after the committed show and forgets what was undone."""
        self._done.append(step)
        self._undone.clear()

    def undo(self) -> Step | None:
        """Takes back the newest step and returns it; None when there is none."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Step | None:
        """Brings back the step undone last and returns it; None when there is none."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]
