"""Colour words -> light: what the stars and the trails of one piece of a description look like."""

from dataclasses import dataclass
from functools import cache

from showeditor.effects.description import Piece
from showeditor.effects.tables import number, read_table
from showeditor.model.look import Linear

_EMBER: Linear = (1.0, 0.38, 0.07)
_TRAILS: dict[str, Linear] = {
    "Gold": (1.0, 0.46, 0.09),
    "Charcoal": (1.0, 0.30, 0.05),
    "Gamboge": (1.0, 0.28, 0.03),
    "Silver": (0.90, 0.85, 0.82),
}
_MIXES = {"Multi-Color": ("Red", "Green", "Blue", "Yellow", "Purple"), "Variegated": ("Red", "Green", "Yellow")}
"""Own choice: vdl.md names the words and no colours."""
_CHANGES = ("Red", "Green", "White")


@dataclass(frozen=True, slots=True)
class Paint:
    """Colour names: per stage of change the colours side by side; `trail` where it is another than the stars'."""

    stages: tuple[tuple[str, ...], ...]
    trail: str = ""

    def columns(self) -> tuple[tuple[str, ...], ...]:
        """The changes of each group of stars: colours side by side share the stars of one effect."""
        count = max(len(stage) for stage in self.stages)
        return tuple(tuple(stage[i % len(stage)] for stage in self.stages) for i in range(count))


@cache
def colours() -> dict[str, tuple[Linear, bool]]:
    """Linear RGB of every colour word, and whether the bare word implies a spark trail; every colour has its Tip."""
    file = "colours.csv"
    found = {
        row["name"]: ((number(row, "r", file), number(row, "g", file), number(row, "b", file)), row["trail"] == "1")
        for row in read_table("effects", file)
    }
    tips = {f"{name} Tip": (rgb, False) for name, (rgb, _) in found.items() if not name.endswith(" Tip")}
    return tips | found


def paint(piece: Piece, own: str, tip: Piece | None = None) -> Paint:
    """The colours of a piece, or `own` when it names none; a `Tip` keeps the other colour for the trail."""
    stages = tuple(stage.colours for stage in piece.stages if stage.colours)
    styles = {style for stage in piece.stages for style in stage.styles}
    mixes = [_MIXES[style] for style in _MIXES if style in styles]
    if mixes and len(stages) < 2:
        given = stages[0] if stages else ()
        stages = ((*given, *(name for name in mixes[0] if name not in given)),)
    elif "Changing" in styles and len(stages) < 2:
        given = stages[0] if stages else ()
        others = tuple(name for name in _CHANGES if name not in given) if len(given) < 2 else ()
        stages = tuple((name,) for name in (*given, *others))
    elif not stages:
        stages = ((own,),)
    bodies = [name for name in stages[0] if not name.endswith(" Tip")]
    heads = tuple(tuple(name for name in stage if name.endswith(" Tip")) for stage in stages)
    tips = tuple(stage.colours for stage in tip.stages if stage.colours) if tip is not None else ()
    if tips:
        return Paint(tips, bodies[0] if bodies else "")
    if bodies and heads[0]:
        return Paint(tuple(head or stage for head, stage in zip(heads, stages, strict=True)), bodies[0])
    return Paint(stages)


@dataclass(frozen=True, slots=True)
class Light:
    """Star colours in order of change, trail colour, and whether there is a trail at all."""

    stars: tuple[Linear, ...]
    trail: Linear
    trailing: bool


def light(names: tuple[str, ...], trail: str, shaped: bool, bare: bool) -> Light:
    """The light of stars that change through `names`, with sparks coloured after `trail` or after the stars.

    `shaped`: their shape implies a trail (a willow's); `bare`: no colour word gives them one (a pearl).
    """
    known = colours()
    stars = [known[name][0] for name in names]
    source = trail or names[0]
    own = _TRAILS.get(source.removesuffix(" Tip"))
    trailing = shaped or (known[source][1] and not bare)
    if own and trailing and not trail:
        # among its own sparks a gold star does not burn lemon but as warm as they do
        r, g, b = stars[0]
        warm = 0.5 * (r + own[0]), 0.5 * (g + own[1]), 0.5 * (b + own[2])
        stars = [warm if name == names[0] else star for name, star in zip(names, stars, strict=True)]
    r, g, b = known[source][0] if trail else stars[0]
    sparks = own or (0.7 * r + 0.3 * _EMBER[0], 0.7 * g + 0.3 * _EMBER[1], 0.7 * b + 0.3 * _EMBER[2])
    return Light(tuple(stars), sparks, trailing)
