"""Litchi mission CSV for one drone, out and in.

Source: litchiutilities.com and the column list of litchi_wp 3.0, as laid down in the project's format notes (3.5). A
table has at most 99 waypoints, no clock and no light: it shows where one drone would fly. Heights are above the ground
at the take-off place (altitude mode 1). The speed column is that of the leg which begins at the waypoint; action 0
stays for so many milliseconds. The point of interest, which nothing looks at, is the venue's origin: from it a reader
finds the place of the table in the venue. Flown on paper, in straight legs at exactly these speeds, the table gives
every moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from exporters.content import clean_name, not_read, only, text_of, title_from
from exporters.missions.earth import from_earth, to_earth
from exporters.missions.legs import flies
from exporters.samples import Sampler, refuse_early
from exporters.smoothing import Flight, drones_of_flights
from showeditor.export.assembly import end_of
from showeditor.export.format import Carried, Files, Resolution, Status
from showeditor.export.names import file_stem, safe_member
from showeditor.export.paths import farthest
from showeditor.model.arrays import Floats, Longs
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Drones, Plan
from showeditor.model.venue import Geodetic, Venue

MOST_POINTS = 99
LOWEST_M, HIGHEST_M = -200.0, 500.0
MOST_OFF_M = 2.0
SLOWEST_MPS = 0.1
USUAL_MPS = 5.0
_ACTIONS = 15
COLUMNS = [
    *"latitude longitude altitude(m) heading(deg) curvesize(m) rotationdir gimbalmode gimbalpitchangle".split(),
    *(f"action{what}{k}" for k in range(1, _ACTIONS + 1) for what in ("type", "param")),
    *"altitudemode speed(m/s) poi_latitude poi_longitude poi_altitude(m) poi_altitudemode".split(),
    *"photo_timeinterval photo_distinterval".split(),
]
HEAD = ",".join(COLUMNS)
_SPEED, _MODE = COLUMNS.index("speed(m/s)"), COLUMNS.index("altitudemode")
_STEP_US = 250_000
_ID = "litchi"


@dataclass(frozen=True, slots=True)
class _Point:
    lat: float
    lon: float
    height_m: float
    speed_mps: float
    stay_ms: int
    poi: tuple[float, float, float] = (0.0, 0.0, 0.0)


def chosen(drones: Drones) -> int | None:
    """The one drone that a table is written for: the first that flies."""
    return next((i for i in range(len(drones)) if flies(drones, i)), None)


def corners(t_us: Longs, places: Floats, tolerance_m: float) -> list[int]:
    """The rows to keep so that straight legs, flown in the time between them, pass every row within the tolerance.

    Ramer, Douglas and Peucker's division, with the distance taken at one and the same moment.
    """
    kept = {0, len(t_us) - 1}
    open_runs = [(0, len(t_us) - 1)]
    while open_runs:
        a, b = open_runs.pop()
        if b - a < 2:
            continue
        share = ((t_us[a : b + 1] - t_us[a]) / (t_us[b] - t_us[a]))[:, None]
        away = np.linalg.norm(places[a : b + 1] - places[a] - share * (places[b] - places[a]), axis=1)
        k = a + int(np.argmax(away))
        if away[k - a] > tolerance_m:
            kept.add(k)
            open_runs += [(a, k), (k, b)]
    return sorted(kept)


def _points(drones: Drones, i: int, origin: Geodetic) -> list[_Point]:
    """At most MOST_POINTS waypoints at the smallest tolerance that gives so few; an empty list if none does."""
    off, on = int(drones.off_us[i]), int(drones.on_us[i])
    t_us = np.unique(np.append(np.arange(off, on, _STEP_US), on))
    places = Sampler.of(drones).places(i, t_us)
    rows: list[int] = []
    for tolerance in (0.05, 0.1, 0.15, 0.25, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5):
        rows = corners(t_us, places, tolerance)
        if len(rows) <= MOST_POINTS:
            break
    if len(rows) > MOST_POINTS:
        return []
    earth = to_earth(places[rows], origin)
    ground = float(earth[0, 2])
    fixed = np.column_stack([np.round(earth[:, :2], 10), np.round(earth[:, 2] - ground, 5)])
    there = from_earth(np.column_stack([fixed[:, :2], fixed[:, 2] + ground]), origin)
    far = np.append(np.linalg.norm(np.diff(there, axis=0), axis=1), 0.0)
    out: list[_Point] = []
    clock = 0.0
    for k, row in enumerate(rows):
        lat, lon, height = fixed[k].tolist()
        due = float(t_us[rows[min(k + 1, len(rows) - 1)]]) * 1e-6 - clock
        speed = float(far[k]) / due if due > 0 else 0.0
        stay = int(t_us[row]) // 1000 if k == 0 else 0  # on the ground until it leaves
        if k == 0:
            due -= stay / 1000
            speed = float(far[k]) / due if due > 0 else 0.0
        if k + 1 < len(rows) and speed < SLOWEST_MPS:
            speed = SLOWEST_MPS
            stay += max(0, round((due - float(far[k]) / speed) * 1000))
        speed = round(speed, 9)
        out.append(_Point(lat, lon, height, speed, stay))
        clock += stay / 1000 + (float(far[k]) / speed if speed > 0 else 0.0)
    return out


def flown(points: list[_Point], ground_m: float, origin: Geodetic, name: str) -> Flight:
    """The flight of a table on paper: stay, then the leg at its speed; `ground_m` is the height of the take-off."""
    table = np.array([(p.lat, p.lon, p.height_m + ground_m) for p in points])
    places = from_earth(table, origin)
    t, times, rows = 0.0, [0.0], [places[0]]
    for k, point in enumerate(points):
        if point.stay_ms:
            t += point.stay_ms / 1000
            times.append(t)
            rows.append(places[k])
        if k + 1 < len(points):
            far = float(np.linalg.norm(places[k + 1] - places[k]))
            t += max(1e-5, far / (point.speed_mps or USUAL_MPS))
            times.append(t)
            rows.append(places[k + 1])
    if not t < 48 * 3600:
        raise ValueError("the mission lasts longer than 48 hours")
    t_us = np.floor(np.array(times) * 1e6 + 0.5).astype(np.int64)
    kept = np.concatenate([[True], np.diff(t_us) > 0])
    return Flight(name, t_us[kept], np.array(rows)[kept])


@dataclass(frozen=True)
class Litchi:
    """The format `litchi`: `DRONE.csv` for the first drone that flies."""

    id: str = _ID
    title: str = "Litchi mission CSV, one drone"
    title_zh: str = "Litchi 航点 CSV，单机"
    status: Status = "columns proven"
    reads: bool = True
    writes: bool = True

    @property
    def limits(self) -> Mapping[str, int | float | str]:
        """Drones, waypoints, heights and what a mission cannot say."""
        return {
            "max_drones": 1,
            "max_points": MOST_POINTS,
            "min_altitude_m": LOWEST_M,
            "max_altitude_m": HIGHEST_M,
            "clock": "none",
            "needs": "venue origin",
            "not_proven": "the most waypoints (99) and what the application makes of speeds below 1 m/s",
        }

    def carried(self, plan: Plan) -> Carried:
        """The first drone that flies."""
        i = chosen(plan.drones)
        return Carried() if i is None else Carried(drones=(i,))

    def _off_m(self, plan: Plan) -> float:
        i = chosen(plan.drones)
        origin = plan.venue.origin or Geodetic(0.0, 0.0)
        points = [] if i is None else _points(plan.drones, i, origin)
        if i is None or not points:
            return float("inf")
        back = drones_of_flights(
            [flown(points, _ground(plan.drones, i, origin).altitude_m, origin, plan.drones.name[i])], 0.0
        )
        tried = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, MOST_OFF_M)
        return next((m for m in tried if farthest(plan.drones, back, [(i, 0)], m).distance_m <= m), float("inf"))

    def resolution(self, plan: Plan) -> Resolution:
        """How far the legs, flown on paper, leave the path; light does not travel."""
        return Resolution(1000, min(MOST_OFF_M, self._off_m(plan) + 0.01), 0.1, 0.3, 0, 255)

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        """Which drone it is, and that there is no clock."""
        i = chosen(plan.drones)
        who = "" if i is None else plan.drones.name[i]
        return (
            Finding(
                "MISSION-NO-CLOCK",
                "warn",
                f"{_ID}: one drone only ({who}), without a show clock and light; for site checks, not for a show",
                f"{_ID}：仅一架无人机（{who}），不含演出时钟和灯光；只用于场地检查，不可用于演出",
                ids=(who,) if who else (),
            ),
        )

    def write(self, plan: Plan) -> dict[str, bytes]:
        """`DRONE.csv`; raises Unfit."""
        origin = plan.venue.origin
        if origin is None:
            raise Unfit(
                self.id, "the venue", "has no place on earth; a mission needs latitudes: set the venue's origin"
            )
        refuse_early(self.id, plan.drones)
        i = chosen(plan.drones)
        if i is None:
            raise Unfit(self.id, "the drones", "none of them flies")
        name = plan.drones.name[i]
        points = _points(plan.drones, i, origin)
        if not points or not np.isfinite(self._off_m(plan)):
            raise Unfit(
                self.id, f"drone {name!r}", f"{MOST_POINTS} waypoints leave its path by more than {MOST_OFF_M} m"
            )
        if not all(LOWEST_M <= p.height_m <= HIGHEST_M for p in points):
            raise Unfit(self.id, f"drone {name!r}", f"flies lower than {LOWEST_M:g} or higher than {HIGHEST_M:g} m")
        above = origin.altitude_m - _ground(plan.drones, i, origin).altitude_m
        poi = [f"{origin.latitude_deg:.10f}", f"{origin.longitude_deg:.10f}", f"{above:.5f}", "1"]
        lines = [HEAD]
        for p in points:
            stay = [("0", str(p.stay_ms))] if p.stay_ms else []
            actions = [cell for pair in stay + [("-1", "0")] * (_ACTIONS - len(stay)) for cell in pair]
            cells = [f"{p.lat:.10f}", f"{p.lon:.10f}", f"{p.height_m:.5f}", "0", "0", "0", "0", "0"]
            lines.append(",".join([*cells, *actions, "1", f"{p.speed_mps:.9f}", *poi, "-1", "-1"]))
        stem = name if "/" not in name and safe_member(f"{name}.csv") else file_stem(name)
        if stem != name:
            raise Unfit(self.id, f"drone {name!r}", "its name cannot be the name of a file")
        return {f"{stem}.csv": "\n".join([*lines, ""]).encode("ascii")}

    def read(self, files: Files, name: str) -> Plan:
        """The one drone of a table, named after the file; raises BadFile with the line."""
        file, data = only(files, name, ".csv")
        lines = text_of(data, name).replace("\r\n", "\n").split("\n")
        if not _is_head(lines[0]):
            raise BadFile(name, "line 1", "the columns of a Litchi mission were expected")
        if lines[-1] != "":
            raise BadFile(name, f"line {len(lines)}", "a whole last line was expected, the file breaks off")
        rows = [line for line in lines[1:] if line]
        if not 2 <= len(rows) <= MOST_POINTS:
            raise BadFile(name, "", f"2 to {MOST_POINTS} waypoints were expected, found {len(rows)}")
        points = [_point(line, number, name) for number, line in enumerate(rows, 2)]
        origin, ground = Geodetic(points[0].lat, points[0].lon), 0.0
        if points[0].poi[0] or points[0].poi[1]:
            origin, ground = Geodetic(points[0].poi[0], points[0].poi[1]), -points[0].poi[2]
        who = clean_name(title_from(file, ".csv"), "drone")
        try:
            drones = drones_of_flights([flown(points, ground, origin, who)], 0.0)
        except ValueError as error:
            raise BadFile(name, "", str(error)) from error
        problems: list[Finding] = []
        if not all(p.speed_mps for p in points[:-1]):
            en, zh = f"no speed is stated, {USUAL_MPS:g} m/s is assumed", f"未给出速度，按 {USUAL_MPS:g} 米/秒计算"
            problems.append(Finding("MISSION-SPEED", "warn", f"{_ID}: {en}", f"{_ID}：{zh}", ids=(who,)))
        if any(c not in ("-1", "0") for row in rows for c in row.split(",")[8 : 8 + 2 * _ACTIONS : 2]):
            problems.append(not_read(_ID, "camera actions", "相机动作", (who,)))
        return Plan(who, max(1, end_of(drones)), venue=Venue(origin=origin), drones=drones, problems=tuple(problems))

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether it begins with the columns of this format."""
        return _is_head(head.split(b"\n")[0].decode("utf-8", "replace"))


