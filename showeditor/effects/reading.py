"""Text -> Device: the one entrance to the effect language."""

from dataclasses import replace
from functools import lru_cache

from showeditor.effects.cakes import fire_cake, fire_chain
from showeditor.effects.calibres import DEFAULT_MM
from showeditor.effects.description import Description, Ingredient, Piece, Stage, write
from showeditor.effects.device import Category, Device, DeviceShot, Layer
from showeditor.effects.fixtures import CATEGORIES, fixtures
from showeditor.effects.grammar import parse
from showeditor.effects.shots import Charge, body_of, shots_of
from showeditor.effects.words import is_known, nearest
from showeditor.model.errors import BadInput
from showeditor.model.plan import ShotKind
from showeditor.model.times import US

MOST_HINTS = 40
"""How many unknown words are compared with the known ones."""
_ROUNDING_US = 100_000
_LATENCY_BELOW_US = US // 2
_DEFAULTS = {"Cake": "Comet", "Slice": "Comet", "Candle": "Pearl", "Single Shot": "Comet"}
_ROCKET_TAIL = Piece(stages=(Stage(colours=("Gold",)),), role="Tail")
_CATEGORIES: dict[ShotKind, Category] = {
    ShotKind.SHELL: "Shells",
    ShotKind.COMET: "Comets",
    ShotKind.MINE: "Mines",
    ShotKind.OTHER: "Fountains",
}


@lru_cache(maxsize=8192)
def read(text: str) -> Device:
    """The device that a description stands for.

    Raises BadInput, and nothing else, when no effect can be made out, a number is impossible, or no charge flies it.
    """
    found = parse(text)
    if not any(i.pieces for i in found.ingredients):
        if not found.device:
            raise BadInput("the effect description is empty" if not text.strip() else f"no effect in {_short(text)}")
        found = replace(found, ingredients=(Ingredient(),))
    elif not found.device and not any(p.stages or p.effect or p.role for i in found.ingredients for p in i.pieces):
        raise BadInput(f"no known effect in {_short(text)}{_hint(found.unknown)}")
    if found.calibre_mm is None:
        found = replace(found, calibre_mm=_default_mm(found))
    return _build(found)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return repr(flat if len(flat) <= 60 else flat[:60] + "…")


def _hint(unknown: tuple[str, ...]) -> str:
    near = [word for word in map(nearest, unknown[:5]) if word]
    return f" (did you mean {near[0]}?)" if near else ""


def _many(found: Description) -> bool:
    return found.device in ("Cake", "Slice", "Candle") or bool(
        found.exact or found.rows or found.pattern or (found.shots or 1) > 1 or found.fan_deg or found.row_count
    )


def _default_mm(found: Description) -> float:
    if _many(found) and found.device != "Chain":
        return DEFAULT_MM["cake"]
    _, family = body_of(found.ingredients[0], _DEFAULTS.get(found.device, "Peony"))
    if family.flies == "fixture":
        return fixtures()[family.name].calibre_mm
    return DEFAULT_MM["cake" if found.device == "Single Shot" else family.flies]


def _build(found: Description) -> Device:
    calibre = found.calibre_mm or DEFAULT_MM["shell"]
    default = _DEFAULTS.get(found.device, "Peony")
    chain = found.device == "Chain"
    many = not chain and _many(found)
    alone = not (many or chain)
    if alone and len(found.ingredients) > 1:
        raise BadInput("several effects joined by + need a Cake, Candle or Chain")
    delay = found.delay_us or 0
    prefire = found.prefire_us
    latency = prefire if prefire is not None and prefire < _LATENCY_BELOW_US else 0
    lift = max(0, prefire - delay) if prefire is not None and prefire >= _LATENCY_BELOW_US else None
    kinds: list[tuple[DeviceShot, ...]] = []
    for number, ingredient in enumerate(found.ingredients):
        charge = Charge(
            lift_us=ingredient.lift_us if ingredient.lift_us is not None else (lift if number == 0 or chain else None),
            life_us=ingredient.life_us if ingredient.life_us is not None else (found.duration_us if alone else None),
            height_m=ingredient.height_m if ingredient.height_m is not None else found.height_m,
        )
        if found.device == "Rocket" and not any(piece.role == "Tail" for piece in ingredient.pieces):
            ingredient = replace(ingredient, pieces=(*ingredient.pieces, _ROCKET_TAIL))
        made = shots_of(ingredient, calibre, default, _positive(charge))
        shot = made[0]
        wait = latency + delay
        if lift is not None and shot.kind is not ShotKind.SHELL and alone:
            wait = max(wait, prefire or 0)
        lean = ingredient.lean_deg or 0.0
        kinds.append(tuple(replace(s, latency_us=wait if alone else latency, angle_deg=lean) for s in made))
    shots: tuple[DeviceShot, ...]
    if alone:
        shots = kinds[0]
        duration = max((_life_s(s) for s in shots[0].layers if s.role == "main"), default=0.0)
        duration_us = found.duration_us if found.duration_us is not None else round(duration * US)
        if shots[0].kind is ShotKind.OTHER:
            duration_us = shots[0].rise_us
    else:
        blooms = [made[0].bloom_us for made in kinds]
        firings = fire_chain(found, blooms) if chain else fire_cake(found, blooms)
        shots = tuple(
            replace(shot, ignition_us=f.ignition_us + delay, angle_deg=shot.angle_deg + f.angle_deg)
            for f in firings
            for shot in kinds[f.ingredient]
        )
        first = min(s.ignition_us for s in shots)
        last = max(s.ignition_us for s in shots) if chain else max(s.bloom_us for s in shots)
        duration_us = last - first
    return Device(
        normalised=write(found),
        unknown=found.unknown,
        category=_category(found, shots, many, default),
        calibre_mm=calibre,
        duration_us=duration_us,
        prefire_us=min(s.bloom_us for s in shots),
        shots=shots,
        notes=_notes(found, duration_us),
    )


