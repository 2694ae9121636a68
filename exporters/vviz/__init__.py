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

import msgspec
import numpy as np

from exporters.content import clean_name, json_of, not_read, only, title_from
from exporters.headings import heading_at, stray_deg
from exporters.payload import Fire, fires_of, payload_of, whole
from exporters.samples import (
    Sampler,
    end_us,
    refuse_early,
    refuse_fast,
    resolution_of,
    sampled_remarks,
    ticks_until,
)
from exporters.smoothing import Flight, drones_of_flights
from exporters.steps import STRAY_LEVELS, stepped
from exporters.vviz.layout import File
from exporters.vviz.reading import Reading, charge, fires_in, flight_of, origin_of, turned, turned_back
from exporters.vviz.text import actions, traversal
from showeditor.export.assembly import LONGEST_US, end_of
from showeditor.export.format import Carried, Files, Resolution, Status
from showeditor.export.names import file_stem
from showeditor.export.payload import turning
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Mark, Plan
from showeditor.model.venue import Venue

TICK_US = 250_000
COLOUR_RATE = 25
FRAME_US = 1_000_000 // COLOUR_RATE
DECIMALS = 4
FARTHEST_M = 10_000.0
_MARK = " (Z toward the viewer)"


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
            "not_proven": "programs disagree about the Z axis and the frames of a colour; headings are taken clockwise "
            "from Z forward (north)",
        }

    @property
    def options(self) -> Mapping[str, tuple[str, ...]]:
        """How the frames of a colour count."""
        return {"frames": ("held", "since")}

    def tuned(self, choices: Mapping[str, str]) -> "Vviz":
        """The same format with this reading of `frames`."""
        return replace(self, frames=choices["frames"])

    def carried(self, plan: Plan) -> Carried:
        """All drones, their fireworks and headings."""
        return Carried((), tuple(range(len(plan.drones))), whole(plan), turning(plan.drones))

    def resolution(self, plan: Plan) -> Resolution:
        """What straight lines between four positions a second leave out; colours held on frames of 40 ms."""
        stray = stray_deg(plan.drones, TICK_US) + 0.002
        return replace(resolution_of(plan, TICK_US, 10.0**-DECIMALS, FRAME_US, STRAY_LEVELS + 1), yaw_deg=stray)

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
        fires, turns = fires_of(plan), set(turning(drones))
        for i, name in enumerate(drones.name):
            places = np.round(turned(sampler.places(i, t_us), self.toward_viewer) * 10**DECIMALS)
            if np.abs(places).max() > FARTHEST_M * 10**DECIMALS:
                raise Unfit(self.id, f"drone {name!r}", f"flies farther than {FARTHEST_M:g} m from the origin")
            home = (places[0] / 10**DECIMALS + 0.0).tolist()
            steps = np.diff(places, axis=0).astype(np.int64)
            at, rgb = stepped(drones, i, FRAME_US, frames - 1)
            lasts = np.diff(at, append=frames) if self.frames == "held" else np.diff(at, prepend=0)
            deg = np.round(heading_at(drones, i, t_us), 3)
            agent = {"homeX": home[0], "homeY": home[1], "homeZ": home[2], "homeH": float(deg[0]), "airframe": "drone"}
            moves = traversal(steps, DECIMALS, TICK_US, np.diff(deg) if i in turns else None)
            light = {"id": 0, "type": "Light", "lumens": 900.0, "colorType": "RGBW", "sourceType": "Dome"}
            one = {
                "id": i,
                "name": name,
                "agentDescription": {**agent, "agentTraversal": moves},
                "payloadDescription": [
                    {**light, "payloadActions": actions(rgb, lasts)},
                    *(charge(number, fire) for number, fire in enumerate(fires.get(i, ()), 1)),
                ],
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
        file = json_of(data, File, name)
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
        fires: list[list[Fire]] = []
        step = 1.0
        for number, one in enumerate(file.performances, 1):
            who = clean_name(one.name or "", "" if one.id is None else f"D{one.id}") or f"D{number}"
            while who in names:
                who = f"{who} ({number})"
            names.add(who)
            flight, own = flight_of(file, one, who, name, Reading(self.toward_viewer, self.frames))
            step = min(step, own)
            flights.append(flight)
            fires.append(fires_in(file, one, who, name))
            if sum(p.type == "Light" for p in one.payloadDescription) > 1:
                left.setdefault(("second lights", "第二个灯"), []).append(who)
        try:
            drones = drones_of_flights(flights, step)
            venue = Venue() if file.globalReferenceFrame is None else Venue(origin=origin_of(file.globalReferenceFrame))
        except ValueError as error:
            raise BadFile(name, "", str(error)) from error
        marks = tuple(
            Mark(clean_name(tag.tagID or tag.tagType, "mark"), round((tag.time + file.timeOffsetSecs) * 1e6))
            for tag in file.eventTags or []
            if abs(tag.time) * 1e6 < LONGEST_US
        )
        title = (file.performanceName or "").removesuffix(_MARK)
        ignitions, carriers = payload_of(drones, fires)
        return Plan(
            title=clean_name(title, "") or title_from(name, ".vviz"),
            duration_us=max(1, end_of(drones), *(m.t_us for m in marks), 1),
            venue=venue,
            drones=drones,
            ignitions=ignitions,
            carriers=carriers,
            marks=marks,
            problems=tuple(not_read(self.id, en, zh, tuple(ids)) for (en, zh), ids in sorted(left.items())),
        )

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether it is JSON that begins like a VVIZ, or a file of that name, with this one's Z axis."""
        marked = _MARK.encode() in head
        looks = name.lower().endswith(".vviz") or (
            head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and b'"coordinateFrame"' in head and b'"version"' in head
        )
        return looks and marked == self.toward_viewer


__all__ = ["VVIZ", "VVIZ_FINALE", "Vviz", "turned", "turned_back"]

VVIZ = Vviz()
VVIZ_FINALE = Vviz(
    "vviz-finale",
    "VVIZ 1.0 with Z toward the viewer, as Finale 3D's own frame",
    "VVIZ 1.0（Z 朝向观众，按 Finale 3D 坐标系）",
    toward_viewer=True,
)
