"""How much is spent on a frame: three tiers, and why they differ."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Quality:
    """One tier. Sizes are divisors of the picture; budgets are counts a frame may draw.

    `sparks` is the most trail sparks drawn in a frame: beyond it every trail shows its first few slots, which depend on
    the moment alone, so a frame stays the same however it was reached. `puffs` is the same for smoke, which is drawn at
    the picture's size divided by `smoke_part`; without
    `grey_smoke` only smoke effects are, not what burning stars leave. `detail`:
    moon, clouds, woods.
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
    puffs: int
    smoke_part: int
    grey_smoke: bool
    detail: bool


DRAFT = Quality("draft", 8, 6_000, 4, 4, 4, False, 2, 2, 1, 160, 8, False, False)
STANDARD = Quality("standard", 14, 60_000, 2, 6, 2, True, 4, 1, 1, 1_200, 4, True, True)
FILM = Quality("film", 24, 600_000, 2, 7, 2, True, 6, 1, 1, 6_000, 4, True, True)
TIERS = {tier.name: tier for tier in (DRAFT, STANDARD, FILM)}


def quality_named(name: str, supersample: int = 1) -> Quality:
    """The tier `draft`, `standard` or `film`; raises ValueError naming the three for anything else.

    `supersample`: drawn this many times as wide and high and averaged, for posters; scenery and smoke stay as fine.
    """
    try:
        tier = TIERS[name]
        return (
            tier
            if supersample == 1
            else replace(
                tier,
                supersample=supersample,
                scenery=tier.scenery * supersample,
                smoke_part=tier.smoke_part * supersample,
            )
        )
    except KeyError:
        raise ValueError(f"quality must be one of {', '.join(TIERS)}, not {name!r}") from None
