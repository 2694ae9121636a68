"""What a written file says about the return plans of drones against what the plan says, as Findings.

EXP-RETURN block: a return plan is lost or another in the file. Remedy: a fault of the format; report it with the show.
EXP-NO-RETURN warn: the files fly drones whose return plans they do not hold. Remedy: choose a format that holds them,
or agree on site what these drones do when they are called home.
"""

from showeditor.export.format import Carried, Resolution
from showeditor.model.finding import Finding
from showeditor.model.plan import Drones, Plan
from showeditor.model.returns import Homing, Return, homing, return_plan


def compared_returns(
    planned: Drones, rows: tuple[int, ...], read: Drones, resolution: Resolution, format_id: str
) -> tuple[Finding, ...]:
    """Every row of every carried return plan at its moment, with its action, within the format's distance; no more."""
    number = {name: j for j, name in enumerate(read.name)}
    wrong = []
    for i in rows:
        j = number.get(planned.name[i])
        ours, theirs = return_plan(planned, i), return_plan(read, j) if j is not None else ()
        alike = len(ours) == len(theirs) and all(
            _same(a, b, resolution.path_m) for a, b in zip(ours, theirs, strict=True)
        )
        if not alike:
            wrong.append(planned.name[i])
    told = {planned.name[i] for i in rows}
    wrong += [read.name[j] for j in homing(read) if read.name[j] not in told]
    if not wrong:
        return ()
    en, zh = (
        f"the return plans of {len(wrong)} drones are not those of the plan",
        f"{len(wrong)} 架无人机的返航计划不符",
    )
    return (Finding("EXP-RETURN", "block", f"{format_id}: {en}", f"{format_id}：{zh}", ids=tuple(wrong[:20])),)


def unreturned(plan: Plan, takes: Carried, format_id: str) -> tuple[Finding, ...]:
    """The return plans that files which fly their drones leave out."""
    flown, held = set(takes.drones), set(takes.returns)
    names = [plan.drones.name[i] for i in homing(plan.drones) if i in flown and i not in held]
    if not names:
        return ()
    en, zh = (
        f"the files do not hold the return plans of {len(names)} drones",
        f"文件不含 {len(names)} 架无人机的返航计划",
    )
    return (Finding("EXP-NO-RETURN", "warn", f"{format_id}: {en}", f"{format_id}：{zh}", ids=tuple(names[:20])),)


def _same(ours: Return, theirs: Return, path_m: float) -> bool:
    """A landing speed that the file does not state is told elsewhere; one that it states must be the plan's."""
    if (ours.t_us, ours.action, ours.before_us) != (theirs.t_us, theirs.action, theirs.before_us):
        return False
    if ours.action == Homing.LAND:
        return True
    spans = (ours.neck_us, ours.way_us, ours.after_us) == (theirs.neck_us, theirs.way_us, theirs.after_us)
    heights = [(ours.neck_m, theirs.neck_m)]
    if ours.action == Homing.STRAIGHT:
        heights.append((ours.arrival_m, theirs.arrival_m))
    near = all(abs(a - b) <= path_m for a, b in (*zip(ours.target_m, theirs.target_m, strict=True), *heights))
    paces = theirs.landing_mps in (0.0, ours.landing_mps) and abs(ours.accel_mps2 - theirs.accel_mps2) <= 1e-3
    return spans and near and paces
