"""MAVLink missions: QGroundControl `.plan` and `QGC WPL 110`, one file per drone, out and in.

Sources: docs.qgroundcontrol.com (plan), mavlink.io (file formats, commands), as laid down in the project's format notes
(3.9). Every drone has its own mission from its own home; heights are relative to it. The fence of the venue and its
no-fly zones are polygons 5001 and 5002, the landing place is the rally point. `geofence.plan` and `geofence.waypoints`
hold the fence alone, with the venue's origin as home, so that a set can be put together again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec
import numpy as np

from exporters.content import not_read
from exporters.missions.earth import from_earth, to_earth
from exporters.missions.legs import MOST_ITEMS, STEP_US, Mission, flies, flown, mission_of
from exporters.missions.sheets import Sheet, plan_bytes, plan_sheet, wpl_bytes, wpl_sheet
from exporters.samples import Sampler, refuse_early
from exporters.smoothing import drones_of_flights
from showeditor.export.assembly import end_of
from showeditor.export.format import Carried, Files, Resolution, Status
from showeditor.export.names import safe_member
from showeditor.export.paths import farthest
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan
from showeditor.model.venue import Geodetic, Geofence, Ring, Venue, Zone

FENCE = "geofence"
TOLERANCES_M = (0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5)
_ORIGIN = Geodetic(0.0, 0.0, 0.0)


def _missions(plan: Plan) -> list[Mission]:
    origin = plan.venue.origin or _ORIGIN
    sampler = Sampler.of(plan.drones)
    return [mission_of(sampler, i, origin) for i in range(len(plan.drones)) if flies(plan.drones, i)]


def _stray_m(plan: Plan) -> float:
    """How far the missions, flown on paper, leave the paths: the first of TOLERANCES_M that holds, or infinity."""
    origin = plan.venue.origin or _ORIGIN
    back = drones_of_flights([flown(m, origin).flight for m in _missions(plan)], 0.0)
    number = {name: j for j, name in enumerate(back.name)}
    pairs = [(i, number[name]) for i, name in enumerate(plan.drones.name) if name in number]
    return next(
        (limit for limit in TOLERANCES_M if farthest(plan.drones, back, pairs, limit).distance_m <= limit), np.inf
    )


@dataclass(frozen=True)
class Missions:
    """The formats `qgc-plan` and `qgc-wpl`."""

    id: str
    title: str
    title_zh: str
    ending: str
    status: Status = "proven"
    reads: bool = True
    writes: bool = True

    @property
    def limits(self) -> Mapping[str, int | float | str]:
        """Items, spacing and what a mission cannot say."""
        return {"max_items": MOST_ITEMS, "leg_us": STEP_US, "clock": "none", "needs": "venue origin"}

    def carried(self, plan: Plan) -> Carried:
        """All drones that fly."""
        return Carried(drones=tuple(i for i in range(len(plan.drones)) if flies(plan.drones, i)))

    def resolution(self, plan: Plan) -> Resolution:
        """How far missions flown on paper leave the paths; light does not travel."""
        stray = _stray_m(plan)
        return Resolution(1000, min(stray, TOLERANCES_M[-1]), 0.1, 0.3, 0, 255)

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        """That a mission has no clock, and that light stays out."""
        out = [
            Finding(
                "MISSION-NO-CLOCK",
                "warn",
                f"{self.id}: a mission carries no show clock: each drone flies its legs as its autopilot can, and the "
                "drones drift apart in time; use it for rehearsal, site checks and single drones, not for a show",
                f"{self.id}：航线任务不含演出时钟：各机按自身飞控执行，时间会逐渐错开；仅用于排练、场地检查和单机，不可用于正式演出",
            )
        ]
        if len(plan.drones.key_t_us):
            en, zh = f"{self.id}: the format holds no light", f"{self.id}：此格式不含灯光"
            out.append(Finding("FORMAT-NO-LIGHT", "note", en, zh))
        return tuple(out)

    def write(self, plan: Plan) -> dict[str, bytes]:
        """A mission for every drone that flies and the fence alone; raises Unfit."""
        origin = plan.venue.origin
        if origin is None:
            raise Unfit(
                self.id, "the venue", "has no place on earth; a mission needs latitudes: set the venue's origin"
            )
        refuse_early(self.id, plan.drones)
        if not np.isfinite(_stray_m(plan)):
            raise Unfit(
                self.id, "the drones", f"turn too sharply for a leg a second: more than {TOLERANCES_M[-1]} m off"
            )
        fences = _fences(plan.venue, origin)
        out: dict[str, bytes] = {}
        taken = {FENCE}
        for mission in _missions(plan):
            name = mission.name
            if "/" in name or name.lower().endswith(".rally") or not safe_member(name + self.ending):
                raise Unfit(self.id, f"drone {name!r}", "its name cannot be the name of a file")
            if name.casefold() in taken:
                raise Unfit(self.id, f"drone {name!r}", "its file name is taken")
            if len(mission.items) > MOST_ITEMS:
                raise Unfit(self.id, f"drone {name!r}", f"{len(mission.items)} items, {MOST_ITEMS} are the most")
            taken.add(name.casefold())
            last = mission.items[-1].params
            height = max(plan.limits.min_nav_altitude_m, 1.0)
            rally = (float(last[4] or 0.0), float(last[5] or 0.0), height)
            out |= self._files(Sheet(mission, fences, (rally,)))
        out |= self._files(Sheet(Mission(FENCE, origin), fences, ()))
        return out

    def _files(self, sheet: Sheet) -> dict[str, bytes]:
        if self.ending == ".plan":
            return {f"{sheet.mission.name}.plan": plan_bytes(sheet)}
        return wpl_bytes(sheet)

    def read(self, files: Files, name: str) -> Plan:
        """The drones of a set, each named after its file, flown on paper; raises BadFile with the file and item."""
        sheets: list[Sheet] = []
        fence: Sheet | None = None
        for file in sorted(files, key=lambda f: (len(f), f)):
            own = file.rpartition("/")[2]
            stem = own[: -len(self.ending)] if own.lower().endswith(self.ending) else own
            sheet = (plan_sheet if self.ending == ".plan" else wpl_sheet)(files[file], stem, own)
            if stem.lower().endswith(".rally"):
                continue
            if stem.lower() == FENCE:
                fence = sheet
            elif not sheet.mission.items:
                raise BadFile(own, "", "a mission with at least one item was expected")
            else:
                sheets.append(sheet)
        if not sheets:
            raise BadFile(name, "", f"at least one mission ({self.ending}) was expected")
        if len({s.mission.name for s in sheets}) != len(sheets):
            raise BadFile(name, "", "two missions are named alike")
        first = fence or sheets[0]
        origin = first.mission.home
        problems: list[Finding] = []
        flights = []
        for sheet in sheets:
            try:
                done = flown(sheet.mission, origin, sheet.speed_mps)
            except ValueError as error:
                raise BadFile(sheet.mission.name + self.ending, "", str(error)) from error
            flights.append(done.flight)
            if done.skipped:
                en, zh = f"{done.skipped} items without a leg", f"{done.skipped} 条非航段指令"
                problems.append(not_read(self.id, en, zh, (sheet.mission.name,)))
            if done.assumed:
                en, zh = "no speed is stated, 5 m/s is assumed", "未给出速度，按 5 米/秒计算"
                ids = (sheet.mission.name,)
                problems.append(Finding("MISSION-SPEED", "warn", f"{self.id}: {en}", f"{self.id}：{zh}", ids=ids))
        try:
            drones = drones_of_flights(flights, 0.0)
            venue = _venue(origin, first)
        except ValueError as error:
            raise BadFile(name, "", str(error)) from error
        title = name.removesuffix(self.ending)
        return Plan(title, max(1, end_of(drones)), venue=venue, drones=drones, problems=tuple(problems))

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether it begins as such a file does."""
        if self.ending == ".plan":
            return b'"fileType"' in head and b'"Plan"' in head
        return head.lstrip(b"\xef\xbb\xbf").startswith(b"QGC WPL ")


