"""Following timecode: locks, drop-outs, jumps, stray frames, standing still; with clocks that the tests hold."""

import mido
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.audio.ltc import ltc_sound
from showeditor.audio.mtc import full_frame, quarter_frame
from showeditor.live.chase import Chaser, State
from showeditor.live.sources import FreeSource, LtcSource, MtcSource
from showeditor.model.timecode import RATES, Timecode

import libltc

FRAME_US = 40_000
TIMECODE = Timecode("25", "01:00:00:00")
ZERO = TIMECODE.zero_frame


def fed(chaser: Chaser, first: int, count: int, at_us: int = 0, speed: float = 1.0) -> int:
    """Feed frames of show time `first` frames on; the moment of the last."""
    last = at_us
    for k in range(count):
        last = at_us + round(k * FRAME_US / speed)
        chaser.heard(last, 4 * (ZERO + first + k))
    return last


def test_it_locks_after_three_frames_and_not_before():
    chaser = Chaser(TIMECODE)
    fed(chaser, 0, 2)
    assert chaser.reading(50_000).state is State.WAITING
    assert chaser.reading(50_000).t_us is None
    chaser.heard(80_000, 4 * (ZERO + 2))
    reading = chaser.reading(90_000)
    assert (reading.state, reading.t_us, reading.jumps) == (State.LOCKED, 90_000, 0)


def test_before_show_zero_and_over_midnight():
    chaser = Chaser(Timecode("29.97df", "-00:00:01:00"))
    rate = RATES["29.97df"]
    for k in range(6):
        chaser.heard(k * 33_367, 4 * (rate.day_frames - 33 + k))
    assert chaser.reading(5 * 33_367).t_us == pytest.approx(2 * 33_367, abs=40)
    assert chaser.show_us(4 * (rate.day_frames - 130)) == pytest.approx(-100 * 33_366.67, abs=2)
    assert chaser.show_us(0) == pytest.approx(30 * 33_366.67, abs=2)


def test_a_drop_out_is_ridden_over_and_a_long_one_stops_it():
    chaser = Chaser(TIMECODE, flywheel_us=1_000_000)
    last = fed(chaser, 0, 25)
    assert chaser.reading(last + 100_000).state is State.LOCKED
    assert chaser.reading(last + 900_000).state is State.FLYWHEEL
    assert chaser.reading(last + 900_000).t_us == pytest.approx(last + 900_000, abs=10)
    lost = chaser.reading(last + 1_500_000)
    assert lost.state is State.LOST
    assert chaser.reading(last + 60_000_000) == lost
    assert lost.t_us == last + 1_000_000


def test_it_takes_up_again_where_the_code_goes_on():
    chaser = Chaser(TIMECODE)
    last = fed(chaser, 0, 25)
    chaser.reading(last + 5_000_000)
    # the code was only not heard: it goes on where the clock would be
    back = fed(chaser, 25 + 125, 3, last + 126 * FRAME_US)
    reading = chaser.reading(back)
    assert (reading.state, reading.t_us) == (State.LOCKED, back)
    assert reading.jumps == 1


def test_after_a_short_drop_out_there_is_no_jump():
    chaser = Chaser(TIMECODE)
    last = fed(chaser, 0, 25)
    chaser.heard(last + 20 * FRAME_US, 4 * (ZERO + 44))
    assert chaser.reading(last + 20 * FRAME_US).state is State.LOCKED
    assert chaser.reading(last + 20 * FRAME_US).jumps == 0


@pytest.mark.parametrize("to", [1000, -500, 30])
def test_a_jump_is_believed_after_three_frames_in_a_row(to):
    chaser = Chaser(TIMECODE)
    last = fed(chaser, 100, 25)
    here = last - 0 + 100 * FRAME_US
    last = fed(chaser, 124 + to, 2, last + FRAME_US)
    assert chaser.reading(last).t_us == pytest.approx(here + 2 * FRAME_US, abs=FRAME_US / 4)
    last = fed(chaser, 126 + to, 3, last + FRAME_US)
    reading = chaser.reading(last)
    assert (reading.state, reading.jumps) == (State.LOCKED, 1)
    assert reading.t_us == pytest.approx((128 + to) * FRAME_US, abs=10)


@given(st.integers(-100_000, 100_000).filter(lambda n: abs(n - 9) > 4), st.integers(3, 20))
@settings(max_examples=40)
def test_one_stray_frame_moves_nothing(stray, after):
    chaser = Chaser(TIMECODE)
    last = fed(chaser, 0, 10)
    chaser.heard(last + 20_000, 4 * (ZERO + stray))
    last = fed(chaser, 10, after, last + FRAME_US)
    reading = chaser.reading(last)
    assert (reading.state, reading.t_us, reading.jumps) == (State.LOCKED, last, 0)


