"""COBRA scripts as plans."""

from exporters.cobra.firmware import CUE_HI, CUE_LO, MOST_SCRIPTS, Firmware
from exporters.cobra.script import Part, Script, ScriptFile
from exporters.entries import Entry
from exporters.entries import plan_of as entries_plan
from showeditor.model.finding import Finding, Severity
from showeditor.model.plan import ControllerSpec, Mark, Plan

PAUSE_US = 1_000_000
"""How long after the part before it a part with a clock of its own is laid on the plan's one clock."""


_USUAL = {
    "trigger channel": ("0",),
    "trigger button": ("1",),
    "deadman button": ("deadman",),
    "return channel": ("0",),
    "disable firing button": ("18",),
}
"""What this program writes itself; the name of a script becomes the title and a marker."""


class Table:
    """Rows of the firing table and findings, as they are met."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, int, int, int, str]] = []
        self.marks: list[Mark] = []
        self.problems: list[Finding] = []
        self.clock_us = 0

    def take(self, read: ScriptFile, controller: str, prefix: str) -> None:
        """Add all scripts of one file to `controller`; `prefix` goes before the line numbers that name the rows."""
        self.clock_us = 0
        if len(read.scripts) > MOST_SCRIPTS:
            self._note(
                "COBRA-SCRIPTS",
                "warn",
                f"{prefix}{len(read.scripts)} scripts in one file; a controller loads {MOST_SCRIPTS}",
                f"{prefix}一个文件中有 {len(read.scripts)} 个脚本，控制器只装入 {MOST_SCRIPTS} 个",
            )
        for k, script in enumerate(read.scripts):
            self._script(script, k, controller, prefix, read.firmware.most_rows)

    def _script(self, script: Script, k: int, controller: str, prefix: str, most: int) -> None:
        at, at_zh = f"{prefix}line {script.line}", f"{prefix}第 {script.line} 行"
        if script.rows > most:
            self._note(
                "COBRA-ROWS",
                "block",
                f"{at}: {script.rows} events, a script holds at most {most}",
                f"{at_zh}：{script.rows} 个事件，最多 {most} 个",
            )
        if script.passed_over:
            self._note(
                "COBRA-DMX",
                "note",
                f"{at}: {script.passed_over} DMX rows are not read",
                f"{at_zh}：未读取 {script.passed_over} 个 DMX 事件",
            )
        own = {name: cell for name, cell in script.header.items() if name != "script name"}
        own = {name: cell for name, cell in own.items() if cell.lower() not in _USUAL.get(name, ())}
        if own:
            said = ", ".join(f"{name} {cell[:40]!r}" for name, cell in own.items())
            en, zh = f"{at}: not kept from the header row: {said}", f"{at_zh}：未保留标题行中的 {said}"
            self._note("COBRA-HEADER", "note", en, zh)
        for column, count in script.unkept.items():
            self._note(
                "COBRA-COLUMN",
                "warn",
                f"{at}: the column {column} of {count} rows is not kept",
                f"{at_zh}：未保留 {count} 行中的 {column} 列",
            )
        for j, part in enumerate(script.parts):
            if not part.events:
                continue
            base = 0 if k == 0 and j == 0 and part.kind == "TRIGGER" else self._after(part, prefix)
            if k or j:
                self.marks.append(Mark(f"{part.kind} (line {part.line})", base))
            elif script.name:
                self.marks.append(Mark(script.name, base))
            self._part(part, base, controller, prefix)

    def _after(self, part: Part, prefix: str) -> int:
        base = self.clock_us + PAUSE_US if self.rows else 0
        self._note(
            "COBRA-CLOCK",
            "note",
            f"{prefix}line {part.line}: the clock restarts here ({part.kind}) when the operator presses; "
            f"shown from {base / 1e6:g} s",
            f"{prefix}第 {part.line} 行：操作员按键时时钟重新开始（{part.kind}）；此处显示为 {base / 1e6:g} 秒起",
            base,
        )
        return base

    def _part(self, part: Part, base: int, controller: str, prefix: str) -> None:
        last = 0
        for event in part.events:
            t_us = event.t_us if event.t_us is not None else 0
            name = f"{prefix}line {event.line}"
            if t_us < last:
                self._note(
                    "COBRA-ORDER",
                    "block",
                    f"{name}: earlier than the row before it (error 21)",
                    f"{prefix}第 {event.line} 行：时间早于上一行（错误 21）",
                    base + t_us,
                    (name,),
                )
            last = max(last, t_us)
            self.rows.append((name, event.text, controller, event.channel, event.cue, base + t_us, event.group))
            self.clock_us = max(self.clock_us, base + t_us)

    def _note(self, code: str, severity: Severity, en: str, zh: str, t_us: int = 0, ids: tuple[str, ...] = ()) -> None:
        self.problems.append(Finding(code, severity, en, zh, t_us, t_us, ids))


def plan_of(table: Table, title: str, specs: tuple[ControllerSpec, ...]) -> Plan:
    """The plan whose firing table holds the rows; places and effects stay empty, a script does not know them.

    What firmware 7 calls a disable group is the hazard group of the cue.
    """
    entries = (
        Entry(name, text, channel, cue, t, controller=who, hazard=group)
        for name, text, who, channel, cue, t, group in table.rows
    )
    return entries_plan(entries, title, specs, table.problems, table.marks)


def spec_of(controller: str, firmware: Firmware) -> ControllerSpec:
    """The address ranges and tick of a controller of this generation."""
    return ControllerSpec(
        id=controller,
        model=firmware.id,
        title=f"COBRA 18R2, firmware {firmware.major}.x",
        module_lo=0,
        module_hi=firmware.channel_hi,
        pin_lo=CUE_LO,
        pin_hi=CUE_HI,
        tick_us=firmware.tick_us,
        source="COBRA help centre, article 5716119268251 (Script Format)",
    )
