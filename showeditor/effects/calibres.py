"""What a calibre means: height, burst, mass and drag of shells, comets, mines and fountains; stars by shell size.

The tables are assets/physics/*.csv (safety-and-physics sections 2.1 to 2.4). Between their rows values are interpolated
linearly (mass along its cube law); beyond their ends nothing is guessed.
"""

import math
from dataclasses import dataclass
from functools import cache

from showeditor.effects.tables import Row, number, read_table
from showeditor.kernels.ballistics import AIR_KGPM3, GRAVITY_MPS2
from showeditor.model.errors import BadFile, BadInput

DEFAULT_MM = {"shell": 75.0, "comet": 45.0, "mine": 75.0, "fountain": 30.0, "cake": 30.0}
"""The calibre of a description that states none; its normalised text then states this one."""

_TRADE_MM = {2.0: 50.0, 2.5: 63.0, 3.0: 75.0, 4.0: 100.0, 5.0: 125.0, 6.0: 150.0, 7.0: 175.0, 8.0: 200.0, 10.0: 250.0}


@dataclass(frozen=True, slots=True)
class Body:
    """What leaves a tube: `height_m` it reaches, `lit_s` it burns (0 for shells), `burst_m` its burst's diameter."""

    calibre_mm: float
    height_m: float
    mass_kg: float
    diameter_m: float
    drag: float
    burst_m: float = 0.0
    lit_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Star:
    """A star of a shell: `k_per_m` = 0.75 rho Cd / (density x diameter), the quadratic drag parameter."""

    diameter_m: float
    life_s: float
    k_per_m: float

    @property
    def terminal_mps(self) -> float:
        """Terminal fall speed sqrt(g / k)."""
        return math.sqrt(GRAVITY_MPS2 / self.k_per_m)

    def resized(self, factor: float) -> "Star":
        """The same composition in another size; drag falls as the diameter grows, the life stays."""
        return Star(self.diameter_m * factor, self.life_s, self.k_per_m / factor)

    def speed_for(self, radius_m: float, life_s: float) -> float:
        """Speed at birth that carries the star `radius_m` far in `life_s` (quadratic drag without gravity, exact)."""
        return math.expm1(self.k_per_m * radius_m) / (self.k_per_m * life_s)


def trade_mm(inches: float) -> float:
    """The metric size by which the trade calls a size in inches (3 in = 75 mm)."""
    return _TRADE_MM.get(inches, round(25.0 * inches, 2))


@cache
def _table(name: str) -> tuple[Row, ...]:
    file = f"{name}.csv"
    rows = read_table("physics", file)
    sizes = [number(row, "calibre_mm", file) for row in rows]
    if sizes != sorted(set(sizes)):
        raise BadFile(file, "column calibre_mm", "expected ascending calibres")
    return rows


def span_mm(device: str) -> tuple[float, float]:
    """The smallest and largest calibre of a device class (shell, comet, mine, fountain) that the tables know."""
    rows = _table(f"{device}s")
    return float(rows[0]["calibre_mm"]), float(rows[-1]["calibre_mm"])


def _between(name: str, calibre_mm: float, *columns: str) -> list[float]:
    rows = _table(name)
    file = f"{name}.csv"
    sizes = [float(row["calibre_mm"]) for row in rows]
    if not sizes[0] <= calibre_mm <= sizes[-1]:
        what = name[:-1]
        raise BadInput(f"no {what} of {calibre_mm:g} mm is known ({sizes[0]:g} to {sizes[-1]:g} mm)")
    after = next(i for i, size in enumerate(sizes) if calibre_mm <= size)
    before = max(0, after - 1)
    width = sizes[after] - sizes[before]
    part = (calibre_mm - sizes[before]) / width if width else 1.0
    out: list[float] = []
    for column in columns:
        low, high = number(rows[before], column, file), number(rows[after], column, file)
        if column == "mass_kg":
            low, high = low / sizes[before] ** 3, high / sizes[after] ** 3
            out.append((low + (high - low) * part) * calibre_mm**3)
        else:
            out.append(low + (high - low) * part)
    return out


@cache
def shell(calibre_mm: float) -> Body:
    """A spherical shell (bombette below 50 mm); raises BadInput outside the table."""
    height, burst, mass, diameter, drag = _between(
        "shells", calibre_mm, "height_m", "burst_m", "mass_kg", "diameter_m", "drag"
    )
    return Body(calibre_mm, height, mass, diameter, drag, burst_m=burst)


@cache
def lit(device: str, calibre_mm: float) -> Body:
    """A comet, a mine's star or a fountain's spark; raises BadInput outside the table."""
    height, life, mass, diameter, drag = _between(
        f"{device}s", calibre_mm, "height_m", "lit_s", "mass_kg", "diameter_m", "drag"
    )
    return Body(calibre_mm, height, mass, diameter, drag, lit_s=life)


@cache
def star(calibre_mm: float) -> Star:
    """The star of a shell of that calibre; raises BadInput outside the table."""
    size, life, density, drag = _between("stars", calibre_mm, "star_mm", "life_s", "density_kgpm3", "drag")
    diameter = size / 1000.0
    return Star(diameter, life, 0.75 * AIR_KGPM3 * drag / (density * diameter))