def _ground(drones: Drones, i: int, origin: Geodetic) -> Geodetic:
    start = Sampler.of(drones).places(i, np.array([int(drones.off_us[i])]))
    lat, lon, height = to_earth(start, origin)[0].tolist()
    return Geodetic(lat, lon, height)


def _is_head(line: str) -> bool:
    cells = [c.strip().lower() for c in line.lstrip("\ufeff").split(",")]
    return cells[:5] == COLUMNS[:5]


def _point(line: str, number: int, name: str) -> _Point:
    cells = line.split(",")
    try:
        if len(cells) < _SPEED + 1 or max(map(len, cells)) > 40:
            raise ValueError
        lat, lon, height, mode, speed = (float(cells[k]) for k in (0, 1, 2, _MODE, _SPEED))
        pairs = [(int(cells[8 + 2 * k]), float(cells[9 + 2 * k])) for k in range(_ACTIONS)]
        stay = round(sum(ms for kind, ms in pairs if kind == 0))
        poi = [float(c) for c in cells[_SPEED + 1 : _SPEED + 4]] if len(cells) > _SPEED + 3 else [0.0] * 3
        inside = abs(poi[0]) <= 90 and abs(poi[1]) <= 180 and abs(poi[2]) < 1e4
        inside = inside and abs(lat) <= 90 and abs(lon) <= 180 and LOWEST_M <= height <= HIGHEST_M
        if not (inside and 0 <= speed < 100 and mode in (0, 1) and 0 <= stay < 1e8):
            raise ValueError
    except (ValueError, OverflowError) as error:
        expected = f"a waypoint of {len(COLUMNS)} columns was expected, found {line!r:.60}"
        raise BadFile(name, f"line {number}", expected) from error
    return _Point(lat, lon, height, speed, stay, (poi[0], poi[1], poi[2]))


LITCHI = Litchi()
