"""The drones of a VVIZ: ways, colours, headings and fireworks."""

from dataclasses import dataclass, replace

import numpy as np

from exporters.content import step_of
from exporters.payload import Fire
from exporters.samples import changes
from exporters.smoothing import Flight
from exporters.vviz.layout import Action, File, Ground, Performance
from showeditor.export.assembly import LONGEST_US
from showeditor.model.arrays import Flags, Floats, Longs
from showeditor.model.errors import BadFile
from showeditor.model.venue import Geodetic


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be understood: the way of Z, and what the frames of a colour count."""

    toward_viewer: bool
    frames: str


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


def flight_of(file: File, one: Performance, who: str, name: str, reading: Reading) -> tuple[Flight, float]:
    """The flight of one drone and the step that its numbers were rounded to; raises BadFile."""
    agent = one.agentDescription
    steps = np.array([(s.dx, s.dy, s.dz) for s in agent.agentTraversal], dtype=np.float64).reshape(-1, 3)
    usual = 1.0 / file.defaultPositionRate
    lasts = np.array([usual if s.dt is None else s.dt for s in agent.agentTraversal], dtype=np.float64)
    home = np.array([agent.homeX, agent.homeY, agent.homeZ])
    places = np.concatenate([home[None], home + np.cumsum(steps, axis=0)])
    t_s = np.concatenate([[0.0], np.cumsum(lasts)]) + file.timeOffsetSecs
    if not (np.abs(places).max() < 1e6 and np.abs(t_s).max() * 1e6 < 2 * LONGEST_US):
        raise BadFile(name, f"{who}: agentTraversal", "places within 100 km and times within 48 hours were expected")
    t_us = np.floor(t_s * 1e6 + 0.5).astype(np.int64)
    turn = np.array([s.dh for s in agent.agentTraversal], dtype=np.float64)
    heading = np.concatenate([[0.0], np.cumsum(turn)]) + agent.homeH
    if not np.abs(heading).max() < 1e6:
        raise BadFile(name, f"{who}: agentTraversal", "headings within 1000000 degrees were expected")
    turn_t, heading = _headed(t_us, heading) if turn.any() else (t_us[:0], heading[:0])
    moved: Flags = np.concatenate([[True], (np.diff(t_us) != 0) | steps.any(axis=1)])
    t_us, places = t_us[moved], places[moved]
    if (np.diff(t_us) <= 0).any():
        k = int(np.argmax(np.diff(t_us) <= 0)) + 1
        raise BadFile(name, f"{who}: agentTraversal[{k}]", "a dt above zero was expected")
    actions = next((p.payloadActions for p in one.payloadDescription if p.type == "Light"), [])
    flight = Flight(who, t_us, turned_back(places, reading.toward_viewer), yaw_t_us=turn_t, yaw_deg=heading)
    step = step_of(np.concatenate([steps, home[None]]))
    return _lit(file, actions, flight, name, reading.frames), step


def _lit(file: File, actions: list[Action], flight: Flight, name: str, frames: str) -> Flight:
    if not actions:
        return flight
    rgb = np.array([(a.r, a.g, a.b, a.w) for a in actions], dtype=np.float64)
    count = np.array([1.0 if a.frames is None else a.frames for a in actions], dtype=np.float64)
    if not ((rgb >= 0) & (rgb <= 255)).all() or not ((count >= 0) & (count < 1e9)).all():
        raise BadFile(name, f"{flight.name}: payloadActions", "colours of 0 to 255 and frames above 0 were expected")
    end = np.cumsum(count)
    begin = (
        end - count if (file.colorFrames or frames) == "held" else end
    ) / file.defaultColorRate + file.timeOffsetSecs
    if begin[-1] * 1e6 > LONGEST_US:
        raise BadFile(name, f"{flight.name}: payloadActions", "times within 48 hours were expected")
    t_us = np.floor(begin * 1e6 + 0.5).astype(np.int64)
    rgbw = np.floor(rgb + 0.5).astype(np.uint8)
    shown = np.append(np.diff(t_us) > 0, True)  # of colours at one moment the last one shows
    t_us, rgbw = t_us[shown], rgbw[shown]
    at = changes(rgbw)
    return replace(flight, key_t_us=t_us[at], key_rgbw=rgbw[at], key_fade=np.zeros(len(at), dtype=np.bool_))


def origin_of(ground: Ground) -> Geodetic:
    """The place of the origin; raises ValueError."""
    return Geodetic(ground.lat, ground.lon, ground.alt)


def _headed(t_us: Longs, deg: Floats) -> tuple[Longs, Floats]:
    """Heading keys without those in the middle of an even turn; of keys at one moment the last stays."""
    last = np.append(np.diff(t_us) > 0, True)
    t_us, deg = t_us[last], deg[last]
    rate = np.diff(deg) / np.maximum(np.diff(t_us), 1) * 1e6
    bends = np.ones(len(deg), dtype=np.bool_)
    bends[1:-1] = np.abs(np.diff(rate)) > 0.02  # degrees a second: less is rounding
    return t_us[bends], deg[bends]


def charge(number: int, fire: Fire) -> dict[str, object]:
    """A pyro payload: pan clockwise about the vertical from the nose, tilt forward from straight up; own `channel`."""
    place = {"pan": fire.yaw_deg, "tilt": 90.0 - fire.pitch_deg, "channel": fire.channel}
    return {"id": number, "type": "Pyro", "eventTime": fire.t_us / 1e6, "vdl": fire.effect, **place}


def fires_in(file: File, one: Performance, who: str, name: str) -> list[Fire]:
    """The fireworks of one drone in order of time; raises BadFile."""
    out: list[Fire] = []
    charges = [p for p in one.payloadDescription if p.type == "Pyro"]
    for number, p in enumerate(charges, 1):
        t_s = p.eventTime + file.timeOffsetSecs
        if not (abs(t_s) * 1e6 <= LONGEST_US and abs(p.tilt) <= 360 and abs(p.pan) <= 1e6 and 0 <= p.channel < 1000):
            raise BadFile(name, f"{who}: Pyro payload {number}", "a time within 48 hours and a direction were expected")
        tilt, pan = (p.tilt, p.pan) if 0 <= p.tilt <= 180 else (-p.tilt if p.tilt < 0 else 360 - p.tilt, p.pan + 180)
        effect = "".join(c for c in p.vdl if c.isprintable())[:500]
        out.append(Fire(round(t_s * 1e6), p.channel or number, effect, 90.0 - min(tilt, 180.0), pan))
    return sorted(out, key=lambda fire: fire.t_us)
