"""Standing devices: flames, cold sparks, waterfalls, wheels, lances, lanterns; one ingredient -> its shots.

Their heights and times are assets/physics/fixtures.csv. A device wider than a point is several shots side by side.
"""

import math
from dataclasses import dataclass, replace
from functools import cache

from showeditor.effects.colouring import paint
from showeditor.effects.description import Piece
from showeditor.effects.device import Axis, Category, DeviceShot, Layer, Vector
from showeditor.effects.looks import Family, changes, families, flying_look
from showeditor.effects.motions import STYLE_MOTIONS, even_directions
from showeditor.effects.outlines import outline
from showeditor.effects.tables import number, read_table
from showeditor.kernels.ballistics import AIR_KGPM3, FASTEST_MPS, GRAVITY_MPS2
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.look import Look, Template
from showeditor.model.plan import ShotKind
from showeditor.model.times import US, us

CATEGORIES: dict[str, Category] = {
    "Flame": "Flames", "Cold Spark": "Fountains", "Waterfall": "Set pieces", "Wheel": "Set pieces",
    "Saxon": "Set pieces", "Spinner": "Set pieces", "Lance": "Set pieces", "Flare": "Set pieces", "Smoke Pot": "Smoke",
    "Sky Lantern": "Lanterns", "Water Lantern": "Lanterns",
}  # fmt: skip
_CLIMB_MPS = 1.5
_TURNS_PER_S = {"Wheel": 1.25, "Saxon": 1.0, "Spinner": 2.5}
_EMITTER_M = 2.0
_SMOKE = {"Smoke Pot": 1.0, "Cryo": 0.5}
_PAPER = ("Red", "Gold Tip", "Blue", "Green", "Silver Tip")
_DROP_MPS = 3.0
_DRAG = 0.5
_SPARK_M = 0.002
_LANCES = 36
_CLUMPS = 19
_STRONGEST = 60.0


@dataclass(frozen=True, slots=True)
class Fixture:
    """One row of fixtures.csv: height of its jet, how high it hangs, life of one particle, the seconds it runs.

    `drift_mps`: terminal speed of the smoke or paper that the jet leaves behind at its top, 0 for none.
    """

    calibre_mm: float
    height_m: float
    hung_m: float
    width_m: float
    lit_s: float
    terminal_mps: float
    drift_mps: float
    seconds: float
    puff_s: float


@cache
def fixtures() -> dict[str, Fixture]:
    """Every standing device by its effect word; raises BadFile when the table and families.csv disagree."""
    file = "fixtures.csv"
    found = {
        row["effect"]: Fixture(**{name: number(row, name, file) for name in Fixture.__slots__})
        for row in read_table("physics", file)
    }
    wanted = {family.name for family in families().values() if family.flies == "fixture"}
    if found.keys() != wanted:
        raise BadFile(file, "column effect", f"expected a row for each of {', '.join(sorted(wanted ^ found.keys()))}")
    return found


