"""VVIZ 1.0: the exchange file of drone and firework design programs, out and in.

Source: Verge's vviz-format page, the head of Finale 3D's, and a third reader's schema, as laid down in the project's
format notes (3.4). Two things are not settled between programs, so they are options:

* Handedness. Verge: X right, Y up, Z forward. Finale 3D's own frame: Z toward the viewer. `vviz` follows Verge,
  `vviz-finale` turns Z round. Load a show without symmetry and look before relying on either. Files of the second kind
  are marked in `performanceName`; nothing else in the format could tell them apart.
* `frames` of a colour. Verge: the colour is held for so many frames ("held", the default). Some writers store the
  frames since the colour before ("since"). Files that we write this way say so in an own field `colorFrames`, which
  other programs pass over; of files without it the option decides.

`convert SHOW.vviz --as vviz:frames=since` reads and `export --format vviz:frames=since` writes the second way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import starmap
from typing import Literal

import msgspec
import numpy as np

from exporters.content import clean_name, json_of, not_read, only, step_of, title_from
from exporters.samples import (
    Sampler,
    changes,
    end_us,
    refuse_early,
    refuse_fast,
    resolution_of,
    sampled_remarks,
    ticks_until,
)
from exporters.smoothing import Flight, drones_of_flights
from exporters.steps import STRAY_LEVELS, stepped
from showeditor.export.assembly import LONGEST_US, end_of
from showeditor.export.format import Carried, Files, Resolution, Status
from showeditor.export.names import file_stem
from showeditor.model.arrays import Flags, Floats
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Mark, Plan
from showeditor.model.venue import Geodetic, Venue

TICK_US = 250_000
COLOUR_RATE = 25
FRAME_US = 1_000_000 // COLOUR_RATE
DECIMALS = 4
FARTHEST_M = 10_000.0
_MARK = " (Z toward the viewer)"


class _Move(msgspec.Struct, gc=False):
    dx: float
    dy: float
    dz: float
    dt: float


class _Shine(msgspec.Struct, gc=False):
    r: int
    g: int
    b: int
    w: int
    frames: int


class _Step(msgspec.Struct, gc=False):
    dx: float
    dy: float
    dz: float
    dt: float | None = None
    dh: float = 0.0


class _Agent(msgspec.Struct):
    homeX: float
    homeY: float
    homeZ: float
    agentTraversal: list[_Step]
    homeH: float = 0.0


class _Action(msgspec.Struct, gc=False):
    r: float
    g: float
    b: float
    w: float = 0.0
    frames: float | None = None


class _Payload(msgspec.Struct):
    type: str = ""
    payloadActions: list[_Action] = []


class _Performance(msgspec.Struct):
    agentDescription: _Agent
    id: int | str | None = None
    name: str | None = None
    payloadDescription: list[_Payload] = []


class _Ground(msgspec.Struct):
    lat: float
    lon: float
    alt: float = 0.0


class _Tag(msgspec.Struct):
    time: float
    tagType: str = ""
    tagID: str | None = None


class _File(msgspec.Struct):
    version: str | float
    performances: list[_Performance]
    performanceName: str | None = None
    coordinateFrame: str = "ogl"
    globalReferenceFrame: _Ground | None = None
    defaultPositionRate: float = 4.0
    defaultColorRate: float = 24.0
    timeOffsetSecs: float = 0.0
    eventTags: list[_Tag] | None = None
    colorFrames: Literal["held", "since"] | None = None


def turned(points: Floats, toward_viewer: bool) -> Floats:
    """Points (..., 3) of the venue (east, north, up) as X, Y, Z of the file."""
    sign = -1.0 if toward_viewer else 1.0
    out: Floats = np.stack([points[..., 0], points[..., 2], sign * points[..., 1]], axis=-1)
    return out


def turned_back(points: Floats, toward_viewer: bool) -> Floats:
    """X, Y, Z (..., 3) of the file in the venue's frame; the inverse of `turned`."""
    sign = -1.0 if toward_viewer else 1.0
    out: Floats = np.stack([points[..., 0], sign * points[..., 2], points[..., 1]], axis=-1)
    return out


