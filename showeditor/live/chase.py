"""Following somebody else's timecode: locks to steady code, rides over drop-outs, stops when it stays away, jumps.

Nothing here asks for the time: every call states the moment (microseconds of any steady clock), so that each behaviour
can be tested as it is.
"""

from dataclasses import dataclass
from enum import Enum

from showeditor.model.timecode import Timecode


class State(Enum):
    """How far the follower may be believed."""

    WAITING = "waiting"
    LOCKED = "locked"
    FLYWHEEL = "flywheel"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Reading:
    """Where the show is, in microseconds; None before the first lock. It stands still while waiting or lost."""

    state: State
    t_us: int | None
    jumps: int = 0


class Chaser:
    """Show time out of timecode that comes in.

    It locks after `lock_after` frames in a row that go forwards at the speed of the clock (within a tenth). While
    frames stay away it runs on for `flywheel_us`, then stands still until it locks again. Code that goes on at another
    place is believed after `lock_after` frames there: that is a jump, and `Reading.jumps` counts it; a single stray
    frame changes nothing. Code that stands still or runs backwards is no code to follow.
    """

    _PULL = 0.2

    def __init__(self, timecode: Timecode, flywheel_us: int = 1_000_000, lock_after: int = 3) -> None:
        """A follower of the show's timecode."""
        self._timecode = timecode
        self._flywheel_us = flywheel_us
        self._lock_after = lock_after
        self._frame_us = timecode.clock.us_of_frame(1)
        self._run: list[tuple[int, float]] = []
        self._offset: float | None = None
        self._last_us = 0
        self._stood_us: int | None = None
        self._jumps = 0

    def show_us(self, quarters: int) -> int:
        """The show time of a place in the code (quarters of a frame after 00:00:00:00), within half a day of zero."""
        rate, zero = self._timecode.clock, self._timecode.zero_frame
        day = 4 * rate.day_frames
        offset = (quarters - 4 * zero + day // 2) % day - day // 2
        scaled = offset * rate.den * 1_000_000
        return (scaled + 2 * rate.num) // (4 * rate.num)

    def heard(self, at_us: int, quarters: int) -> None:
        """At this moment the code stood at this place, going forwards."""
        t_us = self.show_us(quarters)
        if self._run and not self._follows(self._run[-1], at_us, t_us):
            self._run = []
        self._run = [*self._run, (at_us, t_us)][-self._lock_after :]
        steady = len(self._run) >= self._lock_after
        state = self.reading(at_us).state
        if state in (State.LOCKED, State.FLYWHEEL) and self._offset is not None:
            error = t_us - at_us - self._offset
            if abs(error) <= 2 * self._frame_us:
                self._offset += self._PULL * error
                self._last_us = at_us
            elif steady:
                self._lock(at_us, t_us, jumped=True)
        elif steady:
            before = self._stood_us
            self._lock(at_us, t_us, jumped=before is not None and abs(t_us - before) > 2 * self._frame_us)

    def stopped(self) -> None:
        """The code said that it stands still or runs backwards: what was heard in a row counts no more."""
        self._run = []

    def _follows(self, before: tuple[int, float], at_us: int, t_us: float) -> bool:
        passed, moved = at_us - before[0], t_us - before[1]
        slack = 0.1 * passed + 0.75 * self._frame_us
        return 0 < moved and 0 < passed <= self._flywheel_us and abs(moved - passed) <= slack

    def _lock(self, at_us: int, t_us: int, *, jumped: bool) -> None:
        # the mean over the run is steadier than its last frame
        self._offset = sum(t - at for at, t in self._run) / len(self._run)
        self._last_us = at_us
        self._stood_us = None
        self._jumps += jumped

    def reading(self, at_us: int) -> Reading:
        """Where the show is at this moment."""
        if self._offset is None:
            return Reading(State.WAITING, None, self._jumps)
        silent = at_us - self._last_us
        if self._stood_us is not None or silent > self._flywheel_us:
            if self._stood_us is None:
                self._stood_us = round(self._last_us + self._flywheel_us + self._offset)
            return Reading(State.LOST, self._stood_us, self._jumps)
        state = State.LOCKED if silent <= 4 * self._frame_us else State.FLYWHEEL
        return Reading(state, round(at_us + self._offset), self._jumps)
