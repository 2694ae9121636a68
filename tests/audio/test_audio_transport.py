"""The transport on a clock that moves when told, and a short run on the silent device."""

import threading
import time

import miniaudio
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.audio import clocks
from showeditor.audio.clocks import DeviceClock, ManualClock, VirtualClock, open_clock, open_null_clock
from showeditor.audio.sound import sound_of
from showeditor.audio.transport import Transport

RATE = 48_000


def manual(end_us: int | None = None) -> tuple[Transport, ManualClock]:
    clocks: list[ManualClock] = []

    def make(rate: int) -> ManualClock:
        clocks.append(ManualClock(rate))
        return clocks[-1]

    transport = Transport(make, end_us)
    return transport, clocks[0]


def ramp(seconds: float, rate: int = RATE) -> np.ndarray:
    """Samples that tell their own index: index / 2**23."""
    return (np.arange(int(seconds * rate)) / 2**23).astype(np.float32)


def test_play_pause_and_seek_are_exact() -> None:
    transport, clock = manual()
    assert not transport.playing
    clock.advance(1000)
    assert transport.position_us() == 0
    transport.play()
    clock.advance(RATE // 2)
    assert transport.position_us() == 500_000
    transport.pause()
    clock.advance(RATE)
    assert transport.position_us() == 500_000
    transport.seek(62_400_000)
    assert transport.position_us() == 62_400_000
    transport.toggle()
    clock.advance(480)
    assert transport.position_us() == 62_410_000
    transport.seek(1_000_000)
    clock.advance(48)
    assert transport.position_us() == 1_001_000
    transport.toggle()
    assert not transport.playing


def test_sound_is_the_sample_of_the_moment() -> None:
    transport, clock = manual()
    transport.set_sound(sound_of(RATE, ramp(4.0)))
    transport.seek(1_000_000)
    transport.play()
    heard = clock.advance(100)
    assert np.array_equal(heard[:, 0] * 2**23, np.arange(48_000, 48_100))
    assert np.array_equal(heard[:, 0], heard[:, 1])


def test_no_sample_is_lost_or_doubled_over_odd_periods() -> None:
    transport, clock = manual()
    transport.set_sound(sound_of(RATE, ramp(3.0)))
    transport.seek(123_457)
    transport.play()
    heard = np.concatenate([clock.advance(n)[:, 0] for n in (1, 7, 441, 1023, 4096, 3, 960, 20_000)])
    assert np.array_equal(np.diff(heard * 2**23), np.ones(len(heard) - 1))


@pytest.mark.parametrize("start_us", [250_000, -250_000, 0])
def test_sound_starts_at_its_show_time(start_us: int) -> None:
    transport, clock = manual()
    transport.set_sound(sound_of(RATE, ramp(1.0) + 0.125), start_us=start_us)
    transport.play()
    heard = clock.advance(RATE * 2)[:, 0]
    first = max(0, start_us) * RATE // 1_000_000
    last = (1_000_000 + start_us) * RATE // 1_000_000
    assert not heard[:first].any()
    assert (heard[first:last] >= 0.125).all()
    assert not heard[last:].any()
    assert heard[first] == pytest.approx(0.125 + max(0, -start_us) * RATE / 1_000_000 / 2**23)


def test_gain_and_channels() -> None:
    transport, clock = manual()
    samples = np.stack([np.full(RATE, 0.5), np.full(RATE, -0.25), np.ones(RATE)], axis=1)
    transport.set_sound(sound_of(RATE, samples), gain_db=-6.0206)
    transport.play()
    heard = clock.advance(10)
    assert heard[0].tolist() == pytest.approx([0.25, -0.125], rel=1e-4)
    with pytest.raises(ValueError, match="gain_db"):
        transport.set_sound(None, gain_db=float("nan"))


def test_a_loop_turns_at_the_same_sample_in_sound_and_position() -> None:
    transport, clock = manual()
    transport.set_sound(sound_of(RATE, ramp(3.0)))
    transport.set_loop(500_000, 750_000)
    transport.seek(600_000)
    transport.play()
    heard = clock.advance(RATE)[:, 0] * 2**23
    wanted = np.concatenate([np.arange(28_800, 36_000), *[np.arange(24_000, 36_000)] * 4])[:RATE]
    assert np.array_equal(heard, wanted)
    assert transport.position_us() == 500_000 + (RATE - 7200) % 12_000 * 1_000_000 // RATE
    transport.set_loop()
    before = transport.position_us()
    clock.advance(RATE)
    assert transport.position_us() == before + 1_000_000


def test_a_loop_behind_is_not_entered_and_one_ahead_is() -> None:
    transport, clock = manual()
    transport.set_loop(100_000, 200_000)
    transport.seek(300_000)
    transport.play()
    clock.advance(RATE)
    assert transport.position_us() == 1_300_000
    transport.seek(0)
    clock.advance(RATE * 15 // 100)
    assert transport.position_us() == 150_000
    clock.advance(RATE // 10)
    assert transport.position_us() == 150_000
    with pytest.raises(ValueError, match="loop"):
        transport.set_loop(5, 5)


def test_shuttle_doubles_turns_and_is_silent() -> None:
    transport, clock = manual()
    transport.set_sound(sound_of(RATE, np.ones(RATE * 100)))
    transport.seek(20_000_000)
    speeds = []
    for _ in range(5):
        transport.shuttle(1)
        speeds.append(transport.speed)
    assert speeds == [1, 2, 4, 8, 8]
    assert not clock.advance(RATE).any()
    assert transport.position_us() == 28_000_000
    transport.shuttle(-1)
    assert transport.speed == -1
    transport.shuttle(-1)
    clock.advance(RATE)
    assert transport.position_us() == 26_000_000
    transport.shuttle(0)
    assert transport.speed == 0
    with pytest.raises(ValueError, match="fastest"):
        transport.set_speed(9)


def test_it_stops_at_both_ends() -> None:
    transport, clock = manual(end_us=1_000_000)
    transport.set_sound(sound_of(RATE, np.ones(RATE * 3)))
    transport.play()
    heard = clock.advance(RATE + 4800)
    assert heard[RATE - 1, 0] == 1.0
    assert not heard[RATE:].any()
    assert (transport.position_us(), transport.playing) == (1_000_000, False)
    transport.play()
    assert transport.position_us() == 0
    clock.advance(480)
    transport.set_speed(-2)
    clock.advance(RATE)
    assert (transport.position_us(), transport.playing) == (0, False)
    transport.seek(5_000_000)
    assert transport.position_us() == 1_000_000
    transport.set_end(400_000)
    assert transport.position_us() == 400_000
    transport.seek(-7)
    assert transport.position_us() == 0


def test_a_sound_of_another_rate_opens_another_clock() -> None:
    rates: list[int] = []

    def make(rate: int) -> ManualClock:
        rates.append(rate)
        return ManualClock(rate)

    transport = Transport(make)
    transport.set_sound(sound_of(44_100, np.zeros(10)))
    transport.set_sound(sound_of(44_100, np.zeros(20)))
    assert rates == [48_000, 44_100]
    assert transport.rate == 44_100


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["play", "pause", "advance", "loop", "free"]), st.integers(1, 20_000)), max_size=30
    )
)
def test_playing_forwards_never_goes_back_without_a_loop(steps: list[tuple[str, int]]) -> None:
    transport, clock = manual()
    last, loop = 0, False
    for what, count in steps:
        if what == "advance":
            clock.advance(count)
        elif what == "loop":
            transport.set_loop(count, count * 3)
            loop = True
        elif what == "free":
            transport.set_loop()
            loop = False
        else:
            getattr(transport, what)()
        now = transport.position_us()
        if not loop:
            assert now >= last
        last = now


