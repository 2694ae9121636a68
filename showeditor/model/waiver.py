"""Waiver: a named person's acceptance of a warning."""

from datetime import date

import msgspec

from showeditor.model.births import named


class Waiver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who accepts findings of one code, why and since when.

    With `ids` it is for findings whose ids are all among them, so that a finding which grows is no longer accepted;
    without, for every finding of the code. `when` is an ISO date (2026-05-01), with or without a time.
    """

    code: str
    who: str
    why: str
    when: str
    ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        named("code of a waiver", self.code)
        named("name under a waiver", self.who)
        named("reason of a waiver", self.why)
        try:
            date.fromisoformat(self.when[:10])
        except ValueError:
            raise ValueError(f"date of a waiver must be written as 2026-05-01, got {self.when!r}") from None

    def covers(self, code: str, ids: tuple[str, ...]) -> bool:
        """Whether a finding of this code with these ids is accepted."""
        return code == self.code and (not self.ids or set(ids) <= set(self.ids))
