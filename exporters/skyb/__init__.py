"""Skybrush `.skyb`: one binary file per drone, as it is uploaded to the drone; out and in."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from exporters.lightcode import Allowance, program, run
from exporters.pieces import on_milliseconds
from exporters.skyb.blocks import BIGGEST_BLOCK, MAGIC, Block, packed, unpacked
from exporters.skyb.merging import merged
from exporters.skyb.trajectory import LONGEST_MS, MOST_SCALE, decode, encode, scale_of
from showeditor.export.assembly import Key, Path, drones_of, end_of
from showeditor.export.curves import degrees, moving
from showeditor.export.format import Carried, Files, Resolution, Status
from showeditor.export.names import safe_member
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Drones, Plan

_NOT_CARRIED = {Block.RETURN: "return plan", Block.YAW: "yaw control", Block.EVENTS: "pyro events"}
_NOT_CARRIED_ZH = {Block.RETURN: "返航计划", Block.YAW: "偏航控制", Block.EVENTS: "烟火事件"}


def keys_of(drones: Drones, i: int) -> list[Key]:
    """The light keys of drone `i`."""
    rows = slice(int(drones.key_start[i]), int(drones.key_start[i + 1]))
    return [
        Key(t, (c[0], c[1], c[2], c[3]), fade)
        for t, c, fade in zip(
            drones.key_t_us[rows].tolist(),
            drones.key_rgbw[rows].tolist(),
            drones.key_fade[rows].tolist(),
            strict=True,
        )
    ]


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
        }

    def carried(self, plan: Plan) -> Carried:
        """All drones."""
        return Carried(drones=tuple(range(len(plan.drones))))

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
        return Resolution(1000, max(0.010, 2 * step), speed, accel, 20_000, 2)

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
            keys = keys_of(drones, i)
            if keys:
                blocks.append((Block.LIGHTS, program(keys)))
            blocks.append((Block.COMMENT, plan.title.encode("utf-8", "replace")[:1000]))
            try:
                out[f"{name}.skyb"] = packed(blocks)
            except ValueError as error:
                raise Unfit(self.id, f"drone {name!r}", str(error)) from error
        return out

    def read(self, files: Files, name: str) -> Plan:
        """The drones of a set, each named after its file; raises BadFile with the file and the byte."""
        paths: list[Path] = []
        left: dict[int, list[str]] = {}
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
            except ValueError as error:
                raise BadFile(own, "", str(error)) from error
            path.keys = outcome.keys
            rare[0] += outcome.pyro
            rare[1] += outcome.unknowable
            for kind in _NOT_CARRIED:
                if kind in blocks or (kind is Block.YAW and turns):
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
        return Plan(
            title=clean or name, duration_us=max(1, end_of(drones)), drones=drones, problems=_left_out(left, rare)
        )

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether the file begins with the magic bytes, or at least claims the name."""
        return head[:4] == MAGIC or name.lower().endswith(".skyb")


def _left_out(left: dict[int, list[str]], rare: list[int]) -> tuple[Finding, ...]:
    out = [
        Finding(
            "FORMAT-LEFT-OUT",
            "note",
            f"skyb: {_NOT_CARRIED[Block(kind)]} of {len(names)} drones not read",
            f"skyb：未读取 {len(names)} 架无人机的{_NOT_CARRIED_ZH[Block(kind)]}",
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
