"""Pieces of a description -> layers of light: breaks, mines and comets, in their colours and motions."""

import math
from dataclasses import replace

from showeditor.effects.calibres import Body, star
from showeditor.effects.colouring import colours, paint
from showeditor.effects.description import Piece
from showeditor.effects.device import Axis, Layer
from showeditor.effects.looks import Changes, Family, families, flying_look, shell_look
from showeditor.effects.motions import FIGURES, STYLE_MOTIONS, even_directions, set_in_motion, turning
from showeditor.kernels.ballistics import GRAVITY_MPS2, drag_per_m
from showeditor.model.look import Template
from showeditor.model.times import US

MOVES = frozenset(STYLE_MOTIONS.values()) - FIGURES
"""Motions that stars of a mine or a comet can have as well."""
_GHOST = (0.2, 0.45, 0.7)
_WAVE = (0.15, 0.35, 0.55, 0.75)
_SPIN_US = 40_000
_SPIN_STEPS = 9
_CAP_STARS = 160
_ENDING_S = 1.0
_SIDE_BY_SIDE = 0.035
"""Tangent of the angle between comets of two colours out of one tube."""


def styles_of(piece: Piece) -> frozenset[str]:
    """Every style word of a piece."""
    own = frozenset(style for stage in piece.stages for style in stage.styles)
    return own | {"Strobing"} if piece.effect == "Strobe" else own


def _motion(family: Family, styles: frozenset[str]) -> str:
    own = next((STYLE_MOTIONS[style] for style in sorted(styles) if style in STYLE_MOTIONS), "")
    return family.motion or own


def terminal_mps(body: Body) -> float:
    """Terminal fall speed of what leaves a tube."""
    return float((GRAVITY_MPS2 / float(drag_per_m(body.mass_kg, body.diameter_m, body.drag))) ** 0.5)


def break_layers(
    piece: Piece, family: Family, body: Body, change: Changes, role: str, share: float = 1.0,
    life_us: int | None = None, tip: Piece | None = None,
) -> list[Layer]:  # fmt: skip
    """The layers of a break; several colours in one effect (&) share its stars."""
    painted = paint(piece, family.colour, tip)
    columns = painted.columns()
    styles = styles_of(piece)
    motion = _motion(family, styles)
    if motion == "rings":
        columns = tuple(columns[i % len(columns)] for i in range(max(3, len(columns))))
        share *= len(columns)
    if motion == "half" and len(columns) == 1:
        columns = (*columns, ("White",) if columns[0] != ("White",) else ("Red",))
    axis = Axis.RANDOM if family.template is Template.RING else Axis.UP
    life_s = life_us / US if life_us is not None else None
    out: list[Layer] = []
    for names in columns:
        look = shell_look(
            family, star(body.calibre_mm), body.calibre_mm, body.burst_m / 2.0, names, styles, change,
            share / len(columns), life_s, painted.trail,
        )  # fmt: skip
        layer = Layer(family.name, role, names, look, at_break=True, axis=axis)
        if motion == "ghost" or "Ghost" in styles:
            out += _in_turn(layer, ("Dark", *names), _GHOST)
        elif "Wave" in styles:
            out += _in_turn(layer, names if len(names) > 1 else (*names, "White"), _WAVE)
        else:
            out.append(layer)
    if motion == "half":
        return _caps(out)
    if motion in MOVES or motion in FIGURES:
        return [set_in_motion(layer, motion, i, len(out)) for i, layer in enumerate(out)]
    return out


