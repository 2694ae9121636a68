"""How far rounding moved each cue in a file, and the control rules held against the moments of the file.

EXP-ROUNDED block: a rule about the controller's clock holds for the plan and not for the file's moments: cues come too
    close, or fire while their module is off. Remedy: move the cues apart by a tick, or use a finer format.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from showeditor.model.arrays import frozen
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan
from showeditor.safety.check import RULES, check

CLOCKED = frozenset(("addresses", "control"))
"""The rules whose answer depends on the moments of ignitions alone."""

_RULES = tuple(rule for rule in RULES if rule.name in CLOCKED)


@dataclass(frozen=True, slots=True)
class Spread:
    """Rounding of a format in one line: cues, how many moved, the largest and the mean error, and whose it is.

    `late_us` and `early_us` are the largest errors to either side.
    """

    cues: int
    moved: int
    worst_us: int
    mean_us: float
    late_us: int
    early_us: int
    cue: str


def errors_of(plan: Plan, moments: Iterable[tuple[int, int]]) -> dict[str, int]:
    """Microseconds by which each cue (of rows and their moments in a file) lies later in the file than in the plan.

    Of several rows with one name the largest error counts.
    """
    out: dict[str, int] = {}
    for row, t_us in moments:
        cue, error = plan.firing.cue[row], t_us - int(plan.firing.ignition_us[row])
        if abs(error) >= abs(out.get(cue, 0)):
            out[cue] = error
    return out


def spread_of(errors: Mapping[str, int]) -> Spread | None:
    """The summary of errors by cue; None where a file fires nothing."""
    if not errors:
        return None
    worst = min(errors, key=lambda cue: (-abs(errors[cue]), cue))
    values = np.array(list(errors.values()), dtype=np.int64)
    return Spread(
        cues=len(values),
        moved=int((values != 0).sum()),
        worst_us=int(abs(errors[worst])),
        mean_us=float(np.abs(values).mean()),
        late_us=int(max(0, values.max())),
        early_us=int(max(0, -values.min())),
        cue=worst,
    )


def recheck(
    plan: Plan,
    moments: Iterable[tuple[int, int]],
    known: Iterable[Finding],
    format_id: str,
    lift: Callable[[Iterable[Finding]], Iterable[Finding]] = tuple,
) -> list[Finding]:
    """What the control rules find at the moments of a file and did not find in the plan; blocks and warnings only."""
    t = plan.firing.ignition_us.copy()
    changed = False
    for row, t_us in moments:
        changed |= int(t[row]) != t_us
        t[row] = t_us
    if not changed:
        return []
    seen = {(f.code, f.ids) for f in known}
    again = replace(plan, firing=replace(plan.firing, ignition_us=frozen(t, np.int64, (None,))), problems=())
    return [
        replace(
            f,
            code="EXP-ROUNDED" if f.severity == "block" else f.code,
            message=f"as written in {format_id}: {f.message}",
            message_zh=f"写成 {format_id} 后：{f.message_zh}",
        )
        for f in lift(check(again, rules=_RULES))
        if f.severity != "note" and (f.code, f.ids) not in seen
    ]
