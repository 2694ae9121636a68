"""SMPTE timecode: the five rates, labels, and exact arithmetic between frames and microseconds.

SMPTE ST 12-1: drop-frame counting leaves out the labels 00 and 01 of each minute except every tenth (108 an hour).
Frames count from the label 00:00:00:00; labels repeat after 24 hours, so that -1 is the last frame of the day.
"""

import re
from dataclasses import dataclass
from datetime import date as day_of
from typing import Literal

import msgspec

from showeditor.model.births import within
from showeditor.model.times import US

RateName = Literal["24", "25", "29.97df", "29.97", "30"]

_LABEL = re.compile(r"^(-)?(\d{1,2}):(\d{2}):(\d{2})[:;](\d{2})$")


@dataclass(frozen=True, slots=True)
class Rate:
    """One timecode rate: `num / den` frames a second, labels counting `nominal` frames a second."""

    name: RateName
    num: int
    den: int
    nominal: int
    drop: bool
    mtc_code: int

    @property
    def day_frames(self) -> int:
        """Labels in 24 hours."""
        return 24 * 6 * self._ten_minutes

    @property
    def _ten_minutes(self) -> int:
        return 600 * self.nominal - (18 if self.drop else 0)

    def us_of_frame(self, frame: int) -> int:
        """Microseconds from frame 0 to the beginning of a frame, rounded half up once."""
        scaled = frame * self.den * US
        return (2 * scaled + self.num) // (2 * self.num)

    def frame_at_us(self, t_us: int) -> int:
        """The last frame that has begun `t_us` microseconds after frame 0 did."""
        return -(-self.num * (2 * t_us + 1) // (2 * self.den * US)) - 1

    def frames_over(self, t_us: int) -> int:
        """The fewest whole frames that last at least `t_us`."""
        return -(-self.num * (2 * t_us - 1) // (2 * self.den * US))

    def fields_of(self, frame: int) -> tuple[int, int, int, int]:
        """Hours, minutes, seconds and frames of a label."""
        n = frame % self.day_frames
        if self.drop:
            tens, rest = divmod(n, self._ten_minutes)
            n += 18 * tens
            if rest >= 2:
                n += 2 * ((rest - 2) // (60 * self.nominal - 2))
        seconds, frames = divmod(n, self.nominal)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return hours, minutes, seconds, frames

    def frame_of(self, hours: int, minutes: int, seconds: int, frames: int) -> int:
        """The frame of a label; raises ValueError for a label that this rate does not have."""
        if not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= seconds < 60 and 0 <= frames < self.nominal):
            shown = f"{hours:02d}:{minutes:02d}:{seconds:02d}:{frames:02d}"
            raise ValueError(f"{shown} is no timecode at {self.name} frames a second")
        if self.drop and minutes % 10 and not seconds and frames < 2:
            shown = f"{hours:02d}:{minutes:02d}:00;{frames:02d}"
            raise ValueError(f"{shown} is left out in drop-frame timecode; write {shown[:-2]}02")
        total = 60 * hours + minutes
        n = (60 * total + seconds) * self.nominal + frames
        return n - 2 * (total - total // 10) if self.drop else n

    def text_of(self, frame: int) -> str:
        """A label as people write it, with `;` before the frames where labels are dropped."""
        hours, minutes, seconds, frames = self.fields_of(frame)
        return f"{hours:02d}:{minutes:02d}:{seconds:02d}{';' if self.drop else ':'}{frames:02d}"

    def frame_of_text(self, text: str) -> int:
        """The frame of a written label, a leading minus counts back from 0; raises ValueError."""
        found = _LABEL.match(text.strip())
        if not found:
            raise ValueError(f"not a timecode: {text!r} (write hh:mm:ss:ff)")
        sign, *fields = found.groups()
        frame = self.frame_of(*(int(f) for f in fields))
        return -frame if sign else frame


RATES: dict[RateName, Rate] = {
    "24": Rate("24", 24, 1, 24, False, 0),
    "25": Rate("25", 25, 1, 25, False, 1),
    "29.97df": Rate("29.97df", 30_000, 1001, 30, True, 2),
    "29.97": Rate("29.97", 30_000, 1001, 30, False, 3),
    "30": Rate("30", 30, 1, 30, False, 3),
}
"""The rates of SMPTE ST 12-1; MTC's two bits cannot tell 29.97 without drop from 30."""

LONGEST_PRE_ROLL_US = 600 * US


class Timecode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the show's timecode runs: its rate, the label at show zero, and how much of it runs before show zero.

    `zero` may be negative: -00:00:10:00 is the label 23:59:50:00. `date` (YYYY-MM-DD, or empty) is the day of show
    zero for the user bits, `zone_h` its time zone in hours east of Greenwich.
    """

    rate: RateName = "25"
    zero: str = "00:00:00:00"
    pre_roll_us: int = 10 * US
    date: str = ""
    zone_h: int = 0

    def __post_init__(self) -> None:
        within("pre-roll", self.pre_roll_us, 0, LONGEST_PRE_ROLL_US)
        within("time zone", self.zone_h, -12, 13)
        RATES[self.rate].frame_of_text(self.zero)
        if self.date:
            try:
                day = day_of.fromisoformat(self.date)
            except ValueError:
                raise ValueError(f"date must be written YYYY-MM-DD, got {self.date!r}") from None
            if day.isoformat() != self.date or not 1970 <= day.year < 2070:
                raise ValueError(f"date must be written YYYY-MM-DD and lie between 1970 and 2069, got {self.date!r}")

    @property
    def clock(self) -> Rate:
        """The arithmetic of its rate."""
        return RATES[self.rate]

    @property
    def zero_frame(self) -> int:
        """The frame whose beginning is show zero (negative before the label 00:00:00:00)."""
        return self.clock.frame_of_text(self.zero)

    @property
    def pre_roll_frames(self) -> int:
        """Whole frames before show zero."""
        return self.clock.frames_over(self.pre_roll_us)

    def frame_at(self, t_us: int) -> int:
        """The frame that runs at a show time."""
        return self.zero_frame + self.clock.frame_at_us(t_us)

    def label_at(self, t_us: int) -> str:
        """The label that runs at a show time."""
        return self.clock.text_of(self.frame_at(t_us))
