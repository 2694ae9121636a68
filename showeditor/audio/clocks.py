"""Clocks that a transport runs on: the sound card's samples, or a virtual count of frames."""

import os
import sys
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, Protocol

import miniaudio
import numpy as np

from showeditor.model.arrays import Singles

Fill = Callable[[int, int], Singles]
"""(first frame, frames) -> float32 (frames, 2): what sounds during those frames of the clock."""

PERIOD_MS = 30
"""Length of the device's buffer periods: short enough for a prompt start, long enough for a busy machine."""

PERIODS = 3
"""Periods that the device's buffer is made of."""


class Clock(Protocol):
    """Counts frames at `rate`; `frames()` is how many have been heard, never fewer than before."""

    name: str
    rate: int

    def start(self, fill: Fill) -> None:
        """Begin counting; `fill` is asked for sound, from any thread."""

    def stop(self) -> None:
        """Stop counting; the count is kept."""

    def frames(self) -> float:
        """Frames heard so far."""

    def next_frame(self) -> int:
        """The first frame whose sound has not been asked for yet."""

    def close(self) -> None:
        """Give the device back; the clock cannot be started again."""


class VirtualClock:
    """A clock without a sound card, counting by the computer's own clock (or by any given one)."""

    def __init__(self, rate: int = 48_000, now: Callable[[], float] = time.perf_counter) -> None:
        """A clock of `rate` frames a second of `now` seconds."""
        self.name = "virtual clock (no sound card)"
        self.rate = rate
        self._now = now
        self._done = 0.0
        self._since: float | None = None

    def start(self, fill: Fill) -> None:
        """Begin counting; nothing sounds, so `fill` is never asked."""
        if self._since is None:
            self._since = self._now()

    def stop(self) -> None:
        """Stop counting."""
        self._done = self.frames()
        self._since = None

    def frames(self) -> float:
        """Frames counted so far."""
        running = 0.0 if self._since is None else (self._now() - self._since) * self.rate
        return self._done + max(0.0, running)

    def next_frame(self) -> int:
        """The frame that follows now."""
        return int(np.ceil(self.frames()))

    def close(self) -> None:
        """Stop counting."""
        self.stop()


class ManualClock:
    """A clock that moves only when told, and hands out the sound of every frame: for tests and offline rendering."""

    def __init__(self, rate: int = 48_000) -> None:
        """A clock of `rate` frames a second, standing at 0."""
        self.name = "manual clock"
        self.rate = rate
        self._frames = 0
        self._fill: Fill | None = None

    def advance(self, frames: int) -> Singles:
        """Let `frames` pass; the sound of them, silence while stopped (a stopped clock does not count)."""
        if self._fill is None:
            return np.zeros((frames, 2), dtype=np.float32)
        sound = self._fill(self._frames, frames)
        self._frames += frames
        return sound

    def start(self, fill: Fill) -> None:
        """Begin counting."""
        self._fill = fill

    def stop(self) -> None:
        """Stop counting."""
        self._fill = None

    def frames(self) -> float:
        """Frames passed so far."""
        return float(self._frames)

    def next_frame(self) -> int:
        """The frame that follows."""
        return self._frames

    def close(self) -> None:
        """Stop counting."""
        self._fill = None


class DeviceClock:
    """The sample clock of a playback device: frames that the device has taken, made smooth between its calls.

    The device takes a period at a time; in between, the computer's clock carries on. The two are held together by
    moving a fraction of their difference at each call, so that the count follows the crystal of the sound card and
    never jumps by a period.
    """

    _PULL = 0.05
    _LOST_S = 0.25

    def __init__(self, rate: int, backends: list[Any] | None = None) -> None:
        """Opens the default device; raises miniaudio.MiniaudioError when there is none."""
        self._device = miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.FLOAT32,
            nchannels=2,
            sample_rate=rate,
            buffersize_msec=PERIOD_MS,
            callback_periods=PERIODS,
            backends=backends,
            app_name="showeditor",
        )
        self.rate = rate
        self.name = f"{self._device.backend} sample clock"
        # when the device asks for a period, its others are still to be heard (the library does not tell what the
        # device made of the wish, nor what the cable adds)
        self.latency = (PERIODS - 1) * PERIOD_MS * rate // 1000
        self._lock = threading.Lock()
        self._taken = 0
        self._base = 0.0
        self._since: float | None = None
        self._heard = 0.0

    @property
    def is_null(self) -> bool:
        """Whether this is the library's stand-in for a missing sound card."""
        return str(self._device.backend).lower() == "null"

    def start(self, fill: Fill) -> None:
        """Start the device; it asks `fill` from its own thread."""
        if self._since is not None:
            return
        with self._lock:
            self._base = float(self._taken - self.latency)
            self._since = time.perf_counter()
        feed = self._feed(fill)
        next(feed)
        self._device.start(feed)

    def _feed(self, fill: Fill) -> Generator[bytes, int, None]:
        asked = yield b""
        first = True
        while True:
            with self._lock:
                begin = self._taken
                self._taken += asked
                if self._since is not None:
                    self._correct(begin, first)
            first = False
            asked = yield fill(begin, asked).tobytes()

    def _correct(self, begin: int, first: bool) -> None:
        # the frames before `begin` have been taken at this moment, but for the latency they have been heard
        now = time.perf_counter()
        since = now if self._since is None else self._since
        error = begin - self.latency - (self._base + (now - since) * self.rate)
        if first or abs(error) > self._LOST_S * self.rate:
            self._base += error
        else:
            self._base += error * self._PULL

    def stop(self) -> None:
        """Stop the device; frames taken but not yet heard are dropped."""
        if self._since is None:
            return
        self._device.stop()
        with self._lock:
            self._since = None
            self._heard = float(self._taken)

    def frames(self) -> float:
        """Frames heard, carried on by the computer's clock since the device's last call."""
        with self._lock:
            if self._since is not None:
                running = self._base + (time.perf_counter() - self._since) * self.rate
                self._heard = max(self._heard, running)
            return self._heard

    def next_frame(self) -> int:
        """The first frame that the device has not taken."""
        with self._lock:
            return self._taken

    def close(self) -> None:
        """Stop and give the device back."""
        self.stop()
        self._device.close()


def may_have_a_card() -> bool:
    """Whether asking for a sound card makes sense; without one, ALSA fills a Linux terminal with complaints."""
    if sys.platform != "linux":
        return True
    cards = Path("/proc/asound/cards")
    server = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent"), "pulse", "native")
    if server.exists() or "PULSE_SERVER" in os.environ:
        return True
    return cards.exists() and "no soundcards" not in cards.read_text(errors="replace")


def open_clock(rate: int = 48_000) -> Clock:
    """The sound card's sample clock, or a virtual clock when no sound card can be opened."""
    if not may_have_a_card():
        return VirtualClock(rate)
    try:
        clock = DeviceClock(rate)
    except miniaudio.MiniaudioError:
        return VirtualClock(rate)
    if clock.is_null:
        clock.close()
        return VirtualClock(rate)
    return clock


def open_null_clock(rate: int = 48_000) -> DeviceClock:
    """The sample clock of the library's silent device, which runs in real time without a sound card."""
    return DeviceClock(rate, [miniaudio.Backend.NULL])
