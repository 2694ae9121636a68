"""How names and numbers are written in findings, the same in both languages."""

from collections.abc import Sequence


def listed(names: Sequence[str], most: int = 4) -> str:
    """`a, b, c, d +3`: the first names and how many more there are."""
    shown = ", ".join(names[:most])
    return f"{shown} +{len(names) - most}" if len(names) > most else shown