def test_code_that_stands_or_runs_backwards_is_not_followed():
    for step in (0, -1):
        chaser = Chaser(TIMECODE)
        for k in range(50):
            chaser.heard(k * FRAME_US, 4 * (ZERO + 1000 + step * k))
        assert chaser.reading(2_000_000).state is State.WAITING
    chaser = Chaser(TIMECODE)
    last = fed(chaser, 0, 10)
    for k in range(60):
        chaser.heard(last + k * FRAME_US, 4 * (ZERO + 9))
    assert chaser.reading(last + 60 * FRAME_US).state is State.LOST


@pytest.mark.parametrize("speed", [0.98, 1.0, 1.02])
def test_a_tape_that_runs_a_little_off_is_followed(speed):
    chaser = Chaser(TIMECODE)
    last = fed(chaser, 0, 1500, 0, speed)
    assert chaser.reading(last).state is State.LOCKED
    assert chaser.reading(last).t_us == pytest.approx(1499 * FRAME_US, abs=6000)
    assert chaser.reading(last).jumps == 0


@given(st.integers(0, 2**31))
@settings(max_examples=15)
def test_jitter_of_arrival_is_smoothed(seed):
    chaser, rng = Chaser(TIMECODE), np.random.default_rng(seed)
    worst, before = 0.0, -(10**9)
    for k in range(200):
        at = k * FRAME_US + int(rng.integers(0, 4000))
        chaser.heard(at, 4 * (ZERO + k))
        reading = chaser.reading(at)
        if k > 30:
            worst = max(worst, abs(reading.t_us - (at - 2000)))
            assert reading.t_us >= before - 1500
        before = reading.t_us or before
    assert worst < 2000


class Hand:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.us = 0

    def __call__(self) -> int:
        return self.us


@pytest.mark.parametrize("name", sorted(RATES))
def test_mtc_in_from_messages_as_mido_writes_them(name):
    timecode = Timecode(name, "00:10:00:00")
    rate, now = timecode.clock, Hand()
    source = MtcSource(timecode, "test", 1_000_000, now)
    start = 4 * (timecode.zero_frame + 100)
    for k in range(200):
        now.us = round(k * 1e6 * rate.den / rate.num / 4)
        piece = quarter_frame(rate, start + k)
        source.feed(bytes(mido.Message.from_bytes(piece).bytes()))
    reading = source.reading()
    assert reading.state is State.LOCKED
    assert reading.t_us == pytest.approx((100 + 199 / 4) * 1e6 * rate.den / rate.num, abs=1500)
    assert not source.odd_rate


def test_mtc_of_another_rate_and_full_frames_are_not_followed():
    now = Hand()
    source = MtcSource(Timecode("25"), "test", 1_000_000, now)
    for k in range(200):
        now.us = k * 8333
        source.feed(quarter_frame(RATES["30"], k))
    assert source.reading().state is State.WAITING
    assert source.odd_rate
    for k in range(50):
        now.us += 40_000
        source.feed(full_frame(RATES["25"], k))
    assert source.reading().state is State.WAITING


def test_ltc_in_from_what_libltc_writes():
    hz, now = 48_000, Hand()
    timecode = Timecode("25", "10:00:00:00")
    source = LtcSource(timecode, hz, "test", 1_000_000, now)
    sound = libltc.encode((10, 0, 4, 0), 75, hz, 25)
    for at in range(0, len(sound), 480):
        now.us = (at + 480) * 1_000_000 // hz
        source.feed(sound[at : at + 480])
        source.reading()
    reading = source.reading()
    assert reading.state is State.LOCKED
    assert reading.t_us == pytest.approx(4_000_000 + now.us, abs=1000)


def test_ltc_in_with_a_hole_a_jump_and_an_end():
    hz, now = 48_000, Hand()
    timecode = Timecode("30", "00:00:00:00")
    source = LtcSource(timecode, hz, "test", 500_000, now)
    pieces = [np.concatenate(list(ltc_sound(timecode, first, 60, hz))) for first in (0, 72, 900)]
    hole = np.zeros(round(0.4 * hz), dtype=np.float32)
    sound = np.concatenate([pieces[0], hole, pieces[1], pieces[2], np.zeros(hz, dtype=np.float32)])
    seen = []
    for at in range(0, len(sound), 480):
        now.us = (at + 480) * 1_000_000 // hz
        source.feed(sound[at : at + 480])
        reading = source.reading()
        seen.append((now.us, reading))
    states = [r.state for _, r in seen]
    assert State.FLYWHEEL in states
    assert states[-1] is State.LOST
    during = [r.t_us - us for us, r in seen if 500_000 < us < 4_300_000]
    assert max(abs(d) for d in during) < 2500
    assert seen[-1][1].jumps == 1
    after = [r.t_us - (us - 4_400_000) for us, r in seen if 4_700_000 < us < 6_300_000]
    assert max(abs(d - 30_000_000) for d in after) < 2500


def test_own_clock():
    now = Hand()
    source = FreeSource(-3_000_000, now)
    now.us = 5_000_000
    assert source.reading().t_us == 2_000_000
