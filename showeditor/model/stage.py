"""What happens on stage beside fireworks and drones: called cues, messages to other systems, captions."""

from dataclasses import dataclass
from typing import Literal

import msgspec

from showeditor.model.births import finite, named, positive, within
from showeditor.model.music import LONGEST_US, When

MscCommand = Literal["go", "stop", "resume", "load", "all_off", "restore", "reset", "go_off"]
MscKind = Literal["lighting", "sound", "machinery", "video", "projection", "process"]

Value = bool | int | float | str


class Call(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="by", tag="call"):
    """A person is called; nothing is sent."""


class Osc(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="by", tag="osc"):
    """An Open Sound Control message."""

    address: str
    values: tuple[Value, ...] = ()

    def __post_init__(self) -> None:
        named("OSC address", self.address)
        if not self.address.startswith("/") or any(not 33 <= ord(c) < 127 or c in "#*,?[]{}" for c in self.address):
            raise ValueError(
                f"an OSC address begins with / and holds no spaces and none of #*,?[]{{}}: {self.address!r}"
            )
        for value in self.values:
            if isinstance(value, str) and "\0" in value:
                raise ValueError(f"a text of the OSC message {self.address} holds a zero byte")
            if isinstance(value, int):
                within(f"a number of the OSC message {self.address}", value, -(2**31), 2**31 - 1)
            elif isinstance(value, float):
                finite(f"a number of the OSC message {self.address}", value)
                within(f"a number of the OSC message {self.address}", value, -3e38, 3e38)


class Msc(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="by", tag="msc"):
    """A MIDI Show Control command; `number` and `cue_list` as the desk shows them (12.5), empty for none.

    The kinds pyrotechnics and all-types do not exist here: this program sends nothing that could fire.
    """

    command: MscCommand = "go"
    number: str = ""
    cue_list: str = ""
    device: int = 127
    kind: MscKind = "lighting"

    def __post_init__(self) -> None:
        within("MSC device", self.device, 0, 127)
        for what, text in (("cue number", self.number), ("cue list", self.cue_list)):
            if len(text) > 32 or not set(text) <= set("0123456789."):
                raise ValueError(f"an MSC {what} holds digits and points only, got {text!r}")
        if self.cue_list and not self.number:
            raise ValueError("an MSC cue list needs a cue number before it")
        if (self.number or self.cue_list) and self.command in ("all_off", "restore", "reset"):
            raise ValueError(f"the MSC command {self.command} takes no cue number")
        if self.command == "load" and not self.number:
            raise ValueError("the MSC command load needs a cue number")


class Dmx(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="by", tag="dmx"):
    """Levels for light fixtures: from `channel` on in `universe` (Art-Net 0-32767, sACN 1-63999), reached in a fade."""

    universe: int
    channel: int
    levels: tuple[int, ...]
    fade_us: int = 0

    def __post_init__(self) -> None:
        within("DMX universe", self.universe, 1, 32_767)
        within("DMX channel", self.channel, 1, 512)
        within("fade", self.fade_us, 0, 3600 * 10**6)
        if not self.levels:
            raise ValueError("a DMX cue needs at least one level")
        within(f"last channel of a DMX cue from {self.channel} on", self.channel + len(self.levels) - 1, 1, 512)
        for level in self.levels:
            within("DMX level", level, 0, 255)


Action = Call | Osc | Msc | Dmx


class StageCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One moment on stage: what the stage manager calls, and what is sent then."""

    id: str
    name: str
    when: When
    action: Action = Call()
    note: str = ""

    def __post_init__(self) -> None:
        named("stage cue id", self.id)
        named(f"name of stage cue {self.id!r}", self.name)


class StageTrack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The cues of one department (lighting, sound, performers)."""

    id: str
    name: str
    cues: tuple[StageCue, ...] = ()
    muted: bool = False

    def __post_init__(self) -> None:
        named("stage track id", self.id)


class Caption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that are read aloud (`speaker` names the voice) or shown, in Chinese and English; either may be empty."""

    id: str
    when: When
    duration_us: int
    zh: str = ""
    en: str = ""
    speaker: str = ""

    def __post_init__(self) -> None:
        named("caption id", self.id)
        positive(f"length of caption {self.id!r}", self.duration_us)
        within(f"length of caption {self.id!r}", self.duration_us, 1, LONGEST_US)
        for text in (self.zh, self.en):
            if any(ord(c) < 32 and c not in "\n" for c in text):
                raise ValueError(f"caption {self.id!r} must not contain control characters")
            if "\n\n" in text or text.startswith("\n") or text.endswith("\n"):
                raise ValueError(f"caption {self.id!r} must not contain empty lines")
        if any(ord(c) < 32 or c in "<>" for c in self.speaker):
            raise ValueError(f"the speaker of caption {self.id!r} must not contain < > or control characters")


@dataclass(frozen=True, slots=True)
class StageEvent:
    """A stage cue as the Plan holds it, at its show time; `department` is its track's name."""

    id: str
    t_us: int
    name: str
    department: str = ""
    action: Action = Call()
    note: str = ""


@dataclass(frozen=True, slots=True)
class CaptionSpan:
    """A caption as the Plan holds it, from `t0_us` up to `t1_us`."""

    id: str
    t0_us: int
    t1_us: int
    zh: str = ""
    en: str = ""
    speaker: str = ""
