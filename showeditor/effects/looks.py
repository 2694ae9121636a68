"""Effect families -> looks: how many stars, how fast, how long, which light.

The initial speed is chosen so that a star reaches the burst radius of the calibre table when it burns out.
"""

from dataclasses import dataclass, replace
from functools import cache

from showeditor.effects.calibres import Star
from showeditor.effects.colouring import colours, light
from showeditor.effects.description import Stage
from showeditor.effects.tables import number, read_table
from showeditor.model.errors import BadFile
from showeditor.model.look import Look, Template
from showeditor.model.times import US

_FLIES = frozenset(("shell", "comet", "mine", "fountain", "fixture"))
MOTIONS = frozenset(
    ("", "split", "rings", "ghost", "shells", "half", "leaves", "serpent", "go", "parachute", "heart", "star", "smile",
     "butterfly", "spiral", "curtain", "wheel", "lance", "still", "jet", "climb", "dark")
)  # fmt: skip
_FACTORS = (
    "stars", "radius", "life", "star", "spread", "cone_deg", "brightness", "size_m", "trail_s", "trail_brightness",
    "sparks_per_s", "glitter", "fade_s", "flash",
)  # fmt: skip
_FACTOR = {-1: 1.12, 0: 1.3, 1: 1.65}
"""What slightly, plain and very multiply by (own choice: vdl.md section 5 says that none is documented)."""


