"""The run of a show: what is due at a show time goes out, once; after a jump nothing is made up for."""

import time
from collections.abc import Callable, Sequence

from showeditor.audio.mtc import full_frame, quarter_frame
from showeditor.live.chase import State
from showeditor.live.dmx import levels_at
from showeditor.live.programme import Programme
from showeditor.live.sending import Output
from showeditor.live.sources import Source
from showeditor.model.stage import Call, Dmx, StageEvent
from showeditor.model.timecode import Timecode
from showeditor.model.times import clock

Tell = Callable[[str], None]

LATEST_US = 250_000
"""A step of time longer than this is a jump: cues inside it are told, not sent."""

_STEP_S = 0.002
_LEVELS_EVERY_US = 25_000
_KEEP_ALIVE_US = 800_000


class MtcSender:
    """Quarter frames in step with show time; a full frame after every jump."""

    def __init__(self, timecode: Timecode) -> None:
        """A sender of the show's timecode."""
        self._timecode = timecode
        self._next: int | None = None

    def due(self, t_us: int) -> list[bytes]:
        """The messages due up to a show time."""
        rate, zero = self._timecode.clock, self._timecode.zero_frame
        # quarters since frame 0 that have begun; times round half up, as everywhere
        now = 4 * zero + (-(-4 * rate.num * (2 * t_us + 1) // (2 * rate.den * 1_000_000)) - 1)
        if self._next is None or not self._next - 4 <= now <= self._next + 8:
            self._next = now + (-now) % 8
            return [full_frame(rate, now // 4)]
        out = [quarter_frame(rate, quarter) for quarter in range(self._next, now + 1)]
        self._next = max(self._next, now + 1)
        return out

    def stopped(self) -> None:
        """Time stands still: the next message is a full frame."""
        self._next = None


class Runner:
    """Sends what is due, as show time moves; asks no clock itself."""

    def __init__(self, programme: Programme, outputs: Sequence[Output], tell: Tell, *, mtc: bool = False) -> None:
        """A run of the programme into these outputs; `tell` gets one line for each cue, caption and jump."""
        self._programme = programme
        self._outputs = outputs
        self._tell = tell
        self._at: int | None = None
        self._mtc = MtcSender(programme.timecode) if mtc and programme.timecode is not None else None
        self._dmx = [event for event in programme.stage if isinstance(event.action, Dmx)]
        self._levels: dict[int, bytes] = {}
        self._sent_us: dict[int, int] = {}
        self._looked_us: int | None = None

    def advance(self, t_us: int, *, jumped: bool = False) -> None:
        """Show time is now `t_us`.

        The first call and a step of more than a quarter of a second either way are jumps, and so is what the caller
        knows to be one: timecode and light levels take the new place, cues in between are told and not sent. A smaller
        step back is only the follower's correction: nothing is sent twice.
        """
        before = self._at
        if before is not None and not jumped and -LATEST_US <= t_us - before < 0:
            return
        self._at = t_us
        if before is None or jumped or not 0 <= t_us - before <= LATEST_US:
            self._jump(before, t_us)
            before = t_us - 1
        for event in self._programme.stage:
            if before < event.t_us <= t_us:
                self._send(event)
        for caption in self._programme.captions:
            if before < caption.t0_us <= t_us:
                self._tell(f"{clock(caption.t0_us)}  {caption.speaker or 'caption'}: {caption.zh or caption.en}")
        self._light(t_us)
        for message in self._mtc.due(t_us) if self._mtc is not None else ():
            for output in self._outputs:
                output.timecode(message)

    def stand(self) -> None:
        """Time does not move: nothing goes out but the levels that keep receivers awake."""
        if self._mtc is not None:
            self._mtc.stopped()

    def _jump(self, before: int | None, t_us: int) -> None:
        self._levels, self._looked_us = {}, None
        if before is None:
            return
        missed = [e for e in self._programme.stage if before < e.t_us < t_us]
        words = f"; not sent: {', '.join(e.name for e in missed)}" if missed else ""
        self._tell(f"jump from {clock(before)} to {clock(t_us)}{words}")

    def _send(self, event: StageEvent) -> None:
        gone = [output.name for output in self._outputs if output.cue(event.action)]
        silent = isinstance(event.action, (Call, Dmx))
        where = f" -> {', '.join(gone)}" if gone else "" if silent else " -> nowhere: no output carries it"
        self._tell(f"{clock(event.t_us)}  {event.department}: {event.name}{where}")

    def _light(self, t_us: int) -> None:
        due = self._looked_us is None or t_us - self._looked_us >= _LEVELS_EVERY_US
        if not self._dmx or not due:
            return
        self._looked_us = t_us
        for universe, levels in levels_at(self._dmx, t_us).items():
            quiet = t_us - self._sent_us.get(universe, t_us - _KEEP_ALIVE_US)
            if levels == self._levels.get(universe) and 0 <= quiet < _KEEP_ALIVE_US:
                continue
            self._levels[universe], self._sent_us[universe] = levels, t_us
            for output in self._outputs:
                output.levels(universe, levels)


def run(
    source: Source,
    runner: Runner,
    end_us: int,
    tell: Tell,
    *,
    sleep: Callable[[float], None] = time.sleep,
    going: Callable[[], bool] = lambda: True,
) -> None:
    """Let the runner follow the source until the show's end, or until `going` says no.

    Tells every change of the source's state: while it waits or has lost the code, nothing is sent.
    """
    state: State | None = None
    jumps = 0
    while going():
        reading = source.reading()
        if reading.state is not state:
            place = "" if reading.t_us is None else f" at {clock(reading.t_us)}"
            tell(f"{source.name}: {reading.state.value}{place}")
            state = reading.state
        if reading.t_us is None or state is State.LOST:
            runner.stand()
        else:
            runner.advance(reading.t_us, jumped=reading.jumps != jumps)
            jumps = reading.jumps
            if reading.t_us >= end_us:
                return
        sleep(_STEP_S)
