"""Looks as rows of numbers for the GPU, and the templates of directions that their stars leave along."""

from collections.abc import Sequence

import numpy as np

from showeditor.model.arrays import Floats, Singles
from showeditor.model.look import Linear, Look, Template

LOOK_TEXELS = 16
MAX_COLOURS = 6
"""Most colours that stars go through; of more, some are left out evenly."""
TEMPLATE_WIDTH = 256
MAX_SLOTS = 400
_GOLDEN = np.pi * (3.0 - 5.0**0.5)
_PALM_BRANCHES = 9
EFFECT_EDGE = 0.5
"""Puffs of smoke effects have edges sharper than this, those that burning stars leave softer ones."""
SMOKE_S = 22.0
"""The longest that a puff of smoke is seen after its birth."""
_GREY = (0.60, 0.58, 0.55)


def _spiral(count: int, edge: float) -> Floats:
    """Unit vectors spread evenly over the cap of half angle `edge` (radians) about +z: a golden spiral."""
    i = np.arange(count) + 0.5
    z = 1.0 - i / count * (1.0 - np.cos(edge))
    h = np.sqrt(np.maximum(0.0, 1.0 - z * z))
    turn = _GOLDEN * i
    return np.stack([h * np.cos(turn), h * np.sin(turn), z], axis=1)


def _palm(count: int, edge: float) -> tuple[Floats, Floats]:
    branches = min(count, _PALM_BRANCHES)
    i = np.arange(count)
    branch = i % branches
    rank = i // branches / max(1.0, np.ceil(count / branches) - 1.0)
    turn = 2.0 * np.pi * branch / branches
    lean = np.minimum(edge, np.pi / 2) * np.where(branch % 2 == 0, 0.62, 0.86)
    directions = np.stack([np.sin(lean) * np.cos(turn), np.sin(lean) * np.sin(turn), np.cos(lean)], axis=1)
    return directions, np.asarray(1.0 - 0.28 * rank, np.float64)


def template(look: Look) -> Floats:
    """Directions and relative speeds, float64 (stars, 4), about the axis +z."""
    count = max(1, look.stars)
    pace: Floats = np.ones(count)
    edge = np.radians(min(180.0, max(0.0, look.cone_deg)))
    if look.template is Template.SINGLE:
        directions = np.tile([0.0, 0.0, 1.0], (count, 1))
    elif look.template is Template.RING:
        turn = 2.0 * np.pi * np.arange(count) / count
        directions = np.stack([np.cos(turn), np.sin(turn), np.zeros(count)], axis=1)
    elif look.template is Template.CONE:
        directions = _spiral(count, edge)
        # a mine is a column of fire: its stars leave at all speeds
        pace = np.asarray(0.62 + 0.38 * ((np.arange(count) * 0.754877666) % 1.0), np.float64)
    elif look.template is Template.PALM:
        directions, pace = _palm(count, edge)
    else:
        directions = _spiral(count, np.pi)
    return np.concatenate([directions, pace[:, None]], axis=1)


def spread_of(look: Look) -> float:
    """How far a star's direction may stray from its template (radians): hand-packed shells are not perfect."""
    count = max(1, look.stars)
    if look.template is Template.SPHERE:
        return float(0.42 * np.sqrt(4.0 * np.pi / count))
    if look.template is Template.CONE:
        return float(0.3 * np.radians(min(look.cone_deg, 60.0)))
    if look.template is Template.PALM:
        return 0.045
    return 0.01 if look.template is Template.RING else 0.0


def slots_of(look: Look) -> int:
    """How many sparks one star's trail holds at most."""
    if look.trail_s <= 0.0 or look.sparks_per_s <= 0.0:
        return 0
    return min(MAX_SLOTS, max(1, int(np.ceil(look.sparks_per_s * look.trail_s))))


def _stride(slots: int) -> int:
    """A step coprime to `slots` near the golden ratio: any first few slots lie evenly along the trail."""
    step = max(1, round(slots * 0.618))
    while np.gcd(step, max(1, slots)) != 1:
        step += 1
    return step


