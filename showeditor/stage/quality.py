"""How much is spent on a frame: three tiers, and why they differ."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quality:
    """One tier. Sizes are divisors of the picture; budgets are counts a frame may draw.

    `sparks` is the most trail sparks drawn in a frame: beyond it every trail shows its first few slots, which depend on
    the moment alone, so a frame stays the same however it was reached.
    """

    name: str
    segments: int
    sparks: int
    bloom_first: int
    bloom_levels: int
    reflection: int
    reflected_sparks: bool
    taps: int
    scenery: int
    supersample: int


DRAFT = Quality("draft", 8, 6_000, 4, 4, 4, False, 2, 2, 1)
STANDARD = Quality("standard", 14, 60_000, 2, 6, 2, True, 4, 1, 1)
FILM = Quality("film", 24, 600_000, 2, 7, 1, True, 6, 1, 2)
TIERS = {tier.name: tier for tier in (DRAFT, STANDARD, FILM)}


def quality_named(name: str) -> Quality:
    """The tier `draft`, `standard` or `film`; raises ValueError naming the three for anything else."""
    try:
        return TIERS[name]
    except KeyError:
        raise ValueError(f"quality must be one of {', '.join(TIERS)}, not {name!r}") from None
