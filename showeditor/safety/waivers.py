"""Waivers: a named person accepts a warning; what is accepted stays in the list, as a note that says by whom.

WVR-001 note: a waiver meets no finding (any more). Remedy: take it back, so that it accepts nothing unseen later.
WVR-002 note: a waiver is for a finding that blocks; it does not lift it, unless the rule pack names the block as one
    that a person of a certain role may sign, and that person has signed the show. Remedy: mend the show, or sign it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from showeditor.model.finding import Finding, Severity
from showeditor.model.waiver import Waiver

OF_FILES = "EXP-"
"""Codes that only arise when files are written: a check alone cannot say that their waivers meet nothing."""


def lifted(findings: Sequence[Finding], waivers: Sequence[Waiver]) -> tuple[Finding, ...]:
    """The findings with accepted warnings as notes, and what became of the waivers; blocks stay as they are."""
    if not waivers:
        return tuple(findings)
    out: list[Finding] = []
    used: set[int] = set()
    vain: set[int] = set()
    for finding in findings:
        at = next((k for k, w in enumerate(waivers) if w.covers(finding.code, finding.ids)), None)
        if at is None or finding.severity == "note":
            out.append(finding)
        elif finding.severity == "warn":
            used.add(at)
            out.append(accepted(finding, waivers[at], "note"))
        else:
            vain.add(at)
            out.append(finding)
    for k, waiver in enumerate(waivers):
        if k in vain:
            out.append(_vain(waiver))
        elif k not in used and not waiver.code.startswith(OF_FILES):
            out.append(_unused(waiver))
    return tuple(out)


def told(findings: Iterable[Finding], waivers: Sequence[Waiver]) -> list[Finding]:
    """The findings about written files with accepted warnings as notes."""
    out: list[Finding] = []
    for finding in findings:
        by = next((w for w in waivers if w.covers(finding.code, finding.ids)), None)
        out.append(finding if by is None or finding.severity != "warn" else accepted(finding, by, "note"))
    return out


def signed_away(
    findings: Iterable[Finding], waivers: Sequence[Waiver], may: Callable[[str, str], bool]
) -> list[Finding]:
    """The findings with those blocks as warnings that a waiver covers whose person may sign for them.

    `may(code, who)` says whether the rule pack names the code as one that the person may sign, and whether the person's
    signature under this state of the show is good.
    """
    out: list[Finding] = []
    for finding in findings:
        by = None
        if finding.severity == "block":
            by = next((w for w in waivers if w.covers(finding.code, finding.ids) and may(w.code, w.who)), None)
        out.append(finding if by is None else accepted(finding, by, "warn"))
    return out


def accepted(finding: Finding, waiver: Waiver, severity: Severity) -> Finding:
    """The finding with this severity, its sentence led by who accepted it, when and why."""
    return replace(
        finding,
        severity=severity,
        message=f"Accepted by {waiver.who} on {waiver.when} ({waiver.why}): {finding.message}",
        message_zh=f"{waiver.who} 于 {waiver.when} 签认（{waiver.why}）：{finding.message_zh}",
    )


def _vain(waiver: Waiver) -> Finding:
    return Finding(
        "WVR-002",
        "note",
        f"The waiver of {waiver.who} for {waiver.code} does not lift a finding that blocks.",
        f"{waiver.who} 对 {waiver.code} 的签认不能放行阻止项。",
        ids=(waiver.code,),
    )


def _unused(waiver: Waiver) -> Finding:
    return Finding(
        "WVR-001",
        "note",
        f"The waiver of {waiver.who} for {waiver.code} meets no finding.",
        f"{waiver.who} 对 {waiver.code} 的签认没有对应的发现。",
        ids=(waiver.code,),
    )
