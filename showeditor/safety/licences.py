"""Licences without which a show cannot be given; the show lists those that it needs.

LIC-001 block: a licence that the show needs has no number: nobody has it yet. Remedy: obtain it and enter its number.
LIC-002 block: a licence ends before the day of the show. Remedy: renew it.
LIC-003 warn: a licence has a last day, and the day of the show is not known. Remedy: enter the day of the show.
"""

from collections.abc import Iterator

from showeditor.model.control import Licence
from showeditor.model.finding import Finding
from showeditor.safety.case import Case


def judge_licences(case: Case) -> Iterator[Finding]:
    """At most one finding for each licence."""
    day = case.plan.date
    for one in case.plan.licences:
        name = f"{one.kind} ({one.holder})" if one.holder else one.kind
        if not one.number.strip():
            yield _found(one, "LIC-001", f"The licence {name} is missing.", f"缺少许可：{name}。")
        elif one.until and not day:
            yield Finding(
                "LIC-003",
                "warn",
                f"The licence {name} ends on {one.until}; the day of the show is not known.",
                f"许可 {name} 有效至 {one.until}，但演出日期未知。",
                ids=(one.id,),
            )
        elif one.until and day > one.until:
            en, zh = (
                f"The licence {name} ends on {one.until}, before the show on {day}.",
                (f"许可 {name} 有效至 {one.until}，早于演出日期 {day}。"),
            )
            yield _found(one, "LIC-002", en, zh)


def _found(one: Licence, code: str, en: str, zh: str) -> Finding:
    return Finding(code, "block", en, zh, ids=(one.id,))
