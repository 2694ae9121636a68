"""One ingredient of a description -> the shots it stands for, with their layers of light."""

from dataclasses import dataclass, replace
from functools import lru_cache

from showeditor.effects.calibres import Body, lit, shell, span_mm
from showeditor.effects.colouring import paint
from showeditor.effects.description import Ingredient, Piece, Stage
from showeditor.effects.device import Axis, DeviceShot, Layer
from showeditor.effects.fixtures import standing_shots
from showeditor.effects.layers import (
    MOVES,
    break_layers,
    comet_layers,
    end_layers,
    mine_layers,
    styles_of,
    terminal_mps,
)
from showeditor.effects.looks import Family, changes, families, flying_look
from showeditor.effects.motions import STYLE_MOTIONS, set_in_motion
from showeditor.kernels.ballistics import charges, drag_per_m
from showeditor.model.errors import BadInput
from showeditor.model.plan import ShotKind
from showeditor.model.times import US, us

_KINDS = {"shell": ShotKind.SHELL, "comet": ShotKind.COMET, "mine": ShotKind.MINE, "fountain": ShotKind.OTHER}
_RANK = {"shell": 0, "comet": 1, "mine": 2, "fountain": 3, "fixture": 4}
_PUFF_US = 100_000
_FOUNTAIN_US = 10 * US
_RISING = "Comet"


@dataclass(frozen=True, slots=True)
class Charge:
    """What a shot is told from outside: fuse (lift) time, star life, height; None where the tables decide."""

    lift_us: int | None = None
    life_us: int | None = None
    height_m: float | None = None


def body_of(ingredient: Ingredient, default: str) -> tuple[int, Family]:
    """Index of the piece that is the shot itself, and its family: a flower before a comet before a mine."""
    found: list[tuple[int, int, Family]] = []
    for i, piece in enumerate(ingredient.pieces):
        word = piece.effect or (_RISING if piece.role == "Tail" and i == 0 else "")
        if not word and i == 0:
            word = default
        if not word:
            continue
        family = families()[word]
        # what stands in a w/ as pistil, tail or a way of moving changes the body and is never the body
        if i == 0 or not (piece.role or family.beside):
            found.append((_RANK[family.flies], i, family))
    _, index, family = min(found, key=lambda entry: entry[:2]) if found else (0, 0, families()[default])
    return index, family


@lru_cache(maxsize=4096)
def _charged(height_m: float, k0_per_m: float, fuse_s: float) -> tuple[float, float]:
    speed, time = charges([height_m], [k0_per_m], [fuse_s])
    return float(speed[0]), float(time[0])


def _muzzle(body: Body, height_m: float | None, fuse_us: int | None, what: str) -> tuple[float, int, float]:
    # The tables' charge unless a height is stated; the fuse burns to the apex unless a time is stated.
    k0 = float(drag_per_m(body.mass_kg, body.diameter_m, body.drag))
    stated = fuse_us / US if fuse_us is not None else 0.0
    height = height_m if height_m is not None else body.height_m
    speed, time = _charged(height, k0, stated if height_m is not None or body.lit_s > 0.0 else 0.0)
    if speed != speed:
        raise BadInput(f"no charge brings {what} to {height:g} m" + (f" in {stated:g} s" if stated else ""))
    return round(speed, 6), fuse_us if fuse_us is not None else us(round(time, 6)), height


def shots_of(ingredient: Ingredient, calibre_mm: float, default: str, charge: Charge) -> tuple[DeviceShot, ...]:
    """The shots of an ingredient, ignited at 0, without latency or angle; raises BadInput when it cannot be flown.

    One shot, but for standing devices that are wider than a point.
    """
    index, family = body_of(ingredient, default)
    pieces = ingredient.pieces or (Piece(),)
    if family.flies == "fixture":
        return standing_shots(pieces[index], family, calibre_mm, charge.life_us, charge.height_m)
    if family.flies == "shell":
        body = shell(calibre_mm)
        speed, rise_us, height = _muzzle(body, charge.height_m, charge.lift_us, f"a {calibre_mm:g} mm shell")
        life_us = charge.life_us
    else:
        body = lit(family.flies, calibre_mm)
        flame_us = charge.life_us if family.flies != "fountain" else None
        speed, rise_us, height = _muzzle(
            body, charge.height_m, flame_us or us(body.lit_s), f"a {calibre_mm:g} mm {family.flies}"
        )
        life_us = (charge.life_us or _FOUNTAIN_US) if family.flies == "fountain" else rise_us
    layers: list[Layer] = []
    no_tail = any(name == "No Tail" for piece in pieces for s in piece.stages for name, _ in s.adjectives)
    risen = no_tail or family.flies != "shell"
    tip = next((piece for i, piece in enumerate(pieces) if i != index and _is_tip(piece)), None)
    for i, piece in enumerate(pieces):
        if i == index:
            layers += _body_layers(piece, family, body, speed, rise_us, life_us, tip)
        elif piece is not tip:
            added = _added_layers(piece, pieces[index], family, body, rise_us)
            risen = risen or any(layer.rides for layer in added)
            layers += added
    if not risen:
        layers.append(_rising(Piece(stages=(Stage(colours=("Charcoal",)),)), body, rise_us, faint=True))
    if family.flies == "fountain":
        rise_us = life_us or rise_us
    shot = DeviceShot(
        ignition_us=0, latency_us=0, rise_us=rise_us, kind=_KINDS[family.flies], calibre_mm=calibre_mm,
        height_m=height, angle_deg=0.0, muzzle_mps=speed, mass_kg=body.mass_kg, diameter_m=body.diameter_m,
        drag=body.drag, layers=tuple(layers),
    )  # fmt: skip
    return (shot,)


