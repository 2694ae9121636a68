"""The JSON of VVIZ 1.0, as written and as read; fields that are not named here are passed over."""

from typing import Literal

import msgspec


class Step(msgspec.Struct, gc=False):
    """A step as read."""

    dx: float
    dy: float
    dz: float
    dt: float | None = None
    dh: float = 0.0


class Agent(msgspec.Struct):
    """A drone and its way."""

    homeX: float
    homeY: float
    homeZ: float
    agentTraversal: list[Step]
    homeH: float = 0.0


class Action(msgspec.Struct, gc=False):
    """A colour as read."""

    r: float
    g: float
    b: float
    w: float = 0.0
    frames: float | None = None


class Payload(msgspec.Struct):
    """A light or a firework; `channel` is an own field."""

    type: str = ""
    payloadActions: list[Action] = []
    eventTime: float = 0.0
    vdl: str = ""
    pan: float = 0.0
    tilt: float = 0.0
    channel: int = 0


class Performance(msgspec.Struct):
    """One drone."""

    agentDescription: Agent
    id: int | str | None = None
    name: str | None = None
    payloadDescription: list[Payload] = []


class Ground(msgspec.Struct):
    """Where the origin lies on earth."""

    lat: float
    lon: float
    alt: float = 0.0


class Tag(msgspec.Struct):
    """A named moment."""

    time: float
    tagType: str = ""
    tagID: str | None = None


class File(msgspec.Struct):
    """A whole file."""

    version: str | float
    performances: list[Performance]
    performanceName: str | None = None
    coordinateFrame: str = "ogl"
    globalReferenceFrame: Ground | None = None
    defaultPositionRate: float = 4.0
    defaultColorRate: float = 24.0
    timeOffsetSecs: float = 0.0
    eventTags: list[Tag] | None = None
    colorFrames: Literal["held", "since"] | None = None
