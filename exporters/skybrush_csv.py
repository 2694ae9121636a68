"""Skybrush zipped CSV: one table of places and colours per drone in a zip, out and in.

Source: the import operator of Skybrush Studio, as laid down in the project's format notes (3.5). The zip is opened with
the bounds of `.skyc` archives. Colours in the tables are linear light in 0 to 255, those of the plan are as screens and
drones take them (sRGB); between rows both places and colours run straight. Coordinates are the venue's own: X east (the
show's X axis at 90 degrees from north), Y north, Z up; the tables hold no direction.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from exporters.content import clean_name, only, step_of, text_of, title_from
from exporters.samples import (
    Sampler,
    colours,
    end_us,
    refuse_early,
    refuse_far,
    refuse_fast,
    resolution_of,
    sampled_remarks,
    ticks_until,
)
from exporters.skyc.archive import Archive, zipped
from exporters.smoothing import Flight, drones_of_flights
from showeditor.export.assembly import end_of
from showeditor.export.format import Carried, Files, Resolution, Status
from showeditor.export.names import file_stem, safe_member
from showeditor.model.arrays import Bytes, Flags, Floats, Longs
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan

TICK_US = 200_000
DECIMALS = 4
FARTHEST_M = 10_000.0
MOST_ROWS = 200_000
_HEAD = "Time [msec],x [m],y [m],z [m],Red,Green,Blue"
_ID = "skybrush-csv"


def linear_of(colour: Bytes) -> Bytes:
    """Linear levels of sRGB ones, both 0 to 255 (IEC 61966-2-1)."""
    c = colour / 255.0
    light = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return np.floor(light * 255 + 0.5).astype(np.uint8)


def screen_of(light: Bytes) -> Bytes:
    """Linear levels as sRGB levels; the inverse of `linear_of` as far as whole levels reach."""
    c = light / 255.0
    colour = np.where(c <= 0.0031308, c * 12.92, 1.055 * c ** (1 / 2.4) - 0.055)
    return np.floor(colour * 255 + 0.5).astype(np.uint8)


@dataclass(frozen=True)
class SkybrushCsv:
    """The format `skybrush-csv`: `TITLE.zip` with `DRONE.csv` for every drone, five rows a second."""

    id: str = _ID
    title: str = "Skybrush zipped CSV"
    title_zh: str = "Skybrush CSV 压缩包"
    status: Status = "proven"
    reads: bool = True
    writes: bool = True

    @property
    def limits(self) -> Mapping[str, int | float | str]:
        """Rate, step and names."""
        return {
            "position_tick_us": TICK_US,
            "light_tick_us": TICK_US,
            "step_m": 10.0**-DECIMALS,
            "max_coordinate_m": FARTHEST_M,
            "names": "ASCII",
        }

    def carried(self, plan: Plan) -> Carried:
        """All drones."""
        return Carried(drones=tuple(range(len(plan.drones))))

    def resolution(self, plan: Plan) -> Resolution:
        """What straight lines between five rows a second leave out; dark levels are coarse in linear light."""
        return resolution_of(plan, TICK_US, 10.0**-DECIMALS, TICK_US, light_levels=8)

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        """What samples leave out, and the orientation that the tables do not hold."""
        way = Finding(
            "SKYB-ORIENTATION",
            "note",
            f"{_ID}: the tables hold no direction; X points to the east, Y to the north (show orientation 90 degrees)",
            f"{_ID}：表格不含朝向；X 轴朝东、Y 轴朝北（演出朝向 90 度）",
        )
        return (way, *sampled_remarks(self.id, plan, TICK_US))

    def write(self, plan: Plan) -> dict[str, bytes]:
        """`TITLE.zip`; raises Unfit naming the drone."""
        drones = plan.drones
        refuse_early(self.id, drones)
        refuse_far(self.id, drones, FARTHEST_M)
        refuse_fast(self.id, plan, TICK_US)
        t_us = ticks_until(end_us(plan), TICK_US)
        sampler = Sampler.of(drones)
        members: dict[str, bytes] = {}
        taken: set[str] = set()
        for i, name in enumerate(drones.name):
            if not name.isascii() or "/" in name or not safe_member(f"{name}.csv"):
                raise Unfit(self.id, f"drone {name!r}", "its name cannot be the ASCII name of a file")
            if name.casefold() in taken:
                raise Unfit(self.id, f"drone {name!r}", "its file name is also that of another drone")
            taken.add(name.casefold())
            places = np.round(sampler.places(i, t_us), DECIMALS) + 0.0
            light = linear_of(colours(drones, i, t_us, white=False)[:, :3])
            rows = [
                f"{t},{x:.{DECIMALS}f},{y:.{DECIMALS}f},{z:.{DECIMALS}f},{r},{g},{b}"
                for t, (x, y, z), (r, g, b) in zip(
                    (t_us // 1000).tolist(), places.tolist(), light.tolist(), strict=True
                )
            ]
            members[f"{name}.csv"] = "\n".join([_HEAD, *rows, ""]).encode("ascii")
        return {f"{file_stem(plan.title)}.zip": zipped(members)}

    def read(self, files: Files, name: str) -> Plan:
        """The drones of a zip, each named after its table; raises BadFile with the member and line."""
        _, data = only(files, name, ".zip")
        archive = Archive(data, name)
        flights: list[Flight] = []
        step = 1.0
        for member in (n for n in archive.members() if n.lower().endswith(".csv")):
            flight, own = _flight(archive.content(member), member, name)
            step = min(step, own)
            flights.append(flight)
        if not flights:
            raise BadFile(name, "", "at least one .csv member was expected")
        names = [f.name for f in flights]
        if len(set(names)) != len(names):
            raise BadFile(name, "", "two tables are named alike")
        try:
            drones = drones_of_flights(flights, step)
        except ValueError as error:
            raise BadFile(name, "", str(error)) from error
        return Plan(title=title_from(name, ".zip"), duration_us=max(1, end_of(drones)), drones=drones)

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether it is a zip that begins with a table, and no `.skyc`."""
        first = head[30 : 30 + int.from_bytes(head[26:28], "little")].lower()
        return head[:2] == b"PK" and (first.endswith(b".csv") or (name.lower().endswith(".zip") and b".csv" in head))