def _ring_on_earth(ring: Ring, origin: Geodetic) -> tuple[tuple[float, float], ...]:
    points = to_earth(np.array([[x, y, 0.0] for x, y in ring]), origin)
    return tuple((round(lat, 10), round(lon, 10)) for lat, lon, _ in points.tolist())


def _fences(venue: Venue, origin: Geodetic) -> tuple[tuple[bool, tuple[tuple[float, float], ...]], ...]:
    out = [] if venue.geofence is None else [(True, _ring_on_earth(venue.geofence.ring, origin))]
    out += [(False, _ring_on_earth(z.ring, origin)) for z in venue.zones if z.kind == "no_fly"]
    return tuple(out)


def _venue(origin: Geodetic, sheet: Sheet) -> Venue:
    venue: dict[str, Any] = {"origin": origin, "zones": ()}
    for inside, ring in sheet.fences:
        flat = from_earth(np.array([[lat, lon, origin.altitude_m] for lat, lon in ring]), origin)
        local: Ring = tuple((float(x), float(y)) for x, y, _ in flat)
        if inside and "geofence" not in venue:
            venue["geofence"] = Geofence(local)
        elif not inside:
            venue["zones"] = (*venue["zones"], Zone(f"no-fly {len(venue['zones']) + 1}", "no_fly", local))
    return msgspec.structs.replace(Venue(), **venue)


QGC_PLAN = Missions("qgc-plan", "QGroundControl .plan, one per drone", "QGroundControl .plan，每机一个", ".plan")
QGC_WPL = replace(
    QGC_PLAN,
    id="qgc-wpl",
    title="QGC WPL 110 (.waypoints), one per drone",
    title_zh="QGC WPL 110（.waypoints），每机一个",
    ending=".waypoints",
)
