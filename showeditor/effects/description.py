"""A description as it was understood, and its one canonical text.

The text of `write` reads back to an equal Description; unknown words stand in braces at the end of their part.
"""

from dataclasses import dataclass, field

from showeditor.model.times import US


@dataclass(frozen=True, slots=True)
class Stage:
    """One side of a `To`: adjectives as (name, strength -1 slightly, 0, 1 very), colours, star styles."""

    adjectives: tuple[tuple[str, int], ...] = ()
    colours: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two `w/`: colour stages and an effect (`Peony`) or a role (`Pistil`, `Tail`); "" for none."""

    stages: tuple[Stage, ...] = ()
    effect: str = ""
    role: str = ""
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One kind of shot: the body, what comes with it, and its own timing."""

    label: str = ""
    pieces: tuple[Piece, ...] = ()
    lean_deg: float | None = None
    lift_us: int | None = None
    life_us: int | None = None
    gap_us: int | None = None
    height_m: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a cake: labels of its shots, firing pattern, delay before it, its own duration, `*`."""

    labels: str = ""
    pattern: str = ""
    delay_us: int | None = None
    span_us: int | None = None
    together: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One shot of an exact simulation (`/CAK`): angle, label, milliseconds to the next shot; None repeats."""

    label: str
    angle_deg: int | None = None
    delay_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """A whole description; `device` is `Cake`, `Slice`, `Candle`, `Chain`, `Single Shot`, `Rocket`, `Shell` or "".

    Without one its body tells what it is. `guessed`: an `And` was read as `&`.
    """

    device: str = ""
    calibre_mm: float | None = None
    duration_us: int | None = None
    shots: int | None = None
    height_m: float | None = None
    prefire_us: int | None = None
    delay_us: int | None = None
    fan_deg: float | None = None
    pattern: str = ""
    ingredients: tuple[Ingredient, ...] = ()
    row_count: int | None = None
    rows: tuple[Row, ...] = ()
    exact: tuple[Section, ...] = ()
    guessed: bool = field(default=False, compare=False)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Every word that was not understood, verbatim, in order."""
        return tuple(word for i in self.ingredients for piece in i.pieces for word in piece.unknown)


def _decimal(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _seconds(t_us: int) -> str:
    return _decimal(t_us / US)


_STRENGTH = {-1: "Slightly ", 0: "", 1: "Very "}


def write(description: Description) -> str:
    """The canonical text of a description."""
    d = description
    words: list[str] = []
    if d.calibre_mm is not None:
        words.append(f"{_decimal(d.calibre_mm)}mm")
    if d.duration_us is not None:
        words.append(f"{_seconds(d.duration_us)}s")
    if d.height_m is not None:
        words.append(f"{_decimal(d.height_m)}m")
    if d.prefire_us is not None:
        words.append(f"{_seconds(d.prefire_us)} PFT")
    if d.delay_us is not None:
        words.append(f"{_seconds(d.delay_us)} DLY")
    if d.fan_deg is not None:
        words.append(f"{_decimal(d.fan_deg)} Degrees")
    if d.shots is not None and d.device != "Chain":
        words.append(f"{d.shots} Shot")
    words.append(" + ".join(filter(None, map(_ingredient, d.ingredients))))
    words.append(d.device)
    if d.shots is not None and d.device == "Chain":
        words.append(f"Of {d.shots}")
    words.append(d.pattern)
    text = " ".join(filter(None, words))
    if d.row_count is not None:
        text += f", {d.row_count} {'Row' if d.row_count == 1 else 'Rows'}"
    for number, row in enumerate(d.rows, 1):
        if row == Row():
            continue
        text += f", Row {number} ({_row(row)})"
    if d.exact:
        text += f", 1 Row ({'/'.join(map(_section, d.exact))}/CAK)"
    return text


def _ingredient(ingredient: Ingredient) -> str:
    words = [f"({ingredient.label})"] if ingredient.label else []
    words.append(" w/ ".join(map(_piece, ingredient.pieces)))
    if ingredient.lean_deg is not None:
        words.append(f"{'R' if ingredient.lean_deg >= 0 else 'L'}{abs(ingredient.lean_deg):.0f}")
    for term, t_us in (("LFT", ingredient.lift_us), ("DUR", ingredient.life_us), ("CDS", ingredient.gap_us)):
        if t_us is not None:
            words.append(f"{_seconds(t_us)} {term}")
    if ingredient.height_m is not None:
        words.append(f"{_decimal(ingredient.height_m)} HTM")
    return " ".join(filter(None, words))


def _piece(piece: Piece) -> str:
    words = [" To ".join(map(_stage, piece.stages)), piece.effect, piece.role]
    words += [f"{{{word}}}" for word in piece.unknown]
    return " ".join(filter(None, words))


def _stage(stage: Stage) -> str:
    words = [f"{_STRENGTH[strength]}{name}" for name, strength in stage.adjectives]
    if stage.colours:
        words.append(" & ".join(stage.colours))
    return " ".join((*words, *stage.styles))


def _row(row: Row) -> str:
    delay = _seconds(row.delay_us) if row.delay_us is not None else ""
    span = _seconds(row.span_us) if row.span_us is not None else ""
    return "/".join(filter(None, (delay, row.labels, row.pattern, span))) + ("*" if row.together else "")


def _section(section: Section) -> str:
    angle = "" if section.angle_deg is None else str(section.angle_deg)
    return f"{angle}{section.label}{'' if section.delay_ms is None else section.delay_ms}"
