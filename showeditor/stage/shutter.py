"""How long a picture gathers light around its moment: motion blur as the sum of a few moments."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shutter:
    """Open for `open_us` about the moment of the picture, seen as `moments` equal parts; one moment blurs nothing.

    A film camera's half-open shutter at 25 frames a second is open for 20,000 us.
    """

    open_us: int = 0
    moments: int = 1

    def __post_init__(self) -> None:
        if self.open_us < 0 or not 1 <= self.moments <= 256:
            raise ValueError(
                f"a shutter opens for 0 us or longer in 1 to 256 parts, not {self.open_us}, {self.moments}"
            )

    def times(self, t_us: int) -> tuple[int, ...]:
        """The middles of its parts, in order; `t_us` itself where nothing is blurred."""
        if self.moments == 1 or self.open_us == 0:
            return (t_us,)
        n = self.moments
        return tuple(t_us + self.open_us * (2 * k + 1 - n) // (2 * n) for k in range(n))


CLOSED = Shutter()