def _in_turn(layer: Layer, names: tuple[str, ...], moments: tuple[float, ...]) -> list[Layer]:
    """The layer's stars in groups that take their next colour one group after the other."""
    look = layer.look
    stars = max(6, look.stars // len(moments))
    first, last = (colours()[name][0] for name in (names[0], names[-1]))
    between = tuple(colours()[name][0] for name in names[1:-1])
    return [
        replace(
            layer, colours=names,
            look=replace(look, stars=stars, colour=first, colour_to=last, via=between, change_at=at, change_over=0.08,
                         flash=look.flash / len(moments)),
        )
        for at in moments
    ]  # fmt: skip


def _caps(layers: list[Layer]) -> list[Layer]:
    """Layers that share a sphere as caps side by side, the first on the left: two halves, or slices round it."""
    n = len(layers)
    out: list[Layer] = []
    for i, layer in enumerate(layers):
        stars = max(24, min(_CAP_STARS // n, layer.look.stars))
        cap = even_directions(stars, 90.0 if n == 2 else 65.0)
        # the middle of the cap lies in the plane that faces the audience
        angle = math.pi * (1.0 - 2.0 * i / n)
        cos, sin = math.cos(angle), math.sin(angle)
        directions = tuple((z * cos - x * sin, y, z * sin + x * cos) for x, y, z in cap)
        look = replace(
            layer.look, template=Template.SINGLE, stars=1, cone_deg=0.0, speed_jitter=0.0,
            flash=layer.look.flash / stars,
        )  # fmt: skip
        out.append(replace(layer, axis=Axis.DEVICE, directions=directions, scatter=0.03, look=look))
    return out


def mine_layers(
    piece: Piece, family: Family, body: Body, change: Changes, speed: float, role: str, share: float = 1.0,
    tip: Piece | None = None,
) -> list[Layer]:  # fmt: skip
    """The layers of a mine, or of one puff of a fountain, that leave the tube with `speed`."""
    painted = paint(piece, family.colour, tip)
    columns = painted.columns()
    styles = styles_of(piece)
    motion = _motion(family, styles)
    # a spray shows its first colour in one puff
    spray = family.flies == "fountain"
    life = body.lit_s * (1.0 if spray else change.life * family.life)
    out: list[Layer] = []
    for names in columns[:1] if spray else columns:
        look = flying_look(
            family, speed, terminal_mps(body), life, body.calibre_mm, names, styles, change,
            1.0 if spray else share / len(columns), painted.trail,
        )  # fmt: skip
        out.append(Layer(family.name, role, names, look, at_break=False, axis=Axis.FLIGHT))
    if motion in MOVES and not spray:
        return [set_in_motion(layer, motion, i, len(out)) for i, layer in enumerate(out)]
    return out


def comet_layers(
    piece: Piece, family: Family, body: Body, change: Changes, speed: float, rise_us: int, tip: Piece | None = None
) -> list[Layer]:
    """A comet on its path, those of other colours beside it, the sparks of its spin, and what it does at its end."""
    painted = paint(piece, family.colour, tip)
    styles = styles_of(piece)
    motion = _motion(family, styles)
    out: list[Layer] = []
    for i, names in enumerate(painted.columns()):
        look = flying_look(
            family, speed if i else 0.0, terminal_mps(body), rise_us / US, body.calibre_mm, names, styles, change,
            trail=painted.trail,
        )  # fmt: skip
        layer = Layer(family.name, "main", names, look, at_break=False, rides=i == 0, axis=Axis.FLIGHT)
        if i:
            # only one star can be the shot itself; the others fly beside it
            side = _SIDE_BY_SIDE * (1 if i % 2 else -1) * ((i + 1) // 2)
            layer = replace(layer, directions=((side, 0.0, 1.0),))
        out.append(layer)
    if motion == "spiral":
        out.append(_spin(out[0], rise_us))
    elif motion in MOVES:
        out += end_layers(piece, family, body, change, motion)
    return out


def _spin(comet: Layer, rise_us: int) -> Layer:
    look = replace(
        comet.look, template=Template.CONE, stars=5, cone_deg=14.0, speed_mps=11.0, terminal_mps=6.0, life_s=0.55,
        life_jitter=0.2, size_m=0.16, brightness=0.6 * comet.look.brightness, trail_s=0.0, trail_brightness=0.0,
        trail_colour=(0.0, 0.0, 0.0), sparks_per_s=0.0, via=(),
    )  # fmt: skip
    return Layer(
        comet.effect, "spin", comet.colours, look, at_break=False, along=True, axis=Axis.FLIGHT,
        births=max(1, rise_us // _SPIN_US), every_us=_SPIN_US, directions=turning(_SPIN_STEPS),
    )  # fmt: skip


def end_layers(piece: Piece, family: Family, body: Body, change: Changes, motion: str) -> list[Layer]:
    """What a comet does where it burns out: a cross of four, a small break, or darting and hanging stars."""
    names = paint(piece, family.colour).columns()[0]
    look = flying_look(
        families()["Mine"], 22.0, 16.0, _ENDING_S, body.calibre_mm, names, styles_of(piece), change, 0.3,
    )  # fmt: skip
    look = replace(look, template=Template.SPHERE, cone_deg=180.0)
    layer = Layer(family.name, "end", names, look, at_break=True)
    if motion == "split":
        return [replace(layer, look=replace(look, template=Template.RING, stars=4, trail_s=0.5), axis=Axis.FLIGHT)]
    if motion in ("shells", "reports"):
        return [replace(layer, look=replace(look, stars=40 if motion == "shells" else 12, flash=1.0))]
    return [set_in_motion(layer, motion)]
