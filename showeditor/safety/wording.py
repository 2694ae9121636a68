"""How names and numbers are written in findings, the same in both languages."""

from collections.abc import Sequence


def counted(count: int, thing: str) -> str:
    """`1 cue`, `3 cues`."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def named(names: Sequence[str], thing: str) -> str:
    """`drone D1` for one, `3 drones (D1, D2, D3)` for several."""
    return f"{thing} {names[0]}" if len(names) == 1 else f"{len(names)} {thing}s ({listed(names)})"


def listed(names: Sequence[str], most: int = 4) -> str:
    """`a, b, c, d +3`: the first names and how many more there are."""
    shown = ", ".join(names[:most])
    return f"{shown} +{len(names) - most}" if len(names) > most else shown
