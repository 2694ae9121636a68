"""What a crew states about a firing controller on site, its modules and its sound, and licences that a show needs."""

from typing import Literal

import msgspec

from showeditor.model.births import calendar_day, named, positive, within
from showeditor.model.music import LONGEST_US, relative_media

Start = Literal["", "button", "timecode"]
"""How a controller is set going: by hand or by timecode; empty where nobody has said."""


class Module(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A firing module on site: the position it stands at, and when it is switched on and off (None: not stated)."""

    number: int
    position: str = ""
    on_us: int | None = None
    off_us: int | None = None

    def __post_init__(self) -> None:
        within("module", self.number, 0, 1_000_000)
        for name, t_us in (("module on", self.on_us), ("module off", self.off_us)):
            if t_us is not None:
                within(name, t_us, -LONGEST_US, LONGEST_US)
        if self.on_us is not None and self.off_us is not None:
            positive(f"time that module {self.number} is on", self.off_us - self.on_us)


class Sound(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sound file that a controller plays itself: `start_us` is the show time of its first sample.

    `sha256` (hex, may be empty) is the fingerprint of the file that was loaded.
    """

    file: str
    start_us: int = 0
    sha256: str = ""

    def __post_init__(self) -> None:
        relative_media(self.file)
        within("start of a controller's sound", self.start_us, -LONGEST_US, LONGEST_US)
        if self.sha256 and (len(self.sha256) != 64 or not set(self.sha256) <= set("0123456789abcdef")):
            raise ValueError(f"the fingerprint of a sound must be 64 hexadecimal digits, got {self.sha256!r}")


class Figures(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Figures of a controller that somebody read off the box or its manual, with where they stand.

    They fill in what assets/controllers does not know, and may tighten but never loosen what it does. A model that is
    not there at all is usable once its ranges and tick are stated. Names and units as in `ControllerSpec`.
    """

    source: str
    module_lo: int | None = None
    module_hi: int | None = None
    pin_lo: int | None = None
    pin_hi: int | None = None
    tick_us: int | None = None
    igniters_per_pin: int | None = None
    refire_gap_us: int | None = None
    module_gap_us: int | None = None
    most_cues: int | None = None
    most_cues_per_module: int | None = None
    hazard_groups: int | None = None
    idle_off_us: int | None = None

    def __post_init__(self) -> None:
        named("source of a controller's figures", self.source)
        for name in self.__struct_fields__[1:]:
            value = getattr(self, name)
            if value is not None:
                within(name, value, 0, LONGEST_US)


class Licence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A licence or permit that this show cannot be given without: of what kind, whose, its number, its last day.

    An entry says that the licence is needed; an empty `number` says that it is not there yet. `until` is written
    YYYY-MM-DD, empty where it does not end.
    """

    id: str
    kind: str
    holder: str = ""
    number: str = ""
    until: str = ""

    def __post_init__(self) -> None:
        named("licence id", self.id)
        named("kind of a licence", self.kind)
        calendar_day(f"last day of licence {self.id!r}", self.until)


def same_numbers(modules: tuple[Module, ...]) -> None:
    """Refuses two modules of one number."""
    numbers = [m.number for m in modules]
    if len(set(numbers)) != len(numbers):
        twice = next(n for n in numbers if numbers.count(n) > 1)
        raise ValueError(f"module {twice} is stated twice")
