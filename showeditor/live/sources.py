"""Where show time comes from: the computer's clock, the sound card that plays the code, or code that comes in."""

import io
import queue
import time
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
import soundfile

from showeditor.audio.clocks import Clock, open_clock
from showeditor.audio.ltc_reading import LtcListener
from showeditor.audio.mtc import MtcListener
from showeditor.audio.sound import Sound, sound_of
from showeditor.live.chase import Chaser, Reading, State
from showeditor.model.arrays import Singles
from showeditor.model.errors import BadInput
from showeditor.model.timecode import Timecode

Now = Callable[[], int]
"""Microseconds of a steady clock."""


def steady_us() -> int:
    """Microseconds of the computer's steady clock."""
    return time.perf_counter_ns() // 1000


class Source(Protocol):
    """Show time as it goes."""

    name: str

    def reading(self) -> Reading:
        """Where the show is now."""

    def close(self) -> None:
        """Give devices back."""


class FreeSource:
    """The computer's own clock from a show time on."""

    def __init__(self, start_us: int, now: Now = steady_us) -> None:
        """Runs from now on."""
        self.name = "this computer's clock"
        self._start_us = start_us
        self._now = now
        self._since = now()

    def reading(self) -> Reading:
        """Where the show is now."""
        return Reading(State.LOCKED, self._start_us + self._now() - self._since)

    def close(self) -> None:
        """Nothing to give back."""


class SoundSource:
    """The published sound with timecode, played; show time is what has been heard of it."""

    def __init__(self, sound: Sound, zero: int, start_us: int, clock_of: Callable[[int], Clock] = open_clock) -> None:
        """Plays from a show time on; `zero` is the sample of show zero. One channel is sent to both sides."""
        self._clock = clock_of(sound.rate)
        self.name = f"the sound ({self._clock.name})"
        self._sound, self._zero = sound, zero
        self._first = max(0, min(sound.frames, zero + start_us * sound.rate // 1_000_000))
        self._begin = self._clock.frames()
        self._asked = self._clock.next_frame()
        self._clock.start(self._fill)

    @property
    def audible(self) -> bool:
        """Whether a sound card plays; the virtual clock only counts."""
        return not self._clock.name.startswith("virtual")

    def _fill(self, frame: int, count: int) -> Singles:
        out = np.zeros((count, 2), dtype=np.float32)
        begin = self._first + frame - self._asked
        part = self._sound.samples[max(0, begin) : max(0, begin + count)]
        at = max(0, -begin)
        out[at : at + len(part)] = part
        return out

    def reading(self) -> Reading:
        """Where the show is now."""
        heard = self._first + self._clock.frames() - self._asked
        return Reading(State.LOCKED, int((heard - self._zero) * 1_000_000 / self._sound.rate))

    def close(self) -> None:
        """Stop the sound."""
        self._clock.close()


def published_sound(data: bytes) -> Sound:
    """The samples of a published WAV file."""
    samples, rate = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    return sound_of(int(rate), samples)


class MtcSource:
    """MIDI timecode that comes in; `feed` may be called from the port's thread."""

    def __init__(self, timecode: Timecode, name: str, flywheel_us: int, now: Now = steady_us) -> None:
        """Follows the show's timecode."""
        self.name = f"MIDI timecode from {name}"
        self.port: Any = None
        self._listener = MtcListener(timecode.clock)
        self._chaser = Chaser(timecode, flywheel_us)
        self._code = timecode.clock.mtc_code
        self._now = now
        self._waiting: queue.SimpleQueue[tuple[int, bytes]] = queue.SimpleQueue()
        self.odd_rate = False

    def feed(self, message: bytes) -> None:
        """A message came."""
        self._waiting.put((self._now(), message))

    def reading(self) -> Reading:
        """Where the show is now."""
        while not self._waiting.empty():
            at_us, message = self._waiting.get()
            place = self._listener.feed(message)
            if place is None:
                continue
            self.odd_rate = place.code != self._code
            if self.odd_rate or place.moves <= 0:
                self._chaser.stopped()
            else:
                self._chaser.heard(at_us, place.quarter)
        return self._chaser.reading(self._now())

    def close(self) -> None:
        """Close the port."""
        if self.port is not None:
            self.port.close_port()


class LtcSource:
    """Linear timecode that comes in as sound; `feed` may be called from the device's thread."""

    def __init__(self, timecode: Timecode, hz: int, name: str, flywheel_us: int, now: Now = steady_us) -> None:
        """Follows the show's timecode out of `hz` samples a second."""
        self.name = f"linear timecode from {name}"
        self.device: Any = None
        self._timecode = timecode
        self._listener = LtcListener(hz)
        self._chaser = Chaser(timecode, flywheel_us)
        self._hz = hz
        self._now = now
        self._fed = 0
        self._waiting: queue.SimpleQueue[tuple[int, Singles]] = queue.SimpleQueue()

    def feed(self, samples: Singles) -> None:
        """Samples of one channel came, the last of them just now."""
        self._waiting.put((self._now(), samples))

    def reading(self) -> Reading:
        """Where the show is now."""
        while not self._waiting.empty():
            at_us, samples = self._waiting.get()
            self._fed += len(samples)
            frames = self._listener.feed(samples)
            for row in range(len(frames)):
                if frames.backwards[row] or bool(frames.drop[row]) != self._timecode.clock.drop:
                    self._chaser.stopped()
                    continue
                try:
                    frame = self._timecode.clock.frame_of(*frames.fields[row].tolist())
                except ValueError:
                    self._chaser.stopped()
                    continue
                # the frame was over when its last edge came
                over_us = at_us - round((self._fed - frames.end[row]) * 1_000_000 / self._hz)
                self._chaser.heard(over_us, 4 * (frame + 1))
        return self._chaser.reading(self._now())

    def close(self) -> None:
        """Close the device."""
        if self.device is not None:
            self.device.close()


def open_ltc_input(timecode: Timecode, flywheel_us: int) -> LtcSource:
    """The default sound input, first channel; raises BadInput where there is none."""
    import miniaudio

    from showeditor.audio.clocks import may_have_a_card

    if not may_have_a_card():
        raise BadInput("this machine has no sound input to follow timecode from")
    hz = 48_000
    source = LtcSource(timecode, hz, "the sound input", flywheel_us)
    try:
        device = miniaudio.CaptureDevice(
            input_format=miniaudio.SampleFormat.FLOAT32, nchannels=1, sample_rate=hz, buffersize_msec=10
        )
    except miniaudio.MiniaudioError as error:
        raise BadInput(f"the sound input cannot be opened ({error})") from None

    def feed() -> Any:
        while True:
            data = yield
            source.feed(np.frombuffer(data, dtype=np.float32).copy())

    generator = feed()
    next(generator)
    device.start(generator)
    source.device = device
    return source


def open_mtc_input(timecode: Timecode, name: str, flywheel_us: int) -> MtcSource:
    """A MIDI input by name; raises BadInput where there is none."""
    from showeditor.live.sending import midi_port

    port, found = midi_port(name, output=False)
    source = MtcSource(timecode, found, flywheel_us)
    # timecode and system exclusive are what most programs do not want to hear: ask for them
    port.ignore_types(sysex=False, timing=False, active_sense=True)
    port.set_callback(lambda event, data: source.feed(bytes(event[0])))
    source.port = port
    return source
