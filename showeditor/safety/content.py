"""Whether there is anything to show, and whether it ends with the show.

MSC-001 warn: the plan fires nothing and flies nothing. Remedy: add a cue or a flight.
MSC-002 warn: a cue ignites after the show ends (drones may land later). Remedy: make the show longer or move the cue.
"""

from collections.abc import Iterator

from showeditor.model.finding import Finding
from showeditor.model.times import clock
from showeditor.safety.case import Case


def judge_content(case: Case) -> Iterator[Finding]:
    """At most two findings."""
    plan = case.plan
    if not len(plan.firing) and not len(plan.drones):
        yield Finding("MSC-001", "warn", "There is nothing to fire and nothing to fly.", "没有点火，也没有无人机。")
        return
    last = plan.duration_us
    ids: tuple[str, ...] = ()
    if len(plan.firing):
        row = int(plan.firing.ignition_us.argmax())
        if plan.firing.ignition_us[row] > last:
            last, ids = int(plan.firing.ignition_us[row]), (plan.firing.cue[row],)
    if ids:
        yield Finding(
            "MSC-002",
            "warn",
            f"Cue {ids[0]} ignites at {clock(last)}, after the show ends at {clock(plan.duration_us)}.",
            f"演出在 {clock(plan.duration_us)} 结束，但点火 {ids[0]} 在 {clock(last)}。",
            plan.duration_us,
            last,
            ids,
            last / 1e6,
            plan.duration_us / 1e6,
            "s",
        )
