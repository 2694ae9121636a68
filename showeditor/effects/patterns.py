"""Firing patterns of cake rows: which way each shot of a row leans, and in which order the shots fire.

The keywords and their meaning are vdl.md section 8.1 (middle letters: geometry, last letter: order). Angles are
fractions of half the cake's fan: -1 leftmost, +1 rightmost.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pattern:
    """`leans(n)`: n fractions from left tube to right tube; `ranks(n)`: the order they fire in (equal: together)."""

    name: str
    leans: Callable[[int], list[float]]
    ranks: Callable[[int], list[int]]


def _spread(n: int, low: float, high: float) -> list[float]:
    return [0.5 * (low + high)] if n == 1 else [low + (high - low) * i / (n - 1) for i in range(n)]


def _straight(n: int) -> list[float]:
    return [0.0] * n


def _fan(n: int) -> list[float]:
    return _spread(n, -1.0, 1.0)


def _left(n: int) -> list[float]:
    return [-1.0] * n


def _right(n: int) -> list[float]:
    return [1.0] * n


def _bookend_left(n: int) -> list[float]:
    # the outer tubes lean to the ends, the rest stands straight; the left half has the odd one
    return [-1.0] * ((n + 1) // 2) + [1.0] * (n // 2)


def _bookend_right(n: int) -> list[float]:
    return [-1.0] * (n // 2) + [1.0] * ((n + 1) // 2)


def _w_straight(n: int) -> list[float]:
    # W geometry in thirds, the remainder to the straight middle: 11 tubes -> 3-5-3
    side = n // 3
    return [-1.0] * side + [0.0] * (n - 2 * side) + [1.0] * side


def _w_angled(n: int) -> list[float]:
    # the remainder to the angled sides: 11 tubes -> 4-3-4
    side = (n - n // 3) // 2
    return [-1.0] * side + [0.0] * (n - 2 * side) + [1.0] * side


def _w_cycle(n: int) -> list[float]:
    return [(-1.0, 0.0, 1.0)[i % 3] for i in range(n)]


def _v(n: int) -> list[float]:
    return [-1.0] * (n // 2) + [0.0] * (n % 2) + [1.0] * (n // 2)


def _from_left(n: int) -> list[int]:
    return list(range(n))


def _from_right(n: int) -> list[int]:
    return list(range(n - 1, -1, -1))


def _together(n: int) -> list[int]:
    return [0] * n


def _centre_out(n: int) -> list[int]:
    # pairs at one distance from the middle fire together; with an even count the inner pair is first
    return [abs(2 * i - (n - 1)) // 2 for i in range(n)]


def _ends_in(n: int) -> list[int]:
    order = _centre_out(n)
    return [max(order) - rank for rank in order]


def _threes(n: int) -> list[int]:
    return [i // 3 for i in range(n)]


_ALL = (
    Pattern("STR", _straight, _from_left),
    Pattern("STL", _straight, _from_right),
    Pattern("STT", _straight, _together),
    Pattern("ALR", _left, _from_left),
    Pattern("ALL", _left, _from_right),
    Pattern("ALT", _left, _together),
    Pattern("ARR", _right, _from_left),
    Pattern("ARL", _right, _from_right),
    Pattern("ART", _right, _together),
    Pattern("FNR", _fan, _from_left),
    Pattern("FNL", _fan, _from_right),
    Pattern("FNT", _fan, _together),
    Pattern("BLR", _bookend_left, _from_left),
    Pattern("BLL", _bookend_left, _from_right),
    Pattern("BLT", _bookend_left, _together),
    Pattern("BRR", _bookend_right, _from_left),
    Pattern("BRL", _bookend_right, _from_right),
    Pattern("BRT", _bookend_right, _together),
    Pattern("CTO", _fan, _centre_out),
    Pattern("OTC", _fan, _ends_in),
    Pattern("TRI", _w_straight, _together),
    Pattern("TRX", _w_angled, _together),
    Pattern("TRS", _w_cycle, _threes),
    Pattern("VST", _v, _together),
    Pattern("VSS", _v, _centre_out),
)

_ALIASES = {
    "STW": "STR", "AGW": "ALR", "AGT": "ALT", "FNW": "FNR", "ATF": "FNT", "BKW": "BLR", "BKT": "BLT", "CRN": "CTO",
}  # fmt: skip

PATTERNS = {p.name: p for p in _ALL}
PATTERNS |= {alias: PATTERNS[name] for alias, name in _ALIASES.items()}

BODY_PATTERNS: dict[str, tuple[str, ...]] = {
    "": ("STR",),
    "Straight": ("STR",),
    "Fan": ("FNT",),
    "Peacock": ("FNT",),
    "Wipe": ("FNR",),
    "Z-Shape": ("FNR", "FNL"),
    "X-Shape": ("ALR", "ARL"),
    "C-Shape": ("CTO", "OTC"),
    "R-Shape": ("FNR", "STR"),
    "V-Shape": ("VST",),
    "W-Shape": ("TRI",),
    "Zipper": ("ALR", "ARR"),
    "Bookend": ("BLT",),
    "Angle": ("ALR", "ARL"),
}
"""A word for the whole cake -> the patterns that its rows take in turn (vdl.md names the words only: own choice)."""

DEFAULT_FAN_DEG = 60.0
"""The total fan where a leaning pattern comes without `Degrees` (own choice; vdl.md states none)."""
