"""Whether a rule pack may be used on the day of the show.

SAFE-003 block: the rule pack has been superseded by the day of the show (or one of the two days is not known). Remedy:
    choose the newer one, or state the day of the show.
SAFE-004 block: the rule pack is not yet in force on the day of the show. Remedy: choose the one that is.
SAFE-005 block: the official table of the rule pack has not been entered and checked by two different authorised
    persons. Remedy: enter it in a file of the folder SHOWEDITOR_RULES, with source, `entered_by` and `checked_by`.
SAFE-006 note: the show states no day, so whether the rule pack is in force then was not judged.
"""

from collections.abc import Iterator
from datetime import date

from showeditor.model.finding import Finding
from showeditor.safety.packs import Pack


def judge_validity(pack: Pack, day: str) -> Iterator[Finding]:
    """What speaks against a pack, and against those it tightens; `day` is YYYY-MM-DD or empty."""
    shown = date.fromisoformat(day) if day else None
    if shown is None and _dated(pack):
        yield Finding(
            "SAFE-006",
            "note",
            f"The show states no day: whether {pack.title_en} is in force then was not judged.",
            f"演出未填写日期：未判断“{pack.title_zh}”届时是否有效。",
            ids=(pack.id,),
        )
    every: Pack | None = pack
    while every is not None:
        yield from _one(every, shown)
        every = every.under


def _dated(pack: Pack) -> bool:
    return pack.effective_from is not None or (pack.under is not None and _dated(pack.under))


def _one(pack: Pack, shown: date | None) -> Iterator[Finding]:
    over = pack.superseded_on is None or shown is None or shown >= pack.superseded_on
    if (pack.superseded_by or pack.superseded_on) and over:
        since = f" on {pack.superseded_on}" if pack.superseded_on else ""
        since_zh = f"于 {pack.superseded_on} " if pack.superseded_on else ""
        newer = f" by {pack.superseded_by}" if pack.superseded_by else ""
        newer_zh = f"被 {pack.superseded_by} " if pack.superseded_by else ""
        asked = "" if shown is not None or pack.superseded_on is None else " The show states no day."
        asked_zh = "" if shown is not None or pack.superseded_on is None else "演出未填写日期。"
        yield Finding(
            "SAFE-003",
            "block",
            f"{pack.title_en} ({pack.edition}) has been superseded{newer}{since}.{asked}",
            f"“{pack.title_zh}”（{pack.edition}）已{since_zh}{newer_zh}取代。{asked_zh}",
            ids=(pack.id,),
        )
    if pack.effective_from is not None and shown is not None and shown < pack.effective_from:
        yield Finding(
            "SAFE-004",
            "block",
            f"{pack.title_en} ({pack.edition}) holds from {pack.effective_from}; the show is on {shown}.",
            f"“{pack.title_zh}”（{pack.edition}）自 {pack.effective_from} 起生效，演出日期为 {shown}。",
            ids=(pack.id,),
        )
    if not pack.countersigned():
        yield Finding(
            "SAFE-005",
            "block",
            f"The official table of {pack.title_en} has not been entered and checked by two different authorised "
            f"persons: do not publish.",
            f"“{pack.title_zh}”的官方表格尚未由两名不同的授权人员录入并复核，不得发布。",
            ids=(pack.id,),
        )