def standing_shots(
    piece: Piece, family: Family, calibre_mm: float, life_us: int | None, height_m: float | None
) -> tuple[DeviceShot, ...]:
    """The shots of a standing device that runs `life_us`, ignited at 0; raises BadInput when it cannot."""
    fixture = fixtures()[family.name]
    span_us = us(fixture.seconds) if life_us is None else life_us
    hung = fixture.hung_m > 0.5 and family.motion != "jet"
    reach = fixture.height_m if height_m is None or hung else height_m
    level = height_m if height_m is not None and hung else fixture.hung_m
    k0 = GRAVITY_MPS2 / fixture.terminal_mps**2
    mass = AIR_KGPM3 * _DRAG * math.pi * _SPARK_M**2 / (8.0 * k0)
    # the speed whose apex is `reach` under quadratic drag (safety-and-physics 3.3, exact)
    strength = 2.0 * k0 * reach
    speed = fixture.terminal_mps * math.sqrt(math.expm1(strength)) if strength < _STRONGEST else math.inf
    if speed > FASTEST_MPS:
        raise BadInput(f"no {family.name} reaches {reach:g} m")
    stand = DeviceShot(
        ignition_us=0, latency_us=0, rise_us=span_us, kind=ShotKind.OTHER, calibre_mm=calibre_mm,
        height_m=max(0.5, reach, level), angle_deg=0.0, muzzle_mps=round(speed, 6), mass_kg=mass, diameter_m=_SPARK_M,
        drag=_DRAG, layers=(), offset_m=(0.0, 0.0, level), climb_mps=_CLIMB_MPS if family.motion == "climb" else 0.0,
    )  # fmt: skip
    styles = frozenset(style for stage in piece.stages for style in stage.styles)
    layers = _layers(piece, family, fixture, span_us / US, speed, calibre_mm, styles)
    places = _places(family, fixture, level, styles)
    # lances of a cable burn each in their own beat, else a curtain would fall in rows
    beat = us(fixture.puff_s) if family.motion == "curtain" else 0
    shots = []
    for n, place in enumerate(places):
        own = tuple(replace(layer, after_us=n * 618 % 1000 * beat // 1000) for layer in layers) if beat else layers
        shots.append(replace(stand, offset_m=place, layers=own))
    return tuple(shots)


def _places(family: Family, fixture: Fixture, level: float, styles: frozenset[str]) -> tuple[Vector, ...]:
    if family.motion == "curtain":
        count = round(fixture.width_m / _EMITTER_M) + 1
        return tuple(((i - (count - 1) / 2.0) * _EMITTER_M, 0.0, level) for i in range(count))
    if family.motion == "lance":
        figure = next((STYLE_MOTIONS[s] for s in sorted(styles) if s in STYLE_MOTIONS), "circle")
        name = figure if figure in ("heart", "star", "smile", "butterfly") else "circle"
        half = fixture.width_m / 2.0
        return tuple((x * half, 0.0, level + y * half) for x, y in outline(name, _LANCES))
    return ((0.0, 0.0, level),)


def _layers(
    piece: Piece, family: Family, fixture: Fixture, seconds: float, speed: float, calibre_mm: float,
    styles: frozenset[str],
) -> tuple[Layer, ...]:  # fmt: skip
    change = changes(piece.stages)
    painted = paint(piece, family.colour)
    columns = painted.columns()
    if family.name in ("Confetti", "Streamer") and not any(stage.colours for stage in piece.stages):
        columns = tuple((name,) for name in _PAPER)
    lights = family.motion in ("still", "climb", "lance", "dark")
    out: list[Layer] = []
    for i, names in enumerate(columns[:1] if lights else columns):
        life = seconds if lights else min(seconds + 0.2, fixture.lit_s * change.life)
        look = flying_look(
            family, speed, fixture.terminal_mps * change.star, life, calibre_mm, names, styles, change,
            1.0 / len(columns), painted.trail,
        )  # fmt: skip
        smoke = _SMOKE.get(family.name)
        if smoke is not None:
            look = replace(look, smoke=smoke, trail_s=0.0, trail_brightness=0.0, sparks_per_s=0.0)
        if lights:
            look = replace(look, template=Template.SINGLE, stars=1, life_jitter=0.0, trail_s=0.0)
            out.append(Layer(family.name, "main", names, look, at_break=False, rides=True, axis=Axis.FLIGHT))
            continue
        births = max(1, round(seconds / fixture.puff_s))
        if fixture.drift_mps > 0.0:
            out.append(_cloud(family, names, look, births, fixture))
            continue
        out.append(_jet(family, names, look, births, us(fixture.puff_s), i, len(columns)))
    if family.name == "Saxon" and len(out) == 1:
        (first,) = out
        out.append(_jet(family, first.colours, first.look, first.births, first.every_us, 1, 2))
        out[0] = _jet(family, first.colours, first.look, first.births, first.every_us, 0, 2)
    return tuple(out)


def _cloud(family: Family, names: tuple[str, ...], look: Look, births: int, fixture: Fixture) -> Layer:
    """A jet of clumps that come apart at its top into what drifts away."""
    k = GRAVITY_MPS2 / fixture.terminal_mps**2
    # till nine tenths of the climb are left behind, when gravity has hardly begun to tell
    rise_s = round(math.expm1(0.9 * k * fixture.height_m) / (k * look.speed_mps), 6)
    clump = replace(
        look, template=Template.SINGLE, stars=1, life_s=rise_s, life_jitter=0.0, speed_jitter=0.0, cone_deg=0.0,
        fade_s=0.02, brightness=0.3 * look.brightness,
    )  # fmt: skip
    rest = replace(
        look, template=Template.SPHERE, cone_deg=180.0, terminal_mps=fixture.drift_mps, speed_mps=fixture.drift_mps * 8,
        speed_jitter=0.5, life_s=fixture.lit_s,
    )  # fmt: skip
    cloud = Layer(
        family.name, "born", names, rest, at_break=False, axis=Axis.RANDOM, after_us=us(rise_s), keeps=0.2,
    )  # fmt: skip
    # paper leaves the barrel at once and at all speeds, smoke goes on and on
    paper = family.name not in _SMOKE
    births, every_us = (_CLUMPS, us(fixture.seconds / _CLUMPS)) if paper else (births, us(fixture.puff_s))
    return Layer(
        family.name, "main", names, clump, at_break=False, axis=Axis.FLIGHT, births=births, every_us=every_us,
        directions=even_directions(_CLUMPS if paper else 7, look.cone_deg), scatter=0.3 if paper else 0.1,
        children=(cloud,),
    )  # fmt: skip


def _jet(family: Family, names: tuple[str, ...], look: Look, births: int, every_us: int, number: int, of: int) -> Layer:
    layer = Layer(
        family.name, "main", names, look, at_break=False, axis=Axis.FLIGHT, births=births, every_us=every_us,
    )  # fmt: skip
    if family.motion == "curtain":
        falling = replace(look, speed_mps=_DROP_MPS)
        return replace(layer, look=falling, axis=Axis.DEVICE, directions=((0.0, 0.0, -1.0),))
    if family.motion == "wheel":
        steps = max(3, round(US / every_us / _TURNS_PER_S[family.name]))
        turn = [2.0 * math.pi * (n / steps + number / of) for n in range(steps)]
        return replace(layer, axis=Axis.DEVICE, directions=tuple((math.cos(a), 0.0, math.sin(a)) for a in turn))
    return layer
