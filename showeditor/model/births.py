"""Checks that values pass when they are born; each raises ValueError with the field's name."""

import math
from collections.abc import Iterable
from datetime import date


def finite(name: str, *values: float) -> None:
    """Refuses NaN and infinities."""
    for value in values:
        if not math.isfinite(value):
            raise ValueError(f"{name} must be a finite number, not {value}")


def not_negative(name: str, *values: float) -> None:
    """Refuses NaN, infinities and anything below zero."""
    finite(name, *values)
    for value in values:
        if value < 0:
            raise ValueError(f"{name} must not be negative, got {value}")


def positive(name: str, *values: float) -> None:
    """Refuses NaN, infinities, zero and anything below zero."""
    finite(name, *values)
    for value in values:
        if value <= 0:
            raise ValueError(f"{name} must be greater than zero, got {value}")


def within(name: str, value: float, low: float, high: float) -> None:
    """Refuses NaN and anything outside the closed range."""
    finite(name, value)
    if not low <= value <= high:
        raise ValueError(f"{name} must lie between {low} and {high}, got {value}")


def named(name: str, value: str) -> None:
    """Refuses an empty or blank text and control characters."""
    if not value.strip():
        raise ValueError(f"{name} must not be empty")
    if any(ord(c) < 32 and c not in "\t\n" for c in value):
        raise ValueError(f"{name} must not contain control characters")


def ascending(name: str, values: Iterable[float]) -> None:
    """Refuses values that do not strictly increase."""
    last: float | None = None
    for value in values:
        if last is not None and value <= last:
            raise ValueError(f"{name} must strictly increase, got {value} after {last}")
        last = value


def calendar_day(name: str, value: str) -> None:
    """Refuses what is neither empty nor a day written YYYY-MM-DD."""
    if not value:
        return
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{name} must be written YYYY-MM-DD, got {value!r}") from None
    if day.isoformat() != value:
        raise ValueError(f"{name} must be written YYYY-MM-DD, got {value!r}")
