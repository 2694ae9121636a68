"""Finding: one fact about a Plan."""

from dataclasses import dataclass
from typing import Literal

from showeditor.model.venue import Vec3

Severity = Literal["block", "warn", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact about a Plan.

    `code` is stable and never reused. `ids` are the names of the cues, drones, pins or files concerned, as the
    user knows them. `measured` and `limit` are in `unit`; None where a finding has no number. `place_m` is where to
    look. `message` is an English sentence, `message_zh` the same in Chinese.
    """

    code: str
    severity: Severity
    message: str
    message_zh: str
    t0_us: int = 0
    t1_us: int = 0
    ids: tuple[str, ...] = ()
    measured: float | None = None
    limit: float | None = None
    unit: str = ""
    place_m: Vec3 | None = None

    @property
    def margin(self) -> float | None:
        """How far from breaking the limit, in `unit`; negative beyond it, None where there is no number.

        What is found to block or warn is beyond its limit; the numbers of notes are the better the larger.
        """
        if self.measured is None or self.limit is None:
            return None
        beyond = self.measured - self.limit
        return beyond if self.severity == "note" else -abs(beyond)


def blocks(findings: "tuple[Finding, ...] | list[Finding]") -> bool:
    """Whether any finding forbids publishing."""
    return any(f.severity == "block" for f in findings)
