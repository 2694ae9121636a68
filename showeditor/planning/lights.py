"""Light keys of drones: the scenes' colours, dark while parked and on the way unless a key says otherwise."""

from dataclasses import dataclass, replace

import numpy as np

from showeditor.model.arrays import Bytes, Flags, Floats, Longs
from showeditor.model.music import Music
from showeditor.model.swarm import Formation, LightKey, Scene
from showeditor.planning.device_rows import runs
from showeditor.planning.light_layers import Rows, layered, tick_us
from showeditor.planning.light_shapes import Canvas
from showeditor.planning.memory import Memory, content
from showeditor.planning.placing import world_places

APPEAR_US = 1_000_000
"""A fade with nothing before it in its scene starts dark this long before its end."""

_WHITE = (255, 255, 255)

_DRAWN: Memory[list[Rows]] = Memory(64)
"""Layers of scenes by what they depend on."""


@dataclass(frozen=True, slots=True)
class KeyRows:
    """The light columns of `model.plan.Drones`."""

    key_start: Longs
    t_us: Longs
    rgbw: Bytes
    fade: Flags


@dataclass(frozen=True, slots=True)
class Lit:
    """A scene as the lights see it: which drone stands at which point, and when the scene may own the lights.

    Point `point[k]` of the formation is held by drone `drone[k]`. Keys before `opens_us` (the scene before still holds)
    move to it; unless a key of the scene says otherwise, the drones go dark at `ends_us`. At `closes_us` the next
    scene or the landing takes over. Keys of effects lie `step_us` apart; they follow the `music`. With `white` what
    red, green and blue have in common is shown by the white lamp.
    """

    scene: Scene
    formation: Formation
    drone: Longs
    point: Longs
    arrive_us: int
    opens_us: int
    ends_us: int
    closes_us: int
    step_us: int = tick_us(None)
    music: Music | None = None
    white: bool = False


def _keys(lit: Lit) -> list[tuple[int, LightKey]]:
    """The scene's keys at show times, each later than the one before, inside the scene's reach."""
    keys = lit.scene.lights or (LightKey(0, _WHITE, own=bool(lit.formation.colours)),)
    timed: dict[int, LightKey] = {}
    for key in keys:
        t_us = max(lit.opens_us, lit.arrive_us + key.at_us)
        if t_us < lit.closes_us:
            timed[t_us] = key
    out = sorted(timed.items())
    if out and out[0][1].fade and out[0][0] > lit.opens_us:
        # a ramp needs a beginning: dark just before it, so that nothing glimmers through the whole approach
        first = out[0][0]
        begin = lit.arrive_us if first > lit.arrive_us >= lit.opens_us else max(lit.opens_us, first - APPEAR_US)
        out.insert(0, (begin, LightKey(0, (0, 0, 0))))
    last = out[-1][0] if out else lit.opens_us
    dark_us = lit.ends_us if last < lit.ends_us else lit.closes_us
    out.append((dark_us, LightKey(0, (0, 0, 0))))
    return out


def _colours(lit: Lit, key: LightKey) -> Floats:
    """The colour of each lit drone under a key (m, 3), 0..255."""
    colour = np.array(key.colour, np.float64)
    if key.own and lit.formation.colours:
        own = np.array(lit.formation.colours, np.float64)[lit.point]
        return own * (colour / 255.0)
    return np.broadcast_to(colour, (len(lit.drone), 3)).copy()


def _scene_rows(lit: Lit) -> list[Rows]:
    """Rows (drone, time, colour, fade) of one scene, in time order."""
    effects = lit.scene.effects
    if not effects:
        return _plain_rows(lit)
    base = _plain_rows(replace(lit, drone=np.arange(len(lit.drone))))
    ends_us = max(lit.ends_us, min(lit.closes_us, _keys(lit)[-1][0]))
    arrive_us, opens_us, step_us = lit.arrive_us, lit.opens_us, lit.step_us
    formation, scene = lit.formation, lit.scene

    def drawn() -> list[Rows]:
        canvas = Canvas(formation, world_places(formation.points.metres, scene.place), lit.music)
        parts = layered(base, effects, canvas, lit.point, arrive_us, opens_us, ends_us, step_us)
        drone, t_us, colour, fade = (np.concatenate([part[k] for part in parts]) for k in range(4))
        order = np.lexsort((np.arange(len(drone)), t_us, drone))
        return [(drone[order], t_us[order], _rounded(colour[order]), fade[order])]

    # everything the layers depend on: an edit of one scene draws only its own again
    look = (scene.lights, scene.stitch, effects, scene.place, formation, content(lit.point), lit.music)
    rows = _DRAWN.recall((look, arrive_us, opens_us, ends_us, lit.ends_us, lit.closes_us, step_us), drawn)
    return [(lit.drone[row[0]], *row[1:]) for row in rows]


