"""Finale 3D: Generic CSV out and in, its script tables and `.fin` shows in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from exporters.entries import plan_of
from exporters.finale.fin import read_fin
from exporters.finale.generic import NO_RANGE, is_generic, read_generic, specs_of, write_generic
from exporters.finale.tables import is_table, read_table
from exporters.rows import open_detail
from exporters.texts import head_lines
from showeditor.export.format import Carried, Files, Resolution, Status
from showeditor.export.names import file_stem
from showeditor.export.switches import Switches
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan

_DELAY = (
    "whether Device Delay (shells of a chain) enters the effect time; it is added here",
    "Device Delay（连发各枚的延时）是否计入效果时间；此处计入",
)
_ACTION = (
    "whether actionTime is the ignition or the effect; it is read as the {}",
    "actionTime 是点火时间还是效果时间；此处按{}时间读取",
)


def _one_file(files: Files, name: str, format_id: str) -> bytes:
    if len(files) != 1:
        raise BadFile(name, "", f"one file of the format {format_id} was expected, found {len(files)}")
    return next(iter(files.values()))


@dataclass(frozen=True)
class FinaleCsv:
    """The format `finale-csv`; written is the Generic CSV, read are also script tables with columns known by name.

    All ignitions of all controllers go into one file, also those without an address.
    """

    switches: Switches = field(default=Switches())
    id: str = "finale-csv"
    title: str = "Finale Generic CSV (interchange)"
    title_zh: str = "Finale 通用 CSV（交换格式）"
    status: Status = "proven"
    reads: bool = True
    writes: bool = True

    @property
    def takes(self) -> frozenset[str]:
        """The switches of a Generic CSV."""
        return frozenset(("angles", "prefire", "duration", "chains"))

    def adjusted(self, switches: Switches) -> "FinaleCsv":
        """The format that reads with these switches."""
        return replace(self, switches=switches)

    @property
    def limits(self) -> Mapping[str, int | float | str]:
        """Tick and encoding; the format bounds nothing else."""
        return {"tick_us": 1000, "encoding": "UTF-8", "not_proven": _DELAY[0]}

    def carried(self, plan: Plan) -> Carried:
        """All ignitions."""
        return Carried(firing=tuple(range(len(plan.firing))))

    def resolution(self, plan: Plan) -> Resolution:
        """Milliseconds."""
        return Resolution(tick_us=1000)

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        """What is not proven."""
        return (open_detail(self.id, *_DELAY),)

    def write(self, plan: Plan) -> dict[str, bytes]:
        """One file named after the show; raises Unfit for a cue that ignites before the show."""
        return {f"{file_stem(plan.title)}.csv": write_generic(plan, self.id)}

    def read(self, files: Files, name: str) -> Plan:
        """The firing table of a Generic CSV or a script table; raises BadFile naming the line."""
        data = _one_file(files, name, self.id)
        read = read_generic if is_generic(head_lines(data[:4096])) else read_table
        found = read(data, name, self.switches)
        title = file_stem(name.rpartition("/")[2].removesuffix(".csv"))
        return plan_of(found.entries, title, specs_of(found.entries), [self.switches.said(self.id), *found.problems])

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether the first line holds the columns of a Generic CSV or of a script table."""
        lines = head_lines(head)
        return name.lower().endswith((".csv", ".txt")) and (is_generic(lines) or is_table(lines))


@dataclass(frozen=True)
class FinaleFin:
    """The format `finale-fin`: shows of Finale 3D, in only."""

    switches: Switches = field(default=Switches())
    id: str = "finale-fin"
    title: str = "Finale 3D show (.fin)"
    title_zh: str = "Finale 3D 节目文件（.fin）"
    status: Status = "columns proven"
    reads: bool = True
    writes: bool = False

    @property
    def takes(self) -> frozenset[str]:
        """The switches of a show of Finale 3D."""
        return frozenset(("prefire", "duration", "action_time"))

    def adjusted(self, switches: Switches) -> "FinaleFin":
        """The format that reads with these switches."""
        return replace(self, switches=switches)

    @property
    def limits(self) -> Mapping[str, int | float | str]:
        """Tick, and what is not proven."""
        return {"tick_us": 1000, "not_proven": _ACTION[0].format(self.switches.action_time)}

    def carried(self, plan: Plan) -> Carried:
        """Nothing: shows are not written."""
        return Carried()

    def resolution(self, plan: Plan) -> Resolution:
        """Milliseconds."""
        return Resolution(tick_us=1000)

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        """Nothing, as nothing is written."""
        return ()

    def write(self, plan: Plan) -> dict[str, bytes]:
        """Raises Unfit: shows are read only."""
        raise Unfit(self.id, "the show", "a .fin file can be read, not written; export finale-csv instead")

    def read(self, files: Files, name: str) -> Plan:
        """The firing table of a show; what `actionTime` is taken for is told as a warning. Raises BadFile."""
        found = read_fin(_one_file(files, name, self.id), name, self.switches)
        words = ("ignition", "点火") if self.switches.action_time == "ignition" else ("effect", "效果")
        unsure = Finding(
            "FINALE-ACTION",
            "warn",
            f"{name}: not proven: {_ACTION[0].format(words[0])}",
            f"{name}：未经证实：{_ACTION[1].format(words[1])}",
        )
        title = file_stem(name.rpartition("/")[2].removesuffix(".fin"))
        return plan_of(
            found.entries, title, specs_of(found.entries), [unsure, self.switches.said(self.id), *found.problems]
        )

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether it is a zip of that name."""
        return head[:2] == b"PK" and name.lower().endswith(".fin")


FINALE_CSV = FinaleCsv()
FINALE_FIN = FinaleFin()

__all__ = ["FINALE_CSV", "FINALE_FIN", "NO_RANGE", "FinaleCsv", "FinaleFin", "Switches"]
