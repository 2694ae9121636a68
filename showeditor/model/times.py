"""Time as integer microseconds from show zero (`t_us`), and the one way to round it.

Seconds exist only as decimal text at the edges. Rounding to a format's tick happens once, half up, in
integers, so that 13.25 s becomes 13.3 s at a tenth and never 13.2 s.
"""

import re
from decimal import ROUND_FLOOR, Decimal, InvalidOperation

US = 1_000_000
"""Microseconds in a second."""

_CLOCK = re.compile(r"^(-)?(?:(\d+):)?(?:(\d+):)?(\d+(?:\.\d+)?)s?$")


def us(seconds: float) -> int:
    """The whole microseconds nearest to `seconds` as written in decimal, halves upwards."""
    return us_of_decimal(Decimal(repr(float(seconds))))


def us_of_decimal(seconds: Decimal) -> int:
    """The whole microseconds nearest to an exact decimal number of seconds, half up."""
    if not seconds.is_finite():
        raise ValueError(f"a time must be finite, not {seconds}")
    return int((seconds * US + Decimal("0.5")).to_integral_value(ROUND_FLOOR))


def us_of_text(text: str) -> int:
    """Microseconds of `62.4`, `1:02.4`, `00:01:02.40s`; raises ValueError for anything else."""
    found = _CLOCK.match(text.strip())
    if not found:
        raise ValueError(f"not a time: {text!r} (write seconds or [h:]m:s)")
    sign, first, second, rest = found.groups()
    try:
        seconds = Decimal(rest)
    except InvalidOperation:  # pragma: no cover - the pattern admits decimals only
        raise ValueError(f"not a time: {text!r}") from None
    if second is not None:
        seconds += Decimal(first) * 3600 + Decimal(second) * 60
    elif first is not None:
        seconds += Decimal(first) * 60
    return us_of_decimal(-seconds if sign else seconds)


def round_half_up(t_us: int, tick_us: int) -> int:
    """`t_us` moved to the nearest multiple of `tick_us`, halves upwards; integers only."""
    return (2 * t_us + tick_us) // (2 * tick_us) * tick_us


def seconds(t_us: int) -> float:
    """Seconds as a float, for pictures and reports; never fed back into a Plan."""
    return t_us / US


def clock(t_us: int, decimals: int = 2) -> str:
    """`m:ss.dd` for people, rounded half up; negative times carry a minus sign."""
    tick = 10 ** (6 - decimals)
    total = round_half_up(abs(t_us), tick)
    minutes, rest = divmod(total, 60 * US)
    whole, part = divmod(rest, US)
    fraction = f".{part // tick:0{decimals}d}" if decimals else ""
    return f"{'-' if t_us < 0 else ''}{minutes}:{whole:02d}{fraction}"