def _plain_rows(lit: Lit) -> list[Rows]:
    """Rows of a scene's own keys and stitch."""
    m = len(lit.drone)
    keys = _keys(lit)
    times = [t for t, _ in keys]
    shades = [_colours(lit, key) for _, key in keys]
    fades = [key.fade for _, key in keys]
    ones = np.ones(m, np.int64)
    if lit.scene.stitch is None or not lit.formation.path:
        return [
            (lit.drone, ones * t, shade, np.full(m, fade)) for t, shade, fade in zip(times, shades, fades, strict=True)
        ]
    stitch = lit.scene.stitch
    along = np.array(lit.formation.path)[lit.point]
    reveal = lit.arrive_us + stitch.start_us + np.floor(along * stitch.span_us + 0.5).astype(np.int64)
    reveal = np.maximum(reveal, lit.opens_us)
    shown = np.zeros((m, 3))
    for k in range(len(times)):
        after = reveal >= times[k]
        shown[after] = shades[k][after]
        if k + 1 < len(times) and fades[k + 1]:
            part = np.clip((reveal - times[k]) / (times[k + 1] - times[k]), 0.0, 1.0)[:, None]
            between = after & (reveal < times[k + 1])
            shown[between] = (shades[k] + (shades[k + 1] - shades[k]) * part)[between]
    rows: list[Rows] = [(lit.drone, np.minimum(reveal, times[-1]), shown, np.zeros(m, np.bool_))]
    for t, shade, fade in zip(times, shades, fades, strict=True):
        late = t > reveal
        rows.append((lit.drone[late], np.full(int(late.sum()), t), shade[late], np.full(int(late.sum()), fade)))
    return rows


def _rounded(colour: Floats | Bytes) -> Bytes:
    return np.asarray(colour if colour.dtype == np.uint8 else np.floor(colour + 0.5), np.uint8)


def _in_order(drone: Longs, t_us: Longs) -> Longs:
    """The order of keys by drone, then time, then as given.

    Scenes follow one another and give each drone's keys in a row, so that whole stretches are put in order; keys that
    do not come like that are sorted one by one.
    """
    first = np.flatnonzero(np.concatenate([[True], drone[1:] != drone[:-1]]))
    counts = np.diff(np.append(first, len(drone)))
    pick = np.argsort(drone[first], kind="stable")
    order = runs(first[pick], counts[pick])
    who, when = drone[order], t_us[order]
    if ((when[1:] >= when[:-1]) | (who[1:] != who[:-1])).all():
        return order
    return np.lexsort((np.arange(len(drone)), t_us, drone))


def light_rows(n: int, scenes: list[Lit]) -> KeyRows:
    """The light keys of n drones from their scenes in time order; of two keys at one moment the later one counts."""
    drawn = [(lit, _scene_rows(lit)) for lit in scenes]
    parts = [row for _, rows in drawn for row in rows]
    if not parts:
        return KeyRows(
            np.zeros(n + 1, np.int64), np.zeros(0, np.int64), np.zeros((0, 4), np.uint8), np.zeros(0, np.bool_)
        )
    drone = np.concatenate([p[0] for p in parts])
    t_us = np.concatenate([p[1] for p in parts])
    colour = np.concatenate([_rounded(p[2]) for p in parts])
    fade = np.concatenate([p[3] for p in parts])
    order = _in_order(drone, t_us)
    drone, t_us = drone[order], t_us[order]
    last = np.ones(len(drone), np.bool_)
    last[:-1] = (drone[1:] != drone[:-1]) | (t_us[1:] != t_us[:-1])
    keep = order[last]
    rgbw = np.zeros((len(keep), 4), np.uint8)
    rgbw[:, :3] = colour[keep]
    if any(lit.white for lit in scenes):
        white = np.concatenate([np.full(len(row[0]), lit.white) for lit, rows in drawn for row in rows])[keep]
        rgbw[white, 3] = rgbw[white, :3].min(axis=1)
        rgbw[white, :3] -= rgbw[white, 3:]
    start = np.concatenate([[0], np.cumsum(np.bincount(drone[last], minlength=n))])
    return KeyRows(start, t_us[last], rgbw, fade[keep])
