"""Lights given one by one: drones and their colours, break flashes, and the bursts that light their surroundings."""

import numpy as np

from showeditor.kernels.bernstein import states as drone_states
from showeditor.model.air import wind_at
from showeditor.model.arrays import Bytes, Flags, Floats, Longs, Singles
from showeditor.model.look import Look, Template
from showeditor.model.plan import Drones
from showeditor.stage.field import Field
from showeditor.stage.flight import fly

LIGHTS = 16
"""Lights that the bursts of one moment are gathered into, for sky, ground, water and smoke."""
DRONE_M = 0.55
"""Diameter at which a drone's lamp is drawn."""
DRONE_GAIN = 11.0

CALM_FLUX, FLUX_SPAN = 220.0, 420.0
"""A busy passage of large shells, and how much more of it halves the exposure or nearly so (own choice, by eye)."""


def linear(colour: Bytes | Floats) -> Floats:
    """Linear light of sRGB values 0..255 (IEC 61966-2-1)."""
    c = np.asarray(colour, np.float64) / 255.0
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def drone_places(drones: Drones, t_us: int) -> Floats:
    """Where all drones are, float64 (n, 3)."""
    if not len(drones):
        return np.zeros((0, 3))
    place, _, _ = drone_states(
        drones.piece_start,
        drones.piece_t0_us,
        drones.piece_t1_us,
        drones.ctrl_start,
        drones.ctrl,
        drones.home_m,
        t_us,
    )
    return place


def drone_colours(drones: Drones, t_us: int) -> Floats:
    """What the lamps show, float64 (n, 4) red, green, blue, white 0..255; dark before the first key.

    A key with fade set is reached by a straight ramp of the values from the key before it; the first key steps.
    """
    n = len(drones)
    out = np.zeros((n, 4))
    if not n or not len(drones.key_t_us):
        return out
    first, last = drones.key_start[:-1], drones.key_start[1:]
    passed = np.concatenate([[0], np.cumsum(drones.key_t_us <= t_us)])
    at = first + (passed[last] - passed[first]) - 1
    shown = at >= first
    rgbw = drones.key_rgbw.astype(np.float64)
    out[shown] = rgbw[at[shown]]
    after = at + 1
    ramp = np.flatnonzero(after < last)
    ramp = ramp[drones.key_fade[after[ramp]] & shown[ramp]]
    if len(ramp):
        t0, t1 = drones.key_t_us[at[ramp]], drones.key_t_us[after[ramp]]
        u = (t_us - t0) / np.maximum(1, t1 - t0)
        out[ramp] += (rgbw[after[ramp]] - rgbw[at[ramp]]) * u[:, None]
    return out


def lamp_rows(places: Floats, light: Floats, size_m: float, least_px: float) -> Singles:
    """Rows for shaders/lamp.vert.glsl, float32 (n, 8): place, diameter, light, least size."""
    out = np.empty((len(places), 8), np.float32)
    out[:, :3], out[:, 3] = places, size_m
    out[:, 4:7], out[:, 7] = light, least_px
    return out


def drone_lamps(drones: Drones, t_us: int) -> Singles:
    """All lit drones as lamp rows."""
    places = drone_places(drones, t_us)
    rgbw = drone_colours(drones, t_us)
    # the white lamp's value adds to the others', as every file that has no white holds it
    light = linear(np.minimum(255.0, rgbw[:, :3] + rgbw[:, 3:]))
    lit = light.max(axis=1, initial=0.0) > 0.0
    return lamp_rows(places[lit], light[lit] * DRONE_GAIN, DRONE_M, 2.6)


def _age(field: Field, rows: Longs, t_us: int) -> Floats:
    return np.asarray((t_us - field.birth_us[rows]) * 1e-6)


def burst_places(field: Field, rows: Longs, t_us: int) -> Floats:
    """The middles of these bursts, float64 (n, 3): the place of a star without speed of its own."""
    records = field.rows[rows].astype(np.float64)
    age = _age(field, rows, t_us)
    terminal = field.looks[records[:, 12].astype(np.int64), 0, 3].astype(np.float64)
    path, _ = fly(records[:, 4:7], terminal, age)
    return np.asarray(records[:, :3] + path + wind_at(field.wind, records[:, 2]) * age[:, None])


def stopped_down(lights: Singles) -> float:
    """The exposure for this much light, 1 where there is little: a photographer stops down for a finale.

    It depends on the moment's bursts alone, so a frame is the same however it was reached.
    """
    flux = float((lights[:, 4:7] @ np.array([0.2, 0.7, 0.1])).sum()) if len(lights) else 0.0
    return float((1.0 + max(0.0, flux - CALM_FLUX) / FLUX_SPAN) ** -0.65)


