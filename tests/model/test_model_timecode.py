"""Timecode against exact rationals: labels, dropped labels, a day without drift, midnight, and before zero."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from showeditor.model.music import AtTime
from showeditor.model.stage import Caption, Dmx, Msc, Osc, StageCue
from showeditor.model.timecode import RATES, Timecode

rates = st.sampled_from(sorted(RATES)).map(lambda name: RATES[name])
SPEED = {
    "24": Fraction(24),
    "25": Fraction(25),
    "29.97df": Fraction(30_000, 1001),
    "29.97": Fraction(30_000, 1001),
    "30": Fraction(30),
}


@pytest.mark.parametrize(
    ("frame", "label"),
    [
        (0, "00:00:00;00"),
        (1799, "00:00:59;29"),
        (1800, "00:01:00;02"),
        (17_981, "00:09:59;29"),
        (17_982, "00:10:00;00"),
        (107_892, "01:00:00;00"),
        (2_589_407, "23:59:59;29"),
        (2_589_408, "00:00:00;00"),
        (-1, "23:59:59;29"),
        (-300, "23:59:50;00"),
    ],
)
def test_published_drop_frame_labels(frame: int, label: str) -> None:
    assert RATES["29.97df"].text_of(frame) == label


def test_every_drop_frame_label_of_a_day_once_and_in_order() -> None:
    rate = RATES["29.97df"]
    expected = [
        (m // 60, m % 60, s, f)
        for m in range(1440)
        for s in range(60)
        for f in range(30)
        if not (m % 10 and s == 0 and f < 2)
    ]
    assert rate.day_frames == len(expected) == 2_589_408
    for n in (*range(0, 40_000), *range(0, len(expected), 997)):
        assert rate.fields_of(n) == expected[n]
        assert rate.frame_of(*expected[n]) == n


@given(rates, st.integers(-(10**8), 10**8))
def test_labels_read_back(rate, frame: int) -> None:
    assert rate.frame_of_text(rate.text_of(frame)) == frame % rate.day_frames


@given(rates, st.integers(-(10**8), 10**8))
def test_microseconds_are_within_a_half_of_the_exact_rational(rate, frame: int) -> None:
    exact = frame / SPEED[rate.name] * 1_000_000
    assert abs(rate.us_of_frame(frame) - exact) <= Fraction(1, 2)
    assert rate.us_of_frame(frame) - exact > Fraction(-1, 2)


@given(rates, st.integers(-(10**12), 10**12))
def test_the_running_frame_began_before_and_ends_after(rate, t_us: int) -> None:
    frame = rate.frame_at_us(t_us)
    assert rate.us_of_frame(frame) <= t_us < rate.us_of_frame(frame + 1)
    length, rounding = 1_000_000 / SPEED[rate.name], Fraction(1, 2)
    assert frame * length - rounding <= t_us < (frame + 1) * length + rounding
    whole = rate.frames_over(t_us)
    assert rate.us_of_frame(whole - 1) < t_us <= rate.us_of_frame(whole)
    assert rate.frame_at_us(rate.us_of_frame(frame)) == rate.frames_over(rate.us_of_frame(frame)) == frame


def test_a_day_of_each_rate_lasts_what_the_standard_says() -> None:
    day = 86_400_000_000
    lasts = {name: rate.us_of_frame(rate.day_frames) - day for name, rate in RATES.items()}
    assert lasts == {"24": 0, "25": 0, "30": 0, "29.97": 86_400_000, "29.97df": -86_400}  # 86 ms a day, in figures


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        ("29.97df", "00:01:00;00"),
        ("29.97df", "00:11:00;01"),
        ("25", "00:00:00:25"),
        ("24", "24:00:00:00"),
        ("30", "00:60:00:00"),
        ("25", "1:2:3"),
        ("25", "ten"),
    ],
)
def test_labels_that_do_not_exist_are_refused(rate, text: str) -> None:
    with pytest.raises(ValueError, match=r"timecode"):
        RATES[rate].frame_of_text(text)


def test_negative_start_and_midnight() -> None:
    timecode = Timecode("25", "-00:00:10:00", 2_000_001)
    assert timecode.zero_frame == -250
    assert timecode.pre_roll_frames == 51
    assert timecode.label_at(0) == "23:59:50:00"
    assert timecode.label_at(10_000_000) == "00:00:00:00"
    assert timecode.label_at(-1) == "23:59:49:24"


@pytest.mark.parametrize(
    "make",
    [
        lambda: Timecode("25", "xx"),
        lambda: Timecode(pre_roll_us=-1),
        lambda: Timecode(date="30.9.2026"),
        lambda: Timecode(date="1900-01-01"),
        lambda: Timecode(zone_h=14),
        lambda: Osc("eos/go"),
        lambda: Osc("/a b"),
        lambda: Osc("/a", (2**31,)),
        lambda: Osc("/a", (float("nan"),)),
        lambda: Osc("/a", ("x\0",)),
        lambda: Msc(number="12a"),
        lambda: Msc(cue_list="1"),
        lambda: Msc("reset", "1"),
        lambda: Msc("load"),
        lambda: Msc(device=128),
        lambda: Dmx(1, 512, (1, 2)),
        lambda: Dmx(1, 1, (256,)),
        lambda: Dmx(1, 1, ()),
        lambda: Dmx(0, 1, (1,)),
        lambda: StageCue("a", " ", AtTime(0)),
        lambda: Caption("a", AtTime(0), 0),
        lambda: Caption("a", AtTime(0), 1, zh="a\n\nb"),
        lambda: Caption("a", AtTime(0), 1, speaker="<b>"),
    ],
)
def test_bad_values_are_not_born(make) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        make()