def _is_tip(piece: Piece) -> bool:
    colours = [name for stage in piece.stages for name in stage.colours]
    tips = bool(colours) and all(name.endswith(" Tip") for name in colours)
    return piece.role == "Tip" or (tips and not piece.effect and not piece.role)


def _body_layers(
    piece: Piece, family: Family, body: Body, speed: float, rise_us: int, life_us: int | None, tip: Piece | None
) -> list[Layer]:
    change = changes(piece.stages)
    if family.flies == "shell":
        return break_layers(piece, family, body, change, "main", life_us=life_us, tip=tip)
    if family.flies == "comet":
        return comet_layers(piece, family, body, change, speed, rise_us, tip)
    if family.flies == "mine":
        return mine_layers(piece, family, body, change, speed, "main", tip=tip)
    (layer, *_) = mine_layers(piece, family, body, change, speed, "main", tip=tip)
    births = max(1, (life_us or _FOUNTAIN_US) // _PUFF_US)
    return [replace(layer, births=births, every_us=_PUFF_US)]


def _added_layers(piece: Piece, main: Piece, family: Family, body: Body, rise_us: int) -> list[Layer]:
    """What a `w/` adds: pistil, rising tail, mine at the muzzle, another flower, or stars mixed in."""
    change = changes(piece.stages)
    added = families().get(piece.effect)
    motion = added.motion or STYLE_MOTIONS.get(added.beside, "") if added else ""
    if piece.role == "Tail" or (added and added.flies == "comet"):
        return [_rising(piece, body, rise_us, faint=False)]
    if added and added.flies in ("mine", "fountain", "fixture"):
        low, high = span_mm("mine")
        star_body = lit("mine", min(high, max(low, body.calibre_mm)))
        return mine_layers(piece, families()["Mine"], star_body, change, _mine_speed(star_body), "mine")
    if family.flies != "shell":
        # stars of another colour beside a comet or in a mine: they fly as the body does
        if family.flies == "mine":
            layers = mine_layers(piece, family, body, change, _mine_speed(body), "stars", share=0.5)
            return [set_in_motion(layer, motion) for layer in layers] if motion in MOVES else layers
        if motion in MOVES:
            return end_layers(piece, family, body, change, motion)
        return [_rising(piece, body, rise_us, faint=False)]
    if piece.role == "Pistil":
        inner = added or families()["Peony"]
        change = replace(change, radius=change.radius * 0.45, life=change.life * 0.9)
        return break_layers(piece, inner, body, change, "pistil", share=0.45)
    if added:
        return break_layers(piece, added, body, change, "petal", share=0.7)
    own = changes(main.stages)
    return break_layers(piece, family, body, replace(own, bright=own.bright * change.bright), "stars", share=0.4)


def _mine_speed(body: Body) -> float:
    k0 = float(drag_per_m(body.mass_kg, body.diameter_m, body.drag))
    return _charged(body.height_m, k0, body.lit_s)[0]


def _rising(piece: Piece, body: Body, rise_us: int, faint: bool) -> Layer:
    family = families()[_RISING]
    painted = paint(piece, family.colour)
    names = painted.columns()[0]
    look = flying_look(
        family, 0.0, terminal_mps(body), rise_us / US, body.calibre_mm, names, styles_of(piece), changes(piece.stages),
        trail=painted.trail,
    )  # fmt: skip
    if faint:
        # the ember glow of the lift, just enough to lead the eye from the ground to the break
        look = replace(
            look, brightness=1.2, size_m=round(look.size_m * 0.5, 4), trail_s=0.4, trail_brightness=1.0,
            sparks_per_s=40.0,
        )  # fmt: skip
    elif look.trail_s == 0.0:
        look = replace(look, trail_s=0.6, trail_brightness=5.0, trail_colour=look.colour, sparks_per_s=90.0)
    return Layer("Tail", "rise" if faint else "tail", names, look, at_break=False, rides=True, axis=Axis.FLIGHT)
