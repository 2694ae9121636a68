"""Formats of timecode, stage cues and captions: what they share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from exporters.content import only
from showeditor.export.format import Carried, Files, Resolution, Status
from showeditor.export.names import file_stem
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan
from showeditor.model.times import clock


@dataclass(frozen=True)
class ControlFormat:
    """A format as data and functions.

    `carrying` says what of a plan it takes; `writing` gives the endings of its files and their bytes; `reading` takes
    all files of a set, by name. `advice` is said with every export, in English and Chinese.
    """

    id: str
    title: str
    title_zh: str
    status: Status
    source: str
    keeps: tuple[str, ...]
    tick_us: int
    carrying: Callable[[Plan], Carried]
    writing: Callable[[Plan, Carried], Mapping[str, bytes]]
    reading: Callable[[Files, str], Plan]
    telling: Callable[[str, bytes], bool]
    advising: Callable[[Plan], list[tuple[str, str]]] = lambda plan: []
    more_limits: Mapping[str, int | float | str] = field(default_factory=dict)
    reads: bool = True
    writes: bool = True

    @property
    def limits(self) -> Mapping[str, int | float | str]:
        """The tick and what else bounds the format."""
        return {"tick_us": self.tick_us, "source": self.source, **self.more_limits}

    def carried(self, plan: Plan) -> Carried:
        """What this format takes of the plan."""
        return self.carrying(plan)

    def resolution(self, plan: Plan) -> Resolution:
        """Its tick, and the fields that its files hold."""
        return Resolution(tick_us=self.tick_us, keeps=self.keeps)

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        """What people must know about the files."""
        pairs = self.advising(plan)
        return tuple(Finding("FORMAT-USE", "note", f"{self.id}: {en}", f"{self.id}：{zh}") for en, zh in pairs)

    def write(self, plan: Plan) -> dict[str, bytes]:
        """The files, named after the show; raises Unfit naming what does not fit."""
        stem = file_stem(plan.title, longest=60)
        return {stem + ending: data for ending, data in self.writing(plan, self.carrying(plan)).items()}

    def read(self, files: Files, name: str) -> Plan:
        """The plan part that the files hold; raises BadFile with file and place."""
        if not files:
            raise BadFile(name, "", f"a file of the format {self.id} was expected, found none")
        return self.reading(files, name)

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether name and first bytes are of this format."""
        return self.telling(name, head)


def single(reading: Callable[[bytes, str], Plan], ending: str) -> Callable[[Files, str], Plan]:
    """A reader of sets that are one file."""

    def read(files: Files, name: str) -> Plan:
        _, data = only(files, name, ending)
        return reading(data, name)

    return read


def not_before_zero(format_id: str, thing: str, t_us: int) -> None:
    """Raises Unfit for a moment before show zero, which the file could not hold."""
    if t_us < 0:
        raise Unfit(format_id, thing, f"lies before show zero ({clock(t_us, 3)}); the file begins there")
