"""Missions, fences and rally points as the bytes of `.plan` and `.waypoints` files, both ways."""

from dataclasses import dataclass
from typing import Any

import msgspec

from exporters.content import BIGGEST, json_of, text_of
from exporters.missions.legs import ABSOLUTE, MOST_ITEMS, RELATIVE, WAYPOINT, Item, Mission
from showeditor.model.errors import BadFile
from showeditor.model.venue import Geodetic

FENCE_IN, FENCE_OUT, RALLY = 5001, 5002, 5100
_MOST_POINTS = 10_000
_HEAD = "QGC WPL 110"

LatLon = tuple[float, float]
Fences = tuple[tuple[bool, tuple[LatLon, ...]], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one file holds: a mission, fences (inside?, ring of latitude and longitude) and rally points."""

    mission: Mission
    fences: Fences
    rally: tuple[tuple[float, float, float], ...]
    speed_mps: float | None = None


def plan_bytes(sheet: Sheet) -> bytes:
    """A `.plan`; parameters that are not given are null."""
    mission = sheet.mission
    home = [mission.home.latitude_deg, mission.home.longitude_deg, mission.home.altitude_m]
    show: dict[str, object] = {
        "fileType": "Plan",
        "version": 1,
        "groundStation": "showeditor",
        "geoFence": {
            "version": 2,
            "circles": [],
            "polygons": [{"version": 1, "inclusion": inside, "polygon": list(ring)} for inside, ring in sheet.fences],
        },
        "rallyPoints": {"version": 2, "points": [list(p) for p in sheet.rally]},
        "mission": {
            "version": 2,
            "firmwareType": 12,
            "vehicleType": 2,
            "cruiseSpeed": 5,
            "hoverSpeed": 5,
            "plannedHomePosition": home,
            "items": [
                {
                    "type": "SimpleItem",
                    "autoContinue": True,
                    "command": item.command,
                    "doJumpId": number,
                    "frame": item.frame,
                    "params": list(item.params),
                }
                for number, item in enumerate(mission.items, 1)
            ],
        },
    }
    return msgspec.json.format(msgspec.json.encode(show), indent=1) + b"\n"


class _Polygon(msgspec.Struct):
    polygon: list[LatLon]
    inclusion: bool = True


class _Fence(msgspec.Struct):
    polygons: list[_Polygon] = []


class _Rally(msgspec.Struct):
    points: list[tuple[float, float, float]] = []


class _Item(msgspec.Struct):
    type: str = "SimpleItem"
    command: int = 0
    frame: int = RELATIVE
    params: list[float | None] = []


class _Mission(msgspec.Struct):
    items: list[_Item]
    plannedHomePosition: list[float]
    hoverSpeed: float | None = None


class _Plan(msgspec.Struct):
    fileType: str
    mission: _Mission
    version: int = 1
    geoFence: _Fence | None = None
    rallyPoints: _Rally | None = None


def plan_sheet(data: bytes, name: str, file: str) -> Sheet:
    """The sheet of a `.plan`; raises BadFile with the item."""
    _refuse_size(data, file)
    plan = json_of(data, _Plan, file)
    if plan.fileType != "Plan" or plan.version != 1:
        raise BadFile(file, "fileType", "Plan of version 1 was expected")
    items = []
    for number, item in enumerate(plan.mission.items, 1):
        if item.type != "SimpleItem" or len(item.params) != 7:
            raise BadFile(file, f"item {number}", f"a SimpleItem with 7 params was expected, found {item.type!r:.40}")
        p = item.params
        items.append(Item(item.command, item.frame, (p[0], p[1], p[2], p[3], p[4], p[5], p[6])))
    home = plan.mission.plannedHomePosition
    if len(home) < 2:
        raise BadFile(file, "plannedHomePosition", "latitude, longitude and altitude were expected")
    fences = () if plan.geoFence is None else tuple((p.inclusion, tuple(p.polygon)) for p in plan.geoFence.polygons)
    rally = () if plan.rallyPoints is None else tuple(plan.rallyPoints.points)
    place = _place(file, home[0], home[1], home[2] if len(home) > 2 else 0.0)
    speed = plan.mission.hoverSpeed
    return Sheet(Mission(name, place, items), fences, rally, speed if speed is not None and speed > 0 else None)


def _refuse_size(data: bytes, file: str) -> None:
    if len(data) > BIGGEST:
        raise BadFile(file, "", f"a file of at most {BIGGEST // 1_000_000} MB was expected")


def _place(file: str, lat: float, lon: float, height: float) -> Geodetic:
    try:
        return Geodetic(lat, lon, height)
    except ValueError as error:
        raise BadFile(file, "home", str(error)) from error


def _row(number: int, current: int, frame: int, command: int, params: tuple[float | None, ...]) -> str:
    cells = ["0" if v is None else f"{v:.10f}".rstrip("0").rstrip(".") if v else "0" for v in params[:4]]
    cells += ["0" if not v else f"{v:.8f}" for v in params[4:6]]
    cells += ["0" if not v else f"{v:.5f}".rstrip("0").rstrip(".") for v in params[6:]]
    return "\t".join([str(number), str(current), str(frame), str(command), *cells, "1"])


def _table(rows: list[tuple[int, int, tuple[float | None, ...]]]) -> bytes:
    lines = [_row(k, int(k == 0), frame, command, params) for k, (frame, command, params) in enumerate(rows)]
    return "\n".join([_HEAD, *lines, ""]).encode("ascii")


def wpl_bytes(sheet: Sheet) -> dict[str, bytes]:
    """`NAME.waypoints` with home in line 0, and `NAME.rally.waypoints`; a sheet without items holds the fences."""
    mission, home = sheet.mission, sheet.mission.home
    first = (ABSOLUTE, WAYPOINT, (0.0, 0.0, 0.0, 0.0, home.latitude_deg, home.longitude_deg, home.altitude_m))
    rows: list[tuple[int, int, tuple[float | None, ...]]] = [first]
    if not mission.items:
        for inside, ring in sheet.fences:
            command, count = FENCE_IN if inside else FENCE_OUT, float(len(ring))
            rows += [(RELATIVE, command, (count, 0.0, 0.0, 0.0, lat, lon, 0.0)) for lat, lon in ring]
        return {f"{mission.name}.waypoints": _table(rows)}
    rows += [(item.frame, item.command, item.params) for item in mission.items]
    rally: list[tuple[int, int, tuple[float | None, ...]]] = [first]
    rally += [(RELATIVE, RALLY, (0.0, 0.0, 0.0, 0.0, *point)) for point in sheet.rally]
    return {f"{mission.name}.waypoints": _table(rows), f"{mission.name}.rally.waypoints": _table(rally)}


def wpl_sheet(data: bytes, name: str, file: str) -> Sheet:
    """The sheet of a `.waypoints` file; raises BadFile with the line."""
    _refuse_size(data, file)
    lines = text_of(data, file).replace("\r\n", "\n").split("\n")
    if lines[0].strip() != _HEAD:
        raise BadFile(file, "line 1", f"{_HEAD} was expected, found {lines[0]!r:.40}")
    if lines[-1] != "":
        raise BadFile(file, f"line {len(lines)}", "a whole last line was expected, the file breaks off")
    rows: list[Item] = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split()
        try:
            if len(cells) != 12 or max(map(len, cells)) > 40 or len(rows) > MOST_ITEMS:
                raise ValueError
            p: list[Any] = [float(c) for c in cells[4:11]]
            if not all(abs(v) < 1e9 for v in p):  # also catches what is not a number
                raise ValueError
            rows.append(Item(int(cells[3]), int(cells[2]), (p[0], p[1], p[2], p[3], p[4], p[5], p[6])))
        except ValueError as error:
            raise BadFile(file, f"line {number}", f"12 numbers were expected, found {line!r:.60}") from error
    if not rows or rows[0].command not in (0, WAYPOINT):
        raise BadFile(file, "line 2", "the home position was expected")
    h = rows[0].params
    home = _place(file, h[4] or 0.0, h[5] or 0.0, h[6] or 0.0)
    items = [r for r in rows[1:] if r.command not in (FENCE_IN, FENCE_OUT, RALLY)]
    return Sheet(Mission(name, home, items), _rings(rows, file), ())


def _rings(rows: list[Item], file: str) -> Fences:
    out: list[tuple[bool, tuple[LatLon, ...]]] = []
    points: list[LatLon] = []
    for row in rows:
        if row.command not in (FENCE_IN, FENCE_OUT):
            continue
        points.append((row.params[4] or 0.0, row.params[5] or 0.0))
        count = int(row.params[0] or 0)
        if not 3 <= count <= _MOST_POINTS:
            raise BadFile(file, f"command {row.command}", f"3 to {_MOST_POINTS} corners were expected, found {count}")
        if len(points) == count:
            out.append((row.command == FENCE_IN, tuple(points)))
            points = []
    if points:
        raise BadFile(file, "", "a fence with all its corners was expected")
    return tuple(out)