@dataclass(frozen=True)
class Vviz:
    """The formats `vviz` and `vviz-finale`; see the module for what `toward_viewer` and `frames` decide.

    Deltas are differences of rounded places, so rounding never adds up. Each drone's name stands in an own field
    `name`, which other programs pass over.
    """

    id: str = "vviz"
    title: str = "VVIZ 1.0 (Z forward, as Verge states)"
    title_zh: str = "VVIZ 1.0（Z 朝前，按 Verge 的说明）"
    toward_viewer: bool = False
    frames: str = "held"
    status: Status = "columns proven"
    reads: bool = True
    writes: bool = True

    @property
    def limits(self) -> Mapping[str, int | float | str]:
        """Rates, step and range."""
        return {
            "position_tick_us": TICK_US,
            "light_tick_us": FRAME_US,
            "step_m": 10.0**-DECIMALS,
            "max_coordinate_m": FARTHEST_M,
            "frame": "x right, y up, z toward the viewer" if self.toward_viewer else "x right, y up, z forward",
            "not_proven": "programs disagree about the Z axis and about the frames of a colour",
        }

    @property
    def options(self) -> Mapping[str, tuple[str, ...]]:
        """How the frames of a colour count."""
        return {"frames": ("held", "since")}

    def tuned(self, choices: Mapping[str, str]) -> "Vviz":
        """The same format with this reading of `frames`."""
        return replace(self, **choices)

    def carried(self, plan: Plan) -> Carried:
        """All drones."""
        return Carried(drones=tuple(range(len(plan.drones))))

    def resolution(self, plan: Plan) -> Resolution:
        """What straight lines between four positions a second leave out; colours held on frames of 40 ms."""
        return resolution_of(plan, TICK_US, 10.0**-DECIMALS, FRAME_US, STRAY_LEVELS + 1)

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        """What samples leave out, and that programs disagree about the Z axis."""
        way, way_zh = (
            ("toward the viewer: south", "朝向观众：南") if self.toward_viewer else ("forward: north", "朝前：北")
        )
        unsure = Finding(
            "VVIZ-AXES",
            "note",
            f"{self.id}: Z points {way}; programs disagree about it, so look at a show without symmetry before "
            "relying on the picture. The format is for pictures, not for flight",
            f"{self.id}：Z 轴{way_zh}；各软件定义不一，请先用不对称的节目确认画面。此格式用于预览，不用于飞行",
        )
        return (unsure, *sampled_remarks(self.id, plan, TICK_US))

    def write(self, plan: Plan) -> dict[str, bytes]:
        """`TITLE.vviz`; raises Unfit."""
        drones = plan.drones
        refuse_early(self.id, drones)
        refuse_fast(self.id, plan, TICK_US)
        t_us = ticks_until(end_us(plan), TICK_US)
        frames = len(ticks_until(end_us(plan), FRAME_US))
        sampler = Sampler.of(drones)
        performances: list[object] = []
        for i, name in enumerate(drones.name):
            places = np.round(turned(sampler.places(i, t_us), self.toward_viewer) * 10**DECIMALS)
            if np.abs(places).max() > FARTHEST_M * 10**DECIMALS:
                raise Unfit(self.id, f"drone {name!r}", f"flies farther than {FARTHEST_M:g} m from the origin")
            home = (places[0] / 10**DECIMALS + 0.0).tolist()
            steps = np.empty((len(t_us) - 1, 4))
            steps[:, :3] = np.diff(places, axis=0) / 10**DECIMALS + 0.0
            steps[:, 3] = TICK_US / 1e6
            at, rgb = stepped(drones, i, FRAME_US, frames - 1)
            shine = np.zeros((len(at), 5), dtype=np.int64)
            lasts = np.diff(at, append=frames) if self.frames == "held" else np.diff(at, prepend=0)
            shine[:, :3], shine[:, 4] = rgb, lasts
            agent = {"homeX": home[0], "homeY": home[1], "homeZ": home[2], "homeH": 0.0, "airframe": "drone"}
            light = {"id": 0, "type": "Light", "lumens": 900.0, "colorType": "RGBW", "sourceType": "Dome"}
            one = {
                "id": i,
                "name": name,
                "agentDescription": {**agent, "agentTraversal": list(starmap(_Move, steps.tolist()))},
                "payloadDescription": [{**light, "payloadActions": list(starmap(_Shine, shine.tolist()))}],
            }
            # encoded one by one: a fleet of dictionaries would fill the memory
            performances.append(msgspec.Raw(msgspec.json.encode(one)))
        show: dict[str, object] = {
            "version": "1.0",
            "performanceName": plan.title + (_MARK if self.toward_viewer else ""),
            "coordinateFrame": "ogl",
        }
        origin = plan.venue.origin
        if origin is not None:
            show["globalReferenceFrame"] = {
                "lat": origin.latitude_deg,
                "lon": origin.longitude_deg,
                "alt": origin.altitude_m,
            }
        show |= {
            "defaultPositionRate": 1_000_000 / TICK_US,
            "defaultColorRate": float(COLOUR_RATE),
            "timeOffsetSecs": 0.0,
            **({"colorFrames": self.frames} if self.frames != "held" else {}),
            "eventTags": [{"time": m.t_us / 1e6, "tagType": "EffectStart", "tagID": m.name} for m in plan.marks],
            "performances": performances,
        }
        return {f"{file_stem(plan.title)}.vviz": msgspec.json.encode(show)}

    def read(self, files: Files, name: str) -> Plan:
        """The drones of a show; raises BadFile with the drone and field."""
        _, data = only(files, name, ".vviz")
        file = json_of(data, _File, name)
        if str(file.version) not in ("1.0", "1"):
            raise BadFile(name, "version", f"1.0 was expected, found {file.version!r:.20}")
        if file.coordinateFrame.lower() != "ogl":
            raise BadFile(name, "coordinateFrame", f"ogl was expected, found {file.coordinateFrame!r:.20}")
        for rate in ("defaultPositionRate", "defaultColorRate"):
            if not 0.01 <= getattr(file, rate) <= 10_000:
                raise BadFile(name, rate, "a rate between 0.01 and 10000 a second was expected")
        if abs(file.timeOffsetSecs) * 1e6 > LONGEST_US:
            raise BadFile(name, "timeOffsetSecs", "a time within 48 hours was expected")
        if not file.performances:
            raise BadFile(name, "performances", "at least one drone was expected")
        flights: list[Flight] = []
        left: dict[tuple[str, str], list[str]] = {}
        names: set[str] = set()
        step = 1.0
        for number, one in enumerate(file.performances, 1):
            who = clean_name(one.name or "", "" if one.id is None else f"D{one.id}") or f"D{number}"
            while who in names:
                who = f"{who} ({number})"
            names.add(who)
            flight, own = self._flight(file, one, who, name)
            step = min(step, own)
            flights.append(flight)
            for words in _unread(one):
                left.setdefault(words, []).append(who)
        try:
            drones = drones_of_flights(flights, step)
            venue = Venue() if file.globalReferenceFrame is None else Venue(origin=_origin(file.globalReferenceFrame))
        except ValueError as error:
            raise BadFile(name, "", str(error)) from error
        marks = tuple(
            Mark(clean_name(tag.tagID or tag.tagType, "mark"), round((tag.time + file.timeOffsetSecs) * 1e6))
            for tag in file.eventTags or []
            if abs(tag.time) * 1e6 < LONGEST_US
        )
        title = (file.performanceName or "").removesuffix(_MARK)
        return Plan(
            title=clean_name(title, "") or title_from(name, ".vviz"),
            duration_us=max(1, end_of(drones), *(m.t_us for m in marks), 1),
            venue=venue,
            drones=drones,
            marks=marks,
            problems=tuple(not_read(self.id, en, zh, tuple(ids)) for (en, zh), ids in sorted(left.items())),
        )

    def _flight(self, file: _File, one: _Performance, who: str, name: str) -> tuple[Flight, float]:
        agent = one.agentDescription
        steps = np.array([(s.dx, s.dy, s.dz) for s in agent.agentTraversal], dtype=np.float64).reshape(-1, 3)
        usual = 1.0 / file.defaultPositionRate
        lasts = np.array([usual if s.dt is None else s.dt for s in agent.agentTraversal], dtype=np.float64)
        home = np.array([agent.homeX, agent.homeY, agent.homeZ])
        places = np.concatenate([home[None], home + np.cumsum(steps, axis=0)])
        t_s = np.concatenate([[0.0], np.cumsum(lasts)]) + file.timeOffsetSecs
        if not (np.abs(places).max() < 1e6 and np.abs(t_s).max() * 1e6 < 2 * LONGEST_US):
            raise BadFile(
                name, f"{who}: agentTraversal", "places within 100 km and times within 48 hours were expected"
            )
        t_us = np.floor(t_s * 1e6 + 0.5).astype(np.int64)
        moved: Flags = np.concatenate([[True], (np.diff(t_us) != 0) | steps.any(axis=1)])
        t_us, places = t_us[moved], places[moved]
        if (np.diff(t_us) <= 0).any():
            k = int(np.argmax(np.diff(t_us) <= 0)) + 1
            raise BadFile(name, f"{who}: agentTraversal[{k}]", "a dt above zero was expected")
        actions = next((p.payloadActions for p in one.payloadDescription if p.type == "Light"), [])
        flight = Flight(who, t_us, turned_back(places, self.toward_viewer))
        step = step_of(np.concatenate([steps, home[None]]))
        return self._lit(file, actions, flight, name), step

    def _lit(self, file: _File, actions: list[_Action], flight: Flight, name: str) -> Flight:
        if not actions:
            return flight
        rgb = np.array([(a.r, a.g, a.b, a.w) for a in actions], dtype=np.float64)
        count = np.array([1.0 if a.frames is None else a.frames for a in actions], dtype=np.float64)
        if not ((rgb >= 0) & (rgb <= 255)).all() or not ((count >= 0) & (count < 1e9)).all():
            raise BadFile(
                name, f"{flight.name}: payloadActions", "colours of 0 to 255 and frames above 0 were expected"
            )
        end = np.cumsum(count)
        begin = (end - count if (file.colorFrames or self.frames) == "held" else end) / file.defaultColorRate + file.timeOffsetSecs
        if begin[-1] * 1e6 > LONGEST_US:
            raise BadFile(name, f"{flight.name}: payloadActions", "times within 48 hours were expected")
        t_us = np.floor(begin * 1e6 + 0.5).astype(np.int64)
        rgbw = np.floor(rgb + 0.5).astype(np.uint8)
        shown = np.append(np.diff(t_us) > 0, True)  # of colours at one moment the last one shows
        t_us, rgbw = t_us[shown], rgbw[shown]
        at = changes(rgbw)
        return Flight(
            flight.name, flight.t_us, flight.places, None, t_us[at], rgbw[at], np.zeros(len(at), dtype=np.bool_)
        )

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether it is JSON that begins like a VVIZ, or a file of that name, with this one's Z axis."""
        marked = _MARK.encode() in head
        looks = name.lower().endswith(".vviz") or (
            head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and b'"coordinateFrame"' in head and b'"version"' in head
        )
        return looks and marked == self.toward_viewer


def _origin(ground: _Ground) -> Geodetic:
    return Geodetic(ground.lat, ground.lon, ground.alt)


def _unread(one: _Performance) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    if any(p.type == "Pyro" for p in one.payloadDescription):
        out.append(("pyro payloads", "烟火载荷"))
    if sum(p.type == "Light" for p in one.payloadDescription) > 1:
        out.append(("second lights", "第二个灯"))
    if any(s.dh for s in one.agentDescription.agentTraversal):
        out.append(("headings", "航向"))
    return out


VVIZ = Vviz()
VVIZ_FINALE = Vviz(
    "vviz-finale",
    "VVIZ 1.0 with Z toward the viewer, as Finale 3D's own frame",
    "VVIZ 1.0（Z 朝向观众，按 Finale 3D 坐标系）",
    toward_viewer=True,
)
