"""Test firings: measured rise times and heights of catalogue entries -> calibrated entries with their spread."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from showeditor.effects.catalogue import Catalogue, Entry
from showeditor.model.births import named, positive

FEW = 3
"""Below so many firings a spread is not worth its name and stays 0 (own choice)."""


@dataclass(frozen=True, slots=True)
class TestFiring:
    """One measured shot of the entry `effect`; None for what was not measured."""

    __test__ = False

    effect: str
    rise_s: float | None = None
    height_m: float | None = None

    def __post_init__(self) -> None:
        named("effect of a test firing", self.effect)
        for name, value in (("rise time", self.rise_s), ("height", self.height_m)):
            if value is not None:
                positive(f"{name} of a test firing of {self.effect}", value)


@dataclass(frozen=True, slots=True)
class Spread:
    """`count` measurements: their mean and sample standard deviation (0 for fewer than three)."""

    count: int
    mean: float
    sigma: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the test firings of one effect say; None where nothing was measured."""

    effect: str
    rise_s: Spread | None
    height_m: Spread | None

    def applied(self, entry: Entry) -> Entry:
        """The entry with measured figures in place of stated ones."""
        rise, height = self.rise_s, self.height_m
        shots = max((s.count for s in (rise, height) if s is not None), default=0)
        if not shots:
            return entry
        return replace(
            entry,
            source=f"{entry.source}; {shots} test firings",
            confidence="S",
            lift_s=entry.lift_s if rise is None else round(rise.mean, 4),
            lift_sigma_s=entry.lift_sigma_s if rise is None else round(rise.sigma, 4),
            height_m=entry.height_m if height is None else round(height.mean, 3),
            height_sigma_m=entry.height_sigma_m if height is None else round(height.sigma, 3),
        )


def _spread(values: list[float]) -> Spread | None:
    if not values:
        return None
    mean = math.fsum(values) / len(values)
    if len(values) < FEW:
        return Spread(len(values), mean, 0.0)
    return Spread(len(values), mean, math.sqrt(math.fsum((v - mean) ** 2 for v in values) / (len(values) - 1)))


def calibrations(firings: Iterable[TestFiring]) -> dict[str, Calibration]:
    """One calibration per effect that was fired, in the order of first firing."""
    log: dict[str, list[TestFiring]] = {}
    for firing in firings:
        log.setdefault(firing.effect, []).append(firing)
    return {
        effect: Calibration(
            effect,
            _spread([f.rise_s for f in shots if f.rise_s is not None]),
            _spread([f.height_m for f in shots if f.height_m is not None]),
        )
        for effect, shots in log.items()
    }


def calibrated(catalogue: Catalogue, firings: Iterable[TestFiring]) -> tuple[Catalogue, tuple[str, ...]]:
    """The catalogue with measured figures, and the effects of the log that it does not hold."""
    found = calibrations(firings)
    entries = tuple(found[e.id].applied(e) if e.id in found else e for e in catalogue.entries)
    known = {entry.id for entry in entries}
    return Catalogue(entries), tuple(effect for effect in found if effect not in known)
