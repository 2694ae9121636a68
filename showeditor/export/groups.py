"""Hazard groups in files.

EXP-GROUPS warn: cues are in hazard groups, and the files do not say so; the crew cannot disable them by group. Remedy:
    a format that carries groups, or modules that hold one group each and are switched off.
"""

from showeditor.export.names import ascii_text
from showeditor.model.finding import Finding
from showeditor.model.plan import Firing


def lost_groups(planned: Firing, rows: tuple[int, ...], read: Firing, format_id: str) -> tuple[Finding, ...]:
    """One finding about all cues whose group a file read back does not name on their pin."""
    if not planned.hazard:
        return ()
    told: dict[tuple[int, int], set[str]] = {}
    for k, group in enumerate(read.hazard):
        told.setdefault((int(read.module[k]), int(read.pin[k])), set()).add(group)
    lost = [
        i
        for i in rows
        if planned.hazard[i]
        and not {planned.hazard[i], ascii_text(planned.hazard[i])}
        & told.get((int(planned.module[i]), int(planned.pin[i])), set())
    ]
    if not lost:
        return ()
    names = ", ".join(sorted({planned.hazard[i] for i in lost})[:6])
    return (
        Finding(
            "EXP-GROUPS",
            "warn",
            f"{format_id}: the hazard groups of {len(lost)} cues are not in the file: {names}",
            f"{format_id}：文件中没有 {len(lost)} 个点火的危险分组：{names}",
            ids=tuple(planned.cue[i] for i in lost[:50]),
            measured=float(len(lost)),
        ),
    )
