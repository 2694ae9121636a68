"""Transport: play, pause, seek, loop and shuttle, on one map from the clock's frames to show time."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from showeditor.audio.clocks import Clock, open_clock
from showeditor.audio.sound import Sound
from showeditor.model.arrays import Singles
from showeditor.model.births import finite
from showeditor.model.times import US

FASTEST = 8
"""Shuttle speeds are 1, 2, 4 and 8 times, either way."""

_SILENCE: Singles = np.zeros((0, 2), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Run:
    """Show time as a function of the clock's frames: from `frame` on, `t_us` moves at `speed` times the clock."""

    frame: int
    t_us: int
    speed: float
    rate: int
    loop: tuple[int, int] | None

    def us_at(self, frame: float) -> float:
        passed = max(0.0, frame - self.frame)
        if self.loop and self.speed > 0 and self.t_us < self.loop[1]:
            low, high = self.loop
            # whole frames, so that sound and position turn back at the same sample every time
            until = -(-(high - self.t_us) * self.rate // int(US * self.speed))
            if passed >= until:
                length = max(1, round((high - low) * self.rate / (US * self.speed)))
                return low + (passed - until) % length * (US * self.speed / self.rate)
        return self.t_us + passed * (US * self.speed / self.rate)

    def frames_to_turn(self, frame: int) -> int | None:
        """Frames from `frame` to the next jump back, None without a loop ahead."""
        if not self.loop or self.speed <= 0 or self.t_us >= self.loop[1]:
            return None
        low, high = self.loop
        until = -(-(high - self.t_us) * self.rate // int(US * self.speed))
        passed = frame - self.frame
        if passed < until:
            return until - passed
        length = max(1, round((high - low) * self.rate / (US * self.speed)))
        return length - (passed - until) % length


class Transport:
    """Where the show is now, and what is heard; safe to call from any thread.

    While playing, `position_us` is read off the clock (the sound card's samples when there is one) and never goes back,
    except at a loop's end, on a seek or while shuttling backwards. Sound is heard at normal speed only.
    """

    def __init__(self, clock_of: Callable[[int], Clock] = open_clock, end_us: int | None = None) -> None:
        """A transport standing at 0; `clock_of(rate)` opens a clock, `end_us` is where playing stops."""
        self._clock_of = clock_of
        self._clock = clock_of(48_000)
        # commands follow one another under _control; _lock guards the few fields that the device's thread reads
        self._control = threading.RLock()
        self._lock = threading.RLock()
        self._stereo: Singles = _SILENCE
        self._start_us = 0
        self._end_us = end_us
        self._loop: tuple[int, int] | None = None
        self._t_us = 0
        self._run: _Run | None = None

    @property
    def clock_name(self) -> str:
        """What drives the time, in words: the sound card's sample clock or the virtual clock."""
        return self._clock.name

    @property
    def rate(self) -> int:
        """Frames a second of the clock."""
        return self._clock.rate

    @property
    def playing(self) -> bool:
        """Whether time moves."""
        with self._lock:
            self._settle()
            return self._run is not None

    @property
    def speed(self) -> float:
        """1.0 while playing, other values while shuttling, 0.0 at rest."""
        with self._lock:
            self._settle()
            return self._run.speed if self._run else 0.0

    @property
    def loop_us(self) -> tuple[int, int] | None:
        """The loop range, if one is set."""
        return self._loop

    def position_us(self) -> int:
        """Show time now."""
        with self._lock:
            self._settle()
            if self._run is None:
                return self._t_us
            return int(self._run.us_at(self._clock.frames()))

    def play(self) -> None:
        """Play at normal speed from where the show stands (from the start when it stands at the end)."""
        with self._control:
            if not self.playing and self._end_us is not None and self._t_us >= self._end_us:
                self.seek(0)
            self.set_speed(1.0)

    def pause(self) -> None:
        """Stop where the show is now."""
        with self._control:
            with self._lock:
                self._halt(self.position_us())
            # outside the inner lock: stopping waits for the device's thread, which may be asking for sound
            self._clock.stop()

    def toggle(self) -> None:
        """Play when at rest, else pause."""
        with self._control:
            if self.playing:
                self.pause()
            else:
                self.play()

    def seek(self, t_us: int) -> None:
        """Go to a show time, held to 0 and the end; playing goes on from there."""
        with self._control, self._lock:
            self._settle()
            self._t_us = self._held(t_us)
            if self._run:
                self._begin(self._run.speed)

    def set_speed(self, speed: float) -> None:
        """Run at `speed` times normal, backwards below 0, at rest at 0; raises ValueError beyond 8 times."""
        finite("speed", speed)
        if abs(speed) > FASTEST:
            raise ValueError(f"the fastest shuttle is {FASTEST} times, got {speed}")
        with self._control:
            if speed == 0:
                self.pause()
                return
            with self._lock:
                self._t_us = self.position_us()
                self._begin(float(speed))
            self._clock.start(self._fill)

    def shuttle(self, direction: int) -> None:
        """One press of J (-1), K (0) or L (+1): backwards, stop, forwards; again means twice as fast."""
        with self._control:
            speed = self.speed
            if direction == 0:
                self.pause()
            elif speed * direction > 0:
                self.set_speed(float(np.clip(speed * 2, -FASTEST, FASTEST)))
            else:
                self.set_speed(float(np.sign(direction)))

    def set_loop(self, low_us: int | None = None, high_us: int | None = None) -> None:
        """Repeat [low, high) from now on; without a range the loop ends. Raises ValueError for an empty range."""
        if low_us is None or high_us is None:
            loop = None
        elif high_us <= low_us or low_us < 0:
            raise ValueError(f"a loop needs an end after its start, got {low_us} to {high_us}")
        else:
            loop = (low_us, high_us)
        with self._control, self._lock:
            self._t_us = self.position_us()
            self._loop = loop
            if self._run:
                self._begin(self._run.speed)

    def set_end(self, end_us: int | None) -> None:
        """Where playing stops by itself."""
        with self._control, self._lock:
            self._t_us = self.position_us()
            self._end_us = end_us
            if self._run:
                self._begin(self._run.speed)
            else:
                self._t_us = self._held(self._t_us)

    def set_sound(self, sound: Sound | None, start_us: int = 0, gain_db: float = 0.0) -> None:
        """What is heard: `start_us` is the show time of its first sample (before 0: its beginning is skipped).

        Pauses; opens the clock anew when the sound's rate differs.
        """
        finite("gain_db", gain_db)
        stereo = _stereo(sound, gain_db) if sound else _SILENCE
        with self._control:
            self.pause()
            if sound and sound.rate != self._clock.rate:
                self._clock.close()
                self._clock = self._clock_of(sound.rate)
            with self._lock:
                self._stereo, self._start_us = stereo, start_us

    def close(self) -> None:
        """Stop and give the sound card back; the transport cannot be used afterwards."""
        with self._control:
            self.pause()
            self._clock.close()

    def _held(self, t_us: int) -> int:
        high = t_us if self._end_us is None else self._end_us
        return max(0, min(t_us, high))

    def _begin(self, speed: float) -> None:
        # what the device has taken already cannot be changed: the new run begins with the frame after it
        self._run = _Run(self._clock.next_frame(), self._t_us, speed, self._clock.rate, self._loop)

    def _halt(self, t_us: int) -> None:
        self._t_us, self._run = self._held(t_us), None

    def _settle(self) -> None:
        """Ends the run when it has reached the end of the show or, backwards, its start."""
        run = self._run
        if run is None:
            return
        t_us = run.us_at(self._clock.frames())
        if run.speed < 0 and t_us <= 0:
            self._halt(0)
        elif run.speed > 0 and self._end_us is not None and t_us >= self._end_us and not self._turns_before_end(run):
            self._halt(self._end_us)

    def _turns_before_end(self, run: _Run) -> bool:
        return bool(run.loop and run.t_us < run.loop[1] and self._end_us is not None and run.loop[1] <= self._end_us)

    def _fill(self, frame: int, frames: int) -> Singles:
        out = np.zeros((frames, 2), dtype=np.float32)
        with self._lock:
            run, stereo, start_us = self._run, self._stereo, self._start_us
            end_us = self._end_us
        if run is None or run.speed != 1.0 or not len(stereo):
            return out
        done = max(0, min(frames, run.frame - frame))
        while done < frames:
            turn = run.frames_to_turn(frame + done)
            count = frames - done if turn is None else min(turn, frames - done)
            t_us = run.us_at(frame + done)
            first = round((t_us - start_us) * run.rate / US)
            last = first + count
            if end_us is not None:
                last = min(last, round((end_us - start_us) * run.rate / US))
            low, high = max(first, 0), min(last, len(stereo))
            if high > low:
                out[done + low - first : done + high - first] = stereo[low:high]
            done += count
        return out


def _stereo(sound: Sound, gain_db: float) -> Singles:
    gain = np.float32(10.0 ** (gain_db / 20.0))
    samples = sound.samples
    if sound.channels == 2 and gain_db == 0.0:
        return samples
    if sound.channels == 1:
        samples = np.repeat(samples, 2, axis=1)
    elif sound.channels > 2:
        # front left and right of a surround file; the rest is left to a real mixer
        samples = samples[:, :2]
    return np.ascontiguousarray(np.clip(samples * gain, -1.0, 1.0), dtype=np.float32)
