"""What the findings panel lists, without widgets: filter, groups, margins, numbers and sentences."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from showeditor.model.finding import Finding
from showeditor.model.times import clock
from showeditor.model.waiver import Waiver
from showeditor.safety.codes import remedy, remedy_zh
from showeditor.safety.wording import listed
from showeditor.ui.language import word

ORDER = ("block", "warn", "note")
IDS_SHOWN = 6
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one code. `kind`: block, warn, accepted (by a waiver), note, or margins (of all codes together)."""

    kind: str
    code: str
    findings: tuple[Finding, ...]


def waiver_of(finding: Finding, waivers: Sequence[Waiver]) -> Waiver | None:
    """The waiver by which a warning has become a note (or a block a warning); None for all others."""
    by = next((w for w in waivers if w.covers(finding.code, finding.ids)), None)
    return by if by is not None and finding.message.startswith(f"Accepted by {by.who} ") else None


def groups(
    findings: Sequence[Finding], waivers: Sequence[Waiver] = (), text: str = "", severities: Collection[str] = ORDER
) -> list[Group]:
    """The findings that a filter leaves, by severity and code, each in the order they came.

    Behind blocks and warnings: what was accepted, the margins of everything that has a number, and other notes. The
    filter is words that must all stand in the code, a sentence of either language, or the ids.
    """
    words = text.casefold().split()
    kept = [f for f in findings if f.severity in severities and _holds(f, words)]
    by: dict[tuple[str, str], list[Finding]] = {}
    for finding in kept:
        by.setdefault(_place(finding, waivers), []).append(finding)
    rank = {kind: n for n, kind in enumerate(("block", "warn", "accepted", "margins", "note"))}
    return [Group(kind, code, tuple(by[kind, code])) for kind, code in sorted(by, key=lambda key: rank[key[0]])]


def _place(finding: Finding, waivers: Sequence[Waiver]) -> tuple[str, str]:
    if finding.severity != "note":
        return finding.severity, finding.code
    if waiver_of(finding, waivers) is not None:
        return "accepted", finding.code
    if finding.measured is not None:
        return "margins", ""
    return "note", finding.code


def _holds(finding: Finding, words: Sequence[str]) -> bool:
    if not words:
        return True
    whole = " ".join((finding.code, finding.message, finding.message_zh, *finding.ids)).casefold()
    return all(w in whole for w in words)


def sentence(finding: Finding, chinese: bool) -> str:
    """What was found, in the language of the window where the finding has it."""
    return (finding.message_zh if chinese else "") or finding.message


def span_text(finding: Finding) -> str:
    """`3:12.40` or `3:12.40 – 3:14.00`; empty for a finding about no moment."""
    if finding.t1_us > finding.t0_us:
        return f"{clock(finding.t0_us)} – {clock(finding.t1_us)}"
    return clock(finding.t0_us) if finding.t0_us else ""


def number(value: float | None, unit: str) -> str:
    """A number with its unit, as exact as its size asks for; empty for None."""
    if value is None:
        return ""
    digits = 0 if value == int(value) and unit in ("", "1") else 2 if abs(value) < 10 else 1 if abs(value) < 1000 else 0
    text = f"{value:.{digits}f}"
    # no rounding may turn a violation into none
    text = f"{value:.4g}" if value and float(text) == 0.0 else text
    return f"{text} {unit}".strip().replace("-", MINUS)


def who_text(finding: Finding) -> str:
    """The first ids and how many more there are."""
    return listed(finding.ids, IDS_SHOWN)


def details(finding: Finding, chinese: bool, waivers: Sequence[Waiver] = ()) -> list[tuple[str, str]]:
    """Name and text of everything there is to say about a finding, in the language of the window."""
    rows = [
        (word("When"), span_text(finding)),
        (word("Who"), who_text(finding)),
        (word("Measured"), number(finding.measured, finding.unit)),
        (word("Limit"), number(finding.limit, finding.unit)),
        (word("Margin"), number(finding.margin, finding.unit)),
        (word("Remedy"), remedy_of(finding.code, chinese)),
    ]
    by = waiver_of(finding, waivers)
    if by is not None:
        rows.append((word("Accepted"), f"{by.who}, {by.when}: {by.why}"))
    return [row for row in rows if row[1]]


def remedy_of(code: str, chinese: bool) -> str:
    """What can be done about findings of a code."""
    text = (remedy_zh(code) if chinese else "") or remedy(code)
    return text[:1].upper() + text[1:]


def plain(finding: Finding, chinese: bool, waivers: Sequence[Waiver] = ()) -> str:
    """A finding as lines of text, to be pasted elsewhere."""
    names = {"block": word("Stops export"), "warn": word("Warning"), "note": word("Note")}
    head = f"{names[finding.severity]} {finding.code}  {sentence(finding, chinese)}"
    return "\n".join([head, *(f"    {name}: {text}" for name, text in details(finding, chinese, waivers))])
