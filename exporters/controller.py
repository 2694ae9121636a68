"""Formats that hold the firing table of a controller: what they share, whatever their bytes look like."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from exporters.entries import Entry, Reading, plan_of
from exporters.rows import Bounds, Row, for_make, merged, open_detail, split_note
from showeditor.export.format import Carried, Files, Resolution, Status
from showeditor.export.names import file_stem
from showeditor.model.errors import BadFile
from showeditor.model.finding import Finding
from showeditor.model.plan import ControllerSpec, Plan


@dataclass(frozen=True)
class ControllerFormat:
    """A format as data and three functions.

    `writing` makes the bytes of one file from a plan and the impulses of one controller; `reading` takes them apart
    again; `telling` says whether a name and the first bytes are of this format. `make` is how the models of this make
    begin in `ControllerSpec.model`. A fixed `stem` is what the controller insists on; otherwise a file is named after
    the show. `unproven` and `advice` are said with every export, in English and Chinese. Each controller gets a file
    of its own, in a folder named after it when there are several.
    """

    id: str
    title: str
    title_zh: str
    status: Status
    make: str
    bounds: Bounds
    suffix: str
    encoding: str
    source: str
    writing: Callable[[Plan, Sequence[Row]], bytes]
    reading: Callable[[bytes, str], Reading]
    telling: Callable[[str, bytes], bool]
    stem: str = ""
    unproven: tuple[tuple[str, str], ...] = ()
    advice: tuple[tuple[str, str], ...] = ()
    more_limits: Mapping[str, int | float | str] = field(default_factory=dict)
    reads: bool = True
    writes: bool = True

    @property
    def limits(self) -> Mapping[str, int | float | str]:
        """Tick, ranges, counts, and what is not proven."""
        b = self.bounds
        out: dict[str, int | float | str] = {
            "tick_us": b.tick_us,
            f"{b.module_word}_lo": b.module_lo,
            f"{b.module_word}_hi": b.module_hi,
            f"{b.pin_word}_lo": b.pin_lo,
            f"{b.pin_word}_hi": b.pin_hi,
            "encoding": self.encoding,
        }
        if b.most_rows:
            out["max_rows"] = b.most_rows
        out |= self.more_limits
        if self.unproven:
            out["not_proven"] = "; ".join(en for en, _ in self.unproven)
        return out

    def carried(self, plan: Plan) -> Carried:
        """All ignitions except those of controllers known to be of another make."""
        return for_make(plan, self.make)

    def resolution(self, plan: Plan) -> Resolution:
        """The tick of the format's clock."""
        return Resolution(tick_us=self.bounds.tick_us)

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        """What is not proven, and that several controllers make several files."""
        out = [open_detail(self.id, en, zh) for en, zh in self.unproven]
        out += (Finding("FORMAT-USE", "note", f"{self.id}: {en}", f"{self.id}：{zh}") for en, zh in self.advice)
        names = sorted({plan.firing.controller[i] for i in self.carried(plan).firing})
        if len(names) > 1:
            out.append(split_note(self.id, names))
        return tuple(out)

    def file_name(self, plan: Plan) -> str:
        """The name of a controller's file, without a folder."""
        stem = self.stem or file_stem(plan.title, ascii_only=self.encoding == "ASCII", longest=60)
        return stem + self.suffix

    def write(self, plan: Plan) -> dict[str, bytes]:
        """One file for each controller; raises Unfit naming the cue."""
        rows = self.carried(plan).firing
        controllers = sorted({plan.firing.controller[i] for i in rows})
        out: dict[str, bytes] = {}
        for name in controllers:
            own = [i for i in rows if plan.firing.controller[i] == name]
            folder = f"{file_stem(name)}/" if len(controllers) > 1 else ""
            out[folder + self.file_name(plan)] = self.writing(plan, merged(self.id, plan, own, self.bounds))
        return out

    def read(self, files: Files, name: str) -> Plan:
        """The firing table of the files, with the address ranges of this make; raises BadFile with file and line."""
        if not files:
            raise BadFile(name, "", f"a file of the format {self.id} was expected, found none")
        entries: list[Entry] = []
        whole = Reading()
        for file in sorted(files):
            folder = file.rpartition("/")[0]
            one = self.reading(files[file], file if len(files) > 1 else name)
            home = folder.rpartition("/")[2]
            hosts = {e.controller for e in one.entries}
            prefix = f"{file.rpartition('/')[0] or file}: " if len(files) > 1 else ""
            for e in one.entries:
                who = e.controller if not home else home if len(hosts) < 2 else f"{home} {e.controller}"
                entries.append(
                    replace(e, name=prefix + e.name, controller=who or self.make or self.id.rpartition(":")[2])
                )
            whole.problems += one.problems
            whole.marks += one.marks
            whole.title = whole.title or one.title
        controllers = dict.fromkeys(e.controller for e in entries)
        title = whole.title or file_stem(name.rpartition("/")[2].removesuffix(self.suffix))
        return plan_of(entries, title, [self.spec(c) for c in controllers], whole.problems, whole.marks)

    def spec(self, controller: str) -> ControllerSpec:
        """The address ranges and tick of a controller of this make."""
        b = self.bounds
        return ControllerSpec(
            id=controller,
            model=""
            if self.status == "profile"
            else self.id,  # a profile says how a file looks, not which box reads it
            title=self.title,
            module_lo=b.module_lo,
            module_hi=b.module_hi,
            pin_lo=b.pin_lo,
            pin_hi=b.pin_hi,
            tick_us=b.tick_us,
            source=self.source,
        )

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether name and first bytes are of this format."""
        return self.telling(name, head)
