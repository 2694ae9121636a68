"""COBRA 18R2 scripts, firmware 3.x to 7.x, out and in."""

from collections.abc import Mapping
from dataclasses import dataclass

from exporters.cobra.firmware import CUE_HI, CUE_LO, FIRMWARES, LONGEST_TEXT, Firmware
from exporters.cobra.reading import Table, plan_of, spec_of
from exporters.cobra.script import firmware_of, parse
from exporters.cobra.writing import script_bytes
from exporters.rows import for_make, open_detail
from showeditor.export.format import Carried, Files, Resolution, Status
from showeditor.export.names import file_stem
from showeditor.model.errors import BadFile
from showeditor.model.finding import Finding
from showeditor.model.plan import ControllerSpec, Plan


@dataclass(frozen=True)
class Cobra:
    """COBRA scripts of one firmware generation.

    A controller of its own gets a file of its own (the remote wants one script on its stick), in a folder named after
    it when there are several.
    """

    firmware: Firmware
    status: Status = "proven"
    reads: bool = True
    writes: bool = True
    unproven: tuple[str, str] | None = None

    @property
    def id(self) -> str:
        """The format id, `cobra-3` to `cobra-7`."""
        return self.firmware.id

    @property
    def title(self) -> str:
        """English title."""
        return f"COBRA 18R2 script, firmware {self.firmware.major}.x"

    @property
    def title_zh(self) -> str:
        """Chinese title."""
        return f"COBRA 18R2 点火脚本，固件 {self.firmware.major}.x"

    @property
    def limits(self) -> Mapping[str, int | float | str]:
        """Tick, ranges and counts."""
        out: dict[str, int | float | str] = {
            "tick_us": self.firmware.tick_us,
            "channel_lo": 0,
            "channel_hi": self.firmware.channel_hi,
            "cue_lo": CUE_LO,
            "cue_hi": CUE_HI,
            "max_rows": self.firmware.most_rows,
            "max_description": LONGEST_TEXT,
            "encoding": "ASCII",
        }
        return out | ({"not_proven": self.unproven[0]} if self.unproven else {})

    def carried(self, plan: Plan) -> Carried:
        """All ignitions except those of controllers known to be of another make, or of a firmware with its own cues."""
        return for_make(plan, "cobra", self.id)

    def resolution(self, plan: Plan) -> Resolution:
        """The firmware's tick."""
        return Resolution(tick_us=self.firmware.tick_us)

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        """Several controllers make several files; late music is left to the operator."""
        out = [open_detail(self.id, *self.unproven)] if self.unproven else []
        names = sorted({plan.firing.controller[i] for i in self.carried(plan).firing})
        if len(names) > 1:
            out.append(
                Finding(
                    "FORMAT-SPLIT",
                    "note",
                    f"{self.id}: one file for each of the {len(names)} controllers; each needs its own stick",
                    f"{self.id}：{len(names)} 台控制器各有一个文件，需各用一个 U 盘",
                    ids=tuple(names),
                )
            )
        if plan.music is not None and plan.music.file is not None and plan.music.start_us != 0:
            out.append(
                Finding(
                    "FORMAT-MUSIC",
                    "note",
                    f"{self.id}: the music does not begin with the show, so the script does not start the AudioBox",
                    f"{self.id}：音乐并非从节目零点开始，脚本不会启动 AudioBox",
                )
            )
        return tuple(out)

    def write(self, plan: Plan) -> dict[str, bytes]:
        """`cobra.csv` (from firmware 6.x on: named after the show) for each controller; raises Unfit naming the cue."""
        rows = self.carried(plan).firing
        controllers = sorted({plan.firing.controller[i] for i in rows})
        stem = file_stem(plan.title, ascii_only=True, longest=28) if self.firmware.own_name else "cobra"
        out: dict[str, bytes] = {}
        for name in controllers:
            own = [i for i in rows if plan.firing.controller[i] == name]
            folder = f"{file_stem(name)}/" if len(controllers) > 1 else ""
            out[f"{folder}{stem}.csv"] = script_bytes(plan, own, self.firmware)
        return out

    def read(self, files: Files, name: str) -> Plan:
        """The firing table of a script of any firmware, with the address ranges of the one it was made for."""
        if not files:
            raise BadFile(name, "", "a COBRA script was expected, found no file")
        table = Table()
        specs: list[ControllerSpec] = []
        title = ""
        for file in sorted(files):
            folder = file.rpartition("/")[0]
            controller = folder.rpartition("/")[2] or "cobra"
            read = parse(files[file], file if len(files) > 1 else name, self.firmware)
            table.take(read, controller, f"{folder} " if folder else "")
            specs.append(spec_of(controller, read.firmware))
            title = title or read.scripts[0].name
        return plan_of(table, title or file_stem(name.rpartition("/")[2].removesuffix(".csv")), tuple(specs))

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether the marker, the header lines or the rows point to this generation."""
        if b"\0" in head or not name.lower().endswith((".csv", ".txt")):
            return False
        return firmware_of(head.decode("utf-8", "replace")) is self.firmware


_HEADER_7 = ("the header line as Show Creator writes it (name of column G)", "Show Creator 所写的标题行（G 列名称）")

COBRA_3, COBRA_4, COBRA_5, COBRA_6 = (Cobra(firmware) for firmware in FIRMWARES[:4])
COBRA_7 = Cobra(FIRMWARES[4], status="columns proven", unproven=_HEADER_7)
