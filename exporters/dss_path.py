"""DSS `.PATH`: bare rows of places and colours, one file per drone, out and in.

Source: the 2019 DSS exporter of the Blender tool box, as laid down in the project's format notes (3.6). A file is
nothing but 12-byte rows: x, y, z in centimetres and r, g, b, each a little-endian 16-bit number. It holds neither its
rate nor the drone's name, so both stand beside the files in `paths.json`, which our reader asks for; bare files of
others are taken at 4 rows a second and say so. X is east, Y north, Z up, as in a Blender scene with Y to the north.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
import numpy as np

from exporters.content import clean_name, json_of, title_from
from exporters.samples import (
    Sampler,
    changes,
    colours,
    end_us,
    refuse_early,
    refuse_far,
    refuse_fast,
    resolution_of,
    sampled_remarks,
)
from exporters.smoothing import Flight, drones_of_flights
from showeditor.export.assembly import end_of
from showeditor.export.format import Carried, Files, Resolution, Status
from showeditor.model.arrays import Longs
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan

STEP_M = 0.01
MOST_POINTS = 2000
FASTEST_HZ = 4
FARTHEST_M = 327.67
SIDE_CAR = "paths.json"
_ID = "dss-path"
_ROW = 12


class _SideCar(msgspec.Struct):
    format: str
    title: str
    rows_per_second: int
    rows: int
    names: dict[str, str]


def rate_of(last_us: int) -> int:
    """Rows a second for a show of this length: the most that MOST_POINTS rows allow, FASTEST_HZ at most, 0 if none."""
    return next((hz for hz in range(FASTEST_HZ, 0, -1) if -(-last_us * hz // 1_000_000) < MOST_POINTS), 0)


def moments(rate: int, last_us: int) -> Longs:
    """The times of the rows up to the first one at or after `last_us`."""
    return moments_of(rate, max(2, -(-last_us * rate // 1_000_000) + 1))


def moments_of(rate: int, count: int) -> Longs:
    """The times of `count` rows, rounded half up to microseconds."""
    return np.asarray((np.arange(count, dtype=np.int64) * 2_000_000 + rate) // (2 * rate))


@dataclass(frozen=True)
class DssPath:
    """The format `dss-path`: `APM-1.PATH`, `APM-2.PATH`, ... and `paths.json` with rate and names."""

    id: str = _ID
    title: str = "DSS .PATH (UgCS drone show software)"
    title_zh: str = "DSS .PATH 航迹文件（UgCS）"
    status: Status = "columns proven"
    reads: bool = True
    writes: bool = True

    @property
    def limits(self) -> Mapping[str, int | float | str]:
        """Rows, range, rate and step."""
        return {
            "max_points": MOST_POINTS,
            "max_coordinate_m": FARTHEST_M,
            "max_rows_per_second": FASTEST_HZ,
            "step_m": STEP_M,
            "not_proven": "the layout is that of an exporter of 2019; its Y axis is taken as north",
        }

    def carried(self, plan: Plan) -> Carried:
        """All drones."""
        return Carried(drones=tuple(range(len(plan.drones))))

    def _tick_us(self, plan: Plan) -> int:
        return -(-1_000_000 // max(1, rate_of(end_us(plan))))

    def resolution(self, plan: Plan) -> Resolution:
        """What straight lines between the rows leave out, and whole centimetres."""
        return resolution_of(plan, self._tick_us(plan), STEP_M, self._tick_us(plan))

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        """What samples leave out, and the rate, which the files themselves do not hold."""
        rate = max(1, rate_of(end_us(plan)))
        said = Finding(
            "DSS-RATE",
            "note",
            f"{_ID}: the files hold no rate; set {rate} rows a second where they are loaded (it stands in {SIDE_CAR})",
            f"{_ID}：文件不含采样率；载入时请设为每秒 {rate} 行（见 {SIDE_CAR}）",
            measured=float(rate),
        )
        return (said, *sampled_remarks(self.id, plan, self._tick_us(plan)))

    def write(self, plan: Plan) -> dict[str, bytes]:
        """`APM-<n>.PATH` for every drone and the side-car; raises Unfit naming the drone."""
        drones = plan.drones
        refuse_early(self.id, drones)
        refuse_far(self.id, drones, FARTHEST_M)
        last = end_us(plan)
        rate = rate_of(last)
        if rate == 0:
            raise Unfit(
                self.id, "the show", f"lasts {last / 1e6:.0f} s; {MOST_POINTS} rows at one a second are the most"
            )
        refuse_fast(self.id, plan, self._tick_us(plan))
        t_us = moments(rate, last)
        sampler = Sampler.of(drones)
        out: dict[str, bytes] = {}
        names: dict[str, str] = {}
        for i, name in enumerate(drones.name):
            rows = np.empty((len(t_us), 6), dtype="<i2")
            rows[:, :3] = np.floor(sampler.places(i, t_us) * 100 + 0.5)
            rows[:, 3:] = colours(drones, i, t_us, white=False)[:, :3]
            file = f"APM-{i + 1}.PATH"
            out[file] = rows.tobytes()
            names[file] = name
        side_car = _SideCar(_ID, plan.title, rate, len(t_us), names)
        out[SIDE_CAR] = msgspec.json.format(msgspec.json.encode(side_car), indent=1) + b"\n"
        return out

    def read(self, files: Files, name: str) -> Plan:
        """The drones of a set; raises BadFile with the file and row."""
        paths = sorted((f for f in files if f.lower().endswith(".path")), key=lambda f: (len(f), f))
        if not paths:
            raise BadFile(name, "", "at least one .PATH file was expected")
        problems: tuple[Finding, ...] = ()
        side_car = None
        if SIDE_CAR in files:
            side_car = json_of(files[SIDE_CAR], _SideCar, SIDE_CAR)
            if side_car.format != _ID or not 1 <= side_car.rows_per_second <= 100:
                raise BadFile(SIDE_CAR, "", f"format {_ID} at 1 to 100 rows a second was expected")
            if set(side_car.names) != set(paths):
                raise BadFile(name, SIDE_CAR, "exactly the .PATH files of this set were expected")
        else:
            en = f"the rate of .PATH files stands in {SIDE_CAR}, it is missing: {FASTEST_HZ} rows a second are assumed"
            zh = f".PATH 文件的采样率记在 {SIDE_CAR} 中，该文件缺失：按每秒 {FASTEST_HZ} 行读取"
            problems = (Finding("DSS-RATE", "warn", f"{_ID}: {en}", f"{_ID}：{zh}"),)
        flights = [_flight(files[file], file, side_car) for file in paths]
        if len({f.name for f in flights}) != len(flights):
            raise BadFile(name, SIDE_CAR, "two drones have the same name")
        try:
            drones = drones_of_flights(flights, STEP_M)
        except ValueError as error:
            raise BadFile(name, "", str(error)) from error
        title = clean_name(side_car.title, name) if side_car is not None else title_from(name, ".path")
        return Plan(title=title, duration_us=max(1, end_of(drones)), drones=drones, problems=problems)

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether it has the name of such a file or is the side-car of a set."""
        own = name.lower()
        return own.endswith(".path") or (own.endswith(SIDE_CAR) and f'"format": "{_ID}"'.encode() in head)


