"""Times: one rounding, half up, in integers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from showeditor.model.times import clock, round_half_up, seconds, us, us_of_decimal, us_of_text


@pytest.mark.parametrize(
    ("t_us", "tick_us", "rounded"),
    [
        (13_250_000, 100_000, 13_300_000),
        (13_249_999, 100_000, 13_200_000),
        (50_000, 100_000, 100_000),
        (-50_000, 100_000, 0),
        (-50_001, 100_000, -100_000),
        (5, 10, 10),
        (15, 10, 20),
        (7, 1, 7),
    ],
)
def test_halves_go_up(t_us: int, tick_us: int, rounded: int) -> None:
    assert round_half_up(t_us, tick_us) == rounded


@given(st.integers(-(10**13), 10**13), st.integers(1, 10**7))
def test_rounding_finds_the_nearest_multiple(t_us: int, tick_us: int) -> None:
    rounded = round_half_up(t_us, tick_us)
    assert rounded % tick_us == 0
    assert -tick_us <= 2 * (t_us - rounded) < tick_us
    assert round_half_up(rounded, tick_us) == rounded


@pytest.mark.parametrize(
    ("value", "t_us"), [(62.4, 62_400_000), (0.1 + 0.2, 300_000), (1e-7, 0), (5e-7, 1), (-5e-7, 0), (-1.5e-6, -1)]
)
def test_seconds_as_written(value: float, t_us: int) -> None:
    assert us(value) == t_us


@pytest.mark.parametrize(
    ("text", "t_us"),
    [
        ("62.4", 62_400_000),
        ("1:02.4", 62_400_000),
        ("00:01:02.40s", 62_400_000),
        (" 2:00:00 ", 7_200_000_000),
        ("-0:01", -1_000_000),
        ("0.0000005", 1),
    ],
)
def test_texts(text: str, t_us: int) -> None:
    assert us_of_text(text) == t_us


@pytest.mark.parametrize("text", ["", "soon", "1:2:3:4", "1.2.3", "nan", "inf", "1e3", "--1", "1,5"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a time"):
        us_of_text(text)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_not_finite_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        us(value)


@given(st.integers(-(10**12), 10**12))
def test_microseconds_survive_decimal_text(t_us: int) -> None:
    assert us_of_decimal(Decimal(t_us) / 1_000_000) == t_us
    assert us(seconds(t_us)) == t_us
    assert us_of_text(f"{Decimal(t_us) / 1_000_000:f}") == t_us


def test_the_clock_for_people() -> None:
    assert clock(62_405_000) == "1:02.41"
    assert clock(59_999_999) == "1:00.00"
    assert clock(-1_500_000, 1) == "-0:01.5"
    assert clock(3_600_000_000, 0) == "60:00"
