"""Skybrush `.skyb`: one binary file per drone, as it is uploaded to the drone; out and in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from exporters.lightcode import Allowance, program_of, run
from exporters.payload import Fire, fires_of, payload_of, whole
from exporters.pieces import on_milliseconds
from exporters.skyb.blocks import BIGGEST_BLOCK, MAGIC, Block, packed, unpacked
from exporters.skyb.extras import MOST_CHANNEL, event_body, events_of, yaw_body, yaw_of
from exporters.skyb.merging import merged
from exporters.skyb.returning import return_body, returns_of_body
from exporters.skyb.trajectory import LONGEST_MS, MOST_SCALE, decode, encode, scale_of
from exporters.skyc.frame import ORIENTATION_DEG
from showeditor.export.assembly import Keys, Path, drones_of, end_of
from showeditor.export.curves import degrees, moving
from showeditor.export.format import Carried, Files, Resolution, Status
from showeditor.export.names import safe_member
from showeditor.export.payload import heading_of, turning
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Drones, Plan
from showeditor.model.returns import homing, return_plan

_WORDS = {
    "yaw": ("yaw that follows the flight or the trajectory block", "跟随航向或写在轨迹块中的偏航"),
    "events": ("events other than pyro", "烟火以外的事件"),
}


def _scale(drones: Drones, i: int) -> int:
    first, last = drones.piece_start[i], drones.piece_start[i + 1]
    points = drones.ctrl[drones.ctrl_start[first] : drones.ctrl_start[last]]
    return scale_of(points if len(points) else drones.home_m[i : i + 1])


@dataclass(frozen=True)
class Skyb:
    """A set of `.skyb` files, each named after its drone.

    Coordinates are the venue's own (x east, y north): the show's X axis points to 90 degrees from north, and that is
    the orientation to enter where the set is uploaded, because the files do not hold it.
    """

    id: str = "skyb"
    title: str = "Skybrush binary show files (.skyb), one per drone"
    title_zh: str = "Skybrush 二进制文件（.skyb），每机一个"
    status: Status = "proven"
    reads: bool = True
    writes: bool = True
    version: str = "2"

    @property
    def options(self) -> Mapping[str, tuple[str, ...]]:
        """The version of the files: 2 with a checksum, 1 without for old firmware."""
        return {"version": ("2", "1")}

    def tuned(self, choices: Mapping[str, str]) -> "Skyb":
        """The same format writing this version."""
        return replace(self, version=choices["version"])

    @property
    def limits(self) -> Mapping[str, int | float | str]:
        """Block size, range, piece length and ticks."""
        return {
            "max_block_bytes": BIGGEST_BLOCK,
            "max_coordinate_m": MOST_SCALE * 32.767,
            "max_piece_ms": LONGEST_MS,
            "tick_us": 1000,
            "light_tick_us": 20_000,
            "step_m": 0.001,
            "max_degree": 7,
            "yaw_step_deg": 0.1,
            "max_payload_channel": MOST_CHANNEL,
            "not_proven": "yaw 0 is taken as the show's X axis",
        }

    def carried(self, plan: Plan) -> Carried:
        """All drones, their fireworks, headings and return plans."""
        return Carried((), tuple(range(len(plan.drones))), whole(plan), turning(plan.drones), homing(plan.drones))

    def resolution(self, plan: Plan) -> Resolution:
        """Two steps or 10 mm, whichever is larger; lights on frames of 20 ms."""
        drones = plan.drones
        step = max((_scale(drones, i) for i in range(len(drones))), default=1) / 1000
        moves = moving(drones)
        span = (drones.piece_t1_us - drones.piece_t0_us)[moves] * 1e-6
        degree = degrees(drones)[moves]
        # cut towards zero, neighbouring control values are off by one step each, in opposite directions around zero
        speed = float((2 * degree * step / np.maximum(span, 1e-3)).max(initial=0.0))
        accel = float((4 * degree * (degree - 1) * step / np.maximum(span, 1e-3) ** 2).max(initial=0.0))
        return Resolution(1000, max(0.010, 2 * step), speed, accel, 20_000, 2, yaw_deg=0.1)

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        """The orientation that the files do not hold; white light folded into the colours."""
        out = [
            Finding(
                "SKYB-ORIENTATION",
                "note",
                "skyb: the files hold no place and no direction; enter the show orientation 90 degrees (X axis to the "
                "east) and the venue's origin where they are uploaded",
                "skyb：文件不含位置与朝向；上传时请输入演出朝向 90 度（X 轴朝东）和场地原点",
            )
        ]
        if homing(plan.drones):
            out.append(
                Finding(
                    "SKYB-LANDING-SPEED",
                    "note",
                    "skyb: the files hold the return plans but not how fast drones come down at the end of one; enter "
                    "that speed on the drones",
                    "skyb：文件含返航计划，但不含返航末段的下降速度；请在无人机上设置",
                )
            )
        if plan.drones.key_rgbw[:, 3].any():
            out.append(
                Finding(
                    "FORMAT-WHITE",
                    "note",
                    "skyb: white light is added to red, green and blue",
                    "skyb：白光并入红、绿、蓝",
                )
            )
        return tuple(out)

    def write(self, plan: Plan) -> dict[str, bytes]:
        """`NAME.skyb` for every drone; raises Unfit naming the drone."""
        drones = plan.drones
        out: dict[str, bytes] = {}
        taken: dict[str, str] = {}
        fires = fires_of(plan)
        for i, pieces in enumerate(on_milliseconds(drones)):
            name = drones.name[i]
            if "/" in name or not safe_member(f"{name}.skyb"):
                raise Unfit(self.id, f"drone {name!r}", "its name cannot be the name of a file")
            if name.casefold() in taken:
                raise Unfit(
                    self.id, f"drone {name!r}", f"its file name is also that of drone {taken[name.casefold()]!r}"
                )
            taken[name.casefold()] = name
            scale = max(_scale(drones, i), *(scale_of(points) for points in pieces.ctrl), 1)
            if scale > MOST_SCALE:
                raise Unfit(self.id, f"drone {name!r}", "flies farther than 4,161 m from the origin")
            if pieces.t0_ms and pieces.t0_ms[0] < 0:
                raise Unfit(self.id, f"drone {name!r}", f"starts {-pieces.t0_ms[0] / 1000:g} s before the show")
            blocks = [(Block.TRAJECTORY, encode(merged(pieces, scale), drones.home_m[i], scale))]
            if drones.key_start[i + 1] > drones.key_start[i]:
                blocks.append((Block.LIGHTS, program_of(drones, i)))
            blocks.append((Block.COMMENT, plan.title.encode("utf-8", "replace")[:1000]))
            turns, deg = heading_of(drones, i)
            try:
                if len(turns):
                    blocks.append((Block.YAW, yaw_body(turns, deg - ORIENTATION_DEG)))
                if rows := return_plan(drones, i):
                    blocks.append((Block.RETURN, return_body(rows)))
                if i in fires:
                    blocks.append((Block.EVENTS, event_body(fires[i])))
                out[f"{name}.skyb"] = packed(blocks, int(self.version))
            except ValueError as error:
                raise Unfit(self.id, f"drone {name!r}", str(error)) from error
        return out

    def read(self, files: Files, name: str) -> Plan:
        """The drones of a set, each named after its file; raises BadFile with the file and the byte."""
        paths: list[Path] = []
        left: dict[str, list[str]] = {}
        fires: list[list[Fire]] = []
        rare = [0, 0]
        allowance = Allowance()
        title = ""
        for file in sorted(files):
            own = file.rpartition("/")[2]
            path = Path(own[:-5] if own.lower().endswith(".skyb") else own, (0.0, 0.0, 0.0))
            try:
                blocks = unpacked(files[file])
                if Block.TRAJECTORY not in blocks:
                    raise ValueError("a trajectory block was expected, found none")
                turns = decode(blocks[Block.TRAJECTORY], path)
                end = path.ends_us[-1] if path.ends_us else 0
                outcome = run(blocks.get(Block.LIGHTS, b""), end, allowance)
                own_fires, other = events_of(blocks.get(Block.EVENTS, b""))
                yaw = yaw_of(blocks[Block.YAW]) if Block.YAW in blocks else ()
                path.returns = returns_of_body(blocks[Block.RETURN]) if Block.RETURN in blocks else ()
            except ValueError as error:
                raise BadFile(own, "", str(error)) from error
            path.keys = Keys.of(outcome.keys)
            path.yaw = [(t, deg + ORIENTATION_DEG) for t, deg in yaw or ()]
            fires.append(own_fires)
            rare[0] += outcome.pyro
            rare[1] += outcome.unknowable
            for kind, there in (("yaw", turns or yaw is None), ("events", other > 0)):
                if there:
                    left.setdefault(kind, []).append(path.name)
            title = title or blocks.get(Block.COMMENT, b"").decode("utf-8", "replace").strip()
            paths.append(path)
        if not paths:
            raise BadFile(name, "", "at least one .skyb file was expected")
        try:
            drones = drones_of(paths)
        except ValueError as error:
            raise BadFile(name, "", str(error)) from error
        clean = "".join(c for c in title if c.isprintable())[:200]
        ignitions, carriers = payload_of(drones, fires)
        return Plan(
            title=clean or name,
            duration_us=max(1, end_of(drones)),
            drones=drones,
            problems=_left_out(left, rare),
            ignitions=ignitions,
            carriers=carriers,
        )

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether the file begins with the magic bytes, or at least claims the name."""
        return head[:4] == MAGIC or name.lower().endswith(".skyb")


def _left_out(left: dict[str, list[str]], rare: list[int]) -> tuple[Finding, ...]:
    out = [
        Finding(
            "FORMAT-LEFT-OUT",
            "note",
            f"skyb: {_WORDS[kind][0]} of {len(names)} drones not read",
            f"skyb：未读取 {len(names)} 架无人机的{_WORDS[kind][1]}",
            ids=tuple(names[:20]),
        )
        for kind, names in sorted(left.items())
    ]
    for count, en, zh in ((rare[0], "pyro commands", "烟火指令"), (rare[1], "remote-controlled colours", "遥控颜色")):
        if count:
            out.append(
                Finding(
                    "FORMAT-LEFT-OUT",
                    "note",
                    f"skyb: {count} {en} in light programs not read",
                    f"skyb：未读取灯光程序中的 {count} 条{zh}",
                )
            )
    return tuple(out)


SKYB = Skyb()