def _colours(look: Look) -> list[Linear]:
    every = [look.colour, *look.via, look.colour_to]
    if len(every) > MAX_COLOURS:
        every = [every[round(n * (len(every) - 1) / (MAX_COLOURS - 1))] for n in range(MAX_COLOURS)]
    return every


def smoke_seconds(look: Look) -> float:
    """How long a puff of its smoke is seen: thin vapour is gone in seconds, full smoke hangs."""
    return SMOKE_S * float(min(1.0, look.smoke)) ** 3 if look.smoke > 0.0 else SMOKE_S


def _puffs(look: Look) -> tuple[Floats, Floats]:
    """Smoke of one burst: (puffs, mass, width at birth m, growth m per square root of a second), (colour, edge).

    Sizes and masses are chosen by eye: the mass follows the composition burnt (stars, their section, their time).
    """
    unit = look.terminal_mps**2 / 9.81
    reach = unit * float(np.log1p(look.speed_mps * look.life_s / max(unit, 1e-6))) if unit > 0.0 else 0.0
    burnt = look.stars * look.size_m**2 * (look.life_s + 0.5 * look.trail_s)
    if look.smoke > 0.0:
        count = {Template.SINGLE: 30, Template.CONE: 48}.get(look.template, min(300, 4 * look.stars))
        base, growth = 0.05 * reach + 1.2 * look.size_m, 0.035 * reach + 1.1 * look.size_m
        mass = 1.1 * look.smoke * count * (base + 1.5 * growth) ** 2
        return np.array([count, mass, base, growth]), np.array([*look.colour, 0.55])
    streaks = look.trail_s > 0.0
    if look.template is Template.SINGLE:
        count, base, growth = 16, 1.2, 1.7
    elif look.template is Template.CONE:
        count, base, growth = 18, 0.07 * reach + 1.2, 0.06 * reach + 1.4
    else:
        count = 40 if streaks else 30
        base, growth = (0.11 if streaks else 0.15) * reach + 1.5, 0.085 * reach + 1.2
    return np.array([count, 9.0 * burnt + 45.0 * look.flash, base, growth]), np.array([*_GREY, 0.25])


def pack_looks(looks: Sequence[Look]) -> tuple[Singles, Singles]:
    """Look rows, float32 (n, 16, 4), and all templates, float32 (rows, 256, 4), as shaders/stars.glsl reads them."""
    rows = np.zeros((len(looks), LOOK_TEXELS, 4), np.float32)
    parts: list[Floats] = []
    first = 0
    for n, look in enumerate(looks):
        directions = template(look)
        slots = slots_of(look)
        # what is seen as smoke does not burn
        bright = 0.0 if look.smoke > 0.0 else look.brightness
        colours = _colours(look)
        over = -float(len(colours)) if look.via else max(1e-3, look.change_over)
        rows[n, :8] = [
            [first, len(directions), look.speed_mps, max(0.05, look.terminal_mps)],
            [max(1e-3, look.life_s), look.speed_jitter, look.life_jitter, spread_of(look)],
            [*(part * bright for part in look.colour), look.size_m],
            [*(part * bright for part in look.colour_to), look.change_at],
            [over, max(1e-3, look.fade_s), look.strobe_hz, look.glitter],
            [*(part * look.trail_brightness for part in look.trail_colour), look.trail_s],
            [slots, _stride(slots), look.crackle, look.flash],
            [0.45 if slots else 1.0, look.sparks_per_s, smoke_seconds(look), 0.0],
        ]
        rows[n, 8], rows[n, 9] = _puffs(look)
        rows[n, 10 : 10 + len(colours), :3] = np.array(colours) * bright
        parts.append(directions)
        first += len(directions)
    height = max(1, -(-first // TEMPLATE_WIDTH))
    texture = np.zeros((height * TEMPLATE_WIDTH, 4), np.float32)
    if parts:
        texture[:first] = np.concatenate(parts)
    return rows, texture.reshape(height, TEMPLATE_WIDTH, 4)