def _notes(found: Description, duration_us: int) -> tuple[str, ...]:
    """What the reader of a description should know about how it was taken."""
    unknown = found.unknown[:MOST_HINTS]
    notes = [f"{word!r} is not known; did you mean {nearest(word)}?" for word in unknown if nearest(word)]
    notes += [f"{word!r} says nothing where it stands" for word in unknown if is_known(word)]
    stated = found.duration_us
    if found.exact and stated is not None and abs(stated - duration_us) > _ROUNDING_US:
        notes.append(f"the rows last {duration_us / US:g} s, but {stated / US:g} s are stated")
    if found.guessed:
        notes.append("'and' has no fixed meaning and was read as &; write + for shots, & for colours, w/ for additions")
    return tuple(dict.fromkeys(notes))


def _positive(charge: Charge) -> Charge:
    if charge.lift_us is not None and charge.lift_us < 50_000:
        raise BadInput("a lift time must be at least 0.05 s")
    if charge.life_us is not None and charge.life_us < 50_000:
        raise BadInput("a duration must be at least 0.05 s")
    return charge


def _life_s(layer: Layer) -> float:
    """How long a layer burns, with the stars that are born from it."""
    after = max((child.after_us / US + _life_s(child) for child in layer.children), default=0.0)
    return max(layer.look.life_s, after)


def _category(found: Description, shots: tuple[DeviceShot, ...], many: bool, default: str) -> Category:
    if found.device == "Single Shot":
        return "Single shots"
    if found.device == "Candle":
        return "Candles"
    if many:
        return "Cakes"
    if shots[0].kind is ShotKind.OTHER:
        _, family = body_of(found.ingredients[0], default)
        return CATEGORIES.get(family.name, "Stage" if family.flies == "fixture" else "Fountains")
    return _CATEGORIES[shots[0].kind]


def as_json(device: Device) -> dict[str, object]:
    """The reading of a description for `vdl --json` (design.md section 6), times in seconds."""
    return {
        "normalised": device.normalised,
        "unknown": list(device.unknown),
        "nearest": {word: nearest(word) for word in device.unknown[:MOST_HINTS]},
        "notes": list(device.notes),
        "category": device.category,
        "calibre_mm": device.calibre_mm,
        "duration_s": device.duration_us / US,
        "prefire_s": device.prefire_us / US,
        "shots": [_shot_json(shot) for shot in device.shots],
    }


def _shot_json(shot: DeviceShot) -> dict[str, object]:
    lift = shot.ignition_us + shot.latency_us
    return {
        "ignition_s": shot.ignition_us / US,
        "lift_s": lift / US,
        "break_s": (lift + (shot.rise_us if shot.kind is ShotKind.SHELL else 0)) / US,
        "kind": shot.kind.name.lower(),
        "angle_deg": shot.angle_deg,
        "calibre_mm": shot.calibre_mm,
        "height_m": shot.height_m,
        "layers": [_layer_json(layer) for layer in shot.layers],
    }


def _layer_json(layer: Layer) -> dict[str, object]:
    found: dict[str, object] = {
        "effect": layer.effect,
        "role": layer.role,
        "colours": list(layer.colours),
        "stars": layer.look.stars * max(1, len(layer.directions) if layer.births == 1 else 1),
        "life_s": layer.look.life_s,
        "speed_mps": layer.look.speed_mps,
        "trail_s": layer.look.trail_s,
    }
    if layer.children:
        found["born"] = [{"after_s": child.after_us / US} | _layer_json(child) for child in layer.children]
    return found