def test_the_virtual_clock_follows_the_given_time() -> None:
    now = [10.0]
    transport = Transport(lambda rate: VirtualClock(rate, lambda: now[0]))
    assert "no sound card" in transport.clock_name
    transport.play()
    now[0] += 2.5
    assert transport.position_us() == pytest.approx(2_500_000, abs=25)
    transport.pause()
    now[0] += 9.0
    assert transport.position_us() == pytest.approx(2_500_000, abs=25)


def test_without_a_sound_card_the_clock_is_virtual(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "may_have_a_card", lambda: False)
    assert isinstance(open_clock(), VirtualClock)
    monkeypatch.setattr(clocks, "may_have_a_card", lambda: True)
    monkeypatch.setattr(clocks, "DeviceClock", lambda rate: DeviceClock(rate, [miniaudio.Backend.NULL]))
    assert isinstance(open_clock(), VirtualClock)

    def refuse(rate: int) -> DeviceClock:
        raise miniaudio.MiniaudioError("failed to init device")

    monkeypatch.setattr(clocks, "DeviceClock", refuse)
    assert isinstance(open_clock(44_100), VirtualClock)


def test_the_silent_device_keeps_time_and_moves_smoothly() -> None:
    transport = Transport(open_null_clock)
    transport.set_sound(sound_of(RATE, np.zeros(RATE * 5)))
    assert transport.clock_name == "Null sample clock"
    transport.play()
    time.sleep(0.15)
    begin, first = time.perf_counter(), transport.position_us()
    seen = [first]
    while time.perf_counter() - begin < 1.2:
        seen.append(transport.position_us())
        time.sleep(0.004)
    passed = (time.perf_counter() - begin) * 1e6
    moved = transport.position_us() - first
    transport.close()
    steps = np.diff(seen)
    assert (steps >= 0).all()
    # on a busy machine a period may come late by itself; on the whole the count keeps up with the day's clock
    assert moved == pytest.approx(passed, abs=80_000)
    assert np.median(steps) < 20_000


def test_commands_from_many_threads_leave_no_lock_behind() -> None:
    transport = Transport(open_null_clock)
    stop = threading.Event()

    def press(seed: int) -> None:
        noise = np.random.default_rng(seed)
        while not stop.is_set():
            pick = int(noise.integers(5))
            if pick == 0:
                transport.toggle()
            elif pick == 1:
                transport.seek(int(noise.integers(10_000_000)))
            elif pick == 2:
                transport.shuttle(int(noise.integers(-1, 2)))
            else:
                transport.position_us()

    threads = [threading.Thread(target=press, args=(seed,)) for seed in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    stop.set()
    for thread in threads:
        thread.join(timeout=10)
        assert not thread.is_alive()
    transport.close()