def _flight(data: bytes, file: str, side_car: _SideCar | None) -> Flight:
    count, odd = divmod(len(data), _ROW)
    if odd or not count:
        raise BadFile(file, "", f"whole rows of {_ROW} bytes were expected, found {len(data)} bytes")
    if side_car is not None and count != side_car.rows:
        raise BadFile(file, "", f"{side_car.rows} rows were expected, found {count}")
    if count > 200_000:
        raise BadFile(file, "", f"at most 200000 rows were expected, found {count}")
    rows = np.frombuffer(data, dtype="<i2").reshape(-1, 6)
    light = rows[:, 3:]
    wrong = np.nonzero(((light < 0) | (light > 255)).any(axis=1))[0]
    if len(wrong):
        raise BadFile(
            file, f"row {wrong[0] + 1}", f"colours of 0 to 255 were expected, found {light[wrong[0]].tolist()}"
        )
    t_us = moments_of(FASTEST_HZ if side_car is None else side_car.rows_per_second, count)
    rgbw = np.zeros((count, 4), dtype=np.uint8)
    rgbw[:, :3] = light
    at = changes(rgbw)
    who = title_from(file, ".path") if side_car is None else clean_name(side_car.names[file], file)
    places = rows[:, :3].astype(np.float64) / 100
    return Flight(who, t_us, places, None, t_us[at], rgbw[at], np.zeros(len(at), dtype=np.bool_))


DSS_PATH = DssPath()