def _riding(field: Field, rows: Longs) -> Flags:
    return np.asarray(field.rows[rows, 14] >= 0)


def flashes(field: Field, rows: Longs, t_us: int) -> Singles:
    """Break flashes as lamp rows, a small core and a wide glow for each: warm white, a few tenths of a second long."""
    age = _age(field, rows, t_us)
    power = field.looks[field.rows[rows, 12].astype(np.int64), 6, 3]
    seen = (power > 0.0) & (age < 0.4)
    rows, age, power = rows[seen], age[seen], power[seen]
    places = burst_places(field, rows, t_us)
    core = power * 22.0 * np.exp(-24.0 * age)
    glow = power * 0.04 * np.exp(-13.0 * age)
    parts = [
        lamp_rows(places, core[:, None] * np.array([1.0, 0.93, 0.80]), 4.0, 3.0),
        lamp_rows(places, glow[:, None] * np.array([1.0, 0.86, 0.66]), 30.0, 3.0),
    ]
    parts[0][:, 3] = 3.5 + 9.0 * age
    parts[1][:, 3] = 30.0 + 110.0 * age
    return np.concatenate(parts)


def strongest(field: Field, looks: tuple[Look, ...], rows: Longs, t_us: int) -> Singles:
    """The bursts that light their surroundings, float32 (k, 8), k <= 16: place, 1, colour, radius in metres."""
    rows = rows[~_riding(field, rows)]
    if not len(rows):
        return np.zeros((0, 8), np.float32)
    number = field.rows[rows, 12].astype(np.int64)
    look = field.looks[number].astype(np.float64)
    age = _age(field, rows, t_us)
    u = age / look[:, 1, 0]
    change = np.clip((u - look[:, 3, 3]) / look[:, 4, 0], 0.0, 1.0)[:, None]
    burning = np.clip((1.05 - u) / 0.15, 0.0, 1.0)
    stars = look[:, 0, 1]
    colour = look[:, 2, :3] * (1 - change) + look[:, 3, :3] * change
    several = np.flatnonzero(look[:, 4, 0] < 0.0)
    if len(several):
        turn = np.clip(u[several], 0.0, 0.9999) * -look[several, 4, 0]
        colour[several] = look[several, 10 + turn.astype(np.int64), :3]
    body = colour * (burning * stars * look[:, 2, 3] ** 2)[:, None]
    trail = look[:, 5, :3] * (np.clip(1.2 - u, 0.0, 1.0) * stars * look[:, 5, 3] * look[:, 2, 3] ** 2)[:, None] * 0.6
    blink = np.array(
        [70.0 if looks[k].template in (Template.SPHERE, Template.RING, Template.PALM) else 0.0 for k in number]
    )
    burst = (look[:, 6, 3] * blink * np.exp(-13.0 * age))[:, None] * np.array([1.0, 0.9, 0.75])
    light = (body + trail + burst) * np.minimum(1.0, (age / 0.02))[:, None]
    order = np.argsort(-light.sum(axis=1), kind="stable")
    order = order[light[order].sum(axis=1) > 1e-3]
    if not len(order):
        return np.zeros((0, 8), np.float32)
    places = burst_places(field, rows[order], t_us)
    speed = look[order, 0, 2] * field.rows[rows[order], 7]
    drag = 1.0 + speed * age[order] * 9.81 / look[order, 0, 3] ** 2
    radius = np.clip(np.log(drag) * look[order, 0, 3] ** 2 / 9.81, 6.0, 120.0)
    return _gathered(places, light[order] * 0.12, radius)


def _gathered(places: Floats, light: Floats, radius: Floats) -> Singles:
    """At most `LIGHTS` lights that shine as all of these do, strongest first: the rest joins its nearest strong one."""
    few = min(len(places), LIGHTS)
    nearest = np.arange(len(places))
    if len(places) > few:
        gap2 = ((places[few:, None, :] - places[None, :few, :]) ** 2).sum(axis=2)
        nearest[few:] = np.argmin(gap2, axis=1)
    power = light.sum(axis=1)
    sums = np.zeros((few, 8))
    np.add.at(sums, nearest, np.column_stack([places * power[:, None], power, light, radius * power]))
    out = np.empty((few, 8), np.float32)
    out[:, :3], out[:, 3] = sums[:, :3] / sums[:, 3:4], 1.0
    out[:, 4:7], out[:, 7] = sums[:, 4:7], sums[:, 7] / sums[:, 3]
    return out[np.argsort(-sums[:, 3], kind="stable")]
