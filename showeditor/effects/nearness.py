"""How like two words are: slips of the hand by the optimal string alignment distance, slips of the ear by syllable."""

from collections.abc import Iterable
from functools import lru_cache

_SWAPPED, _ALIKE = 0.7, 0.4
_FIRST_PLANE = range(16, 56)
"""The rows of GB 2312 whose characters stand in the order of their pinyin syllables."""
_NEIGHBOURS = 10


@lru_cache(maxsize=8192)
def _place(letter: str) -> int | None:
    """The place of a common Chinese character in GB 2312's order of syllables; None for others."""
    try:
        row, cell = letter.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return None
    return (row - 176) * 94 + cell - 161 if row - 160 in _FIRST_PLANE else None


def _cost(a: str, b: str) -> float:
    if a == b:
        return 0.0
    here, there = _place(a), _place(b)
    if here is not None and there is not None and abs(here - there) <= _NEIGHBOURS:
        # neighbours in that order sound the same or nearly so
        return _ALIKE
    return 1.0


def distance(a: str, b: str) -> float:
    """The least sum of slips that turn `a` into `b`: letters lost, added, mistaken (1 each) or swapped (0.7)."""
    before: list[float] = []
    line = [float(j) for j in range(len(b) + 1)]
    for i, x in enumerate(a):
        above, line = line, [i + 1.0]
        for j, y in enumerate(b):
            best = min(above[j + 1] + 1.0, line[j] + 1.0, above[j] + _cost(x, y))
            if i and j and x == b[j - 1] and a[i - 1] == y and x != y:
                best = min(best, before[j - 1] + _SWAPPED)
            line.append(best)
        before = above
    return line[-1]


def likeness(word: str, known: str) -> float:
    """How like an unknown word is to a known one, 0 to 1; a word cut short is like the whole one."""
    longest = max(len(word), len(known))
    score = 1.0 - distance(word, known) / longest if longest else 0.0
    if len(word) >= 4 and known.startswith(word):
        score = max(score, 0.72 + 0.2 * len(word) / len(known))
    # most slips leave the first letters alone
    begun = next((n for n, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    return min(1.0, score + 0.03 * min(4, begun))


def most_like(word: str, known: Iterable[str], least: float) -> str:
    """The known word most like `word`, "" when none reaches `least`; of equals the first in the alphabet."""
    near = (other for other in known if abs(len(other) - len(word)) <= max(1, len(word) // 3) or other.startswith(word))
    best = min(((-likeness(word, other), other) for other in near), default=(0.0, ""))
    return best[1] if -best[0] >= least else ""
