"""Skybrush `.skyc`: a whole drone show as a zip of JSON, out and in."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from exporters.payload import payload_of, whole
from exporters.skyc.archive import Archive
from exporters.skyc.cubics import ACCEL_MPS2, PATH_M, SHORTEST_MS
from exporters.skyc.reading import Contents, limits_of
from exporters.skyc.writing import DECIMALS, MOST_DRONES, files_of, holdable, parts
from showeditor.export.assembly import drones_of, end_of
from showeditor.export.curves import degrees, moving
from showeditor.export.format import Carried, Files, Resolution, Status
from showeditor.export.names import file_stem
from showeditor.export.payload import turning
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan

BIGGEST = 512_000_000


@dataclass(frozen=True)
class Skyc:
    """The format `skyc`.

    Coordinates in the file are the venue's own: its orientation is written as 90 degrees (X to the east, Y, the left
    hand, to the north). A file with another orientation is turned into the venue's frame on reading.
    """

    id: str = "skyc"
    title: str = "Skybrush compiled show (.skyc)"
    title_zh: str = "Skybrush 编译表演文件（.skyc）"
    status: Status = "proven"
    reads: bool = True
    writes: bool = True

    @property
    def limits(self) -> Mapping[str, int | float | str]:
        """Drones in one file, ticks, tolerance and degree."""
        return {
            "max_drones": MOST_DRONES,
            "tick_us": 1000,
            "light_tick_us": 20_000,
            "step_m": 10.0**-DECIMALS,
            "path_tolerance_m": PATH_M,
            "max_degree": 3,
            "not_proven": "yaw 0 is taken as the show's X axis",
        }

    def carried(self, plan: Plan) -> Carried:
        """All drones, their fireworks and headings, and the return plans that the file can say."""
        return Carried((), tuple(range(len(plan.drones))), whole(plan), turning(plan.drones), holdable(plan.drones))

    def resolution(self, plan: Plan) -> Resolution:
        """The tolerance of the cubic pieces plus the rounding of their numbers; lights on frames of 20 ms."""
        drones = plan.drones
        moves = moving(drones)
        degree = degrees(drones)[moves]
        span = (drones.piece_t1_us - drones.piece_t0_us)[moves] * 1e-6
        # a piece of higher degree may become cubics as short as SHORTEST_MS, on which rounding weighs most
        short = np.maximum(np.where(degree > 3, 0.0, span), SHORTEST_MS * 1e-3)
        step = 10.0**-DECIMALS
        speed = float((3 * step / short).max(initial=0.0)) + 0.005
        accel = float((12 * step / short**2).max(initial=0.0)) + ACCEL_MPS2
        return Resolution(1000, 2 * PATH_M, speed, accel, 20_000, 2, yaw_deg=0.01)

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        """A missing place on earth, a split fleet, music and white light that stay out."""
        out: list[Finding] = []
        if plan.venue.origin is None:
            out.append(
                Finding(
                    "SKYC-ORIENTATION",
                    "note",
                    "skyc: the venue has no place on earth, so the file states none; on site the show orientation must "
                    "be set to 90 degrees (X axis to the east)",
                    "skyc：场地没有地理坐标，文件因此不含位置；现场须把演出朝向设为 90 度（X 轴朝东）",
                )
            )
        count = len(parts(plan.drones))
        if count > 1:
            out.append(
                Finding(
                    "FORMAT-SPLIT",
                    "note",
                    f"skyc: {len(plan.drones)} drones are written as {count} files; {MOST_DRONES} is the most in one",
                    f"skyc：{len(plan.drones)} 架无人机分为 {count} 个文件，每个最多 {MOST_DRONES} 架",
                    measured=float(len(plan.drones)),
                    limit=float(MOST_DRONES),
                )
            )
        if plan.drones.key_rgbw[:, 3].any():
            en = "skyc: white light is added to red, green and blue"
            out.append(Finding("FORMAT-WHITE", "note", en, "skyc：白光并入红、绿、蓝"))
        if plan.music is not None and plan.music.file is not None:
            out.append(
                Finding("FORMAT-MUSIC", "note", "skyc: the music is not put into the file", "skyc：文件不含音乐")
            )
        return tuple(out)

    def write(self, plan: Plan) -> dict[str, bytes]:
        """One `.skyc` named after the show, or numbered ones for more than 5,000 drones; raises Unfit."""
        drones = plan.drones
        if len(set(drones.name)) != len(drones):
            twice = next(n for k, n in enumerate(drones.name) if n in drones.name[:k])
            raise Unfit(self.id, f"drone {twice!r}", "two drones have this name")
        early = np.nonzero(drones.piece_t0_us < 0)[0]
        if len(early):
            who = int(np.searchsorted(drones.piece_start, early[0], side="right")) - 1
            raise Unfit(self.id, f"drone {drones.name[who]!r}", "flies before the show starts")
        return files_of(plan, file_stem(plan.title))

    def read(self, files: Files, name: str) -> Plan:
        """The drones, limits, geofence and cues of a show; several files are the parts of one. Raises BadFile."""
        if not files:
            raise BadFile(name, "", "a .skyc file was expected, found none")
        held = Contents()
        for file in sorted(files, key=lambda f: (len(f), f)):
            shown = name if len(files) == 1 else file
            if len(files[file]) > BIGGEST:
                raise BadFile(shown, "", f"a file of at most {BIGGEST // 1_000_000} MB was expected")
            held.take(Archive(files[file], shown))
        try:
            drones = drones_of(held.paths)
            limits, stated = limits_of(held.stated)
        except ValueError as error:
            raise BadFile(name, "", str(error)) from error
        ignitions, carriers = payload_of(drones, held.fires)
        duration = max(1, end_of(drones), *(m.t_us for m in held.marks)) if held.marks else max(1, end_of(drones))
        return Plan(
            title=held.title.strip() or file_stem(name.rpartition("/")[2].removesuffix(".skyc")),
            duration_us=duration,
            venue=held.venue,
            drones=drones,
            limits=limits,
            limits_source=f"stated by {name}" if stated else "program default",
            marks=tuple(held.marks),
            problems=_problems(held),
            ignitions=ignitions,
            carriers=carriers,
        )

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether it is a zip that holds show.json near its start, or a zip of that name."""
        return head[:2] == b"PK" and (name.lower().endswith(".skyc") or b"show.json" in head)


def _problems(held: Contents) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            "FORMAT-LEFT-OUT",
            "note",
            f"skyc: {words} of {len(names)} drones not read" if names else f"skyc: {words} not read",
            f"skyc：未读取 {len(names)} 项 {words}",
            ids=tuple(names[:20]),
        )
        for words, names in sorted(held.left_out.items())
    )


SKYC = Skyc()
