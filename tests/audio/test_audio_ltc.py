"""Linear timecode against Debian's libltc, both ways, at all rates, and hurt in the ways that cables hurt it."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.audio.ltc import fields_of_frames, ltc_sound, sample_of, words_of
from showeditor.audio.ltc_reading import LtcFrames, LtcListener, frames_in, rate_of
from showeditor.model.timecode import RATES, Timecode

import libltc

HZ = 48_000
every_rate = pytest.mark.parametrize("name", sorted(RATES))


def sound(timecode: Timecode, first: int, count: int, hz: int = HZ) -> np.ndarray:
    return np.concatenate(list(ltc_sound(timecode, first, count, hz)))


def labels(frames: LtcFrames) -> list[tuple[int, ...]]:
    return [tuple(row) for row in frames.fields.tolist()]


def expected(timecode: Timecode, first: int, count: int) -> list[tuple[int, ...]]:
    return [timecode.clock.fields_of(first + k) for k in range(count)]


@every_rate
@pytest.mark.parametrize("hz", [48_000, 44_100])
def test_libltc_reads_every_frame_that_we_write(name, hz):
    timecode = Timecode(name, "-00:00:05:00", date="2026-02-28", zone_h=8)
    rate, count = timecode.clock, 900
    heard = libltc.decode(np.round(sound(timecode, timecode.zero_frame, count, hz) * 32767), hz, rate.num / rate.den)
    assert [d.fields for d in heard] == expected(timecode, timecode.zero_frame, count)
    assert {d.drop for d in heard} == {rate.drop}
    before = rate.frame_of_text("00:00:05:00")
    assert [d.date for d in heard] == [(26, 2, 28)] * before + [(26, 3, 1)] * (count - before)
    assert {d.zone for d in heard} == {"+0800"}
    assert {d.flags for d in heard} == {libltc.BINARY_GROUP_FLAG_2}
    assert {sum(d.bits) % 2 for d in heard} == {0}
    assert [d.bits for d in heard] == [
        tuple(row) for row in words_of(timecode, timecode.zero_frame + np.arange(count)).tolist()
    ]
    assert max(abs(d.start - sample_of(rate, hz, k)) for k, d in enumerate(heard)) <= 3


@every_rate
def test_without_a_date_the_user_bits_are_empty(name):
    timecode = Timecode(name, "10:00:00:00")
    (first, *_) = libltc.decode(np.round(sound(timecode, timecode.zero_frame, 5) * 32767), HZ, timecode.clock.nominal)
    assert first.date == (0, 0, 0)
    assert first.flags == 0


@pytest.mark.parametrize("zone", range(-12, 14))
def test_every_time_zone_as_libltc_names_it(zone):
    timecode = Timecode("25", date="2030-12-31", zone_h=zone)
    (first, *_) = libltc.decode(np.round(sound(timecode, 0, 3) * 32767), HZ, 25)
    assert first.zone == f"{'-' if zone < 0 else '+'}{abs(zone):02d}00"
    assert first.date == (30, 12, 31)
    assert frames_in(sound(timecode, 0, 3), HZ).date_of(0) == (2030, 12, 31, zone)


@pytest.mark.parametrize(("fps", "name"), [(24, "24"), (25, "25"), (30_000 / 1001, "29.97df"), (30, "30")])
def test_we_read_what_libltc_writes(fps, name):
    timecode = Timecode(name, "23:59:58:00")
    rate = timecode.clock
    y = libltc.encode((23, 59, 58, 0), 150, HZ, fps, drop=rate.drop, date=(26, 2, 28), zone="+0800")
    heard = frames_in(y, HZ)
    assert labels(heard) == expected(timecode, timecode.zero_frame, 149)  # nothing closes its last bit
    assert set(heard.drop.tolist()) == {rate.drop}
    assert heard.date_of(0) == (2026, 2, 28, 8)
    assert heard.date_of(140) == (2026, 3, 1, 8)
    assert rate_of(heard, HZ) == rate


def test_what_libltc_writes_backwards_is_read_backwards():
    heard = frames_in(libltc.encode((1, 0, 0, 10), 40, HZ, 25, backwards=True), HZ)
    assert heard.backwards.all()
    rate = RATES["25"]
    first = rate.frame_of(*heard.fields[0].tolist())
    assert labels(heard) == [rate.fields_of(first - k) for k in range(len(heard))]
    assert len(heard) >= 38


@every_rate
def test_our_own_rate_is_recognised(name):
    assert rate_of(frames_in(sound(Timecode(name), 0, 90), HZ), HZ) == RATES[name]


@every_rate
@pytest.mark.parametrize("speed", [0.5, 0.9, 1.1, 2.0, -1.0])
def test_at_other_speeds(name, speed):
    timecode = Timecode(name, "00:00:59:00")
    x = sound(timecode, timecode.zero_frame, 90)
    x = np.interp(np.arange(0, len(x) - 1, abs(speed)), np.arange(len(x)), x)
    heard = frames_in(x[::-1] if speed < 0 else x, HZ)
    wanted = expected(timecode, timecode.zero_frame, 90)
    if speed < 0:
        assert labels(heard) == wanted[:0:-1] or labels(heard) == wanted[::-1]
        assert heard.backwards.all()
    else:
        assert labels(heard) == wanted


@given(st.integers(0, 2**31), st.floats(0.02, 1.9), st.floats(0, 0.12), st.floats(-0.3, 0.3), st.booleans())
@settings(max_examples=20, deadline=None)
def test_noise_level_offset_and_turned_wires(seed, gain, noise, offset, upside_down):
    timecode = Timecode("25", "12:34:56:00")
    x = sound(timecode, timecode.zero_frame, 60)
    rng = np.random.default_rng(seed)
    x = gain * ((-x if upside_down else x) + rng.normal(0, noise, len(x)) + offset)
    wanted = expected(timecode, timecode.zero_frame, 60)
    heard = labels(frames_in(x, HZ))
    assert len(heard) >= 58
    assert [w for w in wanted if w in set(heard)] == heard


def test_speed_that_sways():
    x = sound(Timecode("30"), 0, 300)
    at = np.cumsum(1 + 0.3 * np.sin(np.arange(len(x)) / 20_000))
    at = at[at < len(x) - 1]
    heard = labels(frames_in(np.interp(at, np.arange(len(x)), x), HZ))
    assert heard == expected(Timecode("30"), 0, len(heard))
    assert len(heard) >= 0.98 * at[-1] / 1600


@pytest.mark.parametrize("bad", [np.zeros(0), np.zeros(100_000), np.random.default_rng(3).normal(0, 0.3, 200_000)])
def test_silence_and_noise_hold_no_timecode(bad):
    assert len(frames_in(bad, HZ)) == 0
    assert rate_of(frames_in(bad, HZ), HZ) is None


def test_a_hole_costs_only_the_frames_in_it():
    x = sound(Timecode("25"), 0, 100)
    x[20_000:30_000] = 0
    heard = labels(frames_in(x, HZ))
    lost = set(expected(Timecode("25"), 0, 100)) - set(heard)
    assert lost <= set(expected(Timecode("25"), 10, 6))
    assert heard == sorted(heard)


@given(st.integers(0, 2**31))
@settings(max_examples=8, deadline=None)
def test_a_listener_hears_the_same_piece_by_piece(seed):
    timecode = Timecode("29.97df", "00:00:59:20")
    x = sound(timecode, timecode.zero_frame, 60)
    listener, rng, at, heard, ends = LtcListener(HZ), np.random.default_rng(seed), 0, [], []
    while at < len(x):
        size = int(rng.integers(1, 5000))
        found = listener.feed(x[at : at + size])
        heard += labels(found)
        ends += found.end.tolist()
        at += size
    assert heard == expected(timecode, timecode.zero_frame, 60)
    assert ends == pytest.approx([sample_of(timecode.clock, HZ, k + 1) for k in range(60)], abs=2)


@every_rate
def test_no_drift_in_a_day(name):
    rate = RATES[name]
    speed = Fraction(rate.num, rate.den)
    for frame in (1, 107_892, rate.day_frames - 1, rate.day_frames):
        assert abs(sample_of(rate, HZ, frame) - frame * HZ / speed) <= Fraction(1, 2)
    # the last frames before and the first after midnight, as they sound
    timecode = Timecode(name)
    heard = frames_in(sound(timecode, rate.day_frames - 5, 10), HZ)
    assert labels(heard) == expected(timecode, rate.day_frames - 5, 10)


@every_rate
def test_labels_of_many_frames_are_those_of_one(name):
    rate = RATES[name]
    frames = np.concatenate([np.arange(-40, 40), np.arange(1790, 1810), np.arange(17_970, 17_990), [-1_000_000]])
    assert fields_of_frames(rate, frames).tolist() == [list(rate.fields_of(int(n))) for n in frames]


def test_a_rate_that_cannot_hold_the_code_is_refused():
    with pytest.raises(ValueError, match="16000 to 192000"):
        list(ltc_sound(Timecode(), 0, 1, 8000))