@dataclass(frozen=True, slots=True)
class Family:
    """One effect word of assets/effects/families.csv; factors are relative to the calibre's star and burst.

    `motion` names what its stars do besides flying (effects/motions.py). Beside another effect the word is read as the
    style `beside`, where it has one (a strobe willow is a strobing willow).
    """

    name: str
    flies: str
    motion: str
    beside: str
    template: Template
    stars: float
    radius: float
    life: float
    star: float
    spread: float
    cone_deg: float
    brightness: float
    size_m: float
    trail_s: float
    trail_brightness: float
    sparks_per_s: float
    glitter: float
    fade_s: float
    flash: float
    colour: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What the adjectives of one piece multiply."""

    radius: float = 1.0
    stars: float = 1.0
    life: float = 1.0
    star: float = 1.0
    size: float = 1.0
    bright: float = 1.0
    tip: float = 1.0
    trail_bright: float = 1.0
    trail: float = 1.0
    spread: float = 1.0


_PAIRS = {
    "Big": ("radius", 1), "Small": ("radius", -1), "Bright": ("bright", 1), "Dim": ("bright", -1),
    "Dense": ("stars", 1), "Sparse": ("stars", -1), "Thick": ("size", 1), "Thin": ("size", -1),
    "Long": ("life", 1), "Short": ("life", -1), "Ragged": ("spread", 2), "Uniform": ("spread", -2),
    "Droopy": ("star", -1), "Bright Trail": ("trail_bright", 1), "Dim Trail": ("trail_bright", -1),
    "Bright Tip": ("tip", 1), "Dim Tip": ("tip", -1), "Long Trail": ("trail", 1), "Short Trail": ("trail", -1),
}  # fmt: skip


@cache
def families() -> dict[str, Family]:
    """Every effect family by its word; raises BadFile for a row that names an unknown flight or template."""
    file = "families.csv"
    found: dict[str, Family] = {}
    for row in read_table("effects", file):
        name = row["effect"]
        if row["flies"] not in _FLIES or row["template"] not in Template.__members__:
            raise BadFile(file, name, "expected a known flight and template")
        if row["motion"] not in MOTIONS:
            raise BadFile(file, name, f"expected a known motion, found {row['motion']!r}")
        if row["colour"] not in colours():
            raise BadFile(file, name, f"expected a known colour, found {row['colour']!r}")
        values = {column: number(row, column, file) for column in _FACTORS}
        found[name] = Family(
            name=name, flies=row["flies"], motion=row["motion"], beside=row["beside"],
            template=Template[row["template"]], colour=row["colour"], **values,
        )  # fmt: skip
    return found


def changes(stages: tuple[Stage, ...]) -> Changes:
    """The product of all adjectives of a piece; they bind to the piece they stand in."""
    factors: dict[str, float] = {}
    for stage in stages:
        for name, strength in stage.adjectives:
            if name == "No Trail":
                factors["trail"] = 0.0
            elif name in _PAIRS:
                what, power = _PAIRS[name]
                # a limit keeps Very Big Very Big ... from leaving the range of floats
                factors[what] = min(8.0, max(0.125, factors.get(what, 1.0) * _FACTOR[strength] ** power))
    return Changes(**factors)


def star_count(family: Family, calibre_mm: float, factor: float) -> int:
    """Stars of a layer: the family's figure holds at 150 mm and follows the calibre; a palm's branches stay few."""
    if family.template is Template.SINGLE:
        return 1
    power = 0.25 if family.template is Template.PALM or family.flies == "fountain" else 0.8
    count: float = family.stars * (calibre_mm / 150.0) ** power * factor
    return max(6, min(2000, round(count)))


def shell_look(
    family: Family, star: Star, calibre_mm: float, radius_m: float, names: tuple[str, ...], styles: frozenset[str],
    change: Changes, share: float = 1.0, life_s: float | None = None, trail: str = "",
) -> Look:  # fmt: skip
    """A layer of a break; `radius_m` is the burst radius of the calibre before the family's and adjectives' factors."""
    life = life_s if life_s is not None else star.life_s * family.life * change.life
    if life_s is None:
        life *= (1.4 if "Strobing" in styles else 1.0) * (1.5 if "Raining" in styles else 1.0)
    body = star.resized(family.star * change.star)
    reach = radius_m * family.radius * change.radius
    return _look(
        family, body.speed_for(reach, life), body.terminal_mps, life, names, styles, change,
        star_count(family, calibre_mm, share * change.stars), calibre_mm, trail,
    )  # fmt: skip


def flying_look(
    family: Family, speed_mps: float, terminal_mps: float, life_s: float, calibre_mm: float, names: tuple[str, ...],
    styles: frozenset[str], change: Changes, share: float = 1.0, trail: str = "",
) -> Look:  # fmt: skip
    """A comet, a mine or a fountain: stars that leave the tube with `speed_mps`."""
    return _look(
        family, speed_mps, terminal_mps, life_s, names, styles, change,
        star_count(family, max(calibre_mm, 30.0), share * change.stars), calibre_mm, trail,
    )  # fmt: skip


def _look(
    family: Family, speed: float, terminal: float, life: float, names: tuple[str, ...], styles: frozenset[str],
    change: Changes, stars: int, calibre_mm: float, trail: str,
) -> Look:  # fmt: skip
    lit = light(names, trail, family.trail_s > 0.0, family.name == "Pearl")
    trail_s, trail_bright = family.trail_s, family.trail_brightness
    if lit.trailing and trail_s == 0.0:
        trail_s, trail_bright = 0.5, 4.0
    trail_s *= change.trail
    size = (calibre_mm / 150.0) ** 0.35
    strobing = "Strobing" in styles or family.name == "Strobe"
    raining = "Raining" in styles or family.beside == "Raining"
    glitter = max(family.glitter, 0.8 if "Glitter" in styles or raining else 0.0)
    crackle = 0.5 if raining else 0.3 if "Branching" in styles or family.beside == "Branching" else 0.0
    cone = min(180.0, family.cone_deg * (change.radius if family.flies == "mine" else 1.0))
    look = Look(
        template=family.template,
        stars=stars,
        speed_mps=round(speed, 6),
        terminal_mps=round(terminal, 6),
        life_s=round(life, 6),
        colour=lit.stars[0],
        colour_to=lit.stars[-1],
        speed_jitter=min(0.6, family.spread * change.spread),
        life_jitter=0.051,  # scatter of burn time, safety-and-physics 2.3 [S31]
        cone_deg=cone,
        change_at=0.5 if lit.stars[0] != lit.stars[-1] else 2.0,
        brightness=family.brightness * change.bright * change.tip,
        size_m=round(family.size_m * size * change.size, 4),
        trail_s=trail_s,
        trail_colour=lit.trail if trail_s > 0.0 else (0.0, 0.0, 0.0),
        trail_brightness=trail_bright * change.trail_bright * change.bright if trail_s > 0.0 else 0.0,
        sparks_per_s=(family.sparks_per_s or 40.0) * change.size if trail_s > 0.0 else 0.0,
        strobe_hz=7.0 if strobing else 0.0,
        glitter=glitter,
        crackle=max(crackle, 0.8 if "Crackle" in styles else 0.0),
        flash=family.flash,
        fade_s=family.fade_s,
        via=lit.stars[1:-1],
    )
    return smoking(look) if "Smoke" in styles else look


def smoking(look: Look) -> Look:
    """The look as coloured smoke for a day show: the stars draw clouds that hang and drift, and nothing glows."""
    return replace(
        look, brightness=0.6, flash=0.0, glitter=0.0, strobe_hz=0.0, smoke=1.0, fade_s=1.5,
        size_m=round(look.size_m * 2.5, 4), trail_s=max(look.trail_s, 6.0), trail_colour=look.colour,
        trail_brightness=0.25, sparks_per_s=12.0,
    )  # fmt: skip


def longest_life_us(look: Look) -> int:
    """A bound on the life of any star of a look with its trail: four deviations of the burn time, fade, crackle."""
    life = look.life_s * (1.0 + 4.0 * look.life_jitter) + look.trail_s + look.fade_s + (1.0 if look.crackle else 0.0)
    return round(life * US)