def _flight(data: bytes, member: str, name: str) -> tuple[Flight, float]:
    text = text_of(data, f"{name}: {member}")
    lines = text.replace("\r\n", "\n").split("\n")
    if not lines[0].lstrip('"').lower().startswith(("time [msec]", "time_msec")):
        raise BadFile(name, f"{member}: line 1", "a header that begins with Time [msec] was expected")
    if lines[-1] == "":
        lines.pop()
    if not 2 <= len(lines) <= MOST_ROWS:
        raise BadFile(name, member, f"one to {MOST_ROWS} rows were expected, found {len(lines) - 1}")
    width = len(lines[1].split(","))
    if width not in (4, 7):
        raise BadFile(name, f"{member}: line 2", f"4 or 7 columns were expected, found {width}")
    rows: list[list[float]] = []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split(",")
        try:
            if len(cells) != width or max(map(len, cells)) > 40:
                raise ValueError
            rows.append([float(c) for c in cells])
        except ValueError as error:
            found = f"{width} numbers were expected, found {line!r:.80}"
            raise BadFile(name, f"{member}: line {number}", found) from error
    table = np.array(rows)
    if not (np.abs(table) < 1e9).all():  # also catches what is not a number
        raise BadFile(name, member, "finite numbers were expected")
    t_us = np.floor(table[:, 0] * 1000 + 0.5).astype(np.int64)
    if (np.diff(t_us) <= 0).any():
        line_no = int(np.argmax(np.diff(t_us) <= 0)) + 3
        raise BadFile(name, f"{member}: line {line_no}", "a later time than in the line before was expected")
    if width == 7 and not ((table[:, 4:] >= 0) & (table[:, 4:] <= 255)).all():
        raise BadFile(name, member, "colours of 0 to 255 were expected")
    rgb = np.floor(table[:, 4:] + 0.5).astype(np.uint8) if width == 7 else np.full((1, 3), 255, dtype=np.uint8)
    own = member.rpartition("/")[2][:-4]
    places: Floats = table[:, 1:4]
    key_t, rgbw, fade = _keys(t_us, screen_of(rgb))
    return Flight(clean_name(own, member), t_us, places, None, key_t, rgbw, fade), step_of(places)


def _keys(t_us: Longs, rgb: Bytes) -> tuple[Longs, Bytes, Flags]:
    """Keys that run straight from row to row; rows in the middle of one colour are left out."""
    keep = np.ones(len(rgb), dtype=np.bool_)
    same = (rgb[1:] == rgb[:-1]).all(axis=1)
    keep[1:-1] = ~(same[1:] & same[:-1])
    if len(rgb) > 1 and same[-1]:
        keep[-1] = False
    rows = np.nonzero(keep)[0]
    fade = np.ones(len(rows), dtype=np.bool_)
    fade[0] = False
    rgbw = np.zeros((len(rows), 4), dtype=np.uint8)
    rgbw[:, :3] = rgb[rows]
    return t_us[rows], rgbw, fade


SKYBRUSH_CSV = SkybrushCsv()
