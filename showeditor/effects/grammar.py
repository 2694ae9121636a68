"""The grammar of effect descriptions: lexemes -> Description. What it cannot place it keeps as an unknown word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from showeditor.effects.calibres import trade_mm
from showeditor.effects.description import Description, Ingredient, Piece, Row, Section, Stage
from showeditor.effects.lexing import Lexeme, lex
from showeditor.effects.looks import families
from showeditor.effects.patterns import PATTERNS
from showeditor.model.errors import BadInput
from showeditor.model.times import us

MOST_SHOTS = 1000
MOST_ROWS = 200
MOST_PIECES = 200
MOST_COLOURS = 12
LONGEST_S = 600.0
HIGHEST_M = 1000.0

_ROUND = frozenset(("half", "ghost", "shells", "rings"))
_EXACT = re.compile(r"(-?\d{1,3})?([A-Za-z])(\d{1,6})?")
_ROW_PART = re.compile(r"\d{1,4}(?:\.\d{1,6})?|\.\d{1,6}|[A-Za-z]+")


@dataclass(slots=True)
class _OpenStage:
    adjectives: list[tuple[str, int]] = field(default_factory=list)
    colours: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)

    def closed(self) -> Stage:
        return Stage(tuple(self.adjectives), tuple(self.colours), tuple(self.styles))


@dataclass(slots=True)
class _OpenPiece:
    stages: list[_OpenStage] = field(default_factory=lambda: [_OpenStage()])
    effect: str = ""
    role: str = ""
    unknown: list[str] = field(default_factory=list)

    def closed(self) -> Piece | None:
        coloured = [stage.colours for stage in self.stages if stage.colours]
        if self.role == "Tip" and coloured:
            # a tip belongs to the colour it stands with, in whatever order they were written
            self.role = ""
            if not coloured[-1][-1].endswith(" Tip"):
                coloured[-1][-1] += " Tip"
        stages = tuple(stage for stage in (s.closed() for s in self.stages) if stage != Stage())
        if not (stages or self.effect or self.role or self.unknown):
            return None
        return Piece(stages, self.effect, self.role, tuple(self.unknown))


class _Reader:
    """Walks the lexemes once; `head` collects what holds for the whole device, `ingredient` what holds for one shot."""

    def __init__(self) -> None:
        self.head = Description()
        self.done: list[Ingredient] = []
        self.ingredient = Ingredient()
        self.pieces: list[Piece] = []
        self.piece = _OpenPiece()
        self.strength: Lexeme | None = None
        self.strengths: list[Lexeme] = []
        self.bare: Lexeme | None = None
        self.in_rows = False
        self.row_numbers: list[int] = []
        self.rows: dict[int, Row] = {}

    def read(self, lexemes: Sequence[Lexeme]) -> Description:
        for lexeme in lexemes:
            self._settle(lexeme)
            getattr(self, f"_{lexeme.kind}")(lexeme)
        self._settle(Lexeme("end"))
        self._close_ingredient()
        rows = tuple(self.rows.get(n, Row()) for n in range(1, max(self.rows, default=0) + 1))
        count = None if self.head.exact else self.head.row_count
        return replace(self.head, ingredients=tuple(self.done), row_count=count, rows=rows)

    # a strength or a bare number means something only together with the next lexeme

    def _settle(self, following: Lexeme) -> None:
        if self.strength and following.kind not in ("adjective", "strength"):
            self.piece.unknown.extend(word.text for word in (*self.strengths, self.strength))
            self.strength = None
            self.strengths.clear()
        if self.bare and following.kind not in ("row",):
            self.piece.unknown.append(f"{self.bare.value:g}")
            self.bare = None

    def _end(self, lexeme: Lexeme) -> None: ...

    def _noise(self, lexeme: Lexeme) -> None: ...

    def _unknown(self, lexeme: Lexeme) -> None:
        self.piece.unknown.append(lexeme.text)

    def _strength(self, lexeme: Lexeme) -> None:
        if self.strength:
            self.strengths.append(self.strength)
        self.strength = lexeme

    def _adjective(self, lexeme: Lexeme) -> None:
        # very very big is very big, twice
        said = [*self.strengths, self.strength] if self.strength else []
        self.strength = None
        self.strengths.clear()
        powers = [1 if word.text == "Very" else -1 for word in said] or [0]
        self.piece.stages[-1].adjectives.extend((lexeme.text, power) for power in powers)

    def _colour(self, lexeme: Lexeme) -> None:
        colours = self.piece.stages[-1].colours
        if len(colours) == MOST_COLOURS:
            raise BadInput(f"one effect may show {MOST_COLOURS} colours at once at most")
        colours.append(lexeme.text)

    def _style(self, lexeme: Lexeme) -> None:
        if lexeme.text not in self.piece.stages[-1].styles:
            self.piece.stages[-1].styles.append(lexeme.text)

    def _effect(self, lexeme: Lexeme) -> None:
        # beside another effect some words say how its stars move: a strobe willow is a strobing willow
        piece, known = self.piece, families()
        if not piece.effect:
            piece.effect = lexeme.text
        elif lexeme.text == piece.effect:
            return
        elif (
            "Peony" in (lexeme.text, piece.effect) and {known[lexeme.text].motion, known[piece.effect].motion} & _ROUND
        ):
            # a half-and-half peony: the plain flower names what the other word moves
            piece.effect = piece.effect if lexeme.text == "Peony" else lexeme.text
        elif known[lexeme.text].beside and not (known[piece.effect].beside and known[lexeme.text].flies != "shell"):
            self._style(Lexeme("style", known[lexeme.text].beside))
        elif known[piece.effect].beside:
            self._style(Lexeme("style", known[piece.effect].beside))
            piece.effect = lexeme.text
        else:
            piece.unknown.append(lexeme.text)

    def _role(self, lexeme: Lexeme) -> None:
        if self.piece.role:
            self.piece.unknown.append(lexeme.text)
        else:
            self.piece.role = lexeme.text

    def _join(self, lexeme: Lexeme) -> None:
        if lexeme.text == "With":
            self._close_piece()
        elif lexeme.text == "&" and lexeme.value:
            self.head = replace(self.head, guessed=True)
        elif lexeme.text == "To" and self.piece.stages[-1].closed() != Stage():
            self.piece.stages.append(_OpenStage())

    def _sign(self, lexeme: Lexeme) -> None:
        if lexeme.text == "+":
            self._close_ingredient()

    def _device(self, lexeme: Lexeme) -> None:
        if not self.head.device or self.head.device == "Shell":
            self.head = replace(self.head, device=lexeme.text)
        elif lexeme.text not in (self.head.device, "Shell"):
            self.piece.unknown.append(lexeme.text)

    def _pattern(self, lexeme: Lexeme) -> None:
        if self.head.pattern:
            self.piece.unknown.append(lexeme.text)
        else:
            self.head = replace(self.head, pattern=lexeme.text)

    def _lean(self, lexeme: Lexeme) -> None:
        self.ingredient = replace(self.ingredient, lean_deg=_between("angle", lexeme.value, -180, 180, "degrees") + 0.0)

    def _shot(self, lexeme: Lexeme) -> None:
        self.piece.unknown.append(lexeme.text)

    def _timing(self, lexeme: Lexeme) -> None:
        self.piece.unknown.append(lexeme.text)

    def _row(self, lexeme: Lexeme) -> None:
        self.in_rows = True
        if self.bare:
            self._row_total(self.bare.value)
            self.bare = None

    def _row_total(self, value: float) -> None:
        count = _whole("number of rows", value, MOST_ROWS)
        self.in_rows = True
        self.row_numbers.clear()
        if self.head.row_count is None:
            self.head = replace(self.head, row_count=count)

    def _range(self, lexeme: Lexeme) -> None:
        if self.in_rows:
            first, last = (_whole("row number", v, MOST_ROWS) for v in (lexeme.value, lexeme.upto))
            self.row_numbers.extend(range(first, last + 1))
        else:
            self.piece.unknown.append(f"{lexeme.value:g}-{lexeme.upto:g}")

    def _group(self, lexeme: Lexeme) -> None:
        text = lexeme.text
        if self.in_rows:
            if text.upper().endswith("/CAK"):
                self.head = replace(self.head, exact=_exact(text))
                return
            row = _firing(text)
            numbers = self.row_numbers or [max(self.rows, default=0) + 1]
            for number in numbers if row != Row() else ():
                self.rows[_whole("row number", number, MOST_ROWS)] = row
            self.row_numbers = []
        elif len(text) == 1 and text.isascii() and text.isalpha() and not self.ingredient.label:
            self.ingredient = replace(self.ingredient, label=text.lower())
        else:
            # braces are what unknown words are written in, so they cannot be part of one
            self.piece.unknown.append(f"({text.replace('{', '').replace('}', '')})")

    def _number(self, lexeme: Lexeme) -> None:
        value, unit = lexeme.value, lexeme.text
        if unit == "":
            if self.in_rows:
                self.row_numbers.append(_whole("row number", value, MOST_ROWS))
            elif self.head.device == "Chain" and self.head.shots is None:
                self.head = replace(self.head, shots=_whole("number of shots", value, MOST_SHOTS))
            else:
                self.bare = lexeme
        elif unit == "row":
            self._row_total(value)
        elif unit == "shot":
            self._set_head("shots", _whole("number of shots", value, MOST_SHOTS), lexeme)
        elif unit in ("mm", "in"):
            from_mm = value if unit == "mm" else trade_mm(value)
            self._set_head("calibre_mm", round(_between("size", from_mm, 5, 1200, "mm"), 2), lexeme)
        elif unit == "s":
            self._set_head("duration_us", _time("duration", value), lexeme)
        elif unit == "m":
            self._set_head("height_m", _height(value), lexeme)
        elif unit == "deg":
            self._set_head("fan_deg", round(_between("fan", value, 0, 360, "degrees"), 2) + 0.0, lexeme)
        elif unit == "PFT":
            self._set_head("prefire_us", _time("PFT", value), lexeme)
        elif unit == "DLY":
            self._set_head("delay_us", _time("DLY", value), lexeme)
        elif unit == "HTM":
            self.ingredient = replace(self.ingredient, height_m=_height(value))
        else:
            t_us = _time(unit, value)
            if unit == "LFT":
                self.ingredient = replace(self.ingredient, lift_us=t_us)
            elif unit == "DUR":
                self.ingredient = replace(self.ingredient, life_us=t_us)
            else:
                self.ingredient = replace(self.ingredient, gap_us=t_us)

    def _set_head(self, name: str, value: float, lexeme: Lexeme) -> None:
        # a second size or duration is a contradiction that nobody should have to guess about
        if getattr(self.head, name) not in (None, value):
            thing = f"{lexeme.value:g} {lexeme.text}"
            raise BadInput(f"the description contradicts itself: {thing} stands beside another value of its kind")
        changed: dict[str, Any] = {name: value}
        self.head = replace(self.head, **changed)

    def _close_piece(self) -> None:
        piece = self.piece.closed()
        if piece:
            self.pieces.append(piece)
            if len(self.pieces) > MOST_PIECES:
                raise BadInput(f"an effect may have {MOST_PIECES} parts at most")
        self.piece = _OpenPiece()

    def _close_ingredient(self) -> None:
        self._close_piece()
        ingredient = replace(self.ingredient, pieces=tuple(self.pieces))
        if ingredient.pieces:
            self.done.append(ingredient)
            if len(self.done) > MOST_PIECES:
                raise BadInput(f"an effect may have {MOST_PIECES} parts at most")
            self.ingredient = Ingredient()
        self.pieces = []


def _between(name: str, value: float, low: float, high: float, unit: str) -> float:
    if not low <= value <= high:
        raise BadInput(f"the {name} must lie between {low:g} and {high:g} {unit}, not {value:g}")
    return value


def _whole(name: str, value: float, most: int) -> int:
    if value != int(value) or not 1 <= value <= most:
        raise BadInput(f"the {name} must be a whole number from 1 to {most}, not {value:g}")
    return int(value)


def _time(name: str, value: float) -> int:
    return us(_between(name, value, 0, LONGEST_S, "seconds"))


def _height(value: float) -> float:
    return round(_between("height", value, 1, HIGHEST_M, "metres"), 2)


def _exact(text: str) -> tuple[Section, ...]:
    sections: list[Section] = []
    for part in text[: -len("/CAK")].split("/"):
        found = _EXACT.fullmatch(part.strip())
        if not found:
            raise BadInput(f"the shot {part.strip()[:40]!r} of a cake simulation must read [angle]letter[milliseconds]")
        angle, label, delay = found.groups()
        degrees = None if angle is None else int(_between("angle", int(angle), -180, 180, "degrees"))
        sections.append(Section(label.lower(), degrees, None if delay is None else int(delay)))
    if len(sections) > MOST_SHOTS:
        raise BadInput(f"a cake may have {MOST_SHOTS} shots at most")
    return tuple(sections)


def _firing(text: str) -> Row:
    together = text.endswith("*")
    labels = pattern = ""
    delay: int | None = None
    span: int | None = None
    for part in (piece.strip() for piece in text.rstrip("*").split("/")):
        if not part:
            continue
        if not _ROW_PART.fullmatch(part):
            raise BadInput(f"the row ({text[:40]}) must read [delay/]labels[/PATTERN][/duration][*]")
        if part[0].isalpha():
            if part.upper() in PATTERNS and (labels or part.isupper()) and not pattern:
                pattern = PATTERNS[part.upper()].name
            elif not labels and len(part) <= MOST_SHOTS:
                labels = part.lower()
            else:
                raise BadInput(f"the firing pattern {part!r} is not known ({', '.join(PATTERNS)})")
        elif labels or pattern:
            span = _time("duration of a row", float(part))
        else:
            delay = _time("delay of a row", float(part))
    return Row(labels, pattern, delay, span, together)


def parse(text: str) -> Description:
    """The reading of a description; raises BadInput for impossible numbers, unreadable rows and control characters."""
    return _Reader().read(lex(text))
